#pragma once

#include "jackfield/time.h"

namespace jackfield {

/// Where the engine gets its time from, so that a test can turn the hands.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual TimePoint now() const = 0; ///< monotonic
    [[nodiscard]] virtual WallTime wall() const = 0;
};

/// The system's clocks. One instance serves all; any thread.
[[nodiscard]] const Clock& system_clock();

} // namespace jackfield
