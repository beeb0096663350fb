// The editor of where the server listens: nothing before Apply, one command, and what was when it fails.
#include "tests/support/development_credentials.h"
#include "tests/support/listening_status.h"
#include "tests/ui/views/panel_fixture.h"
#include "ui/views/inline_notice.h"
#include "ui/views/listeners_dialog.h"

#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;
using jackfield::test::listeningStatus;

namespace {

struct Fixture {
    test::FakeEnginePort port;
    std::unique_ptr<ListenersDialog> dialog;

    explicit Fixture(const ServerStatus& status = listeningStatus())
    {
        port.deliverStatus(status);
        dialog = std::make_unique<ListenersDialog>(port);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
    }
    template <class Control>
    [[nodiscard]] Control* nth(const char* name, int index) const
    {
        QList<Control*> shown;
        for (Control* each : dialog->findChildren<Control*>(QLatin1String(name))) {
            if (each->isVisibleTo(dialog.get()))
                shown << each;
        }
        return shown.value(index);
    }
    [[nodiscard]] QLineEdit* address(int index) const { return nth<QLineEdit>("listener_address", index); }
    [[nodiscard]] QComboBox* kind(int index) const { return nth<QComboBox>("listener_kind", index); }
    [[nodiscard]] QString state(int index) const { return nth<QLabel>("listener_state", index)->text(); }
    [[nodiscard]] QPushButton* button(const char* name) const { return child<QPushButton>(*dialog, name); }
    [[nodiscard]] InlineNotice* notice() const { return child<InlineNotice>(*dialog, "listeners_notice"); }
};

} // namespace

class ListenersDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shows_what_listens_and_what_it_speaks()
    {
        Fixture f(listeningStatus(41'234));
        QCOMPARE(f.address(0)->text(), QStringLiteral("127.0.0.1:41234"));
        QCOMPARE(f.address(1)->text(), QStringLiteral("[::1]:41234"));
        QCOMPARE(f.state(0), QStringLiteral("listens, speaks ws://"));
        QVERIFY(!f.button("listeners_apply")->isEnabled());
        QVERIFY(!f.button("listeners_revert")->isEnabled());
        QCOMPARE(test::faultsOf(*f.dialog), QStringList());
    }

    void a_kind_is_changed_by_one_command_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<int>("kind");
        QTest::newRow("ws") << 1 << static_cast<int>(ListenerKind::ws);
        QTest::newRow("wss") << 2 << static_cast<int>(ListenerKind::wss);
        QTest::newRow("both") << 3 << static_cast<int>(ListenerKind::both);
    }

    void a_kind_is_changed_by_one_command()
    {
        QFETCH(int, index);
        QFETCH(int, kind);
        Fixture f;
        QSignalSpy applied(f.dialog.get(), &ListenersDialog::applied);
        f.kind(0)->setFocus();
        f.kind(0)->setCurrentIndex(index);
        QTest::mouseClick(f.button("listeners_apply"), Qt::LeftButton);
        const auto* listen = f.port.last<command::Listen>();
        QVERIFY(listen != nullptr);
        QCOMPARE(listen->listeners.size(), std::size_t(2));
        QCOMPARE(static_cast<int>(listen->listeners[0].kind), kind);
        QCOMPARE(listen->listeners[1].kind, ListenerKind::automatic);
        QVERIFY(!f.button("listeners_apply")->isEnabled());
        f.port.finish(f.port.submitted.back().ticket);
        QCOMPARE(applied.size(), 1);
        QVERIFY(f.notice()->text().contains(QStringLiteral("Applied")));
    }

    void addresses_are_added_and_removed()
    {
        Fixture f;
        QTest::mouseClick(f.button("listeners_add"), Qt::LeftButton);
        QVERIFY(f.address(2) != nullptr);
        QCOMPARE(f.address(2)->text(), QStringLiteral("127.0.0.1:4568")); // not one that stands there
        f.address(2)->setText(QStringLiteral("127.0.0.1:8080"));
        QTest::mouseClick(f.nth<QPushButton>("listener_remove", 1), Qt::LeftButton);
        QTest::keyClick(f.address(0), Qt::Key_Return);
        const auto* listen = f.port.last<command::Listen>();
        QVERIFY(listen != nullptr);
        QCOMPARE(listen->listeners.size(), std::size_t(2));
        QCOMPARE(listen->listeners[1].address, SocketAddress::v4({127, 0, 0, 1}, 8080));
    }

    void what_is_no_address_is_told_while_it_is_typed_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("no address") << "somewhere:80";
        QTest::newRow("no port") << "127.0.0.1:70000";
        QTest::newRow("empty") << "";
        QTest::newRow("twice") << "[::1]:4567";
    }

    void what_is_no_address_is_told_while_it_is_typed()
    {
        QFETCH(QString, typed);
        Fixture f;
        f.address(0)->setText(typed);
        QVERIFY(!f.button("listeners_apply")->isEnabled());
        QVERIFY(f.button("listeners_revert")->isEnabled());
        QTest::mouseClick(f.button("listeners_revert"), Qt::LeftButton);
        QCOMPARE(f.address(0)->text(), QStringLiteral("127.0.0.1:4567"));
        QCOMPARE(f.port.submitted.size(), std::size_t(0));
    }

    void an_address_that_others_reach_is_asked_about()
    {
        Fixture f;
        f.address(0)->setText(QStringLiteral("*:4567"));
        f.button("listeners_apply")->click();
        QCOMPARE(f.port.submitted.size(), std::size_t(0));
        auto* box = f.dialog->findChild<QMessageBox*>(QStringLiteral("listeners_question"));
        QVERIFY(box != nullptr);
        child<QPushButton>(*box, "listeners_question_no")->click();
        QCOMPARE(f.port.submitted.size(), std::size_t(0));
        QTRY_VERIFY(f.dialog->findChild<QMessageBox*>(QStringLiteral("listeners_question")) == nullptr);
        f.button("listeners_apply")->click();
        child<QPushButton>(*f.dialog, "listeners_question_yes")->click();
        QCOMPARE(
            f.port.last<command::Listen>()->listeners.front().address, SocketAddress::v4({0, 0, 0, 0}, 4567));
    }

    void enter_opens_the_question_and_does_not_answer_it() // OR-25
    {
        Fixture f;
        f.address(0)->setFocus();
        f.address(0)->setText(QStringLiteral("*:4567"));
        QTest::keyClick(f.address(0), Qt::Key_Return);
        auto* box = f.dialog->findChild<QMessageBox*>(QStringLiteral("listeners_question"));
        QVERIFY(box != nullptr);
        QVERIFY(box->isVisible());
        QCOMPARE(f.dialog->findChildren<QMessageBox*>().size(), 1);
        QCOMPARE(f.port.submitted.size(), std::size_t(0));
        child<QPushButton>(*box, "listeners_question_yes")->click();
        QCOMPARE(f.port.submitted.size(), std::size_t(1));
    }

    void edits_are_asked_about_before_they_are_lost_data()
    {
        QTest::addColumn<bool>("byKey"); // else by the button
        QTest::addColumn<QString>("answer");
        QTest::addColumn<bool>("closes");
        for (const bool byKey : {false, true}) {
            const auto row = [byKey](const char* name, const char* answer, bool closes) {
                QTest::addRow("%s, %s", name, byKey ? "Esc" : "Close") << byKey << QString::fromUtf8(answer) << closes;
            };
            row("apply", "listeners_edits_apply", true);
            row("discard", "listeners_edits_discard", true);
            row("stay", "listeners_edits_stay", false);
        }
    }

    void edits_are_asked_about_before_they_are_lost()
    {
        QFETCH(bool, byKey);
        QFETCH(QString, answer);
        QFETCH(bool, closes);
        Fixture f;
        QSignalSpy applied(f.dialog.get(), &ListenersDialog::applied);
        f.address(0)->setText(QStringLiteral("127.0.0.1:8080"));
        if (byKey)
            QTest::keyClick(f.dialog.get(), Qt::Key_Escape);
        else
            f.button("listeners_close")->click();
        QVERIFY(f.dialog->isVisible());
        auto* box = f.dialog->findChild<QMessageBox*>(QStringLiteral("listeners_edits"));
        QVERIFY(box != nullptr);
        child<QPushButton>(*box, answer.toLatin1().constData())->click();
        if (answer == QLatin1String("listeners_edits_apply")) {
            QVERIFY(f.dialog->isVisible()); // until it is known what became of it
            f.port.finish(f.port.submitted.back().ticket);
            QCOMPARE(applied.size(), 1);
        } else {
            QCOMPARE(f.port.submitted.size(), std::size_t(0));
        }
        QCOMPARE(f.dialog->isVisible(), !closes);
        if (!closes)
            QCOMPARE(f.address(0)->text(), QStringLiteral("127.0.0.1:8080"));
    }

    void edits_that_cannot_be_applied_are_not_offered_to_be()
    {
        Fixture f;
        f.address(0)->setText(QStringLiteral("nowhere"));
        f.dialog->close();
        QVERIFY(f.dialog->isVisible());
        auto* box = f.dialog->findChild<QMessageBox*>(QStringLiteral("listeners_edits"));
        QVERIFY(box->findChild<QPushButton*>(QStringLiteral("listeners_edits_apply")) == nullptr);
        child<QPushButton>(*box, "listeners_edits_discard")->click();
        QVERIFY(!f.dialog->isVisible());
    }

    void a_dialog_stays_where_its_edits_could_not_be_applied_after_all_data()
    {
        QTest::addColumn<bool>("isWide"); // and is answered with no; else the server refuses
        QTest::newRow("the question is answered with no") << true;
        QTest::newRow("the server refuses") << false;
    }

    void a_dialog_stays_where_its_edits_could_not_be_applied_after_all()
    {
        QFETCH(bool, isWide);
        Fixture f;
        f.address(0)->setText(isWide ? QStringLiteral("*:8080") : QStringLiteral("127.0.0.1:80"));
        f.dialog->reject();
        child<QPushButton>(*f.dialog, "listeners_edits_apply")->click();
        if (isWide) {
            child<QPushButton>(*f.dialog, "listeners_question_no")->click();
        } else {
            f.port.failCommand(f.port.submitted.back().ticket, Error{ErrorCode::permission_denied, 0, "no"});
            f.port.finish(f.port.submitted.back().ticket);
        }
        QVERIFY(f.dialog->isVisible());
        // Nor does it close behind a later Apply.
        f.address(0)->setText(QStringLiteral("127.0.0.1:8081"));
        f.button("listeners_apply")->click();
        f.port.finish(f.port.submitted.back().ticket);
        QVERIFY(f.dialog->isVisible());
    }

    void what_was_not_edited_is_not_asked_about_data()
    {
        QTest::addColumn<bool>("isListening");
        QTest::newRow("listening") << true;
        QTest::newRow("stopped") << false;
    }

    void what_was_not_edited_is_not_asked_about()
    {
        QFETCH(bool, isListening);
        ServerStatus status = listeningStatus();
        status.listening = isListening;
        for (ListenerStatus& listener : status.listeners)
            listener.listening = isListening;
        Fixture f(status);
        QVERIFY(!f.button("listeners_revert")->isEnabled());
        f.dialog->close();
        QVERIFY(!f.dialog->isVisible());
    }

    void a_port_alone_is_told_what_to_be_preceded_by()
    {
        Fixture f;
        f.address(0)->setText(QStringLiteral(" 46112 "));
        QVERIFY2(f.state(0).contains(QStringLiteral("127.0.0.1:46112")), qPrintable(f.state(0)));
        QVERIFY2(f.state(0).contains(QStringLiteral("*:46112")), qPrintable(f.state(0)));
        QVERIFY(!f.button("listeners_apply")->isEnabled());
    }

    void a_failure_puts_back_what_was()
    {
        // LC-01
        Fixture f;
        const auto before = *f.dialog->specs();
        f.address(0)->setText(QStringLiteral("127.0.0.1:80"));
        f.button("listeners_apply")->click();
        f.port.failCommand(f.port.submitted.back().ticket,
            Error{ErrorCode::permission_denied, 0, "port 80 needs a privilege"});
        QCOMPARE(f.port.last<command::Listen>()->listeners, before);
        f.port.finish(f.port.submitted.back().ticket);
        QVERIFY2(f.notice()->text().contains(QStringLiteral("port 80 needs a privilege")),
            qPrintable(f.notice()->text()));
        QVERIFY(f.notice()->text().startsWith(QStringLiteral("All is as it was")));
        QCOMPARE(f.address(0)->text(), QStringLiteral("127.0.0.1:80")); // what was typed is not lost
        QVERIFY(f.button("listeners_apply")->isEnabled());
    }

    void a_stopped_server_starts_with_it()
    {
        ServerStatus status = listeningStatus();
        status.listening = false;
        for (ListenerStatus& listener : status.listeners) {
            listener.listening = false;
            listener.problem = "port 4567 is in use";
        }
        Fixture f(status);
        QCOMPARE(f.button("listeners_apply")->text(), QStringLiteral("Apply and start"));
        QVERIFY(f.state(0).contains(QStringLiteral("port 4567 is in use")));
        f.button("listeners_apply")->click();
        f.port.failCommand(
            f.port.submitted.back().ticket, Error{ErrorCode::address_in_use, 0, "port 4567 is in use"});
        QCOMPARE(f.port.submitted.size(), std::size_t(1)); // nothing was open that could come back
        QVERIFY(f.notice()->text().startsWith(QStringLiteral("Not listening")));
    }

    void a_change_by_others_is_taken_while_nothing_is_edited()
    {
        Fixture f;
        f.port.deliverStatus(listeningStatus(5'000));
        QCOMPARE(f.address(0)->text(), QStringLiteral("127.0.0.1:5000"));
        f.address(0)->setText(QStringLiteral("127.0.0.1:6000"));
        f.port.deliverStatus(listeningStatus(5'001));
        QCOMPARE(f.address(0)->text(), QStringLiteral("127.0.0.1:6000"));
    }

    void a_kind_that_lacks_a_certificate_says_so()
    {
        Fixture f;
        f.kind(0)->setCurrentIndex(3);
        QVERIFY(f.state(0).contains(QStringLiteral("no certificate")));
        ServerStatus status = listeningStatus();
        status.tls = test::developmentCredentials(WallTime(std::chrono::system_clock::now()));
        f.port.deliverStatus(status);
        QVERIFY(!f.state(0).contains(QStringLiteral("no certificate")));
    }

    void says_how_long_it_lasts()
    {
        Fixture f;
        auto* lasts = child<QLabel>(*f.dialog, "listeners_lasts");
        QVERIFY(lasts->text().contains(QStringLiteral("until Jackfield closes")));
        f.dialog->setProject(QStringLiteral("shop.jackfield.json"));
        QVERIFY(lasts->text().contains(QStringLiteral("shop.jackfield.json")));
    }
};

QTEST_MAIN(ListenersDialogTest)
#include "listeners_dialog_test.moc"
