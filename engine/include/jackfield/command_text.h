#pragma once

#include "jackfield/api.h"
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
[[nodiscard]] JACKFIELD_API Result<Command> parse_command(std::string_view line, const ConnectionNames& names);

/// The line that does the same; `parse_command` of it gives an equal command. Payloads that are not printable text are written as `hex:...`.
[[nodiscard]] JACKFIELD_API std::string format_command(const Command& command, const ConnectionNames& names);

/// Reads a listener: an address (127.0.0.1:4567, [::1], *:8080; without a port 4567), and behind it what it speaks and how it is
/// opened, each after a comma: `ws`, `wss`, `both`, `same-port`, `optional`. Errors: malformed.
[[nodiscard]] JACKFIELD_API Result<ListenSpec> parse_listener(std::string_view text);
/// The text that `parse_listener` reads.
[[nodiscard]] JACKFIELD_API std::string format_listener(const ListenSpec& spec);

} // namespace jackfield
