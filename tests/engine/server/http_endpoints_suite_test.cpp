#include "support/engine_fixture.h"

#include <QTest>

#include <memory>

using namespace jackfield;
using namespace jackfield::test;

namespace {

/// Answers POST /mirror with the request's body, GET /stream in pieces, and GET /early before the body has
/// come.
class TrialEndpoint final : public http::HttpEndpoint {
public:
    [[nodiscard]] bool serves(std::string_view path) const override
    {
        return path == "/mirror" || path == "/stream" || path == "/early" || path == "/large"
            || path == "/never";
    }
    [[nodiscard]] std::uint64_t max_body() const override { return 10'000; }
    std::unique_ptr<http::Exchange> begin(
        const http::RequestHead& head, const http::EndpointContext&, http::ResponseWriter& writer) override
    {
        if (head.path == "/early")
            writer.respond(200, {}, "text/plain", "early");
        return std::make_unique<Answer>(std::string(head.path), writer);
    }

private:
    class Answer final : public http::Exchange {
    public:
        Answer(std::string path, http::ResponseWriter& writer)
            : path_(std::move(path))
            , writer_(writer)
        { }
        void on_body(std::string_view body) override
        {
            if (path_ == "/mirror") {
                writer_.respond(200, {}, "text/plain", body);
            } else if (path_ == "/large") {
                writer_.respond(200, {}, "text/plain", std::string(2U << 20U, 'l'));
            } else if (path_ == "/stream") {
                writer_.begin(200, {}, "text/plain");
                for (const char* piece : {"one ", "", "two ", "three"})
                    writer_.write(piece);
                writer_.end();
            }
        }

    private:
        std::string path_;
        http::ResponseWriter& writer_;
    };
};

std::string get(const std::string& path, const std::string& more = {}, const char* method = "GET")
{
    return std::string(method) + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
}

std::string header_of(const std::string& head, const std::string& name)
{
    const auto at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos)
        return {};
    const auto from = at + name.size() + 4;
    return head.substr(from, head.find("\r\n", from) - from);
}

std::string body_of(const std::string& response)
{
    return response.substr(response.find("\r\n\r\n") + 4);
}

int status_of(const std::string& response)
{
    return std::stoi(response.substr(9, 3));
}

} // namespace

/// What is served over plain HTTP.
class HttpEndpointsSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void test_page_is_complete_and_strict();
    void health_speaks_to_allowed_pages_only_data();
    void health_speaks_to_allowed_pages_only();
    void health_counts_connections();
    void icon_is_no_row();
    void methods_data();
    void methods();
    void requests_follow_one_another_on_one_connection();
    void pipelined_requests_are_answered_in_order();
    void malformed_request_among_pipelined_ones_ends_the_connection();
    void bodies_data();
    void bodies();
    void body_that_comes_byte_by_byte();
    void body_too_large_is_refused();
    void streamed_answer();
    void answer_before_the_body_ends_the_connection();
    void half_closed_client_gets_its_answer();
    void half_closed_client_gets_a_large_answer_whole();
    void idle_kept_alive_connection_ends_silently();
    void body_that_does_not_come_is_408();
    void time_between_two_requests_does_not_count_against_the_second();
    void time_out_never_follows_an_answer();
    void many_pipelined_requests_are_served();

private:
    std::unique_ptr<EngineFixture> fixture_;
};

void HttpEndpointsSuiteTest::init()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.config.limits.ping_interval = milliseconds(0); // the canary does not answer
    setup.change_stack = [](StackParts& parts) {
        parts.http_endpoints.push_back([] { return std::make_unique<TrialEndpoint>(); });
    };
    fixture_ = std::make_unique<EngineFixture>(setup);
}

void HttpEndpointsSuiteTest::cleanup()
{
    fixture_->finish();
    fixture_.reset();
}

void HttpEndpointsSuiteTest::test_page_is_complete_and_strict()
{
    RawClient client = fixture_->connect();
    client.send(get("/?x=1"));
    const std::string page = client.read_response();
    QCOMPARE(status_of(page), 200);
    QCOMPARE(header_of(page, "Content-Type"), std::string("text/html; charset=utf-8"));
    const std::string policy = header_of(page, "Content-Security-Policy");
    QVERIFY(policy.starts_with("default-src 'none'"));
    QVERIFY(policy.find("unsafe") == std::string::npos);
    QVERIFY(policy.find("frame-ancestors 'none'") != std::string::npos);
    QVERIFY(body_of(page).find("WebSocket") != std::string::npos);
    QVERIFY(body_of(page).find("</html>") != std::string::npos);
}

void HttpEndpointsSuiteTest::health_speaks_to_allowed_pages_only_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("granted");
    QTest::newRow("no origin") << QByteArray() << 200 << QByteArray();
    QTest::newRow("allowed") << QByteArray("http://localhost:3000") << 200
                             << QByteArray("http://localhost:3000");
    QTest::newRow("evil") << QByteArray("http://evil.test") << 403 << QByteArray();
    QTest::newRow("null") << QByteArray("null") << 403 << QByteArray();
}

void HttpEndpointsSuiteTest::health_speaks_to_allowed_pages_only()
{
    QFETCH(QByteArray, origin);
    QFETCH(int, status);
    QFETCH(QByteArray, granted);
    RawClient client = fixture_->connect();
    client.send(
        get("/health", origin.isEmpty() ? std::string() : "Origin: " + origin.toStdString() + "\r\n"));
    const std::string answer = client.read_response();
    QCOMPARE(status_of(answer), status);
    QCOMPARE(header_of(answer, "Access-Control-Allow-Origin"), granted.toStdString());
    if (status == 200) {
        QCOMPARE(header_of(answer, "Vary"), std::string("Origin"));
        QVERIFY(body_of(answer).starts_with(R"({"status":"ok")"));
    }
}

void HttpEndpointsSuiteTest::health_counts_connections()
{
    const RawClient one = fixture_->open_client();
    fixture_->settle();
    RawClient client = fixture_->connect();
    client.send(get("/health"));
    QVERIFY(body_of(client.read_response()).find(R"("connections":2,"opened":2)") != std::string::npos);
}

void HttpEndpointsSuiteTest::icon_is_no_row()
{
    RawClient client = fixture_->connect();
    client.send(get("/favicon.ico") + get("/"));
    QCOMPARE(status_of(client.read_until("\r\n\r\n")), 204);
    QCOMPARE(status_of(client.read_response()), 200);
    fixture_->settle();
    QCOMPARE(fixture_->count_of<event::Refused>(), std::size_t{1});
    QCOMPARE(fixture_->wait_for<event::Refused>().target, std::string("/"));
}

void HttpEndpointsSuiteTest::methods_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("status");
    for (const char* path : {"/", "/health"}) {
        for (const char* method : {"POST", "PUT", "DELETE", "TRACE", "PATCH", "BREW"})
            QTest::addRow("%s %s", method, path) << QByteArray(method) << QByteArray(path) << 405;
        QTest::addRow("HEAD %s", path) << QByteArray("HEAD") << QByteArray(path) << 200;
    }
}

void HttpEndpointsSuiteTest::methods()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(int, status);
    RawClient client = fixture_->connect();
    client.send(get(path.toStdString(), {}, method.constData()));
    client.half_close();
    const std::string answer = client.read_until_end();
    QCOMPARE(status_of(answer), status);
    if (status == 405)
        QCOMPARE(header_of(answer, "Allow"), std::string("GET, HEAD"));
    if (method == "HEAD") {
        QVERIFY(std::stoi(header_of(answer, "Content-Length")) > 10);
        QVERIFY(body_of(answer).empty());
    }
}

void HttpEndpointsSuiteTest::requests_follow_one_another_on_one_connection()
{
    RawClient client = fixture_->connect();
    for (int i = 0; i < 20; ++i) {
        client.send(get("/health"));
        const std::string answer = client.read_response();
        QCOMPARE(status_of(answer), 200);
        QVERIFY(header_of(answer, "Connection").empty());
    }
    client.send(get("/health", "Connection: close\r\n"));
    const std::string last = client.read_until_end();
    QCOMPARE(header_of(last, "Connection"), std::string("close"));
    RawClient old = fixture_->connect();
    old.send("GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n");
    QCOMPARE(status_of(old.read_until_end()), 200);
    RawClient upgrades = fixture_->connect();
    upgrades.send(get("/health"));
    upgrades.read_response();
    upgrades.upgrade(good_handshake(fixture_->port()));
    upgrades.send_text("the same connection");
    QCOMPARE(upgrades.read_message(), std::string("the same connection"));
}

void HttpEndpointsSuiteTest::pipelined_requests_are_answered_in_order()
{
    RawClient client = fixture_->connect();
    std::string requests;
    for (int i = 0; i < 100; ++i) {
        const std::string body = "body " + std::to_string(i);
        requests += get("/mirror", "Content-Length: " + std::to_string(body.size()) + "\r\n", "POST") + body;
    }
    client.send(requests + good_handshake(fixture_->port()));
    for (int i = 0; i < 100; ++i)
        QCOMPARE(body_of(client.read_response()), "body " + std::to_string(i));
    QVERIFY(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 101 "));
}

// CO-16
void HttpEndpointsSuiteTest::malformed_request_among_pipelined_ones_ends_the_connection()
{
    RawClient client = fixture_->connect();
    client.send(
        get("/health") + get("/health") + "GET /health HTTP/1.1\nHost: localhost\r\n\r\n" + get("/health"));
    QCOMPARE(status_of(client.read_response()), 200);
    QCOMPARE(status_of(client.read_response()), 200);
    const std::string last = client.read_until_end();
    QCOMPARE(status_of(last), 400);
    QCOMPARE(last.rfind("HTTP/1.1 "), std::size_t{0});
}

// HS-41 and CO-17 where a body is allowed
void HttpEndpointsSuiteTest::bodies_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("mirrored"); // null: 400
    const char* const chunked = "Transfer-Encoding: chunked\r\n";
    QTest::newRow("none") << QByteArray("") << QByteArray("") << QByteArray("");
    QTest::newRow("length") << QByteArray("Content-Length: 5\r\n") << QByteArray("hello")
                            << QByteArray("hello");
    QTest::newRow("chunks") << QByteArray(chunked) << QByteArray("5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n")
                            << QByteArray("hello, world");
    QTest::newRow("chunks with a trailer")
        << QByteArray(chunked) << QByteArray("5\r\nhello\r\n0\r\nX: y\r\n\r\n") << QByteArray("hello");
    for (const auto& [name, headers, body] : std::vector<std::tuple<const char*, QByteArray, QByteArray>>{
             {"CO-17 both", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"},
             {"CO-17 two codings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                 "0\r\n\r\n"},
             {"CO-17 xchunked", "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"},
             {"CO-17 two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n", "hello"},
             {"CO-17 length -1", "Content-Length: -1\r\n", "hello"},
             {"CO-17 length 2^64", "Content-Length: 18446744073709551616\r\n", "hello"},
             {"CO-17 size 0x5", chunked, "0x5\r\nhello\r\n0\r\n\r\n"},
             {"CO-17 extension", chunked, "5;ext\r\nhello\r\n0\r\n\r\n"},
             {"CO-17 blank before the size", chunked, " 5\r\nhello\r\n0\r\n\r\n"},
             {"CO-17 17 digits", chunked, "00000000000000005\r\nhello\r\n0\r\n\r\n"},
             {"CO-17 bare LF", chunked, "5\nhello\r\n0\r\n\r\n"}})
        QTest::newRow(name) << headers << body << QByteArray();
}

void HttpEndpointsSuiteTest::bodies()
{
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, mirrored);
    RawClient client = fixture_->connect();
    client.send(get("/mirror", headers.toStdString(), "POST") + body.toStdString() + get("/health"));
    if (!mirrored.isNull()) {
        const std::string answer = client.read_response();
        QCOMPARE(status_of(answer), 200);
        QCOMPARE(body_of(answer), mirrored.toStdString());
        QCOMPARE(status_of(client.read_response()), 200);
        return;
    }
    const std::string answer = client.read_until_end();
    QCOMPARE(status_of(answer), 400);
    QCOMPARE(header_of(answer, "Connection"), std::string("close"));
    QCOMPARE(answer.rfind("HTTP/1.1 "), std::size_t{0});
}

void HttpEndpointsSuiteTest::body_that_comes_byte_by_byte()
{
    RawClient client = fixture_->connect();
    client.send_bytewise(get("/mirror", "Transfer-Encoding: chunked\r\n", "POST") + "5\r\nhello\r\n0\r\n\r\n"
        + get("/health"));
    QCOMPARE(body_of(client.read_response()), std::string("hello"));
    QCOMPARE(status_of(client.read_response()), 200);
}

void HttpEndpointsSuiteTest::body_too_large_is_refused()
{
    RawClient client = fixture_->connect();
    client.send(get("/mirror", "Content-Length: 10001\r\n", "POST"));
    QCOMPARE(status_of(client.read_until_end()), 413);
    RawClient chunks = fixture_->connect();
    chunks.send(get("/mirror", "Transfer-Encoding: chunked\r\n", "POST") + "1388\r\n"
        + std::string(5'000, 'x') + "\r\n1389\r\n");
    QCOMPARE(status_of(chunks.read_until_end()), 413);
}

void HttpEndpointsSuiteTest::streamed_answer()
{
    RawClient client = fixture_->connect();
    client.send(get("/stream") + get("/health"));
    const std::string head = client.read_until("\r\n\r\n");
    QCOMPARE(header_of(head, "Transfer-Encoding"), std::string("chunked"));
    QCOMPARE(
        client.read_until("0\r\n\r\n"), std::string("4\r\none \r\n4\r\ntwo \r\n5\r\nthree\r\n0\r\n\r\n"));
    QCOMPARE(status_of(client.read_response()), 200);
    RawClient old = fixture_->connect();
    old.send("GET /stream HTTP/1.0\r\nHost: localhost\r\n\r\n");
    const std::string whole = old.read_until_end();
    QVERIFY(header_of(whole, "Transfer-Encoding").empty());
    QCOMPARE(body_of(whole), std::string("one two three"));
}

void HttpEndpointsSuiteTest::answer_before_the_body_ends_the_connection()
{
    RawClient client = fixture_->connect();
    client.send(get("/early", "Content-Length: 5\r\n", "POST"));
    const std::string answer = client.read_response();
    QCOMPARE(body_of(answer), std::string("early"));
    QCOMPARE(header_of(answer, "Connection"), std::string("close"));
    client.send("hello" + get("/health"));
    QCOMPARE(client.read_until_end(), std::string());
}

void HttpEndpointsSuiteTest::half_closed_client_gets_its_answer()
{
    RawClient client = fixture_->connect();
    client.send(get("/health"));
    client.half_close();
    const std::string answer = client.read_until_end();
    QCOMPARE(status_of(answer), 200);
    QCOMPARE(body_of(answer).size(), std::stoul(header_of(answer, "Content-Length")));
}

void HttpEndpointsSuiteTest::half_closed_client_gets_a_large_answer_whole()
{
    RawClient client = fixture_->connect(4'096);
    client.send(get("/large"));
    client.half_close();
    fixture_->settle();
    QCOMPARE(body_of(client.read_until_end()).size(), std::size_t{2U << 20U});
    QVERIFY(!client.was_reset());
}

void HttpEndpointsSuiteTest::idle_kept_alive_connection_ends_silently()
{
    RawClient client = fixture_->connect();
    client.send(get("/favicon.ico"));
    client.read_until("\r\n\r\n");
    fixture_->settle();
    fixture_->advance(milliseconds(9'900));
    fixture_->settle();
    QVERIFY(client.is_quiet());
    fixture_->advance(milliseconds(200));
    QCOMPARE(client.read_until_end(), std::string());
    QVERIFY(!client.was_reset());
    fixture_->settle();
    QCOMPARE(fixture_->count_of<event::Refused>(), std::size_t{0});
}

void HttpEndpointsSuiteTest::body_that_does_not_come_is_408()
{
    RawClient client = fixture_->connect();
    client.send(get("/mirror", "Content-Length: 5\r\n", "POST") + "hell");
    fixture_->settle();
    fixture_->advance(milliseconds(10'100));
    QCOMPARE(status_of(client.read_until_end()), 408);
}

void HttpEndpointsSuiteTest::time_between_two_requests_does_not_count_against_the_second()
{
    RawClient client = fixture_->connect();
    for (int i = 0; i < 3; ++i) {
        client.send(get("/mirror", "Content-Length: 5\r\n", "POST").substr(0, 10));
        fixture_->settle();
        fixture_->advance(milliseconds(5'000));
        client.send(get("/mirror", "Content-Length: 5\r\n", "POST").substr(10) + "hell");
        fixture_->settle();
        fixture_->advance(milliseconds(4'900));
        client.send("o");
        QCOMPARE(body_of(client.read_response()), std::string("hello"));
        fixture_->settle();
        fixture_->advance(milliseconds(9'000)); // idle
    }
    // One that has begun has its time and no more.
    client.send("POST");
    fixture_->settle();
    fixture_->advance(milliseconds(9'900));
    fixture_->settle();
    QVERIFY(client.is_quiet());
    fixture_->advance(milliseconds(200));
    QCOMPARE(status_of(client.read_until_end()), 408);
}

void HttpEndpointsSuiteTest::time_out_never_follows_an_answer()
{
    RawClient client = fixture_->connect();
    client.send(get("/early", "Content-Length: 5\r\n", "POST"));
    QCOMPARE(body_of(client.read_response()), std::string("early"));
    fixture_->settle();
    fixture_->advance(milliseconds(10'100));
    QCOMPARE(client.read_until_end(), std::string());
}

void HttpEndpointsSuiteTest::many_pipelined_requests_are_served()
{
    RawClient client = fixture_->connect();
    std::string requests;
    constexpr int count = 3'000;
    for (int i = 0; i < count; ++i)
        requests += get("/health");
    client.send(requests);
    for (int i = 0; i < count; ++i)
        QCOMPARE(status_of(client.read_response()), 200);
}

QTEST_GUILESS_MAIN(HttpEndpointsSuiteTest)
#include "http_endpoints_suite_test.moc"
