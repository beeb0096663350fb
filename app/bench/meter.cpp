#include "app/bench/meter.h"

#include "app/bench/figures.h"

#include <algorithm>

namespace jackfield::bench {
namespace {

constexpr double busy_limit = 0.95; // of a core: more is no room
constexpr double as_busy = 0.9; // the server as the client
constexpr double shortest_judged = 0.1; // seconds

double seconds_between(TimePoint from, TimePoint to)
{
    return std::chrono::duration<double>(to - from).count();
}

} // namespace

Meter::Meter(const Options& options, const Fleet& fleet, const ProcessWatch* server)
    : fleet_(fleet)
    , server_(server)
    , progress_(options)
{
    if (server_)
        peak_memory_ = server_->memory().value_or(0);
}

void Meter::start(TimePoint now, double planned_seconds)
{
    interval_length_ = std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::duration<double>(std::clamp(planned_seconds / 10, 0.1, 1.0)));
    is_measuring_ = true;
    start_ = interval_start_ = now;
    next_ = now + interval_length_;
    traffic_at_start_ = fleet_.traffic();
    errors_before_ = traffic_at_start_.errors;
    client_cpu_before_ = client_cpu_at_start_ = thread_cpu_seconds();
    busy_at_start_ = thread_busy_seconds();
    if (server_)
        server_cpu_before_ = server_cpu_at_start_ = server_->cpu_seconds();
}

void Meter::end_interval(TimePoint now)
{
    SeriesPoint point;
    point.at_seconds = seconds_between(start_, now);
    point.seconds = seconds_between(interval_start_, now);
    point.messages = interval_messages_;
    point.errors = fleet_.traffic().errors - errors_before_;
    point.connections = fleet_.open_count();
    point.p50_us = interval_.percentile_us(0.5);
    point.p90_us = interval_.percentile_us(0.9);
    point.p99_us = interval_.percentile_us(0.99);
    point.p99_9_us = interval_.percentile_us(0.999);
    point.max_us = interval_.max_us();
    const double length = std::max(point.seconds, 1e-9);
    const double client_cpu = thread_cpu_seconds();
    point.client_cpu = (client_cpu - client_cpu_before_) / length;
    client_cpu_before_ = client_cpu;
    if (server_) {
        const auto server_cpu = server_->cpu_seconds();
        if (server_cpu && server_cpu_before_)
            point.server_cpu = (*server_cpu - *server_cpu_before_) / length;
        server_cpu_before_ = server_cpu;
        point.server_memory = server_->memory();
        peak_memory_ = std::max(peak_memory_, point.server_memory.value_or(0));
    }
    series_.push_back(point);
    messages_ += interval_messages_;
    interval_messages_ = 0;
    errors_before_ = fleet_.traffic().errors;
    total_.add(interval_);
    interval_.clear();
    interval_start_ = now;
    next_ = now + interval_length_;
    progress_.show(point, errors_before_); // by now those of the whole run
}

void Meter::stop(TimePoint now)
{
    if (!is_measuring_)
        return;
    // A short rest without a message says nothing.
    if (interval_messages_ > 0 || seconds_between(interval_start_, now) > 0.01 || series_.empty())
        end_interval(now);
    next_ = TimePoint::max();
    is_measuring_ = false;
    seconds_ = seconds_between(start_, now);
    traffic_at_stop_ = fleet_.traffic();
    client_cpu_ = thread_cpu_seconds() - client_cpu_at_start_;
    busy_share_ = (thread_busy_seconds() - busy_at_start_) / std::max(seconds_, 1e-9);
    if (server_ && server_cpu_at_start_) {
        if (const auto cpu = server_->cpu_seconds())
            server_cpu_ = *cpu - *server_cpu_at_start_;
    }
}

void Meter::fill(RunResult& result, bool per_message)
{
    progress_.clear();
    total_.add(interval_);
    interval_.clear();
    result.seconds = seconds_;
    result.messages = messages_;
    const double length = std::max(seconds_, 1e-9);
    result.messages_a_second = static_cast<double>(messages_) / length;
    result.bytes_sent = traffic_at_stop_.sent - traffic_at_start_.sent;
    result.bytes_received = traffic_at_stop_.received - traffic_at_start_.received;
    result.payload_bytes = payload_;
    result.latency = total_.summary();
    result.series = series_;
    const auto cpu_of = [&](double seconds) {
        Cpu cpu{seconds, seconds / length, {}};
        if (per_message && messages_ > 0)
            cpu.us_a_message = seconds * 1e6 / static_cast<double>(messages_);
        return cpu;
    };
    result.client_cpu = cpu_of(client_cpu_);
    if (server_cpu_)
        result.server_cpu = cpu_of(*server_cpu_);
    if (server_) {
        ServerMemory memory = result.server_memory.value_or(ServerMemory{});
        memory.after = server_->memory().value_or(memory.after);
        memory.peak = std::max(peak_memory_, memory.after);
        result.server_memory = memory;
    }
    if (busy_share_ < busy_limit || seconds_ < shortest_judged)
        return;
    if (server_cpu_ && *server_cpu_ >= as_busy * client_cpu_)
        result.warnings.push_back("The client was busy all the time, and so was the server: with a faster client it may do a little more");
    else
        result.warnings.push_back("The client was the limit: it was busy " + percent_text(std::min(busy_share_, 1.0))
            + " of the time, so the server can do more than this");
}

} // namespace jackfield::bench
