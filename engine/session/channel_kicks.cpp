#include "session/channel.h"

#include "jackfield/close_code.h"

#include <utility>

namespace jackfield::session {

namespace {

constexpr std::uint8_t troubles = flag_silent | flag_keeps_close | flag_keeps_pong;

} // namespace

bool Channel::kick(KickStyle style, const CloseFrame& frame)
{
    switch (style) {
    case KickStyle::close_frame:
        return begin_close(frame, ClosedBy::person);
    case KickStyle::fin:
        if (finished_)
            return false;
        end_stream(StreamCut::fin);
        return true;
    case KickStyle::reset:
        if (state() == ConnectionState::closed)
            return false;
        cut(ClosedBy::person, CloseCause::cut);
        return true;
    case KickStyle::silent:
    case KickStyle::never_answer_close:
    case KickStyle::never_answer_ping:
        break;
    }
    if (state() != ConnectionState::open)
        return false;
    const auto trouble = style == KickStyle::silent ? flag_silent
        : style == KickStyle::never_answer_close    ? flag_keeps_close
                                                    : flag_keeps_pong;
    counters_.flags |= trouble;
    if (trouble == flag_silent) {
        awaiting_pong_ = false; // a pong that nobody reads cannot be missed
        host_.on_input_wanted(*this, false);
    }
    if (trouble == flag_keeps_pong)
        late_pong_.reset();
    host_.on_changed(*this);
    return true;
}

bool Channel::answer_again()
{
    if ((counters_.flags & troubles) == 0 || finished_)
        return false;
    const bool was_silent = is_silent();
    counters_.flags &= static_cast<std::uint8_t>(~troubles);
    host_.on_changed(*this);
    if (keeps_close_waiting()) {
        answer_close();
        return true;
    }
    if (was_silent) {
        ping_due_ = host_.now() + host_.limits().ping_interval;
        host_.on_deadline_changed(*this);
        take_up_input();
    }
    return true;
}

/// What was held back is read, then what comes.
void Channel::take_up_input()
{
    if (!paused_ && holds_input())
        feed_held();
    if (wants_input() && !finished_)
        host_.on_input_wanted(*this, true);
}

void Channel::answer_close()
{
    const auto code = close_.code == close_no_code ? std::nullopt : std::optional(close_.code);
    queue_close(on_wire(code), {});
    close_.clean = true;
    finish(true);
}

void Channel::end_stream(StreamCut cut)
{
    if (!has_end_)
        note_end(close_abnormal, {}, ClosedBy::person, CloseCause::cut);
    if (cut == StreamCut::reset)
        host_.on_reset_wanted(*this);
    finish(false);
}

} // namespace jackfield::session
