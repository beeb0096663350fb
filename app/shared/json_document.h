#pragma once

#include "jackfield/result.h"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

using Json = nlohmann::ordered_json;

/// What a document says that its value does not hold as it is written.
struct JsonOddities {
    std::string repeated; ///< the name of the first member that an object has twice, of which the last counts; empty: none
    /// Numbers that are kept as text or rounded, as they are written: NaN, 1e999, whole ones of more than 64 bits.
    std::vector<std::string> numbers;
};

/// Reads a file that a person may have edited, as one JSON object whose members keep their order. A byte
/// order mark and CRLF are taken; NaN, infinities and numbers too large for one become texts, so that they
/// cost one value and not the whole file. Errors: malformed for what is no JSON object, is empty, is UTF-16,
/// or is nested more than `deepest`; the detail says where ("it is no JSON from line 3, column 7 on").
[[nodiscard]] Result<Json> parse_json_document(
    std::string_view text, int deepest = 64, JsonOddities* oddities = nullptr);

} // namespace jackfield::app
