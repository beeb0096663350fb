#pragma once

#include "net/descriptor.h"
#include "net/system_calls.h"

#include "jackfield/result.h"
#include "jackfield/time.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace jackfield::net {

/// What to be told about a descriptor. Level-triggered.
enum Interest : std::uint32_t { interest_none = 0, interest_read = EPOLLIN, interest_write = EPOLLOUT };

/// One descriptor that is ready: the token it was added with and epoll's own bits.
struct Ready {
    std::uint64_t token = 0;
    std::uint32_t events = 0;
};

/// An epoll set with a wake-up and a timer. One thread, but for `wake`.
class EventLoop {
public:
    /// Errors: system.
    static Result<std::unique_ptr<EventLoop>> create(SystemCalls& calls);

    /// Each returns 0 or the errno.
    int add(int fd, std::uint32_t interest, std::uint64_t token);
    int modify(int fd, std::uint32_t interest, std::uint64_t token);
    void remove(int fd);

    /// Waits at most until `timeout` (negative: no limit) for something ready, and returns at most 512 of it.
    /// A wake-up returns early with nothing. The span lives until the next call. Errors: system (not EINTR).
    Result<std::span<const Ready>> wait(std::chrono::nanoseconds timeout);
    /// Waits for a wake-up only and leaves everything else alone.
    void wait_for_wake(std::chrono::nanoseconds timeout);
    void wake(); ///< any thread

    /// Readable when something is ready or the timer has run out; for an embedder's own loop.
    [[nodiscard]] int descriptor() const { return epoll_.get(); }
    /// Makes `descriptor` readable after `delay` (nullopt: no timer). A wait ends at its own time-out without
    /// it.
    void arm_timer(std::optional<std::chrono::nanoseconds> delay);

private:
    explicit EventLoop(SystemCalls& calls)
        : calls_(calls)
    { }
    void forget_wake();
    SystemCalls& calls_;
    Descriptor epoll_, wake_, timer_;
    std::atomic<bool> woken_{false};
    bool timer_armed_ = false;
    std::array<epoll_event, 512> events_{};
    std::array<Ready, 512> ready_{};
};

} // namespace jackfield::net
