#include "tests/bench/comparison/server_process.h"

#include <fstream>
#include <string>

namespace bench {

ServerProcess::ServerProcess(int pid)
    : pid_(pid)
{
    if (pid_ != 0 && ::clock_getcpuclockid(pid_, &clock_) != 0)
        pid_ = 0;
}

double ServerProcess::cpu_seconds() const
{
    timespec t{};
    if (pid_ == 0 || ::clock_gettime(clock_, &t) != 0)
        return 0;
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

std::uint64_t ServerProcess::memory() const
{
    std::ifstream file("/proc/" + std::to_string(pid_) + "/smaps_rollup");
    std::string name;
    std::uint64_t bytes = 0;
    for (std::string word; file >> word;) {
        if (word == "Anonymous:") {
            file >> bytes;
            break;
        }
    }
    return bytes * 1024;
}

} // namespace bench
