#pragma once

#include "jackfield/time.h"

#include <cerrno>
#include <chrono>
#include <sys/file.h>
#include <thread>

namespace jackfield::app {

/// Locks an open file against other programs (flock(2), which knows no waiting with an end) until its
/// descriptor is closed, trying again and again for `patience`. Blocks. 0, or errno: EWOULDBLOCK when another
/// program holds the lock all the time, as one that was stopped does.
[[nodiscard]] inline int lock_file(int descriptor, milliseconds patience)
{
    constexpr milliseconds interval{10};
    const auto end = std::chrono::steady_clock::now() + patience;
    while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK || std::chrono::steady_clock::now() >= end)
            return errno;
        std::this_thread::sleep_for(interval);
    }
    return 0;
}

} // namespace jackfield::app
