// What the kernel does to a TLS connection: failing reads, no buffers for what is sent, writes taken in part.
#include "tests/support/engine_bench.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/tls_harness.h"

#include <QtTest>

#include <cerrno>
#include <chrono>
#include <string>
#include <string_view>

using namespace jackfield;
using namespace jackfield::test;
using namespace std::chrono_literals;

namespace {

EngineConfig secure_config()
{
    EngineConfig config = EngineBench::config();
    config.tls = test_credentials();
    return config;
}

/// A TLS client that never blocks.
struct SecureClient {
    explicit SecureClient(EngineBench& bench)
        : plain(bench.connect())
    { }
    void pump()
    {
        plain.pump();
        tls.feed(std::exchange(plain.received, {}));
        if (!is_established)
            is_established = tls.shake_hands();
        if (is_established) {
            tls.write(std::exchange(unsent, {}));
            received += tls.read();
        }
        plain.send(tls.take());
    }
    void send(std::string_view text) { unsent += text; }

    LoopbackClient plain;
    TlsClient tls;
    std::string unsent, received;
    bool is_established = false;
};

template <class Done>
bool run_until(EngineBench& bench, SecureClient& client, Done&& done)
{
    return bench.run_until([&] {
        client.pump();
        return done();
    });
}

bool open(EngineBench& bench, SecureClient& client)
{
    client.send(good_request());
    const bool is_open = run_until(bench, client, [&] { return client.received.ends_with("\r\n\r\n"); })
        && client.received.starts_with("HTTP/1.1 101");
    client.received.clear();
    return is_open;
}

} // namespace

class TlsFaultsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_failing_read_ends_that_connection_alone_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<quint64>("nth");
        for (const int error : {ECONNRESET, ETIMEDOUT, EHOSTUNREACH, ENOTCONN, EIO}) {
            for (quint64 nth = 1; nth <= 5; ++nth)
                QTest::addRow("FI-05 FI-19 errno %d, read %d", error, int(nth)) << error << nth;
        }
    }
    void a_failing_read_ends_that_connection_alone()
    {
        QFETCH(int, error);
        QFETCH(quint64, nth);
        EngineBench bench(secure_config());
        LoopbackClient canary = bench.open();
        QVERIFY(bench.is_open);
        SecureClient client(bench);
        bench.kernel.fail(Call::receive, error, nth);
        // Every turn has its own bytes, so that every read from the first byte of the hello on has its turn
        // to fail.
        client.send(good_request());
        QVERIFY(run_until(bench, client, [&] {
            if (client.received.ends_with("\r\n\r\n")) {
                client.received.clear();
                client.send(client_frame(0x81, "again"));
            }
            if (client.received == server_frame(0x81, "again")) {
                client.received.clear();
                client.send(client_frame(0x81, "again"));
            }
            return client.plain.ended;
        }));
        bench.run(5);
        QCOMPARE(bench.kernel.failures(Call::receive), std::uint64_t{1});
        const int opened = bench.count<event::Opened>() - 1; // the canary's
        QCOMPARE(bench.count<event::Closed>(), opened);
        QCOMPARE(bench.count<event::Refused>(), 1 - opened);
        for (const event::Closed& closed : bench.all<event::Closed>())
            QCOMPARE(closed.close.code, std::uint16_t{1006});
        QVERIFY(bench.echoes(canary));
    }

    void a_kernel_short_of_buffers_is_given_time_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<bool>("is_open");
        QTest::newRow("FI-08 ENOBUFS in the handshake") << ENOBUFS << false;
        QTest::newRow("FI-08 ENOMEM in the handshake") << ENOMEM << false;
        QTest::newRow("FI-08 ENOBUFS") << ENOBUFS << true;
        QTest::newRow("FI-08 ENOMEM") << ENOMEM << true;
    }
    void a_kernel_short_of_buffers_is_given_time()
    {
        QFETCH(int, error);
        QFETCH(bool, is_open);
        EngineBench bench(secure_config());
        SecureClient client(bench);
        if (is_open) {
            QVERIFY(open(bench, client));
            client.send(client_frame(0x81, "hello"));
        } else {
            client.send(good_request());
        }
        const auto sends = bench.kernel.calls(Call::send);
        bench.kernel.fail(Call::send, error, 1, 10);
        for (int i = 0; i < 100; ++i) { // no time passes: one try for each time that something comes
            client.pump();
            bench.run(1);
        }
        QVERIFY(bench.kernel.failures(Call::send) >= 1);
        QVERIFY(bench.kernel.calls(Call::send) - sends <= 3);
        bench.pass(300ms);
        const std::string wanted = is_open ? server_frame(0x81, "hello") : std::string("\r\n\r\n");
        QVERIFY(run_until(bench, client, [&] { return client.received.ends_with(wanted); }));
        QVERIFY(bench.all<event::Closed>().empty());
    }

    void a_kernel_that_stays_short_of_buffers_ends_the_connection_data()
    {
        QTest::addColumn<bool>("is_open");
        QTest::newRow("FI-08 in the handshake") << false;
        QTest::newRow("FI-08 open") << true;
    }
    void a_kernel_that_stays_short_of_buffers_ends_the_connection()
    {
        QFETCH(bool, is_open);
        EngineBench bench(secure_config());
        LoopbackClient canary = bench.open();
        SecureClient client(bench);
        if (is_open)
            QVERIFY(open(bench, client));
        bench.kernel.fail(Call::send, ENOBUFS, 1, ScriptedKernel::always);
        client.send(is_open ? client_frame(0x81, "hello") : good_request());
        client.pump();
        bench.pass(900ms);
        client.pump();
        QVERIFY(!client.plain.ended);
        QVERIFY(bench.kernel.failures(Call::send) <= 95);
        bench.pass(300ms);
        client.pump();
        QVERIFY(client.plain.ended);
        QCOMPARE(bench.count<event::Closed>(), is_open ? 1 : 0);
        QCOMPARE(bench.count<event::Refused>(), is_open ? 0 : 1);
        bench.kernel.heal(Call::send);
        QVERIFY(bench.echoes(canary));
    }

    void partial_writes_are_byte_exact() // FI-10
    {
        const std::string text(700, 'b');
        const std::string normal("\x03\xe8", 2); // the code 1000
        for (const std::size_t most : {1, 2, 3, 5, 7, 16, 21, 22, 23, 100, 699, 1'000}) {
            EngineBench bench(secure_config());
            bench.kernel.limit_sends(most);
            SecureClient client(bench);
            client.send(good_request() + client_frame(0x82, text) + client_frame(0x88, normal));
            QVERIFY(bench.run_until(
                [&] {
                    client.pump();
                    return client.tls.got_farewell;
                },
                20'000));
            const auto head = client.received.find("\r\n\r\n");
            QVERIFY(head != std::string::npos);
            QCOMPARE(client.received.substr(head + 4), server_frame(0x82, text) + server_frame(0x88, normal));
        }
    }
};

QTEST_GUILESS_MAIN(TlsFaultsTest)
#include "tls_faults_test.moc"
