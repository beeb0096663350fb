#include "app/terminal/console_language.h"

#include "app/terminal/shell_command.h"

#include "jackfield/escape.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace jackfield::app {
namespace {

constexpr std::string_view between_words = " \t\r\n";

/// What this program understands beside the commands of the engine: for the shell, then for scripts.
constexpr std::array own_helps{
    CommandHelp{"trust", "", "jackfield-terminal trust, in the shell", "has browsers trust the certificate, from the shell"},
    CommandHelp{"untrust", "", "jackfield-terminal untrust, in the shell", "takes that back, from the shell"},
    CommandHelp{"wait", "", "wait 500ms, wait 5s, wait 2m or wait 1h", "waits before the next line"},
    CommandHelp{"expect", "",
        "expect connection, expect connection origin:localhost within 30s, expect message #1 exactly \"hello\", "
        "expect message \"hello\", expect sent #1 $.type:news, expect close #1 4001 or expect refused",
        "waits for something to happen, and fails a script if it does not"},
};

/// The engine can but stop using one.
constexpr CommandHelp certificate_help{"certificate", "",
    "certificate off here; in the shell jackfield-terminal certificate, which shows it, or jackfield-terminal certificate on, which makes one",
    "stops serving wss://, or serves it and shows how, from the shell"};

const CommandHelp* own_help(std::string_view name)
{
    const auto* const found = std::ranges::find(own_helps, name, &CommandHelp::name);
    return found == own_helps.end() ? nullptr : found;
}

/// As the engine compares the first word of a line.
bool is_spelt(std::string_view typed, std::string_view lower)
{
    return std::ranges::equal(typed, lower,
        [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; });
}

bool is_engine_command(std::string_view typed)
{
    return std::ranges::any_of(
        command_helps(), [typed](const CommandHelp& each) { return is_spelt(typed, each.name); });
}

/// Takes a word off the front of `text`.
std::string_view take_word(std::string_view& text)
{
    text.remove_prefix(std::min(text.find_first_not_of(between_words), text.size()));
    const std::string_view word = text.substr(0, text.find_first_of(between_words));
    text.remove_prefix(word.size());
    return word;
}

/// That one of this program's own words which `typed` was probably meant to be.
const CommandHelp* meant_by(std::string_view typed)
{
    std::vector<std::string_view> names;
    for (const CommandHelp& each : console_helps())
        names.push_back(each.name);
    return own_help(most_similar(typed, names));
}

/// What this program does to files and browsers: all about certificates but `certificate off`.
bool is_for_the_shell(std::string_view verb, std::string_view rest)
{
    if (!is_spelt(verb, "certificate"))
        return is_spelt(verb, "trust") || is_spelt(verb, "untrust");
    return !is_spelt(take_word(rest), "off") || !take_word(rest).empty();
}

std::string for_the_shell(
    std::string_view verb, std::string_view rest, const std::optional<std::string>& config_dir)
{
    std::string lower(verb);
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    std::string words;
    for (std::string_view word = take_word(rest); !word.empty(); word = take_word(rest))
        words += (words.empty() ? "" : " ") + shell_word(word);
    return shell_command(lower, config_dir, words);
}

std::string no_command(std::string_view typed)
{
    return "there is no command \"" + escape_for_terminal(typed, 64) + "\"; did you mean ";
}

} // namespace

std::span<const CommandHelp> console_helps()
{
    static const std::vector<CommandHelp> helps = [] {
        const auto commands = command_helps();
        std::vector<CommandHelp> all(commands.begin(), commands.end());
        const auto certificate = std::ranges::find(all, "certificate", &CommandHelp::name);
        *certificate = certificate_help;
        const auto scripts = own_helps.begin() + 2;
        all.insert(certificate + 1, own_helps.begin(), scripts);
        // Before what ends the program.
        all.insert(std::ranges::find(all, "quit", &CommandHelp::name), scripts, own_helps.end());
        return all;
    }();
    return helps;
}

Result<std::variant<Command, Query>> read_console_line(
    std::string_view line, const ConnectionNames& names, const std::optional<std::string>& config_dir)
{
    std::string_view rest = line;
    const std::string_view verb = take_word(rest);
    if (is_for_the_shell(verb, rest))
        return fail(ErrorCode::malformed,
            "that needs files and browsers, so it is for the shell: " + for_the_shell(verb, rest, config_dir));
    const std::string_view about = take_word(rest);
    if (is_spelt(verb, "help") && !about.empty() && take_word(rest).empty() && !is_engine_command(about)) {
        for (const CommandHelp& each : own_helps) {
            if (is_spelt(about, each.name))
                return Query(query::Help{std::string(each.name)});
        }
        if (const CommandHelp* const meant = meant_by(about))
            return fail(ErrorCode::malformed, no_command(about) + "help " + std::string(meant->name) + "?");
    }
    if (!is_engine_command(verb)) {
        if (const CommandHelp* const meant = meant_by(verb))
            return fail(
                ErrorCode::malformed, no_command(verb) + std::string(meant->name) + "? help lists them all");
    }
    return parse_console_line(line, names);
}

bool only_asks(std::string_view line)
{
    const auto read = read_console_line(line, {});
    return read && std::holds_alternative<Query>(*read);
}

} // namespace jackfield::app
