#pragma once

#include "jackfield/api.h"
#include "jackfield/result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace jackfield {

/// An IPv4 or IPv6 address with a port, by value (20 bytes of content).
class JACKFIELD_API SocketAddress {
public:
    SocketAddress() = default; ///< 0.0.0.0:0
    /// An IPv4 address, its bytes in the order in which it is written.
    static SocketAddress v4(std::array<std::uint8_t, 4> address, std::uint16_t port);
    /// An IPv6 address, its bytes in the order in which it is written; `scope`: the interface of a link-local one.
    static SocketAddress v6(std::array<std::uint8_t, 16> address, std::uint16_t port, std::uint32_t scope = 0);

    /// Reads `127.0.0.1:80`, `[::1]:80`, `localhost:80` (as 127.0.0.1), `*:80` (as 0.0.0.0), or any of them without a port.
    /// Without a port it takes `default_port`. Resolves no names. Errors: malformed.
    static Result<SocketAddress> parse(std::string_view text, std::uint16_t default_port);

    /// IPv6, mapped IPv4 addresses included.
    [[nodiscard]] bool is_v6() const { return v6_; }
    [[nodiscard]] std::uint16_t port() const { return port_; } ///< in the order of this machine
    /// The same address with another port.
    [[nodiscard]] SocketAddress with_port(std::uint16_t port) const;
    /// True for 127.0.0.0/8, \::1 and the IPv4-mapped form of the former.
    [[nodiscard]] bool is_loopback() const;
    /// True for `0.0.0.0` and `::`.
    [[nodiscard]] bool is_any() const;
    [[nodiscard]] const std::array<std::uint8_t, 16>& bytes() const { return bytes_; } ///< v4 uses the first four
    [[nodiscard]] std::uint32_t scope() const { return scope_; } ///< the interface of a link-local address; else 0

    /// `127.0.0.1` or `::1`, without brackets or port.
    [[nodiscard]] std::string address_text() const;
    /// `127.0.0.1:80` or `[::1]:80`.
    [[nodiscard]] std::string text() const;

    /// By bytes, scope, port and family: some order, for containers.
    auto operator<=>(const SocketAddress&) const = default;

private:
    std::array<std::uint8_t, 16> bytes_{};
    std::uint32_t scope_ = 0;
    std::uint16_t port_ = 0;
    bool v6_ = false;
};

} // namespace jackfield
