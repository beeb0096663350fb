#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield {

// ASCII only and independent of the locale: protocol text has nothing to do with the user's language.

[[nodiscard]] constexpr char to_lower_ascii(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
[[nodiscard]] std::string to_lower_ascii(std::string_view text);
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);
/// Without leading and trailing spaces and tabs.
[[nodiscard]] std::string_view trim_blanks(std::string_view text);
/// The parts between commas, trimmed; empty parts are left out.
[[nodiscard]] std::vector<std::string_view> split_list(std::string_view text);
/// True for a `tchar` of RFC 9110 section 5.6.2: what methods, field names and subprotocols are made of.
[[nodiscard]] bool is_token_character(char c);
/// True for a `token` of RFC 9110 section 5.6.2 with at least one character.
[[nodiscard]] bool is_token(std::string_view text);

/// The number that all of `text` spells in decimal digits, without sign or blanks; nullopt otherwise or on
/// overflow.
template <std::unsigned_integral T>
[[nodiscard]] std::optional<T> parse_decimal(std::string_view text)
{
    T value = 0;
    if (text.empty() || text.front() < '0' || text.front() > '9')
        return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace jackfield
