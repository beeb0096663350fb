#include "tests/support/fake_engine_port.h"
#include "tests/support/listening_status.h"
#include "ui/models/message_model.h"
#include "ui/models/repeats.h"
#include "ui/views/capture_gauge.h"
#include "ui/views/composer.h"
#include "ui/views/connection_table.h"
#include "ui/views/connection_view.h"
#include "ui/views/elided_label.h"
#include "ui/views/filter_field.h"
#include "ui/views/main_window.h"
#include "ui/views/messages_panel.h"
#include "ui/views/payload_editor.h"
#include "ui/views/side_panel.h"
#include "ui/views/status_line.h"
#include "ui/views/tail_table.h"
#include "ui/views/window_models.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QTableView>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;
using jackfield::test::listeningStatus;

class MainWindowTest : public QObject {
    Q_OBJECT

    static bool isControl(const QWidget* widget)
    {
        return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget)
            || qobject_cast<const QPlainTextEdit*>(widget) || qobject_cast<const QComboBox*>(widget)
            || qobject_cast<const QAbstractItemView*>(widget)
            || qobject_cast<const QAbstractSpinBox*>(widget);
    }
    /// A part of another control, which has the name.
    static bool isPart(const QWidget* widget)
    {
        if (widget->objectName().startsWith(QLatin1String("qt_")) || qobject_cast<const QHeaderView*>(widget))
            return true;
        for (const QWidget* parent = widget->parentWidget(); parent != nullptr;
             parent = parent->parentWidget()) {
            if (qobject_cast<const QLineEdit*>(parent) || qobject_cast<const QComboBox*>(parent)
                || qobject_cast<const QAbstractSpinBox*>(parent)
                || qobject_cast<const QAbstractItemView*>(parent) || qobject_cast<const QTabBar*>(parent)
                || qobject_cast<const QMenuBar*>(parent))
                return true;
        }
        return false;
    }

private Q_SLOTS:
    void every_control_has_a_name_of_its_own()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        port.deliverStatus(listeningStatus());
        QHash<QString, QString> seen;
        QStringList problems;
        for (const QWidget* widget : window.findChildren<QWidget*>()) {
            if (!isControl(widget) || isPart(widget))
                continue;
            const QString what = QStringLiteral("%1 %2 \"%3\"")
                                     .arg(QLatin1String(widget->metaObject()->className()),
                                         widget->objectName(), widget->accessibleName());
            if (widget->accessibleName().isEmpty() || widget->objectName().isEmpty())
                problems << QStringLiteral("no name: ") + what;
            else if (seen.contains(widget->accessibleName())
                && !widget->objectName().startsWith(QLatin1String("follow_candidate")))
                problems << QStringLiteral("twice: ") + what + QStringLiteral(" and ")
                        + seen.value(widget->accessibleName());
            seen.insert(widget->accessibleName(), what);
        }
        QVERIFY2(seen.size() > 25, "the window's controls were not found");
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }

    void every_menu_entry_has_a_name_and_does_something()
    {
        FakeEnginePort port;
        MainWindow window(port);
        for (QAction* menu : window.menuBar()->actions()) {
            QVERIFY(menu->menu() != nullptr);
            QVERIFY2(!menu->menu()->actions().isEmpty(), qPrintable(menu->text()));
            for (QAction* action : menu->menu()->actions()) {
                if (action->isSeparator() || action->menu() != nullptr)
                    continue;
                QVERIFY2(!action->objectName().isEmpty(), qPrintable(action->text()));
            }
        }
    }

    void the_older_protocols_are_switched_in_the_access_menu()
    {
        FakeEnginePort port;
        MainWindow window(port);
        ServerStatus status = listeningStatus();
        status.older_protocols = true;
        port.deliverStatus(status);
        auto* menu = window.findChild<QMenu*>(QStringLiteral("menu_access"));
        auto* older = window.findChild<QAction*>(QStringLiteral("access_older_protocols"));
        Q_EMIT menu->aboutToShow();
        QVERIFY(older->isChecked());
        older->trigger();
        QVERIFY(port.last<command::SetOlderProtocols>() != nullptr);
        QVERIFY(!port.last<command::SetOlderProtocols>()->enabled);
        status.older_protocols = false;
        port.deliverStatus(status);
        Q_EMIT menu->aboutToShow();
        QVERIFY(!older->isChecked());
    }

    void nothing_scrolls_sideways_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("side");
        QTest::newRow("960 wide") << QSize(960, 640) << false;
        QTest::newRow("960 wide with the side panel") << QSize(960, 640) << true;
        QTest::newRow("the first size") << QSize(1100, 760) << true;
        QTest::newRow("the smallest usable") << QSize(900, 600) << true;
    }

    void nothing_scrolls_sideways()
    {
        QFETCH(QSize, size);
        QFETCH(bool, side);
        FakeEnginePort port;
        MainWindow window(port);
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        port.deliverStatus(listeningStatus());
        const auto id = port.open(1);
        port.fromBrowser(id, "{\"type\":\"subscribe\"}");
        if (side)
            window.showAccess();
        QCoreApplication::processEvents();
        QCOMPARE(window.width(), size.width()); // it does not have to be wider than asked for
        QCOMPARE(window.findChild<ConnectionTable*>()->horizontalScrollBar()->maximum(), 0);
        QCOMPARE(window.findChild<MessagesPanel*>()->table()->horizontalScrollBar()->maximum(), 0);
    }

    void the_first_page_gives_way_to_the_tables_for_good()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        port.deliverStatus(listeningStatus());
        auto* page = window.findChild<QWidget*>(QStringLiteral("empty_state"));
        QVERIFY(page->isVisible());
        const auto info = FakeEnginePort::makeInfo(1);
        port.open(info);
        QVERIFY(!page->isVisible());
        port.close(info);
        window.models().connections.clearClosed();
        QVERIFY(!page->isVisible());
        QVERIFY(window.findChild<ConnectionTable*>()->isVisible());
    }

    void the_first_key_press_does_not_stop_the_server()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        port.deliverStatus(listeningStatus());
        if (QWidget* focused = window.focusWidget())
            QVERIFY(focused->objectName() != QStringLiteral("start_stop"));
        port.open(1);
        QVERIFY(window.focusWidget() == nullptr
            || window.focusWidget()->objectName() != QStringLiteral("start_stop"));
    }

    void a_selection_narrows_the_messages_and_none_means_all()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        const auto a = port.open(1);
        const auto b = port.open(2);
        port.fromBrowser(a, "one");
        port.fromBrowser(b, "two");
        auto& messages = window.models().messageTable;
        QCOMPARE(messages.rowCount(), 2);
        auto* view = window.findChild<ConnectionView*>();
        view->select(b);
        QCOMPARE(messages.rowCount(), 1);
        QCOMPARE(messages.recordAt(0)->connection->id, b);
        QCOMPARE(window.models().target.target().ids, std::vector<ConnectionId>{b});
        QTest::keyClick(view->table(), Qt::Key_Escape);
        QCOMPARE(messages.rowCount(), 2);
        QVERIFY(!window.models().target.hasTarget()); // two are open: nobody is meant
    }

    void cleared_connections_come_back_by_undo()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        port.open(1);
        port.close(FakeEnginePort::makeInfo(1));
        window.findChild<QAction*>(QStringLiteral("clear_closed_action"))->trigger();
        QCOMPARE(window.models().connections.closedCount(), std::size_t{0});
        window.findChild<QAbstractButton*>(QStringLiteral("Show cleared connections again"))->click();
        QCOMPARE(window.models().connections.closedCount(), std::size_t{1});
    }

    void the_messages_are_called_by_the_name_that_their_page_is_given()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        port.deliverStatus(listeningStatus());
        port.open(1);
        window.findChild<ConnectionView*>()->select(FakeEnginePort::idOf(1));
        const auto* heading = window.findChild<ElidedLabel*>(QStringLiteral("messages_heading"));
        QVERIFY(!heading->content().contains(QStringLiteral("Shop")));
        window.models().connections.setCustomName(FakeEnginePort::idOf(1), QStringLiteral("Shop"));
        QVERIFY2(heading->content().contains(QStringLiteral("Shop")), qPrintable(heading->content()));
    }

    void names_and_colours_are_forgotten_after_a_question()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        auto& connections = window.models().connections;
        connections.setColour(port.open(1), PageColour::red);
        auto* forget = window.findChild<QAction*>(QStringLiteral("forget_pages"));
        forget->trigger();
        window.findChild<QAbstractButton*>(QStringLiteral("forget_pages_no"))->click();
        QVERIFY(connections.hasRememberedPages());
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        forget->trigger();
        window.findChild<QAbstractButton*>(QStringLiteral("forget_pages_yes"))->click();
        QVERIFY(!connections.hasRememberedPages());
    }

    void the_menu_takes_the_origin_of_a_connection_off_its_list_with_an_undo_data()
    {
        QTest::addColumn<QString>("other"); // an entry that lets the page in as well
        QTest::addColumn<QString>("says");
        QTest::newRow("the only entry") << QString() << QStringLiteral("its pages are refused from now on");
        QTest::newRow("another one lets it in") << QStringLiteral("*.test") << QStringLiteral("*.test");
    }
    void the_menu_takes_the_origin_of_a_connection_off_its_list_with_an_undo()
    {
        QFETCH(QString, other);
        QFETCH(QString, says);
        FakeEnginePort port;
        auto status = listeningStatus();
        QVERIFY(status.access.origins.add(ListKind::origins, "http://shop.test").has_value());
        if (!other.isEmpty())
            QVERIFY(status.access.origins.add(ListKind::origins, other.toStdString()).has_value());
        port.deliverStatus(status);
        MainWindow window(port);
        window.show();
        window.findChild<ConnectionView*>()->select(
            port.open(FakeEnginePort::makeInfo(1, "http://shop.test", "/")));
        auto* view = window.findChild<ConnectionView*>();
        const QPoint middle = view->table()->rect().center();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, middle, view->table()->mapToGlobal(middle));
        QApplication::sendEvent(view->table(), &event);
        auto* menu = window.findChild<QMenu*>(QStringLiteral("connection_menu"));
        QVERIFY(menu != nullptr);
        auto* lists = menu->findChild<QMenu*>(QStringLiteral("lists_menu"));
        lists->findChild<QAction*>(QStringLiteral("access_origin"))->trigger();
        const auto* denied = port.last<command::Deny>();
        QVERIFY(denied != nullptr);
        QCOMPARE(denied->entry, std::string("http://shop.test"));
        QVERIFY(status.access.origins.remove(ListKind::origins, "http://shop.test").has_value());
        port.deliverStatus(status);
        port.finish(port.submitted.back().ticket);
        QString said;
        for (const QLabel* label : window.findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().contains(QStringLiteral("off the list of origins")))
                said = label->text();
        }
        QVERIFY2(said.contains(says), qPrintable(said));
        window.findChild<QAbstractButton*>(QStringLiteral("Undo the change of the list"))->click();
        const auto* back = port.last<command::ReplaceList>();
        QVERIFY(back != nullptr);
        QVERIFY(std::ranges::any_of(
            back->content.lines, [](const AccessLine& line) { return line.text == "http://shop.test"; }));
        menu->close();
    }

    void without_a_selection_the_filter_decides_whose_messages_show()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        const auto a = port.open(FakeEnginePort::makeInfo(1, "http://localhost:5173", "/chat"));
        const auto b = port.open(FakeEnginePort::makeInfo(2, "http://localhost:5173", "/prices"));
        port.fromBrowser(a, "one");
        port.fromBrowser(b, "two");
        auto* filter = window.findChild<FilterField*>(QStringLiteral("connection_filter"));
        filter->setFilterText(QStringLiteral("path:/prices"));
        QCOMPARE(window.models().connectionTable.rowCount(), 1);
        QCOMPARE(window.models().messageTable.rowCount(), 1);
        QVERIFY(window.findChild<ConnectionView*>()->summary().contains(
            QStringLiteral("1 hidden by the filter")));
        const auto c = port.open(FakeEnginePort::makeInfo(3, "http://localhost:5173", "/prices"));
        port.fromBrowser(c, "three");
        QCOMPARE(window.models().messageTable.rowCount(), 2);
        filter->setFilterText(QStringLiteral("path:/nowhere"));
        QCOMPARE(window.models().messageTable.rowCount(), 0);
        filter->setFilterText(QString());
        QCOMPARE(window.models().messageTable.rowCount(), 3);
    }

    void a_bad_filter_says_so_in_place_and_changes_nothing()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        port.open(1);
        auto* filter = window.findChild<FilterField*>(QStringLiteral("connection_filter"));
        filter->setFilterText(QStringLiteral("size>abc"));
        QVERIFY(filter->errorLabel()->isVisible());
        QCOMPARE(window.models().connectionTable.rowCount(), 1);
    }

    void control_k_goes_to_the_filter()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        port.open(1);
        window.findChild<ConnectionTable*>()->setFocus();
        QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
        QCOMPARE(window.focusWidget()->objectName(), QStringLiteral("connection_filter"));
        window.findChild<ConnectionTable*>()->setFocus();
        QTest::keyClick(&window, Qt::Key_Slash);
        QCOMPARE(window.focusWidget()->objectName(), QStringLiteral("connection_filter"));
    }

    void delete_opens_the_kick_for_the_selected_ones()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const auto id = port.open(1);
        auto* view = window.findChild<ConnectionView*>();
        view->table()->setFocus();
        view->select(id);
        QTest::keyClick(view->table(), Qt::Key_Delete);
        auto* popover = window.findChild<QWidget*>(QStringLiteral("kick_popover"));
        QVERIFY(popover->isVisible());
        QVERIFY(window.models().connectionTable.isOrderHeld());
        QTest::keyClick(
            popover->findChild<QComboBox*>(QStringLiteral("kick_code"))->lineEdit(), Qt::Key_Return);
        QVERIFY(port.last<command::Kick>() != nullptr);
        QCOMPARE(port.last<command::Kick>()->target.ids, std::vector<ConnectionId>{id});
        QTest::keyClick(view->table(), Qt::Key_Delete, Qt::ShiftModifier);
        QCOMPARE(port.submitted.size(), std::size_t(2));
        // QTest holds Shift until the next key, and a table selects differently with it.
        QTest::keyRelease(view->table(), Qt::Key_Shift);
    }

    void the_detail_opens_with_the_first_selected_message()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        const auto id = port.open(1);
        port.fromBrowser(id, "hello");
        auto* side = window.findChild<SidePanel*>();
        QVERIFY(!side->isVisible());
        auto* messages = window.findChild<MessagesPanel*>()->table();
        QTRY_COMPARE(messages->model()->rowCount(), 1);
        messages->selectRow(0);
        QTRY_VERIFY(side->isVisible());
        QCOMPARE(side->currentIndex(), 0);
    }

    void is_usable_at_900_by_600()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.resize(900, 600);
        window.show();
        const auto id = port.open(1);
        port.fromBrowser(id, "{\"type\":\"price\"}");
        auto* messages = window.findChild<MessagesPanel*>()->table();
        QTRY_COMPARE(messages->model()->rowCount(), 1);
        messages->selectRow(0);
        auto* side = window.findChild<SidePanel*>();
        QTRY_VERIFY(side->isVisible());
        for (int index = 0; index < side->count(); ++index) {
            side->showPage(side->widget(index));
            const QSize least = window.minimumSizeHint();
            QString widest;
            for (const QWidget* each : window.findChildren<QWidget*>()) {
                if (each->isVisible() && each->minimumSizeHint().width() > 560)
                    widest += QStringLiteral("%1 %2 %3\n")
                                  .arg(QLatin1String(each->metaObject()->className()), each->objectName(),
                                      QString::number(each->minimumSizeHint().width()));
            }
            QVERIFY2(least.width() <= 900, qPrintable(side->tabText(index) + u'\n' + widest));
            QVERIFY2(least.height() <= 600, qPrintable(side->tabText(index)));
        }
        QCOMPARE(window.size(), QSize(900, 600));
    }

    void tabs_that_do_not_fit_are_in_a_menu()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.resize(1'100, 760);
        window.show();
        window.showAccess();
        auto* side = window.findChild<SidePanel*>();
        auto* more = side->findChild<QToolButton*>(QStringLiteral("side_more"));
        const auto shown = [side] {
            int count = 0;
            for (int index = 0; index < side->count(); ++index)
                count += side->isTabVisible(index) ? 1 : 0;
            return count;
        };
        side->resize(1'000, side->height());
        QCOMPARE(shown(), side->count());
        QVERIFY(more->isHidden());
        side->resize(340, side->height());
        QVERIFY(shown() < side->count());
        QVERIFY(more->isVisible());
        int right = 0;
        for (int index = 0; index < side->count(); ++index) {
            if (side->isTabVisible(index))
                right = std::max(right, side->tabBar()->tabRect(index).right());
        }
        QVERIFY2(right < more->x(), qPrintable(QString::number(right)));

        // What waits in the menu is counted at the button, and comes into the line when it is chosen.
        const int last = side->count() - 1;
        QVERIFY(!side->isTabVisible(last));
        side->setAttention(side->widget(last), 3);
        QCOMPARE(more->text(), QStringLiteral("» 3"));
        Q_EMIT more->menu()->aboutToShow();
        QAction* action = more->menu()->actions().constLast();
        QVERIFY(action->text().startsWith(side->tabText(last)));
        action->trigger();
        QCOMPARE(side->currentIndex(), last);
        QVERIFY(side->isTabVisible(last));
        QCOMPARE(more->text(), QStringLiteral("»"));
        side->resize(200, side->height());
        QVERIFY(side->isTabVisible(last));
    }

    void a_followed_page_that_returns_takes_the_selection_and_the_messages_along()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        const auto first = FakeEnginePort::makeInfo(1);
        const auto before = port.open(first);
        port.fromBrowser(before, "one");
        auto* view = window.findChild<ConnectionView*>();
        view->select(before);
        window.models().follow.follow(before);
        port.close(first);
        const auto now = port.open(2);
        port.fromBrowser(now, "two");
        QCOMPARE(view->selectedIds(), std::vector<ConnectionId>{now});
        QCOMPARE(window.models().target.target().ids, std::vector<ConnectionId>{now});
        QCOMPARE(window.models().messageTable.rowCount(), 3); // with the divider
    }

    void a_followed_page_is_found_again_while_closed_ones_are_hidden()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        const auto first = FakeEnginePort::makeInfo(1);
        const auto before = port.open(first);
        port.fromBrowser(before, "one");
        port.open(FakeEnginePort::makeInfo(7, "http://other.test"));
        auto* view = window.findChild<ConnectionView*>();
        view->select(before);
        window.models().follow.follow(before);
        window.models().connectionTable.setShowClosed(false);
        port.close(first);
        QVERIFY(view->selectedIds().empty());
        const auto now = port.open(2);
        port.fromBrowser(now, "two");
        QCOMPARE(view->selectedIds(), std::vector<ConnectionId>{now});
        QCOMPARE(window.models().messageTable.rowCount(), 3); // with the divider
    }

    void a_target_that_was_chosen_or_held_stays_when_a_followed_page_returns()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        const auto first = FakeEnginePort::makeInfo(1);
        const auto page = port.open(first);
        const auto other = port.open(FakeEnginePort::makeInfo(7, "http://other.test"));
        auto* view = window.findChild<ConnectionView*>();
        view->select(page);
        window.models().follow.follow(page);
        SendTarget& target = window.models().target;
        QCOMPARE(target.choice(), SendTarget::Choice::page);
        target.setChoice(SendTarget::Choice::selection);
        view->select(other);
        target.setPinned(true);
        port.close(first);
        port.open(2);
        QCOMPARE(target.choice(), SendTarget::Choice::selection);
        QVERIFY(target.isPinned());
        QCOMPARE(target.target(), Target::one(other));
    }

    void a_connection_that_passes_the_filter_later_has_its_messages_shown()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        const auto info = FakeEnginePort::makeInfo(1);
        const auto id = port.open(info);
        port.fromBrowser(id, "one");
        window.findChild<FilterField*>(QStringLiteral("connection_filter"))->setFilterText(QStringLiteral("is:closed"));
        QCOMPARE(window.models().messageTable.rowCount(), 0);
        port.close(info);
        QTRY_COMPARE(window.models().messageTable.rowCount(), 1);
    }

    void the_status_line_counts()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        const auto info = FakeEnginePort::makeInfo(1);
        port.open(info);
        port.open(2);
        port.close(info);
        auto* status = window.findChild<StatusLine*>();
        QVERIFY(status->countsText().startsWith(QStringLiteral("1 open · 1 closed")));
        QVERIFY(status->captureGauge()->text().contains(QStringLiteral("of 256 MiB")));
        QCOMPARE(status->missedText(), QStringLiteral("Nothing missed"));
        port.deliverTraffic({}, 1'234);
        QCOMPARE(status->missedText(), QStringLiteral("1,234 missed"));
    }

    void control_and_a_number_puts_a_template_in_and_only_a_ticked_one_sends()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        QApplication::setActiveWindow(&window);
        port.open(7);
        TemplateNode kept;
        kept.name = "kept";
        kept.message.payload = SharedBytes(std::string_view("from the template"));
        kept.hotkey = 3;
        window.models().templates.setContent({kept});
        QTest::keyClick(&window, Qt::Key_3, Qt::ControlModifier);
        auto* text = window.findChild<PayloadEditor*>(QStringLiteral("composer_text"));
        QCOMPARE(text->payload(), QByteArray("from the template"));
        QVERIFY2(port.last<command::Send>() == nullptr, "a key that is not ticked never sends");
        window.models().templates.setSendAtOnce(window.models().templates.index(0, 0), true);
        QTest::keyClick(&window, Qt::Key_3, Qt::ControlModifier);
        QVERIFY(port.last<command::Send>());
        QCOMPARE(port.last<command::Send>()->payload.text(), std::string_view("from the template"));
        port.submitted.clear();
        QTest::keyClick(&window, Qt::Key_4, Qt::ControlModifier);
        QVERIFY(port.submitted.empty());
    }

    void a_message_becomes_a_template()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        port.fromBrowser(port.open(7), "{{counter}} of a page");
        auto* messages = window.findChild<MessagesPanel*>();
        Q_EMIT messages->saveAsTemplate(1);
        const auto content = window.models().templates.content();
        QCOMPARE(content.size(), std::size_t{1});
        QCOMPARE(content.front().message.payload.text(), std::string_view("{{counter}} of a page"));
        // Sent again from the message, macros stay what they are.
        Q_EMIT messages->editInComposer(1);
        window.composer().send();
        QCOMPARE(port.last<command::Send>()->payload.text(), std::string_view("{{counter}} of a page"));
    }

    void of_several_selected_messages_the_current_one_is_edited()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        const ConnectionId id = port.open(7);
        for (const char* text : {"first", "second", "third"})
            port.fromBrowser(id, text);
        auto* table = window.findChild<QTableView*>(QStringLiteral("message_table"));
        table->selectAll();
        table->selectionModel()->setCurrentIndex(table->model()->index(1, 0), QItemSelectionModel::NoUpdate);
        auto* edit = window.findChild<QAction*>(QStringLiteral("message_edit"));
        QVERIFY(!edit->toolTip().isEmpty() && edit->toolTip() != edit->text());
        edit->trigger();
        window.composer().send();
        QVERIFY(port.last<command::Send>());
        QCOMPARE(port.last<command::Send>()->payload.text(), std::string_view("second"));
        table->clearSelection();
        Q_EMIT window.findChild<QMenu*>(QStringLiteral("menu_message"))->aboutToShow();
        QVERIFY(!edit->isEnabled());
    }

    void nothing_is_repeated_by_a_window_that_is_closed()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        port.open(7);
        window.composer().setRepeatVisible(true);
        window.findChild<QAbstractButton*>(QStringLiteral("repeat_start"))->click();
        QVERIFY(window.composer().repeats().isRunning());
        window.close();
        QVERIFY(!window.composer().repeats().isRunning());
        const std::size_t before = port.submitted.size();
        port.clock += 10'000'000'000;
        window.composer().repeats().sendDue();
        QCOMPARE(port.submitted.size(), before);
    }

    void a_refusal_shows_its_count_on_the_tab()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        event::Refused refused;
        refused.reason = RefusalReason::origin_not_allowed;
        refused.origin = "http://a.example";
        refused.has_origin = true;
        refused.host = "localhost:4567";
        refused.was_upgrade = true;
        refused.access = decide(AccessRules{}, refused.host, refused.origin, TimePoint{});
        port.deliverEvent(refused);
        auto* side = window.findChild<SidePanel*>();
        QCOMPARE(side->attention(side->widget(2)), std::size_t(1));
        QVERIFY(window.findChild<QWidget*>(QStringLiteral("refusal_bar"))->isVisible());
    }

    void the_window_looks_as_it_was_left()
    {
        QTemporaryDir folder;
        QVERIFY(folder.isValid());
        const QString file = folder.filePath(QStringLiteral("window.ini"));
        FakeEnginePort port;
        {
            MainWindow window(port, file);
            window.resize(1000, 700);
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            window.findChild<ConnectionTable*>()->setColumnHidden(
                static_cast<int>(ConnectionColumn::Peer), false);
            window.findChild<ConnectionTable*>()->setColumnHidden(
                static_cast<int>(ConnectionColumn::Since), true);
            window.findChild<FilterField*>(QStringLiteral("connection_filter"))
                ->setFilterText(QStringLiteral("chat"));
            auto* messages = window.findChild<MessagesPanel*>();
            auto* header = messages->table()->horizontalHeader();
            header->moveSection(header->visualIndex(static_cast<int>(MessageColumn::Type)), 0);
            header->resizeSection(static_cast<int>(MessageColumn::Length), 111);
            messages->findChild<QAction*>(QStringLiteral("direction_to_browser"))->trigger();
            messages->findChild<QAction*>(QStringLiteral("show_control_frames"))->setChecked(true);
            window.findChild<QAbstractButton*>(QStringLiteral("show_closed"))->click();
            window.showHistory();
            QSignalSpy closed(&window, &MainWindow::closed);
            window.close();
            QCOMPARE(closed.size(), 1);
        }
        MainWindow window(port, file);
        auto& model = window.models().messageTable;
        auto* header = window.findChild<MessagesPanel*>()->table()->horizontalHeader();
        QCOMPARE(header->logicalIndex(0), static_cast<int>(MessageColumn::Type));
        QCOMPARE(header->sectionSize(static_cast<int>(MessageColumn::Length)), 111);
        QCOMPARE(model.direction(), DirectionFilter::toBrowser);
        QVERIFY(window.findChild<QAbstractButton*>(QStringLiteral("message_direction"))
                    ->text()
                    .startsWith(QStringLiteral("To browser")));
        QVERIFY(model.showsControlFrames());
        QVERIFY(!window.models().connectionTable.showClosed());
        QVERIFY(!window.findChild<QAbstractButton*>(QStringLiteral("show_closed"))->isChecked());
        const auto* side = window.findChild<SidePanel*>();
        QVERIFY(side->isVisibleTo(&window));
        QCOMPARE(side->tabBar()->accessibleTabName(side->currentIndex()), QStringLiteral("Command history"));
        QCOMPARE(window.size(), QSize(1000, 700));
        auto* table = window.findChild<ConnectionTable*>();
        QVERIFY(!table->isColumnHidden(static_cast<int>(ConnectionColumn::Peer)));
        QVERIFY(table->isColumnHidden(static_cast<int>(ConnectionColumn::Since)));
        QCOMPARE(window.findChild<FilterField*>(QStringLiteral("connection_filter"))->text(),
            QStringLiteral("chat"));
    }

    void a_settings_file_of_any_content_opens_the_window_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("FF-04 empty") << QByteArray();
        QTest::newRow("FF-04 no INI") << QByteArray("\0\xff\xfe garbage", 11);
        QTest::newRow("FF-04 wrong types")
            << QByteArray("[General]\ngeometry=12\nconnection_columns=@ByteArray(w\\x1\\x2)\n"
                          "columns=@Variant(\\0\\0\\0\\x7f)\nside_visible=maybe\ntheme=purple\n"
                          "message_columns=@ByteArray(w\\x7\\x2)\nmessage_direction=sideways\nside_page=Nowhere\n"
                          "show_closed=12\ncontrol_frames=perhaps\n");
        QTest::newRow("FF-04 two megabytes") << QByteArray(2 << 20, 'x');
    }

    void a_settings_file_of_any_content_opens_the_window()
    {
        QFETCH(QByteArray, content);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("window.ini")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
        file.close();
        FakeEnginePort port;
        MainWindow window(port, file.fileName());
        window.show();
        port.open(1);
        QVERIFY(
            !window.findChild<ConnectionTable*>()->isColumnHidden(static_cast<int>(ConnectionColumn::Name)));
        QVERIFY(window.width() >= 640);
        const auto* messages = window.findChild<MessagesPanel*>()->table();
        for (const MessageColumn column : {MessageColumn::Time, MessageColumn::Connection, MessageColumn::Data})
            QVERIFY(!messages->isColumnHidden(static_cast<int>(column)));
    }

    void a_path_that_was_refused_is_proposed_as_an_endpoint()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        ServerStatus status = listeningStatus();
        status.endpoints.front().pattern = "/api/*";
        port.deliverStatus(status);
        event::Refused refused;
        refused.reason = RefusalReason::no_endpoint;
        refused.remedy = RefusalRemedy::endpoint;
        refused.target = "/chat?x=1";
        refused.was_upgrade = true;
        refused.why = "no endpoint takes this path";
        port.deliverEvent(refused);
        window.showRefused();
        window.findChild<QAbstractButton*>(QStringLiteral("refused_add_endpoint"))->click();
        const auto* side = window.findChild<SidePanel*>();
        QCOMPARE(side->tabBar()->accessibleTabName(side->currentIndex()), QStringLiteral("Endpoints"));
        auto* field = window.findChild<QLineEdit*>(QStringLiteral("endpoint_new_path"));
        QCOMPARE(field->text(), QStringLiteral("/chat"));
        QVERIFY(port.submitted.empty()); // it is Enter that makes it
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(port.last<command::SetEndpoint>() != nullptr);
        QCOMPARE(port.last<command::SetEndpoint>()->endpoint.pattern, std::string("/chat"));
    }
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
