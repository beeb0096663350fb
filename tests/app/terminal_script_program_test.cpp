#include "support/program.h"
#include "support/raw_client.h"

#include "jackfield/recording.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace jackfield;
using test::good_handshake;
using test::RawClient;

namespace {

/// jackfield-terminal with a script, in a folder of its own. Nothing of what is expected to come depends on a
/// time.
class Scripted {
public:
    explicit Scripted(const QByteArray& script, const QStringList& arguments = {},
        const QStringList& where = {"--port", "0"})
        : program("jackfield-terminal",
            QStringList{
                "--config-dir", folder.filePath("config"), "--script", put(script), "--junit", report_path()}
                << arguments << where)
    { }

    [[nodiscard]] QString report_path() const { return folder.filePath("report.xml"); }
    QByteArray report()
    {
        QFile file(report_path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    int ends()
    {
        if (!program.ends())
            return -1;
        return program.process.exitStatus() == QProcess::NormalExit ? program.process.exitCode() : -2;
    }

    QTemporaryDir folder;
    test::Program program;

private:
    QString put(const QByteArray& script)
    {
        const QString path = folder.filePath("test.script");
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(script) != script.size())
            qFatal("cannot prepare %s", qPrintable(path));
        return path;
    }
};

RawClient connect_to(std::uint16_t port)
{
    RawClient client(SocketAddress::v4({127, 0, 0, 1}, port));
    client.upgrade(good_handshake(port, {}, "/page"));
    return client;
}

/// Every line of what was printed as JSON; fails the test's process where one is none.
QList<QJsonObject> lines_of(const QString& output)
{
    QList<QJsonObject> lines;
    for (const QString& line : output.split('\n', Qt::SkipEmptyParts)) {
        const auto document = QJsonDocument::fromJson(line.toUtf8());
        if (!document.isObject() || !document["type"].isString())
            qFatal("this is no line of JSON Lines: %s", qPrintable(line));
        lines << document.object();
    }
    return lines;
}

std::uint16_t port_of_json(test::Program& program)
{
    const auto ready = program.wait_for("^\\{\"type\":\"ready\",.*\"ws://127\\.0\\.0\\.1:(\\d+)/\".*$");
    return static_cast<std::uint16_t>(ready.captured(1).toUInt());
}

/// Counts what a recording holds.
class Counter : public RecordingReceiver {
public:
    void connection(const CapturedConnection& /*connection*/) override { }
    bool message(const CapturedMessage& /*message*/) override { return true; }
};

/// jackfield-terminal that takes lines from a pipe.
class Piped {
public:
    explicit Piped(const QStringList& arguments)
        : program(
            "jackfield-terminal", QStringList{"--config-dir", folder.path(), "--port", "0"} << arguments)
    { }
    void write(const QByteArray& line)
    {
        program.process.write(line + "\n");
        program.process.waitForBytesWritten(test::Program::patience);
    }
    /// The line of the result with this id.
    QJsonObject result(int id)
    {
        const auto line
            = program.wait_for(QString("^\\{\"type\":\"(result|step)\",\"ts\":[0-9.]+,\"id\":%1,.*$").arg(id))
                  .captured();
        if (line.isEmpty())
            qFatal("there is no result with the id %d: %s", id, qPrintable(program.output));
        return QJsonDocument::fromJson(line.toUtf8()).object();
    }

    QTemporaryDir folder;
    test::Program program;
};

} // namespace

class TerminalScriptProgramTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_script_that_holds_ends_with_0();
    void a_limit_that_passes_ends_with_1_and_a_report();
    void a_wrong_code_is_told_with_what_came();
    void a_command_that_fails_ends_it_with_1();
    void keeps_going_when_told_to();
    void a_mistake_in_the_script_is_told_before_anything_runs();
    void a_script_may_come_from_standard_input();
    void stays_when_told_to();
    void a_signal_ends_it_politely_with_a_report();
    void a_port_in_use_is_in_the_report();
    void quit_ends_a_script_that_held();
    void a_report_that_cannot_be_written_is_a_failure();
    void a_report_goes_to_a_pipe_too_data();
    void a_report_goes_to_a_pipe_too();
    void mistakes_on_the_command_line_are_explained_data();
    void mistakes_on_the_command_line_are_explained();
    void prints_nothing_but_json_lines();
    void takes_commands_as_json_and_as_text();
    void bad_json_does_nothing_else();
    void an_expectation_through_a_pipe_sees_what_came();
};

void TerminalScriptProgramTest::a_script_that_holds_ends_with_0()
{
    Scripted run("# a page says hello, is answered and kicked\n"
                 "endpoint /* silent\n"
                 "expect connection #1 path:/page\n"
                 "send #1 question\n"
                 "expect sent exactly \"question\"\n"
                 "expect message #1 exactly \"answer\"\n"
                 "kick #1 4001 \"be gone\"\n"
                 "expect close #1 4001\n");
    RawClient client = connect_to(run.program.port());
    QCOMPARE(client.read_message(), std::string("question"));
    client.send_text("answer");
    QCOMPARE(client.finish_close(), std::uint16_t{4001});
    QCOMPARE(run.ends(), 0);
    QVERIFY2(run.program.problems.isEmpty(), qPrintable(run.program.problems));
    const QByteArray report = run.report();
    QVERIFY2(report.contains("tests=\"4\" failures=\"0\" errors=\"0\" skipped=\"0\""), report.constData());
    QVERIFY2(report.contains("name=\"line 3: expect connection #1 path:/page\""), report.constData());
    QVERIFY2(run.program.output.contains("As expected, #1 from browser, text \"answer\""),
        qPrintable(run.program.output));
}

void TerminalScriptProgramTest::a_limit_that_passes_ends_with_1_and_a_report()
{
    Scripted run("expect connection within 0ms\nexpect message x\n");
    QCOMPARE(run.ends(), 1);
    QVERIFY2(run.program.problems.contains(
                 "/test.script:1: expected a connection within 0 ms; what came instead: nothing\n"),
        qPrintable(run.program.problems));
    const QByteArray report = run.report();
    QVERIFY2(report.contains("tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\""), report.constData());
}

void TerminalScriptProgramTest::a_wrong_code_is_told_with_what_came()
{
    Scripted run("expect connection\nexpect connection\nexpect close #2 4002 within 1h\n"
                 "expect close #1 4001 within 0ms\n");
    const std::uint16_t port = run.program.port();
    RawClient first = connect_to(port);
    RawClient second = connect_to(port);
    first.send_close(1000, "done");
    (void)first.read_until_end();
    second.send_close(4002, "");
    (void)second.read_until_end();
    QCOMPARE(run.ends(), 1);
    QVERIFY2(run.program.problems.contains(
                 "/test.script:4: expected the close of #1 with 4001 within 0 ms; what came "
                 "instead: #1 closed with 1000, reason \"done\"\n"),
        qPrintable(run.program.problems));
    QVERIFY(run.report().contains("failures=\"1\""));
}

void TerminalScriptProgramTest::a_command_that_fails_ends_it_with_1()
{
    Scripted run("sendall nobody is there\nsend #9 hello\nexpect connection\n");
    QCOMPARE(run.ends(), 1);
    QVERIFY2(run.program.problems.contains("/test.script:2: there is no connection #9"),
        qPrintable(run.program.problems));
    QVERIFY(run.report().contains("tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\""));
}

void TerminalScriptProgramTest::keeps_going_when_told_to()
{
    Scripted run("expect close within 0ms\nsend #9 hello\nexpect connection within 1h\n", {"--keep-going"});
    RawClient client = connect_to(run.program.port());
    QCOMPARE(client.finish_close(), std::uint16_t{1001});
    QCOMPARE(run.ends(), 1);
    QVERIFY(run.program.problems.contains("/test.script:1: expected "));
    QVERIFY(run.program.problems.contains("/test.script:2: there is no connection #9"));
    QVERIFY(run.report().contains("tests=\"3\" failures=\"2\" errors=\"0\" skipped=\"0\""));
}

void TerminalScriptProgramTest::a_mistake_in_the_script_is_told_before_anything_runs()
{
    Scripted run("allow origin http://dev.test\nexpect miracle\n\nsnd #1 x\nwait 5\n");
    QCOMPARE(run.ends(), 2);
    QVERIFY2(run.program.output.isEmpty(), qPrintable(run.program.output));
    QVERIFY2(run.program.problems.contains("/test.script:2: \"miracle\" cannot be expected"),
        qPrintable(run.program.problems));
    QVERIFY2(run.program.problems.contains("/test.script:4: there is no command \"snd\""),
        qPrintable(run.program.problems));
    QVERIFY2(
        run.program.problems.contains("/test.script:5: \"5\" is no time"), qPrintable(run.program.problems));
    QVERIFY(!QDir(run.folder.filePath("config")).exists());
    QVERIFY(run.report().contains("tests=\"1\" failures=\"0\" errors=\"1\""));
}

void TerminalScriptProgramTest::a_script_may_come_from_standard_input()
{
    Piped run({"--script", "-"});
    run.program.process.write("expect connection within 1h\nexpect message exactly \"x\" within 1h");
    run.program.process.closeWriteChannel();
    RawClient client = connect_to(run.program.port());
    client.send_text("x");
    QCOMPARE(client.read_message(), std::string("x")); // the echo
    QCOMPARE(client.finish_close(), std::uint16_t{1001});
    QVERIFY(run.program.ends());
    QCOMPARE(run.program.process.exitCode(), 0);
}

void TerminalScriptProgramTest::stays_when_told_to()
{
    Scripted run("expect connection within 1h\n", {"--stay"});
    const std::uint16_t port = run.program.port();
    RawClient client = connect_to(port);
    QVERIFY(run.program.wait_for("^.*As expected, #1 opened.*$").hasMatch());
    RawClient another = connect_to(port);
    another.send_text("x");
    QCOMPARE(another.read_message(), std::string("x"));
    run.program.signal(SIGTERM);
    QCOMPARE(client.finish_close(), std::uint16_t{1001});
    QCOMPARE(another.finish_close(), std::uint16_t{1001});
    QCOMPARE(run.ends(), 0);
    QVERIFY(run.report().contains("tests=\"1\" failures=\"0\" errors=\"0\""));
}

void TerminalScriptProgramTest::a_signal_ends_it_politely_with_a_report()
{
    Scripted run("expect connection within 1h\nexpect message never within 1h\nexpect close within 1h\n");
    RawClient client = connect_to(run.program.port());
    QVERIFY(run.program.wait_for("^.*As expected, #1 opened.*$").hasMatch());
    run.program.signal(SIGTERM);
    QCOMPARE(client.finish_close(), std::uint16_t{1001});
    QCOMPARE(run.ends(), 1);
    QVERIFY2(run.program.problems.contains("/test.script:2: the program was ended by a signal (Terminated)"),
        qPrintable(run.program.problems));
    const QByteArray report = run.report();
    QVERIFY2(report.contains("tests=\"3\" failures=\"0\" errors=\"1\" skipped=\"1\""), report.constData());
}

void TerminalScriptProgramTest::a_port_in_use_is_in_the_report()
{
    Piped first({});
    const std::uint16_t port = first.program.port();
    QVERIFY(port != 0);
    Scripted run("expect connection\n", {}, {"--port", QString::number(port)});
    QCOMPARE(run.ends(), 1);
    const QByteArray report = run.report();
    QVERIFY2(report.contains("errors=\"") && !report.contains("errors=\"0\""), report.constData());
    QVERIFY2(report.contains("is used by jackfield-termi"), report.constData());
}

void TerminalScriptProgramTest::quit_ends_a_script_that_held()
{
    Scripted run("users\nquit\n");
    QCOMPARE(run.ends(), 0);
    Scripted more("quit\nexpect connection within 1h\n");
    QCOMPARE(more.ends(), 1);
    QVERIFY(more.report().contains("errors=\"1\""));
}

void TerminalScriptProgramTest::a_report_that_cannot_be_written_is_a_failure()
{
    Scripted run("users\n", {}, {"--port", "0"});
    QCOMPARE(run.ends(), 0);
    Piped other({"--script", run.folder.filePath("test.script"), "--junit",
        run.folder.filePath("no/such/report.xml")});
    QVERIFY(other.program.ends());
    QCOMPARE(other.program.process.exitCode(), 2);
    QCOMPARE(other.program.problems,
        "jackfield-terminal: --junit: " + run.folder.filePath("no/such/report.xml")
            + " cannot be written: No such file or directory\n");
    QVERIFY2(other.program.output.isEmpty(), "it is told before anything is started");
    Piped full({"--script", run.folder.filePath("test.script"), "--junit", "/dev/full"});
    QVERIFY(full.program.ends());
    QCOMPARE(full.program.process.exitCode(), 1);
    QVERIFY2(full.program.problems.contains("--junit: /dev/full cannot be written: No space left on device\n"),
        qPrintable(full.program.problems));
}

void TerminalScriptProgramTest::a_report_goes_to_a_pipe_too_data()
{
    QTest::addColumn<QString>("path");
    for (const char* path : {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
        QTest::newRow(path) << QString(path);
}

void TerminalScriptProgramTest::a_report_goes_to_a_pipe_too()
{
    QFETCH(QString, path);
    const Scripted script("users\n");
    Piped run({"--script", script.folder.filePath("test.script"), "--junit", path});
    QVERIFY(run.program.ends());
    QCOMPARE(run.program.process.exitCode(), 0);
    QVERIFY2(run.program.output.endsWith("</testsuites>\n") && run.program.output.startsWith("Listening on "),
        qPrintable(run.program.output));
}

void TerminalScriptProgramTest::mistakes_on_the_command_line_are_explained_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("problem");
    QTest::newRow("--keep-going alone")
        << QStringList{"--keep-going"} << QString("--keep-going requires --script");
    QTest::newRow("--stay alone") << QStringList{"--stay"} << QString("--stay requires --script");
    QTest::newRow("--junit alone") << QStringList{"--junit", "x"} << QString("--junit requires --script");
    QTest::newRow("--script without a name")
        << QStringList{"--script", ""} << QString("--script needs the name of a file");
    QTest::newRow("no such script") << QStringList{"--script", "/no/such/script"}
                                    << QString("the script /no/such/script cannot be read");
    QTest::newRow("a folder") << QStringList{"--script", "/"} << QString("the script / cannot be read");
}

void TerminalScriptProgramTest::mistakes_on_the_command_line_are_explained()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, problem);
    Piped run(arguments);
    QVERIFY(run.program.ends());
    QCOMPARE(run.program.process.exitCode(), 2);
    QVERIFY2(run.program.problems.contains(problem), qPrintable(run.program.problems));
    QVERIFY(run.program.output.isEmpty());
}

void TerminalScriptProgramTest::prints_nothing_but_json_lines()
{
    Scripted run(
        "expect connection\nexpect message within 1h\nusers\nexpect close 4001 within 1h\nsend #9 x\n",
        {"--json", "--messages"});
    const std::uint16_t port = port_of_json(run.program);
    RawClient client = connect_to(port);
    client.send_text("\"}\n{\x1b[2J\xe2\x80\xa8");
    (void)client.read_message();
    QVERIFY(
        run.program.wait_for("^\\{\"type\":\"connection\".*$").hasMatch()); // it is asked while it is there
    client.send_close(4001, "done");
    (void)client.read_until_end();
    QCOMPARE(run.ends(), 1);
    const auto lines = lines_of(run.program.output);
    QStringList types;
    QString said;
    QJsonObject close;
    QStringList outcomes;
    QJsonObject user;
    for (const QJsonObject& line : lines) {
        const QString type = line["type"].toString();
        types << type;
        if (line["dir"] == "c2s" && type == "text")
            said = line["data"].toString();
        if (type == "close" && !line.contains("dir"))
            close = line;
        if (type == "step")
            outcomes << line["outcome"].toString();
        if (type == "connection")
            user = line;
    }
    QCOMPARE(types.first(), QString("listen"));
    QVERIFY(types.indexOf("ready") < types.indexOf("open"));
    QCOMPARE(said, QString::fromUtf8("\"}\n{\x1b[2J\xe2\x80\xa8"));
    QCOMPARE(close["closeCode"].toInt(), 4001);
    QCOMPARE(user["origin"].toString(), QString("http://localhost:3000"));
    QCOMPARE(outcomes, (QStringList{"good", "good", "good", "good", "failed"}));

    Counter counter;
    RecordingReader reader(counter, {});
    QVERIFY2(reader.feed(run.program.output.toStdString()), "what was printed is a recording, too");
    const auto recording = reader.finish();
    QVERIFY(recording.has_value() && !recording->trouble);
    QCOMPARE(recording->connections, std::uint64_t{1});
    QVERIFY(recording->messages >= 2); // the text and its echo, and the Close frames
}

void TerminalScriptProgramTest::takes_commands_as_json_and_as_text()
{
    Piped run({"--json", "--messages"});
    RawClient client = connect_to(port_of_json(run.program));
    run.write(R"({"id":1,"run":"expect connection within 1h"})");
    QCOMPARE(run.result(1)["outcome"].toString(), QString("good"));
    run.write(R"({"id":2,"command":"send","to":1,"text":"line 1\nline 2"})");
    QCOMPARE(client.read_message(), std::string("line 1\nline 2"));
    QJsonObject result = run.result(2);
    QCOMPARE(result["ok"].toBool(), true);
    QCOMPARE(result["count"].toInt(), 1);
    run.write("sendall plain");
    QCOMPARE(client.read_message(), std::string("plain"));
    run.write(R"({"id":3,"command":"kick","to":1,"code":4001,"reason":"be gone"})");
    QCOMPARE(client.finish_close(), std::uint16_t{4001});
    run.write(R"({"id":4,"run":"expect close #1 4001 within 1h"})");
    QCOMPARE(run.result(4)["outcome"].toString(), QString("good"));
    run.write(R"({"id":5,"run":"send #1 x"})");
    result = run.result(5);
    QCOMPARE(result["ok"].toBool(true), false);
    QCOMPARE(result["error"].toObject()["code"].toString(), QString("not_found"));
    run.write("quit");
    QVERIFY(run.program.ends());
    QCOMPARE(run.program.process.exitCode(), 0);
    (void)lines_of(run.program.output);
    QVERIFY2(run.program.problems.isEmpty(), qPrintable(run.program.problems));
}

void TerminalScriptProgramTest::bad_json_does_nothing_else()
{
    Piped run({"--json"});
    RawClient client = connect_to(port_of_json(run.program));
    for (const char* bad : {"{", "{}", R"({"run":"quit","when":1})", R"({"run":"users\nquit"})",
             R"(["quit"])", R"({"command":"send","to":1})", "{\"run\":\"\xff\"}"})
        run.write(bad);
    run.write(R"({"id":9,"run":"users"})");
    QCOMPARE(run.result(9)["ok"].toBool(), true);
    run.write("quit");
    QCOMPARE(client.finish_close(), std::uint16_t{1001});
    QVERIFY(run.program.ends());
    int failed = 0;
    for (const QJsonObject& line : lines_of(run.program.output))
        failed += line["type"] == "result" && !line["ok"].toBool(true);
    QCOMPARE(failed, 7);
}

void TerminalScriptProgramTest::an_expectation_through_a_pipe_sees_what_came()
{
    Piped run({});
    RawClient client = connect_to(run.program.port());
    client.send_close(1000, "done");
    (void)client.read_until_end();
    QVERIFY(run.program.wait_for("^.*#1 closed by .*$").hasMatch());
    run.write("expect close 4001 within 0ms");
    run.write("expect close 1000 within 0ms");
    run.write("expect message x");
    run.write("quit");
    QVERIFY(run.program.ends());
    QVERIFY2(run.program.output.contains("As expected, #1 closed with 1000, reason \"done\""),
        qPrintable(run.program.output));
    QVERIFY2(run.program.problems.contains(
                 "line 1: expected the close of a connection with 4001 within 0 ms; what came "
                 "instead: #1 closed with 1000"),
        qPrintable(run.program.problems));
    QVERIFY2(run.program.problems.contains("line 3: messages are looked at with --messages alone"),
        qPrintable(run.program.problems));
    QVERIFY2(run.program.process.exitCode() == 1, "an expectation that was not met is in the exit status");
}

QTEST_GUILESS_MAIN(TerminalScriptProgramTest)
#include "terminal_script_program_test.moc"
