#pragma once

#include "jackfield/api.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace jackfield {

/// Checks UTF-8 (RFC 3629: no surrogates, no overlong forms, nothing beyond U+10FFFF) as bytes arrive, in any
/// chopping.
class Utf8Validator {
public:
    using Key = std::array<std::byte, 4>;

    /// Takes more bytes; false at the first byte that can belong to no valid text, and from then on.
    bool feed(std::span<const std::byte> bytes);
    /// Unmasks `bytes` in place (RFC 6455 section 5.3) and takes them, in one pass; the first byte of `key`
    /// belongs to the first byte. After a false answer what stands in `bytes` is of no use.
    bool unmask_and_feed(std::span<std::byte> bytes, Key key);
    /// The same as `feed`, one byte after the other: what the faster ways are compared with.
    bool feed_plain(std::span<const std::byte> bytes);
    /// True when the bytes so far do not end inside a character.
    [[nodiscard]] bool is_complete() const { return needed_ == 0 && valid_; }
    void reset() { *this = {}; }

private:
    std::uint8_t needed_ = 0; // continuation bytes still to come
    std::uint8_t low_ = 0x80, high_ = 0xbf; // the range of the next one
    bool valid_ = true;
};

[[nodiscard]] bool is_valid_utf8(std::span<const std::byte> bytes);
[[nodiscard]] JACKFIELD_API bool is_valid_utf8(std::string_view text);
/// The characters of valid UTF-8 in reverse order, by code point.
[[nodiscard]] std::string reverse_code_points(std::string_view text);

} // namespace jackfield
