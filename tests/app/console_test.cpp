// jackfield-terminal as the oldest consoles were used: lines in, answers out, with real clients connected.
#include "support/program.h"
#include "support/raw_client.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>

using namespace jackfield;
using test::good_handshake;
using test::RawClient;

namespace {

constexpr int patience = test::Program::patience;

/// The console with pipes and a folder of its own.
class Console {
public:
    explicit Console(QStringList arguments = {})
        : program("jackfield-terminal",
            arguments << "--config-dir" << folder.path() << "--port"
                      << "0")
        , port(program.port())
    { }
    void enter(const QByteArray& line)
    {
        program.process.write(line + "\n");
        while (program.process.bytesToWrite() > 0 && program.process.waitForBytesWritten(patience)) { }
    }
    /// Enters a line and waits for what is answered.
    bool tells(const QByteArray& line, const QString& pattern)
    {
        program.output.clear();
        enter(line);
        return program.wait_for(pattern).hasMatch();
    }
    bool complains(const QByteArray& line, const QString& text)
    {
        enter(line);
        QString& problems = program.problems;
        program.process.setReadChannel(QProcess::StandardError);
        while (!problems.contains(text) && program.process.waitForReadyRead(patience))
            problems += QString::fromUtf8(program.process.readAllStandardError());
        program.process.setReadChannel(QProcess::StandardOutput);
        return problems.contains(text);
    }
    RawClient connect(std::string_view target = "/chat", std::string_view more = {})
    {
        RawClient client(SocketAddress::v4({127, 0, 0, 1}, port));
        client.upgrade(good_handshake(port, more, target));
        return client;
    }
    bool ends() { return program.ends(); }
    QString& output() { return program.output; }
    QString& problems() { return program.problems; }

    QTemporaryDir folder;
    test::Program program;
    std::uint16_t port;
};

QByteArray at(const RawClient& client)
{
    return "127.0.0.1 " + QByteArray::number(client.local_port());
}

} // namespace

class ConsoleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void does_what_the_oldest_console_promised();
    void lists_everyone_under_any_name_data();
    void lists_everyone_under_any_name();
    void names_targets_in_every_way();
    void says_what_is_wrong_and_goes_on_data();
    void says_what_is_wrong_and_goes_on();
    void the_remedy_of_a_refusal_can_be_entered();
    void a_remedy_is_an_option_where_nothing_can_be_entered();
    void shows_and_changes_who_may_come_in();
    void shows_and_changes_endpoints_and_addresses();
    void carries_out_lines_one_after_the_other();
    void serves_on_after_the_end_of_its_input();
    void starts_with_closed_standard_input();
    void takes_a_line_of_sixteen_megabytes();
};

void ConsoleTest::does_what_the_oldest_console_promised()
{
    Console console;
    RawClient first = console.connect();
    RawClient second = console.connect();
    QVERIFY2(console.tells("USERS",
                 QString("^#1 +127\\.0\\.0\\.1 +%1 +RFC 6455 +/chat +http://localhost:3000 +\\d+s +0 +0$")
                     .arg(first.local_port())),
        qPrintable(console.output()));
    QVERIFY2(console.program.wait_for("^2 connections$").hasMatch(), qPrintable(console.output()));
    QVERIFY(console.output().contains(QRegularExpression(" SOCKET +PROTOCOL ")));

    QVERIFY(console.tells("write " + at(first) + " hello  you", "^sent to 1 connection$"));
    QCOMPARE(first.read_message(), std::string("hello  you"));
    QVERIFY(console.tells("SendAll hello everyone", "^sent to 2 connections$"));
    QCOMPARE(first.read_message(), std::string("hello everyone"));
    QCOMPARE(second.read_message(), std::string("hello everyone"));

    QVERIFY(console.tells("close " + at(first), "^kicked 1 connection$"));
    QCOMPARE(first.finish_close(), std::uint16_t{1012});
    QVERIFY(console.program.wait_for("^.* #1 closed by hand with 1012 .*$").hasMatch());
    RawClient third = console.connect();
    QVERIFY(console.tells("kickall 4001 back soon", "^kicked 2 connections$"));
    QCOMPARE(second.finish_close(), std::uint16_t{4001});
    QCOMPARE(third.finish_close(), std::uint16_t{4001});
    QVERIFY(console.program.wait_for("^.* #3 closed by hand .*$").hasMatch());
    QVERIFY(console.tells("clients", "^Nobody is connected$"));

    QVERIFY(console.tells("help", "^send, write +sends a message$"));
    QVERIFY(console.tells("help", "^expect +waits for something to happen"));
    QVERIFY(console.tells("help Wait", "^Write wait 500ms, wait 5s, wait 2m or wait 1h$"));
    QVERIFY(console.tells("help expect", "^Write expect connection, .*expect close #1 4001"));
    QVERIFY(console.tells("help", "^untrust +takes that back, from the shell$"));
    QVERIFY(console.tells("help trust", "^Write jackfield-terminal trust, in the shell$"));
    QVERIFY(console.tells("help certificate", "^Write certificate off here; .*jackfield-terminal certificate on"));
    RawClient fourth = console.connect();
    console.enter("exit");
    QCOMPARE(fourth.finish_close(), std::uint16_t{1001});
    QVERIFY(console.ends());
    QCOMPARE(console.program.process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(console.program.process.exitCode(), 0);
    QVERIFY2(console.problems().isEmpty(), qPrintable(console.problems()));
}

void ConsoleTest::lists_everyone_under_any_name_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("count");
    for (const char* name : {"users", "online", "clients", "list", "LIST"})
        QTest::newRow(name) << QByteArray(name) << "^2 connections$";
    QTest::newRow("by filter") << QByteArray("users path:/news") << "^1 of 2 connections$";
    QTest::newRow("by several terms")
        << QByteArray("users origin:localhost -path:/news") << "^1 of 2 connections$";
    QTest::newRow("nobody") << QByteArray("users is:closing") << "^0 of 2 connections$";
}

void ConsoleTest::lists_everyone_under_any_name()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, count);
    Console console;
    const RawClient first = console.connect("/chat");
    const RawClient second = console.connect("/news");
    QVERIFY2(console.tells(line, count), qPrintable(console.output()));
}

void ConsoleTest::names_targets_in_every_way()
{
    Console console;
    RawClient first = console.connect("/chat");
    RawClient second = console.connect("/news", "Sec-WebSocket-Protocol: chat\r\n");
    QVERIFY(console.tells("send #2 by number", "^sent to 1 connection$"));
    QCOMPARE(second.read_message(), std::string("by number"));
    QVERIFY(console.tells("send #1,#2 both", "^sent to 2 connections$"));
    QVERIFY(console.tells("send path:/news by filter", "^sent to 1 connection$"));
    QVERIFY(console.tells("send \"proto:chat is:open\" by two terms", "^sent to 1 connection$"));
    QVERIFY(console.tells("send all-but #2 the other", "^sent to 1 connection$"));
    QVERIFY(console.tells("ping " + at(second) + " hi", "^pinged 1 connection$"));
    QCOMPARE(first.read_message(), std::string("both"));
    QCOMPARE(first.read_message(), std::string("the other"));
    QCOMPARE(second.read_message(), std::string("both"));
    QCOMPARE(second.read_message(), std::string("by filter"));
    QCOMPARE(second.read_message(), std::string("by two terms"));
    const test::ServerFrame ping = second.read_frame();
    QCOMPARE(ping.opcode, 0x9U);
    second.send_frame(0x8a, ping.payload);
    QVERIFY(console.program.wait_for("^.*#2 answered the ping \"hi\" after .*$").hasMatch());
}

void ConsoleTest::says_what_is_wrong_and_goes_on_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char* name, const QByteArray& line, const char* problem) {
        QTest::newRow(name) << line << QString(problem);
    };
    row("mistyped", "sned #1 x",
        "line 1: there is no command \"sned\"; did you mean send? help lists them all\n");
    row("a mistyped wait", "wiat 5s",
        "line 1: there is no command \"wiat\"; did you mean wait? help lists them all\n");
    row("help for a mistyped expect", "help expcet",
        "line 1: there is no command \"expcet\"; did you mean help expect?\n");
    row("no target", "send", "line 1: the target is missing; write send #7 hello");
    row("nobody", "kick #9", "line 1: there is no connection #9\n");
    row("no socket", "send 127.0.0.1 9 x", "there is no connection from 127.0.0.1 with the socket 9");
    row("bad filter", "users is:purple", "line 1: At character");
    row("bad code", "kickall 1006", "\"1006\" is no close code that can be sent; use 1000-1003");
    row("not on the list", "deny origin http://a.test", "line 1: ");
    row("a port that cannot be", "listen 99999999", "line 1: ");
    row("GU-05 what it quotes", QByteArray("\x1b]0;pwn\x07"), "there is no command \"\\x1b]0;pwn\\x07\"");
    row("NUL", QByteArray("sendall a\0b", 11), "line 1: the line holds a NUL byte and was left out");
    row("no UTF-8", "sendall \xff\xfe", "line 1: the line is no UTF-8 and was left out");
}

void ConsoleTest::says_what_is_wrong_and_goes_on()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, problem);
    Console console;
    QVERIFY2(console.complains(line, problem), qPrintable(console.problems()));
    QVERIFY(console.tells("users", "^Nobody is connected$"));
}

void ConsoleTest::the_remedy_of_a_refusal_can_be_entered()
{
    Console console;
    const std::string request
        = "GET / HTTP/1.1\r\nHost: dev.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
          "Origin: http://dev.test:3000\r\n\r\n";
    RawClient refused(SocketAddress::v4({127, 0, 0, 1}, console.port));
    refused.send(request);
    QVERIFY(refused.read_until_end().starts_with("HTTP/1.1 403 "));
    const auto first = console.program.wait_for("^ +To let it in: (allow host .*)$");
    const auto second = console.program.wait_for("^ +and: (allow origin .*)$");
    QVERIFY2(first.hasMatch() && second.hasMatch(), qPrintable(console.output()));
    QVERIFY(console.tells(first.captured(1).toUtf8(), "^the host dev\\.test.* is allowed$"));
    QVERIFY(console.tells(second.captured(1).toUtf8(), "^the origin http://dev\\.test:3000 is allowed$"));
    RawClient allowed(SocketAddress::v4({127, 0, 0, 1}, console.port));
    allowed.upgrade(request);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(console.folder.filePath("Origins.dat")), patience);
}

void ConsoleTest::a_remedy_is_an_option_where_nothing_can_be_entered()
{
    QTemporaryDir folder;
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(QStringLiteral(JACKFIELD_BINARY_DIR "/bin/jackfield-terminal"),
        {"--port", "0", "--config-dir", folder.path()});
    QString output;
    const auto wait_for = [&](const QString& pattern) {
        const QRegularExpression expression(pattern, QRegularExpression::MultilineOption);
        while (!expression.match(output).hasMatch() && process.waitForReadyRead(patience))
            output += QString::fromUtf8(process.readAllStandardOutput());
        return expression.match(output);
    };
    const auto listening = wait_for("^Listening on ws://127\\.0\\.0\\.1:(\\d+)/$");
    QVERIFY(listening.hasMatch());
    const auto port = static_cast<std::uint16_t>(listening.captured(1).toUInt());
    RawClient refused(SocketAddress::v4({127, 0, 0, 1}, port));
    refused.send(good_handshake(port, {}, "/chat", "http://evil.test"));
    QVERIFY(refused.read_until_end().starts_with("HTTP/1.1 403 "));
    QVERIFY2(wait_for("^ +To let it in, start with --allow-origin http://evil\\.test:80, or add "
                      "http://evil\\.test:80 to "
                      "Origins\\.dat in "
                 + QRegularExpression::escape(folder.path()) + "$")
                 .hasMatch(),
        qPrintable(output));
    ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished(patience));
    QCOMPARE(process.exitCode(), 0);
}

void ConsoleTest::shows_and_changes_who_may_come_in()
{
    Console console;
    QVERIFY(console.tells("hosts", "^\\d+ entries in force: the names that this server answers to$"));
    QVERIFY(console.tells("allow origin https://a.test temporarily",
        "^the origin https://a\\.test is allowed until Jackfield closes$"));
    QVERIFY(console.tells("origins", "^https://a\\.test   \\(until Jackfield closes\\)$"));
    QVERIFY(console.tells("deny origin https://a.test", "^https://a\\.test is off the origin list"));
    QVERIFY(console.tells("block", "^Nobody is blocked$"));
    QVERIFY(console.tells(
        "block address 192.168.1.20 for 10m", "^the address 192\\.168\\.1\\.20 is refused for 10 minutes"));
    QVERIFY(console.tells("block", "^address 192\\.168\\.1\\.20 for 10 minutes$"));
    QVERIFY(console.tells("unblock address 192.168.1.20", "is no longer refused$"));
    QVERIFY(console.tells("origin_required on", "^clients without an Origin are refused$"));
    QVERIFY(console.tells("origins", "\\(origin_required on\\)$"));
}

void ConsoleTest::shows_and_changes_endpoints_and_addresses()
{
    Console console;
    QVERIFY(console.tells("endpoint", "^/\\* +echo +.*chat=chat.*$"));
    QVERIFY(console.tells("endpoint /up reverse", "^/up answers: reverse$"));
    QVERIFY(console.tells("endpoint", "^/echo: SockJS by websocket,xhr-streaming,xhr-polling,eventsource$"));
    QVERIFY(console.tells("endpoint /up reverse sockjs=none cookies any-origin",
        "^/up answers: reverse; without WebSocket too \\(SockJS\\); any web page may connect$"));
    QVERIFY(console.tells("transport /up xhr-polling on", "^/up is reached by xhr-polling$"));
    QVERIFY(console.tells("endpoint", "^/up: any page; SockJS by xhr-polling cookies$"));
    QVERIFY(console.tells("transport /up xhr-polling off", "^/up is no longer reached by xhr-polling; sessions that it carries stay$"));
    RawClient client = console.connect("/up");
    client.send_text("abc");
    QCOMPARE(client.read_message(), std::string("cba"));
    QVERIFY(console.tells("stats", "^from browser +1 +3 +\\d+$"));
    QVERIFY(console.tells("listeners", "^Listening on ws://127\\.0\\.0\\.1:\\d+/$"));
    const auto before = console.port;
    QVERIFY(console.tells("listen add 127.0.0.1:0", "^listening there too$"));
    QVERIFY(console.tells("listen remove 127.0.0.1:" + QByteArray::number(before),
        "^no longer listening on 127\\.0\\.0\\.1:\\d+$"));
    client.send_text("still");
    QCOMPARE(client.read_message(), std::string("llits"));
}

void ConsoleTest::carries_out_lines_one_after_the_other()
{
    Console console;
    RawClient client = console.connect();
    QByteArray lines = "# a comment\n\n";
    for (int i = 0; i < 500; ++i)
        lines += "sendall " + QByteArray::number(i) + "\n";
    console.enter(lines + "users");
    for (int i = 0; i < 500; ++i)
        QCOMPARE(client.read_message(), std::to_string(i));
    QVERIFY2(console.program.wait_for("^#1 .* 0 +500$").hasMatch(), qPrintable(console.output()));
    QCOMPARE(console.output().count("sent to 1 connection\n"), 500);
}

void ConsoleTest::serves_on_after_the_end_of_its_input()
{
    Console console;
    console.program.process.write("sendall to nobody"); // without a line end
    console.program.process.closeWriteChannel();
    QVERIFY(console.program.wait_for("^sent to 0 connections$").hasMatch());
    RawClient client = console.connect("/");
    client.send_text("there?");
    QCOMPARE(client.read_message(), std::string("there?"));
    console.program.signal(SIGTERM);
    QCOMPARE(client.finish_close(), std::uint16_t{1001});
    QVERIFY(console.ends());
    QCOMPARE(console.program.process.exitCode(), 0);
}

void ConsoleTest::starts_with_closed_standard_input()
{
    const QTemporaryDir folder;
    const QString ready = folder.filePath("ready");
    QProcess process;
    process.start("/bin/sh",
        {"-c", "exec \"$0\" --port 0 --config-dir \"$1\" --ready-file \"$2\" <&-",
            QStringLiteral(JACKFIELD_BINARY_DIR "/bin/jackfield-terminal"), folder.path(), ready});
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(ready), patience);
    QFile file(ready);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto match = QRegularExpression("127\\.0\\.0\\.1:(\\d+)/").match(QString::fromUtf8(file.readAll()));
    const auto port = static_cast<std::uint16_t>(match.captured(1).toUInt());
    RawClient client(SocketAddress::v4({127, 0, 0, 1}, port));
    client.upgrade(good_handshake(port, {}, "/page"));
    client.send_text("there?");
    QCOMPARE(client.read_message(), std::string("there?"));
    ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished(patience));
    QCOMPARE(process.exitCode(), 0);
}

void ConsoleTest::takes_a_line_of_sixteen_megabytes()
{
    Console console;
    const QByteArray most(16 << 20, 'x');
    QVERIFY(console.complains(most + "y", "line 1: the line has more than 16 MiB and was left out\n"));
    RawClient client = console.connect();
    const QByteArray payload(4 << 20, 'z');
    console.enter("sendall " + payload);
    QCOMPARE(client.read_message().size(), std::size_t{4} << 20U);
    QVERIFY(console.tells("users", "^1 connection$"));
}

QTEST_GUILESS_MAIN(ConsoleTest)
#include "console_test.moc"
