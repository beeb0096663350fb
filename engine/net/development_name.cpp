#include "net/development_name.h"

#include "base/text.h"

#include "jackfield/certificate.h"
#include "jackfield/escape.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <optional>

namespace jackfield {
namespace {

constexpr std::size_t longest_label = 63; // RFC 1035 section 2.3.4
constexpr std::size_t longest_name = 253; // the same, as text

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_label_character(char c)
{
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '_';
}

std::optional<DevelopmentName> parse_address(const std::string& text)
{
    for (const int family : {AF_INET, AF_INET6}) {
        std::array<char, 16> bytes{};
        if (inet_pton(family, text.c_str(), bytes.data()) != 1)
            continue;
        std::array<char, INET6_ADDRSTRLEN> canonical{};
        if (inet_ntop(family, bytes.data(), canonical.data(), canonical.size()) == nullptr)
            continue;
        return DevelopmentName{canonical.data(), std::string(bytes.data(), family == AF_INET ? 4 : 16)};
    }
    return std::nullopt;
}

/// What is wrong with `text`, which is neither an address nor made of the characters of a name; empty for
/// nothing known.
std::string_view foreign_character(std::string_view text)
{
    if (text.find("://") != std::string_view::npos)
        return "only the name is wanted, without the scheme and what follows the name";
    if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        return "a name beyond ASCII is given in its ASCII form, which begins with xn-- and which browsers "
               "send";
    if (text.find('%') != std::string_view::npos)
        return "an address is given without its zone, which is behind the %";
    if (text.find('/') != std::string_view::npos)
        return "a single name or address is wanted, without a path and without a network's size";
    if (text.find('[') != std::string_view::npos || text.find(']') != std::string_view::npos)
        return "an IPv6 address is given without brackets and without a port";
    if (std::count(text.begin(), text.end(), ':') == 1)
        return "the port is no part of a certificate: leave it out";
    if (text.find(':') != std::string_view::npos)
        return "it is no IPv6 address";
    if (text.find_first_of(" \t,;") != std::string_view::npos)
        return "one name at a time, without blanks and commas";
    return {};
}

std::string_view wrong_label(std::string_view label)
{
    if (label.empty())
        return "there is nothing between two dots, or before the first";
    if (label.size() > longest_label)
        return "a part between two dots has more than 63 characters";
    if (label.front() == '-' || label.back() == '-')
        return "no part of a name begins or ends with a hyphen";
    if (label.find('*') != std::string_view::npos)
        return "a * stands only at the front, alone, for one whole part: *.app.test";
    if (!std::all_of(label.begin(), label.end(), is_label_character))
        return "names are made of letters, digits, hyphens and dots";
    return {};
}

std::string_view wrong_name(std::string_view name)
{
    if (name.size() > longest_name)
        return "it has more than 253 characters";
    if (name.ends_with('.'))
        return "it is given without the dot at its end";
    std::string_view rest = name;
    const bool wildcard = rest.starts_with("*.");
    if (wildcard)
        rest.remove_prefix(2);
    std::size_t labels = 0;
    std::string_view last;
    for (bool more = true; more; ++labels) {
        const std::size_t dot = rest.find('.');
        more = dot != std::string_view::npos;
        last = rest.substr(0, dot);
        if (const std::string_view wrong = wrong_label(last); !wrong.empty())
            return wrong;
        if (more)
            rest.remove_prefix(dot + 1);
    }
    // Browsers read such names as IPv4 addresses (URL Standard, "ends in a number").
    if (std::all_of(last.begin(), last.end(), is_digit))
        return labels == 1 ? "a number alone is no name"
                           : "it is no IPv4 address, and no name ends in a number";
    // mozilla::pkix takes the whole certificate for damaged.
    if (wildcard && labels == 1)
        return "browsers take a * only before two parts or more, as in *.app.test: add each name by itself";
    return {};
}

} // namespace

Result<DevelopmentName> parse_development_name(std::string_view text)
{
    const std::string_view trimmed = trim_blanks(text);
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorCode::invalid_argument,
            "\"" + escape_for_terminal(trimmed, 80)
                + "\" cannot stand in a certificate: " + std::string(why));
    };
    if (trimmed.empty())
        return fail(ErrorCode::invalid_argument, "a name or an address is missing");
    if (trimmed.find('\0') != std::string_view::npos)
        return refuse("it has a NUL");
    const std::string name = to_lower_ascii(trimmed);
    if (auto address = parse_address(name)) {
        if (address->text == "0.0.0.0" || address->text == "::")
            return refuse("it stands for all addresses of this machine where a server listens; "
                          "add the one that pages connect to");
        return std::move(*address);
    }
    if (const std::string_view wrong = foreign_character(name); !wrong.empty())
        return refuse(wrong);
    if (const std::string_view wrong = wrong_name(name); !wrong.empty())
        return refuse(wrong);
    return DevelopmentName{name, {}};
}

Result<std::string> check_development_name(std::string_view text)
{
    auto name = parse_development_name(text);
    if (!name)
        return tl::unexpected<Error>(std::move(name.error()));
    return std::move(name->text);
}

const std::vector<std::string>& loopback_names()
{
    static const std::vector<std::string> names = {"localhost", "127.0.0.1", "::1"};
    return names;
}

} // namespace jackfield
