#pragma once

#include "net/system_calls.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <functional>
#include <limits>
#include <mutex>
#include <set>

namespace jackfield::test {

/// The kinds of calls that a test can make fail.
enum class Call : std::uint8_t {
    socket,
    bind,
    listen,
    set_option,
    local_address,
    accept,
    receive,
    send,
    shutdown,
    close,
    open_spare,
    epoll_create,
    epoll_add,
    epoll_modify,
    epoll_wait,
    create_event,
    create_timer,
    arm_timer,
    read_counter,
    write_counter,
    count
};

/// The real kernel, with faults where a test wants them, and a book about the descriptors: which the engine
/// holds, and whether it ever closed one that it does not. Faults are set up before the call or from the same
/// thread; counting is thread-safe.
class ScriptedKernel final : public net::SystemCalls {
public:
    /// Makes the `nth` call of that kind from now on (from 1) fail with `error`, and with `times` more than
    /// one also those after it.
    void fail(Call call, int error, std::uint64_t nth = 1, std::uint64_t times = 1)
    {
        Fault& fault = faults_[index(call)];
        fault.error = error;
        fault.from = calls_[index(call)] + nth;
        fault.until = times == always ? always : fault.from + times;
    }
    void heal(Call call) { faults_[index(call)] = {}; }
    static constexpr std::uint64_t always = std::numeric_limits<std::uint64_t>::max();

    /// A `send` takes at most this many bytes.
    void limit_sends(std::size_t bytes) { send_limit_ = bytes; }
    void limit_receives(std::size_t bytes) { receive_limit_ = bytes; }

    [[nodiscard]] std::uint64_t calls(Call call) const { return calls_[index(call)]; }
    [[nodiscard]] std::uint64_t failures(Call call) const { return failures_[index(call)]; }
    /// Descriptors that the engine holds.
    [[nodiscard]] std::size_t held() const
    {
        const std::lock_guard lock(mutex_);
        return held_.size();
    }
    [[nodiscard]] std::set<int> descriptors() const
    {
        const std::lock_guard lock(mutex_);
        return held_;
    }
    /// How often a descriptor was closed that was not held: closed twice, or somebody else's.
    [[nodiscard]] int wrong_closes() const { return wrong_closes_; }
    /// Called at the beginning of each call of a kind.
    std::function<void(Call)> on_call;

    int socket(int domain, int type, int protocol) override
    {
        return hold(begin(Call::socket) ? -1 : SystemCalls::socket(domain, type, protocol));
    }
    int bind(int fd, const sockaddr* address, socklen_t length) override
    {
        return begin(Call::bind) ? -1 : SystemCalls::bind(fd, address, length);
    }
    int listen(int fd, int backlog) override
    {
        return begin(Call::listen) ? -1 : SystemCalls::listen(fd, backlog);
    }
    int set_option(int fd, int level, int name, int value) override
    {
        return begin(Call::set_option) ? -1 : SystemCalls::set_option(fd, level, name, value);
    }
    int local_address(int fd, sockaddr* address, socklen_t* length) override
    {
        return begin(Call::local_address) ? -1 : SystemCalls::local_address(fd, address, length);
    }
    int accept(int fd, sockaddr* address, socklen_t* length) override
    {
        return hold(begin(Call::accept) ? -1 : SystemCalls::accept(fd, address, length));
    }
    ssize_t receive(int fd, std::span<std::byte> buffer) override
    {
        return begin(Call::receive)
            ? -1
            : SystemCalls::receive(fd, buffer.first(std::min(buffer.size(), receive_limit_)));
    }
    ssize_t send(int fd, const msghdr& message) override
    {
        if (begin(Call::send))
            return -1;
        std::array<iovec, 64> parts{};
        msghdr limited = message;
        limited.msg_iov = parts.data();
        limited.msg_iovlen = std::min<std::size_t>(message.msg_iovlen, parts.size());
        std::size_t left = send_limit_;
        for (std::size_t i = 0; i < limited.msg_iovlen; ++i) {
            parts[i] = {message.msg_iov[i].iov_base, std::min(message.msg_iov[i].iov_len, left)};
            left -= parts[i].iov_len;
        }
        return SystemCalls::send(fd, limited);
    }
    int shutdown(int fd, int how) override
    {
        return begin(Call::shutdown) ? -1 : SystemCalls::shutdown(fd, how);
    }
    int close(int fd) override
    {
        {
            const std::lock_guard lock(mutex_);
            if (held_.erase(fd) == 0)
                ++wrong_closes_;
        }
        // As Linux does it: the number is free also when an error is reported.
        const bool fails = begin(Call::close);
        const int error = errno;
        const int result = SystemCalls::close(fd);
        if (!fails)
            return result;
        errno = error;
        return -1;
    }
    int open_spare() override { return hold(begin(Call::open_spare) ? -1 : SystemCalls::open_spare()); }
    int epoll_create() override { return hold(begin(Call::epoll_create) ? -1 : SystemCalls::epoll_create()); }
    int epoll_control(int epoll, int operation, int fd, epoll_event* event) override
    {
        if (operation == EPOLL_CTL_ADD && begin(Call::epoll_add))
            return -1;
        if (operation == EPOLL_CTL_MOD && begin(Call::epoll_modify))
            return -1;
        return SystemCalls::epoll_control(epoll, operation, fd, event);
    }
    int epoll_wait(int epoll, std::span<epoll_event> events, int timeout_ms) override
    {
        return begin(Call::epoll_wait) ? -1 : SystemCalls::epoll_wait(epoll, events, timeout_ms);
    }
    int create_event() override { return hold(begin(Call::create_event) ? -1 : SystemCalls::create_event()); }
    int create_timer() override { return hold(begin(Call::create_timer) ? -1 : SystemCalls::create_timer()); }
    int arm_timer(int fd, std::int64_t nanoseconds) override
    {
        return begin(Call::arm_timer) ? -1 : SystemCalls::arm_timer(fd, nanoseconds);
    }
    ssize_t read_counter(int fd) override
    {
        return begin(Call::read_counter) ? -1 : SystemCalls::read_counter(fd);
    }
    ssize_t write_counter(int fd) override
    {
        return begin(Call::write_counter) ? -1 : SystemCalls::write_counter(fd);
    }

private:
    struct Fault {
        int error = 0;
        std::uint64_t from = always;
        std::uint64_t until = 0;
    };
    static constexpr std::size_t index(Call call) { return static_cast<std::size_t>(call); }
    /// Counts the call; true when it is to fail, with errno set.
    bool begin(Call call)
    {
        if (on_call)
            on_call(call);
        const std::uint64_t number = ++calls_[index(call)];
        const Fault& fault = faults_[index(call)];
        if (number < fault.from || number >= fault.until)
            return false;
        ++failures_[index(call)];
        errno = fault.error;
        return true;
    }
    int hold(int fd)
    {
        if (fd >= 0) {
            const int error = errno;
            const std::lock_guard lock(mutex_);
            held_.insert(fd);
            errno = error;
        }
        return fd;
    }

    static constexpr std::size_t kinds = static_cast<std::size_t>(Call::count);
    std::array<std::atomic<std::uint64_t>, kinds> calls_{};
    std::array<std::atomic<std::uint64_t>, kinds> failures_{};
    std::array<Fault, kinds> faults_{};
    std::size_t send_limit_ = std::size_t(-1);
    std::size_t receive_limit_ = std::size_t(-1);
    mutable std::mutex mutex_;
    std::set<int> held_;
    std::atomic<int> wrong_closes_{0};
};

} // namespace jackfield::test
