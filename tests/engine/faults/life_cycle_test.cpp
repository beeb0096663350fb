#include "tests/support/engine_bench.h"
#include "tests/support/fake_channel_host.h"

#include "jackfield/engine_thread.h"

#include <QtTest>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <dlfcn.h>
#include <functional>
#include <pthread.h>
#include <random>
#include <string>
#include <semaphore>
#include <thread>
#include <vector>

using namespace jackfield;
using namespace std::chrono_literals;
using test::client_frame;
using test::EngineBench;
using test::good_request;
using test::LoopbackClient;
using test::server_frame;

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
// The sanitizers bring a pthread_create of their own.
constexpr bool can_refuse_threads = false;
void refuse_next_thread(bool) { }
#else
namespace {
bool is_next_thread_refused = false;
}
constexpr bool can_refuse_threads = true;
void refuse_next_thread(bool refuse)
{
    is_next_thread_refused = refuse;
}
extern "C" __attribute__((visibility("default"))) int pthread_create(
    pthread_t* thread, const pthread_attr_t* attributes, void* (*run)(void*), void* argument) noexcept
{
    if (is_next_thread_refused)
        return EAGAIN;
    using Create = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
    static const auto real = reinterpret_cast<Create>(::dlsym(RTLD_NEXT, "pthread_create"));
    return real(thread, attributes, run, argument);
}
#endif

namespace {

std::string close_frame(std::uint16_t code)
{
    return client_frame(0x88, std::string{static_cast<char>(code >> 8U), static_cast<char>(code & 0xffU)});
}

// How far a connection has come when its peer does something.
struct Stage {
    const char* name;
    bool is_open; // a WebSocket by then
    std::function<void(EngineBench&, LoopbackClient&)> reach;
};

const std::vector<Stage>& stages()
{
    static const auto opened_and = [](std::string bytes) {
        return [bytes](EngineBench& bench, LoopbackClient& client) {
            client = bench.open();
            client.send(bytes);
            bench.run();
        };
    };
    static const std::vector<Stage> all{
        {"accepted", false, [](EngineBench& bench, LoopbackClient&) { bench.run(); }},
        {"mid request line", false,
            [](EngineBench& bench, LoopbackClient& client) {
                client.send("GET /ch");
                bench.run();
            }},
        {"mid headers", false,
            [](EngineBench& bench, LoopbackClient& client) {
                client.send(good_request().substr(0, 60));
                bench.run();
            }},
        {"101 half written", true,
            [](EngineBench& bench, LoopbackClient& client) {
                bench.kernel.limit_sends(30);
                bench.kernel.fail(test::Call::send, EAGAIN, 2, test::ScriptedKernel::always);
                client.send(good_request());
                bench.run();
                bench.kernel.heal(test::Call::send);
            }},
        {"open, idle", true, opened_and("")},
        {"mid frame header", true, opened_and(client_frame(0x81, "hello").substr(0, 3))},
        {"mid payload", true, opened_and(client_frame(0x81, "hello").substr(0, 8))},
        {"mid fragments", true, opened_and(client_frame(0x01, "hello"))},
        {"sending 16 MiB", true,
            [](EngineBench& bench, LoopbackClient& client) {
                client = bench.open();
                bench.engine->submit(command::Send{
                    Target::all(), MessageKind::binary, SharedBytes(std::string(16U << 20U, 'x')), 1});
                bench.run();
            }},
        {"close sent", true,
            [](EngineBench& bench, LoopbackClient& client) {
                client = bench.open();
                bench.engine->submit(command::Kick{Target::all(), {4001, "out"}});
                bench.run();
            }},
        {"close received", true,
            [](EngineBench& bench, LoopbackClient& client) {
                client = bench.open();
                bench.kernel.fail(test::Call::send, EAGAIN, 1, test::ScriptedKernel::always);
                client.send(close_frame(1000));
                bench.run();
                bench.kernel.heal(test::Call::send);
            }},
        {"draining", true,
            [](EngineBench& bench, LoopbackClient& client) {
                client = bench.open();
                client.send(close_frame(1000));
                bench.run();
            }},
    };
    return all;
}

enum Action { fin, rst, half_close, silence };

} // namespace

class LifeCycleTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatever_a_peer_does_at_whatever_stage_ends_once_data()
    {
        QTest::addColumn<int>("stage");
        QTest::addColumn<int>("action");
        const char* const names[] = {"FIN", "RST", "half-close", "silence"};
        for (std::size_t i = 0; i < stages().size(); ++i) {
            for (int action = fin; action <= silence; ++action)
                QTest::addRow("FI-19 %s, %s", stages()[i].name, names[action]) << int(i) << action;
        }
    }
    void whatever_a_peer_does_at_whatever_stage_ends_once()
    {
        QFETCH(int, stage);
        QFETCH(int, action);
        const Stage& at = stages()[static_cast<std::size_t>(stage)];
        EngineBench bench;
        const std::size_t held = bench.kernel.held();
        LoopbackClient client;
        if (!at.is_open || std::string_view(at.name) == "101 half written")
            client = bench.connect();
        at.reach(bench, client);
        if (action == fin)
            client.close();
        else if (action == rst)
            client.reset();
        else if (action == half_close)
            client.end_writing();
        // More than any deadline: pings and pongs, handshake, two spells of slowness, closing, draining.
        for (int i = 0; i < 800 && bench.kernel.held() != held; ++i)
            bench.pass(100ms, 100ms);
        QCOMPARE(bench.kernel.held(), held);
        QCOMPARE(bench.kernel.wrong_closes(), 0);
        QCOMPARE(bench.count<event::Opened>(), at.is_open ? 1 : 0);
        QCOMPARE(bench.count<event::Closed>(), at.is_open ? 1 : 0);
        QCOMPARE(bench.count<event::Refused>(), at.is_open ? 0 : 1);
        QCOMPARE(bench.count<event::ConnectionFault>(), 0);
        if (at.is_open) {
            const CloseInfo close = bench.all<event::Closed>()[0].close;
            const std::string_view name = at.name;
            QCOMPARE(close.clean, name == "close received" || name == "draining");
            if (name == "close sent")
                QCOMPARE(close.by, ClosedBy::person);
            else
                QCOMPARE(close.by, action == silence && !close.clean ? ClosedBy::engine : ClosedBy::peer);
        } else {
            const RefusalReason reason = bench.all<event::Refused>()[0].reason;
            if (action == silence)
                QCOMPARE(reason, RefusalReason::timeout);
            else
                QCOMPARE(reason,
                    std::string_view(at.name) == "accepted" ? RefusalReason::speculative
                                                            : RefusalReason::aborted);
        }
        LoopbackClient next = bench.open();
        QVERIFY(bench.is_open);
    }

    void a_quit_ends_every_stage_within_the_closing_time_out_data()
    {
        QTest::addColumn<int>("stage");
        for (std::size_t i = 0; i < stages().size(); ++i)
            QTest::newRow(stages()[i].name) << int(i);
    }
    void a_quit_ends_every_stage_within_the_closing_time_out()
    {
        QFETCH(int, stage);
        const Stage& at = stages()[static_cast<std::size_t>(stage)];
        EngineBench bench;
        LoopbackClient client;
        if (!at.is_open || std::string_view(at.name) == "101 half written")
            client = bench.connect();
        at.reach(bench, client);
        bench.engine->submit(command::Quit{});
        bench.pass(5'050ms, 10ms);
        QVERIFY(bench.finished);
        QCOMPARE(bench.count<event::Finished>(), 1);
        QVERIFY(std::holds_alternative<event::Finished>(bench.events.back().what)); // and nothing after it
        QCOMPARE(bench.kernel.held(), std::size_t{5}); // the engine's own
        bench.engine.reset();
        QCOMPARE(bench.kernel.held(), std::size_t{0});
    }

    void a_thread_that_cannot_be_had_is_said_and_can_be_tried_again() // FI-13
    {
        if (!can_refuse_threads)
            return;
        EngineBench bench;
        refuse_next_thread(true);
        auto thread = EngineThread::start(*bench.engine);
        refuse_next_thread(false);
        QVERIFY(!thread);
        QCOMPARE(thread.error().system_error, EAGAIN);
        QVERIFY(!thread.error().message().empty());
        thread = EngineThread::start(*bench.engine);
        QVERIFY(thread.has_value());
    }

    void kicks_from_everywhere_close_once() // FI-28
    {
        EngineBench bench{EngineBench::NotStarted{}};
        Engine* engine = nullptr;
        const auto kick = [&](ConnectionId id) {
            engine->submit(command::Kick{Target::one(id), {4002, "from a handler"}});
        };
        class Kicker final : public Behaviour {
        public:
            explicit Kicker(std::function<void(ConnectionId)> kick)
                : kick_(std::move(kick))
            { }
            void on_open(Peer& peer) override { kick_(peer.id()); }
            void on_message(Peer& peer, MessageKind, std::span<const std::byte>) override
            {
                kick_(peer.id());
                peer.close({4003, "itself"});
            }
            void on_close(ConnectionId id, const CloseInfo&) override { kick_(id); }

        private:
            std::function<void(ConnectionId)> kick_;
        };
        *bench.stack = bench.stack->with_behaviour(
            "kicker", [&](const EndpointConfig&) { return std::make_unique<Kicker>(kick); });
        EngineConfig config = EngineBench::config();
        config.endpoints[0].behaviour = "kicker";
        config.event_capacity = 100'000; // the outcomes of the many kicks must not push the others out
        config.limits.closing_timeout = 100ms;
        auto made = Engine::create(config, *bench.stack);
        QVERIFY(made.has_value());
        bench.engine = std::move(*made);
        engine = bench.engine.get();
        bench.collect();

        // Another thread kicks all the time, as a person with a short temper would: some twenty times a connection.
        std::atomic<bool> enough{false};
        std::counting_semaphore<> kicks_left(0);
        std::thread person([&] {
            for (kicks_left.acquire(); !enough.load(); kicks_left.acquire())
                engine->submit(command::Kick{Target::all(), {4001, "from the window"}});
        });
        for (int i = 0; i < 200; ++i) {
            kicks_left.release(20);
            LoopbackClient client = bench.open();
            client.send(client_frame(0x81, "one") + client_frame(0x81, "two") + close_frame(1000));
            bench.run(3);
            if (i % 3 == 0)
                client.reset();
        }
        enough.store(true);
        kicks_left.release();
        person.join();
        bench.pass(3s, 50ms);
        QCOMPARE(bench.count<event::Opened>(), 200);
        QCOMPARE(bench.count<event::Closed>(), 200);
        QCOMPARE(bench.kernel.wrong_closes(), 0);
    }

    void shutting_down_at_any_moment_under_load_leaves_nothing() // FI-29
    {
        std::mt19937 random(17);
        const Stack stack = Stack::standard();
        for (int round = 0; round < 100; ++round) {
            EngineConfig config = EngineBench::config();
            config.endpoints[0].behaviour = round % 2 == 0 ? "echo" : "chat";
            config.endpoints[0].chat_includes_sender = true;
            config.limits.closing_timeout = 100ms;
            config.limits.drain_timeout = 100ms;
            config.limits.max_queue = 64U << 10U;
            auto made = Engine::create(config, stack);
            QVERIFY(made.has_value());
            const std::unique_ptr<Engine> engine = std::move(*made);
            engine->attach_state();
            engine->set_traffic(TrafficLevel::full, TrafficPolicy::drop_and_count);
            EventBatch events;
            engine->take_events(events);
            std::uint16_t port = 0;
            for (const Event& event : events.events) {
                if (const auto* listening = std::get_if<event::Listening>(&event.what))
                    port = listening->address.port();
            }
            auto thread = std::move(*EngineThread::start(*engine));

            const std::size_t moment = random() % 3'000; // as counted in work done
            std::size_t work = 0;
            std::vector<LoopbackClient> clients;
            StateBatch state;
            TrafficBatch traffic;
            while (work < moment) {
                if (clients.size() < 6) {
                    clients.emplace_back(port);
                    clients.back().send(good_request());
                }
                LoopbackClient& client = clients[random() % clients.size()];
                if (client.has_sent_all())
                    client.send(client_frame(0x82, std::string(random() % 3'000, 'x')));
                client.pump(random() % 8 != 0);
                if (random() % 200 == 0)
                    client = LoopbackClient(port), client.send(good_request());
                work += 1 + client.received.size() / 100;
                client.received.clear();
                if (random() % 16 == 0) {
                    engine->take_state(state);
                    engine->take_traffic(traffic);
                    engine->take_events(events);
                }
            }
            const auto began = std::chrono::steady_clock::now();
            if (round % 3 != 0) // a second signal
                thread->abandon();
            thread.reset();
            QVERIFY(std::chrono::steady_clock::now() - began < 5s);
        }
    }
};

QTEST_GUILESS_MAIN(LifeCycleTest)
#include "life_cycle_test.moc"
