#include "ui/benchmark/benchmark_text.h"
#include "ui/benchmark/figure_model.h"
#include "ui/benchmark/run_store.h"
#include "ui/benchmark/run_table_model.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace jackfield::ui;

namespace {

QByteArray report(double rate, const QByteArray& mode = "echo", const QByteArray& more = {})
{
    return "{\"program\":\"jackfield-bench\",\"format\":1,\"mode\":\"" + mode
        + "\",\"target\":\"ws://127.0.0.1:4567/echo\",\"started_at\":\"2026-11-23T04:05:06Z\",\"parameters\":{\"size\":\"16\"},"
          "\"seconds\":10,\"messages\":1000,\"messages_a_second\":"
        + QByteArray::number(rate)
        + ",\"errors\":{\"lost\":2,\"wrong\":1},\"latency\":{\"p50_us\":100,\"p99_us\":2000},"
          "\"server_cpu\":{\"us_a_message\":6.5},\"series\":[{\"at_seconds\":1,\"seconds\":1,\"messages\":7}]"
        + more + "}";
}

void put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

/// A run as the program would leave it.
QString putRun(RunStore& store, double rate)
{
    const QString id = store.newId();
    put(store.jsonFile(id), report(rate));
    put(store.htmlFile(id), "<p>page</p>");
    return id;
}

QString cell(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class RunStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_report_is_read()
    {
        const auto read = readBenchmarkReport(report(1234.5));
        QVERIFY(read);
        QCOMPARE(read->mode, QStringLiteral("echo"));
        QCOMPARE(read->startedAt, QDateTime(QDate(2026, 11, 23), QTime(4, 5, 6), Qt::UTC));
        QCOMPARE(read->messagesPerSecond, 1234.5);
        QCOMPARE(read->p99, 2000.0);
        QCOMPARE(read->errors, 3.0);
        QCOMPARE(read->serverCpuPerMessage.value_or(0), 6.5);
        QVERIFY(!read->knee);
        QCOMPARE(read->series.at(0).messagesPerSecond, 7.0);
    }

    void what_is_no_report_is_not_read_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("hello");
        QTest::newRow("a list") << QByteArray("[1]");
        QTest::newRow("of another program") << QByteArray("{\"program\":\"wrk\",\"format\":1}");
        QTest::newRow("of a newer one") << QByteArray("{\"program\":\"jackfield-bench\",\"format\":2}");
        QTest::newRow("without a format") << QByteArray("{\"program\":\"jackfield-bench\"}");
        QTest::newRow("cut") << report(1).chopped(5);
    }
    void what_is_no_report_is_not_read()
    {
        QFETCH(QByteArray, json);
        QVERIFY(!readBenchmarkReport(json));
    }

    void runs_are_kept_from_one_start_to_the_next()
    {
        QTemporaryDir folder;
        QString first;
        QString second;
        {
            RunStore store(folder.filePath(QStringLiteral("deep/runs")));
            QSignalSpy changed(&store, &RunStore::changed);
            first = putRun(store, 1);
            QVERIFY(store.add(first));
            second = putRun(store, 2);
            QVERIFY(first != second);
            QVERIFY(store.add(second));
            QCOMPARE(changed.size(), 2);
            QCOMPARE(store.runs().at(0).id, second);
        }
        RunStore again(folder.filePath(QStringLiteral("deep/runs")));
        QCOMPARE(again.runs().size(), std::size_t{2});
        QCOMPARE(again.runs().at(0).report.messagesPerSecond, 2.0);
        QVERIFY(again.find(first) != nullptr);
        QVERIFY(again.find(QStringLiteral("run-of-another")) == nullptr);
    }

    void the_oldest_give_way()
    {
        QTemporaryDir folder;
        RunStore store(folder.path(), 3);
        QStringList ids;
        for (int i = 0; i < 5; ++i) {
            ids += putRun(store, i);
            QVERIFY(store.add(ids.back()));
        }
        QCOMPARE(store.runs().size(), std::size_t{3});
        QCOMPARE(store.runs().back().id, ids[2]);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 6);
    }

    void what_is_not_ours_stays()
    {
        QTemporaryDir folder;
        put(folder.filePath(QStringLiteral("notes.json")), "{}");
        put(folder.filePath(QStringLiteral("run-of-mine.json")), "hello");
        RunStore store(folder.path(), 1);
        QVERIFY(store.runs().empty());
        for (int i = 0; i < 3; ++i)
            QVERIFY(store.add(putRun(store, i)));
        QVERIFY(QFile::exists(folder.filePath(QStringLiteral("notes.json"))));
        QVERIFY(QFile::exists(folder.filePath(QStringLiteral("run-of-mine.json"))));
    }

    void a_run_without_a_report_is_none()
    {
        QTemporaryDir folder;
        RunStore store(folder.path());
        const QString id = store.newId();
        QVERIFY(!store.add(id));
        put(store.jsonFile(id), "{\"half");
        QVERIFY(!store.add(id));
        QVERIFY(store.runs().empty());
    }

    void a_deleted_run_is_gone_from_the_disk()
    {
        QTemporaryDir folder;
        RunStore store(folder.path());
        const QString id = putRun(store, 1);
        QVERIFY(store.add(id));
        QVERIFY(store.remove(id));
        QVERIFY(store.runs().empty());
        QVERIFY(QDir(folder.path()).entryList(QDir::Files).isEmpty());
    }

    void a_folder_that_cannot_be_made_gives_no_name()
    {
        QTemporaryDir folder;
        put(folder.filePath(QStringLiteral("file")), "x");
        RunStore store(folder.filePath(QStringLiteral("file/runs")));
        QVERIFY(store.newId().isEmpty());
    }

    void the_table_shows_the_figures()
    {
        QTemporaryDir folder;
        RunStore store(folder.path());
        RunTableModel model(store);
        const QAbstractItemModelTester tester(&model);
        QVERIFY(store.add(putRun(store, 12'345)));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(cell(model, 0, static_cast<int>(RunColumn::Mode)), QStringLiteral("echo"));
        QCOMPARE(cell(model, 0, static_cast<int>(RunColumn::Throughput)), QStringLiteral("12,345/s"));
        QCOMPARE(cell(model, 0, static_cast<int>(RunColumn::Median)), QStringLiteral("100 µs"));
        QCOMPARE(cell(model, 0, static_cast<int>(RunColumn::Tail)), QStringLiteral("2 ms"));
        QCOMPARE(cell(model, 0, static_cast<int>(RunColumn::Target)), QStringLiteral("ws://127.0.0.1:4567/echo"));
        QCOMPARE(model.idAt(0), store.runs().at(0).id);
        QVERIFY(store.remove(model.idAt(0)));
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(model.idAt(0).isEmpty());
    }

    void two_runs_stand_side_by_side()
    {
        FigureModel model;
        const QAbstractItemModelTester tester(&model);
        model.compare(*readBenchmarkReport(report(100)), *readBenchmarkReport(report(150)));
        QCOMPARE(model.columnCount(), 4);
        QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), QStringLiteral("Earlier"));
        QCOMPARE(cell(model, 0, 0), QStringLiteral("Throughput"));
        QCOMPARE(cell(model, 0, 1), QStringLiteral("100/s"));
        QCOMPARE(cell(model, 0, 2), QStringLiteral("150/s"));
        QCOMPARE(cell(model, 0, 3), QStringLiteral("+50 %"));
        QCOMPARE(cell(model, 1, 3), QStringLiteral("="));
        model.show(*readBenchmarkReport(report(100)));
        QCOMPARE(model.columnCount(), 2);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void a_check_shows_what_did_not_pass()
    {
        FigureModel model;
        model.show(*readBenchmarkReport(report(0, "check",
            ",\"checks\":[{\"name\":\"a\",\"outcome\":\"pass\"},{\"name\":\"frame/x\",\"section\":\"RFC 6455 section 5.2\","
            "\"expected\":\"1002\",\"received\":\"\\u001b[2J\",\"outcome\":\"fail\"}]")));
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(cell(model, 0, 1), QStringLiteral("1"));
        QCOMPARE(cell(model, 4, 0), QStringLiteral("frame/x"));
        QVERIFY(cell(model, 4, 1).contains(QStringLiteral("\u27E8ESC\u27E9[2J; wanted: 1002")));
    }

    void a_change_has_its_sign_data()
    {
        QTest::addColumn<double>("before");
        QTest::addColumn<double>("after");
        QTest::addColumn<QString>("said");
        QTest::newRow("more") << 100.0 << 103.2 << QStringLiteral("+3.2 %");
        QTest::newRow("less") << 100.0 << 50.0 << QStringLiteral("\u221250 %");
        QTest::newRow("alike") << 100.0 << 100.01 << QStringLiteral("=");
        QTest::newRow("from nothing") << 0.0 << 5.0 << QString();
    }
    void a_change_has_its_sign()
    {
        QFETCH(double, before);
        QFETCH(double, after);
        QTEST(differenceText({{}, {}, before}, {{}, {}, after}), "said");
    }

    void times_have_three_digits_data()
    {
        QTest::addColumn<double>("us");
        QTest::addColumn<QString>("text");
        QTest::newRow("small") << 1.234 << QStringLiteral("1.23 µs");
        QTest::newRow("tens") << 12.34 << QStringLiteral("12.3 µs");
        QTest::newRow("hundreds") << 999.4 << QStringLiteral("999 µs");
        QTest::newRow("next unit") << 999.6 << QStringLiteral("1.00 ms");
        QTest::newRow("whole") << 10'000.0 << QStringLiteral("10 ms");
        QTest::newRow("seconds") << 2'500'000.0 << QStringLiteral("2.50 s");
    }
    void times_have_three_digits()
    {
        QFETCH(double, us);
        QTEST(formatMicroseconds(us), "text");
    }
};

QTEST_GUILESS_MAIN(RunStoreTest)
#include "run_store_test.moc"
