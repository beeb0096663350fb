#include "support/codec_harness.h"
#include "websocket/rfc6455_codec.h"

#include <QTest>

#include <set>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

constexpr std::uint64_t overhead = 1024; // what a codec may hold beside the bytes of a message

std::size_t feed(MessageCodec& codec, std::string bytes, RecordingSink& sink)
{
    return codec.decode(std::as_writable_bytes(std::span(bytes)), sink);
}

/// The first bytes of a client's frame whose payload is announced and not sent.
std::string announced(unsigned first_byte, std::uint64_t length)
{
    std::string header = client_frame(first_byte,
        std::string(length < 126 ? 0
                : length < 65536 ? 126
                                 : 65536,
            'x'));
    header.resize(length < 126 ? 2 : length < 65536 ? 4 : 10);
    if (length < 126)
        header[1] = static_cast<char>(0x80U | length);
    for (std::size_t i = 0; i + 2 < header.size(); ++i)
        header[header.size() - 1 - i] = static_cast<char>(length >> (i * 8) & 0xffU);
    return header;
}

} // namespace

class Rfc6455LimitsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void idle_codec_is_small_and_holds_no_buffers();
    void whole_message_is_handed_over_in_place();
    void holds_a_message_of_exactly_the_cap_and_refuses_one_byte_more_data();
    void holds_a_message_of_exactly_the_cap_and_refuses_one_byte_more();
    void caps_the_sum_of_fragments();
    void new_limits_hold_from_the_next_frame();
    void announcing_a_length_allocates_nothing_for_it();
    void buffer_grows_with_what_arrives_and_goes_with_the_message();
    void counts_fragments_up_to_the_cap_data();
    void counts_fragments_up_to_the_cap();
    void many_small_messages_in_one_burst_come_in_order();
    void bytewise_message_is_not_copied_over_and_over();
    void invalid_byte_deep_in_a_frame_is_told_when_it_arrives();
    void pausing_takes_exactly_the_bytes_of_what_was_told();
    void fragments_are_not_collected();
    void stops_in_the_middle_of_fragments_of_one_frame();
};

void Rfc6455LimitsTest::idle_codec_is_small_and_holds_no_buffers()
{
    QVERIFY2(sizeof(Rfc6455Codec) <= 128, qPrintable(QString::number(sizeof(Rfc6455Codec))));
    Rfc6455Codec codec{CodecLimits{}};
    QCOMPARE(codec.partial_bytes(), std::uint64_t{0});
    RecordingSink sink;
    const std::string message = client_frame(0x81, std::string(5000, 'a'), "abcd");
    for (std::size_t cut = 1; cut < 20; ++cut) {
        feed(codec, message.substr(0, cut), sink);
        QVERIFY(codec.partial_bytes() > 0);
        feed(codec, message.substr(cut), sink);
        QCOMPARE(codec.partial_bytes(), std::uint64_t{0});
    }
    for (const std::string& half : {client_frame(0x89, "ping"), client_frame(0x88, "")}) {
        feed(codec, half.substr(0, 3), sink);
        QVERIFY(codec.partial_bytes() > 0 && codec.partial_bytes() <= overhead);
        feed(codec, half.substr(3), sink);
        QCOMPARE(codec.partial_bytes(), std::uint64_t{0});
    }
}

void Rfc6455LimitsTest::whole_message_is_handed_over_in_place()
{
    Rfc6455Codec codec{CodecLimits{}};
    RecordingSink sink;
    std::string input = client_frame(0x89, "p") + client_frame(0x82, std::string(300, 'x'), "abcd");
    codec.decode(std::as_writable_bytes(std::span(input)), sink);
    QCOMPARE(
        static_cast<const void*>(sink.last_payload.data()), static_cast<const void*>(input.data() + 7 + 8));
    QCOMPARE(sink.last_payload.size(), std::size_t{300});
}

void Rfc6455LimitsTest::holds_a_message_of_exactly_the_cap_and_refuses_one_byte_more_data()
{
    QTest::addColumn<int>("cap");
    for (const int cap : {1, 100, 125, 126, 1024, 65535, 65536, 100'000})
        QTest::addRow("FR-11 cap of %d", cap) << cap;
}

void Rfc6455LimitsTest::holds_a_message_of_exactly_the_cap_and_refuses_one_byte_more()
{
    QFETCH(int, cap);
    const auto limit = static_cast<std::uint64_t>(cap);
    const auto make = [limit] { return std::make_unique<Rfc6455Codec>(CodecLimits{limit, 10}); };
    const std::string payload(limit, 'x');
    const std::string whole = client_frame(0x81, payload);
    QCOMPARE(decode_whole(make, whole).transcript,
        RecordingSink::message_line(MessageKind::text, payload, whole.size(), 1));
    QCOMPARE(decode_chopped(make, whole, {{whole.size() - 1, 1}}).transcript,
        RecordingSink::message_line(MessageKind::text, payload, whole.size(), 1));

    // Only the header: the payload need not arrive.
    const std::string header = announced(0x81, limit + 1);
    const Decoded refused = decode_bytewise(make, header);
    QCOMPARE(refused.transcript, RecordingSink::violation_line(1009));
    QCOMPARE(refused.violation_at.value_or(0), header.size());
    QCOMPARE(refused.violation.cause, CloseCause::message_too_big);
}

void Rfc6455LimitsTest::caps_the_sum_of_fragments()
{
    const auto make = [] { return std::make_unique<Rfc6455Codec>(CodecLimits{10, 100}); };
    const std::string exact
        = client_frame(0x02, "12345") + client_frame(0x00, "6789") + client_frame(0x80, "0");
    QCOMPARE(decode_whole(make, exact).transcript,
        RecordingSink::message_line(MessageKind::binary, "1234567890", 28, 3));
    const std::string more
        = client_frame(0x02, "12345") + client_frame(0x00, "6789") + client_frame(0x80, "01");
    QCOMPARE(decode_whole(make, more).transcript, RecordingSink::violation_line(1009));
    QCOMPARE(difference_between_choppings(make, more), std::string());
    // The cap is one message's: the next starts from nothing. A ping in between counts for nothing.
    const std::string two = client_frame(0x02, "1234567890") + client_frame(0x80, "")
        + client_frame(0x89, "ping!") + client_frame(0x82, "1234567890");
    QCOMPARE(decode_whole(make, two).transcript,
        RecordingSink::message_line(MessageKind::binary, "1234567890", 22, 2)
            + RecordingSink::control_line("ping", "ping!", 11)
            + RecordingSink::message_line(MessageKind::binary, "1234567890", 16, 1));
}

void Rfc6455LimitsTest::new_limits_hold_from_the_next_frame()
{
    Rfc6455Codec codec{CodecLimits{100, 10}};
    RecordingSink sink;
    const std::string frame = client_frame(0x02, std::string(50, 'x'));
    feed(codec, frame.substr(0, 20), sink);
    codec.set_limits({10, 10});
    feed(codec, frame.substr(20), sink);
    QCOMPARE(sink.calls, std::size_t{0});
    // More is held than the new limit allows: even an empty frame is too much.
    feed(codec, client_frame(0x80, ""), sink);
    QCOMPARE(sink.transcript, RecordingSink::violation_line(1009));
}

void Rfc6455LimitsTest::announcing_a_length_allocates_nothing_for_it()
{
    Rfc6455Codec codec{CodecLimits{std::uint64_t{1} << 40U, 10}};
    RecordingSink sink;
    feed(codec, from_hex("82 ff 000000ffffffffff 61626364"), sink);
    QVERIFY(codec.partial_bytes() <= overhead);
    feed(codec, std::string(1000, 'x'), sink);
    QVERIFY(codec.partial_bytes() <= overhead + 2000);
    QCOMPARE(sink.calls, std::size_t{0});
    // FR-08: the same for a length that is refused.
    Rfc6455Codec another{CodecLimits{}};
    feed(another, from_hex("82 ff fffffffffffffffc 61626364"), sink);
    QCOMPARE(another.partial_bytes(), std::uint64_t{0});
}

void Rfc6455LimitsTest::buffer_grows_with_what_arrives_and_goes_with_the_message()
{
    Rfc6455Codec codec{CodecLimits{}};
    RecordingSink sink;
    const std::size_t length = 1'000'000;
    const std::string frame = client_frame(0x82, std::string(length, 'x'));
    std::set<std::uint64_t> sizes;
    for (std::size_t fed = 0; fed < frame.size(); fed += 4096) {
        feed(codec, frame.substr(fed, 4096), sink);
        QVERIFY(codec.partial_bytes() <= overhead + 2 * std::min<std::uint64_t>(fed + 4096, length));
        QVERIFY(codec.partial_bytes() <= overhead + length); // never beyond the known end
        sizes.insert(codec.partial_bytes());
    }
    QCOMPARE(sink.calls, std::size_t{1});
    QCOMPARE(codec.partial_bytes(), std::uint64_t{0});
    QVERIFY2(sizes.size() < 15, qPrintable(QString::number(sizes.size()))); // doubling, not creeping
}

void Rfc6455LimitsTest::counts_fragments_up_to_the_cap_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("FR-19 one byte each") << QByteArray("x");
    QTest::newRow("FR-20 empty") << QByteArray();
}

void Rfc6455LimitsTest::counts_fragments_up_to_the_cap()
{
    QFETCH(QByteArray, payload);
    const std::string text = payload.toStdString();
    Rfc6455Codec codec{CodecLimits{}};
    RecordingSink sink;
    feed(codec, client_frame(0x01, text), sink);
    std::string burst;
    for (int i = 0; i < 130'999; ++i)
        burst += client_frame(0x00, text);
    feed(codec, burst, sink);
    QCOMPARE(sink.calls, std::size_t{0});
    QVERIFY(codec.partial_bytes() <= 512U << 10U);
    burst.clear();
    for (int i = 0; i < 72; ++i)
        burst += client_frame(0x00, text);
    feed(codec, burst, sink);
    QCOMPARE(sink.calls, std::size_t{0}); // 131,072 of them
    feed(codec, client_frame(0x80, text).substr(0, 1), sink);
    QCOMPARE(sink.transcript, RecordingSink::violation_line(1008));
    QCOMPARE(sink.violation.cause, CloseCause::flood);

    // The last allowed one may end the message.
    const auto make = [] { return std::make_unique<Rfc6455Codec>(CodecLimits{100, 3}); };
    const std::string exact = client_frame(0x01, text) + client_frame(0x00, text) + client_frame(0x80, text);
    QCOMPARE(decode_whole(make, exact).transcript,
        RecordingSink::message_line(MessageKind::text, text + text + text, exact.size(), 3));
}

void Rfc6455LimitsTest::many_small_messages_in_one_burst_come_in_order()
{
    // FR-29, HS-46
    std::string burst;
    std::string expected;
    for (int i = 0; i < 100'000; ++i) {
        const std::string two{static_cast<char>('a' + i % 26), static_cast<char>('A' + i / 26 % 26)};
        burst += client_frame(0x81, two, "mask");
        expected += RecordingSink::message_line(MessageKind::text, two, 8, 1);
    }
    const auto make = [] { return std::make_unique<Rfc6455Codec>(CodecLimits{}); };
    QCOMPARE(decode_whole(make, burst).transcript, expected);
    QCOMPARE(decode_chopped(make, burst, {{65536}}).transcript, expected);
    QCOMPARE(decode_chopped(make, burst, {{4096}, false, true}).transcript, expected);
}

void Rfc6455LimitsTest::bytewise_message_is_not_copied_over_and_over()
{
    // FR-34: the buffer moves only when it doubles, and the work for a byte does not depend on what is held.
    Rfc6455Codec codec{CodecLimits{}};
    RecordingSink sink;
    const std::string frame = client_frame(0x81, std::string(65536, 'a'), "mask");
    std::set<std::uint64_t> sizes;
    for (const char c : frame) {
        feed(codec, std::string(1, c), sink);
        sizes.insert(codec.partial_bytes());
    }
    QCOMPARE(sink.calls, std::size_t{1});
    QVERIFY2(sizes.size() < 15, qPrintable(QString::number(sizes.size())));
}

void Rfc6455LimitsTest::invalid_byte_deep_in_a_frame_is_told_when_it_arrives()
{
    // UT-04
    std::string payload(1U << 20U, 'a');
    const std::size_t place = 700'001;
    payload[place] = '\xff';
    const std::string frame = client_frame(0x81, payload, "mask");
    for (const bool as_fragments : {false, true}) {
        Rfc6455Codec codec{CodecLimits{}};
        RecordingSink sink;
        sink.takes_fragments = as_fragments;
        feed(codec, frame.substr(0, 14 + place), sink);
        QVERIFY(!sink.is_broken);
        feed(codec, frame.substr(14 + place, 1), sink);
        QVERIFY(sink.is_broken);
        QCOMPARE(sink.violation.code, std::uint16_t{1007});
        QCOMPARE(sink.violation.cause, CloseCause::invalid_utf8);
        QCOMPARE(codec.partial_bytes(), std::uint64_t{0});
    }
}

void Rfc6455LimitsTest::pausing_takes_exactly_the_bytes_of_what_was_told()
{
    Rfc6455Codec codec{CodecLimits{}};
    RecordingSink sink;
    sink.pauses = true;
    const std::string first = client_frame(0x81, "one");
    const std::string ping = client_frame(0x89, "");
    const std::string second = client_frame(0x02, "tw") + client_frame(0x80, "o");
    std::string input = first + ping + second + client_frame(0x81, "rest").substr(0, 5);
    auto bytes = std::as_writable_bytes(std::span(input));
    for (const std::size_t size : {first.size(), ping.size(), second.size(), std::size_t{5}}) {
        QCOMPARE(codec.decode(bytes, sink), size);
        bytes = bytes.subspan(size);
    }
    QCOMPARE(sink.calls, std::size_t{3});
    QCOMPARE(codec.decode({}, sink), std::size_t{0});
}

void Rfc6455LimitsTest::fragments_are_not_collected()
{
    Rfc6455Codec codec{CodecLimits{}};
    RecordingSink sink;
    sink.takes_fragments = true;
    const std::string frame = client_frame(0x82, std::string(1U << 20U, 'x'), "mask");
    for (std::size_t fed = 0; fed < frame.size(); fed += 10'000) {
        feed(codec, frame.substr(fed, 10'000), sink);
        QVERIFY(codec.partial_bytes() <= overhead);
    }
    QCOMPARE(sink.transcript,
        RecordingSink::message_line(MessageKind::binary, std::string(1U << 20U, 'x'), frame.size(), 1));
    QVERIFY(sink.faults.empty());
    // The cap holds for them as well.
    codec.set_limits({100, 10});
    feed(codec, announced(0x82, 101), sink);
    QVERIFY(sink.is_broken);
}

void Rfc6455LimitsTest::stops_in_the_middle_of_fragments_of_one_frame()
{
    Rfc6455Codec codec{CodecLimits{}};
    RecordingSink sink;
    sink.takes_fragments = true;
    sink.pauses = true;
    std::string input = client_frame(0x01, "abc") + client_frame(0x00, "") + client_frame(0x80, "def");
    auto bytes = std::as_writable_bytes(std::span(input));
    QCOMPARE(codec.decode(bytes.first(8), sink), std::size_t{8}); // "ab"
    QCOMPARE(codec.decode(bytes.subspan(8), sink), std::size_t{1}); // "c"
    QCOMPARE(codec.decode(bytes.subspan(9), sink), std::size_t{15}); // nothing to tell of the empty one
    QCOMPARE(sink.calls, std::size_t{3});
    QCOMPARE(sink.transcript, RecordingSink::message_line(MessageKind::text, "abcdef", 24, 3));
    QVERIFY(sink.faults.empty());
}

QTEST_GUILESS_MAIN(Rfc6455LimitsTest)
#include "rfc6455_limits_test.moc"
