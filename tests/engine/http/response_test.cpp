#include "http/response.h"
#include "support/http_harness.h"

#include <QTest>

using namespace jackfield::http;
using jackfield::test::to_byte_array;

class ResponseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writes_a_whole_response();
    void refusals_are_fixed_and_close_data();
    void refusals_are_fixed_and_close();
    void keeps_its_own_policy_and_connection();
    void head_requests_get_the_length_and_no_body();
    void some_statuses_have_no_body();
    void a_value_cannot_start_a_line();
    void streams_in_chunks();
};

void ResponseTest::writes_a_whole_response()
{
    QCOMPARE(whole_response(200, {{"Vary", "Origin"}}, "text/plain", "hello", true),
        std::string("HTTP/1.1 200 OK\r\nVary: Origin\r\nContent-Type: text/plain\r\nX-Content-Type-Options: "
                    "nosniff\r\n"
                    "Content-Security-Policy: default-src 'none'\r\nContent-Length: 5\r\n\r\nhello"));
}

void ResponseTest::refusals_are_fixed_and_close_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("400") << 400 << QByteArray("HTTP/1.1 400 Bad Request\r\n");
    QTest::newRow("403") << 403 << QByteArray("HTTP/1.1 403 Forbidden\r\n");
    QTest::newRow("404") << 404 << QByteArray("HTTP/1.1 404 Not Found\r\n");
    QTest::newRow("405") << 405 << QByteArray("HTTP/1.1 405 Method Not Allowed\r\n");
    QTest::newRow("408") << 408 << QByteArray("HTTP/1.1 408 Request Timeout\r\n");
    QTest::newRow("413") << 413 << QByteArray("HTTP/1.1 413 Content Too Large\r\n");
    QTest::newRow("414") << 414 << QByteArray("HTTP/1.1 414 URI Too Long\r\n");
    QTest::newRow("417") << 417 << QByteArray("HTTP/1.1 417 Expectation Failed\r\n");
    QTest::newRow("426") << 426 << QByteArray("HTTP/1.1 426 Upgrade Required\r\n");
    QTest::newRow("431") << 431 << QByteArray("HTTP/1.1 431 Request Header Fields Too Large\r\n");
    QTest::newRow("500") << 500 << QByteArray("HTTP/1.1 500 Internal Server Error\r\n");
    QTest::newRow("503") << 503 << QByteArray("HTTP/1.1 503 Service Unavailable\r\n");
    QTest::newRow("505") << 505 << QByteArray("HTTP/1.1 505 HTTP Version Not Supported\r\n");
    QTest::newRow("unknown") << 499 << QByteArray("HTTP/1.1 499 Status\r\n");
}

void ResponseTest::refusals_are_fixed_and_close()
{
    QFETCH(int, status);
    QFETCH(QByteArray, line);
    const QByteArray response = to_byte_array(refusal_response(static_cast<std::uint16_t>(status)));
    QVERIFY(response.startsWith(line));
    QVERIFY(response.contains("\r\nConnection: close\r\n"));
    QVERIFY(response.contains("\r\nX-Content-Type-Options: nosniff\r\n"));
    QVERIFY(response.contains("\r\nContent-Security-Policy: default-src 'none'\r\n"));
    QVERIFY(response.contains("\r\nContent-Type: text/plain; charset=utf-8\r\n"));
    QVERIFY(response.contains("\r\nCache-Control: no-store\r\n"));
    const qsizetype head_end = response.indexOf("\r\n\r\n") + 4;
    const QByteArray body = response.mid(head_end);
    QVERIFY(body.startsWith(QByteArray::number(status)));
    QVERIFY(response.contains("\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n"));
}

void ResponseTest::keeps_its_own_policy_and_connection()
{
    const QByteArray page = to_byte_array(
        whole_response(200, {{"content-security-policy", "default-src 'self'"}}, "text/html", "", true));
    QCOMPARE(page.count("default-src"), 1);
    QVERIFY(!page.contains("Connection:"));
    const QByteArray upgrade = to_byte_array(refusal_response(426, {{"Upgrade", "websocket"}}));
    QVERIFY(upgrade.contains("\r\nUpgrade: websocket\r\n"));
    QVERIFY(upgrade.contains("\r\nConnection: close, Upgrade\r\n")); // RFC 9110 section 7.8
}

void ResponseTest::head_requests_get_the_length_and_no_body()
{
    const QByteArray response = to_byte_array(whole_response(200, {}, "text/plain", "hello", false, true));
    QVERIFY(response.contains("\r\nContent-Length: 5\r\n"));
    QVERIFY(response.endsWith("\r\n\r\n"));
}

void ResponseTest::some_statuses_have_no_body()
{
    for (const int status : {204, 304}) {
        const QByteArray response = to_byte_array(
            whole_response(static_cast<std::uint16_t>(status), {}, "text/plain", "hello", true));
        QVERIFY(!response.contains("Content-Length"));
        QVERIFY(!response.contains("Content-Type:"));
        QVERIFY(response.endsWith("\r\n\r\n"));
    }
}

void ResponseTest::a_value_cannot_start_a_line()
{
    const QByteArray response = to_byte_array(
        whole_response(200, {{"X", std::string("a\r\nSet-Cookie: b\0c", 18)}}, "text/plain", "", false));
    QVERIFY(response.contains("\r\nX: a  Set-Cookie: b c\r\n"));
}

void ResponseTest::streams_in_chunks()
{
    const QByteArray head = to_byte_array(streamed_response_head(200, {}, "text/event-stream", true, true));
    QVERIFY(head.contains("\r\nTransfer-Encoding: chunked\r\n"));
    QVERIFY(!head.contains("Connection: close"));
    QVERIFY(!head.contains("Content-Length"));
    QVERIFY(head.endsWith("\r\n\r\n"));
    // HTTP/1.0 knows no chunks: the end of the connection is the end of the body, whatever was asked.
    const QByteArray old = to_byte_array(streamed_response_head(200, {}, "text/plain", true, false));
    QVERIFY(old.contains("\r\nConnection: close\r\n"));
    QVERIFY(!old.contains("Transfer-Encoding"));
    QCOMPARE(chunk("hello"), std::string("5\r\nhello\r\n"));
    QCOMPARE(chunk(std::string(300, 'x')).substr(0, 5), std::string("12c\r\n"));
    QCOMPARE(chunk(""), std::string());
    QCOMPARE(last_chunk(), std::string_view("0\r\n\r\n"));
}

QTEST_GUILESS_MAIN(ResponseTest)
#include "response_test.moc"
