#include "app/bench/figures.h"
#include "app/bench/open_loop.h"

#include <algorithm>
#include <cmath>

namespace jackfield::bench {
namespace {

constexpr double settling = 0.25; // of a step, before it counts
constexpr double reached = 0.95; // of the rate that was offered
constexpr double late_limit = 0.05;
constexpr int refinements = 3; // steps between the last rate that held and the first that did not

class Ramp {
public:
    explicit Ramp(const Bench& bench)
        : bench_(bench)
        , loop_(bench)
    { }
    FleetUser& user() { return loop_; }

    void climb()
    {
        const Options& options = bench_.options;
        const TimePoint end = later(Fleet::now(), options.seconds);
        double good = 0;
        double bad = 0;
        for (double rate = options.ramp_from; may_go_on(end); rate = std::min(rate * options.ramp_factor, options.ramp_to)) {
            if (!try_rate(rate)) {
                bad = rate;
                break;
            }
            good = rate;
            if (rate >= options.ramp_to)
                break;
        }
        for (int i = 0; i < refinements && good > 0 && bad > 0 && may_go_on(end); ++i) {
            const double rate = std::sqrt(good * bad);
            (try_rate(rate) ? good : bad) = rate;
        }
        if (good > 0)
            bench_.result.knee = good;
        if (bad == 0)
            bench_.result.warnings.push_back(bench_.fleet.is_stopped() ? "The bound was not broken before the run was stopped"
                                                                      : "The bound was not broken: the knee lies higher (--to, --duration)");
        else if (good == 0)
            bench_.result.warnings.push_back("The first rate broke the bound already: take a lower --from");
        if (was_limit_)
            bench_.result.warnings.push_back("The client was the limit: it could not send in time at the rate that broke the bound");
        if (good > 0)
            knee_latency_ = good_latency_;
    }
    [[nodiscard]] const Latency& knee_latency() const { return knee_latency_; }

private:
    [[nodiscard]] bool may_go_on(TimePoint end) const
    {
        return !bench_.fleet.is_stopped() && bench_.fleet.open_count() > 0 && Fleet::now() < end && !loop_.is_hopeless();
    }
    /// Offers the rate for one step. True when the bound held.
    bool try_rate(double rate)
    {
        const Options& options = bench_.options;
        loop_.restart();
        loop_.clear_step();
        const TimePoint begin = later(Fleet::now(), options.step_seconds * settling);
        const TimePoint end = later(begin, options.step_seconds);
        loop_.count_from(begin, end);
        loop_.send(rate, end);
        const double seconds = std::max(std::chrono::duration<double>(std::min(Fleet::now(), end) - begin).count(), 1e-9);
        const auto answered = static_cast<double>(loop_.answered_in_time());
        drain();
        RampStep step;
        step.offered = rate;
        step.achieved = answered / seconds;
        step.p50_us = loop_.step().percentile_us(0.5);
        step.p99_us = loop_.step().percentile_us(0.99);
        step.max_us = loop_.step().max_us();
        const auto due = static_cast<double>(loop_.due_messages());
        step.within_bound = due > 0 && loop_.step().count() > 0 && step.p99_us <= options.bound_us && answered >= reached * due;
        if (bench_.fleet.is_stopped())
            return step.within_bound; // half a step says nothing
        bench_.result.ramp.push_back(step);
        if (step.within_bound)
            good_latency_ = loop_.step().summary();
        else
            was_limit_ = due > 0 && static_cast<double>(loop_.late_messages()) > late_limit * due;
        return step.within_bound;
    }
    /// The next step begins with nothing out.
    void drain()
    {
        const TimePoint end = later(Fleet::now(), bench_.options.timeout);
        bench_.fleet.turn_until(end, [&] {
            for (std::size_t i = 0; i < bench_.fleet.size(); ++i) {
                if (bench_.fleet.at(i).state() == Connection::State::open && bench_.fleet.at(i).in_flight.messages() > 0)
                    return false;
            }
            return true;
        });
    }

    const Bench& bench_;
    OpenLoop loop_;
    Latency good_latency_;
    Latency knee_latency_;
    bool was_limit_ = false;
};

} // namespace

Result<void> run_ramp(const Bench& bench)
{
    Ramp ramp(bench);
    bench.fleet.set_user(&ramp.user());
    if (auto opened = open_connections(bench, bench.options.connections); !opened)
        return opened;
    bench.meter.start(Fleet::now(), bench.options.seconds);
    ramp.climb();
    bench.meter.stop(Fleet::now());
    wait_for_answers(bench);
    bench.meter.fill(bench.result);
    bench.result.latency = ramp.knee_latency();
    bench.fleet.close_all();
    return {};
}

} // namespace jackfield::bench
