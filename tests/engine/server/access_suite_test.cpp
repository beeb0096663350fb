#include "support/engine_fixture.h"
#include "support/http_harness.h"

#include <QTest>

#include <atomic>
#include <memory>
#include <thread>

using namespace jackfield;
using namespace jackfield::test;

namespace {

std::string request_with(const std::string& host, const std::string& origin_lines)
{
    return good_request({{"Host", "Host: " + host + "\r\n"}, {"Origin", origin_lines}});
}

std::string with_origin(const std::string& origin)
{
    return request_with("localhost:8080", "Origin: " + origin + "\r\n");
}

} // namespace

/// OR of the hardening list, through the engine.
class AccessSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void hosts_and_origins_decide_data();
    void hosts_and_origins_decide();
    void refusal_offers_what_would_let_it_in();
    void origin_can_be_required();
    void null_origin_comes_in_for_a_while();
    void temporary_entry_ends_when_its_time_has_run_out();
    void entry_for_everything_is_told();
    void list_commands_data();
    void list_commands();
    void replaced_list_holds_at_once();
    void file_does_not_take_away_what_was_allowed_for_the_time_being();
    void replaced_list_lets_null_in_only_for_a_time_data();
    void replaced_list_lets_null_in_only_for_a_time();
    void broken_list_is_told();
    void open_connections_stay_until_the_lists_are_applied_again();
    void preflight_of_strangers_gets_nothing_data();
    void preflight_of_strangers_gets_nothing();
    void flood_of_refusals_is_folded_and_every_one_is_counted();
    void lists_change_while_handshakes_run();

private:
    int status_of(const std::string& request);
    std::unique_ptr<EngineFixture> fixture_;
};

void AccessSuiteTest::init()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.config.limits.ping_interval = milliseconds(0);
    fixture_ = std::make_unique<EngineFixture>(setup);
}

void AccessSuiteTest::cleanup()
{
    fixture_->finish();
    fixture_.reset();
}

int AccessSuiteTest::status_of(const std::string& request)
{
    RawClient client = fixture_->connect();
    client.send(request);
    const std::string head = client.read_until("\r\n\r\n");
    return std::stoi(head.substr(9, 3));
}

void AccessSuiteTest::hosts_and_origins_decide_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("reason");
    using R = RefusalReason;
    const auto row
        = [](const std::string& name, const std::string& request, int status = 101, R reason = R::aborted) {
              QTest::newRow(name.c_str()) << to_byte_array(request) << status << static_cast<int>(reason);
          };
    row("OR-01 evil host and origin", request_with("evil.test:8080", "Origin: http://evil.test:8080\r\n"),
        403, R::host_not_allowed);
    row("OR-02 evil origin", with_origin("http://evil.test"), 403, R::origin_not_allowed);
    row("OR-04 no origin", request_with("localhost", ""));
    row("OR-05 two origins",
        request_with("localhost", "Origin: http://localhost\r\nOrigin: http://evil.test\r\n"), 400,
        R::origin_header);
    row("OR-05 a list of origins", with_origin("http://localhost:3000, http://evil.test"), 403,
        R::origin_not_allowed);
    row("OR-05 empty origin", request_with("localhost", "Origin:\r\n"), 403, R::origin_not_allowed);
    row("null", with_origin("null"), 403, R::origin_null);
    for (const char* origin : {"http://192.168.1.5", "http://2130706433", "http://0x7f.1"})
        row(std::string("OR-07 ") + origin, with_origin(origin), 403, R::origin_not_allowed);
    for (const char* origin : {"http://localhost.evil.test", "http://evil-localhost", "http://localhostx",
             "http://localhost@evil.test", "ftp://localhost", "http://localhost/path"})
        row(std::string("look-alike ") + origin, with_origin(origin), 403, R::origin_not_allowed);
    for (const char* origin : {"HTTP://LOCALHOST:3000", "http://localhost.:3000", "http://127.0.0.1",
             "http://[::1]:5173", "https://app.localhost"})
        row(std::string("OR-08 ") + origin, with_origin(origin));
    for (const char* host :
        {"127.0.0.1", "localhost", "localhost.", "[::1]", "[::ffff:7f00:1]", "foo.localhost"})
        row(std::string("OR-10 ") + host, request_with(host, "Origin: http://localhost\r\n"));
    row("OR-11 0.0.0.0", request_with("0.0.0.0:8080", "Origin: http://localhost\r\n"), 403,
        R::host_not_allowed);
    row("forwarded fields count for nothing",
        good_request(
            {{"Host", "Host: evil.test\r\nX-Forwarded-Host: localhost\r\nForwarded: host=localhost\r\n"}}),
        403, R::host_not_allowed);
}

void AccessSuiteTest::hosts_and_origins_decide()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(int, reason);
    RawClient client = fixture_->connect();
    const std::uint16_t port = client.local_port();
    client.send(request.toStdString());
    if (status == 101) {
        QVERIFY(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 101 "));
        return;
    }
    const std::string answer = client.read_until_end();
    QVERIFY2(answer.starts_with("HTTP/1.1 " + std::to_string(status) + ' '), answer.c_str());
    QVERIFY(answer.find("evil") == std::string::npos);
    QVERIFY(answer.find("localhost") == std::string::npos);
    QCOMPARE(static_cast<int>(fixture_->refusal_of(port).reason), reason);
}

// OR-11
void AccessSuiteTest::refusal_offers_what_would_let_it_in()
{
    const std::string request = request_with("0.0.0.0:8080", "Origin: https://app.example:8443\r\n");
    RawClient client = fixture_->connect();
    const std::uint16_t port = client.local_port();
    client.send(request);
    client.read_until_end();
    const event::Refused refused = fixture_->refusal_of(port);
    QVERIFY(refused.access);
    QCOMPARE(refused.access->host, HostVerdict::not_listed);
    QCOMPARE(refused.access->origin, OriginVerdict::not_listed);
    QVERIFY(!fixture_->run(command::Allow{ListKind::hosts, refused.access->host_fix, false, {}}).error);
    QCOMPARE(status_of(request), 403);
    QVERIFY(!fixture_->run(command::Allow{ListKind::origins, refused.access->origin_fix, false, {}}).error);
    QCOMPARE(status_of(request), 101);
}

// OR-04
void AccessSuiteTest::origin_can_be_required()
{
    const std::string request = request_with("localhost", "");
    QCOMPARE(status_of(request), 101);
    fixture_->run(command::RequireOrigin{true});
    RawClient client = fixture_->connect();
    const std::uint16_t port = client.local_port();
    client.send(request);
    QVERIFY(client.read_until_end().starts_with("HTTP/1.1 403 "));
    QCOMPARE(fixture_->refusal_of(port).reason, RefusalReason::origin_missing);
    QCOMPARE(
        status_of("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), 200); // a person opens the page without one
    fixture_->run(command::RequireOrigin{false});
    QCOMPARE(status_of(request), 101);
}

void AccessSuiteTest::null_origin_comes_in_for_a_while()
{
    const std::string request = with_origin("null");
    QCOMPARE(status_of(request), 403);
    QVERIFY(fixture_->run(command::Allow{ListKind::origins, "null", false, {}}).error); // not for ever
    QVERIFY(!fixture_->run(command::Allow{ListKind::origins, "null", true, std::chrono::minutes(15)}).error);
    QCOMPARE(status_of(request), 101);
    fixture_->advance(std::chrono::minutes(14));
    fixture_->settle();
    QCOMPARE(status_of(request), 101);
    fixture_->advance(std::chrono::minutes(1));
    fixture_->settle();
    QCOMPARE(status_of(request), 403);
}

void AccessSuiteTest::temporary_entry_ends_when_its_time_has_run_out()
{
    fixture_->attach_state();
    const std::size_t lines = AccessList::built_in(ListKind::origins).lines.size();
    fixture_->run(command::Allow{ListKind::origins, "http://evil.test", true, seconds(60)});
    fixture_->wait_until(
        [&] { return fixture_->status && fixture_->status->access.origins.lines.size() == lines + 1; }, true);
    QVERIFY(fixture_->status->access.origins.lines.back().temporary);
    const auto revision = fixture_->status->access_revision;
    QCOMPARE(status_of(with_origin("http://evil.test")), 101);
    fixture_->advance(milliseconds(60'300));
    fixture_->wait_until([&] { return fixture_->status->access.origins.lines.size() == lines; }, true);
    QVERIFY(fixture_->status->access_revision > revision);
    QCOMPARE(status_of(with_origin("http://evil.test")), 403);
}

// OR-13
void AccessSuiteTest::entry_for_everything_is_told()
{
    QVERIFY(!fixture_->run(command::Allow{ListKind::origins, "*", false, {}}).error);
    QCOMPARE(fixture_->wait_for<event::WideOpen>().list, ListKind::origins);
    QCOMPARE(name_of(Event{0, {}, event::WideOpen{ListKind::origins}}), std::string_view("LIST_WIDE_OPEN"));
    QCOMPARE(status_of(with_origin("http://evil.test")), 101);
    QCOMPARE(status_of(request_with("evil.test", "Origin: http://evil.test\r\n")), 403);
    QVERIFY(!fixture_->run(command::Deny{ListKind::origins, "*"}).error);
    QCOMPARE(status_of(with_origin("http://evil.test")), 403);
}

void AccessSuiteTest::list_commands_data()
{
    QTest::addColumn<int>("list");
    QTest::addColumn<QByteArray>("entry");
    QTest::addColumn<QByteArray>("request");
    const auto row = [](const char* name, ListKind list, const char* entry, const std::string& request) {
        QTest::newRow(name) << static_cast<int>(list) << QByteArray(entry) << to_byte_array(request);
    };
    row("host", ListKind::hosts, "dev.example", request_with("dev.example:99", ""));
    row("host with a port", ListKind::hosts, "dev.example:99", request_with("DEV.example:99", ""));
    row("host suffix", ListKind::hosts, "*.dev.example", request_with("a.b.dev.example", ""));
    row("origin", ListKind::origins, "https://dev.example", with_origin("https://dev.example"));
    row("origin without a scheme", ListKind::origins, "dev.example", with_origin("http://dev.example:3000"));
    row("origin of another scheme", ListKind::origins, "tauri://localhost", with_origin("tauri://localhost"));
    row("address", ListKind::origins, "http://192.168.1.5", with_origin("http://192.168.1.5"));
}

void AccessSuiteTest::list_commands()
{
    QFETCH(int, list);
    QFETCH(QByteArray, entry);
    QFETCH(QByteArray, request);
    const auto kind = static_cast<ListKind>(list);
    QCOMPARE(status_of(request.toStdString()), 403);
    QVERIFY(!fixture_->run(command::Allow{kind, entry.toStdString(), false, {}}).error);
    QCOMPARE(fixture_->wait_for<event::ListChanged>().list, kind);
    QCOMPARE(status_of(request.toStdString()), 101);
    QVERIFY(!fixture_->run(command::Deny{kind, entry.toStdString()}).error);
    QCOMPARE(status_of(request.toStdString()), 403);
    QCOMPARE(fixture_->run(command::Deny{kind, entry.toStdString()}).error->code, ErrorCode::not_found);
    QCOMPARE(fixture_->run(command::Allow{kind, "a b", false, {}}).error->code, ErrorCode::malformed);
}

void AccessSuiteTest::replaced_list_holds_at_once()
{
    AccessList list;
    QVERIFY(list.add(ListKind::origins, "http://only.example"));
    QVERIFY(!fixture_->run(command::ReplaceList{ListKind::origins, list, false}).error);
    QCOMPARE(status_of(with_origin("http://only.example")), 101);
    QCOMPARE(status_of(with_origin("http://localhost")), 403);
    QCOMPARE(fixture_->wait_for<event::ListChanged>().active, std::size_t{1});
}

void AccessSuiteTest::file_does_not_take_away_what_was_allowed_for_the_time_being()
{
    fixture_->run(command::Allow{ListKind::origins, "http://phone.example", true, seconds(900)});
    std::vector<std::string> notices;
    const AccessList list = AccessList::parse_file(ListKind::origins, "1\nhttp://file.example\n", notices);
    QVERIFY(!fixture_->run(command::ReplaceList{ListKind::origins, list, true}).error);
    QCOMPARE(status_of(with_origin("http://file.example")), 101);
    QCOMPARE(status_of(with_origin("http://phone.example")), 101);
    QCOMPARE(status_of(with_origin("http://localhost")), 403);
    fixture_->run(command::ReplaceList{ListKind::origins, list, false});
    QCOMPARE(status_of(with_origin("http://phone.example")), 403);
}

void AccessSuiteTest::replaced_list_lets_null_in_only_for_a_time_data()
{
    QTest::addColumn<bool>("temporary");
    QTest::addColumn<bool>("ends");
    QTest::addColumn<int>("status");
    QTest::newRow("lasting") << false << false << 403;
    QTest::newRow("until Jackfield closes") << true << false << 403;
    QTest::newRow("for a time") << true << true << 101;
    QTest::newRow("for a time, and not said to be temporary") << false << true << 101;
}

void AccessSuiteTest::replaced_list_lets_null_in_only_for_a_time()
{
    QFETCH(bool, temporary);
    QFETCH(bool, ends);
    QFETCH(int, status);
    fixture_->attach_state();
    AccessList list = AccessList::built_in(ListKind::origins);
    AccessLine line;
    line.text = "null";
    line.pattern = *parse_access_pattern(ListKind::origins, "null");
    line.temporary = temporary;
    if (ends)
        line.expires = TimePoint(std::chrono::hours(1'000'000));
    list.lines.push_back(line);
    QVERIFY(!fixture_->run(command::ReplaceList{ListKind::origins, list, false}).error);
    QCOMPARE(status_of(with_origin("null")), status);
    QCOMPARE(status_of(with_origin("http://localhost")), 101);
    fixture_->wait_until(
        [&] {
            return fixture_->status && fixture_->status->access.origins.lines.size() == list.lines.size();
        },
        true);
    const AccessLine& kept = fixture_->status->access.origins.lines.back();
    QCOMPARE(kept.text, std::string("null"));
    QCOMPARE(kept.state, ends ? AccessLine::State::active : AccessLine::State::invalid);
    QCOMPARE(kept.problem.empty(), ends);
    if (ends) // what has an end is never written to a file
        QVERIFY(fixture_->status->access.origins.file_text().find("null") == std::string::npos);
}

void AccessSuiteTest::broken_list_is_told()
{
    std::vector<std::string> notices;
    const AccessList list = AccessList::parse_file(ListKind::hosts, std::string("\0\1\2", 3), notices);
    fixture_->run(command::ReplaceList{ListKind::hosts, list, true});
    const auto problem = fixture_->wait_for<event::ListProblem>();
    QVERIFY(problem.fell_back);
    QCOMPARE(problem.list, ListKind::hosts);
    QVERIFY(!problem.text.empty());
    QCOMPARE(status_of(request_with("localhost", "")), 101); // the built-in entries hold
    QCOMPARE(status_of(request_with("evil.test", "")), 403);
}

// OR-26
void AccessSuiteTest::open_connections_stay_until_the_lists_are_applied_again()
{
    fixture_->run(command::Allow{ListKind::origins, "http://dev.example", false, {}});
    RawClient visitor = fixture_->connect();
    visitor.upgrade(with_origin("http://dev.example"));
    RawClient native = fixture_->connect();
    native.upgrade(request_with("localhost", ""));
    fixture_->run(command::Deny{ListKind::origins, "http://dev.example"});
    visitor.send_text("still here");
    QCOMPARE(visitor.read_message(), std::string("still here"));
    QCOMPARE(fixture_->run(command::ReapplyAccess{}).count, 1U);
    QCOMPARE(visitor.finish_close(), std::uint16_t{1008});
    native.send_text("unconcerned");
    QCOMPARE(native.read_message(), std::string("unconcerned"));
    fixture_->run(command::RequireOrigin{true});
    QCOMPARE(fixture_->run(command::ReapplyAccess{}).count, 1U);
    QCOMPARE(native.finish_close(), std::uint16_t{1008});
    fixture_->check_canary();
}

// OR-19, OR-20
void AccessSuiteTest::preflight_of_strangers_gets_nothing_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<int>("status");
    QTest::newRow("OR-19 evil") << QByteArray("http://evil.test") << 403;
    QTest::newRow("OR-19 null") << QByteArray("null") << 403;
    QTest::newRow("OR-19 allowed") << QByteArray("http://localhost:3000") << 204;
}

void AccessSuiteTest::preflight_of_strangers_gets_nothing()
{
    QFETCH(QByteArray, origin);
    QFETCH(int, status);
    RawClient client = fixture_->connect();
    client.send(
        "OPTIONS /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: " + origin.toStdString()
        + "\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Private-Network: true\r\n\r\n");
    const std::string answer = client.read_until_end();
    QVERIFY2(answer.starts_with("HTTP/1.1 " + std::to_string(status) + ' '), answer.c_str());
    const bool grants = answer.find("\r\nAccess-Control-Allow-Origin: " + origin.toStdString() + "\r\n")
        != std::string::npos;
    QCOMPARE(grants, status == 204);
    QCOMPARE(answer.find("Access-Control-Allow-Origin") != std::string::npos, status == 204);
    QCOMPARE(answer.find("\r\nVary: Origin\r\n") != std::string::npos, status == 204);
    QVERIFY(answer.find("Private-Network") == std::string::npos);
}

// OR-23
void AccessSuiteTest::flood_of_refusals_is_folded_and_every_one_is_counted()
{
    constexpr int attempts_a_second = 50;
    constexpr int seconds_long = 20;
    for (int second = 0; second < seconds_long; ++second) {
        for (int i = 0; i < attempts_a_second; ++i)
            QCOMPARE(
                status_of(with_origin("http://evil" + std::to_string(second * 1'000 + i) + ".test")), 403);
        fixture_->settle();
        fixture_->advance(seconds(1));
        fixture_->settle();
    }
    fixture_->advance(seconds(2));
    std::uint64_t told = 0;
    std::size_t rows = 0;
    fixture_->wait_until([&] {
        told = 0;
        rows = 0;
        for (const Event& each : fixture_->events()) {
            if (const auto* refused = std::get_if<event::Refused>(&each.what)) {
                ++rows;
                told += 1 + refused->folded;
            }
        }
        return told == attempts_a_second * seconds_long;
    });
    QVERIFY2(rows <= 8U + seconds_long + 2U, qPrintable(QString::number(rows)));
}

// OR-22
void AccessSuiteTest::lists_change_while_handshakes_run()
{
    constexpr int rounds = 300;
    std::atomic<int> round{0};
    std::thread editor([&] {
        AccessList with, without = AccessList::built_in(ListKind::origins);
        with = without;
        (void)with.add(ListKind::origins, "http://sometimes.example");
        for (int seen = 0; seen < rounds; ++seen) {
            round.wait(seen); // keeps step, so that the mailbox stays short
            for (int i = 0; i < 3; ++i) {
                fixture_->engine().submit(command::ReplaceList{ListKind::origins, with, false});
                fixture_->engine().submit(command::ReplaceList{ListKind::origins, without, false});
            }
        }
    });
    int let_in = 0, refused = 0;
    for (int i = 0; i < rounds; ++i) {
        ++round;
        round.notify_all();
        const int status = status_of(with_origin("http://sometimes.example"));
        QVERIFY(status == 101 || status == 403);
        ++(status == 101 ? let_in : refused);
        QCOMPARE(status_of(with_origin("http://never.example")), 403);
        QCOMPARE(status_of(with_origin("http://localhost")), 101);
        fixture_->collect();
        fixture_->advance(seconds(1));
    }
    editor.join();
    fixture_->settle();
    fixture_->advance(seconds(3));
    fixture_->settle();
    QCOMPARE(let_in + refused, rounds);
    fixture_->wait_until([&] {
        std::uint64_t told = 0;
        for (const Event& each : fixture_->events()) {
            if (const auto* event = std::get_if<event::Refused>(&each.what))
                told += 1 + event->folded;
        }
        return told + fixture_->lost_events() >= 300U + static_cast<unsigned>(refused);
    });
}

QTEST_GUILESS_MAIN(AccessSuiteTest)
#include "access_suite_test.moc"
