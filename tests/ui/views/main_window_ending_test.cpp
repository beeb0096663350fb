// Stopping, applying the lists again, and closing ask before connections end or messages are lost.
#include "tests/support/fake_engine_port.h"
#include "tests/support/listening_status.h"
#include "ui/views/main_window.h"
#include "ui/views/notice_bar.h"
#include "ui/views/window_models.h"

#include <QAction>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;
using jackfield::test::listeningStatus;

namespace {

struct Fixture {
    FakeEnginePort port;
    MainWindow window{port};

    Fixture()
    {
        window.show();
        port.deliverStatus(listeningStatus());
    }
    void queue(ConnectionId id, std::uint32_t bytes)
    {
        StateBatch batch;
        ConnectionCounters counters;
        counters.id = id;
        counters.queued_bytes = bytes;
        batch.changed.push_back(counters);
        port.deliverState(std::move(batch));
    }
    [[nodiscard]] QMessageBox* question() const
    {
        for (auto* box : window.findChildren<QMessageBox*>(QStringLiteral("closing_question"))) {
            if (box->isVisible())
                return box;
        }
        return nullptr;
    }
    [[nodiscard]] QPushButton* button(const char* name) const
    {
        return question() ? question()->findChild<QPushButton*>(QLatin1String(name)) : nullptr;
    }
    void stop() const { window.findChild<QToolButton*>(QStringLiteral("start_stop"))->click(); }
    void reapply() const { window.findChild<QAction*>(QStringLiteral("access_reapply"))->trigger(); }
};

} // namespace

class MainWindowEndingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stopping_asks_where_more_than_one_connection_would_end()
    {
        Fixture f;
        f.port.open(7);
        f.port.open(8);
        f.port.open(9);
        const std::size_t before = f.port.submitted.size();
        f.stop();
        QVERIFY(f.question());
        QCOMPARE(f.question()->text(), QStringLiteral("Close 3 open connections?"));
        QVERIFY(f.button("closing_drop") == nullptr);
        QCOMPARE(f.question()->defaultButton(), f.button("closing_no"));
        QTest::keyClick(f.question(), Qt::Key_Enter);
        QVERIFY(!f.question());
        QCOMPARE(f.port.submitted.size(), before);
        f.stop();
        f.button("closing_yes")->click();
        QVERIFY(f.port.last<command::StopListening>());
        QVERIFY(!f.port.last<command::StopListening>()->drop_queued);
        // It asks the next time, too.
        f.stop();
        QVERIFY(f.question());
    }

    void stopping_one_connection_does_not_ask()
    {
        Fixture f;
        f.port.open(7);
        f.stop();
        QVERIFY(!f.question());
        QVERIFY(f.port.last<command::StopListening>());
    }

    void stopping_tells_what_becomes_of_what_waits_data() // LC-11
    {
        QTest::addColumn<QByteArray>("button");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("drops");
        QTest::newRow("delivered") << QByteArray("closing_yes") << QStringLiteral("Stop, deliver up to 5 s")
                                   << false;
        QTest::newRow("dropped") << QByteArray("closing_drop") << QStringLiteral("Stop, drop now") << true;
    }

    void stopping_tells_what_becomes_of_what_waits()
    {
        QFETCH(QByteArray, button);
        QFETCH(QString, text);
        QFETCH(bool, drops);
        Fixture f;
        f.queue(f.port.open(7), 10'000);
        f.stop();
        QVERIFY(f.question());
        QVERIFY2(f.question()->informativeText().contains(QStringLiteral("still wait to be sent to 1 of them")),
            qPrintable(f.question()->informativeText()));
        QCOMPARE(f.button(button.constData())->text(), text);
        f.button(button.constData())->click();
        QVERIFY(f.port.last<command::StopListening>());
        QCOMPARE(f.port.last<command::StopListening>()->drop_queued, drops);
        f.port.deliverEvent(event::StopFinished{1, 12, 9'988});
        auto* bar = f.window.findChild<NoticeBar*>(QStringLiteral("bar_notices"));
        QVERIFY(bar->isVisible());
        QVERIFY2(bar->text().contains(QStringLiteral("12 were sent and 9,988 were dropped")),
            qPrintable(bar->text()));
    }

    void applying_the_lists_again_asks_with_the_count()
    {
        Fixture f;
        for (const int number : {7, 8})
            f.port.open(FakeEnginePort::makeInfo(
                static_cast<std::uint64_t>(number), "http://192.168.1.20:5173"));
        f.port.open(9);
        f.reapply();
        QVERIFY(f.question());
        QCOMPARE(f.question()->text(), QStringLiteral("Close 2 open connections?"));
        QCOMPARE(f.question()->defaultButton(), f.button("closing_no"));
        f.question()->reject();
        QVERIFY(f.port.last<command::ReapplyAccess>() == nullptr);
        f.reapply();
        f.button("closing_yes")->click();
        QVERIFY(f.port.last<command::ReapplyAccess>());
    }

    void closing_the_window_asks_where_messages_wait() // LC-11
    {
        Fixture f;
        const ConnectionId id = f.port.open(7);
        f.port.open(8);
        f.queue(id, 10'000);
        QSignalSpy closed(&f.window, &MainWindow::closed);
        QVERIFY(!f.window.close());
        QVERIFY(f.question());
        f.question()->reject();
        QVERIFY(closed.isEmpty());
        QVERIFY(!f.window.close());
        f.button("closing_drop")->click();
        QCOMPARE(closed.size(), 1);
        QVERIFY(f.window.dropsQueued());
    }

    void closing_the_window_with_nothing_queued_does_not_ask()
    {
        Fixture f;
        f.port.open(7);
        f.port.open(8);
        QSignalSpy closed(&f.window, &MainWindow::closed);
        QVERIFY(f.window.close());
        QCOMPARE(closed.size(), 1);
        QVERIFY(!f.window.dropsQueued());
    }

    void whoever_gives_up_edits_is_not_asked()
    {
        Fixture f;
        f.queue(f.port.open(7), 10'000);
        f.window.giveUpEdits();
        QVERIFY(f.window.close());
        QVERIFY(!f.window.dropsQueued());
    }
};

QTEST_MAIN(MainWindowEndingTest)
#include "main_window_ending_test.moc"
