#pragma once

#include "app/shared/project_store.h"
#include "app/shared/start_up.h"
#include "app/terminal/event_printer.h"

#include "jackfield/engine.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace jackfield::app {

/// Runs an engine on the calling thread, prints what happens, and ends on SIGINT, SIGTERM or SIGHUP.
class TerminalServer {
public:
    explicit TerminalServer(StartUp start);
    ~TerminalServer();
    TerminalServer(const TerminalServer&) = delete;
    TerminalServer& operator=(const TerminalServer&) = delete;

    /// Serves until a signal comes, then closes every connection politely. `signal_descriptor` is a signalfd;
    /// at its second signal the program ends at once. Returns the exit status: 0, or 1 when the server could
    /// not be started.
    int run(int signal_descriptor);

private:
    bool turn();
    void watch_files();
    void watch_certificate();
    void watch_project();
    void on_project_changed(ProjectChange change);
    void take_project(ReadProject read);
    void take_events();
    void take_state();
    void take_signal(int signal_descriptor);

    StartUp start_;
    EventPrinter printer_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<ProjectStore> project_store_;
    std::vector<ListenSpec> project_listeners_; // of the project that is in force; the project store's thread
    std::mutex status_mutex_;
    std::shared_ptr<const ServerStatus> status_; // the last one; guarded by status_mutex_
    EventBatch events_;
    StateBatch state_;
    bool listening_ = false; // the address lines are out
    std::vector<std::string> printed_; // these
    bool has_tls_ = false; // when they were
    bool failed_ = false; // the addresses asked for cannot be had
    bool quitting_ = false;
};

} // namespace jackfield::app
