#pragma once

#include "jackfield/command_text.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace jackfield::app {

/// What a line of the terminal can begin with: the commands of every console, and `wait` and `expect`.
[[nodiscard]] std::span<const CommandHelp> console_helps();

/// `parse_console_line` in a terminal: `help` knows `wait` and `expect` too, and so does the guess at what was meant.
/// Of `trust`, `untrust` and
/// `certificate` it says what to type in a shell; `config_dir` is what --config-dir named. Errors: as parse_console_line.
[[nodiscard]] Result<std::variant<Command, Query>> read_console_line(std::string_view line, const ConnectionNames& names,
    const std::optional<std::string>& config_dir = std::nullopt);

/// Whether a line asks something and changes nothing, as `users` or `stats`.
[[nodiscard]] bool only_asks(std::string_view line);

} // namespace jackfield::app
