#include "server/authority.h"

#include "base/text.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace jackfield {
namespace {

constexpr std::size_t longest_name = 255;
constexpr std::size_t longest_label = 63;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_name_character(char c)
{
    const char lower = to_lower_ascii(c);
    return (lower >= 'a' && lower <= 'z') || is_digit(c) || c == '-' || c == '_' || c == '.' || c == '~';
}

// The WHATWG URL Standard's "ends in a number": such a host is an IPv4 address or nothing.
bool ends_in_number(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    std::string_view label = dot == std::string_view::npos ? name : name.substr(dot + 1);
    if (std::all_of(label.begin(), label.end(), is_digit))
        return true;
    if (!label.starts_with("0x"))
        return false;
    label.remove_prefix(2);
    return std::all_of(
        label.begin(), label.end(), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

std::optional<std::string> canonical_ipv6(std::string_view text)
{
    std::array<std::uint8_t, 16> bytes{};
    if (text.find('\0') != std::string_view::npos
        || inet_pton(AF_INET6, std::string(text).c_str(), bytes.data()) != 1)
        return std::nullopt;
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    inet_ntop(AF_INET6, bytes.data(), buffer.data(), buffer.size());
    return "[" + std::string(buffer.data()) + "]";
}

bool has_bad_label(std::string_view name)
{
    while (true) {
        const std::size_t dot = name.find('.');
        const std::string_view label = name.substr(0, dot);
        if (label.empty() || label.size() > longest_label)
            return true;
        if (dot == std::string_view::npos)
            return false;
        name.remove_prefix(dot + 1);
    }
}

} // namespace

std::optional<Authority> parse_authority(std::string_view text)
{
    Authority result;
    std::string_view name = text;
    std::string_view rest;
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos)
            return std::nullopt;
        auto canonical = canonical_ipv6(text.substr(1, end - 1));
        if (!canonical)
            return std::nullopt;
        result.kind = Authority::Kind::ipv6;
        result.name = std::move(*canonical);
        rest = text.substr(end + 1);
        if (!rest.empty() && rest.front() != ':')
            return std::nullopt;
    } else if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
        name = text.substr(0, colon);
        rest = text.substr(colon);
    }
    if (!rest.empty()) {
        // More than five digits are no way to write a port that anything sends.
        const std::string_view digits = rest.substr(1);
        result.port = digits.size() <= 5 ? parse_decimal<std::uint16_t>(digits) : std::nullopt;
        if (!result.port)
            return std::nullopt;
    }
    if (result.kind == Authority::Kind::ipv6)
        return result;

    if (name.size() > 1 && name.ends_with('.'))
        name.remove_suffix(1);
    if (name.size() > longest_name || !std::all_of(name.begin(), name.end(), is_name_character)
        || has_bad_label(name))
        return std::nullopt;
    result.name = to_lower_ascii(name);
    in_addr address{};
    if (inet_pton(AF_INET, result.name.c_str(), &address) == 1)
        result.kind = Authority::Kind::ipv4;
    else if (ends_in_number(result.name))
        result.kind = Authority::Kind::number_like;
    return result;
}

bool is_ipv4_loopback(std::string_view name)
{
    constexpr std::string_view mapped = "[::ffff:";
    if (name.starts_with(mapped) && name.ends_with(']'))
        name = name.substr(mapped.size(), name.size() - mapped.size() - 1);
    in_addr address{};
    return name.starts_with("127.") && inet_pton(AF_INET, std::string(name).c_str(), &address) == 1;
}

bool names_this_machine(std::string_view name)
{
    return name == "localhost" || name.ends_with(".localhost") || name == "[::1]" || is_ipv4_loopback(name);
}

} // namespace jackfield
