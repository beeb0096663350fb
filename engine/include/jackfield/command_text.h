#pragma once

#include "jackfield/api.h"
#include "jackfield/command.h"
#include "jackfield/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace jackfield {

/// Translates between what people type for a connection (`#7`) and ids. What is empty is not understood.
struct ConnectionNames {
    std::function<std::optional<ConnectionId>(std::uint64_t number)> id_of;
    std::function<std::optional<std::uint64_t>(ConnectionId)> number_of;
    /// Those open from that address and port, by `send 127.0.0.1 51234 hello`.
    std::function<std::vector<ConnectionId>(const SocketAddress& peer)> ids_at = {};
    /// Those open that a filter matches, by `send origin:localhost hello`. Errors: as parse_filter's.
    std::function<Result<std::vector<ConnectionId>>(std::string_view filter)> matching = {};
};

/// Reads one command line, such as `kick #7 4001 "be gone"`. The verb's case does not matter.
/// Errors: malformed (what is wrong and what would be right), not_found (no connection of that number).
[[nodiscard]] JACKFIELD_API Result<Command> parse_command(std::string_view line, const ConnectionNames& names);

/// The line that does the same; `parse_command` of it gives an equal command. Payloads that are not printable text are written as `hex:...`.
[[nodiscard]] JACKFIELD_API std::string format_command(const Command& command, const ConnectionNames& names);

/// What a line can ask. Whoever reads the line answers: the engine is told nothing.
namespace query {
/// What commands there are, or how one of them is written.
struct Help {
    std::string command; ///< empty: all
    bool operator==(const Help&) const = default;
};
/// Who is connected.
struct Users {
    std::string filter; ///< as it was typed; empty: everyone
    bool operator==(const Users&) const = default;
};
/// What stands on a list.
struct List {
    ListKind list = ListKind::hosts;
    bool operator==(const List&) const = default;
};
/// Who is refused for now.
struct Blocks {
    bool operator==(const Blocks&) const = default;
};
/// Which paths there are, and what answers them.
struct Endpoints {
    bool operator==(const Endpoints&) const = default;
};
/// Where the server listens.
struct Listeners {
    bool operator==(const Listeners&) const = default;
};
/// Sums since the start.
struct Stats {
    bool operator==(const Stats&) const = default;
};
} // namespace query

/// What a line of a console can ask instead of commanding: it is answered from what is known, and changes nothing.
using Query = std::variant<query::Help, query::Users, query::List, query::Blocks, query::Endpoints, query::Listeners, query::Stats>;

/// Reads one line of a console: a command, or a question such as `users`. Errors: as parse_command.
[[nodiscard]] JACKFIELD_API Result<std::variant<Command, Query>> parse_console_line(std::string_view line, const ConnectionNames& names);

/// One command of the language, for people to read.
struct CommandHelp {
    std::string_view name; ///< the word that a line begins with
    std::string_view same_as; ///< the command it is another name of; empty: it stands for itself
    std::string_view usage; ///< how it is written, as examples: "ping #7, ping all or ping #7 text"
    std::string_view says; ///< what it does, in a few words without a full stop
};
/// Every command, in the order in which they are told of; another name stands behind what it is a name of.
[[nodiscard]] JACKFIELD_API std::span<const CommandHelp> command_helps();

/// That one of `known` which `word` was probably meant to be, whatever its case; empty when none is like it.
[[nodiscard]] JACKFIELD_API std::string_view most_similar(std::string_view word, std::span<const std::string_view> known);

/// Reads a listener: an address (127.0.0.1:4567, [::1], *:8080; without a port 4567), and behind it what it speaks and how it is
/// opened, each after a comma: `ws`, `wss`, `both`, `same-port`, `optional`. Errors: malformed.
[[nodiscard]] JACKFIELD_API Result<ListenSpec> parse_listener(std::string_view text);
/// The text that `parse_listener` reads.
[[nodiscard]] JACKFIELD_API std::string format_listener(const ListenSpec& spec);

} // namespace jackfield
