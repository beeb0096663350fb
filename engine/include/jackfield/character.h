#pragma once

#include "jackfield/api.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace jackfield {

/// One character of a text in UTF-8 (RFC 3629).
struct Character {
    char32_t code = 0; ///< from U+0000 to U+10FFFF, no surrogate
    std::size_t length = 0; ///< in bytes, 1 to 4; 0: there is none
};

/// The character that `text` begins with; of length 0 where the first byte begins none: it stands in no UTF-8, the
/// character is cut off, or `text` is empty.
[[nodiscard]] JACKFIELD_API Character first_character(std::string_view text);

/// Adds the character `code` to `text`; anything that is no character (a surrogate, more than U+10FFFF) as U+FFFD. Throws
/// std::bad_alloc.
JACKFIELD_API void append_character(std::string& text, char32_t code);

} // namespace jackfield
