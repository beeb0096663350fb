#pragma once

#include <optional>
#include <string>
#include <vector>

namespace jackfield::app {

/// The command line, split between Jackfield and Qt, which takes some options of its own (`-platform`,
/// `-style`, ...).
struct SplitArguments {
    std::vector<std::string> own; ///< without the program's name
    std::vector<std::string> qt; ///< without the program's name
};
[[nodiscard]] SplitArguments split_arguments(int argc, const char* const* argv);

/// Why no window can be opened here, with what would help; nullopt when it looks possible. Asked before Qt
/// is, which would abort.
[[nodiscard]] std::optional<std::string> missing_display(const std::vector<std::string>& qt_arguments);

} // namespace jackfield::app
