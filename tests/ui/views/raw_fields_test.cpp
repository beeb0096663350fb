#include "tests/support/engine_fixture.h"
#include "tests/ui/views/panel_fixture.h"
#include "ui/models/raw_preset.h"
#include "ui/views/hex_field.h"
#include "ui/views/payload_editor.h"
#include "ui/views/raw_fields.h"
#include "ui/views/raw_piece_fields.h"

#include <QCheckBox>
#include <QListWidget>
#include <QMenu>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QToolButton>

using namespace jackfield;
using namespace jackfield::ui;
using namespace std::string_view_literals;
using jackfield::test::child;

namespace {

QByteArray bytesOf(const std::vector<RawPiece>& pieces)
{
    QByteArray wire;
    for (const RawPiece& piece : pieces) {
        if (const auto* frame = std::get_if<RawFrame>(&piece))
            wire += headerBytes(*frame) + wirePayload(*frame, 1 << 20);
        else
            wire += QByteArray::fromStdString(std::string(std::get<SharedBytes>(piece).text()));
    }
    return wire;
}

QByteArray hex(const char* digits)
{
    return QByteArray::fromHex(digits);
}

} // namespace

class RawFieldsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_frame_is_composed_from_its_fields()
    {
        RawFields fields;
        auto* piece = fields.findChild<RawPieceFields*>();
        child<QCheckBox>(fields, "raw_fin")->setChecked(false);
        child<QCheckBox>(fields, "raw_rsv2")->setChecked(true);
        child<QComboBox>(fields, "raw_opcode")->setCurrentIndex(13);
        child<QCheckBox>(fields, "raw_masked")->setChecked(true);
        child<QLineEdit>(fields, "raw_key")->setText(QStringLiteral("00 FF 01 02"));
        child<QComboBox>(fields, "raw_length_form")->setCurrentIndex(2);
        child<QLineEdit>(fields, "raw_declared_length")->setText(QStringLiteral("300"));
        child<PayloadEditor>(fields, "raw_text")->setPayload("ab");
        QCOMPARE(fields.problem(), QString());
        const auto made = piece->piece();
        QVERIFY(made.has_value());
        QCOMPARE(bytesOf({*made}).toHex(' '), hex("2dfe012c00ff0102619d").toHex(' '));
        QCOMPARE(child<QWidget>(fields, "raw_wire")->accessibleDescription(),
            QStringLiteral("on the wire: 2d fe 01 2c 00 ff 01 02  \u2502  61 9d"));
        QCOMPARE(fields.summary(), QStringLiteral("1 frame, 10 bytes on the wire"));
    }

    void what_cannot_be_written_is_said_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        QTest::newRow("key of 3 bytes") << "raw_key"
                                        << "010203"
                                        << "8 hex digits";
        QTest::newRow("key that is no hex") << "raw_key"
                                            << "0102030g"
                                            << "8 hex digits";
        QTest::newRow("length that is no number") << "raw_declared_length"
                                                  << "ten"
                                                  << "number";
        QTest::newRow("length over 2^64") << "raw_declared_length"
                                          << "18446744073709551616"
                                          << "number";
        QTest::newRow("length over 7 bits") << "raw_declared_length"
                                            << "126"
                                            << "7 bits";
    }
    void what_cannot_be_written_is_said()
    {
        QFETCH(QString, field);
        QFETCH(QString, text);
        QFETCH(QString, said);
        RawFields fields;
        child<QCheckBox>(fields, "raw_masked")->setChecked(true);
        child<QComboBox>(fields, "raw_length_form")->setCurrentIndex(1);
        QCOMPARE(fields.problem(), QString());
        child<QLineEdit>(fields, field.toLatin1().constData())->setText(text);
        QVERIFY2(fields.problem().contains(said), qPrintable(fields.problem()));
        QVERIFY(fields.pieces().empty());
        QCOMPARE(child<QLineEdit>(fields, field.toLatin1().constData())->text(), text);
    }

    void pieces_are_added_moved_and_removed()
    {
        RawFields fields;
        auto* list = child<QListWidget>(fields, "raw_pieces");
        child<PayloadEditor>(fields, "raw_text")->setPayload("first");
        child<QToolButton>(fields, "raw_add_bytes")->click();
        auto* stack = fields.findChild<RawPieceFields*>()->parentWidget();
        auto* second = qobject_cast<QStackedWidget*>(stack)->currentWidget();
        child<PayloadEditor>(*second, "raw_text")->setPayload("second");
        QCOMPARE(bytesOf(fields.pieces()),
            QByteArray("\x81\x05"
                       "firstsecond"));
        child<QToolButton>(fields, "raw_up")->click();
        QCOMPARE(bytesOf(fields.pieces()),
            QByteArray("second\x81\x05"
                       "first"));
        QCOMPARE(list->currentRow(), 0);
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(bytesOf(fields.pieces()),
            QByteArray("\x81\x05"
                       "firstsecond"));
        QTest::keyClick(list, Qt::Key_Delete);
        QCOMPARE(bytesOf(fields.pieces()),
            QByteArray("\x81\x05"
                       "first"));
        QTest::keyClick(list, Qt::Key_Delete);
        QVERIFY2(!fields.problem().isEmpty(), "nothing cannot be sent");
        child<QComboBox>(fields, "raw_cut")->setCurrentIndex(1);
        QVERIFY2(fields.problem().isEmpty(), "but a cut can");
    }

    void a_payload_changes_between_text_and_hex_and_stays_what_it_is()
    {
        RawFields fields;
        fields.setContent({RawFrame{}, SharedBytes("\xff\0"sv)}, StreamCut::none);
        QCOMPARE(bytesOf(fields.pieces()), QByteArray("\0\0\xff\0", 4));
        QSignalSpy refused(&fields, &RawFields::refused);
        auto* stack = qobject_cast<QStackedWidget*>(fields.findChild<RawPieceFields*>()->parentWidget());
        QWidget* bytes = stack->widget(1);
        auto* kind = child<QComboBox>(*bytes, "raw_payload_kind");
        QCOMPARE(kind->currentIndex(), 1);
        Q_EMIT kind->activated(0);
        QCOMPARE(refused.size(), 1);
        QCOMPARE(kind->currentIndex(), 1);
        child<HexField>(*bytes, "raw_hex")->setPlainText(QStringLiteral("c3 a9 00 0d 0a"));
        Q_EMIT kind->activated(0);
        QCOMPARE(child<PayloadEditor>(*bytes, "raw_text")->payload(), QByteArray("\xC3\xA9\0\r\n", 5));
        QCOMPARE(bytesOf(fields.pieces()), QByteArray("\0\0\xC3\xA9\0\r\n", 7));
    }

    void presets_can_all_be_sent_and_stay_editable()
    {
        RawFields fields;
        for (const RawPreset& preset : rawPresets()) {
            child<QAction>(fields, preset.name)->trigger();
            QVERIFY2(fields.problem().isEmpty(), preset.name);
            QCOMPARE(bytesOf(fields.pieces()), bytesOf(preset.pieces));
            QCOMPARE(fields.cut(), preset.cut);
        }
    }

    void what_was_composed_by_hand_can_be_had_back()
    {
        RawFields fields;
        QByteArrayList said;
        std::function<void()> undo;
        QObject::connect(&fields, &RawFields::takenAway, &fields,
            [&](const QString& sentence, const std::function<void()>& back) {
                said += sentence.toUtf8();
                undo = back;
            });
        const RawPreset example = rawPresets().front();
        child<QAction>(fields, example.name)->trigger();
        child<QAction>(fields, example.name)->trigger();
        QVERIFY2(said.isEmpty(), "nothing of anybody's own is gone");
        child<QToolButton>(fields, "raw_add_bytes")->click();
        auto* stack = qobject_cast<QStackedWidget*>(fields.findChild<RawPieceFields*>()->parentWidget());
        auto* kind = child<QComboBox>(*stack->currentWidget(), "raw_payload_kind");
        kind->setCurrentIndex(1);
        Q_EMIT kind->activated(1);
        child<HexField>(*stack->currentWidget(), "raw_hex")->setPlainText(QStringLiteral("0a 0"));
        child<QComboBox>(fields, "raw_cut")->setCurrentIndex(2);
        const RawSnapshot before = fields.snapshot();
        const QString problem = fields.problem();
        QVERIFY(!problem.isEmpty());
        child<QToolButton>(fields, "raw_remove")->click();
        QCOMPARE(said.size(), 1);
        undo();
        QVERIFY(fields.snapshot() == before);
        child<QAction>(fields, example.name)->trigger();
        QCOMPARE(said.size(), 2);
        QVERIFY(!fields.isByHand());
        undo();
        QVERIFY(fields.snapshot() == before);
        QCOMPARE(fields.problem(), problem);
    }

    void the_preview_is_what_the_engine_sends_data()
    {
        QTest::addColumn<int>("preset");
        const auto presets = rawPresets();
        for (std::size_t i = 0; i < presets.size(); ++i)
            QTest::newRow(presets[i].name) << static_cast<int>(i);
    }
    void the_preview_is_what_the_engine_sends()
    {
        QFETCH(int, preset);
        const RawPreset wanted = rawPresets()[static_cast<std::size_t>(preset)];
        if (wanted.cut == StreamCut::reset)
            return; // its bytes may never arrive
        test::EngineFixture fixture;
        test::RawClient client = fixture.open_client();
        const ConnectionId id = fixture.id_of(client);
        RawFields fields;
        fields.setContent(wanted.pieces, wanted.cut);
        const auto outcome = fixture.run(command::SendRaw{Target::one(id), fields.pieces(), fields.cut()});
        QVERIFY(!outcome.error);
        QCOMPARE(outcome.count, 1U);
        const QByteArray expected = bytesOf(wanted.pieces);
        const QByteArray received
            = QByteArray::fromStdString(client.read_exactly(static_cast<std::size_t>(expected.size())));
        QCOMPARE(received.toHex(' '), expected.toHex(' '));
        if (wanted.cut == StreamCut::fin)
            QVERIFY(client.read_until_end().empty());
    }

    void every_control_has_a_name_and_a_keyboard_way()
    {
        RawFields fields;
        fields.resize(560, 200);
        fields.show();
        QCOMPARE(test::faultsOf(fields).join(u'\n'), QString());
    }
};

QTEST_MAIN(RawFieldsTest)
#include "raw_fields_test.moc"
