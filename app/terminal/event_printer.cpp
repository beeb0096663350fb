#include "app/terminal/event_printer.h"

#include "jackfield/certificate.h"
#include "jackfield/escape.h"
#include "jackfield/event_text.h"

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

// What of the certificate would have to change.
std::string advice_on_tls(const TlsFailureReport& report, const TlsStatus* status)
{
    const bool is_own = status && status->serving == TlsSource::own;
    switch (report.failure) {
    case TlsFailure::unknown_authority:
        return is_own ? "Your certificate's issuer has to be trusted by that browser"
                      : "jackfield-terminal trust has browsers trust its authority";
    case TlsFailure::wrong_name: {
        if (is_own)
            return "Your certificate is not for " + escape_for_terminal(report.asked_name)
                + ": jackfield-terminal certificate use CHAIN KEY takes one that is";
        const auto name = check_development_name(report.asked_name);
        if (!name)
            return {};
        // The command takes all names that the next one is for. Of their characters a shell knows the * alone.
        const auto word = [](const std::string& each) { return each.starts_with('*') ? quote_for_shell(each) : each; };
        std::string command = "jackfield-terminal certificate renew";
        if (status && status->development) {
            for (const std::string& each : status->development->added_names)
                command += " " + word(each);
        }
        return "To have one that is: " + command + " " + word(*name);
    }
    case TlsFailure::certificate_expired:
        return is_own ? "" : "If it has ended: jackfield-terminal certificate renew";
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

void EventPrinter::line(std::string_view text)
{
    const std::lock_guard lock(mutex_);
    // Whoever reads this may have gone; the server serves all the same.
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

void EventPrinter::note(WallTime at, std::string_view text)
{
    line(clock_text(at) + "  " + std::string(text));
}

void EventPrinter::event(const Event& event)
{
    if (!is_worth_a_line(event))
        return;
    std::string text = describe(event);
    if (const auto* refused = std::get_if<event::Refused>(&event.what))
        text += advice(*refused);
    note(event.at, text);
}

std::string EventPrinter::advice(const event::Refused& refused) const
{
    if (refused.tls) {
        const auto status = tls_ ? tls_() : nullptr;
        const std::string text = advice_on_tls(*refused.tls, status.get());
        return text.empty() ? text : "\n              " + text;
    }
    if (!refused.access || refused.access->allowed())
        return {};
    const std::string& host = refused.access->host_fix;
    const std::string& origin = refused.access->origin_fix;
    // Which host and origin stand here was checked by the lists' grammar: no character of it needs escaping.
    std::string flags;
    std::string lines;
    const auto add = [&](std::string_view flag, std::string_view file, const std::string& entry) {
        flags += (flags.empty() ? "" : " ") + std::string(flag) + " " + entry;
        lines += (lines.empty() ? "" : " and ") + entry + " to " + std::string(file);
    };
    if (!host.empty())
        add("--allow-host", project_.empty() ? "Hosts.dat" : "access.hosts", host);
    if (!origin.empty() && origin != "null")
        add("--allow-origin", project_.empty() ? "Origins.dat" : "access.origins", origin);
    if (flags.empty())
        return origin == "null"
            ? "\n              Serve the page over http: one that is opened from disk has no origin to allow"
            : "";
    std::string text = "\n              To let it in, start with " + flags;
    const std::string& where = project_.empty() ? config_dir_ : project_;
    if (!where.empty())
        text += ", or add " + lines + " in " + where;
    return text;
}

} // namespace jackfield::app
