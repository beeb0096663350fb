#include "net/timer_wheel.h"

#include <QtTest>

#include <algorithm>
#include <chrono>
#include <memory>
#include <random>
#include <vector>

using namespace jackfield;
using namespace std::chrono_literals;
using net::Timer;
using net::TimerWheel;
using std::chrono::nanoseconds;

namespace {

const TimePoint start{std::chrono::hours(5) + nanoseconds(12'345)};

// A wheel beside the simplest thing that could do its work.
struct Bench {
    TimerWheel wheel{start};
    TimePoint now = start;
    std::vector<std::unique_ptr<Timer>> timers;
    std::string fault;

    void schedule(std::size_t i, TimePoint due) { wheel.schedule(*timers[i], due); }
    /// Fires what is due; notes what fired early, and what is more than a tick late and has not fired.
    void expire()
    {
        while (Timer* timer = wheel.expire(now)) {
            if (timer->is_scheduled())
                fault = "an expired timer is still scheduled";
            if (timer->due > now)
                fault = "fired early";
        }
        for (const auto& timer : timers) {
            if (timer->is_scheduled() && timer->due + TimerWheel::tick <= now)
                fault = "late by "
                    + std::to_string(std::chrono::duration_cast<milliseconds>(now - timer->due).count())
                    + " ms";
        }
    }
    [[nodiscard]] std::size_t scheduled() const
    {
        return static_cast<std::size_t>(
            std::ranges::count_if(timers, [](const auto& timer) { return timer->is_scheduled(); }));
    }
    [[nodiscard]] std::optional<TimePoint> earliest() const
    {
        std::optional<TimePoint> first;
        for (const auto& timer : timers) {
            if (timer->is_scheduled() && (!first || timer->due < *first))
                first = timer->due;
        }
        return first;
    }
};

} // namespace

class TimerWheelTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void behaves_like_a_sorted_list_under_random_operations_data()
    {
        QTest::addColumn<qint64>("longest_delay_ms");
        QTest::addColumn<qint64>("longest_pause_ms");
        QTest::newRow("short delays, short steps") << qint64{100} << qint64{5};
        QTest::newRow("delays up to a turn") << qint64{33'000} << qint64{500};
        QTest::newRow("delays of many turns") << qint64{3'600'000} << qint64{60'000};
        QTest::newRow("long pauses") << qint64{100'000} << qint64{1'000'000};
    }
    void behaves_like_a_sorted_list_under_random_operations()
    {
        QFETCH(qint64, longest_delay_ms);
        QFETCH(qint64, longest_pause_ms);
        std::mt19937_64 random(7);
        const auto random_time = [&](qint64 most_ms) {
            return nanoseconds(
                static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most_ms * 1'000'000)));
        };
        Bench bench;
        for (int i = 0; i < 200; ++i)
            bench.timers.push_back(std::make_unique<Timer>());
        for (int step = 0; step < 6'000; ++step) {
            const std::size_t i = random() % bench.timers.size();
            switch (random() % 4) {
            case 0:
            case 1:
                bench.schedule(i, bench.now + random_time(longest_delay_ms) - 5ms); // some are due already
                break;
            case 2:
                bench.wheel.cancel(*bench.timers[i]);
                break;
            default:
                bench.now += random_time(longest_pause_ms);
                bench.expire();
                break;
            }
            QVERIFY2(bench.fault.empty(), bench.fault.c_str());
            QCOMPARE(bench.wheel.size(), bench.scheduled());
        }
        bench.now += std::chrono::hours(2);
        bench.expire();
        QVERIFY2(bench.fault.empty(), bench.fault.c_str());
        QCOMPARE(bench.wheel.size(), std::size_t{0});
    }

    void a_loop_that_waits_as_told_is_never_late_and_never_spins_data()
    {
        QTest::addColumn<qint64>("delay_ms");
        for (const qint64 delay :
            {1, 7, 8, 9, 100, 1'000, 30'000, 32'760, 32'768, 40'000, 600'000, 3'600'000})
            QTest::addRow("%lld ms", static_cast<long long>(delay)) << delay;
    }
    void a_loop_that_waits_as_told_is_never_late_and_never_spins()
    {
        QFETCH(qint64, delay_ms);
        Bench bench;
        bench.timers.push_back(std::make_unique<Timer>());
        bench.now += 3ms;
        bench.expire();
        const TimePoint due = bench.now + milliseconds(delay_ms);
        bench.schedule(0, due);
        int rounds = 0;
        while (bench.timers[0]->is_scheduled()) {
            const auto next = bench.wheel.next();
            QVERIFY(next.has_value());
            QVERIFY(*next > bench.now); // or the loop would turn on the spot
            bench.now = *next;
            bench.expire();
            ++rounds;
        }
        QVERIFY(bench.now >= due);
        QVERIFY(bench.now - due < TimerWheel::tick);
        QVERIFY(rounds <= 2 + delay_ms / 32'768);
    }

    void the_next_time_is_never_after_the_earliest_deadline()
    {
        std::mt19937 random(11);
        Bench bench;
        for (int i = 0; i < 50; ++i)
            bench.timers.push_back(std::make_unique<Timer>());
        for (int step = 0; step < 5'000; ++step) {
            const std::size_t i = random() % bench.timers.size();
            if (random() % 3 == 0)
                bench.wheel.cancel(*bench.timers[i]);
            else
                bench.schedule(i, bench.now + milliseconds(random() % 100'000));
            if (random() % 5 == 0) {
                bench.now += milliseconds(random() % 2'000);
                bench.expire();
            }
            const auto next = bench.wheel.next();
            const auto earliest = bench.earliest();
            QCOMPARE(next.has_value(), earliest.has_value());
            if (next)
                QVERIFY(*next < *earliest + TimerWheel::tick);
        }
    }

    void a_deadline_can_be_moved_and_set_again()
    {
        TimerWheel wheel(start);
        Timer timer;
        wheel.schedule(timer, start + 50ms);
        wheel.schedule(timer, start + 500ms);
        QCOMPARE(wheel.size(), std::size_t{1});
        QVERIFY(wheel.expire(start + 100ms) == nullptr);
        QVERIFY(wheel.expire(start + 508ms) == &timer);
        QVERIFY(wheel.expire(start + 508ms) == nullptr);
        wheel.schedule(timer, start); // long past: due at once
        QVERIFY(wheel.expire(start + 508ms) == &timer);
        wheel.schedule(timer, start + 510ms);
        wheel.cancel(timer);
        wheel.cancel(timer);
        QVERIFY(wheel.expire(start + 1h) == nullptr);
        QVERIFY(!wheel.next());
    }

    void deadlines_of_the_same_tick_all_fire()
    {
        TimerWheel wheel(start);
        std::vector<Timer> timers(100);
        for (Timer& timer : timers)
            wheel.schedule(timer, start + 20ms);
        int fired = 0;
        while (wheel.expire(start + 28ms))
            ++fired;
        QCOMPARE(fired, 100);
    }

    void a_clock_that_stands_still_or_goes_back_fires_nothing_early()
    {
        TimerWheel wheel(start);
        Timer timer;
        wheel.schedule(timer, start + 100ms);
        QVERIFY(wheel.expire(start + 50ms) == nullptr);
        QVERIFY(wheel.expire(start) == nullptr);
        QVERIFY(wheel.expire(start - 1h) == nullptr);
        QVERIFY(wheel.expire(start + 108ms) == &timer);
    }
};

QTEST_GUILESS_MAIN(TimerWheelTest)
#include "timer_wheel_test.moc"
