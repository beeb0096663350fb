#pragma once

#include "jackfield/api.h"
#include "jackfield/socket_address.h"
#include "jackfield/time.h"
#include "jackfield/tls.h"

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield {

/// Names one channel (one logical connection, however it is carried) for as long as the program runs.
/// The generation makes it unique: a slot that is used again gives a new id, so an old id finds nothing.
class ConnectionId {
public:
    constexpr ConnectionId() = default; ///< names nothing
    /// For the engine, which gives them out.
    constexpr ConnectionId(std::uint8_t shard, std::uint32_t slot, std::uint32_t generation)
        : value_(std::uint64_t{generation} << 32U | std::uint64_t{shard} << 24U | (slot & 0xffffffU))
    {
    }
    /// Which of the engine's loops serves it.
    [[nodiscard]] constexpr std::uint8_t shard() const { return static_cast<std::uint8_t>(value_ >> 24U); }
    /// Its place among the open ones of that loop, below 2^24; used again by others later.
    [[nodiscard]] constexpr std::uint32_t slot() const { return static_cast<std::uint32_t>(value_ & 0xffffffU); }
    /// How often that place has been taken; from 1.
    [[nodiscard]] constexpr std::uint32_t generation() const { return static_cast<std::uint32_t>(value_ >> 32U); }
    /// All of it as one number, for keeping; 0 for the id that names nothing.
    [[nodiscard]] constexpr std::uint64_t value() const { return value_; }
    /// The id that `value` gave.
    [[nodiscard]] static constexpr ConnectionId from_value(std::uint64_t value)
    {
        ConnectionId id;
        id.value_ = value;
        return id;
    }
    /// False for the id that names nothing.
    explicit constexpr operator bool() const { return value_ != 0; }
    /// Some order, for containers.
    constexpr auto operator<=>(const ConnectionId&) const = default;

private:
    std::uint64_t value_ = 0; // generations start at 1, so no real id is 0
};

/// An immutable string that many connections share (origins, user agents, paths repeat). Never null where the
/// engine hands one out.
using SharedText = std::shared_ptr<const std::string>;

/// The two kinds of message (RFC 6455 section 5.6).
enum class MessageKind : std::uint8_t { text, binary };

/// The browser's own words for a WebSocket's life (readyState).
enum class ConnectionState : std::uint8_t { connecting, open, closing, closed };

/// What carries a channel: a WebSocket, or the requests of a page that reaches us without one (SockJS 0.3.3).
enum class Transport : std::uint8_t {
    ws,
    wss,
    xhr_streaming, ///< one long answer after another, each to a POST
    xhr_polling, ///< an answer for each batch of messages, to a POST
    eventsource, ///< an event stream (HTML, section 9.2)
    htmlfile, ///< a page of scripts in a frame, without an end
    jsonp, ///< a script for each batch of messages
};
/// True when no WebSocket carries it.
[[nodiscard]] constexpr bool is_fallback(Transport transport)
{
    return transport > Transport::wss;
}

/// A close code and reason as they travel in a Close frame (RFC 6455 section 5.5.1). No code: an empty frame.
struct CloseFrame {
    std::optional<std::uint16_t> code;
    std::string reason; ///< UTF-8, at most 123 bytes; needs a code
};

/// Who ended a connection.
enum class ClosedBy : std::uint8_t {
    peer, ///< the browser began the closing handshake or went away
    person, ///< somebody kicked it
    engine, ///< a protocol violation, a limit or a time-out
    behaviour, ///< the endpoint's code closed it
    shutdown, ///< the server stopped
};

/// Why a connection ended, beyond its close code.
enum class CloseCause : std::uint8_t {
    closing_handshake, ///< both Close frames passed
    peer_vanished, ///< end of stream or an error without a Close frame
    protocol_violation,
    message_too_big,
    invalid_utf8,
    invalid_deflate, ///< a compressed message that cannot be read
    flood,
    slow_peer, ///< it read less than 64 KiB in 30 s while we had data for it
    no_pong,
    closing_timeout, ///< the peer did not answer our Close in time
    memory_pressure,
    tls_failure, ///< what came was not TLS as the standard has it
    cut, ///< ended without a closing handshake on purpose
    internal_error,
};

/// How a connection ended.
struct CloseInfo {
    /// What the browser's `CloseEvent.code` says or would say; 1005 without a code, 1006 without a Close frame. Before hybi-07
    /// there were no codes: 1005 when one side closed the connection.
    std::uint16_t code = 1006;
    std::string reason; ///< exact bytes from whoever closed; hostile text when `by` is peer
    ClosedBy by = ClosedBy::peer;
    CloseCause cause = CloseCause::peer_vanished;
    bool clean = false; ///< both sides sent and received a Close frame; in hixie-75, which has none, ended the stream in good order
    WallTime at{};
};

/// What is fixed for a connection; travels once. Text fields come from the peer unless noted and are hostile.
struct ConnectionInfo {
    ConnectionId id;
    std::uint64_t number = 0; ///< counts up from 1, never reused while the program runs
    SocketAddress peer;
    SocketAddress local;
    SharedText host; ///< the Host header
    SharedText origin; ///< the Origin header (Sec-WebSocket-Origin in hybi-07 and hybi-10); empty when `has_origin` is false
    bool has_origin = false;
    SharedText target; ///< the request target as sent, query included, never decoded; of a SockJS session its endpoint's path
    SharedText protocol_version; ///< ours: "RFC 6455", "hybi-00", ...
    Transport transport = Transport::ws; ///< as it opened; `ConnectionCounters::transport` follows it
    std::shared_ptr<const TlsFacts> tls; ///< null unless it came over TLS
    SharedText subprotocol; ///< the agreed one, empty without
    SharedText offered_subprotocols; ///< as the client listed them, empty without
    SharedText extensions; ///< the agreed ones, empty without
    SharedText user_agent;
    SharedText endpoint; ///< ours: the pattern of the endpoint that took it
    /// ours: what the same page tried just before, in order, and why that failed ("websocket: switched off here"); empty when there was
    /// nothing
    SharedText tried;
    WallTime opened_at{};
    TimePoint opened_monotonic{};
};

/// What moves for a connection; one cache line. All totals count from the opening.
struct ConnectionCounters {
    ConnectionId id;
    std::uint64_t messages_in = 0; ///< whole data messages from the browser
    std::uint64_t messages_out = 0; ///< whole data messages queued to the browser
    std::uint64_t bytes_in = 0; ///< payload bytes of those
    std::uint64_t bytes_out = 0;
    std::int64_t last_message_ns = 0; ///< monotonic, since the clock's epoch; 0: none yet
    std::uint32_t round_trip_us = 0; ///< of the last answered ping; 0: unknown
    std::uint32_t queued_bytes = 0; ///< waiting to be written; saturates at 4 GiB - 1
    std::uint32_t skipped_out = 0; ///< messages this peer did not get: it is slow, or its protocol cannot carry them
    ConnectionState state : 4 = ConnectionState::open;
    Transport transport : 4 = Transport::ws; ///< what carries it at present; without a WebSocket it may change
    std::uint8_t flags = 0; ///< ConnectionFlag bits
    /// Payload as it travelled, compressed or not, against payload as it was: in half percents, from 1 to 255
    /// (127.5 % or more). 0: no message has been compressed.
    std::uint8_t travelled_in = 0;
    std::uint8_t travelled_out = 0;
};
static_assert(sizeof(ConnectionCounters) == 64);

/// What carries it at present: as the counters say where there is no WebSocket, else as it opened.
[[nodiscard]] inline Transport transport_now(const ConnectionInfo& info, const ConnectionCounters& counters)
{
    return is_fallback(counters.transport) ? counters.transport : info.transport;
}

/// Bits of `ConnectionCounters::flags`.
enum ConnectionFlag : std::uint8_t {
    flag_slow = 1, ///< its outbound queue is full
    flag_reading_paused = 2, ///< the engine has stopped reading it (back pressure)
    flag_hand_made_bytes = 4, ///< raw bytes were sent to it by hand
    flag_silent = 8, ///< by hand: nothing of it is read and nothing answered
    flag_keeps_close = 16, ///< by hand: its Close is not answered
    flag_keeps_pong = 32, ///< by hand: its pings are not answered
};

/// The text of `state` as the browser's readyState names it: "CONNECTING", "OPEN", "CLOSING", "CLOSED".
[[nodiscard]] JACKFIELD_API std::string_view name_of(ConnectionState state);
/// The enumerator's name ("peer"), stable across releases.
[[nodiscard]] JACKFIELD_API std::string_view name_of(ClosedBy by);
/// The enumerator's name ("no_pong"), stable across releases.
[[nodiscard]] JACKFIELD_API std::string_view name_of(CloseCause cause);
/// "ws", "wss", "xhr-streaming", "xhr-polling", "eventsource", "htmlfile", "jsonp".
[[nodiscard]] JACKFIELD_API std::string_view name_of(Transport transport);

} // namespace jackfield

template <>
struct std::hash<jackfield::ConnectionId> {
    std::size_t operator()(jackfield::ConnectionId id) const noexcept
    {
        return std::hash<std::uint64_t>{}(id.value());
    }
};
