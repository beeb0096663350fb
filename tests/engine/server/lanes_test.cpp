#include "server/lanes.h"
#include "tests/support/engine_bench.h"
#include "tests/support/scripted_kernel.h"

#include <QtTest>

#include <atomic>
#include <cerrno>
#include <poll.h>
#include <set>
#include <string>
#include <thread>

using namespace jackfield;
using namespace std::chrono_literals;
using server::EventLane;
using server::ReadySignal;
using server::StateLane;
using test::Call;
using test::EngineBench;
using test::LoopbackClient;
using test::ScriptedKernel;

namespace {

bool is_readable(int fd, int wait_ms = 0)
{
    pollfd entry{fd, POLLIN, 0};
    return ::poll(&entry, 1, wait_ms) == 1;
}

struct Bench {
    ScriptedKernel kernel;
    ReadySignal signal{kernel, net::Descriptor(kernel, kernel.create_event())};
};

Event notice(std::string text)
{
    Event event;
    event.what = event::Notice{std::move(text)};
    return event;
}

Event outcome(Ticket ticket)
{
    Event event;
    event::CommandFinished finished;
    finished.ticket = ticket;
    event.what = finished;
    return event;
}

} // namespace

class LanesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void events_keep_their_order_and_count_what_is_lost()
    {
        Bench bench;
        EventLane lane(10, 100, bench.signal);
        QVERIFY(!lane.has_any());
        for (int i = 0; i < 15; ++i)
            lane.add(notice(std::to_string(i)));
        lane.add(outcome(7)); // never lost
        EventBatch batch;
        QVERIFY(lane.take(batch));
        QCOMPARE(batch.events.size(), std::size_t{11});
        QCOMPARE(batch.lost, std::uint64_t{5});
        for (std::size_t i = 0; i < 10; ++i) {
            QCOMPARE(batch.events[i].sequence, std::uint64_t{i + 1});
            QCOMPARE(std::get<event::Notice>(batch.events[i].what).text, std::to_string(i));
        }
        QCOMPARE(batch.events[10].sequence, std::uint64_t{16}); // the gap tells where they are missing
        QCOMPARE(std::get<event::CommandFinished>(batch.events[10].what).ticket, Ticket{7});
        QVERIFY(!lane.take(batch));
        QVERIFY(batch.events.empty());
        lane.add_lost();
        QVERIFY(lane.has_any());
        QVERIFY(lane.take(batch));
        QCOMPARE(batch.lost, std::uint64_t{1});
    }

    void the_end_of_the_engine_is_never_lost()
    {
        Bench bench;
        EventLane lane(1, 100, bench.signal);
        lane.add(notice("full"));
        Event end;
        end.what = event::Finished{3, 4};
        lane.add(std::move(end));
        EventBatch batch;
        lane.take(batch);
        QCOMPARE(batch.events.size(), std::size_t{2});
        QCOMPARE(std::get<event::Finished>(batch.events[1].what).closed_cleanly, std::uint64_t{3});
    }

    void the_state_lane_holds_one_batch()
    {
        Bench bench;
        StateLane lane(bench.signal);
        QVERIFY(lane.is_free());
        StateBatch made;
        made.totals.open = 5;
        made.changed.resize(100);
        lane.put(made, 7);
        QVERIFY(made.changed.empty());
        QVERIFY(!lane.is_free());
        QVERIFY(lane.has_any());
        StateBatch taken;
        taken.changed.resize(3);
        std::uint64_t round = 0;
        QVERIFY(lane.take(taken, round));
        QCOMPARE(round, std::uint64_t{7});
        QCOMPARE(taken.totals.open, std::uint64_t{5});
        QCOMPARE(taken.changed.size(), std::size_t{100});
        QVERIFY(lane.is_free());
        QVERIFY(!lane.take(taken, round));
        QVERIFY(taken.changed.empty());
    }

    void the_signal_is_written_once_per_change()
    {
        Bench bench;
        EventLane lane(100, 100, bench.signal);
        for (int i = 0; i < 50; ++i)
            lane.add(notice("x"));
        QCOMPARE(bench.kernel.calls(Call::write_counter), std::uint64_t{1});
        QVERIFY(is_readable(bench.signal.descriptor()));
        bench.signal.lower();
        QVERIFY(!is_readable(bench.signal.descriptor()));
        bench.signal.raise();
        QVERIFY(is_readable(bench.signal.descriptor()));
    }

    void a_signal_whose_write_fails_is_not_the_last()
    {
        Bench bench;
        bench.kernel.fail(Call::write_counter, EINTR);
        bench.signal.raise();
        QVERIFY(is_readable(bench.signal.descriptor())); // once is tried again at once
        bench.signal.lower();
        bench.kernel.fail(Call::write_counter, EAGAIN, 1, 100);
        bench.signal.raise();
        bench.kernel.heal(Call::write_counter);
        bench.signal.raise();
        QVERIFY(is_readable(bench.signal.descriptor()));
    }

    // The reader sleeps until the signal, takes all, lowers, looks again: it must never sleep while something
    // is there.
    void no_event_is_overslept_between_two_threads()
    {
        Bench bench;
        EventLane lane(1'000'000, 100, bench.signal);
        constexpr int rounds = 30'000;
        std::atomic<int> seen{0};
        std::thread writer([&] {
            for (int i = 1; i <= rounds; ++i) {
                lane.add(outcome(static_cast<Ticket>(i)));
                while (i % 2 == 0 && seen.load(std::memory_order_acquire) < i)
                    std::this_thread::yield();
            }
        });
        EventBatch batch;
        Ticket expected = 1;
        int overslept = 0, wrong = 0;
        while (seen.load() < rounds) {
            if (!is_readable(bench.signal.descriptor(), 20'000))
                ++overslept;
            lane.take(batch);
            for (const Event& event : batch.events)
                wrong += std::get<event::CommandFinished>(event.what).ticket != expected++ ? 1 : 0;
            if (!lane.has_any()) {
                bench.signal.lower();
                if (lane.has_any())
                    bench.signal.raise();
            }
            seen.store(static_cast<int>(expected - 1), std::memory_order_release);
        }
        writer.join();
        QCOMPARE(overslept, 0);
        QCOMPARE(wrong, 0);
        QVERIFY(!is_readable(bench.signal.descriptor())); // and lies still when all is read
    }

    void a_change_after_a_batch_is_published_although_nothing_else_happens()
    {
        EngineBench bench;
        LoopbackClient client = bench.open();
        bench.engine->attach_state();
        bench.run();
        StateBatch batch;
        QVERIFY(bench.engine->take_state(batch));
        QVERIFY(batch.snapshot);
        QCOMPARE(batch.opened.size(), std::size_t{1});
        bench.clock.advance(100ms);
        client.send(test::client_frame(0x81, "one"));
        bench.run_until([&] {
            client.pump();
            return !client.received.empty();
        });
        bench.run(2); // a batch lies there
        client.send(test::client_frame(0x81, "two"));
        client.received.clear();
        bench.run_until([&] {
            client.pump();
            return !client.received.empty();
        });
        QVERIFY(bench.engine->take_state(batch)); // the first; the second waits for its time
        QVERIFY(is_readable(bench.engine->pollable_descriptor(), 20'000)); // and the engine knows of that
        bench.clock.advance(100ms);
        bench.run(1);
        QVERIFY(bench.engine->take_state(batch));
        QCOMPARE(batch.changed.size(), std::size_t{1});
        QCOMPARE(batch.changed[0].messages_in, std::uint64_t{2});
    }

    void a_stalled_reader_costs_freshness_and_not_memory()
    {
        EngineConfig config = EngineBench::config();
        config.closed_budget = 50;
        EngineBench bench(config);
        bench.engine->attach_state();
        bench.run();
        for (int i = 0; i < 200; ++i) {
            LoopbackClient client = bench.open();
            QVERIFY(bench.is_open);
            client.reset();
            bench.clock.advance(50ms);
            bench.run(2);
        }
        StateBatch batch;
        std::uint64_t closed = 0, left_out = 0;
        for (int i = 0; i < 10; ++i) {
            if (bench.engine->take_state(batch)) {
                closed += batch.closed.size();
                left_out += batch.closed_left_out;
                QVERIFY(batch.closed.size() <= 50);
            }
            bench.clock.advance(50ms);
            bench.run(2);
        }
        QCOMPARE(closed + left_out, std::uint64_t{200});
        QVERIFY(left_out >= 100);
    }

    void who_was_told_of_and_closes_untold_does_not_stay_open()
    {
        EngineConfig config = EngineBench::config();
        config.closed_budget = 2;
        EngineBench bench(config);
        bench.engine->attach_state();
        std::vector<LoopbackClient> clients;
        for (int i = 0; i < 5; ++i) {
            clients.push_back(bench.open());
            QVERIFY(bench.is_open);
        }
        std::set<ConnectionId> known;
        StateBatch batch;
        const auto take = [&] {
            for (int i = 0; i < 10; ++i) {
                bench.clock.advance(50ms);
                bench.run(2);
                if (!bench.engine->take_state(batch))
                    continue;
                if (batch.snapshot)
                    known.clear();
                for (const auto& info : batch.opened)
                    known.insert(info->id);
                for (const ClosedConnection& closed : batch.closed)
                    known.erase(closed.info->id);
            }
        };
        take();
        QCOMPARE(known.size(), std::size_t{5});
        for (LoopbackClient& client : clients)
            client.reset();
        take();
        QCOMPARE(known.size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(LanesTest)
#include "lanes_test.moc"
