#include "ui/benchmark/progress_reader.h"

#include <QTest>

using namespace jackfield::ui;

namespace {

const QByteArray lines = "{\"doing\":\"opening 100 connections\"}\n"
                         "{\"at_seconds\":1.0,\"seconds\":0.5,\"messages\":50,\"errors\":2,\"connections\":100,\"p50_us\":12.5,"
                         "\"p90_us\":20,\"p99_us\":80,\"p99_9_us\":400,\"max_us\":900,\"client_cpu\":0.25,\"server_cpu\":1.5,"
                         "\"server_memory\":1048576,\"messages_a_second\":100.0}\n"
                         "{\"doing\":\"frame/ping\",\"number\":3,\"of\":119}\n"
                         "jackfield-bench: it is not there\n";

std::vector<BenchmarkNews> readInPieces(const QByteArray& bytes, qsizetype size)
{
    ProgressReader reader;
    std::vector<BenchmarkNews> all;
    for (qsizetype from = 0; from < bytes.size(); from += size) {
        for (BenchmarkNews& one : reader.take(bytes.mid(from, size)))
            all.push_back(std::move(one));
    }
    for (BenchmarkNews& one : reader.finish())
        all.push_back(std::move(one));
    return all;
}

} // namespace

class ProgressReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_what_comes_in_any_pieces_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {1, 2, 7, 64, 100'000})
            QTest::addRow("%d", size) << size;
    }
    void reads_what_comes_in_any_pieces()
    {
        QFETCH(int, size);
        const auto news = readInPieces(lines, size);
        QCOMPARE(news.size(), std::size_t{4});
        const auto& opening = std::get<BenchmarkStep>(news[0]);
        QCOMPARE(opening.doing, QStringLiteral("opening 100 connections"));
        QCOMPARE(opening.of, 0);
        const auto& sample = std::get<BenchmarkSample>(news[1]);
        QCOMPARE(sample.atSeconds, 1.0);
        QCOMPARE(sample.messagesPerSecond, 100.0);
        QCOMPARE(sample.errors, quint64{2});
        QCOMPARE(sample.connections, quint64{100});
        QCOMPARE(sample.p50, 12.5);
        QCOMPARE(sample.p90, 20.0);
        QCOMPARE(sample.p99, 80.0);
        QCOMPARE(sample.p999, 400.0);
        QCOMPARE(sample.max, 900.0);
        QCOMPARE(sample.clientCpu, 0.25);
        QCOMPARE(sample.serverCpu.value_or(0), 1.5);
        QCOMPARE(sample.serverMemory.value_or(0), quint64{1'048'576});
        QCOMPARE(std::get<BenchmarkStep>(news[2]).number, 3);
        QCOMPARE(std::get<BenchmarkStep>(news[2]).of, 119);
        QCOMPARE(std::get<BenchmarkWords>(news[3]).text, QStringLiteral("jackfield-bench: it is not there"));
    }

    void a_server_that_is_not_watched_has_no_figures()
    {
        ProgressReader reader;
        const auto news = reader.take("{\"at_seconds\":1,\"messages_a_second\":5}\n");
        QVERIFY(!std::get<BenchmarkSample>(news.at(0)).serverCpu);
        QVERIFY(!std::get<BenchmarkSample>(news.at(0)).serverMemory);
    }

    void a_report_tells_the_rate_by_count_and_time()
    {
        ProgressReader reader;
        const auto news = reader.take("{\"at_seconds\":1,\"seconds\":0.5,\"messages\":50}\n");
        QCOMPARE(std::get<BenchmarkSample>(news.at(0)).messagesPerSecond, 100.0);
    }

    void the_last_line_needs_no_end()
    {
        ProgressReader reader;
        QVERIFY(reader.take("Segmentation fault").empty());
        QCOMPARE(std::get<BenchmarkWords>(reader.finish().at(0)).text, QStringLiteral("Segmentation fault"));
        QVERIFY(reader.finish().empty());
    }

    void what_another_version_says_is_no_error()
    {
        ProgressReader reader;
        QVERIFY(reader.take("{\"weather\":\"fair\"}\n\n   \n").empty());
    }

    void figures_of_the_wrong_kind_are_nothing()
    {
        ProgressReader reader;
        const auto news = reader.take("{\"at_seconds\":\"x\",\"connections\":-5,\"errors\":1e300,\"p50_us\":-1}\n");
        const auto& sample = std::get<BenchmarkSample>(news.at(0));
        QCOMPARE(sample.atSeconds, 0.0);
        QCOMPARE(sample.connections, quint64{0});
        QCOMPARE(sample.errors, quint64{0});
        QCOMPARE(sample.p50, 0.0);
    }

    void an_endless_line_is_cut()
    {
        ProgressReader reader;
        for (int i = 0; i < 100; ++i)
            QVERIFY(reader.take(QByteArray(10'000, 'x')).empty());
        const auto news = reader.take("\n{\"doing\":\"next\"}\n");
        QCOMPARE(news.size(), std::size_t{2});
        QCOMPARE(std::get<BenchmarkWords>(news[0]).text.size(), 65'536);
        QCOMPARE(std::get<BenchmarkStep>(news[1]).doing, QStringLiteral("next"));
    }
};

QTEST_GUILESS_MAIN(ProgressReaderTest)
#include "progress_reader_test.moc"
