#pragma once

#include "jackfield/command.h"
#include "jackfield/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace jackfield {

/// Translates between the running numbers that people type (`#7`) and ids.
struct ConnectionNames {
    std::function<std::optional<ConnectionId>(std::uint64_t number)> id_of;
    std::function<std::optional<std::uint64_t>(ConnectionId)> number_of;
};

/// Reads one command line, such as `kick #7 4001 "be gone"`. The verb's case does not matter.
/// Errors: malformed (what is wrong and what would be right), not_found (no connection of that number).
[[nodiscard]] Result<Command> parse_command(std::string_view line, const ConnectionNames& names);

/// The line that does the same; `parse_command` of it gives an equal command. Payloads that are not printable text are written as `hex:...`.
[[nodiscard]] std::string format_command(const Command& command, const ConnectionNames& names);

} // namespace jackfield
