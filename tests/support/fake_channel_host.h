#pragma once

#include "session/channel.h"
#include "session/channel_host.h"
#include "websocket/rfc6455_codec.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace jackfield::test {

/// What is waiting in `queue`, as text; the queue stays as it is.
inline std::string waiting_in(const session::WriteQueue& queue)
{
    std::vector<iovec> parts(4096);
    parts.resize(queue.gather(parts));
    std::string bytes;
    for (const iovec& part : parts)
        bytes.append(static_cast<const char*>(part.iov_base), part.iov_len);
    return bytes;
}

/// A channel's world without a socket: it writes down what the channel asks for, and carries bytes when the
/// test says so.
class FakeChannelHost final : public session::ChannelHost {
public:
    FakeChannelHost() { now_ = TimePoint(std::chrono::hours(1)); }

    void advance(std::chrono::nanoseconds by) { now_ += by; }
    Limits& limits_to_change() { return limits_; }
    void hold_input(bool held) { is_input_held_ = held; }
    void set_traffic(TrafficLevel level) { traffic_level_ = level; }

    /// The channel's deadline has come when it is due now; calls `on_deadline` then.
    static void run_deadline(session::Channel& channel, TimePoint now)
    {
        if (channel.next_deadline() <= now)
            channel.on_deadline();
    }

    struct Passed {
        TrafficType type;
        Direction direction;
        Maker maker;
        std::uint64_t wire;
        std::string payload;
        bool operator==(const Passed&) const = default;
    };
    /// The frames of each passage, beside it.
    struct Behind {
        std::uint32_t frames = 1;
        std::vector<FrameFacts> facts;
    };
    int outputs = 0;
    int changes = 0;
    int deadline_changes = 0;
    int finishes = 0;
    bool finished_gently = false;
    int cuts = 0;
    int skips = 0;
    int slows = 0;
    std::vector<event::FloodKind> floods;
    std::vector<bool> input_wanted;
    int inputs_left = 0;
    std::vector<Passed> passages;
    std::vector<Behind> behind;
    struct HandPong {
        std::string payload;
        microseconds round_trip;
        bool operator==(const HandPong&) const = default;
    };
    std::vector<HandPong> hand_pongs;
    int resets_wanted = 0;
    std::vector<std::uint64_t> compressed; ///< of the passages
    struct Broadcast {
        MessageKind kind;
        std::string payload;
        bool include_self;
        Maker maker;
    };
    std::vector<Broadcast> broadcasts;

    /// So many bytes the carrier takes at once, of each message that is offered; what it took.
    std::uint64_t takes_at_once = 0;
    int offers = 0;
    std::string taken_at_once;

    void on_output(session::Channel&) override { ++outputs; }
    std::uint64_t write_at_once(session::Channel&, std::span<const iovec> parts) override
    {
        ++offers;
        std::string offered;
        for (const iovec& part : parts)
            offered.append(static_cast<const char*>(part.iov_base), part.iov_len);
        offered.resize(static_cast<std::size_t>(std::min<std::uint64_t>(offered.size(), takes_at_once)));
        taken_at_once += offered;
        return offered.size();
    }
    void on_changed(session::Channel&) override { ++changes; }
    void on_passed(const session::Channel&, const session::Passage& passage) override
    {
        passages.push_back({passage.type, passage.direction, passage.maker, passage.facts.wire,
            std::string(as_text(passage.payload))});
        behind.push_back({passage.facts.frames, {passage.facts.frame_facts.begin(), passage.facts.frame_facts.end()}});
        compressed.push_back(passage.facts.compressed);
    }
    void on_input_wanted(session::Channel&, bool wanted) override { input_wanted.push_back(wanted); }
    void on_input_left(session::Channel&) override { ++inputs_left; }
    void on_deadline_changed(session::Channel&) override { ++deadline_changes; }
    void on_finished(session::Channel&, bool gently) override
    {
        ++finishes;
        finished_gently = gently;
    }
    void on_reset_wanted(session::Channel&) override { ++resets_wanted; }
    void on_cut(session::Channel&) override { ++cuts; }
    void on_skipped(session::Channel&) override { ++skips; }
    void on_slow(session::Channel&) override { ++slows; }
    void on_hand_ping_answered(
        session::Channel&, std::span<const std::byte> payload, microseconds round_trip) override
    {
        hand_pongs.push_back({std::string(as_text(payload)), round_trip});
    }
    void on_flood(session::Channel&, event::FloodKind kind) override { floods.push_back(kind); }
    void broadcast(session::Channel&, MessageKind kind, std::span<const std::byte> payload, bool include_self,
        Maker maker) override
    {
        broadcasts.push_back({kind, std::string(as_text(payload)), include_self, maker});
    }
};

/// A behaviour made of what a test puts in.
class ScriptedBehaviour final : public Behaviour {
public:
    std::function<void(Peer&)> opened;
    std::function<void(Peer&, MessageKind, std::string_view)> message;
    std::function<void(Peer&, std::string_view, bool, bool)> fragment;
    std::function<void(const CloseInfo&)> closed;
    std::vector<std::string> received;
    std::vector<CloseInfo> ends;

    [[nodiscard]] bool wants_fragments() const override { return fragment != nullptr; }
    void on_open(Peer& peer) override
    {
        if (opened)
            opened(peer);
    }
    void on_message(Peer& peer, MessageKind kind, std::span<const std::byte> payload) override
    {
        received.emplace_back(as_text(payload));
        if (message)
            message(peer, kind, as_text(payload));
    }
    void on_fragment(Peer& peer, MessageKind, std::span<const std::byte> part, bool first, bool last) override
    {
        fragment(peer, as_text(part), first, last);
    }
    void on_close(ConnectionId, const CloseInfo& info) override
    {
        ends.push_back(info);
        if (closed)
            closed(info);
    }
};

/// A channel on a fake host.
struct ChannelBench {
    /// `codec`: a server's of RFC 6455, when it is null.
    explicit ChannelBench(Limits limits = {}, std::unique_ptr<websocket::MessageCodec> codec = {})
    {
        if (!codec) {
            codec = std::make_unique<websocket::Rfc6455Codec>(
                websocket::CodecLimits{limits.max_message, limits.max_fragments});
        }
        host.limits_to_change() = limits;
        auto details = std::make_shared<ConnectionInfo>();
        details->id = ConnectionId(0, 0, 1);
        details->number = 1;
        channel = std::make_unique<session::Channel>(host, pool, details, std::move(codec), behaviour);
    }
    /// Hands bytes to the channel as they come, or `step` at a time.
    void receive(std::string bytes, std::size_t step = std::size_t(-1))
    {
        for (std::size_t at = 0; at < bytes.size(); at += std::min(step, bytes.size() - at)) {
            std::string part = bytes.substr(at, step);
            channel->receive(std::as_writable_bytes(std::span(part.data(), part.size())));
        }
    }
    /// The carrier writes at most `most` bytes, and tells.
    std::string write(std::uint64_t most = ~std::uint64_t{0})
    {
        std::string all;
        while (!channel->output().empty() && all.size() < most) {
            std::string bytes = waiting_in(channel->output());
            bytes.resize(static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), most - all.size())));
            channel->output().consume(bytes.size());
            all += bytes;
            channel->on_written(bytes.size());
        }
        return all;
    }
    void wait(std::chrono::nanoseconds time)
    {
        const TimePoint until = host.now() + time;
        while (host.now() < until) {
            const TimePoint next = channel->next_deadline();
            host.advance(std::clamp<std::chrono::nanoseconds>(
                next == TimePoint::max() ? until - host.now() : next - host.now(),
                std::chrono::nanoseconds(0), until - host.now()));
            if (next <= host.now())
                channel->on_deadline();
            if (channel->is_finished())
                break;
        }
    }

    session::WriteQueuePool pool;
    FakeChannelHost host;
    ScriptedBehaviour behaviour;
    std::unique_ptr<session::Channel> channel;
};

} // namespace jackfield::test
