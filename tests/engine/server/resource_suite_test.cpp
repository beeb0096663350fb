#include "support/engine_fixture.h"
#include "support/http_harness.h"

#include <QTest>

#include <atomic>
#include <cerrno>
#include <memory>
#include <thread>

using namespace jackfield;
using namespace jackfield::test;

namespace {

/// The kernel, that runs out of descriptors when told to.
class ScarceCalls final : public net::SystemCalls {
public:
    int accept(int fd, sockaddr* address, socklen_t* length) override
    {
        ++accepts;
        // As the kernel does it: with nobody waiting there is no error, and the place of the spare serves
        // one.
        if (const int error = accept_error.load();
            error != 0 && !(error == EMFILE && is_spare_closed.exchange(false))) {
            pollfd entry{fd, POLLIN, 0};
            errno = ::poll(&entry, 1, 0) == 1 ? error : EAGAIN;
            return -1;
        }
        return SystemCalls::accept(fd, address, length);
    }
    int open_spare() override
    {
        const int fd = SystemCalls::open_spare();
        spare = fd;
        is_spare_closed = false;
        return fd;
    }
    int close(int fd) override
    {
        if (fd == spare.load() && accept_error.load() != 0)
            is_spare_closed = true;
        return SystemCalls::close(fd);
    }
    std::atomic<int> accept_error{0};
    std::atomic<int> accepts{0};
    std::atomic<int> spare{-1};
    std::atomic<bool> is_spare_closed{false};
};

std::size_t drained_bytes(RawClient& client, std::size_t count)
{
    return client.read_exactly(count).size();
}

} // namespace

/// RX of the hardening list, scaled to what a test may take.
class ResourceSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void full_descriptor_table_sheds_and_recovers_data();
    void full_descriptor_table_sheds_and_recovers();
    void oldest_waiting_sockets_give_way();
    void slowloris_is_gone_at_ten_seconds();
    void peer_that_does_not_read_is_skipped_and_closed_data();
    void peer_that_does_not_read_is_skipped_and_closed();
    void peer_that_reads_a_little_is_closed_too();
    void slow_peer_that_makes_progress_stays();
    void echo_stops_reading_a_peer_that_does_not_read();
    void pings_to_a_full_queue_are_skipped();
    void ping_flood_is_closed();
    void broadcast_shares_its_payload();
    void stalled_peers_hold_nobody_up();
    void connection_past_the_limit_gets_503();
    void places_stay_free_for_other_addresses();
    void largest_partial_message_gives_way();
    void urgent_byte_is_ignored();
    void burst_of_connections_is_served();
    void idle_connections_own_no_buffers();
    void pipelined_requests_of_a_client_that_does_not_read_stay_bounded();
};

// RX-01, RX-02
void ResourceSuiteTest::full_descriptor_table_sheds_and_recovers_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("sheds");
    QTest::newRow("RX-01 EMFILE") << EMFILE << true;
    QTest::newRow("RX-02 ENFILE") << ENFILE << true;
    QTest::newRow("RX-02 ENOMEM") << ENOMEM << false;
    QTest::newRow("RX-02 ENOBUFS") << ENOBUFS << false;
}

void ResourceSuiteTest::full_descriptor_table_sheds_and_recovers()
{
    QFETCH(int, error);
    QFETCH(bool, sheds);
    ScarceCalls calls;
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.change_stack = [&](StackParts& parts) { parts.system_calls = &calls; };
    EngineFixture fixture(setup);
    calls.accept_error = error;
    calls.accepts = 0;
    {
        std::vector<RawClient> clients;
        for (int i = 0; i < 50; ++i)
            clients.push_back(fixture.connect());
        fixture.settle();
        for (int i = 0; i < 100; ++i) {
            fixture.advance(milliseconds(100));
            fixture.settle();
        }
        QVERIFY2(calls.accepts < 200, qPrintable(QString::number(calls.accepts))); // 20 a second
        QVERIFY(calls.accepts >= 10); // and it does try
        fixture.check_canary();
        if (error == EMFILE) {
            // Those that waited longest were told at once that they are not served.
            QCOMPARE(clients[0].read_until_end(), std::string());
        }
        if (sheds)
            QCOMPARE(fixture.count_of<event::DescriptorsExhausted>(), std::size_t{1});
        calls.accept_error = 0;
        fixture.advance(milliseconds(600));
        RawClient next = fixture.open_client();
        next.send_text("served again");
        QCOMPARE(next.read_message(), std::string("served again"));
        fixture.settle();
        QCOMPARE(
            fixture.count_of<event::DescriptorsRecovered>(), fixture.count_of<event::DescriptorsExhausted>());
    }
    fixture.finish();
}

// RX-04, RX-05
void ResourceSuiteTest::oldest_waiting_sockets_give_way()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.config.limits.max_openings = 100;
    EngineFixture fixture(setup);
    {
        std::vector<RawClient> clients;
        for (int i = 0; i < 300; ++i) {
            clients.push_back(fixture.connect());
            if (i % 2 == 0)
                clients.back().send("GET /chat HTTP/1.1\r\nHost: loc");
        }
        for (std::size_t i = 0; i < 200; ++i)
            QCOMPARE(clients[i].read_until_end(), std::string());
        fixture.settle();
        for (std::size_t i = 200; i < 300; ++i)
            QVERIFY(clients[i].is_quiet());
        clients[298].send("alhost\r\n\r\n");
        QVERIFY(clients[298].read_until_end().starts_with("HTTP/1.1 426 "));
        fixture.advance(milliseconds(1'300));
        fixture.settle();
        fixture.wait_until([&] {
            std::uint64_t told = 0;
            for (const Event& each : fixture.events()) {
                const auto* limit = std::get_if<event::LimitReached>(&each.what);
                told += limit && limit->kind == event::LimitKind::openings ? limit->count : 0;
            }
            return told == 200;
        });
        QVERIFY(fixture.count_of<event::LimitReached>() <= 2);
    }
    fixture.finish();
}

// RX-04
void ResourceSuiteTest::slowloris_is_gone_at_ten_seconds()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    EngineFixture fixture(setup);
    {
        std::vector<RawClient> clients;
        for (int i = 0; i < 200; ++i)
            clients.push_back(fixture.connect());
        fixture.settle();
        for (std::size_t second = 0; second < 10; ++second) {
            for (RawClient& client : clients)
                client.send(std::string_view("GET /chat HTTP/1.1").substr(second, 1));
            fixture.settle();
            fixture.advance(seconds(1));
        }
        fixture.advance(milliseconds(50));
        for (RawClient& client : clients)
            QVERIFY(client.read_until_end().starts_with("HTTP/1.1 408 "));
        fixture.check_canary();
    }
    fixture.finish();
}

// RX-07: messages that divide the limit, and such that never fill it exactly
void ResourceSuiteTest::peer_that_does_not_read_is_skipped_and_closed_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("RX-07 64 KiB") << (64 << 10);
    QTest::newRow("RX-07 1 KiB") << (1 << 10);
    QTest::newRow("RX-07 700 KiB") << (700 << 10);
}

void ResourceSuiteTest::peer_that_does_not_read_is_skipped_and_closed()
{
    QFETCH(int, size);
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.config.limits.max_queue = 1U << 20U;
    setup.config.limits.ping_interval = milliseconds(0);
    EngineFixture fixture(setup);
    {
        RawClient slow = fixture.open_client({}, "/chat", 4'096);
        RawClient quick = fixture.open_client();
        const std::uint16_t port = slow.local_port();
        const ConnectionId slow_id = fixture.id_of(slow);
        fixture.attach_state();
        const SharedBytes payload(std::string(static_cast<std::size_t>(size), 'b'));
        std::uint64_t skipped = 0;
        int sent = 0;
        // Until the kernel's buffers and the queue are full, and a little longer.
        for (int full = 0; full < 5; ++sent) {
            const auto finished = fixture.run(command::Send{
                Target::many({slow_id, fixture.id_of(quick)}), MessageKind::binary, payload, 1});
            QCOMPARE(finished.count + finished.skipped, 2U);
            skipped += finished.skipped;
            full += static_cast<int>(finished.skipped);
            QCOMPARE(quick.read_message().size(), payload.size());
        }
        fixture.wait_until([&] { return fixture.rows[slow_id].skipped_out == skipped; }, true);
        QVERIFY(fixture.rows[slow_id].queued_bytes <= (1U << 20U) + 16U);
        QVERIFY((fixture.rows[slow_id].flags & flag_slow) != 0);
        fixture.advance(milliseconds(1'100));
        QCOMPARE(fixture.wait_for<event::SlowPeer>().id, slow_id);
        fixture.advance(milliseconds(500));
        fixture.wait_until([&] {
            std::uint64_t told = 0;
            for (const Event& each : fixture.events()) {
                const auto* skips = std::get_if<event::MessagesSkipped>(&each.what);
                told += skips ? skips->count : 0;
            }
            return told == skipped;
        });
        fixture.advance(milliseconds(27'000));
        fixture.settle();
        QCOMPARE(fixture.count_of<event::Closed>(), std::size_t{0});
        fixture.advance(milliseconds(2'000));
        fixture.settle();
        fixture.advance(milliseconds(5'100)); // its Close frame cannot be written either
        const CloseInfo info = fixture.close_of(port);
        QCOMPARE(info.code, std::uint16_t{1008});
        QCOMPARE(info.cause, CloseCause::slow_peer);
        QCOMPARE(info.by, ClosedBy::engine);
        QCOMPARE(fixture.count_of<event::SlowPeer>(), std::size_t{1});
        quick.send_text("unaffected");
        QCOMPARE(quick.read_message(), std::string("unaffected"));
    }
    fixture.finish();
}

// RX-08
void ResourceSuiteTest::peer_that_reads_a_little_is_closed_too()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.config.limits.max_queue = 64U << 10U;
    setup.config.limits.ping_interval = milliseconds(0);
    EngineFixture fixture(setup);
    {
        RawClient slow = fixture.open_client({}, "/chat", 4'096);
        const std::uint16_t port = slow.local_port();
        const SharedBytes payload(std::string(16U << 10U, 'b'));
        while (fixture.run(command::Send{Target::one(fixture.id_of(slow)), MessageKind::binary, payload, 1})
                   .count
            > 0) { }
        for (int second = 0; second < 30; ++second) {
            drained_bytes(slow, 100);
            fixture.settle();
            fixture.advance(seconds(1));
        }
        fixture.settle();
        fixture.advance(milliseconds(5'100));
        QCOMPARE(fixture.close_of(port).cause, CloseCause::slow_peer);
    }
    fixture.finish();
}

void ResourceSuiteTest::slow_peer_that_makes_progress_stays()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.config.limits.max_queue = 4U << 20U;
    setup.config.limits.ping_interval = milliseconds(0);
    EngineFixture fixture(setup);
    {
        RawClient slow = fixture.open_client({}, "/chat", 4'096);
        const SharedBytes payload(std::string(16U << 10U, 'b'));
        const ConnectionId id = fixture.id_of(slow);
        while (fixture.run(command::Send{Target::one(id), MessageKind::binary, payload, 1}).count > 0) { }
        for (int i = 0; i < 5; ++i) {
            drained_bytes(slow, 300U << 10U);
            fixture.settle();
            fixture.advance(milliseconds(29'000));
            fixture.settle();
            fixture.check_canary();
        }
        QCOMPARE(fixture.count_of<event::Closed>(), std::size_t{0});
    }
    fixture.finish();
}

void ResourceSuiteTest::echo_stops_reading_a_peer_that_does_not_read()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.config.limits.max_queue = 256U << 10U;
    EngineFixture fixture(setup);
    {
        RawClient client = fixture.open_client({}, "/chat", 16'384);
        const ConnectionId id = fixture.id_of(client);
        fixture.attach_state();
        // Numbered messages of odd sizes, until nothing more goes in.
        std::string out;
        std::vector<std::string> sent;
        const std::uint64_t memory = resident_memory();
        std::size_t total = 0;
        for (int stuck = 0; stuck < 20;) {
            if (out.empty()) {
                sent.push_back(std::to_string(sent.size()) + std::string(sent.size() * 37 % 30'000, 'e'));
                out = client_frame(0x81, sent.back());
            }
            const std::size_t count = client.send_some(out);
            total += count;
            out.erase(0, count);
            if (count == 0) {
                ++stuck;
                fixture.settle();
            } else {
                stuck = 0;
            }
            QVERIFY(total < (64U << 20U)); // it never stopped reading
        }
        fixture.wait_until([&] { return (fixture.rows[id].flags & flag_reading_paused) != 0; }, true);
        QVERIFY(fixture.rows[id].queued_bytes < (256U << 10U) + 31'000U + (64U << 10U));
        QVERIFY(resident_memory() < memory + total + (8U << 20U));
        fixture.check_canary();
        std::thread rest([&] { client.try_send(out); });
        for (const std::string& message : sent)
            QVERIFY(client.read_message() == message);
        rest.join();
        client.send_text("flows again");
        QCOMPARE(client.read_message(), std::string("flows again"));
        fixture.wait_until(
            [&] { return (fixture.rows[id].flags & (flag_reading_paused | flag_slow)) == 0; }, true);
    }
    fixture.finish();
}

void ResourceSuiteTest::pings_to_a_full_queue_are_skipped()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.config.limits.max_queue = 64U << 10U;
    EngineFixture fixture(setup);
    {
        RawClient slow = fixture.open_client({}, "/chat", 4'096);
        const ConnectionId id = fixture.id_of(slow);
        const SharedBytes payload(std::string(125, 'p'));
        std::uint64_t sent = 0;
        event::CommandFinished last;
        do {
            last = fixture.run(command::Ping{Target::many(std::vector<ConnectionId>(1'000, id)), payload});
            sent += last.count;
            QVERIFY(sent < 1'000'000);
        } while (last.skipped == 0);
        QCOMPARE(last.gone, 0U);
    }
    fixture.finish();
}

// RX-10
void ResourceSuiteTest::ping_flood_is_closed()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    EngineFixture fixture(setup);
    {
        RawClient client = fixture.open_client();
        const std::uint16_t port = client.local_port();
        std::string burst;
        for (int i = 0; i < 1'100; ++i)
            burst += client_frame(0x89, "");
        bool was_closed = false;
        int second = 0;
        for (; second < 8 && !was_closed; ++second) {
            client.send(burst);
            for (int i = 0; i < 1'100 && !was_closed; ++i)
                was_closed = client.read_frame().opcode == 8;
            fixture.settle();
            fixture.advance(milliseconds(1'010));
        }
        QVERIFY(was_closed);
        QVERIFY2(second >= 5 && second <= 7, qPrintable(QString::number(second)));
        QCOMPARE(fixture.close_of(port).code, std::uint16_t{1008});
        QCOMPARE(fixture.wait_for<event::Flood>().kind, event::FloodKind::ping);
    }
    fixture.finish();
}

// RX-13
void ResourceSuiteTest::broadcast_shares_its_payload()
{
    EngineFixture fixture;
    {
        constexpr std::size_t size = 4U << 20U;
        std::vector<RawClient> clients;
        for (int i = 0; i < 50; ++i)
            clients.push_back(fixture.open_client({}, "/chat", 4'096));
        const std::uint64_t memory = resident_memory();
        const auto finished = fixture.run(
            command::Send{Target::all(), MessageKind::binary, SharedBytes(std::string(size, 's')), 1});
        QCOMPARE(finished.count, 51U); // with the canary
        QVERIFY2(resident_memory() < memory + (32U << 20U),
            qPrintable(QString::number(resident_memory() - memory)));
        for (RawClient& client : clients)
            client.close();
    }
    fixture.run(command::Kick{Target::all(), {1000, {}}});
}

// RX-14
void ResourceSuiteTest::stalled_peers_hold_nobody_up()
{
    EngineSetup setup;
    setup.config.limits.max_queue = 64U << 10U;
    EngineFixture fixture(setup);
    {
        std::vector<RawClient> stalled, quick;
        for (int i = 0; i < 10; ++i)
            stalled.push_back(fixture.open_client({}, "/chat", 4'096));
        for (int i = 0; i < 40; ++i)
            quick.push_back(fixture.open_client());
        const SharedBytes payload(std::string(60'000, 'b'));
        std::vector<ConnectionId> all;
        for (const RawClient& client : stalled)
            all.push_back(fixture.id_of(client));
        for (const RawClient& client : quick)
            all.push_back(fixture.id_of(client));
        std::uint64_t skipped = 0;
        for (int round = 0; round < 100; ++round) {
            skipped += fixture.run(command::Send{Target::many(all), MessageKind::binary, payload, 1}).skipped;
            for (RawClient& client : quick)
                QCOMPARE(client.read_message().size(), payload.size());
        }
        QVERIFY(skipped > 0);
    }
    fixture.finish();
}

// RX-15
void ResourceSuiteTest::connection_past_the_limit_gets_503()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.config.limits.max_connections = 20;
    setup.config.limits.reserve_for_other_addresses = 0;
    EngineFixture fixture(setup);
    {
        std::vector<RawClient> clients;
        for (int i = 0; i < 19; ++i) // and the canary
            clients.push_back(fixture.open_client());
        for (int i = 0; i < 50; ++i) {
            RawClient client = fixture.connect();
            client.send(good_handshake(fixture.port()));
            const std::string answer = client.read_until_end();
            QVERIFY2(answer.starts_with("HTTP/1.1 503 "), answer.c_str());
            QVERIFY(answer.find("\r\nRetry-After: 5\r\n") != std::string::npos);
        }
        fixture.settle();
        fixture.advance(milliseconds(1'300));
        fixture.settle();
        std::uint64_t told = 0;
        std::size_t rows = 0;
        for (const Event& each : fixture.events()) {
            if (const auto* limit = std::get_if<event::LimitReached>(&each.what)) {
                ++rows;
                told += limit->count;
                QCOMPARE(limit->kind, event::LimitKind::connections);
                QCOMPARE(limit->limit, 20U);
            }
        }
        QCOMPARE(told, 50U);
        QCOMPARE(rows, std::size_t{2});
        clients.pop_back();
        fixture.wait_for<event::Closed>();
        clients.push_back(fixture.open_client());
    }
    fixture.finish();
}

// RX-16
void ResourceSuiteTest::places_stay_free_for_other_addresses()
{
    EngineSetup setup;
    setup.config.limits.max_connections = 1'024;
    setup.config.limits.reserve_for_other_addresses = 500;
    setup.config.listeners = default_listeners(0);
    EngineFixture fixture(setup);
    {
        std::vector<RawClient> clients;
        for (int i = 0; i < 523; ++i) // and the canary
            clients.push_back(fixture.open_client());
        RawClient more = fixture.connect();
        more.send(good_handshake(fixture.port()));
        QVERIFY(more.read_until_end().starts_with("HTTP/1.1 503 "));
        if (fixture.addresses().size() > 1) {
            RawClient other(fixture.addresses()[1]);
            other.upgrade(good_handshake(fixture.port()));
        }
    }
    fixture.finish();
}

// RX-17
void ResourceSuiteTest::largest_partial_message_gives_way()
{
    EngineSetup setup;
    setup.config.limits.max_partial_total = 1U << 20U;
    EngineFixture fixture(setup);
    {
        RawClient small = fixture.open_client();
        RawClient middle = fixture.open_client();
        RawClient large = fixture.open_client();
        const std::uint16_t port = large.local_port();
        const auto part = [](std::size_t size) {
            return client_frame(0x82, std::string(2U << 20U, 'p')).substr(0, size);
        };
        small.send(part(50'000));
        middle.send(part(250'000));
        large.send(part(900'000));
        QCOMPARE(large.read_close(), std::uint16_t{1009});
        QCOMPARE(large.read_until_end(), std::string());
        QCOMPARE(fixture.close_of(port).cause, CloseCause::memory_pressure);
        QCOMPARE(fixture.wait_for<event::LimitReached>().kind, event::LimitKind::partial_messages);
        small.send(client_frame(0x82, std::string(2U << 20U, 'p')).substr(50'000, 10));
        fixture.settle();
        QVERIFY(small.is_quiet());
        QVERIFY(middle.is_quiet());
    }
    fixture.finish();
}

// RX-19
void ResourceSuiteTest::urgent_byte_is_ignored()
{
    EngineFixture fixture;
    {
        RawClient client = fixture.connect();
        const std::string request = good_handshake(fixture.port());
        client.send(request.substr(0, 40));
        client.send_urgent('!');
        client.send(request.substr(40));
        QVERIFY(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 101 "));
        const std::string frame = client_frame(0x81, "Hello, world");
        client.send(frame.substr(0, 9));
        client.send_urgent('!');
        client.send(frame.substr(9));
        QCOMPARE(client.read_message(), std::string("Hello, world"));
    }
    fixture.finish();
}

// RX-22
void ResourceSuiteTest::burst_of_connections_is_served()
{
    EngineFixture fixture;
    {
        std::vector<RawClient> clients;
        for (int i = 0; i < 900; ++i)
            clients.push_back(fixture.connect());
        const std::string request = good_handshake(fixture.port());
        for (RawClient& client : clients)
            client.send(request);
        for (RawClient& client : clients)
            QVERIFY(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 101 "));
    }
    fixture.finish();
}

void ResourceSuiteTest::idle_connections_own_no_buffers()
{
    EngineFixture fixture;
    {
        constexpr std::size_t count = 2'000;
        {
            const RawClient warms_up = fixture.open_client();
        }
        const std::uint64_t memory = resident_memory();
        std::vector<RawClient> clients;
        clients.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            clients.push_back(fixture.open_client());
            clients.back().send_text("busy for a moment");
            QCOMPARE(clients.back().read_message(), std::string("busy for a moment"));
        }
        fixture.forget_events();
        // With this test's own part; buffers of their own (a read buffer has 64 KiB) would be far more.
        const std::uint64_t each = (resident_memory() - memory) / count;
        QVERIFY2(each < (8U << 10U), qPrintable(QString::number(each)));
    }
    fixture.finish();
}

void ResourceSuiteTest::pipelined_requests_of_a_client_that_does_not_read_stay_bounded()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    EngineFixture fixture(setup);
    {
        RawClient client = fixture.connect(4'096);
        const std::string request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        std::string many;
        for (int i = 0; i < 1'000; ++i)
            many += request;
        const std::uint64_t memory = resident_memory();
        std::size_t total = 0;
        for (int stuck = 0; stuck < 20;) {
            const std::size_t count = client.send_some(many.substr(total % many.size()));
            total += count;
            if (count == 0)
                fixture.settle();
            stuck = count == 0 ? stuck + 1 : 0;
            QVERIFY(total < (64U << 20U)); // it never stopped reading
        }
        QVERIFY2(resident_memory() < memory + (16U << 20U),
            qPrintable(QString::number(resident_memory() - memory)));
        fixture.check_canary();
        fixture.settle();
        const std::size_t with_it = open_descriptors();
        fixture.advance(milliseconds(29'000)); // an answer that is not read has as long as any slow peer
        fixture.settle();
        QCOMPARE(open_descriptors(), with_it);
        fixture.check_canary();
        fixture.advance(milliseconds(1'100));
        fixture.settle();
        QCOMPARE(open_descriptors(), with_it - 1);
    }
    fixture.finish();
}

QTEST_GUILESS_MAIN(ResourceSuiteTest)
#include "resource_suite_test.moc"
