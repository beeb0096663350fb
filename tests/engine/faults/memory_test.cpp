#include "tests/support/deflate_harness.h"
#include "tests/support/engine_bench.h"

#include <QtTest>

#include <cstdlib>
#include <filesystem>
#include <new>
#include <string>

using namespace jackfield;
using namespace std::chrono_literals;
using test::client_frame;
using test::EngineBench;
using test::good_request;
using test::LoopbackClient;
using test::server_frame;

// Allocations fail on demand, in this program's own thread and only while it is within the engine.
namespace {

thread_local bool within_engine = false;
std::uint64_t allocations = 0;
std::uint64_t fail_from = 0; // 0: none fails
std::uint64_t fail_until = 0;
std::uint64_t failed = 0;

void* allocate(std::size_t size)
{
    if (within_engine && fail_from != 0) {
        ++allocations;
        if (allocations >= fail_from && allocations < fail_until) {
            ++failed;
            throw std::bad_alloc();
        }
    }
    if (void* const memory = std::malloc(size == 0 ? 1 : size))
        return memory;
    throw std::bad_alloc();
}

struct Within {
    Within() { within_engine = true; }
    ~Within() { within_engine = false; }
};

} // namespace

void* operator new(std::size_t size)
{
    return allocate(size);
}
void* operator new[](std::size_t size)
{
    return allocate(size);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept
{
    try {
        return allocate(size);
    } catch (const std::bad_alloc&) {
        return nullptr;
    }
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept
{
    std::free(memory);
}

namespace {

std::size_t open_descriptors()
{
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& each : std::filesystem::directory_iterator("/proc/self/fd"))
        ++count;
    return count;
}

// The engine of the scenario, with every lane read.
struct Bench : EngineBench {
    Bench()
        : EngineBench(NotStarted{}, false)
    {
        EngineConfig config = EngineBench::config();
        EndpointConfig chat;
        chat.pattern = "/room";
        chat.behaviour = "chat";
        config.endpoints.push_back(chat);
        config.limits.ping_interval = 0ms; // the canary does not answer
        config.compression.server_context_takeover = config.compression.client_context_takeover = true;
        limits = config.limits;
        start(std::move(config));
        engine->attach_state();
        engine->set_traffic(TrafficLevel::full, TrafficPolicy::drop_and_count);
        turn();
    }
    // What `poll` and `collect` do, with the engine's part alone under watch.
    void turn()
    {
        {
            const Within within;
            const auto report = engine->poll(0ms);
            is_alive = is_alive && report.has_value();
            engine->take_state(state);
            engine->take_traffic(traffic);
            engine->take_events(batch);
        }
        lost += batch.lost;
        for (Event& event : batch.events)
            events.push_back(std::move(event));
        while (traffic.next()) { }
    }
    template <class Done>
    bool turns_until(Done&& done, int most = 60)
    {
        for (int i = 0; i < most && !done(); ++i) {
            turn();
            clock.advance(10ms);
        }
        return done();
    }
    void turns(int count)
    {
        turns_until([] { return false; }, count);
    }
    bool canary_echoes(LoopbackClient& canary)
    {
        canary.received.clear();
        canary.send(client_frame(0x81, "canary"));
        return turns_until([&] {
            canary.pump();
            return canary.received == server_frame(0x81, "canary");
        });
    }
    Ticket submit(const Command& command)
    {
        Command copy = command;
        const Within within;
        return engine->submit(std::move(copy));
    }
    Limits limits;
    bool is_alive = true;
    StateBatch state;
    TrafficBatch traffic;
    EventBatch batch;
};

// Everything that a connection goes through, with its outcome left open.
void run_scenario(Bench& bench)
{
    LoopbackClient page = bench.connect();
    page.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    LoopbackClient refused = bench.connect();
    refused.send(good_request({{"Origin", "Origin: http://evil.example\r\n"}}));
    LoopbackClient one = bench.connect(), two = bench.connect();
    LoopbackClient keeping = bench.connect(), forgetting = bench.connect();
    keeping.send(good_request({{"E", "Sec-WebSocket-Extensions: permessage-deflate\r\n"}}));
    forgetting.send(good_request({{"E",
        "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; "
        "client_no_context_takeover\r\n"}}));
    one.send(good_request());
    two.send(good_request(
        {{"User-Agent", "User-Agent: " + std::string(200, 'u') + "\r\n"}}, "GET /room HTTP/1.1"));
    bench.turns(3);
    one.send(client_frame(0x81, "small") + client_frame(0x82, std::string(200'000, 'x')));
    bench.turns(4);
    one.pump();
    one.send(client_frame(0x01, "frag") + client_frame(0x89, "ping") + client_frame(0x80, "ment"));
    two.send(client_frame(0x81, std::string(5'000, 'c')));
    bench.turns(3);
    one.pump();
    static const std::string compressed = test::deflated(std::string(50'000, 'd'));
    for (LoopbackClient* client : {&keeping, &forgetting}) {
        client->send(client_frame(0xc1, compressed) + client_frame(0x41, compressed.substr(0, 9)));
        bench.turns(2);
        client->send(client_frame(0x80, compressed.substr(9)));
    }
    bench.turns(2);
    const Ticket sent = bench.submit(command::Send{
        Target::on_endpoint("/room"), MessageKind::text, SharedBytes(std::string(20'000, 's')), 1});
    bench.submit(command::Allow{ListKind::origins, "http://a.example", false, 0ms});
    bench.submit(command::SetLimits{bench.limits});
    bench.turns(2);
    {
        const Within within;
        bench.engine->send(ConnectionId(0, 1, 1), MessageKind::text, SharedBytes());
        bench.engine->attach_state();
    }
    bench.submit(
        command::Kick{Target::on_endpoint("/room"), {4001, "a reason that is longer than a few bytes"}});
    one.send(client_frame(0x88, std::string("\x03\xe8 and a reason that is long enough", 30)));
    bench.turns(4);
    (void)sent;
    for (LoopbackClient* client : {&page, &refused, &one, &two, &keeping, &forgetting})
        client->close();
    bench.turns(4);
    bench.clock.advance(70s); // unused compressors are freed
    bench.turns(2);
}

} // namespace

class MemoryTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void running_out_of_memory_costs_the_connection_concerned_data()
    {
        QTest::addColumn<quint64>("times");
        QTest::newRow("FI-14 one allocation fails") << quint64{1};
        QTest::newRow("FI-14 five in a row fail") << quint64{5};
        QTest::newRow("FI-14 fifty in a row fail") << quint64{50};
    }
    void running_out_of_memory_costs_the_connection_concerned()
    {
        QFETCH(quint64, times);
        Bench bench;
        LoopbackClient canary = bench.connect();
        canary.send(good_request({}, "GET /canary HTTP/1.1"));
        QVERIFY(bench.turns_until([&] {
            canary.pump();
            return canary.received.starts_with("HTTP/1.1 101");
        }));
        run_scenario(bench);
        bench.turns(300); // deadlines of what was left behind
        const std::size_t descriptors = open_descriptors();
        std::uint64_t nth = 1;
        for (;; nth += times == 1 ? 1 : times / 2) {
            allocations = failed = 0;
            fail_from = nth;
            fail_until = nth + times;
            run_scenario(bench);
            fail_from = 0;
            QVERIFY2(bench.is_alive, qPrintable(QString::number(nth)));
            QVERIFY2(bench.canary_echoes(canary), qPrintable(QString::number(nth)));
            QVERIFY2(bench.turns_until([&] { return open_descriptors() == descriptors; }, 1'000),
                qPrintable(QString::number(nth)));
            bench.events.clear();
            if (failed == 0)
                break;
        }
        QVERIFY(nth > 100); // the scenario allocates at all
        // Nothing is left of all that but the canary, and the state lane says so.
        bench.engine->attach_state();
        bool is_told = false;
        QVERIFY(bench.turns_until([&] {
            if (bench.state.snapshot)
                is_told = bench.state.opened.size() == 1 && bench.state.totals.open == 1;
            return is_told;
        }));
        LoopbackClient next = bench.connect();
        next.send(good_request());
        QVERIFY(bench.turns_until([&] {
            next.pump();
            return next.received.starts_with("HTTP/1.1 101");
        }));
    }

    void a_large_answer_is_whole_or_ends_where_it_was_cut() // FI-14
    {
        // More than the kernel takes at once.
        const std::string question = client_frame(0x82, std::string(12U << 20U, 'x'));
        const std::string answer = server_frame(0x82, std::string(12U << 20U, 'x'));
        int cut = 0;
        for (std::uint64_t nth = 1;; ++nth) {
            Bench bench;
            LoopbackClient client = bench.connect();
            client.send(good_request());
            QVERIFY(bench.turns_until([&] {
                client.pump();
                return client.received.ends_with("\r\n\r\n");
            }));
            client.received.clear();
            allocations = failed = 0;
            fail_from = nth;
            fail_until = nth + 1;
            client.send(question);
            QVERIFY(bench.turns_until([&] {
                client.pump(client.has_sent_all());
                return client.ended || client.received.size() >= answer.size();
            }, 20'000));
            fail_from = 0;
            if (client.received.size() < answer.size()) {
                const bool is_cut = client.received.size() > 200;
                cut += is_cut ? 1 : 0;
                QVERIFY(is_cut ? answer.starts_with(client.received)
                               : client.received.empty() || client.received == server_frame(0x88, "\x03\xf3"));
            } else {
                QVERIFY(client.received.starts_with(answer));
            }
            QVERIFY(bench.is_alive);
            if (failed == 0)
                break;
        }
        QVERIFY(cut > 0);
    }

    void the_outcome_of_a_command_is_never_lost() // FI-14
    {
        Bench bench;
        bench.turns(2);
        for (std::uint64_t nth = 1; nth < 60; ++nth) {
            bench.events.clear();
            allocations = failed = 0;
            fail_from = nth;
            fail_until = nth + 1'000;
            const Ticket ticket = bench.submit(
                command::Send{Target::all(), MessageKind::text, SharedBytes("x"), 0}); // refused
            bench.turns(2);
            fail_from = 0;
            bench.turns(2);
            const auto finished = bench.all<event::CommandFinished>();
            QCOMPARE(finished.size(), std::size_t(ticket == 0 ? 0 : 1));
            if (ticket != 0)
                QCOMPARE(finished[0].ticket, ticket);
        }
    }

    void an_engine_that_has_no_memory_to_start_says_so() // FI-11, FI-14
    {
        const std::size_t descriptors = open_descriptors();
        std::uint64_t nth = 1;
        for (;; ++nth) {
            const Stack stack = Stack::standard();
            EngineConfig config = EngineBench::config();
            allocations = failed = 0;
            fail_from = nth;
            fail_until = nth + 1;
            bool is_made = false;
            ErrorCode code = ErrorCode::no_memory;
            {
                const Within within;
                auto engine = Engine::create(std::move(config), stack);
                is_made = engine.has_value();
                if (!is_made)
                    code = engine.error().code;
            }
            fail_from = 0;
            QVERIFY(is_made || code == ErrorCode::no_memory);
            QCOMPARE(open_descriptors(), descriptors);
            if (failed == 0)
                break;
        }
        QVERIFY(nth > 10);
    }
};

QTEST_GUILESS_MAIN(MemoryTest)
#include "memory_test.moc"
