#pragma once

#include "base/byte_buffer.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jackfield::fallback {

/// What is wrong with a body of messages.
enum class BodyError : std::uint8_t { empty, broken };
/// The protocol's own words: "Payload expected.", "Broken JSON encoding.".
[[nodiscard]] std::string_view sentence_of(BodyError error);

enum class BodyForm : std::uint8_t {
    array, ///< an array of strings: a request's body
    array_or_string ///< or one string: a text message of a WebSocket
};

/// How many messages a body held, or what is wrong with it.
struct ReadBody {
    std::size_t messages = 0;
    std::optional<BodyError> error;
};

/// Reads the messages of `body`, which is JSON, and appends them to `records` (append_record) as UTF-8; nothing
/// is appended of a body with an error. Anything but strings ends the reading where it stands, so neither depth
/// nor size of a body matter; bytes that are no UTF-8 and surrogates without their other half are broken. Takes
/// memory in proportion to the body. Throws std::bad_alloc, with `records` unchanged.
[[nodiscard]] ReadBody read_messages(std::string_view body, ByteBuffer& records, BodyForm form = BodyForm::array);

/// Appends valid UTF-8 as a JSON string with its quotes. Everything that browsers or proxies have been seen to
/// alter is escaped: control characters, U+200C-U+200F, U+2028-U+202F, U+2060-U+206F and U+FFF0-U+FFFF.
void append_json_text(ByteBuffer& out, std::string_view utf8);

/// Appends `c[3000,"Go away!"]`; `reason` is valid UTF-8.
void append_close_frame(ByteBuffer& out, std::uint16_t code, std::string_view reason);

/// Appends a frame as a string for JavaScript, in a script of its own or inside a page: as `append_json_text`,
/// and without any "<", so that "</script>" cannot end the script.
void append_script_text(ByteBuffer& out, std::string_view frame);

/// True for what may stand as a callback's name in front of a script's parenthesis: 1 to 128 ASCII letters,
/// digits, "_" and ".".
[[nodiscard]] bool is_callback_name(std::string_view name);

/// The value of the first field `name` of a query or of a body of type application/x-www-form-urlencoded, decoded:
/// "+" is a blank, "%41" is "A", and a "%" without two hexadecimal digits stands for itself (URL Standard,
/// section 5.1). nullopt: there is no such field. The value may be any bytes.
[[nodiscard]] std::optional<std::string> form_field(std::string_view form, std::string_view name);

} // namespace jackfield::fallback
