#pragma once

#include "jackfield/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

inline constexpr std::string_view history_file_name = "console.history";
inline constexpr std::size_t longest_history = 1'000; ///< lines
inline constexpr std::size_t longest_history_line = 4'096; ///< bytes; longer ones are not kept

/// The lines of a history file, oldest first; none where there is no file that can be read. Blocks.
[[nodiscard]] std::vector<std::string> read_history(const std::string& path);
/// Adds `lines` to the file, which nobody but its owner may read, and keeps the newest. What another console
/// has added in the meantime stays. Blocks. Errors: as write_secret_file.
[[nodiscard]] Result<void> add_to_history(const std::string& path, const std::vector<std::string>& lines);

} // namespace jackfield::app
