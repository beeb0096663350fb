#include "tests/support/engine_bench.h"

#include <QtTest>

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <vector>

using namespace jackfield;
using namespace std::chrono_literals;
using test::Call;
using test::client_frame;
using test::EngineBench;
using test::good_request;
using test::LoopbackClient;
using test::ScriptedKernel;
using test::server_frame;

namespace {

std::string close_frame(std::uint16_t code)
{
    return client_frame(0x88, std::string{static_cast<char>(code >> 8U), static_cast<char>(code & 0xffU)});
}

// What the client of the scenarios sends after its handshake, and what an echo answers.
std::string questions()
{
    return client_frame(0x81, "one") + client_frame(0x82, std::string(300, 'b')) + client_frame(0x01, "fra")
        + client_frame(0x89, "p") + client_frame(0x80, "gment") + close_frame(1000);
}
std::string answers()
{
    return server_frame(0x81, "one") + server_frame(0x82, std::string(300, 'b')) + server_frame(0x8a, "p")
        + server_frame(0x81, "fragment") + server_frame(0x88, std::string("\x03\xe8", 2));
}

} // namespace

class SystemCallsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void accepting_pauses_when_there_is_no_room_data()
    {
        QTest::addColumn<int>("error");
        QTest::newRow("FI-01 RX-02 EMFILE") << EMFILE;
        QTest::newRow("FI-01 RX-02 ENFILE") << ENFILE;
        QTest::newRow("FI-01 RX-02 ENOBUFS") << ENOBUFS;
        QTest::newRow("FI-01 RX-02 ENOMEM") << ENOMEM;
    }
    void accepting_pauses_when_there_is_no_room()
    {
        QFETCH(int, error);
        EngineBench bench;
        LoopbackClient canary = bench.open();
        bench.kernel.fail(Call::accept, error, 1, ScriptedKernel::always);
        LoopbackClient waiting = bench.connect();
        waiting.send(good_request());
        const auto accepts = bench.kernel.calls(Call::accept);
        const auto waits = bench.kernel.calls(Call::epoll_wait);
        bench.pass(5s, 50ms);
        QVERIFY(bench.kernel.calls(Call::accept) - accepts < 100); // fewer than 20 a second
        QVERIFY(bench.kernel.calls(Call::epoll_wait) - waits <= 400); // the test's own turns, no more
        QCOMPARE(bench.count<event::DescriptorsExhausted>(), 1);
        QCOMPARE(bench.count<event::DescriptorsRecovered>(), 0);
        QVERIFY(bench.echoes(canary));
        bench.kernel.heal(Call::accept);
        bench.pass(600ms, 50ms);
        waiting.pump();
        QVERIFY(waiting.received.starts_with("HTTP/1.1 101"));
        QCOMPARE(bench.count<event::DescriptorsExhausted>(), 1);
        QCOMPARE(bench.count<event::DescriptorsRecovered>(), 1);
    }

    void one_failing_accept_costs_nobody_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<quint64>("nth");
        for (const int error : {EMFILE, ENOBUFS, ECONNABORTED, EINTR, EPROTO, EPERM}) {
            for (const quint64 nth : {1, 2, 3})
                QTest::addRow("FI-01 errno %d, call %d", error, int(nth)) << error << nth;
        }
    }
    void one_failing_accept_costs_nobody()
    {
        QFETCH(int, error);
        QFETCH(quint64, nth);
        EngineBench bench;
        bench.kernel.fail(Call::accept, error, nth);
        std::vector<LoopbackClient> clients;
        for (int i = 0; i < 5; ++i) {
            clients.push_back(bench.connect());
            clients.back().send(good_request());
        }
        bench.pass(1s, 50ms);
        int opened = 0;
        for (LoopbackClient& client : clients) {
            client.pump();
            opened += client.received.starts_with("HTTP/1.1 101") ? 1 : 0;
        }
        // Shedding takes those off the queue that could not be kept anyway.
        QVERIFY(opened == 5 || (opened < 5 && (error == EMFILE || error == ENOBUFS)));
        QVERIFY(opened >= 1);
        LoopbackClient next = bench.open();
        QVERIFY(bench.is_open);
    }

    void a_broken_listener_does_not_spin()
    {
        EngineBench bench;
        bench.kernel.fail(Call::accept, EINVAL, 1, ScriptedKernel::always);
        LoopbackClient waiting = bench.connect();
        const auto accepts = bench.kernel.calls(Call::accept);
        bench.pass(5s, 50ms);
        QVERIFY(bench.kernel.calls(Call::accept) - accepts < 400);
    }

    void a_connection_that_cannot_be_watched_ends_data()
    {
        QTest::addColumn<int>("error");
        QTest::newRow("FI-02 ENOMEM") << ENOMEM;
        QTest::newRow("FI-02 ENOSPC") << ENOSPC;
        QTest::newRow("FI-02 EEXIST") << EEXIST;
    }
    void a_connection_that_cannot_be_watched_ends()
    {
        QFETCH(int, error);
        EngineBench bench;
        LoopbackClient canary = bench.open();
        const std::size_t held = bench.kernel.held();
        bench.kernel.fail(Call::epoll_add, error);
        LoopbackClient victim = bench.connect();
        QVERIFY(bench.run_until([&] {
            victim.pump();
            return victim.ended;
        }));
        QCOMPARE(bench.count<event::ConnectionFault>(), 1);
        QCOMPARE(bench.all<event::ConnectionFault>()[0].error.system_error, error);
        bench.run();
        QCOMPARE(bench.kernel.held(), held);
        QCOMPARE(bench.kernel.wrong_closes(), 0);
        QVERIFY(bench.echoes(canary));
        LoopbackClient next = bench.open();
        QVERIFY(bench.is_open);
    }

    void a_connection_whose_interest_cannot_be_changed_ends() // FI-02
    {
        EngineBench bench;
        LoopbackClient canary = bench.open();
        LoopbackClient victim = bench.open();
        const std::size_t held = bench.kernel.held();
        bench.kernel.limit_sends(1'000);
        bench.kernel.fail(Call::epoll_modify, ENOMEM); // watching for room to write
        victim.send(client_frame(0x82, std::string(60'000, 'x')));
        QVERIFY(bench.run_until([&] {
            victim.pump();
            return victim.ended;
        }));
        bench.kernel.limit_sends(std::size_t(-1));
        QCOMPARE(bench.count<event::ConnectionFault>(), 1);
        QCOMPARE(bench.count<event::Closed>(), 1);
        QCOMPARE(bench.kernel.held(), held - 1);
        QVERIFY(bench.echoes(canary));
    }

    void empty_reads_cost_nothing_data()
    {
        QTest::addColumn<int>("error");
        QTest::newRow("FI-04 EAGAIN") << EAGAIN;
        QTest::newRow("FI-04 EINTR") << EINTR;
    }
    void empty_reads_cost_nothing()
    {
        QFETCH(int, error);
        EngineBench bench;
        LoopbackClient client = bench.open();
        bench.kernel.fail(Call::receive, error, 1, 10'000);
        client.send(questions());
        QVERIFY(bench.run_until(
            [&] {
                client.pump();
                return client.ended;
            },
            20'000));
        QCOMPARE(client.received, answers());
        // One call a turn: nothing loops inside.
        QVERIFY(bench.kernel.failures(Call::receive) <= bench.kernel.calls(Call::epoll_wait));
    }

    void a_failing_read_ends_that_connection_data()
    {
        QTest::addColumn<int>("error");
        QTest::newRow("FI-05 ECONNRESET") << ECONNRESET;
        QTest::newRow("FI-05 ETIMEDOUT") << ETIMEDOUT;
        QTest::newRow("FI-05 EHOSTUNREACH") << EHOSTUNREACH;
        QTest::newRow("FI-05 ENOTCONN") << ENOTCONN;
        QTest::newRow("FI-05 EIO") << EIO;
    }
    void a_failing_read_ends_that_connection()
    {
        QFETCH(int, error);
        EngineBench bench;
        LoopbackClient canary = bench.open();
        QVERIFY(bench.is_open);
        const std::size_t held = bench.kernel.held();
        bench.kernel.limit_receives(40);
        for (std::uint64_t nth = 1;; ++nth) {
            bench.events.clear();
            bench.kernel.fail(Call::receive, error, nth);
            const auto failures = bench.kernel.failures(Call::receive);
            LoopbackClient victim = bench.connect();
            victim.send(good_request() + questions());
            QVERIFY(bench.run_until([&] {
                victim.pump();
                return victim.ended;
            }));
            const bool failed = bench.kernel.failures(Call::receive) > failures;
            bench.kernel.heal(Call::receive);
            victim.close();
            QVERIFY(bench.run_until([&] { return bench.kernel.held() == held; }));
            // One end each, of one kind or the other.
            QCOMPARE(bench.count<event::Closed>() + bench.count<event::Refused>(), 1);
            QCOMPARE(bench.count<event::Opened>(), bench.count<event::Closed>());
            for (const auto& closed : bench.all<event::Closed>()) {
                if (closed.close.clean)
                    continue;
                QCOMPARE(int{closed.close.code}, 1006);
                QCOMPARE(closed.close.by, ClosedBy::peer);
            }
            if (!failed)
                break;
            QVERIFY(nth < 200);
        }
        bench.kernel.limit_receives(std::size_t(-1));
        QCOMPARE(bench.kernel.wrong_closes(), 0);
        QVERIFY(bench.echoes(canary));
    }

    void a_failing_write_ends_that_connection_data()
    {
        QTest::addColumn<int>("error");
        QTest::newRow("EPIPE") << EPIPE;
        QTest::newRow("ECONNRESET") << ECONNRESET;
    }
    void a_failing_write_ends_that_connection()
    {
        QFETCH(int, error);
        EngineBench bench;
        LoopbackClient canary = bench.open();
        const std::size_t held = bench.kernel.held();
        bench.kernel.limit_sends(100);
        for (std::uint64_t nth = 1;; ++nth) {
            bench.events.clear();
            bench.kernel.fail(Call::send, error, nth);
            const auto failures = bench.kernel.failures(Call::send);
            LoopbackClient victim = bench.connect();
            victim.send(good_request() + questions());
            QVERIFY(bench.run_until([&] {
                victim.pump();
                return victim.ended;
            }));
            const bool failed = bench.kernel.failures(Call::send) > failures;
            bench.kernel.heal(Call::send);
            victim.close();
            QVERIFY(bench.run_until([&] { return bench.kernel.held() == held; }));
            QCOMPARE(bench.count<event::Closed>(), 1);
            QCOMPARE(bench.count<event::Refused>(), 0);
            if (!failed)
                break;
            QVERIFY(nth < 200);
        }
        bench.kernel.limit_sends(std::size_t(-1));
        QVERIFY(bench.echoes(canary));
    }

    void a_refused_client_that_cannot_be_answered_has_one_row()
    {
        EngineBench bench;
        bench.kernel.fail(Call::send, EPIPE, 1, ScriptedKernel::always);
        LoopbackClient client = bench.connect();
        client.send(good_request({{"Origin", "Origin: http://evil.example\r\n"}}));
        QVERIFY(bench.run_until([&] {
            client.pump();
            return client.ended;
        }));
        QCOMPARE(bench.count<event::Refused>(), 1);
        QCOMPARE(bench.all<event::Refused>()[0].reason, RefusalReason::origin_not_allowed);
    }

    void writes_that_would_block_are_tried_again() // FI-07
    {
        EngineBench bench;
        LoopbackClient client = bench.open();
        bench.kernel.fail(Call::send, EAGAIN, 1, 1'000);
        client.send(questions());
        QVERIFY(bench.run_until([&] {
            client.pump();
            return client.ended;
        }));
        QCOMPARE(client.received, answers());
        QVERIFY(bench.kernel.failures(Call::send) <= bench.kernel.calls(Call::epoll_wait));
    }

    void a_kernel_short_of_buffers_is_given_time_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<bool>("was_blocked");
        QTest::newRow("FI-08 ENOBUFS") << ENOBUFS << false;
        QTest::newRow("FI-08 ENOMEM") << ENOMEM << false;
        QTest::newRow("FI-08 ENOBUFS after a write that blocked") << ENOBUFS << true;
    }
    void a_kernel_short_of_buffers_is_given_time()
    {
        QFETCH(int, error);
        QFETCH(bool, was_blocked);
        EngineBench bench;
        LoopbackClient client = bench.open();
        if (was_blocked) {
            bench.kernel.limit_sends(100);
            client.send(client_frame(0x82, std::string(5'000, 'x')));
            bench.run(2);
        }
        const auto sends = bench.kernel.calls(Call::send);
        bench.kernel.fail(Call::send, error, 1, 10);
        client.send(questions());
        bench.run(100); // no time passes: one try and no more
        QVERIFY(bench.kernel.failures(Call::send) >= 1);
        QVERIFY(bench.kernel.calls(Call::send) - sends <= 3);
        bench.pass(300ms);
        bench.kernel.limit_sends(std::size_t(-1));
        QVERIFY(bench.run_until([&] {
            client.pump();
            return client.ended;
        }));
        QVERIFY(client.received.ends_with(answers()));
    }

    void a_kernel_that_stays_short_of_buffers_ends_the_connection() // FI-08
    {
        EngineBench bench;
        LoopbackClient canary = bench.open();
        LoopbackClient client = bench.open();
        bench.kernel.fail(Call::send, ENOBUFS, 1, ScriptedKernel::always);
        client.send(client_frame(0x81, "hello"));
        bench.pass(900ms);
        client.pump();
        QVERIFY(!client.ended);
        QVERIFY(bench.kernel.failures(Call::send) <= 95);
        bench.pass(300ms);
        client.pump();
        QVERIFY(client.ended);
        QCOMPARE(bench.count<event::Closed>(), 1);
        bench.kernel.heal(Call::send);
        QVERIFY(bench.echoes(canary));
    }

    void partial_writes_are_byte_exact() // FI-10
    {
        const std::size_t all = answers().size();
        for (std::size_t most = 1; most <= all; most += most < 20 ? 1 : 37) {
            EngineBench bench;
            bench.kernel.limit_sends(most);
            LoopbackClient client = bench.open();
            QVERIFY(bench.is_open);
            client.send(questions());
            QVERIFY(bench.run_until([&] {
                client.pump();
                return client.ended;
            }));
            QCOMPARE(client.received, answers());
        }
    }

    void partial_writes_of_large_messages_are_byte_exact() // FI-10
    {
        const std::string first(100'000, 'a'), second(70'000, 'b');
        const std::string answer = server_frame(0x82, first) + server_frame(0x81, "small") + server_frame(0x82, second);
        for (const std::size_t most : {1'000, 9'999, 33'000, 99'999, 100'009, 100'010, 1'000'000}) {
            EngineBench bench;
            LoopbackClient client = bench.open();
            bench.kernel.limit_sends(most);
            client.send(client_frame(0x82, first) + client_frame(0x81, "small") + client_frame(0x82, second));
            QVERIFY(bench.run_until([&] {
                client.pump();
                return client.received.size() >= answer.size();
            }));
            QVERIFY(client.received == answer);
        }
    }

    void what_a_write_at_once_meets_costs_no_byte_data()
    {
        QTest::addColumn<int>("error");
        for (const int error : {EAGAIN, EINTR, ENOBUFS, ENOMEM})
            QTest::addRow("FI-07 FI-08 errno %d", error) << error;
    }
    void what_a_write_at_once_meets_costs_no_byte()
    {
        QFETCH(int, error);
        const std::string text(100'000, 'x');
        for (const std::uint64_t nth : {1, 2, 3}) {
            EngineBench bench;
            LoopbackClient client = bench.open();
            bench.kernel.limit_sends(25'000);
            bench.kernel.fail(Call::send, error, nth);
            client.send(client_frame(0x81, text));
            for (int i = 0; i < 50 && client.received.size() < text.size() + 10; ++i) {
                bench.pass(20ms, 10ms);
                client.pump();
            }
            QVERIFY(client.received == server_frame(0x81, text));
            QCOMPARE(bench.kernel.failures(Call::send), std::uint64_t{1});
        }
    }

    void a_peer_that_vanishes_within_a_large_answer_ends_alone_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<quint64>("nth");
        for (const int error : {EPIPE, ECONNRESET}) {
            for (const quint64 nth : {1, 2, 3})
                QTest::addRow("errno %d, write %d", error, int(nth)) << error << nth;
        }
    }
    void a_peer_that_vanishes_within_a_large_answer_ends_alone()
    {
        QFETCH(int, error);
        QFETCH(quint64, nth);
        EngineBench bench;
        LoopbackClient canary = bench.open();
        const std::size_t held = bench.kernel.held();
        LoopbackClient victim = bench.open();
        bench.kernel.limit_sends(40'000);
        bench.kernel.fail(Call::send, error, nth, 2); // the write at once leaves its error to the next
        victim.send(client_frame(0x81, std::string(150'000, 'x')));
        QVERIFY(bench.run_until([&] {
            victim.pump();
            return victim.ended;
        }));
        bench.kernel.heal(Call::send);
        QVERIFY(victim.received.size() < 150'000);
        QCOMPARE(bench.kernel.held(), held);
        QCOMPARE(bench.count<event::Closed>(), 1);
        QCOMPARE(bench.kernel.wrong_closes(), 0);
        QVERIFY(bench.echoes(canary));
    }

    void partial_reads_are_byte_exact()
    {
        for (std::size_t most = 1; most <= 40; ++most) {
            EngineBench bench;
            bench.kernel.limit_receives(most);
            LoopbackClient client = bench.open();
            QVERIFY(bench.is_open);
            client.send(questions());
            QVERIFY(bench.run_until([&] {
                client.pump();
                return client.ended;
            }));
            QCOMPARE(client.received, answers());
        }
    }

    void an_engine_that_cannot_start_says_so_and_leaves_nothing_data()
    {
        QTest::addColumn<int>("call");
        QTest::addColumn<quint64>("nth");
        QTest::newRow("FI-11 epoll_create1") << int(Call::epoll_create) << quint64{1};
        QTest::newRow("FI-11 eventfd for waking") << int(Call::create_event) << quint64{1};
        QTest::newRow("FI-11 eventfd for readiness") << int(Call::create_event) << quint64{2};
        QTest::newRow("FI-11 timerfd_create") << int(Call::create_timer) << quint64{1};
        QTest::newRow("FI-11 epoll_ctl for waking") << int(Call::epoll_add) << quint64{1};
        QTest::newRow("FI-11 epoll_ctl for the timer") << int(Call::epoll_add) << quint64{2};
    }
    void an_engine_that_cannot_start_says_so_and_leaves_nothing()
    {
        QFETCH(int, call);
        QFETCH(quint64, nth);
        EngineBench bench{EngineBench::NotStarted{}};
        bench.kernel.fail(static_cast<Call>(call), EMFILE, nth);
        bench.start(EngineBench::config());
        QVERIFY(!bench.engine);
        QCOMPARE(bench.failure.code, ErrorCode::system);
        QCOMPARE(bench.failure.system_error, EMFILE);
        QVERIFY(bench.failure.message().starts_with("could not start: "));
        QCOMPARE(bench.kernel.held(), std::size_t{0});
        QCOMPARE(bench.kernel.wrong_closes(), 0);
        bench.start(EngineBench::config()); // and another try works
        QVERIFY(bench.engine);
        LoopbackClient client = bench.open();
        QVERIFY(bench.is_open);
    }

    void a_listener_that_cannot_open_says_so_and_can_be_tried_again_data()
    {
        QTest::addColumn<int>("call");
        QTest::addColumn<quint64>("nth");
        QTest::addColumn<int>("error");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, Call call, quint64 nth, int error, ErrorCode code) {
            QTest::newRow(name) << int(call) << nth << error << int(code);
        };
        row("FI-11 socket", Call::socket, 1, EMFILE, ErrorCode::system);
        row("FI-11 setsockopt", Call::set_option, 1, EINVAL, ErrorCode::system);
        row("FI-11 bind, in use", Call::bind, 1, EADDRINUSE, ErrorCode::address_in_use);
        row("FI-11 bind, not allowed", Call::bind, 1, EACCES, ErrorCode::permission_denied);
        row("FI-11 bind, no such address", Call::bind, 1, EADDRNOTAVAIL, ErrorCode::address_not_available);
        row("FI-11 listen", Call::listen, 1, ENOBUFS, ErrorCode::system);
        row("FI-11 getsockname", Call::local_address, 1, ENOBUFS, ErrorCode::system);
        row("FI-11 epoll_ctl", Call::epoll_add, 3, ENOSPC, ErrorCode::system);
    }
    void a_listener_that_cannot_open_says_so_and_can_be_tried_again()
    {
        QFETCH(int, call);
        QFETCH(quint64, nth);
        QFETCH(int, error);
        QFETCH(int, code);
        EngineBench bench{EngineBench::NotStarted{}};
        bench.kernel.fail(static_cast<Call>(call), error, nth);
        bench.start(EngineBench::config());
        QVERIFY(bench.engine);
        bench.run();
        const auto failed = bench.all<event::ListenFailed>();
        QCOMPARE(failed.size(), std::size_t{1});
        QCOMPARE(int(failed[0].error.code), code);
        QCOMPARE(failed[0].error.system_error, error);
        QCOMPARE(bench.count<event::Listening>(), 0);
        QCOMPARE(bench.kernel.held(), std::size_t{5}); // epoll, two eventfds, timerfd, the spare one
        const Ticket ticket = bench.engine->submit(command::Listen{});
        bench.run();
        QCOMPARE(bench.count<event::Listening>(), 1);
        QCOMPARE(bench.all<event::CommandFinished>()[0].ticket, ticket);
        QVERIFY(!bench.all<event::CommandFinished>()[0].error);
        LoopbackClient client = bench.open();
        QVERIFY(bench.is_open);
    }

    void a_start_without_a_spare_descriptor_works()
    {
        EngineBench bench{EngineBench::NotStarted{}};
        bench.kernel.fail(Call::open_spare, EMFILE);
        bench.start(EngineBench::config());
        LoopbackClient client = bench.open();
        QVERIFY(bench.is_open);
        QVERIFY(bench.echoes(client));
    }

    void closing_is_done_once_whatever_it_says_data()
    {
        QTest::addColumn<int>("error");
        QTest::newRow("FI-16 EINTR") << EINTR;
        QTest::newRow("FI-16 EIO") << EIO;
    }
    void closing_is_done_once_whatever_it_says()
    {
        QFETCH(int, error);
        EngineBench bench;
        bench.kernel.fail(Call::close, error, 1, ScriptedKernel::always);
        const std::size_t held = bench.kernel.held();
        for (int i = 0; i < 20; ++i) {
            LoopbackClient client = bench.open();
            client.close();
            bench.run(3);
        }
        QVERIFY(bench.run_until([&] { return bench.kernel.held() == held; }));
        bench.engine.reset();
        QCOMPARE(bench.kernel.held(), std::size_t{0});
        QCOMPARE(bench.kernel.wrong_closes(), 0);
    }

    void an_event_for_a_descriptor_that_is_reused_within_the_batch_is_dropped() // FI-17
    {
        EngineConfig config = EngineBench::config();
        config.limits.max_openings = 16;
        EngineBench bench(config);
        std::vector<LoopbackClient> old;
        for (int i = 0; i < 16; ++i) {
            old.push_back(bench.connect());
            bench.run(2);
        }
        // The listener becomes ready first, then those whom the new ones will push out.
        std::vector<LoopbackClient> fresh;
        for (int i = 0; i < 8; ++i)
            fresh.push_back(bench.connect());
        for (LoopbackClient& client : old)
            client.send("GET / HT");
        const auto reads = bench.kernel.calls(Call::receive);
        bench.poll();
        QCOMPARE(bench.kernel.calls(Call::receive) - reads, std::uint64_t{8}); // of the old that are left
        for (std::size_t i = 0; i < old.size(); ++i) {
            old[i].pump();
            QCOMPARE(old[i].ended, i < 8);
        }
        for (LoopbackClient& client : fresh) {
            client.send(good_request());
            QVERIFY(bench.run_until([&] {
                client.pump();
                return client.received.starts_with("HTTP/1.1 101");
            }));
        }
        QCOMPARE(bench.kernel.wrong_closes(), 0);
    }

    void a_jump_of_the_wall_clock_runs_out_no_time_data()
    {
        QTest::addColumn<qint64>("hours");
        QTest::newRow("FI-20 a year forward") << qint64{24 * 365};
        QTest::newRow("FI-20 a year back") << qint64{-24 * 365};
    }
    void a_jump_of_the_wall_clock_runs_out_no_time()
    {
        QFETCH(qint64, hours);
        EngineBench bench;
        LoopbackClient client = bench.open();
        LoopbackClient half = bench.connect();
        half.send("GET / HT");
        bench.run();
        bench.clock.jump_wall(std::chrono::hours(hours));
        bench.run();
        QCOMPARE(bench.count<event::ClockJump>(), 1);
        QCOMPARE(std::chrono::duration_cast<std::chrono::hours>(bench.all<event::ClockJump>()[0].by).count(),
            hours);
        bench.pass(2s, 100ms);
        QCOMPARE(bench.count<event::ClockJump>(), 1);
        QCOMPARE(bench.count<event::Closed>(), 0);
        QCOMPARE(bench.count<event::Refused>(), 0);
        QVERIFY(bench.echoes(client));
        for (std::size_t i = 1; i < bench.events.size(); ++i)
            QVERIFY(bench.events[i].sequence == bench.events[i - 1].sequence + 1);
    }

    void a_slow_drift_of_the_wall_clock_is_no_jump() // FI-20
    {
        EngineBench bench;
        for (int i = 0; i < 100; ++i) {
            bench.clock.advance(1s);
            bench.clock.jump_wall(100ms);
            bench.run(1);
        }
        QCOMPARE(bench.count<event::ClockJump>(), 0);
    }

    void any_time_since_boot_will_do_data()
    {
        QTest::addColumn<qint64>("hours");
        QTest::newRow("FI-22 booted this moment") << qint64{0};
        QTest::newRow("FI-22 a negative uptime") << qint64{-30};
        QTest::newRow("FI-22 a hundred years") << qint64{24 * 365 * 100};
    }
    void any_time_since_boot_will_do()
    {
        QFETCH(qint64, hours);
        EngineBench bench{EngineBench::NotStarted{}};
        bench.clock.advance(std::chrono::hours(hours) - bench.clock.now().time_since_epoch());
        bench.start(EngineBench::config());
        QVERIFY(bench.engine);
        LoopbackClient client = bench.open();
        QVERIFY(bench.is_open);
        LoopbackClient silent = bench.connect();
        bench.pass(9s, 100ms);
        QCOMPARE(bench.count<event::Refused>(), 0);
        bench.pass(2s, 100ms);
        QCOMPARE(bench.count<event::Refused>(), 1); // its ten seconds
        QVERIFY(bench.echoes(client));
        QCOMPARE(bench.count<event::ClockJump>(), 0);
    }

    void every_descriptor_is_closed_on_exec() // FI-31
    {
        EngineBench bench;
        LoopbackClient client = bench.open();
        const auto descriptors = bench.kernel.descriptors();
        QCOMPARE(descriptors.size(), std::size_t{7});
        for (const int fd : descriptors)
            QVERIFY(::fcntl(fd, F_GETFD) & FD_CLOEXEC);
    }

    void a_wake_up_whose_write_fails_is_not_the_last_data()
    {
        QTest::addColumn<int>("error");
        QTest::newRow("EINTR") << EINTR;
        QTest::newRow("EAGAIN") << EAGAIN;
    }
    void a_wake_up_whose_write_fails_is_not_the_last()
    {
        QFETCH(int, error);
        EngineBench bench;
        bench.kernel.fail(Call::write_counter, error, 1, 20);
        bench.engine->wake();
        bench.kernel.heal(Call::write_counter);
        bench.engine->wake();
        const auto reads = bench.kernel.calls(Call::read_counter);
        QVERIFY(bench.engine->poll(1min)); // returns at once
        QVERIFY(bench.kernel.calls(Call::read_counter) > reads);
    }
};

QTEST_GUILESS_MAIN(SystemCallsTest)
#include "system_calls_test.moc"
