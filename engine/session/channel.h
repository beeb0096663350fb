#pragma once

#include "base/byte_buffer.h"
#include "session/channel_host.h"
#include "session/flood_watch.h"
#include "session/raw_message.h"
#include "session/sent_pings.h"
#include "session/shared_message.h"
#include "session/travelled.h"
#include "session/write_queue.h"
#include "websocket/message_codec.h"

#include "jackfield/behaviour.h"
#include "jackfield/connection.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace jackfield::session {

/// One logical connection: a codec, a behaviour, an outbound queue and the closing handshake, whatever
/// carries its bytes. Does no I/O.
///
/// Life: open -> closing (our Close is queued, waiting for the peer's) -> finished (nothing more to queue).
/// The host then writes out the queue, ends the carrier, reports the end and destroys the channel. An idle
/// channel owns no buffers. One thread.
class Channel final : public websocket::MessageSink, public Peer {
public:
    Channel(ChannelHost& host, WriteQueuePool& pool, std::shared_ptr<const ConnectionInfo> info,
        std::unique_ptr<websocket::MessageCodec> codec, Behaviour& behaviour);

    // what the host's reader and the commands use
    [[nodiscard]] const ConnectionCounters& counters() const { return counters_; }
    [[nodiscard]] const std::shared_ptr<const ConnectionInfo>& shared_info() const { return info_; }
    [[nodiscard]] ConnectionState state() const { return counters_.state; }
    [[nodiscard]] bool is_finished() const { return finished_; }
    [[nodiscard]] const CloseInfo& close_info() const { return close_; } ///< final once it is settled
    [[nodiscard]] WriteQueue& output() { return output_; }
    [[nodiscard]] Behaviour& behaviour() { return *behaviour_; }
    void set_behaviour(Behaviour& behaviour) { behaviour_ = &behaviour; }
    void set_limits(const websocket::CodecLimits& limits);
    /// Another kind of request carries it from now on.
    void set_transport(Transport transport);
    [[nodiscard]] std::uint64_t partial_bytes() const { return codec_ ? codec_->partial_bytes() : 0; }
    /// Gives back what an unfinished message holds; only once it is finished.
    void drop_partial() { codec_.reset(); }
    [[nodiscard]] bool wants_input() const { return !paused_ && !holds_input() && !is_silent(); }

    /// After the handshake: queues what the peer must get first and tells the behaviour.
    void start();
    /// Bytes from the carrier; may alter them.
    void receive(std::span<std::byte> input);
    /// A new turn: takes up what was left (ChannelHost::on_input_left).
    void resume();
    /// The carrier wrote `count` bytes of the queue: ends back pressure once the queue has halved.
    void on_written(std::uint64_t count);
    /// The peer's side of the carrier ended (`in_order`) or failed; `cause` says more than that it vanished, where the carrier
    /// was given up on our side.
    void on_carrier_lost(bool in_order = false, CloseCause cause = CloseCause::peer_vanished) noexcept;
    /// Nothing helps: ended without a closing handshake for `cause`.
    void cut(ClosedBy by, CloseCause cause);
    [[nodiscard]] TimePoint next_deadline() const;
    void on_deadline();
    /// Makes sure that the row says how it ended; called by the host as the last thing.
    void settle() noexcept;

    /// Sends one message; `maker` for the badge. A queue that would pass the limit refuses, but for the first
    /// message in it.
    SendOutcome send_made(MessageKind kind, std::span<const std::byte> payload, Maker maker);
    SendOutcome send_shared(SharedMessage& message, Maker maker);
    /// Sends what was composed by hand, where the wire format has a place for it, and cuts the stream where that was asked
    /// for.
    SendOutcome send_raw(const RawMessage& message, Maker maker);
    /// A wire format without pings sends a heartbeat in its place, where it has one and `payload` is empty; no pong
    /// is expected then.
    SendOutcome send_ping(std::span<const std::byte> payload, Maker maker);
    /// Sends a pong that no ping asked for.
    SendOutcome send_pong(std::span<const std::byte> payload, Maker maker);
    /// Drops the messages that wait and of which nothing has been written; returns how many.
    std::uint64_t drop_queued();
    /// Starts the closing handshake; false when it is closing already.
    bool begin_close(const CloseFrame& frame, ClosedBy by, CloseCause cause = CloseCause::closing_handshake);
    /// Ends or troubles it as somebody asked; `frame` is what a close frame says. False when it came too late.
    bool kick(KickStyle style, const CloseFrame& frame);
    /// Takes back what `kick` changed without ending it; false when there was nothing.
    bool answer_again();
    /// Fails the connection (RFC 6455 section 7.1.7): a Close frame, then the end.
    void fail(std::uint16_t code, std::string_view reason, CloseCause cause);

    // Peer
    [[nodiscard]] ConnectionId id() const override { return counters_.id; }
    [[nodiscard]] const ConnectionInfo& info() const override { return *info_; }
    SendOutcome send(MessageKind kind, std::span<const std::byte> payload) override;
    void broadcast(MessageKind kind, std::span<const std::byte> payload, bool include_self) override;
    void close(CloseFrame frame) override;
    void pause_until_drained() override;

    // MessageSink
    [[nodiscard]] bool wants_fragments() const override;
    void on_message(
        MessageKind kind, std::span<const std::byte> payload, const websocket::WireFacts& facts) override;
    void on_fragment(MessageKind kind, std::span<const std::byte> part, bool first, bool last,
        const websocket::WireFacts& facts) override;
    void on_ping(std::span<const std::byte> payload, const websocket::WireFacts& facts) override;
    void on_pong(std::span<const std::byte> payload, const websocket::WireFacts& facts) override;
    void on_close(std::optional<std::uint16_t> code, std::string_view reason,
        const websocket::WireFacts& facts) override;
    void on_violation(const websocket::Violation& violation) override;
    [[nodiscard]] bool is_paused() const override { return paused_; }
    [[nodiscard]] std::vector<std::byte> lend_buffer(std::size_t size) noexcept override
    {
        return host_.lend_buffer(size);
    }
    void give_back_buffer(std::vector<std::byte> buffer) noexcept override
    {
        host_.give_back_buffer(std::move(buffer));
    }

private:
    /// A message of so many bytes may leave at once; below it a copy costs less than a system call of its own.
    static constexpr std::size_t written_at_once_from = 32U << 10U;
    enum class Queueing {
        strict,
        one_over
    }; // strict: never over the limit unless empty; one_over: one message may
    struct QueuedFrame {
        std::uint64_t wire = 0;
        std::optional<FrameFacts> frame; // when somebody wants to know
        /// Borrows from this object.
        [[nodiscard]] websocket::WireFacts facts(std::uint64_t compressed = 0) const
        {
            return {wire, 1, compressed,
                frame ? std::span<const FrameFacts>(&*frame, 1) : std::span<const FrameFacts>()};
        }
    };
    /// Queues the frame that `encode(ByteBuffer&)` writes.
    template <class Encode>
    QueuedFrame queue_frame(Encode&& encode, std::size_t payload = 0)
    {
        QueuedFrame queued;
        const std::uint64_t before = output_.size();
        output_.append_with([&](ByteBuffer& out) {
            const std::size_t start = out.size();
            encode(out);
            if (is_recording())
                queued.frame = codec_->first_frame(std::as_const(out).view().subspan(start));
        }, payload + websocket::max_frame_header);
        queued.wire = output_.size() - before;
        if (queued.frame && queued.frame->header_size() + queued.frame->payload_length != queued.wire)
            queued.frame.reset(); // one of several
        return queued;
    }
    [[nodiscard]] static TrafficType type_of(MessageKind kind)
    {
        return kind == MessageKind::text ? TrafficType::text : TrafficType::binary;
    }
    [[nodiscard]] bool is_silent() const { return (counters_.flags & flag_silent) != 0; }
    /// The peer's Close is here and was not answered, as somebody wanted it.
    [[nodiscard]] bool keeps_close_waiting() const
    {
        return state() == ConnectionState::closing && !finished_ && !close_sent_;
    }
    void answer_close();
    void end_stream(StreamCut cut);
    [[nodiscard]] bool holds_input() const { return held_ || (codec_ && codec_->has_input_inside()); }
    void take_up_input();
    [[nodiscard]] bool is_recording() const { return host_.traffic_level() >= TrafficLevel::headers; }
    bool refuse_unfit(bool fits);
    [[nodiscard]] std::optional<std::uint16_t> on_wire(std::optional<std::uint16_t> code) const;
    [[nodiscard]] bool may_queue(std::uint64_t size, Queueing queueing) const;
    void count_out(std::uint64_t payload, std::uint64_t compressed);
    bool count_in(std::uint64_t payload, std::uint64_t compressed);
    void after_queueing(std::uint64_t wire_before);
    void note_queue_size();
    void note_slow();
    void begin_slow_period();
    void record(TrafficType type, Direction direction, Maker maker, std::span<const std::byte> payload,
        const websocket::WireFacts& facts, const SharedBytes* shared = nullptr);
    void queue_close(std::optional<std::uint16_t> code, std::string_view reason, Maker maker = Maker::engine);
    void record_close(Direction direction, Maker maker, std::optional<std::uint16_t> code,
        std::string_view reason, const websocket::WireFacts& facts);
    void note_end(std::uint16_t code, std::string_view reason, ClosedBy by, CloseCause cause) noexcept;
    [[nodiscard]] std::size_t input_behind() const;
    [[nodiscard]] bool may_write_at_once(std::uint64_t payload) const;
    SendOutcome write_at_once(
        const websocket::EncodedFrameHeader& header, MessageKind kind, std::span<const std::byte> payload, Maker maker);
    void note_controls(const SharedMessage& message, const SharedMessage::Encoded& encoded, Maker maker);
    void note_ping(std::span<const std::byte> payload, Maker maker);
    SendOutcome send_heartbeat(Maker maker);
    void keep_heart_beating();
    void keep_alive();
    bool is_pong_overdue();
    void answer_late_ping();
    void queue_pong(std::span<const std::byte> payload, Maker maker = Maker::engine);
    void finish(bool gently);
    void feed(std::span<std::byte> input);
    void feed_held();

    ChannelHost& host_;
    std::shared_ptr<const ConnectionInfo> info_;
    std::unique_ptr<websocket::MessageCodec> codec_;
    Behaviour* behaviour_;
    WriteQueue output_;
    std::unique_ptr<ByteBuffer> held_; // input that waits for back pressure to end, or for a later turn
    CloseInfo close_; // as it began, once has_end_
    std::unique_ptr<ByteBuffer> late_pong_; // the newest ping's payload while the queue is long
    std::unique_ptr<SentPings> sent_pings_; // by hand, while any waits for its pong
    ConnectionCounters counters_;
    std::span<const std::byte> input_; // being decoded
    std::span<const std::byte> answered_; // the last large message of the input
    std::uint64_t fragment_bytes_ = 0; // of the message that a fragment reader is getting
    Travelled travelled_in_, travelled_out_;

    TimePoint close_deadline_{};
    TimePoint ping_due_{}; // when to send the next ping, or by when its pong must be here
    TimePoint ping_sent_{};
    milliseconds heartbeat_; // the codec's
    TimePoint spoken_at_{}; // when something left for the peer, or a heartbeat could not
    TimePoint slow_since_{};
    std::uint64_t slow_progress_ = 0; // written since then
    std::uint64_t slow_unsent_ = 0; // in the kernel's buffer at that time
    std::uint64_t ping_progress_ = 0; // bytes written since the ping was queued or last waited for
    std::uint64_t ping_arrived_ = 0; // bytes that have come, since then
    FloodWatch pings_{5};
    FloodWatch inflated_{10};
    std::uint64_t newest_ping_ = 0; // counts the pings sent
    std::uint64_t engine_ping_ = 0; // which of them was the engine's last
    std::uint32_t ping_serial_ = 0;
    bool is_slow_reported_ = false;
    bool awaiting_pong_ = false;
    bool paused_ = false;
    bool finished_ = false;
    bool close_sent_ = false;
    bool clean_once_written_ = false; // the close frame is all the closing there is
    bool has_end_ = false;
};

} // namespace jackfield::session
