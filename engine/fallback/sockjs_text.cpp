#include "fallback/sockjs_text.h"

#include "base/utf8.h"
#include "fallback/message_records.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace jackfield::fallback {

namespace {

using Json = nlohmann::json;

/// Takes the strings of one array, or one string; says false to everything else, which ends the reading.
class MessageReader final : public nlohmann::json_sax<Json> {
public:
    MessageReader(ByteBuffer& records, BodyForm form)
        : records_(records)
        , form_(form)
    { }
    [[nodiscard]] std::size_t messages() const { return messages_; }

    bool string(string_t& text) override
    {
        if (!in_array_ && form_ == BodyForm::array)
            return false;
        append_record(records_, text);
        ++messages_;
        return true;
    }
    bool start_array(std::size_t) override { return !std::exchange(in_array_, true); }
    bool end_array() override { return true; }

    bool null() override { return false; }
    bool boolean(bool) override { return false; }
    bool number_integer(number_integer_t) override { return false; }
    bool number_unsigned(number_unsigned_t) override { return false; }
    bool number_float(number_float_t, const string_t&) override { return false; }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return false; }
    bool key(string_t&) override { return false; }
    bool end_object() override { return false; }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

private:
    ByteBuffer& records_;
    BodyForm form_;
    std::size_t messages_ = 0;
    bool in_array_ = false;
};

// The first byte of what may have to be escaped: control characters, quotes, and the lead bytes of the ranges.
constexpr auto may_need_escape = [] {
    std::array<bool, 256> table{};
    for (std::size_t i = 0; i < 0x20; ++i)
        table[i] = true;
    for (const unsigned char c : {'"', '\\', '<', '\xe2', '\xef'})
        table[c] = true;
    return table;
}();

/// The character of three bytes that `rest` begins with when it is one of those that are escaped; 0 otherwise.
unsigned escaped_character(std::string_view rest)
{
    if (rest.size() < 3)
        return 0;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    const unsigned value = (byte(0) & 0xfU) << 12U | (byte(1) & 0x3fU) << 6U | (byte(2) & 0x3fU);
    const bool escaped = (value >= 0x200c && value <= 0x200f) || (value >= 0x2028 && value <= 0x202f)
        || (value >= 0x2060 && value <= 0x206f) || value >= 0xfff0;
    return escaped ? value : 0;
}

void append_unicode_escape(ByteBuffer& out, unsigned value)
{
    constexpr std::string_view digits = "0123456789abcdef";
    const std::array<char, 6> escape{'\\', 'u', digits[value >> 12U & 0xfU], digits[value >> 8U & 0xfU],
        digits[value >> 4U & 0xfU], digits[value & 0xfU]};
    out.append(std::string_view(escape.data(), escape.size()));
}

/// The letter behind the backslash; NUL where there is no short form.
char short_escape(char c)
{
    switch (c) {
    case '\b':
        return 'b';
    case '\t':
        return 't';
    case '\n':
        return 'n';
    case '\f':
        return 'f';
    case '\r':
        return 'r';
    case '"':
    case '\\':
        return c;
    default:
        return '\0';
    }
}

void append_quoted(ByteBuffer& out, std::string_view utf8, bool keeps_less_than)
{
    out.append(std::byte{'"'});
    std::size_t plain_from = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const char c = utf8[i];
        const auto byte = static_cast<unsigned char>(c);
        if (!may_need_escape[byte] || (c == '<' && keeps_less_than))
            continue;
        const unsigned long_one = byte < 0x80 ? 0 : escaped_character(utf8.substr(i));
        if (byte >= 0x80 && long_one == 0)
            continue;
        out.append(utf8.substr(plain_from, i - plain_from));
        if (const char letter = short_escape(c); letter != '\0') {
            const std::array<char, 2> escape{'\\', letter};
            out.append(std::string_view(escape.data(), escape.size()));
        } else {
            append_unicode_escape(out, long_one != 0 ? long_one : byte);
        }
        i += long_one != 0 ? 2 : 0;
        plain_from = i + 1;
    }
    out.append(utf8.substr(plain_from));
    out.append(std::byte{'"'});
}

int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decoded(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? digit_value(text[i + 1]) : -1;
        const int low = high >= 0 ? digit_value(text[i + 2]) : -1;
        if (low >= 0) {
            result += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            result += text[i] == '+' ? ' ' : text[i];
        }
    }
    return result;
}

} // namespace

std::string_view sentence_of(BodyError error)
{
    switch (error) {
    case BodyError::empty:
        return "Payload expected.";
    case BodyError::broken:
        return "Broken JSON encoding.";
    }
    return {};
}

ReadBody read_messages(std::string_view body, ByteBuffer& records, BodyForm form)
{
    if (body.empty())
        return {0, BodyError::empty};
    // The parser takes a NUL for the end.
    if (body.find('\0') != std::string_view::npos || !is_valid_utf8(body))
        return {0, BodyError::broken};
    const std::size_t before = records.size();
    MessageReader reader(records, form);
    try {
        if (Json::sax_parse(body.begin(), body.end(), &reader))
            return {reader.messages(), std::nullopt};
    } catch (...) {
        records.truncate(before);
        throw;
    }
    records.truncate(before);
    return {0, BodyError::broken};
}

void append_json_text(ByteBuffer& out, std::string_view utf8)
{
    append_quoted(out, utf8, true);
}

void append_close_frame(ByteBuffer& out, std::uint16_t code, std::string_view reason)
{
    out.append(std::string_view("c["));
    std::array<char, 5> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), code).ptr;
    out.append(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
    out.append(std::byte{','});
    append_json_text(out, reason);
    out.append(std::byte{']'});
}

void append_script_text(ByteBuffer& out, std::string_view frame)
{
    append_quoted(out, frame, false);
}

bool is_callback_name(std::string_view name)
{
    return !name.empty() && name.size() <= 128 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
}

std::optional<std::string> form_field(std::string_view form, std::string_view name)
{
    while (!form.empty()) {
        const std::size_t end = std::min(form.find('&'), form.size());
        const std::string_view field = form.substr(0, end);
        const std::size_t equals = std::min(field.find('='), field.size());
        if (decoded(field.substr(0, equals)) == name)
            return decoded(field.substr(std::min(equals + 1, field.size())));
        form.remove_prefix(std::min(end + 1, form.size()));
    }
    return std::nullopt;
}

} // namespace jackfield::fallback
