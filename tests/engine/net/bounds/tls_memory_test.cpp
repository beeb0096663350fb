#include "tests/support/tls_harness.h"

#include <QTest>

#include <fstream>
#include <malloc.h>
#include <unistd.h>

using namespace jackfield;
using namespace jackfield::test;
using net::TlsContext;

class TlsMemoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void many_handshakes_leave_no_memory_behind_data(); // TL-08
    void many_handshakes_leave_no_memory_behind();
    void an_idle_connection_is_small_data();
    void an_idle_connection_is_small();
};

namespace {

std::int64_t resident_bytes()
{
    std::ifstream file("/proc/self/statm");
    std::int64_t total = 0;
    std::int64_t resident = 0;
    file >> total >> resident;
    return resident * sysconf(_SC_PAGESIZE);
}

struct SessionFreeing {
    void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
};
using Session = std::unique_ptr<SSL_SESSION, SessionFreeing>;

void both_versions()
{
    QTest::addColumn<int>("version");
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION;
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION;
}

} // namespace

void TlsMemoryTest::many_handshakes_leave_no_memory_behind_data()
{
    both_versions();
}

void TlsMemoryTest::many_handshakes_leave_no_memory_behind()
{
    QFETCH(int, version);
    constexpr std::int64_t most = std::int64_t{8} << 20U;
    const auto context = TlsContext::create(server_identity()).value();
    const auto connect = [&](SSL_SESSION* session) {
        TlsServer server({}, context);
        TlsClient client(only_version(version), session);
        const bool connected
            = server.connect(client) && server.stream.facts().resumed == (session != nullptr);
        Session next(connected ? SSL_get1_session(client.ssl()) : nullptr);
        client.say_farewell();
        return next;
    };
    for (int i = 0; i < 200; ++i)
        QVERIFY(connect(nullptr));
    malloc_trim(0);
    const std::int64_t before = resident_bytes();
    Session session;
    for (int i = 0; i < 2000; ++i)
        QVERIFY(session = connect(nullptr));
    for (int i = 0; i < 2000; ++i)
        QVERIFY(session = connect(session.get()));
    const std::int64_t grown = resident_bytes() - before;
    QVERIFY2(grown < most, std::to_string(grown).c_str());
}

void TlsMemoryTest::an_idle_connection_is_small_data()
{
    both_versions();
}

void TlsMemoryTest::an_idle_connection_is_small()
{
    QFETCH(int, version);
    constexpr int count = 500;
    constexpr std::size_t most = std::size_t{20}
        << 10U; // each of the library's two buffers would be 17 KiB more
    std::vector<std::unique_ptr<TlsServer>> servers;
    servers.reserve(count);
    const auto connect = [&] {
        TlsClient client(only_version(version));
        auto server = std::make_unique<TlsServer>();
        if (!server->connect(client))
            return false;
        client.write(std::string(10000, 'x'));
        server->exchange(client);
        server->write(std::string(10000, 'y'));
        server->exchange(client);
        std::string().swap(server->received);
        std::string().swap(server->from_server);
        std::string().swap(server->inner->input);
        std::string().swap(server->inner->output);
        servers.push_back(std::move(server));
        return true;
    };
    QVERIFY(connect());
    const std::size_t before = mallinfo2().uordblks;
    for (int i = 1; i < count; ++i)
        QVERIFY(connect());
    const std::size_t each = (mallinfo2().uordblks - before) / (count - 1);
    qInfo("an idle connection holds %zu bytes", each);
    QVERIFY2(each < most, std::to_string(each).c_str());
}

QTEST_GUILESS_MAIN(TlsMemoryTest)
#include "tls_memory_test.moc"
