#pragma once

#include "app/terminal/happenings.h"
#include "app/terminal/script.h"

#include "jackfield/time.h"

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace jackfield::app {

/// What came of one step.
struct StepResult {
    enum class Outcome : std::uint8_t {
        good,
        failed, ///< an expectation was not met, or a command did not do what it says
        stopped, ///< the program had to end meanwhile
        not_run, ///< it was not its turn any more
    };
    ScriptStep step;
    Outcome outcome = Outcome::good;
    std::string what; ///< what met it, or what is wrong: printable, without a full stop
    std::chrono::nanoseconds time{0}; ///< that it took
};

/// Runs the steps of a script one after the other: says what is to be done next, is told what came of it and
/// what happens meanwhile. It does nothing itself and looks at no clock; one thread.
class ScriptRunner {
public:
    struct Options {
        bool keep_going = false; ///< a step that fails does not end the script
    };
    explicit ScriptRunner(Options options)
        : options_(options)
    { }

    /// A step behind the others; any time before `stop`.
    void add(ScriptStep step) { steps_.push_back(std::move(step)); }

    /// Everything that happens goes here, before `next` is asked.
    [[nodiscard]] HappeningLog& log() { return log_; }

    /// What is to be done.
    struct Next {
        enum class Kind : std::uint8_t {
            command, ///< run the command of `step`, then call `command_ended`; is told once
            wait, ///< ask again when something has happened, or at `until` where that is set
            done, ///< no step is left, or one has failed that ends the script
        };
        Kind kind = Kind::done;
        ScriptStep step = {};
        std::optional<TimePoint> until = {};
    };
    [[nodiscard]] Next next(TimePoint now);
    /// `problem`: why the command was not done or not wholly; empty when it was. Without a command that runs
    /// it does nothing.
    void command_ended(const std::string& problem, TimePoint now);
    /// The program ends before the script: what runs is `stopped`, for the reason `why`, the rest `not_run`.
    void stop(const std::string& why, TimePoint now);

    /// A `wait` or `expect` that runs is `stopped`, and the next step is next. False when none runs.
    bool break_off(TimePoint now);

    /// Called with each result at once, in the order of the steps.
    std::function<void(const StepResult&)> on_result;
    /// False once a step has failed or was stopped.
    [[nodiscard]] bool all_good() const { return all_good_; }
    /// The same of expectations alone, and of those that had their time.
    [[nodiscard]] bool all_expectations_met() const { return all_met_; }
    /// Whether there is anything left to do.
    [[nodiscard]] bool is_busy() const { return !steps_.empty(); }
    /// The step that runs or is the next; null: none is left.
    [[nodiscard]] const ScriptStep* current() const { return steps_.empty() ? nullptr : &steps_.front(); }

private:
    void begin(TimePoint now);
    void end(StepResult::Outcome outcome, std::string what, TimePoint now);
    bool report(StepResult::Outcome outcome, std::string what, TimePoint now);
    void abandon_rest();

    Options options_;
    HappeningLog log_;
    std::deque<ScriptStep> steps_;
    bool has_looked_ = true; // a `wait` or `expect` came behind the last command that changes something
    bool running_ = false; // the first of steps_ has begun
    TimePoint begun_{};
    TimePoint until_{};
    bool all_good_ = true;
    bool all_met_ = true;
    bool over_ = false;
};

} // namespace jackfield::app
