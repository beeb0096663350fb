#pragma once

#include <cstdint>
#include <optional>

namespace jackfield::websocket {

/// The protocol versions whose frames look as in RFC 6455 section 5, and which differ in a few rules.
/// Sections are those of draft-ietf-hybi-thewebsocketprotocol of that number.
enum class Dialect : std::uint8_t {
    rfc6455,
    hybi07, ///< Sec-WebSocket-Version 7
    hybi10, ///< Sec-WebSocket-Version 8: drafts 08 to 12
};

/// Only RFC 6455 demands the shortest form of a length; the drafts merely define three forms (section 4.2).
[[nodiscard]] constexpr bool demands_shortest_lengths(Dialect dialect)
{
    return dialect == Dialect::rfc6455;
}

/// True when a Close frame may carry `code`. The drafts (section 7.4) know 1000 to 1004 (1004: too large),
/// since hybi-10 also 1007 (not UTF-8), and 3000 to 4999; 2000 to 2999 belong to extensions.
[[nodiscard]] bool may_be_received(Dialect dialect, std::uint16_t code);

/// The code to send for `code` of RFC 6455: the same, or the draft's nearest: 1004 for 1009, 1001 for 1012
/// and, in hybi-07, 1002 for 1007. nullopt where the draft has no word for it: a Close frame without a code.
[[nodiscard]] std::optional<std::uint16_t> sent_code(Dialect dialect, std::uint16_t code);

} // namespace jackfield::websocket
