#pragma once

#include <string>
#include <string_view>

namespace jackfield::app {

/// A command that came as JSON, as the line of the command language that does the same.
struct JsonCommand {
    std::string line;
    std::string id; ///< its "id" as JSON text, to be echoed in the result; empty: none
    std::string problem; ///< a sentence without a full stop; not empty: there is no line
};

/// Reads one JSON object:
///   {"run": "send #3 hello"}                            any line of the command language, as it stands
///   {"command": "send", "to": 3, "text": "hello"}       or its parts, which are quoted as the language has
///   it
/// with an "id" (a string or a number) if one likes. The parts, in the order in which they become a line:
/// "command" (a verb), "to" (a number, several in an array, or a text such as "all" or "#3"), "code" (a
/// number), "args" (an array of texts and numbers), then one of "text", "base64" (a binary payload) or
/// "reason". Total: what is wrong is told in `problem`, with the id as far as it could be read.
[[nodiscard]] JsonCommand read_json_command(std::string_view text);

} // namespace jackfield::app
