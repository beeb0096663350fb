#include "base/utf8.h"

#include "base/text_kernels.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <cstring>

namespace jackfield {

namespace {

constexpr std::size_t worthwhile = 2 * TextKernels::block; // below it the loops for vectors cost more

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

/// How many bytes at the end of `text`, which is valid so far, begin a character that goes on behind it.
std::size_t unfinished_at_end(std::span<const std::byte> text)
{
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
        const auto value = std::to_integer<unsigned>(text[text.size() - back]);
        if (value < 0x80)
            return 0;
        if (value >= 0xc0)
            return back < (value >= 0xf0 ? 4U : value >= 0xe0 ? 3U : 2U) ? back : 0;
    }
    return 0;
}

} // namespace

bool Utf8Validator::feed(std::span<const std::byte> bytes)
{
    if (bytes.size() < worthwhile)
        return feed_plain(bytes);
    const std::size_t begun = std::min<std::size_t>(needed_, bytes.size());
    if (!feed_plain(bytes.first(begun)))
        return false;
    bytes = bytes.subspan(begun);
    const std::size_t blocks = bytes.size() - bytes.size() % TextKernels::block;
    valid_ = valid_ && text_kernels().check(bytes.first(blocks));
    return feed_plain(bytes.subspan(blocks - unfinished_at_end(bytes.first(blocks))));
}

bool Utf8Validator::unmask_and_feed(std::span<std::byte> bytes, Key key)
{
    if (bytes.size() < worthwhile) {
        text_kernels().unmask(bytes, key);
        return feed_plain(bytes);
    }
    const std::size_t begun = std::min<std::size_t>(needed_, bytes.size());
    text_kernels().unmask(bytes.first(begun), key);
    if (!feed_plain(bytes.first(begun)))
        return false;
    std::rotate(key.begin(), key.begin() + static_cast<std::ptrdiff_t>(begun), key.end());
    bytes = bytes.subspan(begun);
    const std::size_t blocks = bytes.size() - bytes.size() % TextKernels::block;
    valid_ = text_kernels().unmask_and_check(bytes.first(blocks), key);
    text_kernels().unmask(bytes.subspan(blocks), key); // a block is a multiple of the key
    return feed_plain(bytes.subspan(blocks - unfinished_at_end(bytes.first(blocks))));
}

bool Utf8Validator::feed_plain(std::span<const std::byte> bytes)
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
