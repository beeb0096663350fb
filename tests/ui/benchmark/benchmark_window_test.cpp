// The window with the real program, on a server of a port that the kernel chose.
#include "tests/ui/views/panel_fixture.h"
#include "ui/benchmark/benchmark_form.h"
#include "ui/benchmark/benchmark_offer.h"
#include "ui/benchmark/benchmark_process.h"
#include "ui/benchmark/benchmark_window.h"
#include "ui/benchmark/line_plot.h"
#include "ui/benchmark/run_store.h"
#include "ui/benchmark/runs_panel.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/views/elided_label.h"
#include "ui/views/inline_notice.h"
#include "ui/views/main_window.h"
#include "ui/views/tail_table.h"

#include "jackfield/engine.h"
#include "jackfield/engine_thread.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QToolButton>

#include <cerrno>
#include <csignal>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;

namespace {

constexpr int patience = 120'000;
const QString program = QStringLiteral(JACKFIELD_BINARY_DIR "/bin/jackfield-bench");

struct Fixture {
    std::unique_ptr<Engine> engine;
    std::unique_ptr<EngineThread> thread;
    std::unique_ptr<EngineBridge> bridge;
    QTemporaryDir folder;
    QPointer<BenchmarkWindow> window;

    Fixture()
    {
        EngineConfig config;
        config.listeners = default_listeners(0);
        config.listeners.pop_back(); // IPv6, which a machine may lack
        auto made = Engine::create(config);
        engine = std::move(*made);
        auto started = EngineThread::start(*engine);
        thread = std::move(*started);
        bridge = std::make_unique<EngineBridge>(*engine);
    }
    ~Fixture()
    {
        delete window;
        bridge.reset();
        thread->abandon();
    }
    void open(const QString& path = program)
    {
        QVERIFY(QTest::qWaitFor([&] { return bridge->status()->listening; }, patience));
        window = new BenchmarkWindow(*bridge,
            {folder.filePath(QStringLiteral("window.ini")), folder.filePath(QStringLiteral("runs")), [path] { return path; }});
        window->show();
    }
    /// Few connections, for a second.
    void makeSmall() const
    {
        child<QSpinBox>(*window, "benchmark_connections")->setValue(4);
        child<QSpinBox>(*window, "benchmark_duration")->setValue(1);
    }
    /// Runs of another day, newest first.
    QStringList putRuns(int count) const
    {
        QDir(folder.path()).mkpath(QStringLiteral("runs"));
        QStringList ids;
        for (int i = count; i > 0; --i) {
            ids += QStringLiteral("run-2026110%1-000000-000").arg(i);
            const QString file = folder.filePath(QStringLiteral("runs/")) + ids.back();
            put(file + QStringLiteral(".html"), "<!DOCTYPE html>");
            put(file + QStringLiteral(".json"),
                "{\"program\": \"jackfield-bench\", \"format\": 1, \"mode\": \"echo\", \"messages_a_second\": " + QByteArray::number(100 * i)
                    + ", \"series\": [{\"at_seconds\": 1, \"messages_a_second\": 5}]}");
        }
        return ids;
    }
    static void put(const QString& path, const QByteArray& bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    void start() const { child<QPushButton>(*window, "benchmark_start")->click(); }
    void run() const
    {
        QSignalSpy ended(window, &BenchmarkWindow::runEnded);
        start();
        QVERIFY(!ended.isEmpty() || ended.wait(patience));
    }
    [[nodiscard]] QString notice() const { return child<InlineNotice>(*window, "benchmark_notice")->text(); }
    [[nodiscard]] RunsPanel& panel() const { return *child<RunsPanel>(*window, "benchmark_runs"); }
    [[nodiscard]] LinePlot& plot(const char* name) const { return *child<LinePlot>(*window, name); }
};

} // namespace

class BenchmarkWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_run_is_shown_and_kept()
    {
        Fixture f;
        f.open();
        f.makeSmall();
        QSignalSpy sampled(&f.window->process(), &BenchmarkProcess::sampled);
        f.run();
        QVERIFY2(!sampled.isEmpty(), qPrintable(f.notice()));
        QCOMPARE(f.window->runs().runs().size(), std::size_t{1});
        const BenchmarkReport& report = f.window->runs().runs().front().report;
        QCOMPARE(report.mode, QStringLiteral("echo"));
        QVERIFY(report.messages > 0);
        QVERIFY(report.serverCpuPerMessage); // this process is watched
        QVERIFY(QFile::exists(f.window->runs().htmlFile(f.window->runs().runs().front().id)));
        QCOMPARE(f.panel().selected(), QStringList{f.window->runs().runs().front().id});
        QCOMPARE(f.plot("benchmark_throughput").lines().size(), std::size_t{1});
        QCOMPARE(f.plot("benchmark_latency").lines().size(), std::size_t{4});
        QVERIFY(!f.plot("benchmark_latency").lines().front().points.empty());
        QVERIFY(child<TailTable>(*f.window, "benchmark_figures")->model()->rowCount() > 5);
        QCOMPARE(child<QPushButton>(*f.window, "benchmark_start")->text(), QStringLiteral("&Start"));
    }

    /// The desktop program blocks the signals that it reads by a descriptor; the process must not inherit that.
    void stop_ends_it_with_a_report()
    {
        sigset_t interrupt;
        sigset_t before;
        sigemptyset(&interrupt);
        sigaddset(&interrupt, SIGINT);
        pthread_sigmask(SIG_BLOCK, &interrupt, &before);
        Fixture f;
        f.open();
        f.makeSmall();
        child<QSpinBox>(*f.window, "benchmark_duration")->setValue(600);
        QSignalSpy sampled(&f.window->process(), &BenchmarkProcess::sampled);
        QSignalSpy ended(f.window, &BenchmarkWindow::runEnded);
        f.start();
        QVERIFY(sampled.wait(patience));
        f.start(); // which is Stop by now
        QVERIFY(ended.wait(patience));
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
        QCOMPARE(f.window->runs().runs().size(), std::size_t{1});
        QVERIFY(f.window->runs().runs().front().report.isInterrupted);
        QVERIFY(child<ElidedLabel>(*f.window, "benchmark_heading")->content().contains(QStringLiteral("stopped")));
    }

    void two_runs_are_compared()
    {
        Fixture f;
        const QStringList ids = f.putRuns(2);
        f.open();
        f.panel().select(ids);
        QCOMPARE(f.panel().selected(), ids);
        QCOMPARE(child<TailTable>(*f.window, "benchmark_figures")->model()->columnCount(), 4);
        const auto& lines = f.plot("benchmark_throughput").lines();
        QCOMPARE(lines.size(), std::size_t{2});
        QVERIFY(lines.front().isDashed && !lines.back().isDashed);
        QVERIFY(!child<QToolButton>(*f.window, "benchmark_export")->isEnabled());
    }

    void a_run_is_exported_as_page_and_report()
    {
        Fixture f;
        const QString id = f.putRuns(1).front();
        f.open();
        const auto contentOf = [](const QString& path) {
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const QString page = f.folder.filePath(QStringLiteral("a.html"));
        const QString report = f.folder.filePath(QStringLiteral("a.json"));
        QCOMPARE(f.panel().exportTo(id, page), QString());
        QCOMPARE(f.panel().exportTo(id, report), QString());
        QVERIFY(contentOf(page).startsWith("<!DOCTYPE html>"));
        QVERIFY(contentOf(report).contains("\"program\": \"jackfield-bench\""));
        QVERIFY(!f.panel().exportTo(id, f.folder.filePath(QStringLiteral("no/such/a.json"))).isEmpty());
    }

    void deleting_asks_first()
    {
        Fixture f;
        const QStringList ids = f.putRuns(2);
        f.open();
        f.panel().select({ids.front()});
        const auto answer = [&](const char* button) {
            child<QToolButton>(*f.window, "benchmark_delete")->click();
            QPointer<QMessageBox> question = child<QMessageBox>(*f.window, "benchmark_delete_question");
            QVERIFY(question->isVisible());
            child<QPushButton>(*question, button)->click();
            QTRY_VERIFY(question.isNull());
        };
        answer("benchmark_delete_no");
        QCOMPARE(f.window->runs().runs().size(), std::size_t{2});
        answer("benchmark_delete_yes");
        QCOMPARE(f.window->runs().runs().size(), std::size_t{1});
        QCOMPARE(f.window->runs().runs().front().id, ids.back());
        QVERIFY(!child<QToolButton>(*f.window, "benchmark_delete")->isEnabled());
    }

    void what_goes_wrong_is_told_in_the_programs_words()
    {
        Fixture f;
        f.open();
        // A port where nobody listens: a server that has gone.
        quint16 port = 0;
        {
            Fixture gone;
            QVERIFY(QTest::qWaitFor([&] { return gone.bridge->status()->listening; }, patience));
            port = gone.bridge->status()->listeners.front().bound.port();
            gone.engine->submit(command::StopListening{});
            QVERIFY(QTest::qWaitFor([&] { return !gone.bridge->status()->listening; }, patience));
        }
        child<QComboBox>(*f.window, "benchmark_target")->setEditText(QStringLiteral("ws://127.0.0.1:%1/").arg(port));
        f.makeSmall();
        f.run();
        QVERIFY2(f.notice().contains(QStringLiteral("refused")), qPrintable(f.notice()));
    }

    void a_missing_program_names_its_package()
    {
        Fixture f;
        f.open(QString());
        QVERIFY(f.notice().contains(QStringLiteral("jackfield-terminal")));
        f.start();
        QVERIFY(!f.window->process().isRunning());
        QVERIFY(f.notice().contains(QStringLiteral("apt install")));
    }

    void a_program_that_does_not_start_is_told()
    {
        Fixture f;
        f.open(f.folder.filePath(QStringLiteral("not-there")));
        f.run();
        QVERIFY(!f.notice().isEmpty());
        QVERIFY(f.window->runs().runs().empty());
        QVERIFY(child<QWidget>(*f.window, "benchmark_mode")->isEnabled());
    }

    void closing_the_window_ends_the_process()
    {
        Fixture f;
        f.open();
        f.makeSmall();
        child<QSpinBox>(*f.window, "benchmark_duration")->setValue(600);
        QSignalSpy sampled(&f.window->process(), &BenchmarkProcess::sampled);
        f.start();
        QVERIFY(sampled.wait(patience));
        const auto pid = static_cast<pid_t>(f.window->process().processId());
        QCOMPARE(::kill(pid, 0), 0);
        f.window->close();
        QTRY_VERIFY(f.window.isNull());
        QCOMPARE(::kill(pid, 0), -1);
        QCOMPARE(errno, ESRCH);
    }

    void the_form_is_remembered()
    {
        Fixture f;
        f.open();
        child<QSpinBox>(*f.window, "benchmark_connections")->setValue(42);
        f.window->close();
        QTRY_VERIFY(f.window.isNull());
        f.open();
        QCOMPARE(child<QSpinBox>(*f.window, "benchmark_connections")->value(), 42);
    }

    void the_main_window_leads_there()
    {
        Fixture f;
        MainWindow window(*f.bridge);
        auto* action = window.findChild<QAction*>(QStringLiteral("server_benchmark"));
        QVERIFY(!action->isVisible());
        offerBenchmark(window, *f.bridge, {}, {}, {});
        QVERIFY(action->isVisible());
        action->trigger();
        QPointer<BenchmarkWindow> first = window.findChild<BenchmarkWindow*>();
        QVERIFY(first && first->isVisible());
        action->trigger();
        QCOMPARE(window.findChildren<BenchmarkWindow*>().size(), 1);
        first->close();
        action->trigger(); // before the closed one is deleted
        QTRY_VERIFY(first.isNull());
        QVERIFY(window.findChild<BenchmarkWindow*>()->isVisible());
    }

    void every_control_has_its_names()
    {
        Fixture f;
        f.open();
        QCOMPARE(test::faultsOf(*f.window), QStringList());
    }
};

QTEST_MAIN(BenchmarkWindowTest)
#include "benchmark_window_test.moc"
