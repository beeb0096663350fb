#pragma once

#include "app/shared/start_up.h"
#include "app/terminal/event_printer.h"

#include "jackfield/engine.h"

#include <memory>

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
    void take_events();
    void take_state();
    void take_signal(int signal_descriptor);

    StartUp start_;
    EventPrinter printer_;
    std::unique_ptr<Engine> engine_;
    EventBatch events_;
    StateBatch state_;
    bool listening_ = false; // the address lines are out
    bool failed_ = false; // the addresses asked for cannot be had
    bool quitting_ = false;
};

} // namespace jackfield::app
