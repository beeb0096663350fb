#include "app/bench/bench.h"

#include <vector>

namespace jackfield::bench {
namespace {

constexpr std::uint64_t most_failures = 100; // one after the other

/// Each connection is closed as soon as it is open, and opened again when it is gone.
class Connect final : public FleetUser {
public:
    explicit Connect(const Bench& bench)
        : bench_(bench)
    { }
    void on_open(Connection& connection, TimePoint now) override
    {
        failures_ = 0;
        bench_.meter.record(now - connection.began(), 1);
        bench_.fleet.close(connection);
    }
    void on_ended(Connection& connection, TimePoint /*now*/) override
    {
        failures_ += connection.trouble() ? 1 : 0;
        gone_.push_back(connection.index);
    }
    /// Opens those that are gone.
    void begin()
    {
        for (std::size_t i = 0; i < bench_.fleet.size(); ++i)
            gone_.push_back(i);
    }
    void serve_until(TimePoint end)
    {
        std::vector<std::size_t> again;
        while (!bench_.fleet.is_stopped() && Fleet::now() < end && failures_ < most_failures) {
            again.swap(gone_);
            for (const std::size_t index : again) {
                bench_.fleet.open(index);
                if (bench_.fleet.at(index).state() == Connection::State::unused) {
                    ++failures_;
                    gone_.push_back(index);
                }
            }
            again.clear();
            bench_.fleet.turn(std::min({end, bench_.meter.next_tick(), Fleet::now() + std::chrono::milliseconds(100)}));
            bench_.meter.tick(Fleet::now());
        }
    }

private:
    const Bench& bench_;
    std::vector<std::size_t> gone_;
    std::uint64_t failures_ = 0;
};

} // namespace

Result<void> run_connect(const Bench& bench)
{
    if (auto opened = open_connections(bench, bench.options.connections); !opened)
        return opened;
    bench.fleet.close_all(); // they have shown that it can be done
    Connect connect(bench);
    bench.fleet.set_user(&connect);
    connect.begin();
    bench.meter.show("warming up");
    connect.serve_until(later(Fleet::now(), bench.options.warm_up));
    bench.meter.start(Fleet::now(), bench.options.seconds);
    connect.serve_until(later(Fleet::now(), bench.options.seconds));
    bench.meter.stop(Fleet::now());
    bench.meter.fill(bench.result);
    bench.fleet.set_user(nullptr);
    bench.fleet.turn_until(later(Fleet::now(), bench.options.timeout), [&] { return bench.fleet.opening_count() == 0; });
    bench.fleet.close_all();
    return {};
}

} // namespace jackfield::bench
