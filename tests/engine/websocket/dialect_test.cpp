#include "support/codec_harness.h"
#include "websocket/dialect.h"
#include "websocket/rfc6455_codec.h"

#include "jackfield/close_code.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

CodecFactory codec_of(Dialect dialect)
{
    return [dialect] { return std::make_unique<Rfc6455Codec>(CodecLimits{}, dialect); };
}

std::string close_payload(unsigned code)
{
    return {static_cast<char>(code >> 8U), static_cast<char>(code & 0xffU)};
}

} // namespace

Q_DECLARE_METATYPE(Dialect)

/// What hybi-07 and hybi-10 do otherwise than RFC 6455, on the same codec.
class DialectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knows_its_close_codes_data();
    void knows_its_close_codes();
    void sends_only_codes_that_it_may_receive_data();
    void sends_only_codes_that_it_may_receive();
    void says_what_it_means_in_its_own_codes_data();
    void says_what_it_means_in_its_own_codes();
    void takes_long_forms_of_lengths_data();
    void takes_long_forms_of_lengths();
    void frames_alike_data() { every_dialect(); }
    void frames_alike();

private:
    static void every_dialect()
    {
        QTest::addColumn<Dialect>("dialect");
        QTest::newRow("RFC 6455") << Dialect::rfc6455;
        QTest::newRow("hybi-07") << Dialect::hybi07;
        QTest::newRow("hybi-10") << Dialect::hybi10;
    }
};

void DialectTest::knows_its_close_codes_data()
{
    QTest::addColumn<Dialect>("dialect");
    QTest::addColumn<QList<int>>("below_3000"); // all that a Close frame may carry
    QTest::newRow("RFC 6455 section 7.4.1")
        << Dialect::rfc6455
        << QList<int>{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014};
    QTest::newRow("hybi-07 section 7.4.1") << Dialect::hybi07 << QList<int>{1000, 1001, 1002, 1003, 1004};
    QTest::newRow("hybi-10 section 7.4.1")
        << Dialect::hybi10 << QList<int>{1000, 1001, 1002, 1003, 1004, 1007};
}

void DialectTest::knows_its_close_codes()
{
    QFETCH(Dialect, dialect);
    QFETCH(QList<int>, below_3000);
    for (unsigned code = 0; code < 65536; ++code) {
        const auto number = static_cast<std::uint16_t>(code);
        const bool expected = code < 3000 ? below_3000.contains(static_cast<int>(code)) : code < 5000;
        QVERIFY2(may_be_received(dialect, number) == expected, qPrintable(QString::number(code)));
    }
    // The codec holds itself to it, in any chopping.
    for (const unsigned code : {0U, 999U, 1000U, 1003U, 1004U, 1005U, 1006U, 1007U, 1008U, 1009U, 1011U,
             1015U, 2000U, 2999U, 3000U, 4999U, 5000U, 65535U}) {
        const std::string bytes = client_frame(0x88, close_payload(code), "abcd");
        const bool good = may_be_received(dialect, static_cast<std::uint16_t>(code));
        QCOMPARE(decode_whole(codec_of(dialect), bytes).transcript,
            good ? RecordingSink::control_line("close " + std::to_string(code), "", 8)
                 : RecordingSink::violation_line(1002));
        QCOMPARE(difference_between_choppings(codec_of(dialect), bytes), std::string());
    }
}

void DialectTest::sends_only_codes_that_it_may_receive_data()
{
    every_dialect();
}

void DialectTest::sends_only_codes_that_it_may_receive()
{
    QFETCH(Dialect, dialect);
    for (unsigned code = 0; code < 65536; ++code) {
        const auto number = static_cast<std::uint16_t>(code);
        const auto sent = sent_code(dialect, number);
        QVERIFY2(!sent || may_be_received(dialect, *sent), qPrintable(QString::number(code)));
        QCOMPARE(codec_of(dialect)()->close_code_on_wire(number), sent);
        if (may_be_received(dialect, number))
            QCOMPARE(sent, std::optional(number));
    }
}

void DialectTest::says_what_it_means_in_its_own_codes_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("hybi07"); // 0: a frame without a code
    QTest::addColumn<int>("hybi10");
    QTest::newRow("going away") << 1001 << 1001 << 1001;
    QTest::newRow("invalid UTF-8") << 1007 << 1002 << 1007;
    QTest::newRow("policy") << 1008 << 0 << 0;
    QTest::newRow("too big") << 1009 << 1004 << 1004;
    QTest::newRow("mandatory extension") << 1010 << 0 << 0;
    QTest::newRow("internal error") << 1011 << 0 << 0;
    QTest::newRow("restart") << 1012 << 1001 << 1001;
    QTest::newRow("try again later") << 1013 << 0 << 0;
    QTest::newRow("an application's") << 4001 << 4001 << 4001;
}

void DialectTest::says_what_it_means_in_its_own_codes()
{
    QFETCH(int, code);
    QFETCH(int, hybi07);
    QFETCH(int, hybi10);
    const auto number = static_cast<std::uint16_t>(code);
    QCOMPARE(int{sent_code(Dialect::hybi07, number).value_or(0)}, hybi07);
    QCOMPARE(int{sent_code(Dialect::hybi10, number).value_or(0)}, hybi10);
    QCOMPARE(sent_code(Dialect::rfc6455, number), std::optional(number));
}

void DialectTest::takes_long_forms_of_lengths_data()
{
    every_dialect();
}

void DialectTest::takes_long_forms_of_lengths()
{
    QFETCH(Dialect, dialect);
    const std::string of_16_bits = from_hex("81 fe 0002 00000000") + "hi";
    const std::string of_64_bits = from_hex("81 ff 0000000000000002 00000000") + "hi";
    for (const auto& [bytes, wire] : {std::pair(of_16_bits, 10U), std::pair(of_64_bits, 16U)}) {
        QCOMPARE(decode_whole(codec_of(dialect), bytes).transcript,
            dialect == Dialect::rfc6455 ? RecordingSink::violation_line(1002)
                                        : RecordingSink::message_line(MessageKind::text, "hi", wire, 1));
        QCOMPARE(difference_between_choppings(codec_of(dialect), bytes), std::string());
    }
    // The highest bit is 0 in all of them.
    QCOMPARE(decode_whole(codec_of(dialect), from_hex("81 ff 8000000000000002")).transcript,
        RecordingSink::violation_line(1002));
}

void DialectTest::frames_alike()
{
    QFETCH(Dialect, dialect);
    // hybi-07 and RFC 6455 section 5.7 (4.7 in the drafts) give the same examples.
    const std::string bytes = from_hex("81 85 37fa213d 7f9f4d5158") // "Hello"
        + client_frame(0x01, "Hel", "abcd") + client_frame(0x89, "Hello") + client_frame(0x80, "lo", "wxyz")
        + client_frame(0x82, std::string(256, 'b')) + client_frame(0x8a, "");
    const std::string expected = RecordingSink::message_line(MessageKind::text, "Hello", 11, 1)
        + RecordingSink::control_line("ping", "Hello", 11)
        + RecordingSink::message_line(MessageKind::text, "Hello", 17, 2)
        + RecordingSink::message_line(MessageKind::binary, std::string(256, 'b'), 264, 1)
        + RecordingSink::control_line("pong", "", 6);
    QCOMPARE(decode_whole(codec_of(dialect), bytes).transcript, expected);
    QCOMPARE(difference_between_choppings(codec_of(dialect), bytes), std::string());
    for (const char* broken : {"83 80 00000000", "8b 80 00000000", "c1 80 00000000", "09 80 00000000",
             "89 fe", "81 05", "80 80 00000000", "88 81 00000000"})
        QCOMPARE(decode_whole(codec_of(dialect), from_hex(broken)).transcript,
            RecordingSink::violation_line(1002));
    QCOMPARE(decode_whole(codec_of(dialect), client_frame(0x81, "\xc0")).transcript,
        RecordingSink::violation_line(1007));

    ByteBuffer out;
    const auto codec = codec_of(dialect)();
    QVERIFY(codec->has_closing_handshake() && codec->can_encode(MessageKind::binary, {}));
    codec->encode_message(out, MessageKind::text, as_bytes("Hello"), 2);
    QVERIFY(codec->encode_ping(out, {}));
    codec->encode_close(out, 1000, "bye");
    QCOMPARE(std::string(as_text(std::as_const(out).view())),
        server_frame(0x01, "Hel") + server_frame(0x80, "lo") + server_frame(0x89, "")
            + server_frame(0x88, close_payload(1000) + "bye"));
    QCOMPARE(codec->wire_format(), codec_of(Dialect::rfc6455)()->wire_format());
}

QTEST_GUILESS_MAIN(DialectTest)
#include "dialect_test.moc"
