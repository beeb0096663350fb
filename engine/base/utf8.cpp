#include "base/utf8.h"

#include "jackfield/shared_bytes.h"

#include <cstring>

namespace jackfield {

namespace {

/// The first byte in [at, end) that is not ASCII.
const std::byte* skip_ascii(const std::byte* at, const std::byte* end)
{
    while (end - at >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        if ((word & 0x8080808080808080U) != 0)
            break;
        at += 8;
    }
    while (at != end && std::to_integer<unsigned>(*at) < 0x80)
        ++at;
    return at;
}

} // namespace

bool Utf8Validator::feed(std::span<const std::byte> bytes)
{
    if (!valid_)
        return false;
    const std::byte* at = bytes.data();
    const std::byte* const end = at + bytes.size();
    while (at != end) {
        if (needed_ == 0) {
            at = skip_ascii(at, end);
            if (at == end)
                break;
        }
        const auto value = std::to_integer<std::uint8_t>(*at++);
        if (needed_ != 0) {
            if (value < low_ || value > high_)
                return valid_ = false;
            --needed_;
            low_ = 0x80;
            high_ = 0xbf;
        } else if (value >= 0xc2 && value <= 0xdf) {
            needed_ = 1;
        } else if (value >= 0xe0 && value <= 0xef) {
            needed_ = 2;
            low_ = value == 0xe0 ? 0xa0 : 0x80; // else overlong
            high_ = value == 0xed ? 0x9f : 0xbf; // else a surrogate
        } else if (value >= 0xf0 && value <= 0xf4) {
            needed_ = 3;
            low_ = value == 0xf0 ? 0x90 : 0x80; // else overlong
            high_ = value == 0xf4 ? 0x8f : 0xbf; // else beyond U+10FFFF
        } else {
            return valid_ = false;
        }
    }
    return true;
}

bool is_valid_utf8(std::span<const std::byte> bytes)
{
    Utf8Validator validator;
    return validator.feed(bytes) && validator.is_complete();
}

bool is_valid_utf8(std::string_view text)
{
    return is_valid_utf8(as_bytes(text));
}

std::string reverse_code_points(std::string_view text)
{
    std::string reversed;
    reversed.reserve(text.size());
    while (!text.empty()) {
        std::size_t start = text.size() - 1;
        while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xc0U) == 0x80)
            --start;
        reversed.append(text.substr(start));
        text.remove_suffix(text.size() - start);
    }
    return reversed;
}

} // namespace jackfield
