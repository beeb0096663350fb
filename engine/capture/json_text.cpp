#include "capture/json_text.h"

#include "base/character.h"
#include "base/digest.h"
#include "base/utf8.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace jackfield {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

template <class Number>
void append_number(std::string& out, Number value)
{
    std::array<char, 24> digits; // NOLINT: filled by to_chars
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

// Whether a byte can stand in a JSON string as it is. Characters that deceive a reader, or that some readers take for line
// ends, begin with one of the few that are listed, or have four bytes.
constexpr auto plain_bytes = [] {
    std::array<bool, 256> plain{};
    for (std::size_t i = 0x20; i < 0xf0; ++i)
        plain[i] = i != '"' && i != '\\' && i != 0x7f && i != 0xc2 && i != 0xd8 && i != 0xe1 && i != 0xe2 && i != 0xef;
    return plain;
}();

void append_escape(std::string& out, unsigned value)
{
    out += "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U})
        out += hex_digits[value >> shift & 0xfU];
}

} // namespace

void append_json_string(std::string& out, std::string_view utf8)
{
    out += '"';
    std::size_t plain_from = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (plain_bytes[byte])
            continue;
        const Character character = first_character(utf8.substr(i));
        if (character.length == 0)
            continue; // no UTF-8 at all: as it came
        if (byte >= 0x80 && !deceives(character.code)) {
            i += character.length - 1;
            continue;
        }
        out.append(utf8, plain_from, i - plain_from);
        switch (byte) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (character.code >= 0x10000) {
                append_escape(out, 0xd800 + ((character.code - 0x10000) >> 10U));
                append_escape(out, 0xdc00 + (character.code & 0x3ffU));
            } else {
                append_escape(out, character.code);
            }
            i += character.length - 1;
        }
        plain_from = i + 1;
    }
    out.append(utf8, plain_from);
    out += '"';
}

void append_base64(std::string& out, std::span<const std::byte> bytes)
{
    constexpr std::size_t at_once = std::size_t{48} << 10U; // a multiple of three: no padding between
    out.reserve(out.size() + (bytes.size() + 2) / 3 * 4);
    while (!bytes.empty()) {
        const std::size_t size = std::min(at_once, bytes.size());
        out += encode_base64(bytes.first(size));
        bytes = bytes.subspan(size);
    }
}

void append_seconds(std::string& out, std::int64_t unix_ns)
{
    constexpr std::uint64_t billion = 1'000'000'000;
    const auto magnitude
        = unix_ns < 0 ? 0 - static_cast<std::uint64_t>(unix_ns) : static_cast<std::uint64_t>(unix_ns);
    if (unix_ns < 0)
        out += '-';
    append_number(out, magnitude / billion);
    out += '.';
    // The one in front keeps the leading zeros and is taken away again.
    const std::size_t at = out.size();
    append_number(out, billion + magnitude % billion);
    out.erase(at, 1);
}

std::string replaced_utf8(std::string_view bytes)
{
    if (is_valid_utf8(bytes))
        return std::string(bytes);
    std::string out;
    while (!bytes.empty()) {
        std::size_t length = 1;
        while (length <= std::min<std::size_t>(4, bytes.size()) && !is_valid_utf8(bytes.substr(0, length)))
            ++length;
        if (length > 4 || length > bytes.size()) {
            out += "\xef\xbf\xbd";
            length = 1;
        } else {
            out += bytes.substr(0, length);
        }
        bytes.remove_prefix(length);
    }
    return out;
}

std::string& JsonObjectWriter::field(std::string_view name)
{
    if (!first_)
        out_ += ',';
    first_ = false;
    out_ += '"';
    out_ += name;
    out_ += "\":";
    return out_;
}

void JsonObjectWriter::number(std::string_view name, std::uint64_t value)
{
    append_number(field(name), value);
}

void JsonObjectWriter::truth(std::string_view name, bool value)
{
    field(name) += value ? "true" : "false";
}

void JsonObjectWriter::peer_text(std::string_view name, std::string_view bytes)
{
    if (is_valid_utf8(bytes)) {
        append_json_string(field(name), bytes);
        return;
    }
    out_ += first_ ? "\"" : ",\"";
    first_ = false;
    out_ += name;
    out_ += "Base64\":\"";
    append_base64(out_, as_bytes(bytes));
    out_ += '"';
}

} // namespace jackfield
