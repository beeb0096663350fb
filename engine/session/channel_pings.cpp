#include "session/channel.h"

#include "jackfield/close_code.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace jackfield::session {

namespace {

constexpr std::uint64_t upload_progress_needed = 4U << 10U; // in a pong's time, of a message under way
constexpr std::uint64_t pong_backlog = 64U << 10U; // beyond it only the newest ping is answered

std::array<std::byte, 8> ping_payload(std::uint32_t serial)
{
    std::array<std::byte, 8> payload{std::byte{'j'}, std::byte{'f'}, std::byte{'p'}, std::byte{':'}};
    std::memcpy(payload.data() + 4, &serial, sizeof serial);
    return payload;
}

} // namespace

SendOutcome Channel::send_ping(std::span<const std::byte> payload, Maker maker)
{
    if (state() != ConnectionState::open)
        return SendOutcome::gone;
    if (!codec_->has_control_frames())
        return payload.empty() ? send_heartbeat(maker) : SendOutcome::invalid;
    if (output_.size() >= host_.limits().max_queue)
        return SendOutcome::queue_full;
    const std::uint64_t before = output_.size();
    const QueuedFrame queued = queue_frame([&](ByteBuffer& out) { codec_->encode_ping(out, payload); });
    note_ping(payload, maker);
    record(TrafficType::ping, Direction::to_browser, maker, payload, queued.facts());
    after_queueing(before);
    return SendOutcome::queued;
}

SendOutcome Channel::send_pong(std::span<const std::byte> payload, Maker maker)
{
    if (state() != ConnectionState::open)
        return SendOutcome::gone;
    if (!codec_->has_control_frames())
        return SendOutcome::invalid;
    if (output_.size() >= host_.limits().max_queue)
        return SendOutcome::queue_full;
    queue_pong(payload, maker);
    return SendOutcome::queued;
}

void Channel::note_ping(std::span<const std::byte> payload, Maker maker)
{
    ++newest_ping_;
    if (maker == Maker::engine) {
        engine_ping_ = newest_ping_;
        return;
    }
    if (!sent_pings_)
        sent_pings_ = std::make_unique<SentPings>();
    sent_pings_->forget_sent_until(host_.now() - host_.limits().pong_timeout);
    sent_pings_->add(payload, newest_ping_, host_.now());
}

SendOutcome Channel::send_heartbeat(Maker maker)
{
    if (output_.size() >= host_.limits().max_queue)
        return SendOutcome::queue_full;
    const std::uint64_t before = output_.size();
    const QueuedFrame queued = queue_frame([&](ByteBuffer& out) { codec_->encode_heartbeat(out); });
    if (queued.wire == 0)
        return SendOutcome::invalid;
    record(TrafficType::ping, Direction::to_browser, maker, {}, queued.facts());
    after_queueing(before);
    return SendOutcome::queued;
}

void Channel::keep_heart_beating()
{
    if (heartbeat_.count() == 0 || is_silent() || host_.now() < spoken_at_ + heartbeat_)
        return;
    spoken_at_ = host_.now();
    // Whatever is waiting will be the sign of life.
    if (output_.empty())
        send_heartbeat(Maker::engine);
}

void Channel::keep_alive()
{
    const TimePoint now = host_.now();
    if (now < ping_due_ || is_silent())
        return;
    if (awaiting_pong_) {
        if (is_pong_overdue())
            cut(ClosedBy::engine, CloseCause::no_pong);
        return;
    }
    if (host_.limits().ping_interval.count() == 0)
        return;
    if (!codec_->has_control_frames()) {
        ping_due_ = now + host_.limits().ping_interval;
        return;
    }
    const auto payload = ping_payload(++ping_serial_);
    if (send_ping(payload, Maker::engine) == SendOutcome::queued) {
        awaiting_pong_ = true;
        ping_sent_ = now;
        ping_progress_ = 0;
        ping_arrived_ = 0;
        ping_due_ = now + host_.limits().pong_timeout;
    } else {
        ping_due_ = now + host_.limits().ping_interval;
    }
}

bool Channel::is_pong_overdue()
{
    // A peer whose queue is full is judged by its progress alone. And as long as it takes what stands before
    // the ping, or its pong may be among what we do not read at present, silence says nothing.
    const bool is_slow = (counters_.flags & flag_slow) != 0;
    const bool is_taking = ping_progress_ > 0 && (paused_ || !output_.empty());
    // A browser can put no pong into the middle of a message that it is sending over a slow line.
    const bool is_sending = ping_arrived_ >= upload_progress_needed && partial_bytes() > 0;
    if (!is_slow && !is_taking && !is_sending && !host_.is_input_held())
        return true;
    ping_progress_ = 0;
    ping_arrived_ = 0;
    ping_due_ = host_.now() + host_.limits().pong_timeout;
    return false;
}

void Channel::queue_pong(std::span<const std::byte> payload, Maker maker)
{
    const std::uint64_t before = output_.size();
    const QueuedFrame queued = queue_frame([&](ByteBuffer& out) { codec_->encode_pong(out, payload); });
    if (queued.wire == 0)
        return;
    record(TrafficType::pong, Direction::to_browser, maker, payload, queued.facts());
    after_queueing(before);
}

void Channel::answer_late_ping()
{
    if (output_.size() > pong_backlog / 2 || state() != ConnectionState::open)
        return;
    const auto payload = std::move(late_pong_);
    queue_pong(std::as_const(*payload).view());
}

void Channel::on_ping(std::span<const std::byte> payload, const websocket::WireFacts& facts)
{
    if (state() != ConnectionState::open)
        return;
    record(TrafficType::ping, Direction::from_browser, Maker::peer, payload, facts);
    if (pings_.add(host_.now(), 1, host_.limits().max_pings_per_second)) {
        host_.on_flood(*this, event::FloodKind::ping);
        fail(close_policy_violation, "too many pings", CloseCause::flood);
        return;
    }
    if (counters_.flags & flag_keeps_pong)
        return;
    if (output_.size() < pong_backlog) {
        queue_pong(payload);
        return;
    }
    // RFC 6455 section 5.5.3: only the most recent ping needs an answer.
    if (!late_pong_)
        late_pong_ = std::make_unique<ByteBuffer>();
    late_pong_->clear();
    late_pong_->append(payload);
}

void Channel::on_pong(std::span<const std::byte> payload, const websocket::WireFacts& facts)
{
    if (state() != ConnectionState::open)
        return;
    record(TrafficType::pong, Direction::from_browser, Maker::peer, payload, facts);
    std::optional<SentPings::Ping> by_hand;
    std::uint64_t answered = engine_ping_;
    TimePoint sent_at = ping_sent_;
    if (!awaiting_pong_ || !std::ranges::equal(payload, ping_payload(ping_serial_))) {
        if (sent_pings_)
            by_hand = sent_pings_->take(payload);
        if (!by_hand)
            return;
        answered = by_hand->order;
        sent_at = by_hand->sent_at;
    }
    // RFC 6455 section 5.5.3: it answers the pings before it as well.
    if (sent_pings_) {
        sent_pings_->forget_before(answered);
        if (sent_pings_->empty())
            sent_pings_.reset();
    }
    if (awaiting_pong_ && answered >= engine_ping_) {
        awaiting_pong_ = false;
        ping_due_ = host_.now() + host_.limits().ping_interval;
    }
    const auto trip = std::clamp<std::int64_t>(
        std::chrono::duration_cast<microseconds>(host_.now() - sent_at).count(), 1, 0xffff'ffff);
    counters_.round_trip_us = static_cast<std::uint32_t>(trip);
    host_.on_changed(*this);
    if (by_hand)
        host_.on_hand_ping_answered(*this, payload, microseconds(trip));
}

} // namespace jackfield::session
