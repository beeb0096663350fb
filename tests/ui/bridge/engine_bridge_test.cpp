#include "ui/bridge/engine_bridge.h"
#include "ui/models/connection_model.h"
#include "ui/models/message_model.h"
#include "ui/models/refused_model.h"

#include "jackfield/engine_thread.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <string>
#include <unistd.h>

using namespace jackfield;
using namespace jackfield::ui;

namespace {

// A blocking client on a loopback socket.
class RawClient {
public:
    explicit RawClient(std::uint16_t port)
        : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_connected = ::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~RawClient() { close(); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    bool isConnected() const { return m_connected; }
    void close()
    {
        if (m_socket >= 0)
            ::close(m_socket);
        m_socket = -1;
    }
    bool send(const std::string& bytes) const
    {
        return ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL)
            == static_cast<ssize_t>(bytes.size());
    }
    /// Reads until `end` has come or the peer has closed.
    std::string readUntil(const std::string& end) const
    {
        std::string all;
        char c = 0;
        while (all.find(end) == std::string::npos && ::recv(m_socket, &c, 1, 0) == 1)
            all.push_back(c);
        return all;
    }
    std::string upgrade(std::uint16_t port, const std::string& origin = "http://localhost:3000") const
    {
        send("GET /chat HTTP/1.1\r\nHost: localhost:" + std::to_string(port)
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
              "dGhlIHNhbXBsZSBub25jZQ==\r\n"
              "Sec-WebSocket-Version: 13\r\nOrigin: "
            + origin + "\r\n\r\n");
        return readUntil("\r\n\r\n");
    }
    /// A masked text frame (mask key 0) of at most 125 bytes.
    bool sendText(const std::string& text) const
    {
        return send(
            std::string{'\x81', static_cast<char>(0x80 | static_cast<int>(text.size())), 0, 0, 0, 0} + text);
    }

private:
    int m_socket;
    bool m_connected = false;
};

class Server {
public:
    Server()
    {
        EngineConfig config;
        config.listeners = {{SocketAddress::v4({127, 0, 0, 1}, 0), false, false}};
        config.endpoints = {default_endpoint()};
        auto made = Engine::create(std::move(config));
        if (!made)
            qFatal("%s", made.error().message().c_str());
        engine = std::move(*made);
        bridge = std::make_unique<EngineBridge>(*engine);
        QObject::connect(bridge.get(), &EnginePort::stateTaken, &connections, &ConnectionStore::apply);
        QObject::connect(bridge.get(), &EnginePort::eventsTaken, &refused, &RefusedModel::apply);
        QObject::connect(bridge.get(), &EnginePort::trafficTaken, &messages, &MessageStore::apply);
        auto started = EngineThread::start(*engine);
        if (!started)
            qFatal("%s", started.error().message().c_str());
        thread = std::move(*started);
    }
    ~Server()
    {
        thread.reset();
        bridge.reset();
    }
    std::uint16_t port() const
    {
        return bridge->status()->listeners.empty() ? std::uint16_t{0}
                                                   : bridge->status()->listeners.front().bound.port();
    }

    std::unique_ptr<Engine> engine;
    std::unique_ptr<EngineBridge> bridge;
    ConnectionStore connections;
    ConnectionModel table{connections, [this] { return bridge->clockNow(); }};
    MessageStore messages{connections};
    MessageModel messageTable{messages};
    RefusedModel refused;
    std::unique_ptr<EngineThread> thread;
};

} // namespace

class EngineBridgeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void the_first_batch_is_a_snapshot_that_says_what_the_server_does();
    void a_command_comes_back_with_its_outcome();
    void a_page_is_seen_from_opening_to_closing();
    void a_refused_page_is_listed();
    void frames_keep_their_distance();
    void paused_capture_carries_nothing();
    void each_level_takes_what_it_says_and_counts_the_rest();
    void is_quiet_when_nothing_happens();
};

void EngineBridgeTest::the_first_batch_is_a_snapshot_that_says_what_the_server_does()
{
    Server server;
    bool sawSnapshot = false;
    connect(server.bridge.get(), &EnginePort::stateTaken, this,
        [&](const StateBatch& batch) { sawSnapshot |= batch.snapshot; });
    QTRY_VERIFY(server.bridge->status()->listening);
    QVERIFY(sawSnapshot);
    QVERIFY(server.port() != 0);
    QCOMPARE(server.bridge->totals().open, std::uint64_t{0});
}

void EngineBridgeTest::a_command_comes_back_with_its_outcome()
{
    Server server;
    bool finished = false;
    server.bridge->submitWithReply(
        command::Ping{Target::all(), {}}, this, [&](const event::CommandFinished& outcome) {
            finished = true;
            QVERIFY(!outcome.error);
            QCOMPARE(outcome.count, std::uint64_t{0});
        });
    QTRY_VERIFY(finished);
    bool failed = false;
    server.bridge->submitWithReply(command::Kick{Target::all(), {1006, {}}}, this,
        [&](const event::CommandFinished& outcome) { failed = outcome.error.has_value(); });
    QTRY_VERIFY(failed);
}

void EngineBridgeTest::a_page_is_seen_from_opening_to_closing()
{
    Server server;
    QTRY_VERIFY(server.port() != 0);
    RawClient client(server.port());
    QVERIFY(client.isConnected());
    QVERIFY(client.upgrade(server.port()).starts_with("HTTP/1.1 101 "));
    QTRY_COMPARE(server.table.rowCount(), 1);
    const ConnectionId id = server.table.idAt(0);
    QCOMPARE(server.connections.name(id), QString::fromUtf8("localhost:3000 → /chat"));

    QVERIFY(client.sendText("hello"));
    QTRY_COMPARE(server.messageTable.rowCount(), 2); // and its echo
    QCOMPARE(server.messageTable.recordAt(0)->payload.text(), std::string_view("hello"));
    QCOMPARE(server.messageTable.recordAt(0)->direction, Direction::from_browser);
    QCOMPARE(server.messageTable.recordAt(1)->maker, Maker::echo);
    QTRY_COMPARE(
        server.messageTable.recordAt(0)->connection->number, server.connections.record(id)->info->number);
    QTRY_COMPARE(
        server.table.indexOf(id, ConnectionColumn::FromBrowser).data().toString(), QStringLiteral("1"));
    const std::int64_t age
        = server.bridge->clockNow() - server.connections.record(id)->counters.last_message_ns;
    QVERIFY2(age >= 0 && age < 60'000'000'000, qPrintable(QString::number(age))); // the two clocks are one
    QCOMPARE(client.readUntil("hello"), std::string("\x81\x05hello"));

    server.bridge->submit(command::Kick{Target::one(id), {4001, "be gone"}});
    QTRY_VERIFY(server.messageTable.rowCount() == 3);
    QCOMPARE(client.readUntil("be gone"),
        std::string("\x88\x09\x0f\xa1"
                    "be gone"));
    QVERIFY(client.send(std::string("\x88\x82\0\0\0\0\x0f\xa1", 8))); // as a browser answers
    QTRY_VERIFY(!server.connections.record(id)->isOpen());
    QVERIFY(server.table.indexOf(id).data().toString().contains("4001"));
}

void EngineBridgeTest::a_refused_page_is_listed()
{
    Server server;
    QTRY_VERIFY(server.port() != 0);
    RawClient client(server.port());
    QVERIFY(client.upgrade(server.port(), "http://evil.example").starts_with("HTTP/1.1 403 "));
    QTRY_COMPARE(server.refused.needsYouCount(), std::size_t{1});
    QCOMPARE(server.refused.pending()->what.origin, std::string("http://evil.example"));
    QCOMPARE(server.table.rowCount(), 0);
}

void EngineBridgeTest::frames_keep_their_distance()
{
    Server server;
    QTRY_VERIFY(server.port() != 0);
    RawClient client(server.port());
    QVERIFY(client.upgrade(server.port()).starts_with("HTTP/1.1 101 "));
    QTRY_COMPARE(server.table.rowCount(), 1);
    server.bridge->setFrameInterval(std::chrono::milliseconds(50));
    int frames = 0;
    connect(server.bridge.get(), &EnginePort::frameTaken, this, [&] { ++frames; });
    QElapsedTimer timer;
    timer.start();
    constexpr int total = 400;
    int sent = 0;
    while (server.messages.messageCount() < 2 * total && !timer.hasExpired(20'000)) {
        if (sent < total) {
            QVERIFY(client.sendText(std::to_string(sent++)));
        }
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    }
    QCOMPARE(server.messages.messageCount(), std::uint64_t{2 * total});
    QCOMPARE(server.messages.lostCount(), std::uint64_t{0});
    QVERIFY2(frames <= timer.elapsed() / 50 + 2, qPrintable(QString::number(frames)));
}

void EngineBridgeTest::paused_capture_carries_nothing()
{
    Server server;
    QTRY_VERIFY(server.port() != 0);
    RawClient client(server.port());
    QVERIFY(client.upgrade(server.port()).starts_with("HTTP/1.1 101 "));
    QTRY_COMPARE(server.table.rowCount(), 1);
    const ConnectionId id = server.table.idAt(0);
    server.bridge->setCapturePaused(true);
    QVERIFY(server.bridge->isCapturePaused());
    bool turned = false; // the level holds from the engine's next turn on
    server.bridge->submitWithReply(
        command::Ping{Target::many({}), {}}, this, [&](const event::CommandFinished&) { turned = true; });
    QTRY_VERIFY(turned);
    QVERIFY(client.sendText("unseen"));
    QTRY_COMPARE(
        server.table.indexOf(id, ConnectionColumn::ToBrowser).data().toString(), QStringLiteral("1"));
    QCOMPARE(server.messages.messageCount(), std::uint64_t{0}); // the counters are exact all the same
    server.bridge->setCapturePaused(false);
    turned = false;
    server.bridge->submitWithReply(
        command::Ping{Target::many({}), {}}, this, [&](const event::CommandFinished&) { turned = true; });
    QTRY_VERIFY(turned);
    QVERIFY(client.sendText("seen"));
    QTRY_COMPARE(server.messages.messageCount(), std::uint64_t{2});
    QCOMPARE(server.messages.passedOverCount(), std::uint64_t{2}); // and so is what was passed over
    QVERIFY(server.messages.find(1)->isDivider());
}

void EngineBridgeTest::each_level_takes_what_it_says_and_counts_the_rest()
{
    Server server;
    QTRY_VERIFY(server.port() != 0);
    RawClient client(server.port());
    QVERIFY(client.upgrade(server.port()).starts_with("HTTP/1.1 101 "));
    QTRY_COMPARE(server.table.rowCount(), 1);
    std::uint64_t sent = 0;
    for (const TrafficLevel level : {TrafficLevel::headers, TrafficLevel::off, TrafficLevel::counters,
             TrafficLevel::full, TrafficLevel::counters, TrafficLevel::headers}) {
        server.bridge->setCaptureLevel(level);
        bool turned = false; // the level holds from the engine's next turn on
        server.bridge->submitWithReply(
            command::Ping{Target::many({}), {}}, this, [&](const event::CommandFinished&) { turned = true; });
        QTRY_VERIFY(turned);
        for (int i = 0; i < 10; ++i)
            QVERIFY(client.sendText("hello"));
        sent += 10;
        QTRY_COMPARE(server.bridge->totals().messages_out, sent);
    }
    QTRY_COMPARE(server.messages.messageCount(), std::uint64_t{60});
    QCOMPARE(server.messages.passedOverCount(), std::uint64_t{60});
    QCOMPARE(server.messages.headersOnlyCount(), std::uint64_t{40});
    QCOMPARE(server.messages.lostCount(), std::uint64_t{0});
    std::uint64_t whole = 0;
    for (std::uint64_t s = 1; s < server.messages.endSequence(); ++s) {
        const auto record = server.messages.find(s);
        if (record->isDivider())
            continue;
        QCOMPARE(record->size, std::uint64_t{5});
        QCOMPARE(record->frameFacts.size(), std::size_t{1});
        QCOMPARE(record->payloadKept, !record->headersOnly);
        QCOMPARE(record->payload.text(), std::string_view(record->headersOnly ? "" : "hello"));
        whole += record->payloadKept ? 1 : 0;
    }
    QCOMPARE(whole, std::uint64_t{20});
}

void EngineBridgeTest::is_quiet_when_nothing_happens()
{
    Server server;
    QTRY_VERIFY(server.bridge->status()->listening);
    QSignalSpy frames(server.bridge.get(), &EnginePort::frameTaken);
    QVERIFY(!frames.wait(400) || frames.count() <= 2); // no publishing without a change
    frames.clear();
    QVERIFY(!frames.wait(300));
}

QTEST_GUILESS_MAIN(EngineBridgeTest)
#include "engine_bridge_test.moc"
