#include "app/bench/bench.h"

#include "base/byte_buffer.h"
#include "net/descriptor.h"
#include "net/native_address.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <unordered_map>
#include <vector>

namespace jackfield::bench {
namespace {

constexpr std::size_t echoed_at_once = std::size_t{256} << 10U;

/// The least that a server must do for the bytes of an echo: one epoll loop that reads and writes once a turn and
/// connection.
class Floor {
public:
    Result<SocketAddress> listen(const SocketAddress& wanted)
    {
        auto& calls = net::real_system_calls();
        calls.raise_descriptor_limit();
        epoll_ = net::Descriptor(calls, calls.epoll_create());
        listener_ = net::Descriptor(
            calls, ::socket(wanted.is_v6() ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        const int on = 1;
        ::setsockopt(listener_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        sockaddr_storage native{};
        socklen_t size = net::to_native(wanted, native);
        auto* const address = reinterpret_cast<sockaddr*>(&native);
        if (::bind(listener_.get(), address, size) != 0 || ::listen(listener_.get(), 4'096) != 0)
            return fail(errno == EADDRINUSE ? ErrorCode::address_in_use : ErrorCode::system, "cannot listen on " + wanted.text(), errno);
        size = sizeof native;
        ::getsockname(listener_.get(), address, &size);
        watch(listener_.get(), EPOLLIN, EPOLL_CTL_ADD);
        return net::from_native(native);
    }
    void serve(const StopSignal& stop)
    {
        std::array<epoll_event, 256> events{};
        while (!stop.is_set()) {
            const int ready = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), 1'000);
            for (int i = 0; i < ready; ++i) {
                const epoll_event& event = events[static_cast<std::size_t>(i)];
                if (event.data.fd == listener_.get())
                    accept();
                else if (!echo(event.data.fd, event.events))
                    clients_.erase(event.data.fd);
            }
        }
    }

private:
    struct Client {
        net::Descriptor socket;
        ByteBuffer unsent;
    };
    void watch(int fd, std::uint32_t what, int operation)
    {
        epoll_event event{};
        event.events = what;
        event.data.fd = fd;
        ::epoll_ctl(epoll_.get(), operation, fd, &event);
    }
    void accept()
    {
        for (;;) {
            const int fd = ::accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (fd < 0)
                return;
            const int on = 1;
            ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            clients_[fd].socket = net::Descriptor(net::real_system_calls(), fd);
            watch(fd, EPOLLIN, EPOLL_CTL_ADD);
        }
    }
    /// False when the connection is at its end.
    bool echo(int fd, std::uint32_t events)
    {
        if ((events & EPOLLOUT) != 0)
            return send_rest(fd);
        const ssize_t got = ::recv(fd, buffer_.data(), buffer_.size(), 0);
        if (got <= 0)
            return got < 0 && (errno == EAGAIN || errno == EINTR);
        const ssize_t sent = ::send(fd, buffer_.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL);
        if (sent == got)
            return true;
        if (sent < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        const auto done = static_cast<std::size_t>(sent < 0 ? 0 : sent);
        clients_.at(fd).unsent.append(std::span(buffer_).subspan(done, static_cast<std::size_t>(got) - done));
        watch(fd, EPOLLOUT, EPOLL_CTL_MOD);
        return true;
    }
    /// Nothing is read before what was read is sent.
    bool send_rest(int fd)
    {
        ByteBuffer& unsent = clients_.at(fd).unsent;
        const ssize_t sent = ::send(fd, unsent.view().data(), unsent.size(), MSG_NOSIGNAL);
        if (sent < 0)
            return errno == EAGAIN || errno == EINTR;
        unsent.consume(static_cast<std::size_t>(sent));
        if (unsent.empty())
            watch(fd, EPOLLIN, EPOLL_CTL_MOD);
        return true;
    }

    net::Descriptor epoll_;
    net::Descriptor listener_;
    std::unordered_map<int, Client> clients_;
    std::vector<std::byte> buffer_ = std::vector<std::byte>(echoed_at_once);
};

} // namespace

Result<void> serve_floor(const Options& options, const StopSignal& stop)
{
    const auto wanted = SocketAddress::parse(options.listen, 0);
    if (!wanted)
        return tl::unexpected<Error>(wanted.error());
    Floor floor;
    const auto address = floor.listen(*wanted);
    if (!address)
        return tl::unexpected<Error>(address.error());
    std::printf("Serving the floor on tcp://%s/\n", address->text().c_str());
    std::fflush(stdout);
    floor.serve(stop);
    return {};
}

} // namespace jackfield::bench
