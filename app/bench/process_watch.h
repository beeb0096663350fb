#pragma once

#include "jackfield/result.h"

#include <cstdint>
#include <ctime>
#include <optional>

namespace jackfield::bench {

/// Another process, by its number: how much of a processor and of the memory it uses.
class ProcessWatch {
public:
    /// Errors: not_found (there is no such process).
    [[nodiscard]] static Result<ProcessWatch> create(int pid);

    /// User and system time of all its threads so far; nullopt when it has ended.
    [[nodiscard]] std::optional<double> cpu_seconds() const;
    /// Resident bytes; nullopt when it has ended. What the kernel holds for its sockets is not in it.
    [[nodiscard]] std::optional<std::uint64_t> memory() const;

private:
    ProcessWatch(int pid, clockid_t clock)
        : pid_(pid)
        , clock_(clock)
    { }
    int pid_;
    clockid_t clock_;
};

/// User and system time of the calling thread so far.
[[nodiscard]] double thread_cpu_seconds();
/// For how long the calling thread ran or waited for a processor so far; where the kernel does not say, `thread_cpu_seconds`.
[[nodiscard]] double thread_busy_seconds();

} // namespace jackfield::bench
