#include "net/system_calls.h"

#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/timerfd.h>

#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <linux/sockios.h>
#include <poll.h>
#include <unistd.h>

namespace jackfield::net {

int SystemCalls::socket(int domain, int type, int protocol)
{
    return ::socket(domain, type, protocol);
}
int SystemCalls::bind(int fd, const sockaddr* address, socklen_t length)
{
    return ::bind(fd, address, length);
}
int SystemCalls::listen(int fd, int backlog)
{
    return ::listen(fd, backlog);
}
int SystemCalls::set_option(int fd, int level, int name, int value)
{
    return ::setsockopt(fd, level, name, &value, sizeof value);
}
int SystemCalls::set_linger(int fd, bool on, int seconds)
{
    const linger value{on ? 1 : 0, seconds};
    return ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &value, sizeof value);
}
int SystemCalls::local_address(int fd, sockaddr* address, socklen_t* length)
{
    return ::getsockname(fd, address, length);
}
int SystemCalls::accept(int fd, sockaddr* address, socklen_t* length)
{
    return ::accept4(fd, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}
ssize_t SystemCalls::receive(int fd, std::span<std::byte> buffer)
{
    return ::recv(fd, buffer.data(), buffer.size(), 0);
}
ssize_t SystemCalls::send(int fd, const msghdr& message)
{
    return ::sendmsg(fd, &message, MSG_NOSIGNAL);
}
int SystemCalls::unsent(int fd)
{
    int bytes = 0;
    return ::ioctl(fd, SIOCOUTQ, &bytes) == 0 ? bytes : -1;
}
int SystemCalls::shutdown(int fd, int how)
{
    return ::shutdown(fd, how);
}
int SystemCalls::close(int fd)
{
    return ::close(fd);
}
int SystemCalls::open_spare()
{
    return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}
int SystemCalls::epoll_create()
{
    return ::epoll_create1(EPOLL_CLOEXEC);
}
int SystemCalls::epoll_control(int epoll, int operation, int fd, epoll_event* event)
{
    return ::epoll_ctl(epoll, operation, fd, event);
}
int SystemCalls::epoll_wait(int epoll, std::span<epoll_event> events, int timeout_ms)
{
    return ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), timeout_ms);
}
int SystemCalls::wait_readable(int fd, int timeout_ms)
{
    pollfd entry{fd, POLLIN, 0};
    return ::poll(&entry, 1, timeout_ms);
}
int SystemCalls::create_event()
{
    return ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
}
int SystemCalls::create_timer()
{
    return ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
}
int SystemCalls::arm_timer(int fd, std::int64_t nanoseconds)
{
    itimerspec when{};
    when.it_value.tv_sec = nanoseconds / 1'000'000'000;
    when.it_value.tv_nsec = nanoseconds % 1'000'000'000;
    return ::timerfd_settime(fd, 0, &when, nullptr);
}
ssize_t SystemCalls::read_counter(int fd)
{
    std::uint64_t value = 0;
    return ::read(fd, &value, sizeof value);
}
ssize_t SystemCalls::write_counter(int fd)
{
    const std::uint64_t one = 1;
    return ::write(fd, &one, sizeof one);
}
std::uint64_t SystemCalls::raise_descriptor_limit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 1024;
    if (limit.rlim_cur < limit.rlim_max) {
        const rlimit raised{limit.rlim_max, limit.rlim_max};
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit = raised;
    }
    return limit.rlim_cur;
}

SystemCalls& real_system_calls()
{
    static SystemCalls calls;
    return calls;
}

} // namespace jackfield::net
