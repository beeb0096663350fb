#include "support/codec_harness.h"
#include "websocket/frame_header.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

class FrameHeaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_what_it_wrote();
    void tells_reserved_and_control_opcodes();
    void knows_which_parts_have_arrived();
};

void FrameHeaderTest::reads_what_it_wrote()
{
    const MaskingKey key{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}};
    for (const std::uint64_t length : {std::uint64_t{0}, std::uint64_t{125}, std::uint64_t{126},
             std::uint64_t{65535}, std::uint64_t{65536}, std::uint64_t{1} << 32U, ~std::uint64_t{0}}) {
        for (const bool masked : {false, true}) {
            for (unsigned first = 0; first < 256; ++first) {
                FrameHeader header{(first & 0x80U) != 0, static_cast<std::uint8_t>(first >> 4U & 7U),
                    static_cast<Opcode>(first & 15U), std::nullopt, length};
                if (masked)
                    header.masking_key = key;
                const EncodedFrameHeader encoded = encode(header);
                const FrameHeaderView view(encoded.view());
                QVERIFY(view.is_whole());
                QCOMPARE(view.size(), encoded.size);
                QCOMPARE(std::to_integer<unsigned>(encoded.storage[0]), first);
                QVERIFY(!view.is_longer_than_needed());
                const FrameHeader read = view.header();
                QCOMPARE(read.fin, header.fin);
                QCOMPARE(read.rsv, header.rsv);
                QCOMPARE(read.opcode, header.opcode);
                QCOMPARE(read.payload_length, length);
                QVERIFY(read.masking_key == header.masking_key);
            }
        }
    }
}

void FrameHeaderTest::tells_reserved_and_control_opcodes()
{
    const std::string reserved = "   !!!!!   !!!!!";
    const std::string control = "        !!!!!!!!";
    for (unsigned opcode = 0; opcode < 16; ++opcode) {
        QCOMPARE(is_reserved(static_cast<Opcode>(opcode)), reserved[opcode] == '!');
        QCOMPARE(is_control(static_cast<Opcode>(opcode)), control[opcode] == '!');
    }
}

void FrameHeaderTest::knows_which_parts_have_arrived()
{
    struct Case {
        const char* hex;
        std::size_t length_end;
        std::size_t size;
    };
    for (const Case& c :
        {Case{"8105", 2, 2}, {"818501020304", 2, 6}, {"817e0080", 4, 4}, {"81fe008001020304", 4, 8},
            {"817f0000000000010000", 10, 10}, {"81ff000000000001000001020304", 10, 14}}) {
        const std::string bytes = from_hex(c.hex) + "payload";
        for (std::size_t have = 0; have <= bytes.size(); ++have) {
            const FrameHeaderView view(as_bytes(std::string_view(bytes).substr(0, have)));
            QCOMPARE(view.has_first_byte(), have >= 1);
            QCOMPARE(view.has_length_field(), have >= 2);
            QCOMPARE(view.has_length(), have >= c.length_end);
            QCOMPARE(view.is_whole(), have >= c.size);
        }
        QCOMPARE(FrameHeaderView(as_bytes(bytes)).size(), c.size);
    }
}

QTEST_GUILESS_MAIN(FrameHeaderTest)
#include "frame_header_test.moc"
