#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sched.h>
#include <unistd.h>

namespace jackfield::bench {

/// CLOCK_THREAD_CPUTIME_ID: the window's own time, as what else the machine does must not count, nor a search
/// beside it. CLOCK_PROCESS_CPUTIME_ID: of all threads.
inline double cpu_milliseconds(clockid_t clock = CLOCK_THREAD_CPUTIME_ID)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Bytes of this process that are in memory.
inline std::uint64_t resident_memory()
{
    std::ifstream file("/proc/self/statm");
    std::uint64_t total = 0;
    std::uint64_t resident = 0;
    file >> total >> resident;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

/// Keeps the calling thread, and what it starts from now on, on one of the first two cores that the process had when this was first
/// called; where there was one only, it stays as it is.
inline void stay_on_core(int which)
{
    static const cpu_set_t all = [] {
        cpu_set_t cores{};
        ::sched_getaffinity(0, sizeof cores, &cores);
        return cores;
    }();
    if (CPU_COUNT(&all) < 2)
        return;
    for (int core = 0; core < CPU_SETSIZE; ++core) {
        if (!CPU_ISSET(core, &all) || which-- > 0)
            continue;
        cpu_set_t one{};
        CPU_SET(core, &one);
        ::sched_setaffinity(0, sizeof one, &one);
        return;
    }
}

inline double mebibytes(std::uint64_t bytes)
{
    return static_cast<double>(bytes) / (1024.0 * 1024.0);
}

/// What is asserted with --check: says what does not hold, and counts it.
class Bounds {
public:
    void hold(bool holds, const char* what)
    {
        if (holds)
            return;
        std::printf("out of bounds: %s\n", what);
        ++failures_;
    }
    [[nodiscard]] int exit_status() const { return failures_ == 0 ? 0 : 1; }

private:
    int failures_ = 0;
};

/// How long turns take: the mean and the longest, for a line of a report.
class Turns {
public:
    void add(double milliseconds)
    {
        total_ += milliseconds;
        longest_ = std::max(longest_, milliseconds);
        ++count_;
    }
    void report(const char* name) const
    {
        std::printf("%-44s mean %7.2f ms   longest %7.2f ms\n", name, total_ / std::max(count_, 1), longest_);
    }
    [[nodiscard]] double longest() const { return longest_; }

private:
    double total_ = 0;
    double longest_ = 0;
    int count_ = 0;
};

} // namespace jackfield::bench
