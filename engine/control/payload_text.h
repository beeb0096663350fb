#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace jackfield {

/// Two lower-case hexadecimal digits a byte.
[[nodiscard]] std::string hex_of(std::span<const std::byte> bytes);
/// The bytes that pairs of hexadecimal digits stand for, blanks aside; nullopt when they are no such pairs.
[[nodiscard]] std::optional<std::string> decode_hex(std::string_view text);

/// `text` as the rest of a command line: bare where that reads back, else between quotes.
[[nodiscard]] std::string text_payload(std::string_view text);
/// The same for any bytes: `hex:...` where they are no printable text.
[[nodiscard]] std::string bytes_payload(std::span<const std::byte> bytes);
/// Any bytes as one word of a command line.
[[nodiscard]] std::string word_payload(std::span<const std::byte> bytes);

} // namespace jackfield
