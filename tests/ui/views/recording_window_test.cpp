#include "tests/support/made_capture.h"
#include "tests/ui/views/panel_fixture.h"
#include "ui/models/export_source.h"
#include "ui/models/message_model.h"
#include "ui/views/elided_label.h"
#include "ui/views/find_bar.h"
#include "ui/views/inline_notice.h"
#include "ui/views/messages_panel.h"
#include "ui/views/recording_window.h"
#include "ui/views/shortcut_dialog.h"
#include "ui/views/tail_table.h"

#include <QAction>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;
using jackfield::test::MadeCapture;

namespace {

constexpr int patience = 30'000;

struct Fixture {
    QTemporaryDir folder;
    QString path = folder.filePath(QStringLiteral("shop.jsonl"));
    QPointer<RecordingWindow> window;

    void put(const std::string& text) const
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.data(), static_cast<qint64>(text.size()));
    }
    void open()
    {
        window = new RecordingWindow(path);
        QSignalSpy loaded(window, &RecordingWindow::loaded);
        window->show();
        QVERIFY(loaded.wait(patience));
    }
    ~Fixture() { delete window; }
    [[nodiscard]] QString notice() const { return child<InlineNotice>(*window, "recording_notice")->text(); }
    [[nodiscard]] QString cell(int row, MessageColumn column) const
    {
        const MessageModel& model = window->messages();
        return model.index(row, static_cast<int>(column)).data().toString();
    }
};

std::string recording(RecordingFormat format = RecordingFormat::json_lines)
{
    MadeCapture made;
    const ConnectionId id = made.open(7);
    made.fromBrowser(id, "{\"a\":1}");
    made.add(id, Direction::to_browser, TrafficType::binary, std::string("\x00\x01", 2));
    made.fromBrowser(id, "last");
    return test::written(made, format);
}

} // namespace

class RecordingWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shows_a_recording_in_the_messages_table()
    {
        Fixture f;
        f.put(recording());
        f.open();
        QVERIFY(f.window->windowTitle().startsWith(QStringLiteral("shop.jsonl (recording)")));
        QVERIFY(child<QWidget>(*f.window, "recording_badge")->isVisible());
        QCOMPARE(child<ElidedLabel>(*f.window, "recording_heading")->content(),
            QStringLiteral("shop.jsonl \u00B7 JSON Lines \u00B7 3 messages of 1 connections"));
        QCOMPARE(f.window->messages().rowCount(), 3);
        QVERIFY(f.cell(0, MessageColumn::Connection).startsWith(QStringLiteral("#7 ")));
        QCOMPARE(f.cell(0, MessageColumn::Data), QStringLiteral("{\"a\":1}"));
        QCOMPARE(f.cell(1, MessageColumn::Data), QStringLiteral("00 01"));
        QVERIFY(f.cell(1, MessageColumn::Direction).contains(QStringLiteral("to browser")));
        QVERIFY(!child<InlineNotice>(*f.window, "recording_notice")->isVisible());
    }

    void the_browsers_own_har_is_shown()
    {
        Fixture f;
        f.path = QStringLiteral(JACKFIELD_SOURCE_DIR "/tests/data/chromium.har");
        f.open();
        QCOMPARE(f.window->messages().rowCount(), 10);
        QCOMPARE(f.cell(0, MessageColumn::Data), QStringLiteral("hello"));
        QVERIFY(
            child<ElidedLabel>(*f.window, "recording_heading")->content().contains(QStringLiteral("HAR")));
    }

    void exporting_it_again_loses_nothing_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("connections");
        for (const auto format : {RecordingFormat::json_lines, RecordingFormat::har}) {
            const std::string name(name_of(format));
            QTest::addRow("%s", name.c_str()) << static_cast<int>(format) << 3;
            // More than the table of connections keeps of closed ones.
            QTest::addRow("%s of many", name.c_str()) << static_cast<int>(format) << 1'200;
        }
    }
    void exporting_it_again_loses_nothing()
    {
        QFETCH(int, format);
        QFETCH(int, connections);
        MadeCapture made;
        for (int number = 1; number <= connections; ++number) {
            const auto count = static_cast<std::uint64_t>(number);
            const ConnectionId id = made.open(MadeCapture::makeInfo(count),
                number == 1 ? "My phone" : "Tab \xE2\x80\x9C" + std::to_string(number) + "\xE2\x80\x9D");
            if (number != 2) // one without a message
                made.fromBrowser(id, "hi from " + std::to_string(number));
        }
        for (const ConnectionId id : made.order) {
            if (id != made.order.back()) // one that was open
                made.close(id, 4001, "bye", made.kept.back().message.wall_ns + 5'000);
        }
        Fixture f;
        f.path = f.folder.filePath(QStringLiteral("first"));
        const std::string first = test::written(made, static_cast<RecordingFormat>(format));
        f.put(first);
        f.open();
        QCOMPARE(f.cell(0, MessageColumn::Connection), QStringLiteral("#1 My phone"));
        ExportSource source(f.window->messages().store(), f.window->connections(), std::nullopt, true);
        const std::string second = test::written(source, static_cast<RecordingFormat>(format));
        QVERIFY(first.find("My phone") != std::string::npos);
        QVERIFY(first.find("4001") != std::string::npos);
        QCOMPARE(QByteArray::fromStdString(second), QByteArray::fromStdString(first));
    }

    void a_recorded_name_is_neutral()
    {
        MadeCapture made;
        made.fromBrowser(made.open(MadeCapture::makeInfo(7), "a\nb\x1B[2J\xE2\x80\xAE"), "hi");
        Fixture f;
        f.put(test::written(made, RecordingFormat::json_lines));
        f.open();
        const QString shown = f.cell(0, MessageColumn::Connection);
        QVERIFY(shown.startsWith(QStringLiteral("#7 a")));
        for (const QChar c : {QChar(u'\n'), QChar(0x1B), QChar(0x202E)})
            QVERIFY(!shown.contains(c));
    }

    void nothing_can_be_sent_from_it()
    {
        Fixture f;
        f.put(recording());
        f.open();
        auto* panel = f.window->findChild<MessagesPanel*>();
        TailTable* table = panel->table();
        QSignalSpy edit(panel, &MessagesPanel::editInComposer);
        table->setCurrentIndex(f.window->messages().index(0, 0));
        QTest::keyClick(table, Qt::Key_E, Qt::ControlModifier);
        QTest::keyClick(table, Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(edit.size(), 0);
        Q_EMIT table->customContextMenuRequested(
            table->visualRect(f.window->messages().index(0, 0)).center());
        auto* menu = child<QMenu>(*f.window, "message_menu");
        QVERIFY(menu->findChild<QAction*>(QStringLiteral("copy_as_text")));
        QVERIFY(menu->findChild<QAction*>(QStringLiteral("export")));
        QVERIFY(!menu->findChild<QAction*>(QStringLiteral("resend")));
        QVERIFY(!menu->findChild<QAction*>(QStringLiteral("edit_in_composer")));
        menu->close();
        QVERIFY(!child<QToolButton>(*f.window, "pause_messages")->isVisible());
    }

    void a_damaged_recording_is_shown_up_to_there_and_says_so() // FF-11
    {
        Fixture f;
        std::string text = recording();
        const std::size_t last = text.find("\"seq\":3") - 1;
        f.put(text.substr(0, last + 30));
        f.open();
        QCOMPARE(f.window->messages().rowCount(), 2);
        QCOMPARE(f.notice(),
            QStringLiteral(
                "The recording is damaged and shown up to there: line 4, byte %1: it ends before all "
                "brackets are closed.")
                .arg(last + 30));
    }

    void what_is_no_recording_is_told_and_can_be_tried_again() // FF-11
    {
        Fixture f;
        f.put("%PDF");
        f.open();
        QCOMPARE(f.window->messages().rowCount(), 0);
        QCOMPARE(f.notice(),
            QStringLiteral(
                "Not opened: this is neither a HAR nor a JSON Lines recording: it does not begin with a "
                "brace (byte 0)."));
        f.put(recording(RecordingFormat::har));
        QSignalSpy loaded(f.window, &RecordingWindow::loaded);
        for (auto* button : f.window->findChildren<QPushButton*>()) {
            if (button->accessibleName() == QStringLiteral("Retry opening the recording"))
                button->click();
        }
        QVERIFY(loaded.wait(patience));
        QCOMPARE(f.window->messages().rowCount(), 3);
    }

    void many_messages_come_in_slices()
    {
        Fixture f;
        MadeCapture made;
        const ConnectionId id = made.open(1);
        for (int i = 0; i < 10'000; ++i)
            made.fromBrowser(id, std::to_string(i));
        f.put(test::written(made, RecordingFormat::json_lines));
        f.open();
        QCOMPARE(f.window->messages().rowCount(), 10'000);
        QCOMPARE(f.cell(9'999, MessageColumn::Data), QStringLiteral("9999"));
    }

    void it_opens_at_its_beginning_and_nothing_in_it_is_new()
    {
        Fixture f;
        MadeCapture made;
        const ConnectionId id = made.open(1);
        for (int i = 0; i < 1'000; ++i)
            made.fromBrowser(id, std::to_string(i));
        f.put(test::written(made, RecordingFormat::json_lines));
        f.open();
        QApplication::processEvents(); // the table lays its rows out
        auto* table = child<TailTable>(*f.window, "message_table");
        QVERIFY(table->verticalScrollBar()->maximum() > 900);
        QCOMPARE(table->rowAt(2), 0);
        QVERIFY(!table->newestButton()->isVisible());
        QTest::keyClick(table, Qt::Key_End);
        QCOMPARE(table->verticalScrollBar()->value(), table->verticalScrollBar()->maximum());
        QTest::keyClick(table, Qt::Key_Home);
        QCOMPARE(table->rowAt(2), 0);
    }

    void find_moves_through_the_recording()
    {
        Fixture f;
        f.put(recording());
        f.open();
        f.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(f.window));
        auto* panel = f.window->findChild<MessagesPanel*>();
        QTest::keyClick(panel->table(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(panel->findBar()->isVisible());
        QSignalSpy first(panel->findBar(), &FindBar::firstWanted);
        QTest::keyClicks(panel->findBar()->field(), QStringLiteral("a"));
        QVERIFY(!first.isEmpty() || first.wait(patience));
        QCOMPARE(panel->selectedSequences(), std::vector<quint64>{1});
        QTest::keyClick(panel->table(), Qt::Key_F3);
        QCOMPARE(panel->selectedSequences(), std::vector<quint64>{3});
        QTest::keyClick(panel->table(), Qt::Key_F3, Qt::ShiftModifier);
        QCOMPARE(panel->selectedSequences(), std::vector<quint64>{1});
    }

    void its_keys_are_in_a_list_of_its_own()
    {
        Fixture f;
        f.put(recording());
        f.open();
        child<QAction>(*f.window, "recording_shortcuts")->trigger();
        const auto* list = child<ShortcutDialog>(*f.window, "shortcut_dialog");
        QVERIFY(list->isVisible());
        for (const char* line : {"Menu File\tExport messages\tCtrl+Shift+S", "Menu File\tClose\tCtrl+W",
                 "Menu Message\tFilter messages\tCtrl+Shift+K", "Menu Message\tFind in messages\tCtrl+F",
                 "Menu Message\tFind next\tF3", "Menu Message\tFind previous\tShift+F3",
                 "Menu Help\tKeyboard shortcuts\tCtrl+?", "Message table\tCopy the payload\tCtrl+C",
                 "Message table\tCopy row\tCtrl+Shift+C", "Find in messages\tEnd the search\tEsc"})
            QVERIFY2(list->text().split(u'\n').contains(QLatin1String(line)), line);
        QVERIFY(!list->text().contains(QStringLiteral("Resend")));
    }

    void closing_it_while_it_loads_stops_the_loading()
    {
        Fixture f;
        f.put(recording());
        for (int i = 0; i < 20; ++i) {
            auto* window = new RecordingWindow(f.path);
            window->show();
            delete window;
        }
    }

    void every_control_has_a_name_and_a_way_by_keyboard()
    {
        Fixture f;
        f.put(recording());
        f.open();
        QCOMPARE(test::faultsOf(*f.window), QStringList());
    }
};

QTEST_MAIN(RecordingWindowTest)
#include "recording_window_test.moc"
