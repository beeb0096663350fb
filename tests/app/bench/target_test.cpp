// Which server is meant, and that it is this machine's; the command line; the client's side of the opening handshake.
#include "app/bench/client_handshake.h"
#include "app/bench/command_line.h"
#include "app/bench/figures.h"
#include "app/bench/target.h"
#include "websocket/rfc6455_rule.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::bench;

namespace {

const std::string key = "dGhlIHNhbXBsZSBub25jZQ==";

bench::Target echo_target()
{
    return parse_target("ws://127.0.0.1:4567/echo").value();
}

std::string good_answer(const std::string& more = {})
{
    return websocket::switching_protocols(websocket::accept_for_key(key).value(), {}) + more + "\r\n";
}

} // namespace

class TargetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_urls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("authority"); // empty: refused
        QTest::addColumn<QString>("path");
        QTest::newRow("plain") << "ws://127.0.0.1:4567/echo" << "127.0.0.1:4567" << "/echo";
        QTest::newRow("without a path") << "ws://localhost:1" << "localhost:1" << "/";
        QTest::newRow("a query alone") << "ws://localhost:1?a=b" << "localhost:1" << "/?a=b";
        QTest::newRow("a path with a query") << "ws://localhost:1/x?a=/b" << "localhost:1" << "/x?a=/b";
        QTest::newRow("its own port") << "ws://localhost/x" << "localhost" << "/x";
        QTest::newRow("its own port, said") << "wss://localhost:443/x" << "localhost" << "/x";
        QTest::newRow("the other's port") << "wss://localhost:80/x" << "localhost:80" << "/x";
        QTest::newRow("IPv6") << "ws://[::1]:4567/echo" << "[::1]:4567" << "/echo";
        QTest::newRow("capital letters") << "WS://localhost/" << "localhost" << "/";
        QTest::newRow("raw") << "tcp://127.0.0.1:7" << "127.0.0.1:7" << "/";
        for (const char* const bad : {"", "localhost", "http://localhost/", "ws://", "ws:///x", "ws://:80/", "ws://a:0/", "ws://a:65536/",
                 "ws://a:1x/", "ws://a:/", "ws://a/#b", "ws://u@a/", "ws://[::1/", "ws://[::1]x/", "ws://a/b c", "ws://a/\xc3\xa4", "tcp://a"})
            QTest::newRow(bad) << QString::fromUtf8(bad) << "" << "";
    }
    void reads_urls()
    {
        QFETCH(QString, url);
        QFETCH(QString, authority);
        QFETCH(QString, path);
        const auto target = parse_target(url.toStdString());
        QCOMPARE(target.has_value(), !authority.isEmpty());
        if (target) {
            QCOMPARE(QString::fromStdString(target->authority()), authority);
            QCOMPARE(QString::fromStdString(target->path), path);
        } else {
            QVERIFY(!target.error().detail.empty());
        }
    }

    void loads_this_machine_alone()
    {
        QVERIFY(find_target("ws://127.0.0.1:1/", false));
        QVERIFY(find_target("ws://127.9.9.9:1/", false));
        QVERIFY(find_target("ws://[::1]:1/", false));
        QVERIFY(find_target("ws://localhost:1/", false));
        for (const char* const url : {"ws://192.0.2.1/", "ws://0.0.0.0:1/", "ws://[2001:db8::1]/", "wss://192.0.2.1/", "tcp://192.0.2.1:1"}) {
            const auto refused = find_target(url, false);
            QVERIFY2(!refused, url);
            QCOMPARE(refused.error().code, ErrorCode::permission_denied);
            QVERIFY(refused.error().detail.find("--allow-remote") != std::string::npos);
        }
        QVERIFY(find_target("ws://192.0.2.1/", true));
    }

    void judges_the_answer_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("kind"); // empty: it is taken
        const QString good = QString::fromStdString(good_answer());
        const auto with = [](const std::string& more) { return QString::fromStdString(good_answer(more)); };
        QTest::newRow("good") << good << "";
        QTest::newRow("a chosen subprotocol") << with("Sec-WebSocket-Protocol: b\r\n") << "";
        QTest::newRow("deflate") << with("Sec-WebSocket-Extensions: permessage-deflate\r\n") << "";
        QTest::newRow("another case") << QString(good).replace("Upgrade: websocket", "upgrade: WebSocket") << "";
        QTest::newRow("403") << "HTTP/1.1 403 Forbidden\r\n\r\n" << "HTTP 403";
        QTest::newRow("200") << "HTTP/1.1 200 OK\r\n\r\n" << "HTTP 200";
        QTest::newRow("no HTTP") << "SSH-2.0\r\n\r\n" << "no HTTP";
        QTest::newRow("no field") << "HTTP/1.1 101 Go\r\nUpgrade\r\n\r\n" << "no HTTP";
        QTest::newRow("no upgrade") << QString(good).remove("Upgrade: websocket\r\n") << "handshake broken";
        QTest::newRow("no connection") << QString(good).remove("Connection: Upgrade\r\n") << "handshake broken";
        QTest::newRow("another key's accept") << QString(good).replace("Accept: s", "Accept: t") << "handshake broken";
        QTest::newRow("accept twice") << with("Sec-WebSocket-Accept: x\r\n") << "handshake broken";
        QTest::newRow("a subprotocol of its own") << with("Sec-WebSocket-Protocol: c\r\n") << "handshake broken";
        QTest::newRow("another extension") << with("Sec-WebSocket-Extensions: x-y\r\n") << "handshake broken";
        QTest::newRow("a smaller window, not offered")
            << with("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=9\r\n") << "handshake broken";
    }
    void judges_the_answer()
    {
        QFETCH(QString, answer);
        QFETCH(QString, kind);
        Options options;
        options.subprotocols = {"a", "b"};
        options.deflate = Deflate::on;
        const ClientHandshake handshake(options, echo_target());
        const auto judged = handshake.judge(answer.toStdString(), key, "why not");
        QCOMPARE(QString::fromStdString(judged.kind), kind);
        QCOMPARE(judged.agreement.has_value(), kind.isEmpty());
        QCOMPARE(judged.problem.empty(), kind.isEmpty());
    }

    void an_extension_that_nobody_offered_is_refused()
    {
        const ClientHandshake handshake({}, echo_target());
        const auto judged = handshake.judge(good_answer("Sec-WebSocket-Extensions: permessage-deflate\r\n"), key, {});
        QVERIFY(!judged.agreement);
    }

    void asks_for_what_it_was_told()
    {
        Options options;
        options.origin = "http://localhost:3000";
        options.subprotocols = {"a", "b"};
        options.headers = {"Cookie: c=d"};
        options.deflate = Deflate::no_takeover;
        const std::string request = ClientHandshake(options, echo_target()).request(key);
        QVERIFY(request.starts_with("GET /echo HTTP/1.1\r\nHost: 127.0.0.1:4567\r\n"));
        QVERIFY(request.ends_with("\r\n\r\n"));
        for (const char* const line : {"Origin: http://localhost:3000", "Sec-WebSocket-Protocol: a, b", "Cookie: c=d", "Upgrade: websocket",
                 "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="})
            QVERIFY2(request.find(std::string("\r\n") + line + "\r\n") != std::string::npos, line);
        QVERIFY(request.find("server_no_context_takeover") != std::string::npos);
        QVERIFY(request.find("client_max_window_bits") == std::string::npos);
        QVERIFY(ClientHandshake::make_key() != ClientHandshake::make_key());
        QCOMPARE(ClientHandshake::make_key().size(), std::size_t{24});
    }

    void refuses_command_lines_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<bool>("taken");
        const auto row = [](const char* line, bool taken) { QTest::newRow(line) << QString(line).split(' ', Qt::SkipEmptyParts) << taken; };
        row("", false);
        row("echo", false);
        row("dance ws://a/", false);
        row("echo ws://a/", true);
        row("echo ws://a/ -c 10 -s 64k -p 32 -d 2 --binary", true);
        row("echo ws://a/ --size 257M", false);
        row("echo ws://a/ --size 1x", false);
        row("echo ws://a/ --connections 0", false);
        row("echo ws://a/ --connections -1", false);
        row("echo ws://a/ --connections abc", false);
        row("echo ws://a/ --depth 0", false);
        row("echo ws://a/ --duration nan", false);
        row("echo ws://a/ --duration 0", false);
        row("echo ws://a/ --fragments 17", false);
        row("echo ws://a/ --text --binary", false);
        row("echo ws://a/ --content random", false);
        row("echo ws://a/ --content random --binary", true);
        row("echo ws://a/ --content jpeg", false);
        row("echo ws://a/ --deflate maybe", false);
        row("echo ws://a/ --header a", false);
        row("echo ws://a/ --header a:b", true);
        row("echo ws://a/ --subprotocol a,b", false);
        row("echo ws://a/ --ca f --insecure", false);
        row("echo ws://a/ --rate 5", false);
        row("echo ws://a/ --pid 0", false);
        row("rate ws://a/ --rate 5", true);
        row("rate ws://a/ --rate 0", false);
        row("ramp ws://a/ --from 10 --to 5", false);
        row("ramp ws://a/ --factor 1", false);
        row("check --list", true);
        row("check", false);
        row("floor", true);
    }
    void refuses_command_lines()
    {
        QFETCH(QStringList, arguments);
        QFETCH(bool, taken);
        std::vector<std::string> words;
        for (const QString& word : arguments)
            words.push_back(word.toStdString());
        const auto read = read_command_line(words);
        QCOMPARE(std::holds_alternative<Options>(read), taken);
        if (const auto* end = std::get_if<EarlyEnd>(&read)) {
            QCOMPARE(end->exit_status, 2);
            QVERIFY(!end->problem.empty());
            QVERIFY(end->problem.find("convert") == std::string::npos); // a library's words
        }
    }

    void every_mode_is_bounded_without_being_told()
    {
        for (const char* const mode : {"echo", "rate", "connect", "idle", "fanout", "ramp", "soak"}) {
            const auto read = read_command_line({mode, "ws://127.0.0.1:1/"});
            const auto& options = std::get<Options>(read);
            QVERIFY(options.connections <= 1'000);
            QVERIFY(options.seconds <= 600);
            QVERIFY(!options.allow_remote);
        }
    }

    void figures_have_three_digits()
    {
        QCOMPARE(time_text(0.85), std::string("850 ns"));
        QCOMPARE(time_text(9.996), std::string("10.0 us"));
        QCOMPARE(time_text(999.6), std::string("1.00 ms"));
        QCOMPARE(time_text(12'345), std::string("12.3 ms"));
        QCOMPARE(time_text(1'200'000), std::string("1.20 s"));
        QCOMPARE(count_text(1'234'567), std::string("1,234,567"));
        QCOMPARE(count_text(999), std::string("999"));
        QCOMPARE(count_text(1.5), std::string("1.50"));
        QCOMPARE(bytes_text(512), std::string("512 bytes"));
        QCOMPARE(bytes_text(1'536), std::string("1.50 KiB"));
        QCOMPARE(percent_text(0.975), std::string("97.5 %"));
        QCOMPARE(parse_size("64k").value(), std::size_t{65'536});
        QCOMPARE(parse_size("1M").value(), std::size_t{1'048'576});
        QVERIFY(!parse_size("k"));
    }
};

QTEST_GUILESS_MAIN(TargetTest)
#include "target_test.moc"
