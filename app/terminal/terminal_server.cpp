#include "app/terminal/terminal_server.h"

#include "app/shared/project_commands.h"
#include "app/terminal/trust_question.h"

#include "jackfield/escape.h"
#include "jackfield/event_text.h"

#include <sys/signalfd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace jackfield::app {
namespace {

constexpr std::chrono::seconds publish_interval{1}; // nobody looks at counters here

void complain(const std::string& text)
{
    std::fprintf(stderr, "jackfield-terminal: %s\n", text.c_str());
}

WallTime now()
{
    return std::chrono::system_clock::now();
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

TerminalServer::TerminalServer(StartUp start)
    : start_(std::move(start))
    , printer_(start_.store ? start_.store->folder() : std::string(),
          start_.project ? escape_for_terminal(start_.project->path) : std::string(),
          [tls = start_.tls.get()] { return tls->status(); })
{ }

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
        return 1;
    }
    engine_ = std::move(*engine);
    engine_->attach_state();
    watch_files();
    watch_certificate();

    std::array<pollfd, 3> waiting{{{engine_->pollable_descriptor(), POLLIN, 0},
        {engine_->ready_descriptor(), POLLIN, 0}, {signal_descriptor, POLLIN, 0}}};
    while (turn()) {
        if (::poll(waiting.data(), waiting.size(), -1) < 0)
            continue; // interrupted
        if (waiting[2].revents != 0)
            take_signal(signal_descriptor);
    }
    start_.tls->close();
    if (start_.store)
        start_.store->close();
    return failed_ ? 1 : 0;
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
    take_events();
    take_state();
    return !failed_ && !report->finished;
}

void TerminalServer::watch_files()
{
    if (!start_.store)
        return;
    ConfigStore::Callbacks callbacks;
    callbacks.on_problem = [this](const std::string& problem) { printer_.note(now(), problem); };
    callbacks.on_list_changed
        = [this](ListKind list, const AccessList& content, const std::vector<std::string>& notices) {
              for (const std::string& notice : notices) {
                  if (notice != content.problem) // the engine tells of that one
                      printer_.note(now(), notice);
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
    callbacks.on_notice = [this](const std::string& sentence) { printer_.note(now(), sentence); };
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
        printer_.note(now(), unusable->problem + ". What was in force stays in force");
    else if (std::holds_alternative<ProjectBack>(change))
        printer_.note(now(), "The project file is again what is in force");
    else
        printer_.note(now(), "The project file is gone. What was in force stays in force");
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
        printer_.note(now(),
            "The project file has changed and is not taken over, since it lets in more than before:\n" + lines
                + "\nStart again to accept that, or with --trust-project");
        return;
    }
    for (const std::string& notice : read.notices)
        printer_.note(now(), notice);
    const bool with_listeners
        = !start_.listens_as_told && read.project.settings.listeners != project_listeners_;
    project_listeners_ = read.project.settings.listeners;
    for (Command& command : commands_for(trusted(read.project), *status, with_listeners))
        engine_->submit(std::move(command));
    printer_.note(now(), "The project file has changed and was taken over");
}

void TerminalServer::take_events()
{
    if (!engine_->take_events(events_))
        return;
    for (const Event& event : events_.events) {
        if (const auto* failed = std::get_if<event::ListenFailed>(&event.what);
            failed && !failed->optional && !listening_) {
            complain(describe(event) + ". " + what_to_do(*failed));
            failed_ = true;
        } else if (std::holds_alternative<event::Listening>(event.what) && !listening_) {
            continue; // said by the address lines
        } else {
            printer_.event(event);
        }
    }
    if (events_.lost > 0)
        printer_.note(now(), std::to_string(events_.lost) + " events were lost");
    events_.clear();
}

void TerminalServer::take_state()
{
    if (!engine_->take_state(state_))
        return;
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
    const auto lines = address_lines(*status);
    if (lines == printed_)
        return;
    for (const std::string& line : lines) {
        if (std::find(printed_.begin(), printed_.end(), line) == printed_.end())
            printer_.line(line);
    }
    printed_ = lines;
    if (is_first && start_.project)
        printer_.note(now(),
            "Project " + escape_for_terminal(start_.project->path)
                + ": its access lists are in force; Hosts.dat and Origins.dat are not read");
    if (start_.ready_file.empty())
        return;
    if (const auto written = write_ready_file(start_.ready_file, lines); !written)
        complain("--ready-file: " + written.error().message());
}

void TerminalServer::take_signal(int signal_descriptor)
{
    signalfd_siginfo info{};
    if (::read(signal_descriptor, &info, sizeof info) != static_cast<ssize_t>(sizeof info))
        return;
    if (quitting_)
        std::_Exit(128 + static_cast<int>(info.ssi_signo));
    quitting_ = true;
    engine_->submit(command::Quit{});
}

} // namespace jackfield::app
