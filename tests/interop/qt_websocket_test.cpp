#include "support/program.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

#include <csignal>
#include <memory>

using jackfield::test::Program;

namespace {

constexpr int patience = Program::patience;
constexpr int mib = 1 << 20;

QByteArray noise(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    std::uint32_t state = 2463534242U;
    for (char& byte : bytes) {
        state ^= state << 13U;
        state ^= state >> 17U;
        state ^= state << 5U;
        byte = static_cast<char>(state);
    }
    return bytes;
}

QString text_of(int size)
{
    return QString::fromUtf8("aä€😀").repeated(size / 10 + 1);
}

/// An open QWebSocket and what it has received.
class Client {
public:
    explicit Client(const QUrl& url)
    {
        QSignalSpy connected(&socket, &QWebSocket::connected);
        socket.open(url);
        if (connected.isEmpty() && !connected.wait(patience))
            qFatal("not connected: %s", qPrintable(socket.errorString()));
    }
    QWebSocket socket;
    QSignalSpy texts{&socket, &QWebSocket::textMessageReceived};
    QSignalSpy binaries{&socket, &QWebSocket::binaryMessageReceived};
    QSignalSpy pongs{&socket, &QWebSocket::pong};
    QSignalSpy disconnected{&socket, &QWebSocket::disconnected};

    QString next_text() { return next(texts).toString(); }
    QByteArray next_binary() { return next(binaries).toByteArray(); }
    bool has_ended() { return !disconnected.isEmpty() || disconnected.wait(patience); }

private:
    static QVariant next(QSignalSpy& spy)
    {
        return spy.isEmpty() && !spy.wait(patience) ? QVariant() : spy.takeFirst().first();
    }
};

} // namespace

/// Qt's QWebSocket against jackfield-terminal, which pings every second here.
class QtWebsocketTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void text_and_binary_of_every_length_form();
    void large_messages();
    void messages_in_fragments();
    void pings_are_answered_with_their_payload();
    void the_clients_close_comes_back();
    void a_message_over_the_limit_is_refused();
    void answers_the_servers_pings_and_hears_that_it_stops();

private:
    QTemporaryDir folder_;
    std::unique_ptr<Program> server_;
    QUrl url_;
};

void QtWebsocketTest::initTestCase()
{
    QFile settings(folder_.filePath("settings.jackfield.json"));
    QVERIFY(settings.open(QIODevice::WriteOnly));
    const QJsonObject limits{
        {"ping_interval_ms", 1000}, {"pong_timeout_ms", 4000}, {"drain_timeout_ms", 20000}};
    settings.write(QJsonDocument(QJsonObject{{"jackfield", 1}, {"limits", limits}}).toJson());
    settings.close();
    server_ = std::make_unique<Program>(
        "jackfield-terminal", QStringList{"--port", "0", "--config-dir", folder_.path()});
    url_ = QUrl(QString("ws://127.0.0.1:%1/interop").arg(server_->port()));
}

void QtWebsocketTest::text_and_binary_of_every_length_form()
{
    Client client(url_);
    for (const int size : {0, 1, 125, 126, 127, 65535, 65536}) {
        client.socket.sendTextMessage(QString(size, 'x'));
        QCOMPARE(client.next_text(), QString(size, 'x'));
        client.socket.sendBinaryMessage(noise(size));
        QCOMPARE(client.next_binary(), noise(size));
    }
    client.socket.sendTextMessage(QString::fromUtf8("köln 东京 😀"));
    QCOMPARE(client.next_text(), QString::fromUtf8("köln 东京 😀"));
}

void QtWebsocketTest::large_messages()
{
    Client client(url_);
    client.socket.sendTextMessage(text_of(mib));
    QVERIFY(client.next_text() == text_of(mib));
    for (const int size : {4 * mib, 16 * mib}) {
        client.socket.sendBinaryMessage(noise(size));
        QVERIFY(client.next_binary() == noise(size));
    }
}

void QtWebsocketTest::messages_in_fragments()
{
    Client client(url_);
    for (const quint64 size : {1ULL, 125ULL, 1000ULL, 65536ULL}) {
        client.socket.setOutgoingFrameSize(size);
        const int length = size == 1 ? 1000 : 300'000;
        client.socket.sendTextMessage(text_of(length)); // the fragments part characters
        QVERIFY(client.next_text() == text_of(length));
        client.socket.sendBinaryMessage(noise(length));
        QVERIFY(client.next_binary() == noise(length));
    }
}

void QtWebsocketTest::pings_are_answered_with_their_payload()
{
    Client client(url_);
    for (const QByteArray& payload : {QByteArray(), QByteArray("ping"), noise(125)}) {
        client.socket.ping(payload);
        QVERIFY(!client.pongs.isEmpty() || client.pongs.wait(patience));
        QCOMPARE(client.pongs.takeFirst().at(1).toByteArray(), payload);
    }
}

void QtWebsocketTest::the_clients_close_comes_back()
{
    for (const auto& [code, reason] : {std::pair(1000, QString()), std::pair(1000, QString("done")),
             std::pair(3001, QString::fromUtf8("köln 😀")), std::pair(4999, QString(123, 'r'))}) {
        Client client(url_);
        client.socket.sendTextMessage("before");
        QCOMPARE(client.next_text(), QString("before"));
        client.socket.close(static_cast<QWebSocketProtocol::CloseCode>(code), reason);
        QVERIFY(client.has_ended());
        QCOMPARE(int(client.socket.closeCode()), code);
    }
}

void QtWebsocketTest::a_message_over_the_limit_is_refused()
{
    Client client(url_);
    client.socket.sendBinaryMessage(QByteArray(16 * mib + 1, 'x'));
    QVERIFY(client.has_ended());
    QCOMPARE(int(client.socket.closeCode()), 1009);
}

void QtWebsocketTest::answers_the_servers_pings_and_hears_that_it_stops()
{
    Client client(url_);
    QVERIFY(!client.disconnected.wait(5500)); // a second between pings, four for the pong
    client.socket.sendTextMessage("still here");
    QCOMPARE(client.next_text(), QString("still here"));
    server_->signal(SIGTERM);
    QVERIFY(client.has_ended());
    QCOMPARE(int(client.socket.closeCode()), 1001);
    QVERIFY(server_->ends());
    QCOMPARE(server_->process.exitCode(), 0);
}

QTEST_GUILESS_MAIN(QtWebsocketTest)
#include "qt_websocket_test.moc"
