#pragma once

#include "jackfield/api.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace jackfield {

/// `bytes` as one line of printable UTF-8 for a terminal or a log: control, bidirectional and invalid bytes become `\x1b` or `\u{202e}`,
/// backslash stays. At most `max_characters` characters; a longer text ends in "...".
[[nodiscard]] JACKFIELD_API std::string escape_for_terminal(std::string_view bytes, std::size_t max_characters = 256);

/// True when `text` is UTF-8 (RFC 3629). Any length.
[[nodiscard]] JACKFIELD_API bool is_valid_utf8(std::string_view text);

/// `text` as one word of a shell's command, in single quotes, for people to copy. What `escape_for_terminal` escapes
/// is escaped here too: a name with such bytes is shown safely, and does not work as a command.
[[nodiscard]] JACKFIELD_API std::string quote_for_shell(std::string_view text);

} // namespace jackfield
