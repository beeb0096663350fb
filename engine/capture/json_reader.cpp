#include "capture/json_reader.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace jackfield {
namespace {

bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// RFC 8259 section 6.
bool is_number(std::string_view text)
{
    const auto digits = [&] {
        const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
        text.remove_prefix(count);
        return count;
    };
    if (text.starts_with('-'))
        text.remove_prefix(1);
    const bool zero = text.starts_with('0');
    const std::size_t whole = digits();
    if (whole == 0 || (zero && whole > 1))
        return false;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        if (digits() == 0)
            return false;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        if (text.starts_with('+') || text.starts_with('-'))
            text.remove_prefix(1);
        if (digits() == 0)
            return false;
    }
    return text.empty();
}

} // namespace

void JsonReader::begin_again()
{
    state_ = State::value;
    levels_.clear();
    problem_.clear();
    surrogate_ = 0;
}

bool JsonReader::fail(std::string_view what)
{
    state_ = State::failed;
    problem_ = what;
    return false;
}

bool JsonReader::feed(std::string_view bytes)
{
    while (!bytes.empty() && state_ != State::failed) {
        if (state_ == State::string) {
            const std::size_t taken = take_string(bytes);
            bytes.remove_prefix(taken);
            offset_ += taken;
            continue;
        }
        if (!take(bytes.front()))
            break;
        bytes.remove_prefix(1);
        ++offset_;
    }
    return state_ != State::failed;
}

bool JsonReader::finish()
{
    if (state_ == State::number && end_number())
        end_value();
    if (state_ == State::failed)
        return false;
    if (state_ == State::complete)
        return true;
    switch (state_) {
    case State::string:
    case State::escape:
    case State::unicode:
        return fail("it ends inside of a text");
    case State::word:
        return fail("it ends inside of a word");
    default:
        return fail(levels_.empty() ? "there is nothing" : "it ends before all brackets are closed");
    }
}

// Up to the end of the string, of a run of plain characters or of the bytes.
std::size_t JsonReader::take_string(std::string_view bytes)
{
    std::size_t run = 0;
    while (run < bytes.size() && bytes[run] != '"' && bytes[run] != '\\'
        && static_cast<unsigned char>(bytes[run]) >= 0x20)
        ++run;
    const std::string_view text = bytes.substr(0, run);
    const Utf8Validator before = validator_;
    if (!validator_.feed(as_bytes(text))) {
        Utf8Validator slow = before;
        std::size_t good = 0;
        while (good < run && slow.feed_plain(as_bytes(text.substr(good, 1))))
            ++good;
        fail("a byte that is not UTF-8");
        return good;
    }
    if (run > 0) {
        drop_surrogate();
        piece(text);
    }
    if (run == bytes.size() || state_ == State::failed)
        return run;
    if (!validator_.is_complete()) {
        fail("a character that is not complete in UTF-8");
        return run;
    }
    if (bytes[run] == '"') {
        end_string();
    } else if (bytes[run] == '\\') {
        state_ = State::escape;
    } else {
        fail("a control character inside of a text");
        return run;
    }
    return state_ == State::failed ? run : run + 1;
}

bool JsonReader::take(char c)
{
    switch (state_) {
    case State::escape:
        return take_escape(c);
    case State::unicode:
        return take_unicode(c);
    case State::number:
        if (is_digit(c) || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E') {
            if (text_.size() == limits_.number)
                return fail("a number of more than " + std::to_string(limits_.number) + " characters");
            text_ += c;
            return true;
        }
        if (!end_number())
            return false;
        end_value();
        return state_ != State::failed && take(c);
    case State::word: {
        text_ += c;
        constexpr std::string_view words[] = {"null", "false", "true"};
        for (std::size_t i = 0; i < std::size(words); ++i) {
            if (words[i] == text_) {
                receiver_.word(static_cast<Word>(i));
                end_value();
                return state_ != State::failed;
            }
            if (words[i].starts_with(text_))
                return true;
        }
        return fail("a word that is none of true, false and null");
    }
    default:
        break;
    }
    if (is_blank(c))
        return true;
    switch (state_) {
    case State::value_or_end:
        if (c == ']')
            return close(true);
        return begin_value(c);
    case State::value:
        return begin_value(c);
    case State::key_or_end:
        if (c == '}')
            return close(false);
        [[fallthrough]];
    case State::key:
        if (c != '"')
            return fail("something else where a name in quotes has to be");
        begin_string(true);
        return true;
    case State::colon:
        if (c != ':')
            return fail("no colon behind a name");
        state_ = State::value;
        return true;
    case State::comma_or_end:
        if (c == ',') {
            state_ = levels_.back() ? State::value : State::key;
            return true;
        }
        if (c == (levels_.back() ? ']' : '}'))
            return close(levels_.back());
        return fail("neither a comma nor the closing bracket behind a value");
    default:
        return fail("something behind the end");
    }
}

bool JsonReader::begin_value(char c)
{
    if (c == '{' || c == '[')
        return open(c == '[');
    if (c == '"') {
        begin_string(false);
        return state_ != State::failed;
    }
    text_.assign(1, c);
    if (c == '-' || is_digit(c)) {
        state_ = State::number;
        return true;
    }
    if (c == 'n' || c == 'f' || c == 't') {
        state_ = State::word;
        return true;
    }
    return fail("something that begins no value");
}

bool JsonReader::open(bool is_array)
{
    if (levels_.size() == limits_.depth)
        return fail("brackets nested too deep");
    levels_.push_back(is_array);
    state_ = is_array ? State::value_or_end : State::key_or_end;
    receiver_.begins(is_array);
    return state_ != State::failed;
}

bool JsonReader::close(bool is_array)
{
    levels_.pop_back();
    receiver_.ends(is_array);
    end_value();
    return state_ != State::failed;
}

void JsonReader::end_value()
{
    if (state_ != State::failed)
        state_ = levels_.empty() ? State::complete : State::comma_or_end;
}

void JsonReader::begin_string(bool is_key)
{
    is_key_ = is_key;
    text_.clear();
    validator_.reset();
    surrogate_ = 0;
    state_ = State::string;
    if (!is_key)
        receiver_.string_begins();
}

void JsonReader::end_string()
{
    drop_surrogate();
    if (is_key_) {
        state_ = State::colon;
        receiver_.key(text_);
        return;
    }
    receiver_.string_ends();
    end_value();
}

bool JsonReader::take_escape(char c)
{
    if (c == 'u') {
        state_ = State::unicode;
        unicode_ = 0;
        digits_ = 0;
        return true;
    }
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
    const std::size_t index = letters.find(c);
    if (index == std::string_view::npos)
        return fail("an unknown escape");
    drop_surrogate();
    piece(meant.substr(index, 1));
    if (state_ != State::failed)
        state_ = State::string;
    return state_ != State::failed;
}

bool JsonReader::take_unicode(char c)
{
    const char lower = static_cast<char>(c | 0x20);
    if (!is_digit(c) && (lower < 'a' || lower > 'f'))
        return fail("an escape without four hexadecimal digits");
    unicode_ = unicode_ << 4U | static_cast<unsigned>(is_digit(c) ? c - '0' : lower - 'a' + 10);
    if (++digits_ < 4)
        return true;
    state_ = State::string;
    const bool second = unicode_ >= 0xdc00 && unicode_ <= 0xdfff;
    if (second && surrogate_ != 0) {
        const unsigned first = std::exchange(surrogate_, 0U);
        character(0x10000 + ((first - 0xd800) << 10U) + (unicode_ - 0xdc00));
        return state_ != State::failed;
    }
    drop_surrogate();
    if (second)
        character(0xfffd);
    else if (unicode_ >= 0xd800 && unicode_ <= 0xdbff)
        surrogate_ = unicode_;
    else
        character(unicode_);
    return state_ != State::failed;
}

void JsonReader::drop_surrogate()
{
    if (std::exchange(surrogate_, 0U) != 0)
        character(0xfffd);
}

void JsonReader::character(unsigned code_point)
{
    std::string utf8;
    const auto add = [&](unsigned byte) { utf8 += static_cast<char>(byte); };
    const auto tail = [&](unsigned shift) { add(0x80U | (code_point >> shift & 0x3fU)); };
    if (code_point < 0x80) {
        add(code_point);
    } else if (code_point < 0x800) {
        add(0xc0U | code_point >> 6U);
        tail(0);
    } else if (code_point < 0x10000) {
        add(0xe0U | code_point >> 12U);
        tail(6);
        tail(0);
    } else {
        add(0xf0U | code_point >> 18U);
        tail(12);
        tail(6);
        tail(0);
    }
    piece(utf8);
}

void JsonReader::piece(std::string_view utf8)
{
    if (is_key_)
        text_.append(utf8.substr(0, limits_.key - text_.size()));
    else
        receiver_.string_piece(utf8);
}

bool JsonReader::end_number()
{
    if (!is_number(text_))
        return fail("a number that is none");
    receiver_.number(text_);
    return state_ != State::failed;
}

} // namespace jackfield
