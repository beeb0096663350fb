#pragma once

#include "jackfield/composed_message.h"
#include "jackfield/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

inline constexpr std::uint64_t largest_template_file = 64U << 20U;
inline constexpr std::size_t most_remembered_messages = 100;
inline constexpr std::uint64_t largest_remembered_message = 64U
    << 10U; ///< bytes it holds; larger ones are not remembered
inline constexpr std::uint64_t most_remembered_bytes = 1U << 20U; ///< of all; the oldest give way

/// Reads the text of a file of templates, or of the part of a project file that holds them:
/// `{"jackfield":1,"templates":[{"folder":"Prices","templates":[...]},{"name":"Subscribe","kind":"text","text":"{...}"}]}`.
/// A template has `kind` (text, binary, ping, pong, close, raw), its content as `text` or `base64` (text,
/// binary, ping, pong), as `code` and `reason` (close) or as `raw`, in the words of the command `raw`;
/// `fragments` (a number of frames, or an object with `size` or `sizes`), `key` (1 to 9) and `send_at_once`
/// where they are not the usual ones. Total: what cannot be used is left out, with one sentence in `notices`.
/// Errors: malformed when the text as a whole is no JSON object, or is nested more than 64 deep.
[[nodiscard]] Result<std::vector<TemplateNode>> parse_templates(
    std::string_view text, std::vector<std::string>& notices);
/// The text of such a file: known members in a stable order, then those that Jackfield does not know, of each
/// template and of `previous` (the file as it was; may be empty or malformed).
[[nodiscard]] std::string format_templates(
    const std::vector<TemplateNode>& templates, std::string_view previous);

/// Reads the messages that were sent before, oldest first:
/// `{"jackfield":1,"sent":[{"kind":"text","text":"hello"}]}`. What cannot be used is left out. Errors: as
/// parse_templates.
[[nodiscard]] Result<std::vector<ComposedMessage>> parse_sent(std::string_view text);
/// The text of such a file, with the newest messages that fit the bounds above.
[[nodiscard]] std::string format_sent(const std::vector<ComposedMessage>& sent);

} // namespace jackfield::app
