#pragma once

#include "app/terminal/console.h"
#include "app/terminal/script_runner.h"

#include "jackfield/event.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

/// A line that was entered.
struct EnteredLine {
    std::string text;
    std::uint64_t number = 0; ///< its place in what is read, from 1; 0: a person typed it
    std::string id = {}; ///< of what came as JSON: its "id" as JSON; empty: none
};

/// What the program tells while it runs, in the order in which it happens. One thread.
class ConsoleOutput {
public:
    virtual ~ConsoleOutput() = default;
    /// It listens for the first time.
    virtual void listening(const ServerStatus& status) = 0;
    virtual void event(const Event& event) = 0;
    /// A sentence of the program's own.
    virtual void note(WallTime at, std::string_view text) = 0;
    virtual void answer(const EnteredLine& line, const Answer& answer) = 0;
    /// What came of a `wait` or an `expect`, and in a script of each command.
    virtual void step(const StepResult& result) = 0;
    /// A message or control frame, with `--messages`. `info` is null where the connection is not known.
    virtual void message(const TrafficRecord& record, const std::shared_ptr<const ConnectionInfo>& info) = 0;
    /// A line for standard error.
    virtual void complain(std::string_view line) = 0;
    /// Whether lines can still be entered.
    virtual void set_takes_commands(bool /*takes*/) { }
};

} // namespace jackfield::app
