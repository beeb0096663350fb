#include "app/terminal/terminal_server.h"

#include "app/shared/project_commands.h"
#include "app/terminal/event_printer.h"
#include "app/terminal/json_printer.h"
#include "app/terminal/line_history.h"
#include "app/terminal/terminal_modes.h"
#include "app/terminal/trust_question.h"

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

void complain(const std::string& text)
{
    std::fprintf(stderr, "jackfield-terminal: %s\n", text.c_str());
}

PrintingStyle style_for(const StartUp& start, bool takes_commands)
{
    PrintingStyle style;
    style.config_dir = start.store ? start.store->folder() : std::string();
    style.project = start.project ? escape_for_terminal(start.project->path) : std::string();
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

} // namespace

TerminalServer::TerminalServer(StartUp start, const TerminalOptions& options, ScriptSession& session)
    : start_(std::move(start))
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
        return 1;
    }
    engine_ = std::move(*engine);
    watches_traffic_ = options_.messages || session_.needs_messages();
    if (watches_traffic_)
        engine_->set_traffic(TrafficLevel::full, TrafficPolicy::hold); // what is expected must not be lost
    console_ = std::make_unique<Console>(Console::Port{
        [this](Command command) {
            quitting_ |= std::holds_alternative<command::Quit>(command);
            return engine_->submit(std::move(command));
        },
        [this] { engine_->attach_state(); }});
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
    screen_.flush();
    return session_.finish() && !failed_ ? 0 : 1;
}

/// Does what there is to do, and waits for more.
void TerminalServer::round()
{
    const bool goes_on = turn();
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
    std::array<pollfd, 6> waiting{{{engine_->pollable_descriptor(), POLLIN, 0}, {engine_->ready_descriptor(), POLLIN, 0},
        {signal_descriptor_, POLLIN, 0}, {notes_.descriptor(), POLLIN, 0}, {wants_keys ? STDIN_FILENO : -1, POLLIN, 0},
        {screen_signals_ ? ScreenSignals::descriptor() : -1, POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), time_to_wait(is_behind)) < 0)
        return; // interrupted
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
                }},
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
    screen_.set_writer(write_to_standard_output);
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

/// One round of everything; false when it is time to leave.
bool TerminalServer::turn()
{
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
    return screen_signals_ != nullptr || (lines_.empty() && !session_.is_busy());
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
    if (session_.is_over() && !quitting_)
        quit();
}

void TerminalServer::quit()
{
    quitting_ = true;
    lines_.clear();
    engine_->submit(command::Quit{});
}

void TerminalServer::watch_files()
{
    if (!start_.store)
        return;
    ConfigStore::Callbacks callbacks;
    callbacks.on_problem = [this](const std::string& problem) { notes_.post(problem); };
    callbacks.on_list_changed
        = [this](ListKind list, const AccessList& content, const std::vector<std::string>& notices) {
              for (const std::string& notice : notices) {
                  if (notice != content.problem) // the engine tells of that one
                      notes_.post(notice);
              }
              engine_->submit(command::ReplaceList{list, content, true});
          };
    start_.store->start(std::move(callbacks));
}

void TerminalServer::watch_certificate()
{
    TlsService::Callbacks callbacks;
    callbacks.on_credentials = [this](std::shared_ptr<const TlsCredentials> credentials) {
        engine_->submit(command::SetTls{std::move(credentials)});
    };
    callbacks.on_notice = [this](const std::string& sentence) { notes_.post(sentence); };
    // Its one thread goes on serving, and asks for no passphrase: it says what to do.
    callbacks.on_status = [this, was_needed = start_.tls->status()->passphrase_needed](
                              const std::shared_ptr<const TlsStatus>& status) mutable {
        const bool was = std::exchange(was_needed, status->passphrase_needed);
        if (status->passphrase_needed && !was && status->settings.own)
            notes_.post("A server that runs asks for no passphrase: start jackfield-terminal again at a terminal, or use a copy "
                        "of the key that is not encrypted: (umask 077; openssl pkey -in "
                + quote_for_shell(status->settings.own->key_path) + " -out NEW-KEY), then jackfield-terminal certificate use "
                + quote_for_shell(status->settings.own->chain_path) + " NEW-KEY");
    };
    callbacks.on_settings = [this](const TlsSettings& settings) {
        if (start_.store)
            start_.store->remember_tls(settings);
    };
    start_.tls->start(std::move(callbacks));
}

void TerminalServer::watch_project()
{
    if (!start_.project)
        return;
    project_listeners_ = start_.project->project.settings.listeners;
    ProjectStore::Callbacks callbacks;
    callbacks.on_changed = [this](ProjectChange change) { on_project_changed(std::move(change)); };
    project_store_ = std::make_unique<ProjectStore>(ProjectDisk(), std::move(callbacks));
    project_store_->adopt(start_.project->path, start_.project->text);
}

// On the project store's thread, as take_project.
void TerminalServer::on_project_changed(ProjectChange change)
{
    if (auto* read = std::get_if<ReadProject>(&change))
        take_project(std::move(*read));
    else if (const auto* unusable = std::get_if<ProjectUnusable>(&change))
        notes_.post(unusable->problem + ". What was in force stays in force");
    else if (std::holds_alternative<ProjectBack>(change))
        notes_.post("The project file is again what is in force");
    else
        notes_.post("The project file is gone. What was in force stays in force");
}

void TerminalServer::take_project(ReadProject read)
{
    std::shared_ptr<const ServerStatus> status;
    {
        const std::lock_guard lock(status_mutex_);
        status = status_;
    }
    auto widening = widenings(read.project, in_force(*status));
    if (start_.listens_as_told)
        std::erase_if(widening, [](const Widening& each) { return each.what == Widening::What::listener; });
    if (!widening.empty() && !start_.trust_project) {
        std::string lines = listed(widening);
        lines.pop_back();
        notes_.post(
            "The project file has changed and is not taken over, since it lets in more than before:\n" + lines
                + "\nStart again to accept that, or with --trust-project");
        return;
    }
    for (const std::string& notice : read.notices)
        notes_.post(notice);
    const bool with_listeners
        = !start_.listens_as_told && read.project.settings.listeners != project_listeners_;
    project_listeners_ = read.project.settings.listeners;
    for (Command& command : commands_for(trusted(read.project), *status, with_listeners))
        engine_->submit(std::move(command));
    notes_.post("The project file has changed and was taken over");
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
    if (watches_traffic_ && engine_->take_traffic(traffic_)) {
        messages_.take(traffic_, [this](const TrafficRecord& record, const PassedMessages::Info& info) {
            session_.take(record, info);
            if (options_.messages)
                output_->message(record, info);
        });
        session_.count_lost(traffic_.lost());
        traffic_.clear();
    }
    for (const Event& event : closed_)
        output_->event(event);
    closed_.clear();
}

/// Pages are told to come once the commands at the head of a script have run.
void TerminalServer::write_ready()
{
    if (!listening_ || is_ready_ || quitting_ || session_.is_setting_up())
        return;
    is_ready_ = true;
    if (start_.ready_file.empty())
        return;
    if (const auto written = write_ready_file(start_.ready_file, address_lines(*status_)); !written)
        complain("--ready-file: " + written.error().message());
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
    is_ready_ = false; // the ready file has the addresses as they are now
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
    if (info.ssi_signo == SIGINT && is_typed && !quitting_ && editor_ && !editor_->is_empty()) {
        editor_->clear();
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
    quit();
}

} // namespace jackfield::app
