#pragma once

#include "fallback/session.h"
#include "http/endpoint.h"
#include "net/byte_stream.h"
#include "net/timer_wheel.h"
#include "net/tls_stream.h"
#include "server/admission.h"
#include "server/connection_places.h"
#include "session/channel.h"
#include "session/http_exchange.h"
#include "session/opening.h"
#include "session/write_queue.h"

#include "jackfield/event.h"

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>

namespace jackfield::server {

/// What a socket is doing.
enum class Stage : std::uint8_t {
    opening, ///< the request head is arriving
    exchange, ///< an HTTP endpoint is answering
    handshake_body, ///< the rule waits for the bytes behind the head
    channel, ///< it carries a WebSocket
    flushing, ///< the last bytes are being written; nothing more is read but to be discarded
    draining, ///< our side has ended; reading and discarding until the peer's end or the deadline
    dead, ///< closed at the end of this turn
};

class Shard;

/// What an exchange says to its socket.
class SocketExchangeHost final : public session::ExchangeHost {
public:
    SocketExchangeHost(Shard& shard, std::uint64_t token)
        : shard_(shard)
        , token_(token)
    { }
    void on_exchange_output() noexcept override;
    void on_exchange_cut() noexcept override;

private:
    Shard& shard_;
    std::uint64_t token_;
};

/// Some bytes' share of a sum, which ends with it.
class CountedBytes {
public:
    explicit CountedBytes(std::uint64_t& sum)
        : sum_(sum)
    { }
    CountedBytes(const CountedBytes&) = delete;
    CountedBytes& operator=(const CountedBytes&) = delete;
    ~CountedBytes() { set(0); }
    void set(std::uint64_t bytes)
    {
        sum_ += bytes - bytes_;
        bytes_ = bytes;
    }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

private:
    std::uint64_t& sum_;
    std::uint64_t bytes_ = 0;
};

/// Everything that only a socket before its WebSocket needs.
struct Newcomer {
    Newcomer(http::HeadLimits limits, TimePoint now, SocketExchangeHost exchange_host, std::uint64_t& unfinished)
        : opening(limits)
        , accepted_at(now)
        , host(exchange_host)
        , body(unfinished)
    { }
    session::Opening opening;
    TimePoint accepted_at; ///< of a later request of its connection: when that began
    TimePoint body_due{}; ///< of a large body: when it has to have come further
    std::uint64_t body_seen = 0; ///< of the body, when it had last come so far
    ListenerKind listener = ListenerKind::ws; ///< what its listener spoke when it came
    bool is_sniffed = false; ///< its first byte has been looked at
    bool is_plain_on_tls = false;
    bool served_before = false; ///< it is a kept-alive connection between two requests
    bool is_listed = false; ///< its request has its row among the attempts
    SocketExchangeHost host;
    CountedBytes body; ///< of its request, among all unfinished messages
    std::unique_ptr<session::HttpExchange> exchange;
    http::HttpEndpoint* endpoint = nullptr;
    // between the two steps of a handshake
    Acceptance acceptance;
    ConnectionPlaces::Place place_taken; ///< from its acceptance on
    websocket::HandshakeAnswer answer;
    std::list<std::uint32_t>::iterator place; ///< in the list of those that wait for a handshake
    bool is_waiting = false;
};

/// One accepted socket. Owned by a slab; names its channel by slot.
struct Socket {
    Socket(session::WriteQueuePool& pool, std::unique_ptr<net::ByteStream> carrier, SocketAddress from,
        SocketAddress to)
        : stream(std::move(carrier))
        , output(pool)
        , peer(from)
        , local(to)
    { }
    std::unique_ptr<net::ByteStream> stream;
    net::TlsStream* tls = nullptr; ///< the stream, when it is one
    fallback::SessionStream* session = nullptr; ///< the stream, when it is one
    std::unique_ptr<Newcomer> newcomer;
    session::WriteQueue output; ///< what is not a channel's: handshakes and HTTP
    SocketAddress peer, local;
    net::Timer timer;
    TimePoint deadline{}; ///< of flushing and draining
    TimePoint blocked_since{}; ///< while the kernel is short of buffers
    std::uint32_t slot = 0, generation = 0;
    std::uint32_t channel_slot = 0, channel_generation = 0; ///< generation 0: none
    std::uint32_t interest = 0; ///< as registered
    Stage stage = Stage::opening;
    bool in_flush_list = false;
    bool in_input_list = false; ///< of those whose stream holds input
    bool wants_write = false; ///< the last write could not take everything
    bool gentle_end = false;
    bool reset_end = false; ///< ends with a reset as soon as everything is written
    bool short_of_buffers = false;
};

/// A channel and what carries it.
struct ChannelEntry {
    template <class... Arguments>
    ChannelEntry(std::uint32_t carrier, std::shared_ptr<Endpoint> on, Arguments&&... arguments)
        : channel(std::forward<Arguments>(arguments)...)
        , endpoint(std::move(on))
        , socket_slot(carrier)
    { }
    session::Channel channel;
    std::shared_ptr<Endpoint> endpoint;
    ConnectionPlaces::Place place;
    std::optional<std::string> sockjs_server; ///< of a SockJS session: the page's number for the server
    std::uint64_t partial_bytes = 0; ///< as last counted
    std::uint64_t skipped_reported = 0;
    std::uint64_t queued_at_stop = 0; ///< messages that a stop has it deliver; see is_in_stop
    std::uint32_t socket_slot = 0;
    bool is_dirty = false;
    bool is_announced = false; ///< the state reader knows it
    bool has_skipped = false;
    bool is_in_stop = false; ///< a stop closes it and counts what becomes of its messages
    bool has_input_left = false; ///< it waits for a turn that may inflate
};

} // namespace jackfield::server
