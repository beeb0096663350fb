#include "support/engine_fixture.h"
#include "support/http_harness.h"

#include <QTest>

#include <memory>
#include <random>

using namespace jackfield;
using namespace jackfield::test;

namespace {

constexpr int accepted = 101;
constexpr auto any_reason = RefusalReason::internal_error; // no row expects it

std::string repeated(std::string_view text, std::size_t times)
{
    std::string all;
    for (std::size_t i = 0; i < times; ++i)
        all.append(text);
    return all;
}

std::string many_headers(int count, std::string_view prefix = "X-")
{
    std::string lines;
    for (int i = 0; i < count; ++i)
        lines.append(prefix).append(std::to_string(i)).append(": v\r\n");
    return lines;
}

std::string header_of(const std::string& head, const std::string& name)
{
    const auto at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos)
        return {};
    const auto from = at + name.size() + 4;
    return head.substr(from, head.find("\r\n", from) - from);
}

std::size_t occurrences(std::string_view text, std::string_view part)
{
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

/// Throws unless `bytes` are one complete refusal and nothing else.
void check_refusal(const std::string& bytes, int status)
{
    const auto require = [&](bool holds, const char* what) {
        if (!holds)
            throw std::runtime_error(std::string(what) + " in: " + bytes.substr(0, 600));
    };
    require(bytes.starts_with("HTTP/1.1 " + std::to_string(status) + ' '), "another status");
    const auto end = bytes.find("\r\n\r\n");
    require(end != std::string::npos, "no end of the head");
    const std::string head = bytes.substr(0, end + 2);
    require(header_of(head, "Connection").starts_with("close"), "no Connection: close");
    require(header_of(head, "X-Content-Type-Options") == "nosniff", "no nosniff");
    require(header_of(head, "Content-Security-Policy") == "default-src 'none'", "no strict policy");
    require(header_of(head, "Access-Control-Allow-Origin").empty(), "a CORS grant");
    require(occurrences(bytes, "HTTP/1.1 ") == 1 || status == 505, "more than one response");
    const std::string length = header_of(head, "Content-Length");
    require(!length.empty(), "no length");
    const std::size_t body = bytes.size() - end - 4;
    require(body == std::stoul(length) || body == 0, "another body than announced");
    require(bytes.find("marker") == std::string::npos, "something of the request");
}

} // namespace

class HandshakeSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { fixture_->check_canary(); }
    void cleanupTestCase() { fixture_->finish(); }

    void answers_data();
    void answers();
    void left_over_is_never_a_second_request();
    void target_is_kept_as_it_came();
    void subprotocol_without_a_match_opens_with_a_note();
    void frames_behind_the_handshake_are_served_in_order();
    void plain_requests();
    void random_bytes_are_refused_data();
    void random_bytes_are_refused();
    void client_that_leaves_early_is_an_event_data();
    void client_that_leaves_early_is_an_event();
    void silence_ends_with_408_at_ten_seconds();
    void deadline_counts_from_accept_and_not_from_the_last_byte();

private:
    /// Refusals are listed one by one as long as they are a second apart.
    void next_second() { fixture_->advance(seconds(1)); }
    std::unique_ptr<EngineFixture> fixture_;
};

void HandshakeSuiteTest::initTestCase()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    fixture_ = std::make_unique<EngineFixture>(setup);
}

void HandshakeSuiteTest::answers_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("reason");
    QTest::addColumn<QByteArray>("field"); // "Name: value" that the answer must hold
    using R = RefusalReason;
    const auto row = [](const char* name, const std::string& request, int status = accepted,
                         R reason = any_reason, const char* field = "") {
        QTest::newRow(name) << to_byte_array(request) << status << static_cast<int>(reason)
                            << QByteArray(field);
    };
    const auto line = [](const char* request_line) { return good_request({}, request_line); };
    const auto with = [](const char* name, const std::string& lines) {
        return good_request({{name, lines}});
    };

    row("HS-01 good", good_request(), accepted, any_reason,
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    row("HS-04 no version", "GET / \r\n\r\n", 400, R::request_line);
    row("HS-05 version 9.9", line("GET /chat HTTP/9.9"), 505, R::http_version);
    row("HS-05 version 2.0", line("GET /chat HTTP/2.0"), 505, R::http_version);
    row("HS-05 version 1.10", line("GET /chat HTTP/1.10"), 505, R::http_version);
    row("HS-07 lower case", line("GET /chat http/1.1"), 400, R::request_line);
    row("HS-07 trailing space", line("GET /chat HTTP/1.1 "), 400, R::request_line);
    row("HS-07 inner space", line("GET /chat HTTP /1.1"), 400, R::request_line);
    row("HS-08 get", line("get /chat HTTP/1.1"), 405, R::method, "Allow: GET");
    row("HS-08 POST", line("POST /chat HTTP/1.1"), 405, R::method, "Allow: GET");
    row("HS-08 HEAD", line("HEAD /chat HTTP/1.1"), 405, R::method, "Allow: GET");
    row("HS-08 TRACE", line("TRACE /chat HTTP/1.1"), 405, R::method, "Allow: GET");
    row("HS-08 CONNECT", good_request({{"Host", "Host: localhost:1\r\n"}}, "CONNECT localhost:1 HTTP/1.1"),
        405, R::method, "Allow: GET");
    row("HS-10 absolute form", line("GET http://localhost:8080/chat HTTP/1.1"));
    row("HS-11 absolute form, another authority", line("GET http://evil.test/chat HTTP/1.1"), 400,
        R::host_mismatch);
    row("HS-11 absolute form, another Host",
        good_request({{"Host", "Host: evil.test\r\n"}}, "GET http://localhost/chat HTTP/1.1"), 400,
        R::host_mismatch);
    row("HS-14 one leading line", "\r\n" + good_request());
    row("HS-14 two leading lines", "\r\n\r\n" + good_request(), 400, any_reason);
    row("HS-16 bare LF after the request line", "GET /chat HTTP/1.1\nHost: localhost\r\n\r\n", 400,
        R::line_ending);
    row("HS-16 bare LF after a field", with("X", "X: marker\n"), 400, R::line_ending);
    row("HS-16 bare CR in a value", with("X", "X: a\rb\r\n"), 400, R::line_ending);
    row("HS-16 CR before a name", with("X", "\rSome-Header: x\r\n"), 400, R::line_ending);
    row("HS-17 folded field", with("X", "X: a\r\n b\r\n"), 400, R::obs_fold);
    row("HS-17 first field begins with a space", "GET /chat HTTP/1.1\r\n Host: localhost\r\n\r\n", 400,
        R::obs_fold);
    row("HS-19 NUL in a value", with("X", std::string("X: a\0b\r\n", 8)), 400, R::header_value);
    row("HS-19 BEL in a value",
        with("X",
            "X: a\x07"
            "b\r\n"),
        400, R::header_value);
    row("HS-19 DEL in a value",
        with("X",
            "X: a\x7f"
            "b\r\n"),
        400, R::header_value);
    row("HS-20 tab in a value", with("X", "X: a\tb\r\n"));
    row("HS-20 high bytes in a value", with("X", "X: \x80\xff\r\n"));
    row("HS-20 empty value", with("X", "X:\r\n"));
    row("HS-22 100 fields", with("X", many_headers(94)));
    row("HS-22 101 fields", with("X", many_headers(95)), 431, R::head_too_large);
    row("HS-23 2,000 fields", with("X", many_headers(2'000, "")), 431, R::head_too_large);
    row("HS-25 no Host", with("Host", ""), 400, R::host_header);
    row("HS-25 empty Host", with("Host", "Host:\r\n"), 400, R::host_header);
    row("HS-25 two equal Hosts", with("Host", "Host: localhost\r\nHost: localhost\r\n"), 400, R::host_header);
    row("HS-25 two Hosts", with("Host", "Host: localhost\r\nHost: evil.test\r\n"), 400, R::host_header);
    for (const char* host :
        {".", "..x", "a..b", "localhost:98777", "localhost:1.2", "localhost:80:80", "[::1", "[::1].",
            "x[::1]", "local host", "localhost/", "local\\host", "u@localhost", "%6cocalhost"})
        row((std::string("HS-26 Host ") + host).c_str(), with("Host", std::string("Host: ") + host + "\r\n"),
            400, R::host_header);
    row("HS-26 Host with 0x02", with("Host", "Host: localhost\x02\r\n"), 400, any_reason);
    row("HS-28 no Upgrade", with("Upgrade", ""), 426, R::not_an_upgrade, "Upgrade: websocket");
    row("HS-28 h2c", with("Upgrade", "Upgrade: h2c\r\n"), 426, R::not_an_upgrade, "Upgrade: websocket");
    row("HS-28 websocketx", with("Upgrade", "Upgrade: websocketx\r\n"), 426, R::not_an_upgrade,
        "Upgrade: websocket");
    row("HS-28 quoted", with("Upgrade", "Upgrade: \"websocket\"\r\n"), 426, R::not_an_upgrade,
        "Upgrade: websocket");
    row("HS-29 among others", with("Upgrade", "Upgrade: proto1, WebSocket, proto2\r\n"));
    row("HS-29 in the second line", with("Upgrade", "Upgrade: h2c\r\nUpgrade: websocket\r\n"));
    row("HS-31 keep-alive, Upgrade", with("Connection", "Connection: keep-alive, Upgrade\r\n"));
    row("HS-31 two lines", with("Connection", "Connection: keep-alive\r\nConnection: Upgrade\r\n"));
    row("Connection without Upgrade", with("Connection", "Connection: keep-alive\r\n"), 426,
        R::connection_header);
    for (const auto& [name, lines] : std::vector<std::pair<const char*, std::string>>{
             {"HS-32 key absent", ""}, {"HS-32 key empty", "Sec-WebSocket-Key:\r\n"},
             {"HS-32 key of 15 bytes", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA\r\n"},
             {"HS-32 key of 17 bytes", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAA=\r\n"},
             {"HS-32 key no base64", "Sec-WebSocket-Key: !!!!\r\n"},
             {"HS-32 two keys",
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key: "
                 "dGhlIHNhbXBsZSBub25jZQ==\r\n"}})
        row(name, with("Sec-WebSocket-Key", lines), 400, R::websocket_key);
    row("HS-32 key of 64 KiB",
        with("Sec-WebSocket-Key", "Sec-WebSocket-Key: " + repeated("A", 65'536) + "\r\n"), 431,
        R::head_too_large);
    row("HS-34 version absent", with("Sec-WebSocket-Version", ""), 426, R::websocket_version,
        "Sec-WebSocket-Version: 13, 8, 7");
    for (const char* version : {"12", "14", "013", "+13", "13, 8", "255", "100000000000000000000"})
        row((std::string("HS-34 version ") + version).c_str(),
            with("Sec-WebSocket-Version", std::string("Sec-WebSocket-Version: ") + version + "\r\n"), 426,
            R::websocket_version, "Sec-WebSocket-Version: 13, 8, 7");
    for (const char* version : {"7", "8"})
        row((std::string("HS-34 version ") + version).c_str(),
            with("Sec-WebSocket-Version", std::string("Sec-WebSocket-Version: ") + version + "\r\n"));
    row("HS-35 two version lines",
        with("Sec-WebSocket-Version", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 8\r\n"), 400,
        R::websocket_version);
    row("HS-37 8 KiB of spaces and commas",
        with("P", "Sec-WebSocket-Protocol: a" + repeated(" ,", 4'096) + "\r\n"), 400, R::subprotocol_header);
    row("HS-40 extensions with names of properties",
        with("E", "Sec-WebSocket-Extensions: constructor; __proto__=1, toString; toString\r\n"));
    row("HS-40 a hundred offers",
        with("E", "Sec-WebSocket-Extensions: x" + repeated(", permessage-deflate", 100) + "\r\n"));
    for (const auto& [name, lines] : std::vector<std::pair<const char*, std::string>>{
             {"HS-41 a body", "Content-Length: 5\r\n"}, {"HS-41 chunked", "Transfer-Encoding: chunked\r\n"},
             {"HS-41 both", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"},
             {"HS-41 two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n"},
             {"HS-41 length -1", "Content-Length: -1\r\n"}, {"HS-41 length abc", "Content-Length: abc\r\n"},
             {"HS-41 no length", "Content-Length:\r\n"},
             {"HS-41 length 2^64", "Content-Length: 18446744073709551616\r\n"}})
        row(name, with("L", lines) + "hello", 400, R::body_on_upgrade);
    row("HS-43 Expect", with("E", "Expect: 100-continue\r\n"), 417, R::expectation);
    row("HS-44 bad Host", with("Host", "Host: evil.test\r\n"), 403, R::host_not_allowed);
    row("HS-53 HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, R::http_version);
    row("target of 8 KiB and a byte", line(("GET /" + repeated("a", 8'192) + " HTTP/1.1").c_str()), 414,
        R::target_too_long);
}

void HandshakeSuiteTest::answers()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(int, reason);
    QFETCH(QByteArray, field);
    const std::string bytes = request.toStdString();
    for (const bool bytewise : {false, true}) {
        if (bytewise && bytes.size() > 12'000)
            continue; // the parser's own tests do it; here it would be a system call a byte
        next_second();
        RawClient client = fixture_->connect();
        const std::uint16_t port = client.local_port();
        if (bytewise)
            client.send_bytewise(bytes);
        else
            client.try_send(bytes);
        std::string answer;
        if (status == accepted) {
            answer = client.read_until("\r\n\r\n");
            QVERIFY2(answer.starts_with("HTTP/1.1 101 "), answer.c_str());
            client.send_text("is it open?");
            QCOMPARE(client.read_message(), std::string("is it open?"));
            fixture_->id_of(client);
        } else {
            answer = client.read_until_end();
            QVERIFY(!client.was_reset());
            check_refusal(answer, status);
            const event::Refused refused = fixture_->refusal_of(port);
            QCOMPARE(int(refused.status), status);
            if (reason != static_cast<int>(any_reason))
                QCOMPARE(static_cast<int>(refused.reason), reason);
            QVERIFY(!refused.why.empty());
            QVERIFY(answer.starts_with(refused.answer));
            QVERIFY(!refused.request_head.empty());
            QVERIFY(bytes.find(refused.request_head) != std::string_view::npos); // without what came before the line
        }
        if (!field.isEmpty())
            QVERIFY2(answer.find("\r\n" + field.toStdString() + "\r\n") != std::string::npos, answer.c_str());
    }
}

// HS-44
void HandshakeSuiteTest::left_over_is_never_a_second_request()
{
    for (const auto& first : {good_request({{"Host", "Host: evil.test\r\n"}}),
             good_request({{"Upgrade", ""}}), good_request({{"Origin", "Origin: http://evil.test\r\n"}}),
             std::string("GET / HTTP/1.1\nx\r\n\r\n")}) {
        next_second();
        RawClient client = fixture_->connect();
        const std::uint16_t port = client.local_port();
        client.send(first + good_request());
        const std::string answer = client.read_until_end();
        QCOMPARE(occurrences(answer, "HTTP/1.1 "), std::size_t{1});
        QVERIFY(answer.find(" 101 ") == std::string::npos);
        fixture_->refusal_of(port);
        QVERIFY(!fixture_->was_opened(port));
    }
}

// HS-13
void HandshakeSuiteTest::target_is_kept_as_it_came()
{
    RawClient client = fixture_->open_client({}, "//evil/..%2f%00?x=<b>");
    const std::uint16_t port = client.local_port();
    const auto opened = fixture_->opened_of(port);
    QCOMPARE(*opened.info->target, std::string("//evil/..%2f%00?x=<b>"));
    QCOMPARE(*opened.info->protocol_version, std::string("RFC 6455"));
    QCOMPARE(opened.request_head, good_handshake(fixture_->port(), {}, "//evil/..%2f%00?x=<b>"));
    QVERIFY(opened.note.empty());
}

// HS-38
void HandshakeSuiteTest::subprotocol_without_a_match_opens_with_a_note()
{
    RawClient client = fixture_->connect();
    const std::uint16_t port = client.local_port();
    const std::string head = client.upgrade(good_request({{"P", "Sec-WebSocket-Protocol: a, b\r\n"}}));
    QVERIFY(head.find("Sec-WebSocket-Protocol") == std::string::npos);
    const auto opened = fixture_->opened_of(port);
    QVERIFY2(opened.note.find("a, b") != std::string::npos, opened.note.c_str());
    QCOMPARE(*opened.info->offered_subprotocols, std::string("a, b"));
    QVERIFY(opened.info->subprotocol->empty());
}

// HS-46
void HandshakeSuiteTest::frames_behind_the_handshake_are_served_in_order()
{
    std::string bytes = good_request();
    std::vector<std::string> messages;
    while (bytes.size() < (1U << 20U)) {
        messages.push_back(std::to_string(messages.size()) + std::string(1'000, 'x'));
        bytes += client_frame(0x81, messages.back(), "\x01\x02\x03\x04");
    }
    RawClient client = fixture_->connect();
    client.send(bytes);
    client.read_until("\r\n\r\n");
    for (const std::string& message : messages)
        QCOMPARE(client.read_message(), message);
}

// HS-47
void HandshakeSuiteTest::plain_requests()
{
    next_second();
    RawClient page = fixture_->connect();
    const std::uint16_t page_port = page.local_port();
    page.send("GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: marker<b>\r\n\r\n");
    const std::string answer = page.read_response();
    QVERIFY(answer.starts_with("HTTP/1.1 200 "));
    QCOMPARE(header_of(answer, "X-Content-Type-Options"), std::string("nosniff"));
    QVERIFY(
        header_of(answer, "Content-Security-Policy").starts_with("default-src 'none'; script-src 'sha256-"));
    QVERIFY(answer.find("marker") == std::string::npos);
    QCOMPARE(fixture_->refusal_of(page_port).reason, RefusalReason::plain_http);
    for (const char* path : {"/anything-else", "/?marker", "/index.html"}) {
        next_second();
        RawClient client = fixture_->connect();
        client.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        const std::string_view expected = path[1] == '?' ? "HTTP/1.1 200 " : "HTTP/1.1 426 ";
        const std::string response = path[1] == '?' ? client.read_response() : client.read_until_end();
        QVERIFY2(response.starts_with(expected), response.c_str());
        QVERIFY(response.find("marker") == std::string::npos);
        if (path[1] != '?')
            check_refusal(response, 426);
    }
}

// HS-52
void HandshakeSuiteTest::random_bytes_are_refused_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("HS-52 80 B") << 80;
    QTest::newRow("HS-52 640 KiB") << (640 << 10);
    QTest::newRow("HS-52 10 MiB") << (10 << 20);
}

void HandshakeSuiteTest::random_bytes_are_refused()
{
    QFETCH(int, size);
    for (unsigned seed = 0; seed < 8; ++seed) {
        std::mt19937 random(seed);
        std::string bytes(static_cast<std::size_t>(size), '\0');
        for (char& c : bytes)
            c = static_cast<char>(random());
        if (bytes[0] == '\x16')
            bytes[0] = 'x'; // that would be the beginning of TLS
        next_second();
        RawClient client = fixture_->connect();
        client.send(bytes);
        const std::string answer = client.read_until_end();
        QVERIFY2(answer.starts_with("HTTP/1.1 400 ") || answer.starts_with("HTTP/1.1 431 "), answer.c_str());
        check_refusal(answer, std::stoi(answer.substr(9, 3)));
    }
}

void HandshakeSuiteTest::client_that_leaves_early_is_an_event_data()
{
    QTest::addColumn<bool>("with_reset");
    QTest::newRow("HS-50 FIN") << false;
    QTest::newRow("HS-50 RST") << true;
}

void HandshakeSuiteTest::client_that_leaves_early_is_an_event()
{
    QFETCH(bool, with_reset);
    const std::string request = good_request();
    for (std::size_t count = 0; count < request.size(); ++count) {
        next_second();
        RawClient client = fixture_->connect();
        const std::uint16_t port = client.local_port();
        client.send(std::string_view(request).substr(0, count));
        if (with_reset)
            client.reset();
        else
            client.close();
        const event::Refused refused = fixture_->refusal_of(port);
        // A reset may overtake what was sent before it.
        const bool may_be_empty = count == 0 || with_reset;
        const bool is_expected = refused.reason == RefusalReason::aborted
            || (may_be_empty && refused.reason == RefusalReason::speculative);
        const std::string said = std::string(name_of(refused.reason)) + " after " + std::to_string(count)
            + " bytes, head \"" + refused.request_head + "\"";
        QVERIFY2(is_expected, said.c_str());
        QCOMPARE(refused.status, std::uint16_t{0});
        fixture_->check_canary(); // which answers pings only while it is read
    }
}

// HS-02
void HandshakeSuiteTest::silence_ends_with_408_at_ten_seconds()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.has_canary = false;
    EngineFixture fixture(setup);
    const std::string request = good_request();
    {
        std::vector<RawClient> clients;
        for (std::size_t count = 0; count < request.size(); ++count) {
            clients.push_back(fixture.connect());
            clients.back().send(std::string_view(request).substr(0, count));
        }
        fixture.settle();
        fixture.advance(milliseconds(9'900));
        fixture.settle();
        for (RawClient& client : clients)
            QVERIFY(client.is_quiet());
        fixture.advance(milliseconds(200));
        for (RawClient& client : clients)
            check_refusal(client.read_until_end(), 408);
    }
    fixture.settle();
    fixture.advance(seconds(2));
    fixture.wait_until([&] {
        std::uint64_t told = 0;
        for (const Event& each : fixture.events()) {
            if (const auto* refused = std::get_if<event::Refused>(&each.what);
                refused && refused->reason == RefusalReason::timeout)
                told += 1 + refused->folded;
        }
        return told == request.size();
    });
    fixture.finish();
}

void HandshakeSuiteTest::deadline_counts_from_accept_and_not_from_the_last_byte()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.has_canary = false;
    EngineFixture fixture(setup);
    {
        RawClient client = fixture.connect();
        const std::uint16_t port = client.local_port();
        const std::string request = good_request();
        std::size_t sent = 0;
        for (int i = 0; i < 9; ++i) {
            client.send(std::string_view(request).substr(sent++, 1));
            fixture.settle();
            fixture.advance(seconds(1));
        }
        fixture.settle();
        QVERIFY(client.is_quiet());
        fixture.advance(milliseconds(1'100));
        check_refusal(client.read_until_end(), 408);
        QCOMPARE(name_of(Event{0, {}, fixture.refusal_of(port)}), std::string_view("HS_TIMEOUT"));
    }
    fixture.finish();
}

QTEST_GUILESS_MAIN(HandshakeSuiteTest)
#include "handshake_suite_test.moc"
