// An export and the opening of a recording run on threads of their own, can be cancelled, and leave nothing
// behind.
#include "tests/support/fake_engine_port.h"
#include "tests/support/made_capture.h"
#include "ui/models/export_job.h"
#include "ui/models/export_source.h"
#include "ui/models/recording_load.h"

#include <QDir>
#include <QFile>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <cerrno>
#include <csignal>
#include <sys/resource.h>
#include <utility>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::MadeCapture;

namespace {

constexpr int patience = 30'000;

std::unique_ptr<MadeCapture> capture(int messages, std::size_t size = 10)
{
    auto made = std::make_unique<MadeCapture>();
    const ConnectionId id = made->open(7);
    for (int i = 0; i < messages; ++i)
        made->fromBrowser(id, std::string(size, static_cast<char>('a' + i % 26)));
    return made;
}

QByteArray content(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(absent)");
}

void put(const QString& path, const QByteArray& text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

} // namespace

class ExportJobTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writes_the_file_from_a_thread_of_its_own()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("out.jsonl"));
        auto made = capture(1'000);
        QThread* reader = nullptr;
        made->onRead = [&](std::uint64_t) { reader = QThread::currentThread(); };
        ExportJob job(std::move(made), {path, RecordingFormat::json_lines, {}});
        QSignalSpy finished(&job, &ExportJob::finished);
        job.start();
        QVERIFY(finished.wait(patience));
        QVERIFY(job.outcome().has_value());
        QCOMPARE(job.outcome()->messages, 1'000U);
        QCOMPARE(job.outcome()->bytes, static_cast<std::uint64_t>(QFileInfo(path).size()));
        QCOMPARE(job.progress().done.load(), 1'000U);
        QVERIFY(reader != QThread::currentThread());
        QCOMPARE(content(path).count('\n'), 1'001);
    }

    void a_kick_during_the_export_of_that_client_leaves_the_file_as_it_was_asked_for() // LC-10
    {
        test::FakeEnginePort port;
        ConnectionStore connections;
        MessageStore messages(connections);
        QObject::connect(&port, &EnginePort::stateTaken, &connections, &ConnectionStore::apply);
        QObject::connect(&port, &EnginePort::trafficTaken, &messages, &MessageStore::apply);
        const auto info = test::FakeEnginePort::makeInfo(7);
        const ConnectionId id = port.open(info);
        for (int i = 0; i < 1'000; ++i)
            port.fromBrowser(id, std::to_string(i));

        struct Held : CaptureSource {
            Held(MessageStore& store, const ConnectionStore& known)
                : source(store, known, std::nullopt, true)
            { }
            void prepare() override { source.prepare(); }
            [[nodiscard]] std::uint64_t count() const override { return source.count(); }
            bool read(std::uint64_t index, CapturedMessage& message) override
            {
                if (index == 500 && !std::exchange(wasHeld, true)) {
                    half.release();
                    goOn.acquire();
                }
                return source.read(index, message);
            }
            [[nodiscard]] std::vector<ConnectionId> connections() const override
            {
                return source.connections();
            }
            [[nodiscard]] const CapturedConnection* connection(ConnectionId of) const override
            {
                return source.connection(of);
            }
            ExportSource source;
            bool wasHeld = false;
            QSemaphore half, goOn;
        };
        auto source = std::make_unique<Held>(messages, connections);
        Held& held = *source;
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("out.jsonl"));
        ExportJob job(std::move(source), {path, RecordingFormat::json_lines, {}});
        QSignalSpy finished(&job, &ExportJob::finished);
        job.start();
        held.half.acquire();
        port.close(info, 4'001, "kicked");
        port.fromBrowser(id, "too late for the file");
        QVERIFY(!connections.record(id)->isOpen());
        held.goOn.release();
        QVERIFY(!finished.isEmpty() || finished.wait(patience));
        QVERIFY(job.outcome().has_value());
        QCOMPARE(job.outcome()->messages, 1'000U);
        const QByteArray file = content(path);
        QVERIFY(!file.contains("too late"));
        QVERIFY(!file.contains("\"type\":\"close\"") && !file.contains("4001"));
        // One end, and another export has it.
        QCOMPARE(connections.openCount(), std::size_t{0});
        const QString again = folder.filePath(QStringLiteral("again.jsonl"));
        ExportJob second(std::make_unique<ExportSource>(messages, connections, std::nullopt, true),
            {again, RecordingFormat::json_lines, {}});
        QSignalSpy ended(&second, &ExportJob::finished);
        second.start();
        QVERIFY(!ended.isEmpty() || ended.wait(patience));
        QCOMPARE(content(again).count("4001"), 1);
    }

    void cancelling_half_way_leaves_the_old_file_and_nothing_else() // FF-14
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("out.har"));
        put(path, "old");
        auto made = capture(2'000, 10'000);
        QSemaphore half;
        QSemaphore goOn;
        // The messages are looked through once before they are written.
        int reads = 0;
        made->onRead = [&](std::uint64_t) {
            if (++reads == 3'000) {
                half.release();
                goOn.acquire();
            }
        };
        ExportJob job(std::move(made), {path, RecordingFormat::har, {}});
        QSignalSpy finished(&job, &ExportJob::finished);
        job.start();
        half.acquire();
        QVERIFY(job.progress().bytes > 1'000'000);
        QVERIFY(QFile::exists(path + QStringLiteral(".partial")));
        QCOMPARE(job.progress().done.load(), 999U);
        job.cancel();
        goOn.release();
        QVERIFY(finished.wait(patience));
        QVERIFY(job.outcome().has_value());
        QVERIFY(job.outcome()->cancelled);
        QVERIFY(reads <= 3'001); // it looks at the wish with every message
        QCOMPARE(content(path), "old");
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    }

    void destroying_a_job_cancels_it() // FI-29
    {
        QTemporaryDir folder;
        for (int round = 0; round < 50; ++round) {
            const QString path = folder.filePath(QStringLiteral("out.har"));
            put(path, "old");
            {
                ExportJob job(capture(300, 3'000), {path, RecordingFormat::har, {}});
                job.start();
            }
            const QByteArray now = content(path);
            QVERIFY(now == "old" || now.endsWith("]}}\n")); // it had been done by then
            QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
        }
    }

    void a_failure_is_told_and_can_be_tried_again() // FF-13
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("sub/out.csv"));
        ExportJob job(capture(3), {path, RecordingFormat::csv, {}});
        QSignalSpy finished(&job, &ExportJob::finished);
        QVERIFY(!job.takeSource());
        job.start();
        QVERIFY(finished.wait(patience));
        QVERIFY(!job.outcome());
        QVERIFY(job.outcome().error().message().find("No such file or directory") != std::string::npos);
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("sub")));
        ExportJob again(job.takeSource(), job.order());
        QSignalSpy finishedAgain(&again, &ExportJob::finished);
        again.start();
        QVERIFY(finishedAgain.wait(patience));
        QVERIFY(again.outcome().has_value());
        QCOMPARE(content(path).count("\r\n"), 4);
    }

    void a_disk_that_fills_half_way_leaves_the_old_file_and_a_retry() // RX-23
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("out.jsonl"));
        put(path, "old");
        // What a full disk answers, a file that may not grow answers too, half way.
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        rlimit small = before;
        small.rlim_cur = 1'000'000;
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        ExportJob job(capture(500, 10'000), {path, RecordingFormat::json_lines, {}});
        QSignalSpy finished(&job, &ExportJob::finished);
        job.start();
        const bool hasFinished = finished.wait(patience);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY(hasFinished);
        QVERIFY(!job.outcome());
        QCOMPARE(job.outcome().error().system_error, EFBIG);
        QVERIFY(job.progress().done.load() > 50 && job.progress().done.load() < 500);
        QCOMPARE(content(path), "old");
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("out.jsonl")});
        ExportJob again(job.takeSource(), job.order());
        QSignalSpy finishedAgain(&again, &ExportJob::finished);
        again.start();
        QVERIFY(finishedAgain.wait(patience));
        QVERIFY(again.outcome().has_value());
        QCOMPARE(content(path).count('\n'), 501);
    }

    void a_recording_is_loaded_in_the_order_of_time()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("in.har"));
        MadeCapture made;
        const ConnectionId a = made.open(1);
        const ConnectionId b = made.open(2);
        for (int i = 0; i < 10; ++i)
            made.fromBrowser(i % 2 == 0 ? a : b, std::to_string(i));
        put(path, QByteArray::fromStdString(test::written(made, RecordingFormat::har)));
        RecordingLoad load(path);
        QSignalSpy finished(&load, &RecordingLoad::finished);
        load.start();
        QVERIFY(finished.wait(patience));
        QVERIFY(load.outcome().has_value());
        const LoadedRecording& loaded = *load.outcome();
        QCOMPARE(loaded.connections.size(), 2U);
        QCOMPARE(loaded.messages.size(), 10U);
        for (std::size_t i = 0; i < 10; ++i)
            QCOMPARE(loaded.messages[i].payload.text(), std::string_view(std::to_string(i)));
    }

    void a_recording_larger_than_the_budget_is_loaded_in_part()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("in.jsonl"));
        auto made = capture(1'000, 1'000);
        put(path, QByteArray::fromStdString(test::written(*made, RecordingFormat::json_lines)));
        RecordingLoad load(path, 100'000);
        QSignalSpy finished(&load, &RecordingLoad::finished);
        load.start();
        QVERIFY(finished.wait(patience));
        QVERIFY(load.outcome().has_value());
        QVERIFY(load.outcome()->report.stopped);
        QVERIFY(load.outcome()->messages.size() > 10);
        QVERIFY(load.outcome()->messages.size() < 100);
    }
};

QTEST_GUILESS_MAIN(ExportJobTest)
#include "export_job_test.moc"
