#include "support/program.h"
#include "support/raw_client.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace jackfield;
using test::good_handshake;
using test::RawClient;

namespace {

constexpr int patience = test::Program::patience;

/// The terminal console with a folder of its own.
class Terminal {
public:
    explicit Terminal(QStringList arguments = {}, const QStringList& where = {"--port", "0"})
        : program("jackfield-terminal", arguments << "--config-dir" << folder.path() << where)
    { }

    QRegularExpressionMatch wait_for(const QString& pattern) { return program.wait_for(pattern); }
    std::uint16_t port() { return program.port(); }
    bool ends() { return program.ends(); }
    void signal(int number) { program.signal(number); }

    QTemporaryDir folder;
    test::Program program;
    QProcess& process = program.process;
    QString& output = program.output;
    QString& problems = program.problems;
};

RawClient connect_to(std::uint16_t port)
{
    return RawClient(SocketAddress::v4({127, 0, 0, 1}, port));
}

void put(const QString& path, const QByteArray& content)
{
    QFile file(path + ".new");
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot prepare %s", qPrintable(path));
    file.close();
    if (std::rename(QFile::encodeName(path + ".new").constData(), QFile::encodeName(path).constData()) != 0)
        qFatal("cannot rename %s", qPrintable(path));
}

} // namespace

class TerminalTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tells_the_addresses_first_and_writes_the_ready_file();
    void the_ready_file_follows_the_addresses();
    void the_ready_file_is_written_by_a_script_of_commands_alone();
    void a_ready_file_that_cannot_be_written_is_an_error();
    void says_what_to_type_in_a_shell_data();
    void says_what_to_type_in_a_shell();
    void serves_and_tells_of_connections();
    void tells_how_to_let_a_refused_page_in();
    void the_advice_works();
    void a_signal_closes_every_connection_politely_data();
    void a_signal_closes_every_connection_politely();
    void a_second_signal_ends_it_at_once();
    void a_port_in_use_is_explained();
    void never_takes_another_port();
    void a_list_changed_on_disk_decides_at_once();
    void a_broken_list_is_told_and_fails_closed();
    void help_and_version_start_nothing();
    void a_mistake_on_the_command_line_is_explained();
    void prints_what_a_peer_wrote_in_printable_characters();
    void serves_on_when_nobody_reads_its_output();
    void a_project_is_served();
    void a_project_that_lets_in_more_is_refused_where_nobody_can_be_asked();
    void a_bad_project_is_explained();
    void a_changed_project_is_taken_over();
    void a_changed_project_that_lets_in_more_is_told();
};

void TerminalTest::tells_the_addresses_first_and_writes_the_ready_file()
{
    const QTemporaryDir elsewhere;
    const QString ready = elsewhere.filePath("ready");
    Terminal terminal({"--ready-file", ready});
    const std::uint16_t port = terminal.port();
    QVERIFY(port != 0);
    QVERIFY2(terminal.output.startsWith("Listening on ws://127.0.0.1:"), qPrintable(terminal.output));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(ready), patience);
    QFile file(ready);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QStringList lines = QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.first(), QString("Listening on ws://127.0.0.1:%1/").arg(port));
    if (lines.size() > 1) // without IPv6 there is one address
        QCOMPARE(lines, (QStringList{lines.first(), QString("Listening on ws://[::1]:%1/").arg(port)}));
}

namespace {

QByteArray content_of(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("there is no file");
}

} // namespace

void TerminalTest::the_ready_file_follows_the_addresses()
{
    const QTemporaryDir elsewhere;
    const QString ready = elsewhere.filePath("ready");
    Terminal terminal({"--ready-file", ready}, {"--listen", "127.0.0.1:0"});
    const QByteArray first = "Listening on ws://127.0.0.1:" + QByteArray::number(terminal.port()) + "/\n";
    QTRY_COMPARE_WITH_TIMEOUT(content_of(ready), first, patience);
    terminal.process.write("listen 127.0.0.2:0\n");
    const auto second = terminal.wait_for("127\\.0\\.0\\.2:(\\d+)");
    QVERIFY2(second.hasMatch(), qPrintable(terminal.output));
    QTRY_COMPARE_WITH_TIMEOUT(content_of(ready),
        QByteArray("Listening on ws://127.0.0.2:" + second.captured(1).toLatin1() + "/\n"), patience);
    terminal.process.write("stop\n");
    QTRY_COMPARE_WITH_TIMEOUT(content_of(ready), QByteArray(), patience);
}

void TerminalTest::the_ready_file_is_written_by_a_script_of_commands_alone()
{
    for (const char* script : {"endpoint /* silent\n", "users\nquit\n"}) {
        const QTemporaryDir elsewhere;
        put(elsewhere.filePath("script"), script);
        const QString ready = elsewhere.filePath("ready");
        Terminal terminal({"--script", elsewhere.filePath("script"), "--ready-file", ready}, {"--listen", "127.0.0.1:0"});
        QVERIFY(terminal.ends());
        QCOMPARE(terminal.process.exitCode(), 0);
        QVERIFY2(content_of(ready).startsWith("Listening on ws://127.0.0.1:"), content_of(ready).constData());
    }
}

void TerminalTest::a_ready_file_that_cannot_be_written_is_an_error()
{
    const QTemporaryDir elsewhere;
    const QString ready = elsewhere.filePath("no/such/ready");
    Terminal terminal({"--ready-file", ready});
    QVERIFY(terminal.ends());
    QCOMPARE(terminal.process.exitCode(), 2);
    QCOMPARE(terminal.problems,
        "jackfield-terminal: --ready-file: " + ready + " cannot be written: No such file or directory\n");
    QVERIFY2(terminal.output.isEmpty(), "nothing is started");
    Terminal late({"--ready-file", "/dev/full"}); // which looks as if it could be written
    QVERIFY(late.ends());
    QCOMPARE(late.process.exitCode(), 2);
    QVERIFY2(late.problems.contains("--ready-file: /dev/full cannot be written: No space left on device\n"),
        qPrintable(late.problems));
}

void TerminalTest::says_what_to_type_in_a_shell_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("command");
    QTest::newRow("trust") << QByteArray("Trust chromium") << "jackfield-terminal trust --config-dir %1 chromium";
    QTest::newRow("untrust") << QByteArray("untrust") << "jackfield-terminal untrust --config-dir %1";
    QTest::newRow("certificate") << QByteArray("certificate") << "jackfield-terminal certificate --config-dir %1";
    QTest::newRow("names") << QByteArray("certificate on *.a.test b.test")
                           << "jackfield-terminal certificate --config-dir %1 on '*.a.test' b.test";
}

void TerminalTest::says_what_to_type_in_a_shell()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, command);
    Terminal terminal;
    QVERIFY(terminal.port() != 0);
    terminal.process.write(line + "\nquit\n");
    QVERIFY(terminal.ends());
    QVERIFY2(terminal.problems.endsWith(": " + command.arg(terminal.folder.path()) + "\n"), qPrintable(terminal.problems));
}

void TerminalTest::serves_and_tells_of_connections()
{
    Terminal terminal;
    const std::uint16_t port = terminal.port();
    RawClient client = connect_to(port);
    client.upgrade(good_handshake(port, {}, "/page"));
    client.send_text("a secret");
    QCOMPARE(client.read_message(), std::string("a secret"));
    const auto opened = terminal.wait_for("^\\d\\d:\\d\\d:\\d\\d\\.\\d{3}  #1 opened: http://localhost:3000 "
                                          "at 127\\.0\\.0\\.1:\\d+ asks for /page, .*$");
    QVERIFY2(opened.hasMatch(), qPrintable(terminal.output));
    client.send_close(4001, "done");
    client.read_until_end();
    const auto closed = terminal.wait_for("^.*#1 closed by the browser with 4001 \\(.*\\), reason \"done\", "
                                          "after .*; 1 message from the browser, 1 to it$");
    QVERIFY2(closed.hasMatch(), qPrintable(terminal.output));
    QVERIFY2(!terminal.output.contains("secret"), "message contents are not printed");
}

void TerminalTest::tells_how_to_let_a_refused_page_in()
{
    Terminal terminal;
    const std::uint16_t port = terminal.port();
    RawClient client = connect_to(port);
    client.send(good_handshake(port, {}, "/chat", "http://evil.test"));
    QVERIFY(client.read_until_end().starts_with("HTTP/1.1 403 "));
    const auto refused
        = terminal.wait_for("^.*  Refused 127\\.0\\.0\\.1:\\d+ with 403: .*Origin http://evil\\.test\\].*$");
    QVERIFY2(refused.hasMatch(), qPrintable(terminal.output));
    const auto advice = terminal.wait_for("^ +To let it in: allow origin http://evil\\.test:80$");
    QVERIFY2(advice.hasMatch(), qPrintable(terminal.output));
}

void TerminalTest::the_advice_works()
{
    Terminal terminal({"--allow-origin", "http://evil.test:80", "--allow-host", "dev.test"});
    const std::uint16_t port = terminal.port();
    RawClient client = connect_to(port);
    client.upgrade(good_handshake(port, {}, "/chat", "http://evil.test"));
    QVERIFY2(!QFile::exists(terminal.folder.filePath("Origins.dat")), "only until the program ends");
}

void TerminalTest::a_signal_closes_every_connection_politely_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("FI-23 SIGTERM") << SIGTERM;
    QTest::newRow("FI-23 SIGINT") << SIGINT;
}

void TerminalTest::a_signal_closes_every_connection_politely()
{
    QFETCH(int, number);
    Terminal terminal;
    const std::uint16_t port = terminal.port();
    std::vector<RawClient> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(connect_to(port));
        clients.back().upgrade(good_handshake(port, {}, "/page"));
    }
    terminal.signal(number);
    for (RawClient& client : clients)
        QCOMPARE(client.finish_close(), std::uint16_t{1001});
    QVERIFY(terminal.ends());
    QCOMPARE(terminal.process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(terminal.process.exitCode(), 0);
    QVERIFY2(terminal.output.contains("20 connections cleanly, 0 by force"), qPrintable(terminal.output));
}

void TerminalTest::a_second_signal_ends_it_at_once()
{
    Terminal terminal;
    const std::uint16_t port = terminal.port();
    RawClient client = connect_to(port);
    client.upgrade(good_handshake(port, {}, "/page"));
    terminal.signal(SIGTERM);
    QCOMPARE(client.read_close(), std::uint16_t{1001}); // and does not answer
    terminal.signal(SIGTERM);
    QVERIFY(terminal.ends());
    QCOMPARE(terminal.process.exitCode(), 128 + SIGTERM);
}

void TerminalTest::a_port_in_use_is_explained()
{
    Terminal first;
    const std::uint16_t port = first.port();
    Terminal second({}, {"--port", QString::number(port)});
    QVERIFY(second.ends());
    QCOMPARE(second.process.exitCode(), 1);
    QVERIFY2(second.problems.contains(QString("Port %1 of 127.0.0.1 is used by jackfield-termi").arg(port)),
        qPrintable("LC-01 " + second.problems));
    QVERIFY2(second.problems.contains(QString("(pid %1)").arg(first.process.processId())),
        qPrintable(second.problems));
    QVERIFY2(second.problems.contains("End that program, or use "), qPrintable(second.problems));
}

void TerminalTest::never_takes_another_port()
{
    Terminal first;
    const std::uint16_t port = first.port();
    Terminal second({}, {"--listen", QString("127.0.0.1:%1").arg(port)});
    QVERIFY(second.ends());
    QCOMPARE(second.process.exitCode(), 1);
    QVERIFY2(!second.output.contains("Listening on"), qPrintable(second.output));
}

void TerminalTest::a_list_changed_on_disk_decides_at_once()
{
    Terminal terminal;
    const std::uint16_t port = terminal.port();
    put(terminal.folder.filePath("Origins.dat"), "1\nhttp://dev.test\n");
    const auto told
        = terminal.wait_for("^.*The origin list was read again from its file: 1 entry is in force$");
    QVERIFY2(told.hasMatch(), qPrintable(terminal.output));
    RawClient allowed = connect_to(port);
    allowed.upgrade(good_handshake(port, {}, "/chat", "http://dev.test"));
    RawClient refused = connect_to(port);
    refused.send(good_handshake(port, {}, "/page"));
    QVERIFY(refused.read_until_end().starts_with("HTTP/1.1 403 "));
    QVERIFY(QFile::remove(terminal.folder.filePath("Origins.dat")));
    QVERIFY(terminal.wait_for("^.*The origin list was read again from its file: 4 entries are in force$")
                .hasMatch());
    RawClient again = connect_to(port);
    again.upgrade(good_handshake(port, {}, "/page"));
    terminal.signal(SIGTERM);
    for (RawClient* client : {&allowed, &again})
        QCOMPARE(client->finish_close(), std::uint16_t{1001});
    QVERIFY(terminal.ends());
    QVERIFY2(!QFile::exists(terminal.folder.filePath("Origins.dat")), "what it read is not written back");
}

void TerminalTest::a_broken_list_is_told_and_fails_closed()
{
    Terminal terminal;
    const std::uint16_t port = terminal.port();
    put(terminal.folder.filePath("Hosts.dat"), "1\nsome host\n");
    const auto told = terminal.wait_for("^.*Hosts\\.dat cannot be used: it has no valid entry.*$");
    QVERIFY2(told.hasMatch(), qPrintable("FF-07 " + terminal.output));
    RawClient client = connect_to(port);
    client.upgrade(good_handshake(port, {}, "/page"));
}

void TerminalTest::help_and_version_start_nothing()
{
    Terminal help({"--help"});
    QVERIFY(help.ends());
    QCOMPARE(help.process.exitCode(), 0);
    for (const char* told : {"--listen ADDRESS:PORT", "--allow-origin ORIGIN", "--allow-host HOST", "--ready-file FILE",
             "Commands are read from standard input", "the server serves on"})
        QVERIFY2(help.output.contains(told), told);
    QVERIFY(help.problems.isEmpty());
    Terminal version({"--version"});
    QVERIFY(version.ends());
    QCOMPARE(version.process.exitCode(), 0);
    QVERIFY2(version.output.startsWith("jackfield-terminal "), qPrintable(version.output));
}

void TerminalTest::a_mistake_on_the_command_line_is_explained()
{
    Terminal terminal({"--lisen", "x"});
    QVERIFY(terminal.ends());
    QCOMPARE(terminal.process.exitCode(), 2);
    QVERIFY2(terminal.problems.startsWith("jackfield-terminal: ") && terminal.problems.contains("--lisen"),
        qPrintable(terminal.problems));
    QVERIFY(terminal.output.isEmpty());
}

void TerminalTest::prints_what_a_peer_wrote_in_printable_characters()
{
    Terminal terminal;
    const std::uint16_t port = terminal.port();
    RawClient client = connect_to(port);
    client.upgrade(good_handshake(port, {}, "/page"));
    client.send_close(4001, "\x1b]0;pwn\x07\n\xe2\x80\xae");
    client.read_until_end();
    const auto closed = terminal.wait_for("^.*reason \"\\\\x1b\\]0;pwn\\\\x07\\\\x0a\\\\u\\{202e\\}\".*$");
    QVERIFY2(closed.hasMatch(), qPrintable("GU-05 " + terminal.output));
    for (const QChar c : terminal.output)
        QVERIFY2(c == '\n' || c.category() != QChar::Other_Control, qPrintable(terminal.output));
}

void TerminalTest::serves_on_when_nobody_reads_its_output()
{
    Terminal terminal;
    const std::uint16_t port = terminal.port();
    terminal.process.closeReadChannel(QProcess::StandardOutput);
    for (int i = 0; i < 3; ++i) {
        RawClient client = connect_to(port);
        client.upgrade(good_handshake(port, {}, "/page"));
        client.send_text("still there?");
        QCOMPARE(client.read_message(), std::string("still there?"));
    }
    terminal.signal(SIGTERM);
    QVERIFY(terminal.ends());
    QCOMPARE(terminal.process.exitCode(), 0);
}

void TerminalTest::a_project_is_served()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    put(path,
        "{\"jackfield\":1,\"listeners\":[\"127.0.0.1:0\"],\"access\":{\"origins\":[\"http://localhost:3000\"]},"
        "\"endpoints\":[{\"path\":\"/*\",\"behaviour\":\"reverse\"}]}");
    Terminal terminal({path}, {});
    const std::uint16_t port = terminal.port();
    QVERIFY2(port != 0, qPrintable(terminal.problems));
    QVERIFY(terminal.wait_for("^.*  Project .*/shop\\.jackfield\\.json: its access lists are in force; Hosts\\.dat and "
                              "Origins\\.dat are not read$")
                .hasMatch());
    RawClient client = connect_to(port);
    client.upgrade(good_handshake(port, {}, "/page"));
    client.send_text("abc");
    QCOMPARE(client.read_message(), std::string("cba"));
    RawClient stranger = connect_to(port);
    stranger.send(good_handshake(port, {}, "/chat", "http://localhost:9"));
    QVERIFY(stranger.read_until_end().starts_with("HTTP/1.1 403 "));
    QVERIFY2(terminal.wait_for("^ +To let it in: allow origin http://localhost:9$")
                 .hasMatch(),
        qPrintable(terminal.output));
    QVERIFY2(QDir(terminal.folder.path()).isEmpty(), "the configuration folder is not touched");
}

void TerminalTest::a_project_that_lets_in_more_is_refused_where_nobody_can_be_asked()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    put(path,
        "{\"jackfield\":1,\"listeners\":[\"127.0.0.1:0\"],\"access\":{\"origins\":[\"localhost\",\"https://"
        "shop.example\"]}}");
    Terminal refused({path}, {});
    QVERIFY(refused.ends());
    QCOMPARE(refused.process.exitCode(), 1);
    QVERIFY2(refused.problems.contains("  access.origins: https://shop.example\n")
            && refused.problems.contains("--trust-project") && !refused.problems.contains("access.origins: localhost"),
        qPrintable(refused.problems));
    QVERIFY(refused.output.isEmpty());
    Terminal trusted({path, "--trust-project"}, {});
    const std::uint16_t port = trusted.port();
    QVERIFY(port != 0);
    RawClient client = connect_to(port);
    client.upgrade(good_handshake(port, {}, "/chat", "https://shop.example"));
}

void TerminalTest::a_bad_project_is_explained()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    put(path, "{\n  \"jackfield\": 1\n  \"limits\": {}\n}");
    Terminal terminal({path}, {});
    QVERIFY(terminal.ends());
    QCOMPARE(terminal.process.exitCode(), 1);
    QVERIFY2(terminal.problems.contains(path) && terminal.problems.contains("line 3, column"),
        qPrintable("FF-04 " + terminal.problems));
    Terminal absent({folder.filePath("none.jackfield.json")}, {});
    QVERIFY(absent.ends());
    QVERIFY2(absent.problems.contains("there is no "), qPrintable(absent.problems));
}

void TerminalTest::a_changed_project_is_taken_over()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    put(path, "{\"jackfield\":1,\"listeners\":[\"127.0.0.1:0\"]}");
    Terminal terminal({path}, {});
    const std::uint16_t port = terminal.port();
    RawClient before = connect_to(port);
    before.upgrade(good_handshake(port, {}, "/page"));
    put(path,
        "{\"jackfield\":1,\"listeners\":[\"127.0.0.1:0\"],\"access\":{\"origins\":[\"http://localhost:9\"]}}");
    QVERIFY(terminal.wait_for("^.*The project file has changed and was taken over$").hasMatch());
    QVERIFY(terminal.wait_for("^.*The origin list was read again from its file: 1 entry is in force$").hasMatch());
    RawClient after = connect_to(port);
    after.send(good_handshake(port, {}, "/page"));
    QVERIFY(after.read_until_end().starts_with("HTTP/1.1 403 "));
    before.send_text("still there?");
    QCOMPARE(before.read_message(), std::string("still there?"));
}

void TerminalTest::a_changed_project_that_lets_in_more_is_told()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("shop.jackfield.json");
    put(path, "{\"jackfield\":1,\"listeners\":[\"127.0.0.1:0\"]}");
    Terminal terminal({path}, {});
    const std::uint16_t port = terminal.port();
    put(path, "{\"jackfield\":1,\"listeners\":[\"127.0.0.1:0\"],\"access\":{\"origins\":[\"*\"]}}");
    QVERIFY(terminal.wait_for("^  access\\.origins: \\* \\(almost any web page\\)$").hasMatch());
    RawClient client = connect_to(port);
    client.send(good_handshake(port, {}, "/chat", "http://evil.test"));
    QVERIFY(client.read_until_end().starts_with("HTTP/1.1 403 "));
}

QTEST_GUILESS_MAIN(TerminalTest)
#include "terminal_test.moc"
