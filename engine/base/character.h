#pragma once

#include "jackfield/character.h"

namespace jackfield {

/// True for characters that move the cursor, reorder or hide text, or have no form of their own: where a person reads, they
/// are escaped.
[[nodiscard]] bool deceives(char32_t character);

} // namespace jackfield
