#include "support/sockjs_page.h"

#include <QTest>

#include <memory>
#include <set>
#include <vector>

using namespace jackfield;
using namespace jackfield::test;

namespace {

constexpr milliseconds disconnect_delay{5'000};
constexpr milliseconds heartbeat{25'000};
constexpr std::string_view interrupted = "c[1002,\"Connection interrupted\"]\n";
constexpr std::string_view still_open = "c[2010,\"Another connection still open\"]\n";

command::Kick kick_by(ConnectionId id, KickStyle style)
{
    command::Kick kick;
    kick.target = Target::one(id);
    kick.style = style;
    return kick;
}

std::string read_frames(SockJsPage& page, std::size_t count)
{
    std::string all;
    for (std::size_t i = 0; i < count; ++i)
        all += page.frame();
    return all;
}

} // namespace

/// CO of the hardening list, as far as sessions live and end, and what the rest of the server does to them.
class SockJsSessionsSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void co_10_abandoned_poll_ends_the_session();
    void co_10_half_closed_poll_ends_the_session();
    void co_10_message_in_flight_is_never_delivered_twice();
    void co_10_abandoned_stream_ends_the_session_data();
    void co_10_abandoned_stream_ends_the_session();
    void co_11_abandoned_sessions_are_reaped();
    void many_sessions_opened_by_answers_on_their_way();
    void co_13_second_request_gets_2010_data();
    void co_13_second_request_gets_2010();
    void nobody_asks_and_the_session_ends();
    void small_delay_counts();
    void heartbeats();
    void streamed_answer_ends_at_its_limit_data();
    void streamed_answer_ends_at_its_limit();
    void messages_wait_for_the_next_poll();
    void kicked_session_says_so_for_a_while();
    void kick_styles();
    void large_body_has_time_as_long_as_it_comes();
    void sent_by_hand();
    void what_a_session_cannot_carry();
    void chat_between_websockets_and_sessions();
    void echo_stops_taking_from_a_page_that_does_not_ask();
    void sessions_know_nothing_of_each_other();
    void guessed_session_is_nobody_elses();
    void server_that_stops_says_1001();

private:
    std::unique_ptr<EngineFixture> fixture_;
};

void SockJsSessionsSuiteTest::init()
{
    EngineSetup setup = sockjs_setup();
    EndpointConfig short_stream = with_all_transports(sockjs_endpoint("/short"));
    short_stream.sockjs->response_limit = 1'024;
    short_stream.sockjs->disconnect_delay = milliseconds(300);
    setup.config.endpoints.push_back(std::move(short_stream));
    setup.config.endpoints.push_back(sockjs_endpoint("/silent", "silent"));
    setup.config.limits.max_queue = 64U << 10U;
    setup.config.limits.ping_interval = milliseconds(0);
    fixture_ = std::make_unique<EngineFixture>(setup);
}

void SockJsSessionsSuiteTest::cleanup()
{
    end_sessions(*fixture_, {"/echo", "/chat", "/reverse", "/all", "/short", "/silent"});
    fixture_->finish();
    fixture_.reset();
}

void SockJsSessionsSuiteTest::co_10_abandoned_poll_ends_the_session()
{
    SockJsPage page(*fixture_, "/echo", "a");
    QCOMPARE(page.poll(), std::string("o\n"));
    const std::uint16_t port = page.asking().local_port();
    page.ask();
    fixture_->settle();
    page.asking().reset();
    const CloseInfo close = fixture_->close_of(port);
    QCOMPARE(close.code, std::uint16_t{1002});
    QCOMPARE(close.reason, std::string("Connection interrupted"));
    QVERIFY(!close.clean);
    // All that ask now hear it, and nobody can send.
    SockJsPage again(*fixture_, "/echo", "a");
    QCOMPARE(again.poll(), std::string(interrupted));
    QCOMPARE(again.poll(), std::string(interrupted));
    again.stream();
    QCOMPARE(again.frame(), std::string(interrupted));
    QCOMPARE(again.frame(), std::string());
    QCOMPARE(again.send("[\"x\"]").status, 404);
    QCOMPARE(opened(*fixture_), std::size_t{1});
    fixture_->advance(disconnect_delay + milliseconds(100));
    fixture_->settle();
    QCOMPARE(again.poll(), std::string("o\n")); // and then it is forgotten
    again.check_echo();
}

void SockJsSessionsSuiteTest::co_10_half_closed_poll_ends_the_session()
{
    // A browser that gives a request up sends no more than this either.
    SockJsPage page(*fixture_, "/echo", "half");
    QCOMPARE(page.poll(), std::string("o\n"));
    const std::uint16_t port = page.asking().local_port();
    page.ask();
    fixture_->settle();
    page.asking().half_close();
    const CloseInfo close = fixture_->close_of(port);
    QCOMPARE(close.code, std::uint16_t{1002});
    QVERIFY(!close.clean);
}

void SockJsSessionsSuiteTest::co_10_message_in_flight_is_never_delivered_twice()
{
    SockJsPage page(*fixture_, "/silent", "a");
    QCOMPARE(page.poll(), std::string("o\n"));
    const ConnectionId id = fixture_->id_of(page.asking());
    page.ask();
    fixture_->settle();
    fixture_->run(text_to(id, "in flight"));
    page.asking().reset(); // whether it was read nobody knows
    fixture_->settle();
    fixture_->run(text_to(id, "later"));
    SockJsPage again(*fixture_, "/silent", "a");
    const std::string frame = again.poll();
    QVERIFY2(frame == "a[\"later\"]\n" || frame == interrupted, frame.c_str());
}

void SockJsSessionsSuiteTest::co_10_abandoned_stream_ends_the_session_data()
{
    QTest::addColumn<QByteArray>("how");
    QTest::addColumn<bool>("resets");
    for (const char* how : {"xhr_streaming", "eventsource", "htmlfile?c=x"}) {
        QTest::addRow("%s, reset", how) << QByteArray(how) << true;
        QTest::addRow("%s, closed", how) << QByteArray(how) << false;
    }
}

void SockJsSessionsSuiteTest::co_10_abandoned_stream_ends_the_session()
{
    QFETCH(QByteArray, how);
    QFETCH(bool, resets);
    SockJsPage page(*fixture_, "/all", "a");
    page.stream(how.toStdString());
    page.frame();
    const std::uint16_t port = page.asking().local_port();
    if (resets)
        page.asking().reset();
    else
        page.asking().close();
    const CloseInfo close = fixture_->close_of(port);
    QCOMPARE(close.code, std::uint16_t{1002});
    QCOMPARE(close.reason, std::string("Connection interrupted"));
    SockJsPage again(*fixture_, "/all", "a");
    QCOMPARE(again.poll(), std::string(interrupted));
}

void SockJsSessionsSuiteTest::co_11_abandoned_sessions_are_reaped()
{
    constexpr unsigned count = 1'000;
    constexpr int rounds = 6;
    std::uint64_t memory = 0;
    for (int round = 0; round < rounds; ++round) {
        RawClient client = fixture_->connect();
        std::string requests;
        for (unsigned i = 0; i < count; ++i)
            requests += page_request("POST", "/echo/000/r" + std::to_string(round) + "-" + std::to_string(i) + "/xhr");
        client.send(requests);
        for (unsigned i = 0; i < count; ++i)
            QCOMPARE(read_answer(client).body, std::string("o\n"));
        fixture_->settle();
        QCOMPARE(fixture_->count_of<event::Opened>(), std::size_t{round == 0 ? count + 1 : count});
        fixture_->advance(disconnect_delay - milliseconds(200));
        fixture_->settle();
        QCOMPARE(fixture_->count_of<event::Closed>(), std::size_t{0});
        fixture_->advance(milliseconds(400));
        fixture_->wait_until([&] { return fixture_->count_of<event::Closed>() == std::size_t{count}; });
        // What tells that they have ended is gone with the next delay.
        fixture_->advance(disconnect_delay + milliseconds(200));
        fixture_->settle();
        fixture_->forget_events();
        if (round == 1) // by then the pools have what they keep
            memory = resident_memory();
    }
    const std::uint64_t now = resident_memory();
    QVERIFY2(now < memory + (4U << 20U) || memory == 0, qPrintable(QString::number(now - memory)));
    QVERIFY(fixture_->rows.size() <= 1);
}

void SockJsSessionsSuiteTest::many_sessions_opened_by_answers_on_their_way()
{
    // Requests that follow an answer begin while answers are written: more sockets come while the list of them is worked through.
    constexpr unsigned clients = 12;
    constexpr unsigned count = 100;
    std::vector<RawClient> connected;
    for (unsigned each = 0; each < clients; ++each) {
        connected.push_back(fixture_->connect());
        std::string requests;
        for (unsigned i = 0; i < count; ++i)
            requests += page_request(
                "POST", "/echo/000/m" + std::to_string(each) + "-" + std::to_string(i) + "/xhr");
        connected.back().send(requests);
    }
    for (RawClient& client : connected) {
        for (unsigned i = 0; i < count; ++i)
            QCOMPARE(read_answer(client).body, std::string("o\n"));
    }
}

void SockJsSessionsSuiteTest::co_13_second_request_gets_2010_data()
{
    QTest::addColumn<bool>("first_streams");
    QTest::addColumn<bool>("second_streams");
    for (const bool first : {false, true}) {
        for (const bool second : {false, true})
            QTest::addRow("%s, %s", first ? "stream" : "poll", second ? "stream" : "poll") << first << second;
    }
}

void SockJsSessionsSuiteTest::co_13_second_request_gets_2010()
{
    QFETCH(bool, first_streams);
    QFETCH(bool, second_streams);
    SockJsPage first(*fixture_, "/echo", "a");
    if (first_streams) {
        first.stream();
        QCOMPARE(first.frame(), std::string("o\n"));
    } else {
        QCOMPARE(first.poll(), std::string("o\n"));
        first.ask();
        fixture_->settle();
    }
    SockJsPage second(*fixture_, "/echo", "a");
    for (int i = 0; i < 3; ++i) {
        if (second_streams) {
            second.stream();
            QCOMPARE(second.frame(), std::string(still_open));
            QCOMPARE(second.frame(), std::string());
        } else {
            QCOMPARE(second.poll(), std::string(still_open));
        }
    }
    // The older one has lost nothing by it.
    QCOMPARE(second.send("[\"x\"]").status, 204);
    QCOMPARE(first_streams ? first.frame() : first.answer(), std::string("a[\"x\"]\n"));
}

void SockJsSessionsSuiteTest::nobody_asks_and_the_session_ends()
{
    SockJsPage page(*fixture_, "/echo", "a");
    QCOMPARE(page.poll(), std::string("o\n"));
    const std::uint16_t port = page.asking().local_port();
    for (int i = 0; i < 3; ++i) { // who asks in time stays
        fixture_->advance(disconnect_delay - milliseconds(200));
        fixture_->settle();
        page.check_echo();
    }
    fixture_->advance(disconnect_delay - milliseconds(200));
    fixture_->settle();
    QCOMPARE(fixture_->count_of<event::Closed>(), std::size_t{0});
    fixture_->advance(milliseconds(400));
    const CloseInfo close = fixture_->close_of(port);
    QVERIFY(!close.clean);
    QCOMPARE(close.by, ClosedBy::peer);
    QCOMPARE(page.send("[\"x\"]").status, 404);
    QCOMPARE(page.poll(), std::string("o\n")); // a new one of the same name
    QCOMPARE(opened(*fixture_), std::size_t{2});
}

void SockJsSessionsSuiteTest::small_delay_counts()
{
    SockJsPage page(*fixture_, "/short", "a");
    QCOMPARE(page.poll(), std::string("o\n"));
    const std::uint16_t port = page.asking().local_port();
    fixture_->advance(milliseconds(500));
    fixture_->close_of(port);
}

void SockJsSessionsSuiteTest::heartbeats()
{
    SockJsPage polling(*fixture_, "/echo", "polling");
    SockJsPage streaming(*fixture_, "/echo", "streaming");
    SockJsPage events(*fixture_, "/echo", "events");
    QCOMPARE(polling.poll(), std::string("o\n"));
    streaming.stream();
    QCOMPARE(streaming.frame(), std::string("o\n"));
    events.stream("eventsource");
    QCOMPARE(events.frame(), std::string("data: o\r\n\r\n"));
    RawClient framed = fixture_->open_client({}, "/echo/000/framed/websocket");
    QCOMPARE(framed.read_message(), std::string("o"));
    RawClient raw = fixture_->open_client({}, "/echo/websocket");
    for (int i = 0; i < 3; ++i) {
        polling.ask();
        fixture_->settle();
        fixture_->advance(heartbeat - milliseconds(300));
        fixture_->settle();
        QVERIFY(polling.asking().is_quiet());
        fixture_->advance(milliseconds(600));
        QCOMPARE(polling.answer(), std::string("h\n"));
        QCOMPARE(streaming.frame(), std::string("h\n"));
        QCOMPARE(events.frame(), std::string("data: h\r\n\r\n"));
        QCOMPARE(framed.read_message(), std::string("h"));
    }
    fixture_->settle();
    QVERIFY(raw.is_quiet());
    QCOMPARE(fixture_->count_of<event::Closed>(), std::size_t{0});
}

void SockJsSessionsSuiteTest::streamed_answer_ends_at_its_limit_data()
{
    QTest::addColumn<QByteArray>("how");
    for (const char* how : {"xhr_streaming", "eventsource", "htmlfile?c=x"})
        QTest::newRow(how) << QByteArray(how);
}

void SockJsSessionsSuiteTest::streamed_answer_ends_at_its_limit()
{
    QFETCH(QByteArray, how);
    SockJsPage page(*fixture_, "/short", "a");
    page.stream(how.toStdString());
    std::size_t in_answer = page.frame().size();
    int answers = 1;
    for (int i = 0; i < 30; ++i) {
        const std::string message = std::string(300, static_cast<char>('a' + i % 26)) + std::to_string(i);
        QCOMPARE(page.send("[\"" + message + "\"]").status, 204);
        std::string frame = page.frame();
        if (frame.empty()) { // the answer was full; the page asks again on the same connection
            QVERIFY2(in_answer >= 1'024, qPrintable(QString::number(in_answer)));
            QVERIFY(in_answer < 1'024 + 400);
            in_answer = 0;
            ++answers;
            page.stream(how.toStdString());
            frame = page.frame();
        }
        in_answer += frame.size();
        QVERIFY2(frame.find(message) != std::string::npos, frame.c_str());
    }
    QVERIFY(answers > 6);
    QCOMPARE(opened(*fixture_), std::size_t{1});
}

void SockJsSessionsSuiteTest::messages_wait_for_the_next_poll()
{
    SockJsPage page(*fixture_, "/echo", "a");
    QCOMPARE(page.poll(), std::string("o\n"));
    for (const char* body : {"[\"1\"]", "[\"2\",\"3\"]", "[]", "[\"4\"]"})
        QCOMPARE(page.send(body).status, 204);
    QCOMPARE(page.poll(), std::string("a[\"1\",\"2\",\"3\",\"4\"]\n"));
    page.ask();
    fixture_->settle();
    QVERIFY(page.asking().is_quiet());
    QCOMPARE(page.send("[\"5\"]").status, 204);
    QCOMPARE(page.answer(), std::string("a[\"5\"]\n"));
    // One that streams gets what waited with its beginning.
    QCOMPARE(page.send("[\"6\"]").status, 204);
    page.stream();
    QCOMPARE(page.frame(), std::string("a[\"6\"]\n"));
}

void SockJsSessionsSuiteTest::kicked_session_says_so_for_a_while()
{
    SockJsPage page(*fixture_, "/echo", "a");
    QCOMPARE(page.poll(), std::string("o\n"));
    const ConnectionId id = fixture_->id_of(page.asking());
    const std::uint16_t port = page.asking().local_port();
    page.ask();
    fixture_->settle();
    QCOMPARE(fixture_->run(kick_with(id, 4123, "k\u00f6ln \"quoted\"")).count, std::uint64_t{1});
    const std::string end = "c[4123,\"k\u00f6ln \\\"quoted\\\"\"]\n";
    QCOMPARE(page.answer(), end);
    const CloseInfo close = fixture_->close_of(port);
    QCOMPARE(close.code, std::uint16_t{4123});
    QCOMPARE(close.reason, std::string("k\u00f6ln \"quoted\""));
    QCOMPARE(close.by, ClosedBy::person);
    QCOMPARE(page.poll(), end);
    QCOMPARE(page.poll(), end);
    QCOMPARE(fixture_->run(text_to(id, "x")).gone, std::uint64_t{1});
    fixture_->advance(disconnect_delay + milliseconds(200));
    fixture_->settle();
    QCOMPARE(page.poll(), std::string("o\n"));
    // What waits goes before the end.
    SockJsPage other(*fixture_, "/echo", "b");
    QCOMPARE(other.poll(), std::string("o\n"));
    QCOMPARE(other.send("[\"last\"]").status, 204);
    fixture_->run(kick_with(fixture_->id_of(other.asking()), 1012, "restart"));
    QCOMPARE(other.poll(), std::string("a[\"last\"]\n"));
    QCOMPARE(other.poll(), std::string("c[1012,\"restart\"]\n"));
}

void SockJsSessionsSuiteTest::kick_styles()
{
    SockJsPage ended(*fixture_, "/echo", "fin");
    ended.stream();
    QCOMPARE(ended.frame(), std::string("o\n"));
    QCOMPARE(fixture_->run(kick_by(fixture_->id_of(ended.asking()), KickStyle::fin)).count, std::uint64_t{1});
    QCOMPARE(ended.frame(), std::string()); // the answer ends without a close frame
    QCOMPARE(ended.send("[\"x\"]").status, 404);

    SockJsPage cut(*fixture_, "/echo", "reset");
    cut.stream();
    QCOMPARE(cut.frame(), std::string("o\n"));
    const std::uint16_t port = cut.asking().local_port();
    QCOMPARE(fixture_->run(kick_by(fixture_->id_of(cut.asking()), KickStyle::reset)).count, std::uint64_t{1});
    cut.asking().read_until_end();
    QVERIFY(cut.asking().was_reset());
    QCOMPARE(fixture_->close_of(port).cause, CloseCause::cut);

    SockJsPage hung(*fixture_, "/echo", "silent");
    QCOMPARE(hung.poll(), std::string("o\n"));
    const ConnectionId id = fixture_->id_of(hung.asking());
    QCOMPARE(fixture_->run(kick_by(id, KickStyle::silent)).count, std::uint64_t{1});
    hung.post("[\"x\"]");
    hung.ask();
    fixture_->settle();
    QVERIFY(hung.sending().is_quiet());
    QVERIFY(hung.asking().is_quiet());
    QCOMPARE(fixture_->run(command::Resume{Target::one(id)}).count, std::uint64_t{1});
    QCOMPARE(read_answer(hung.sending()).status, 204);
    QCOMPARE(hung.answer(), std::string("a[\"x\"]\n"));
}

void SockJsSessionsSuiteTest::large_body_has_time_as_long_as_it_comes()
{
    const std::string part(64U << 10U, ' ');
    const auto send = [&](RawClient& client, const std::string& bytes) {
        client.send(bytes);
        client.wait_until_delivered();
        fixture_->settle();
    };
    const auto begin = [&] {
        RawClient client = fixture_->connect();
        client.send("POST /echo/000/b/xhr_send HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
            + std::to_string(5 * part.size()) + "\r\n\r\n");
        fixture_->settle();
        fixture_->advance(milliseconds(9'000));
        send(client, part);
        return client;
    };
    {
        RawClient client = begin();
        for (int i = 0; i < 4; ++i) {
            fixture_->advance(milliseconds(29'000));
            send(client, part);
        }
        // All of it: what is wrong is that no such session is there.
        const std::string answer = client.read_response();
        QVERIFY2(answer.starts_with("HTTP/1.1 404 "), answer.c_str());
    }
    RawClient client = begin();
    fixture_->advance(milliseconds(29'000));
    send(client, part.substr(1)); // not enough
    QVERIFY(client.is_quiet());
    fixture_->advance(milliseconds(1'100));
    const std::string answer = client.read_until_end();
    QVERIFY2(answer.starts_with("HTTP/1.1 408 "), answer.c_str());
}

void SockJsSessionsSuiteTest::sent_by_hand()
{
    SockJsPage page(*fixture_, "/silent", "a");
    QCOMPARE(page.poll(), std::string("o\n"));
    const ConnectionId id = fixture_->id_of(page.asking());
    QCOMPARE(fixture_->run(text_to(id, "by hand \U0001f600 \u2028 \"")).count, std::uint64_t{1});
    QCOMPARE(page.poll(), std::string("a[\"by hand \U0001f600 \\u2028 \\\"\"]\n"));
    command::Send to_all = text_to(id, "to all of them");
    to_all.target = Target::on_endpoint("/silent");
    QCOMPARE(fixture_->run(to_all).count, std::uint64_t{1});
    QCOMPARE(page.poll(), std::string("a[\"to all of them\"]\n"));
}

void SockJsSessionsSuiteTest::what_a_session_cannot_carry()
{
    SockJsPage page(*fixture_, "/silent", "a");
    QCOMPARE(page.poll(), std::string("o\n"));
    const ConnectionId id = fixture_->id_of(page.asking());
    command::Send binary = text_to(id, "\x01\x02");
    binary.kind = MessageKind::binary;
    QCOMPARE(fixture_->run(binary).incapable, std::uint64_t{1});
    QCOMPARE(fixture_->run(command::Pong{Target::one(id), SharedBytes("p")}).incapable, std::uint64_t{1});
    QCOMPARE(fixture_->run(text_to(id, "text")).count, std::uint64_t{1});
    QCOMPARE(page.poll(), std::string("a[\"text\"]\n"));
}

void SockJsSessionsSuiteTest::chat_between_websockets_and_sessions()
{
    RawClient plain = fixture_->open_client({}, "/chat");
    RawClient framed = fixture_->open_client({}, "/chat/000/framed/websocket");
    RawClient raw = fixture_->open_client({}, "/chat/websocket");
    SockJsPage polling(*fixture_, "/chat", "polling");
    SockJsPage streaming(*fixture_, "/chat", "streaming");
    QCOMPARE(framed.read_message(), std::string("o"));
    QCOMPARE(polling.poll(), std::string("o\n"));
    streaming.stream();
    QCOMPARE(streaming.frame(), std::string("o\n"));

    plain.send_text("from the WebSocket");
    QCOMPARE(framed.read_message(), std::string("a[\"from the WebSocket\"]"));
    QCOMPARE(raw.read_message(), std::string("from the WebSocket"));
    QCOMPARE(polling.poll(), std::string("a[\"from the WebSocket\"]\n"));
    QCOMPARE(streaming.frame(), std::string("a[\"from the WebSocket\"]\n"));

    QCOMPARE(polling.send("[\"from a session\",\"two\"]").status, 204);
    for (const char* message : {"from a session", "two"}) {
        QCOMPARE(plain.read_message(), std::string(message));
        QCOMPARE(raw.read_message(), std::string(message));
        QCOMPARE(framed.read_message(), "a[\"" + std::string(message) + "\"]");
    }
    QCOMPARE(read_frames(streaming, 1).substr(0, 18), std::string("a[\"from a session\""));

    framed.send_text("[\"from the framed one\"]");
    QCOMPARE(plain.read_message(), std::string("from the framed one"));
    QCOMPARE(raw.read_message(), std::string("from the framed one"));
    QCOMPARE(polling.poll(), std::string("a[\"from the framed one\"]\n"));
}

void SockJsSessionsSuiteTest::echo_stops_taking_from_a_page_that_does_not_ask()
{
    SockJsPage page(*fixture_, "/echo", "a");
    QCOMPARE(page.poll(), std::string("o\n"));
    const std::string message(30'000, 'm');
    std::size_t taken = 0;
    for (;; ++taken) { // until the server reads no further
        QVERIFY(taken < 100);
        page.post("[\"" + std::to_string(taken) + message + "\"]");
        fixture_->settle();
        fixture_->settle();
        if (page.sending().is_quiet())
            break;
        QCOMPARE(read_answer(page.sending()).status, 204);
    }
    QVERIFY(taken >= 1);
    std::string all;
    while (all.find(std::to_string(taken) + "mmm") == std::string::npos)
        all += page.poll();
    QCOMPARE(read_answer(page.sending()).status, 204);
    std::size_t at = 0;
    for (std::size_t i = 0; i <= taken; ++i) {
        at = all.find("\"" + std::to_string(i) + message + "\"", at);
        QVERIFY(at != std::string::npos);
    }
}

void SockJsSessionsSuiteTest::sessions_know_nothing_of_each_other()
{
    SockJsPage one(*fixture_, "/echo", "one");
    SockJsPage two(*fixture_, "/echo", "two");
    SockJsPage elsewhere(*fixture_, "/reverse", "one"); // the same name on another endpoint
    for (SockJsPage* page : {&one, &two, &elsewhere})
        QCOMPARE(page->poll(), std::string("o\n"));
    QCOMPARE(opened(*fixture_), std::size_t{3});
    QCOMPARE(one.send("[\"to one\"]").status, 204);
    QCOMPARE(elsewhere.send("[\"abc\"]").status, 204);
    two.ask();
    fixture_->settle();
    QVERIFY(two.asking().is_quiet());
    QCOMPARE(elsewhere.poll(), std::string("a[\"cba\"]\n"));
    QCOMPARE(one.poll(), std::string("a[\"to one\"]\n"));
    fixture_->run(kick_with(fixture_->id_of(one.asking()), 4001, "you alone"));
    QCOMPARE(one.poll(), std::string("c[4001,\"you alone\"]\n"));
    QVERIFY(two.asking().is_quiet());
    QCOMPARE(two.send("[\"still here\"]").status, 204);
    QCOMPARE(two.answer(), std::string("a[\"still here\"]\n"));
}

void SockJsSessionsSuiteTest::guessed_session_is_nobody_elses()
{
    SockJsPage mine(*fixture_, "/silent", "guessed", "http://localhost:3000");
    QCOMPARE(mine.poll(), std::string("o\n"));
    fixture_->run(text_to(fixture_->id_of(mine.asking()), "secret"));
    SockJsPage other(*fixture_, "/silent", "guessed", "http://localhost:4000");
    for (const char* how : {"xhr", "xhr_streaming", "eventsource"}) {
        other.ask(how);
        const HttpAnswer answer = read_answer(other.asking());
        QCOMPARE(answer.status, 404);
        QVERIFY(answer.body.find("secret") == std::string::npos);
    }
    QCOMPARE(other.send("[\"forged\"]").status, 404);
    QCOMPARE(mine.poll(), std::string("a[\"secret\"]\n"));
    QCOMPARE(opened(*fixture_), std::size_t{1});
}

void SockJsSessionsSuiteTest::server_that_stops_says_1001()
{
    EngineSetup setup = sockjs_setup();
    setup.has_canary = false;
    EngineFixture stopping(setup);
    SockJsPage polling(stopping, "/echo", "polling");
    SockJsPage streaming(stopping, "/echo", "streaming");
    QCOMPARE(polling.poll(), std::string("o\n"));
    polling.ask();
    streaming.stream();
    QCOMPARE(streaming.frame(), std::string("o\n"));
    stopping.settle();
    stopping.engine().submit(command::Quit{});
    QVERIFY(polling.answer().starts_with("c[1001,"));
    QVERIFY(streaming.frame().starts_with("c[1001,"));
    QCOMPARE(streaming.frame(), std::string());
    QCOMPARE(streaming.asking().read_until_end(), std::string());
    for (SockJsPage* page : {&polling, &streaming}) {
        page->asking().close();
        page->sending().close();
    }
    const auto finished = stopping.wait_for<event::Finished>();
    QCOMPARE(finished.cut, std::uint64_t{0});
}

QTEST_GUILESS_MAIN(SockJsSessionsSuiteTest)
#include "sockjs_sessions_suite_test.moc"
