#include "support/engine_fixture.h"
#include "ui/models/refused_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;

namespace {

using Standing = RefusedAttempt::Standing;

constexpr WallTime t0{seconds{1'700'000'000}};

event::Refused refusedOrigin(std::string origin, std::string host = "localhost:4567")
{
    event::Refused refused;
    refused.reason = RefusalReason::origin_not_allowed;
    refused.method = "GET";
    refused.target = "/chat";
    refused.host = host;
    refused.origin = origin;
    refused.has_origin = true;
    refused.was_upgrade = true;
    refused.status = 403;
    refused.answer = "HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n";
    refused.why = "its origin is not on the list";
    refused.access = decide(AccessRules{}, host, origin, {});
    refused.remedy = RefusalRemedy::access;
    return refused;
}

event::Refused speculative()
{
    event::Refused refused;
    refused.reason = RefusalReason::speculative;
    refused.why = "it left without a byte, as browsers' spare sockets do";
    return refused;
}

struct Fixture {
    RefusedModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    QString text(int row, RefusedColumn column) const
    {
        return model.index(row, static_cast<int>(column)).data().toString();
    }
};

} // namespace

class RefusedModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void an_attempt_that_an_entry_would_fix_asks_for_attention();
    void alike_attempts_are_folded_into_a_count();
    void other_attempts_do_not_count_for_the_badge_data();
    void other_attempts_do_not_count_for_the_badge();
    void allowing_resolves_and_denying_takes_it_back();
    void what_the_engine_refuses_is_resolved_by_the_change_that_lets_it_in_data();
    void what_the_engine_refuses_is_resolved_by_the_change_that_lets_it_in();
    void an_endpoint_is_offered_for_plain_paths_only_data();
    void an_endpoint_is_offered_for_plain_paths_only();
    void ignoring_is_remembered();
    void ignoring_outlives_a_clearing_that_is_taken_back();
    void counts_what_asked_for_a_WebSocket_apart();
    void shows_what_needs_somebody_or_the_rest();
    void is_bounded_and_keeps_what_needs_somebody();
    void sentences_neutralise_peer_text();
    void a_page_from_disk_has_a_sentence_of_its_own();
    void filters();
};

void RefusedModelTest::an_attempt_that_an_entry_would_fix_asks_for_attention()
{
    Fixture f;
    QSignalSpy arrived(&f.model, &RefusedModel::fixableArrived);
    f.model.add(refusedOrigin("http://192.168.1.20:5173"), t0);
    QCOMPARE(f.model.rowCount(), 1);
    QCOMPARE(f.model.needsYouCount(), std::size_t{1});
    QCOMPARE(arrived.count(), 1);
    const RefusedAttempt* pending = f.model.pending();
    QVERIFY(pending != nullptr);
    QVERIFY(pending->isFixable());
    QCOMPARE(pending->key, arrived.front().front().toULongLong());
    QCOMPARE(refusalSentence(pending->what),
        QStringLiteral("http://192.168.1.20:5173 was refused: its origin is not on the list."));
    QCOMPARE(f.text(0, RefusedColumn::Asked), QStringLiteral("ws /chat from http://192.168.1.20:5173"));
    QCOMPARE(f.text(0, RefusedColumn::Answer), QStringLiteral("HTTP/1.1 403 Forbidden"));
    for (int column = 0; column < refusedColumnCount; ++column)
        QVERIFY(!f.model.headerData(column, Qt::Horizontal).toString().isEmpty());
}

void RefusedModelTest::alike_attempts_are_folded_into_a_count()
{
    Fixture f;
    auto refused = refusedOrigin("http://a.test");
    f.model.add(refused, t0);
    refused.folded = 40;
    f.model.add(refused, t0 + seconds{5});
    f.model.add(refusedOrigin("http://b.test"), t0);
    QCOMPARE(f.model.rowCount(), 2);
    QCOMPARE(f.text(1, RefusedColumn::Count), QStringLiteral("42"));
    QCOMPARE(f.text(0, RefusedColumn::Count), QStringLiteral("1"));
    QCOMPARE(f.model.total(), std::uint64_t{43});
    QCOMPARE(f.model.attemptAt(1)->last, t0 + seconds{5});
    QCOMPARE(f.model.attemptAt(1)->first, t0);
}

void RefusedModelTest::other_attempts_do_not_count_for_the_badge_data()
{
    QTest::addColumn<int>("reason");
    QTest::addColumn<bool>("upgrade");
    QTest::addColumn<bool>("needsYou");
    QTest::newRow("spare socket") << int(RefusalReason::speculative) << false << false;
    QTest::newRow("plain HTTP") << int(RefusalReason::plain_http) << false << false;
    QTest::newRow("scanner") << int(RefusalReason::request_line) << false << false;
    QTest::newRow("left before the answer") << int(RefusalReason::aborted) << true << false;
    QTest::newRow("wss to a ws port") << int(RefusalReason::tls_on_plain) << false << true;
    QTest::newRow("no endpoint") << int(RefusalReason::no_endpoint) << true << true;
    QTest::newRow("old version") << int(RefusalReason::websocket_version) << true << true;
}

void RefusedModelTest::other_attempts_do_not_count_for_the_badge()
{
    QFETCH(int, reason);
    QFETCH(bool, upgrade);
    QFETCH(bool, needsYou);
    Fixture f;
    event::Refused refused;
    refused.reason = static_cast<RefusalReason>(reason);
    refused.was_upgrade = upgrade;
    f.model.add(refused, t0);
    QCOMPARE(f.model.needsYouCount(), std::size_t{needsYou ? 1U : 0U});
    QCOMPARE(f.model.otherCount(), std::size_t{needsYou ? 0U : 1U});
    QVERIFY(f.model.pending() == nullptr); // no entry would help
    QVERIFY(!f.text(0, RefusedColumn::Asked).isEmpty());
}

void RefusedModelTest::allowing_resolves_and_denying_takes_it_back()
{
    Fixture f;
    f.model.add(refusedOrigin("http://a.test:5173"), t0);
    ServerStatus status;
    QVERIFY(status.access.origins.add(ListKind::origins, f.model.pending()->what.access->origin_fix));
    QSignalSpy attention(&f.model, &RefusedModel::attentionChanged);
    f.model.reconsider(status, {});
    QCOMPARE(attention.count(), 1);
    QCOMPARE(f.model.attemptAt(0)->standing, Standing::resolved);
    QCOMPARE(f.model.needsYouCount(), std::size_t{0});
    QVERIFY(f.model.pending() == nullptr);
    f.model.reconsider(status, {});
    QCOMPARE(attention.count(), 1);
    f.model.reconsider(ServerStatus{}, {});
    QCOMPARE(f.model.needsYouCount(), std::size_t{1});
}

void RefusedModelTest::what_the_engine_refuses_is_resolved_by_the_change_that_lets_it_in_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QString>("change"); // the command that lets it in; empty: there is none
    const auto asking = [](const char* path, const char* version, const char* origin) {
        return QByteArray("GET ") + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: "
            + "Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + version + origin + "\r\n";
    };
    const char* origin = "Origin: http://localhost:3000\r\n";
    QTest::newRow("hybi-10") << asking("/chat", "Sec-WebSocket-Version: 8\r\n",
        "Sec-WebSocket-Origin: http://localhost:3000\r\n")
                             << "older";
    QTest::newRow("hybi-00") << QByteArray(
        "GET /chat HTTP/1.1\r\nHost: localhost\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n"
        "Origin: http://localhost:3000\r\nSec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\n"
        "Sec-WebSocket-Key2: 12998 5 Y3 1  .P00\r\n\r\n")
                             << "older";
    QTest::newRow("a version that nobody spoke")
        << asking("/chat", "Sec-WebSocket-Version: 99\r\n", origin) << QString();
    QTest::newRow("no endpoint") << asking("/shop?x=1", "Sec-WebSocket-Version: 13\r\n", origin) << "endpoint";
    QTest::newRow("no Origin") << asking("/chat", "Sec-WebSocket-Version: 13\r\n", "") << "origin";
}

void RefusedModelTest::what_the_engine_refuses_is_resolved_by_the_change_that_lets_it_in()
{
    QFETCH(QByteArray, request);
    QFETCH(QString, change);
    test::EngineSetup setup;
    setup.has_canary = false;
    setup.config.older_protocols = false;
    setup.config.endpoints = {default_endpoint()};
    setup.config.endpoints.front().pattern = "/chat*";
    test::EngineFixture engine(std::move(setup));
    engine.attach_state();
    engine.run(command::RequireOrigin{true});
    auto client = engine.connect();
    client.send(request.toStdString());
    const event::Refused refused = engine.refusal_of(client.local_port());
    engine.wait_for_state([&] { return engine.status && engine.status->access.origin_required; });

    Fixture f;
    f.model.add(refused, t0);
    f.model.reconsider(*engine.status, {});
    QCOMPARE(f.model.attemptAt(0)->standing, Standing::needsYou);
    QCOMPARE(refused.remedy,
        change == QLatin1String("older")          ? RefusalRemedy::older_protocols
            : change == QLatin1String("endpoint") ? RefusalRemedy::endpoint
            : change == QLatin1String("origin")   ? RefusalRemedy::access
                                                  : RefusalRemedy::none);
    QCOMPARE(pathWithoutEndpoint(refused).empty(), change != QLatin1String("endpoint"));
    QCOMPARE(refused.access && refused.access->origin == OriginVerdict::missing_refused,
        change == QLatin1String("origin"));

    // Each of the changes, and only the right one resolves it.
    const auto standingAfter = [&](Command command, const std::function<bool(const ServerStatus&)>& isDone) {
        engine.run(std::move(command));
        engine.wait_for_state([&] { return isDone(*engine.status); });
        f.model.reconsider(*engine.status, {});
        return f.model.attemptAt(0)->standing;
    };
    QCOMPARE(standingAfter(command::SetOlderProtocols{true}, [](const auto& s) { return s.older_protocols; }),
        change == QLatin1String("older") ? Standing::resolved : Standing::needsYou);
    QCOMPARE(standingAfter(command::SetOlderProtocols{false}, [](const auto& s) { return !s.older_protocols; }),
        Standing::needsYou);
    EndpointConfig shop = default_endpoint();
    shop.pattern = change == QLatin1String("endpoint") ? std::string(pathWithoutEndpoint(refused)) : "/shop";
    QCOMPARE(standingAfter(command::SetEndpoint{shop}, [](const auto& s) { return s.endpoints.size() == 2; }),
        change == QLatin1String("endpoint") ? Standing::resolved : Standing::needsYou);
    QCOMPARE(standingAfter(
                 command::RemoveEndpoint{shop.pattern}, [](const auto& s) { return s.endpoints.size() == 1; }),
        Standing::needsYou);
    QCOMPARE(
        standingAfter(command::RequireOrigin{false}, [](const auto& s) { return !s.access.origin_required; }),
        change == QLatin1String("origin") ? Standing::resolved : Standing::needsYou);
    client.close();
    engine.finish();
}

void RefusedModelTest::an_endpoint_is_offered_for_plain_paths_only_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("a path") << QByteArray("/chat/room") << QByteArray("/chat/room");
    QTest::newRow("with a query") << QByteArray("/chat?token=x") << QByteArray("/chat");
    QTest::newRow("escaped") << QByteArray("/%2Fa&b") << QByteArray("/%2Fa&b");
    QTest::newRow("one that would be a pattern") << QByteArray("/*") << QByteArray();
    QTest::newRow("absolute form") << QByteArray("http://localhost/chat") << QByteArray();
    QTest::newRow("GU-04 control characters") << QByteArray("/a\x1b[2J") << QByteArray();
    QTest::newRow("no ASCII") << QByteArray("/\xe2\x80\xae" "chat") << QByteArray();
    QTest::newRow("longer than a pattern") << QByteArray("/" + QByteArray(1'024, 'x')) << QByteArray();
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void RefusedModelTest::an_endpoint_is_offered_for_plain_paths_only()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, path);
    event::Refused refused;
    refused.reason = RefusalReason::no_endpoint;
    refused.remedy = RefusalRemedy::endpoint;
    refused.target = target.toStdString();
    QCOMPARE(std::string(pathWithoutEndpoint(refused)), path.toStdString());
    refused.remedy = RefusalRemedy::access;
    QVERIFY(pathWithoutEndpoint(refused).empty());
}

void RefusedModelTest::ignoring_outlives_a_clearing_that_is_taken_back()
{
    Fixture f;
    f.model.add(refusedOrigin("http://a.test"), t0);
    f.model.ignore(f.model.pending()->key);
    f.model.clear();
    f.model.add(refusedOrigin("http://a.test"), t0);
    QCOMPARE(f.model.needsYouCount(), std::size_t{1}); // the list was empty: it is new
    f.model.undoClear();
    QCOMPARE(f.model.rowCount(), 1);
    QCOMPARE(f.model.attemptAt(0)->standing, Standing::ignored);
    QCOMPARE(f.model.attemptAt(0)->count, std::uint64_t{2});
    QCOMPARE(f.model.needsYouCount(), std::size_t{0});
}

void RefusedModelTest::counts_what_asked_for_a_WebSocket_apart()
{
    Fixture f;
    f.model.add(speculative(), t0);
    event::Refused page;
    page.reason = RefusalReason::plain_http;
    page.target = "/";
    page.folded = 3;
    f.model.add(page, t0);
    QCOMPARE(f.model.total(), std::uint64_t{5});
    QCOMPARE(f.model.listed(), std::uint64_t{5});
    QCOMPARE(f.model.asked(), std::uint64_t{0});
    event::Refused secure;
    secure.reason = RefusalReason::tls_on_plain;
    f.model.add(secure, t0);
    f.model.add(refusedOrigin("http://a.test"), t0);
    QCOMPARE(f.model.asked(), std::uint64_t{2});
    f.model.clear();
    QCOMPARE(f.model.asked(), std::uint64_t{2});
    QCOMPARE(f.model.total(), std::uint64_t{7});
    QCOMPARE(f.model.listed(), std::uint64_t{0});
    f.model.undoClear();
    QCOMPARE(f.model.listed(), std::uint64_t{7});
}

void RefusedModelTest::ignoring_is_remembered()
{
    Fixture f;
    f.model.add(refusedOrigin("http://a.test"), t0);
    f.model.ignore(f.model.pending()->key);
    QVERIFY(f.model.pending() == nullptr);
    QSignalSpy arrived(&f.model, &RefusedModel::fixableArrived);
    f.model.add(refusedOrigin("http://a.test"), t0); // it tries again every second
    QCOMPARE(arrived.count(), 0);
    QCOMPARE(f.model.needsYouCount(), std::size_t{0});
    QCOMPARE(f.text(0, RefusedColumn::Count), QStringLiteral("2"));
    f.model.ignore(12'345);
}

void RefusedModelTest::shows_what_needs_somebody_or_the_rest()
{
    Fixture f;
    f.model.add(refusedOrigin("http://a.test"), t0);
    f.model.add(speculative(), t0);
    f.model.add(refusedOrigin("http://b.test"), t0);
    f.model.setShow(RefusedModel::Show::needsYou);
    QCOMPARE(f.model.rowCount(), 2);
    const auto key = f.model.attemptAt(1)->key;
    f.model.ignore(key); // leaves this view
    QCOMPARE(f.model.rowCount(), 1);
    f.model.setShow(RefusedModel::Show::other);
    QCOMPARE(f.model.rowCount(), 2);
    f.model.setShow(RefusedModel::Show::all);
    QCOMPARE(f.model.rowCount(), 3);
    QCOMPARE(f.model.rowOf(key), 2);
    f.model.clear();
    QCOMPARE(f.model.rowCount(), 0);
    QCOMPARE(f.model.needsYouCount(), std::size_t{0});
    f.model.add(refusedOrigin("http://b.test"), t0);
    f.model.undoClear();
    QCOMPARE(f.model.rowCount(), 3);
    QCOMPARE(f.model.rowOf(key), 2); // as it was, ignored
    QCOMPARE(f.model.attemptAt(2)->standing, RefusedAttempt::Standing::ignored);
    QCOMPARE(f.model.attemptAt(0)->count, 2U); // the same again is one row with what came before
    f.model.add(speculative(), t0);
    QCOMPARE(f.model.rowCount(), 3);
}

void RefusedModelTest::is_bounded_and_keeps_what_needs_somebody()
{
    RefusedModel model; // the tester looks at every row on every change
    model.add(refusedOrigin("http://keep.test"), t0);
    for (int i = 0; i < 1'050; ++i) {
        event::Refused refused;
        refused.reason = RefusalReason::request_line;
        refused.target = "/" + std::to_string(i);
        model.add(refused, t0);
    }
    QCOMPARE(model.rowCount(), int(RefusedModel::maxRows));
    QCOMPARE(model.needsYouCount(), std::size_t{1});
    QCOMPARE(model.total(), std::uint64_t{1'051});
    QCOMPARE(model.attemptAt(model.rowCount() - 1)->what.origin, std::string("http://keep.test"));
}

void RefusedModelTest::sentences_neutralise_peer_text()
{
    Fixture f;
    auto refused = refusedOrigin("http://<b>evil</b>\x1b[2J\xe2\x80\xae");
    refused.target = "/\n" + std::string(9'000, 'x');
    refused.host = "\x07";
    refused.answer = "HTTP/1.1 403 Forbidden";
    f.model.add(refused, t0);
    for (int column = 0; column < refusedColumnCount; ++column) {
        const QString text = f.model.index(0, column).data().toString();
        QVERIFY(!text.contains(u'\n') && !text.contains(QChar(0x1b)) && !text.contains(QChar(0x202e)));
        QVERIFY(text.size() < 300);
        QVERIFY(!f.model.index(0, column).data(Qt::ToolTipRole).toString().contains("<b>"));
    }
    const QString sentence = refusalSentence(refused);
    QVERIFY(sentence.startsWith(QString::fromUtf8("http://<b>evil</b>⟨ESC⟩[2J⟨U+202E⟩ was refused")));
}

void RefusedModelTest::a_page_from_disk_has_a_sentence_of_its_own()
{
    event::Refused refused = refusedOrigin("null");
    refused.reason = RefusalReason::origin_null;
    Fixture f;
    f.model.add(refused, t0);
    QVERIFY(refusalSentence(refused).contains("opened from disk"));
    QVERIFY(f.model.pending() != nullptr); // the button is there
}

void RefusedModelTest::filters()
{
    Fixture f;
    f.model.add(refusedOrigin("http://a.test"), t0);
    f.model.add(refusedOrigin("http://b.test"), t0);
    f.model.setFilter(parse_filter("origin:a.test code:403", FilterSubject::refused).value());
    QCOMPARE(f.model.rowCount(), 1);
    f.model.add(refusedOrigin("http://c.test"), t0);
    QCOMPARE(f.model.rowCount(), 1);
    f.model.setFilter({});
    QCOMPARE(f.model.rowCount(), 3);
}

QTEST_GUILESS_MAIN(RefusedModelTest)
#include "refused_model_test.moc"
