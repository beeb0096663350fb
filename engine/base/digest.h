#pragma once

#include "jackfield/base64.h"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace jackfield {

/// SHA-1 as the opening handshake uses it (RFC 6455 section 4.2.2), by OpenSSL; nullopt when the library
/// cannot (no memory, or switched off by its configuration).
[[nodiscard]] std::optional<std::array<std::byte, 20>> sha1(std::string_view text);
/// MD5 as draft hybi-00 uses it (section 5.2), by OpenSSL; nullopt as above.
[[nodiscard]] std::optional<std::array<std::byte, 16>> md5(std::span<const std::byte> bytes);

} // namespace jackfield
