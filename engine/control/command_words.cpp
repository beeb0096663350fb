#include "control/command_words.h"

#include "base/text.h"
#include "base/utf8.h"

#include "jackfield/character.h"
#include "jackfield/escape.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <limits>

namespace jackfield {
namespace {

bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

std::size_t blanks_at_start(std::string_view text)
{
    const std::size_t count = text.find_first_not_of(" \t");
    return count == std::string_view::npos ? text.size() : count;
}

std::optional<std::uint32_t> parse_hex(std::string_view digits)
{
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

// Reads what follows a backslash, which is already taken. Returns how many characters that was; 0 for no
// known escape.
std::size_t read_escape(std::string_view text, std::string& out)
{
    if (text.empty())
        return 0;
    switch (text.front()) {
    case '"':
    case '\\':
        out += text.front();
        return 1;
    case 'n':
        out += '\n';
        return 1;
    case 'r':
        out += '\r';
        return 1;
    case 't':
        out += '\t';
        return 1;
    case 'x': {
        const auto value = text.size() < 3 ? std::nullopt : parse_hex(text.substr(1, 2));
        if (!value)
            return 0;
        out += static_cast<char>(static_cast<unsigned char>(*value));
        return 3;
    }
    case 'u': {
        const std::size_t end = text.find('}');
        if (!text.starts_with("u{") || end == std::string_view::npos)
            return 0;
        const auto value = parse_hex(text.substr(2, end - 2));
        if (!value || *value > 0x10ffff || (*value >= 0xd800 && *value <= 0xdfff))
            return 0;
        append_character(out, *value);
        return end + 1;
    }
    default:
        return 0;
    }
}

} // namespace

bool CommandWord::is(std::string_view keyword) const
{
    return !has_quotes && equal_ignoring_case(text, keyword);
}

std::size_t CommandWord::find_bare(char c) const
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == c && quoted[i] == '0')
            return i;
    }
    return std::string::npos;
}

CommandWord CommandWord::from(std::size_t position) const
{
    CommandWord part;
    part.text = text.substr(position);
    part.quoted = quoted.substr(position);
    part.has_quotes = has_quotes;
    return part;
}

CommandLineReader::CommandLineReader(std::string_view line)
    : rest_(line)
{
    while (!rest_.empty() && (rest_.back() == '\n' || rest_.back() == '\r'))
        rest_.remove_suffix(1);
    rest_.remove_prefix(blanks_at_start(rest_));
}

Result<CommandWord> CommandLineReader::next()
{
    CommandWord word;
    bool inside = false;
    std::size_t i = 0;
    while (i < rest_.size() && (inside || !is_blank(rest_[i]))) {
        const char c = rest_[i++];
        if (c == '"') {
            inside = !inside;
            word.has_quotes = true;
        } else if (c == '\\' && inside) {
            const std::size_t taken = read_escape(rest_.substr(i), word.text);
            if (taken == 0)
                return fail(ErrorCode::malformed,
                    "between quotes a backslash stands before \", \\, n, r, t, xNN or u{N}, not before \""
                        + escape_for_terminal(rest_.substr(i), 8) + "\"");
            i += taken;
        } else {
            word.text += c;
        }
        word.quoted.resize(word.text.size(), inside ? '1' : '0');
    }
    if (inside)
        return fail(ErrorCode::malformed,
            "the closing quote is missing; a quote inside of quotes is written as \\\"");
    rest_.remove_prefix(i);
    rest_.remove_prefix(blanks_at_start(rest_));
    return word;
}

std::optional<CommandWord> CommandLineReader::peek() const
{
    if (at_end())
        return std::nullopt;
    CommandLineReader copy = *this;
    auto word = copy.next();
    return word ? std::optional(std::move(*word)) : std::nullopt;
}

bool is_printable(std::string_view text)
{
    return escape_for_terminal(text, std::numeric_limits<std::size_t>::max()) == text;
}

std::string quote(std::string_view text)
{
    std::string out = "\"";
    const bool valid = is_valid_utf8(text);
    while (!text.empty()) {
        const char c = text.front();
        const auto byte = static_cast<unsigned char>(c);
        // A character with all of its bytes; a single byte where the text is no UTF-8.
        std::size_t length = 1;
        while (valid && byte >= 0xc0 && length < text.size()
            && (static_cast<unsigned char>(text[length]) & 0xc0U) == 0x80U)
            ++length;
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else {
            // Its escapes are the ones that the reader knows.
            out += escape_for_terminal(text.substr(0, length));
        }
        text.remove_prefix(length);
    }
    out += '"';
    return out;
}

std::string as_word(std::string_view text)
{
    const bool bare = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7f && c != '"'
            && c != '\\';
    });
    return bare ? std::string(text) : quote(text);
}

} // namespace jackfield
