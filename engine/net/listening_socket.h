#pragma once

#include "net/descriptor.h"
#include "net/system_calls.h"

#include "jackfield/result.h"
#include "jackfield/socket_address.h"

namespace jackfield::net {

/// A bound and listening TCP socket. Accepted sockets inherit its options (no delay).
class ListeningSocket {
public:
    /// Binds with SO_REUSEADDR (a restart within TIME_WAIT works) and without SO_REUSEPORT (nobody shares the
    /// port unseen); IPv6 sockets are IPv6 only. Errors: address_in_use, permission_denied,
    /// address_not_available (also a missing address family), system.
    static Result<ListeningSocket> open(SystemCalls& calls, const SocketAddress& address);

    [[nodiscard]] int descriptor() const { return socket_.get(); }
    [[nodiscard]] const SocketAddress& address() const { return address_; } ///< with the real port

private:
    ListeningSocket(Descriptor socket, SocketAddress address)
        : socket_(std::move(socket))
        , address_(address)
    { }
    Descriptor socket_;
    SocketAddress address_;
};

} // namespace jackfield::net
