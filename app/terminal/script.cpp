#include "app/terminal/script.h"

#include "app/terminal/json_command.h"

#include "jackfield/escape.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace jackfield::app {
namespace {

constexpr std::string_view blanks = " \t\r";
constexpr std::string_view usage = "write expect connection, expect message \"text\", expect sent, expect "
                                   "close #1 4001 or expect refused, "
                                   "with within 5s at the end if you like";

std::string_view trimmed(std::string_view text)
{
    const std::size_t from = text.find_first_not_of(blanks);
    if (from == std::string_view::npos)
        return {};
    return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

bool is_word(std::string_view text, std::string_view lower)
{
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
        [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + ('a' - 'A')) : a) == b; });
}

/// Up to the next blank.
std::string_view first_word(std::string_view text)
{
    return text.substr(0, text.find_first_of(blanks));
}

std::string_view behind(std::string_view text, std::string_view word)
{
    return trimmed(text.substr(word.size()));
}

template <class Number>
std::optional<Number> number_of(std::string_view digits)
{
    Number value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

tl::unexpected<Error> wrong(std::string what)
{
    return fail(ErrorCode::malformed, std::move(what));
}

std::string quoted(std::string_view text)
{
    return "\"" + escape_for_terminal(text, 64) + "\"";
}

/// Cuts `within TIME` off the end of `text`, where it stands there. A quoted one ends in its quote and stays.
Result<void> take_limit(std::string_view& text, milliseconds& limit)
{
    const std::size_t last = text.find_last_of(blanks);
    const std::string_view time = last == std::string_view::npos ? text : text.substr(last + 1);
    if (is_word(time, "within"))
        return wrong("behind within stands a time, as in within 5s");
    if (last == std::string_view::npos)
        return {};
    const std::string_view before = trimmed(text.substr(0, last));
    const std::size_t previous = before.find_last_of(blanks);
    const std::string_view word = previous == std::string_view::npos ? before : before.substr(previous + 1);
    if (!is_word(word, "within"))
        return {};
    const auto parsed = parse_script_time(time);
    if (!parsed)
        return tl::unexpected<Error>(parsed.error());
    limit = *parsed;
    text = trimmed(before.substr(0, before.size() - word.size()));
    return {};
}

/// Takes a text between quotes off the front of `text`, with the escapes of the command language.
Result<std::string> take_quoted(std::string_view& text)
{
    if (!text.starts_with('"'))
        return wrong("behind exactly stands a text between quotes, as in exactly \"hello\"");
    std::string value;
    std::size_t i = 1;
    while (i < text.size() && text[i] != '"') {
        if (text[i] != '\\') {
            value += text[i++];
            continue;
        }
        const char kind = i + 1 < text.size() ? text[i + 1] : '\0';
        i += 2;
        unsigned byte = 0;
        switch (kind) {
        case '"':
        case '\\':
            value += kind;
            break;
        case 'n':
            value += '\n';
            break;
        case 'r':
            value += '\r';
            break;
        case 't':
            value += '\t';
            break;
        case 'x': {
            const char* from = text.data() + i;
            const char* to = text.data() + std::min(i + 2, text.size());
            if (const auto [end, error] = std::from_chars(from, to, byte, 16);
                error != std::errc() || end != from + 2)
                return wrong("\\x stands before two hexadecimal digits, as in \\x1b");
            value += static_cast<char>(static_cast<unsigned char>(byte));
            i += 2;
            break;
        }
        default:
            return wrong("between quotes a backslash stands before \", \\, n, r, t or xNN");
        }
    }
    if (i >= text.size())
        return wrong("the closing quote is missing; a quote inside of quotes is written as \\\"");
    text = text.substr(i + 1);
    if (!text.empty() && blanks.find(text.front()) == std::string_view::npos)
        return wrong("there is more behind the closing quote; a quote inside of quotes is written as \\\"");
    text = trimmed(text);
    return value;
}

FilterSubject subject_of(Expectation::Kind kind)
{
    switch (kind) {
    case Expectation::Kind::connection:
    case Expectation::Kind::close:
        return FilterSubject::connections;
    case Expectation::Kind::message:
    case Expectation::Kind::sent:
        return FilterSubject::messages;
    case Expectation::Kind::refused:
        break;
    }
    return FilterSubject::refused;
}

Result<Expectation> parse_expectation(std::string_view text)
{
    using Kind = Expectation::Kind;
    static constexpr std::array<std::pair<std::string_view, Kind>, 5> kinds{
        {{"connection", Kind::connection}, {"message", Kind::message}, {"sent", Kind::sent},
            {"close", Kind::close}, {"refused", Kind::refused}}};
    if (text.empty())
        return wrong("what is expected is missing; " + std::string(usage));
    const std::string_view word = first_word(text);
    const auto* const kind = std::find_if(
        kinds.begin(), kinds.end(), [word](const auto& each) { return is_word(word, each.first); });
    if (kind == kinds.end())
        return wrong(quoted(word) + " cannot be expected; " + std::string(usage));
    Expectation expectation;
    expectation.kind = kind->second;
    text = behind(text, word);
    if (const auto limit = take_limit(text, expectation.within); !limit)
        return tl::unexpected<Error>(limit.error());

    const std::string_view target = first_word(text);
    if (target.starts_with('#') && expectation.kind != Kind::refused) {
        expectation.connection = number_of<std::uint64_t>(target.substr(1));
        if (!expectation.connection || *expectation.connection == 0)
            return wrong(quoted(target) + " is no connection; one is written as #7");
        text = behind(text, target);
    }
    if (expectation.kind == Kind::close) {
        const std::string_view code = first_word(text);
        if (!code.empty() && code.find_first_not_of("0123456789") == std::string_view::npos) {
            expectation.code = number_of<std::uint16_t>(code);
            if (!expectation.code || *expectation.code < 1000 || *expectation.code > 4999)
                return wrong(std::string(code) + " is no close code; they go from 1000 to 4999");
            text = behind(text, code);
        }
    }
    if (const std::string_view exactly = first_word(text); is_word(exactly, "exactly")
        && (expectation.kind == Kind::message || expectation.kind == Kind::sent)) {
        text = behind(text, exactly);
        auto value = take_quoted(text);
        if (!value)
            return tl::unexpected<Error>(std::move(value.error()));
        expectation.exactly = std::move(*value);
    }
    auto filter = parse_filter(text, subject_of(expectation.kind));
    if (!filter)
        return wrong("the filter " + quoted(text) + " cannot be read: " + filter.error().message());
    expectation.filter = std::move(*filter);
    return expectation;
}

std::string time_text(milliseconds time)
{
    const auto ms = time.count();
    if (ms < 1'000 || ms % 1'000 != 0)
        return std::to_string(ms) + " ms";
    return std::to_string(ms / 1'000) + " s";
}

} // namespace

Result<milliseconds> parse_script_time(std::string_view text)
{
    static constexpr std::array<std::pair<std::string_view, std::int64_t>, 4> units{
        {{"ms", 1}, {"s", 1'000}, {"m", 60'000}, {"h", 3'600'000}}};
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto number = number_of<std::int64_t>(text.substr(0, digits));
    const auto* const unit = std::find_if(units.begin(), units.end(),
        [unit = text.substr(digits)](const auto& each) { return is_word(unit, each.first); });
    if (!number || unit == units.end())
        return wrong(quoted(text) + " is no time; write 500ms, 5s or 2m");
    if (*number > longest_wait.count() / unit->second)
        return wrong(quoted(text) + " is too long; the most is 24h");
    return milliseconds(*number * unit->second);
}

bool is_script_line(std::string_view line)
{
    const std::string_view word = first_word(trimmed(line));
    return is_word(word, "wait") || is_word(word, "expect");
}

Result<ScriptStep> parse_script_line(std::string_view line, const CommandCheck& check)
{
    ScriptStep step;
    line = trimmed(line);
    step.text = line;
    ScriptCommand command;
    command.line = line;
    if (line.starts_with('{')) {
        JsonCommand json = read_json_command(line);
        if (!json.problem.empty())
            return wrong(json.problem);
        command.line = std::move(json.line);
        step.id = std::move(json.id);
    }
    const std::string_view text = trimmed(command.line);
    const std::string_view word = first_word(text);
    if (is_word(word, "wait")) {
        const std::string_view rest = behind(text, word);
        if (rest.empty())
            return wrong("the time is missing; write wait 500ms");
        const auto time = parse_script_time(rest);
        if (!time)
            return tl::unexpected<Error>(time.error());
        step.what = ScriptWait{*time};
        return step;
    }
    if (is_word(word, "expect")) {
        auto expectation = parse_expectation(behind(text, word));
        if (!expectation)
            return tl::unexpected<Error>(std::move(expectation.error()));
        step.what = std::move(*expectation);
        return step;
    }
    if (const auto good = check(text); !good)
        return tl::unexpected<Error>(good.error());
    step.what = std::move(command);
    return step;
}

Script parse_script(std::string_view text, const CommandCheck& check)
{
    Script script;
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.front() == '#')
            continue;
        std::string problem;
        if (!is_valid_utf8(line)) {
            problem = "the line is no UTF-8";
        } else if (auto step = parse_script_line(line, check)) {
            step->line = number;
            script.steps.push_back(std::move(*step));
        } else {
            problem = step.error().message();
        }
        if (problem.empty())
            continue;
        script.problems.push_back({number, std::move(problem)});
        if (script.problems.size() == max_script_problems)
            break;
    }
    return script;
}

std::string describe(const Expectation& expectation)
{
    const std::string whose
        = expectation.connection ? "#" + std::to_string(*expectation.connection) : std::string();
    std::string text;
    switch (expectation.kind) {
    case Expectation::Kind::connection:
        text = whose.empty() ? "a connection" : "connection " + whose;
        break;
    case Expectation::Kind::message:
        text = "a message from " + (whose.empty() ? "a browser" : "the browser of " + whose);
        break;
    case Expectation::Kind::sent:
        text = "a message to " + (whose.empty() ? "a browser" : "the browser of " + whose);
        break;
    case Expectation::Kind::close:
        text = "the close of " + (whose.empty() ? "a connection" : whose);
        if (expectation.code)
            text += " with " + std::to_string(*expectation.code);
        break;
    case Expectation::Kind::refused:
        text = "a refused attempt";
        break;
    }
    if (expectation.exactly)
        text += " that is exactly " + quoted(*expectation.exactly);
    if (!expectation.filter.is_empty())
        text += std::string(expectation.exactly ? " and" : " that") + " passes the filter "
            + escape_for_terminal(expectation.filter.text());
    return text + " within " + time_text(expectation.within);
}

} // namespace jackfield::app
