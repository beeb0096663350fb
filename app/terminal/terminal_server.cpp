#include "app/terminal/terminal_server.h"

#include "app/terminal/event_printer.h"
#include "app/terminal/json_printer.h"
#include "app/terminal/line_history.h"
#include "app/terminal/terminal_modes.h"

#include "jackfield/escape.h"
#include "jackfield/event_text.h"

#include <sys/signalfd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace jackfield::app {
namespace {

constexpr milliseconds foreground_check{500}; // no signal tells a running program that it came to the foreground
constexpr milliseconds publish_interval{50}; // what a question waits for at most
constexpr milliseconds last_moment{250}; // for the output, where the closing has taken all the time there was
/// With --json nothing is lost but at the end, when the connections are closed whether somebody reads or not.
constexpr std::size_t most_json_waiting = std::size_t{64} << 20U;

PrintingStyle style_for(const StartUp& start, bool takes_commands)
{
    PrintingStyle style;
    style.config_dir = start.store ? start.store->folder() : std::string();
    style.project = start.project ? escape_for_terminal(start.project->path) : std::string();
    style.named_config_dir = start.config_dir;
    style.tls = [tls = start.tls.get()] { return tls->status(); };
    style.takes_commands = takes_commands;
    style.is_terminal = ::isatty(STDOUT_FILENO) != 0 && ::isatty(STDIN_FILENO) != 0;
    const char* const no_colour = std::getenv("NO_COLOR"); // https://no-color.org
    const char* const terminal = std::getenv("TERM");
    style.has_colours = ::isatty(STDOUT_FILENO) != 0 && (no_colour == nullptr || *no_colour == '\0') && terminal != nullptr
        && *terminal != '\0' && std::string_view(terminal) != "dumb";
    return style;
}

std::string what_to_do(const event::ListenFailed& failed)
{
    switch (failed.error.code) {
    case ErrorCode::address_in_use: {
        const std::string other = failed.next_free_port != 0
            ? "--port " + std::to_string(failed.next_free_port)
            : "another --port";
        return "End that program, or use " + other + ".";
    }
    case ErrorCode::permission_denied:
        return "Use a port from 1024 on.";
    default:
        return "Use --listen or --port to name another address.";
    }
}

std::string text_on_lost(std::uint64_t lines)
{
    return std::to_string(lines) + (lines == 1 ? " line of the output was lost" : " lines of the output were lost");
}

} // namespace

TerminalServer::TerminalServer(StartUp start, const TerminalOptions& options, ScriptSession& session)
    : start_(std::move(start))
    , standard_output_(STDOUT_FILENO, options.json ? most_json_waiting : PatientOutput::most_waiting)
    , standard_error_(STDERR_FILENO)
    , screen_([this](std::string_view lines) { standard_output_.write(lines); },
          // In their order, where both are one.
          [this, &errors = are_same_output(STDOUT_FILENO, STDERR_FILENO) ? standard_output_ : standard_error_](
              std::string_view line) { errors.write(line); })
    , options_(options)
    , session_(session)
    , reader_([this](std::uint64_t number, Result<std::string> line) {
        WaitingLine waiting;
        waiting.line.number = number;
        if (line)
            waiting.line.text = std::move(*line);
        else
            waiting.problem = std::move(line.error());
        lines_.push_back(std::move(waiting));
    })
    , input_is_open_(!session.has_script())
{
    if (options_.json)
        output_ = std::make_unique<JsonPrinter>(screen_);
    else
        output_ = std::make_unique<EventPrinter>(screen_, style_for(start_, input_is_open_));
}

void TerminalServer::complain(const std::string& text)
{
    screen_.complain("jackfield-terminal: " + text);
}

TerminalServer::~TerminalServer()
{
    // Their callbacks submit to the engine, and those of TLS know the store.
    start_.tls->close();
    if (start_.store)
        start_.store->close();
    project_store_.reset();
}

int TerminalServer::run(int signal_descriptor)
{
    for (const std::string& notice : start_.notices)
        complain(notice);
    EngineConfig config = start_.config;
    config.publish_interval = publish_interval;
    auto engine = Engine::create(std::move(config));
    if (!engine) {
        complain("could not start: " + engine.error().message());
        session_.could_not_run("the server could not start: " + engine.error().message());
        (void)session_.finish();
        let_output_out();
        return 1;
    }
    engine_ = std::move(*engine);
    watches_traffic_ = options_.messages || session_.needs_messages();
    if (watches_traffic_)
        engine_->set_traffic(TrafficLevel::full, TrafficPolicy::hold); // what is expected must not be lost
    console_ = std::make_unique<Console>(Console::Port{
        [this](Command command) {
            if (std::holds_alternative<command::Quit>(command)) {
                write_ready(true);
                quitting_ = true;
            }
            return engine_->submit(std::move(command));
        },
        [this] { engine_->attach_state(); }, start_.config_dir});
    session_.begin(*console_, *output_);
    engine_->attach_state();
    watch_files();
    watch_certificate();

    signal_descriptor_ = signal_descriptor;
    input_is_terminal_ = ::isatty(STDIN_FILENO) != 0;
    if (!options_.json && !session_.has_script() && LineEditor::is_possible())
        screen_signals_ = std::make_unique<ScreenSignals>();
    while (!over_) {
        console_->set_width(terminal_columns());
        if (screen_signals_ && input_is_open_ && listening_ && !quitting_ && is_in_foreground())
            edit_a_line();
        else
            round();
    }
    leave_editor();
    start_.tls->close();
    if (start_.store) {
        start_.store->close();
        if (start_.store->has_unsaved())
            complain("The last changes of the settings were not saved");
    }
    take_notes();
    session_.stop("the server has ended");
    tell_lost();
    screen_.flush();
    const bool is_good = session_.finish() && !failed_;
    const bool is_all_out = let_output_out();
    return ready_file_failed_ ? 2 : is_all_out && is_good ? 0 : 1;
}

/// Waits until what was printed is out: as long as somebody reads, after a signal within the closing time-out. False
/// when something of the JSON Lines is lost.
bool TerminalServer::let_output_out()
{
    using Clock = std::chrono::steady_clock;
    quitting_ = true; // from here on a signal ends it at once
    const milliseconds patience = status_ ? status_->limits.closing_timeout : Limits().closing_timeout;
    auto until = signalled_at_ ? std::max(*signalled_at_ + patience, Clock::now() + last_moment) : Clock::now() + patience;
    while (standard_output_.waiting() + standard_error_.waiting() > 0) {
        const auto left = std::chrono::ceil<milliseconds>(until - Clock::now()).count();
        if (left <= 0)
            break;
        std::array<pollfd, 3> waiting{{{signal_descriptor_, POLLIN, 0}, {standard_output_.descriptor(), POLLOUT, 0},
            {standard_error_.descriptor(), POLLOUT, 0}}};
        if (::poll(waiting.data(), waiting.size(), static_cast<int>(left)) < 0)
            continue; // interrupted
        if (waiting[0].revents != 0)
            take_signal();
        const std::size_t before = standard_output_.waiting() + standard_error_.waiting();
        standard_output_.go_on();
        standard_error_.go_on();
        if (!signalled_at_ && standard_output_.waiting() + standard_error_.waiting() < before)
            until = Clock::now() + patience;
    }
    standard_output_.give_up();
    const std::uint64_t lost = standard_output_.take_lost();
    if (lost > 0)
        complain(text_on_lost(lost) + ": nobody read them");
    return lost == 0 || !options_.json;
}

/// With --json nothing may be lost: while nobody reads what was printed, the engine does not get its turns.
bool TerminalServer::holds()
{
    const std::size_t most = is_holding_ ? PatientOutput::most_waiting / 2 : PatientOutput::most_waiting;
    is_holding_ = options_.json && !quitting_ && standard_output_.waiting() > most;
    return is_holding_;
}

void TerminalServer::tell_lost()
{
    if (const std::uint64_t lost = standard_output_.take_lost(); lost > 0)
        output_->note(std::chrono::system_clock::now(), text_on_lost(lost) + ", since nobody read them in time");
}

/// Does what there is to do, and waits for more.
void TerminalServer::round()
{
    const bool is_holding = holds();
    const bool goes_on = is_holding ? look_for_quit() : turn();
    tell_lost();
    screen_.flush();
    if (!goes_on) {
        over_ = true;
        return;
    }
    const bool is_behind = input_is_terminal_ && input_is_open_ && !is_in_foreground();
    if (editor_ && editor_->is_away() && !is_behind)
        editor_->return_to_terminal();
    // poll passes over what is negative. From the background a terminal is not read: that would stop the program.
    const bool wants_keys = wants_input() && !is_behind;
    std::array<pollfd, 8> waiting{{{is_holding ? -1 : engine_->pollable_descriptor(), POLLIN, 0},
        {is_holding ? -1 : engine_->ready_descriptor(), POLLIN, 0}, {signal_descriptor_, POLLIN, 0},
        {is_holding ? -1 : notes_.descriptor(), POLLIN, 0}, {wants_keys ? STDIN_FILENO : -1, POLLIN, 0},
        {screen_signals_ ? ScreenSignals::descriptor() : -1, POLLIN, 0}, {standard_output_.descriptor(), POLLOUT, 0},
        {standard_error_.descriptor(), POLLOUT, 0}}};
    if (::poll(waiting.data(), waiting.size(), is_holding ? -1 : time_to_wait(is_behind)) < 0)
        return; // interrupted
    standard_output_.go_on();
    standard_error_.go_on();
    if (waiting[2].revents != 0)
        take_signal();
    if (waiting[5].revents != 0)
        take_screen_signals();
    input_is_ready_ = waiting[4].revents != 0;
    if (input_is_ready_ && !screen_signals_)
        read_input();
}

void TerminalServer::edit_a_line()
{
    if (!editor_) {
        const std::string path = history_path();
        editor_ = std::make_unique<LineEditor>(
            LineEditor::World{[this] { return wait_for_key(); },
                [this](std::string_view before) {
                    return complete_command(before, console_->connections(), console_->status().get());
                },
                [this](std::string_view bytes) { standard_output_.write(bytes); }},
            path.empty() ? std::vector<std::string>() : read_history(path));
        screen_.set_writer([this](std::string_view lines) { editor_->print(lines); });
    }
    WaitingLine typed;
    switch (editor_->read_line(typed.line.text)) {
    case LineEditor::End::line:
        lines_.push_back(std::move(typed));
        break;
    case LineEditor::End::end_of_input:
        quit();
        break;
    case LineEditor::End::cleared:
    case LineEditor::End::left:
        break;
    }
}

/// What the editor does while nobody types: everything else.
LineEditor::Wait TerminalServer::wait_for_key()
{
    console_->set_width(terminal_columns());
    round();
    if (over_ || quitting_)
        return LineEditor::Wait::leave;
    return std::exchange(input_is_ready_, false) ? LineEditor::Wait::input : LineEditor::Wait::go_on;
}

void TerminalServer::take_screen_signals()
{
    const ScreenSignals::Came came = ScreenSignals::take();
    if (!editor_) {
        if (came.stop)
            ::kill(::getpid(), SIGSTOP);
        return;
    }
    if (came.stop) {
        editor_->leave_terminal();
        ::kill(::getpid(), SIGSTOP); // until it is continued, perhaps in the background: the next round looks
    } else if (came.continued) {
        // Whoever was in front meanwhile may have changed the modes.
        if (is_in_foreground()) {
            editor_->leave_terminal();
            editor_->return_to_terminal();
        }
    } else if (came.resized) {
        editor_->resize();
    }
}

/// Gives the terminal back, and keeps what was typed.
void TerminalServer::leave_editor()
{
    if (!editor_)
        return;
    screen_.flush();
    screen_.set_writer([this](std::string_view lines) { standard_output_.write(lines); });
    const std::vector<std::string> entered = editor_->entered();
    editor_.reset();
    const std::string path = history_path();
    if (path.empty())
        return;
    if (const auto kept = add_to_history(path, entered); !kept)
        complain("the history was not kept: " + kept.error().message());
}

std::string TerminalServer::history_path() const
{
    if (!start_.store || !start_.store->is_in_use())
        return {};
    return start_.store->folder() + "/" + std::string(history_file_name);
}

/// Milliseconds for poll, until the session wants its turn; -1: as long as nothing happens.
int TerminalServer::time_to_wait(bool is_behind) const
{
    const auto deadline = session_.deadline();
    if (!deadline)
        return is_behind ? static_cast<int>(foreground_check.count()) : -1;
    const auto left = std::chrono::ceil<milliseconds>(*deadline - std::chrono::steady_clock::now()).count();
    const std::int64_t longest = is_behind ? foreground_check.count() : 60'000; // then it looks again
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, longest));
}

/// The next command, as far as it can be carried out while the engine has no turns. True: to go on.
bool TerminalServer::look_for_quit()
{
    if (!lines_.empty() && !lines_.front().problem && session_.is_quit(lines_.front().line))
        quit();
    return true;
}

/// One round of everything; false when it is time to leave.
bool TerminalServer::turn()
{
    if (traffic_is_left_) { // of a turn before, and is told first
        take_traffic();
        if (traffic_is_left_)
            return true;
    }
    const auto report = engine_->poll(milliseconds(0));
    if (!report) {
        complain("the server had to end: " + report.error().message());
        failed_ = true;
        return false;
    }
    take_notes();
    const bool was_listening = listening_;
    take_state();
    take_events(was_listening);
    take_traffic();
    take_lines(); // behind all that has come: a limit is looked at last, and a command finds the lanes empty
    write_ready();
    return !failed_ && !report->finished;
}

void TerminalServer::take_notes()
{
    for (const auto& [at, text] : notes_.take())
        output_->note(at, text);
}

bool TerminalServer::wants_input() const
{
    if (!input_is_open_ || !listening_ || quitting_)
        return false;
    return screen_signals_ != nullptr || (lines_.empty() && (is_holding_ || !session_.is_busy()));
}

void TerminalServer::read_input()
{
    std::array<char, std::size_t{64} << 10U> bytes{};
    const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count > 0)
        reader_.feed({bytes.data(), static_cast<std::size_t>(count)});
    else if (count == 0 || (errno != EINTR && errno != EAGAIN))
        end_input();
}

void TerminalServer::end_input()
{
    reader_.end();
    input_is_open_ = false;
    output_->set_takes_commands(false);
    if (input_is_terminal_) // somebody pressed Ctrl-D
        quit();
}

void TerminalServer::take_lines()
{
    if (!listening_ || failed_)
        return;
    session_.advance();
    while (!quitting_ && !lines_.empty() && !session_.is_busy()) {
        WaitingLine next = std::move(lines_.front());
        lines_.pop_front();
        if (next.problem) {
            output_->answer(next.line, {next.problem, {}, {}});
            continue;
        }
        session_.enter(std::move(next.line));
        session_.advance();
    }
    if (session_.is_over() && !quitting_) {
        write_ready();
        quit();
    }
}

void TerminalServer::quit()
{
    quitting_ = true;
    lines_.clear();
    engine_->submit(command::Quit{});
}

void TerminalServer::take_events(bool was_listening)
{
    if (!engine_->take_events(events_))
        return;
    for (const Event& event : events_.events) {
        session_.take(event);
        messages_.take(event);
        if (console_->take(event))
            continue;
        if (const auto* failed = std::get_if<event::ListenFailed>(&event.what);
            failed && !failed->optional && !was_listening) {
            complain(describe(event) + ". " + what_to_do(*failed));
            session_.could_not_run(describe(event));
            failed_ = true;
        } else if (std::holds_alternative<event::Listening>(event.what) && !was_listening) {
            continue; // said by the address lines
        } else if (std::holds_alternative<event::Closed>(event.what) && watches_traffic_) {
            closed_.push_back(event);
        } else {
            output_->event(event);
        }
    }
    session_.count_lost(events_.lost);
    if (events_.lost > 0)
        output_->note(std::chrono::system_clock::now(), std::to_string(events_.lost) + " events were lost");
    events_.clear();
}

void TerminalServer::take_traffic()
{
    if (watches_traffic_ && (traffic_is_left_ || engine_->take_traffic(traffic_))) {
        traffic_is_left_
            = !messages_.take(traffic_, [this](const TrafficRecord& record, const PassedMessages::Info& info) {
                  session_.take(record, info);
                  if (options_.messages)
                      output_->message(record, info);
                  return !holds();
              });
        if (traffic_is_left_)
            return;
        session_.count_lost(traffic_.lost());
        traffic_.clear();
    }
    for (const Event& event : closed_)
        output_->event(event);
    closed_.clear();
}

/// The ready file has the addresses as they are. At first pages are told to come once the commands at the head of a
/// script have run, or all of them; `is_last`: one of them ends the server.
void TerminalServer::write_ready(bool is_last)
{
    if (start_.ready_file.empty() || !listening_ || quitting_ || (!ready_lines_ && !is_last && session_.is_setting_up()))
        return;
    auto lines = address_lines(*status_);
    if (ready_lines_ == lines)
        return;
    const bool is_first = !ready_lines_;
    ready_lines_ = std::move(lines);
    if (const auto written = write_ready_file(start_.ready_file, *ready_lines_); !written) {
        const std::string why = "--ready-file: " + written.error().message();
        complain(why);
        ready_file_failed_ = true;
        if (!is_first)
            return; // who is served stays served
        session_.could_not_run(why);
        quit();
    }
}

void TerminalServer::take_state()
{
    if (!engine_->take_state(state_))
        return;
    console_->take(state_);
    const auto status = state_.status;
    state_.clear();
    if (!status)
        return;
    {
        const std::lock_guard lock(status_mutex_);
        status_ = status;
    }
    if (start_.project && !project_store_)
        watch_project();
    if (start_.store)
        start_.store->remember(status);
    if (!status->listening || failed_ || (listening_ && has_tls_ == (status->tls != nullptr)))
        return;
    const bool is_first = !std::exchange(listening_, true);
    has_tls_ = status->tls != nullptr;
    output_->listening(*status);
    if (is_first && start_.project)
        notes_.post(
            "Project " + escape_for_terminal(start_.project->path)
                + ": its access lists are in force; Hosts.dat and Origins.dat are not read");
}

void TerminalServer::take_signal()
{
    signalfd_siginfo info{};
    if (::read(signal_descriptor_, &info, sizeof info) != static_cast<ssize_t>(sizeof info))
        return;
    const bool is_typed = info.ssi_code == SI_KERNEL; // Ctrl-C, as against kill
    if (info.ssi_signo == SIGINT && is_typed && !quitting_ && input_is_terminal_) {
        const bool has_text = editor_ && !editor_->is_empty();
        if (has_text)
            editor_->clear();
        if (session_.break_off() || has_text)
            return;
    }
    const std::string why
        = "the program was ended by a signal (" + std::string(sigdescr_np(static_cast<int>(info.ssi_signo))) + ")";
    if (quitting_) {
        session_.stop(why);
        (void)session_.finish();
        restore_terminal_modes();
        std::_Exit(128 + static_cast<int>(info.ssi_signo));
    }
    session_.stop(why);
    signalled_at_ = std::chrono::steady_clock::now();
    quit();
}

} // namespace jackfield::app
