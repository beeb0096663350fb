#pragma once

#include "app/bench/fleet.h"
#include "app/bench/latency_recorder.h"
#include "app/bench/process_watch.h"
#include "app/bench/progress.h"
#include "app/bench/result.h"

#include "jackfield/time.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jackfield::bench {

/// Takes the figures of a run while it goes on, shows how it goes, and writes them into the result. One thread, the one
/// whose CPU time is the client's.
class Meter {
public:
    Meter(const Options& options, const Fleet& fleet, const ProcessWatch* server);

    /// What comes from here on counts.
    void start(TimePoint now, double planned_seconds);
    /// Answered messages, all of one latency.
    void record(std::chrono::nanoseconds latency, std::uint64_t count)
    {
        if (!is_measuring_)
            return;
        interval_.record(latency.count(), count);
        interval_messages_ += count;
    }
    /// The same for messages whose answer came after the measured time, but which belong to it.
    void record_late(std::chrono::nanoseconds latency, std::uint64_t count) { interval_.record(latency.count(), count); }
    void count_payload(std::uint64_t bytes)
    {
        if (is_measuring_)
            payload_ += bytes;
    }
    [[nodiscard]] bool is_measuring() const { return is_measuring_; }
    /// Closes an interval when it is over. Cheap otherwise.
    void tick(TimePoint now)
    {
        if (now >= next_)
            end_interval(now);
    }
    /// When `tick` has to be called next.
    [[nodiscard]] TimePoint next_tick() const { return next_; }
    /// The measured time ends.
    void stop(TimePoint now);
    /// What is being done, for who looks on: "opening", "warming up".
    void show(const std::string& what) { progress_.show(what); }
    /// Everything measured. `per_message`: CPU is told for each message, too.
    void fill(RunResult& result, bool per_message = true);
    [[nodiscard]] const std::vector<SeriesPoint>& series() const { return series_; }

private:
    void end_interval(TimePoint now);

    const Fleet& fleet_;
    const ProcessWatch* server_;
    Progress progress_;
    bool is_measuring_ = false;
    std::chrono::nanoseconds interval_length_{std::chrono::seconds(1)};
    TimePoint start_{};
    TimePoint next_{TimePoint::max()};
    TimePoint interval_start_{};
    LatencyRecorder interval_;
    LatencyRecorder total_;
    std::uint64_t interval_messages_ = 0;
    std::uint64_t messages_ = 0;
    std::uint64_t payload_ = 0;
    Traffic traffic_at_start_;
    Traffic traffic_at_stop_;
    std::uint64_t errors_before_ = 0;
    double client_cpu_before_ = 0; // at the interval's begin
    double client_cpu_at_start_ = 0;
    double busy_at_start_ = 0;
    double client_cpu_ = 0;
    double busy_share_ = 0;
    std::optional<double> server_cpu_before_;
    std::optional<double> server_cpu_at_start_;
    std::optional<double> server_cpu_;
    std::uint64_t peak_memory_ = 0;
    double seconds_ = 0;
    std::vector<SeriesPoint> series_;
};

} // namespace jackfield::bench
