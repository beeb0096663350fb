#include "app/terminal/script_session.h"

#include "app/terminal/console_language.h"
#include "app/terminal/json_command.h"

#include "jackfield/atomic_file.h"
#include "jackfield/escape.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace jackfield::app {
namespace {

TimePoint now()
{
    return std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now());
}

/// Judges how a command is written, before there is a connection.
Result<void> check_command(std::string_view line)
{
    const ConnectionId any(0, 0, 1);
    ConnectionNames names;
    names.id_of = [any](std::uint64_t) { return std::optional(any); };
    names.ids_at = [any](const SocketAddress&) { return std::vector{any}; };
    names.matching = [any](std::string_view filter) -> Result<std::vector<ConnectionId>> {
        if (auto parsed = parse_filter(filter, FilterSubject::connections); !parsed)
            return tl::unexpected<Error>(std::move(parsed.error()));
        return std::vector{any};
    };
    if (auto read = read_console_line(line, names); !read)
        return tl::unexpected<Error>(std::move(read.error()));
    return {};
}

Result<std::string> read_standard_input(int signal_descriptor)
{
    std::string text;
    std::array<char, std::size_t{64} << 10U> bytes{};
    std::array<pollfd, 2> waiting{{{STDIN_FILENO, POLLIN, 0}, {signal_descriptor, POLLIN, 0}}};
    for (;;) {
        if (::poll(waiting.data(), waiting.size(), -1) < 0)
            continue; // interrupted
        if (waiting[1].revents != 0)
            return fail(ErrorCode::not_running, "a signal came before standard input had ended");
        const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
        if (count == 0)
            return text;
        if (count < 0 && errno != EINTR && errno != EAGAIN)
            return fail(ErrorCode::system, "standard input cannot be read", errno);
        if (count > 0)
            text.append(bytes.data(), static_cast<std::size_t>(count));
        if (text.size() > largest_script)
            return fail(ErrorCode::too_large, "a script has at most 16 MiB");
    }
}

bool ends_the_server(std::string_view line)
{
    const auto read = parse_console_line(line, {});
    const auto* parsed = read ? std::get_if<Command>(&*read) : nullptr;
    return parsed && std::holds_alternative<command::Quit>(*parsed);
}

} // namespace

ScriptSession::ScriptSession(const TerminalOptions& options)
    : options_(options)
    , name_(options.script == "-" ? "standard input" : escape_for_terminal(options.script, 4'096))
    // What is typed or comes through a pipe goes on, whatever came of it.
    , runner_({options.keep_going || options.script.empty()})
{
    report_.script = name_;
    report_.started
        = std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now());
    runner_.on_result = [this](const StepResult& result) { tell(result); };
}

bool ScriptSession::read(int signal_descriptor)
{
    if (!has_script())
        return true;
    const auto text = options_.script == "-" ? read_standard_input(signal_descriptor)
                                             : read_whole_file(options_.script, largest_script);
    if (!text) {
        complain("jackfield-terminal: the script " + name_ + " cannot be read: " + text.error().message());
        could_not_run("the script cannot be read: " + text.error().message());
        return false;
    }
    Script script = parse_script(*text, check_command);
    std::string all;
    for (const ScriptProblem& problem : script.problems) {
        complain(problem.line, problem.what);
        all += (all.empty() ? "line " : "; line ") + std::to_string(problem.line) + ": " + problem.what;
    }
    if (!all.empty()) {
        could_not_run(all);
        return false;
    }
    for (ScriptStep& step : script.steps) {
        if (const auto* expectation = std::get_if<Expectation>(&step.what))
            needs_messages_ = needs_messages_ || expectation->kind == Expectation::Kind::message
                || expectation->kind == Expectation::Kind::sent;
        add(std::move(step));
    }
    return true;
}

void ScriptSession::could_not_run(const std::string& why)
{
    if (report_.problem.empty())
        report_.problem = why;
}

void ScriptSession::begin(Console& console, ConsoleOutput& output)
{
    console_ = &console;
    output_ = &output;
}

bool ScriptSession::is_quit(const EnteredLine& line)
{
    const std::size_t start = line.text.find_first_not_of(" \t\r");
    if (start == std::string::npos || line.text[start] != '{')
        return ends_the_server(line.text);
    const JsonCommand json = read_json_command(line.text);
    return json.problem.empty() && ends_the_server(json.line);
}

void ScriptSession::enter(EnteredLine line)
{
    const std::size_t start = line.text.find_first_not_of(" \t\r");
    if (start == std::string::npos || line.text[start] == '#')
        return;
    ScriptStep step;
    step.line = static_cast<std::size_t>(line.number);
    step.text = line.text;
    std::string problem;
    if (line.text[start] == '{') {
        JsonCommand json = read_json_command(line.text);
        line.id = json.id;
        line.text = std::move(json.line);
        problem = std::move(json.problem);
    }
    if (problem.empty() && is_script_line(line.text)) {
        auto parsed = parse_script_line(line.text, check_command);
        if (!parsed)
            problem = parsed.error().message();
        else if (const auto* expectation = std::get_if<Expectation>(&parsed->what); !options_.messages
                 && expectation
                 && (expectation->kind == Expectation::Kind::message
                     || expectation->kind == Expectation::Kind::sent))
            problem = "messages are looked at with --messages alone, unless they are expected by a --script; "
                      "start with "
                      "--messages";
        else
            step.what = std::move(parsed->what);
    } else {
        step.what = ScriptCommand{line.text};
    }
    if (!problem.empty()) {
        if (line.text.empty())
            line.text = step.text;
        output_->answer(line, {Error{ErrorCode::malformed, 0, std::move(problem)}, {}, {}});
        return;
    }
    step.id = std::move(line.id);
    add(std::move(step));
}

void ScriptSession::add(ScriptStep step)
{
    if (auto* command = std::get_if<ScriptCommand>(&step.what))
        command->only_asks = only_asks(command->line);
    runner_.add(std::move(step));
}

void ScriptSession::take(const Event& event)
{
    Happening happening;
    if (const auto* opened = std::get_if<event::Opened>(&event.what)) {
        happening.info = opened->info;
    } else if (const auto* closed = std::get_if<event::Closed>(&event.what)) {
        happening.kind = Happening::Kind::closed;
        happening.info = closed->info;
        happening.close = closed->close;
    } else if (const auto* refused = std::get_if<event::Refused>(&event.what)) {
        if (refused->reason == RefusalReason::plain_http || refused->reason == RefusalReason::speculative)
            return;
        happening.kind = Happening::Kind::refused;
        happening.refused = std::make_shared<const event::Refused>(*refused);
    } else {
        return;
    }
    runner_.log().add(std::move(happening));
}

void ScriptSession::take(const TrafficRecord& record, const PassedMessages::Info& info)
{
    if (is_data(record.type))
        runner_.log().add(happening_of(record, info));
}

void ScriptSession::advance()
{
    for (;;) {
        const auto next = runner_.next(now());
        deadline_ = next.until;
        if (next.kind != ScriptRunner::Next::Kind::command) {
            has_waited_ = has_waited_ || next.until || next.kind == ScriptRunner::Next::Kind::done;
            return;
        }
        console_->enter(std::get<ScriptCommand>(next.step.what).line,
            [this, step = next.step](const Answer& answer) { ended(step, answer); });
    }
}

void ScriptSession::ended(const ScriptStep& step, const Answer& answer)
{
    std::string problem;
    if (answer.error) {
        problem = answer.error->message();
    } else if (answer.finished && (answer.finished->gone > 0 || answer.finished->skipped > 0)) {
        // Of a script every command does what it says, or has failed.
        problem = answer.text;
        if (problem.ends_with('\n'))
            problem.pop_back();
    }
    // What goes wrong in a script is told with its place in the file.
    if (!has_script() || options_.json || problem.empty())
        output_->answer({std::get<ScriptCommand>(step.what).line, step.line, step.id}, answer);
    runner_.command_ended(problem, now());
}

void ScriptSession::tell(const StepResult& result)
{
    const bool is_good = result.outcome == StepResult::Outcome::good;
    if (has_script()) {
        report_.results.push_back(result);
        if (!is_good && result.outcome != StepResult::Outcome::not_run)
            complain(result.step.line, result.what);
    } else if (result.step.is_command()) {
        return; // it was answered
    } else if (!is_good && result.step.line != 0) {
        complain(result.step.line, result.what);
    }
    if (output_)
        output_->step(result);
}

void ScriptSession::complain(std::size_t line, const std::string& what)
{
    const std::string where = has_script() ? name_ + ":" : "jackfield-terminal: line ";
    complain(where + std::to_string(line) + ": " + what);
}

void ScriptSession::complain(const std::string& text)
{
    if (output_)
        output_->complain(text);
    else
        std::fprintf(stderr, "%s\n", text.c_str());
}

bool ScriptSession::is_setting_up() const
{
    const ScriptStep* step = runner_.current();
    return has_script() && !has_waited_ && step && step->is_command();
}

bool ScriptSession::is_over() const
{
    return has_script() && !runner_.is_busy() && !(options_.stay && runner_.all_good());
}

bool ScriptSession::break_off()
{
    return !has_script() && runner_.break_off(now());
}

void ScriptSession::stop(const std::string& why)
{
    // The end that a command asks for comes before its own.
    const ScriptStep* const step = runner_.current();
    if (const auto* command = step ? std::get_if<ScriptCommand>(&step->what) : nullptr;
        command && ends_the_server(command->line))
        runner_.command_ended({}, now());
    runner_.stop(why, now());
}

bool ScriptSession::finish()
{
    bool is_good = report_.problem.empty();
    if (has_script())
        is_good = is_good && runner_.all_good() && !runner_.is_busy();
    else
        is_good = runner_.all_expectations_met();
    if (options_.junit.empty())
        return is_good;
    if (const auto written = write_junit(options_.junit, report_); !written) {
        complain("jackfield-terminal: --junit: " + written.error().message());
        return false;
    }
    return is_good;
}

} // namespace jackfield::app
