#pragma once

#include "jackfield/time.h"

#include <cstdint>

namespace jackfield::session {

/// Tells when there is too much of something for several seconds in a row.
class FloodWatch {
public:
    /// `seconds_allowed`: so many seconds over the limit are suffered.
    explicit FloodWatch(std::uint8_t seconds_allowed)
        : seconds_allowed_(seconds_allowed)
    { }
    /// Counts `amount`, of which `limit` is fine in each second. True when it is a flood.
    bool add(TimePoint now, std::uint64_t amount, std::uint64_t limit)
    {
        if (now - second_ >= seconds(1)) {
            const bool flooded = this_second_ > limit;
            const bool in_a_row = now - second_ < seconds(2);
            flooded_seconds_
                = flooded && in_a_row ? static_cast<std::uint8_t>(flooded_seconds_ + 1) : std::uint8_t{0};
            second_ = now;
            this_second_ = 0;
        }
        this_second_ += amount;
        return flooded_seconds_ >= seconds_allowed_;
    }

private:
    TimePoint second_{};
    std::uint64_t this_second_ = 0;
    std::uint8_t flooded_seconds_ = 0;
    std::uint8_t seconds_allowed_;
};

} // namespace jackfield::session
