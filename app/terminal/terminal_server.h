#pragma once

#include "app/shared/project_store.h"
#include "app/shared/start_up.h"
#include "app/terminal/console.h"
#include "app/terminal/event_printer.h"
#include "app/terminal/line_editor.h"
#include "app/terminal/line_reader.h"
#include "app/terminal/passed_messages.h"
#include "app/terminal/patient_output.h"
#include "app/terminal/posted_notes.h"
#include "app/terminal/screen.h"
#include "app/terminal/screen_signals.h"
#include "app/terminal/script_session.h"

#include "jackfield/engine.h"

#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace jackfield::app {

/// Runs an engine on the calling thread, prints what happens, carries out the lines of standard input, and ends on
/// `quit`, SIGINT, SIGTERM or SIGHUP.
class TerminalServer {
public:
    /// `session`: what carries out lines, with its script read; it must outlive this.
    TerminalServer(StartUp start, const TerminalOptions& options, ScriptSession& session);
    ~TerminalServer();
    TerminalServer(const TerminalServer&) = delete;
    TerminalServer& operator=(const TerminalServer&) = delete;

    /// Serves until it is told to end, then closes every connection politely. `signal_descriptor` is a signalfd;
    /// at its second signal the program ends at once. The end of a pipe or a file at standard input ends nothing,
    /// Ctrl-D at a terminal does. Returns the exit status: 0, 1 when the server could not be started or
    /// the session is not content, or 2 when the ready file could not be written.
    int run(int signal_descriptor);

private:
    void complain(const std::string& text);
    void round();
    bool turn();
    [[nodiscard]] bool holds();
    [[nodiscard]] bool look_for_quit();
    void tell_lost();
    bool let_output_out();
    void edit_a_line();
    LineEditor::Wait wait_for_key();
    void take_screen_signals();
    void leave_editor();
    [[nodiscard]] std::string history_path() const;
    void watch_files();
    void watch_certificate();
    void watch_project();
    void on_project_changed(ProjectChange change);
    void take_project(ReadProject read);
    void take_notes();
    void take_state();
    void take_events(bool was_listening);
    void take_traffic();
    void write_ready(bool is_last = false);
    [[nodiscard]] int time_to_wait(bool is_behind) const;
    void take_lines();
    void take_signal();
    void read_input();
    void end_input();
    void quit();
    [[nodiscard]] bool wants_input() const;

    StartUp start_;
    PatientOutput standard_output_;
    PatientOutput standard_error_;
    Screen screen_;
    TerminalOptions options_;
    ScriptSession& session_;
    std::unique_ptr<ConsoleOutput> output_;
    PostedNotes notes_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<Console> console_;
    LineReader reader_;
    struct WaitingLine {
        EnteredLine line;
        std::optional<Error> problem; ///< of a line that could not be read
    };
    std::deque<WaitingLine> lines_; // read and not carried out yet
    bool input_is_open_ = true;
    bool input_is_terminal_ = false;
    bool input_is_ready_ = false; // a key waits for the editor
    int signal_descriptor_ = -1;
    std::unique_ptr<ScreenSignals> screen_signals_; // while lines can be edited
    std::unique_ptr<LineEditor> editor_; // from the first line that is edited on
    std::unique_ptr<ProjectStore> project_store_;
    std::vector<ListenSpec> project_listeners_; // of the project that is in force; the project store's thread
    std::mutex status_mutex_;
    std::shared_ptr<const ServerStatus> status_; // the last one; guarded by status_mutex_
    EventBatch events_;
    TrafficBatch traffic_;
    bool traffic_is_left_ = false; // of it, as the output was full
    bool is_holding_ = false; // nobody reads the JSON Lines
    PassedMessages messages_;
    std::vector<Event> closed_; // of this round, told behind the messages that came before
    StateBatch state_;
    bool listening_ = false; // the address lines are out
    bool has_tls_ = false; // when they were told
    std::optional<std::vector<std::string>> ready_lines_; // in the ready file, where one was asked for
    bool ready_file_failed_ = false;
    bool watches_traffic_ = false;
    bool failed_ = false; // the addresses asked for cannot be had
    bool quitting_ = false;
    std::optional<std::chrono::steady_clock::time_point> signalled_at_; // the signal that ends it
    bool over_ = false;
};

} // namespace jackfield::app
