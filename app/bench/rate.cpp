#include "app/bench/figures.h"
#include "app/bench/open_loop.h"

namespace jackfield::bench {
namespace {

constexpr double late_part_of_rate = 0.01;
constexpr double kept_up = 0.99;

} // namespace

Result<void> run_rate(const Bench& bench)
{
    OpenLoop loop(bench);
    bench.fleet.set_user(&loop);
    if (auto opened = open_connections(bench, bench.options.connections); !opened)
        return opened;
    bench.meter.show("warming up");
    loop.send(bench.options.rate, later(Fleet::now(), bench.options.warm_up));
    const TimePoint begin = Fleet::now();
    const TimePoint end = later(begin, bench.options.seconds);
    loop.count_from(begin, end);
    bench.meter.start(begin, bench.options.seconds);
    loop.send(bench.options.rate, end);
    bench.meter.stop(Fleet::now());
    loop.count_from(begin, Fleet::now());
    wait_for_answers(bench);
    bench.meter.fill(bench.result);
    bench.fleet.close_all();
    if (loop.due_messages() == 0)
        return {};
    const double late = static_cast<double>(loop.late_messages()) / static_cast<double>(loop.due_messages());
    bench.result.late_messages = late;
    if (late > late_part_of_rate)
        bench.result.warnings.push_back("The client was the limit: " + percent_text(late)
            + " of the messages left a millisecond late, or more (their latency holds it); take a lower --rate");
    if (static_cast<double>(loop.answered_in_time()) < kept_up * static_cast<double>(loop.due_messages()))
        bench.result.warnings.push_back("The server did not keep up with the rate");
    return {};
}

} // namespace jackfield::bench
