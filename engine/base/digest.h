#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace jackfield {

/// SHA-1 and MD5 as the handshakes use them, by OpenSSL; nullopt when the library cannot (no memory, or switched off by its configuration).
[[nodiscard]] std::optional<std::array<std::byte, 20>> sha1(std::string_view text);
[[nodiscard]] std::string encode_base64(std::span<const std::byte> bytes);
/// Strict: padded, no blanks; nullopt for anything else.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

} // namespace jackfield
