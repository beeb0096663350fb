#include "support/sockjs_page.h"

#include <QTest>

#include <memory>
#include <regex>

using namespace jackfield;
using namespace jackfield::test;

namespace {

constexpr std::string_view cors = "Access-Control-Allow-Origin: http://localhost:3000\r\n"
                                  "Access-Control-Allow-Credentials: true\r\nVary: Origin\r\n";
constexpr std::string_view not_cached = "Cache-Control: no-store, no-cache, must-revalidate, max-age=0\r\n";
constexpr std::string_view guard
    = "X-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'\r\n";
constexpr std::string_view script = "Content-Type: application/javascript; charset=UTF-8\r\n";
constexpr std::string_view text = "Content-Type: text/plain; charset=UTF-8\r\n";
constexpr std::string_view chunked = "Transfer-Encoding: chunked\r\n";

std::string joined(std::initializer_list<std::string_view> parts)
{
    std::string all;
    for (const std::string_view part : parts)
        all.append(part);
    return all;
}

std::string length_of(std::string_view body)
{
    return "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
}

/// Dates and random numbers, which no test can foretell, as `#`.
std::string without_chance(const std::string& answer)
{
    static const std::regex chance("(Expires: |\"entropy\":|ETag: )[^\r\n}]*");
    return std::regex_replace(answer, chance, "$1#");
}

} // namespace

/// What SockJS answers, byte for byte: heads, the start of streams, frames.
class SockJsAnswersSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { fixture_ = std::make_unique<EngineFixture>(sockjs_setup()); }
    void cleanup()
    {
        end_sessions(*fixture_, {"/echo", "/all", "/cookies"});
        fixture_->finish();
        fixture_.reset();
    }

    void answers_are_exact_data();
    void answers_are_exact();
    void streams_are_exact_data();
    void streams_are_exact();
    void event_streams_encode_per_cent_signs();
    void cookies_are_kept();
    void cached_frame_page_is_304();
    void http_1_0();
    void wrong_methods_are_405_data();
    void wrong_methods_are_405();
    void plain_requests_for_a_websocket_are_400();
    void transports_are_switched_while_it_runs();
    void co_04_callbacks_and_their_quoting();
    void invalid_callbacks_are_500_data();
    void invalid_callbacks_are_500();
    void bodies_in_chunks_and_bytewise();

private:
    std::unique_ptr<EngineFixture> fixture_;
};

void SockJsAnswersSuiteTest::answers_are_exact_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("answer");
    const auto row = [](const char* name, const std::string& request, const std::string& answer) {
        QTest::newRow(name) << QByteArray::fromStdString(request) << QByteArray::fromStdString(answer);
    };
    const std::string ok = "HTTP/1.1 200 OK\r\n";
    const std::string welcome = "Welcome to SockJS!\n";
    for (const char* path : {"/echo", "/echo/", "/all", "/all/"})
        row(path, page_request("GET", path), joined({ok, text, guard, length_of(welcome), welcome}));
    const std::string info = R"({"websocket":true,"origins":["*:*"],"cookie_needed":false,"entropy":#})";
    row("info", page_request("GET", "/echo/info"),
        joined({ok, cors, not_cached, "Content-Type: application/json; charset=UTF-8\r\n", guard, "Content-Length: #\r\n\r\n",
            info}));
    row("xhr", page_request("POST", "/echo/000/a/xhr"), joined({ok, cors, not_cached, script, guard, length_of("o\n"), "o\n"}));
    row("xhr with wanted fields",
        page_request("POST", "/echo/000/a/xhr", {}, "Access-Control-Request-Headers: a, b, c\r\n"),
        joined({ok, "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Credentials: true\r\nVary: Origin\r\n",
            "Access-Control-Allow-Headers: a, b, c\r\n", not_cached, script, guard, length_of("o\n"), "o\n"}));
    const std::string opened = "cb(\"o\");\r\n";
    row("jsonp", page_request("GET", "/all/000/a/jsonp?c=%63b"),
        joined({ok, cors, not_cached, script, guard, length_of(opened), opened}));
    for (const auto& [path, methods] : {std::pair{"/echo/info", "OPTIONS, GET"}, {"/echo/0/a/xhr", "OPTIONS, POST"},
             {"/echo/0/a/xhr_streaming", "OPTIONS, POST"}, {"/echo/0/a/xhr_send", "OPTIONS, POST"}})
        row((std::string("OPTIONS ") + path).c_str(), page_request("OPTIONS", path),
            joined({"HTTP/1.1 204 No Content\r\n", cors, "Cache-Control: public, max-age=31536000\r\nExpires: #\r\n",
                "Access-Control-Max-Age: 31536000\r\nAccess-Control-Allow-Methods: ", methods, "\r\n", guard, "\r\n"}));
    row("nothing there", page_request("GET", "/echo/a"),
        joined({"HTTP/1.1 404 Not Found\r\n", text, guard, length_of("404 Not Found\n"), "404 Not Found\n"}));
    const std::string page = "<!DOCTYPE html>\n"
        "<html>\n"
        "<head>\n"
        "  <meta http-equiv=\"X-UA-Compatible\" content=\"IE=edge\" />\n"
        "  <meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\" />\n"
        "  <script>\n"
        "    document.domain = document.domain;\n"
        "    _sockjs_onload = function(){SockJS.bootstrap_iframe();};\n"
        "  </script>\n"
        "  <script src=\"/sockjs.js\"></script>\n"
        "</head>\n"
        "<body>\n"
        "  <h2>Don't panic!</h2>\n"
        "  <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>\n"
        "</body>\n"
        "</html>\n";
    for (const char* path : {"/all/iframe.html", "/all/iframe-.html", "/all/iframe-1.6.1.html?t=123"})
        row(path, page_request("GET", path),
            joined({ok, "Cache-Control: no-cache\r\nETag: #\r\n",
                "Content-Security-Policy: default-src 'none'; script-src 'unsafe-inline' 'self' 'self'; connect-src 'self'; "
                "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self' http://localhost:* https://localhost:* "
                "http://*.localhost:* https://*.localhost:* http://127.0.0.1:* https://127.0.0.1:*\r\n",
                "Content-Type: text/html; charset=UTF-8\r\nX-Content-Type-Options: nosniff\r\n", length_of(page), page}));
}

void SockJsAnswersSuiteTest::answers_are_exact()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, answer);
    const HttpAnswer came = ask(*fixture_, request.toStdString());
    std::string whole = without_chance(came.head + came.body);
    if (request.contains("/info HTTP") && request.startsWith("GET"))
        whole = std::regex_replace(whole, std::regex("Content-Length: \\d+"), "Content-Length: #");
    QCOMPARE(QByteArray::fromStdString(whole), answer);
}

void SockJsAnswersSuiteTest::streams_are_exact_data()
{
    QTest::addColumn<QByteArray>("how");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("opened");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("closed");
    const std::string end = "\r\n\r\n";
    QTest::newRow("xhr_streaming") << QByteArray("xhr_streaming") << QByteArray("application/javascript")
                                   << QByteArray(2048, 'h') + "\n" << QByteArray("o\n")
                                   << QByteArray("a[\"\\\"x\\n\"]\n") << QByteArray("c[4001,\"enough\"]\n");
    QTest::newRow("eventsource") << QByteArray("eventsource") << QByteArray("text/event-stream") << QByteArray("\r\n")
                                 << QByteArray("data: o\r\n\r\n") << QByteArray("data: a[\"\\\"x\\n\"]\r\n\r\n")
                                 << QByteArray("data: c[4001,\"enough\"]\r\n\r\n");
    QByteArray page = "<!doctype html>\n"
        "<html><head>\n"
        "  <meta http-equiv=\"X-UA-Compatible\" content=\"IE=edge\" />\n"
        "  <meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\" />\n"
        "</head><body><h2>Don't panic!</h2>\n"
        "  <script>\n"
        "    document.domain = document.domain;\n"
        "    var c = parent.cb;\n"
        "    c.start();\n"
        "    function p(d) {c.message(d);};\n"
        "    window.onload = function() {c.stop();};\n"
        "  </script>\n";
    page.append(1025 - page.size(), ' ').append("\r\n\r\n");
    QTest::newRow("htmlfile") << QByteArray("htmlfile?c=cb") << QByteArray("text/html") << page
                              << QByteArray("<script>\np(\"o\");\n</script>\r\n")
                              << QByteArray("<script>\np(\"a[\\\"\\\\\\\"x\\\\n\\\"]\");\n</script>\r\n")
                              << QByteArray("<script>\np(\"c[4001,\\\"enough\\\"]\");\n</script>\r\n");
}

void SockJsAnswersSuiteTest::streams_are_exact()
{
    QFETCH(QByteArray, how);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, opened);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, closed);
    SockJsPage page(*fixture_, "/all", "a");
    page.ask(how.toStdString());
    const std::string content_type = "Content-Type: " + type.toStdString() + "; charset=UTF-8\r\n";
    const std::string policy = "Content-Security-Policy: default-src 'none'; script-src 'unsafe-inline'\r\n";
    const bool is_page = type == "text/html";
    const HttpAnswer head = read_head(page.asking());
    QCOMPARE(head.head,
        is_page ? joined({"HTTP/1.1 200 OK\r\n", cors, not_cached, policy, content_type,
                      "X-Content-Type-Options: nosniff\r\n", chunked, "\r\n"})
                : joined({"HTTP/1.1 200 OK\r\n", cors, not_cached, content_type, guard, chunked, "\r\n"}));
    QCOMPARE(QByteArray::fromStdString(page.frame()), start);
    QCOMPARE(QByteArray::fromStdString(page.frame()), opened);
    QCOMPARE(page.send("[\"\\\"x\\n\"]").status, 204);
    QCOMPARE(QByteArray::fromStdString(page.frame()), message);
    const auto kick = kick_with(fixture_->id_of(page.asking()), 4001, "enough");
    QCOMPARE(fixture_->run(kick).count, std::uint64_t{1});
    QCOMPARE(QByteArray::fromStdString(page.frame()), closed);
    QCOMPARE(page.frame(), std::string()); // the answer ends, and its connection serves the next
    page.asking().send(page_request("GET", "/all"));
    QCOMPARE(read_answer(page.asking()).status, 200);
}

void SockJsAnswersSuiteTest::event_streams_encode_per_cent_signs()
{
    // The client decodes each event as a URI, and a lone % would be none.
    SockJsPage page(*fixture_, "/all", "a");
    page.stream("eventsource");
    page.frame();
    QCOMPARE(page.send("[\"100 % %41%\"]").status, 204);
    QCOMPARE(page.frame(), std::string("data: a[\"100 %25 %2541%25\"]\r\n\r\n"));
}

void SockJsAnswersSuiteTest::cookies_are_kept()
{
    const std::string suffix = over_tls() ? "; Path=/; Secure; SameSite=None" : "; Path=/";
    const std::string with_cookie = "Origin: http://localhost:3000\r\nCookie: other=1; JSESSIONID=abcdef; more=2\r\n";
    for (const auto& [method, path] : {std::pair{"POST", "/xhr"}, {"GET", "/jsonp?c=x"}}) {
        const std::string session = "/cookies/000/" + std::string(path + 1, 3);
        QCOMPARE(ask(*fixture_, page_request(method, session + path)).field("Set-Cookie"), "JSESSIONID=dummy" + suffix);
        QCOMPARE(ask(*fixture_, page_request(method, session + "2" + path, {}, with_cookie)).field("Set-Cookie"),
            "JSESSIONID=abcdef" + suffix);
    }
    for (const auto& [method, path] :
        {std::pair{"POST", "/xhr_streaming"}, {"GET", "/eventsource"}, {"GET", "/htmlfile?c=x"}}) {
        RawClient client = fixture_->connect();
        client.send(page_request(method, "/cookies/000/" + std::string(path + 1, 5) + path, {}, with_cookie));
        QCOMPARE(read_head(client).field("Set-Cookie"), "JSESSIONID=abcdef" + suffix);
    }
    // What is no value of a cookie is not repeated, and nothing sets a second header field.
    QCOMPARE(ask(*fixture_, page_request("POST", "/cookies/000/z/xhr", {}, "Cookie: JSESSIONID=a\"b\r\n")).field("Set-Cookie"),
        "JSESSIONID=dummy" + suffix);
    const HttpAnswer info = ask(*fixture_, page_request("GET", "/cookies/info"));
    QVERIFY(info.body.find("\"cookie_needed\":true") != std::string::npos);
    QCOMPARE(info.field("Set-Cookie"), std::string());
}

void SockJsAnswersSuiteTest::cached_frame_page_is_304()
{
    const HttpAnswer first = ask(*fixture_, page_request("GET", "/all/iframe.html"));
    const HttpAnswer again
        = ask(*fixture_, page_request("GET", "/all/iframe.html", {}, "If-None-Match: " + first.field("ETag") + "\r\n"));
    QCOMPARE(again.status, 304);
    QCOMPARE(again.body, std::string());
    QCOMPARE(again.field("ETag"), first.field("ETag"));
    QCOMPARE(again.field("Content-Type"), std::string());
    QVERIFY(again.field("Content-Length").empty());
    QCOMPARE(ask(*fixture_, page_request("GET", "/all/iframe.html", {}, "If-None-Match: \"other\"\r\n")).status, 200);
}

void SockJsAnswersSuiteTest::http_1_0()
{
    const auto old = [](std::string request) { return request.replace(request.find("1.1"), 3, "1.0"); };
    RawClient poll = fixture_->connect();
    poll.send(old(page_request("POST", "/echo/000/old/xhr")));
    const std::string whole = poll.read_until_end();
    QVERIFY(whole.ends_with("Content-Length: 2\r\n\r\no\n"));
    RawClient stream = fixture_->connect();
    stream.send(old(page_request("POST", "/echo/000/older/xhr_streaming")));
    const HttpAnswer head = read_head(stream);
    QCOMPARE(head.field("Transfer-Encoding"), std::string());
    QCOMPARE(head.field("Content-Length"), std::string());
    QCOMPARE(head.field("Connection"), std::string("close"));
    QCOMPARE(stream.read_exactly(2'051), std::string(2'048, 'h') + "\no\n");
    QCOMPARE(ask(*fixture_, page_request("POST", "/echo/000/older/xhr_send", "[\"x\"]")).status, 204);
    QCOMPARE(stream.read_exactly(7), std::string("a[\"x\"]\n"));
    const auto kick = kick_with(fixture_->id_of(stream), 3000, "Go away!");
    fixture_->run(kick);
    QCOMPARE(stream.read_until_end(), std::string("c[3000,\"Go away!\"]\n"));
    QVERIFY(!stream.was_reset());
}

void SockJsAnswersSuiteTest::wrong_methods_are_405_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("allow");
    for (const SockJsRequest& request : all_sockjs_requests) {
        const QByteArray path(request.path);
        for (const char* method : {"PUT", "DELETE", "PATCH", "GET", "POST", "get", "OPTIONS"}) {
            const bool is_for_options
                = path.contains("/xhr") || path == "/info";
            const QByteArray right = path.contains("xhr") || path.contains("jsonp_send") ? "POST" : "GET";
            if (method == right || (is_for_options && qstrcmp(method, "OPTIONS") == 0)
                || qstrcmp(request.method, "OPTIONS") == 0)
                continue;
            QTest::addRow("%s %s", method, request.path)
                << QByteArray(method) << path << (is_for_options ? "OPTIONS, " + right : right);
        }
    }
}

void SockJsAnswersSuiteTest::wrong_methods_are_405()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, allow);
    const HttpAnswer answer = ask(*fixture_, page_request(method.toStdString(), "/all" + path.toStdString()));
    QCOMPARE(answer.status, 405);
    QCOMPARE(answer.field("Allow"), allow.toStdString());
    QCOMPARE(answer.body, std::string());
    QCOMPARE(opened(*fixture_), std::size_t{0});
}

void SockJsAnswersSuiteTest::plain_requests_for_a_websocket_are_400()
{
    const HttpAnswer plain = ask(*fixture_, page_request("GET", "/echo/0/0/websocket"));
    QCOMPARE(plain.status, 400);
    QCOMPARE(plain.body, std::string("Can \"Upgrade\" only to \"WebSocket\"."));
    const HttpAnswer half
        = ask(*fixture_, page_request("GET", "/echo/0/0/websocket", {}, "Upgrade: WebSocket\r\nConnection: close\r\n"));
    QCOMPARE(half.status, 400);
    QVERIFY(half.body.find("\"Connection\" must be \"Upgrade\".") != std::string::npos);
    const HttpAnswer posted
        = ask(*fixture_, page_request("POST", "/echo/0/0/websocket", {}, "Upgrade: WebSocket\r\nConnection: Upgrade\r\n"));
    QCOMPARE(posted.status, 405);
    QCOMPARE(posted.field("Allow"), std::string("GET"));
    QCOMPARE(posted.field("Content-Type"), std::string());
    QCOMPARE(posted.body, std::string());
}

void SockJsAnswersSuiteTest::transports_are_switched_while_it_runs()
{
    SockJsPage page(*fixture_, "/echo", "kept");
    QCOMPARE(page.poll(), std::string("o\n"));
    for (const auto& [transport, method, path] :
        {std::tuple{SockJsTransport::xhr_polling, "POST", "xhr"}, {SockJsTransport::xhr_streaming, "POST", "xhr_streaming"},
            {SockJsTransport::eventsource, "GET", "eventsource"}}) {
        EndpointConfig endpoint = sockjs_endpoint("/echo");
        endpoint.sockjs->transports.set(transport, false);
        fixture_->run(command::SetEndpoint{endpoint});
        const HttpAnswer off = ask(*fixture_, page_request(method, std::string("/echo/000/other/") + path));
        QCOMPARE(off.status, 404);
        fixture_->run(command::SetEndpoint{sockjs_endpoint("/echo")});
    }
    EndpointConfig endpoint = sockjs_endpoint("/echo");
    endpoint.sockjs->transports.set(SockJsTransport::websocket, false);
    fixture_->run(command::SetEndpoint{endpoint});
    QVERIFY(ask(*fixture_, page_request("GET", "/echo/info")).body.starts_with("{\"websocket\":false,"));
    for (const char* path : {"/echo/websocket", "/echo/000/a/websocket"}) {
        RawClient client = fixture_->connect();
        client.send(good_handshake(fixture_->port(), {}, path));
        QCOMPARE(read_answer(client).status, 404);
        QCOMPARE(fixture_->refusal_of(client.local_port()).reason, RefusalReason::transport_off);
    }
    // The endpoint's own path is no transport of SockJS.
    RawClient plain = fixture_->open_client({}, "/echo");
    plain.send_text("still served");
    QCOMPARE(plain.read_message(), std::string("still served"));
    page.check_echo(); // and who is here stays
}

void SockJsAnswersSuiteTest::co_04_callbacks_and_their_quoting()
{
    for (const char* callback : {"x", "callback", "_jp.abc123", "A.b_C9", "%63allback"}) {
        const HttpAnswer answer = ask(*fixture_, page_request("GET", std::string("/all/000/") + "s" + std::to_string(qHash(callback)) + "/jsonp?c=" + callback));
        QCOMPARE(answer.field("Content-Type"), std::string("application/javascript; charset=UTF-8"));
        QCOMPARE(answer.field("X-Content-Type-Options"), std::string("nosniff"));
        const std::string name = callback[0] == '%' ? "callback" : callback;
        QCOMPARE(answer.body, name + "(\"o\");\r\n");
    }
    QCOMPARE(ask(*fixture_, page_request("GET", "/all/000/q/jsonp?c=cb")).status, 200);
    QCOMPARE(ask(*fixture_, page_request("POST", "/all/000/q/jsonp_send", "[\"</script>\u2028\u2029\\\"\\\\ <!--\"]",
                     "Origin: http://localhost:3000\r\nContent-Type: text/plain\r\n"))
                 .body,
        std::string("ok"));
    const std::string quoted = R"(cb("a[\"\u003c/script>\\u2028\\u2029\\\"\\\\ \u003c!--\"]");)";
    QCOMPARE(ask(*fixture_, page_request("GET", "/all/000/q/jsonp?c=cb")).body, quoted + "\r\n");
}

void SockJsAnswersSuiteTest::invalid_callbacks_are_500_data()
{
    QTest::addColumn<QByteArray>("query");
    for (const char* query : {"", "?", "?c=", "?d=x", "?c=a(b)", "?c=%3Cscript%3E", "?c=a%0Ab", "?c=a;b", "?c=a[0]", "?c=a-b", "?c=%E2%80%A8", "?c=%00"})
        QTest::newRow(*query ? query : "none") << QByteArray(query);
    QTest::newRow("long") << "?c=" + QByteArray(5'000, 'x');
}

void SockJsAnswersSuiteTest::invalid_callbacks_are_500()
{
    QFETCH(QByteArray, query);
    for (const char* transport : {"/jsonp", "/htmlfile"}) {
        const HttpAnswer answer = ask(*fixture_, page_request("GET", std::string("/all/0/a") + transport + query.toStdString()));
        QCOMPARE(answer.status, 500);
        QCOMPARE(answer.field("Content-Type"), std::string("text/plain; charset=UTF-8"));
        QVERIFY(answer.body.find("\"callback\" parameter") != std::string::npos);
    }
    QCOMPARE(opened(*fixture_), std::size_t{0});
}

void SockJsAnswersSuiteTest::bodies_in_chunks_and_bytewise()
{
    SockJsPage page(*fixture_, "/all", "a");
    QCOMPARE(page.poll(), std::string("o\n"));
    const std::string request = "POST /all/000/a/xhr_send HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "2\r\n[\"\r\n1\r\nx\r\n3\r\n\",\"\r\n4\r\n\u20ac\"\r\n1\r\n]\r\n0\r\n\r\n";
    page.sending().send(request);
    QCOMPARE(read_answer(page.sending()).status, 204);
    QCOMPARE(page.poll(), std::string("a[\"x\",\"\u20ac\"]\n"));
    page.sending().send_bytewise(request);
    QCOMPARE(read_answer(page.sending()).status, 204);
    QCOMPARE(page.poll(), std::string("a[\"x\",\"\u20ac\"]\n"));
    for (std::size_t at = 1; at < request.size(); ++at) {
        page.sending().send(std::string_view(request).substr(0, at));
        fixture_->settle();
        page.sending().send(std::string_view(request).substr(at));
        QCOMPARE(read_answer(page.sending()).status, 204);
        QCOMPARE(page.poll(), std::string("a[\"x\",\"\u20ac\"]\n"));
    }
}

QTEST_GUILESS_MAIN(SockJsAnswersSuiteTest)
#include "sockjs_answers_suite_test.moc"
