// Standard output that nobody reads: a full pipe, or a terminal that Ctrl+S has stopped.
#include "app/terminal/patient_output.h"

#include "support/pty_program.h"
#include "support/raw_client.h"

#include <sys/stat.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

using namespace jackfield;
using app::PatientOutput;
using test::good_handshake;
using test::PtyProgram;
using test::RawClient;

namespace {

constexpr int patience = 20'000; // milliseconds, which no passing test reaches

/// A pipe that holds little and is read when the test wants it.
class SmallPipe {
public:
    SmallPipe()
    {
        if (::pipe2(ends_, O_CLOEXEC) != 0)
            qFatal("no pipe");
        ::fcntl(ends_[1], F_SETPIPE_SZ, 4'096);
    }
    ~SmallPipe()
    {
        close_reader();
        ::close(ends_[1]);
    }
    SmallPipe(const SmallPipe&) = delete;
    SmallPipe& operator=(const SmallPipe&) = delete;
    [[nodiscard]] int writer() const { return ends_[1]; }
    /// What there is by now, at most `most` bytes.
    std::string read(std::size_t most = 65'536) const
    {
        std::string bytes(most, '\0');
        pollfd entry{ends_[0], POLLIN, 0};
        const ssize_t count = ::poll(&entry, 1, 0) > 0 ? ::read(ends_[0], bytes.data(), most) : 0;
        bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        return bytes;
    }
    void close_reader()
    {
        if (ends_[0] >= 0)
            ::close(std::exchange(ends_[0], -1));
    }

private:
    int ends_[2]{};
};

std::string read_all(PatientOutput& output, const SmallPipe& pipe)
{
    std::string all = pipe.read();
    while (output.waiting() > 0) {
        output.go_on();
        all += pipe.read();
    }
    return all;
}

/// jackfield-terminal with its standard output in a pipe that is read when the test wants it.
class Unread {
public:
    explicit Unread(const QStringList& arguments = {})
    {
        const QByteArray fifo = QFile::encodeName(folder.filePath("output"));
        if (::mkfifo(fifo.constData(), 0600) != 0)
            qFatal("no fifo");
        reader_ = ::open(fifo.constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        process.start("/bin/sh",
            QStringList{"-c", "exec \"$0\" \"$@\" > " + folder.filePath("output"),
                QStringLiteral(JACKFIELD_BINARY_DIR "/bin/jackfield-terminal"), "--port", "0", "--config-dir",
                folder.filePath("config")}
                << arguments);
        if (!process.waitForStarted(patience))
            qFatal("it does not start");
    }
    ~Unread()
    {
        if (process.state() != QProcess::NotRunning) {
            process.kill();
            process.waitForFinished(patience);
        }
        ::close(reader_);
    }
    Unread(const Unread&) = delete;
    Unread& operator=(const Unread&) = delete;

    std::uint16_t port()
    {
        const QRegularExpression address("ws://127\\.0\\.0\\.1:(\\d+)/");
        QRegularExpressionMatch match;
        do {
            if (!read_more())
                qFatal("it does not listen: %s", process.readAllStandardError().constData());
            match = address.match(QString::fromUtf8(output));
        } while (!match.hasMatch());
        return static_cast<std::uint16_t>(match.captured(1).toUInt());
    }
    /// Reads until it has printed `text`.
    bool reads(const QByteArray& text)
    {
        while (!output.contains(text)) {
            if (!read_more())
                return false;
        }
        return true;
    }
    void write(const QByteArray& lines)
    {
        process.write(lines);
        while (process.bytesToWrite() > 0 && process.waitForBytesWritten(patience)) { }
    }
    bool ends() { return process.waitForFinished(patience); }

    QTemporaryDir folder;
    QProcess process;
    QByteArray output; // what was read of it

private:
    bool read_more()
    {
        pollfd entry{reader_, POLLIN, 0};
        std::array<char, 65'536> bytes{};
        if (::poll(&entry, 1, patience) <= 0)
            return false;
        const ssize_t count = ::read(reader_, bytes.data(), bytes.size());
        if (count <= 0)
            return false;
        output.append(bytes.data(), static_cast<qsizetype>(count));
        return true;
    }
    int reader_ = -1;
};

RawClient connected(std::uint16_t port)
{
    RawClient client(SocketAddress::v4({127, 0, 0, 1}, port));
    client.upgrade(good_handshake(port, {}, "/page"));
    return client;
}

/// Commands whose answers are more than waits: each answer has 1.5 KB.
QByteArray many_questions()
{
    QByteArray lines;
    for (int i = 0; i < 1'500; ++i)
        lines += "help\n";
    return lines;
}

bool is_answered(const RawClient& client)
{
    pollfd entry{client.descriptor(), POLLIN, 0};
    return ::poll(&entry, 1, 1'000) > 0;
}

/// Pages that connect until one is not answered.
std::vector<RawClient> connected_until_it_holds(std::uint16_t port)
{
    std::vector<RawClient> clients;
    do {
        clients.emplace_back(SocketAddress::v4({127, 0, 0, 1}, port));
        clients.back().send(good_handshake(port, {}, "/page"));
    } while (is_answered(clients.back()) && clients.size() < 1'000);
    return clients;
}

QList<QJsonObject> lines_of(const QByteArray& output)
{
    QList<QJsonObject> lines;
    for (const QByteArray& line : output.split('\n')) {
        if (!line.isEmpty())
            lines << QJsonDocument::fromJson(line).object();
    }
    return lines;
}

} // namespace

class TerminalOutputTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); }
    void what_finds_no_room_waits_in_order();
    void leaves_the_descriptor_s_mode_alone();
    void what_is_too_much_is_counted();
    void one_large_text_is_taken_whole();
    void a_reader_that_has_gone_ends_nothing();
    void writes_to_a_socket_and_to_a_file();
    void serves_on_while_nobody_reads_and_says_what_was_lost();
    void a_signal_ends_it_while_nobody_reads_data();
    void a_signal_ends_it_while_nobody_reads();
    void json_lines_hold_the_server_and_lose_nothing();
    void quit_ends_it_while_nobody_reads_its_json();
    void a_stopped_terminal_stops_nothing_else();
};

void TerminalOutputTest::what_finds_no_room_waits_in_order()
{
    const SmallPipe pipe;
    PatientOutput output(pipe.writer());
    QCOMPARE(output.descriptor(), -1);
    std::string all;
    for (int i = 0; i < 5'000; ++i) {
        const std::string line = "line " + std::to_string(i) + "\n";
        all += line;
        output.write(line); // on the pipe itself it would never come back
    }
    QVERIFY(output.waiting() > 0);
    QVERIFY(output.descriptor() >= 0);
    QCOMPARE(read_all(output, pipe), all);
    QCOMPARE(output.descriptor(), -1);
    QCOMPARE(output.take_lost(), std::uint64_t{0});
}

void TerminalOutputTest::leaves_the_descriptor_s_mode_alone()
{
    const SmallPipe pipe;
    PatientOutput output(pipe.writer());
    output.write(std::string(100'000, 'x'));
    QVERIFY((::fcntl(pipe.writer(), F_GETFL) & O_NONBLOCK) == 0);
}

void TerminalOutputTest::what_is_too_much_is_counted()
{
    const SmallPipe pipe;
    PatientOutput output(pipe.writer(), 10'000);
    output.write(std::string(4'096, '.'));
    const std::string line = std::string(99, 'x') + "\n";
    for (int i = 0; i < 107; ++i)
        output.write(line);
    QCOMPARE(output.waiting(), std::size_t{10'000});
    QCOMPARE(output.take_lost(), std::uint64_t{0}); // more would be
    (void)pipe.read();
    output.go_on();
    QVERIFY(output.waiting() > 5'000);
    output.write(line + line);
    QCOMPARE(output.take_lost(), std::uint64_t{0});
    (void)pipe.read();
    output.go_on();
    QCOMPARE(output.take_lost(), std::uint64_t{9});
    output.write("again\n");
    QVERIFY(read_all(output, pipe).ends_with(line + "again\n"));
    QCOMPARE(output.take_lost(), std::uint64_t{0});
    output.write(std::string(8'192, '\n'));
    output.give_up();
    QCOMPARE(output.take_lost(), std::uint64_t{4'096});
    QCOMPARE(output.waiting(), std::size_t{0});
}

void TerminalOutputTest::one_large_text_is_taken_whole()
{
    const SmallPipe pipe;
    PatientOutput output(pipe.writer(), 10'000);
    const std::string large(100'000, 'x');
    output.write(large);
    QCOMPARE(read_all(output, pipe), large);
}

void TerminalOutputTest::a_reader_that_has_gone_ends_nothing()
{
    SmallPipe pipe;
    PatientOutput output(pipe.writer());
    output.write(std::string(100'000, 'x'));
    pipe.close_reader();
    output.go_on();
    QCOMPARE(output.waiting(), std::size_t{0});
    output.write("more\n");
    QCOMPARE(output.waiting(), std::size_t{0});
    PatientOutput late(pipe.writer()); // which cannot be opened any more
    late.write("more\n");
    QCOMPARE(late.waiting(), std::size_t{0});
}

void TerminalOutputTest::writes_to_a_socket_and_to_a_file()
{
    int ends[2]{};
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    {
        PatientOutput output(ends[0], std::size_t{64} << 20U);
        output.write(std::string(10'000'000, 'x'));
        QVERIFY(output.waiting() > 0);
        std::string all;
        std::array<char, 65'536> bytes{};
        while (all.size() < 10'000'000) {
            const ssize_t count = ::read(ends[1], bytes.data(), bytes.size());
            QVERIFY(count > 0);
            all.append(bytes.data(), static_cast<std::size_t>(count));
            output.go_on();
        }
        QCOMPARE(output.waiting(), std::size_t{0});
    }
    ::close(ends[0]);
    ::close(ends[1]);
    QTemporaryDir folder;
    QFile file(folder.filePath("output"));
    QVERIFY(file.open(QIODevice::ReadWrite));
    PatientOutput output(file.handle());
    output.write("one\n");
    output.write("two\n");
    QVERIFY(file.seek(0));
    QCOMPARE(file.readAll(), QByteArray("one\ntwo\n"));
}

void TerminalOutputTest::serves_on_while_nobody_reads_and_says_what_was_lost()
{
    Unread terminal;
    const std::uint16_t port = terminal.port();
    RawClient client = connected(port);
    terminal.write("endpoint /* silent\n" + many_questions() + "sendall all is answered\n");
    QCOMPARE(client.read_message(), std::string("all is answered"));
    RawClient another = connected(port);
    another.send_text("still there?");
    QVERIFY2(terminal.reads(" were lost, since nobody read them in time\n"), "it says so once the output moves");
    const auto lost
        = QRegularExpression("^[0-9:.]+  (\\d+) lines of the output were lost,", QRegularExpression::MultilineOption)
              .match(QString::fromUtf8(terminal.output));
    QVERIFY2(lost.captured(1).toInt() > 1'000, qPrintable(lost.captured(1)));
    terminal.write("sendall again\n");
    QCOMPARE(client.read_message(), std::string("again"));
    QVERIFY(terminal.reads("sent to 2 connections\n"));
}

void TerminalOutputTest::a_signal_ends_it_while_nobody_reads_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<bool>("json");
    QTest::addColumn<int>("status");
    QTest::newRow("SIGTERM") << SIGTERM << false << 0;
    QTest::newRow("SIGINT") << SIGINT << false << 0;
    QTest::newRow("SIGTERM, JSON Lines") << SIGTERM << true << 1;
}

void TerminalOutputTest::a_signal_ends_it_while_nobody_reads()
{
    QFETCH(int, number);
    QFETCH(bool, json);
    QFETCH(int, status);
    Unread terminal(json ? QStringList{"--json"} : QStringList());
    const std::uint16_t port = terminal.port();
    RawClient client = connected(port);
    terminal.write("limits defaults closing_timeout_ms=300\nendpoint /* silent\nsendall here we go\n");
    QCOMPARE(client.read_message(), std::string("here we go"));
    terminal.write(many_questions());
    std::vector<RawClient> others;
    if (json) {
        others = connected_until_it_holds(port);
    } else {
        terminal.write("sendall done\n");
        QCOMPARE(client.read_message(), std::string("done"));
    }
    ::kill(static_cast<pid_t>(terminal.process.processId()), number);
    QCOMPARE(client.finish_close(), std::uint16_t{1001});
    QVERIFY(terminal.ends());
    QCOMPARE(terminal.process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(terminal.process.exitCode(), status);
    QVERIFY2(terminal.process.readAllStandardError().contains(" lines of the output were lost: nobody read them\n"),
        "it says what was lost");
}

void TerminalOutputTest::json_lines_hold_the_server_and_lose_nothing()
{
    Unread terminal({"--json"});
    const std::uint16_t port = terminal.port();
    terminal.write("endpoint /* silent\n");
    QVERIFY(terminal.reads("\"type\":\"result\""));
    QByteArray questions;
    constexpr int most = 1'500;
    for (int i = 0; i < most; ++i)
        questions += "{\"id\":" + QByteArray::number(i) + ",\"run\":\"help\"}\n";
    terminal.write(questions);
    auto clients = connected_until_it_holds(port);
    const auto opened = static_cast<int>(clients.size());
    QVERIFY2(opened < 1'000, "it goes on serving, whatever becomes of what it prints");
    QVERIFY2(terminal.reads("\"id\":1499,"), "the rest comes when somebody reads");
    QVERIFY(clients.back().read_response().starts_with("HTTP/1.1 101 "));
    terminal.write("{\"id\":\"last\",\"run\":\"stats\"}\n");
    QVERIFY(terminal.reads("\"id\":\"last\","));
    int id = 0;
    int told = 0;
    for (const QJsonObject& line : lines_of(terminal.output)) {
        if (line["type"] == "result" && line["id"].isDouble())
            QCOMPARE(line["id"].toInt(), id++);
        told += line["type"] == "open" ? 1 : 0;
        QVERIFY(line["type"] != "notice");
    }
    QCOMPARE(id, most);
    QCOMPARE(told, opened);
}

void TerminalOutputTest::quit_ends_it_while_nobody_reads_its_json()
{
    Unread terminal({"--json", "--messages"});
    RawClient client = connected(terminal.port());
    terminal.write("limits defaults closing_timeout_ms=300\n");
    QVERIFY(terminal.reads("\"type\":\"result\""));
    // The line of that message is more than waits.
    terminal.write("sendall \"" + QByteArray(3'000'000, 'x') + "\"\n{\"id\":1,\"run\":\"QUIT\"}\n");
    QCOMPARE(client.read_message().size(), std::size_t{3'000'000});
    QCOMPARE(client.finish_close(), std::uint16_t{1001});
    QVERIFY(terminal.ends());
    QCOMPARE(terminal.process.exitStatus(), QProcess::NormalExit);
}

void TerminalOutputTest::a_stopped_terminal_stops_nothing_else()
{
    const QTemporaryDir folder;
    PtyProgram program(JACKFIELD_BINARY_DIR "/bin/jackfield-terminal",
        {"--port", "0", "--config-dir", folder.path().toStdString()});
    QVERIFY(program.wait_for_last_row("jackfield>"));
    const auto match
        = QRegularExpression("127\\.0\\.0\\.1:(\\d+)/").match(QString::fromStdString(program.screen.text()));
    const auto port = static_cast<std::uint16_t>(match.captured(1).toUInt());
    program.type("\x13"); // Ctrl+S
    for (int i = 0; i < 20; ++i) {
        RawClient client = connected(port);
        client.send_text("still there?");
        QCOMPARE(client.read_message(), std::string("still there?"));
    }
    program.type("users\r"); // a line begins anew
    program.type("\x11"); // Ctrl+Q
    QVERIFY2(program.wait_for("#20 opened"), "what was printed meanwhile comes then");
    program.type("limits defaults closing_timeout_ms=300\r");
    QVERIFY(program.wait_for("limits"));
    QVERIFY(program.wait_for_last_row("jackfield>"));
    program.type("\x13");
    RawClient client = connected(port);
    program.type("\x15users\r");
    client.send_text("still there?");
    QCOMPARE(client.read_message(), std::string("still there?"));
    program.signal(SIGTERM);
    QCOMPARE(client.finish_close(), std::uint16_t{1001});
    QCOMPARE(program.wait_for_end(), 0);
}

QTEST_GUILESS_MAIN(TerminalOutputTest)
#include "terminal_output_test.moc"
