#pragma once

#include <chrono>

namespace jackfield {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// A point on the monotonic clock: for deadlines and durations. It never jumps.
using TimePoint = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;
/// A point on the wall clock, in nanoseconds: for showing and for files. It may jump.
using WallTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;

} // namespace jackfield
