// The window's ways to the listeners and the certificate.
#include "tests/support/development_credentials.h"
#include "tests/support/fake_engine_port.h"
#include "tests/support/listening_status.h"
#include "ui/views/certificate_dialog.h"
#include "ui/views/listeners_dialog.h"
#include "ui/views/main_window.h"
#include "ui/views/refused_view.h"
#include "ui/views/server_bars.h"
#include "ui/views/server_toolbar.h"
#include "ui/views/tls_lock.h"
#include "ui/views/window_models.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;
using jackfield::test::listeningStatus;

namespace {

ServerStatus secureStatus()
{
    ServerStatus status = listeningStatus();
    status.tls = test::developmentCredentials(WallTime(std::chrono::system_clock::now()));
    for (ListenerStatus& listener : status.listeners)
        listener.speaks = ListenerKind::both;
    return status;
}

} // namespace

class MainWindowServerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void without_a_service_nothing_leads_to_the_certificate()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        port.deliverStatus(secureStatus());
        QVERIFY(!window.findChild<QAction*>(QStringLiteral("server_certificate"))->isVisible());
        auto* lock = window.findChild<TlsLock*>();
        QVERIFY(lock->isVisible());
        QVERIFY(!lock->isEnabled());
        window.showCertificate();
        QVERIFY(window.findChild<CertificateDialog*>() == nullptr);
    }

    void every_way_leads_to_the_one_dialog_data()
    {
        QTest::addColumn<QString>("way");
        QTest::newRow("menu") << "menu";
        QTest::newRow("lock") << "lock";
        QTest::newRow("refused attempt") << "refused";
        QTest::newRow("bar") << "bar";
    }

    void every_way_leads_to_the_one_dialog()
    {
        QFETCH(QString, way);
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        port.deliverStatus(secureStatus());
        window.offerCertificate();
        const auto go = [&] {
            if (way == QLatin1String("menu"))
                window.findChild<QAction*>(QStringLiteral("server_certificate"))->trigger();
            else if (way == QLatin1String("lock"))
                window.findChild<TlsLock*>()->click();
            else if (way == QLatin1String("refused"))
                Q_EMIT window.findChild<RefusedView*>()->certificateRequested();
            else
                Q_EMIT window.bars().certificateRequested();
        };
        go();
        go();
        QCOMPARE(window.findChildren<CertificateDialog*>().size(), 1);
        QVERIFY(window.findChild<CertificateDialog*>()->isVisible());
    }

    void the_bar_follows_the_state()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        TlsState state;
        state.passphraseNeeded = true;
        window.models().tls.setState(state);
        QVERIFY(window.findChild<QWidget*>(QStringLiteral("bar_tls"))->isVisible());
        window.models().tls.setState({});
        QVERIFY(!window.findChild<QWidget*>(QStringLiteral("bar_tls"))->isVisible());
    }

    void listeners_are_edited_and_told_to_the_project()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        port.deliverStatus(listeningStatus());
        window.setProject(QStringLiteral("/tmp/shop.jackfield.json"), false);
        QSignalSpy applied(&window, &MainWindow::listenersApplied);
        window.findChild<QAction*>(QStringLiteral("server_listeners"))->trigger();
        auto* dialog = window.findChild<ListenersDialog*>();
        QVERIFY(dialog->findChild<QLabel*>(QStringLiteral("listeners_lasts"))
                    ->text()
                    .contains(QStringLiteral("shop.jackfield.json")));
        dialog->findChild<QComboBox*>(QStringLiteral("listener_kind"))->setCurrentIndex(3);
        dialog->findChild<QPushButton*>(QStringLiteral("listeners_apply"))->click();
        port.finish(port.submitted.back().ticket);
        QCOMPARE(applied.size(), 1);
        QCOMPARE(applied.front().front().value<std::vector<ListenSpec>>().front().kind, ListenerKind::both);
        window.setProject({}, false);
        QVERIFY(dialog->findChild<QLabel*>(QStringLiteral("listeners_lasts"))
                    ->text()
                    .contains(QStringLiteral("until Jackfield closes")));
    }

    void closing_the_window_asks_about_edits_of_the_listeners_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<bool>("closes");
        QTest::newRow("apply") << "listeners_edits_apply" << true;
        QTest::newRow("discard") << "listeners_edits_discard" << true;
        QTest::newRow("stay") << "listeners_edits_stay" << false;
    }

    void closing_the_window_asks_about_edits_of_the_listeners()
    {
        QFETCH(QString, answer);
        QFETCH(bool, closes);
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        port.deliverStatus(listeningStatus());
        QSignalSpy applied(&window, &MainWindow::listenersApplied);
        QSignalSpy closed(&window, &MainWindow::closed);
        window.showListeners();
        const QPointer<ListenersDialog> dialog = window.findChild<ListenersDialog*>();
        dialog->findChild<QComboBox*>(QStringLiteral("listener_kind"))->setCurrentIndex(3);
        QVERIFY(!window.close());
        QVERIFY(!window.close()); // asks once
        QVERIFY(window.isVisible() && window.isAskingAboutEdits());
        QCOMPARE(window.findChildren<QWidget*>(QStringLiteral("listeners_edits")).size(), 1);
        window.findChild<QPushButton*>(answer)->click();
        if (answer == QLatin1String("listeners_edits_apply")) {
            QVERIFY(window.isVisible());
            port.finish(port.submitted.back().ticket);
        }
        QCOMPARE(QTest::qWaitFor([&] { return closed.size() == 1; }, closes ? 20'000 : 50), closes);
        QCOMPARE(applied.size(), answer == QLatin1String("listeners_edits_apply") ? 1 : 0);
        QVERIFY(!window.isAskingAboutEdits());
        if (closes)
            return;
        // The answer was about the closing, not about the next time that the dialog closes.
        dialog->findChild<QPushButton*>(QStringLiteral("listeners_revert"))->click();
        dialog->close();
        QVERIFY(!QTest::qWaitFor([&] { return closed.size() > 0; }, 50));
        QVERIFY(window.close());
    }

    void a_window_that_nobody_answers_closes_with_its_edits()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        port.deliverStatus(listeningStatus());
        window.showListeners();
        window.findChild<QComboBox*>(QStringLiteral("listener_kind"))->setCurrentIndex(3);
        window.giveUpEdits();
        QVERIFY(window.close());
    }

    void what_a_refused_attempt_made_the_listeners_speak_is_told_to_the_project()
    {
        FakeEnginePort port;
        MainWindow window(port);
        QSignalSpy applied(&window, &MainWindow::listenersApplied);
        Q_EMIT window.findChild<RefusedView*>()->listenersApplied(default_listeners());
        QCOMPARE(applied.size(), 1);
        QCOMPARE(applied.front().front().value<std::vector<ListenSpec>>(), default_listeners());
    }

    void the_advice_on_a_refused_attempt_knows_whose_certificate_is_served()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        port.deliverStatus(secureStatus());
        event::Refused what;
        what.reason = RefusalReason::tls_failed;
        what.tls = TlsFailureReport{TlsFailure::unknown_authority, true, std::uint8_t{48}, {}, {}, {}};
        port.deliverEvent(what);
        window.showRefused();
        auto* advice = window.findChild<QLabel*>(QStringLiteral("refused_advice"));
        TlsState state;
        state.serving = state.wanted = TlsSource::own;
        state.chain = {CertificateFacts{}};
        state.chain.front().issuer = "CN=Mine";
        window.models().tls.setState(state);
        QVERIFY2(advice->text().contains(QStringLiteral("CN=Mine")), qPrintable(advice->text()));
        state.serving = state.wanted = TlsSource::development;
        window.models().tls.setState(state);
        QVERIFY2(advice->text().contains(QStringLiteral("Jackfield's authority")), qPrintable(advice->text()));
    }

    void the_menu_knows_whether_wss_is_served()
    {
        FakeEnginePort port;
        MainWindow window(port);
        auto* menu = window.findChild<QMenu*>(QStringLiteral("menu_server"));
        auto* copy = window.findChild<QAction*>(QStringLiteral("server_copy_secure_url"));
        port.deliverStatus(listeningStatus());
        Q_EMIT menu->aboutToShow();
        QVERIFY(!copy->isEnabled());
        port.deliverStatus(secureStatus());
        Q_EMIT menu->aboutToShow();
        QVERIFY(copy->isEnabled());
        copy->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("wss://localhost:4567/"));
    }
};

QTEST_MAIN(MainWindowServerTest)
#include "main_window_server_test.moc"
