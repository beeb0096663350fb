// jackfield-terminal at a terminal: what a person sees while typing.
#include "support/pty_program.h"
#include "support/raw_client.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QScopeGuard>
#include <QTest>

#include <csignal>

using namespace jackfield;
using test::good_handshake;
using test::PtyProgram;
using test::RawClient;

namespace {

const std::string prompt = "jackfield>";

class Console {
public:
    explicit Console(const QTemporaryDir& folder, unsigned short columns = 80,
        const std::vector<std::pair<std::string, std::string>>& environment = {})
        : program(JACKFIELD_BINARY_DIR "/bin/jackfield-terminal",
            {"--port", "0", "--config-dir", folder.path().toStdString()}, columns, environment)
    { }
    /// Waits for the prompt; the port.
    std::uint16_t start()
    {
        if (!program.wait_for_last_row(prompt))
            throw std::runtime_error("no prompt: " + program.output);
        const auto match = QRegularExpression("127\\.0\\.0\\.1:(\\d+)/")
                               .match(QString::fromStdString(program.screen.text()));
        return static_cast<std::uint16_t>(match.captured(1).toUInt());
    }
    bool shows(const std::string& row)
    {
        return program.wait_for([&] {
            const auto rows = program.screen.rows();
            return std::ranges::find(rows, row) != rows.end();
        });
    }
    std::string last_row() { return program.screen.rows().back(); }

    PtyProgram program;
};

RawClient connected(std::uint16_t port)
{
    RawClient client(SocketAddress::v4({127, 0, 0, 1}, port));
    client.upgrade(good_handshake(port, {}, "/page"));
    return client;
}

bool are_same(const termios& a, const termios& b)
{
    return a.c_iflag == b.c_iflag && a.c_oflag == b.c_oflag && a.c_cflag == b.c_cflag
        && a.c_lflag == b.c_lflag;
}

} // namespace

class ConsoleEditingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void events_come_above_the_line_that_is_typed();
    void a_long_line_stays_whole_under_events();
    void completes_commands_and_targets();
    void keeps_its_history();
    void interrupt_clears_the_line_and_then_quits();
    void interrupt_ends_a_wait_and_then_quits_data();
    void interrupt_ends_a_wait_and_then_quits();
    void end_of_input_quits();
    void an_escape_key_holds_nothing_up();
    void gives_the_terminal_back_when_stopped_and_takes_it_again();
    void gives_the_terminal_back_at_the_second_signal();
    void gives_the_terminal_back_when_it_crashes_data();
    void gives_the_terminal_back_when_it_crashes();
    void serves_from_the_background_and_comes_to_the_front();
    void colours_only_where_they_are_wanted_data();
    void colours_only_where_they_are_wanted();
    void follows_the_window();
};

void ConsoleEditingTest::events_come_above_the_line_that_is_typed()
{
    const QTemporaryDir folder;
    Console console(folder);
    const std::uint16_t port = console.start();
    console.program.type("sendall hello th");
    QVERIFY(console.program.wait_for_last_row(prompt + " sendall hello th"));
    RawClient client = connected(port);
    QVERIFY(console.program.wait_for(
        [&] { return console.program.screen.text().find("#1 opened") != std::string::npos; }));
    QVERIFY2(console.program.wait_for_last_row(prompt + " sendall hello th"),
        console.program.screen.text().c_str());
    console.program.type("ere\x01users \x0b\x15sendall hello there\r"); // to the front, and all of it anew
    QCOMPARE(client.read_message(), std::string("hello there"));
    QVERIFY2(console.shows("sent to 1 connection"), console.program.screen.text().c_str());
    QVERIFY(console.program.wait_for_last_row(prompt));
    const auto rows = console.program.screen.rows();
    QCOMPARE(std::ranges::count_if(
                 rows, [](const std::string& row) { return row.find("#1 opened") != std::string::npos; }),
        1);
}

void ConsoleEditingTest::a_long_line_stays_whole_under_events()
{
    const QTemporaryDir folder;
    Console console(folder, 60);
    const std::uint16_t port = console.start();
    const std::string typed = "sendall " + std::string(130, 'x');
    console.program.type(typed);
    const std::string whole = prompt + " " + typed;
    QVERIFY(console.program.wait_for_last_row(whole.substr(120)));
    RawClient client = connected(port);
    QVERIFY(console.program.wait_for("#1 opened"));
    QVERIFY(console.program.wait_for([&] {
        const auto rows = console.program.screen.rows();
        return rows.size() > 3 && rows.back() == whole.substr(120)
            && rows[rows.size() - 2] == whole.substr(60, 60) && rows[rows.size() - 3] == whole.substr(0, 60);
    }));
    const auto rows = console.program.screen.rows();
    QCOMPARE(std::ranges::count(rows, whole.substr(0, 60)), 1);
    console.program.type("\r");
    QCOMPARE(client.read_message(), std::string(130, 'x'));
}

void ConsoleEditingTest::completes_commands_and_targets()
{
    const QTemporaryDir folder;
    Console console(folder);
    const std::uint16_t port = console.start();
    RawClient client = connected(port);
    QVERIFY(console.program.wait_for("#1 opened"));
    console.program.type("wri\t");
    QVERIFY(console.program.wait_for_last_row(prompt + " write"));
    console.program.type(" \x08 127\t");
    QVERIFY2(console.program.wait_for_last_row(prompt + " write"), console.program.screen.text().c_str());
    console.program.type("\x15sendall hi\x15se\t\t");
    QVERIFY(console.shows("send     sendall"));
    QVERIFY(console.program.wait_for_last_row(prompt + " send"));
    console.program.type(" 127\t");
    QVERIFY2(
        console.program.wait_for_last_row(prompt + " send 127.0.0.1"), console.program.screen.text().c_str());
    console.program.type("\t hello\r");
    QCOMPARE(client.read_message(), std::string("hello"));
}

void ConsoleEditingTest::keeps_its_history()
{
    const QTemporaryDir folder;
    {
        Console console(folder);
        console.start();
        console.program.type("hosts\r");
        QVERIFY(console.program.wait_for("the names that this server answers to"));
        console.program.type(" users\r"); // behind a blank: not for the history
        QVERIFY(console.shows("Nobody is connected"));
        console.program.type("quit\r");
        QCOMPARE(console.program.wait_for_end(), 0);
    }
    QFile file(folder.filePath("console.history"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("hosts\nquit\n"));
    QCOMPARE(
        file.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
        QFile::Permissions());
    Console console(folder);
    console.start();
    console.program.type("\x1b[A\x1b[A");
    QVERIFY(console.program.wait_for_last_row(prompt + " hosts"));
    console.program.type("\x1b[B");
    QVERIFY(console.program.wait_for_last_row(prompt + " quit"));
}

void ConsoleEditingTest::interrupt_clears_the_line_and_then_quits()
{
    const QTemporaryDir folder;
    Console console(folder);
    const std::uint16_t port = console.start();
    RawClient client = connected(port);
    console.program.type("kickall");
    QVERIFY(console.program.wait_for_last_row(prompt + " kickall"));
    console.program.type("\x03");
    QVERIFY(console.program.wait_for_last_row(prompt));
    console.program.type("sendall still here\r");
    QCOMPARE(client.read_message(), std::string("still here"));
    QVERIFY(console.program.wait_for_last_row(prompt));
    console.program.type("\x03");
    QCOMPARE(client.finish_close(), std::uint16_t{1001});
    QCOMPARE(console.program.wait_for_end(), 0);
    QVERIFY(are_same(console.program.modes(), console.program.modes_at_start));
}

void ConsoleEditingTest::interrupt_ends_a_wait_and_then_quits_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("wait") << QByteArray("wait 1h");
    QTest::newRow("expect") << QByteArray("expect connection within 1h");
}

void ConsoleEditingTest::interrupt_ends_a_wait_and_then_quits()
{
    QFETCH(QByteArray, line);
    const QTemporaryDir folder;
    Console console(folder);
    console.start();
    console.program.type(line.toStdString());
    QVERIFY(console.program.wait_for_last_row(prompt + " " + line.toStdString()));
    console.program.type("\r");
    QVERIFY(console.program.wait_for_last_row(prompt));
    console.program.type("origins");
    QVERIFY(console.program.wait_for_last_row(prompt + " origins"));
    console.program.type("\r");
    QVERIFY(console.program.wait_for_last_row(prompt));
    console.program.type("\x03");
    QVERIFY2(console.shows("Broken off: " + line.toStdString()), console.program.screen.text().c_str());
    QVERIFY2(console.program.wait_for("localhost"), "what was typed behind it comes then");
    QVERIFY(console.program.wait_for_last_row(prompt));
    console.program.type("\x03");
    const int status = console.program.wait_for_end();
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
}

void ConsoleEditingTest::end_of_input_quits()
{
    const QTemporaryDir folder;
    Console console(folder);
    RawClient client = connected(console.start());
    console.program.type("\x04");
    QCOMPARE(client.finish_close(), std::uint16_t{1001});
    QCOMPARE(console.program.wait_for_end(), 0);
    QVERIFY(are_same(console.program.modes(), console.program.modes_at_start));
}

void ConsoleEditingTest::an_escape_key_holds_nothing_up()
{
    const QTemporaryDir folder;
    Console console(folder);
    const std::uint16_t port = console.start();
    for (const char* keys : {"\x1b", "\x16",
             "\x12"
             "abc",
             "\xe6\x9d"}) { // half of a key, what quotes, what searches, half a character
        console.program.type(keys);
        RawClient client = connected(port);
        client.send_text("there?");
        QCOMPARE(client.read_message(), std::string("there?"));
    }
    console.program.signal(SIGTERM);
    QCOMPARE(console.program.wait_for_end(), 0);
    QVERIFY(are_same(console.program.modes(), console.program.modes_at_start));
}

void ConsoleEditingTest::gives_the_terminal_back_when_stopped_and_takes_it_again()
{
    const QTemporaryDir folder;
    Console console(folder);
    console.start();
    QCOMPARE(console.program.screen.text().find("Listening", console.program.screen.text().find("[::1]")),
        std::string::npos);
    const termios editing = console.program.modes();
    QVERIFY(!are_same(editing, console.program.modes_at_start));
    console.program.type("send");
    QVERIFY(console.program.wait_for_last_row(prompt + " send"));
    console.program.signal(SIGTSTP);
    int status = 0;
    QCOMPARE(::waitpid(console.program.pid(), &status, WUNTRACED), console.program.pid());
    QVERIFY(WIFSTOPPED(status));
    QVERIFY(are_same(console.program.modes(), console.program.modes_at_start));
    QVERIFY(console.program.wait_for(
        [&] { return console.last_row() != prompt + " send"; })); // nothing of it is left
    console.program.signal(SIGCONT);
    QVERIFY(console.program.wait_for_last_row(prompt + " send"));
    console.program.type("all x\r");
    QVERIFY2(console.shows("sent to 0 connections"), console.program.screen.text().c_str());
}

void ConsoleEditingTest::gives_the_terminal_back_at_the_second_signal()
{
    const QTemporaryDir folder;
    Console console(folder);
    RawClient client = connected(console.start());
    console.program.signal(SIGTERM);
    QCOMPARE(client.read_close(), std::uint16_t{1001}); // and does not answer
    console.program.signal(SIGTERM);
    const int status = console.program.wait_for_end();
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 128 + SIGTERM);
    QVERIFY(are_same(console.program.modes(), console.program.modes_at_start));
}

void ConsoleEditingTest::gives_the_terminal_back_when_it_crashes_data()
{
    QTest::addColumn<int>("number");
    for (const int number : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT})
        QTest::newRow(::sigabbrev_np(number)) << number;
}

void ConsoleEditingTest::gives_the_terminal_back_when_it_crashes()
{
    QFETCH(int, number);
    // AddressSanitizer would take these signals for itself.
    const QByteArray options = qgetenv("ASAN_OPTIONS");
    const auto restore = qScopeGuard([&options] { qputenv("ASAN_OPTIONS", options); });
    qputenv("ASAN_OPTIONS",
        options + ":handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:handle_abort=0");
    const QTemporaryDir folder;
    Console console(folder);
    console.start();
    QVERIFY(!are_same(console.program.modes(), console.program.modes_at_start));
    console.program.signal(number);
    const int status = console.program.wait_for_end();
    QVERIFY(WIFSIGNALED(status)); // the crash is not hidden from whoever started it
    QCOMPARE(WTERMSIG(status), number);
    QVERIFY(are_same(console.program.modes(), console.program.modes_at_start));
}

void ConsoleEditingTest::serves_from_the_background_and_comes_to_the_front()
{
    const QTemporaryDir folder;
    const std::string file = folder.filePath("ready").toStdString();
    // A shell with job control: its job is in the background until it is told otherwise.
    PtyProgram shell("/bin/bash", {"--norc", "--noprofile", "-i"}, 120, {{"PS1", "shell$ "}});
    QVERIFY(shell.wait_for_last_row("shell$"));
    const std::string program = JACKFIELD_BINARY_DIR "/bin/jackfield-terminal";
    shell.type("'" + program + "' --port 0 --config-dir '" + folder.path().toStdString() + "' --ready-file '" + file
        + "' &\r");
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(QString::fromStdString(file)), 20'000);
    QFile ready(QString::fromStdString(file));
    QVERIFY(ready.open(QIODevice::ReadOnly));
    const auto match = QRegularExpression("127\\.0\\.0\\.1:(\\d+)/").match(QString::fromUtf8(ready.readAll()));
    RawClient client = connected(static_cast<std::uint16_t>(match.captured(1).toUInt()));
    QVERIFY(shell.wait_for("#1 opened")); // it writes and was not stopped by SIGTTOU
    shell.type("jobs; echo to''ld\r");
    QVERIFY(shell.wait_for("\ntold"));
    QVERIFY2(shell.output.find("Running") != std::string::npos, shell.output.c_str()); // nor by SIGTTIN
    shell.type("fg\r");
    QVERIFY2(shell.wait_for_last_row(prompt), shell.screen.text().c_str());
    shell.type("sendall in front\r");
    QCOMPARE(client.read_message(), std::string("in front"));
    QVERIFY(shell.wait_for_last_row(prompt));
    shell.type("\x1a"); // Ctrl+Z
    QVERIFY(shell.wait_for("Stopped"));
    QVERIFY(shell.wait_for_last_row("shell$"));
    shell.type("bg; echo behi''nd\r");
    QVERIFY(shell.wait_for("\nbehind"));
    client.send_frame(0x89, "there?");
    QCOMPARE(client.read_frame().opcode, 0xaU); // it serves
    shell.type("fg\r");
    QVERIFY2(shell.wait_for_last_row(prompt), shell.screen.text().c_str());
    shell.type("quit\r");
    QVERIFY2(shell.wait_for_last_row("shell$"), shell.screen.text().c_str());
    shell.type("exit\r");
    QCOMPARE(shell.wait_for_end(), 0);
}

void ConsoleEditingTest::colours_only_where_they_are_wanted_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("has_colours");
    QTest::newRow("a terminal") << "TERM"
                                << "xterm" << true;
    QTest::newRow("NO_COLOR") << "NO_COLOR"
                              << "1" << false;
    QTest::newRow("a dumb one") << "TERM"
                                << "dumb" << false;
}

void ConsoleEditingTest::colours_only_where_they_are_wanted()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(bool, has_colours);
    const QTemporaryDir folder;
    Console console(folder, 80, {{name.toStdString(), value.toStdString()}});
    QVERIFY(console.program.wait_for("Listening on ws://127.0.0.1:"));
    console.program.type("frobnicate\r");
    QVERIFY(console.program.wait_for("There is no command \"frobnicate\"; help lists the commands"));
    QCOMPARE(console.program.output.find("\x1b[31mThere is no command") != std::string::npos, has_colours);
    if (value == "dumb")
        QCOMPARE(console.program.output.find('\x1b'), std::string::npos);
}

void ConsoleEditingTest::follows_the_window()
{
    const QTemporaryDir folder;
    Console console(folder, 120);
    const std::uint16_t port = console.start();
    const RawClient client = connected(port);
    QVERIFY(console.program.wait_for("#1 opened"));
    console.program.resize(60);
    console.program.signal(SIGWINCH);
    console.program.type("users\r");
    QVERIFY(console.shows("1 connection"));
    for (const std::string& row : console.program.screen.rows()) {
        if (row.starts_with("#1 "))
            QVERIFY2(row.size() <= 60, row.c_str());
    }
}

QTEST_GUILESS_MAIN(ConsoleEditingTest)
#include "console_editing_test.moc"
