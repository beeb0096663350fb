// A report survives being written and read, and what is no report is refused in words.
#include "app/bench/result_json.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace jackfield;
using bench::RunResult;

namespace {

RunResult full_result()
{
    RunResult result;
    result.mode = "ramp";
    result.target = "ws://127.0.0.1:4567/echo";
    result.tool_version = "0.1.0";
    result.started_at = "2026-11-23T04:05:06Z";
    result.machine = "Linux 6.1.0 x86_64, 2 processors";
    result.parameters = {{"connections", "100"}, {"size", "16"}, {"a first in no order", "x"}};
    result.seconds = 10.25;
    result.interrupted = true;
    result.failed = true;
    result.connections = 100;
    result.opening_seconds = 0.5;
    result.messages = 1'234'567'890'123;
    result.messages_a_second = 123.5;
    result.bytes_sent = 5;
    result.bytes_received = 6;
    result.payload_bytes = 7;
    result.errors = {{"wrong answer", 3}};
    result.error_example = "an answer \"differs\"";
    result.warnings = {"the client was the limit"};
    result.latency = {10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, {{1, 2, 7}, {2, 4, 3}}};
    result.series = {{1, 1, 5, 1, 100, 3, 5, 7, 9, 10, 0.5, 0.75, 4'096}, {1.5, 0.5, 5, 0, 99, 3, 5, 7, 9, 10, 0.5, {}, {}}};
    result.client_cpu = bench::Cpu{1.5, 0.25, 0.5};
    result.server_cpu = bench::Cpu{1.5, 0.25, {}};
    result.server_memory = bench::ServerMemory{1, 2, 3, 512.5};
    result.ramp = {{1'000, 999.5, 1, 2, 3, true}, {2'000, 1'500, 1, 20, 30, false}};
    result.knee = 1'000;
    result.late_messages = 0.125;
    result.checks = {{"frame/rsv1", "RFC 6455 section 5.2", "a frame", "1002", "1000", "fail"}};
    return result;
}

} // namespace

class ResultJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_back_what_it_wrote()
    {
        const RunResult written = full_result();
        const auto read = bench::from_json(bench::to_json(written));
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        QVERIFY(*read == written);
    }

    void an_empty_result_survives_too()
    {
        const auto read = bench::from_json(bench::to_json({}));
        QVERIFY(read);
        QVERIFY(*read == RunResult{});
    }

    void text_that_is_no_utf8_is_replaced_and_not_thrown()
    {
        RunResult result;
        result.error_example = "\xff";
        const auto read = bench::from_json(bench::to_json(result));
        QVERIFY(read);
        QCOMPARE(read->error_example, std::string("\xef\xbf\xbd"));
    }

    void progress_is_one_object_a_line()
    {
        bench::SeriesPoint point = full_result().series.front();
        point.seconds = 0.5;
        const QByteArray interval = QByteArray::fromStdString(bench::progress_json(point));
        QVERIFY(interval.endsWith('\n') && interval.count('\n') == 1);
        const QJsonObject read = QJsonDocument::fromJson(interval).object();
        QCOMPARE(read["at_seconds"].toDouble(), 1.0);
        QCOMPARE(read["messages_a_second"].toDouble(), 10.0);
        QCOMPARE(read["p90_us"].toDouble(), 5.0);
        QCOMPARE(read["p99_9_us"].toDouble(), 9.0);
        QCOMPARE(read["server_cpu"].toDouble(), 0.75);
        QCOMPARE(QByteArray::fromStdString(bench::progress_json("warming up")), QByteArray("{\"doing\":\"warming up\"}\n"));
        QCOMPARE(QByteArray::fromStdString(bench::progress_json(2, 9, "frame/rsv1")),
            QByteArray("{\"doing\":\"frame/rsv1\",\"number\":2,\"of\":9}\n"));
        point.seconds = 0; // no rate, and no number that JSON lacks
        QVERIFY(!QJsonDocument::fromJson(QByteArray::fromStdString(bench::progress_json(point))).isNull());
    }

    void passes_over_what_it_does_not_know()
    {
        const auto read = bench::from_json(R"({"program":"jackfield-bench","format":1,"mode":"echo","new":[1]})");
        QVERIFY(read);
        QCOMPARE(read->mode, std::string("echo"));
    }

    void refuses_what_is_no_report_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray("");
        QTest::newRow("no JSON") << QByteArray("{");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("of another program") << QByteArray(R"({"program":"ab","format":1})");
        QTest::newRow("of a newer one") << QByteArray(R"({"program":"jackfield-bench","format":2})");
        QTest::newRow("without a format") << QByteArray(R"({"program":"jackfield-bench"})");
        QTest::newRow("a text for a number") << QByteArray(R"({"program":"jackfield-bench","format":1,"messages":"1"})");
        QTest::newRow("a number for an object") << QByteArray(R"({"program":"jackfield-bench","format":1,"latency":1})");
        QTest::newRow("a short bucket")
            << QByteArray(R"({"program":"jackfield-bench","format":1,"latency":{"buckets":[[1,2]]}})");
        QTest::newRow("a point that is none") << QByteArray(R"({"program":"jackfield-bench","format":1,"series":[[]]})");
    }

    void refuses_what_is_no_report()
    {
        QFETCH(QByteArray, text);
        const auto read = bench::from_json(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::malformed);
        QVERIFY(!read.error().detail.empty());
    }

    void a_file_that_is_not_there_is_said_to_be()
    {
        const QTemporaryDir folder;
        const auto read = bench::read_result_file(folder.filePath("none.json").toStdString());
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::not_found);
    }

    void reads_a_file()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath("run.json").toStdString();
        std::ofstream(path) << bench::to_json(full_result());
        const auto read = bench::read_result_file(path);
        QVERIFY(read);
        QVERIFY(*read == full_result());
    }
};

QTEST_GUILESS_MAIN(ResultJsonTest)
#include "result_json_test.moc"
