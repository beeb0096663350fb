#pragma once

#include "app/bench/bench.h"
#include "app/bench/latency_recorder.h"
#include "app/bench/schedule.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace jackfield::bench {

/// Open loop: messages leave when they are due, over all connections in turn, and their latency counts from then. What
/// a stalled server delays is delayed in the figures, too.
class OpenLoop final : public FleetUser {
public:
    explicit OpenLoop(const Bench& bench);

    /// What is due from `begin` on counts, in the meter and in `step()`.
    void count_from(TimePoint begin, TimePoint end);
    /// Sends at this rate until then, or until the run is stopped or hopeless. Messages that are out stay so.
    void send(double rate, TimePoint end);
    /// Lets a rate begin anew at the next `send`.
    void restart() { schedule_.reset(); }

    [[nodiscard]] const LatencyRecorder& step() const { return step_; }
    void clear_step();
    [[nodiscard]] std::uint64_t due_messages() const { return due_; } ///< that count
    [[nodiscard]] std::uint64_t late_messages() const { return late_; } ///< of them: sent a millisecond late, or more
    [[nodiscard]] std::uint64_t answered_in_time() const { return answered_; } ///< of them: before the end of the counted time
    /// True once so many messages are out that there is no use in going on.
    [[nodiscard]] bool is_hopeless() const { return is_hopeless_; }

    void on_open(Connection& connection, TimePoint now) override;
    void on_answers(Connection& connection, std::uint64_t count, TimePoint now) override;
    void on_ended(Connection& connection, TimePoint now) override;

private:
    void send_due(TimePoint now);

    const Bench& bench_;
    RunMessages messages_;
    std::optional<Schedule> schedule_;
    LatencyRecorder step_;
    std::vector<std::size_t> touched_; ///< connections to flush
    TimePoint count_begin_{TimePoint::max()};
    TimePoint count_end_{TimePoint::max()};
    std::size_t next_connection_ = 0;
    std::uint64_t out_ = 0;
    std::uint64_t due_ = 0;
    std::uint64_t late_ = 0;
    std::uint64_t answered_ = 0;
    bool is_hopeless_ = false;
};

} // namespace jackfield::bench
