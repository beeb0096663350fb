#include "jackfield/escape.h"

#include "base/character.h"

#include <array>
#include <cstdint>
#include <cstdio>

namespace jackfield {
std::string escape_for_terminal(std::string_view bytes, std::size_t max_characters)
{
    constexpr std::string_view ellipsis = "...";
    const std::size_t before_ellipsis
        = max_characters > ellipsis.size() ? max_characters - ellipsis.size() : 0;
    std::string out;
    std::size_t characters = 0;
    std::size_t cut = 0; // where `out` ends when the ellipsis has to fit behind it
    while (!bytes.empty()) {
        const Character decoded = first_character(bytes);
        const std::size_t taken = decoded.length == 0 ? 1 : decoded.length;
        std::array<char, 16> escape{};
        std::string_view piece = bytes.substr(0, taken);
        std::size_t width = 1;
        if (decoded.length == 0 || deceives(decoded.code)) {
            const bool as_byte = decoded.length <= 1;
            const unsigned value = as_byte ? static_cast<unsigned char>(bytes.front())
                                           : static_cast<unsigned>(decoded.code);
            const int written
                = std::snprintf(escape.data(), escape.size(), as_byte ? "\\x%02x" : "\\u{%x}", value);
            width = static_cast<std::size_t>(written);
            piece = std::string_view(escape.data(), width);
        }
        if (characters + width > max_characters) {
            out.resize(cut);
            out += ellipsis.substr(0, max_characters);
            return out;
        }
        out += piece;
        characters += width;
        if (characters <= before_ellipsis)
            cut = out.size();
        bytes.remove_prefix(taken);
    }
    return out;
}

std::string quote_for_shell(std::string_view text)
{
    constexpr std::size_t longest = 4096; // PATH_MAX
    std::string word = "'";
    for (const char c : text) {
        if (c == '\'')
            word += "'\\'";
        word += c;
    }
    return escape_for_terminal(word + "'", longest);
}

} // namespace jackfield
