#pragma once

#include "jackfield/access_rules.h"
#include "jackfield/api.h"
#include "jackfield/command.h"
#include "jackfield/config.h"
#include "jackfield/connection.h"
#include "jackfield/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace jackfield {

/// Why an accepted socket did not become a WebSocket.
enum class RefusalReason : std::uint8_t {
    request_line, ///< 400
    http_version, ///< 505
    method, ///< 405
    target_too_long, ///< 414
    head_too_large, ///< 431
    line_ending, ///< 400
    obs_fold, ///< 400
    header_name, ///< 400
    header_value, ///< 400
    host_header, ///< 400: missing, twice or malformed
    host_mismatch, ///< 400: absolute-form target and Host differ
    host_not_allowed, ///< 403
    origin_header, ///< 400: more than one
    origin_not_allowed, ///< 403
    origin_missing, ///< 403
    origin_null, ///< 403
    blocked, ///< 403: somebody blocked its address, origin or host for now
    not_an_upgrade, ///< 426: plain HTTP on a path that serves none
    websocket_version, ///< 426
    websocket_key, ///< 400
    subprotocol_header, ///< 400
    extension_header, ///< 400
    connection_header, ///< 426: upgrade without Connection: Upgrade
    body_on_upgrade, ///< 400
    expectation, ///< 417
    no_endpoint, ///< 404
    refused_by_behaviour, ///< as the behaviour said
    transport_off, ///< 404: a SockJS transport that its endpoint does not permit
    sockjs_request, ///< a SockJS request that could not be served (no such session, a body that is not JSON, ...)
    too_many_connections, ///< 503
    timeout, ///< 408
    aborted, ///< the client left before we could answer
    speculative, ///< the client left without sending a byte, as browsers' spare sockets do
    evicted, ///< too many sockets were waiting for their handshake
    tls_on_plain, ///< a TLS ClientHello on a ws:// port
    plain_on_tls, ///< 400: a plain request on a port that speaks TLS alone
    tls_failed, ///< the TLS handshake failed
    plain_http, ///< a plain HTTP request that was answered by an endpoint (test page, health); not a fault
    internal_error, ///< 500
    stopping, ///< 503: the server is being stopped
};
/// The enumerator's name ("no_endpoint"), stable across releases.
[[nodiscard]] JACKFIELD_API std::string_view name_of(RefusalReason reason);

/// Which setting of the server would let in a request that was refused, for programs; `Refused::why` tells
/// people.
enum class RefusalRemedy : std::uint8_t {
    none, ///< no setting: the client has to ask otherwise, or later
    access, ///< an entry of the lists, an Origin that is no longer required, a block taken away:
            ///< `Refused::access` says which
    older_protocols, ///< command::SetOlderProtocols
    endpoint, ///< an endpoint that takes the path of `Refused::target` (`takes_path`)
    transport, ///< `SockJs::transports` of the endpoint `Refused::endpoint`
};

/// What an engine tells of, a struct a kind of event; see `Event`.
namespace event {

/// A socket is listening.
struct Listening {
    SocketAddress address;
    ListenerKind speaks = ListenerKind::ws; ///< as it begins; never automatic. `ServerStatus` has what became of it later
    bool has_certificate = false; ///< without one there is no TLS, whatever it speaks
};
/// The listeners were closed.
struct Stopped { };
/// A socket could not be opened.
struct ListenFailed {
    SocketAddress address;
    Error error;
    bool optional = false; ///< the others listen all the same
    std::uint32_t owner_pid = 0; ///< who has the port; 0 when it cannot be read
    std::string owner_name;
    std::uint16_t next_free_port
        = 0; ///< a port that was free on all the addresses a moment ago; 0 when none was looked for
};
/// An opening handshake is complete.
struct Opened {
    std::shared_ptr<const ConnectionInfo> info;
    std::string request_head; ///< the raw bytes, handed over and not kept by the engine
    std::string note; ///< ours: e.g. that the browser will fail this because no offered subprotocol matched
};
/// A connection ended.
struct Closed {
    std::shared_ptr<const ConnectionInfo> info;
    ConnectionCounters counters; ///< as they stood at the end
    CloseInfo close;
};
/// An accepted socket that did not become a WebSocket.
struct Refused {
    RefusalReason reason = RefusalReason::aborted;
    SocketAddress peer;
    SocketAddress local; ///< the listener's; all zero for an attempt that stands for many
    std::string request_head; ///< raw, as far as it came, at most 16 KiB; hostile text
    std::string method, target, host, origin, user_agent; ///< parsed where possible; hostile text
    bool has_origin = false;
    bool was_upgrade = false; ///< it asked for a WebSocket
    std::optional<AccessDecision> access; ///< where the lists were consulted
    RefusalRemedy remedy = RefusalRemedy::none; ///< none for an attempt that stands for many
    std::string endpoint; ///< the pattern of the endpoint that it would have come to, where that is known
    std::optional<SockJsTransport> wanted_transport; ///< of transport_off
    Transport transport = Transport::ws;
    std::string server_name; ///< what a TLS client asked for (TlsFacts::server_name); hostile text
    std::optional<TlsFailureReport> tls; ///< of tls_failed
    std::uint16_t status = 0; ///< what we answered; 0: nothing
    std::string answer; ///< ours: the head of our answer
    std::string why; ///< ours: one sentence for a person
    std::string browser_says; ///< ours: what the page's console will show
    std::uint64_t folded = 0; ///< how many more like it were not listed in the last second
    /// It stands for attempts that differ in address, listener, host or origin: only the reason, the answer's status and the
    /// number are said, and `why`.
    bool of_many = false;
};
/// An allow-list has new content.
struct ListChanged {
    ListKind list = ListKind::hosts;
    std::size_t active = 0; ///< entries in force
    std::size_t invalid = 0;
    bool from_file = false;
};
/// A list file could not be used or had bad lines.
struct ListProblem {
    ListKind list = ListKind::hosts;
    std::string text;
    bool fell_back = false;
};
/// An active entry of this list lets in every host or page.
struct WideOpen {
    ListKind list = ListKind::hosts;
};
/// A peer reads more slowly than we send.
struct SlowPeer {
    ConnectionId id;
    std::uint64_t number = 0;
    std::uint64_t queued = 0;
};
/// Messages that a peer did not get since it is slow or since its protocol cannot carry them, in the last second.
struct MessagesSkipped {
    ConnectionId id;
    std::uint64_t number = 0;
    std::uint64_t count = 0;
};
/// A pong answered a ping that was sent by hand. Unasked pongs raise no event.
struct PongReceived {
    ConnectionId id;
    std::uint64_t number = 0;
    std::string payload; ///< the ping's
    microseconds round_trip{0}; ///< at least 1, to the precision of a loop turn
};
/// What there was too much of.
enum class FloodKind : std::uint8_t { ping, fragments, inflate, tls };
/// A peer sent more pings, fragments, data to inflate or TLS records without data (key updates) than the limits allow, and was
/// closed for it.
struct Flood {
    ConnectionId id;
    std::uint64_t number = 0;
    FloodKind kind = FloodKind::ping;
};
/// Which limit held.
enum class LimitKind : std::uint8_t { connections, openings, partial_messages, deflate_windows };
/// A limit held; at most once a second for each kind, with the number of times it did.
struct LimitReached {
    LimitKind kind = LimitKind::connections;
    std::uint64_t count = 0;
    std::uint64_t limit = 0;
};
/// The process has no descriptor left, or the system no memory for one: new connections are turned away until
/// there is.
struct DescriptorsExhausted { };
/// New connections are taken again.
struct DescriptorsRecovered { };
/// The wall clock jumped against the monotonic one; no time-out is affected.
struct ClockJump {
    milliseconds by{0};
};
/// The thread that drives the engine did not run for a while.
struct EngineStalled {
    milliseconds time{0};
};
/// A system call failed and cost one connection.
struct ConnectionFault {
    std::uint64_t number = 0; ///< 0: it had no number yet
    Error error;
};
/// Something worth a line in the log that fits no other kind.
struct Notice {
    std::string text; ///< ours
};
/// The outcome of a command; never lost. `count` connections did it, `gone` no longer existed, `skipped` did
/// not get it: `incapable` of them speak a protocol that cannot carry it, the others had a full queue.
struct CommandFinished {
    Ticket ticket = 0;
    std::optional<Error> error;
    std::uint64_t count = 0;
    std::uint64_t gone = 0;
    std::uint64_t skipped = 0;
    std::uint64_t incapable = 0; ///< binary messages and pings exist since hybi-07
};
/// The last connection that a StopListening closed is gone. Of the messages that waited in their queues at that time, `sent` were
/// written out whole and `dropped` were not.
struct StopFinished {
    std::uint64_t connections = 0;
    std::uint64_t sent = 0;
    std::uint64_t dropped = 0;
};
/// The last socket is closed; the driver may stop.
struct Finished {
    std::uint64_t closed_cleanly = 0;
    std::uint64_t cut = 0;
    std::uint64_t sent = 0; ///< messages that waited when the stop began, as in StopFinished
    std::uint64_t dropped = 0;
};

} // namespace event

/// One line of the event log: what happened, when, and its place in the order.
struct Event {
    std::uint64_t sequence = 0; ///< counts up by one for each event, lost ones included
    WallTime at{};
    std::variant<event::Listening, event::Stopped, event::ListenFailed, event::Opened, event::Closed,
        event::Refused, event::ListChanged, event::ListProblem, event::WideOpen, event::SlowPeer,
        event::MessagesSkipped, event::PongReceived, event::Flood, event::LimitReached, event::DescriptorsExhausted,
        event::DescriptorsRecovered, event::ClockJump, event::EngineStalled, event::ConnectionFault,
        event::Notice, event::CommandFinished, event::StopFinished, event::Finished>
        what;
};

/// The stable name of an event's kind in capitals ("CONN_OPEN", "HS_TIMEOUT", ...), the one place that holds
/// them.
[[nodiscard]] JACKFIELD_API std::string_view name_of(const Event& event);

} // namespace jackfield
