#pragma once

#include "app/terminal/live_connections.h"

#include "jackfield/command.h"
#include "jackfield/command_text.h"
#include "jackfield/event.h"
#include "jackfield/lanes.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace jackfield::app {

/// What became of a line.
struct Answer {
    std::optional<Error> error; ///< why it was not done, and what to type instead
    /// What is to be shown: lines, each with its LF, escaped for a terminal. Empty with an error and after an empty line.
    std::string text;
    std::optional<event::CommandFinished> finished; ///< what the engine said to a command
    std::vector<LiveConnection> users = {}; ///< of the question who is connected
};

/// Carries out lines of the command language on an engine, one after the other, and answers what they ask. It does
/// no input and no output. One thread.
class Console {
public:
    /// What it needs of the engine.
    struct Port {
        std::function<Ticket(Command)> submit;
        std::function<void()> attach_state; ///< asks for a snapshot
        std::optional<std::string> config_dir = {}; ///< what --config-dir named, for commands of the shell
    };
    using Done = std::function<void(Answer)>;

    explicit Console(Port port);

    /// Carries out `line` (valid UTF-8) and calls `done` once: during the call, or from a later `take`. Only when
    /// it is not busy. A blank line and one that begins with `#` do nothing.
    void enter(std::string_view line, Done done);
    /// A line was entered and is not done.
    [[nodiscard]] bool is_busy() const { return !std::holds_alternative<std::monostate>(waiting_); }

    /// Everything of the state lane and of the events lane, in each round the state first. True for an event that
    /// was the end of the line that runs: it is in its answer.
    void take(const StateBatch& batch);
    bool take(const Event& event);

    [[nodiscard]] const LiveConnections& connections() const { return connections_; }
    /// Null until the engine has told.
    [[nodiscard]] const std::shared_ptr<const ServerStatus>& status() const { return status_; }
    /// Columns that answers may have; 0: no limit.
    void set_width(std::size_t columns) { width_ = columns; }

private:
    struct Running {
        Ticket ticket = 0;
        Command command;
        Done done;
    };
    struct Asked {
        Query query;
        Done done;
    };
    void ask(Query query, Done done);
    void tell(const Query& query, const Done& done) const;

    Port port_;
    LiveConnections connections_;
    ConnectionNames names_;
    std::shared_ptr<const ServerStatus> status_;
    EngineTotals totals_;
    WallTime started_ = std::chrono::system_clock::now();
    std::size_t width_ = 0;
    std::variant<std::monostate, Running, Asked> waiting_;
};

} // namespace jackfield::app
