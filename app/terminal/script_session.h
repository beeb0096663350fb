#pragma once

#include "app/shared/start_up.h"
#include "app/terminal/console_output.h"
#include "app/terminal/junit_report.h"
#include "app/terminal/passed_messages.h"
#include "app/terminal/script_runner.h"

#include "jackfield/time.h"

#include <optional>
#include <string>
#include <vector>

namespace jackfield::app {

/// Carries lines out on a console, one after the other, `wait` and `expect` among them: those of a script's
/// file, or without one those that are entered. Of a script it keeps what came of each step, and says how the
/// program is to end. One thread.
class ScriptSession {
public:
    explicit ScriptSession(const TerminalOptions& options);

    /// Reads the script, if there is one. False when it cannot be run: what is wrong was printed to standard
    /// error, a line each, and put into the report. Blocks until standard input ends where the script is
    /// that. `signal_descriptor`: a signalfd; a signal ends it.
    [[nodiscard]] bool read(int signal_descriptor);
    [[nodiscard]] bool has_script() const { return !options_.script.empty(); }
    /// Whether what passes has to be handed in: a step waits for it.
    [[nodiscard]] bool needs_messages() const { return needs_messages_; }
    /// The program ends before anything could be run: for the report.
    void could_not_run(const std::string& why);

    /// Both must outlive this. The first call of all that follow.
    void begin(Console& console, ConsoleOutput& output);
    /// A line that was read or typed; only when it is not busy.
    void enter(EnteredLine line);
    [[nodiscard]] bool is_busy() const { return runner_.is_busy(); }
    /// Whether a line would end the server.
    [[nodiscard]] static bool is_quit(const EnteredLine& line);

    void take(const Event& event);
    void take(const TrafficRecord& record, const PassedMessages::Info& info);
    void count_lost(std::uint64_t count) { runner_.log().count_lost(count); }
    /// Goes on as far as it can.
    void advance();
    /// When to call `advance` again, whatever happens.
    [[nodiscard]] std::optional<TimePoint> deadline() const { return deadline_; }
    /// Nothing but commands was run yet, and the next one is a command: pages had better not come yet.
    [[nodiscard]] bool is_setting_up() const;
    /// The script is over and the server is to quit.
    [[nodiscard]] bool is_over() const;
    /// Ends a `wait` or `expect` that somebody typed, and says so. False when none runs, or a script does.
    bool break_off();
    /// The server ends: what runs is broken off.
    void stop(const std::string& why);

    /// Writes the report. False when the program's exit status is to be 1: an expectation was not met, a
    /// command of the script failed, or there is no report where one was asked for.
    [[nodiscard]] bool finish();

private:
    void add(ScriptStep step);
    void ended(const ScriptStep& step, const Answer& answer);
    void tell(const StepResult& result);
    void complain(std::size_t line, const std::string& what);
    void complain(const std::string& text);

    TerminalOptions options_;
    std::string name_; // of the script, printable
    ScriptRunner runner_;
    JunitReport report_;
    Console* console_ = nullptr;
    ConsoleOutput* output_ = nullptr;
    std::optional<TimePoint> deadline_;
    bool needs_messages_ = false;
    bool has_waited_ = false; // a wait or an expectation was reached
};

} // namespace jackfield::app
