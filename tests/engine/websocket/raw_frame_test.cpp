#include "support/codec_harness.h"
#include "websocket/frame_header.h"
#include "websocket/raw_frame.h"

#include "jackfield/command.h"

#include <QTest>

#include <limits>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

std::string wire_of(const RawFrame& frame)
{
    ByteBuffer out;
    append_raw(out, frame);
    return std::string(as_text(std::as_const(out).view()));
}

RawFrame frame_of(std::uint8_t opcode, std::string_view payload)
{
    RawFrame frame;
    frame.opcode = opcode;
    frame.payload = SharedBytes(payload);
    return frame;
}

const std::array<std::byte, 4> some_key{std::byte{0x37}, std::byte{0xfa}, std::byte{0x21}, std::byte{0x3d}};

command::SendRaw raw_of(std::vector<RawPiece> pieces)
{
    return {Target::all(), std::move(pieces), StreamCut::none};
}

} // namespace

class RawFrameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stands_on_the_wire_as_composed() // FR-31
    {
        RawFrame frame = frame_of(1, "Hello");
        QCOMPARE(to_hex(wire_of(frame)), std::string("010548656c6c6f"));
        frame.fin = true;
        QCOMPARE(to_hex(wire_of(frame)), std::string("810548656c6c6f"));
        frame.masking_key = some_key;
        QCOMPARE(to_hex(wire_of(frame)), std::string("818537fa213d7f9f4d5158")); // RFC 6455 section 5.7
        frame.length_form = LengthForm::bits16;
        QCOMPARE(to_hex(wire_of(frame)), std::string("81fe000537fa213d7f9f4d5158"));
        frame.masking_key.reset();
        frame.length_form = LengthForm::bits64;
        QCOMPARE(to_hex(wire_of(frame)), std::string("817f000000000000000548656c6c6f"));
        frame.length_form.reset();
        frame.declared_length = 3;
        QCOMPARE(to_hex(wire_of(frame)), std::string("810348656c6c6f"));
        frame.declared_length = std::numeric_limits<std::uint64_t>::max();
        QCOMPARE(to_hex(wire_of(frame)), std::string("817fffffffffffffffff48656c6c6f"));
        frame.declared_length = 126;
        QCOMPARE(to_hex(wire_of(frame)), std::string("817e007e48656c6c6f"));
        QCOMPARE(to_hex(wire_of(RawFrame())), std::string("0000"));
    }

    void every_first_byte_can_be_composed()
    {
        for (unsigned first = 0; first < 256; ++first) {
            for (const bool masked : {false, true}) {
                RawFrame frame = frame_of(static_cast<std::uint8_t>(first & 0xfU), "payload");
                frame.fin = (first & 0x80U) != 0;
                frame.rsv1 = (first & 0x40U) != 0;
                frame.rsv2 = (first & 0x20U) != 0;
                frame.rsv3 = (first & 0x10U) != 0;
                if (masked)
                    frame.masking_key = some_key;
                const std::string key(as_text(some_key));
                QCOMPARE(to_hex(wire_of(frame)),
                    to_hex(masked ? client_frame(first, "payload", key) : server_frame(first, "payload")));
            }
        }
    }

    void the_facts_say_what_stands_on_the_wire()
    {
        for (const std::size_t size : {0, 1, 125, 126, 65'535, 65'536}) {
            for (int form = -1; form < 3; ++form) {
                for (const bool masked : {false, true}) {
                    RawFrame frame = frame_of(2, std::string(size, 'p'));
                    if (form >= 0)
                        frame.length_form = static_cast<LengthForm>(form);
                    if (masked)
                        frame.masking_key = some_key;
                    if (!check(frame))
                        continue;
                    const std::string wire = wire_of(frame);
                    const FrameHeaderView view(as_bytes(wire));
                    QVERIFY(view.is_whole());
                    QVERIFY(view.facts() == frame.facts());
                    QCOMPARE(view.size(), frame.facts().header_size());
                    QCOMPARE(wire.size(), view.size() + size);
                }
            }
        }
    }

    void what_cannot_be_written_is_refused_data()
    {
        QTest::addColumn<int>("opcode");
        QTest::addColumn<int>("form");
        QTest::addColumn<qulonglong>("length");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char* name, int opcode, int form, qulonglong length, bool fits) {
            QTest::newRow(name) << opcode << form << length << fits;
        };
        row("opcode of five bits", 16, -1, 0, false);
        row("7 bits", 0, 0, 125, true);
        row("7 bits, one more", 0, 0, 126, false);
        row("16 bits", 0, 1, 65'535, true);
        row("16 bits, one more", 0, 1, 65'536, false);
        row("64 bits", 15, 2, ~qulonglong{0}, true);
        row("the shortest", 15, -1, ~qulonglong{0}, true);
    }
    void what_cannot_be_written_is_refused()
    {
        QFETCH(int, opcode);
        QFETCH(int, form);
        QFETCH(qulonglong, length);
        QFETCH(bool, fits);
        RawFrame frame = frame_of(static_cast<std::uint8_t>(opcode), "");
        frame.declared_length = length;
        if (form >= 0)
            frame.length_form = static_cast<LengthForm>(form);
        const auto good = check(frame);
        QCOMPARE(good.has_value(), fits);
        QCOMPARE(check(raw_of({frame})).has_value(), fits);
        if (!fits)
            QCOMPARE(good.error().code, ErrorCode::invalid_argument);
    }

    void at_most_16_mib_are_sent_raw()
    {
        const SharedBytes half(std::string(max_raw_bytes / 2, 'x'));
        QVERIFY(check(raw_of({half, half})));
        QVERIFY(!check(raw_of({half, half, SharedBytes("x")})));
        QVERIFY(!check(raw_of({half, half, RawFrame()})));
        QVERIFY(!check(raw_of({})));
        command::SendRaw cut = raw_of({});
        cut.cut = StreamCut::fin;
        QVERIFY(check(cut));
    }

    void a_message_says_what_is_wrong_with_it_data()
    {
        QTest::addColumn<bool>("fits");
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("by");
        QTest::addColumn<QVariantList>("numbers");
        QTest::addColumn<int>("after");
        QTest::addColumn<int>("control");
        const auto row = [](const char* name, bool fits, int size, Fragmentation::By by, QVariantList numbers,
                             int after, int control) {
            QTest::newRow(name) << fits << size << static_cast<int>(by) << numbers << after << control;
        };
        using By = Fragmentation::By;
        row("65536 frames", true, 0, By::count, {65'536}, -1, 0);
        row("65537 frames", false, 0, By::count, {65'537}, -1, 0);
        row("65536 frames by size", true, 65'536, By::size, {1}, -1, 0);
        row("65537 frames by size", false, 65'537, By::size, {1}, -1, 0);
        row("no frames", false, 1, By::count, {0}, -1, 0);
        row("no size", false, 1, By::size, {0}, -1, 0);
        row("no sizes", false, 1, By::sizes, {}, -1, 0);
        row("sizes that fit", true, 8, By::sizes, {3, 0, 5}, -1, 0);
        row("sizes beyond", false, 7, By::sizes, {3, 0, 5}, -1, 0);
        row("ping in between", true, 4, By::count, {2}, 1, 125);
        row("ping of 126 bytes", false, 4, By::count, {2}, 1, 126);
        row("ping before the first", false, 4, By::count, {2}, 0, 0);
        row("ping behind the last", false, 4, By::count, {2}, 2, 0);
        row("ping in one frame", false, 4, By::count, {1}, 1, 0);
        row("ping where the rest begins", true, 9, By::sizes, {3, 5}, 2, 0);
    }
    void a_message_says_what_is_wrong_with_it()
    {
        QFETCH(bool, fits);
        QFETCH(int, size);
        QFETCH(int, by);
        QFETCH(QVariantList, numbers);
        QFETCH(int, after);
        QFETCH(int, control);
        command::Send send{Target::all(), MessageKind::text,
            SharedBytes(std::string(static_cast<std::size_t>(size), 't')), {}};
        send.fragments.by = static_cast<Fragmentation::By>(by);
        if (send.fragments.by == Fragmentation::By::sizes) {
            for (const QVariant& number : numbers)
                send.fragments.sizes.push_back(number.toULongLong());
        } else {
            send.fragments.number = numbers.front().toULongLong();
        }
        if (after >= 0)
            send.between.push_back({ControlBetween::Kind::pong, static_cast<std::uint32_t>(after),
                SharedBytes(std::string(static_cast<std::size_t>(control), 'c'))});
        const auto good = check(send);
        QCOMPARE(good.has_value(), fits);
        if (!fits)
            QVERIFY(good.error().code == ErrorCode::invalid_argument && !good.error().detail.empty());
        send.payload = SharedBytes("\x80");
        send.fragments = 2;
        send.between.clear();
        QVERIFY(!check(send)); // text that is not UTF-8
        send.kind = MessageKind::binary;
        QVERIFY(check(send));
        send.between.resize(1'024);
        QVERIFY(check(send));
        send.between.resize(1'025);
        QVERIFY(!check(send));
    }
};

QTEST_GUILESS_MAIN(RawFrameTest)
#include "raw_frame_test.moc"
