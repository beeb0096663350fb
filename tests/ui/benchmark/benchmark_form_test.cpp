#include "tests/support/listening_status.h"
#include "tests/ui/views/panel_fixture.h"
#include "ui/benchmark/benchmark_form.h"
#include "ui/benchmark/own_server.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;

namespace {

void choose(BenchmarkForm& form, BenchmarkMode mode)
{
    auto* field = child<QComboBox>(form, "benchmark_mode");
    field->setCurrentIndex(field->findData(nameOf(mode)));
}

void enterUrl(BenchmarkForm& form, const char* url)
{
    child<QComboBox>(form, "benchmark_target")->setEditText(QLatin1String(url));
}

ServerStatus serverWithChat()
{
    ServerStatus status = test::listeningStatus(4567);
    status.endpoints = default_endpoints();
    return status;
}

} // namespace

Q_DECLARE_METATYPE(jackfield::ui::BenchmarkMode)

class BenchmarkFormTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_command_line_has_what_the_mode_takes_data()
    {
        QTest::addColumn<BenchmarkMode>("mode");
        QTest::addColumn<QString>("line");
        const auto row = [](BenchmarkMode mode, const QByteArray& line) {
            QTest::newRow(line.constData()) << mode << QString::fromLatin1(line);
        };
        const QByteArray messages = "--size 8 --content random --binary --fragments 4 ";
        const QByteArray all = " --deflate no-takeover --subprotocol chat --config-dir /c";
        const QByteArray more = " --header a:\tb --insecure";
        row(BenchmarkMode::Echo, "--connections 7 " + messages + "--depth 9 --duration 3" + all + " --pid 5" + more);
        row(BenchmarkMode::Rate, "--connections 7 " + messages + "--duration 3 --rate 11" + all + " --pid 5" + more);
        row(BenchmarkMode::Connect, "--connections 7 --duration 3" + all + " --pid 5" + more);
        row(BenchmarkMode::Idle, "--connections 7 --duration 3" + all + " --pid 5" + more);
        row(BenchmarkMode::Fanout, "--connections 7 " + messages + "--depth 9 --duration 3" + all + " --pid 5" + more);
        row(BenchmarkMode::Ramp, "--connections 7 " + messages + "--duration 3 --from 11 --bound 20000" + all + " --pid 5" + more);
        row(BenchmarkMode::Soak, "--connections 7 --duration 3" + all + " --pid 5" + more);
        row(BenchmarkMode::Check, all.mid(1) + more);
    }
    void the_command_line_has_what_the_mode_takes()
    {
        QFETCH(BenchmarkMode, mode);
        QFETCH(QString, line);
        const BenchmarkPlan plan{mode, QStringLiteral("ws://[::1]:1/"), false, 7, 8, 9, 3, 11, 20, 4, QStringLiteral("random"),
            QStringLiteral("no-takeover"), QStringLiteral("chat"), QStringLiteral("--header \"a:\tb\" --insecure"), 5, QStringLiteral("/c")};
        const QStringList expected = QStringList{nameOf(mode), QStringLiteral("ws://[::1]:1/")} + line.split(u' ')
            + QStringList{QStringLiteral("--progress"), QStringLiteral("json"), QStringLiteral("--json"), QStringLiteral("a b.json"),
                QStringLiteral("--html"), QStringLiteral("a b.html")};
        QCOMPARE(argumentsOf(plan, QStringLiteral("a b.json"), QStringLiteral("a b.html")), expected);
    }

    void what_is_usual_is_said_shortly()
    {
        const QStringList line = argumentsOf(usualPlan(BenchmarkMode::Fanout), {}, {});
        QVERIFY(line.join(u' ').contains(QStringLiteral("--size 64 --content ascii --depth 1 --duration 10 --progress")));
    }

    void further_options_are_options_and_none_of_the_windows_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isGood");
        const auto row = [](const char* text, bool isGood) { QTest::newRow(text) << QString::fromLatin1(text) << isGood; };
        row("", true);
        row("--origin http://localhost:3000", true);
        row("--insecure --header 'Cookie: a=b'", true);
        row("--origin=http://localhost:3000 --opening 5", true);
        row("ws://127.0.0.1:1/", false);
        row("--json a", false);
        row("--json=a", false);
        row("--insecure --html a", false);
        row("--compare a", false);
        row("--progress line", false);
        row("-q", false);
        row("-qc5", false);
        row("--help", false);
        row("-h", false);
        row("--insecure --allow-remote", false);
        row("-- ws://127.0.0.1:1/", false);
    }
    void further_options_are_options_and_none_of_the_windows()
    {
        QFETCH(QString, text);
        QFETCH(bool, isGood);
        QCOMPARE(furtherOptions(text).has_value(), isGood);
        BenchmarkForm form;
        form.setServer(serverWithChat());
        child<QLineEdit>(form, "benchmark_more")->setText(text);
        QCOMPARE(form.whatIsWrong().isEmpty(), isGood);
        QCOMPARE(child<QPushButton>(form, "benchmark_start")->isEnabled(), isGood);
    }

    void this_servers_authority_is_looked_for_where_its_settings_are()
    {
        BenchmarkForm form;
        form.setServer(serverWithChat());
        form.setConfigFolder(QStringLiteral("/some/folder"));
        QCOMPARE(form.plan().configFolder, QStringLiteral("/some/folder"));
        enterUrl(form, "ws://localhost:9/mine");
        QCOMPARE(form.plan().configFolder, QString());
    }

    void leave_for_a_remote_server_is_given_only_where_it_was()
    {
        BenchmarkPlan plan = usualPlan(BenchmarkMode::Echo);
        QVERIFY(!argumentsOf(plan, {}, {}).contains(QStringLiteral("--allow-remote")));
        QVERIFY(!argumentsOf(plan, {}, {}).contains(QStringLiteral("--pid")));
        plan.allowRemote = true;
        QVERIFY(argumentsOf(plan, {}, {}).contains(QStringLiteral("--allow-remote")));
    }

    void knows_this_machine_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("isLocal");
        const auto row = [](const char* url, bool isLocal) { QTest::newRow(url) << QString::fromLatin1(url) << isLocal; };
        row("ws://localhost:4567/", true);
        row("ws://LOCALHOST/", true);
        row("wss://127.0.0.1/", true);
        row("ws://127.3.2.1:1/x", true);
        row("ws://[::1]:80/", true);
        row("ws://192.168.0.1/", false);
        row("ws://localhost.example.org/", false);
        row("ws://127.0.0.1.example.org/", false);
        row("ws://example.org/?127.0.0.1", false);
        row("", false);
    }
    void knows_this_machine()
    {
        QFETCH(QString, url);
        QTEST(isLoopbackUrl(url), "isLocal");
    }

    void proposes_where_this_server_listens()
    {
        BenchmarkForm form;
        QVERIFY(!form.whatIsWrong().isEmpty());
        form.setServer(serverWithChat());
        QCOMPARE(form.plan().url, QStringLiteral("ws://127.0.0.1:4567/echo"));
        QCOMPARE(form.plan().pid, QCoreApplication::applicationPid());
        QVERIFY(form.whatIsWrong().isEmpty());
        choose(form, BenchmarkMode::Fanout);
        QCOMPARE(form.plan().url, QStringLiteral("ws://127.0.0.1:4567/chat"));
        form.setServer(test::listeningStatus(4568));
        QCOMPARE(form.plan().url, QStringLiteral("ws://127.0.0.1:4568/"));
    }

    void a_url_that_a_person_wrote_stays()
    {
        BenchmarkForm form;
        form.setServer(serverWithChat());
        enterUrl(form, "ws://localhost:9/mine");
        choose(form, BenchmarkMode::Fanout);
        form.setServer(test::listeningStatus(4568));
        QCOMPARE(form.plan().url, QStringLiteral("ws://localhost:9/mine"));
        QCOMPARE(form.plan().pid, qint64{0});
        enterUrl(form, "ws://localhost:4568/any");
        QCOMPARE(form.plan().pid, QCoreApplication::applicationPid());
    }

    void only_what_the_mode_uses_is_enabled()
    {
        BenchmarkForm form;
        const auto enabled = [&form](const char* name) { return child<QWidget>(form, name)->isEnabled(); };
        QVERIFY(enabled("benchmark_depth") && enabled("benchmark_size") && !enabled("benchmark_rate"));
        choose(form, BenchmarkMode::Rate);
        QVERIFY(!enabled("benchmark_depth") && enabled("benchmark_size") && enabled("benchmark_rate"));
        choose(form, BenchmarkMode::Check);
        for (const char* name : {"benchmark_connections", "benchmark_size", "benchmark_depth", "benchmark_duration", "benchmark_rate", "benchmark_bound", "benchmark_content", "benchmark_fragments"})
            QVERIFY2(!enabled(name), name);
        QVERIFY(enabled("benchmark_deflate") && enabled("benchmark_subprotocol") && enabled("benchmark_more"));
        choose(form, BenchmarkMode::Ramp);
        QVERIFY(enabled("benchmark_bound"));
        form.show();
        QVERIFY(child<QWidget>(form, "benchmark_bound")->isVisible());
        choose(form, BenchmarkMode::Echo);
        QVERIFY(!child<QWidget>(form, "benchmark_bound")->isVisible());
    }

    void each_mode_has_values_of_its_own()
    {
        BenchmarkForm form;
        child<QSpinBox>(form, "benchmark_connections")->setValue(5);
        choose(form, BenchmarkMode::Idle);
        QCOMPARE(form.plan().connections, 1'000);
        child<QSpinBox>(form, "benchmark_connections")->setValue(6);
        choose(form, BenchmarkMode::Echo);
        QCOMPARE(form.plan().connections, 5);
        choose(form, BenchmarkMode::Idle);
        QCOMPARE(form.plan().connections, 6);
    }

    void a_remote_server_needs_leave()
    {
        BenchmarkForm form;
        form.show();
        QSignalSpy started(&form, &BenchmarkForm::startRequested);
        auto* leave = child<QCheckBox>(form, "benchmark_allow_remote");
        auto* start = child<QPushButton>(form, "benchmark_start");
        enterUrl(form, "ws://192.0.2.1/");
        QVERIFY(leave->isEnabled() && !start->isEnabled());
        QVERIFY(child<QWidget>(form, "benchmark_remote_warning")->isVisible());
        form.startOrStop();
        QCOMPARE(started.size(), 0);
        leave->setChecked(true);
        QVERIFY(start->isEnabled() && form.plan().allowRemote);
        start->click();
        QCOMPARE(started.size(), 1);
        // It is for that server alone, and not for the next time.
        enterUrl(form, "ws://localhost:1/");
        QVERIFY(!leave->isEnabled() && !form.plan().allowRemote);
        BenchmarkForm next;
        next.restoreState(form.state());
        QVERIFY(!child<QCheckBox>(next, "benchmark_allow_remote")->isChecked());
    }

    void what_is_no_address_cannot_be_started_data()
    {
        QTest::addColumn<QString>("url");
        for (const char* url : {"", "localhost:4567", "http://localhost/", "ws://", "ws://user@localhost/", "ws://localhost/#x", "--help"})
            QTest::newRow(url) << QString::fromLatin1(url);
    }
    void what_is_no_address_cannot_be_started()
    {
        QFETCH(QString, url);
        BenchmarkForm form;
        child<QComboBox>(form, "benchmark_target")->setEditText(url);
        QVERIFY(!form.whatIsWrong().isEmpty());
        QVERIFY(!child<QPushButton>(form, "benchmark_start")->isEnabled());
    }

    void remembers_what_was_filled_in()
    {
        BenchmarkForm form;
        form.setServer(serverWithChat());
        child<QSpinBox>(form, "benchmark_size")->setValue(77);
        choose(form, BenchmarkMode::Rate);
        child<QSpinBox>(form, "benchmark_rate")->setValue(123);
        child<QComboBox>(form, "benchmark_content")->setCurrentIndex(3);
        child<QComboBox>(form, "benchmark_deflate")->setCurrentIndex(2);
        child<QSpinBox>(form, "benchmark_fragments")->setValue(9);
        child<QLineEdit>(form, "benchmark_subprotocol")->setText(QStringLiteral("chat"));
        child<QLineEdit>(form, "benchmark_more")->setText(QStringLiteral("--insecure"));
        QVERIFY(!form.state().contains(QStringLiteral("4567"))); // this server may have another port then
        enterUrl(form, "wss://localhost/x");
        BenchmarkForm next;
        next.setServer(serverWithChat());
        next.restoreState(form.state());
        QCOMPARE(next.plan(), form.plan());
        QCOMPARE(next.plan().rate, 123);
        QCOMPARE(next.plan().content, QStringLiteral("random"));
        QCOMPARE(next.plan().deflate, QStringLiteral("no-takeover"));
        QCOMPARE(next.plan().more, QStringLiteral("--insecure"));
        choose(next, BenchmarkMode::Echo);
        QCOMPARE(next.plan().size, 77);
    }

    void takes_any_state_data()
    {
        QTest::addColumn<QString>("state");
        QTest::newRow("nothing") << QString();
        QTest::newRow("no JSON") << QStringLiteral("{{{");
        QTest::newRow("other kinds") << QStringLiteral(R"({"mode":5,"plans":{"echo":{"size":"big","depth":-7,"content":"gold","deflate":7}},"url":[]})");
    }
    void takes_any_state()
    {
        QFETCH(QString, state);
        BenchmarkForm form;
        form.restoreState(state);
        QCOMPARE(form.plan().mode, BenchmarkMode::Echo);
        QCOMPARE(form.plan().size, 16);
        QCOMPARE(form.plan().depth, 1);
        QCOMPARE(form.plan().content, QStringLiteral("ascii"));
        QCOMPARE(form.plan().deflate, QStringLiteral("off"));
    }

    void while_it_runs_there_is_only_stop()
    {
        BenchmarkForm form;
        form.setServer(serverWithChat());
        QSignalSpy stopped(&form, &BenchmarkForm::stopRequested);
        form.setRunning(true);
        QVERIFY(!child<QWidget>(form, "benchmark_mode")->isEnabled());
        child<QPushButton>(form, "benchmark_start")->click();
        QCOMPARE(stopped.size(), 1);
    }

    void every_control_has_its_names()
    {
        BenchmarkForm form;
        QCOMPARE(test::faultsOf(form), QStringList());
        for (const auto* box : form.findChildren<QSpinBox*>())
            QVERIFY(!box->accessibleName().isEmpty());
    }
};

QTEST_MAIN(BenchmarkFormTest)
#include "benchmark_form_test.moc"
