#include "net/listening_socket.h"
#include "support/engine_fixture.h"

#include <QTest>

#include <sys/epoll.h>

#include <atomic>
#include <memory>
#include <set>
#include <thread>

using namespace jackfield;
using namespace jackfield::test;

namespace {

SocketAddress loopback6(std::uint16_t port)
{
    std::array<std::uint8_t, 16> bytes{};
    bytes.back() = 1;
    return SocketAddress::v6(bytes, port);
}

bool has_ipv6()
{
    return net::ListeningSocket::open(net::real_system_calls(), loopback6(0)).has_value();
}

ListenSpec spec_of(const SocketAddress& address)
{
    ListenSpec spec;
    spec.address = address;
    return spec;
}

bool can_connect(const SocketAddress& address)
{
    try {
        const RawClient client(address);
        return true;
    } catch (const std::runtime_error&) {
        return false;
    }
}

} // namespace

/// LC of the hardening list: starting, stopping, changing, and drivers of one's own.
/// An engine on a manual clock that the test itself gives its time slices, with one connection.
struct DrivenEngine {
    test::ManualClock clock;
    std::unique_ptr<Engine> engine;
    std::optional<RawClient> client;

    DrivenEngine()
    {
        auto parts = std::make_shared<StackParts>(Stack::standard().parts());
        parts->clock = &clock;
        EngineConfig config;
        config.listeners = {spec_of(SocketAddress::v4({127, 0, 0, 1}, 0))};
        config.endpoints = {default_endpoint()};
        engine = std::move(Engine::create(config, Stack(parts)).value());
        EventBatch batch;
        engine->take_events(batch);
        const auto address = std::get<event::Listening>(batch.events.at(0).what).address;
        client.emplace(address);
        client->send(good_handshake(address.port()));
        while (client->is_quiet())
            (void)engine->poll(milliseconds(1));
        client->read_until("\r\n\r\n");
    }
    /// Gives it a slice and returns the stalls that it reported.
    std::vector<milliseconds> stalls()
    {
        std::vector<milliseconds> found;
        (void)engine->poll(milliseconds(0));
        EventBatch batch;
        engine->take_events(batch);
        for (const Event& one : batch.events) {
            if (const auto* stalled = std::get_if<event::EngineStalled>(&one.what))
                found.push_back(stalled->time);
        }
        return found;
    }
};

class LifeSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void port_zero_gives_both_families_the_same_number();
    void port_in_use_is_told_with_its_owner();
    void one_taken_family_starts_nothing();
    void restart_finds_its_port_free();
    void stop_and_start_again_many_times();
    void engines_come_and_go();
    void listeners_come_and_go_by_themselves();
    void changes_lose_no_message();
    void quit_says_goodbye_to_everyone();
    void quit_delivers_what_is_queued();
    void what_a_stop_finds_queued_is_counted_data();
    void what_a_stop_finds_queued_is_counted();
    void quit_ends_with_the_closing_time_out();
    void requests_during_a_stop_get_503();
    void abandoned_thread_ends_at_once();
    void embedder_drives_it_from_its_own_epoll();
    void time_slices_that_stay_out_are_a_stall();
    void waiting_on_the_descriptor_is_no_stall();
    void finished_engine_stays_finished();
};

void LifeSuiteTest::port_zero_gives_both_families_the_same_number()
{
    EngineSetup setup;
    setup.config.listeners = default_listeners(0);
    EngineFixture fixture(setup);
    QVERIFY(fixture.port() != 0);
    if (has_ipv6()) {
        QCOMPARE(fixture.addresses().size(), std::size_t{2});
        QCOMPARE(fixture.addresses()[1], loopback6(fixture.port()));
        RawClient client(fixture.addresses()[1]);
        client.upgrade(good_handshake(fixture.port()));
        client.send_text("over IPv6");
        QCOMPARE(client.read_message(), std::string("over IPv6"));
    } else {
        QVERIFY(fixture.count_of<event::ListenFailed>([](const auto& e) { return e.optional; }) == 1);
    }
    fixture.finish();
}

// LC-01
void LifeSuiteTest::port_in_use_is_told_with_its_owner()
{
    EngineFixture first;
    {
        EngineSetup setup;
        setup.config.listeners = {spec_of(first.address())};
        EngineFixture second(setup);
        const auto failed = second.wait_for<event::ListenFailed>();
        QCOMPARE(failed.error.code, ErrorCode::address_in_use);
        QCOMPARE(failed.address, first.address());
        QVERIFY(!failed.optional);
        QCOMPARE(failed.owner_pid, static_cast<std::uint32_t>(::getpid()));
        QVERIFY(!failed.owner_name.empty());
        QVERIFY(failed.next_free_port > first.port());
        QVERIFY(failed.error.message().find(first.address().text()) != std::string::npos);
        QVERIFY(second.addresses().empty());
        second.attach_state();
        second.wait_until([&] { return second.status != nullptr; });
        QVERIFY(!second.status->listening);
        QVERIFY(!second.status->listeners.at(0).problem.empty());
        QCOMPARE(second.run(command::Listen{}).error->code, ErrorCode::address_in_use);
        QVERIFY(!second.run(command::Listen{{spec_of(first.address().with_port(0))}}).error);
        second.wait_until([&] { return second.status->listening; });
        QVERIFY(can_connect(second.status->listeners.at(0).bound));
        second.finish();
    }
    first.finish();
}

// LC-02
void LifeSuiteTest::one_taken_family_starts_nothing()
{
    if (!has_ipv6())
        return; // nothing to take
    auto other = net::ListeningSocket::open(net::real_system_calls(), loopback6(0));
    QVERIFY(other);
    const std::uint16_t port = other->address().port();
    EngineSetup setup;
    setup.config.listeners = default_listeners(port);
    EngineFixture fixture(setup);
    QCOMPARE(fixture.wait_for<event::ListenFailed>().address, loopback6(port));
    QVERIFY(fixture.addresses().empty());
    QVERIFY(!can_connect(SocketAddress::v4({127, 0, 0, 1}, port)));
    // The explicit choice: without the address that is taken.
    QVERIFY(!fixture.run(command::Listen{{spec_of(SocketAddress::v4({127, 0, 0, 1}, port))}}).error);
    QVERIFY(can_connect(SocketAddress::v4({127, 0, 0, 1}, port)));
    fixture.finish();
}

// LC-04
void LifeSuiteTest::restart_finds_its_port_free()
{
    SocketAddress address;
    {
        EngineSetup setup;
        setup.has_canary = false;
        EngineFixture fixture(setup);
        address = fixture.address();
        std::vector<RawClient> clients;
        for (int i = 0; i < 50; ++i)
            clients.push_back(fixture.open_client());
        fixture.engine().submit(command::Quit{});
        for (RawClient& client : clients)
            QCOMPARE(client.finish_close(), std::uint16_t{1001});
        QCOMPARE(fixture.wait_for<event::Finished>().closed_cleanly, 50U);
    }
    EngineSetup setup;
    setup.config.listeners = {spec_of(address)};
    EngineFixture again(setup);
    QCOMPARE(again.addresses().size(), std::size_t{1});
    again.finish();
}

// LC-07
void LifeSuiteTest::stop_and_start_again_many_times()
{
    EngineSetup setup;
    setup.has_canary = false;
    EngineFixture fixture(setup);
    const ListenSpec spec = spec_of(fixture.address());
    QVERIFY(
        !fixture.run(command::Listen{{spec}}).error); // the number it got is the one asked for from here on
    const std::size_t descriptors = open_descriptors();
    for (int i = 0; i < 200; ++i) {
        {
            RawClient client = fixture.open_client();
            QVERIFY(!fixture.run(command::StopListening{}).error);
            QVERIFY(!can_connect(fixture.address()));
            QCOMPARE(client.finish_close(), std::uint16_t{1001});
        }
        QVERIFY(!fixture.run(i % 2 == 0 ? command::Listen{} : command::Listen{{spec}}).error);
        fixture.forget_events();
    }
    fixture.wait_until([&] { return open_descriptors() <= descriptors; });
    fixture.finish();
}

void LifeSuiteTest::engines_come_and_go()
{
    {
        EngineFixture warms_up;
    }
    const std::size_t descriptors = open_descriptors();
    const std::uint64_t memory = resident_memory();
    for (int i = 0; i < 50; ++i) {
        EngineFixture fixture;
        fixture.finish();
    }
    QCOMPARE(open_descriptors(), descriptors);
    QVERIFY(resident_memory() < memory + (16U << 20U));
}

void LifeSuiteTest::listeners_come_and_go_by_themselves()
{
    EngineFixture fixture;
    const SocketAddress any_port = fixture.address().with_port(0);
    QVERIFY(!fixture.run(command::AddListener{spec_of(any_port)}).error);
    const auto added = fixture.wait_for<event::Listening>(
        [&](const event::Listening& e) { return e.address != fixture.address(); });
    RawClient client(added.address);
    client.upgrade(good_handshake(added.address.port()));
    QCOMPARE(
        fixture.run(command::AddListener{spec_of(added.address)}).error->code, ErrorCode::address_in_use);
    QVERIFY(!fixture.run(command::RemoveListener{added.address}).error);
    QCOMPARE(fixture.run(command::RemoveListener{added.address}).error->code, ErrorCode::not_found);
    QVERIFY(!can_connect(added.address));
    client.send_text("its connections stay");
    QCOMPARE(client.read_message(), std::string("its connections stay"));
    fixture.check_canary();
    client.send_close(1000);
    client.read_until_end();
    client.close();
    fixture.finish();
}

// LC-08
void LifeSuiteTest::changes_lose_no_message()
{
    EngineFixture fixture;
    {
        std::vector<RawClient> clients;
        for (int i = 0; i < 50; ++i)
            clients.push_back(fixture.open_client());
        std::atomic<bool> ends{false};
        std::atomic<bool> is_right{true};
        std::atomic<std::uint64_t> messages{0};
        std::thread talk([&] {
            for (int round = 0; !ends; ++round) {
                for (RawClient& client : clients)
                    client.send_text(std::to_string(round));
                for (RawClient& client : clients)
                    is_right = is_right && client.read_message() == std::to_string(round);
                messages += clients.size();
            }
        });
        Limits limits;
        for (int i = 0; i < 100; ++i) {
            limits.max_message = 1U << (20 + i % 4);
            fixture.run(command::SetLimits{limits});
            fixture.run(
                command::Allow{ListKind::origins, "http://n" + std::to_string(i) + ".example", false, {}});
            fixture.run(command::SetEndpoint{default_endpoint()});
            const ListenSpec more = spec_of(fixture.address().with_port(0));
            fixture.run(command::AddListener{more});
            if (i % 10 == 0)
                fixture.run(command::Listen{{spec_of(fixture.address())}});
        }
        ends = true;
        talk.join();
        QVERIFY(is_right);
        QVERIFY(messages > 0);
        QCOMPARE(fixture.count_of<event::Closed>(), std::size_t{0});
    }
    fixture.finish();
}

void LifeSuiteTest::quit_says_goodbye_to_everyone()
{
    EngineSetup setup;
    setup.has_canary = false;
    EngineFixture fixture(setup);
    std::vector<RawClient> clients;
    for (int i = 0; i < 100; ++i)
        clients.push_back(fixture.open_client());
    RawClient waiting = fixture.connect();
    RawClient asking = fixture.connect();
    asking.send("GET / HTTP/1.1\r\nHost: loc");
    fixture.settle();
    fixture.engine().submit(command::Quit{});
    for (RawClient& client : clients)
        QCOMPARE(client.finish_close(), std::uint16_t{1001});
    QCOMPARE(waiting.read_until_end(), std::string());
    QVERIFY(asking.read_until_end().starts_with("HTTP/1.1 503 "));
    asking.close();
    const auto finished = fixture.wait_for<event::Finished>();
    QCOMPARE(finished.closed_cleanly, 100U);
    QCOMPARE(finished.cut, 0U);
    fixture.wait_until([&] { return fixture.thread().finished(); });
    QCOMPARE(fixture.count_of<event::Closed>([](const auto& e) { return e.close.by == ClosedBy::shutdown; }),
        std::size_t{100});
}

// LC-11
void LifeSuiteTest::quit_delivers_what_is_queued()
{
    EngineSetup setup;
    setup.has_canary = false;
    setup.config.limits.closing_timeout = seconds(60); // however slowly the clients are given time
    EngineFixture fixture(setup);
    std::vector<RawClient> clients;
    for (int i = 0; i < 10; ++i)
        clients.push_back(fixture.open_client({}, "/chat", 4'096));
    const SharedBytes payload(std::string(10'000, 'q'));
    for (int i = 0; i < 200; ++i)
        fixture.engine().submit(command::Send{Target::all(), MessageKind::binary, payload, 1});
    fixture.engine().submit(command::Quit{});
    for (std::size_t i = 0; i < 9; ++i) {
        for (int message = 0; message < 200; ++message)
            QCOMPARE(clients[i].read_message().size(), std::size_t{10'000});
        QCOMPARE(clients[i].finish_close(), std::uint16_t{1001});
    }
    clients[9].reset();
    const auto finished = fixture.wait_for<event::Finished>();
    QCOMPARE(finished.closed_cleanly, 9U);
    QCOMPARE(finished.cut, 1U);
    QVERIFY(finished.dropped <= 200); // of the one that was reset
    QCOMPARE(fixture.count_of<event::StopFinished>(), std::size_t{0});
}

// LC-11
void LifeSuiteTest::what_a_stop_finds_queued_is_counted_data()
{
    QTest::addColumn<bool>("drops");
    QTest::addColumn<bool>("reads");
    QTest::newRow("delivered") << false << true;
    QTest::newRow("delivered until the time is over") << false << false;
    QTest::newRow("dropped") << true << true;
}

void LifeSuiteTest::what_a_stop_finds_queued_is_counted()
{
    QFETCH(bool, drops);
    QFETCH(bool, reads);
    constexpr std::uint64_t all = 10'000;
    EngineSetup setup;
    setup.has_canary = false;
    setup.has_manual_clock = true;
    setup.config.limits.max_queue = 64U << 20U;
    EngineFixture fixture(setup);
    RawClient client = fixture.open_client({}, "/chat", 4'096);
    const SharedBytes payload(std::string(1'000, 'q'));
    for (std::uint64_t i = 0; i < all; ++i)
        fixture.engine().submit(command::Send{Target::all(), MessageKind::binary, payload, 1});
    fixture.run(command::StopListening{drops});
    std::uint64_t read = 0;
    if (reads) {
        // Its Close comes behind the messages.
        for (ServerFrame frame = client.read_frame(); frame.opcode != 8; frame = client.read_frame()) {
            QCOMPARE(frame.payload.size(), std::size_t{1'000});
            ++read;
        }
        client.send_close(1001);
        client.read_until_end();
    } else {
        fixture.advance(milliseconds(5'100));
    }
    const auto stopped = fixture.wait_for<event::StopFinished>();
    QCOMPARE(stopped.connections, 1U);
    if (!drops && reads) {
        QCOMPARE(read, all);
        QVERIFY(stopped.sent > 1'000);
        QCOMPARE(stopped.dropped, 0U);
    } else if (drops) {
        QVERIFY(stopped.dropped > 1'000);
        QCOMPARE(read, all - stopped.dropped);
        QVERIFY(stopped.sent <= 1); // the one that was being written
    } else {
        QVERIFY(stopped.dropped > 1'000);
        const auto close = fixture.close_of(client.local_port());
        QCOMPARE(close.by, ClosedBy::shutdown);
    }
    QCOMPARE(fixture.count_of<event::StopFinished>(), std::size_t{1});
    client.close();
    fixture.finish();
}

void LifeSuiteTest::quit_ends_with_the_closing_time_out()
{
    EngineSetup setup;
    setup.has_canary = false;
    setup.has_manual_clock = true;
    EngineFixture fixture(setup);
    RawClient silent = fixture.open_client();
    RawClient late = fixture.open_client();
    RawClient refused = fixture.connect();
    fixture.run(command::Quit{});
    fixture.advance(milliseconds(4'900));
    QCOMPARE(late.read_close(), std::uint16_t{1001});
    late.send_close(1001); // and stays connected
    late.read_until_end();
    fixture.close_of(late.local_port());
    QCOMPARE(fixture.count_of<event::Finished>(), std::size_t{0});
    fixture.advance(milliseconds(120));
    const auto finished = fixture.wait_for<event::Finished>();
    QCOMPARE(finished.closed_cleanly, 1U);
    QCOMPARE(finished.cut, 1U);
    QCOMPARE(fixture.close_of(silent.local_port()).by, ClosedBy::shutdown);
}

void LifeSuiteTest::requests_during_a_stop_get_503()
{
    EngineSetup setup;
    setup.has_canary = false;
    setup.has_manual_clock = true;
    EngineFixture fixture(setup);
    RawClient stays = fixture.open_client();
    RawClient page = fixture.connect();
    page.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    page.read_response();
    fixture.run(command::Quit{});
    QCOMPARE(page.read_until_end(), std::string()); // a connection between two requests just ends
    QVERIFY(!can_connect(fixture.address()));
    QCOMPARE(stays.finish_close(), std::uint16_t{1001});
    stays.close();
    fixture.wait_for<event::Finished>();
}

void LifeSuiteTest::abandoned_thread_ends_at_once()
{
    EngineSetup setup;
    setup.has_canary = false;
    setup.has_manual_clock = true; // nothing would end by a time-out
    EngineFixture fixture(setup);
    RawClient client = fixture.open_client();
    fixture.run(command::Quit{});
    fixture.thread().abandon();
    fixture.wait_until([&] { return fixture.thread().finished(); });
    QCOMPARE(fixture.count_of<event::Finished>(), std::size_t{0});
}

void LifeSuiteTest::embedder_drives_it_from_its_own_epoll()
{
    EngineConfig config;
    config.listeners = {spec_of(SocketAddress::v4({127, 0, 0, 1}, 0))};
    config.endpoints = {default_endpoint()};
    config.limits.handshake_timeout = milliseconds(300);
    auto created = Engine::create(config);
    QVERIFY(created);
    Engine& engine = **created;
    EventBatch batch;
    QVERIFY(engine.take_events(batch));
    const auto address = std::get<event::Listening>(batch.events.at(0).what).address;

    const int own = ::epoll_create1(EPOLL_CLOEXEC);
    epoll_event interest{};
    interest.events = EPOLLIN;
    QCOMPARE(::epoll_ctl(own, EPOLL_CTL_ADD, engine.pollable_descriptor(), &interest), 0);
    int turns = 0;
    bool finished = false;
    // Only when the descriptor says so does the engine get a time slice.
    const auto turn_until = [&](const std::function<bool()>& holds) {
        const auto give_up = std::chrono::steady_clock::now() + RawClient::patience;
        while (!holds() && std::chrono::steady_clock::now() < give_up) {
            epoll_event ready{};
            (void)engine.pollable_descriptor(); // asking for it again makes nothing readable
            if (::epoll_wait(own, &ready, 1, 1'000) == 1) {
                ++turns;
                const auto report = engine.poll(milliseconds(0));
                finished = report && report->finished;
            }
        }
        return holds();
    };
    RawClient client(address);
    client.send(good_handshake(address.port()));
    QVERIFY(turn_until([&] { return !client.is_quiet(); }));
    QVERIFY(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 101 "));
    client.send_text("one thread");
    QVERIFY(turn_until([&] { return !client.is_quiet(); }));
    QCOMPARE(client.read_message(), std::string("one thread"));

    turns = 0;
    RawClient silent(address); // nothing but a timer can end this wait
    QVERIFY(turn_until([&] { return !silent.is_quiet(); }));
    QVERIFY(silent.read_until("\r\n\r\n").starts_with("HTTP/1.1 408 "));
    QVERIFY2(turns < 30, qPrintable(QString::number(turns)));
    silent.close();

    std::thread other([&] { engine.submit(command::Quit{}); });
    other.join();
    QVERIFY(turn_until([&] { return !client.is_quiet(); }));
    QCOMPARE(client.read_close(), std::uint16_t{1001});
    client.send_close(1001);
    client.close();
    QVERIFY(turn_until([&] { return finished; }));
    ::close(own);
}

// FI-26
void LifeSuiteTest::time_slices_that_stay_out_are_a_stall()
{
    DrivenEngine driven;
    QVERIFY(driven.stalls().empty());
    driven.clock.advance(milliseconds(999));
    QVERIFY(driven.stalls().empty());
    driven.clock.advance(milliseconds(5'000));
    QCOMPARE(driven.stalls(), std::vector<milliseconds>{milliseconds(5'000)});
    QVERIFY(driven.stalls().empty());
}

void LifeSuiteTest::waiting_on_the_descriptor_is_no_stall()
{
    DrivenEngine driven;
    QVERIFY(driven.engine->pollable_descriptor() >= 0);
    QVERIFY(driven.stalls().empty());
    driven.clock.advance(milliseconds(8'000));
    QVERIFY(driven.stalls().empty());
    driven.clock.advance(milliseconds(25'000)); // timers were due meanwhile, and made the descriptor readable
    const auto late = driven.stalls();
    QCOMPARE(late.size(), std::size_t{1});
    QVERIFY2(late.front() >= milliseconds(1'000) && late.front() < milliseconds(25'000),
        qPrintable(QString::number(late.front().count())));
}

void LifeSuiteTest::finished_engine_stays_finished()
{
    EngineConfig config;
    config.listeners = {spec_of(SocketAddress::v4({127, 0, 0, 1}, 0))};
    config.endpoints = {default_endpoint()};
    auto created = Engine::create(config);
    QVERIFY(created);
    (*created)->submit(command::Quit{});
    bool finished = false;
    for (int i = 0; i < 10 && !finished; ++i)
        finished = (*created)->poll(milliseconds(100))->finished;
    QVERIFY(finished);
    QVERIFY((*created)->poll(milliseconds(-1))->finished);
    EventBatch batch;
    QVERIFY((*created)->take_events(batch));
    QVERIFY(std::holds_alternative<event::Finished>(batch.events.back().what));
}

QTEST_GUILESS_MAIN(LifeSuiteTest)
#include "life_suite_test.moc"
