#include "ui/text/json_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

namespace jackfield::ui {

namespace {

/// Takes everything in and keeps nothing but the place of the first mistake.
class Checker : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit Checker(const std::function<bool()>& stop)
        : shouldStop(&stop)
    { }
    bool null() override { return more(); }
    bool boolean(bool /*value*/) override { return more(); }
    bool number_integer(number_integer_t /*value*/) override { return more(); }
    bool number_unsigned(number_unsigned_t /*value*/) override { return more(); }
    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return more(); }
    bool string(string_t& /*value*/) override { return more(); }
    bool binary(binary_t& /*value*/) override { return true; }
    bool start_object(std::size_t /*elements*/) override { return deeper(); }
    bool key(string_t& /*name*/) override { return more(); }
    bool end_object() override { return higher(); }
    bool start_array(std::size_t /*elements*/) override { return deeper(); }
    bool end_array() override { return higher(); }
    bool parse_error(std::size_t position, const std::string& /*lastToken*/,
        const nlohmann::detail::exception& error) override
    {
        constexpr int numberOutOfRange = 406;
        hasHugeNumber = error.id == numberOutOfRange;
        at = static_cast<qsizetype>(position);
        return false;
    }

    bool isTooDeep = false;
    bool hasHugeNumber = false;
    bool isStopped = false;
    qsizetype at = 0;

private:
    bool more()
    {
        isStopped = isStopped || (++events % 1'024 == 0 && *shouldStop && (*shouldStop)());
        return !isStopped;
    }
    bool deeper()
    {
        isTooDeep = isTooDeep || ++depth > maxJsonDepth;
        return !isTooDeep && more();
    }
    bool higher()
    {
        --depth;
        return true;
    }

    const std::function<bool()>* shouldStop;
    int depth = 0;
    int events = 0;
};

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

qsizetype firstOf(const QByteArray& utf8)
{
    qsizetype first = 0;
    while (first < utf8.size() && isBlank(utf8[first]))
        ++first;
    return first;
}

/// Offset behind the string that begins at `start`.
qsizetype endOfString(const QByteArray& utf8, qsizetype start)
{
    qsizetype i = start + 1;
    while (i < utf8.size() && utf8[i] != '"')
        i += utf8[i] == '\\' ? 2 : 1;
    return std::min(i + 1, utf8.size());
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// The unit of an escape `\uXXXX` at `at`; 0 where there is none.
unsigned escapedUnit(const QByteArray& utf8, qsizetype at)
{
    if (at + 6 > utf8.size() || utf8[at] != '\\' || utf8[at + 1] != 'u')
        return 0;
    bool isHex = false;
    const unsigned unit = utf8.mid(at + 2, 4).toUInt(&isHex, 16);
    return isHex ? unit : 0;
}

/// A text of the same length in which the escape of a half of a surrogate pair without the other, which the
/// parser refuses, is that of U+FFFD.
QByteArray withoutLoneSurrogates(QByteArray utf8)
{
    const auto isFirst = [](unsigned unit) { return unit >= 0xD800 && unit <= 0xDBFF; };
    const auto isSecond = [](unsigned unit) { return unit >= 0xDC00 && unit <= 0xDFFF; };
    for (qsizetype i = utf8.indexOf('\\'); i >= 0 && i < utf8.size(); i = utf8.indexOf('\\', i)) {
        const unsigned unit = escapedUnit(utf8, i);
        if (isFirst(unit) && isSecond(escapedUnit(utf8, i + 6))) {
            i += 12;
        } else if (isFirst(unit) || isSecond(unit)) {
            utf8.replace(i, 6, "\\ufffd");
            i += 6;
        } else {
            i += 2;
        }
    }
    return utf8;
}

/// A text of the same length in which no number is larger than a double: the digits of every exponent are
/// zeros, and a whole part of hundreds of digits is a fraction.
QByteArray withoutHugeNumbers(QByteArray utf8)
{
    constexpr qsizetype digitsOfDoubles = 300;
    for (qsizetype i = 0; i < utf8.size();) {
        if (utf8[i] == '"') {
            i = endOfString(utf8, i);
            continue;
        }
        if (!isDigit(utf8[i])) {
            ++i;
            continue;
        }
        const qsizetype start = i;
        const auto skipDigits = [&] {
            while (i < utf8.size() && isDigit(utf8[i]))
                ++i;
        };
        skipDigits();
        const bool isHuge = i - start > digitsOfDoubles && utf8[start] != '0';
        if (i + 1 < utf8.size() && utf8[i] == '.' && isDigit(utf8[i + 1])) {
            if (isHuge)
                utf8[i] = '0';
            ++i;
            skipDigits();
        }
        if (isHuge)
            utf8[start + 1] = '.';
        if (i == utf8.size() || (utf8[i] != 'e' && utf8[i] != 'E'))
            continue;
        ++i;
        if (i < utf8.size() && (utf8[i] == '+' || utf8[i] == '-'))
            ++i;
        for (; i < utf8.size() && isDigit(utf8[i]); ++i)
            utf8[i] = '0';
    }
    return utf8;
}

void place(JsonCheck& check, const QByteArray& utf8)
{
    const qsizetype start = check.at == 0 ? 0 : utf8.lastIndexOf('\n', check.at - 1) + 1;
    check.line = 1 + static_cast<int>(std::count(utf8.begin(), utf8.begin() + check.at, '\n'));
    const auto isLead = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    check.column = 1 + static_cast<int>(std::count_if(utf8.begin() + start, utf8.begin() + check.at, isLead));
}

} // namespace

JsonCheck checkJson(const QByteArray& utf8, const std::function<bool()>& stop)
{
    JsonCheck check;
    const qsizetype first = firstOf(utf8);
    if (first == utf8.size() || (utf8[first] != '{' && utf8[first] != '['))
        return check;
    if (utf8.size() > maxJsonBytes) {
        check.verdict = JsonCheck::Verdict::tooLarge;
        return check;
    }
    if (stop && stop()) {
        check.verdict = JsonCheck::Verdict::tooSlow;
        return check;
    }
    // The parser takes a NUL for the end.
    if (const qsizetype nul = utf8.indexOf('\0'); nul >= 0) {
        check.verdict = JsonCheck::Verdict::mistake;
        check.at = nul;
        place(check, utf8);
        return check;
    }
    // Both are right JSON, and the parser would not look at the rest.
    QByteArray text = withoutLoneSurrogates(utf8);
    Checker checker(stop);
    bool good = nlohmann::json::sax_parse(text.cbegin(), text.cend(), &checker);
    if (checker.hasHugeNumber) {
        text = withoutHugeNumbers(text);
        checker = Checker(stop);
        good = nlohmann::json::sax_parse(text.cbegin(), text.cend(), &checker);
    }
    if (good) {
        check.verdict = JsonCheck::Verdict::valid;
        return check;
    }
    if (checker.isStopped) {
        check.verdict = JsonCheck::Verdict::tooSlow;
        return check;
    }
    if (checker.isTooDeep) {
        check.verdict = JsonCheck::Verdict::tooDeep;
        return check;
    }
    check.verdict = JsonCheck::Verdict::mistake;
    check.at = std::clamp<qsizetype>(checker.at - 1, 0, utf8.size());
    place(check, utf8);
    return check;
}

std::string jsonString(std::string_view withQuotes)
{
    const QByteArray text = withoutLoneSurrogates(
        QByteArray::fromRawData(withQuotes.data(), static_cast<qsizetype>(withQuotes.size())));
    const auto value = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    return value.is_string() ? value.get<std::string>() : std::string();
}

QByteArray formatJson(const QByteArray& utf8)
{
    QByteArray out;
    out.reserve(utf8.size() + utf8.size() / 2);
    int depth = 0;
    const auto newLine = [&] {
        out += '\n';
        out += QByteArray(depth * 2, ' ');
    };
    const auto next = [&](qsizetype from) {
        while (from < utf8.size() && isBlank(utf8[from]))
            ++from;
        return from;
    };
    for (qsizetype i = next(0); i < utf8.size(); i = next(i)) {
        const char c = utf8[i];
        if (c == '"') {
            const qsizetype end = endOfString(utf8, i);
            out += utf8.mid(i, end - i);
            i = end;
            continue;
        }
        ++i;
        if (c == '{' || c == '[') {
            out += c;
            const qsizetype behind = next(i);
            if (behind < utf8.size() && (utf8[behind] == '}' || utf8[behind] == ']')) {
                out += utf8[behind];
                i = behind + 1;
            } else {
                ++depth;
                newLine();
            }
        } else if (c == '}' || c == ']') {
            depth = std::max(depth - 1, 0);
            newLine();
            out += c;
        } else if (c == ',') {
            out += c;
            newLine();
        } else if (c == ':') {
            out += ": ";
        } else {
            out += c;
        }
    }
    return out;
}

std::vector<JsonToken> jsonTokens(const QString& line, int maxChars)
{
    std::vector<JsonToken> tokens;
    const int size = static_cast<int>(std::min<qsizetype>(line.size(), maxChars));
    const auto isWordPart = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'.'
            || c == u'+' || c == u'-';
    };
    int i = 0;
    while (i < size) {
        const QChar c = line[i];
        const int start = i;
        if (c == u'"') {
            ++i;
            while (i < size && line[i] != u'"')
                i += line[i] == u'\\' ? 2 : 1;
            i = std::min(i + 1, size);
            int behind = i;
            while (behind < size && line[behind].isSpace())
                ++behind;
            const bool isKey = behind < size && line[behind] == u':';
            tokens.push_back({start, i - start, isKey ? JsonToken::Kind::key : JsonToken::Kind::string});
        } else if (isWordPart(c)) {
            while (i < size && isWordPart(line[i]))
                ++i;
            const bool isNumber = c == u'-' || c.isDigit();
            tokens.push_back({start, i - start, isNumber ? JsonToken::Kind::number : JsonToken::Kind::word});
        } else {
            ++i;
        }
    }
    return tokens;
}

} // namespace jackfield::ui
