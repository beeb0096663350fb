// The program as a person runs it: its exit status, its reports, Ctrl+C, and the floor.
#include "app/bench/result_json.h"
#include "support/program.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using jackfield::bench::from_json;
using jackfield::bench::RunResult;
using jackfield::test::Program;

namespace {

/// The floor, which needs no other program.
class FloorServer {
public:
    FloorServer()
        : program("jackfield-bench", {"floor"})
        , url(program.wait_for("^Serving the floor on (tcp://127\\.0\\.0\\.1:\\d+/)$").captured(1))
    { }
    Program program;
    QString url;
};

RunResult report_of(const QString& text)
{
    auto result = from_json(text.toStdString());
    return result ? *result : RunResult{};
}

} // namespace

class ProgramTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measures_the_floor()
    {
        FloorServer floor;
        QVERIFY(!floor.url.isEmpty());
        QTemporaryDir folder;
        const QString file = folder.filePath("run.json");
        Program bench("jackfield-bench",
            {"echo", floor.url, "-c", "3", "-p", "32", "-d", "0.3", "--warm-up", "0.1", "--json", file, "--pid",
                QString::number(floor.program.process.processId())});
        QVERIFY(bench.ends());
        QVERIFY2(bench.process.exitCode() == 0, qPrintable(bench.output + bench.problems));
        QVERIFY(bench.output.contains("messages"));
        QVERIFY(bench.output.contains("p99"));
        QVERIFY(bench.output.contains("server CPU"));
        QVERIFY2(bench.problems.isEmpty(), qPrintable(bench.problems)); // no progress where nobody looks
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const RunResult result = report_of(QString::fromUtf8(written.readAll()));
        QCOMPARE(result.mode, std::string("echo"));
        QVERIFY(result.messages > 0);
        QVERIFY(!result.failed);
        floor.program.signal(SIGTERM);
        QVERIFY(floor.program.ends());
        QCOMPARE(floor.program.process.exitCode(), 0);
    }

    void tells_a_program_how_it_goes()
    {
        FloorServer floor;
        Program bench("jackfield-bench",
            {"echo", floor.url, "-c", "3", "-d", "0.3", "--warm-up", "0", "--progress", "json", "--json", "-", "--pid",
                QString::number(floor.program.process.processId())});
        QVERIFY(bench.ends());
        QVERIFY2(bench.process.exitCode() == 0, qPrintable(bench.problems));
        const RunResult result = report_of(bench.output);
        QVERIFY(!result.series.empty());
        QStringList doing;
        std::size_t intervals = 0;
        const QStringList lines = bench.problems.split('\n', Qt::SkipEmptyParts);
        for (const QString& line : lines) {
            const QJsonDocument document = QJsonDocument::fromJson(line.toUtf8());
            QVERIFY2(document.isObject(), qPrintable(line));
            if (document["doing"].isString()) {
                doing += document["doing"].toString();
                continue;
            }
            QVERIFY2(intervals < result.series.size(), qPrintable(line));
            const auto& point = result.series[intervals++];
            QCOMPARE(document["at_seconds"].toDouble(), point.at_seconds);
            QCOMPARE(document["messages"].toInteger(), static_cast<qint64>(point.messages));
            QCOMPARE(document["connections"].toInteger(), 3);
            QCOMPARE(document["p50_us"].toDouble(), point.p50_us);
            QVERIFY(point.p50_us <= point.p90_us && point.p90_us <= point.p99_us && point.p99_us <= point.p99_9_us
                && point.p99_9_us <= point.max_us);
            QVERIFY(document["client_cpu"].isDouble() && document["server_cpu"].isDouble() && document["server_memory"].isDouble());
        }
        QCOMPARE(intervals, result.series.size());
        QVERIFY2(doing.contains("opening 3 connections") && doing.contains("warming up"), qPrintable(doing.join('|')));
    }

    void ctrl_c_ends_it_with_a_report_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("echo") << QStringList{"echo", "-d", "1000"};
        QTest::newRow("while it warms up") << QStringList{"echo", "--warm-up", "1000"};
        QTest::newRow("rate") << QStringList{"rate", "-d", "1000"};
        QTest::newRow("ramp") << QStringList{"ramp", "-d", "1000", "--step", "1000"};
        QTest::newRow("idle") << QStringList{"idle", "-d", "1000"};
    }
    void ctrl_c_ends_it_with_a_report()
    {
        QFETCH(QStringList, arguments);
        FloorServer floor;
        arguments.insert(1, floor.url);
        Program bench("jackfield-bench", arguments + QStringList{"--json", "-", "-c", "2"});
        // It counts on the signal once it is connected, which the floor's CPU does not tell; its handler does.
        while (!catches(bench, SIGINT))
            QVERIFY(!bench.process.waitForFinished(1));
        bench.signal(SIGINT);
        QVERIFY(bench.ends());
        QCOMPARE(bench.process.exitStatus(), QProcess::NormalExit);
        QVERIFY2(bench.process.exitCode() == 0, qPrintable(bench.output + bench.problems));
        QVERIFY(report_of(bench.output).interrupted);
    }

    void exit_status_two_is_for_what_cannot_run_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("words");
        QTest::newRow("no mode") << QStringList{} << "--help";
        QTest::newRow("a bad option") << QStringList{"echo", "ws://127.0.0.1:1/", "--depth", "x"} << "depth";
        QTest::newRow("a form of progress that is none") << QStringList{"echo", "ws://127.0.0.1:1/", "--progress", "xml"} << "--progress";
        QTest::newRow("progress and none") << QStringList{"echo", "ws://127.0.0.1:1/", "--progress", "json", "-q"} << "--progress";
        QTest::newRow("another machine") << QStringList{"echo", "ws://192.0.2.1/"} << "--allow-remote";
        QTest::newRow("nobody there") << QStringList{"echo", "ws://127.0.0.1:1/"} << "refused";
        QTest::newRow("nothing to compare with") << QStringList{"echo", "ws://127.0.0.1:1/", "--compare", "/none"} << "/none";
        QTest::newRow("raw in a mode that is not") << QStringList{"connect", "tcp://127.0.0.1:1/"} << "ws://";
    }
    void exit_status_two_is_for_what_cannot_run()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, words);
        Program bench("jackfield-bench", arguments);
        QVERIFY(bench.ends());
        QCOMPARE(bench.process.exitCode(), 2);
        QVERIFY(bench.output.isEmpty());
        QVERIFY2(bench.problems.startsWith("jackfield-bench: ") && bench.problems.contains(words), qPrintable(bench.problems));
    }

    void exit_status_one_is_for_what_went_wrong()
    {
        // A server that is stopped while it is loaded.
        FloorServer floor;
        Program bench("jackfield-bench", {"echo", floor.url, "-c", "2", "-d", "1000", "--warm-up", "0", "--json", "-"});
        while (!catches(bench, SIGINT))
            QVERIFY(!bench.process.waitForFinished(1));
        wait_for_load(floor.program);
        floor.program.signal(SIGKILL);
        QVERIFY(bench.ends());
        QVERIFY2(bench.process.exitCode() == 1, qPrintable(bench.output + bench.problems));
        QCOMPARE(report_of(bench.output).errors.at("connection lost"), std::uint64_t{2});
    }

    void a_report_that_cannot_be_written_is_said()
    {
        FloorServer floor;
        Program bench("jackfield-bench", {"echo", floor.url, "-c", "1", "-d", "0.1", "--warm-up", "0", "--json", "/nowhere/run.json"});
        QVERIFY(bench.ends());
        QCOMPARE(bench.process.exitCode(), 2);
        QVERIFY(bench.problems.contains("/nowhere"));
    }

    void help_and_version_are_no_mistakes()
    {
        for (const QStringList& arguments : {QStringList{"--help"}, QStringList{"--version"}, QStringList{"ramp", "--help"}}) {
            Program bench("jackfield-bench", arguments);
            QVERIFY(bench.ends());
            QCOMPARE(bench.process.exitCode(), 0);
            QVERIFY(!bench.output.isEmpty());
        }
    }

private:
    static bool catches(const Program& program, int number)
    {
        QFile status(QStringLiteral("/proc/%1/status").arg(program.process.processId()));
        if (!status.open(QIODevice::ReadOnly))
            return false;
        static const QRegularExpression caught(QStringLiteral("^SigCgt:\\s*([0-9a-f]+)$"), QRegularExpression::MultilineOption);
        return ((caught.match(QString::fromUtf8(status.readAll())).captured(1).toULongLong(nullptr, 16) >> (number - 1)) & 1U) != 0;
    }
    /// Returns when the server has used some time of a processor.
    static void wait_for_load(const Program& server)
    {
        clockid_t clock{};
        ::clock_getcpuclockid(static_cast<pid_t>(server.process.processId()), &clock);
        timespec begin{};
        ::clock_gettime(clock, &begin);
        timespec now = begin;
        while (now.tv_sec - begin.tv_sec < 1 && now.tv_nsec - begin.tv_nsec < 20'000'000)
            QVERIFY(::clock_gettime(clock, &now) == 0); // else it has ended
    }
};

QTEST_GUILESS_MAIN(ProgramTest)
#include "program_test.moc"
