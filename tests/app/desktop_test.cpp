#include "support/program.h"
#include "support/raw_client.h"

#include <QDir>
#include <QLockFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <memory>
#include <unistd.h>
#include <vector>

using namespace jackfield;
using test::good_handshake;
using test::Program;
using test::RawClient;

namespace {

/// Folders of a person's own, so that nothing of this machine is used.
struct Home {
    QTemporaryDir folder;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    Home()
    {
        QDir(folder.path()).mkdir("run");
        ::chmod(qPrintable(runtime()), 0700);
        environment.insert("HOME", folder.path());
        environment.insert("XDG_RUNTIME_DIR", runtime());
        environment.remove("XDG_CONFIG_HOME");
        environment.insert("QT_QPA_PLATFORM", "offscreen");
    }
    QString runtime() const { return folder.path() + "/run"; }
    QString config() const { return folder.path() + "/.config/jackfield"; }
    /// Settings that listen on a port of the kernel's choice without being told on the command line.
    void listen_anywhere() const
    {
        QDir().mkpath(config());
        QFile file(config() + "/settings.jackfield.json");
        const QByteArray content = "{\"jackfield\": 1, \"listeners\": [\"127.0.0.1:0\"]}\n";
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot prepare the settings");
    }
    QStringList sockets() const
    {
        return QDir(runtime()).entryList(QDir::System | QDir::Files | QDir::NoDotAndDotDot);
    }
};

} // namespace

class DesktopTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void serves_and_leaves_politely_on_a_signal()
    {
        const Home home;
        Program program("jackfield", {"--port", "0"}, home.environment);
        const std::uint16_t port = program.port();
        QVERIFY2(port != 0, qPrintable(program.output));
        RawClient client(SocketAddress::v4({127, 0, 0, 1}, port));
        client.upgrade(good_handshake(port, {}, "/page"));
        client.send_text("to the window");
        QCOMPARE(client.read_message(), std::string("to the window"));
        program.signal(SIGTERM);
        QCOMPARE(client.finish_close(), std::uint16_t{1001});
        QVERIFY(program.ends());
        QCOMPARE(program.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.process.exitCode(), 0);
    }

    void the_end_of_the_terminal_is_a_polite_one_too()
    {
        const Home home;
        Program program("jackfield", {"--port", "0"}, home.environment);
        const std::uint16_t port = program.port();
        QVERIFY2(port != 0, qPrintable(program.output));
        RawClient client(SocketAddress::v4({127, 0, 0, 1}, port));
        client.upgrade(good_handshake(port, {}, "/page"));
        program.signal(SIGHUP);
        QCOMPARE(client.finish_close(), std::uint16_t{1001});
        QVERIFY(program.ends());
        QCOMPARE(program.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.process.exitCode(), 0);
    }

    // LC-13
    void without_a_display_it_says_what_to_do()
    {
        Home home;
        home.environment.remove("QT_QPA_PLATFORM");
        home.environment.remove("DISPLAY");
        home.environment.remove("WAYLAND_DISPLAY");
        Program program("jackfield", {"--port", "0"}, home.environment);
        QVERIFY(program.ends());
        QCOMPARE(program.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.process.exitCode(), 1);
        QVERIFY2(program.problems.contains("no display") && program.problems.contains("jackfield-terminal"),
            qPrintable(program.problems));
        QCOMPARE(program.output, QString());
    }

    // LC-05
    void a_second_start_shows_the_first_window_and_ends()
    {
        const Home home;
        home.listen_anywhere();
        Program first("jackfield", {}, home.environment);
        QVERIFY2(first.port() != 0, qPrintable(first.output));
        Program second("jackfield", {}, home.environment);
        QVERIFY(second.ends());
        QCOMPARE(second.process.exitCode(), 0);
        QVERIFY2(second.output.contains(QString("process %1").arg(first.process.processId())),
            qPrintable(second.output + second.problems));
        QCOMPARE(first.process.state(), QProcess::Running);
    }

    // LC-05
    void one_folder_has_one_window_however_it_is_written()
    {
        const Home home;
        home.listen_anywhere();
        const QString link = home.folder.path() + "/link";
        QVERIFY(QFile::link(home.config(), link));
        Program first("jackfield", {"--config-dir", home.config()}, home.environment);
        QVERIFY2(first.port() != 0, qPrintable(first.output));
        for (const QString& written : {home.config() + "/", link}) {
            Program second("jackfield", {"--config-dir", written}, home.environment);
            QVERIFY(second.ends());
            QVERIFY2(second.output.contains(QString("process %1").arg(first.process.processId())),
                qPrintable(second.output + second.problems));
        }
    }

    void a_second_start_that_is_to_write_a_ready_file_fails()
    {
        const Home home;
        home.listen_anywhere();
        Program first("jackfield", {}, home.environment);
        QVERIFY2(first.port() != 0, qPrintable(first.output));
        const QString ready = home.folder.path() + "/ready";
        Program second("jackfield", {"--ready-file", ready}, home.environment);
        QVERIFY(second.ends());
        QCOMPARE(second.process.exitCode(), 1);
        QVERIFY2(second.problems.contains("was not written"), qPrintable(second.problems));
        QVERIFY(!QFile::exists(ready));
    }

    void a_start_with_addresses_of_its_own_is_another_server()
    {
        const Home home;
        home.listen_anywhere();
        Program first("jackfield", {}, home.environment);
        const std::uint16_t port = first.port();
        QVERIFY(port != 0);
        Program second("jackfield", {"--port", "0"}, home.environment);
        QVERIFY(second.port() != 0);
        QVERIFY(second.port() != port);
    }

    // LC-05
    void of_starts_at_the_same_time_one_stays()
    {
        const Home home;
        home.listen_anywhere();
        std::vector<std::unique_ptr<Program>> starts;
        for (int i = 0; i < 3; ++i)
            starts.push_back(std::make_unique<Program>("jackfield", QStringList(), home.environment));
        // Those that end name the one that stays.
        QList<qint64> named;
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                return std::count_if(starts.begin(), starts.end(), [](const auto& start) {
                    return start->process.state() == QProcess::NotRunning;
                }) == 2;
            }(),
            Program::patience);
        Program* stays = nullptr;
        for (const auto& start : starts) {
            if (start->process.state() != QProcess::NotRunning) {
                stays = start.get();
                continue;
            }
            QVERIFY(start->ends());
            QCOMPARE(start->process.exitCode(), 0);
            const auto process = start->wait_for(QStringLiteral("process (\\d+)"));
            named.append(process.captured(1).toLongLong());
        }
        QVERIFY(stays != nullptr);
        QVERIFY2(stays->port() != 0, qPrintable(stays->output));
        QCOMPARE(named, QList<qint64>(2, stays->process.processId()));
    }

    void a_project_is_served_and_a_second_start_hands_its_own_over()
    {
        const Home home;
        home.listen_anywhere();
        const auto project = [&](const QString& name, const QByteArray& address, const QByteArray& origin) {
            QFile file(home.folder.path() + "/" + name);
            const QByteArray content
                = "{\"jackfield\":1,\"listeners\":[\"" + address + ":0\"],\"access\":{\"origins\":[\"" + origin + "\"]}}";
            if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
                qFatal("cannot prepare a project");
            return file.fileName();
        };
        const QString one = project("one.jackfield.json", "127.0.0.1", "http://localhost:1");
        project("two.jackfield.json", "127.0.0.2", "http://localhost:2");
        Program first("jackfield", {one}, home.environment);
        const std::uint16_t port = first.port();
        QVERIFY2(port != 0, qPrintable(first.output));
        RawClient client(SocketAddress::v4({127, 0, 0, 1}, port));
        client.upgrade(good_handshake(port, {}, "/chat", "http://localhost:1"));
        RawClient stranger(SocketAddress::v4({127, 0, 0, 1}, port));
        stranger.send(good_handshake(port, {}, "/chat", "http://localhost:2"));
        QVERIFY(stranger.read_until_end().starts_with("HTTP/1.1 403 "));

        QProcess second; // with a path that only its own folder makes whole
        second.setProcessEnvironment(home.environment);
        second.setWorkingDirectory(home.folder.path());
        second.start(QStringLiteral(JACKFIELD_BINARY_DIR "/bin/jackfield"), {"./two.jackfield.json"});
        QVERIFY(second.waitForFinished(Program::patience));
        QCOMPARE(second.exitCode(), 0);
        const QString said = QString::fromUtf8(second.readAllStandardOutput());
        QVERIFY2(said.contains("its window opens the project"), qPrintable(said));
        const auto again = first.wait_for("^Listening on ws://127\\.0\\.0\\.2:(\\d+)/$");
        QVERIFY2(again.hasMatch(), qPrintable(first.output));
        const auto next = static_cast<std::uint16_t>(again.captured(1).toUInt());
        RawClient allowed(SocketAddress::v4({127, 0, 0, 2}, next));
        allowed.upgrade(good_handshake(next, {}, "/chat", "http://localhost:2"));
        QCOMPARE(QDir(home.config()).entryList({"*.dat"}), QStringList());
    }

    void a_project_that_cannot_be_used_is_told_and_the_settings_serve()
    {
        const Home home;
        home.listen_anywhere();
        Program program("jackfield", {home.folder.path() + "/none.jackfield.json"}, home.environment);
        QVERIFY(program.port() != 0);
        program.signal(SIGTERM);
        QVERIFY(program.ends());
        QVERIFY2(program.problems.contains("none.jackfield.json"), qPrintable(program.problems));
    }

    // LC-05
    void a_start_that_waits_for_its_turn_ends_on_a_signal_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
    }
    void a_start_that_waits_for_its_turn_ends_on_a_signal()
    {
        QFETCH(int, number);
        const Home home;
        home.listen_anywhere();
        QString place;
        {
            Program first("jackfield", {}, home.environment);
            QVERIFY(first.port() != 0);
            QCOMPARE(home.sockets().size(), 1);
            place = home.runtime() + u'/' + home.sockets().front();
            first.signal(SIGTERM);
            QVERIFY(first.ends());
        }
        QLockFile turn(place + QStringLiteral(".lock"));
        QVERIFY(turn.tryLock(0));
        Program waits("jackfield", {}, home.environment);
        QTRY_VERIFY_WITH_TIMEOUT(waits.blocks(number), Program::patience);
        waits.signal(number);
        QVERIFY(waits.ends());
        QCOMPARE(waits.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(waits.process.exitCode(), 128 + number);
        QCOMPARE(waits.output, QString()); // it never served
        QCOMPARE(waits.problems, QString());
    }

    void a_start_that_waits_for_an_answer_ends_on_a_signal()
    {
        const Home home;
        home.listen_anywhere();
        Program first("jackfield", {}, home.environment);
        QVERIFY(first.port() != 0);
        first.signal(SIGSTOP);
        Program waits("jackfield", {}, home.environment);
        QTRY_VERIFY_WITH_TIMEOUT(waits.blocks(SIGTERM), Program::patience);
        waits.signal(SIGTERM);
        QVERIFY(waits.ends());
        QCOMPARE(waits.process.exitCode(), 128 + SIGTERM);
        QCOMPARE(waits.output + waits.problems, QString());
        first.signal(SIGCONT);
    }

    void what_a_crash_left_behind_is_no_obstacle()
    {
        const Home home;
        home.listen_anywhere();
        {
            Program crashed("jackfield", {}, home.environment);
            QVERIFY(crashed.port() != 0);
            crashed.process.kill();
            QVERIFY(crashed.ends());
        }
        QCOMPARE(home.sockets().size(), 1);
        Program next("jackfield", {}, home.environment);
        QVERIFY(next.port() != 0);
        Program second("jackfield", {}, home.environment);
        QVERIFY(second.ends());
        QVERIFY(second.output.contains(QString("process %1").arg(next.process.processId())));
    }

    // LC-05
    void a_place_that_something_else_has_taken_is_told()
    {
        const Home home;
        home.listen_anywhere();
        {
            Program crashed("jackfield", {}, home.environment);
            QVERIFY(crashed.port() != 0);
            crashed.process.kill();
            QVERIFY(crashed.ends());
        }
        const QString place = home.runtime() + "/" + home.sockets().constFirst();
        QVERIFY(QFile::remove(place));
        QFile squatter(place);
        QVERIFY(squatter.open(QIODevice::WriteOnly));
        squatter.close();
        Program program("jackfield", {}, home.environment);
        QVERIFY(program.port() != 0);
        program.signal(SIGTERM);
        QVERIFY(program.ends());
        QVERIFY2(program.problems.contains("is not Jackfield's"), qPrintable(program.problems));
        QVERIFY(QFile::exists(place));
    }

    void a_runtime_folder_that_others_can_enter_is_not_used()
    {
        const Home home;
        home.listen_anywhere();
        QCOMPARE(::chmod(qPrintable(home.runtime()), 0755), 0);
        Program program("jackfield", {}, home.environment);
        QVERIFY(program.port() != 0);
        QVERIFY(home.sockets().isEmpty());
    }

    // FF-16
    void a_folder_that_cannot_be_made_is_told_and_it_serves_all_the_same()
    {
        Home home;
        home.environment.insert("HOME", "/dev/null");
        Program program("jackfield", {"--port", "0"}, home.environment);
        QVERIFY(program.port() != 0);
        program.signal(SIGINT);
        QVERIFY(program.ends());
        QVERIFY2(program.problems.contains("kept in memory only"), qPrintable(program.problems));
    }
};

QTEST_GUILESS_MAIN(DesktopTest)
#include "desktop_test.moc"
