#include "net/timer_wheel.h"

#include <algorithm>
#include <bit>

namespace jackfield::net {

TimerWheel::TimerWheel(TimePoint now)
    : epoch_(now)
{
    for (auto& head : heads_)
        head.next = head.previous = &head;
}

std::uint64_t TimerWheel::tick_of(TimePoint time) const
{
    if (time <= epoch_)
        return 0;
    return static_cast<std::uint64_t>((time - epoch_ + tick - std::chrono::nanoseconds(1)) / tick);
}

void TimerWheel::mark(std::size_t slot)
{
    occupied_[slot / 64] |= std::uint64_t{1} << (slot % 64);
}

void TimerWheel::schedule(Timer& timer, TimePoint due)
{
    if (timer.is_scheduled())
        cancel(timer);
    timer.due = due;
    const auto slot = static_cast<std::size_t>(std::max(tick_of(due), current_) % slots);
    Timer& head = heads_[slot];
    timer.previous = head.previous;
    timer.next = &head;
    head.previous->next = &timer;
    head.previous = &timer;
    mark(slot);
    ++size_;
}

void TimerWheel::cancel(Timer& timer)
{
    if (!timer.is_scheduled())
        return;
    timer.previous->next = timer.next;
    timer.next->previous = timer.previous;
    timer.next = timer.previous = nullptr;
    --size_;
}

Timer* TimerWheel::expire(TimePoint now)
{
    if (now < epoch_)
        return nullptr;
    const auto target = static_cast<std::uint64_t>((now - epoch_) / tick);
    if (size_ == 0) {
        current_ = std::max(current_, target);
        return nullptr;
    }
    // After a long pause one whole turn visits every slot; more would visit them again.
    if (target > current_ + slots)
        current_ = target - slots;
    while (current_ <= target) {
        const auto slot = static_cast<std::size_t>(current_ % slots);
        Timer& head = heads_[slot];
        for (Timer* timer = head.next; timer != &head; timer = timer->next) {
            if (timer->due <= now) {
                cancel(*timer);
                return timer;
            }
        }
        if (head.next == &head)
            occupied_[slot / 64] &= ~(std::uint64_t{1} << (slot % 64));
        if (current_ == target)
            break; // this tick's slot can still receive deadlines that are due at once
        ++current_;
    }
    return nullptr;
}

std::optional<TimePoint> TimerWheel::next() const
{
    if (size_ == 0)
        return std::nullopt;
    for (std::size_t ahead = 0; ahead < slots;) {
        const auto slot = static_cast<std::size_t>((current_ + ahead) % slots);
        const std::uint64_t word = occupied_[slot / 64] >> (slot % 64);
        if (word == 0) {
            ahead += 64 - slot % 64;
            continue;
        }
        ahead += static_cast<std::size_t>(std::countr_zero(word));
        // Deadlines of a later turn share the slot; waking for them would spin until their tick has passed.
        const Timer& head = heads_[(current_ + ahead) % slots];
        for (const Timer* timer = head.next; timer != &head; timer = timer->next) {
            if (tick_of(timer->due) <= current_ + ahead)
                return epoch_ + tick * static_cast<std::int64_t>(current_ + ahead);
        }
        ++ahead;
    }
    return epoch_ + tick * static_cast<std::int64_t>(current_ + slots);
}

} // namespace jackfield::net
