#include "session/channel.h"

#include "jackfield/close_code.h"

#include <algorithm>
#include <array>
#include <functional>
#include <new>

namespace jackfield::session {

bool Channel::refuse_unfit(bool fits)
{
    if (fits)
        return false;
    ++counters_.skipped_out;
    host_.on_changed(*this);
    host_.on_skipped(*this);
    return true;
}

bool Channel::may_queue(std::uint64_t size, Queueing queueing) const
{
    const std::uint64_t limit = host_.limits().max_queue;
    const std::uint64_t waiting = output_.size();
    if (waiting == 0)
        return true;
    if (queueing == Queueing::one_over)
        return waiting < limit;
    return waiting <= limit && size <= limit - waiting;
}

void Channel::count_out(std::uint64_t payload, std::uint64_t compressed)
{
    ++counters_.messages_out;
    counters_.bytes_out += payload;
    counters_.travelled_out = travelled_out_.add(counters_.bytes_out, payload, compressed);
    counters_.last_message_ns = host_.now().time_since_epoch().count();
    ++host_.totals().messages_out;
    host_.totals().bytes_out += payload;
    host_.on_changed(*this);
}

void Channel::after_queueing(std::uint64_t wire_before)
{
    if (wire_before == 0)
        host_.on_output(*this);
    if (output_.size() >= host_.limits().max_queue)
        note_slow();
}

void Channel::record(TrafficType type, Direction direction, Maker maker, std::span<const std::byte> payload,
    const websocket::WireFacts& facts, const SharedBytes* shared)
{
    if (!is_recording()) {
        host_.count_passed_over();
        return;
    }
    host_.on_passed(*this, {type, direction, maker, payload, facts, shared});
}

SendOutcome Channel::send_made(MessageKind kind, std::span<const std::byte> payload, Maker maker)
{
    if (state() != ConnectionState::open)
        return SendOutcome::gone;
    if (refuse_unfit(codec_->can_encode(kind, payload)))
        return SendOutcome::invalid;
    if (refuse_unfit(!is_silent() || maker == Maker::hand) || !may_queue(payload.size(), Queueing::one_over))
        return SendOutcome::queue_full;
    if (may_write_at_once(payload.size())) {
        if (const auto header = codec_->plain_header(kind, payload.size()))
            return write_at_once(*header, kind, payload, maker);
    }
    const std::uint64_t before = output_.size();
    std::uint64_t compressed = 0;
    output_.begin_message();
    const QueuedFrame queued
        = queue_frame([&](ByteBuffer& out) { compressed = codec_->encode_message(out, kind, payload); },
            payload.size() < written_at_once_from ? payload.size() : payload.size() + input_behind());
    output_.end_message();
    count_out(payload.size(), compressed);
    record(type_of(kind), Direction::to_browser, maker, payload, queued.facts(compressed));
    after_queueing(before);
    return SendOutcome::queued;
}

/// How much input there is behind the large message that is being answered, where that can be seen.
std::size_t Channel::input_behind() const
{
    const std::less<> before;
    const std::byte* const end = answered_.data() + answered_.size();
    const std::byte* const input_end = input_.data() + input_.size();
    if (answered_.empty() || before(answered_.data(), input_.data()) || before(input_end, end))
        return 0;
    return static_cast<std::size_t>(input_end - end);
}

// Only where nothing waits and nobody watches how the queue gets shorter. Where more is about to be answered, all of it leaves
// together.
bool Channel::may_write_at_once(std::uint64_t payload) const
{
    return payload >= written_at_once_from && output_.empty() && !paused_ && !late_pong_
        && (counters_.flags & flag_slow) == 0 && input_behind() == 0;
}

/// A large message leaves from where it stands; what the carrier does not take is queued.
SendOutcome Channel::write_at_once(
    const websocket::EncodedFrameHeader& header, MessageKind kind, std::span<const std::byte> payload, Maker maker)
{
    const auto start = header.view();
    const std::array<iovec, 2> parts{{{const_cast<std::byte*>(start.data()), start.size()},
        {const_cast<std::byte*>(payload.data()), payload.size()}}};
    QueuedFrame frame{start.size() + payload.size(), std::nullopt};
    if (is_recording())
        frame.frame = codec_->first_frame(start);
    const std::uint64_t written = host_.write_at_once(*this, parts);
    if (written < frame.wire) {
        try {
            output_.append_begun(start, payload, written);
        } catch (const std::bad_alloc&) {
            if (written == 0)
                throw;
            cut(ClosedBy::engine, CloseCause::internal_error); // within a frame nothing else can be said
            return SendOutcome::gone;
        }
    }
    if (written > 0) {
        slow_progress_ += written;
        ping_progress_ += written;
        spoken_at_ = host_.now();
    }
    count_out(payload.size(), 0);
    record(type_of(kind), Direction::to_browser, maker, payload, frame.facts());
    if (!output_.empty())
        after_queueing(0);
    return SendOutcome::queued;
}

SendOutcome Channel::send_shared(SharedMessage& message, Maker maker)
{
    if (state() != ConnectionState::open)
        return SendOutcome::gone;
    if (refuse_unfit(codec_->can_encode(message.kind(), message.payload().view())
            && (message.between().empty() || codec_->has_control_frames())))
        return SendOutcome::invalid;
    if (refuse_unfit(!is_silent() || maker == Maker::hand))
        return SendOutcome::queue_full;
    if (!may_queue(message.payload().size(), Queueing::strict)) {
        ++counters_.skipped_out;
        host_.on_changed(*this);
        host_.on_skipped(*this);
        note_slow(); // the queue may stay just below its limit when messages are large
        return SendOutcome::queue_full;
    }
    const std::uint64_t before = output_.size();
    const SharedMessage::Encoded& encoded = message.encoded_for(*codec_);
    output_.begin_message();
    output_.append(encoded.bytes);
    output_.end_message();
    count_out(message.payload().size(), encoded.facts.compressed);
    note_controls(message, encoded, maker);
    websocket::WireFacts facts = encoded.facts;
    facts.frame_facts = encoded.frames.view();
    record(type_of(message.kind()), Direction::to_browser, maker, message.payload().view(), facts,
        &message.payload());
    after_queueing(before);
    return SendOutcome::queued;
}

// Before the message itself, which is whole only with its last frame.
void Channel::note_controls(const SharedMessage& message, const SharedMessage::Encoded& encoded, Maker maker)
{
    const auto between = message.between();
    for (std::size_t i = 0; i < std::min(between.size(), encoded.controls.size()); ++i) {
        const bool is_ping = between[i].kind == ControlBetween::Kind::ping;
        const auto payload = between[i].payload.view();
        const FrameFacts& frame = encoded.controls[i];
        if (is_ping)
            note_ping(payload, maker);
        record(is_ping ? TrafficType::ping : TrafficType::pong, Direction::to_browser, maker, payload,
            {frame.header_size() + frame.payload_length, 1, 0, {&frame, 1}});
    }
}

SendOutcome Channel::send_raw(const RawMessage& message, Maker maker)
{
    if (state() != ConnectionState::open)
        return SendOutcome::gone;
    if (!codec_->carries_raw_frames())
        return SendOutcome::invalid;
    if (!may_queue(message.bytes().size(), Queueing::one_over))
        return SendOutcome::queue_full;
    const std::uint64_t before = output_.size();
    if (!message.bytes().empty()) {
        output_.begin_message();
        output_.append(message.bytes());
        output_.end_message();
        counters_.flags |= flag_hand_made_bytes;
        host_.on_changed(*this);
    }
    for (const RawMessage::Part& part : message.parts()) {
        if (part.is_proper_ping())
            note_ping(part.payload.view(), maker);
        record(part.type, Direction::to_browser, maker, part.payload.view(),
            {part.wire, 1, 0, part.frame ? std::span(&*part.frame, 1) : std::span<const FrameFacts>()},
            &part.payload);
    }
    if (!message.bytes().empty())
        after_queueing(before);
    if (message.cut() == StreamCut::none)
        return SendOutcome::queued;
    end_stream(message.cut());
    return SendOutcome::queued;
}

std::uint64_t Channel::drop_queued()
{
    const std::uint64_t dropped = output_.drop_messages();
    if (dropped != 0)
        note_queue_size();
    return dropped;
}

SendOutcome Channel::send(MessageKind kind, std::span<const std::byte> payload)
{
    const SendOutcome outcome = send_made(kind, payload, behaviour_->maker());
    // Whoever does not read our answers is not read either.
    if (outcome == SendOutcome::queue_full || output_.size() >= host_.limits().max_queue)
        pause_until_drained();
    return outcome;
}

void Channel::broadcast(MessageKind kind, std::span<const std::byte> payload, bool include_self)
{
    host_.broadcast(*this, kind, payload, include_self, behaviour_->maker());
}

} // namespace jackfield::session
