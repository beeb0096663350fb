#include "http/host_header.h"

#include "base/text.h"

#include "jackfield/access_rules.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <string>

namespace jackfield::http {

namespace {

constexpr std::size_t max_host = 255 + 6; // a name (RFC 1035 section 2.3.4) and a port

constexpr bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
        || c == '~';
}

/// Labels between dots, none of them empty but for one dot at the very end.
bool is_registered_name(std::string_view name)
{
    bool label_is_empty = true;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '.') {
            if (label_is_empty)
                return false;
            label_is_empty = true;
        } else if (is_name_character(name[i])) {
            label_is_empty = false;
        } else {
            return false;
        }
    }
    return !name.empty();
}

bool is_ipv6_address(std::string_view text)
{
    in6_addr address{};
    if (text.find('\0') != std::string_view::npos) // where inet_pton would stop reading
        return false;
    return text.size() < INET6_ADDRSTRLEN && inet_pton(AF_INET6, std::string(text).c_str(), &address) == 1;
}

std::string_view without_trailing_dot(std::string_view name)
{
    if (name.size() > 1 && name.back() == '.')
        name.remove_suffix(1);
    return name;
}

} // namespace

std::optional<HostAndPort> parse_host(std::string_view value)
{
    HostAndPort result;
    std::size_t name_end = 0;
    if (value.size() > max_host)
        return std::nullopt;
    if (value.starts_with('[')) {
        const std::size_t bracket = value.find(']');
        if (bracket == std::string_view::npos || !is_ipv6_address(value.substr(1, bracket - 1)))
            return std::nullopt;
        name_end = bracket + 1;
    } else {
        name_end = std::min(value.find(':'), value.size());
        if (!is_registered_name(value.substr(0, name_end)))
            return std::nullopt;
    }
    result.name = value.substr(0, name_end);
    value.remove_prefix(name_end);
    if (value.empty())
        return result;
    if (value.front() != ':' || value.size() > 6)
        return std::nullopt;
    result.port = parse_decimal<std::uint16_t>(value.substr(1));
    if (!result.port)
        return std::nullopt;
    return result;
}

bool is_same_authority(const HostAndPort& a, const HostAndPort& b, std::uint16_t default_port)
{
    return equal_ignoring_case(without_trailing_dot(a.name), without_trailing_dot(b.name))
        && a.port.value_or(default_port) == b.port.value_or(default_port);
}

} // namespace jackfield::http

namespace jackfield {

bool is_valid_host_header(std::string_view value)
{
    return http::parse_host(value).has_value();
}

} // namespace jackfield
