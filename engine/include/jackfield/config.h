#pragma once

#include "jackfield/access_rules.h"
#include "jackfield/api.h"
#include "jackfield/connection.h"
#include "jackfield/socket_address.h"
#include "jackfield/time.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield {

class TlsCredentials;

/// What a listener speaks. The first byte of a client tells TLS (0x16) from a request.
enum class ListenerKind : std::uint8_t {
    automatic, ///< `ws` until TLS is enabled, then `both`
    ws, ///< plain ws:// and http://; a TLS client is closed without an answer
    wss, ///< wss:// and https:// alone; a plain request is answered with 400
    both,
};
/// "auto", "ws", "wss", "both".
[[nodiscard]] JACKFIELD_API std::string_view name_of(ListenerKind kind);
/// `kind` with `automatic` made out.
[[nodiscard]] constexpr ListenerKind spoken_by(ListenerKind kind, bool tls_enabled)
{
    if (kind != ListenerKind::automatic)
        return kind;
    return tls_enabled ? ListenerKind::both : ListenerKind::ws;
}

/// One address to listen on.
struct ListenSpec {
    SocketAddress address; ///< port 0: the kernel chooses
    /// With port 0: take the same number as the previous listener of the list. The default pair of
    /// 127.0.0.1 and [::1] is two specs with this set on the second.
    bool same_port_as_previous = false;
    /// A missing address family is a notice and not an error.
    bool optional = false;
    ListenerKind kind = ListenerKind::automatic;
    bool operator==(const ListenSpec&) const = default;
};

/// 127.0.0.1 and [::1] on `port`: browsers resolve `localhost` to ::1 first.
[[nodiscard]] JACKFIELD_API std::vector<ListenSpec> default_listeners(std::uint16_t port = 4567);

/// Which behaviour answers a subprotocol.
struct SubprotocolRule {
    std::string name;
    std::string behaviour;
    bool operator==(const SubprotocolRule&) const = default;
};

/// The ways in which SockJS 0.3.3 carries a session, each of which an endpoint may forbid.
enum class SockJsTransport : std::uint8_t { websocket, xhr_streaming, xhr_polling, eventsource, htmlfile, jsonp };
inline constexpr std::size_t sockjs_transport_count = 6; ///< of `SockJsTransport`
/// "websocket", "xhr-streaming", "xhr-polling", "eventsource", "htmlfile", "jsonp".
[[nodiscard]] JACKFIELD_API std::string_view name_of(SockJsTransport transport);

/// A set of transports.
class SockJsTransports {
public:
    /// What is permitted out of the box: all but htmlfile and jsonp, which carry no Origin, so that any page could use them in
    /// the name of the person before it.
    constexpr SockJsTransports() = default;
    [[nodiscard]] constexpr bool has(SockJsTransport transport) const { return (bits_ & bit(transport)) != 0; } ///< is it in the set
    /// Puts it in, or takes it out.
    constexpr void set(SockJsTransport transport, bool permitted)
    {
        bits_ = static_cast<std::uint8_t>(permitted ? bits_ | bit(transport) : bits_ & ~bit(transport));
    }
    constexpr bool operator==(const SockJsTransports&) const = default;

private:
    static constexpr std::uint8_t bit(SockJsTransport transport)
    {
        return static_cast<std::uint8_t>(1U << static_cast<unsigned>(transport));
    }
    std::uint8_t bits_ = 0b001111;
};

/// How pages without WebSocket reach an endpoint: SockJS 0.3.3 below its path (`/echo/info`, `/echo/000/abc/xhr`, ...).
struct SockJs {
    SockJsTransports transports;
    milliseconds heartbeat{25'000}; ///< a frame without content after so much silence towards the page, 1 s..1 h
    milliseconds disconnect_delay{5'000}; ///< a session ends when nobody asks for its messages for so long, 100 ms..1 h
    std::uint32_t response_limit = 128U << 10U; ///< bytes after which a streamed answer ends and the page asks anew, 1 KiB..16 MiB
    bool cookies = false; ///< answers set a JSESSIONID cookie, for load balancers, and pages are told that they need it
    /// Where `iframe.html` loads the client from: a path on this server or an http(s) address.
    std::string client_url = "https://cdn.jsdelivr.net/npm/sockjs-client@1/dist/sockjs.min.js";
    bool operator==(const SockJs&) const = default;
};

/// Brings every value into its range; returns one sentence for each that had to change.
JACKFIELD_API std::vector<std::string> clamp_sockjs(SockJs& sockjs);

/// A path pattern with its subprotocols and a behaviour. A pattern is an exact path (`/chat`) or a prefix ended by `*`
/// (`/api/*`, `/*`); the query is not compared. The longest matching pattern wins.
struct EndpointConfig {
    std::string pattern = "/*";
    std::vector<SubprotocolRule> subprotocols; ///< in order of no importance: the client's order decides
    std::string behaviour = "echo"; ///< for clients without a subprotocol: echo, reverse, chat, silent, close, or one of `Stack::with_behaviour`
    bool chat_includes_sender = false;
    /// Any page may connect, whatever the list of origins says (Host and blocks still count). For test suites and public services.
    bool any_origin = false;
    std::optional<SockJs> sockjs = {}; ///< only with a literal path, no longer than 256 bytes and without / at its end
    bool operator==(const EndpointConfig&) const = default;
};

/// Whether the endpoint's pattern takes `path`, the target of a request without its query.
[[nodiscard]] JACKFIELD_API bool takes_path(const EndpointConfig& endpoint, std::string_view path);

/// The endpoint that takes every path: `/*`, echo, with subprotocols echo, chat, reverse and dumb-increment-protocol (reverse).
[[nodiscard]] JACKFIELD_API EndpointConfig default_endpoint();
/// The endpoints out of the box: `default_endpoint`, and `/echo`, `/chat` and `/reverse` with SockJS.
[[nodiscard]] JACKFIELD_API std::vector<EndpointConfig> default_endpoints();

/// Every limit, with its default and range. `clamp_limits` brings values into range.
struct Limits {
    std::uint64_t max_message = 16U << 20U; ///< bytes of one message, 1 KiB..1 GiB; over it: 1009
    std::uint32_t max_fragments = 131'072; ///< per message, empty ones included, 16..16,777,216; over it: 1008
    std::uint64_t max_partial_total = 256U << 20U; ///< bytes of all unfinished messages, 1 MiB..64 GiB; largest offender 1009
    std::uint64_t max_queue = 4U << 20U; ///< outbound bytes per client, 64 KiB..1 GiB; one larger message may exceed
    std::uint32_t max_connections = 0; ///< 0: what the descriptor limit allows; over it: 503
    std::uint32_t reserve_for_other_addresses = 64; ///< of max_connections, kept from any single address; 0..max_connections / 2
    std::uint32_t max_openings = 1'024; ///< sockets waiting for a handshake, 16..65,536; the oldest is dropped
    std::uint32_t max_request_head = 16U << 10U; ///< bytes, 1 KiB..64 KiB; over it: 431
    std::uint32_t max_headers = 100; ///< 10..1,000; over it: 431
    std::uint32_t max_target = 8U << 10U; ///< bytes, 256..64 KiB; over it: 414
    milliseconds handshake_timeout{10'000}; ///< from accept (a later request: its first byte) to 101 or the first 64 KiB of a body, 100 ms..10 min; 408
    milliseconds closing_timeout{5'000}; ///< for the peer's Close, 100 ms..1 min
    milliseconds drain_timeout{2'000}; ///< for the peer's FIN after ours when failing a connection, 100 ms..1 min
    milliseconds slow_timeout{30'000}; ///< without 64 KiB progress on a full queue (1008) or of a request's body behind its first 64 KiB (408), 1 s..1 h
    milliseconds ping_interval{30'000}; ///< 0 switches pings off; else 1 s..1 h
    milliseconds pong_timeout{20'000}; ///< 1 s..1 h
    std::uint32_t max_pings_per_second = 1'000; ///< for 5 s in a row, 10..1,000,000; 1008
    /// Bytes that the compressed messages of a client become, for 10 s in a row, 1 MiB..64 GiB; 1008
    std::uint64_t max_inflate_per_second = 512U << 20U;
    bool operator==(const Limits&) const = default;
};

/// Brings every value into its range; returns one sentence for each that had to change.
JACKFIELD_API std::vector<std::string> clamp_limits(Limits& limits);

/// How permessage-deflate (RFC 7692) is offered to clients that ask for it. `clamp_compression` brings values
/// into range.
struct Compression {
    bool enabled = true;
    /// Our messages may refer to the last 16 KiB of earlier ones of the same connection: smaller, for 102 KiB a connection and
    /// no sharing of a message that goes to many.
    bool server_context_takeover = false;
    bool client_context_takeover = false; ///< the same for the client's messages, for 40 KiB a connection
    std::uint32_t level = 6; ///< 1 (fast)..9 (small)
    std::uint64_t threshold = 1'024; ///< bytes, 0..1 GiB; smaller messages are sent as they are
    /// Bytes for all the windows that are kept between messages, 0..64 GiB; later connections get none.
    std::uint64_t context_budget = 256U << 20U;
    bool operator==(const Compression&) const = default;
};

/// Brings every value into its range; returns one sentence for each that had to change.
JACKFIELD_API std::vector<std::string> clamp_compression(Compression& compression);

/// How much a line of the log matters.
enum class LogLevel : std::uint8_t { debug, info, warning, error };
/// Receives each line of the engine's log: one event in words (`describe`, jackfield/event_text.h), with how much it matters (`level_of`,
/// jackfield/log.h). Called on the thread that creates the engine, then on the one that polls (with several `EngineConfig::threads` on each of
/// them, one at a time). Must not block, and must not call the
/// engine's `poll`; what it throws is dropped. One line of printable text: what of it came from a peer is escaped. `log_to_stderr` makes
/// one.
using Logger = std::function<void(LogLevel, std::string_view)>;

inline constexpr std::uint32_t max_threads = 64; ///< of `EngineConfig::threads`

/// How an engine starts. All but the last group can be changed later by commands.
struct EngineConfig {
    std::vector<ListenSpec> listeners = default_listeners();
    std::vector<EndpointConfig> endpoints = default_endpoints();
    std::shared_ptr<const TlsCredentials> tls; ///< null: TLS is not enabled
    AccessRules access;
    bool older_protocols = true; ///< serve hybi-10, hybi-07, hybi-00 and hixie-75 too; false: RFC 6455 alone, the others get a 426
    Limits limits;
    Compression compression;
    /// Loops that carry connections, 1..64, brought into that range. With 1 everything happens on the thread that calls `Engine::poll`. Of several
    /// that one listens, answers HTTP, carries SockJS sessions and admits; the WebSockets are spread over all of them, and each other has a
    /// thread of the engine's own. Budgets for the whole engine (max_partial_total, context_budget, closed_budget) are shared out equally;
    /// the traffic ring is one for each.
    std::uint32_t threads = 1;
    milliseconds publish_interval{33}; ///< how often changed counters are handed to an attached state reader, 1 ms..10 s
    std::size_t traffic_ring_bytes = 8U << 20U; ///< power of two, 64 KiB..1 GiB
    /// Events waiting for their reader; more are counted as lost. 0: nobody takes events, and nothing is kept, outcomes of commands neither.
    std::size_t event_capacity = 4'096;
    /// Commands whose outcome (event::CommandFinished) has not been taken; `Engine::submit` refuses more. At least 16. One of them needs
    /// less than 1 KiB, besides what it holds itself.
    std::size_t command_capacity = 16'384;
    std::size_t closed_budget = 4'096; ///< closed connections waiting for their reader; more are counted as left out
    Logger logger; ///< empty: nothing is logged, and nothing is spent on it; `Engine::set_logger` replaces it
};

} // namespace jackfield
