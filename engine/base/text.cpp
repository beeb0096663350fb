#include "base/text.h"

#include <algorithm>
#include <array>

namespace jackfield {

namespace {

constexpr std::array<bool, 256> make_token_table()
{
    std::array<bool, 256> table{};
    for (char c = '0'; c <= '9'; ++c)
        table[static_cast<unsigned char>(c)] = true;
    for (char c = 'a'; c <= 'z'; ++c)
        table[static_cast<unsigned char>(c)] = true;
    for (char c = 'A'; c <= 'Z'; ++c)
        table[static_cast<unsigned char>(c)] = true;
    for (const char c : std::string_view("!#$%&'*+-.^_`|~"))
        table[static_cast<unsigned char>(c)] = true;
    return table;
}

constexpr auto token_table = make_token_table();

constexpr bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

} // namespace

std::string to_lower_ascii(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower)
        c = to_lower_ascii(c);
    return lower;
}

bool equal_ignoring_case(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
        [](char x, char y) { return to_lower_ascii(x) == to_lower_ascii(y); });
}

std::string_view trim_blanks(std::string_view text)
{
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split_list(std::string_view text)
{
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const std::string_view part = trim_blanks(text.substr(0, comma));
        if (!part.empty())
            parts.push_back(part);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return parts;
}

bool is_token_character(char c)
{
    return token_table[static_cast<unsigned char>(c)];
}

bool is_token(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

} // namespace jackfield
