#include "jackfield/event_text.h"

#include <QTest>

using namespace jackfield;
using namespace std::chrono_literals;

namespace {

SharedText shared(const char* text)
{
    return std::make_shared<const std::string>(text);
}

std::shared_ptr<ConnectionInfo> connection()
{
    auto info = std::make_shared<ConnectionInfo>();
    info->number = 7;
    info->peer = SocketAddress::v4({127, 0, 0, 1}, 51234);
    info->origin = shared("http://localhost:5173");
    info->has_origin = true;
    info->target = shared("/chat?x=1");
    info->protocol_version = shared("RFC 6455");
    info->subprotocol = shared("echo");
    info->opened_at = WallTime(1'000s);
    return info;
}

template <class T>
std::string described(T what)
{
    return describe(Event{1, WallTime(), std::move(what)});
}

template <class T>
std::string_view named(T what)
{
    return name_of(Event{1, WallTime(), std::move(what)});
}

} // namespace

class EventTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tells_of_an_opening();
    void tells_of_a_close();
    void tells_of_a_refusal_and_its_remedy();
    void says_who_did_not_get_a_message();
    void tells_of_a_pong_data();
    void tells_of_a_pong();
    void names_who_has_the_port();
    void escapes_what_a_peer_wrote();
    void every_kind_has_a_name_and_a_sentence();
    void a_refusals_name_follows_its_reason();
    void every_enumerator_has_a_name_of_its_own();
};

void EventTextTest::tells_of_an_opening()
{
    QCOMPARE(described(event::Opened{connection(), "GET", "it offered a,b"}),
        std::string("#7 opened: http://localhost:5173 at 127.0.0.1:51234 asks for /chat?x=1, subprotocol "
                    "echo, RFC 6455; "
                    "it offered a,b"));
}

void EventTextTest::tells_of_a_close()
{
    event::Closed closed;
    closed.info = connection();
    closed.counters.messages_in = 1;
    closed.counters.messages_out = 2;
    closed.close = {4001, "be gone", ClosedBy::person, CloseCause::closing_handshake, true, WallTime(1'012s)};
    QCOMPARE(described(closed),
        std::string(
            "#7 closed by hand with 4001 (application), reason \"be gone\", after 12 s; 1 message from the "
            "browser, 2 to it"));
    closed.close = {1006, "", ClosedBy::peer, CloseCause::peer_vanished, false, WallTime(1'000s + 1'560ms)};
    const std::string text = described(closed);
    QVERIFY2(text.find("by the browser with 1006") != std::string::npos, text.c_str());
    QVERIFY2(text.find("it went away without a closing handshake, after 1.5 s") != std::string::npos,
        text.c_str());
}

void EventTextTest::tells_of_a_refusal_and_its_remedy()
{
    event::Refused refused;
    refused.reason = RefusalReason::origin_not_allowed;
    refused.peer = SocketAddress::v4({127, 0, 0, 1}, 9);
    refused.method = "GET";
    refused.target = "/chat";
    refused.host = "evil.test:4567";
    refused.origin = "http://evil.test";
    refused.has_origin = true;
    refused.status = 403;
    refused.why = "its host is not on the list";
    refused.folded = 3;
    refused.access = decide({}, refused.host, refused.origin, TimePoint());
    QCOMPARE(described(refused),
        std::string("Refused 127.0.0.1:9 with 403: its host is not on the list [GET /chat, Host "
                    "evil.test:4567, Origin "
                    "http://evil.test] (and 3 more like it)"));
    QCOMPARE(remedy_of(refused), std::string("allow host evil.test\nallow origin http://evil.test:80"));

    refused.access = decide({}, "localhost", "null", TimePoint());
    QCOMPARE(remedy_of(refused), std::string("allow origin null for 15m"));
    refused.access = decide({}, "localhost", "http://localhost", TimePoint());
    QCOMPARE(remedy_of(refused), std::string());
    refused.access.reset();
    refused.reason = RefusalReason::origin_missing;
    QCOMPARE(remedy_of(refused), std::string("origin_required off"));
    refused.reason = RefusalReason::transport_off;
    refused.remedy = RefusalRemedy::transport;
    refused.endpoint = "/echo";
    refused.wanted_transport = SockJsTransport::xhr_streaming;
    QCOMPARE(remedy_of(refused), std::string("transport /echo xhr-streaming on"));
}

void EventTextTest::says_who_did_not_get_a_message()
{
    event::CommandFinished finished;
    finished.count = 2;
    finished.skipped = 1;
    QCOMPARE(
        described(finished), std::string("The command is done: 2 connections, 1 skipped with a full queue"));
    finished.incapable = 1;
    QCOMPARE(described(finished),
        std::string("The command is done: 2 connections, 1 skipped whose protocol cannot carry it"));
    finished.skipped = 4;
    QCOMPARE(described(finished),
        std::string("The command is done: 2 connections, 3 skipped with a full queue, 1 skipped whose "
                    "protocol cannot carry it"));
    QCOMPARE(described(event::MessagesSkipped{{}, 7, 1}),
        std::string("#7 did not get 1 message: it is too slow, or its protocol cannot carry them"));
}

void EventTextTest::tells_of_a_pong_data()
{
    QTest::addColumn<int>("microseconds");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("short") << 400 << QByteArray() << QByteArray("#7 answered a ping after 0.4 ms");
    QTest::newRow("shortest") << 1 << QByteArray("beat")
                              << QByteArray("#7 answered the ping \"beat\" after 0.001 ms");
    QTest::newRow("milliseconds") << 99'990 << QByteArray() << QByteArray("#7 answered a ping after 99.9 ms");
    QTest::newRow("longer") << 1'234'567 << QByteArray() << QByteArray("#7 answered a ping after 1234 ms");
    QTest::newRow("longest") << 12'345'678 << QByteArray() << QByteArray("#7 answered a ping after 12 s");
    QTest::newRow("bytes") << 400 << QByteArray("\x1b[2J")
                           << QByteArray("#7 answered the ping \"\\x1b[2J\" after 0.4 ms");
}

void EventTextTest::tells_of_a_pong()
{
    QFETCH(int, microseconds);
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, text);
    const event::PongReceived pong{{}, 7, payload.toStdString(), std::chrono::microseconds(microseconds)};
    QCOMPARE(QByteArray::fromStdString(described(pong)), text);
    QCOMPARE(named(pong), std::string_view("PONG"));
}

void EventTextTest::names_who_has_the_port()
{
    event::ListenFailed failed;
    failed.address = SocketAddress::v4({127, 0, 0, 1}, 4567);
    failed.error.code = ErrorCode::address_in_use;
    failed.owner_pid = 812;
    failed.owner_name = "node";
    failed.next_free_port = 4568;
    QCOMPARE(described(failed),
        std::string("Port 4567 of 127.0.0.1 is used by node (pid 812); port 4568 is free"));
    QCOMPARE(named(failed), std::string_view("PORT_IN_USE"));
    failed = {};
    failed.address = SocketAddress::v4({10, 0, 0, 1}, 80);
    failed.error = {ErrorCode::address_not_available, 0, "no interface has it"};
    QCOMPARE(described(failed), std::string("Cannot listen on 10.0.0.1:80: no interface has it"));
    QCOMPARE(named(failed), std::string_view("LISTEN_FAILED"));
}

void EventTextTest::escapes_what_a_peer_wrote()
{
    const char* hostile = "a\x1b]0;pwn\x07\n\xe2\x80\xae"
                          "b";
    auto info = connection();
    info->origin = shared(hostile);
    info->target = shared(hostile);
    info->subprotocol = shared(hostile);
    event::Refused refused;
    refused.method = refused.target = refused.host = refused.origin = hostile;
    refused.has_origin = true;
    event::Closed closed;
    closed.info = info;
    closed.close.reason = hostile;
    event::ListenFailed failed;
    failed.error.code = ErrorCode::address_in_use;
    failed.owner_pid = 1;
    failed.owner_name = hostile;
    for (const std::string& text : {described(event::Opened{info, hostile, ""}), described(refused),
             described(closed), described(failed)}) {
        QVERIFY2(text.find("\\x1b]0;pwn\\x07\\x0a\\u{202e}b") != std::string::npos, text.c_str());
        for (const char c : text)
            QVERIFY(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
    }
}

void EventTextTest::every_kind_has_a_name_and_a_sentence()
{
    std::vector<std::pair<std::string_view, std::string>> seen;
    const auto see = [&seen](auto... what) { (seen.emplace_back(named(what), described(what)), ...); };
    see(event::Listening{}, event::Stopped{}, event::ListenFailed{}, event::Opened{}, event::Closed{},
        event::Refused{}, event::ListChanged{}, event::ListProblem{}, event::WideOpen{}, event::SlowPeer{},
        event::MessagesSkipped{}, event::PongReceived{}, event::Flood{}, event::LimitReached{},
        event::DescriptorsExhausted{}, event::DescriptorsRecovered{}, event::ClockJump{},
        event::EngineStalled{}, event::ConnectionFault{}, event::Notice{"words"}, event::CommandFinished{},
        event::StopFinished{}, event::Finished{});
    QCOMPARE(seen.size(), std::variant_size_v<decltype(Event::what)>);
    for (std::size_t i = 0; i < seen.size(); ++i) {
        QVERIFY(!seen[i].first.empty() && !seen[i].second.empty());
        for (std::size_t j = 0; j < i; ++j)
            QVERIFY2(seen[i].first != seen[j].first, std::string(seen[i].first).c_str());
    }
    QCOMPARE(named(event::Opened{}), std::string_view("CONN_OPEN"));
    QCOMPARE(named(event::Closed{}), std::string_view("CONN_CLOSE"));
    QCOMPARE(named(event::LimitReached{event::LimitKind::connections, 1, 1}), std::string_view("LIMIT"));
    QCOMPARE(named(event::LimitReached{event::LimitKind::partial_messages, 1, 1}),
        std::string_view("MEM_PRESSURE"));
}

void EventTextTest::a_refusals_name_follows_its_reason()
{
    const auto name = [](RefusalReason reason) {
        event::Refused refused;
        refused.reason = reason;
        return named(refused);
    };
    QCOMPARE(name(RefusalReason::timeout), std::string_view("HS_TIMEOUT"));
    QCOMPARE(name(RefusalReason::aborted), std::string_view("HS_ABORT"));
    QCOMPARE(name(RefusalReason::tls_on_plain), std::string_view("TLS_ON_PLAIN"));
    QCOMPARE(name(RefusalReason::plain_http), std::string_view("HTTP_REQUEST"));
    QCOMPARE(name(RefusalReason::origin_not_allowed), std::string_view("HS_REFUSED"));
}

void EventTextTest::every_enumerator_has_a_name_of_its_own()
{
    const auto all_differ = [](auto last) {
        using Enum = decltype(last);
        std::vector<std::string_view> names;
        for (int i = 0; i <= static_cast<int>(last); ++i)
            names.push_back(name_of(static_cast<Enum>(i)));
        std::sort(names.begin(), names.end());
        return std::find(names.begin(), names.end(), "unknown") == names.end()
            && std::adjacent_find(names.begin(), names.end()) == names.end();
    };
    QVERIFY(all_differ(RefusalReason::stopping));
    QVERIFY(all_differ(CloseCause::internal_error));
    QVERIFY(all_differ(ClosedBy::shutdown));
    QVERIFY(all_differ(ConnectionState::closed));
    QVERIFY(all_differ(Transport::wss));
    QVERIFY(all_differ(Maker::engine));
    QVERIFY(all_differ(ErrorCode::no_memory));
}

QTEST_GUILESS_MAIN(EventTextTest)
#include "event_text_test.moc"
