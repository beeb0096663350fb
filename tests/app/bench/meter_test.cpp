// The figures of a run: each message is in one interval, also one of the run's last moment.
#include "app/bench/meter.h"
#include "app/bench/stop_signal.h"
#include "app/bench/target.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::bench;
using std::chrono::milliseconds;

namespace {

/// A meter over connections that there are none of.
struct Fixture {
    Fixture()
        : fleet(options, target, nullptr, stop)
        , meter(options, fleet, nullptr)
    { }
    Options options = [] {
        Options made;
        made.quiet = true;
        return made;
    }();
    Target target = parse_target("ws://127.0.0.1:1/").value();
    StopSignal stop;
    Fleet fleet;
    Meter meter;
};

} // namespace

class MeterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_intervals_have_every_message_data()
    {
        QTest::addColumn<int>("rest"); // ms after the last whole interval
        QTest::addColumn<int>("intervals");
        QTest::newRow("none") << 0 << 2;
        QTest::newRow("a short one") << 5 << 3;
        QTest::newRow("one of its own") << 60 << 3;
    }
    void the_intervals_have_every_message()
    {
        QFETCH(int, rest);
        QFETCH(int, intervals);
        Fixture f;
        const TimePoint start{std::chrono::hours(1)};
        f.meter.record(milliseconds(1), 100); // nothing is measured yet
        f.meter.start(start, 1.0);
        f.meter.record(milliseconds(1), 5);
        f.meter.tick(start + milliseconds(100));
        f.meter.record(milliseconds(2), 3);
        f.meter.tick(start + milliseconds(200));
        if (rest > 0)
            f.meter.record(milliseconds(3), 2);
        f.meter.stop(start + milliseconds(200 + rest));
        RunResult result;
        f.meter.fill(result);
        QCOMPARE(result.messages, std::uint64_t{rest > 0 ? 10U : 8U});
        QCOMPARE(result.series.size(), static_cast<std::size_t>(intervals));
        std::uint64_t messages = 0;
        double seconds = 0;
        for (const SeriesPoint& point : result.series) {
            messages += point.messages;
            seconds += point.seconds;
        }
        QCOMPARE(messages, result.messages);
        QCOMPARE(seconds, result.seconds);
        QCOMPARE(result.series.back().at_seconds, result.seconds);
        QCOMPARE(result.latency.count, result.messages);
    }
};

QTEST_GUILESS_MAIN(MeterTest)
#include "meter_test.moc"
