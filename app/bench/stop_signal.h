#pragma once

#include <atomic>
#include <csignal>

namespace jackfield::bench {

/// Set by Ctrl+C (SIGINT) and SIGTERM. A signal wakes epoll_wait and poll with EINTR; look then, and once a turn.
class StopSignal {
public:
    /// Has the two signals set it, the first time; the second Ctrl+C ends the program as it would without.
    void install();
    [[nodiscard]] bool is_set() const { return is_set_.load(std::memory_order_relaxed); }
    void set() { is_set_.store(true, std::memory_order_relaxed); }

private:
    std::atomic<bool> is_set_{false};
};

} // namespace jackfield::bench
