#include "app/bench/check/check.h"

#include "app/bench/check/cases.h"
#include "app/bench/figures.h"
#include "app/bench/progress.h"
#include "app/bench/run.h"

#include "jackfield/escape.h"

#include <algorithm>
#include <chrono>

namespace jackfield::bench {
namespace {

std::vector<Case> all_cases()
{
    std::vector<Case> cases;
    add_handshake_cases(cases);
    add_frame_cases(cases);
    add_text_cases(cases);
    add_close_cases(cases);
    add_deflate_cases(cases);
    return cases;
}

const char* word_of(Verdict::Kind kind)
{
    switch (kind) {
    case Verdict::Kind::pass: return "pass";
    case Verdict::Kind::warn: return "warn";
    case Verdict::Kind::fail: return "fail";
    case Verdict::Kind::skip: break;
    }
    return "skip";
}

/// Whether the path sends messages back. Errors: no WebSocket can be opened there.
Result<bool> does_echo(const TrialTarget& target)
{
    Trial trial(target);
    if (!trial.open())
        return fail(ErrorCode::not_found, "no WebSocket could be opened at " + target.target.url + ": " + trial.problem());
    constexpr std::string_view text = "jackfield-bench check";
    trial.send(bytes_of({.payload = std::string(text)}));
    trial.send(bytes_of({.opcode = 9, .payload = "end"}));
    while (const auto frame = trial.read_frame()) {
        if (frame->opcode == 1 && frame->payload == text)
            return true;
        // A pong behind the text's place says that no echo comes; one that is slow gets the time of the other cases.
        if (frame->opcode == 8)
            break;
    }
    return false;
}

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(text.size() + 1, width), ' ');
    return text;
}

} // namespace

Result<RunResult> run_check(const Options& options, const StopSignal& stop)
{
    const auto target = find_target(options.url, options.allow_remote);
    if (!target)
        return tl::unexpected<Error>(target.error());
    if (target->scheme == Target::Scheme::tcp)
        return fail(ErrorCode::invalid_argument, "the mode check needs a ws:// or wss:// URL");
    std::unique_ptr<TlsClientContext> tls;
    if (target->scheme == Target::Scheme::wss) {
        auto made = TlsClientContext::create(options, *target, development_authority_file(options));
        if (!made)
            return tl::unexpected<Error>(made.error());
        tls = std::move(*made);
    }
    const TrialTarget where{options, *target, tls.get()};
    std::vector<Case> cases = all_cases();
    std::erase_if(cases, [&](const Case& each) { return !each.name.starts_with(options.only); });
    if (cases.empty())
        return fail(ErrorCode::not_found, "no case begins with " + options.only + "; --list names them all");
    const auto has_echo = does_echo(where);
    if (!has_echo)
        return tl::unexpected<Error>(has_echo.error());

    RunResult result = new_result(options);
    if (options.insecure && tls)
        result.warnings.push_back("The server's certificate was not checked (--insecure)");
    if (!*has_echo)
        result.warnings.push_back("The path does not send back what it gets: the cases that need an echo are left out");
    const auto began = std::chrono::steady_clock::now();
    Progress progress(options);
    for (const Case& each : cases) {
        if (stop.is_set())
            break;
        progress.show_case(result.checks.size() + 1, cases.size(), each.name);
        Verdict verdict{Verdict::Kind::skip, "the path does not echo"};
        if (!each.needs_echo || *has_echo) {
            Trial trial(where);
            verdict = each.run(trial);
        }
        result.failed |= verdict.kind == Verdict::Kind::fail;
        result.checks.push_back({each.name, each.section, each.sent, each.expected, verdict.received, word_of(verdict.kind)});
    }
    result.interrupted = stop.is_set();
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return result;
}

std::string check_names()
{
    std::string text;
    for (const Case& each : all_cases())
        text += each.name + "\n";
    return text;
}

std::string check_table(const RunResult& result)
{
    std::string text = "check " + escape_for_terminal(result.target) + "\n";
    const auto list = [&](std::string_view outcome, const char* title) {
        bool any = false;
        for (const CheckCase& each : result.checks) {
            if (each.outcome != outcome)
                continue;
            if (!std::exchange(any, true))
                text += std::string(title) + "\n";
            text += "  " + padded(each.name, 34) + each.section + "\n      sent      " + each.sent + "\n      expected  " + each.expected
                + "\n      got       " + escape_for_terminal(each.received, 400) + "\n";
        }
    };
    list("warn", "Allowed, or nearly, but not the strictest:");
    list("fail", "Failed:");
    std::string counts;
    for (const char* const outcome : {"pass", "warn", "fail", "skip"}) {
        const auto count = std::ranges::count(result.checks, std::string_view(outcome), &CheckCase::outcome);
        counts += (counts.empty() ? "" : ", ") + std::to_string(count) + " " + outcome;
    }
    text += counts + " in " + time_text(result.seconds * 1e6) + (result.interrupted ? " (interrupted)" : "") + "\n";
    for (const std::string& warning : result.warnings)
        text += "note: " + warning + "\n";
    return text;
}

} // namespace jackfield::bench
