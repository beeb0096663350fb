#include "app/bench/bench.h"

namespace jackfield::bench {
namespace {

/// Closed loop: each answer lets the next message out.
class Echo final : public FleetUser {
public:
    explicit Echo(const Bench& bench)
        : bench_(bench)
        , messages_(bench)
    { }
    void on_open(Connection& connection, TimePoint /*now*/) override
    {
        // Everybody begins elsewhere, so that an answer to another connection's message is a wrong one.
        connection.use(messages_.of(connection), connection.index * 31);
    }
    void on_answers(Connection& connection, std::uint64_t count, TimePoint now) override
    {
        connection.in_flight.pop(
            count, [&](TimePoint sent, std::uint64_t messages) { bench_.meter.record(now - sent, messages); });
        bench_.meter.count_payload(count * bench_.options.size);
        if (sends_ && connection.state() == Connection::State::open)
            connection.queue(count, now);
    }
    void begin()
    {
        for (std::size_t i = 0; i < bench_.fleet.size() && !bench_.fleet.is_stopped(); ++i) {
            Connection& connection = bench_.fleet.at(i);
            if (connection.state() != Connection::State::open)
                continue;
            connection.queue(bench_.options.depth, Fleet::now());
            bench_.fleet.flush(connection);
        }
    }
    void stop() { sends_ = false; }

private:
    const Bench& bench_;
    RunMessages messages_;
    bool sends_ = true;
};

} // namespace

Result<void> run_echo(const Bench& bench)
{
    Echo echo(bench);
    bench.fleet.set_user(&echo);
    if (auto opened = open_connections(bench, bench.options.connections); !opened)
        return opened;
    bench.meter.show("warming up");
    echo.begin();
    serve_until(bench, later(Fleet::now(), bench.options.warm_up));
    bench.meter.start(Fleet::now(), bench.options.seconds);
    serve_until(bench, later(Fleet::now(), bench.options.seconds));
    bench.meter.stop(Fleet::now());
    echo.stop();
    wait_for_answers(bench);
    bench.meter.fill(bench.result);
    bench.fleet.close_all();
    return {};
}

} // namespace jackfield::bench
