#include "support/codec_harness.h"
#include "websocket/rfc6455_codec.h"

#include <QTest>

#include <array>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

std::unique_ptr<MessageCodec> server_codec()
{
    return std::make_unique<Rfc6455Codec>(CodecLimits{});
}

std::unique_ptr<MessageCodec> client_codec()
{
    return std::make_unique<Rfc6455Codec>(CodecLimits{}, system_masking_keys());
}

const std::string zero_key(4, '\0');

QByteArray bytes_of(const std::string& text)
{
    return QByteArray::fromStdString(text);
}

QByteArray hex(std::string_view text)
{
    return bytes_of(from_hex(text));
}

QByteArray text_line(std::string_view payload, std::uint64_t wire, std::uint32_t frames = 1)
{
    return bytes_of(RecordingSink::message_line(MessageKind::text, payload, wire, frames));
}

QByteArray binary_line(std::string_view payload, std::uint64_t wire, std::uint32_t frames = 1)
{
    return bytes_of(RecordingSink::message_line(MessageKind::binary, payload, wire, frames));
}

QByteArray control_line(std::string_view name, std::string_view payload)
{
    return bytes_of(RecordingSink::control_line(
        name, payload, 6 + payload.size() + (name.starts_with("close 1") ? 2 : 0)));
}

QByteArray violation_line(std::uint16_t code)
{
    return bytes_of(RecordingSink::violation_line(code));
}

std::string close_payload(unsigned code, std::string_view reason)
{
    return std::string{static_cast<char>(code >> 8U), static_cast<char>(code & 0xffU)} + std::string(reason);
}

} // namespace

class Rfc6455DecodeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decodes_the_same_in_every_chopping_data();
    void decodes_the_same_in_every_chopping();
    void breaks_at_the_byte_that_makes_it_certain_data();
    void breaks_at_the_byte_that_makes_it_certain();
    void obeys_the_oracle_for_all_first_two_bytes_data();
    void obeys_the_oracle_for_all_first_two_bytes();
    void accepts_exactly_the_close_codes_that_may_be_sent();
    void decodes_every_length_around_the_length_forms();
    void client_demands_unmasked_frames_data();
    void client_demands_unmasked_frames();
    void discards_everything_after_the_end_data();
    void discards_everything_after_the_end();
};

void Rfc6455DecodeTest::decodes_the_same_in_every_chopping_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("transcript");
    const auto row = [](const char* name, const QByteArray& input, const QByteArray& transcript) {
        QTest::newRow(name) << input << transcript;
    };
    const auto frame = [](unsigned first, std::string_view payload, std::string_view key = zero_key) {
        return bytes_of(client_frame(first, payload, key));
    };

    row("FR-01 Hello", hex("81 85 37fa213d 7f9f4d5158"), text_line("Hello", 11));
    row("FR-02 unmasked", hex("81 05 48656c6c6f"), violation_line(1002));
    for (const unsigned opcode : {3U, 4U, 5U, 6U, 7U, 0xbU, 0xcU, 0xdU, 0xeU, 0xfU})
        QTest::addRow("FR-04 opcode %x", opcode) << frame(0x80U | opcode, "") << violation_line(1002);
    for (const unsigned rsv : {0x40U, 0x20U, 0x10U, 0x70U})
        QTest::addRow("RSV %02x", rsv) << frame(0x81U | rsv, "a") << violation_line(1002);
    row("DF-07 RSV1 on a ping", frame(0xc9, ""), violation_line(1002));
    row("DF-07 RSV1 on a continuation", frame(0x01, "a") + frame(0xc0, "b"), violation_line(1002));
    row("FR-07 length with the highest bit", hex("82 ff 8000000000000000 00000000"), violation_line(1002));
    row("FR-08 length that wraps", hex("82 ff fffffffffffffffc 00000000"), violation_line(1002));
    row("FR-08 largest length", hex("82 ff ffffffffffffffff 00000000"), violation_line(1002));
    row("FR-10 sum that wraps", hex("01 81 00000000 61 80 ff 7fffffffffffffff 00000000"),
        violation_line(1009));
    row("FR-13 ping of 126 bytes", hex("89 fe 007e 00000000"), violation_line(1002));
    row("FR-13 ping in the 127 form", hex("89 ff 000000000000007e 00000000"), violation_line(1002));
    row("FR-13 pong of 126 bytes", hex("8a fe 007e 00000000"), violation_line(1002));
    row("FR-13 close of 126 bytes", hex("88 fe 007e 00000000"), violation_line(1002));
    row("FR-14 fragmented ping", hex("09 80 00000000"), violation_line(1002));
    row("FR-14 fragmented pong", hex("0a 80 00000000"), violation_line(1002));
    row("FR-14 fragmented close", hex("08 80 00000000"), violation_line(1002));
    row("continuation of nothing", frame(0x80, "a"), violation_line(1002));
    row("continuation of nothing, not the last", frame(0x00, "a"), violation_line(1002));
    row("continuation after a whole message", frame(0x81, "a") + frame(0x80, "b"),
        text_line("a", 7) + violation_line(1002));
    row("FR-16 text inside a text", frame(0x01, "a") + frame(0x81, "b"), violation_line(1002));
    row("FR-16 binary inside a text", frame(0x01, "a") + frame(0x02, "b"), violation_line(1002));
    row("FR-17 ping inside a text", frame(0x01, "Hel") + frame(0x89, "?") + frame(0x80, "lo"),
        control_line("ping", "?") + text_line("Hello", 17, 2));
    row("pong and ping between all fragments",
        frame(0x02, "a") + frame(0x8a, "1") + frame(0x00, "b") + frame(0x89, "2") + frame(0x8a, "3")
            + frame(0x80, "c"),
        control_line("pong", "1") + control_line("ping", "2") + control_line("pong", "3")
            + binary_line("abc", 21, 3));
    row("close inside a text", frame(0x01, "Hel") + frame(0x88, ""), control_line("close none", ""));
    row("FR-22 empty text", hex("81 80 00000000"), text_line("", 6));
    row("FR-22 empty binary", hex("82 80 00000000"), binary_line("", 6));
    row("FR-22 empty ping", hex("89 80 00000000"), control_line("ping", ""));
    row("empty fragments", frame(0x01, "") + frame(0x00, "") + frame(0x80, ""), text_line("", 18, 3));
    row("empty fragments around a byte", frame(0x01, "") + frame(0x00, "a") + frame(0x80, ""),
        text_line("a", 19, 3));
    row("FR-25 unsolicited pong", frame(0x8a, "nobody asked"), control_line("pong", "nobody asked"));
    row("FR-26 ping of 125 bytes", frame(0x89, std::string(125, 'p'), "abcd"),
        control_line("ping", std::string(125, 'p')));
    row("length 126 in the 127 form", hex("82 ff 000000000000007e 00000000"), violation_line(1002));
    row("length 65535 in the 127 form", hex("82 ff 000000000000ffff 00000000"), violation_line(1002));
    row("length 125 in the 126 form", hex("82 fe 007d 00000000"), violation_line(1002));
    row("length 0 in the 126 form", hex("82 fe 0000 00000000"), violation_line(1002));
    row("two messages in a row", frame(0x81, "one", "k3y!") + frame(0x82, "two", "\xff\xff\xff\xff"),
        text_line("one", 9) + binary_line("two", 9));
    row("126 bytes", frame(0x82, std::string(126, 'x'), "abcd"), binary_line(std::string(126, 'x'), 134));

    row("UT-01 overlong", hex("81 82 00000000 c080"), violation_line(1007));
    row("UT-01 surrogate", hex("81 83 00000000 eda080"), violation_line(1007));
    row("UT-01 beyond U+10FFFF", hex("81 84 00000000 f4908080"), violation_line(1007));
    row("UT-01 lone continuation byte", hex("81 81 00000000 80"), violation_line(1007));
    row("UT-01 ff", hex("81 81 00000000 ff"), violation_line(1007));
    row("UT-01 cut character", hex("81 82 00000000 e282"), violation_line(1007));
    row("cut character across fragments", frame(0x01, "\xe2") + frame(0x80, "\x82"), violation_line(1007));
    row("cut character ended by an empty fragment", frame(0x01, "\xe2\x82") + frame(0x80, ""),
        violation_line(1007));
    row("fault in an earlier fragment", frame(0x01, "a\xff") + frame(0x80, "b"), violation_line(1007));
    row("UT-02 a character over three fragments",
        frame(0x01, "\xe2") + frame(0x00, "\x82") + frame(0x80, "\xac"), text_line("\xe2\x82\xac", 21, 3));
    row("a character over two fragments and a ping",
        frame(0x01, "\xe2") + frame(0x89, "\xff") + frame(0x80, "\x82\xac"),
        control_line("ping", "\xff") + text_line("\xe2\x82\xac", 15, 2));
    row("UT-07 special characters",
        frame(0x81, std::string_view("\0\xef\xbb\xbf\xef\xbf\xbe\xf4\x8f\xbf\xbf", 11)),
        text_line(std::string_view("\0\xef\xbb\xbf\xef\xbf\xbe\xf4\x8f\xbf\xbf", 11), 17));
    row("UT-08 invalid UTF-8 in binary", frame(0x82, "\xc0\x80\xff"), binary_line("\xc0\x80\xff", 9));
    row("UT-08 invalid UTF-8 in fragmented binary", frame(0x02, "\xc0\x80") + frame(0x80, "\xff"),
        binary_line("\xc0\x80\xff", 15, 2));
    row("text after a fault in nothing", frame(0x82, "\xff") + frame(0x81, "a"),
        binary_line("\xff", 7) + text_line("a", 7));

    row("CL-01 empty close", hex("88 80 00000000"), control_line("close none", ""));
    row("CL-02 close of one byte", hex("88 81 00000000 00"), violation_line(1002));
    row("close with a code", frame(0x88, close_payload(1000, "")), control_line("close 1000", ""));
    row("close with a reason", frame(0x88, close_payload(1001, "köln"), "abcd"),
        control_line("close 1001", "köln"));
    row("CL-04 reason is not UTF-8", frame(0x88, close_payload(1000, "a\xff")), violation_line(1007));
    row("CL-04 reason is cut", frame(0x88, close_payload(1000, "\xe2\x82")), violation_line(1007));
    row("CL-04 reason of 123 bytes", frame(0x88, close_payload(1000, std::string(123, 'r'))),
        control_line("close 1000", std::string(123, 'r')));
    row("CL-04 reason of 124 bytes", frame(0x88, close_payload(1000, std::string(124, 'r'))),
        violation_line(1002));
    row("CL-10 hostile reason is kept exactly", frame(0x88, close_payload(1000, "\x1b[2J\xe2\x80\xae<b>")),
        control_line("close 1000", "\x1b[2J\xe2\x80\xae<b>"));
    row("message before a close", frame(0x81, "bye") + frame(0x88, ""),
        text_line("bye", 9) + control_line("close none", ""));
}

void Rfc6455DecodeTest::decodes_the_same_in_every_chopping()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, transcript);
    const Decoded whole = decode_whole(server_codec, input.toStdString());
    QCOMPARE(bytes_of(whole.transcript), transcript);
    QCOMPARE(bytes_of(difference_between_choppings(server_codec, input.toStdString())), QByteArray());
    QCOMPARE(whole.partial_bytes, std::uint64_t{0});
}

void Rfc6455DecodeTest::breaks_at_the_byte_that_makes_it_certain_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("bytes");
    QTest::newRow("RSV") << hex("c1 80 00000000") << 1;
    QTest::newRow("FR-04 opcode") << hex("83 80 00000000") << 1;
    QTest::newRow("FR-14 fragmented ping") << hex("09 80 00000000") << 1;
    QTest::newRow("continuation of nothing") << hex("80 81 00000000 61") << 1;
    QTest::newRow("FR-16 new message inside one") << hex("01 81 00000000 61 81 81 00000000 62") << 8;
    QTest::newRow("FR-02 unmasked") << hex("81 05 48656c6c6f") << 2;
    QTest::newRow("FR-13 long ping") << hex("89 fe 007e 00000000") << 2;
    QTest::newRow("CL-02 close of one byte") << hex("88 81 00000000 00") << 2;
    QTest::newRow("not the shortest length, 126") << hex("82 fe 0001 00000000") << 4;
    QTest::newRow("not the shortest length, 127") << hex("82 ff 0000000000000001 00000000") << 10;
    QTest::newRow("FR-07 highest bit") << hex("82 ff 8000000000000000 00000000") << 10;
    QTest::newRow("FR-08 wrap") << hex("82 ff fffffffffffffffc 00000000") << 10;
    QTest::newRow("FR-11 over the cap") << hex("82 ff 0000000001000001 00000000") << 10;
    QTest::newRow("FR-10 sum over the cap") << hex("01 81 00000000 61 80 ff 7fffffffffffffff 00000000") << 17;
    QTest::newRow("UT-01 first byte wrong") << hex("81 85 00000000 ff 61 61 61 61") << 7;
    QTest::newRow("UT-01 second byte wrong") << hex("81 85 00000000 e0 80 61 61 61") << 8;
    QTest::newRow("UT-04 in a second fragment") << hex("01 81 00000000 e2 80 83 00000000 82 28 61") << 15;
    QTest::newRow("cut character") << hex("81 82 00000000 e282 8181") << 8;
    QTest::newRow("close code") << hex("88 82 00000000 03ed 8181") << 8;
}

void Rfc6455DecodeTest::breaks_at_the_byte_that_makes_it_certain()
{
    QFETCH(QByteArray, input);
    QFETCH(int, bytes);
    const Decoded decoded = decode_bytewise(server_codec, input.toStdString());
    QVERIFY(decoded.violation_at.has_value());
    QCOMPARE(static_cast<int>(*decoded.violation_at), bytes);
}

void Rfc6455DecodeTest::obeys_the_oracle_for_all_first_two_bytes_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("opcodes");
    // What each opcode does: T text, B binary, + continues, C close, I ping, O pong, ! is refused.
    QTest::newRow("FR-05 idle") << QByteArray() << QByteArray("!TB!!!!!CIO!!!!!");
    QTest::newRow("FR-05 in text") << bytes_of(client_frame(0x01, "x")) << QByteArray("+!!!!!!!CIO!!!!!");
    QTest::newRow("FR-05 in binary") << bytes_of(client_frame(0x02, "x")) << QByteArray("+!!!!!!!CIO!!!!!");
}

void Rfc6455DecodeTest::obeys_the_oracle_for_all_first_two_bytes()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, opcodes);
    const bool in_text = !before.isEmpty() && before[0] == 1;

    const auto oracle = [&](unsigned first, unsigned second, const std::string& payload) -> std::string {
        const char action = opcodes[static_cast<int>(first & 0xfU)];
        const bool fin = (first & 0x80U) != 0;
        const unsigned length_field = second & 0x7fU;
        const bool is_control = action == 'C' || action == 'I' || action == 'O';
        if ((first & 0x70U) != 0 || action == '!' || (second & 0x80U) == 0
            || (is_control && (!fin || length_field > 125)))
            return "violation 1002\n";
        const std::uint64_t header = 6 + (length_field == 126 ? 2U : length_field == 127 ? 8U : 0U);
        const std::uint64_t wire = header + payload.size();
        if (action == 'I')
            return RecordingSink::control_line("ping", payload, wire);
        if (action == 'O')
            return RecordingSink::control_line("pong", payload, wire);
        if (action == 'C') // the payload is no code: 0 or 0x6161
            return payload.empty() ? RecordingSink::control_line("close none", "", wire) : "violation 1002\n";
        if (!fin)
            return {};
        if (action == '+') {
            const auto kind = in_text ? MessageKind::text : MessageKind::binary;
            return RecordingSink::message_line(kind, "x" + payload, 7 + wire, 2);
        }
        return RecordingSink::message_line(
            action == 'T' ? MessageKind::text : MessageKind::binary, payload, wire, 1);
    };

    int mismatches = 0;
    for (unsigned header = 0; header < 65536; ++header) {
        const unsigned first = header >> 8U;
        const unsigned second = header & 0xffU;
        const unsigned length_field = second & 0x7fU;
        const std::size_t length = length_field < 126 ? length_field : length_field == 126 ? 126 : 65536;
        for (const char fill : {'\0', 'a'}) {
            const std::string payload(length, fill);
            std::string input = before.toStdString();
            input.push_back(static_cast<char>(first));
            input.push_back(static_cast<char>(second));
            if (length_field == 126)
                input += from_hex("007e");
            else if (length_field == 127)
                input += from_hex("0000000000010000");
            if ((second & 0x80U) != 0)
                input += zero_key;
            // A long payload costs time only where it is taken.
            const std::string expected = oracle(first, second, payload);
            if (!expected.starts_with("violation"))
                input += payload;
            else
                input.append(payload, 0, 125);
            const Decoded decoded = decode_whole(server_codec, input);
            if (decoded.transcript != expected || !decoded.fault.empty()) {
                if (++mismatches <= 10)
                    qWarning("%02x %02x: %s instead of %s", first, second, decoded.transcript.c_str(),
                        expected.c_str());
            }
        }
    }
    QCOMPARE(mismatches, 0);
}

void Rfc6455DecodeTest::accepts_exactly_the_close_codes_that_may_be_sent()
{
    for (unsigned code = 0; code < 65536; ++code) {
        const bool may_stand = (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014)
            || (code >= 3000 && code <= 4999);
        const Decoded decoded = decode_whole(server_codec, client_frame(0x88, close_payload(code, "why")));
        const std::string expected = may_stand
            ? RecordingSink::control_line("close " + std::to_string(code), "why", 11)
            : RecordingSink::violation_line(1002);
        if (decoded.transcript != expected)
            QFAIL(
                qPrintable(QString("code %1: %2").arg(code).arg(QString::fromStdString(decoded.transcript))));
    }
}

void Rfc6455DecodeTest::decodes_every_length_around_the_length_forms()
{
    for (const std::size_t length :
        {0U, 1U, 2U, 3U, 7U, 8U, 9U, 124U, 125U, 126U, 127U, 128U, 65534U, 65535U, 65536U, 65537U}) {
        std::string payload(length, '\0');
        for (std::size_t i = 0; i < length; ++i)
            payload[i] = static_cast<char>('a' + i % 26);
        const std::string input
            = client_frame(0x81, payload, "\x37\xfa\x21\x3d") + client_frame(0x82, payload, "wxyz");
        const std::uint64_t wire = input.size() / 2;
        const std::string expected = RecordingSink::message_line(MessageKind::text, payload, wire, 1)
            + RecordingSink::message_line(MessageKind::binary, payload, wire, 1);
        QCOMPARE(decode_whole(server_codec, input).transcript, expected);
        QCOMPARE(decode_bytewise(server_codec, input).transcript, expected);
        QCOMPARE(decode_chopped(server_codec, input, {{1000}}).transcript, expected);
        QCOMPARE(decode_chopped(server_codec, input, {{input.size() - 1, 1}}).transcript, expected);
    }
}

void Rfc6455DecodeTest::client_demands_unmasked_frames_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("transcript");
    QTest::newRow("text") << bytes_of(server_frame(0x81, "Hello")) << text_line("Hello", 7);
    QTest::newRow("fragments") << bytes_of(server_frame(0x01, "Hel") + server_frame(0x80, "lo"))
                               << text_line("Hello", 9, 2);
    QTest::newRow("ping") << bytes_of(server_frame(0x89, "?"))
                          << bytes_of(RecordingSink::control_line("ping", "?", 3));
    QTest::newRow("close") << bytes_of(server_frame(0x88, close_payload(1001, "bye")))
                           << bytes_of(RecordingSink::control_line("close 1001", "bye", 7));
    QTest::newRow("long") << bytes_of(server_frame(0x82, std::string(300, 'x')))
                          << binary_line(std::string(300, 'x'), 304);
    QTest::newRow("masked") << bytes_of(client_frame(0x81, "Hello")) << violation_line(1002);
    QTest::newRow("invalid UTF-8") << bytes_of(server_frame(0x81, "a\xff")) << violation_line(1007);
}

void Rfc6455DecodeTest::client_demands_unmasked_frames()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, transcript);
    QCOMPARE(bytes_of(decode_whole(client_codec, input.toStdString()).transcript), transcript);
    QCOMPARE(bytes_of(difference_between_choppings(client_codec, input.toStdString())), QByteArray());
}

void Rfc6455DecodeTest::discards_everything_after_the_end_data()
{
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<bool>("pauses");
    QTest::newRow("FR-28 close") << bytes_of(client_frame(0x88, "")) << false;
    QTest::newRow("FR-28 close, paused") << bytes_of(client_frame(0x88, "")) << true;
    QTest::newRow("violation") << hex("83 80") << false;
    QTest::newRow("violation, paused") << hex("83 80") << true;
    QTest::newRow("violation inside a message")
        << bytes_of(client_frame(0x01, "abc") + client_frame(0x01, "d")) << false;
}

void Rfc6455DecodeTest::discards_everything_after_the_end()
{
    QFETCH(QByteArray, end);
    QFETCH(bool, pauses);
    const auto codec = server_codec();
    RecordingSink sink;
    sink.pauses = pauses;
    std::string input = end.toStdString() + client_frame(0x81, "not shown") + std::string(1U << 20U, '\x81');
    const auto bytes = std::as_writable_bytes(std::span(input));
    QCOMPARE(codec->decode(bytes, sink), input.size());
    QCOMPARE(codec->decode(bytes.first(1), sink), std::size_t{1});
    QCOMPARE(codec->decode(bytes, sink), input.size());
    QCOMPARE(sink.calls, std::size_t{1});
    QCOMPARE(codec->partial_bytes(), std::uint64_t{0});
}

QTEST_GUILESS_MAIN(Rfc6455DecodeTest)
#include "rfc6455_decode_test.moc"
