#include "app/terminal/json_command.h"

#include "app/shared/json_document.h"

#include "jackfield/escape.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

namespace jackfield::app {
namespace {

constexpr int deepest = 4;
constexpr std::array<std::string_view, 9> fields{
    "id", "run", "command", "to", "code", "args", "text", "base64", "reason"};
constexpr std::string_view shape
    = R"(write {"run":"send #3 hello"} or {"command":"send","to":3,"text":"hello"})";

// As the command language reads it back; every control character by an escape, so that it stays one line.
std::string quote(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            out += "\\x";
            out += "0123456789abcdef"[byte >> 4U];
            out += "0123456789abcdef"[byte & 0xfU];
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string as_word(const std::string& text)
{
    const bool bare = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c > ' ' && c < '\x7f' && c != '"' && c != '\\';
    });
    return bare ? text : quote(text);
}

/// RFC 4648 section 4, padded, without anything between.
std::optional<std::string> hex_of_base64(std::string_view text)
{
    static constexpr std::string_view alphabet
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (text.size() % 4 != 0)
        return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    text.remove_suffix(padding);
    std::string hex;
    hex.reserve(text.size() / 4 * 6 + 6);
    unsigned bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos)
            return std::nullopt;
        bits = bits << 6U | static_cast<unsigned>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            const unsigned byte = bits >> count & 0xffU;
            hex += "0123456789abcdef"[byte >> 4U];
            hex += "0123456789abcdef"[byte & 0xfU];
        }
        bits &= (1U << count) - 1U;
    }
    if (bits != 0) // what is left of the last character says nothing
        return std::nullopt;
    return hex;
}

std::optional<std::string> target_of(const Json& to)
{
    if (to.is_number_unsigned())
        return "#" + std::to_string(to.get<std::uint64_t>());
    if (to.is_string())
        return to.get_ref<const std::string&>();
    if (!to.is_array() || to.empty())
        return std::nullopt;
    std::string text;
    for (const Json& each : to) {
        if (!each.is_number_unsigned())
            return std::nullopt;
        text += (text.empty() ? "#" : ",#") + std::to_string(each.get<std::uint64_t>());
    }
    return text;
}

bool is_verb(const std::string& text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
}

/// Puts `line` together out of the parts; gives back what is wrong.
std::string compose(const Json& json, std::string& line)
{
    if (!json["command"].is_string() || !is_verb(json["command"].get_ref<const std::string&>()))
        return "\"command\" is a verb such as \"send\"";
    line = json["command"].get<std::string>();
    if (json.contains("to")) {
        const auto target = target_of(json["to"]);
        // A text stands as it is, as in "all-but #3"; what would break the line is refused by the language.
        if (!target || target->empty())
            return R"("to" is a number, an array of numbers, or a text such as "all" or "#3")";
        line += " " + *target;
    }
    if (json.contains("code")) {
        if (!json["code"].is_number_unsigned())
            return "\"code\" is a number";
        line += " " + std::to_string(json["code"].get<std::uint64_t>());
    }
    if (json.contains("args")) {
        if (!json["args"].is_array())
            return "\"args\" is an array of texts and numbers";
        for (const Json& each : json["args"]) {
            if (each.is_string())
                line += " " + as_word(each.get_ref<const std::string&>());
            else if (each.is_number_integer())
                line += " " + each.dump();
            else
                return "\"args\" is an array of texts and numbers";
        }
    }
    const auto payloads = std::count_if(fields.begin() + 6, fields.end(),
        [&json](std::string_view name) { return json.contains(std::string(name)); });
    if (payloads > 1)
        return "one of \"text\", \"base64\" and \"reason\" is enough";
    for (const char* name : {"text", "reason"}) {
        if (!json.contains(name))
            continue;
        if (!json[name].is_string())
            return "\"" + std::string(name) + "\" is a text";
        line += " " + quote(json[name].get_ref<const std::string&>());
    }
    if (json.contains("base64")) {
        const auto hex = json["base64"].is_string()
            ? hex_of_base64(json["base64"].get_ref<const std::string&>())
            : std::nullopt;
        if (!hex)
            return "\"base64\" is a text in base64 with its padding, as in \"AP8=\"";
        line += " hex:" + *hex;
    }
    return {};
}

} // namespace

JsonCommand read_json_command(std::string_view text)
{
    JsonCommand command;
    JsonOddities oddities;
    const auto read = parse_json_document(text, deepest, &oddities);
    if (!read) {
        command.problem = read.error().message() + "; " + std::string(shape);
        return command;
    }
    const Json& json = *read;
    if (json.contains("id")) {
        if (!json["id"].is_string() && !json["id"].is_number()) {
            command.problem = "\"id\" is a text or a number";
            return command;
        }
        command.id = json["id"].dump(-1, ' ', true, Json::error_handler_t::replace);
    }
    if (!oddities.repeated.empty()) {
        command.problem = "\"" + escape_for_terminal(oddities.repeated, 64) + "\" stands there twice";
        return command;
    }
    for (const auto& [name, value] : json.items()) {
        if (std::find(fields.begin(), fields.end(), name) == fields.end()) {
            command.problem
                = "there is no field \"" + escape_for_terminal(name, 64) + "\"; " + std::string(shape);
            return command;
        }
    }
    if (json.contains("run") == json.contains("command")) {
        command.problem = "it is either \"run\" or \"command\"; " + std::string(shape);
        return command;
    }
    std::string line;
    if (json.contains("run")) {
        if (json.size() > (json.contains("id") ? 2U : 1U))
            command.problem = "beside \"run\" stands nothing but \"id\"";
        else if (!json["run"].is_string())
            command.problem = "\"run\" is a text";
        else
            line = json["run"].get<std::string>();
    } else {
        command.problem = compose(json, line);
    }
    if (command.problem.empty()
        && (line.find_first_of(std::string_view("\n\r\0", 3)) != std::string::npos
            || line.find_first_not_of(" \t") == std::string::npos))
        command.problem
            = "a command is one line that is not empty; a line end in a message is written as \\n between "
              "quotes";
    if (command.problem.empty() && line[line.find_first_not_of(" \t")] == '{')
        command.problem = "\"run\" is a line of the command language, and not JSON again";
    if (command.problem.empty())
        command.line = std::move(line);
    return command;
}

} // namespace jackfield::app
