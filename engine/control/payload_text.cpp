#include "control/payload_text.h"

#include "base/text.h"
#include "control/command_words.h"

#include "jackfield/shared_bytes.h"

namespace jackfield {

namespace {

bool looks_like_hex(std::string_view text)
{
    return equal_ignoring_case(text.substr(0, 4), "hex:");
}

} // namespace

std::string hex_of(std::span<const std::byte> bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::byte byte : bytes) {
        text += digits[std::to_integer<std::size_t>(byte >> 4)];
        text += digits[std::to_integer<std::size_t>(byte & std::byte{0xf})];
    }
    return text;
}

std::optional<std::string> decode_hex(std::string_view text)
{
    std::string bytes;
    int high = -1;
    for (const char c : text) {
        if (c == ' ' || c == '\t')
            continue;
        const char lower = to_lower_ascii(c);
        int digit = 0;
        if (lower >= '0' && lower <= '9')
            digit = lower - '0';
        else if (lower >= 'a' && lower <= 'f')
            digit = lower - 'a' + 10;
        else
            return std::nullopt;
        if (high < 0) {
            high = digit;
        } else {
            bytes += static_cast<char>(static_cast<unsigned char>(high << 4 | digit));
            high = -1;
        }
    }
    return high < 0 ? std::optional(std::move(bytes)) : std::nullopt;
}

std::string text_payload(std::string_view text)
{
    const bool bare = !text.empty() && is_printable(text) && text.front() != '"' && text.front() != ' '
        && text.back() != ' ' && !text.starts_with("--") && !looks_like_hex(text);
    return bare ? std::string(text) : quote(text);
}

std::string bytes_payload(std::span<const std::byte> bytes)
{
    return is_printable(as_text(bytes)) ? text_payload(as_text(bytes)) : "hex:" + hex_of(bytes);
}

std::string word_payload(std::span<const std::byte> bytes)
{
    const std::string_view text = as_text(bytes);
    if (!is_printable(text))
        return "hex:" + hex_of(bytes);
    return looks_like_hex(text) ? quote(text) : as_word(text);
}

} // namespace jackfield
