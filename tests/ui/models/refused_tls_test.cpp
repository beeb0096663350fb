// Refused attempts that are about TLS: each failure in words, with what helps.
#include "tests/support/development_credentials.h"
#include "tests/support/listening_status.h"
#include "ui/models/filter_fields.h"
#include "ui/models/refused_model.h"
#include "ui/models/refused_tls.h"

#include "jackfield/filter.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::listeningStatus;

namespace {

event::Refused failed(TlsFailure failure)
{
    event::Refused what;
    what.reason = RefusalReason::tls_failed;
    what.peer = SocketAddress::v4({127, 0, 0, 1}, 51234);
    what.transport = Transport::wss;
    what.tls = TlsFailureReport{failure, true, {}, {}, {}, failure == TlsFailure::wrong_name ? "192.168.1.20" : ""};
    what.why = std::string(explain(failure));
    return what;
}

event::Refused onPlain()
{
    event::Refused what;
    what.reason = RefusalReason::tls_on_plain;
    what.peer = SocketAddress::v4({127, 0, 0, 1}, 51234);
    what.local = SocketAddress::v4({127, 0, 0, 1}, 4567);
    return what;
}

event::Refused plainOnTls(bool isUpgrade)
{
    event::Refused what = onPlain();
    what.reason = RefusalReason::plain_on_tls;
    what.was_upgrade = isUpgrade;
    return what;
}

ServerStatus speaking(ListenerKind kind, bool hasCertificate)
{
    ServerStatus status = listeningStatus();
    for (ListenerStatus& listener : status.listeners)
        listener.speaks = listener.spec.kind = kind;
    if (hasCertificate)
        status.tls = test::developmentCredentials(WallTime(std::chrono::system_clock::now()));
    return status;
}

} // namespace

class RefusedTlsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void each_failure_has_words_and_advice_data()
    {
        QTest::addColumn<int>("failure");
        QTest::addColumn<bool>("concerns");
        QTest::addColumn<QString>("says");
        QTest::addColumn<QString>("advises");
        const auto row = [](TlsFailure failure, bool concerns, const char* says, const char* advises) {
            QTest::newRow(std::string(name_of(failure)).c_str()) << static_cast<int>(
                failure) << concerns << QString::fromUtf8(says) << QString::fromUtf8(advises);
        };
        row(TlsFailure::unknown_authority, true, "does not trust this server's certificate",
            "trust Jackfield's");
        row(TlsFailure::wrong_name, true, "refused this server's certificate, which is not for 192.168.1.20",
            "this name or address added");
        row(TlsFailure::certificate_expired, true, "not valid today", "Renew");
        row(TlsFailure::certificate_refused, true, "refused this server's certificate", "for the name");
        row(TlsFailure::no_common_version, true, "neither TLS 1.2 nor TLS 1.3", "too old");
        row(TlsFailure::no_common_cipher, true, "no cipher", "too old");
        row(TlsFailure::no_common_protocol, true, "ALPN", "http/1.1");
        row(TlsFailure::bad_server_name, true, "SNI", "address");
        row(TlsFailure::refused_by_client, true, "alert", "alert");
        row(TlsFailure::peer_left, false, "left", "trust");
        row(TlsFailure::protocol_error, false, "no valid TLS", "");
        row(TlsFailure::flood, false, "carry no data", "");
        row(TlsFailure::truncated, false, "farewell", "");
        row(TlsFailure::no_memory, false, "no memory", "");
        row(TlsFailure::internal, false, "TLS library failed", "");
    }

    void each_failure_has_words_and_advice()
    {
        QFETCH(int, failure);
        QFETCH(bool, concerns);
        QFETCH(QString, says);
        QFETCH(QString, advises);
        const event::Refused what = failed(static_cast<TlsFailure>(failure));
        QVERIFY2(refusalSentence(what).contains(says), qPrintable(refusalSentence(what)));
        QVERIFY2(tlsAdvice(what).contains(advises), qPrintable(tlsAdvice(what)));
        QCOMPARE(tlsAdvice(what).isEmpty(), advises.isEmpty());
        RefusedModel model;
        model.add(what, WallTime{});
        QCOMPARE(model.needsYouCount(), concerns ? std::size_t(1) : std::size_t(0));
        QCOMPARE(model.asked(), concerns ? std::uint64_t(1) : std::uint64_t(0));
    }

    void what_is_asked_names_the_server_as_plain_text()
    {
        event::Refused what = failed(TlsFailure::unknown_authority);
        what.server_name = "<b>evil</b>&dev.localhost";
        QCOMPARE(askedText(what), QString::fromUtf8("a TLS connection to “<b>evil</b>&dev.localhost”"));
        QVERIFY(refusalSentence(what).contains(QString::fromUtf8("“<b>evil</b>&dev.localhost”")));
    }

    void alerts_have_their_names()
    {
        event::Refused what = failed(TlsFailure::unknown_authority);
        QCOMPARE(alertsText(what), QString());
        what.tls->alert_received = 48;
        QCOMPARE(alertsText(what), QStringLiteral("received the alert unknown_ca (48)"));
        what.tls->alert_sent = 250; // unassigned
        what.tls->detail = "offered TLS 1.0";
        QCOMPARE(alertsText(what),
            QStringLiteral("received the alert unknown_ca (48); sent the alert 250; offered TLS 1.0"));
    }

    void the_fix_is_what_helps_by_now_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("certificate");
        QTest::addColumn<bool>("tlsCame"); // else plain
        QTest::addColumn<int>("fix");
        QTest::addColumn<bool>("letIn");
        const auto row = [](const char* name, ListenerKind kind, bool certificate, bool tlsCame, TlsFix fix,
                             bool letIn) {
            QTest::newRow(name) << static_cast<int>(kind) << certificate << tlsCame << static_cast<int>(fix)
                                << letIn;
        };
        row("wss to ws, no certificate", ListenerKind::ws, false, true, TlsFix::certificate, false);
        row("wss to ws", ListenerKind::ws, true, true, TlsFix::alsoSecure, false);
        row("wss to both, no certificate", ListenerKind::both, false, true, TlsFix::certificate, false);
        row("wss to both", ListenerKind::both, true, true, TlsFix::none, true);
        row("ws to wss", ListenerKind::wss, true, false, TlsFix::alsoPlain, false);
        row("ws to both", ListenerKind::both, true, false, TlsFix::none, true);
    }

    void the_fix_is_what_helps_by_now()
    {
        QFETCH(int, kind);
        QFETCH(bool, certificate);
        QFETCH(bool, tlsCame);
        QFETCH(int, fix);
        QFETCH(bool, letIn);
        const ServerStatus status = speaking(static_cast<ListenerKind>(kind), certificate);
        const event::Refused what = tlsCame ? onPlain() : plainOnTls(true);
        QCOMPARE(static_cast<int>(tlsFixOf(what, status)), fix);
        QCOMPARE(isLetInOverTls(what, status), std::optional(letIn));
        // The list takes it off when it would be let in.
        RefusedModel model;
        model.add(what, WallTime{});
        QCOMPARE(model.needsYouCount(), std::size_t(1));
        model.reconsider(status, TimePoint{});
        QCOMPARE(model.needsYouCount(), letIn ? std::size_t(0) : std::size_t(1));
    }

    void trust_in_the_certificate_is_the_fix_for_those_who_dislike_it()
    {
        const ServerStatus status = speaking(ListenerKind::both, true);
        for (const TlsFailure failure :
            {TlsFailure::unknown_authority, TlsFailure::wrong_name, TlsFailure::certificate_expired,
                TlsFailure::certificate_refused})
            QVERIFY(tlsFixOf(failed(failure), status) == TlsFix::certificate);
        for (const TlsFailure failure :
            {TlsFailure::no_common_version, TlsFailure::peer_left, TlsFailure::internal})
            QVERIFY(tlsFixOf(failed(failure), status) == TlsFix::none);
        event::Refused many = failed(TlsFailure::unknown_authority);
        many.of_many = true;
        QVERIFY(tlsFixOf(many, status) == TlsFix::none);
    }

    void a_plain_page_on_a_tls_port_needs_nobody()
    {
        RefusedModel model;
        model.add(plainOnTls(false), WallTime{});
        QCOMPARE(model.needsYouCount(), std::size_t(0));
        QCOMPARE(model.otherCount(), std::size_t(1));
    }

    void different_failures_and_names_are_rows_of_their_own()
    {
        RefusedModel model;
        model.add(failed(TlsFailure::unknown_authority), WallTime{});
        model.add(failed(TlsFailure::unknown_authority), WallTime{});
        model.add(failed(TlsFailure::no_common_version), WallTime{});
        event::Refused named = failed(TlsFailure::unknown_authority);
        named.server_name = "dev.localhost";
        model.add(named, WallTime{});
        QCOMPARE(model.rowCount(), 3);
    }

    void filters_by_failure_and_name_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<int>("rows");
        QTest::newRow("tls:unknown_authority") << "tls:unknown_authority" << 1;
        QTest::newRow("tls:version") << "tls:version" << 1;
        QTest::newRow("sni:dev") << "sni:dev" << 1;
        QTest::newRow("transport:wss") << "transport:wss" << 2;
        QTest::newRow("transport:ws") << "transport:ws" << 1;
        QTest::newRow("a plain word") << "dev.localhost" << 1;
    }

    void filters_by_failure_and_name()
    {
        QFETCH(QString, filter);
        QFETCH(int, rows);
        RefusedModel model;
        event::Refused named = failed(TlsFailure::unknown_authority);
        named.server_name = "dev.localhost";
        model.add(named, WallTime{});
        model.add(failed(TlsFailure::no_common_version), WallTime{});
        model.add(onPlain(), WallTime{});
        model.setFilter(parse_filter(filter.toStdString(), FilterSubject::refused).value());
        QCOMPARE(model.rowCount(), rows);
    }
};

QTEST_GUILESS_MAIN(RefusedTlsTest)
#include "refused_tls_test.moc"
