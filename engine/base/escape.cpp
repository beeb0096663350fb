#include "jackfield/escape.h"

#include <array>
#include <cstdint>
#include <cstdio>

namespace jackfield {
namespace {

struct Decoded {
    char32_t character = 0;
    std::size_t length = 0; // 0: the first byte begins no character
};

Decoded decode_first(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return {lead, 1};
    std::size_t length = 0;
    char32_t character = 0;
    char32_t smallest = 0;
    if (lead >= 0xc2 && lead <= 0xdf) {
        length = 2;
        character = lead & 0x1fU;
        smallest = 0x80;
    } else if (lead >= 0xe0 && lead <= 0xef) {
        length = 3;
        character = lead & 0x0fU;
        smallest = 0x800;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
        length = 4;
        character = lead & 0x07U;
        smallest = 0x10000;
    } else {
        return {};
    }
    if (text.size() < length)
        return {};
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U)
            return {};
        character = character << 6U | (byte(i) & 0x3fU);
    }
    if (character < smallest || character > 0x10ffff || (character >= 0xd800 && character <= 0xdfff))
        return {};
    return {character, length};
}

// Characters that move the cursor, reorder or hide text, or have no form of their own.
bool deceives(char32_t c)
{
    const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    return c < 0x20 || within(0x7f, 0x9f) || c == 0xad || c == 0x61c || c == 0x180e || c == 0x200b
        || within(0x200e, 0x200f) || within(0x2028, 0x202e) || within(0x2060, 0x206f) || c == 0xfeff
        || within(0xfff9, 0xfffb) || (c & 0xfffeU) == 0xfffeU || within(0xe0000, 0xe007f);
}

} // namespace

std::string escape_for_terminal(std::string_view bytes, std::size_t max_characters)
{
    constexpr std::string_view ellipsis = "...";
    const std::size_t before_ellipsis
        = max_characters > ellipsis.size() ? max_characters - ellipsis.size() : 0;
    std::string out;
    std::size_t characters = 0;
    std::size_t cut = 0; // where `out` ends when the ellipsis has to fit behind it
    while (!bytes.empty()) {
        const Decoded decoded = decode_first(bytes);
        const std::size_t taken = decoded.length == 0 ? 1 : decoded.length;
        std::array<char, 16> escape{};
        std::string_view piece = bytes.substr(0, taken);
        std::size_t width = 1;
        if (decoded.length == 0 || deceives(decoded.character)) {
            const bool as_byte = decoded.length <= 1;
            const unsigned value = as_byte ? static_cast<unsigned char>(bytes.front())
                                           : static_cast<unsigned>(decoded.character);
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
