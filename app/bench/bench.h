#pragma once

#include "app/bench/fleet.h"
#include "app/bench/meter.h"
#include "app/bench/message_set.h"
#include "app/bench/options.h"
#include "app/bench/process_watch.h"
#include "app/bench/result.h"
#include "app/bench/target.h"

#include "jackfield/result.h"

#include <memory>

namespace jackfield::bench {

/// What every mode works with.
struct Bench {
    const Options& options;
    const Target& target;
    Fleet& fleet;
    Meter& meter;
    const ProcessWatch* server; ///< null without --pid
    RunResult& result;
};

/// The messages of a run, for connections with and without compression.
class RunMessages {
public:
    explicit RunMessages(const Bench& bench);
    [[nodiscard]] const MessageSet& plain() const { return *plain_; }
    /// What this connection sends.
    const MessageSet& of(const Connection& connection);

private:
    MessageKindOf kind_;
    std::unique_ptr<MessageSet> plain_;
    std::unique_ptr<MessageSet> compressed_; // made when the first connection has agreed on it
};

/// Opens all connections, with a progress line, and notes how long that took.
/// Errors: the first connection could not be opened.
[[nodiscard]] Result<void> open_connections(const Bench& bench, std::size_t count);
/// Serves the connections until then, or until the run is stopped or all of them are gone.
void serve_until(const Bench& bench, TimePoint end);
/// Waits for the answers that are out, as long as --timeout says; those that do not come are errors.
void wait_for_answers(const Bench& bench);
/// So many seconds later.
[[nodiscard]] TimePoint later(TimePoint from, double seconds);

// The modes. Each fills the result with what is its own. Errors: what kept it from beginning.
[[nodiscard]] Result<void> run_echo(const Bench& bench);
[[nodiscard]] Result<void> run_rate(const Bench& bench);
[[nodiscard]] Result<void> run_connect(const Bench& bench);
[[nodiscard]] Result<void> run_idle(const Bench& bench);
[[nodiscard]] Result<void> run_fanout(const Bench& bench);
[[nodiscard]] Result<void> run_ramp(const Bench& bench);
[[nodiscard]] Result<void> run_soak(const Bench& bench);

/// Serves the floor until `stop`. Errors: as of a listening socket.
[[nodiscard]] Result<void> serve_floor(const Options& options, const StopSignal& stop);

} // namespace jackfield::bench
