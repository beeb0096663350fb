#include "support/codec_harness.h"
#include "support/http_harness.h"
#include "websocket/rfc6455_rule.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

http::RequestHead head_with(const char* name, const std::string& lines)
{
    return parsed_head(good_request({{name, lines}}));
}

} // namespace

class Rfc6455RuleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answers_the_example_of_the_rfc();
    void claims_exactly_version_13_data();
    void claims_exactly_version_13();
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void reads_subprotocols_in_order_data();
    void reads_subprotocols_in_order();
    void without_a_pool_no_extension_is_agreed_on_data();
    void without_a_pool_no_extension_is_agreed_on();
    void gives_a_codec_with_its_limits();
};

void Rfc6455RuleTest::answers_the_example_of_the_rfc()
{
    // RFC 6455 section 1.3
    const Rfc6455Rule rule;
    QCOMPARE(
        accept_for_key("dGhlIHNhbXBsZSBub25jZQ==").value_or(""), std::string("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    const auto head = parsed_head(good_request());
    QVERIFY(!rule.check(head).has_value());
    QCOMPARE(rule.answer(head, "", CodecSettings{}, false).bytes,
        std::string("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
    QCOMPARE(rule.answer(head, "chat", CodecSettings{}, true).bytes,
        std::string(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n"));
    QCOMPARE(rule.protocol_version(), std::string_view("RFC 6455"));
    QCOMPARE(rule.version_number(), std::optional(13));
    QCOMPARE(rule.origin_field(), std::string_view("Origin"));
    QVERIFY(!rule.is_legacy());
    QCOMPARE(rule.bytes_after_head(), std::size_t{0});
}

void Rfc6455RuleTest::claims_exactly_version_13_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<bool>("claimed");
    QTest::newRow("13") << QByteArray("Sec-WebSocket-Version: 13\r\n") << true;
    QTest::newRow("13 with blanks around") << QByteArray("sec-websocket-version: \t13 \r\n") << true;
    QTest::newRow("HS-34 absent") << QByteArray() << false;
    for (const char* version : {"12", "14", "013", "+13", "13, 8", "13,13", "255", "100000000000000000000",
             "8", "7", "", "13.0", "0x0d"})
        QTest::addRow("HS-34 %s", version) << "Sec-WebSocket-Version: " + QByteArray(version) + "\r\n"
                                           << false;
}

void Rfc6455RuleTest::claims_exactly_version_13()
{
    QFETCH(QByteArray, lines);
    QFETCH(bool, claimed);
    const auto head = head_with("Sec-WebSocket-Version", lines.toStdString());
    QVERIFY(!head.method.empty());
    QCOMPARE(Rfc6455Rule().claims(head), claimed);
}

void Rfc6455RuleTest::accepts_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("lines");
    QTest::newRow("HS-29 list of upgrades")
        << QByteArray("Upgrade") << QByteArray("Upgrade: proto1, WebSocket, proto2\r\n");
    QTest::newRow("HS-31 Firefox") << QByteArray("Connection")
                                   << QByteArray("Connection: keep-alive, Upgrade\r\n");
    QTest::newRow("HS-31 two lines") << QByteArray("Connection")
                                     << QByteArray("Connection: keep-alive\r\nConnection: UPGRADE\r\n");
    QTest::newRow("key of zeros") << QByteArray("Sec-WebSocket-Key")
                                  << QByteArray("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n");
    QTest::newRow("key whose last bits are not cleared")
        << QByteArray("Sec-WebSocket-Key") << QByteArray("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAB==\r\n");
    QTest::newRow("one subprotocol") << QByteArray("p") << QByteArray("Sec-WebSocket-Protocol: chat\r\n");
    QTest::newRow("subprotocols with dots and slashes-like marks")
        << QByteArray("p") << QByteArray("Sec-WebSocket-Protocol: v10.stomp, a_b-c~d\r\n");
}

void Rfc6455RuleTest::accepts()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, lines);
    const auto head = head_with(field.constData(), lines.toStdString());
    QVERIFY(!head.method.empty());
    QVERIFY(!Rfc6455Rule().check(head).has_value());
}

void Rfc6455RuleTest::refuses_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("reason");
    const auto row = [](const char* name, const char* field, const std::string& lines, int status,
                         RefusalReason reason) {
        QTest::newRow(name) << QByteArray(field) << to_byte_array(lines) << status << int(reason);
    };
    using R = RefusalReason;
    row("no Connection", "Connection", "", 426, R::connection_header);
    row("Connection without Upgrade", "Connection", "Connection: keep-alive\r\n", 426, R::connection_header);
    row("Connection: Upgradex", "Connection", "Connection: Upgradex\r\n", 426, R::connection_header);
    row("HS-35 two versions", "Sec-WebSocket-Version",
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 8\r\n", 400, R::websocket_version);
    row("HS-32 no key", "Sec-WebSocket-Key", "", 400, R::websocket_key);
    const auto key = [&](const char* name, const char* value) {
        row(name, "Sec-WebSocket-Key", std::string("Sec-WebSocket-Key: ") + value + "\r\n", 400,
            R::websocket_key);
    };
    key("HS-32 empty key", "");
    key("HS-32 15 bytes", "AAAAAAAAAAAAAAAAAAAA");
    key("HS-32 17 bytes", "AAAAAAAAAAAAAAAAAAAAAAA=");
    key("HS-32 not base64", "!!!!");
    key("HS-32 not base64 of the right size", "!!!!!!!!!!!!!!!!!!!!!!==");
    key("HS-32 no padding", "AAAAAAAAAAAAAAAAAAAAAA");
    key("HS-32 blank inside", "AAAAAAAAAA AAAAAAAAAAAA==");
    key("HS-32 base64url", "-_AAAAAAAAAAAAAAAAAAAA==");
    row("HS-32 two keys", "Sec-WebSocket-Key",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", 400,
        R::websocket_key);
    const auto protocols = [&](const char* name, const std::string& lines) {
        row(name, "p", lines, 400, R::subprotocol_header);
    };
    protocols("empty subprotocols", "Sec-WebSocket-Protocol:\r\n");
    protocols("comma alone", "Sec-WebSocket-Protocol: ,\r\n");
    protocols("comma at the end", "Sec-WebSocket-Protocol: chat,\r\n");
    protocols("empty one in between", "Sec-WebSocket-Protocol: a,,b\r\n");
    protocols("twice the same", "Sec-WebSocket-Protocol: a, b, a\r\n");
    protocols("twice the same in two lines", "Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: a\r\n");
    protocols("blank inside", "Sec-WebSocket-Protocol: a b\r\n");
    protocols("separator", "Sec-WebSocket-Protocol: a/b\r\n");
    protocols("quoted", "Sec-WebSocket-Protocol: \"a\"\r\n");
    protocols("not ASCII", "Sec-WebSocket-Protocol: k\xc3\xb6ln\r\n");
    std::string noise;
    while (noise.size() < 8192)
        noise += " ,\t , ";
    protocols("HS-37 8 KiB of blanks and commas", "Sec-WebSocket-Protocol: " + noise + "\r\n");
    protocols("HS-37 8 KiB of blanks before a fault",
        "Sec-WebSocket-Protocol: a" + std::string(8192, ' ') + "b\r\n");
}

void Rfc6455RuleTest::refuses()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, lines);
    QFETCH(int, status);
    QFETCH(int, reason);
    const auto head = head_with(field.constData(), lines.toStdString());
    QVERIFY(!head.method.empty());
    const auto refusal = Rfc6455Rule().check(head);
    QVERIFY(refusal.has_value());
    QCOMPARE(int(refusal->reason), reason);
    QCOMPARE(int{refusal->status}, status);
    QVERIFY(!refusal->why.empty());
    if (status == 426)
        QCOMPARE(refusal->headers, (http::ResponseHeaders{{"Upgrade", "websocket"}}));

    const auto old = Rfc6455Rule().check(parsed_head(good_request({}, "GET / HTTP/1.0")));
    QVERIFY(old.has_value() && old->reason == RefusalReason::http_version && old->status == 505);
}

void Rfc6455RuleTest::reads_subprotocols_in_order_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArrayList>("names");
    QTest::newRow("none") << QByteArray() << QByteArrayList{};
    QTest::newRow("one") << QByteArray("Sec-WebSocket-Protocol: chat\r\n") << QByteArrayList{"chat"};
    QTest::newRow("case matters") << QByteArray("Sec-WebSocket-Protocol: b ,\ta,A\r\n")
                                  << QByteArrayList{"b", "a", "A"};
    QTest::newRow("two lines") << QByteArray("Sec-WebSocket-Protocol: b, a\r\nsec-websocket-protocol: c\r\n")
                               << QByteArrayList{"b", "a", "c"};
}

void Rfc6455RuleTest::reads_subprotocols_in_order()
{
    QFETCH(QByteArray, lines);
    QFETCH(QByteArrayList, names);
    const auto head = head_with("p", lines.toStdString());
    QVERIFY(!Rfc6455Rule().check(head).has_value());
    QByteArrayList found;
    for (const std::string_view name : Rfc6455Rule().subprotocols(head))
        found.append(to_byte_array(name));
    QCOMPARE(found, names);
}

void Rfc6455RuleTest::without_a_pool_no_extension_is_agreed_on_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::newRow("permessage-deflate")
        << QByteArray("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
    QTest::newRow("HS-40 strange names")
        << QByteArray("Sec-WebSocket-Extensions: constructor, __proto__; toString=1\r\n");
    QTest::newRow("HS-40 100 offers")
        << "Sec-WebSocket-Extensions: " + QByteArray("permessage-deflate, ").repeated(100) + "x\r\n";
    QTest::newRow("no element") << QByteArray("Sec-WebSocket-Extensions: ,\r\n");
}

void Rfc6455RuleTest::without_a_pool_no_extension_is_agreed_on()
{
    QFETCH(QByteArray, lines);
    const auto head = head_with("extensions", lines.toStdString());
    const Rfc6455Rule rule;
    QVERIFY(!rule.check(head).has_value());
    const HandshakeAnswer answer = rule.answer(head, "", CodecSettings{}, false);
    QVERIFY(answer.extensions.empty());
    QVERIFY(answer.bytes.find("Extensions") == std::string::npos);
    QVERIFY(answer.codec != nullptr);
}

void Rfc6455RuleTest::gives_a_codec_with_its_limits()
{
    const HandshakeAnswer answer
        = Rfc6455Rule().answer(parsed_head(good_request()), "", CodecSettings{{5, 10}, {}, nullptr}, false);
    RecordingSink sink;
    std::string input = client_frame(0x81, "12345") + client_frame(0x81, "123456");
    answer.codec->decode(std::as_writable_bytes(std::span(input)), sink);
    QCOMPARE(sink.transcript,
        RecordingSink::message_line(MessageKind::text, "12345", 11, 1) + RecordingSink::violation_line(1009));
}

QTEST_GUILESS_MAIN(Rfc6455RuleTest)
#include "rfc6455_rule_test.moc"
