#include "support/sockjs_page.h"

#include <QTest>

#include <memory>
#include <tuple>
#include <vector>

using namespace jackfield;
using namespace jackfield::test;

/// CO of the hardening list, as far as single requests go, and what the rows say of sessions.
class SockJsSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { fixture_ = std::make_unique<EngineFixture>(sockjs_setup()); }
    void cleanup()
    {
        end_sessions(*fixture_, {"/echo", "/all", "/cookies"});
        fixture_->finish();
        fixture_.reset();
    }

    void co_01_evil_host_or_origin_is_403_data();
    void co_01_evil_host_or_origin_is_403();
    void co_02_jsonp_and_htmlfile_are_404_until_switched_on();
    void co_05_invalid_session_ids_are_404_data();
    void co_05_invalid_session_ids_are_404();
    void co_07_sending_to_nobody_is_404();
    void co_08_bodies_data();
    void co_08_bodies();
    void co_08_endless_bodies_are_413();
    void co_14_preflights_open_nothing();
    void co_16_pipelined_requests_are_answered_in_order();
    void co_17_smuggling_is_400_data();
    void co_17_smuggling_is_400();
    void row_follows_the_transport();
    void row_tells_what_was_tried();
    void framed_websocket();

private:
    std::unique_ptr<EngineFixture> fixture_;
};

void SockJsSuiteTest::co_01_evil_host_or_origin_is_403_data()
{
    QTest::addColumn<int>("request");
    QTest::addColumn<QByteArray>("evil");
    QTest::addColumn<RefusalReason>("reason");
    const std::vector<std::tuple<const char*, const char*, RefusalReason>> evils{
        {"host", "Host: evil.example\r\nOrigin: http://localhost:3000\r\n", RefusalReason::host_not_allowed},
        {"origin", "Host: localhost\r\nOrigin: http://evil.example\r\n", RefusalReason::origin_not_allowed},
        {"null", "Host: localhost\r\nOrigin: null\r\n", RefusalReason::origin_null}};
    for (int i = 0; i < static_cast<int>(std::size(all_sockjs_requests)); ++i) {
        for (const auto& [name, fields, reason] : evils)
            QTest::addRow("CO-01 %s %s, %s", all_sockjs_requests[i].method, all_sockjs_requests[i].path, name) << i << QByteArray(fields) << reason;
    }
}

void SockJsSuiteTest::co_01_evil_host_or_origin_is_403()
{
    QFETCH(int, request);
    QFETCH(QByteArray, evil);
    QFETCH(RefusalReason, reason);
    const SockJsRequest& wanted = all_sockjs_requests[request];
    const auto request_with = [&](std::string more) {
        std::string whole = page_request(wanted.method, std::string("/all") + wanted.path, wanted.body, evil.toStdString() + more);
        return whole.erase(whole.find("Host: localhost\r\n"), 17);
    };
    RawClient client = fixture_->connect();
    client.send(request_with({}));
    const HttpAnswer answer = read_answer(client);
    QCOMPARE(answer.status, 403);
    QCOMPARE(answer.field("Connection"), std::string("close"));
    QCOMPARE(answer.field("Access-Control-Allow-Origin"), std::string());
    QCOMPARE(fixture_->refusal_of(client.local_port()).reason, reason);
    if (std::string_view(wanted.path).ends_with("websocket")) {
        RawClient upgrading = fixture_->connect();
        upgrading.send(request_with("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));
        QCOMPARE(read_answer(upgrading).status, 403);
    }
    QCOMPARE(opened(*fixture_), std::size_t{0});
    QCOMPARE(ask(*fixture_, page_request("POST", "/all/0/new/xhr_send", "[\"x\"]")).status, 404);
}

void SockJsSuiteTest::co_02_jsonp_and_htmlfile_are_404_until_switched_on()
{
    const std::vector<std::tuple<std::string, std::string, SockJsTransport>> requests{
        {page_request("GET", "/echo/000/a/jsonp?c=x"), "/echo/000/a/jsonp?c=x", SockJsTransport::jsonp},
        {page_request("POST", "/echo/000/a/jsonp_send", "d=%5B%5D"), "/echo/000/a/jsonp_send", SockJsTransport::jsonp},
        {page_request("GET", "/echo/000/b/htmlfile?c=x"), "/echo/000/b/htmlfile?c=x", SockJsTransport::htmlfile}};
    for (const auto& [request, target, transport] : requests) {
        RawClient client = fixture_->connect();
        client.send(request);
        QCOMPARE(read_answer(client).status, 404);
        const event::Refused refused = fixture_->refusal_of(client.local_port());
        QCOMPARE(refused.reason, RefusalReason::transport_off);
        QCOMPARE(refused.remedy, RefusalRemedy::transport);
        QCOMPARE(refused.endpoint, std::string("/echo"));
        QCOMPARE(refused.wanted_transport.value(), transport);
        QCOMPARE(refused.target, target);
    }
    QCOMPARE(opened(*fixture_), std::size_t{0});
    fixture_->run(command::SetEndpoint{with_all_transports(sockjs_endpoint("/echo"))});
    QCOMPARE(ask(*fixture_, page_request("GET", "/echo/000/a/jsonp?c=x")).body, std::string("x(\"o\");\r\n"));
    QCOMPARE(ask(*fixture_, page_request("POST", "/echo/000/a/jsonp_send", "d=%5B%22x%22%5D", form_fields)).body, std::string("ok"));
}

void SockJsSuiteTest::co_05_invalid_session_ids_are_404_data()
{
    QTest::addColumn<QByteArray>("server");
    QTest::addColumn<QByteArray>("session");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const QByteArray& server, const QByteArray& session, int status = 404) {
        QTest::addRow("CO-05 %s", name) << server << session << status;
    };
    row("nothing", "000", "");
    row("no server", "", "abc");
    row("neither", "", "");
    row("dot", "000", ".");
    row("two dots", "000", "..");
    row("dot inside", "000", "a.b");
    row("dot in the server", "a.", "abc");
    row("slash", "000", "%2f");
    row("SLASH", "000", "a%2Fb");
    row("hidden dot", "000", "%2e%2E");
    row("a part more", "000", "abc/def");
    row("too long", "000", QByteArray(300, 'x'));
    row("too long a server", QByteArray(300, '0'), "abc");
    row("1 MB", "000", QByteArray(1'000'000, 'x'), 414); // before anybody looks at what it is
}

void SockJsSuiteTest::co_05_invalid_session_ids_are_404()
{
    QFETCH(QByteArray, server);
    QFETCH(QByteArray, session);
    QFETCH(int, status);
    const std::string path = "/all/" + server.toStdString() + "/" + session.toStdString();
    for (const auto& [method, action] : {std::pair{"POST", "/xhr"}, {"POST", "/xhr_streaming"}, {"POST", "/xhr_send"}, {"GET", "/eventsource"},
             {"GET", "/htmlfile?c=x"}, {"GET", "/jsonp?c=x"}, {"POST", "/jsonp_send"}, {"OPTIONS", "/xhr"}, {"GET", "/websocket"}}) {
        RawClient client = fixture_->connect();
        client.try_send(page_request(method, path + action));
        QCOMPARE(read_head(client).status, status);
    }
    QCOMPARE(opened(*fixture_), std::size_t{0});
}

void SockJsSuiteTest::co_07_sending_to_nobody_is_404()
{
    QCOMPARE(ask(*fixture_, page_request("POST", "/all/000/nobody/xhr_send", "[\"x\"]")).status, 404);
    QCOMPARE(ask(*fixture_, page_request("POST", "/all/000/nobody/jsonp_send", "[\"x\"]")).status, 404);
    SockJsPage page(*fixture_, "/all", "somebody");
    QCOMPARE(page.poll(), std::string("o\n"));
    QCOMPARE(page.send("[\"x\"]").status, 204);
    const auto kick = kick_with(fixture_->id_of(page.asking()), 4001, "enough");
    fixture_->run(kick);
    QCOMPARE(page.poll(), std::string("a[\"x\"]\n"));
    QCOMPARE(page.poll(), std::string("c[4001,\"enough\"]\n"));
    QCOMPARE(page.send("[\"x\"]").status, 404);
    QCOMPARE(opened(*fixture_), std::size_t{1});
}

void SockJsSuiteTest::co_08_bodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("answer");
    const auto broken = [](const char* name, const QByteArray& body, const char* answer = "Broken JSON encoding.\n") {
        QTest::addRow("CO-08 %s", name) << body << 500 << QByteArray(answer);
    };
    broken("nothing", "", "Payload expected.\n");
    broken("no JSON", "hello");
    broken("an object", "{\"a\":1}");
    broken("an open array", "[\"x\"");
    broken("an open string", "[\"x");
    broken("text behind it", "[\"x\"] x");
    broken("two arrays", "[\"x\"][\"y\"]");
    broken("a comma too many", "[\"x\",]");
    broken("a number in it", "[1]");
    broken("null in it", "[null]");
    broken("an array in it", "[[\"x\"]]");
    broken("mixed", "[\"x\",{}]");
    broken("a comment", "[\"x\"] // x");
    broken("deep nesting", QByteArray(60'000, '['));
    broken("deep nesting of objects", QByteArray("{\"a\":").repeated(10'000));
    broken("invalid UTF-8", "[\"\xff\xfe\"]");
    broken("an overlong form", "[\"\xc0\xaf\"]");
    broken("a surrogate in UTF-8", "[\"\xed\xa0\x80\"]");
    broken("a lone surrogate", R"(["\ud800"])");
    broken("a lone second surrogate", R"(["\udc00"])");
    broken("surrogates the wrong way", R"(["\udc00\ud800"])");
    broken("a bare NUL", QByteArray("[\"x\0y\"]", 7));
    broken("NUL behind it", QByteArray("[\"x\"]\0", 6));
    broken("a bare line end", "[\"a\nb\"]");
    QTest::newRow("CO-08 too large") << QByteArray("[\"" + QByteArray(1 << 20, 'x') + "\"]") << 413 << QByteArray();
}

void SockJsSuiteTest::co_08_bodies()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QByteArray, answer);
    SockJsPage page(*fixture_, "/all", "a");
    QCOMPARE(page.poll(), std::string("o\n"));
    const HttpAnswer came = page.send(body.toStdString());
    QCOMPARE(came.status, status);
    if (status == 500) {
        QCOMPARE(QByteArray::fromStdString(came.body), answer);
        QCOMPARE(came.field("Access-Control-Allow-Origin"), std::string("http://localhost:3000"));
        const QByteArray escaped = body.toPercentEncoding();
        if (escaped.size() < 60'000) {
            const HttpAnswer as_form = ask(*fixture_, page_request("POST", "/all/000/a/jsonp_send", "d=" + escaped.toStdString(), form_fields));
            QCOMPARE(as_form.status, status);
            QCOMPARE(QByteArray::fromStdString(as_form.body), answer);
        }
        page.check_echo(); // nothing of it counted
    }
    SockJsPage other(*fixture_, "/all", "b");
    QCOMPARE(other.poll(), std::string("o\n"));
    other.check_echo();
}

void SockJsSuiteTest::co_08_endless_bodies_are_413()
{
    const std::string start = "POST /all/000/a/xhr_send HTTP/1.1\r\nHost: localhost\r\n";
    RawClient large = fixture_->connect();
    large.send(start + "Content-Length: 1073741824\r\n\r\n");
    QCOMPARE(read_answer(large).status, 413);
    RawClient endless = fixture_->connect();
    endless.send(start + "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 2'000 && endless.try_send("400\r\n" + std::string(1'024, 'x') + "\r\n"); ++i) { }
    QCOMPARE(read_answer(endless).status, 413);
}

void SockJsSuiteTest::co_14_preflights_open_nothing()
{
    RawClient client = fixture_->connect();
    constexpr int count = 1'000;
    std::string requests;
    for (int i = 0; i < count; ++i)
        requests += page_request("OPTIONS", "/echo/000/s" + std::to_string(i) + "/xhr", {},
            "Origin: http://localhost:3000\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\n");
    client.send(requests);
    for (int i = 0; i < count; ++i) {
        const HttpAnswer answer = read_answer(client);
        QCOMPARE(answer.status, 204);
        QCOMPARE(answer.field("Access-Control-Allow-Headers"), std::string("content-type"));
        QCOMPARE(answer.field("Cache-Control"), std::string("public, max-age=31536000"));
        QCOMPARE(answer.field("Set-Cookie"), std::string());
    }
    QCOMPARE(opened(*fixture_), std::size_t{0});
    QCOMPARE(fixture_->count_of<event::Refused>(), std::size_t{0});
}

void SockJsSuiteTest::co_16_pipelined_requests_are_answered_in_order()
{
    constexpr int count = 100;
    for (const int bad : {count, count / 2}) {
        SockJsPage page(*fixture_, "/all", "pipe" + std::to_string(bad));
        QCOMPARE(page.poll(), std::string("o\n"));
        std::string requests;
        std::string echoes;
        for (int i = 0; i < count; ++i) {
            if (i == bad) {
                requests += "POST /all/000/a/xhr_send HTTP/1.1\r\nHost : localhost\r\n\r\n";
            } else if (i % 2 == 0) {
                requests += page_request("POST", page.path + "/xhr_send", "[\"" + std::to_string(i) + "\"]");
                if (i < bad)
                    echoes.append(echoes.empty() ? "" : ",").append("\"" + std::to_string(i) + "\"");
            } else {
                requests += page_request("GET", "/all/iframe-" + std::to_string(i) + ".html");
            }
        }
        RawClient client = fixture_->connect();
        client.try_send(requests);
        for (int i = 0; i < bad; ++i)
            QCOMPARE(read_answer(client).status, i % 2 == 0 ? 204 : 200);
        if (bad < count) {
            QCOMPARE(read_answer(client).status, 400);
            QCOMPARE(client.read_until_end(), std::string());
        }
        QCOMPARE(page.poll(), "a[" + echoes + "]\n");
    }
}

void SockJsSuiteTest::co_17_smuggling_is_400_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("body");
    const QByteArray chunks = "5\r\n[\"x\"]\r\n0\r\n\r\n";
    const auto row = [](const char* name, const char* fields, const QByteArray& body) {
        QTest::addRow("CO-17 %s", name) << QByteArray(fields) << body;
    };
    row("CL.TE", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", chunks);
    row("TE.CL", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", chunks);
    row("TE.TE", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", chunks);
    row("TE twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", chunks);
    row("TE list", "Transfer-Encoding: identity, chunked\r\n", chunks);
    row("xchunked", "Transfer-Encoding: xchunked\r\n", chunks);
    row("gzip", "Transfer-Encoding: gzip, chunked\r\n", chunks);
    row("TE with a tab", "Transfer-Encoding:\tchunked, chunked\r\n", chunks);
    row("space before the colon", "Transfer-Encoding : chunked\r\n", chunks);
    row("CL twice", "Content-Length: 5\r\nContent-Length: 6\r\n", "[\"x\"]");
    row("CL list", "Content-Length: 5, 6\r\n", "[\"x\"]");
    row("CL -1", "Content-Length: -1\r\n", "[\"x\"]");
    row("CL +5", "Content-Length: +5\r\n", "[\"x\"]");
    row("CL abc", "Content-Length: abc\r\n", "[\"x\"]");
    row("CL 0x5", "Content-Length: 0x5\r\n", "[\"x\"]");
    row("CL empty", "Content-Length: \r\n", "[\"x\"]");
    row("CL 2^64", "Content-Length: 18446744073709551616\r\n", "[\"x\"]");
    row("size 0x5", "Transfer-Encoding: chunked\r\n", "0x5\r\n[\"x\"]\r\n0\r\n\r\n");
    row("size +5", "Transfer-Encoding: chunked\r\n", "+5\r\n[\"x\"]\r\n0\r\n\r\n");
    row("size with an extension", "Transfer-Encoding: chunked\r\n", "5;ext\r\n[\"x\"]\r\n0\r\n\r\n");
    row("size with a space", "Transfer-Encoding: chunked\r\n", " 5\r\n[\"x\"]\r\n0\r\n\r\n");
    row("size with a space behind", "Transfer-Encoding: chunked\r\n", "5 \r\n[\"x\"]\r\n0\r\n\r\n");
    row("size of 17 digits", "Transfer-Encoding: chunked\r\n", "00000000000000005\r\n[\"x\"]\r\n0\r\n\r\n");
    row("empty size", "Transfer-Encoding: chunked\r\n", "\r\n[\"x\"]\r\n0\r\n\r\n");
    row("bare LF in the size", "Transfer-Encoding: chunked\r\n", "5\n[\"x\"]\r\n0\r\n\r\n");
    row("bare LF behind the data", "Transfer-Encoding: chunked\r\n", "5\r\n[\"x\"]\n0\r\n\r\n");
    row("data longer than it says", "Transfer-Encoding: chunked\r\n", "5\r\n[\"xyz\"]\r\n0\r\n\r\n");
}

void SockJsSuiteTest::co_17_smuggling_is_400()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, body);
    SockJsPage page(*fixture_, "/all", "here");
    QCOMPARE(page.poll(), std::string("o\n"));
    for (const char* target : {"/all/000/here/xhr_send", "/all/000/here/jsonp_send", "/all/000/new/xhr", "/all/000/new/xhr_streaming"}) {
        RawClient client = fixture_->connect();
        client.try_send(std::string("POST ") + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields.toStdString() + "\r\n"
            + body.toStdString() + page_request("POST", "/all/000/smuggled/xhr"));
        const HttpAnswer answer = read_answer(client);
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.field("Connection"), std::string("close"));
        QCOMPARE(client.read_until_end(), std::string());
    }
    page.check_echo();
    QCOMPARE(opened(*fixture_), std::size_t{1});
}

void SockJsSuiteTest::row_follows_the_transport()
{
    fixture_->attach_state();
    SockJsPage page(*fixture_, "/all", "a");
    QCOMPARE(page.poll(), std::string("o\n"));
    const ConnectionId id = fixture_->id_of(page.asking());
    const auto is_carried_by = [&](Transport transport) {
        fixture_->wait_until(
            [&] { return fixture_->rows.contains(id) && fixture_->rows.at(id).transport == transport; }, true);
    };
    is_carried_by(Transport::xhr_polling);
    for (const auto& [how, transport] :
        {std::pair{"xhr_streaming", Transport::xhr_streaming}, {"eventsource", Transport::eventsource},
            {"htmlfile?c=x", Transport::htmlfile}}) {
        fixture_->run(text_to(id, std::string(130U << 10U, 'x'))); // an answer that is full at once
        page.stream(how);
        is_carried_by(transport);
        for (std::string frame = page.frame(); !frame.empty(); frame = page.frame()) { }
    }
    fixture_->run(text_to(id, "last"));
    page.ask("jsonp?c=x");
    QCOMPARE(page.answer(), std::string("x(\"a[\\\"last\\\"]\");\r\n"));
    is_carried_by(Transport::jsonp);
    QCOMPARE(fixture_->infos.at(id)->transport, Transport::xhr_polling); // as it opened
    QCOMPARE(*fixture_->infos.at(id)->target, std::string("/all")); // and nothing of its requests
    QCOMPARE(opened(*fixture_), std::size_t{1});
}

void SockJsSuiteTest::row_tells_what_was_tried()
{
    EndpointConfig endpoint = sockjs_endpoint("/echo");
    endpoint.sockjs->transports.set(SockJsTransport::websocket, false);
    endpoint.sockjs->transports.set(SockJsTransport::xhr_streaming, false);
    fixture_->run(command::SetEndpoint{endpoint});
    RawClient websocket = fixture_->connect();
    websocket.send(good_handshake(fixture_->port(), {}, "/echo/777/first/websocket"));
    QCOMPARE(read_answer(websocket).status, 404);
    QCOMPARE(ask(*fixture_, page_request("POST", "/echo/777/second/xhr_streaming")).status, 404);
    RawClient page = fixture_->connect();
    page.send(page_request("POST", "/echo/777/third/xhr"));
    QCOMPARE(read_answer(page).body, std::string("o\n"));
    QCOMPARE(*fixture_->opened_of(page.local_port()).info->tried,
        std::string("websocket: switched off here, xhr-streaming: switched off here"));
    // It is told once, and of nobody else.
    for (const char* path : {"/echo/777/fourth/xhr", "/echo/778/fifth/xhr"}) {
        RawClient other = fixture_->connect();
        other.send(page_request("POST", path));
        QCOMPARE(read_answer(other).body, std::string("o\n"));
        QCOMPARE(*fixture_->opened_of(other.local_port()).info->tried, std::string());
    }
}

void SockJsSuiteTest::framed_websocket()
{
    RawClient one = fixture_->open_client({}, "/echo/000/same/websocket");
    RawClient two = fixture_->open_client({}, "/echo/000/same/websocket"); // a name is no session here
    QCOMPARE(one.read_message(), std::string("o"));
    QCOMPARE(two.read_message(), std::string("o"));
    one.send_text("");
    one.send_text("[]");
    one.send_text("[\"one\"]");
    QCOMPARE(one.read_message(), std::string("a[\"one\"]"));
    two.send_text("[\"a\",\"b\"]");
    QCOMPARE(two.read_message(), std::string("a[\"a\"]"));
    QCOMPARE(two.read_message(), std::string("a[\"b\"]"));
    fixture_->run(kick_with(fixture_->id_of(one), 3000, "Go away!"));
    QCOMPARE(one.read_message(), std::string("c[3000,\"Go away!\"]"));
    QCOMPARE(one.finish_close(), std::uint16_t{3000});
    for (const char* broken : {"[\"a", "{}", "[1]", "x"}) {
        RawClient client = fixture_->open_client({}, "/echo/000/broken/websocket");
        QCOMPARE(client.read_message(), std::string("o"));
        client.send_text(broken);
        client.finish_close();
        QVERIFY(!fixture_->close_of(client.local_port()).clean);
    }
    two.send_close(1000);
    QCOMPARE(two.finish_close(), std::uint16_t{1000});
}

QTEST_GUILESS_MAIN(SockJsSuiteTest)
#include "sockjs_suite_test.moc"
