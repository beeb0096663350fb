#include "net/listening_socket.h"

#include "net/native_address.h"

#include <netinet/tcp.h>

#include <cerrno>

namespace jackfield::net {

namespace {

tl::unexpected<Error> failure(const SocketAddress& address, int error)
{
    const std::string where = address.text();
    switch (error) {
    case EADDRINUSE:
        return fail(ErrorCode::address_in_use, "another program listens on " + where, error);
    case EACCES:
    case EPERM:
        return fail(ErrorCode::permission_denied,
            address.port() < 1024 ? "ports below 1024 need privileges: " + where + "; choose a higher one"
                                  : "the system does not allow listening on " + where,
            error);
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
        return fail(
            ErrorCode::address_not_available, "this machine has no address " + address.address_text(), error);
    default:
        return fail(ErrorCode::system, "could not listen on " + where, error);
    }
}

} // namespace

Result<ListeningSocket> ListeningSocket::open(SystemCalls& calls, const SocketAddress& address)
{
    const int fd
        = calls.socket(address.is_v6() ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return failure(address, errno);
    Descriptor socket(calls, fd);
    if (calls.set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1) != 0)
        return failure(address, errno);
    if (address.is_v6() && calls.set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1) != 0)
        return failure(address, errno);
    if (calls.set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1) != 0)
        return failure(address, errno);
    sockaddr_storage native{};
    socklen_t length = to_native(address, native);
    if (calls.bind(fd, reinterpret_cast<const sockaddr*>(&native), length) != 0)
        return failure(address, errno);
    if (calls.listen(fd, 4096) != 0)
        return failure(address, errno);
    length = sizeof native;
    if (calls.local_address(fd, reinterpret_cast<sockaddr*>(&native), &length) != 0)
        return failure(address, errno);
    return ListeningSocket(std::move(socket), from_native(native));
}

} // namespace jackfield::net
