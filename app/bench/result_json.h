#pragma once

#include "app/bench/result.h"

#include "jackfield/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace jackfield::bench {

/// One JSON object, indented, with a line end. Bytes that are no UTF-8 are replaced.
[[nodiscard]] std::string to_json(const RunResult& result);

/// One line for --progress json, with its line end: an interval that ended, as in the report's series, and its rate.
[[nodiscard]] std::string progress_json(const SeriesPoint& point);
/// The same for what is being done, in words.
[[nodiscard]] std::string progress_json(const std::string& doing);
/// The same for a case of `check`, the `number`th of `of`.
[[nodiscard]] std::string progress_json(std::size_t number, std::size_t of, const std::string& name);

/// Reads what `to_json` has written. Fields that are missing keep their defaults and unknown ones are passed
/// over, so that runs of other versions can be compared.
/// Errors: malformed (no JSON, no report of this program, or a field of another type; the text says which).
[[nodiscard]] Result<RunResult> from_json(std::string_view text);

/// Reads a file of at most 64 MiB. Errors: as above, not_found, permission_denied, too_large, system.
[[nodiscard]] Result<RunResult> read_result_file(const std::string& path);

} // namespace jackfield::bench
