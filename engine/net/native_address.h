#pragma once

#include "jackfield/socket_address.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>

namespace jackfield::net {

/// Fills `out` with the kernel's form of `address`; returns its length.
inline socklen_t to_native(const SocketAddress& address, sockaddr_storage& out)
{
    std::memset(&out, 0, sizeof out);
    if (address.is_v6()) {
        auto& native = reinterpret_cast<sockaddr_in6&>(out);
        native.sin6_family = AF_INET6;
        native.sin6_port = htons(address.port());
        native.sin6_scope_id = address.scope();
        std::memcpy(&native.sin6_addr, address.bytes().data(), 16);
        return sizeof native;
    }
    auto& native = reinterpret_cast<sockaddr_in&>(out);
    native.sin_family = AF_INET;
    native.sin_port = htons(address.port());
    std::memcpy(&native.sin_addr, address.bytes().data(), 4);
    return sizeof native;
}

inline SocketAddress from_native(const sockaddr_storage& native)
{
    if (native.ss_family == AF_INET6) {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(native);
        std::array<std::uint8_t, 16> bytes{};
        std::memcpy(bytes.data(), &v6.sin6_addr, 16);
        return SocketAddress::v6(bytes, ntohs(v6.sin6_port), v6.sin6_scope_id);
    }
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(native);
    std::array<std::uint8_t, 4> bytes{};
    std::memcpy(bytes.data(), &v4.sin_addr, 4);
    return SocketAddress::v4(bytes, ntohs(v4.sin_port));
}

} // namespace jackfield::net
