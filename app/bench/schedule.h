#pragma once

#include "jackfield/time.h"

#include <cstdint>

namespace jackfield::bench {

/// When messages are due that are sent at a fixed rate, whether the earlier ones were answered or not. The times
/// follow from the number of the message, so that nothing adds up and nobody's delay moves them.
class Schedule {
public:
    Schedule(TimePoint begin, double messages_a_second)
        : begin_(begin)
        , nanoseconds_(1e9 / messages_a_second)
    { }
    /// When message `number`, counted from 0, is due.
    [[nodiscard]] TimePoint due(std::uint64_t number) const
    {
        return begin_ + std::chrono::nanoseconds(static_cast<std::int64_t>(static_cast<double>(number) * nanoseconds_));
    }
    /// The first message that was not taken.
    [[nodiscard]] std::uint64_t next() const { return next_; }
    [[nodiscard]] TimePoint next_due() const { return due(next_); }
    /// Takes the next message when it is due.
    [[nodiscard]] bool take(TimePoint now)
    {
        if (next_due() > now)
            return false;
        ++next_;
        return true;
    }

private:
    TimePoint begin_;
    double nanoseconds_; // between two messages
    std::uint64_t next_ = 0;
};

} // namespace jackfield::bench
