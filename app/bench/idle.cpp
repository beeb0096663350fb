#include "app/bench/bench.h"

#include "app/bench/figures.h"

namespace jackfield::bench {
namespace {

/// Notes how long each handshake took; pings are answered by the connections themselves.
class Idle final : public FleetUser {
public:
    void on_open(Connection& connection, TimePoint now) override { handshakes.record((now - connection.began()).count()); }
    LatencyRecorder handshakes;
};

} // namespace

Result<void> run_idle(const Bench& bench)
{
    Idle idle;
    bench.fleet.set_user(&idle);
    if (auto opened = open_connections(bench, bench.options.connections); !opened)
        return opened;
    const std::size_t held = bench.fleet.open_count();
    bench.meter.start(Fleet::now(), bench.options.seconds);
    serve_until(bench, later(Fleet::now(), bench.options.seconds));
    bench.meter.stop(Fleet::now());
    bench.meter.fill(bench.result, false);
    if (bench.server && bench.result.server_memory) {
        ServerMemory& memory = *bench.result.server_memory;
        memory.after = bench.server->memory().value_or(memory.before);
        if (held > 0)
            memory.bytes_a_connection
                = (static_cast<double>(memory.after) - static_cast<double>(memory.before)) / static_cast<double>(held);
    }
    bench.result.latency = idle.handshakes.summary();
    bench.fleet.close_all();
    return {};
}

} // namespace jackfield::bench
