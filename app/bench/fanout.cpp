#include "app/bench/bench.h"

#include "app/bench/figures.h"

#include <vector>

namespace jackfield::bench {
namespace {

/// Connection 0 sends, all others receive. The next message leaves when all have received the one that was sent
/// `depth` messages before.
class Fanout final : public FleetUser {
public:
    explicit Fanout(const Bench& bench)
        : bench_(bench)
        , messages_(bench)
        , sent_at_(bench.options.depth)
        , missing_(bench.options.depth)
    { }
    void on_open(Connection& connection, TimePoint /*now*/) override
    {
        // All receive the same messages in the same order, whether the sender hears itself or not.
        connection.expect_only(connection.index == 0 ? messages_.of(connection) : messages_.plain(), 0);
        connection.tag = next_;
    }
    void on_answers(Connection& connection, std::uint64_t count, TimePoint now) override
    {
        if (connection.index == 0)
            return;
        if (connection.tag + count > next_) {
            bench_.fleet.fail(connection, {"unexpected message", "a message came that was not sent"});
            return;
        }
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::size_t place = connection.tag++ % sent_at_.size();
            bench_.meter.record(now - sent_at_[place], 1);
            --missing_[place];
        }
        bench_.meter.count_payload(count * bench_.options.size);
        last_delivery_ = now;
    }
    void on_ended(Connection& connection, TimePoint /*now*/) override
    {
        if (connection.index == 0)
            return;
        for (; connection.tag < next_; ++connection.tag)
            --missing_[connection.tag % missing_.size()];
    }
    /// Sends what may be sent. False when there is no sense in going on.
    bool send()
    {
        Connection& sender = bench_.fleet.at(0);
        const std::size_t receivers = bench_.fleet.open_count() - (sender.state() == Connection::State::open ? 1 : 0);
        if (sender.state() != Connection::State::open || receivers == 0)
            return false;
        while (oldest_ < next_ && missing_[oldest_ % missing_.size()] == 0) {
            ++oldest_;
            sender.in_flight.pop(1, [](TimePoint, std::uint64_t) { });
        }
        const TimePoint now = Fleet::now();
        const bool sends = sends_ && next_ - oldest_ < sent_at_.size();
        for (; sends && next_ - oldest_ < sent_at_.size(); ++next_) {
            sent_at_[next_ % sent_at_.size()] = now;
            missing_[next_ % missing_.size()] = receivers;
            sender.queue(1, now);
        }
        if (sends)
            bench_.fleet.flush(sender);
        return true;
    }
    void serve_until(TimePoint end)
    {
        last_delivery_ = Fleet::now();
        while (!bench_.fleet.is_stopped() && Fleet::now() < end && send()) {
            bench_.fleet.turn(std::min({end, bench_.meter.next_tick(), Fleet::now() + std::chrono::milliseconds(100)}));
            bench_.meter.tick(Fleet::now());
            if (Fleet::now() - last_delivery_ > later(TimePoint(), bench_.options.timeout) - TimePoint()) {
                report_missing();
                return;
            }
        }
    }
    void finish()
    {
        sends_ = false;
        const TimePoint end = later(Fleet::now(), bench_.options.timeout);
        if (!has_failed_ && !bench_.fleet.turn_until(end, [&] { return !send() || oldest_ == next_; }) && !bench_.fleet.is_stopped())
            report_missing();
    }
    [[nodiscard]] bool has_failed() const { return has_failed_; }

private:
    void report_missing()
    {
        std::uint64_t missing = 0;
        for (std::uint64_t i = oldest_; i < next_; ++i)
            missing += missing_[i % missing_.size()];
        has_failed_ = true;
        bench_.fleet.count_error({"not delivered",
                                     count_text(static_cast<double>(missing))
                                         + " deliveries did not come in time (--timeout); does this path send what one client says to "
                                           "all (Jackfield's does at /chat)?"},
            missing);
    }

    const Bench& bench_;
    RunMessages messages_;
    std::vector<TimePoint> sent_at_; // of the messages that are out, by their number
    std::vector<std::uint64_t> missing_; // deliveries, likewise
    std::uint64_t oldest_ = 0;
    std::uint64_t next_ = 0;
    TimePoint last_delivery_{};
    bool sends_ = true;
    bool has_failed_ = false;
};

} // namespace

Result<void> run_fanout(const Bench& bench)
{
    Fanout fanout(bench);
    bench.fleet.set_user(&fanout);
    if (auto opened = open_connections(bench, bench.options.connections + 1); !opened)
        return opened;
    bench.meter.show("warming up");
    fanout.serve_until(later(Fleet::now(), bench.options.warm_up));
    bench.meter.start(Fleet::now(), bench.options.seconds);
    if (!fanout.has_failed())
        fanout.serve_until(later(Fleet::now(), bench.options.seconds));
    bench.meter.stop(Fleet::now());
    fanout.finish();
    bench.meter.fill(bench.result);
    bench.fleet.close_all();
    return {};
}

} // namespace jackfield::bench
