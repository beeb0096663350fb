#include "tests/bench/raw_echo.h"

#include "tests/bench/echo_load.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <unistd.h>
#include <unordered_map>
#include <vector>

namespace bench {

RawEcho::RawEcho()
{
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0
        || ::listen(listener_, 1024) != 0
        || ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return;
    port_ = ntohs(address.sin_port);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = listener_;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, listener_, &event);
}

RawEcho::~RawEcho()
{
    ::close(listener_);
    ::close(epoll_);
}

void RawEcho::run()
{
    std::unordered_map<int, std::size_t> partial; // bytes of an unfinished message by socket
    std::vector<char> buffer(64 << 10);
    std::vector<epoll_event> events(256);
    while (!stopping_.load(std::memory_order_relaxed)) {
        const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 50);
        for (int i = 0; i < ready; ++i) {
            const int fd = events[static_cast<std::size_t>(i)].data.fd;
            if (fd == listener_) {
                const int client = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
                if (client < 0)
                    continue;
                const int on = 1;
                ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                epoll_event event{};
                event.events = EPOLLIN;
                event.data.fd = client;
                ::epoll_ctl(epoll_, EPOLL_CTL_ADD, client, &event);
                partial[client] = 0;
                continue;
            }
            const ssize_t got = ::recv(fd, buffer.data(), buffer.size(), 0);
            if (got <= 0) {
                partial.erase(fd);
                ::close(fd);
                continue;
            }
            std::size_t& held = partial[fd];
            held += static_cast<std::size_t>(got);
            const std::size_t answer = held / request_size * answer_size;
            held %= request_size;
            if (answer > 0
                && ::send(fd, buffer.data(), answer, MSG_NOSIGNAL) != static_cast<ssize_t>(answer)) {
                partial.erase(fd);
                ::close(fd);
            }
        }
    }
    for (const auto& [fd, held] : partial)
        ::close(fd);
}

} // namespace bench
