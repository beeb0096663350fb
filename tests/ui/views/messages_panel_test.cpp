#include "tests/ui/views/panel_fixture.h"
#include "ui/views/filter_field.h"
#include "ui/views/inline_notice.h"
#include "ui/views/message_delegate.h"
#include "ui/views/messages_panel.h"
#include "ui/views/payload_editor.h"
#include "ui/views/tail_table.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QFile>
#include <QFileDialog>
#include <QHeaderView>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;

namespace {

struct Fixture : test::PanelFixture {
    MessagesPanel panel{port, messageModel};
    TailTable* table = panel.table();
    InlineNotice* notice = child<InlineNotice>(panel, "messages_notice");
    ConnectionId id;

    Fixture()
    {
        panel.resize(800, 300);
        panel.show();
        id = port.open(12);
    }
    void add(int count)
    {
        for (int i = 0; i < count; ++i)
            port.fromBrowser(id, "message " + std::to_string(++number));
        settle();
    }
    static void settle() { QApplication::processEvents(); }
    [[nodiscard]] int topRow() const { return table->rowAt(2); }
    [[nodiscard]] int rows() const { return messageModel.rowCount(); }
    void selectRows(std::initializer_list<int> wanted) const
    {
        table->clearSelection();
        for (const int row : wanted) {
            table->selectionModel()->setCurrentIndex(
                messageModel.index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        }
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers) const { QTest::keyClick(table, key, modifiers); }
    static QByteArray clipboard() { return QApplication::clipboard()->mimeData()->text().toUtf8(); }
    int number = 0;
};

} // namespace

class MessagesPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_length_of_the_largest_message_is_shown_whole()
    {
        Fixture f;
        f.panel.resize(1'100, 300);
        f.settle();
        const int width = f.table->columnWidth(static_cast<int>(MessageColumn::Length));
        const int needed = QFontMetrics(f.table->font()).horizontalAdvance(QStringLiteral("16,777,216"));
        QVERIFY2(width >= needed + 2 * MessageDelegate::padding, qPrintable(QString::number(width)));
    }

    void the_columns_fit_the_width_that_the_panel_has_now()
    {
        Fixture f;
        const auto width
            = [&](MessageColumn column) { return f.table->columnWidth(static_cast<int>(column)); };
        f.panel.resize(1'400, 300);
        const int wide = width(MessageColumn::Connection);
        QVERIFY(!f.table->isColumnHidden(static_cast<int>(MessageColumn::Delta)));
        f.panel.resize(620, 300);
        Fixture::settle();
        QVERIFY(width(MessageColumn::Connection) < wide);
        const QFontMetrics metrics(f.table->horizontalHeader()->font());
        QVERIFY(width(MessageColumn::Connection)
            >= metrics.horizontalAdvance(titleOf(MessageColumn::Connection)) + 2 * MessageDelegate::padding);
        QVERIFY(f.table->isColumnHidden(static_cast<int>(MessageColumn::Delta)));
        QCOMPARE(f.table->horizontalScrollBar()->maximum(), 0);
        f.panel.resize(1'400, 300);
        QCOMPARE(width(MessageColumn::Connection), wide);
    }

    void follows_the_tail_only_while_it_is_there()
    {
        Fixture f;
        f.add(100);
        QVERIFY(f.table->isFollowing());
        QCOMPARE(f.table->verticalScrollBar()->value(), f.table->verticalScrollBar()->maximum());
        QVERIFY(!f.table->newestButton()->isVisible());

        f.table->verticalScrollBar()->setValue(10);
        const int top = f.topRow();
        f.add(12);
        QCOMPARE(f.topRow(), top);
        QCOMPARE(f.table->newRows(), 12);
        QVERIFY(f.table->newestButton()->isVisible());
        QVERIFY(f.table->newestButton()->text().startsWith(QStringLiteral("12 new")));

        f.table->newestButton()->click();
        f.settle();
        QCOMPARE(f.table->verticalScrollBar()->value(), f.table->verticalScrollBar()->maximum());
        QVERIFY(!f.table->newestButton()->isVisible());
        f.add(5);
        QCOMPARE(f.table->verticalScrollBar()->value(), f.table->verticalScrollBar()->maximum());
    }

    void the_arrow_keys_begin_where_one_looks()
    {
        for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Up, Qt::Key_PageUp}) {
            Fixture f;
            f.add(100);
            QTest::keyClick(f.table, key);
            QCOMPARE(f.table->currentIndex().row(), 99);
            QCOMPARE(f.table->verticalScrollBar()->value(), f.table->verticalScrollBar()->maximum());
            QTest::keyClick(f.table, Qt::Key_Up);
            QCOMPARE(f.table->currentIndex().row(), 98);
        }
        Fixture f;
        f.add(100);
        f.table->verticalScrollBar()->setValue(10);
        const int lowest = f.table->rowAt(f.table->viewport()->height() - 1);
        QTest::keyClick(f.table, Qt::Key_Down);
        QCOMPARE(f.table->currentIndex().row(), lowest);
    }

    void only_what_came_since_is_new_whatever_a_filter_shows_anew()
    {
        Fixture f;
        f.add(300);
        f.table->verticalScrollBar()->setValue(10);
        f.add(12); // 301 to 312
        f.messageModel.setSliceTime(std::chrono::milliseconds(0)); // the rest is found by another thread
        const auto filter = [&](const char* text) {
            QSignalSpy finished(&f.messageModel, &MessageModel::filteringFinished);
            f.panel.filterField()->setFilterText(QLatin1String(text));
            QVERIFY(!finished.isEmpty() || finished.wait(30'000));
            Fixture::settle();
        };
        filter("-\"message 299\" -\"message 305\"");
        QCOMPARE(f.rows(), 310);
        QVERIFY(!f.table->isFollowing());
        QCOMPARE(f.table->newRows(), 11);
        filter("");
        QCOMPARE(f.rows(), 312);
        QVERIFY(!f.table->isFollowing());
        QCOMPARE(f.table->newRows(), 12);
        QVERIFY(f.table->newestButton()->text().startsWith(QStringLiteral("12 new")));
    }

    void scrolling_back_to_the_end_follows_again()
    {
        Fixture f;
        f.add(100);
        f.table->verticalScrollBar()->setValue(0);
        f.add(3);
        f.table->verticalScrollBar()->setValue(f.table->verticalScrollBar()->maximum());
        QVERIFY(f.table->isFollowing());
        f.add(3);
        QCOMPARE(f.table->verticalScrollBar()->value(), f.table->verticalScrollBar()->maximum());
    }

    void GU_08_what_gives_way_does_not_move_what_is_in_sight()
    {
        Fixture f;
        f.messages.setBudget(64 * 1024);
        for (int i = 0; i < 200; ++i)
            f.port.fromBrowser(f.id, "message " + std::to_string(i));
        f.settle();
        const int before = f.rows();
        f.table->verticalScrollBar()->setValue(before / 2);
        const quint64 inSight = f.messageModel.sequenceAt(f.topRow());
        // Large enough to push out some of the oldest, not those in sight.
        while (f.messages.firstSequence() <= 20)
            f.port.fromBrowser(f.id, std::string(1000, 'x'));
        QVERIFY(f.messages.firstSequence() > 1);
        QVERIFY(f.messages.firstSequence() < inSight);
        f.settle();
        QCOMPARE(f.messageModel.sequenceAt(f.topRow()), inSight);
    }

    void a_selection_is_never_stolen()
    {
        Fixture f;
        f.add(20);
        f.selectRows({3});
        QSignalSpy selected(&f.panel, &MessagesPanel::messageSelected);
        f.add(50);
        QCOMPARE(f.panel.selectedSequences(), std::vector<quint64>{4});
        QCOMPARE(selected.size(), 0);
    }

    void a_filter_keeps_the_selected_message_selected_and_in_view()
    {
        Fixture f;
        f.add(300);
        f.selectRows({4});
        QSignalSpy cleared(&f.panel, &MessagesPanel::selectionCleared);
        f.panel.filterField()->setFilterText(QStringLiteral("\"message 5\""));
        QCOMPARE(f.messageModel.sequenceAt(f.table->currentIndex().row()), quint64{5});
        f.panel.filterField()->setFilterText(QStringLiteral("\"message 299\""));
        QCOMPARE(f.rows(), 1);
        f.panel.filterField()->setFilterText(QString());
        f.settle();
        QCOMPARE(f.rows(), 300);
        QCOMPARE(f.panel.selectedSequences(), std::vector<quint64>{5});
        QVERIFY(f.table->visualRect(f.messageModel.index(4, 0)).intersects(f.table->viewport()->rect()));
        QCOMPARE(cleared.size(), 0);
    }

    void a_bad_filter_says_where_and_the_last_good_one_stays()
    {
        Fixture f;
        f.add(3);
        f.panel.filterField()->setFilterText(QStringLiteral("\"message 2\""));
        QCOMPARE(f.rows(), 1);
        f.panel.filterField()->setFilterText(QStringLiteral("\"message 2\" dir:sideways"));
        QVERIFY(f.panel.filterField()->errorLabel()->isVisible());
        QVERIFY(f.panel.filterField()->errorLabel()->text().contains(QStringLiteral("character")));
        QCOMPARE(f.panel.filterField()->property("bad").toBool(), true);
        QCOMPARE(f.rows(), 1);
        QTest::keyClick(f.panel.filterField(), Qt::Key_Escape);
        QVERIFY(!f.panel.filterField()->errorLabel()->isVisible());
        QCOMPARE(f.rows(), 3);
    }

    void clear_hides_up_to_now_and_can_be_undone()
    {
        Fixture f;
        f.add(5);
        child<QToolButton>(f.panel, "clear_messages")->click();
        QCOMPARE(f.rows(), 0);
        f.add(2);
        QCOMPARE(f.rows(), 2);
        child<QPushButton>(*f.notice, "Show cleared messages again")->click();
        QCOMPARE(f.rows(), 7);
    }

    void a_second_click_on_clear_keeps_the_undo()
    {
        Fixture f;
        f.add(5);
        auto* clear = child<QToolButton>(f.panel, "clear_messages");
        clear->click();
        clear->click();
        child<QPushButton>(*f.notice, "Show cleared messages again")->click();
        QCOMPARE(f.rows(), 5);
        QVERIFY(!f.notice->isVisible());
        clear->click();
        f.add(2);
        clear->click();
        QCOMPARE(f.rows(), 0);
        child<QPushButton>(*f.notice, "Show cleared messages again")->click();
        QCOMPARE(f.rows(), 2);
        child<QPushButton>(*f.notice, "Show cleared messages again")->click(); // of the first one
        QCOMPARE(f.rows(), 7);
        QVERIFY(!f.notice->isVisible());
    }

    void pause_holds_the_view_still()
    {
        Fixture f;
        f.add(5);
        auto* pause = child<QToolButton>(f.panel, "pause_messages");
        pause->click();
        f.add(7);
        QCOMPARE(f.rows(), 5);
        QVERIFY(pause->text().contains(QStringLiteral("(7)")));
        pause->click();
        f.settle();
        QCOMPARE(f.rows(), 12);
    }

    void direction_and_control_frames_can_be_chosen()
    {
        Fixture f;
        f.port.fromBrowser(f.id, "a");
        f.port.toBrowser(f.id, "b");
        f.port.message(f.id, Direction::from_browser, TrafficType::ping, "p");
        f.settle();
        QCOMPARE(f.rows(), 2);
        child<QAction>(f.panel, "show_control_frames")->trigger();
        QCOMPARE(f.rows(), 3);
        child<QAction>(f.panel, "direction_to_browser")->trigger();
        QCOMPARE(f.rows(), 1);
        QVERIFY(child<QToolButton>(f.panel, "message_direction")
                    ->text()
                    .startsWith(QStringLiteral("To browser")));
    }

    void only_the_connections_that_are_asked_for_are_shown()
    {
        Fixture f;
        const ConnectionId other = f.port.open(13);
        f.port.fromBrowser(f.id, "a");
        f.port.fromBrowser(other, "b");
        f.panel.showConnections({other});
        QCOMPARE(f.rows(), 1);
        QVERIFY(f.table->isColumnHidden(static_cast<int>(MessageColumn::Connection)));
        f.panel.showConnections({});
        QCOMPARE(f.rows(), 2);
        QVERIFY(!f.table->isColumnHidden(static_cast<int>(MessageColumn::Connection)));
    }

    void one_copied_message_is_exactly_its_payload_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("JSON") << QByteArray("{\"a\":1}");
        QTest::newRow("line ends") << QByteArray("a\r\nb\rc\n");
        QTest::newRow("separators") << QByteArray("\xC2\xA0\xE2\x80\xA8\xE2\x80\xA9\xEF\xB7\x90");
        QTest::newRow("BOM") << QByteArray("\xEF\xBB\xBFx");
        QTest::newRow("GU-05 control sequences") << QByteArray("\x1B[2J\x1B]0;pwn\x07");
        QTest::newRow("longer than a cell") << QByteArray("0123456789\n").repeated(10'000);
    }
    void one_copied_message_is_exactly_its_payload()
    {
        QFETCH(QByteArray, bytes);
        Fixture f;
        f.port.fromBrowser(f.id, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        f.settle();
        f.selectRows({0});
        f.key(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(f.clipboard(), bytes);
        PayloadEditor editor;
        if (PayloadEditor::isEditable(bytes)) {
            editor.paste();
            QCOMPARE(editor.payload(), bytes);
        }
    }

    void several_copied_messages_are_one_a_line()
    {
        Fixture f;
        f.add(4);
        f.selectRows({2, 0});
        f.key(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(f.clipboard(), QByteArray("message 1\nmessage 3"));
    }

    void several_messages_copied_as_hex_are_one_a_line()
    {
        Fixture f;
        f.port.fromBrowser(f.id, "0123456789abcdefXYZ");
        f.port.fromBrowser(f.id, "AB");
        f.settle();
        const auto copyAsHex = [&f] {
            Q_EMIT f.table->customContextMenuRequested(
                f.table->visualRect(f.messageModel.index(0, 0)).center());
            auto* menu = child<QMenu>(f.panel, "message_menu");
            menu->findChild<QAction*>(QStringLiteral("copy_as_hex"))->trigger();
            menu->close();
            delete menu;
        };
        f.selectRows({0, 1});
        copyAsHex();
        QCOMPARE(
            f.clipboard(), QByteArray("30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66 58 59 5a\n41 42"));
        f.selectRows({0}); // one keeps the lines that the hex view has
        copyAsHex();
        QCOMPARE(f.clipboard(), QByteArray("30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66\n58 59 5a"));
    }

    void what_the_clipboard_cannot_hold_says_so_and_offers_other_forms_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("NUL") << QByteArray("a\0b", 3);
        QTest::newRow("GU-16 invalid UTF-8") << QByteArray("a\x80z");
    }
    void what_the_clipboard_cannot_hold_says_so_and_offers_other_forms()
    {
        QFETCH(QByteArray, bytes);
        Fixture f;
        f.port.message(f.id, Direction::from_browser, TrafficType::binary,
            std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        f.settle();
        f.selectRows({0});
        QApplication::clipboard()->setText(QStringLiteral("before"));
        f.key(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(f.clipboard(), QByteArray("before"));
        QVERIFY(f.notice->text().contains(QStringLiteral("Nothing was copied")));
        child<QPushButton>(*f.notice, "Copy messages as hex")->click();
        QCOMPARE(QByteArray::fromHex(f.clipboard()), bytes);
        f.key(Qt::Key_C, Qt::ControlModifier);
        child<QPushButton>(*f.notice, "Copy messages as base64")->click();
        QCOMPARE(QByteArray::fromBase64(f.clipboard()), bytes);
    }

    void a_row_is_copied_as_text()
    {
        Fixture f;
        f.port.toBrowser(f.id, "{\"a\":1}");
        f.settle();
        f.selectRows({0});
        f.key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        const QString row = QString::fromUtf8(f.clipboard());
        QVERIFY2(
            row.contains(QStringLiteral("  #12 to browser  Text Message 7  {\"a\":1}")), qPrintable(row));
        QVERIFY2(QRegularExpression(QStringLiteral("^\\d\\d:\\d\\d:\\d\\d\\.\\d{3}  ")).match(row).hasMatch(),
            qPrintable(row));
    }

    void the_menu_edits_resends_and_filters()
    {
        Fixture f;
        f.port.toBrowser(f.id, "again");
        f.port.fromBrowser(f.id, "other");
        f.settle();
        QSignalSpy edit(&f.panel, &MessagesPanel::editInComposer);
        Q_EMIT f.table->customContextMenuRequested(f.table->visualRect(f.messageModel.index(0, 0)).center());
        auto* menu = child<QMenu>(f.panel, "message_menu");
        child<QAction>(f.panel, "edit_in_composer")->trigger();
        QCOMPARE(edit.size(), 1);
        QCOMPARE(edit[0][0].toULongLong(), quint64{1});
        child<QAction>(f.panel, "resend")->trigger();
        const auto* sent = f.port.last<command::Send>();
        QVERIFY(sent);
        QCOMPARE(sent->target, Target::one(f.id));
        QCOMPARE(sent->payload.text(), std::string_view("again"));
        f.port.finish(f.port.submitted.back().ticket, 0, 1, 0);
        QVERIFY(f.notice->text().contains(QStringLiteral("is closed. Press Ctrl+E")));
        child<QAction>(f.panel, "filter_direction")->trigger();
        QCOMPARE(f.panel.filterField()->text(), QStringLiteral("dir:to"));
        QCOMPARE(f.rows(), 1);
        child<QAction>(f.panel, "filter_content")->trigger();
        QCOMPARE(f.panel.filterField()->text(), QStringLiteral("again"));
        menu->close();
    }

    void nothing_is_sent_again_that_is_not_selected()
    {
        Fixture f;
        f.port.toBrowser(f.id, "one");
        f.port.toBrowser(f.id, "two");
        f.settle();
        f.selectRows({1});
        f.table->selectionModel()->setCurrentIndex(f.messageModel.index(0, 0), QItemSelectionModel::NoUpdate);
        const std::size_t before = f.port.submitted.size();
        f.key(Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(f.port.submitted.size(), before);
        f.selectRows({1});
        f.key(Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(f.port.submitted.size(), before + 1);
        QCOMPARE(f.port.last<command::Send>()->payload.text(), std::string_view("two"));
    }

    void the_menu_copies_as_JSON_and_as_a_command()
    {
        Fixture f;
        f.port.toBrowser(f.id, "again");
        f.settle();
        Q_EMIT f.table->customContextMenuRequested(f.table->visualRect(f.messageModel.index(0, 0)).center());
        child<QAction>(f.panel, "copy_as_command")->trigger();
        QCOMPARE(f.clipboard(), QByteArray("send #12 again"));
        child<QAction>(f.panel, "copy_as_json")->trigger();
        QVERIFY2(f.clipboard().startsWith("{\"seq\":1,") && f.clipboard().endsWith("}"), f.clipboard().constData());
        QVERIFY(f.clipboard().contains("\"data\":\"again\""));
        child<QMenu>(f.panel, "message_menu")->close();
    }

    void messages_like_one_are_hidden_with_an_undo()
    {
        Fixture f;
        f.port.toBrowser(f.id, "tick");
        f.port.fromBrowser(f.id, "news");
        f.settle();
        f.panel.filterField()->setFilterText(QStringLiteral("op:text"));
        Q_EMIT f.table->customContextMenuRequested(f.table->visualRect(f.messageModel.index(0, 0)).center());
        child<QAction>(f.panel, "hide_content")->trigger();
        child<QMenu>(f.panel, "message_menu")->close();
        QCOMPARE(f.panel.filterField()->text(), QStringLiteral("op:text -tick"));
        QCOMPARE(f.rows(), 1);
        child<QPushButton>(f.panel, "Show messages like this again")->click();
        QCOMPARE(f.panel.filterField()->text(), QStringLiteral("op:text"));
        QCOMPARE(f.rows(), 2);
    }

    void a_payload_is_saved_as_a_file()
    {
        Fixture f;
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("payload"));
        f.port.fromBrowser(f.id, std::string("a\0\r\nb", 5));
        f.settle();
        Q_EMIT f.table->customContextMenuRequested(f.table->visualRect(f.messageModel.index(0, 0)).center());
        child<QAction>(f.panel, "save_payload")->trigger();
        child<QMenu>(f.panel, "message_menu")->close();
        auto* dialog = child<QFileDialog>(f.panel, "save_payload_dialog");
        Q_EMIT dialog->fileSelected(path);
        QTRY_VERIFY(f.notice->text().contains(QStringLiteral("payload")));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("a\0\r\nb", 5));
        Q_EMIT dialog->fileSelected(QStringLiteral("/dev/full/payload"));
        QTRY_VERIFY(f.notice->text().contains(QStringLiteral("could not be written")));
        dialog->close();
    }

    void the_menu_key_is_about_the_current_row()
    {
        Fixture f;
        f.add(20);
        f.selectRows({f.topRow()});
        const QModelIndex current = f.table->currentIndex();
        const QPoint middle = f.table->rect().center();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, middle, f.table->mapToGlobal(middle));
        QApplication::sendEvent(f.table, &event);
        QCOMPARE(f.table->currentIndex(), current);
        child<QMenu>(f.panel, "message_menu")->close();
    }

    void selecting_tells_which_message()
    {
        Fixture f;
        f.add(3);
        QSignalSpy selected(&f.panel, &MessagesPanel::messageSelected);
        QSignalSpy cleared(&f.panel, &MessagesPanel::selectionCleared);
        f.selectRows({1});
        QCOMPARE(selected.size(), 1);
        QCOMPARE(selected[0][0].toULongLong(), quint64{2});
        f.key(Qt::Key_Down, Qt::NoModifier);
        QCOMPARE(selected.last()[0].toULongLong(), quint64{3});
        f.table->clearSelection();
        QCOMPARE(cleared.size(), 1);
    }

    void GU_04_a_row_stays_one_row()
    {
        Fixture f;
        f.port.fromBrowser(f.id, test::hostileText);
        f.port.message(f.id, Direction::from_browser, TrafficType::close,
            std::string("\x0f\xa1") + "Server stopped. Click OK");
        f.settle();
        for (int row = 0; row < f.rows(); ++row) {
            QCOMPARE(f.table->rowHeight(row), f.table->rowHeight(0));
            for (int column = 0; column < messageColumnCount; ++column) {
                const QString shown = f.messageModel.index(row, column).data().toString();
                for (const QChar c : shown)
                    QVERIFY2(c.unicode() >= 0x20 && c.category() != QChar::Other_Control
                            && c.unicode() != 0x2028 && c.category() != QChar::Other_Format,
                        qPrintable(QString::number(c.unicode(), 16)));
            }
        }
        const QString data = f.messageModel.index(1, static_cast<int>(MessageColumn::Data)).data().toString();
        QVERIFY2(
            data.contains(QStringLiteral("\u201CServer stopped. Click OK\u201D")), qPrintable(data)); // GU-19
        QVERIFY(!f.panel.grab().isNull());
    }

    void GU_01_the_heading_is_literal()
    {
        Fixture f;
        f.panel.setHeading(QStringLiteral("#1 <b>x</b> &File \u202E"));
        const QString shown = child<QWidget>(f.panel, "messages_heading")->accessibleDescription();
        QVERIFY(shown.contains(QStringLiteral("<b>x</b> &File")));
        QVERIFY(!shown.contains(QChar(0x202E)));
    }

    void GU_17_random_text_paints_in_rows_of_one_height()
    {
        Fixture f;
        quint32 state = 1;
        const auto next = [&state] { return state = state * 1664525U + 1013904223U; };
        for (int i = 0; i < 300; ++i) {
            std::string bytes;
            for (quint32 n = next() % 60; n > 0; --n) {
                static constexpr char32_t ranges[]
                    = {0x20, 0x300, 0x590, 0x600, 0x4E00, 0x1F600, 0x202A, 0xE0020, 0x0E00};
                const char32_t c = ranges[next() % 9] + next() % 64;
                bytes += QStringView(QChar::fromUcs4(c)).toUtf8().toStdString();
            }
            f.port.fromBrowser(f.id, bytes);
        }
        f.settle();
        for (int row = 0; row < f.rows(); row += 9) {
            f.table->scrollTo(f.messageModel.index(row, 0), QAbstractItemView::PositionAtTop);
            QVERIFY(!f.panel.grab().isNull());
            QCOMPARE(f.table->rowHeight(row), f.table->rowHeight(0));
        }
    }

    void nothing_needs_sideways_scrolling_data()
    {
        QTest::addColumn<int>("width");
        for (const int width : {520, 660, 800, 1200})
            QTest::newRow(qPrintable(QString::number(width))) << width;
    }
    void nothing_needs_sideways_scrolling()
    {
        QFETCH(int, width);
        Fixture f;
        f.add(3);
        f.panel.resize(width, 300);
        f.settle();
        QVERIFY(!f.table->horizontalScrollBar()->isVisible());
        QVERIFY(f.table->columnWidth(static_cast<int>(MessageColumn::Data)) >= 60);
    }

    void columns_come_back_as_they_were_left_data()
    {
        QTest::addColumn<int>("width"); // of the panel that they come back to
        QTest::newRow("as wide as before") << 1'200;
        QTest::newRow("narrow") << 520;
    }

    void columns_come_back_as_they_were_left()
    {
        QFETCH(int, width);
        QByteArray state;
        {
            Fixture f;
            f.panel.resize(400, 300); // no room for all of them
            f.settle();
            QVERIFY(f.table->isColumnHidden(static_cast<int>(MessageColumn::Delta)));
            f.panel.showConnections({f.id});
            QHeaderView* header = f.table->horizontalHeader();
            header->moveSection(header->visualIndex(static_cast<int>(MessageColumn::Type)), 0);
            header->resizeSection(static_cast<int>(MessageColumn::Direction), 77);
            state = f.panel.saveColumns();
        }
        Fixture f;
        QVERIFY(f.panel.restoreColumns(state));
        f.panel.resize(width, 300);
        f.settle();
        const QHeaderView* header = f.table->horizontalHeader();
        QCOMPARE(header->logicalIndex(0), static_cast<int>(MessageColumn::Type));
        QCOMPARE(f.table->columnWidth(static_cast<int>(MessageColumn::Direction)), 77);
        // What was hidden for want of room, or since one connection was shown, is not hidden for good.
        QVERIFY(!f.table->isColumnHidden(static_cast<int>(MessageColumn::Connection)));
        if (width >= 1'200)
            QVERIFY(!f.table->isColumnHidden(static_cast<int>(MessageColumn::Delta)));
        QVERIFY(!f.panel.restoreColumns("w garbage"));
        QCOMPARE(header->logicalIndex(0), static_cast<int>(MessageColumn::Time));
        QVERIFY(f.table->columnWidth(static_cast<int>(MessageColumn::Direction)) != 77);
    }

    void every_control_has_a_name_and_a_keyboard_way()
    {
        Fixture f;
        QCOMPARE(test::faultsOf(f.panel).join(u'\n'), QString());
    }
};

QTEST_MAIN(MessagesPanelTest)
#include "messages_panel_test.moc"
