#include "support/engine_fixture.h"

#include <QTest>

#include <atomic>
#include <memory>
#include <set>
#include <thread>

using namespace jackfield;
using namespace jackfield::test;

namespace {

bool is_readable(int fd)
{
    pollfd entry{fd, POLLIN, 0};
    return ::poll(&entry, 1, 0) == 1;
}

void wait_readable(int fd)
{
    pollfd entry{fd, POLLIN, 0};
    if (::poll(&entry, 1, static_cast<int>(RawClient::patience.count())) != 1)
        throw std::runtime_error("the ready descriptor stays silent");
}

/// Goes through the engine twice: what was sent before has been served.
void round_trips(RawClient& client)
{
    for (int i = 0; i < 2; ++i) {
        client.send_text("round trip");
        if (client.read_message() != "round trip")
            throw std::runtime_error("no round trip");
    }
}

EngineSetup quiet_setup()
{
    EngineSetup setup;
    setup.has_canary = false;
    setup.config.limits.ping_interval = milliseconds(0);
    return setup;
}

} // namespace

/// The three lanes out of a running engine, and their one descriptor.
class LanesSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void attaching_begins_with_everything_that_is_open();
    void slow_state_reader_gets_the_newest_of_each_row();
    void closed_rows_beyond_the_budget_are_counted();
    void connection_that_comes_and_goes_between_two_batches_is_closed_only();
    void events_beyond_the_capacity_are_counted_and_commands_never_lost();
    void full_ring_drops_and_counts_exactly();
    void held_traffic_loses_nothing_data();
    void held_traffic_loses_nothing();
    void level_decides_what_travels();
    void large_payloads_travel_by_reference();
    void ready_descriptor_follows_the_lanes();
    void sequence_numbers_tell_the_order();
};

void LanesSuiteTest::attaching_begins_with_everything_that_is_open()
{
    EngineFixture fixture(quiet_setup());
    std::vector<RawClient> clients;
    for (int i = 0; i < 10; ++i)
        clients.push_back(fixture.open_client("User-Agent: Trial/1.0\r\n", "/path?q"));
    for (int attachments = 0; attachments < 2; ++attachments) {
        StateBatch batch;
        fixture.engine().attach_state();
        do
            wait_readable(fixture.engine().ready_descriptor()), fixture.collect_events();
        while (!fixture.engine().take_state(batch) || !batch.snapshot);
        QCOMPARE(batch.opened.size(), std::size_t{10});
        QCOMPARE(batch.changed.size(), std::size_t{10});
        QVERIFY(batch.status);
        QVERIFY(batch.status->listening);
        QCOMPARE(batch.totals.open, 10U);
        std::set<std::uint64_t> numbers;
        for (const auto& info : batch.opened) {
            numbers.insert(info->number);
            QCOMPARE(*info->target, std::string("/path?q"));
            QCOMPARE(*info->user_agent, std::string("Trial/1.0"));
            QCOMPARE(*info->origin, std::string("http://localhost:3000"));
            QCOMPARE(*info->endpoint, std::string("/*"));
            QVERIFY(info->peer.is_loopback());
            QCOMPARE(info->local, fixture.address());
        }
        QCOMPARE(numbers.size(), std::size_t{10});
        fixture.engine().detach_state();
        fixture.settle();
        fixture.engine().take_state(batch); // what was under way
    }
    clients.clear();
    fixture.finish();
}

void LanesSuiteTest::slow_state_reader_gets_the_newest_of_each_row()
{
    EngineFixture fixture(quiet_setup());
    {
        RawClient client = fixture.open_client();
        fixture.attach_state();
        fixture.wait_until([&] { return fixture.rows.size() == 1; });
        for (int i = 0; i < 500; ++i) {
            client.send_text("x");
            client.read_message();
        }
        // At most one batch was made when the reader went away and one is made when it returns.
        int batches = 0;
        StateBatch batch;
        std::uint64_t seen = 0;
        while (seen < 500) {
            wait_readable(fixture.engine().ready_descriptor());
            fixture.collect_events();
            if (!fixture.engine().take_state(batch))
                continue;
            ++batches;
            QVERIFY(batch.changed.size() <= 1);
            if (!batch.changed.empty())
                seen = batch.changed[0].messages_in;
        }
        QVERIFY2(batches <= 3, qPrintable(QString::number(batches)));
        QCOMPARE(batch.changed[0].messages_out, 500U);
        QCOMPARE(batch.totals.messages_in, 500U);
    }
    fixture.finish();
}

void LanesSuiteTest::closed_rows_beyond_the_budget_are_counted()
{
    EngineSetup setup = quiet_setup();
    setup.config.closed_budget = 10;
    EngineFixture fixture(setup);
    {
        RawClient client = fixture.open_client();
        fixture.engine().attach_state();
        for (int i = 0; i < 100; ++i) {
            RawClient other = fixture.open_client();
            other.send_close(1000);
            other.read_until_end();
        }
        round_trips(client);
        std::size_t closed = 0;
        std::uint64_t left_out = 0;
        StateBatch batch;
        while (closed + left_out < 100) {
            wait_readable(fixture.engine().ready_descriptor());
            fixture.collect_events();
            if (!fixture.engine().take_state(batch))
                continue;
            QVERIFY(batch.closed.size() < 10 + suite_threads()); // each thread has its part, rounded up
            closed += batch.closed.size();
            left_out += batch.closed_left_out;
        }
        QCOMPARE(closed + left_out, std::uint64_t{100});
        QVERIFY(closed >= 10 / suite_threads()); // they may all have been on one thread
        QVERIFY(left_out >= 70);
    }
    fixture.finish();
}

void LanesSuiteTest::connection_that_comes_and_goes_between_two_batches_is_closed_only()
{
    EngineSetup setup = quiet_setup();
    setup.has_manual_clock = true; // so that no batch is published before its time
    setup.config.publish_interval = milliseconds(100);
    EngineFixture fixture(setup);
    {
        fixture.attach_state();
        fixture.wait_until([&] { return fixture.status != nullptr; }, true);
        fixture.settle();
        RawClient client = fixture.open_client();
        client.send_close(1000);
        client.read_until_end();
        fixture.close_of(client.local_port());
        StateBatch batch;
        fixture.advance(milliseconds(200));
        std::size_t closed = 0, opened = 0;
        while (closed == 0) {
            wait_readable(fixture.engine().ready_descriptor());
            fixture.collect_events();
            if (fixture.engine().take_state(batch)) {
                closed += batch.closed.size();
                opened += batch.opened.size();
            }
        }
        QCOMPARE(closed, std::size_t{1});
        QCOMPARE(opened, std::size_t{0});
        QCOMPARE(batch.closed[0].counters.state, ConnectionState::closed);
        QVERIFY(batch.closed[0].close.clean);
    }
    fixture.finish();
}

void LanesSuiteTest::events_beyond_the_capacity_are_counted_and_commands_never_lost()
{
    EngineSetup setup = quiet_setup();
    setup.config.event_capacity = 16;
    EngineFixture fixture(setup);
    {
        RawClient client = fixture.open_client();
        fixture.forget_events();
        std::set<Ticket> tickets;
        for (int i = 0; i < 50; ++i) {
            RawClient other = fixture.open_client();
            other.send_close(1000);
            other.read_until_end();
            tickets.insert(fixture.engine().submit(command::Ping{Target::all(), {}}));
        }
        std::set<Ticket> told;
        std::uint64_t lost = 0, kept = 0;
        EventBatch batch;
        while (told.size() < tickets.size()) {
            wait_readable(fixture.engine().ready_descriptor());
            if (!fixture.engine().take_events(batch))
                continue;
            lost += batch.lost;
            for (const Event& each : batch.events) {
                if (const auto* finished = std::get_if<event::CommandFinished>(&each.what))
                    told.insert(finished->ticket);
                else
                    ++kept;
            }
        }
        QVERIFY(told == tickets);
        // Of each of the fifty: opened, closed.
        while (kept + lost < 100) {
            wait_readable(fixture.engine().ready_descriptor());
            fixture.engine().take_events(batch);
            lost += batch.lost;
            kept += batch.events.size();
        }
        QCOMPARE(kept + lost, std::uint64_t{100});
        QVERIFY(lost > 0);
        client.close();
    }
    fixture.finish();
}

void LanesSuiteTest::full_ring_drops_and_counts_exactly()
{
    EngineSetup setup = quiet_setup();
    setup.config.traffic_ring_bytes = 64U << 10U;
    EngineFixture fixture(setup);
    {
        RawClient client = fixture.open_client();
        fixture.engine().set_traffic(TrafficLevel::full, TrafficPolicy::drop_and_count);
        fixture.settle();
        constexpr std::uint64_t count = 2'000;
        for (std::uint64_t i = 0; i < count; ++i) {
            client.send_text(std::to_string(i) + std::string(100, 't'));
            client.read_message();
        }
        fixture.settle();
        std::uint64_t kept = 0, lost = 0, last = 0;
        TrafficBatch batch;
        while (kept + lost < 2 * count) {
            if (!fixture.engine().take_traffic(batch))
                throw std::runtime_error("records are missing and not counted");
            lost += batch.lost();
            while (const auto record = batch.next()) {
                QVERIFY(record->sequence > last);
                last = record->sequence;
                ++kept;
            }
        }
        QCOMPARE(kept + lost, 2 * count);
        QVERIFY(kept >= 300);
        QVERIFY(lost >= 2'000);
    }
    fixture.finish();
}

void LanesSuiteTest::held_traffic_loses_nothing_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("count");
    QTest::newRow("more records in one read than the ring holds") << 0 << 60'000;
    QTest::newRow("hundred bytes") << 100 << 20'000;
    QTest::newRow("by reference") << 20'000 << 500;
}

void LanesSuiteTest::held_traffic_loses_nothing()
{
    QFETCH(int, size);
    QFETCH(int, count);
    EngineSetup setup = quiet_setup();
    setup.config.traffic_ring_bytes = 64U << 10U;
    EngineFixture fixture(setup);
    {
        RawClient client = fixture.open_client();
        fixture.engine().set_traffic(TrafficLevel::full, TrafficPolicy::hold);
        fixture.settle();
        std::string burst;
        for (int i = 0; i < count; ++i)
            burst += client_frame(
                0x82, std::string(static_cast<std::size_t>(size), static_cast<char>('a' + i % 26)));
        std::thread sender([&] { client.try_send(burst); });
        const std::size_t echoed = static_cast<std::size_t>(count)
            * server_frame(0x82, std::string(static_cast<std::size_t>(size), 'a')).size();
        std::atomic<bool> all_echoed{false};
        std::thread receiver([&] {
            std::size_t have = 0;
            while (have < echoed) {
                const std::size_t step = std::min<std::size_t>(echoed - have, 65'536);
                client.read_exactly(step);
                have += step;
            }
            all_echoed = true;
        });
        int in = 0, out = 0;
        std::uint64_t last = 0;
        bool is_right = true;
        TrafficBatch batch;
        while (in < count || out < count) {
            wait_readable(fixture.engine().ready_descriptor());
            fixture.collect_events();
            if (!fixture.engine().take_traffic(batch))
                continue;
            is_right = is_right && batch.lost() == 0;
            while (const auto record = batch.next()) {
                is_right = is_right && record->sequence > last
                    && record->size == static_cast<std::uint64_t>(size)
                    && record->payload.size() == static_cast<std::size_t>(size);
                last = record->sequence;
                int& which = record->direction == Direction::from_browser ? in : out;
                if (size > 0)
                    is_right = is_right
                        && static_cast<char>(record->payload[0]) == static_cast<char>('a' + which % 26);
                ++which;
            }
            if (!is_right)
                break;
        }
        if (!is_right)
            fixture.engine().set_traffic(TrafficLevel::off, TrafficPolicy::drop_and_count);
        sender.join();
        receiver.join();
        QVERIFY(is_right);
        QCOMPARE(in, count);
        QCOMPARE(out, count);
        QVERIFY(all_echoed);
        fixture.engine().set_traffic(TrafficLevel::off, TrafficPolicy::drop_and_count);
    }
    fixture.finish();
}

void LanesSuiteTest::level_decides_what_travels()
{
    EngineFixture fixture(quiet_setup());
    {
        RawClient client = fixture.open_client();
        const ConnectionId id = fixture.id_of(client);
        TrafficBatch batch;
        for (const TrafficLevel level : {TrafficLevel::off, TrafficLevel::counters}) {
            fixture.engine().set_traffic(level, TrafficPolicy::drop_and_count);
            fixture.settle();
            (void)fixture.engine().take_traffic(batch);
            client.send_text("hello");
            client.read_message();
            client.send_frame(0x89, "ping");
            client.read_frame();
            fixture.settle();
            (void)fixture.engine().take_traffic(batch);
            QVERIFY(!batch.next());
            QCOMPARE(batch.passed_over(), 4U);
        }
        for (const TrafficLevel level : {TrafficLevel::headers, TrafficLevel::full}) {
            fixture.engine().set_traffic(level, TrafficPolicy::drop_and_count);
            fixture.settle();
            client.send_text("hello");
            client.read_message();
            client.send_frame(0x89, "ping");
            client.read_frame();
            fixture.settle();
            std::vector<TrafficRecord> records;
            QVERIFY(fixture.engine().take_traffic(batch));
            while (const auto record = batch.next())
                records.push_back(*record);
            QCOMPARE(records.size(), std::size_t{4});
            const std::string payload = level == TrafficLevel::full ? "hello" : "";
            QCOMPARE(records[0].type, TrafficType::text);
            QCOMPARE(records[0].direction, Direction::from_browser);
            QCOMPARE(records[0].maker, Maker::peer);
            QCOMPARE(records[0].connection, id);
            QCOMPARE(records[0].size, 5U);
            QCOMPARE(records[0].wire, 11U);
            QCOMPARE(std::string(as_text(records[0].payload)), payload);
            QCOMPARE(records[1].direction, Direction::to_browser);
            QCOMPARE(records[1].maker, Maker::echo);
            QCOMPARE(records[1].wire, 7U);
            QCOMPARE(records[2].type, TrafficType::ping);
            QCOMPARE(records[3].type, TrafficType::pong);
            QCOMPARE(records[3].maker, Maker::engine);
        }
    }
    fixture.finish();
}

void LanesSuiteTest::large_payloads_travel_by_reference()
{
    EngineFixture fixture(quiet_setup());
    {
        RawClient first = fixture.open_client();
        RawClient second = fixture.open_client();
        fixture.engine().set_traffic(TrafficLevel::full, TrafficPolicy::drop_and_count);
        fixture.settle();
        const SharedBytes payload(std::string(1U << 20U, 'r'));
        fixture.run(command::Send{Target::all(), MessageKind::binary, payload, 1});
        QCOMPARE(first.read_message().size(), payload.size());
        QCOMPARE(second.read_message().size(), payload.size());
        TrafficBatch batch;
        QVERIFY(fixture.engine().take_traffic(batch));
        int records = 0;
        while (const auto record = batch.next()) {
            QCOMPARE(record->shared.data(), payload.data());
            QCOMPARE(record->maker, Maker::hand);
            ++records;
        }
        QCOMPARE(records, 2);
    }
    fixture.finish();
}

void LanesSuiteTest::ready_descriptor_follows_the_lanes()
{
    EngineFixture fixture(quiet_setup());
    {
        const int ready = fixture.engine().ready_descriptor();
        fixture.collect();
        QVERIFY(!is_readable(ready));
        RawClient client = fixture.open_client();
        wait_readable(ready);
        EventBatch events;
        StateBatch state;
        TrafficBatch traffic;
        QVERIFY(fixture.engine().take_events(events));
        QVERIFY(!fixture.engine().take_events(events));
        QVERIFY(!is_readable(ready));

        fixture.engine().set_traffic(TrafficLevel::full, TrafficPolicy::drop_and_count);
        fixture.engine().attach_state();
        round_trips(client);
        wait_readable(ready);
        fixture.engine().take_events(events);
        QVERIFY(is_readable(ready)); // two lanes still hold something
        QVERIFY(fixture.engine().take_traffic(traffic));
        fixture.engine().detach_state();
        fixture.settle();
        while (fixture.engine().take_state(state) || fixture.engine().take_traffic(traffic)
            || fixture.engine().take_events(events)) { }
        QVERIFY(!is_readable(ready));
    }
    fixture.finish();
}

void LanesSuiteTest::sequence_numbers_tell_the_order()
{
    EngineFixture fixture(quiet_setup());
    {
        for (int i = 0; i < 20; ++i)
            RawClient client = fixture.open_client();
        fixture.settle();
        std::uint64_t last = 0;
        for (const Event& each : fixture.events()) {
            QCOMPARE(each.sequence, last + 1);
            last = each.sequence;
        }
    }
    fixture.finish();
}

QTEST_GUILESS_MAIN(LanesSuiteTest)
#include "lanes_suite_test.moc"
