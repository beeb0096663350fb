#pragma once

#include <cstdint>
#include <ctime>

namespace bench {

/// The process of the server that is measured.
class ServerProcess {
public:
    explicit ServerProcess(int pid); ///< 0: nothing is measured
    [[nodiscard]] double cpu_seconds() const; ///< user and system, of all its threads
    /// Bytes of its own memory: what it shares with its own files (programs, libraries) is not counted.
    [[nodiscard]] std::uint64_t memory() const;

private:
    int pid_ = 0;
    clockid_t clock_{};
};

} // namespace bench
