#include "app/terminal/event_printer.h"

#include "app/shared/start_up.h"
#include "app/terminal/passed_messages.h"
#include "app/terminal/shell_command.h"
#include "app/terminal/text_table.h"

#include "jackfield/certificate.h"
#include "jackfield/escape.h"
#include "jackfield/event_text.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace jackfield::app {
namespace {

bool is_worth_a_line(const Event& event)
{
    if (const auto* refused = std::get_if<event::Refused>(&event.what))
        return refused->reason != RefusalReason::plain_http && refused->reason != RefusalReason::speculative;
    if (const auto* finished = std::get_if<event::CommandFinished>(&event.what))
        return finished->error.has_value();
    return true;
}

const std::string indent(14, ' '); // below the text behind the time

// What of the certificate would have to change.
std::string advice_on_tls(
    const TlsFailureReport& report, const TlsStatus* status, const std::optional<std::string>& config_dir)
{
    const bool is_own = status && status->serving == TlsSource::own;
    switch (report.failure) {
    case TlsFailure::unknown_authority:
        return is_own ? "Your certificate's issuer has to be trusted by that browser"
                      : shell_command("trust", config_dir) + " has browsers trust its authority";
    case TlsFailure::wrong_name: {
        if (is_own)
            return "Your certificate is not for " + escape_for_terminal(report.asked_name)
                + ": " + shell_command("certificate", config_dir, "use CHAIN KEY") + " takes one that is";
        const auto name = check_development_name(report.asked_name);
        if (!name)
            return {};
        // The command takes all names that the next one is for.
        std::string words = "renew";
        if (status && status->development) {
            for (const std::string& each : status->development->added_names)
                words += " " + shell_word(each);
        }
        return "To have one that is: " + shell_command("certificate", config_dir, words + " " + shell_word(*name));
    }
    case TlsFailure::certificate_expired:
        return is_own ? "" : "If it has ended: " + shell_command("certificate", config_dir, "renew");
    default:
        return {};
    }
}

} // namespace

std::string clock_text(WallTime at)
{
    const auto since = at.time_since_epoch();
    const auto whole = std::chrono::floor<std::chrono::seconds>(since);
    const auto ms = std::chrono::floor<milliseconds>(since - whole).count();
    const std::time_t time = whole.count();
    std::tm parts{};
    localtime_r(&time, &parts);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d:%02d.%03d", parts.tm_hour, parts.tm_min, parts.tm_sec,
        static_cast<int>(ms));
    return text.data();
}

void EventPrinter::listening(const ServerStatus& status)
{
    std::vector<std::string> lines = address_lines(status);
    for (const std::string& line : lines) {
        if (std::find(told_.begin(), told_.end(), line) == told_.end())
            screen_.add(line);
    }
    told_ = std::move(lines);
}

void EventPrinter::note(WallTime at, std::string_view text)
{
    screen_.add(in(Tone::faint, clock_text(at)) + "  " + std::string(text));
}

void EventPrinter::event(const Event& event)
{
    if (!is_worth_a_line(event))
        return;
    note(event.at, in(tone_of(event), describe(event)));
    if (const auto* refused = std::get_if<event::Refused>(&event.what)) {
        if (const std::string text = advice(*refused); !text.empty())
            screen_.add(text);
    }
}

void EventPrinter::answer(const EnteredLine& line, const Answer& answer)
{
    if (!answer.error) {
        if (!answer.text.empty())
            screen_.add(answer.text);
        return;
    }
    std::string text = answer.error->message();
    if (style_.is_terminal) {
        if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
            text.front() = static_cast<char>(text.front() - 'a' + 'A');
        screen_.add(in(Tone::error, wrapped(text, terminal_columns())));
        return;
    }
    screen_.complain("jackfield-terminal: line " + std::to_string(line.number) + ": " + text);
}

void EventPrinter::step(const StepResult& result)
{
    const bool is_good = result.outcome == StepResult::Outcome::good;
    if (std::holds_alternative<Expectation>(result.step.what) && is_good)
        note(std::chrono::system_clock::now(), in(Tone::good, "As expected, " + result.what));
    else if (!is_good && result.step.line == 0)
        screen_.add(in(Tone::error, result.what));
}

void EventPrinter::message(const TrafficRecord& record, const std::shared_ptr<const ConnectionInfo>& info)
{
    note(WallTime(std::chrono::nanoseconds(record.wall_ns)), describe(record, info));
}

EventPrinter::Tone EventPrinter::tone_of(const Event& event)
{
    if (std::holds_alternative<event::Opened>(event.what))
        return Tone::good;
    if (std::holds_alternative<event::Closed>(event.what))
        return Tone::faint;
    if (std::holds_alternative<event::ListenFailed>(event.what) || std::holds_alternative<event::ListProblem>(event.what)
        || std::holds_alternative<event::DescriptorsExhausted>(event.what)
        || std::holds_alternative<event::ConnectionFault>(event.what))
        return Tone::error;
    const auto* finished = std::get_if<event::CommandFinished>(&event.what);
    if (finished && finished->error)
        return Tone::error;
    if (std::holds_alternative<event::Refused>(event.what) || std::holds_alternative<event::WideOpen>(event.what)
        || std::holds_alternative<event::SlowPeer>(event.what) || std::holds_alternative<event::MessagesSkipped>(event.what)
        || std::holds_alternative<event::Flood>(event.what) || std::holds_alternative<event::LimitReached>(event.what))
        return Tone::warning;
    return Tone::plain;
}

std::string EventPrinter::in(Tone tone, std::string_view text) const
{
    static constexpr std::array<std::string_view, 5> starts{"", "\x1b[32m", "\x1b[2m", "\x1b[33m", "\x1b[31m"};
    const std::string_view start = starts[static_cast<std::size_t>(tone)];
    if (!style_.has_colours || start.empty())
        return std::string(text);
    return std::string(start) + std::string(text) + "\x1b[0m";
}

std::string EventPrinter::advice(const event::Refused& refused) const
{
    if (refused.tls) {
        const auto status = style_.tls ? style_.tls() : nullptr;
        const std::string text = advice_on_tls(*refused.tls, status.get(), style_.named_config_dir);
        return text.empty() ? text : indent + text;
    }
    if (!style_.takes_commands)
        return advice_on_options(refused);
    // Which host and origin stand here was checked by the lists' grammar: no character of it needs escaping.
    const std::string remedy = remedy_of(refused);
    if (remedy.empty())
        return {};
    const std::size_t second = remedy.find('\n');
    std::string text = indent + "To let it in: " + remedy.substr(0, second);
    if (second != std::string::npos)
        text += "\n" + indent + "         and: " + remedy.substr(second + 1);
    if (refused.access && refused.access->origin_fix == "null")
        text += "\n" + indent + "Any web site can pose as a page without an origin; better serve the page over http";
    return text;
}

// For programs that nobody types into, as in a container.
std::string EventPrinter::advice_on_options(const event::Refused& refused) const
{
    if (!refused.access || refused.access->allowed())
        return {};
    const std::string& host = refused.access->host_fix;
    const std::string& origin = refused.access->origin_fix;
    std::string flags;
    std::string lines;
    const auto add = [&](std::string_view flag, std::string_view file, const std::string& entry) {
        flags += (flags.empty() ? "" : " ") + std::string(flag) + " " + entry;
        lines += (lines.empty() ? "" : " and ") + entry + " to " + std::string(file);
    };
    const bool has_project = !style_.project.empty();
    if (!host.empty())
        add("--allow-host", has_project ? "access.hosts" : "Hosts.dat", host);
    if (!origin.empty() && origin != "null")
        add("--allow-origin", has_project ? "access.origins" : "Origins.dat", origin);
    if (flags.empty())
        return origin == "null"
            ? indent + "Serve the page over http: one that is opened from disk has no origin to allow"
            : "";
    std::string text = indent + "To let it in, start with " + flags;
    const std::string& where = has_project ? style_.project : style_.config_dir;
    if (!where.empty())
        text += ", or add " + lines + " in " + where;
    return text;
}

} // namespace jackfield::app
