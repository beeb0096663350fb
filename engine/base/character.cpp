#include "base/character.h"

#include <cstdint>

namespace jackfield {

Character first_character(std::string_view text)
{
    if (text.empty())
        return {};
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

void append_character(std::string& text, char32_t code)
{
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        code = 0xfffd;
    const auto put = [&text](std::uint32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    const auto put_rest = [&](unsigned shift) { put(0x80U | (code >> shift & 0x3fU)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xc0U | code >> 6U);
        put_rest(0);
    } else if (code < 0x10000) {
        put(0xe0U | code >> 12U);
        put_rest(6);
        put_rest(0);
    } else {
        put(0xf0U | code >> 18U);
        put_rest(12);
        put_rest(6);
        put_rest(0);
    }
}

bool deceives(char32_t c)
{
    const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    return c < 0x20 || within(0x7f, 0x9f) || c == 0xad || c == 0x61c || c == 0x180e || c == 0x200b
        || within(0x200e, 0x200f) || within(0x2028, 0x202e) || within(0x2060, 0x206f) || c == 0xfeff
        || within(0xfff9, 0xfffb) || (c & 0xfffeU) == 0xfffeU || within(0xe0000, 0xe007f);
}

} // namespace jackfield
