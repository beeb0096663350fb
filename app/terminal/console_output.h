#pragma once

#include "app/terminal/console.h"

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
};

/// What the program tells while it runs, in the order in which it happens. One thread.
class ConsoleOutput {
public:
    virtual ~ConsoleOutput() = default;
    /// It listens for the first time: `Listening on ws://127.0.0.1:4567/` for each address.
    virtual void listening(const std::vector<std::string>& address_lines) = 0;
    virtual void event(const Event& event) = 0;
    /// A sentence of the program's own.
    virtual void note(WallTime at, std::string_view text) = 0;
    virtual void answer(const EnteredLine& line, const Answer& answer) = 0;
};

} // namespace jackfield::app
