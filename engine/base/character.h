#pragma once

#include <cstddef>
#include <string_view>

namespace jackfield {

struct Character {
    char32_t code = 0;
    std::size_t length = 0; ///< in bytes; 0: the first byte begins no character
};

/// The character that `text` begins with (UTF-8, RFC 3629).
[[nodiscard]] Character first_character(std::string_view text);
/// True for characters that move the cursor, reorder or hide text, or have no form of their own: where a person reads, they
/// are escaped.
[[nodiscard]] bool deceives(char32_t character);

} // namespace jackfield
