#include "base/text.h"
#include "base/utf8.h"

#include "jackfield/access_rules.h"
#include "jackfield/escape.h"

#include <algorithm>
#include <array>

namespace jackfield {
namespace {

constexpr std::size_t most_bytes = 1U << 20U;
constexpr std::size_t most_lines = 10'000;
constexpr std::size_t most_reported_lines = 20;

std::string_view file_name_of(ListKind kind)
{
    return kind == ListKind::hosts ? "Hosts.dat" : "Origins.dat";
}

std::string_view without_comment(std::string_view line)
{
    return trim_blanks(line.substr(0, line.find('#')));
}

bool is_number(std::string_view text)
{
    return !text.empty()
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A list has some odd bytes at most (a comment in Latin-1, a stray NUL). More of them: this is another kind
// of file.
bool looks_binary(std::string_view content)
{
    if (content.starts_with("\xff\xfe") || content.starts_with("\xfe\xff"))
        return true;
    const bool is_text = is_valid_utf8(content);
    const auto odd = std::count_if(content.begin(), content.end(), [is_text](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t' && c != '\r' && c != '\n') || byte == 0x7f
            || (byte >= 0x80 && !is_text);
    });
    return odd > 4 && static_cast<std::size_t>(odd) > content.size() / 5;
}

AccessList fall_back(ListKind kind, std::string_view why, std::vector<std::string>& notices)
{
    AccessList list = AccessList::built_in(kind);
    list.fell_back = true;
    list.problem = std::string(file_name_of(kind)) + " cannot be used: " + std::string(why)
        + ". Only this machine's own names are allowed until it is repaired";
    notices.push_back(list.problem);
    return list;
}

} // namespace

std::string_view AccessLine::entry() const
{
    return without_comment(text);
}

AccessLine parse_access_line(ListKind kind, std::string_view text)
{
    AccessLine line;
    line.text = text;
    const std::string_view entry = without_comment(text);
    if (entry.empty()) {
        line.state = AccessLine::State::comment;
        return line;
    }
    auto pattern = parse_access_pattern(kind, entry);
    if (!pattern) {
        line.state = AccessLine::State::invalid;
        line.problem = pattern.error().detail;
        return line;
    }
    if (pattern->form == AccessPattern::Form::null_origin) {
        line.state = AccessLine::State::invalid;
        line.problem
            = "\"null\": pages without an origin are only let in for a time, never by a file, since any "
              "web site can pose as one";
        return line;
    }
    line.pattern = std::move(*pattern);
    return line;
}

AccessList AccessList::built_in(ListKind kind)
{
    constexpr std::array<std::string_view, 4> entries = {"localhost", "*.localhost", "127.0.0.1", "[::1]"};
    AccessList list;
    for (const std::string_view entry : entries) {
        list.lines.push_back(parse_access_line(kind, entry));
        list.lines.back().built_in = true;
    }
    return list;
}

AccessList AccessList::parse_file(ListKind kind, std::string_view content, std::vector<std::string>& notices)
{
    if (content.size() > most_bytes)
        return fall_back(kind, "it is larger than 1 MiB", notices);
    if (content.starts_with("\xef\xbb\xbf"))
        content.remove_prefix(3);
    if (looks_binary(content))
        return fall_back(kind, "it is not a text file in UTF-8", notices);
    const auto line_ends = static_cast<std::size_t>(std::count(content.begin(), content.end(), '\n'));
    if (line_ends + (content.empty() || content.ends_with('\n') ? 0 : 1) > most_lines)
        return fall_back(kind, "it has more than 10,000 lines", notices);

    AccessList list;
    std::optional<std::string> count_text;
    bool before_first_entry = true;
    std::size_t number = 0;
    std::size_t entries = 0;
    std::size_t usable = 0;
    std::size_t bad = 0;
    const std::string in_file = std::string(file_name_of(kind)) + " line ";
    while (!content.empty()) {
        const std::size_t end = content.find('\n');
        std::string_view text = content.substr(0, end);
        content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
        while (text.ends_with('\r')) // two of them: line ends that were converted twice
            text.remove_suffix(1);
        ++number;
        if (const std::string_view entry = without_comment(text); before_first_entry && !entry.empty()) {
            before_first_entry = false;
            if (is_number(entry)) {
                count_text = entry;
                continue;
            }
        }
        AccessLine line = parse_access_line(kind, text);
        if (line.state == AccessLine::State::active && line.pattern.is_wide_open())
            line.state = AccessLine::State::needs_confirmation;
        if (line.state != AccessLine::State::comment)
            ++entries;
        if (line.state == AccessLine::State::active || line.state == AccessLine::State::needs_confirmation)
            ++usable;
        if (line.state == AccessLine::State::invalid && ++bad <= most_reported_lines)
            notices.push_back(in_file + std::to_string(number) + " is left out: " + line.problem);
        if (line.state == AccessLine::State::needs_confirmation)
            notices.push_back(in_file + std::to_string(number) + " ("
                + escape_for_terminal(trim_blanks(text), 80)
                + ") opens the list widely and has no effect until you confirm it");
        list.lines.push_back(std::move(line));
    }
    if (bad > most_reported_lines)
        notices.push_back(std::string(file_name_of(kind)) + ": " + std::to_string(bad - most_reported_lines)
            + " more lines are left out");
    const bool empty_on_purpose = entries == 0 && count_text && parse_decimal<std::size_t>(*count_text) == 0;
    if (usable == 0 && !empty_on_purpose)
        return fall_back(kind, "it has no valid entry", notices);
    if (count_text && parse_decimal<std::size_t>(*count_text) != entries)
        notices.push_back(std::string(file_name_of(kind)) + " says that it has "
            + escape_for_terminal(*count_text, 24) + " entries; it has " + std::to_string(entries)
            + ", and all of them were read");
    return list;
}

std::string AccessList::file_text() const
{
    std::size_t entries = 0;
    std::string body;
    for (const AccessLine& line : lines) {
        if (line.temporary)
            continue;
        if (line.state != AccessLine::State::comment)
            ++entries;
        body += line.text;
        body += '\n';
    }
    return std::to_string(entries) + "\n" + body;
}

Result<void> AccessList::add(
    ListKind kind, std::string_view text, bool temporary, std::optional<TimePoint> expires)
{
    auto pattern = parse_access_pattern(kind, text);
    if (!pattern)
        return tl::unexpected<Error>(std::move(pattern.error()));
    if (pattern->form == AccessPattern::Form::null_origin && !expires)
        return fail(ErrorCode::malformed,
            "\"null\": pages without an origin can only be let in for a time, as in "
            "\"allow origin null for 15m\", since any web site can pose as one");
    const bool passing = temporary || expires.has_value();
    for (AccessLine& line : lines) {
        const bool has_pattern
            = line.state == AccessLine::State::active || line.state == AccessLine::State::needs_confirmation;
        if (!has_pattern || line.pattern != *pattern)
            continue;
        if (line.state == AccessLine::State::needs_confirmation) {
            // Only a lasting permission makes a lasting line active.
            if (passing)
                continue;
            line.state = AccessLine::State::active;
        }
        if (line.temporary && !passing) {
            line.temporary = false;
            line.expires.reset();
        } else if (line.expires) {
            line.expires = expires ? std::optional(std::max(*line.expires, *expires)) : std::nullopt;
        }
        return {};
    }
    if (!passing)
        becomes_theirs();
    AccessLine line;
    line.text = trim_blanks(text);
    line.pattern = std::move(*pattern);
    line.temporary = passing;
    line.expires = expires;
    lines.push_back(std::move(line));
    return {};
}

Result<void> AccessList::remove(ListKind kind, std::string_view text)
{
    const auto pattern = parse_access_pattern(kind, text);
    if (!pattern)
        return tl::unexpected<Error>(pattern.error());
    const auto removed = std::erase_if(lines, [&](const AccessLine& line) {
        return (line.state == AccessLine::State::active
                   || line.state == AccessLine::State::needs_confirmation)
            && line.pattern == *pattern;
    });
    if (removed == 0)
        return fail(ErrorCode::not_found,
            "\"" + escape_for_terminal(trim_blanks(text), 80) + "\" is not on the "
                + (kind == ListKind::hosts ? "host list" : "origin list"));
    becomes_theirs();
    return {};
}

void AccessList::becomes_theirs()
{
    fell_back = false;
    problem.clear();
}

bool AccessList::is_wide_open() const
{
    return std::any_of(lines.begin(), lines.end(), [](const AccessLine& line) {
        return line.state == AccessLine::State::active && line.pattern.is_wide_open();
    });
}

bool AccessList::operator==(const AccessList& other) const
{
    return std::equal(lines.begin(), lines.end(), other.lines.begin(), other.lines.end(),
        [](const AccessLine& a, const AccessLine& b) {
            return a.text == b.text && a.state == b.state && a.temporary == b.temporary
                && a.expires == b.expires;
        });
}

} // namespace jackfield
