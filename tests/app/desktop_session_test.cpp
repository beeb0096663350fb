// Leaving the desktop program with something that is not saved: the window, signals, and the settings.
#include "app/desktop/project_session.h"
#include "app/desktop/ready_file.h"
#include "app/desktop/session.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/views/main_window.h"
#include "ui/views/notice_bar.h"

#include "jackfield/engine.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/signalfd.h>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

using namespace jackfield;
using namespace jackfield::app;

namespace {

constexpr int patience = 20'000;

/// A run of the program around a folder, with signals of the test's own.
struct Run {
    QTemporaryDir folder;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<EngineThread> thread;
    std::unique_ptr<ConfigStore> store;
    std::unique_ptr<ui::EngineBridge> bridge;
    std::unique_ptr<ui::MainWindow> window;
    std::unique_ptr<ProjectSession> projects;
    std::unique_ptr<Session> session;
    std::array<int, 2> signals{-1, -1};

    Run()
    {
        if (::pipe2(signals.data(), O_NONBLOCK | O_CLOEXEC) != 0)
            qFatal("no pipe");
        EngineConfig config;
        config.listeners = {ListenSpec{SocketAddress::v4({127, 0, 0, 1}, 0), false, false}};
        ProjectSession::Options options;
        options.folder = project_of(config);
        engine = std::move(*Engine::create(std::move(config)));
        thread = std::move(*EngineThread::start(*engine));
        store
            = std::move(*ConfigStore::open(folder.path().toStdString(), std::chrono::milliseconds(patience)));
        bridge = std::make_unique<ui::EngineBridge>(*engine);
        window = std::make_unique<ui::MainWindow>(*bridge);
        projects = std::make_unique<ProjectSession>(*bridge, *window, std::move(options));
        session = std::make_unique<Session>(
            *bridge, *thread, *window, *projects, store.get(), std::string(), signals[0]);
        window->show();
    }
    ~Run()
    {
        session.reset();
        projects.reset();
        window.reset();
        bridge.reset();
        thread.reset();
        for (const int each : signals)
            ::close(each);
    }
    void signal(int number) const
    {
        signalfd_siginfo info{};
        info.ssi_signo = static_cast<std::uint32_t>(number);
        if (::write(signals[1], &info, sizeof info) != static_cast<ssize_t>(sizeof info))
            qFatal("no signal");
    }
    void set_limits(std::uint64_t max_message) const
    {
        Limits limits;
        limits.max_message = max_message;
        bridge->submit(command::SetLimits{limits});
    }
    QWidget* shown(const char* name) const
    {
        const auto found = window->findChildren<QWidget*>(QString::fromLatin1(name));
        for (QWidget* each : found) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    bool shows(const char* name) const
    {
        return QTest::qWaitFor([&] { return shown(name) != nullptr; }, patience);
    }
    bool hides(const char* name) const
    {
        return QTest::qWaitFor([&] { return shown(name) == nullptr; }, patience);
    }
    void press(const char* name) const
    {
        auto* button = qobject_cast<QPushButton*>(shown(name));
        if (button == nullptr)
            qFatal("there is no %s", name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    /// Something of the settings that cannot be saved, as on a full disk.
    bool fails_to_save() const
    {
        if (!QDir(folder.path()).mkpath(QStringLiteral("settings.jackfield.json/x")))
            return false;
        set_limits(2U << 20U);
        return shows("bar_not_saved");
    }
    bool opens_and_edits_a_project() const
    {
        const QString path = folder.filePath(QStringLiteral("shop.json"));
        QFile file(path);
        const QByteArray content
            = R"({"jackfield":1,"listeners":["127.0.0.1:0"],"access":{"hosts":["localhost"],"origins":["localhost"]}})";
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            return false;
        file.close();
        projects->open(path.toStdString());
        if (!QTest::qWaitFor([&] { return projects->path() == path.toStdString(); }, patience))
            return false;
        // What is changed while the project is being applied counts as its own.
        std::uint64_t most = 3U << 20U;
        return QTest::qWaitFor(
            [&] {
                set_limits(most += 4096);
                return projects->is_modified();
            },
            patience);
    }
    void repair() const
    {
        QDir(folder.filePath(QStringLiteral("settings.jackfield.json"))).removeRecursively();
    }
};

} // namespace

class DesktopSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_ready_file_is_written_by_another_thread()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("ready"));
        const auto content = [&] {
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        {
            ReadyFile file(path.toStdString(), {});
            for (int i = 0; i < 100; ++i)
                file.write({"line " + std::to_string(i), "end"});
        } // which waits for what is to be written
        QCOMPARE(content(), QByteArray("line 99\nend\n"));

        std::mutex mutex;
        std::vector<std::pair<std::thread::id, std::string>> problems;
        {
            ReadyFile file(folder.filePath(QStringLiteral("none/ready")).toStdString(), [&](const std::string& problem) {
                const std::lock_guard lock(mutex);
                problems.emplace_back(std::this_thread::get_id(), problem);
            });
            file.write({"line"});
        }
        QCOMPARE(problems.size(), std::size_t{1});
        QVERIFY(problems.front().first != std::this_thread::get_id());
        QVERIFY2(problems.front().second.find("none") != std::string::npos, problems.front().second.c_str());
    }

    void a_signal_does_not_wait_for_edits_of_the_listeners_data()
    {
        QTest::addColumn<QList<int>>("sent");
        QTest::newRow("the session ends") << QList<int>{SIGTERM};
        QTest::newRow("Ctrl+C, and again") << QList<int>{SIGINT, SIGINT};
    }

    void a_signal_does_not_wait_for_edits_of_the_listeners()
    {
        QFETCH(QList<int>, sent);
        Run run;
        QSignalSpy closed(run.window.get(), &ui::MainWindow::closed);
        QVERIFY(QTest::qWaitFor([&] { return run.bridge->status()->listening; }, patience));
        run.window->showListeners();
        auto* address = run.window->findChild<QLineEdit*>(QStringLiteral("listener_address"));
        QVERIFY(address != nullptr);
        address->setText(QStringLiteral("127.0.0.1:1"));
        for (const int each : sent) {
            QCOMPARE(closed.size(), 0);
            run.signal(each);
            if (each == SIGINT && !run.window->isAskingAboutEdits())
                QVERIFY(run.shows("listeners_edits"));
        }
        QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, patience);
    }

    void settings_that_could_not_be_saved_hold_up_the_closing()
    {
        Run run;
        QSignalSpy closed(run.window.get(), &ui::MainWindow::closed);
        QVERIFY2(run.fails_to_save(), "FF-01");
        run.window->close();
        QVERIFY(run.shows("settings_question"));
        QCOMPARE(closed.size(), 0);
        run.press("settings_cancel");
        QVERIFY(run.hides("settings_question"));
        QVERIFY(run.window->isVisible());
        run.window->close();
        QVERIFY(run.shows("settings_question"));
        run.press("settings_retry");
        QVERIFY(run.hides("settings_question"));
        QVERIFY2(run.shows("settings_question"), "it is asked again while it does not succeed");
        QCOMPARE(closed.size(), 0);
        run.repair();
        run.press("settings_retry");
        QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, patience);
        QFile saved(run.folder.filePath(QStringLiteral("settings.jackfield.json")));
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QVERIFY(saved.readAll().contains("2097152"));
    }

    void settings_can_be_given_up()
    {
        Run run;
        QSignalSpy closed(run.window.get(), &ui::MainWindow::closed);
        QVERIFY(run.fails_to_save());
        run.window->close();
        QVERIFY(run.shows("settings_question"));
        run.press("settings_close_anyway");
        QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, patience);
    }

    void the_end_of_a_session_is_not_held_up_and_says_what_is_lost()
    {
        Run run;
        QSignalSpy closed(run.window.get(), &ui::MainWindow::closed);
        QVERIFY(run.fails_to_save());
        run.signal(SIGTERM);
        QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, patience);
        QVERIFY(run.shown("settings_question") == nullptr);
    }

    void a_second_interrupt_after_a_cancelled_one_asks_again()
    {
        Run run;
        QSignalSpy closed(run.window.get(), &ui::MainWindow::closed);
        QVERIFY(run.opens_and_edits_a_project());
        for (int i = 0; i < 2; ++i) {
            run.signal(SIGINT);
            QVERIFY(run.shows("unsaved_question"));
            run.press("unsaved_cancel");
            QVERIFY(run.hides("unsaved_question"));
            QCOMPARE(closed.size(), 0);
        }
        run.signal(SIGINT);
        QVERIFY(run.shows("unsaved_question"));
        run.signal(SIGINT); // does not wait for the answer
        QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, patience);
    }

    void what_was_agreed_to_lose_counts_for_one_closing_only()
    {
        Run run;
        QSignalSpy closed(run.window.get(), &ui::MainWindow::closed);
        QVERIFY(run.fails_to_save());
        QVERIFY(run.opens_and_edits_a_project());
        for (int i = 0; i < 2; ++i) {
            run.window->close();
            QVERIFY(run.shows("unsaved_question"));
            run.press("unsaved_discard");
            QVERIFY(run.shows("settings_question"));
            run.press("settings_cancel");
            QVERIFY(run.hides("settings_question"));
            QCOMPARE(closed.size(), 0);
        }
    }
};

QTEST_MAIN(DesktopSessionTest)
#include "desktop_session_test.moc"
