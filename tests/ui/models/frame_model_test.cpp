#include "ui/models/frame_model.h"
#include "websocket/raw_frame.h"

#include <QTest>

#include <bit>
#include <random>
#include <utility>

using namespace jackfield;
using namespace jackfield::ui;

namespace {

FrameFacts facts(std::uint8_t first, std::uint64_t length, LengthForm form, bool masked = false)
{
    FrameFacts frame;
    frame.first_byte = first;
    frame.payload_length = length;
    frame.length_form = form;
    frame.is_masked = masked;
    if (masked)
        frame.masking_key = {std::byte{0x37}, std::byte{0xfa}, std::byte{0x21}, std::byte{0x3d}};
    return frame;
}

QString shown(const FrameModel& model, FrameColumn column, int role = Qt::DisplayRole)
{
    return model.index(0, static_cast<int>(column)).data(role).toString();
}

} // namespace

class FrameModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shows_what_a_header_says_data()
    {
        QTest::addColumn<FrameFacts>("frame");
        QTest::addColumn<QStringList>("cells"); // opcode, fin, rsv, mask, length, header
        const QString none = QStringLiteral("\u2013");
        // RFC 6455 section 5.7
        QTest::newRow("an unmasked text message")
            << facts(0x81, 5, LengthForm::bits7) << QStringList{"text", "1", none, none, "5", "81 05"};
        QTest::newRow("a masked text message") << facts(0x81, 5, LengthForm::bits7,
            true) << QStringList{"text", "1", none, "37fa213d", "5", "81 85 37 fa 21 3d"};
        QTest::newRow("the first fragment")
            << facts(0x01, 3, LengthForm::bits7) << QStringList{"text", "0", none, none, "3", "01 03"};
        QTest::newRow("the last fragment") << facts(0x80, 2, LengthForm::bits7)
                                           << QStringList{"continuation", "1", none, none, "2", "80 02"};
        QTest::newRow("256 bytes") << facts(0x82, 256, LengthForm::bits16)
                                   << QStringList{"binary", "1", none, none, "256", "82 7e 01 00"};
        QTest::newRow("64 KiB") << facts(0x82, 65'536, LengthForm::bits64)
                                << QStringList{
                                       "binary", "1", none, none, "65,536", "82 7f 00 00 00 00 00 01 00 00"};
        // RFC 7692 section 7.2.3.1
        QTest::newRow("a compressed message")
            << facts(0xc1, 7, LengthForm::bits7) << QStringList{"text", "1", "1", none, "7", "c1 07"};
        QTest::newRow("all reserved bits and a reserved opcode") << facts(
            0xfb, 0, LengthForm::bits7) << QStringList{"reserved 0xb", "1", "1, 2, 3", none, "0", "fb 00"};
        QTest::newRow("a length in a longer form than it needs")
            << facts(0x89, 4, LengthForm::bits64)
            << QStringList{"ping", "1", none, none, "4 in 64 bits", "89 7f 00 00 00 00 00 00 00 04"};
        QTest::newRow("a pong") << facts(0x8a, 0, LengthForm::bits7)
                                << QStringList{"pong", "1", none, none, "0", "8a 00"};
        QTest::newRow("a close") << facts(0x88, 2, LengthForm::bits7)
                                 << QStringList{"close", "1", none, none, "2", "88 02"};
    }
    void shows_what_a_header_says()
    {
        QFETCH(FrameFacts, frame);
        QFETCH(QStringList, cells);
        FrameModel model;
        model.setFrames({&frame, 1});
        QCOMPARE(shown(model, FrameColumn::Number), QStringLiteral("1"));
        QCOMPARE((QStringList{shown(model, FrameColumn::Opcode), shown(model, FrameColumn::Fin),
                     shown(model, FrameColumn::Rsv), shown(model, FrameColumn::Mask),
                     shown(model, FrameColumn::Length), shown(model, FrameColumn::Header)}),
            cells);
    }

    void the_header_in_hex_is_what_the_wire_carried()
    {
        std::mt19937_64 random(1);
        for (int step = 0; step < 10'000; ++step) {
            const auto form = static_cast<LengthForm>(random() % 3);
            const std::uint64_t length = form == LengthForm::bits7 ? random() % 126
                : form == LengthForm::bits16                       ? random() % 65'536
                                                                   : random() >> (1 + random() % 60);
            RawFrame composed;
            composed.fin = random() % 2 == 0;
            composed.rsv1 = random() % 2 == 0;
            composed.rsv2 = random() % 2 == 0;
            composed.rsv3 = random() % 2 == 0;
            composed.opcode = static_cast<std::uint8_t>(random() % 16);
            composed.length_form = form;
            composed.declared_length = length;
            if (random() % 2 == 0)
                composed.masking_key
                    = std::bit_cast<std::array<std::byte, 4>>(static_cast<std::uint32_t>(random()));
            ByteBuffer wire;
            websocket::append_raw(wire, composed);
            const auto bytes = std::as_const(wire).view();
            QCOMPARE(headerHex(composed.facts()),
                QString::fromLatin1(QByteArray(
                    reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()))
                                        .toHex(' ')));
        }
    }

    void a_row_is_copied_as_one_line()
    {
        const std::vector<FrameFacts> frames{
            facts(0x41, 300, LengthForm::bits16, true), facts(0x80, 2, LengthForm::bits7)};
        FrameModel model;
        model.setFrames(frames);
        QCOMPARE(model.lineOf(0),
            QStringLiteral("1  text  RSV1  mask 37fa213d  length 300  header 41 fe 01 2c 37 fa 21 3d"));
        QCOMPARE(model.lineOf(1), QStringLiteral("2  continuation  FIN  length 2  header 80 02"));
        QCOMPARE(model.lineOf(2), QString());
    }

    void every_cell_says_in_words_what_it_means()
    {
        const FrameFacts frame = facts(0xc1, 4, LengthForm::bits64, true);
        FrameModel model;
        model.setFrames({&frame, 1});
        for (int column = 0; column < frameColumnCount; ++column) {
            QVERIFY(!shown(model, static_cast<FrameColumn>(column), Qt::AccessibleTextRole).isEmpty());
            QVERIFY(!model.headerData(column, Qt::Horizontal).toString().isEmpty());
        }
        QVERIFY(shown(model, FrameColumn::Length, Qt::ToolTipRole).contains(QStringLiteral("shorter form")));
        QVERIFY(shown(model, FrameColumn::Rsv, Qt::ToolTipRole).contains(QStringLiteral("compressed")));
    }
};

QTEST_GUILESS_MAIN(FrameModelTest)
#include "frame_model_test.moc"
