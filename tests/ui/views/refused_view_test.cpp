#include "tests/support/development_credentials.h"
#include "tests/support/listening_status.h"
#include "tests/ui/views/panel_fixture.h"
#include "ui/views/allow_action.h"
#include "ui/views/filter_field.h"
#include "ui/views/inline_notice.h"
#include "ui/views/payload_text_view.h"
#include "ui/views/refused_view.h"
#include "ui/views/wrapped_text.h"

#include "jackfield/command_text.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTextCursor>
#include <QToolButton>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;

namespace {

struct Fixture : test::PanelFixture {
    AllowAction allow{port, nullptr};
    RefusedView view{port, refused, allow};
    QTableView* table = child<QTableView>(view, "refused_table");
    InlineNotice* notice = child<InlineNotice>(view, "refused_notice");

    Fixture()
    {
        view.resize(700, 700);
        view.show();
    }
    static event::Refused page(const std::string& origin, const std::string& host = "localhost:4567")
    {
        event::Refused what;
        what.reason = origin == "null" ? RefusalReason::origin_null : RefusalReason::origin_not_allowed;
        what.peer = SocketAddress::v4({127, 0, 0, 1}, 51234);
        what.method = "GET";
        what.target = "/chat";
        what.host = host;
        what.origin = origin;
        what.has_origin = true;
        what.was_upgrade = true;
        what.request_head = "GET /chat HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin + "\r\n\r\n";
        what.status = 403;
        what.answer = "HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n";
        what.why = "Its origin is not on the list.";
        what.browser_says = "WebSocket connection failed.";
        what.access = decide(AccessRules{}, host, origin, TimePoint{});
        what.remedy = RefusalRemedy::access;
        return what;
    }
    static event::Refused withoutOrigin()
    {
        event::Refused what = page("http://localhost:3000");
        what.reason = RefusalReason::origin_missing;
        what.origin.clear();
        what.has_origin = false;
        what.why = "it has no Origin, and clients without one are refused at present";
        AccessRules rules;
        rules.origin_required = true;
        what.access = decide(rules, what.host, std::nullopt, TimePoint{});
        return what;
    }
    static event::Refused olderProtocol()
    {
        event::Refused what = page("http://localhost:3000");
        what.reason = RefusalReason::websocket_version;
        what.status = 426;
        what.why = "it speaks hybi-10, and the older protocols are switched off";
        what.access.reset();
        what.remedy = RefusalRemedy::older_protocols;
        return what;
    }
    static event::Refused overTls(RefusalReason reason)
    {
        event::Refused what;
        what.reason = reason;
        what.peer = SocketAddress::v4({127, 0, 0, 1}, 51234);
        what.local = SocketAddress::v4({127, 0, 0, 1}, 4567);
        what.why = "the client used wss:// (or https://) on a ws:// port";
        if (reason == RefusalReason::tls_failed) {
            what.transport = Transport::wss;
            what.tls = TlsFailureReport{TlsFailure::unknown_authority, true, std::uint8_t{48}, {}, "offered TLS 1.3", {}};
            what.server_name = "<b>shop</b>.test";
        } else if (reason == RefusalReason::plain_on_tls) {
            what.was_upgrade = true;
        }
        return what;
    }
    static ServerStatus speaking(ListenerKind kind, bool hasCertificate)
    {
        ServerStatus status = test::listeningStatus();
        for (ListenerStatus& listener : status.listeners)
            listener.speaks = listener.spec.kind = kind;
        if (hasCertificate)
            status.tls = test::developmentCredentials(WallTime(std::chrono::system_clock::now()));
        return status;
    }
    /// As the window does with each status.
    void connectReconsidering()
    {
        QObject::connect(&port, &EnginePort::statusChanged, &refused,
            [this](const ServerStatus& status) { refused.reconsider(status, TimePoint{}); });
    }
    void select(int row) const
    {
        table->selectionModel()->setCurrentIndex(
            refused.index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    /// Selects the only attempt, in whichever of the two lists it is.
    void selectTheOnlyOne() const
    {
        child<QToolButton>(view, "refused_needs_you")->click();
        if (refused.rowCount() == 0)
            child<QToolButton>(view, "refused_other")->click();
        QCOMPARE(refused.rowCount(), 1);
        select(0);
    }
    [[nodiscard]] QString fact(const char* name) const
    {
        const auto* label = view.findChild<QLabel*>(QLatin1String(name));
        return label ? label->text() : child<WrappedText>(view, name)->text();
    }
    [[nodiscard]] QPushButton* button(const char* name) const { return child<QPushButton>(view, name); }
    /// Allow commands that were submitted, as "list entry lifetime".
    [[nodiscard]] QStringList allowed() const
    {
        QStringList found;
        for (const auto& submitted : port.submitted) {
            if (const auto* command = std::get_if<command::Allow>(&submitted.command)) {
                found += QStringLiteral("%1 %2%3 %4")
                             .arg(command->list == ListKind::hosts ? QStringLiteral("host")
                                                                   : QStringLiteral("origin"),
                                 QString::fromStdString(command->entry),
                                 command->temporary ? QStringLiteral(" temporary") : QString())
                             .arg(command->lifetime.count() / 60'000);
            }
        }
        return found;
    }
};

} // namespace

class RefusedViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_refused_page_is_explained()
    {
        Fixture f;
        f.port.deliverEvent(f.page("http://localhost.evil.example:5173"));
        QCOMPARE(f.refused.rowCount(), 1);
        f.select(0);
        QVERIFY2(f.fact("refused_sentence").contains(QStringLiteral("http://localhost.evil.example:5173")),
            qPrintable(f.fact("refused_sentence")));
        QCOMPARE(f.fact("refused_host"),
            QStringLiteral("\u201Clocalhost:4567\u201D is allowed, by line 1 of the host list."));
        QCOMPARE(f.fact("refused_origin"),
            QStringLiteral("\u201Chttp://localhost.evil.example:5173\u201D is not on the origin list."));
        QCOMPARE(f.fact("refused_status"), QStringLiteral("403 Forbidden"));
        QCOMPARE(f.fact("refused_console"), QStringLiteral("WebSocket connection failed."));
        QVERIFY(child<PayloadTextView>(f.view, "refused_request")
                    ->shown()
                    .text()
                    .startsWith(QStringLiteral("GET /chat HTTP/1.1")));
        QVERIFY(f.button("refused_allow")->isVisible());
        QVERIFY(f.button("refused_allow_temporarily")->isVisible());
    }

    void a_narrow_table_gives_its_room_to_what_has_text()
    {
        Fixture f;
        f.view.resize(360, 700);
        f.view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&f.view));
        const auto width = [&](RefusedColumn column) { return f.table->columnWidth(static_cast<int>(column)); };
        event::Refused what = f.page("http://shop.test");
        what.request_head = "GET / HTTP/1.1\r\nHost: localhost:4567\r\n\r\n";
        f.port.deliverEvent(what);
        QVERIFY(f.table->isColumnHidden(static_cast<int>(RefusedColumn::Count))); // nothing came twice
        const QFontMetrics metrics(f.table->font());
        const QString asked = f.refused.index(0, static_cast<int>(RefusedColumn::Asked)).data().toString();
        QVERIFY(width(RefusedColumn::Asked) <= metrics.horizontalAdvance(asked) + 30); // the reason has the rest
        int all = 0;
        for (int column = 0; column < refusedColumnCount; ++column)
            all += f.table->isColumnHidden(column) ? 0 : f.table->columnWidth(column);
        QCOMPARE(all, f.table->viewport()->width());
        f.port.deliverEvent(what);
        QCOMPARE(f.refused.rowCount(), 1);
        QVERIFY(!f.table->isColumnHidden(static_cast<int>(RefusedColumn::Count)));
    }

    void the_lines_of_the_raw_request_end_plainly()
    {
        Fixture f;
        f.port.deliverEvent(f.page("http://shop.test"));
        f.select(0);
        QVERIFY(child<PayloadTextView>(f.view, "refused_request")
                    ->shown()
                    .text()
                    .startsWith(QStringLiteral("GET /chat HTTP/1.1\nHost:")));
    }

    void a_long_word_breaks_where_the_line_ends()
    {
        Fixture f;
        event::Refused what = f.overTls(RefusalReason::tls_failed);
        what.browser_says = "net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH";
        f.port.deliverEvent(what);
        f.view.resize(300, 700);
        f.view.show();
        f.selectTheOnlyOne();
        QVERIFY(QTest::qWaitForWindowExposed(&f.view));
        QApplication::processEvents();
        auto* console = child<WrappedText>(f.view, "refused_console");
        QCOMPARE(console->text(), QString::fromStdString(what.browser_says)); // what is copied
        QVERIFY(console->fontMetrics().horizontalAdvance(console->text()) > console->width());
        QTextCursor cursor(console->document());
        for (qsizetype at = 0; at <= console->text().size(); ++at) {
            cursor.setPosition(static_cast<int>(at));
            QVERIFY2(console->viewport()->rect().contains(console->cursorRect(cursor)),
                qPrintable(console->text().left(at)));
        }
    }

    void a_browser_that_does_not_trust_is_explained_and_led_to_the_certificate()
    {
        Fixture f;
        QSignalSpy wanted(&f.view, &RefusedView::certificateRequested);
        f.port.deliverStatus(f.speaking(ListenerKind::both, true));
        f.port.deliverEvent(f.overTls(RefusalReason::tls_failed));
        f.select(0);
        QVERIFY(f.fact("refused_sentence").contains(QStringLiteral("does not trust this server's certificate")));
        QVERIFY(f.fact("refused_advice").contains(QStringLiteral("trust")));
        QCOMPARE(f.fact("refused_server_name"), QString::fromUtf8("“<b>shop</b>.test”"));
        QCOMPARE(f.fact("refused_tls"), QStringLiteral("received the alert unknown_ca (48); offered TLS 1.3"));
        QVERIFY(!f.button("refused_certificate")->isVisible()); // it would lead nowhere
        f.view.setCertificateOffered(true);
        QVERIFY(f.button("refused_certificate")->isVisible());
        QVERIFY(!f.button("refused_speak_both")->isVisible());
        QTest::mouseClick(f.button("refused_certificate"), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(test::faultsOf(f.view), QStringList());
    }

    void a_name_that_the_certificate_lacks_goes_along()
    {
        Fixture f;
        QSignalSpy wanted(&f.view, &RefusedView::certificateRequested);
        f.view.setCertificateOffered(true);
        f.port.deliverStatus(f.speaking(ListenerKind::both, true));
        event::Refused what = f.overTls(RefusalReason::tls_failed);
        what.server_name = "a.localhost";
        what.tls = TlsFailureReport{
            TlsFailure::wrong_name, true, std::uint8_t{46}, {}, "it asked for a.localhost", "a.localhost"};
        f.port.deliverEvent(what);
        f.select(0);
        QVERIFY2(f.fact("refused_sentence").endsWith(
                     QString::fromUtf8(", which asked for “a.localhost”, refused this server's certificate, which is "
                                       "not for that name.")),
            qPrintable(f.fact("refused_sentence")));
        QTest::mouseClick(f.button("refused_certificate"), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.front().front().toString(), QStringLiteral("a.localhost"));
        // Trust is about no name.
        f.port.deliverEvent(f.overTls(RefusalReason::tls_failed));
        f.select(0);
        QTest::mouseClick(f.button("refused_certificate"), Qt::LeftButton);
        QCOMPARE(wanted.back().front().toString(), QString());
    }

    void tls_without_a_certificate_leads_to_one()
    {
        Fixture f;
        f.view.setCertificateOffered(true);
        f.port.deliverStatus(f.speaking(ListenerKind::automatic, false));
        f.port.deliverEvent(f.overTls(RefusalReason::tls_on_plain));
        f.select(0);
        QVERIFY(f.button("refused_certificate")->isVisible());
        QCOMPARE(f.button("refused_certificate")->text(), QStringLiteral("Enable wss://..."));
    }

    void a_listener_can_be_had_to_speak_both_data()
    {
        QTest::addColumn<int>("reason");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("button");
        QTest::newRow("TLS on a plain port") << static_cast<int>(RefusalReason::tls_on_plain)
                                             << static_cast<int>(ListenerKind::ws) << "Speak wss:// there too";
        QTest::newRow("plain on a TLS port") << static_cast<int>(RefusalReason::plain_on_tls)
                                             << static_cast<int>(ListenerKind::wss) << "Speak ws:// there too";
    }

    void a_listener_can_be_had_to_speak_both()
    {
        QFETCH(int, reason);
        QFETCH(int, kind);
        QFETCH(QString, button);
        Fixture f;
        QSignalSpy applied(&f.view, &RefusedView::listenersApplied);
        f.connectReconsidering();
        const auto withAnother = [&f, kind](ListenerKind there) {
            ServerStatus status = f.speaking(there, true);
            ListenerStatus another = status.listeners.front();
            another.spec.address = another.bound = SocketAddress::v4({192, 168, 1, 20}, 4568);
            another.spec.kind = another.speaks = static_cast<ListenerKind>(kind);
            status.listeners.push_back(another);
            return status;
        };
        f.port.deliverStatus(withAnother(static_cast<ListenerKind>(kind)));
        f.port.deliverEvent(f.overTls(static_cast<RefusalReason>(reason)));
        f.select(0);
        QPushButton* speak = f.button("refused_speak_both");
        QVERIFY(speak->isVisible());
        QCOMPARE(speak->text(), button);
        QTest::mouseClick(speak, Qt::LeftButton);
        const auto* listen = f.port.last<command::Listen>();
        QVERIFY(listen != nullptr);
        QCOMPARE(listen->listeners.size(), std::size_t(3));
        QCOMPARE(listen->listeners[0].kind, ListenerKind::both); // 127.0.0.1 and ::1 are one place to a page
        QCOMPARE(listen->listeners[1].kind, ListenerKind::both);
        QCOMPARE(static_cast<int>(listen->listeners[2].kind), kind); // nobody asked for that one
        const auto both = listen->listeners;
        QCOMPARE(applied.size(), 0);
        f.port.finish(f.port.submitted.back().ticket);
        QCOMPARE(applied.size(), 1); // an open project keeps it
        QCOMPARE(applied.back().front().value<std::vector<ListenSpec>>(), both);
        QVERIFY(f.notice->text().contains(QStringLiteral("ws:// and wss:// are spoken there now")));
        f.port.deliverStatus(withAnother(ListenerKind::both));
        QCOMPARE(f.refused.needsYouCount(), std::size_t(0));
        child<QPushButton>(f.view, "Undo speaking ws and wss")->click();
        for (const ListenSpec& spec : f.port.last<command::Listen>()->listeners)
            QCOMPARE(static_cast<int>(spec.kind), kind);
        const auto back = f.port.last<command::Listen>()->listeners;
        f.port.finish(f.port.submitted.back().ticket);
        QCOMPARE(applied.size(), 2);
        QCOMPARE(applied.back().front().value<std::vector<ListenSpec>>(), back);
    }

    void a_listener_that_cannot_change_is_put_back()
    {
        Fixture f;
        QSignalSpy applied(&f.view, &RefusedView::listenersApplied);
        f.port.deliverStatus(f.speaking(ListenerKind::wss, true));
        f.port.deliverEvent(f.overTls(RefusalReason::plain_on_tls));
        f.select(0);
        f.button("refused_speak_both")->click();
        f.port.failCommand(f.port.submitted.back().ticket, Error{ErrorCode::address_in_use, 0, "port 4567 is in use"});
        QCOMPARE(f.notice->kind(), InlineNotice::Kind::Danger);
        for (const ListenSpec& spec : f.port.last<command::Listen>()->listeners)
            QCOMPARE(spec.kind, ListenerKind::wss);
        QCOMPARE(applied.size(), 0);
    }

    void ones_own_certificate_has_advice_of_its_own()
    {
        Fixture f;
        f.port.deliverStatus(f.speaking(ListenerKind::both, true));
        f.port.deliverEvent(f.overTls(RefusalReason::tls_failed));
        f.select(0);
        QVERIFY(f.fact("refused_advice").contains(QStringLiteral("Jackfield's authority")));
        CertificateFacts own;
        own.issuer = "CN=<b>Mine</b>";
        f.view.setOwnCertificate(own);
        QVERIFY(!f.fact("refused_advice").contains(QStringLiteral("Jackfield")));
        QVERIFY(f.fact("refused_advice").contains(QString::fromUtf8("“CN=<b>Mine</b>”")));
        own.is_self_signed = true;
        f.view.setOwnCertificate(own);
        QVERIFY(f.fact("refused_advice").contains(QStringLiteral("nobody but itself")));
        f.view.setOwnCertificate({});
        QVERIFY(f.fact("refused_advice").contains(QStringLiteral("Jackfield's authority")));
    }

    void what_is_empty_is_not_shown_and_not_copied()
    {
        Fixture f;
        f.port.deliverEvent(f.overTls(RefusalReason::tls_failed));
        f.select(0);
        for (const char* name : {"refused_request", "refused_answer", "refused_copy_request"})
            QVERIFY2(!child<QWidget>(f.view, name)->isVisible(), name);
        f.port.deliverEvent(f.page("http://evil.example"));
        f.select(0);
        for (const char* name : {"refused_request", "refused_answer", "refused_copy_request"})
            QVERIFY2(child<QWidget>(f.view, name)->isVisible(), name);
    }

    void an_alert_is_an_answer()
    {
        Fixture f;
        event::Refused old = f.overTls(RefusalReason::tls_failed);
        old.tls = TlsFailureReport{TlsFailure::no_common_version, true, {}, std::uint8_t{70}, {}, {}};
        f.port.deliverEvent(old);
        f.select(0);
        QCOMPARE(f.fact("refused_status"), QStringLiteral("the TLS alert protocol_version (70)"));
        QCOMPARE(f.refused.index(0, static_cast<int>(RefusedColumn::Answer)).data().toString(),
            QStringLiteral("alert 70"));
        f.port.deliverEvent(f.overTls(RefusalReason::tls_failed)); // the alert was theirs
        f.select(0);
        QCOMPARE(f.fact("refused_status"), QStringLiteral("nothing"));
    }

    void both_verdicts_are_given()
    {
        Fixture f;
        f.port.deliverEvent(f.page("http://evil.example", "evil.example"));
        f.select(0);
        QVERIFY(f.fact("refused_host").contains(QStringLiteral("not on the host list")));
        QVERIFY(f.fact("refused_origin").contains(QStringLiteral("not on the origin list")));
    }

    void allowing_until_it_closes_submits_what_is_needed_and_can_be_undone()
    {
        Fixture f;
        // A loopback origin with another port that a narrowed list does not hold: nothing reaches beyond this
        // machine.
        AccessRules narrow;
        narrow.origins.lines.clear();
        QVERIFY(narrow.origins.add(ListKind::origins, "http://localhost:1"));
        event::Refused what = f.page("http://localhost:5173");
        what.access = decide(narrow, what.host, what.origin, TimePoint{});
        f.port.deliverEvent(what);
        f.select(0);
        f.button("refused_allow_temporarily")->click();
        QCOMPARE(f.allowed(),
            QStringList{QStringLiteral("origin %1 temporary 0")
                            .arg(QString::fromStdString(what.access->origin_fix))});
        f.port.finish(f.port.submitted.back().ticket);
        QVERIFY2(f.notice->text().contains(QStringLiteral("Reload the page")), qPrintable(f.notice->text()));
        child<QPushButton>(*f.notice, "Undo allowing")->click();
        QVERIFY(f.port.last<command::Deny>());
    }

    void a_page_without_an_origin_has_one_button_of_15_minutes()
    {
        Fixture f;
        f.port.deliverEvent(f.page("null"));
        f.select(0);
        QVERIFY(f.button("refused_allow")->text().contains(QStringLiteral("15 minutes")));
        QVERIFY(!f.button("refused_allow_temporarily")->isVisible());
        QVERIFY(child<QLabel>(f.view, "refused_null_warning")->isVisible());
    }

    void what_no_entry_can_help_offers_none()
    {
        Fixture f;
        event::Refused what = f.page("not an origin at all");
        what.reason = RefusalReason::origin_header;
        what.access.reset();
        f.port.deliverEvent(what);
        f.selectTheOnlyOne();
        QVERIFY(!f.button("refused_allow")->isVisible());
        QVERIFY(!f.button("refused_allow_temporarily")->isVisible());
    }

    void a_switch_that_lets_it_in_is_a_button_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("forward");
        QTest::addColumn<QString>("back");
        QTest::newRow("no Origin") << "origin" << "refused_without_origin" << "origin_required off"
                                   << "origin_required on";
        QTest::newRow("an older protocol")
            << "older" << "refused_serve_older" << "older-protocols on" << "older-protocols off";
    }

    void a_switch_that_lets_it_in_is_a_button()
    {
        QFETCH(QString, what);
        QFETCH(QString, name);
        QFETCH(QString, forward);
        QFETCH(QString, back);
        Fixture f;
        f.connectReconsidering();
        ServerStatus shut;
        shut.access.origin_required = true;
        shut.older_protocols = false;
        f.port.deliverStatus(shut);
        f.port.deliverEvent(what == QLatin1String("origin") ? Fixture::withoutOrigin() : Fixture::olderProtocol());
        f.select(0);
        auto* button = f.button(qPrintable(name));
        QVERIFY(button->isVisible());
        QVERIFY(!f.button("refused_allow")->isVisible()); // no entry of a list would help
        for (const char* other : {"refused_without_origin", "refused_serve_older", "refused_add_endpoint"})
            QCOMPARE(f.button(other)->isVisible(), name == QLatin1String(other));
        const auto lastCommand
            = [&] { return QString::fromStdString(format_command(f.port.submitted.back().command, {})); };

        button->click();
        QCOMPARE(lastCommand(), forward);
        f.port.failCommand(f.port.submitted.back().ticket, Error{ErrorCode::no_memory, 0, "no memory"});
        QVERIFY2(f.notice->text().contains(QStringLiteral("Nothing was changed: no memory")),
            qPrintable(f.notice->text()));
        QVERIFY(button->isVisible());

        button->click();
        ServerStatus open;
        f.port.deliverStatus(open);
        f.port.finish(f.port.submitted.back().ticket);
        QCOMPARE(f.refused.find(1)->standing, RefusedAttempt::Standing::resolved);
        QCOMPARE(f.refused.needsYouCount(), std::size_t{0});
        QVERIFY(!button->isVisible());
        QAbstractButton* undo = nullptr;
        for (auto* each : f.notice->findChildren<QAbstractButton*>())
            undo = each->text() == QLatin1String("Undo") ? each : undo;
        QVERIFY(undo != nullptr);
        undo->click();
        QCOMPARE(lastCommand(), back);
        f.port.deliverStatus(shut);
        f.port.finish(f.port.submitted.back().ticket);
        QCOMPARE(f.notice->text(), QStringLiteral("Taken back."));
        QCOMPARE(f.refused.needsYouCount(), std::size_t{1});
    }

    void a_switch_that_is_thrown_already_is_no_button()
    {
        Fixture f;
        f.port.deliverStatus({});
        for (const event::Refused& what : {Fixture::withoutOrigin(), Fixture::olderProtocol()}) {
            f.port.deliverEvent(what);
            f.select(0);
            QVERIFY(!f.button("refused_without_origin")->isVisible());
            QVERIFY(!f.button("refused_serve_older")->isVisible());
        }
    }

    void a_path_without_an_endpoint_asks_for_one()
    {
        Fixture f;
        f.connectReconsidering();
        f.port.deliverStatus({});
        event::Refused what = f.page("http://localhost:3000");
        what.reason = RefusalReason::no_endpoint;
        what.remedy = RefusalRemedy::endpoint;
        what.target = "/shop&co?token=1";
        what.why = "no endpoint takes this path";
        what.access.reset();
        f.port.deliverEvent(what);
        f.select(0);
        auto* button = f.button("refused_add_endpoint");
        QVERIFY(button->isVisible());
        QVERIFY2(button->text().contains(QStringLiteral("/shop&&co...")), qPrintable(button->text()));
        QSignalSpy wanted(&f.view, &RefusedView::endpointRequested);
        button->click();
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.front().front().toString(), QStringLiteral("/shop&co"));
        ServerStatus status;
        status.endpoints = {default_endpoint()};
        status.endpoints.front().pattern = "/shop*";
        f.port.deliverStatus(status);
        QCOMPARE(f.refused.find(1)->standing, RefusedAttempt::Standing::resolved);
        QVERIFY(!button->isVisible());
    }

    void a_transport_that_is_off_can_be_permitted()
    {
        Fixture f;
        f.connectReconsidering();
        ServerStatus status;
        status.endpoints = {EndpointConfig{"/echo", {}}};
        status.endpoints.front().sockjs.emplace().transports.set(SockJsTransport::xhr_streaming, false);
        f.port.deliverStatus(status);
        event::Refused what = f.page("http://localhost:3000");
        what.reason = RefusalReason::transport_off;
        what.remedy = RefusalRemedy::transport;
        what.target = "/echo/000/abc/xhr_streaming";
        what.endpoint = "/echo";
        what.wanted_transport = SockJsTransport::xhr_streaming;
        what.was_upgrade = false;
        what.access.reset();
        f.port.deliverEvent(what);
        f.select(0);
        QCOMPARE(f.fact("refused_sentence"),
            QStringLiteral("http://localhost:3000 was refused: xhr-streaming is switched off for /echo."));
        auto* button = f.button("refused_permit_transport");
        QVERIFY(button->isVisible());
        QCOMPARE(button->text(), QStringLiteral("Permit xhr-streaming on /echo"));
        button->click();
        const auto* set = f.port.last<command::SetTransport>();
        QVERIFY(set != nullptr);
        QCOMPARE(*set, (command::SetTransport{"/echo", SockJsTransport::xhr_streaming, true}));
        f.port.finish(f.port.submitted.back().ticket);
        status.endpoints.front().sockjs->transports.set(SockJsTransport::xhr_streaming, true);
        f.port.deliverStatus(status);
        QCOMPARE(f.refused.find(1)->standing, RefusedAttempt::Standing::resolved);
        QVERIFY(!button->isVisible());
    }

    void a_sockjs_request_that_fails_needs_nobody()
    {
        Fixture f;
        event::Refused what = f.page("http://localhost:3000");
        what.reason = RefusalReason::sockjs_request;
        what.why = "there is no such session";
        what.was_upgrade = false;
        what.access.reset();
        f.port.deliverEvent(what);
        QCOMPARE(child<QToolButton>(f.view, "refused_needs_you")->text(), QStringLiteral("Needs you (0)"));
        child<QToolButton>(f.view, "refused_other")->click();
        f.select(0);
        QCOMPARE(f.fact("refused_sentence"),
            QStringLiteral("http://localhost:3000 made a SockJS request that could not be served: there is no such session"));
    }

    void needs_you_and_other_are_counted_apart()
    {
        Fixture f;
        f.port.deliverEvent(f.page("http://evil.example"));
        f.port.deliverEvent(f.page("http://evil.example"));
        event::Refused spare;
        spare.reason = RefusalReason::speculative;
        f.port.deliverEvent(spare);
        QCOMPARE(child<QToolButton>(f.view, "refused_needs_you")->text(), QStringLiteral("Needs you (1)"));
        QCOMPARE(child<QToolButton>(f.view, "refused_other")->text(), QStringLiteral("Other (1)"));
        QCOMPARE(f.refused.rowCount(), 1);
        f.select(0);
        QVERIFY(f.fact("refused_from").contains(QStringLiteral("2 times")));
        child<QToolButton>(f.view, "refused_other")->click();
        QCOMPARE(f.refused.rowCount(), 1);
        f.select(0);
        QCOMPARE(f.fact("refused_status"), QStringLiteral("nothing"));
        QVERIFY(!f.button("refused_allow")->isVisible());
    }

    void the_newest_that_needs_a_person_is_shown_on_request()
    {
        Fixture f;
        f.port.deliverEvent(f.page("http://first.example"));
        f.port.deliverEvent(f.page("http://second.example"));
        child<QToolButton>(f.view, "refused_other")->click();
        f.view.showNewest();
        QVERIFY(f.fact("refused_sentence").contains(QStringLiteral("second.example")));
    }

    void the_attempt_asked_for_is_shown_whatever_hides_it()
    {
        Fixture f;
        f.port.deliverEvent(f.page("http://first.example"));
        f.port.deliverEvent(f.page("http://second.example"));
        f.view.showAttempt(1);
        QVERIFY(f.fact("refused_sentence").contains(QStringLiteral("first.example")));
        child<FilterField>(f.view, "refused_filter")->setFilterText(QStringLiteral("second"));
        f.view.showAttempt(1);
        QVERIFY(f.fact("refused_sentence").contains(QStringLiteral("first.example")));
        f.refused.ignore(1);
        f.view.showAttempt(1);
        QVERIFY(child<QToolButton>(f.view, "refused_other")->isChecked());
        QVERIFY(f.fact("refused_sentence").contains(QStringLiteral("first.example")));
        f.view.showAttempt(77);
        QVERIFY(f.fact("refused_sentence").contains(QStringLiteral("second.example")));
    }

    void a_list_that_only_stood_in_gives_way_to_what_needs_the_person()
    {
        Fixture f;
        event::Refused silent;
        silent.reason = RefusalReason::speculative;
        f.port.deliverEvent(silent);
        f.view.showNewest();
        QVERIFY(child<QToolButton>(f.view, "refused_other")->isChecked());
        f.port.deliverEvent(f.page("http://first.example"));
        QVERIFY(child<QToolButton>(f.view, "refused_needs_you")->isChecked());
        child<QToolButton>(f.view, "refused_other")->click();
        f.port.deliverEvent(f.page("http://second.example"));
        QVERIFY(child<QToolButton>(f.view, "refused_other")->isChecked());
    }

    void an_attempt_that_is_let_in_does_not_hand_its_buttons_to_the_next()
    {
        Fixture f;
        f.port.deliverEvent(f.page("http://first.example"));
        f.port.deliverEvent(f.page("http://second.example"));
        f.select(0);
        ServerStatus status;
        QVERIFY(status.access.origins.add(ListKind::origins, "http://second.example"));
        f.refused.reconsider(status, TimePoint{});
        QCOMPARE(f.refused.rowCount(), 1);
        QVERIFY(!f.table->selectionModel()->hasSelection());
        QVERIFY(!f.table->currentIndex().isValid());
        QVERIFY(f.fact("refused_sentence").contains(QStringLiteral("second.example")));
        QVERIFY(!f.button("refused_allow")->isVisible());
    }

    void ignoring_takes_it_off_the_list_of_what_needs_you()
    {
        Fixture f;
        f.port.deliverEvent(f.page("http://evil.example"));
        f.select(0);
        f.button("refused_ignore")->click();
        QCOMPARE(f.refused.needsYouCount(), std::size_t{0});
        QVERIFY(!f.button("refused_ignore")->isVisible());
    }

    void an_attempt_that_arrives_does_not_move_the_selection()
    {
        Fixture f;
        f.port.deliverEvent(f.page("http://first.example"));
        f.select(0);
        for (int i = 0; i < 20; ++i)
            f.port.deliverEvent(f.page("http://n" + std::to_string(i) + ".example"));
        QVERIFY(f.fact("refused_sentence").contains(QStringLiteral("first.example")));
        QCOMPARE(f.refused.attemptAt(f.table->currentIndex().row())->what.origin,
            std::string("http://first.example"));
    }

    void hostile_text_is_literal()
    {
        Fixture f;
        event::Refused what = f.page(test::hostileText, test::hostileText);
        what.target = "/" + test::hostileText;
        what.user_agent = test::hostileText;
        what.request_head = test::hostileText;
        f.port.deliverEvent(what);
        f.selectTheOnlyOne();
        for (const QLabel* label : f.view.findChildren<QLabel*>()) {
            for (const QChar c : label->text())
                QVERIFY2(c.unicode() >= 0x20 && c.category() != QChar::Other_Format && c.unicode() != 0x2028,
                    qPrintable(label->text()));
        }
        QVERIFY(child<QWidget>(f.view, "refused_detail")->isVisible());
        QVERIFY(f.fact("refused_asked").contains(QStringLiteral("<b>x</b>")));
        QVERIFY(!f.view.grab().isNull());
        // The whole head, 16 KiB of it at most, is shown without freezing and copied without its control
        // characters.
        f.button("refused_copy_request")->click();
        QVERIFY(!QApplication::clipboard()->text().contains(QChar(0x1B)));
    }

    void every_control_has_a_name_and_a_keyboard_way()
    {
        Fixture f;
        f.port.deliverEvent(f.page("http://evil.example"));
        f.select(0);
        QCOMPARE(test::faultsOf(f.view).join(u'\n'), QString());
    }
};

QTEST_MAIN(RefusedViewTest)
#include "refused_view_test.moc"
