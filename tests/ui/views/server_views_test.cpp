// The toolbar, the bars about the server, the first page and the phone: what a person does with the server
// itself.
#include "tests/support/development_credentials.h"
#include "tests/support/fake_engine_port.h"
#include "tests/support/listening_status.h"
#include "ui/models/refused_model.h"
#include "ui/models/tls_state.h"
#include "ui/text/language.h"
#include "ui/views/allow_action.h"
#include "ui/views/empty_state.h"
#include "ui/views/notice_bar.h"
#include "ui/views/phone_dialog.h"
#include "ui/views/rate_plot.h"
#include "ui/views/server_address.h"
#include "ui/views/server_bars.h"
#include "ui/views/server_toolbar.h"
#include "ui/views/tls_lock.h"
#include "ui/views/why_not_dialog.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;
using jackfield::test::listeningStatus;

namespace {

WallTime systemNow()
{
    return WallTime(std::chrono::system_clock::now());
}

/// A server with a certificate that was made so many days ago; its listeners are of this kind.
ServerStatus secureStatus(ListenerKind kind, int daysAgo = 0)
{
    ServerStatus status = listeningStatus();
    status.tls = test::developmentCredentials(systemNow() - std::chrono::days(daysAgo));
    for (ListenerStatus& listener : status.listeners) {
        listener.spec.kind = kind;
        listener.speaks = spoken_by(kind, true);
    }
    return status;
}

} // namespace

class ServerViewsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_button_stops_what_listens_and_starts_what_does_not()
    {
        FakeEnginePort port;
        ServerToolbar toolbar(port);
        auto* button = toolbar.findChild<QToolButton*>(QStringLiteral("start_stop"));
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(port.last<command::Listen>() != nullptr);
        QVERIFY(port.last<command::Listen>()->listeners.empty());
        port.deliverStatus(listeningStatus());
        QVERIFY(button->text().contains(QStringLiteral("Stop")));
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(port.last<command::StopListening>() != nullptr);
    }

    void a_start_that_fails_is_told()
    {
        FakeEnginePort port;
        ServerToolbar toolbar(port);
        QSignalSpy outcome(&toolbar, &ServerToolbar::outcome);
        toolbar.startOrStop();
        port.failCommand(port.submitted.back().ticket,
            Error{ErrorCode::permission_denied, 0, "port 80 needs a privilege"});
        QCOMPARE(outcome.size(), 1);
        QVERIFY(outcome.front().front().toString().contains(QStringLiteral("port 80")));
    }

    void the_address_and_its_copies_have_the_real_port_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("copied");
        QTest::newRow("address") << "copy_url"
                                 << "ws://localhost:41234/";
        QTest::newRow("snippet") << "copy_snippet"
                                 << "new WebSocket(\"ws://localhost:41234/\")";
        QTest::newRow("test page") << "copy_test_page"
                                   << "http://localhost:41234/";
    }

    void the_address_and_its_copies_have_the_real_port()
    {
        QFETCH(QString, action);
        QFETCH(QString, copied);
        FakeEnginePort port;
        ServerToolbar toolbar(port);
        port.deliverStatus(listeningStatus(41'234));
        QCOMPARE(toolbar.findChild<QLineEdit*>(QStringLiteral("address"))->text(),
            QStringLiteral("ws://localhost:41234/"));
        QVERIFY(toolbar.findChild<QLineEdit*>(QStringLiteral("address"))->isReadOnly());
        toolbar.findChild<QAction*>(action)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), copied);
    }

    void addresses_have_the_scheme_that_is_spoken_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("socket");
        QTest::addColumn<QString>("secure");
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("securePage");
        const auto row = [](const char* name, ListenerKind kind, const char* socket, const char* secure,
                             const char* page, const char* securePage) {
            QTest::newRow(name) << static_cast<int>(kind) << QString::fromUtf8(socket) << QString::fromUtf8(secure)
                                << QString::fromUtf8(page) << QString::fromUtf8(securePage);
        };
        row("ws", ListenerKind::ws, "ws://localhost:4567/", "", "http://localhost:4567/", "");
        row("wss", ListenerKind::wss, "wss://localhost:4567/", "wss://localhost:4567/", "https://localhost:4567/",
            "https://localhost:4567/");
        row("both", ListenerKind::both, "ws://localhost:4567/", "wss://localhost:4567/", "http://localhost:4567/",
            "https://localhost:4567/");
        row("auto", ListenerKind::automatic, "ws://localhost:4567/", "wss://localhost:4567/",
            "http://localhost:4567/", "https://localhost:4567/");
    }

    void addresses_have_the_scheme_that_is_spoken()
    {
        QFETCH(int, kind);
        QFETCH(QString, socket);
        QFETCH(QString, secure);
        QFETCH(QString, page);
        QFETCH(QString, securePage);
        const ServerStatus status = secureStatus(static_cast<ListenerKind>(kind));
        QCOMPARE(socketUrl(status), socket);
        QCOMPARE(secureSocketUrl(status), secure);
        QCOMPARE(testPageUrl(status), page);
        QCOMPARE(secureTestPageUrl(status), securePage);
        ServerStatus without = status;
        without.tls.reset();
        QCOMPARE(secureSocketUrl(without), QString());
    }

    void both_addresses_can_be_copied_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("copied");
        QTest::newRow("address") << "copy_secure_url" << "wss://localhost:4567/";
        QTest::newRow("snippet") << "copy_secure_snippet" << "new WebSocket(\"wss://localhost:4567/\")";
        QTest::newRow("test page") << "copy_secure_test_page" << "https://localhost:4567/";
        QTest::newRow("plain") << "copy_url" << "ws://localhost:4567/";
    }

    void both_addresses_can_be_copied()
    {
        QFETCH(QString, action);
        QFETCH(QString, copied);
        FakeEnginePort port;
        ServerToolbar toolbar(port);
        port.deliverStatus(listeningStatus());
        QVERIFY(!toolbar.findChild<QAction*>(QStringLiteral("copy_secure_url"))->isVisible());
        port.deliverStatus(secureStatus(ListenerKind::both));
        auto* entry = toolbar.findChild<QAction*>(action);
        QVERIFY(entry->isVisible());
        entry->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), copied);
        QSignalSpy listeners(&toolbar, &ServerToolbar::listenersRequested);
        toolbar.findChild<QAction*>(QStringLiteral("edit_listeners"))->trigger();
        QCOMPARE(listeners.size(), 1);
    }

    void the_lock_says_how_the_certificate_stands_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("daysAgo"); // -1: no certificate
        QTest::addColumn<QString>("text"); // empty: no lock
        QTest::addColumn<bool>("warns");
        const auto row = [](const char* name, ListenerKind kind, int daysAgo, const char* text, bool warns) {
            QTest::newRow(name) << static_cast<int>(kind) << daysAgo << QString::fromUtf8(text) << warns;
        };
        row("plain", ListenerKind::ws, 0, "", false);
        row("fresh", ListenerKind::automatic, 0, "wss", false);
        row("31 days left", ListenerKind::both, 395 - 31, "wss", false);
        row("12 days left", ListenerKind::both, 395 - 12, "wss: ends in 12 days", true);
        row("last day", ListenerKind::both, 395, "wss: ends in 0 days", true);
        row("ended", ListenerKind::both, 398, "wss: certificate ended", true);
        row("not begun", ListenerKind::both, -3, "wss: not valid yet", true);
        row("none", ListenerKind::wss, -1, "no certificate", true);
    }

    void the_lock_says_how_the_certificate_stands()
    {
        QFETCH(int, kind);
        QFETCH(int, daysAgo);
        QFETCH(QString, text);
        QFETCH(bool, warns);
        FakeEnginePort port;
        ServerToolbar toolbar(port);
        toolbar.show();
        ServerStatus status = secureStatus(static_cast<ListenerKind>(kind), daysAgo == -1 ? 0 : daysAgo);
        if (daysAgo == -1)
            status.tls.reset();
        port.deliverStatus(status);
        TlsLock* lock = toolbar.tlsLock();
        QCOMPARE(lock->isVisible(), !text.isEmpty());
        if (text.isEmpty())
            return;
        QCOMPARE(lock->text(), text);
        QCOMPARE(lock->property("caution").toBool(), warns);
        QVERIFY(!lock->accessibleDescription().isEmpty());
        QSignalSpy wanted(&toolbar, &ServerToolbar::certificateRequested);
        lock->click();
        QCOMPARE(wanted.size(), 0); // it leads nowhere yet
        lock->setLeadsToCertificate(true);
        lock->click();
        QCOMPARE(wanted.size(), 1);
        port.deliverStatus(listeningStatus());
        QVERIFY(!lock->isVisible());
    }

    void an_address_is_never_cut_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("daysAgo");
        QTest::newRow("English, a lock") << QStringLiteral("en") << 0;
        QTest::newRow("English, an end that comes near") << QStringLiteral("en") << 395 - 12;
        QTest::newRow("German, a lock") << QStringLiteral("de") << 0;
        QTest::newRow("German, an end that comes near") << QStringLiteral("de") << 395 - 12;
    }

    void an_address_is_never_cut()
    {
        QFETCH(QString, language);
        QFETCH(int, daysAgo);
        speak(language);
        const auto inEnglish = qScopeGuard([] { speak(QStringLiteral("en")); });
        FakeEnginePort port;
        ServerToolbar toolbar(port);
        ServerStatus status = secureStatus(ListenerKind::both, daysAgo);
        for (ListenerStatus& listener : status.listeners)
            listener.bound = listener.bound.with_port(46'110);
        port.deliverStatus(status);
        toolbar.resize(1'400, 44);
        toolbar.show();
        const auto* address = toolbar.findChild<QLineEdit*>(QStringLiteral("address"));
        const TlsLock* lock = toolbar.tlsLock();
        QCoreApplication::processEvents();
        const int words = lock->width();
        QVERIFY(toolbar.ratePlot()->isVisible());
        QCOMPARE(lock->toolButtonStyle(), Qt::ToolButtonTextBesideIcon);
        toolbar.resize(900, 44);
        QCoreApplication::processEvents();
        QVERIFY2(address->width()
                >= address->fontMetrics().horizontalAdvance(address->text()) + 8,
            qPrintable(QString::number(address->width())));
        for (const auto* button : toolbar.findChildren<QToolButton*>(QString(), Qt::FindDirectChildrenOnly))
            QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->objectName()));
        QVERIFY(lock->isVisible());
        if (lock->toolButtonStyle() == Qt::ToolButtonIconOnly)
            QVERIFY2(lock->width() < words, qPrintable(QStringLiteral("%1 of %2").arg(lock->width()).arg(words)));
        else
            QVERIFY(toolbar.ratePlot()->width() >= toolbar.ratePlot()->sizeHint().width());
        toolbar.resize(1'400, 44);
        QCoreApplication::processEvents();
        QCOMPARE(lock->toolButtonStyle(), Qt::ToolButtonTextBesideIcon);
        QVERIFY(toolbar.ratePlot()->isVisible());
    }

    void a_certificate_that_cannot_serve_has_a_bar_data()
    {
        QTest::addColumn<int>("source");
        QTest::addColumn<int>("age");
        QTest::addColumn<bool>("passphrase");
        QTest::addColumn<QString>("problem");
        QTest::addColumn<QString>("says"); // empty: no bar
        const auto row = [](const char* name, TlsSource source, TlsAge::State age, bool passphrase,
                             const char* problem, const char* says) {
            QTest::newRow(name) << static_cast<int>(source) << static_cast<int>(age) << passphrase
                                << QString::fromUtf8(problem) << QString::fromUtf8(says);
        };
        row("off", TlsSource::off, TlsAge::State::good, false, "", "");
        row("good", TlsSource::own, TlsAge::State::good, false, "", "");
        row("soon", TlsSource::development, TlsAge::State::endsSoon, false, "", "ends in 9 days");
        row("ended", TlsSource::development, TlsAge::State::ended, false, "", "has ended");
        row("not begun", TlsSource::own, TlsAge::State::notBegun, false, "", "is not valid yet");
        row("problem", TlsSource::off, TlsAge::State::good, false, "the key is weak", "the key is weak");
        row("passphrase", TlsSource::off, TlsAge::State::good, true, "it is encrypted", "passphrase is needed");
    }

    void a_certificate_that_cannot_serve_has_a_bar()
    {
        QFETCH(int, source);
        QFETCH(int, age);
        QFETCH(bool, passphrase);
        QFETCH(QString, problem);
        QFETCH(QString, says);
        FakeEnginePort port;
        ServerBars bars(port);
        bars.show();
        TlsState state;
        state.serving = static_cast<TlsSource>(source);
        state.age = {static_cast<TlsAge::State>(age), 9};
        state.passphraseNeeded = passphrase;
        state.problem = problem.toStdString();
        bars.setTls(state);
        auto* bar = bars.findChild<NoticeBar*>(QStringLiteral("bar_tls"));
        QCOMPARE(bar->isVisible(), !says.isEmpty());
        if (says.isEmpty())
            return;
        QVERIFY2(bar->text().contains(says), qPrintable(bar->text()));
        QSignalSpy wanted(&bars, &ServerBars::certificateRequested);
        QTest::mouseClick(bar->findChild<QPushButton*>(QStringLiteral("tls_certificate")), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        QTest::mouseClick(bar->findChild<QPushButton*>(QStringLiteral("tls_close")), Qt::LeftButton);
        bars.setTls(state);
        QVERIFY(!bar->isVisible()); // read
        bars.setTls({});
        bars.setTls(state);
        QVERIFY(bar->isVisible()); // it was over, and is there again
    }

    void the_causes_are_those_of_what_is_spoken()
    {
        const auto textOf = [](const ServerStatus& status) {
            QString text;
            for (const WhyNotDialog::Cause& cause : WhyNotDialog::causes(status))
                text += cause.title + u'\n' + cause.text + u'\n';
            return text;
        };
        const QString plain = textOf(listeningStatus());
        QVERIFY(plain.contains(QStringLiteral("ws:// instead of wss://")));
        QVERIFY(!plain.contains(QStringLiteral("does not trust the certificate")));
        const QString both = textOf(secureStatus(ListenerKind::both));
        QVERIFY(both.contains(QStringLiteral("ws://localhost:4567/ or wss://localhost:4567/")));
        QVERIFY(both.contains(QStringLiteral("does not trust the certificate")));
        QVERIFY(both.contains(QStringLiteral("https://localhost:4567/")));
        QVERIFY(!both.contains(QStringLiteral("ws:// instead of wss://")));
        const QString secure = textOf(secureStatus(ListenerKind::wss));
        QVERIFY(secure.contains(QStringLiteral("wss:// instead of ws://")));
        // A dialog that is open follows.
        FakeEnginePort port;
        RefusedModel refused;
        WhyNotDialog dialog(port, refused);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        port.deliverStatus(secureStatus(ListenerKind::both));
        bool isThere = false;
        for (const QLabel* label : dialog.findChildren<QLabel*>())
            isThere = isThere || label->text().contains(QStringLiteral("wss://localhost:4567/"));
        QVERIFY(isThere);
    }

    void the_first_page_names_both_addresses()
    {
        FakeEnginePort port;
        RefusedModel refused;
        EmptyState page(port, refused);
        page.show();
        port.deliverStatus(secureStatus(ListenerKind::both));
        QVERIFY(page.text().startsWith(
            QStringLiteral("Listening on ws://localhost:4567/ and wss://localhost:4567/. Nothing has connected yet.")));
        port.deliverStatus(secureStatus(ListenerKind::wss));
        QVERIFY(page.text().startsWith(
            QStringLiteral("Listening on wss://localhost:4567/. Nothing has connected yet.")));
    }

    void the_phone_gets_the_encrypted_address_too()
    {
        FakeEnginePort port;
        port.deliverStatus(secureStatus(ListenerKind::automatic));
        AllowAction allow(port, nullptr);
        auto* dialog = new PhoneDialog(port, allow);
        dialog->setNetworks({{QStringLiteral("wlan0"), SocketAddress::v4({192, 168, 1, 20}, 0)}});
        dialog->show();
        QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("phone_listen")), Qt::LeftButton);
        port.finish(port.submitted.back().ticket);
        QCOMPARE(dialog->findChild<QLineEdit*>(QStringLiteral("phone_secure_url"))->text(),
            QStringLiteral("wss://192.168.1.20:4567/"));
        QVERIFY(dialog->findChild<QLabel*>(QStringLiteral("phone_secure_note"))
                    ->text()
                    .contains(QStringLiteral("not for 192.168.1.20 yet")));
        delete dialog;
    }

    void answers_change_what_the_endpoint_does()
    {
        FakeEnginePort port;
        ServerToolbar toolbar(port);
        port.deliverStatus(listeningStatus());
        auto* answers = toolbar.findChild<QToolButton*>(QStringLiteral("answers"));
        QVERIFY(answers->text().contains(QStringLiteral("echo")));
        answers->menu()->findChild<QAction*>(QStringLiteral("answer_silent"))->trigger();
        const auto* set = port.last<command::SetEndpoint>();
        QVERIFY(set != nullptr);
        QCOMPARE(set->endpoint.pattern, std::string("/*"));
        QCOMPARE(set->endpoint.behaviour, std::string("silent"));
        QCOMPARE(set->endpoint.subprotocols, default_endpoint().subprotocols);
    }

    void the_endpoint_of_every_path_is_what_the_button_is_about()
    {
        FakeEnginePort port;
        ServerToolbar toolbar(port);
        auto status = listeningStatus();
        EndpointConfig chat;
        chat.pattern = "/chat";
        chat.behaviour = "chat";
        status.endpoints.insert(status.endpoints.begin(), chat);
        port.deliverStatus(status);
        auto* answers = toolbar.findChild<QToolButton*>(QStringLiteral("answers"));
        QVERIFY(answers->text().contains(QStringLiteral("echo")));
        const auto menus = answers->menu()->findChildren<QMenu*>();
        QCOMPARE(menus.size(), 1);
        answers->menu()->findChild<QAction*>(QStringLiteral("answer_reverse"), Qt::FindDirectChildrenOnly)->trigger();
        QCOMPARE(port.last<command::SetEndpoint>()->endpoint.pattern, std::string("/*"));
        QCOMPARE(port.last<command::SetEndpoint>()->endpoint.behaviour, std::string("reverse"));
        menus[0]->findChild<QAction*>(QStringLiteral("answer_echo"))->trigger();
        QCOMPARE(port.last<command::SetEndpoint>()->endpoint.pattern, std::string("/chat"));
    }

    void several_endpoints_have_a_menu_each()
    {
        FakeEnginePort port;
        ServerToolbar toolbar(port);
        auto status = listeningStatus();
        EndpointConfig chat;
        chat.pattern = "/chat";
        chat.behaviour = "chat";
        status.endpoints.front().pattern = "/api/*";
        status.endpoints.push_back(chat);
        port.deliverStatus(status);
        auto* answers = toolbar.findChild<QToolButton*>(QStringLiteral("answers"));
        QVERIFY(answers->text().contains(QStringLiteral("mixed")));
        const auto menus = answers->menu()->findChildren<QMenu*>();
        QCOMPARE(menus.size(), 2);
        menus[1]->findChild<QAction*>(QStringLiteral("answer_echo"))->trigger();
        QCOMPARE(port.last<command::SetEndpoint>()->endpoint.pattern, std::string("/chat"));
        QCOMPARE(port.last<command::SetEndpoint>()->endpoint.behaviour, std::string("echo"));
    }

    void rates_are_what_came_since_the_last_sample()
    {
        RatePlot plot;
        plot.setTotals(100, 50);
        plot.sample(1'000);
        QCOMPARE(plot.fromPerSecond(), 0.0);
        plot.setTotals(356, 242);
        plot.sample(2'000);
        QCOMPARE(plot.text(), QStringLiteral("128/s from · 96/s to"));
        plot.sample(1'000);
        QCOMPARE(plot.toPerSecond(), 0.0);
    }

    void a_taken_port_names_its_owner_and_offers_another()
    {
        // LC-01
        FakeEnginePort port;
        ServerBars bars(port);
        bars.show();
        auto status = listeningStatus();
        status.listening = false;
        for (auto& listener : status.listeners)
            listener.listening = false;
        port.deliverStatus(status);
        event::ListenFailed failed;
        failed.address = SocketAddress::v4({127, 0, 0, 1}, 4567);
        failed.error = {ErrorCode::address_in_use, 0, "port 4567 is in use"};
        failed.owner_pid = 812;
        failed.owner_name = "node";
        failed.next_free_port = 4568;
        port.deliverEvent(failed);
        auto* bar = bars.findChild<NoticeBar*>(QStringLiteral("bar_port_taken"));
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->text(), QStringLiteral("Port 4567 is used by node (pid 812)."));
        QTest::mouseClick(bar->findChild<QPushButton*>(QStringLiteral("port_try_again")), Qt::LeftButton);
        QVERIFY(port.last<command::Listen>()->listeners.empty());
        auto* next = bar->findChild<QPushButton*>(QStringLiteral("port_use_next"));
        QCOMPARE(next->text(), QStringLiteral("Use 4568 this time"));
        QTest::mouseClick(next, Qt::LeftButton);
        QCOMPARE(port.last<command::Listen>()->listeners, default_listeners(4568));
        port.deliverStatus(listeningStatus(4568));
        QVERIFY(!bar->isVisible());
    }

    // LC-01
    void another_port_moves_only_the_one_that_is_taken()
    {
        FakeEnginePort port;
        ServerBars bars(port);
        bars.show();
        auto status = listeningStatus();
        status.listening = false;
        ListenerStatus other = status.listeners.front();
        other.spec.address = SocketAddress::v4({127, 0, 0, 1}, 8080);
        status.listeners.push_back(other);
        for (auto& listener : status.listeners)
            listener.listening = false;
        port.deliverStatus(status);
        event::ListenFailed failed;
        failed.address = SocketAddress::v4({127, 0, 0, 1}, 4567);
        failed.error = {ErrorCode::address_in_use, 0, "port 4567 is in use"};
        failed.next_free_port = 4568;
        port.deliverEvent(failed);
        auto* bar = bars.findChild<NoticeBar*>(QStringLiteral("bar_port_taken"));
        auto* next = bar->findChild<QPushButton*>(QStringLiteral("port_use_next"));
        QTest::mouseClick(next, Qt::LeftButton);
        auto wanted = default_listeners(4568);
        wanted.push_back(other.spec);
        QCOMPARE(port.last<command::Listen>()->listeners, wanted);

        // Another port that is taken takes the place of the first, also where nobody knows by whom.
        failed.address = SocketAddress::v4({127, 0, 0, 1}, 8080);
        failed.next_free_port = 8081;
        port.deliverEvent(failed);
        QVERIFY2(bar->text().contains(QStringLiteral("8080")), qPrintable(bar->text()));
        QTest::mouseClick(next, Qt::LeftButton);
        wanted = default_listeners();
        wanted.push_back(other.spec);
        wanted.back().address = wanted.back().address.with_port(8081);
        QCOMPARE(port.last<command::Listen>()->listeners, wanted);
    }

    // FF-08
    void notices_that_have_no_room_in_the_bar_can_be_read()
    {
        FakeEnginePort port;
        ServerBars bars(port);
        bars.show();
        QStringList notices;
        for (int i = 1; i <= 4; ++i)
            notices << QStringLiteral("Line %1 is bad").arg(i);
        bars.showNotices(notices);
        auto* all = bars.findChild<QPushButton*>(QStringLiteral("notices_all"));
        QVERIFY(!all->isVisible());
        bars.showNotices({QStringLiteral("Line 5 <b>is</b> bad")});
        QVERIFY(all->isVisible());
        QTest::mouseClick(all, Qt::LeftButton);
        auto* text = bars.findChild<QPlainTextEdit*>(QStringLiteral("notices_text"));
        QVERIFY(text != nullptr && text->isVisible());
        QVERIFY(text->toPlainText().contains(QStringLiteral("Line 1 is bad")));
        QVERIFY(text->toPlainText().contains(QStringLiteral("Line 5 <b>is</b> bad")));
        QTest::mouseClick(bars.findChild<QPushButton*>(QStringLiteral("notices_dialog_close")), Qt::LeftButton);
    }

    void an_optional_address_that_fails_is_no_bar()
    {
        FakeEnginePort port;
        ServerBars bars(port);
        bars.show();
        event::ListenFailed failed;
        failed.optional = true;
        port.deliverEvent(failed);
        QVERIFY(!bars.findChild<NoticeBar*>(QStringLiteral("bar_port_taken"))->isVisible());
    }

    void a_wide_open_list_has_a_banner_until_it_is_closed()
    {
        FakeEnginePort port;
        ServerBars bars(port);
        bars.show();
        QSignalSpy wanted(&bars, &ServerBars::accessRequested);
        auto status = listeningStatus();
        QVERIFY(status.access.origins.add(ListKind::origins, "*").has_value());
        port.deliverStatus(status);
        auto* bar = bars.findChild<NoticeBar*>(QStringLiteral("bar_wide_open"));
        QVERIFY(bar->isVisible());
        QVERIFY(bar->text().contains(QStringLiteral("*")));
        QTest::mouseClick(bar->findChild<QPushButton*>(), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        port.deliverStatus(listeningStatus());
        QVERIFY(!bar->isVisible());
    }

    void an_endpoint_for_any_page_has_the_banner_too()
    {
        FakeEnginePort port;
        ServerBars bars(port);
        bars.show();
        QSignalSpy wanted(&bars, &ServerBars::endpointRequested);
        auto status = listeningStatus();
        EndpointConfig open{"/open", {}};
        open.any_origin = true;
        status.endpoints.push_back(open);
        port.deliverStatus(status);
        auto* bar = bars.findChild<NoticeBar*>(QStringLiteral("bar_wide_open"));
        QVERIFY(bar->isVisible());
        QVERIFY2(bar->text().contains(QStringLiteral("/open")), qPrintable(bar->text()));
        auto* show = bar->findChild<QPushButton*>(QStringLiteral("wide_open_endpoint"));
        QVERIFY(show->isVisible());
        QVERIFY(!bar->findChild<QPushButton*>(QStringLiteral("wide_open_edit"))->isVisible());
        show->click();
        QCOMPARE(wanted.front().front().toString(), QStringLiteral("/open"));
        QVERIFY(status.access.origins.add(ListKind::origins, "*").has_value()); // what lets in more comes first
        port.deliverStatus(status);
        QVERIFY(!show->isVisible());
        port.deliverStatus(listeningStatus());
        QVERIFY(!bar->isVisible());
    }

    void a_list_that_fell_back_says_why()
    {
        // FF-07
        FakeEnginePort port;
        ServerBars bars(port);
        bars.show();
        auto status = listeningStatus();
        std::vector<std::string> notices;
        status.access.hosts = AccessList::parse_file(ListKind::hosts, "!!", notices);
        port.deliverStatus(status);
        auto* bar = bars.findChild<NoticeBar*>(QStringLiteral("bar_list_problem"));
        QVERIFY(bar->isVisible());
        QVERIFY2(bar->text().contains(QStringLiteral("Hosts.dat cannot be used: it has no valid entry. ")), qPrintable(bar->text()));
        QCOMPARE(bar->text().count(QStringLiteral("this machine's own names")), 1);
    }

    void what_could_not_be_saved_can_be_tried_again()
    {
        // FF-01
        FakeEnginePort port;
        ServerBars bars(port);
        bars.show();
        QSignalSpy retry(&bars, &ServerBars::retrySaveRequested);
        bars.showSaveProblem(QStringLiteral("Origins.dat: no space left on device."));
        auto* bar = bars.findChild<NoticeBar*>(QStringLiteral("bar_not_saved"));
        QVERIFY(bar->isVisible());
        QTest::mouseClick(bar->findChild<QPushButton*>(), Qt::LeftButton);
        QCOMPARE(retry.size(), 1);
        bars.clearSaveProblem();
        QVERIFY(!bar->isVisible());
    }

    void the_first_page_says_where_it_listens_and_what_came()
    {
        FakeEnginePort port;
        RefusedModel refused;
        EmptyState page(port, refused);
        page.show();
        QVERIFY(page.text().startsWith(QStringLiteral("Stopped.")));
        port.deliverStatus(listeningStatus());
        QVERIFY(page.text().startsWith(
            QStringLiteral("Listening on ws://localhost:4567/. Nothing has connected yet.")));
        QVERIFY(page.findChild<QPushButton*>(QStringLiteral("empty_why"))->isVisible());
        QVERIFY(page.findChild<QPushButton*>(QStringLiteral("empty_phone"))->isVisible());
        QVERIFY(page.findChild<QPushButton*>(QStringLiteral("empty_copy_snippet"))->isVisible());
    }

    void what_has_come_is_told_as_it_is_data()
    {
        QTest::addColumn<int>("reason"); // of what was turned away; -1: nothing
        QTest::addColumn<bool>("upgrade");
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("dialog");
        QTest::addColumn<bool>("causes");
        const QString none = QStringLiteral("Nothing has reached this server.");
        const QString other = QStringLiteral(
            "Something has reached this server, but no complete request for a WebSocket.");
        const QString refused = QStringLiteral("What came was not let in, or was no WebSocket.");
        const QString turned = QStringLiteral("Something did reach this server and was turned away (1 so far).");
        const auto row = [](const char* name, RefusalReason reason, bool upgrade, const QString& page,
                             const QString& dialog, bool causes) {
            QTest::newRow(name) << static_cast<int>(reason) << upgrade << page << dialog << causes;
        };
        QTest::newRow("nothing") << -1 << false << none << none << true;
        row("the test page", RefusalReason::plain_http, false, other, other, true);
        row("a spare socket", RefusalReason::speculative, false, other, other, true);
        row("a scanner", RefusalReason::request_line, false, other, other, true);
        row("a page that is not on the list", RefusalReason::origin_not_allowed, true, refused, turned, false);
        row("wss to a ws port", RefusalReason::tls_on_plain, false, refused, turned, false);
    }

    void what_has_come_is_told_as_it_is()
    {
        QFETCH(int, reason);
        QFETCH(bool, upgrade);
        QFETCH(QString, page);
        QFETCH(QString, dialog);
        QFETCH(bool, causes);
        FakeEnginePort port;
        RefusedModel refused;
        connect(&port, &EnginePort::eventsTaken, &refused, &RefusedModel::apply);
        EmptyState first(port, refused);
        first.setSilenceTime(std::chrono::milliseconds(1));
        first.show();
        WhyNotDialog why(port, refused);
        why.setAttribute(Qt::WA_DeleteOnClose, false);
        why.show();
        port.deliverStatus(listeningStatus());
        if (reason >= 0) {
            event::Refused what;
            what.reason = static_cast<RefusalReason>(reason);
            what.was_upgrade = upgrade;
            port.deliverEvent(what);
            QVERIFY2(first.text().contains(page), qPrintable(first.text()));
        }
        const auto* list = first.findChild<QWidget*>(QStringLiteral("empty_causes"));
        if (causes)
            QTRY_VERIFY(list->isVisible());
        else
            QVERIFY(!list->isVisible());
        QVERIFY2(first.text().contains(page), qPrintable(first.text()));
        const auto* verdict = why.findChild<QLabel*>(QStringLiteral("why_not_verdict"));
        QVERIFY2(verdict->text().startsWith(dialog), qPrintable(verdict->text()));
        // The way to the list is there as long as the list is.
        const auto* fromPage = first.findChild<QPushButton*>(QStringLiteral("empty_refused"));
        const auto* fromDialog = why.findChild<QPushButton*>(QStringLiteral("why_not_refused"));
        QCOMPARE(fromPage->isVisible(), reason >= 0);
        QCOMPARE(fromDialog->isVisible(), reason >= 0);
        refused.clear();
        QVERIFY(!fromPage->isVisible());
        QVERIFY(!fromDialog->isVisible());
        QVERIFY2(first.text().contains(page), qPrintable(first.text()));
        QVERIFY2(verdict->text().startsWith(dialog), qPrintable(verdict->text()));
    }

    void what_was_lost_is_not_told_as_nothing()
    {
        FakeEnginePort port;
        RefusedModel refused;
        connect(&port, &EnginePort::eventsTaken, &refused, &RefusedModel::apply);
        EmptyState first(port, refused);
        first.setSilenceTime(std::chrono::milliseconds(0));
        first.show();
        WhyNotDialog why(port, refused);
        why.setAttribute(Qt::WA_DeleteOnClose, false);
        port.deliverStatus(listeningStatus());
        const auto* causes = first.findChild<QWidget*>(QStringLiteral("empty_causes"));
        QTRY_VERIFY(causes->isVisible());
        EventBatch batch;
        batch.lost = 3; // with a refused page among them, or not
        Q_EMIT port.eventsTaken(batch);
        Q_EMIT port.frameTaken();
        const QString more = QStringLiteral("More has reached this server than could be listed");
        QVERIFY2(first.text().contains(more), qPrintable(first.text()));
        QVERIFY(!causes->isVisible());
        const auto* verdict = why.findChild<QLabel*>(QStringLiteral("why_not_verdict"));
        QVERIFY2(verdict->text().startsWith(more), qPrintable(verdict->text()));
        port.open(1);
        QVERIFY2(verdict->text().startsWith(more), qPrintable(verdict->text()));
        event::Refused what;
        what.reason = RefusalReason::origin_not_allowed;
        what.was_upgrade = true;
        port.deliverEvent(what);
        QVERIFY2(verdict->text().startsWith(QStringLiteral("Something did reach this server")),
            qPrintable(verdict->text()));
    }

    void after_silence_the_first_page_names_the_causes()
    {
        FakeEnginePort port;
        RefusedModel refused;
        EmptyState page(port, refused);
        page.setSilenceTime(std::chrono::milliseconds(1));
        page.show();
        port.deliverStatus(listeningStatus());
        auto* causes = page.findChild<QWidget*>(QStringLiteral("empty_causes"));
        QTRY_VERIFY(causes->isVisible());
        QVERIFY(page.text().contains(QStringLiteral("Nothing has reached this server")));
        const auto labels = causes->findChildren<QLabel*>();
        QVERIFY(labels.size() >= 3);
        QCOMPARE(labels.front()->text(), QStringLiteral("The likely causes:")); // above them, not above the buttons
        auto* scroll = page.findChild<QScrollArea*>(QStringLiteral("empty_scroll"));
        page.resize(page.minimumSizeHint().width(), 300);
        QCoreApplication::processEvents();
        for (const auto* button : page.findChildren<QPushButton*>()) {
            const QRect place(button->mapTo(scroll->widget(), QPoint()), button->size());
            QVERIFY2(!button->isVisible()
                    || (place.left() >= 0 && place.right() < scroll->viewport()->width()
                        && button->width() >= button->sizeHint().width()),
                qPrintable(button->text()));
        }
        for (const QSize& size : {QSize(1'100, 620), QSize(740, 620), QSize(560, 620), QSize(560, 200)}) {
            const int width = size.width();
            page.resize(size);
            QCoreApplication::processEvents();
            // What there is no room for can be scrolled to, by keyboard too.
            const bool scrolls = scroll->verticalScrollBar()->maximum() > 0;
            QCOMPARE(scrolls, size.height() < scroll->widget()->height());
            QCOMPARE(scroll->focusPolicy() != Qt::NoFocus, scrolls);
            QVERIFY(scrolls || size.height() > 200);
            for (const QLabel* label : labels)
                QVERIFY2(label->height() >= label->heightForWidth(label->width()),
                    qPrintable(QStringLiteral("%1: %2 of %3 %4")
                                   .arg(width)
                                   .arg(label->height())
                                   .arg(label->heightForWidth(label->width()))
                                   .arg(label->text())));
        }
    }

    void the_phone_gets_a_listener_then_entries()
    {
        FakeEnginePort port;
        port.deliverStatus(listeningStatus());
        AllowAction allow(port, nullptr);
        auto* dialog = new PhoneDialog(port, allow);
        dialog->setNetworks({{QStringLiteral("wlan0"), SocketAddress::v4({192, 168, 1, 20}, 0)}});
        dialog->show();
        auto* listen = dialog->findChild<QPushButton*>(QStringLiteral("phone_listen"));
        QCOMPARE(listen->text(), QStringLiteral("Listen on 192.168.1.20:4567"));
        QTest::mouseClick(listen, Qt::LeftButton);
        const auto* add = port.last<command::AddListener>();
        QVERIFY(add != nullptr);
        QCOMPARE(add->listener.address, SocketAddress::v4({192, 168, 1, 20}, 4567));
        port.finish(port.submitted.back().ticket);
        QCOMPARE(dialog->findChild<QLineEdit*>(QStringLiteral("phone_url"))->text(),
            QStringLiteral("ws://192.168.1.20:4567/"));
        QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("phone_allow")), Qt::LeftButton);
        QCOMPARE(port.submitted.size(), std::size_t(3));
        QCOMPARE(std::get<command::Allow>(port.submitted[1].command).list, ListKind::hosts);
        QCOMPARE(std::get<command::Allow>(port.submitted[2].command).list, ListKind::origins);
        for (std::size_t i : {1U, 2U}) {
            const auto& entry = std::get<command::Allow>(port.submitted[i].command);
            QCOMPARE(entry.entry, std::string("192.168.1.20"));
            QVERIFY(entry.temporary);
            port.finish(port.submitted[i].ticket);
        }
        QVERIFY(dialog->findChild<QLabel*>(QStringLiteral("phone_outcome"))
                    ->text()
                    .startsWith(QStringLiteral("Added")));
        QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("phone_stop")), Qt::LeftButton);
        QCOMPARE(port.last<command::RemoveListener>()->address, SocketAddress::v4({192, 168, 1, 20}, 4567));
        delete dialog;
    }

    void a_phone_that_is_served_already_is_told_the_address_data()
    {
        QTest::addColumn<QString>("bound");
        QTest::addColumn<bool>("canStop");
        QTest::newRow("listened for before") << QStringLiteral("192.168.1.20:4567") << true;
        QTest::newRow("on all addresses") << QStringLiteral("0.0.0.0:4567") << false;
    }
    void a_phone_that_is_served_already_is_told_the_address()
    {
        QFETCH(QString, bound);
        QFETCH(bool, canStop);
        FakeEnginePort port;
        auto status = listeningStatus();
        ListenerStatus there = status.listeners.front();
        there.spec.address = there.bound = *SocketAddress::parse(bound.toStdString(), 0);
        status.listeners.push_back(there);
        port.deliverStatus(status);
        AllowAction allow(port, nullptr);
        auto* dialog = new PhoneDialog(port, allow);
        dialog->setNetworks({{QStringLiteral("wlan0"), SocketAddress::v4({192, 168, 1, 20}, 0)}});
        dialog->show();
        QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("phone_listen")), Qt::LeftButton);
        QVERIFY2(port.submitted.empty(), "nothing is listened on twice");
        QCOMPARE(dialog->findChild<QLineEdit*>(QStringLiteral("phone_url"))->text(),
            QStringLiteral("ws://192.168.1.20:4567/"));
        QCOMPARE(dialog->findChild<QPushButton*>(QStringLiteral("phone_stop"))->isVisible(), canStop);
        delete dialog;
    }

    void a_machine_without_a_network_is_told_so()
    {
        FakeEnginePort port;
        AllowAction allow(port, nullptr);
        auto* dialog = new PhoneDialog(port, allow);
        dialog->setNetworks({});
        QVERIFY(!dialog->findChild<QPushButton*>(QStringLiteral("phone_listen"))->isEnabled());
        delete dialog;
    }
};

QTEST_MAIN(ServerViewsTest)
#include "server_views_test.moc"
