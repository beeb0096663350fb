#pragma once

#include "jackfield/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace jackfield::net {

/// One deadline, embedded in what it belongs to; must be cancelled before its owner goes away.
struct Timer {
    Timer* next = nullptr; ///< null: not scheduled
    Timer* previous = nullptr;
    TimePoint due{};
    std::uint64_t owner = 0; ///< free for the user

    [[nodiscard]] bool is_scheduled() const { return next != nullptr; }
};

/// Deadlines in a wheel of coarse ticks: scheduling, cancelling and moving are constant time, and a deadline
/// fires at most one tick late, never early. Deadlines beyond a turn of the wheel stay in their slot for
/// further turns. One thread.
class TimerWheel {
public:
    static constexpr milliseconds tick{8};
    static constexpr std::size_t slots = 4096; // a turn is about 33 s

    explicit TimerWheel(TimePoint now);
    TimerWheel(const TimerWheel&) = delete;
    TimerWheel& operator=(const TimerWheel&) = delete;

    void schedule(Timer& timer, TimePoint due); ///< moves it when it is scheduled already
    void cancel(Timer& timer);
    /// Takes out one timer that is due at `now`, or nullptr. Call until nullptr.
    Timer* expire(TimePoint now);
    /// The earliest time at which `expire` may have something; early for deadlines that are more than a turn
    /// away.
    [[nodiscard]] std::optional<TimePoint> next() const;
    [[nodiscard]] std::size_t size() const { return size_; }

private:
    [[nodiscard]] std::uint64_t tick_of(TimePoint time) const; // rounded up
    void mark(std::size_t slot);
    std::array<Timer, slots> heads_; // circular lists
    std::array<std::uint64_t, slots / 64> occupied_{};
    TimePoint epoch_;
    std::uint64_t current_ = 0; // every tick before this one has been expired
    std::size_t size_ = 0;
};

} // namespace jackfield::net
