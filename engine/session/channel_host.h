#pragma once

#include "websocket/message_codec.h"

#include "jackfield/behaviour.h"
#include "jackfield/config.h"
#include "jackfield/event.h"
#include "jackfield/lanes.h"
#include "jackfield/time.h"

#include <sys/uio.h>

#include <cstdint>
#include <span>
#include <vector>

namespace jackfield::session {

class Channel;

/// A message or control frame that passed, for the traffic lane. Lives for the call: copies of what it views cost more, at a few
/// nanoseconds a message, than all the rest of its way into the lane.
struct Passage {
    TrafficType type;
    Direction direction;
    Maker maker;
    std::span<const std::byte> payload;
    const websocket::WireFacts& facts; ///< its frames as far as they are known
    const SharedBytes* shared = nullptr; ///< the same payload, when somebody holds it already
};

/// The little of the world that a channel needs. Everything is called on the engine's thread, from within the
/// channel's own calls; the host must not destroy the channel before that call has returned.
class ChannelHost {
public:
    virtual ~ChannelHost() = default;
    /// What the traffic lane wants; read on every message.
    [[nodiscard]] TrafficLevel traffic_level() const { return traffic_level_; }
    /// The time of this loop turn.
    [[nodiscard]] TimePoint now() const { return now_; }
    [[nodiscard]] const Limits& limits() const { return limits_; }
    /// True while nobody is read, since the reader of the traffic is being waited for: silence says nothing
    /// then.
    [[nodiscard]] bool is_input_held() const { return is_input_held_; }
    EngineTotals& totals() { return totals_; }
    /// Something passed of which the traffic lane wants no record.
    void count_passed_over() { ++passed_over_; }

    virtual void on_output(Channel& channel)
        = 0; ///< the queue holds something: write it before this turn ends
    /// The queue is empty: writes of `parts` what the carrier takes at this moment, and says how many bytes that was. An error is
    /// told when the queue is written next.
    virtual std::uint64_t write_at_once(Channel&, std::span<const iovec> /*parts*/) { return 0; }
    virtual void on_changed(Channel& channel) = 0; ///< the counters changed
    virtual void on_passed(const Channel& channel, const Passage& passage) = 0;
    virtual void on_input_wanted(Channel& channel, bool wanted) = 0; ///< back pressure begins or ends
    /// The turn's budget for inflating is used up: the channel holds input, wants no other, and `resume` is
    /// to be called in one of the next turns.
    virtual void on_input_left(Channel& channel) = 0;
    virtual void on_deadline_changed(Channel& channel) = 0;
    /// Nothing more will be queued: write what there is, then end the carrier. `gently`: both Close frames
    /// have passed.
    virtual void on_finished(Channel& channel, bool gently) = 0;
    /// Comes before `on_finished`: the carrier is to end with a reset, once the queue is written.
    virtual void on_reset_wanted(Channel& channel) = 0;
    /// End the carrier at once.
    virtual void on_cut(Channel& channel) = 0;
    virtual void on_skipped(Channel& channel) = 0; ///< a slow peer did not get a message
    virtual void on_slow(Channel& channel) = 0;
    /// Bytes of the queue that are written and wait in the kernel; 0 when it cannot be told.
    [[nodiscard]] virtual std::uint64_t unsent_of(Channel&) { return 0; }
    /// A pong came for a ping that was sent by hand. `payload` lives for the call.
    virtual void on_hand_ping_answered(
        Channel& channel, std::span<const std::byte> payload, microseconds round_trip)
        = 0;
    virtual void on_flood(Channel& channel, event::FloodKind kind) = 0;
    /// Memory for a large message, if there is some (`BufferPool::take`), and where it goes afterwards.
    [[nodiscard]] virtual std::vector<std::byte> lend_buffer(std::size_t) noexcept { return {}; }
    virtual void give_back_buffer(std::vector<std::byte>) noexcept { }
    virtual void broadcast(
        Channel& from, MessageKind kind, std::span<const std::byte> payload, bool include_self, Maker maker)
        = 0;

protected:
    TrafficLevel traffic_level_ = TrafficLevel::off;
    TimePoint now_{};
    Limits limits_;
    EngineTotals totals_;
    std::uint64_t passed_over_ = 0;
    bool is_input_held_ = false;
};

} // namespace jackfield::session
