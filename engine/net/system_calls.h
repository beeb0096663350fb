#pragma once

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <span>

namespace jackfield::net {

/// The one seam between the engine and the kernel: every system call of the engine goes through here, so that
/// a test can make the n-th call fail with any errno and a fuzzer can play the kernel. Each returns what the
/// call of the same name returns and sets errno. Thread-safe as the kernel is.
class SystemCalls {
public:
    virtual ~SystemCalls() = default;
    virtual int socket(int domain, int type, int protocol);
    virtual int bind(int fd, const sockaddr* address, socklen_t length);
    virtual int listen(int fd, int backlog);
    virtual int set_option(int fd, int level, int name, int value);
    virtual int set_linger(int fd, bool on, int seconds);
    virtual int local_address(int fd, sockaddr* address, socklen_t* length);
    virtual int accept(
        int fd, sockaddr* address, socklen_t* length); ///< accept4 with SOCK_NONBLOCK | SOCK_CLOEXEC
    virtual ssize_t receive(int fd, std::span<std::byte> buffer);
    virtual ssize_t send(int fd, const msghdr& message); ///< sendmsg with MSG_NOSIGNAL
    virtual int unsent(int fd); ///< ioctl SIOCOUTQ: bytes that the peer has not acknowledged; -1 on failure
    virtual int shutdown(int fd, int how);
    virtual int close(int fd);
    virtual int open_spare(); ///< a descriptor that only keeps a place free
    virtual int epoll_create();
    virtual int epoll_control(int epoll, int operation, int fd, epoll_event* event);
    virtual int epoll_wait(int epoll, std::span<epoll_event> events, int timeout_ms);
    virtual int wait_readable(int fd, int timeout_ms); ///< poll(2) for one descriptor
    virtual int create_event(); ///< eventfd, non-blocking
    virtual int create_timer(); ///< timerfd on the monotonic clock, non-blocking
    virtual int arm_timer(int fd, std::int64_t nanoseconds); ///< from now; 0 disarms
    virtual ssize_t read_counter(int fd); ///< of an eventfd or timerfd
    virtual ssize_t write_counter(int fd);
    /// Raises the soft limit of descriptors to the hard one; returns the limit in force.
    virtual std::uint64_t raise_descriptor_limit();
};

/// The kernel itself; one instance serves all.
[[nodiscard]] SystemCalls& real_system_calls();

} // namespace jackfield::net
