#include "http/request_parser.h"
#include "support/http_harness.h"

#include <QTest>

#include <random>

using namespace jackfield;
using namespace jackfield::http;
using namespace jackfield::test;

namespace {

struct Parsed {
    RequestParser::State state = RequestParser::State::need_more;
    RefusalReason reason = RefusalReason::request_line;
    std::uint16_t status = 0;
    std::string seen;
    std::size_t consumed = 0;

    [[nodiscard]] QByteArray text() const
    {
        switch (state) {
        case RequestParser::State::need_more:
            return "need more, seen " + QByteArray::number(qsizetype(seen.size()));
        case RequestParser::State::complete:
            return "complete after " + QByteArray::number(qsizetype(consumed));
        case RequestParser::State::refused:
            break;
        }
        return "refused " + QByteArray::number(status) + " reason " + QByteArray::number(int(reason))
            + " after " + QByteArray::number(qsizetype(seen.size()));
    }
};

Parsed parse(
    std::string_view bytes, std::size_t first_piece, std::size_t other_pieces, const HeadLimits& limits = {})
{
    RequestParser parser(limits);
    Parsed parsed;
    std::size_t piece = first_piece;
    for (std::size_t at = 0; at < bytes.size() && parser.state() == RequestParser::State::need_more;) {
        std::size_t consumed = 0;
        const std::string_view part = bytes.substr(at, piece);
        parser.feed(as_bytes(part), consumed);
        at += part.size();
        parsed.consumed += consumed;
        piece = other_pieces;
    }
    parsed.state = parser.state();
    if (parsed.state == RequestParser::State::refused) {
        parsed.reason = parser.reason();
        parsed.status = parser.status();
    }
    parsed.seen = parser.seen();
    return parsed;
}

/// Empty when every chopping gives the same, else the first that does not.
QByteArray difference_between_choppings(const std::string& bytes, const HeadLimits& limits = {})
{
    const QByteArray whole = parse(bytes, bytes.size(), 1, limits).text();
    for (const std::size_t size : {1, 2, 3, 7}) {
        if (const QByteArray other = parse(bytes, size, size, limits).text(); other != whole)
            return "pieces of " + QByteArray::number(qsizetype(size)) + ": " + other + " instead of " + whole;
    }
    for (std::size_t cut = 1; cut < std::min<std::size_t>(bytes.size(), 2048); ++cut) {
        if (const QByteArray other = parse(bytes, cut, bytes.size(), limits).text(); other != whole)
            return "cut at " + QByteArray::number(qsizetype(cut)) + ": " + other + " instead of " + whole;
    }
    return {};
}

std::string with_line(const std::string& line)
{
    return good_request({{"extra", line}});
}

std::string with_host(const std::string& value)
{
    return good_request({{"Host", "Host: " + value + "\r\n"}});
}

std::string many_fields(int count, const char* name)
{
    std::string lines;
    for (int i = 0; i < count; ++i)
        lines += name + std::to_string(i) + ": 1\r\n";
    return lines;
}

} // namespace

class RequestParserTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void accepts_data();
    void accepts();
    void every_prefix_waits_for_more();
    void leaves_what_follows_the_head_alone();
    void judges_at_the_first_wrong_byte_data();
    void judges_at_the_first_wrong_byte();
    void refuses_random_bytes_early();
    void never_holds_more_than_the_limit();
    void splits_the_target_data();
    void splits_the_target();
    void finds_fields();
    void keeps_the_raw_head();
    void tells_what_it_could_of_a_refused_request();
    void tells_bodies_data();
    void tells_bodies();
};

void RequestParserTest::refuses_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("reason");
    const auto row = [](const char* name, const std::string& input, int status, RefusalReason reason) {
        QTest::newRow(name) << to_byte_array(input) << status << static_cast<int>(reason);
    };
    const auto line = [&](const char* name, std::string_view request_line, int status, RefusalReason reason) {
        row(name, good_request({}, request_line), status, reason);
    };
    using R = RefusalReason;

    row("HS-04 no version", "GET / \r\n\r\n", 400, R::request_line);
    row("HS-04 no version and no blank", "GET /\r\n\r\n", 400, R::request_line);
    row("method alone", "GET\r\n\r\n", 400, R::request_line);
    line("HS-05 HTTP/9.9", "GET / HTTP/9.9", 505, R::http_version);
    line("HS-05 HTTP/2.0", "GET / HTTP/2.0", 505, R::http_version);
    line("HS-05 HTTP/1.10", "GET / HTTP/1.10", 505, R::http_version);
    line("HTTP/0.9", "GET / HTTP/0.9", 505, R::http_version);
    line("HTTP/1.2", "GET / HTTP/1.2", 505, R::http_version);
    line("HTTP/11", "GET / HTTP/11", 400, R::request_line);
    line("HTTP/1.", "GET / HTTP/1.", 400, R::request_line);
    line("HTTP/.1", "GET / HTTP/.1", 400, R::request_line);
    line("HTTP/1.1.1", "GET / HTTP/1.1.1", 400, R::request_line);
    line("HTTP/", "GET / HTTP/", 400, R::request_line);
    line("endless version", "GET / HTTP/1." + std::string(100, '1'), 400, R::request_line);
    line("HS-07 lower case", "GET / http/1.1", 400, R::request_line);
    line("HS-07 trailing space", "GET / HTTP/1.1 ", 400, R::request_line);
    line("HS-07 space in the version", "GET / HTTP /1.1", 400, R::request_line);
    line("two spaces", "GET  / HTTP/1.1", 400, R::request_line);
    line("tab", "GET\t/ HTTP/1.1", 400, R::request_line);
    line("leading space", " GET / HTTP/1.1", 400, R::request_line);
    line("method with a separator", "GE(T / HTTP/1.1", 400, R::request_line);
    line("endless method", std::string(33, 'A') + " / HTTP/1.1", 400, R::request_line);
    line("target without a slash", "GET chat HTTP/1.1", 400, R::request_line);
    line("asterisk and more", "GET *x HTTP/1.1", 400, R::request_line);
    line("authority-form without CONNECT", "GET localhost:8080 HTTP/1.1", 400, R::request_line);
    line("CONNECT to a path", "CONNECT /chat HTTP/1.1", 400, R::request_line);
    line("CONNECT without a port", "CONNECT localhost HTTP/1.1", 400, R::request_line);
    line("control character in the target", "GET /\x01 HTTP/1.1", 400, R::request_line);
    line("raw UTF-8 in the target", "GET /\xc3\xa4 HTTP/1.1", 400, R::request_line);
    line("DEL in the target", "GET /\x7f HTTP/1.1", 400, R::request_line);
    line("absolute-form of another scheme", "GET ftp://localhost:8080/ HTTP/1.1", 400, R::request_line);
    line("absolute-form without authority", "GET http:///chat HTTP/1.1", 400, R::request_line);
    line(
        "absolute-form with user information", "GET http://u@localhost:8080/ HTTP/1.1", 400, R::request_line);
    line("HS-11 absolute-form of another host", "GET http://evil.test/chat HTTP/1.1", 400, R::host_mismatch);
    row("HS-11 Host of another absolute-form",
        good_request({{"Host", "Host: evil.test\r\n"}}, "GET http://localhost/ HTTP/1.1"), 400,
        R::host_mismatch);
    line("absolute-form of another port", "GET http://localhost:8081/chat HTTP/1.1", 400, R::host_mismatch);
    line("absolute-form without the port", "GET http://localhost/chat HTTP/1.1", 400, R::host_mismatch);
    line("target over 8 KiB", "GET /" + std::string(8192, 'a') + " HTTP/1.1", 414, R::target_too_long);

    row("HS-14 two leading CRLF", "\r\n\r\n" + good_request(), 400, R::request_line);
    row("leading LF", "\n" + good_request(), 400, R::line_ending);
    row("leading CR", "\r" + good_request(), 400, R::line_ending);
    row("HS-16 bare LF after the request line", "GET / HTTP/1.1\nHost: localhost\n\n", 400, R::line_ending);
    row("HS-16 bare LF after the target", "GET /\n\n", 400, R::line_ending);
    row("HS-16 bare LF after a field", with_line("X: a\nY: b\r\n"), 400, R::line_ending);
    row("HS-16 bare LF as the empty line", "GET / HTTP/1.1\r\nHost: localhost\r\n\n", 400, R::line_ending);
    row("HS-16 bare CR inside a value", with_line("X: a\rb\r\n"), 400, R::line_ending);
    row("HS-16 two CR", with_line("X: a\r\r\n"), 400, R::line_ending);
    row("HS-16 CR LF CR and a field", "GET / HTTP/1.1\r\nHost: localhost\r\n\rSome-Header: x\r\n\r\n", 400,
        R::line_ending);
    row("HS-17 obs-fold", with_line("X: a\r\n b\r\n"), 400, R::obs_fold);
    row("HS-17 obs-fold with a tab", with_line("X: a\r\n\tb\r\n"), 400, R::obs_fold);
    row("HS-17 first line starts with a space", "GET / HTTP/1.1\r\n Host: localhost\r\n\r\n", 400,
        R::obs_fold);
    row("blank before the colon", with_line("X : a\r\n"), 400, R::header_name);
    row("tab before the colon", with_line("X\t: a\r\n"), 400, R::header_name);
    row("empty name", with_line(": a\r\n"), 400, R::header_name);
    row("no colon", with_line("X\r\n"), 400, R::header_name);
    row("NUL in a name", with_line(std::string("X\0Y: a\r\n", 8)), 400, R::header_name);
    row("raw byte in a name", with_line("X\xe4: a\r\n"), 400, R::header_name);
    row("quoted name", with_line("\"X\": a\r\n"), 400, R::header_name);
    row("HS-19 NUL in a value", with_line(std::string("X: a\0b\r\n", 8)), 400, R::header_value);
    row("HS-19 BEL in a value", with_line("X: \x07\r\n"), 400, R::header_value);
    row("HS-19 DEL in a value", with_line("X: \x7f\r\n"), 400, R::header_value);
    row("ESC in a value", with_line("X: \x1b[2J\r\n"), 400, R::header_value);

    row("HS-22 101 headers", "GET / HTTP/1.1\r\nHost: localhost\r\n" + many_fields(100, "x") + "\r\n", 431,
        R::head_too_large);
    row("HS-23 2,000 headers", "GET / HTTP/1.1\r\nHost: localhost\r\n" + many_fields(2000, "") + "\r\n", 431,
        R::head_too_large);
    row("value over 16 KiB", with_line("X: " + std::string(20'000, 'a') + "\r\n"), 431, R::head_too_large);
    row("HS-32 key of 64 KiB",
        good_request({{"Sec-WebSocket-Key", "Sec-WebSocket-Key: " + std::string(65536, 'A') + "\r\n"}}), 431,
        R::head_too_large);
    row("name over 16 KiB", with_line(std::string(20'000, 'a') + ": 1\r\n"), 431, R::head_too_large);

    row("HS-25 no Host", good_request({{"Host", ""}}), 400, R::host_header);
    row("HS-25 no Host in HTTP/1.0", good_request({{"Host", ""}}, "GET / HTTP/1.0"), 400, R::host_header);
    row("HS-25 empty Host", good_request({{"Host", "Host:\r\n"}}), 400, R::host_header);
    row("HS-25 blank Host", good_request({{"Host", "Host: \t \r\n"}}), 400, R::host_header);
    row("HS-25 two identical Hosts", good_request({{"Host", "Host: localhost\r\nHost: localhost\r\n"}}), 400,
        R::host_header);
    row("HS-25 two different Hosts", good_request({{"Host", "Host: localhost\r\nhost: evil.test\r\n"}}), 400,
        R::host_header);
    row("HS-25 second Host at the end", good_request({{"again", "HOST: localhost:8080\r\n"}}), 400,
        R::host_header);
    for (const char* host : {".", "..x", "a..b", "localhost:98777", "localhost:1.2", "localhost:80:80",
             "[::1", "[::1].", "x[::1]", "local host", "localhost/", "local\\host", "u@localhost",
             "%6cocalhost", "localhost,evil.test", "localhost:", "localhost:-1", "localhost:+80",
             "localhost:000080", "[]", "[::1]80", "[::1%25lo]", "[127.0.0.1]", "::1", "[::g]",
             "loc\xc3\xa4lhost", ".localhost", "localhost..", "http://localhost", "*", "*.localhost"})
        QTest::addRow("HS-26 Host %s", host)
            << to_byte_array(with_host(host)) << 400 << static_cast<int>(R::host_header);
    row("HS-26 control character", with_host("localhost\x02"), 400, R::header_value);
    row("HS-26 longer than a name", with_host(std::string(300, 'a')), 400, R::host_header);

    row("HS-53 HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, R::http_version);
    row("TLS ClientHello", std::string("\x16\x03\x01\x02\x00", 5), 400, R::request_line);
}

void RequestParserTest::refuses()
{
    QFETCH(QByteArray, input);
    QFETCH(int, status);
    QFETCH(int, reason);
    const Parsed parsed = parse(input.toStdString(), static_cast<std::size_t>(input.size()), 1);
    QCOMPARE(parsed.state, RequestParser::State::refused);
    QCOMPARE(static_cast<int>(parsed.reason), reason);
    QCOMPARE(static_cast<int>(parsed.status), status);
    QCOMPARE(parsed.seen, input.toStdString().substr(0, parsed.consumed));
    QCOMPARE(difference_between_choppings(input.toStdString()), QByteArray());
}

void RequestParserTest::accepts_data()
{
    QTest::addColumn<QByteArray>("input");
    const auto row
        = [](const char* name, const std::string& input) { QTest::newRow(name) << to_byte_array(input); };
    row("HS-01 the good request", good_request());
    row("HTTP/1.0", good_request({}, "GET / HTTP/1.0"));
    row("HS-08 lower-case method", good_request({}, "get /chat HTTP/1.1"));
    row("HS-08 POST", good_request({}, "POST /chat HTTP/1.1"));
    row("HS-08 CONNECT", good_request({}, "CONNECT localhost:1 HTTP/1.1"));
    row("OPTIONS *", good_request({}, "OPTIONS * HTTP/1.1"));
    row("longest method", good_request({}, std::string(32, 'A') + " / HTTP/1.1"));
    row("HS-10 absolute-form", good_request({}, "GET http://localhost:8080/chat HTTP/1.1"));
    row("HS-10 absolute-form of ws", good_request({}, "GET WS://LOCALHOST.:8080/chat HTTP/1.1"));
    row("HS-10 absolute-form, default port",
        good_request({{"Host", "Host: localhost:443\r\n"}}, "GET https://localhost HTTP/1.1"));
    row("HS-13 strange target", good_request({}, "GET //evil/..%2f%00?x=<b> HTTP/1.1"));
    row("target of 8 KiB", good_request({}, "GET /" + std::string(8191, 'a') + " HTTP/1.1"));
    row("HS-14 one leading CRLF", "\r\n" + good_request());
    row("HS-20 tab in a value", with_line("X: a\tb\r\n"));
    row("HS-20 high bytes in a value", with_line("X: \x80\xc3\xa4\xff\r\n"));
    row("HS-20 empty value", with_line("X:\r\n"));
    row("HS-20 blank value", with_line("X: \t \r\n"));
    row("no blank after the colon", with_line("X:a\r\n"));
    row("colons in a value", with_line("X: a:b::c\r\n"));
    row("HS-22 100 headers", "GET / HTTP/1.1\r\nHost: localhost\r\n" + many_fields(99, "x") + "\r\n");
    row("HS-29 two Upgrade lines", good_request({{"Upgrade", "Upgrade: h2c\r\nUpgrade: websocket\r\n"}}));
    for (const char* host :
        {"localhost", "localhost.", "LOCALHOST:0", "foo.localhost:65535", "127.0.0.1", "[::1]", "[::1]:8080",
            "[::ffff:7f00:1]", "[::ffff:127.0.0.1]", "0.0.0.0:8080", "a_b-c~d.test", "2130706433", "a"})
        QTest::addRow("Host %s", host) << to_byte_array(with_host(host));
}

void RequestParserTest::accepts()
{
    QFETCH(QByteArray, input);
    const Parsed parsed = parse(input.toStdString(), static_cast<std::size_t>(input.size()), 1);
    QCOMPARE(parsed.text(), "complete after " + QByteArray::number(input.size()));
    QCOMPARE(difference_between_choppings(input.toStdString()), QByteArray());
}

void RequestParserTest::every_prefix_waits_for_more()
{
    // HS-02
    const std::string good = "\r\n" + good_request({}, "GET http://localhost:8080/chat?x=y HTTP/1.1");
    for (std::size_t size = 0; size < good.size(); ++size)
        QCOMPARE(parse(good.substr(0, size), good.size(), 1).text(),
            "need more, seen " + QByteArray::number(qsizetype(size)));
}

void RequestParserTest::leaves_what_follows_the_head_alone()
{
    // HS-46
    const std::string good = good_request();
    const std::string input = good + std::string(1U << 20U, '\x81');
    RequestParser parser{HeadLimits{}};
    std::size_t consumed = 0;
    QCOMPARE(parser.feed(as_bytes(input), consumed), RequestParser::State::complete);
    QCOMPARE(consumed, good.size());
    QCOMPARE(parser.seen(), std::string_view(good));
    QCOMPARE(parser.feed(as_bytes(input), consumed), RequestParser::State::complete);
    QCOMPARE(consumed, std::size_t{0});
    // HS-44: nor does a refused one read on.
    RequestParser refused{HeadLimits{}};
    QCOMPARE(refused.feed(as_bytes("?" + good), consumed), RequestParser::State::refused);
    QCOMPARE(consumed, std::size_t{1});
    QCOMPARE(refused.feed(as_bytes(good), consumed), RequestParser::State::refused);
    QCOMPARE(consumed, std::size_t{0});
}

void RequestParserTest::judges_at_the_first_wrong_byte_data()
{
    QTest::addColumn<QByteArray>("start"); // the last byte is the wrong one
    for (const char* start : {"\x16", "(", "GET(", "GET /\x01", "GET / h", "GET / HTTP/x", "GET / HTTP/2.0\r",
             "GET / HTTP/1.1 ", "GET / HTTP/1.1\n", "GET / HTTP/1.1\r\n ", "GET / HTTP/1.1\r\n:",
             "GET / HTTP/1.1\r\nX ", "GET / HTTP/1.1\r\nX: \x07", "GET / HTTP/1.1\r\nX: a\r\n\t",
             "GET / HTTP/1.1\r\nHost: a..b\r", "GET http://a/ HTTP/1.1\r\nHost: b\r",
             "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r", "GET x ", "\r\n\r", "GET / HTTP/1.1\r\n\r\n"})
        QTest::newRow(start) << QByteArray(start);
}

void RequestParserTest::judges_at_the_first_wrong_byte()
{
    QFETCH(QByteArray, start);
    const std::string bytes = start.toStdString();
    QCOMPARE(
        parse(bytes.substr(0, bytes.size() - 1), bytes.size(), 1).state, RequestParser::State::need_more);
    QCOMPARE(parse(bytes, bytes.size(), 1).state, RequestParser::State::refused);
    QCOMPARE(parse(bytes + "more", bytes.size() + 4, 1).seen, bytes);
}

void RequestParserTest::refuses_random_bytes_early()
{
    // HS-52
    std::mt19937 random(4567);
    for (int turn = 0; turn < 2000; ++turn) {
        std::string bytes(turn % 2 == 0 ? 80 : 64U << 10U, '\0');
        for (char& c : bytes)
            c = static_cast<char>(random());
        const Parsed parsed = parse(bytes, bytes.size(), 1);
        QCOMPARE(parsed.state, RequestParser::State::refused);
        QVERIFY(parsed.status == 400 || parsed.status == 431);
        QVERIFY(parsed.seen.size() < 80);
    }
}

void RequestParserTest::never_holds_more_than_the_limit()
{
    HeadLimits limits;
    limits.max_head = 200;
    const std::string fits
        = "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(200 - 40, 'x') + "\r\n\r\n";
    QCOMPARE(fits.size(), std::size_t{200});
    QCOMPARE(parse(fits, 1000, 1000, limits).text(), QByteArray("complete after 200"));
    std::string longer = fits;
    longer.insert(40, "y");
    const Parsed parsed = parse(longer, 1000, 1000, limits);
    QCOMPARE(parsed.reason, RefusalReason::head_too_large);
    QCOMPARE(parsed.seen.size(), std::size_t{200});
    QCOMPARE(difference_between_choppings(longer, limits), QByteArray());
    const std::string endless_target = "GET /" + std::string(5000, 'x');
    QCOMPARE(parse(endless_target, 9000, 9000, limits).reason, RefusalReason::target_too_long);
    QCOMPARE(difference_between_choppings(endless_target, limits), QByteArray());
}

void RequestParserTest::splits_the_target_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("authority");
    QTest::newRow("path") << QByteArray("/chat") << QByteArray("/chat") << QByteArray() << QByteArray();
    QTest::newRow("query") << QByteArray("/chat?a=b?c&d") << QByteArray("/chat") << QByteArray("a=b?c&d")
                           << QByteArray();
    QTest::newRow("empty query") << QByteArray("/?") << QByteArray("/") << QByteArray() << QByteArray();
    QTest::newRow("HS-13") << QByteArray("//evil/..%2f%00?x=<b>") << QByteArray("//evil/..%2f%00")
                           << QByteArray("x=<b>") << QByteArray();
    QTest::newRow("absolute") << QByteArray("http://localhost:8080/chat?x") << QByteArray("/chat")
                              << QByteArray("x") << QByteArray("localhost:8080");
    QTest::newRow("absolute without a path") << QByteArray("ws://localhost:8080") << QByteArray("/")
                                             << QByteArray() << QByteArray("localhost:8080");
    QTest::newRow("absolute with a query alone") << QByteArray("http://localhost:8080?x") << QByteArray("/")
                                                 << QByteArray("x") << QByteArray("localhost:8080");
    QTest::newRow("asterisk") << QByteArray("*") << QByteArray("*") << QByteArray() << QByteArray();
}

void RequestParserTest::splits_the_target()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, authority);
    RequestHead first = parsed_head(good_request({}, "GET " + target.toStdString() + " HTTP/1.1"));
    const RequestHead head = std::move(first); // the views must live on
    QCOMPARE(to_byte_array(head.method), QByteArray("GET"));
    QCOMPARE(to_byte_array(head.target), target);
    QCOMPARE(to_byte_array(head.path), path);
    QCOMPARE(to_byte_array(head.query), query);
    QCOMPARE(to_byte_array(head.target_authority.value_or("")), authority);
}

void RequestParserTest::finds_fields()
{
    const RequestHead head
        = parsed_head(good_request({{"Upgrade", "uPGRADE: proto1, WebSocket ,, proto2\r\nUpgrade: h2c\r\n"},
            {"Connection", "Connection: keep-alive\r\nConnection:Upgrade\t \r\n"},
            {"X-Empty", "X-Empty: \r\n"}}));
    QCOMPARE(head.minor_version, 1);
    QVERIFY(head.asks_for_websocket()); // HS-29
    QVERIFY(head.has_token("connection", "upgrade")); // HS-31
    QVERIFY(!head.has_token("Connection", "keep"));
    QVERIFY(!head.has_token("Upgrade", "proto1, WebSocket"));
    QCOMPARE(head.count("UPGRADE"), std::size_t{2});
    QCOMPARE(head.value("x-empty").value_or("none"), std::string_view());
    QVERIFY(!head.value("X-Absent").has_value());
    QVERIFY(head.find("X-Absent") == nullptr);
    QCOMPARE(head.find("upgrade")->name, std::string_view("uPGRADE"));
    QCOMPARE(head.value("Connection").value_or(""), std::string_view("keep-alive"));
    for (const char* upgrade :
        {"h2c", "websocketx", "\"websocket\"", "web socket", "websocket/13", ""}) // HS-28
        QVERIFY(!parsed_head(good_request({{"Upgrade", std::string("Upgrade: ") + upgrade + "\r\n"}}))
                     .asks_for_websocket());
}

void RequestParserTest::keeps_the_raw_head()
{
    const std::string good = good_request({{"X", "X:   \xff spaced \t\r\n"}});
    const RequestHead head = parsed_head(good);
    QCOMPARE(head.raw(), std::string_view(good));
    QCOMPARE(head.value("X").value_or(""), std::string_view("\xff spaced"));
}

void RequestParserTest::tells_what_it_could_of_a_refused_request()
{
    const auto partial = [](std::string_view bytes) {
        RequestParser parser{HeadLimits{}};
        std::size_t consumed = 0;
        parser.feed(as_bytes(bytes), consumed);
        return parser.take_partial();
    };
    const RequestHead broken
        = partial("GET /chat?x HTTP/1.1\r\nOrigin: http://evil.test\r\nX: \x07\r\nY: 1\r\n\r\n");
    QCOMPARE(broken.method, std::string_view("GET"));
    QCOMPARE(broken.target, std::string_view("/chat?x"));
    QCOMPARE(broken.path, std::string_view("/chat"));
    QCOMPARE(broken.headers.size(), std::size_t{1});
    QCOMPARE(broken.value("Origin").value_or(""), std::string_view("http://evil.test"));
    QCOMPARE(broken.raw(), std::string_view("GET /chat?x HTTP/1.1\r\nOrigin: http://evil.test\r\nX: \x07"));

    QCOMPARE(partial("GET / HTTP/1.1\r\nHost: bad..host\r\n\r\n").value("Host").value_or(""),
        std::string_view("bad..host"));
    QCOMPARE(partial("GET /abc\x01").target, std::string_view("/abc"));
    QCOMPARE(partial("GET /" + std::string(9000, 'a')).target.substr(0, 4), std::string_view("/aaa"));
    QCOMPARE(partial("GET chat HTTP/1.1\r\n").target, std::string_view("chat"));
    QVERIFY(partial("\x16\x03\x01").method.empty());
    QVERIFY(partial("GE").method.empty()); // HS-50: left in the middle of a word
}

void RequestParserTest::tells_bodies_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<bool>("has_body");
    QTest::newRow("none") << QByteArray() << false;
    QTest::newRow("plain 0") << QByteArray("Content-Length: 0\r\n") << false;
    for (const char* lines : {"Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n",
             "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
             "Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: 0\r\nContent-Length: 0\r\n",
             "Content-Length: -1\r\n", "Content-Length: abc\r\n", "Content-Length:\r\n",
             "Content-Length: 18446744073709551616\r\n", "Content-Length: 00\r\n",
             "transfer-encoding: identity\r\n"})
        QTest::addRow("HS-41 %s", lines) << QByteArray(lines) << true;
}

void RequestParserTest::tells_bodies()
{
    QFETCH(QByteArray, lines);
    QFETCH(bool, has_body);
    const RequestHead head = parsed_head(good_request({{"body", lines.toStdString()}}));
    QVERIFY(!head.method.empty());
    QCOMPARE(head.announces_body(), has_body);
}

QTEST_GUILESS_MAIN(RequestParserTest)
#include "request_parser_test.moc"
