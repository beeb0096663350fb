#pragma once

#include "app/bench/answer_reader.h"
#include "app/bench/client_handshake.h"
#include "app/bench/in_flight.h"
#include "base/byte_buffer.h"
#include "net/byte_stream.h"
#include "websocket/deflate_pool.h"
#include "websocket/rfc6455_codec.h"

#include "jackfield/time.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace jackfield::bench {

/// Why a connection has failed.
struct Trouble {
    std::string kind; ///< for counting: "wrong answer"
    std::string what; ///< in words
};

/// One client: the messages it sends and the check of what comes. Its fleet opens it and tells it when its socket is
/// ready. One thread.
class Connection final : private websocket::MessageSink {
public:
    enum class State : std::uint8_t {
        unused,
        connecting, ///< TCP
        upgrading, ///< TLS and the opening handshake
        open,
        closing, ///< our Close is sent or about to be; what still comes is not looked at
    };
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // ---- its fleet's ----
    void begin(std::unique_ptr<net::ByteStream> stream, TimePoint now);
    void begin_upgrade(const ClientHandshake& handshake);
    /// True once it is open. With trouble it stays as it is.
    bool take_head(std::span<std::byte> input, const ClientHandshake& handshake, websocket::DeflatePool& pool);
    void become_open() { state_ = State::open; }
    /// What came with the head: as `take`, once, when the mode has said what it expects.
    std::uint64_t take_early();
    /// Takes what came on an open connection; returns how many answers are complete with it.
    std::uint64_t take(std::span<std::byte> input);
    /// Writes as much as the socket takes. Nullopt when it is broken; else how many bytes went out.
    std::optional<std::uint64_t> flush();
    [[nodiscard]] bool has_output() const { return pending_ > 0 || !control_.empty(); }
    /// Answers the peer's Close, or sends one.
    void start_close(std::uint16_t code);
    void end();
    [[nodiscard]] net::ByteStream& stream() { return *stream_; }
    [[nodiscard]] bool is_blocked() const { return blocked_ != Source::none; }
    /// Set by `take`, `take_head` and `flush`; the fleet then ends it.
    [[nodiscard]] const std::optional<Trouble>& trouble() const { return trouble_; }
    [[nodiscard]] bool has_peer_closed() const { return peer_closed_; }
    std::uint32_t watched = 0; ///< what epoll was told
    TimePoint deadline{}; ///< of a handshake or a closing
    std::size_t index = 0; ///< in the fleet
    std::uint32_t generation = 0; ///< how often it was opened

    // ---- its mode's ----
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] TimePoint began() const { return began_; }
    [[nodiscard]] const std::string& subprotocol() const { return subprotocol_; }
    [[nodiscard]] bool is_compressed() const { return is_compressed_; }
    /// What it sends, and what must come back; only while nothing is out.
    void use(const MessageSet& set, std::size_t first);
    /// The same with nothing to come: what does come must be answers to this set from `first` on.
    void expect_only(const MessageSet& set, std::size_t first);
    /// Queues the next messages of the set. `at`: when they were sent, or due.
    void queue(std::uint64_t messages, TimePoint at);
    /// Queues a ping whose pong is counted.
    void queue_ping();
    [[nodiscard]] std::uint64_t pongs() const { return pongs_; }
    InFlight in_flight;
    std::uint64_t tag = 0; ///< for the mode

private:
    enum class Source : std::uint8_t { none, control, messages };

    std::uint64_t take_slowly(std::span<std::byte> input);
    void fail(std::string kind, std::string what);
    [[nodiscard]] bool is_between_messages() const;
    websocket::Rfc6455Codec& codec();

    void on_message(MessageKind kind, std::span<const std::byte> payload, const websocket::WireFacts& facts) override;
    void on_ping(std::span<const std::byte> payload, const websocket::WireFacts& facts) override;
    void on_pong(std::span<const std::byte> payload, const websocket::WireFacts& facts) override;
    void on_close(std::optional<std::uint16_t> code, std::string_view reason, const websocket::WireFacts& facts) override;
    void on_violation(const websocket::Violation& violation) override;
    [[nodiscard]] bool is_paused() const override { return false; }

    std::unique_ptr<net::ByteStream> stream_;
    std::unique_ptr<websocket::Rfc6455Codec> codec_;
    std::optional<AnswerReader> reader_;
    const MessageSet* set_ = nullptr;
    std::size_t queue_index_ = 0; ///< the message that is queued next
    std::size_t out_at_ = 0; ///< in the frames of the set: what is written next
    std::uint64_t pending_ = 0; ///< bytes of messages to write
    ByteBuffer control_; ///< the request, control frames
    ByteBuffer head_; ///< of the answer, as far as it has come
    std::string key_;
    std::string subprotocol_;
    std::optional<Trouble> trouble_;
    TimePoint began_{};
    std::uint64_t slow_answers_ = 0;
    std::uint64_t pongs_ = 0;
    State state_ = State::unused;
    Source blocked_ = Source::none;
    bool is_slow_ = false; ///< a frame that is not as expected is under way: the codec reads
    bool counts_answers_ = true;
    bool is_compressed_ = false;
    bool peer_closed_ = false;
    bool close_queued_ = false;
};

} // namespace jackfield::bench
