#pragma once

#include "base/clock.h"

#include <atomic>
#include <chrono>

namespace jackfield::test {

/// A clock whose hands a test turns. Both hands move together with `advance`; `jump_wall` moves the wall's
/// alone. Any thread.
class ManualClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override
    {
        return TimePoint(std::chrono::nanoseconds(now_.load(std::memory_order_relaxed)));
    }
    [[nodiscard]] WallTime wall() const override
    {
        return WallTime(std::chrono::nanoseconds(wall_.load(std::memory_order_relaxed)));
    }
    void advance(std::chrono::nanoseconds by)
    {
        now_ += by.count();
        wall_ += by.count();
    }
    void jump_wall(std::chrono::nanoseconds by) { wall_ += by.count(); }

private:
    std::atomic<std::int64_t> now_{std::chrono::nanoseconds(std::chrono::hours(1)).count()};
    std::atomic<std::int64_t> wall_{std::chrono::nanoseconds(std::chrono::hours(24 * 365 * 50)).count()};
};

} // namespace jackfield::test
