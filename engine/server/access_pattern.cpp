#include "base/text.h"
#include "server/access_matching.h"
#include "server/authority.h"

#include "jackfield/access_rules.h"
#include "jackfield/escape.h"

#include <algorithm>

namespace jackfield {
namespace {

constexpr std::size_t longest_entry = 512;

tl::unexpected<Error> malformed(std::string_view text, std::string_view what)
{
    return fail(ErrorCode::malformed, "\"" + escape_for_terminal(text, 80) + "\": " + std::string(what));
}

std::string_view example_of(ListKind list)
{
    return list == ListKind::hosts
        ? "write a name or address such as localhost, 192.168.1.20:4567 or *.example.test"
        : "write an origin such as http://localhost:5173 or https://*.example.test";
}

// What is wrong with a text that parse_authority did not take, for a person.
std::string problem_with_name(ListKind list, std::string_view name)
{
    const std::string example(example_of(list));
    if (name.empty())
        return "the name is missing; " + example;
    if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        return "it has letters outside of ASCII, which may only look like the ones you mean; write the name "
               "as the "
               "browser sends it (xn--...)";
    if (name.find_first_of(" \t") != std::string_view::npos)
        return "an entry has no blanks inside; write one entry a line";
    if (name.find('@') != std::string_view::npos)
        return "leave out the user name and the @";
    if (name.find_first_of("/?") != std::string_view::npos)
        return "leave out the path; only the name and the port count";
    if (name.find('*') != std::string_view::npos)
        return "a * stands alone or at the start, in front of a dot and a name, as in *.example.test";
    if (!name.starts_with('[') && std::count(name.begin(), name.end(), ':') > 1)
        return "an IPv6 address is written in brackets, as in [::1]:4567";
    if (const std::size_t colon = name.rfind(':'); colon != std::string_view::npos && name.back() != ']'
        && !parse_decimal<std::uint16_t>(name.substr(colon + 1)))
        return "the port is no number from 1 to 65535";
    if (name.size() > 255)
        return "it is longer than any name can be";
    if (name.find("..") != std::string_view::npos || name.starts_with('.'))
        return "it has an empty part between dots";
    return "this is no name or address; " + example;
}

std::string_view scheme_of(std::string_view text)
{
    const std::size_t end = text.find("://");
    return end == std::string_view::npos ? std::string_view() : text.substr(0, end);
}

Result<AccessPattern> parse_name(
    ListKind list, std::string_view whole, std::string_view text, std::string scheme)
{
    AccessPattern pattern;
    pattern.scheme = std::move(scheme);
    std::string_view name = text;
    if (text == "*" || text.starts_with("*:")) {
        pattern.form = AccessPattern::Form::everything;
        if (text.size() > 1) {
            pattern.port = parse_decimal<std::uint16_t>(text.substr(2));
            if (pattern.port.value_or(0) == 0)
                return malformed(whole, "the port is no number from 1 to 65535");
        }
        return pattern;
    }
    if (text.starts_with("*.")) {
        pattern.form = AccessPattern::Form::suffix;
        name.remove_prefix(2);
    }
    const auto authority = parse_authority(name);
    if (!authority)
        return malformed(whole, problem_with_name(list, name));
    if (authority->port == 0)
        return malformed(whole, "the port is no number from 1 to 65535");
    if (authority->kind == Authority::Kind::number_like)
        return malformed(whole, "an IPv4 address is written as four decimal numbers, as in 192.168.1.20");
    if (pattern.form == AccessPattern::Form::suffix && authority->kind != Authority::Kind::name)
        return malformed(whole, "only names have a suffix; write the address alone");
    pattern.name = authority->name;
    pattern.port = authority->port;
    return pattern;
}

} // namespace

std::optional<std::string> parse_custom_origin(std::string_view text)
{
    const std::string_view scheme = scheme_of(text);
    const auto is_letter = [](char c) { return to_lower_ascii(c) >= 'a' && to_lower_ascii(c) <= 'z'; };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (scheme.empty() || !is_letter(scheme.front())
        || !std::all_of(scheme.begin(), scheme.end(),
            [&](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; }))
        return std::nullopt;
    const std::string_view rest = text.substr(scheme.size() + 3);
    if (!std::all_of(rest.begin(), rest.end(), [&](char c) {
            return is_letter(c) || is_digit(c)
                || std::string_view("-._~:[]").find(c) != std::string_view::npos;
        }))
        return std::nullopt;
    return to_lower_ascii(scheme) + "://" + std::string(rest);
}

bool AccessPattern::reaches_beyond_loopback() const
{
    switch (form) {
    case Form::exact_name:
    case Form::suffix:
        return !names_this_machine(name);
    case Form::everything:
    case Form::exact_whole:
    case Form::null_origin:
        return true;
    }
    return true;
}

bool AccessPattern::is_wide_open() const
{
    if (form == Form::everything)
        return true;
    return form == Form::suffix && name.find('.') == std::string::npos && !names_this_machine(name);
}

Result<AccessPattern> parse_access_pattern(ListKind list, std::string_view text)
{
    const std::string_view entry = trim_blanks(text);
    if (entry.empty())
        return fail(ErrorCode::malformed, "the entry is empty; " + std::string(example_of(list)));
    if (entry.size() > longest_entry)
        return malformed(entry, "it is longer than any name can be");
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (std::any_of(entry.begin(), entry.end(), is_control))
        return malformed(entry, "it has a control character inside");

    const std::size_t scheme_end = entry.find("://");
    if (list == ListKind::hosts) {
        if (scheme_end != std::string_view::npos)
            return malformed(entry, "a host has no scheme in front; write only the name, such as localhost");
        return parse_name(list, entry, entry, {});
    }
    if (entry == "null") {
        AccessPattern pattern;
        pattern.form = AccessPattern::Form::null_origin;
        pattern.name = "null";
        return pattern;
    }
    if (scheme_end == std::string_view::npos)
        return parse_name(list, entry, entry, {});
    std::string scheme = to_lower_ascii(entry.substr(0, scheme_end));
    if (scheme == "http" || scheme == "https")
        return parse_name(list, entry, entry.substr(scheme_end + 3), std::move(scheme));
    if (scheme == "ws" || scheme == "wss")
        return malformed(entry, "list the page's own address, which begins with http:// or https://");
    auto whole = parse_custom_origin(entry);
    if (!whole)
        return malformed(entry, problem_with_name(list, entry.substr(scheme_end + 3)));
    AccessPattern pattern;
    pattern.form = AccessPattern::Form::exact_whole;
    pattern.name = std::move(*whole);
    return pattern;
}

} // namespace jackfield
