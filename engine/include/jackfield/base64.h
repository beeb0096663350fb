#pragma once

#include "jackfield/api.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace jackfield {

/// Base64 with padding and without line ends (RFC 4648 section 4). At most 1 GiB at once.
[[nodiscard]] JACKFIELD_API std::string encode_base64(std::span<const std::byte> bytes);
/// Strict: padded to a multiple of four, no blanks or line ends; nullopt for anything else. Left-over bits of
/// the last character are ignored, as clients that make up a key by hand do not clear them.
[[nodiscard]] JACKFIELD_API std::optional<std::string> decode_base64(std::string_view text);

} // namespace jackfield
