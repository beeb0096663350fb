#include "session/channel.h"

#include "jackfield/close_code.h"

#include <algorithm>
#include <array>
#include <limits>
#include <new>

namespace jackfield::session {

namespace {

constexpr std::uint64_t slow_progress_needed = 64U << 10U;
constexpr milliseconds slow_grace{
    1'000}; // one large message fills the queue for a moment and is nobody's fault

/// Whose the Close frame is that `by` has sent.
Maker maker_of(ClosedBy by)
{
    return by == ClosedBy::person ? Maker::hand : by == ClosedBy::behaviour ? Maker::behaviour : Maker::engine;
}

} // namespace

Channel::Channel(ChannelHost& host, WriteQueuePool& pool, std::shared_ptr<const ConnectionInfo> info,
    std::unique_ptr<websocket::MessageCodec> codec, Behaviour& behaviour)
    : host_(host)
    , info_(std::move(info))
    , codec_(std::move(codec))
    , behaviour_(&behaviour)
    , output_(pool)
    , heartbeat_(codec_->heartbeat())
{
    counters_.id = info_->id;
    counters_.state = ConnectionState::open;
    counters_.transport = info_->transport;
    ping_due_ = host.now() + host.limits().ping_interval;
    spoken_at_ = host.now();
}

void Channel::set_limits(const websocket::CodecLimits& limits)
{
    if (codec_)
        codec_->set_limits(limits);
}

void Channel::set_transport(Transport transport)
{
    counters_.transport = transport;
    host_.on_changed(*this);
}

void Channel::start()
{
    ByteBuffer opening;
    codec_->encode_open(opening);
    if (!opening.empty()) {
        const bool was_empty = output_.empty();
        output_.append(std::as_const(opening).view());
        if (was_empty)
            host_.on_output(*this);
    }
    behaviour_->on_open(*this);
}

void Channel::receive(std::span<std::byte> input)
{
    ping_arrived_ += input.size();
    if (held_ || (paused_ && codec_->has_input_inside())) {
        if (!held_)
            held_ = std::make_unique<ByteBuffer>();
        held_->append(input);
        return;
    }
    feed(input);
}

void Channel::feed(std::span<std::byte> input)
{
    input_ = input;
    const std::size_t taken = codec_->decode(input, *this);
    input_ = {};
    if (taken < input.size() && !finished_) {
        held_ = std::make_unique<ByteBuffer>();
        held_->append(input.subspan(taken));
    }
    if (!paused_ && !finished_ && holds_input())
        host_.on_input_left(*this);
}

/// What was held back, here and within the codec.
void Channel::feed_held()
{
    if (const auto held = std::move(held_))
        feed(held->view());
    else
        feed({});
}

void Channel::resume()
{
    if (paused_ || finished_ || !holds_input() || is_silent())
        return;
    feed_held();
    if (wants_input() && !finished_)
        host_.on_input_wanted(*this, true);
}

void Channel::on_written(std::uint64_t count)
{
    slow_progress_ += count;
    ping_progress_ += count;
    if (count > 0)
        spoken_at_ = host_.now();
    if (clean_once_written_ && output_.empty())
        close_.clean = true;
    if (late_pong_)
        answer_late_ping();
    if (output_.size() <= host_.limits().max_queue / 2) {
        if (counters_.flags & flag_slow)
            counters_.flags &= static_cast<std::uint8_t>(~flag_slow);
        if (paused_) {
            paused_ = false;
            counters_.flags &= static_cast<std::uint8_t>(~flag_reading_paused);
            if (!is_silent())
                take_up_input();
        }
    }
    note_queue_size();
}

void Channel::note_queue_size()
{
    const auto size = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(output_.size(), std::numeric_limits<std::uint32_t>::max()));
    // Within a turn the queue fills and empties again; only what is left at its end is worth a row's change.
    if (size != counters_.queued_bytes) {
        counters_.queued_bytes = size;
        host_.on_changed(*this);
    }
}

std::optional<std::uint16_t> Channel::on_wire(std::optional<std::uint16_t> code) const
{
    return code ? codec_->close_code_on_wire(*code) : std::nullopt;
}

void Channel::begin_slow_period()
{
    slow_since_ = host_.now();
    slow_progress_ = 0;
    slow_unsent_ = host_.unsent_of(*this);
}

void Channel::note_slow()
{
    if (counters_.flags & flag_slow)
        return;
    counters_.flags |= flag_slow;
    begin_slow_period();
    is_slow_reported_ = false;
    host_.on_deadline_changed(*this);
}

void Channel::close(CloseFrame frame)
{
    begin_close(frame, ClosedBy::behaviour);
}

void Channel::pause_until_drained()
{
    if (paused_ || output_.size() <= host_.limits().max_queue / 2)
        return;
    paused_ = true;
    counters_.flags |= flag_reading_paused;
    host_.on_changed(*this);
    host_.on_input_wanted(*this, false);
}

void Channel::queue_close(std::optional<std::uint16_t> code, std::string_view reason, Maker maker)
{
    close_sent_ = true;
    if (!codec_->has_close_frame())
        return;
    const bool was_empty = output_.empty();
    const QueuedFrame queued = queue_frame([&](ByteBuffer& out) { codec_->encode_close(out, code, reason); });
    record_close(Direction::to_browser, maker, code, reason, queued.facts());
    if (was_empty)
        host_.on_output(*this);
}

void Channel::record_close(Direction direction, Maker maker, std::optional<std::uint16_t> code,
    std::string_view reason, const websocket::WireFacts& facts)
{
    std::array<std::byte, max_close_reason + 2> payload{};
    std::size_t size = 0;
    if (code) {
        payload[0] = static_cast<std::byte>(*code >> 8U);
        payload[1] = static_cast<std::byte>(*code & 0xffU);
        const auto text = as_bytes(reason.substr(0, max_close_reason));
        std::copy(text.begin(), text.end(), payload.begin() + 2);
        size = 2 + text.size();
    }
    record(TrafficType::close, direction, maker, std::span(payload).first(size), facts);
}

void Channel::note_end(std::uint16_t code, std::string_view reason, ClosedBy by, CloseCause cause) noexcept
{
    has_end_ = true;
    close_.code = code;
    close_.by = by;
    close_.cause = cause;
    try {
        close_.reason = reason;
    } catch (const std::bad_alloc&) {
        close_.reason.clear(); // how it ended matters more than the words
    }
}

bool Channel::begin_close(const CloseFrame& frame, ClosedBy by, CloseCause cause)
{
    if (keeps_close_waiting()) {
        answer_close();
        return true;
    }
    if (state() != ConnectionState::open)
        return false;
    const auto code = on_wire(frame.code);
    queue_close(code, code ? std::string_view(frame.reason) : std::string_view{}, maker_of(by));
    note_end(code.value_or(close_no_code), frame.reason, by, cause);
    if (!codec_->has_closing_handshake()) {
        close_.clean = !codec_->has_close_frame();
        clean_once_written_ = !close_.clean;
        finish(false);
        return true;
    }
    counters_.state = ConnectionState::closing;
    close_deadline_ = host_.now() + host_.limits().closing_timeout;
    host_.on_changed(*this);
    host_.on_deadline_changed(*this);
    // The peer's Close must get through although its messages were not wanted.
    if (paused_ || is_silent()) {
        paused_ = false;
        counters_.flags &= static_cast<std::uint8_t>(~(flag_reading_paused | flag_silent));
        take_up_input();
    }
    return true;
}

void Channel::fail(std::uint16_t code, std::string_view reason, CloseCause cause)
{
    if (finished_)
        return;
    reason = reason.substr(0, max_close_reason);
    const auto told = on_wire(code);
    if (!close_sent_)
        queue_close(told, told ? reason : std::string_view{});
    if (!has_end_)
        note_end(told.value_or(close_no_code), reason, ClosedBy::engine, cause);
    finish(false);
}

void Channel::finish(bool gently)
{
    finished_ = true;
    counters_.state = ConnectionState::closing;
    close_deadline_ = host_.now() + host_.limits().closing_timeout;
    held_.reset();
    host_.on_changed(*this);
    host_.on_deadline_changed(*this);
    host_.on_finished(*this, gently);
}

void Channel::on_carrier_lost(bool in_order, CloseCause cause) noexcept
{
    if (finished_)
        return;
    finished_ = true;
    const websocket::LostCarrier lost = codec_->code_when_lost();
    if (in_order && !has_end_ && !codec_->has_closing_handshake() && lost.code == close_abnormal) {
        note_end(close_no_code, {}, ClosedBy::peer, CloseCause::closing_handshake);
        close_.clean = true;
    } else if (!has_end_) {
        note_end(lost.code, lost.reason, cause == CloseCause::peer_vanished ? ClosedBy::peer : ClosedBy::engine, cause);
    } else {
        close_.code = close_abnormal; // our Close was never answered
        close_.cause = cause;
    }
}

void Channel::cut(ClosedBy by, CloseCause cause)
{
    if (!has_end_)
        note_end(close_abnormal, {}, by, cause);
    if (!close_.clean) {
        close_.code = close_sent_ ? close_.code : std::uint16_t{close_abnormal};
        if (close_.cause == CloseCause::closing_handshake || close_.cause == CloseCause::peer_vanished)
            close_.cause = cause;
    }
    finished_ = true;
    host_.on_cut(*this);
}

void Channel::settle() noexcept
{
    counters_.state = ConnectionState::closed;
    counters_.queued_bytes = 0;
    try {
        behaviour_->on_close(id(), close_);
    } catch (...) {
        // It must not throw; what it wanted to note of a connection that is gone concerns nobody else.
    }
}

TimePoint Channel::next_deadline() const
{
    if (counters_.state == ConnectionState::closing)
        return close_deadline_;
    TimePoint next = TimePoint::max();
    if ((host_.limits().ping_interval.count() > 0 || awaiting_pong_) && !is_silent())
        next = ping_due_;
    if (heartbeat_.count() > 0 && !is_silent())
        next = std::min(next, spoken_at_ + heartbeat_);
    if (counters_.flags & flag_slow)
        next = std::min(next, slow_since_ + (is_slow_reported_ ? host_.limits().slow_timeout : slow_grace));
    return next;
}

void Channel::on_deadline()
{
    const TimePoint now = host_.now();
    if (counters_.state == ConnectionState::closing) {
        if (now >= close_deadline_)
            cut(ClosedBy::engine, CloseCause::closing_timeout);
        return;
    }
    if ((counters_.flags & flag_slow) && !is_slow_reported_ && now >= slow_since_ + slow_grace) {
        is_slow_reported_ = true;
        host_.on_slow(*this);
    }
    if ((counters_.flags & flag_slow) && now >= slow_since_ + host_.limits().slow_timeout) {
        // The kernel's buffer takes more only once a third of it is free, so what leaves it counts too.
        if (slow_progress_ + slow_unsent_ < host_.unsent_of(*this) + slow_progress_needed) {
            fail(close_policy_violation, "too slow: data was waiting and hardly read", CloseCause::slow_peer);
            return;
        }
        begin_slow_period();
    }
    keep_heart_beating();
    keep_alive();
}

bool Channel::wants_fragments() const
{
    return behaviour_->wants_fragments();
}

void Channel::on_message(
    MessageKind kind, std::span<const std::byte> payload, const websocket::WireFacts& facts)
{
    if (state() != ConnectionState::open)
        return;
    ++counters_.messages_in;
    counters_.bytes_in += payload.size();
    counters_.last_message_ns = host_.now().time_since_epoch().count();
    ++host_.totals().messages_in;
    host_.totals().bytes_in += payload.size();
    host_.on_changed(*this);
    record(type_of(kind), Direction::from_browser, Maker::peer, payload, facts);
    if (!count_in(payload.size(), facts.compressed))
        return;
    if (payload.size() >= written_at_once_from)
        answered_ = payload;
    behaviour_->on_message(*this, kind, payload);
}

void Channel::on_fragment(MessageKind kind, std::span<const std::byte> part, bool first, bool last,
    const websocket::WireFacts& facts)
{
    if (state() != ConnectionState::open)
        return;
    fragment_bytes_ = (first ? 0 : fragment_bytes_) + part.size();
    counters_.bytes_in += part.size();
    host_.totals().bytes_in += part.size();
    if (last) {
        ++counters_.messages_in;
        ++host_.totals().messages_in;
        counters_.last_message_ns = host_.now().time_since_epoch().count();
    }
    host_.on_changed(*this);
    // Of a compressed message the size on the wire is told with its last part.
    const websocket::WireFacts so_far{facts.compressed != 0 ? 0 : part.size(), facts.frames};
    record(first ? type_of(kind) : TrafficType::continuation, Direction::from_browser, Maker::peer, part,
        last ? facts : so_far);
    if (last && !count_in(fragment_bytes_, facts.compressed))
        return;
    behaviour_->on_fragment(*this, kind, part, first, last);
}

/// False when the connection was failed for it.
bool Channel::count_in(std::uint64_t payload, std::uint64_t compressed)
{
    counters_.travelled_in = travelled_in_.add(counters_.bytes_in, payload, compressed);
    if (compressed == 0 || !inflated_.add(host_.now(), payload, host_.limits().max_inflate_per_second))
        return true;
    host_.on_flood(*this, event::FloodKind::inflate);
    fail(close_policy_violation, "too much compressed data", CloseCause::flood);
    return false;
}

void Channel::on_close(
    std::optional<std::uint16_t> code, std::string_view reason, const websocket::WireFacts& facts)
{
    if (finished_)
        return;
    record_close(Direction::from_browser, Maker::peer, code, reason, facts);
    if (!has_end_) {
        if (counters_.flags & flag_keeps_close) {
            note_end(code.value_or(close_no_code), reason, ClosedBy::peer, CloseCause::closing_handshake);
            counters_.state = ConnectionState::closing;
            close_deadline_ = TimePoint::max();
            host_.on_changed(*this);
            return;
        }
        queue_close(on_wire(code), {});
        note_end(code.value_or(close_no_code), reason, ClosedBy::peer, CloseCause::closing_handshake);
    }
    close_.clean = true;
    finish(true);
}

void Channel::on_violation(const websocket::Violation& violation)
{
    if (violation.cause == CloseCause::flood)
        host_.on_flood(*this, event::FloodKind::fragments);
    fail(violation.code, violation.what, violation.cause);
}

} // namespace jackfield::session
