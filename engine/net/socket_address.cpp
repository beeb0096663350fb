#include "jackfield/socket_address.h"

#include "base/text.h"

#include "jackfield/escape.h"

#include <arpa/inet.h>

#include <algorithm>
#include <net/if.h>

namespace jackfield {
namespace {

tl::unexpected<Error> malformed(std::string_view text, std::string_view what)
{
    return fail(ErrorCode::malformed,
        "\"" + escape_for_terminal(text, 64) + "\" is no address to use: " + std::string(what)
            + "; write it like 127.0.0.1:4567, [::1]:4567, localhost:4567 or *:4567");
}

} // namespace

SocketAddress SocketAddress::v4(std::array<std::uint8_t, 4> address, std::uint16_t port)
{
    SocketAddress result;
    std::copy(address.begin(), address.end(), result.bytes_.begin());
    result.port_ = port;
    return result;
}

SocketAddress SocketAddress::v6(std::array<std::uint8_t, 16> address, std::uint16_t port, std::uint32_t scope)
{
    SocketAddress result;
    result.bytes_ = address;
    result.scope_ = scope;
    result.port_ = port;
    result.v6_ = true;
    return result;
}

Result<SocketAddress> SocketAddress::parse(std::string_view text, std::uint16_t default_port)
{
    const std::string_view whole = trim_blanks(text);
    std::string_view address = whole;
    std::optional<std::string_view> port_text;
    bool bracketed = false;
    if (address.starts_with('[')) {
        const std::size_t end = address.find(']');
        if (end == std::string_view::npos)
            return malformed(whole, "the closing bracket is missing");
        const std::string_view rest = address.substr(end + 1);
        if (!rest.empty() && rest.front() != ':')
            return malformed(whole, "only a colon and a port may follow the closing bracket");
        if (!rest.empty())
            port_text = rest.substr(1);
        address = address.substr(1, end - 1);
        bracketed = true;
    } else if (std::count(address.begin(), address.end(), ':') == 1) {
        const std::size_t colon = address.find(':');
        port_text = address.substr(colon + 1);
        address = address.substr(0, colon);
    }

    std::uint16_t port = default_port;
    if (port_text) {
        const auto parsed = parse_decimal<std::uint16_t>(*port_text);
        if (!parsed)
            return malformed(whole, "the port is no number from 0 to 65535");
        port = *parsed;
    }
    if (address.empty())
        return malformed(whole, "the address is missing");

    if (!bracketed) {
        if (equal_ignoring_case(address, "localhost"))
            return v4({127, 0, 0, 1}, port);
        if (address == "*")
            return v4({}, port);
        std::array<std::uint8_t, 4> v4_bytes{};
        if (inet_pton(AF_INET, std::string(address).c_str(), v4_bytes.data()) == 1
            && address.find('\0') == std::string_view::npos)
            return v4(v4_bytes, port);
        if (!port_text && std::all_of(address.begin(), address.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return malformed(whole, "a port needs an address before it");
        if (address.find(':') == std::string_view::npos)
            return malformed(whole, "names are not looked up");
    }

    std::uint32_t scope = 0;
    std::string_view v6_text = address;
    if (const std::size_t percent = address.find('%'); percent != std::string_view::npos) {
        const std::string_view zone = address.substr(percent + 1);
        v6_text = address.substr(0, percent);
        if (const auto number = parse_decimal<std::uint32_t>(zone))
            scope = *number;
        else
            scope = if_nametoindex(std::string(zone).c_str());
        if (scope == 0)
            return malformed(whole, "what follows the % names no network interface of this machine");
    }
    std::array<std::uint8_t, 16> v6_bytes{};
    if (v6_text.find('\0') != std::string_view::npos
        || inet_pton(AF_INET6, std::string(v6_text).c_str(), v6_bytes.data()) != 1)
        return malformed(whole, "this is no IPv6 address");
    return v6(v6_bytes, port, scope);
}

SocketAddress SocketAddress::with_port(std::uint16_t port) const
{
    SocketAddress result = *this;
    result.port_ = port;
    return result;
}

bool SocketAddress::is_loopback() const
{
    if (!v6_)
        return bytes_[0] == 127;
    const bool zeros
        = std::all_of(bytes_.begin(), bytes_.begin() + 10, [](std::uint8_t b) { return b == 0; });
    if (!zeros)
        return false;
    if (bytes_[10] == 0xff && bytes_[11] == 0xff)
        return bytes_[12] == 127;
    return std::all_of(bytes_.begin() + 10, bytes_.begin() + 15, [](std::uint8_t b) { return b == 0; })
        && bytes_[15] == 1;
}

bool SocketAddress::is_any() const
{
    return std::all_of(bytes_.begin(), bytes_.end(), [](std::uint8_t b) { return b == 0; });
}

std::string SocketAddress::address_text() const
{
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    inet_ntop(v6_ ? AF_INET6 : AF_INET, bytes_.data(), buffer.data(), buffer.size());
    std::string text = buffer.data();
    if (scope_ != 0)
        text += "%" + std::to_string(scope_);
    return text;
}

std::string SocketAddress::text() const
{
    const std::string port = ":" + std::to_string(port_);
    return v6_ ? "[" + address_text() + "]" + port : address_text() + port;
}

} // namespace jackfield
