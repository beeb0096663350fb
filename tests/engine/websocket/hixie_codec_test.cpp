#include "support/codec_harness.h"
#include "websocket/hixie_codec.h"

#include <QTest>

#include <random>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

using Closing = HixieCodec::Closing;

constexpr std::uint64_t limit = 1'000;

CodecFactory codec_of(Closing closing, std::uint64_t max_message = limit)
{
    return [closing, max_message] {
        return std::make_unique<HixieCodec>(CodecLimits{max_message, 16}, closing);
    };
}

const CodecFactory hybi00 = codec_of(Closing::by_handshake);
const CodecFactory hixie75 = codec_of(Closing::by_end_of_stream);

std::string text_frame(std::string_view text)
{
    return std::string(1, '\0').append(text).append("\xff");
}

/// A frame to be skipped: a type of 0x80 and more, the length in seven bits an octet, the bytes.
std::string binary_frame(unsigned type, std::string_view payload, unsigned length_octets = 0)
{
    std::string length;
    std::uint64_t rest = payload.size();
    do {
        length.insert(length.begin(), static_cast<char>((rest & 0x7fU) | (length.empty() ? 0U : 0x80U)));
        rest >>= 7U;
    } while (rest != 0 || length.size() < length_octets);
    return std::string(1, static_cast<char>(type)).append(length).append(payload);
}

std::string message(std::string_view text)
{
    return RecordingSink::message_line(MessageKind::text, text, text.size() + 2, 1);
}

std::string closed(std::uint64_t wire = 2)
{
    return RecordingSink::control_line("close none", "", wire);
}

std::string violation(int code)
{
    return RecordingSink::violation_line(static_cast<std::uint16_t>(code));
}

std::string encoded(
    const CodecFactory& make_codec, const std::function<void(MessageCodec&, ByteBuffer&)>& act)
{
    ByteBuffer out;
    act(*make_codec(), out);
    return std::string(as_text(std::as_const(out).view()));
}

/// How many bytes have to come before a violation is told, one at a time.
std::optional<std::size_t> told_at(const CodecFactory& make_codec, std::string_view bytes)
{
    return decode_bytewise(make_codec, bytes).violation_at;
}

} // namespace

class HixieCodecTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decodes_data();
    void decodes();
    void only_hybi_00_has_a_closing_handshake_data();
    void only_hybi_00_has_a_closing_handshake();
    void fails_at_the_first_certain_byte_data();
    void fails_at_the_first_certain_byte();
    void any_type_byte_before_any_second_byte();
    void hands_over_a_view_of_the_input();
    void an_idle_codec_owns_nothing();
    void grows_with_what_has_arrived();
    void new_limits_hold_from_the_next_frame_on();
    void discards_everything_after_the_end_data();
    void discards_everything_after_the_end();
    void random_streams();
    void garbage_gives_the_same_in_any_chopping();
    void encodes_one_frame_whatever_is_asked_for();
    void cannot_encode_what_would_break_the_frame();
    void has_no_control_frames_but_the_closing();
};

void HixieCodecTest::decodes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("transcript");
    const auto row = [](const char* name, const std::string& bytes, const std::string& transcript) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray::fromStdString(transcript);
    };
    row("nothing", "", "");
    row("draft section 1.2: Hello", from_hex("00 48656c6c6f ff"), message("Hello"));
    row("an empty message", text_frame(""), message(""));
    row("two messages", text_frame("one") + text_frame("two"), message("one") + message("two"));
    row("characters of all lengths", text_frame("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"),
        message("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"));
    row("NUL inside a message", text_frame(std::string("a\0b", 3)), message(std::string("a\0b", 3)));
    row("a message at the limit", text_frame(std::string(limit, 'x')), message(std::string(limit, 'x')));
    row("a message without an end", std::string("\0abc", 4), "");
    row("binary is skipped", binary_frame(0x80, "abc") + text_frame("next"), message("next"));
    row("binary that looks like frames is skipped",
        binary_frame(0x81, text_frame("no") + from_hex("ff00")) + text_frame("next"), message("next"));
    row("binary of 200 bytes", binary_frame(0xfe, std::string(200, '\xff')) + text_frame("next"),
        message("next"));
    row("binary at the limit", binary_frame(0x80, std::string(limit, '\0')) + text_frame("next"),
        message("next"));
    row("binary without bytes", from_hex("80 00 fe 00") + text_frame("next"), message("next"));
    row("0xff with bytes is binary too", binary_frame(0xff, "a") + text_frame("next"), message("next"));
    row("a length with leading zeros", binary_frame(0x80, "abc", 9) + text_frame("next"), message("next"));
    row("text of other types is skipped",
        std::string("\x01 skipped\xff\x7f\xff\x30\xc0\x80\xff") + text_frame("next"), message("next"));
    row("other text at the limit", "\x02" + std::string(limit, 'x') + "\xff" + text_frame("next"),
        message("next"));
    const auto refused = [&](const char* name, const std::string& bytes, int code) {
        row(name, bytes + text_frame("never"), violation(code));
    };
    refused("one byte over the limit", text_frame(std::string(limit + 1, 'x')), 1009);
    refused("far over the limit", text_frame(std::string(3 * limit, 'x')), 1009);
    refused("binary over the limit", binary_frame(0x80, std::string(limit + 1, 'x')), 1009);
    refused("other text over the limit", "\x02" + std::string(limit + 1, 'x') + "\xff", 1009);
    refused("a length of 2^63", from_hex("80 81808080808080808000"), 1009);
    refused("ten octets of length", from_hex("80 80808080808080808001"), 1002);
    refused("ten octets of length 0", from_hex("ff 80808080808080808000"), 1002);
    refused("a lone continuation byte", text_frame("a\x80"), 1007);
    refused("an overlong form", text_frame("\xc0\x80"), 1007);
    refused("a surrogate", text_frame("\xed\xa0\x80"), 1007);
    refused("beyond U+10FFFF", text_frame("\xf4\x90\x80\x80"), 1007);
    refused("a character that is not finished", text_frame("\xe2\x82"), 1007);
    refused("0xfe is in no text", text_frame("\xfe"), 1007);
    refused("invalid before it is too large", text_frame("\x80" + std::string(2 * limit, 'x')), 1007);
    refused("too large before it is invalid", text_frame(std::string(limit, 'x') + "\x80"), 1009);
}

void HixieCodecTest::decodes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, transcript);
    for (const CodecFactory& codec : {hybi00, hixie75}) {
        const Decoded decoded = decode_whole(codec, bytes.toStdString());
        QCOMPARE(decoded.fault, std::string());
        QCOMPARE(QByteArray::fromStdString(decoded.transcript), transcript);
        QCOMPARE(difference_between_choppings(codec, bytes.toStdString()), std::string());
    }
}

void HixieCodecTest::only_hybi_00_has_a_closing_handshake_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<bool>("closes");
    QTest::newRow("ff 00") << QByteArray("\xff\x00", 2) << true;
    QTest::newRow("ff 80 00: length 0 in two octets") << QByteArray("\xff\x80\x00", 3) << true;
    QTest::newRow("fe 00") << QByteArray("\xfe\x00", 2) << false;
    QTest::newRow("80 00") << QByteArray("\x80\x00", 2) << false;
    QTest::newRow("ff 01 00") << QByteArray("\xff\x01\x00", 3) << false;
}

void HixieCodecTest::only_hybi_00_has_a_closing_handshake()
{
    QFETCH(QByteArray, frame);
    QFETCH(bool, closes);
    const std::string bytes = text_frame("a") + frame.toStdString() + text_frame("b");
    const std::string end = closes ? closed(static_cast<std::uint64_t>(frame.size())) : message("b");
    QCOMPARE(decode_whole(hybi00, bytes).transcript, message("a") + end);
    QCOMPARE(decode_whole(hixie75, bytes).transcript, message("a") + message("b"));
    QCOMPARE(difference_between_choppings(hybi00, bytes), std::string());
    QCOMPARE(difference_between_choppings(hixie75, bytes), std::string());
}

void HixieCodecTest::fails_at_the_first_certain_byte_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("at");
    const auto row = [](const char* name, const std::string& bytes, std::size_t at) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << static_cast<int>(at);
    };
    row("invalid UTF-8 in the middle", text_frame("ab\xc0yz"), 4);
    row("a character that breaks off", text_frame("ab\xe2\x82z"), 6);
    row("a character that ends with the message", text_frame("\xe2\x82"), 4);
    row("the first byte over the limit", text_frame(std::string(2 * limit, 'x')), 1 + limit + 1);
    row("other text", "\x02" + std::string(2 * limit, 'x'), 1 + limit + 1);
    row("the octet that passes the limit", from_hex("80 878080"), 1 + 3); // 7 << 14
    row("an octet that passes it early", from_hex("80 8fff8000"), 1 + 2); // 15 * 128 + 127
    row("the ninth octet of ten", from_hex("80 80808080808080808000"), 1 + 9);
}

void HixieCodecTest::fails_at_the_first_certain_byte()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, at);
    for (const CodecFactory& codec : {hybi00, hixie75})
        QCOMPARE(told_at(codec, bytes.toStdString()), std::optional(static_cast<std::size_t>(at)));
}

void HixieCodecTest::any_type_byte_before_any_second_byte()
{
    for (unsigned type = 0; type < 256; ++type) {
        for (unsigned second = 0; second < 256; ++second) {
            const std::string bytes{static_cast<char>(type), static_cast<char>(second)};
            std::string expected;
            if (type == 0 && second == 0xff)
                expected = message("");
            else if (type == 0 && ((second >= 0x80 && second < 0xc2) || second > 0xf4))
                expected = violation(1007);
            else if (type == 0xff && second == 0)
                expected = closed();
            const Decoded whole = decode_whole(hybi00, bytes);
            const Decoded split = decode_bytewise(hybi00, bytes);
            QVERIFY2(whole.transcript == expected && split.transcript == expected,
                qPrintable(QString::fromStdString(to_hex(bytes) + ": " + whole.transcript)));
        }
    }
}

void HixieCodecTest::hands_over_a_view_of_the_input()
{
    RecordingSink sink;
    std::string input = text_frame("first") + text_frame("second");
    const auto codec = hybi00();
    codec->decode(std::as_writable_bytes(std::span(input)), sink);
    QCOMPARE(static_cast<const void*>(sink.last_payload.data()), static_cast<const void*>(input.data() + 8));
}

void HixieCodecTest::an_idle_codec_owns_nothing()
{
    const std::vector<std::pair<std::string, bool>> cases = {
        {text_frame("whole"), false},
        {std::string("\0part", 5), true},
        {from_hex("80"), false},
        {from_hex("80 87"), false},
        {binary_frame(0x80, std::string(900, 'x')).substr(0, 500), false},
        {"\x01" + std::string(900, 'x'), false},
        {from_hex("ff 00"), false},
        {std::string("\0a\x80", 3), false},
    };
    for (const auto& [bytes, holds] : cases) {
        QCOMPARE(decode_whole(hybi00, bytes).partial_bytes != 0, holds);
        QCOMPARE(decode_bytewise(hybi00, bytes).partial_bytes != 0, holds);
    }
}

void HixieCodecTest::grows_with_what_has_arrived()
{
    const auto codec = codec_of(Closing::by_handshake, 16U << 20U)();
    RecordingSink sink;
    std::string piece = std::string("\0", 1) + std::string(1'000, 'x');
    for (std::size_t fed = 1'000; fed <= 100'000; fed += 1'000) {
        codec->decode(std::as_writable_bytes(std::span(piece)), sink);
        QVERIFY(codec->partial_bytes() >= fed && codec->partial_bytes() <= 2 * fed + 1'024);
        piece.assign(1'000, 'x');
    }
    std::string end = "\xff";
    codec->decode(std::as_writable_bytes(std::span(end)), sink);
    QCOMPARE(codec->partial_bytes(), std::uint64_t{0});
    QCOMPARE(sink.transcript, message(std::string(100'000, 'x')));
}

void HixieCodecTest::new_limits_hold_from_the_next_frame_on()
{
    const auto codec = hybi00();
    RecordingSink sink;
    const auto feed
        = [&](std::string bytes) { codec->decode(std::as_writable_bytes(std::span(bytes)), sink); };
    feed(std::string("\0ab", 3));
    codec->set_limits({2, 16});
    feed("cd\xff");
    QCOMPARE(sink.transcript, message("abcd"));
    feed(text_frame("ab"));
    feed(text_frame("abc"));
    QCOMPARE(sink.transcript, message("abcd") + message("ab") + violation(1009));
}

void HixieCodecTest::discards_everything_after_the_end_data()
{
    QTest::addColumn<QByteArray>("end");
    QTest::newRow("closing handshake") << QByteArray("\xff\x00", 2);
    QTest::newRow("violation") << QByteArray("\x00\x80", 2);
}

void HixieCodecTest::discards_everything_after_the_end()
{
    QFETCH(QByteArray, end);
    const auto codec = hybi00();
    RecordingSink sink;
    std::string bytes = end.toStdString() + text_frame("late");
    QCOMPARE(codec->decode(std::as_writable_bytes(std::span(bytes)), sink), bytes.size());
    const std::size_t calls = sink.calls;
    for (int i = 0; i < 3; ++i)
        QCOMPARE(codec->decode(std::as_writable_bytes(std::span(bytes)), sink), bytes.size());
    QCOMPARE(sink.calls, calls);
    QVERIFY(sink.faults.empty());
}

void HixieCodecTest::random_streams()
{
    std::mt19937 random(75);
    const auto below = [&](unsigned most) { return static_cast<unsigned>(random() % most); };
    static const std::array<std::string, 6> characters{
        "a", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "zzzzzzzzz", std::string("\0", 1)};
    for (int round = 0; round < 400; ++round) {
        std::string bytes;
        std::string transcript;
        for (unsigned left = 1 + below(8); left > 0; --left) {
            std::string payload;
            const unsigned size = below(3) == 0 ? below(400) : below(12);
            switch (below(4)) {
            case 0:
                for (unsigned i = 0; i < size; ++i)
                    payload.push_back(static_cast<char>(below(256)));
                bytes += binary_frame(0x80 + below(127), payload, below(10));
                break;
            case 1:
                for (unsigned i = 0; i < size; ++i)
                    payload.push_back(static_cast<char>(below(255)));
                bytes += static_cast<char>(1 + below(127)) + payload + "\xff";
                break;
            default:
                while (payload.size() < size)
                    payload += characters[below(characters.size())];
                bytes += text_frame(payload);
                transcript += message(payload);
            }
        }
        if (below(3) == 0) {
            bytes += from_hex("ff00") + text_frame("late");
            transcript += closed();
        }
        for (int i = 0; i < 10; ++i) {
            Chopping chopping;
            for (int piece = 0; piece < 30; ++piece)
                chopping.piece_sizes.push_back(1 + below(below(2) == 0 ? 8 : 300));
            chopping.takes_fragments = below(2) == 0;
            chopping.pauses = below(2) == 0;
            const Decoded decoded = decode_chopped(hybi00, bytes, chopping);
            QCOMPARE(decoded.fault, std::string());
            QCOMPARE(decoded.transcript, transcript);
            QCOMPARE(decoded.partial_bytes, std::uint64_t{0});
        }
    }
}

void HixieCodecTest::garbage_gives_the_same_in_any_chopping()
{
    std::mt19937 random(76);
    // Bytes that matter to the framing come more often than by chance.
    static const std::string marks("\x00\x00\xff\xff\x80\x81\x01\x7f\xc3\xa4", 10);
    for (int round = 0; round < 300; ++round) {
        std::string bytes;
        for (unsigned left = static_cast<unsigned>(random() % 60); left > 0; --left)
            bytes += random() % 2 == 0 ? marks[random() % marks.size()] : static_cast<char>(random());
        for (const CodecFactory& codec : {codec_of(Closing::by_handshake, 20), hixie75})
            QCOMPARE(difference_between_choppings(codec, bytes), std::string());
    }
}

void HixieCodecTest::encodes_one_frame_whatever_is_asked_for()
{
    for (const CodecFactory& codec : {hybi00, hixie75}) {
        for (const std::uint32_t fragments : {1U, 2U, 1'000U}) {
            for (const std::string& text : {std::string("Hello"), std::string(), std::string(70'000, 'x')}) {
                const std::string bytes = encoded(codec, [&](MessageCodec& c, ByteBuffer& out) {
                    QVERIFY(c.can_encode(MessageKind::text, as_bytes(text)));
                    c.encode_message(out, MessageKind::text, as_bytes(text), fragments);
                });
                QCOMPARE(bytes, text_frame(text));
                // Both directions look the same.
                QCOMPARE(
                    decode_whole(codec_of(Closing::by_handshake, 100'000), bytes).transcript, message(text));
            }
        }
    }
    QCOMPARE(hybi00()->wire_format(), hixie75()->wire_format());
    QVERIFY(hybi00()->wire_format() > 1); // not 0, and not that of RFC 6455
}

void HixieCodecTest::cannot_encode_what_would_break_the_frame()
{
    const auto codec = hybi00();
    QVERIFY(!codec->can_encode(MessageKind::binary, as_bytes("abc")));
    QVERIFY(!codec->can_encode(MessageKind::binary, {}));
    QVERIFY(!codec->can_encode(MessageKind::text, as_bytes("a\xff")));
    QVERIFY(codec->can_encode(MessageKind::text, as_bytes(std::string("\0\x7f\xc3\xa4", 4))));
    QVERIFY(codec->can_encode(MessageKind::text, {}));
}

void HixieCodecTest::has_no_control_frames_but_the_closing()
{
    for (const CodecFactory& codec : {hybi00, hixie75}) {
        QCOMPARE(encoded(codec,
                     [](MessageCodec& c, ByteBuffer& out) {
                         QVERIFY(!c.encode_ping(out, as_bytes("ping")));
                         QVERIFY(!c.encode_pong(out, {}));
                     }),
            std::string());
        QCOMPARE(codec()->close_code_on_wire(1000), std::optional<std::uint16_t>());
    }
    const auto close = [](MessageCodec& c, ByteBuffer& out) { c.encode_close(out, std::nullopt, {}); };
    QVERIFY(hybi00()->has_closing_handshake());
    QCOMPARE(encoded(hybi00, close), from_hex("ff00"));
    QVERIFY(!hixie75()->has_closing_handshake());
    QCOMPARE(encoded(hixie75, close), std::string());
}

QTEST_GUILESS_MAIN(HixieCodecTest)
#include "hixie_codec_test.moc"
