#include "tests/ui/views/panel_fixture.h"
#include "ui/text/format.h"
#include "ui/views/inline_notice.h"
#include "ui/views/json_view.h"
#include "ui/views/message_detail.h"
#include "ui/views/payload_base64_view.h"
#include "ui/views/payload_hex_view.h"
#include "ui/views/payload_text_view.h"
#include "ui/views/theme.h"

#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QMenu>
#include <QSignalSpy>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;

namespace {

struct Fixture : test::PanelFixture {
    MessageDetail detail{messages};
    PayloadTextView* text = child<PayloadTextView>(detail, "message_text");
    PayloadHexView* hex = child<PayloadHexView>(detail, "message_hex");
    PayloadBase64View* base64 = child<PayloadBase64View>(detail, "message_base64");
    JsonView* json = child<JsonView>(detail, "message_json");
    QTreeView* tree = child<QTreeView>(detail, "json_tree");
    QLabel* reason = child<QLabel>(detail, "json_reason");
    QLabel* note = child<QLabel>(detail, "message_note");
    QLabel* footer = child<QLabel>(detail, "message_size");
    QTabWidget* tabs = child<QTabWidget>(detail, "message_tabs");
    ConnectionId id;

    Fixture()
    {
        detail.resize(400, 400);
        detail.show();
        id = port.open(12);
    }
    void show(std::string_view payload, TrafficType type = TrafficType::text)
    {
        port.message(id, Direction::from_browser, type, payload);
        detail.showMessage(messages.endSequence() - 1);
    }
    void show(const char* payload) { show(std::string_view(payload)); }
    void show(const QByteArray& payload, TrafficType type = TrafficType::text)
    {
        show(std::string_view(payload.constData(), static_cast<std::size_t>(payload.size())), type);
    }
    static QByteArray clipboard() { return QApplication::clipboard()->mimeData()->text().toUtf8(); }
};

} // namespace

class MessageDetailTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void says_how_large_a_message_is()
    {
        Fixture f;
        f.show("{\"a\":1}");
        QCOMPARE(f.footer->text(), QStringLiteral("7 bytes, 13 on the wire, 1 frame"));
        QVERIFY(child<QWidget>(f.detail, "message_summary")
                    ->accessibleDescription()
                    .contains(QStringLiteral("from browser")));
    }

    void the_frames_behind_a_message_are_shown()
    {
        Fixture f;
        const QLabel* summary = child<QLabel>(f.detail, "frames_summary");
        const QTableView* table = child<QTableView>(f.detail, "frames_table");
        std::vector<FrameFacts> frames(2);
        frames[0] = {.payload_length = 300, .first_byte = 0x41, .is_masked = true, .length_form = LengthForm::bits16};
        frames[1] = {.payload_length = 100, .first_byte = 0x80, .is_masked = true};
        const std::string payload(1'000, 'x');
        TrafficRecord record;
        record.connection = f.id;
        record.size = payload.size();
        record.wire = 400 + 8 + 6;
        record.compressed = 400;
        record.frames = 2;
        record.frame_facts = frames;
        record.payload = as_bytes(payload);
        f.port.deliverTraffic({&record, 1});
        f.detail.showMessage(f.messages.endSequence() - 1);
        QCOMPARE(table->model()->rowCount(), 2);
        QCOMPARE(summary->text(),
            QStringLiteral("2 frames. 14 bytes of headers and 400 bytes of payload on the wire. Compressed; 1,000 "
                           "bytes when plain."));

        record.frames = 1'000;
        f.port.deliverTraffic({&record, 1});
        f.detail.showMessage(f.messages.endSequence() - 1);
        QVERIFY(summary->text().startsWith(QStringLiteral("The first 2 of 1,000 frames.")));

        record.frame_facts = {};
        record.frames = 1;
        record.type = TrafficType::raw;
        f.port.deliverTraffic({&record, 1});
        f.detail.showMessage(f.messages.endSequence() - 1);
        QCOMPARE(summary->text(), QStringLiteral("Raw bytes that are no frame."));
        QCOMPARE(table->model()->rowCount(), 0);
    }

    void a_narrow_panel_shows_the_titles_of_all_columns_of_the_frames()
    {
        Fixture f;
        QTableView* table = child<QTableView>(f.detail, "frames_table");
        const std::vector<FrameFacts> frames(
            1, {.payload_length = 18'001, .first_byte = 0x81, .is_masked = true, .length_form = LengthForm::bits16});
        TrafficRecord record;
        record.connection = f.id;
        record.frames = 1;
        record.frame_facts = frames;
        f.port.deliverTraffic({&record, 1});
        f.detail.resize(360, 500);
        f.detail.showMessage(f.messages.endSequence() - 1);
        child<QTabWidget>(f.detail, "message_tabs")->setCurrentIndex(4);
        QApplication::processEvents();
        int all = 0;
        for (int column = 0; column < table->model()->columnCount(); ++column) {
            const QString title = table->model()->headerData(column, Qt::Horizontal).toString();
            QVERIFY(table->columnWidth(column) >= table->horizontalHeader()->fontMetrics().horizontalAdvance(title) + 16);
            all += table->columnWidth(column);
        }
        QVERIFY2(all <= 360, qPrintable(QString::number(all)));
        f.detail.resize(900, 500);
        QApplication::processEvents();
        const int last = table->model()->columnCount() - 1;
        const QString bytes = table->model()->index(0, last).data().toString();
        QVERIFY(table->columnWidth(last) >= QFontMetrics(monospaceFont()).horizontalAdvance(bytes) + 16);
    }

    void frames_are_copied_a_line_each()
    {
        Fixture f;
        QTableView* table = child<QTableView>(f.detail, "frames_table");
        std::vector<FrameFacts> frames(3);
        frames[0] = {.payload_length = 1, .first_byte = 0x01};
        frames[1] = {.payload_length = 2, .first_byte = 0x00};
        frames[2] = {.payload_length = 3, .first_byte = 0x80};
        TrafficRecord record;
        record.connection = f.id;
        record.size = 6;
        record.wire = 12;
        record.frames = 3;
        record.frame_facts = frames;
        record.payload = as_bytes("abcdef");
        f.port.deliverTraffic({&record, 1});
        f.detail.showMessage(f.messages.endSequence() - 1);
        f.tabs->setCurrentWidget(child<QWidget>(f.detail, "message_frames"));
        table->selectRow(2);
        table->selectionModel()->select(table->model()->index(0, 0),
            QItemSelectionModel::Select | QItemSelectionModel::Rows);
        table->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(&f.detail));
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(f.clipboard(),
            QByteArray("1  text  length 1  header 01 01\n3  continuation  FIN  length 3  header 80 03"));
    }

    void what_is_copied_are_the_original_characters_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("JSON") << QByteArray("{\"a\":1}");
        QTest::newRow("line ends") << QByteArray("a\r\nb\rc\n\n");
        QTest::newRow("GU-04 controls") << QByteArray("\x07\x08\x1B[2J\xC2\x85\xE2\x80\xA8\x7F");
        QTest::newRow("bidi") << QByteArray("a\xE2\x80\xAE"
                                            "b\xE2\x80\xAC"
                                            "c");
        QTest::newRow("BOM") << QByteArray("\xEF\xBB\xBFx");
        QTest::newRow("emoji") << QByteArray("\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9 e\xCC\x81");
        QTest::newRow("Zalgo") << "z" + QByteArray("\xCC\x81").repeated(50) + "a";
        QTest::newRow("a long line") << QByteArray("0123456789").repeated(500);
    }
    void what_is_copied_are_the_original_characters()
    {
        QFETCH(QByteArray, bytes);
        Fixture f;
        f.show(bytes);
        f.text->selectAll();
        QCOMPARE(f.text->selectedBytes(), bytes);
        QTest::keyClick(f.text, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(f.clipboard(), bytes);
        QApplication::clipboard()->clear();
        child<QToolButton>(f.detail, "copy_whole_message")->click();
        QCOMPARE(f.clipboard(), bytes);
        // Each single step of the caret selects whole characters, and all of them together are the payload.
        QByteArray joined;
        f.text->select(0, 0);
        for (int guard = 0; guard < 20'000; ++guard) {
            QTest::keyClick(f.text, Qt::Key_Right, Qt::ShiftModifier);
            if (!f.text->hasSelection())
                break;
            joined += f.text->selectedBytes();
            f.text->select(f.text->selectionEnd(), f.text->selectionEnd());
            if (joined.size() > 600)
                break;
        }
        QVERIFY(QString::fromUtf8(joined).isValidUtf16());
    }

    void control_and_bidi_characters_are_visible()
    {
        Fixture f;
        f.show(test::hostileText);
        for (qint64 row = 0; row < f.text->rowCount(); ++row) {
            for (const QChar c : f.text->rowText(row)) {
                const bool gap = c == QChar(0x200B); // where a row would have been too long
                QVERIFY2(gap
                        || (c.unicode() >= 0x20 && c.category() != QChar::Other_Control
                            && c.category() != QChar::Other_Format),
                    qPrintable(QString::number(c.unicode(), 16)));
            }
        }
        QVERIFY(f.text->shown().text().contains(
            QStringLiteral("<b>x</b><img src=/etc/passwd> &File a&&b"))); // GU-01, GU-02
        QVERIFY(
            f.text->shown().text().contains(QStringLiteral("http://evil.example"))); // GU-11: as it stands
        QVERIFY(!f.detail.grab().isNull());
    }

    void GU_16_bytes_that_are_not_utf8_are_counted_and_exact_in_hex()
    {
        Fixture f;
        f.show("abc\xff\xfe z");
        QVERIFY2(
            f.note->text().contains(QStringLiteral("2 bytes are not UTF-8")), qPrintable(f.note->text()));
        QVERIFY(f.note->text().contains(QStringLiteral("3, 4")));
        f.tabs->setCurrentWidget(f.hex);
        QApplication::processEvents();
        QVERIFY2(f.hex->rowText(0).contains(QStringLiteral("61 62 63 ff fe 20 7a")),
            qPrintable(f.hex->rowText(0)));
        f.text->selectAll();
        QApplication::clipboard()->setText(QStringLiteral("before"));
        f.text->copySelection();
        QCOMPARE(f.clipboard(), QByteArray("before"));
        child<QPushButton>(f.detail, "Copy message as hex")->click();
        QCOMPARE(QByteArray::fromHex(f.clipboard()), QByteArray("abc\xff\xfe z"));
    }

    void hex_is_copied_as_hex()
    {
        Fixture f;
        f.show(std::string_view("\0\x01\xfe\xff", 4), TrafficType::binary);
        QCOMPARE(f.tabs->currentWidget(), f.hex);
        f.hex->select(1, 3);
        f.hex->copySelection();
        QCOMPARE(f.clipboard(), QByteArray("01 fe"));
        QCOMPARE(f.hex->selectedBytes(), QByteArray("\x01\xfe"));
    }

    void all_of_a_cropped_text_is_copied_whole()
    {
        Fixture f;
        const QByteArray bytes = QByteArray("0123456789\r\n").repeated(300'000);
        f.show(bytes);
        QVERIFY(f.text->shown().isCut());
        f.tabs->setCurrentWidget(f.text);
        f.text->selectAll();
        QTest::keyClick(f.text, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(f.clipboard() == bytes);
        f.text->select(1, f.text->selectionEnd()); // a part stays a part
        f.text->copySelection();
        QVERIFY(f.clipboard().size() < 2 << 20);
        // What the clipboard cannot hold may lie behind what is shown.
        f.show(bytes + QByteArray("\0", 1));
        QApplication::clipboard()->setText(QStringLiteral("before"));
        f.text->selectAll();
        f.text->copySelection();
        QCOMPARE(f.clipboard(), QByteArray("before"));
        QVERIFY(child<InlineNotice>(f.detail, "inline_notice")
                    ->text()
                    .contains(QStringLiteral("Nothing was copied")));
    }

    void GU_07_huge_payloads_are_cropped_with_a_note_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("16 MiB of newline") << QByteArray(16 << 20, '\n');
        QTest::newRow("10 MB in one line") << QByteArray(10'000'000, 'x');
        QTest::newRow("10 MB of combining marks") << "a" + QByteArray("\xCC\x81").repeated(5'000'000);
        QTest::newRow("10 MB of NUL") << QByteArray(10'000'000, '\0');
        QTest::newRow("1 M deep JSON") << QByteArray(1'000'000, '[') + QByteArray(1'000'000, ']');
    }
    void GU_07_huge_payloads_are_cropped_with_a_note()
    {
        QFETCH(QByteArray, bytes);
        Fixture f;
        f.show(bytes);
        // All there is to do happens in the call and the one turn that paints.
        QApplication::processEvents();
        // 1 MiB, or what takes as much text where each byte is shown by a name.
        const std::size_t covered = f.text->shown().coveredBytes();
        QVERIFY(covered >= DetailText::maxBytes || f.text->shown().text().size() >= qsizetype(DetailText::maxText));
        QVERIFY2(f.note->text().contains(formatBytes(covered)), qPrintable(f.note->text()));
        QVERIFY(f.text->shown().text().size() <= 4 << 20);
        QVERIFY(f.text->rowCount() <= 2 << 20);
        QVERIFY(!f.detail.grab().isNull());
        f.text->verticalScrollBar()->setValue(f.text->verticalScrollBar()->maximum());
        QVERIFY(!f.detail.grab().isNull());
        f.tabs->setCurrentWidget(f.hex);
        f.hex->verticalScrollBar()->setValue(f.hex->verticalScrollBar()->maximum());
        QVERIFY(!f.detail.grab().isNull());
        QVERIFY(f.hex->rowCount() >= bytes.size() / 16);
        child<QToolButton>(f.detail, "copy_whole_message")->click();
        if (!bytes.contains('\0'))
            QCOMPARE(f.clipboard().size(), bytes.size());
    }

    void long_lines_are_broken_at_the_width()
    {
        Fixture f;
        f.show(QByteArray(5000, 'x'));
        const qint64 rows = f.text->rowCount();
        QVERIFY(rows > 50);
        for (qint64 row = 0; row < rows; ++row)
            QVERIFY(
                f.text->fontMetrics().horizontalAdvance(f.text->rowText(row)) <= f.text->viewport()->width());
        f.detail.resize(800, 400);
        QApplication::processEvents();
        QVERIFY(f.text->rowCount() < rows);
    }

    void a_close_frame_shows_code_and_reason_apart()
    {
        Fixture f;
        f.show(std::string("\x0f\xa1") + "Server stopped. Click OK", TrafficType::close);
        QVERIFY2(f.note->text().contains(QStringLiteral("4001")), qPrintable(f.note->text()));
        QVERIFY2(!f.note->text().contains(QStringLiteral("Server stopped")),
            "GU-19: the peer's words stay in their field");
        QCOMPARE(f.text->rowText(0), QStringLiteral("Server stopped. Click OK"));
    }

    void what_is_gone_or_cleared_says_so()
    {
        Fixture f;
        f.detail.showMessage(77);
        QVERIFY(child<QLabel>(f.detail, "no_message")->text().contains(QStringLiteral("no longer kept")));
        f.show("x");
        f.detail.clear();
        QVERIFY(child<QLabel>(f.detail, "no_message")->text().contains(QStringLiteral("Select a message")));
        QCOMPARE(f.text->rowCount(), 0);
    }

    void the_keyboard_reads_and_selects()
    {
        Fixture f;
        f.show("first\nsecond\nthird");
        f.text->setFocus();
        QTest::keyClick(f.text, Qt::Key_Down);
        QTest::keyClick(f.text, Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(f.text->selectedBytes(), QByteArray("second"));
        QTest::keyClick(f.text, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(f.text->selectedBytes(), QByteArray("first\nsecond\nthird"));
        QTest::keyClick(f.text, Qt::Key_Home, Qt::ControlModifier);
        QVERIFY(!f.text->hasSelection());
    }

    void GU_17_random_bytes_paint()
    {
        Fixture f;
        quint32 state = 7;
        for (int i = 0; i < 200; ++i) {
            QByteArray bytes;
            for (int n = 0; n < 300; ++n) {
                state = state * 1664525U + 1013904223U;
                bytes += static_cast<char>(state >> 24U);
            }
            f.show(bytes, i % 2 ? TrafficType::text : TrafficType::binary);
            QVERIFY(!f.detail.grab().isNull());
            f.text->selectAll();
            QCOMPARE(f.text->selectedBytes(), bytes);
        }
    }

    void JSON_is_shown_as_a_tree()
    {
        Fixture f;
        f.show(R"({"type":"price","time":{"s":1}})");
        QCOMPARE(f.tabs->currentWidget(), f.json);
        QTRY_COMPARE(f.tree->model()->rowCount(), 1);
        const QModelIndex whole = f.tree->model()->index(0, 0);
        QVERIFY(f.tree->isExpanded(whole));
        QCOMPARE(f.tree->model()->index(0, 0, whole).data().toString(), QStringLiteral("type: \"price\""));
        QCOMPARE(f.tabs->currentWidget(), f.json);
        // By keyboard: down to the last member, open it, and into it.
        f.tree->setFocus();
        for (int i = 0; i < 2; ++i)
            QTest::keyClick(f.tree, Qt::Key_Down);
        QTest::keyClick(f.tree, Qt::Key_Right);
        QTest::keyClick(f.tree, Qt::Key_Down);
        QCOMPARE(f.tree->currentIndex().data().toString(), QStringLiteral("s: 1"));
        QVERIFY(!f.detail.grab().isNull());
    }

    void a_value_is_copied_as_it_stands_in_the_payload_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("a number beyond double") << QByteArray("1.50e+400");
        QTest::newRow("a string with escapes") << QByteArray("\"\\u0041\\n\\/\"");
        QTest::newRow("a cut emoji") << QByteArray("\"\\ud83d\"");
        QTest::newRow("blanks in a container") << QByteArray("{ \"b\" :\n[ 1 ,2 ] }");
        QTest::newRow("NBSP and a bidirectional mark")
            << QByteArray("\"\xC2\xA0\xE2\x80\xAE\xE2\x80\xA8\"");
    }
    void a_value_is_copied_as_it_stands_in_the_payload()
    {
        QFETCH(QByteArray, value);
        Fixture f;
        f.show("{\"k\": " + value + " }");
        QTRY_COMPARE(f.tree->model()->rowCount(), 1);
        f.tree->setCurrentIndex(f.tree->model()->index(0, 0, f.tree->model()->index(0, 0)));
        QApplication::setActiveWindow(&f.detail);
        f.tree->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(&f.detail));
        QTest::keyClick(f.tree, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(f.clipboard(), value);
        f.json->copyKey();
        QCOMPARE(f.clipboard(), QByteArray("k"));
        f.json->copyPath();
        QCOMPARE(f.clipboard(), QByteArray("$.k"));
    }

    void a_path_that_the_clipboard_cannot_hold_says_so()
    {
        Fixture f;
        f.show(R"({"a\u0000b":1})");
        QTRY_COMPARE(f.tree->model()->rowCount(), 1);
        f.tree->setCurrentIndex(f.tree->model()->index(0, 0, f.tree->model()->index(0, 0)));
        QApplication::clipboard()->setText(QStringLiteral("before"));
        f.json->copyPath();
        QCOMPARE(f.clipboard(), QByteArray("before"));
        auto* notice = child<InlineNotice>(f.detail, "inline_notice");
        QVERIFY(notice->text().contains(QStringLiteral("Nothing was copied")));
        child<QPushButton>(*notice, "Copy message as hex")->click();
        QCOMPARE(QByteArray::fromHex(f.clipboard()), QByteArray("$[\"a\0b\"]", 8));
        f.json->copyKey(); // as it is spelt
        QCOMPARE(f.clipboard(), QByteArray("a\\u0000b"));
    }

    void the_menu_of_the_tree_filters_like_a_value()
    {
        Fixture f;
        f.show(R"({"type":"subscribe","n":[4]})");
        QTRY_COMPARE(f.tree->model()->rowCount(), 1);
        QSignalSpy wanted(&f.detail, &MessageDetail::filterRequested);
        f.tree->setCurrentIndex(f.tree->model()->index(0, 0, f.tree->model()->index(0, 0)));
        Q_EMIT f.tree->customContextMenuRequested(f.tree->visualRect(f.tree->currentIndex()).center());
        auto* menu = child<QMenu>(*f.json, "json_menu");
        for (QAction* action : menu->actions()) {
            if (action->objectName() == QLatin1String("json_filter"))
                action->trigger();
        }
        menu->close();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("$.type:subscribe"));
    }

    void GU_07_what_is_too_much_is_shown_as_text_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("reason");
        QTest::newRow("257 deep") << QByteArray(257, '[') + QByteArray(257, ']')
                                  << QStringLiteral("Shown as text: nested more than 256 deep.");
        QTest::newRow("10 MB") << "[\"" + QByteArray(10'000'000, 'x') + "\"]"
                               << QStringLiteral("Shown as text: larger than 1 MiB.");
        QTest::newRow("1 M deep") << QByteArray(1'000'000, '[') + QByteArray(1'000'000, ']')
                                  << QStringLiteral("Shown as text: larger than 1 MiB.");
        QTest::newRow("0.5 M deep") << QByteArray(500'000, '[') + QByteArray(500'000, ']')
                                    << QStringLiteral("Shown as text: nested more than 256 deep.");
        QTest::newRow("a mistake") << QByteArray("{\n \"a\" 1}")
                                   << QStringLiteral(
                                          "Shown as text: it is no valid JSON from line 2, column 6 on.");
    }
    void GU_07_what_is_too_much_is_shown_as_text()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, reason);
        Fixture f;
        f.show(bytes);
        QTRY_COMPARE(f.reason->text(), reason);
        QCOMPARE(f.tabs->currentWidget(), f.text);
        QVERIFY(f.tabs->isTabEnabled(f.tabs->indexOf(f.json))); // the reason can be read
        QCOMPARE(f.tree->model()->rowCount(), 0);
    }

    void the_tab_that_was_chosen_is_kept_for_each_kind()
    {
        Fixture f;
        f.show("{\"a\":1}");
        f.tabs->setCurrentWidget(f.base64);
        f.show("plain");
        QCOMPARE(f.tabs->currentWidget(), f.text);
        QVERIFY(!f.tabs->isTabEnabled(f.tabs->indexOf(f.json)));
        f.tabs->setCurrentWidget(f.hex);
        f.show(std::string_view("\0\1", 2), TrafficType::binary);
        QCOMPARE(f.tabs->currentWidget(), f.hex);
        f.tabs->setCurrentWidget(f.text);
        f.show("[1]");
        QCOMPARE(f.tabs->currentWidget(), f.base64);
        f.show("plain");
        QCOMPARE(f.tabs->currentWidget(), f.hex);
        f.tabs->setCurrentWidget(f.text);
        f.show("[1]");
        f.tabs->setCurrentWidget(f.json);
        f.show("[12:30] this is no JSON");
        QTRY_COMPARE(f.tabs->currentWidget(), f.text);
        f.show("[2]");
        QCOMPARE(f.tabs->currentWidget(), f.json);
    }

    void a_tree_of_a_message_that_is_no_longer_shown_is_dropped()
    {
        Fixture f;
        f.show("{\"first\":1}");
        f.show("plain");
        f.show("{\"second\":[]}");
        QTRY_COMPARE(f.tree->model()->rowCount(), 1);
        const QModelIndex member = f.tree->model()->index(0, 0, f.tree->model()->index(0, 0));
        QCOMPARE(member.data().toString(), QStringLiteral("second: [0]"));
        f.show("{\"third\":1}");
        f.detail.clear();
        QApplication::processEvents();
        QCOMPARE(f.tree->model()->rowCount(), 0);
    }

    void base64_is_copied_without_line_ends_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        for (const int size : {1, 2, 3, 56, 57, 58, 1'000})
            QTest::newRow(qPrintable(QString::number(size))) << QByteArray(size, '\xfb');
    }
    void base64_is_copied_without_line_ends()
    {
        QFETCH(QByteArray, bytes);
        Fixture f;
        f.show(bytes, TrafficType::binary);
        f.tabs->setCurrentWidget(f.base64);
        f.base64->selectAll();
        QTest::keyClick(f.base64, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(f.clipboard(), bytes.toBase64());
        QCOMPARE(f.base64->selectedBytes(), bytes);
        QString rows;
        for (qint64 row = 0; row < f.base64->rowCount(); ++row)
            rows += f.base64->rowText(row);
        QCOMPARE(rows.toUtf8(), bytes.toBase64());
        QApplication::clipboard()->clear();
        child<QToolButton>(f.detail, "copy_whole_message")->click();
        QCOMPARE(f.clipboard(), bytes.toBase64());
        QVERIFY(!f.detail.grab().isNull());
    }

    void every_control_has_a_name_and_a_keyboard_way()
    {
        Fixture f;
        f.show("x");
        QCOMPARE(test::faultsOf(f.detail).join(u'\n'), QString());
    }
};

QTEST_MAIN(MessageDetailTest)
#include "message_detail_test.moc"
