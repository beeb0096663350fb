#include "app/bench/bench.h"

#include "app/bench/figures.h"

#include <algorithm>

namespace jackfield::bench {

RunMessages::RunMessages(const Bench& bench)
    : kind_{bench.options.size, bench.options.binary, bench.options.content, bench.options.fragments, false,
        bench.target.scheme == Target::Scheme::tcp}
    , plain_(std::make_unique<MessageSet>(kind_))
{ }

const MessageSet& RunMessages::of(const Connection& connection)
{
    if (!connection.is_compressed())
        return *plain_;
    if (!compressed_) {
        MessageKindOf kind = kind_;
        kind.compressed = true;
        compressed_ = std::make_unique<MessageSet>(kind);
    }
    return *compressed_;
}

TimePoint later(TimePoint from, double seconds)
{
    return from + std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(seconds));
}

Result<void> open_connections(const Bench& bench, std::size_t count)
{
    if (auto room = bench.fleet.make_room(count); !room)
        return room;
    if (bench.server) {
        bench.result.server_memory.emplace();
        bench.result.server_memory->before = bench.server->memory().value_or(0);
    }
    bench.meter.show("opening " + count_text(static_cast<double>(count)) + " connections");
    const TimePoint begin = Fleet::now();
    if (auto opened = bench.fleet.open_all(count); !opened)
        return opened;
    bench.result.opening_seconds = std::chrono::duration<double>(Fleet::now() - begin).count();
    if (bench.options.deflate != Deflate::off) {
        for (std::size_t i = 0; i < count; ++i) {
            if (bench.fleet.at(i).state() == Connection::State::open && !bench.fleet.at(i).is_compressed()) {
                bench.result.warnings.push_back("The server did not agree on permessage-deflate, so nothing was compressed");
                break;
            }
        }
    }
    return {};
}

void serve_until(const Bench& bench, TimePoint end)
{
    while (!bench.fleet.is_stopped() && bench.fleet.open_count() + bench.fleet.opening_count() > 0) {
        const TimePoint now = Fleet::now();
        if (now >= end)
            break;
        bench.fleet.turn(std::min({end, bench.meter.next_tick(), now + std::chrono::milliseconds(100)}));
        bench.meter.tick(Fleet::now());
    }
}

void wait_for_answers(const Bench& bench)
{
    const auto missing = [&] {
        std::uint64_t count = 0;
        for (std::size_t i = 0; i < bench.fleet.size(); ++i) {
            if (bench.fleet.at(i).state() == Connection::State::open)
                count += bench.fleet.at(i).in_flight.messages();
        }
        return count;
    };
    bench.meter.show("waiting for the last answers");
    const TimePoint end = later(Fleet::now(), bench.options.timeout);
    if (bench.fleet.turn_until(end, [&] { return missing() == 0; }) || bench.fleet.is_stopped())
        return;
    bench.fleet.count_error({"no answer in time", count_text(static_cast<double>(missing())) + " messages were not answered in time (--timeout)"}, missing());
}

} // namespace jackfield::bench
