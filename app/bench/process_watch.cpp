#include "app/bench/process_watch.h"

#include <cerrno>
#include <fstream>
#include <string>
#include <unistd.h>

namespace jackfield::bench {
namespace {

std::optional<double> seconds_of(clockid_t clock)
{
    timespec time{};
    if (::clock_gettime(clock, &time) != 0)
        return std::nullopt;
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

} // namespace

Result<ProcessWatch> ProcessWatch::create(int pid)
{
    clockid_t clock{};
    const int error = ::clock_getcpuclockid(pid, &clock);
    if (error == 0) {
        ProcessWatch watch(pid, clock);
        if (watch.cpu_seconds() && watch.memory())
            return watch;
    }
    return fail(ErrorCode::not_found, "there is no process " + std::to_string(pid) + " (--pid)", error == ESRCH ? 0 : error);
}

std::optional<double> ProcessWatch::cpu_seconds() const
{
    return seconds_of(clock_);
}

std::optional<std::uint64_t> ProcessWatch::memory() const
{
    std::ifstream file("/proc/" + std::to_string(pid_) + "/statm");
    std::uint64_t total = 0;
    std::uint64_t resident = 0;
    if (!(file >> total >> resident) || total == 0)
        return std::nullopt;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

double thread_cpu_seconds()
{
    return seconds_of(CLOCK_THREAD_CPUTIME_ID).value_or(0);
}

double thread_busy_seconds()
{
    std::ifstream file("/proc/thread-self/schedstat");
    std::uint64_t ran = 0;
    std::uint64_t waited = 0;
    if (file >> ran >> waited)
        return static_cast<double>(ran + waited) / 1e9;
    return thread_cpu_seconds();
}

} // namespace jackfield::bench
