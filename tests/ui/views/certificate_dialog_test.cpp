// The certificate's dialog over a model that a test answers: every button, every state, every error.
#include "tests/ui/views/panel_fixture.h"
#include "ui/models/tls_model.h"
#include "ui/views/certificate_dialog.h"
#include "ui/views/inline_notice.h"
#include "ui/views/own_certificate_dialog.h"
#include "ui/views/renew_dialog.h"

#include <QFileDialog>
#include <QLayout>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTextCursor>
#include <QWheelEvent>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;
using jackfield::test::hostileText;

namespace {

using Paths = std::vector<std::string>;

CertificateFacts facts()
{
    CertificateFacts made;
    made.subject = "CN=localhost";
    made.issuer = "CN=Jackfield development authority";
    made.fingerprint
        = "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF";
    made.names = {"localhost", "127.0.0.1", "::1", "shop.test"};
    made.not_after = WallTime(seconds(1'800'000'000));
    made.key = "EC P-256";
    return made;
}

TlsState served()
{
    TlsState state;
    state.serving = state.wanted = TlsSource::development;
    state.chain = {facts()};
    state.age = {TlsAge::State::good, 397};
    state.development = TlsDevelopment{facts(), facts(), {"shop.test"}, state.age};
    state.authorityPath = "/home/x/.config/jackfield/tls/jackfield-authority.crt";
    state.hasCertutil = true;
    state.places = {{TlsPlace::Kind::chromium, "Chromium and Chrome", "/home/x/.pki/nssdb", true,
                        TlsPlace::Standing::notTrusted, "its authority is not there", 0},
        {TlsPlace::Kind::firefox, "Firefox, profile default", "/home/x/.mozilla/firefox/a.default", true,
            TlsPlace::Standing::trusted, "", 0},
        {TlsPlace::Kind::system, "This system", "/etc/ssl/certs/ca-certificates.crt", true,
            TlsPlace::Standing::notTrusted, "the authority is not among the system's", 0}};
    state.steps
        = {{TlsPlace::Kind::chromium, "Chromium and Chrome", {"Open chrome://certificate-manager", "Import"},
               {"certutil -A -d sql:/home/x/.pki/nssdb"}, {"Delete it"},
               {"certutil -D -d sql:/home/x/.pki/nssdb"}, {"What certutil adds counts"}},
            {TlsPlace::Kind::firefox, "Firefox", {"Open about:preferences#privacy"}, {}, {"Delete it"}, {}, {}},
            {TlsPlace::Kind::system, "This system", {"Run the command below"}, {"sudo install -m 644 a b"},
                {"Run the command below"}, {"sudo rm b"}, {}}};
    return state;
}

struct Fixture {
    TlsModel model;
    std::unique_ptr<CertificateDialog> dialog;

    explicit Fixture(TlsState state = {})
    {
        model.setState(std::move(state));
        dialog = std::make_unique<CertificateDialog>(model);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
    }
    [[nodiscard]] QPushButton* button(const char* name) const { return child<QPushButton>(*dialog, name); }
    [[nodiscard]] QString text(const char* name) const { return child<QLabel>(*dialog, name)->text(); }
    [[nodiscard]] bool shows(const char* name) const
    {
        return child<QWidget>(*dialog, name)->isVisibleTo(dialog.get());
    }
    [[nodiscard]] InlineNotice* notice() const { return child<InlineNotice>(*dialog, "certificate_notice"); }
    void finish(TlsRequest request, std::string error = {}, std::vector<std::string> details = {},
        bool trouble = false)
    {
        model.finish({request, std::move(error), false, false, std::move(details), trouble});
    }
    template <class Dialog>
    [[nodiscard]] Dialog* opened() const
    {
        auto* found = dialog->findChild<Dialog*>();
        if (!found)
            qFatal("the dialog is not open");
        return found;
    }
};

} // namespace

class CertificateDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void first_use_is_one_button()
    {
        Fixture f;
        QSignalSpy wanted(&f.model, &TlsModel::enableRequested);
        QCOMPARE(f.text("certificate_title"), QStringLiteral("wss:// is off"));
        QVERIFY(!f.shows("certificate_section"));
        QVERIFY(!f.shows("certificate_trust"));
        QTest::mouseClick(f.button("certificate_enable"), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        QVERIFY(wanted.front().front().value<Paths>().empty());
        QVERIFY(!f.button("certificate_enable")->isEnabled());
        QVERIFY(f.shows("certificate_progress"));
        f.model.setState(served());
        f.finish(TlsRequest::enable);
        QVERIFY(f.shows("certificate_section"));
        QVERIFY(f.shows("certificate_trust"));
        QVERIFY(!f.shows("certificate_first_use"));
        QVERIFY(!f.shows("certificate_progress"));
        QVERIFY(f.notice()->text().contains(QStringLiteral("is served from now on")));
    }

    void names_are_checked_before_anything_is_made()
    {
        Fixture f;
        QSignalSpy wanted(&f.model, &TlsModel::enableRequested);
        auto* names = child<QLineEdit>(*f.dialog, "certificate_added_names");
        names->setText(QStringLiteral("no name!"));
        f.button("certificate_enable")->click();
        QCOMPARE(wanted.size(), 0);
        QVERIFY(f.shows("certificate_names_problem"));
        names->setText(QStringLiteral("Shop.test 192.168.1.20"));
        QVERIFY(!f.shows("certificate_names_problem"));
        QTest::keyClick(names, Qt::Key_Return);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.front().front().value<Paths>(), (Paths{"shop.test", "192.168.1.20"}));
    }

    void an_error_is_told_and_changes_nothing_data()
    {
        QTest::addColumn<int>("request");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, TlsRequest request, const char* says) {
            QTest::newRow(name) << static_cast<int>(request) << QString::fromUtf8(says);
        };
        row("enable", TlsRequest::enable, "wss:// was not enabled: the disk is full");
        row("renew", TlsRequest::renew, "Not renewed: the disk is full");
        row("own files", TlsRequest::useOwn, "The certificate was not taken: the disk is full");
        row("passphrase", TlsRequest::usePassphrase, "The key could not be opened: the disk is full");
        row("turn off", TlsRequest::disable, "wss:// was not turned off: the disk is full");
        row("export", TlsRequest::exportAuthority, "Not exported: the disk is full");
        row("trust", TlsRequest::trust, "The trust was not added: the disk is full");
        row("untrust", TlsRequest::untrust, "The trust was not removed: the disk is full");
        row("look up", TlsRequest::lookUp, "Who trusts it could not be found out: the disk is full");
    }

    void an_error_is_told_and_changes_nothing()
    {
        QFETCH(int, request);
        QFETCH(QString, says);
        Fixture f(served());
        f.finish(static_cast<TlsRequest>(request), "the disk is full");
        QCOMPARE(f.notice()->text(), says);
        QCOMPARE(f.notice()->kind(), InlineNotice::Kind::Danger);
        QVERIFY(f.shows("certificate_section"));
    }

    void without_a_folder_there_is_no_development_certificate()
    {
        TlsState state;
        state.noFolderWhy = "settings are in memory only";
        Fixture f(state);
        QVERIFY(!f.button("certificate_enable")->isEnabled());
        QVERIFY(f.button("certificate_first_own")->isEnabled());
        bool isTold = false;
        for (const QLabel* label : f.dialog->findChildren<QLabel*>())
            isTold = isTold || label->text().contains(QStringLiteral("settings are in memory only"));
        QVERIFY(isTold);
    }

    void the_certificate_says_what_a_browser_shows()
    {
        Fixture f(served());
        QCOMPARE(f.text("certificate_names"), QStringLiteral("localhost, 127.0.0.1, ::1, shop.test"));
        QVERIFY2(f.text("certificate_valid").contains(QStringLiteral("397 days left")),
            qPrintable(f.text("certificate_valid")));
        QCOMPARE(
            f.text("certificate_fingerprint").remove(u'\n'), QString::fromStdString(facts().fingerprint));
        f.button("certificate_copy_fingerprint")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(facts().fingerprint));
    }

    void an_end_that_comes_near_is_seen_data()
    {
        QTest::addColumn<int>("age");
        QTest::addColumn<int>("days");
        QTest::addColumn<QString>("says");
        QTest::addColumn<QString>("tone");
        const auto row
            = [](const char* name, TlsAge::State age, int days, const char* says, const char* tone) {
                  QTest::newRow(name)
                      << static_cast<int>(age) << days << QString::fromUtf8(says) << QString::fromUtf8(tone);
              };
        row("good", TlsAge::State::good, 100, "100 days left", "");
        row("soon", TlsAge::State::endsSoon, 12, "12 days left", "warning");
        row("ended", TlsAge::State::ended, -1, "ended on", "danger");
        row("not begun", TlsAge::State::notBegun, 400, "not before", "danger");
    }

    void an_end_that_comes_near_is_seen()
    {
        QFETCH(int, age);
        QFETCH(int, days);
        QFETCH(QString, says);
        QFETCH(QString, tone);
        TlsState state = served();
        state.age = {static_cast<TlsAge::State>(age), days};
        state.renewalOffered = age != static_cast<int>(TlsAge::State::good);
        Fixture f(state);
        QVERIFY2(f.text("certificate_valid").contains(says), qPrintable(f.text("certificate_valid")));
        QCOMPARE(child<QLabel>(*f.dialog, "certificate_valid")->property("tone").toString(), tone);
        QCOMPARE(f.button("certificate_renew")->property("primary").toBool(), state.renewalOffered);
    }

    void each_place_has_its_words_and_its_button()
    {
        Fixture f(served());
        QSignalSpy trust(&f.model, &TlsModel::trustRequested);
        QSignalSpy untrust(&f.model, &TlsModel::untrustRequested);
        QCOMPARE(f.text("trust_words_1"), QStringLiteral("does not trust it: its authority is not there"));
        QCOMPARE(f.text("trust_words_2"), QStringLiteral("trusts it"));
        QVERIFY(f.text("trust_words_3").contains(QStringLiteral("the command below")));
        QVERIFY(!f.shows("trust_change_3"));
        QCOMPARE(f.button("trust_change_1")->text(), QStringLiteral("Trust"));
        QCOMPARE(f.button("trust_change_2")->text(), QStringLiteral("Remove trust"));
        f.button("trust_change_1")->setFocus();
        const int scrolled = child<QScrollArea>(*f.dialog, "certificate_scroll")->verticalScrollBar()->value();
        QTest::mouseClick(f.button("trust_change_1"), Qt::LeftButton);
        QCOMPARE(trust.front().front().value<Paths>(), Paths{"/home/x/.pki/nssdb"});
        QVERIFY(!f.button("trust_change_2")->isEnabled());
        QCOMPARE(f.dialog->focusWidget(), f.button("certificate_close")); // nothing scrolls away
        QCOMPARE(child<QScrollArea>(*f.dialog, "certificate_scroll")->verticalScrollBar()->value(), scrolled);
        f.finish(TlsRequest::trust, {}, {"Chromium and Chrome: trusts it"});
        QCOMPARE(f.dialog->focusWidget(), f.button("trust_change_1"));
        QCOMPARE(f.notice()->text(), QStringLiteral("Chromium and Chrome: trusts it."));
        QTest::mouseClick(f.button("trust_change_2"), Qt::LeftButton);
        QCOMPARE(untrust.front().front().value<Paths>(), Paths{"/home/x/.mozilla/firefox/a.default"});
        f.finish(TlsRequest::untrust, {}, {"Firefox: a primary password guards the database"}, true);
        QCOMPARE(f.notice()->kind(), InlineNotice::Kind::Warning);
    }

    void what_appears_has_its_place_at_once()
    {
        Fixture f;
        f.dialog->resize(640, 620);
        QVERIFY(QTest::qWaitForWindowExposed(f.dialog.get()));
        f.button("certificate_enable")->click();
        f.model.setState(served());
        f.finish(TlsRequest::enable); // and no event is delivered
        QStringList faults;
        const auto* places = child<QWidget>(*f.dialog, "trust_places");
        int bottom = 0;
        for (const char* name : {"trust_place_1", "trust_place_2", "trust_place_3"}) {
            const auto* line = child<QWidget>(*f.dialog, name);
            if (line->y() < bottom || line->height() < line->layout()->heightForWidth(line->width()))
                faults << QStringLiteral("%1: %2, %3 px").arg(QLatin1String(name)).arg(line->y()).arg(line->height());
            bottom = line->geometry().bottom();
        }
        if (places->height() <= bottom)
            faults << QStringLiteral("the places are %1 px of %2").arg(places->height()).arg(bottom);
        for (const QLabel* label : f.dialog->findChildren<QLabel*>()) {
            if (label->isVisible() && label->wordWrap() && label->height() < label->heightForWidth(label->width()))
                faults << label->objectName() + u' ' + label->text();
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    void commands_stand_whole_and_leave_the_wheel()
    {
        TlsState state = served();
        state.steps[0].commands = {"mkdir -p '/home/somebody/with/a/long/path/.pki/nssdb' && certutil -N -d "
                                   "'sql:/home/somebody/with/a/long/path/.pki/nssdb' --empty-password",
            "certutil -A -d 'sql:/home/somebody/with/a/long/path/.pki/nssdb' -t C,, -n 'Jackfield development "
            "authority 0123456789' -i '/home/somebody/with/a/long/path/jackfield-authority.crt'"};
        Fixture f(state);
        f.dialog->resize(640, 620);
        QVERIFY(QTest::qWaitForWindowExposed(f.dialog.get()));
        auto* commands = child<QPlainTextEdit>(*f.dialog, "trust_commands_chromium");
        QTextCursor end(commands->document());
        end.movePosition(QTextCursor::End);
        const int bottom = commands->cursorRect(end).bottom();
        const int room = commands->viewport()->height();
        QVERIFY(bottom > 4 * commands->fontMetrics().lineSpacing());
        QVERIFY2(bottom <= room, qPrintable(QStringLiteral("%1 of %2").arg(room).arg(bottom)));
        QVERIFY(room - bottom < commands->fontMetrics().lineSpacing());
        QCOMPARE(commands->cursorRect(QTextCursor(commands->document())).top(), 0);
        const QPointF at(5, 5);
        QWheelEvent wheel(at, commands->viewport()->mapToGlobal(at), {}, QPoint(0, -240), Qt::NoButton,
            Qt::NoModifier, Qt::NoScrollPhase, false);
        wheel.accept();
        QCoreApplication::sendEvent(commands->viewport(), &wheel);
        QVERIFY(!wheel.isAccepted()); // so that a person's goes on to what is around
        QCOMPARE(commands->verticalScrollBar()->value(), 0);
    }

    void what_is_good_to_know_is_no_step()
    {
        Fixture f(served());
        QStringList texts;
        for (const QLabel* label : child<QWidget>(*f.dialog, "trust_steps")->findChildren<QLabel*>())
            texts << label->text();
        QVERIFY2(texts.contains(QStringLiteral("What certutil adds counts.")), qPrintable(texts.join(u'\n')));
        QVERIFY(texts.contains(QStringLiteral("1. Open chrome://certificate-manager\n2. Import")));
    }

    void browsers_are_counted_and_not_the_system()
    {
        TlsState state = served();
        Fixture f(state);
        QVERIFY2(f.text("trust_summary").startsWith(QStringLiteral("Browsers that trust it: 1 of 2.")),
            qPrintable(f.text("trust_summary")));
        state.places[1].standing = TlsPlace::Standing::notTrusted;
        state.places[2].standing = TlsPlace::Standing::trusted;
        f.model.setState(state);
        QVERIFY2(f.text("trust_summary").startsWith(QStringLiteral("Until a browser trusts")),
            qPrintable(f.text("trust_summary")));
    }

    void all_of_them_at_once_where_several_wait()
    {
        TlsState state = served();
        Fixture f(state);
        QVERIFY(!f.shows("trust_all")); // one browser waits, and it has its button
        state.places[1].standing = TlsPlace::Standing::notTrusted;
        f.model.setState(state);
        QSignalSpy trust(&f.model, &TlsModel::trustRequested);
        QTest::mouseClick(f.button("trust_all"), Qt::LeftButton);
        QVERIFY(trust.front().front().value<Paths>().empty());
    }

    void without_certutil_the_steps_remain()
    {
        TlsState state = served();
        state.hasCertutil = false;
        Fixture f(state);
        QVERIFY(f.shows("trust_no_certutil"));
        QVERIFY(!f.button("trust_change_1")->isEnabled());
        QVERIFY(!f.shows("trust_all"));
        QVERIFY(f.button("trust_copy_chromium")->isEnabled());
    }

    void unknown_and_older_trust_are_told()
    {
        TlsState state = served();
        state.places[0].standing = TlsPlace::Standing::unknown;
        state.places[0].why = "the database is locked";
        state.places[0].older = 2;
        state.places[1].standing = TlsPlace::Standing::notLooked;
        Fixture f(state);
        QVERIFY(f.text("trust_words_1").contains(QStringLiteral("cannot be told: the database is locked")));
        QVERIFY(f.text("trust_words_1").contains(QStringLiteral("2 older ones")));
        QCOMPARE(f.text("trust_words_2"), QStringLiteral("not looked at yet"));
    }

    void it_looks_when_it_opens_and_when_it_is_told()
    {
        TlsModel model;
        model.setState(served());
        QSignalSpy lookUp(&model, &TlsModel::lookUpRequested);
        CertificateDialog dialog(model);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QCOMPARE(lookUp.size(), 1);
        model.finish({TlsRequest::lookUp, {}, false, false, {}, false});
        child<QPushButton>(dialog, "trust_look_again")->click();
        QCOMPARE(lookUp.size(), 2);
    }

    void commands_are_copied_as_they_are()
    {
        Fixture f(served());
        f.button("trust_copy_chromium")->click();
        QCOMPARE(
            QGuiApplication::clipboard()->text(), QStringLiteral("certutil -A -d sql:/home/x/.pki/nssdb"));
        f.button("trust_copy_chromium_undo")->click();
        QCOMPARE(
            QGuiApplication::clipboard()->text(), QStringLiteral("certutil -D -d sql:/home/x/.pki/nssdb"));
        f.button("trust_copy_system")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("sudo install -m 644 a b"));
        QVERIFY(f.dialog->findChild<QPushButton*>(QStringLiteral("trust_copy_firefox")) == nullptr);
        QCOMPARE(child<QTabWidget>(*f.dialog, "trust_steps_tabs")->count(), 3);
    }

    void the_authority_is_exported_to_a_chosen_file()
    {
        Fixture f(served());
        QSignalSpy wanted(&f.model, &TlsModel::exportRequested);
        f.button("trust_export")->click();
        Q_EMIT f.opened<QFileDialog>()->fileSelected(QStringLiteral("/tmp/a b.crt"));
        QCOMPARE(wanted.front().front().value<std::string>(), std::string("/tmp/a b.crt"));
        f.finish(TlsRequest::exportAuthority);
        QCOMPARE(f.notice()->text(), QStringLiteral("Written to /tmp/a b.crt."));
    }

    void a_name_that_somebody_asked_for_stands_there_to_be_added()
    {
        Fixture f(served());
        f.dialog->showNames(QStringLiteral("no name!"));
        QVERIFY(!f.dialog->findChild<RenewDialog*>());
        f.dialog->showNames(QStringLiteral("a.localhost"));
        auto* ask = f.opened<RenewDialog>();
        QCOMPARE(child<QLineEdit>(*ask, "renew_names")->text(), QStringLiteral("shop.test a.localhost"));
        f.dialog->showNames(QStringLiteral("b.localhost")); // which changes nothing under a person's hands
        QCOMPARE(f.dialog->findChildren<RenewDialog*>().size(), 1);
    }

    void a_name_stands_beside_the_first_certificate()
    {
        Fixture f;
        f.dialog->showNames(QStringLiteral("a.localhost"));
        QCOMPARE(child<QLineEdit>(*f.dialog, "certificate_added_names")->text(), QStringLiteral("a.localhost"));
    }

    void a_renewal_is_asked_about_with_its_names()
    {
        TlsState state = served();
        state.missingNames = {"new.test"};
        Fixture f(state);
        QVERIFY(f.text("certificate_problem").contains(QStringLiteral("new.test")));
        QSignalSpy wanted(&f.model, &TlsModel::renewRequested);
        f.button("certificate_renew")->click();
        auto* ask = f.opened<RenewDialog>();
        auto* names = child<QLineEdit>(*ask, "renew_names");
        QCOMPARE(names->text(), QStringLiteral("shop.test new.test"));
        names->setText(QStringLiteral("shop.test <x>"));
        QVERIFY(!child<QPushButton>(*ask, "renew_yes")->isEnabled());
        names->setText(QStringLiteral("shop.test 10.0.0.1"));
        QCOMPARE(wanted.size(), 0);
        child<QPushButton>(*ask, "renew_yes")->click();
        QCOMPARE(wanted.front().front().value<Paths>(), (Paths{"shop.test", "10.0.0.1"}));
        f.finish(TlsRequest::renew, {}, {"This system: that takes an administrator"}, true);
        QCOMPARE(f.notice()->kind(), InlineNotice::Kind::Warning);
        QVERIFY(f.notice()->text().startsWith(QStringLiteral("The new certificate is in force.")));
    }

    void a_renewal_can_be_left()
    {
        Fixture f(served());
        QSignalSpy wanted(&f.model, &TlsModel::renewRequested);
        f.button("certificate_renew")->click();
        child<QPushButton>(*f.opened<RenewDialog>(), "renew_no")->click();
        QCOMPARE(wanted.size(), 0);
    }

    void own_files_stay_open_with_the_precise_reason()
    {
        Fixture f(served());
        QSignalSpy wanted(&f.model, &TlsModel::useOwnRequested);
        f.button("certificate_own")->click();
        auto* own = f.opened<OwnCertificateDialog>();
        auto* use = child<QPushButton>(*own, "own_certificate_use");
        QVERIFY(!use->isEnabled());
        child<QLineEdit>(*own, "own_certificate_chain")->setText(QStringLiteral("/tmp/both.pem"));
        use->click();
        QCOMPARE(wanted.front()[0].value<std::string>(), std::string("/tmp/both.pem"));
        QCOMPARE(wanted.front()[1].value<std::string>(), std::string("/tmp/both.pem"));
        QCOMPARE(wanted.front()[2].value<std::string>(), std::string());
        f.finish(TlsRequest::useOwn, "/tmp/both.pem: the key belongs to none of the certificates");
        auto* problem = child<QLabel>(*own, "own_certificate_problem");
        QVERIFY(own->isVisible());
        QCOMPARE(
            problem->text(), QStringLiteral("/tmp/both.pem: the key belongs to none of the certificates"));
        QVERIFY(f.notice()->text().isEmpty());
        child<QLineEdit>(*own, "own_certificate_key")->setText(QStringLiteral("/tmp/key.pem"));
        use->click();
        QVERIFY(!problem->isVisibleTo(own));
        QCOMPARE(wanted.back()[1].value<std::string>(), std::string("/tmp/key.pem"));
        f.finish(TlsRequest::useOwn);
        QVERIFY(!own->isVisible());
    }

    void a_problem_takes_no_room_from_what_stands_there()
    {
        const auto isWhole = [](const QWidget& dialog) {
            const auto labels = dialog.findChildren<QLabel*>();
            for (const QLabel* label : labels) {
                if (label->isVisible() && label->height() < label->heightForWidth(label->width()))
                    return false;
            }
            return true;
        };
        Fixture f(served());
        f.button("certificate_renew")->click();
        auto* ask = f.opened<RenewDialog>();
        child<QLineEdit>(*ask, "renew_names")->setText(QStringLiteral("https://a.name.that.is.long.enough.for.two.lines.test"));
        QVERIFY(child<QLabel>(*ask, "renew_problem")->isVisible());
        QVERIFY(isWhole(*ask));
        ask->reject();
        f.button("certificate_own")->click();
        auto* own = f.opened<OwnCertificateDialog>();
        child<QLineEdit>(*own, "own_certificate_chain")->setText(QStringLiteral("/tmp/both.pem"));
        child<QPushButton>(*own, "own_certificate_use")->click();
        f.finish(TlsRequest::useOwn, std::string(50, 'a') + QStringLiteral(" and a word").repeated(40).toStdString());
        QVERIFY(isWhole(*own));
    }

    void an_encrypted_key_asks_for_its_passphrase()
    {
        Fixture f(served());
        QSignalSpy wanted(&f.model, &TlsModel::useOwnRequested);
        f.button("certificate_own")->click();
        auto* own = f.opened<OwnCertificateDialog>();
        auto* passphrase = child<QLineEdit>(*own, "own_certificate_passphrase");
        QVERIFY(!passphrase->isVisibleTo(own));
        child<QLineEdit>(*own, "own_certificate_chain")->setText(QStringLiteral("/tmp/both.pem"));
        auto* use = child<QPushButton>(*own, "own_certificate_use");
        use->click();
        f.model.finish({TlsRequest::useOwn, "a passphrase is needed", true, false, {}, false});
        QVERIFY(passphrase->isVisibleTo(own));
        QCOMPARE(passphrase->echoMode(), QLineEdit::Password);
        passphrase->setText(QStringLiteral("wrong"));
        use->click();
        QCOMPARE(wanted.back()[2].value<std::string>(), std::string("wrong"));
        f.model.finish({TlsRequest::useOwn, "the passphrase does not open the key", false, true, {}, false});
        QVERIFY(own->isVisible());
        QCOMPARE(passphrase->selectedText().size(), 5);
        f.finish(TlsRequest::lookUp, "nothing of this dialog");
        QVERIFY(own->isVisible());
    }

    void a_key_that_waits_for_its_passphrase_gets_it_here()
    {
        TlsState state;
        state.wanted = TlsSource::own;
        state.ownChainPath = "/tmp/chain.pem";
        state.passphraseNeeded = true;
        state.problem = "the key is encrypted and a passphrase is needed";
        Fixture f(state);
        QSignalSpy wanted(&f.model, &TlsModel::usePassphraseRequested);
        auto* field = child<QLineEdit>(*f.dialog, "certificate_passphrase");
        QVERIFY(field->isVisibleTo(f.dialog.get()));
        f.button("certificate_unlock")->click();
        QCOMPARE(wanted.size(), 0); // nothing was typed
        field->setText(QStringLiteral("secret"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(wanted.front().front().value<std::string>(), std::string("secret"));
        f.finish(TlsRequest::usePassphrase, "the passphrase does not open the key");
        QCOMPARE(field->selectedText().size(), 6);
        field->setText(QStringLiteral("right"));
        f.button("certificate_unlock")->click();
        f.finish(TlsRequest::usePassphrase);
        QVERIFY(field->text().isEmpty());
    }

    void a_key_that_waits_has_the_keyboard_and_the_emphasis()
    {
        TlsState state;
        state.wanted = TlsSource::own;
        state.ownChainPath = "/tmp/chain.pem";
        state.ownKeyPath = "/tmp/key.pem";
        state.passphraseNeeded = true;
        Fixture f(state);
        QCOMPARE(f.dialog->focusWidget(), child<QWidget>(*f.dialog, "certificate_passphrase"));
        QVERIFY(f.button("certificate_unlock")->property("primary").toBool());
        QVERIFY(!f.button("certificate_enable")->property("primary").toBool());
        QCOMPARE(f.button("certificate_enable")->text(), QStringLiteral("Use the development certificate instead"));
        // It comes while the dialog is open: the keyboard goes there, but not away from what is being typed.
        f.model.setState({});
        QCOMPARE(f.button("certificate_enable")->text(), QStringLiteral("Enable wss://"));
        f.button("certificate_enable")->setFocus();
        f.model.setState(state);
        QCOMPARE(f.dialog->focusWidget(), child<QWidget>(*f.dialog, "certificate_passphrase"));
        f.model.setState({});
        auto* names = child<QLineEdit>(*f.dialog, "certificate_added_names");
        names->setFocus();
        f.model.setState(state);
        QCOMPARE(f.dialog->focusWidget(), names);
    }

    void the_way_back_to_ones_own_certificate_is_kept_data()
    {
        QTest::addColumn<bool>("isServed"); // else its key waits for the passphrase
        QTest::newRow("it is served") << true;
        QTest::newRow("its key waits") << false;
    }

    void the_way_back_to_ones_own_certificate_is_kept()
    {
        QFETCH(bool, isServed);
        TlsState state = served();
        state.wanted = TlsSource::own;
        state.serving = isServed ? TlsSource::own : TlsSource::off;
        state.ownChainPath = "/tmp/chain.pem";
        state.ownKeyPath = "/tmp/key.pem";
        state.passphraseNeeded = !isServed;
        Fixture f(state);
        QSignalSpy useOwn(&f.model, &TlsModel::useOwnRequested);
        f.button(isServed ? "certificate_development" : "certificate_enable")->click();
        f.model.setState(served()); // which knows nothing of the files any more
        f.finish(TlsRequest::enable);
        QCOMPARE(f.notice()->text(), QStringLiteral("The development certificate is served instead of your own."));
        child<QPushButton>(*f.dialog, "Back to the own certificate")->click();
        QCOMPARE(useOwn.size(), 1);
        QCOMPARE(useOwn.front()[0].value<std::string>(), std::string("/tmp/chain.pem"));
        QCOMPARE(useOwn.front()[1].value<std::string>(), std::string("/tmp/key.pem"));
        auto* own = f.opened<OwnCertificateDialog>();
        f.model.finish({TlsRequest::useOwn, "a passphrase is needed", true, false, {}, false});
        QVERIFY(child<QLineEdit>(*own, "own_certificate_passphrase")->isVisibleTo(own)); // it is asked for there
        QVERIFY(own->isVisible());
        own->reject();
        QTRY_VERIFY(f.dialog->findChild<OwnCertificateDialog*>() == nullptr);
        f.button("certificate_own")->click(); // later too
        QCOMPARE(child<QLineEdit>(*f.opened<OwnCertificateDialog>(), "own_certificate_chain")->text(),
            QStringLiteral("/tmp/chain.pem"));
    }

    void the_development_certificate_is_of_no_concern_to_ones_own_data()
    {
        QTest::addColumn<int>("serving");
        QTest::addColumn<int>("wanted");
        QTest::addColumn<bool>("tells");
        const auto row = [](const char* name, TlsSource serving, TlsSource wanted, bool tells) {
            QTest::newRow(name) << static_cast<int>(serving) << static_cast<int>(wanted) << tells;
        };
        row("own", TlsSource::own, TlsSource::own, false);
        row("own that cannot be served", TlsSource::off, TlsSource::own, false);
        row("off", TlsSource::off, TlsSource::off, true);
        row("development", TlsSource::development, TlsSource::development, true);
        row("development goes on", TlsSource::development, TlsSource::own, true);
    }

    void the_development_certificate_is_of_no_concern_to_ones_own()
    {
        QFETCH(int, serving);
        QFETCH(int, wanted);
        QFETCH(bool, tells);
        TlsState state = served();
        state.serving = static_cast<TlsSource>(serving);
        state.wanted = static_cast<TlsSource>(wanted);
        state.developmentProblem = "its files do not belong together";
        state.missingNames = {"new.test"};
        if (state.serving == TlsSource::off)
            state.chain.clear();
        Fixture f(state);
        const QString problem = f.text("certificate_problem");
        QCOMPARE(problem.contains(QStringLiteral("do not belong together")), tells);
        // A renewal is advised where there is a button for it.
        QCOMPARE(problem.contains(QStringLiteral("new.test")), f.shows("certificate_renew"));
    }

    void a_certificate_that_cannot_be_used_is_replaced_before_it_is_served()
    {
        TlsState state;
        state.developmentProblem = "its key is not there";
        Fixture f(state);
        QSignalSpy renew(&f.model, &TlsModel::renewRequested);
        QVERIFY(f.shows("certificate_first_renew"));
        QVERIFY(!f.shows("certificate_added_names")); // the next dialog asks for them
        f.button("certificate_first_renew")->click();
        child<QPushButton>(*f.opened<RenewDialog>(), "renew_yes")->click();
        QCOMPARE(renew.size(), 1);
        state.developmentProblem.clear();
        f.model.setState(state);
        f.finish(TlsRequest::renew);
        QVERIFY(!f.shows("certificate_first_renew"));
        QVERIFY2(f.notice()->text().contains(QStringLiteral("Enable wss:// serves it")), qPrintable(f.notice()->text()));
    }

    void enter_in_the_names_of_a_renewal_renews()
    {
        Fixture f(served());
        QSignalSpy wanted(&f.model, &TlsModel::renewRequested);
        f.button("certificate_renew")->click();
        auto* ask = f.opened<RenewDialog>();
        auto* names = child<QLineEdit>(*ask, "renew_names");
        names->setText(QStringLiteral("not a name!"));
        QTest::keyClick(names, Qt::Key_Return);
        QVERIFY(ask->isVisible()); // and what was typed is there still
        QCOMPARE(wanted.size(), 0);
        names->setText(QStringLiteral("new.test"));
        QTest::keyClick(names, Qt::Key_Return);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.front().front().value<Paths>(), Paths{"new.test"});
    }

    void ones_own_certificate_says_who_trusts_it()
    {
        TlsState state = served();
        Fixture f(state);
        QVERIFY(!f.shows("certificate_own_trust"));
        state.serving = state.wanted = TlsSource::own;
        f.model.setState(state);
        QVERIFY(f.text("certificate_own_trust").contains(QStringLiteral("behind the issuer")));
        state.chain.front().is_self_signed = true;
        f.model.setState(state);
        QVERIFY(f.text("certificate_own_trust").contains(QStringLiteral("imported")));
        f.dialog->resize(f.dialog->minimumSizeHint());
        f.dialog->showTrust();
        QVERIFY(!child<QLabel>(*f.dialog, "certificate_own_trust")->visibleRegion().isEmpty());
    }

    void the_keyboard_goes_on_to_what_is_useful_next()
    {
        Fixture f;
        QTest::keyClick(f.button("certificate_enable"), Qt::Key_Space);
        TlsState state = served();
        for (TlsPlace& place : state.places)
            place.standing = TlsPlace::Standing::notLooked;
        f.model.setState(state);
        f.finish(TlsRequest::enable);
        QCOMPARE(f.dialog->focusWidget(), f.button("certificate_close")); // nobody knows yet who trusts it
        for (TlsPlace& place : state.places)
            place.standing = TlsPlace::Standing::notTrusted;
        f.model.setState(state);
        QCOMPARE(f.dialog->focusWidget(), f.button("trust_all"));
        QTest::keyClick(f.button("trust_all"), Qt::Key_Space);
        state.places[1].standing = TlsPlace::Standing::trusted; // the other could not be had to
        f.model.setState(state);
        f.finish(TlsRequest::trust, {}, {"Chromium and Chrome: it is locked"}, true);
        QCOMPARE(f.dialog->focusWidget(), f.button("trust_change_1"));
        f.button("certificate_disable")->setFocus();
        QTest::keyClick(f.button("certificate_disable"), Qt::Key_Space);
        f.model.setState({});
        f.finish(TlsRequest::disable);
        QCOMPARE(f.dialog->focusWidget(), f.button("certificate_enable"));
    }

    void own_certificates_can_give_way_to_the_development_one_and_to_none()
    {
        TlsState state = served();
        state.serving = state.wanted = TlsSource::own;
        state.ownChainPath = "/tmp/chain.pem";
        state.warnings = {"it has expired"};
        Fixture f(state);
        QSignalSpy enable(&f.model, &TlsModel::enableRequested);
        QSignalSpy disable(&f.model, &TlsModel::disableRequested);
        QVERIFY(!f.shows("certificate_trust"));
        QVERIFY(!f.shows("certificate_renew"));
        QCOMPARE(f.text("certificate_warnings"), QStringLiteral("It has expired."));
        f.button("certificate_development")->click();
        QCOMPARE(enable.size(), 1);
        f.finish(TlsRequest::enable);
        f.button("certificate_disable")->click();
        QCOMPARE(disable.size(), 1);
        f.finish(TlsRequest::disable);
        QVERIFY(f.notice()->text().startsWith(QStringLiteral("wss:// is off.")));
    }

    void the_key_log_is_never_silent()
    {
        TlsState state = served();
        Fixture f(state);
        QVERIFY(!f.shows("certificate_key_log"));
        state.keyLogPath = "/tmp/keys.log";
        f.model.setState(state);
        QVERIFY(f.text("certificate_key_log").contains(QStringLiteral("/tmp/keys.log")));
        QVERIFY(f.shows("certificate_key_log"));
    }

    void what_runs_is_named()
    {
        TlsState state = served();
        state.activity = TlsActivity::trusting;
        state.activityPlace = "Chromium and Chrome";
        Fixture f(state);
        QVERIFY(f.shows("certificate_progress"));
        QCOMPARE(
            f.text("certificate_activity"), QStringLiteral("Adding the trust to Chromium and Chrome..."));
    }

    void hostile_texts_are_plain_and_every_control_has_a_name()
    {
        // Certificates, paths and titles may hold anything.
        TlsState state = served();
        state.serving = TlsSource::own;
        state.chain.front().names = {hostileText, std::string(5'000, 'x')};
        state.chain.front().issuer = state.chain.front().key = hostileText;
        state.ownChainPath = state.keyLogPath = hostileText;
        state.warnings = {hostileText};
        state.problem = hostileText;
        state.places[0].title = hostileText;
        Fixture f(state);
        QCOMPARE(test::faultsOf(*f.dialog), QStringList());
        for (const QLabel* label : f.dialog->findChildren<QLabel*>()) {
            QVERIFY(!label->text().contains(QChar(0x1B)));
            QVERIFY(!label->text().contains(QChar(0x202E)));
        }
        state.serving = TlsSource::development;
        f.model.setState(state);
        QCOMPARE(test::faultsOf(*f.dialog), QStringList());
    }
};

QTEST_MAIN(CertificateDialogTest)
#include "certificate_dialog_test.moc"
