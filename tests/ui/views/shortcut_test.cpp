#include "tests/support/fake_engine_port.h"
#include "tests/support/listening_status.h"
#include "ui/views/main_window.h"
#include "ui/views/shortcut_dialog.h"
#include "ui/views/shortcut_list.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QShortcut>
#include <QTest>
#include <QTreeWidget>

#include <algorithm>
#include <memory>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;
using jackfield::test::listeningStatus;

class ShortcutTest : public QObject {
    Q_OBJECT

    static QString native(const QKeySequence& keys) { return keys.toString(QKeySequence::NativeText); }

    static bool lists(const std::vector<ShortcutLine>& lines, const QString& what, const QString& keys)
    {
        return std::any_of(lines.begin(), lines.end(), [&](const ShortcutLine& line) {
            return line.what == what && line.keys.split(QStringLiteral(", ")).contains(keys);
        });
    }
    static bool listsKeys(const std::vector<ShortcutLine>& lines, const QString& keys)
    {
        return std::any_of(lines.begin(), lines.end(),
            [&](const ShortcutLine& line) { return line.keys.split(QStringLiteral(", ")).contains(keys); });
    }
    static QString plain(QString text)
    {
        text = text.section(u'\t', 0, 0).remove(u'&');
        while (text.endsWith(u'.') || text.endsWith(u'…'))
            text.chop(1);
        return text;
    }
    static int shownLines(const QTreeWidget& list)
    {
        int shown = 0;
        for (int i = 0; i < list.topLevelItemCount(); ++i) {
            for (int row = 0; row < list.topLevelItem(i)->childCount(); ++row)
                shown += list.topLevelItem(i)->child(row)->isHidden() ? 0 : 1;
        }
        return shown;
    }

    std::unique_ptr<FakeEnginePort> m_port;
    std::unique_ptr<MainWindow> m_window;
    std::vector<ShortcutLine> m_lines;

private Q_SLOTS:
    void initTestCase()
    {
        m_port = std::make_unique<FakeEnginePort>();
        m_window = std::make_unique<MainWindow>(*m_port);
        m_port->deliverStatus(listeningStatus());
        m_lines = shortcutsOf(*m_window);
    }
    void cleanupTestCase() { m_window.reset(); }

    void every_action_with_a_key_is_listed()
    {
        int seen = 0;
        QStringList missing;
        for (const QAction* action : m_window->findChildren<QAction*>()) {
            if (!action->shortcut().isEmpty()) {
                ++seen;
                if (!lists(m_lines, plain(action->text()), native(action->shortcut())))
                    missing << action->text();
            } else if (action->text().contains(u'\t')) { // shown in a menu; a table has it
                ++seen;
                if (!listsKeys(m_lines, action->text().section(u'\t', 1)))
                    missing << action->text();
            }
        }
        QVERIFY(seen > 25);
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
    }

    void every_shortcut_object_says_what_it_does()
    {
        const auto shortcuts = m_window->findChildren<QShortcut*>();
        QVERIFY(shortcuts.size() > 10);
        for (const QShortcut* shortcut : shortcuts)
            QVERIFY2(!shortcut->whatsThis().isEmpty(), qPrintable(native(shortcut->key())));
    }

    void what_controls_take_themselves_is_listed_data()
    {
        QTest::addColumn<QString>("area");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("keys");
        const auto row = [](const char* area, const char* what, const char* keys) {
            QTest::addRow("%s: %s", area, what)
                << QString::fromUtf8(area) << QString::fromUtf8(what) << QString::fromUtf8(keys);
        };
        row("Connection table", "Kick", "Del");
        row("Connection table", "Kick again", "Shift+Del");
        row("Connection table", "Rename", "F2");
        row("Connection table", "Select none", "Esc");
        row("Message table", "Copy the payload", "Ctrl+C");
        row("Message table", "Copy row", "Ctrl+Shift+C");
        row("Message table", "Resend", "Ctrl+R");
        row("Composer", "Send", "Ctrl+Enter");
        row("Composer", "Recall the one before", "Alt+Up");
        row("Composer", "Recall the one after", "Alt+Down");
        row("Composer", "Save as template", "Ctrl+S");
        row("Everywhere", "Use the template with this key", "Ctrl+1 … Ctrl+9");
        row("Everywhere", "Filter connections", "Ctrl+K, /");
        row("Templates", "Duplicate", "Ctrl+D");
        row("Access", "Remove", "Del");
        row("Kick", "Kick", "Enter");
        row("Menu Message", "Find next", "F3");
        row("Menu Help", "Keyboard shortcuts", "Ctrl+?");
    }
    void what_controls_take_themselves_is_listed()
    {
        QFETCH(QString, area);
        QFETCH(QString, what);
        QFETCH(QString, keys);
        QStringList all;
        for (const ShortcutLine& line : m_lines) {
            if (line.area == area && line.what == what && line.keys == keys)
                return;
            all << line.area + u'\t' + line.what + u'\t' + line.keys;
        }
        QFAIL(qPrintable(QStringLiteral("not in\n") + all.join(u'\n')));
    }

    void an_area_stands_in_one_place_and_each_line_once()
    {
        QStringList areas;
        QStringList seen;
        for (const ShortcutLine& line : m_lines) {
            if (areas.isEmpty() || areas.last() != line.area) {
                QVERIFY2(!areas.contains(line.area), qPrintable(line.area));
                areas << line.area;
            }
            const QString whole = line.area + u'\t' + line.what;
            QVERIFY2(!seen.contains(whole), qPrintable(whole));
            seen << whole;
            QVERIFY(!line.what.isEmpty());
            QVERIFY2(!line.keys.isEmpty(), qPrintable(whole));
        }
    }

    /// Qt calls such a key ambiguous and does nothing.
    void no_two_do_something_on_the_same_key_in_the_same_place()
    {
        QHash<QString, QString> taken; // place and key
        QStringList problems;
        const auto take = [&](const QString& place, const QKeySequence& keys, const QString& what) {
            const QString whole = place + u' ' + native(keys);
            if (taken.contains(whole))
                problems << whole + QStringLiteral(": ") + what + QStringLiteral(" and ")
                        + taken.value(whole);
            taken.insert(whole, what);
        };
        for (const QAction* action : m_window->findChildren<QAction*>()) {
            const bool ofWidget = action->shortcutContext() == Qt::WidgetShortcut;
            for (const QKeySequence& keys : action->shortcuts())
                take(ofWidget ? action->parent()->objectName() : QStringLiteral("window"), keys,
                    action->text());
        }
        for (const QShortcut* shortcut : m_window->findChildren<QShortcut*>()) {
            const bool ofWidget = shortcut->context() == Qt::WidgetShortcut;
            for (const QKeySequence& keys : shortcut->keys())
                take(ofWidget ? shortcut->parent()->objectName() : QStringLiteral("window"), keys,
                    shortcut->whatsThis());
        }
        QVERIFY(taken.size() > 30);
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }

    void a_key_opens_the_list_and_escape_closes_it()
    {
        m_window->show();
        QApplication::setActiveWindow(m_window.get());
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_Question, Qt::ControlModifier);
        QPointer<ShortcutDialog> dialog = m_window->findChild<ShortcutDialog*>();
        QVERIFY(dialog);
        QVERIFY(dialog->isVisible());
        auto* list = dialog->findChild<QTreeWidget*>(QStringLiteral("shortcut_list"));
        QCOMPARE(shownLines(*list), static_cast<int>(m_lines.size()));
        QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Escape);
        QTRY_VERIFY(!dialog);
        m_window->showShortcuts();
        QVERIFY(m_window->findChild<ShortcutDialog*>() != nullptr);
    }

    void the_filter_leaves_what_has_all_its_words()
    {
        ShortcutDialog dialog(m_window.get());
        auto* list = dialog.findChild<QTreeWidget*>(QStringLiteral("shortcut_list"));
        auto* filter = dialog.findChild<QLineEdit*>(QStringLiteral("shortcut_filter"));
        const int all = shownLines(*list);
        filter->setText(QStringLiteral("KICK shift+del"));
        QCOMPARE(shownLines(*list), 1);
        QCOMPARE(dialog.text(), QStringLiteral("Connection table\tKick again\tShift+Del"));
        filter->setText(QStringLiteral("no such words"));
        QCOMPARE(shownLines(*list), 0);
        filter->clear();
        QCOMPARE(shownLines(*list), all);
    }

    void what_is_selected_is_copied_and_all_without_a_selection()
    {
        ShortcutDialog dialog(m_window.get());
        dialog.show();
        auto* list = dialog.findChild<QTreeWidget*>(QStringLiteral("shortcut_list"));
        auto* copy = dialog.findChild<QPushButton*>(QStringLiteral("shortcut_copy"));
        copy->click();
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n') + 1, shownLines(*list));
        list->topLevelItem(0)->child(0)->setSelected(true);
        QApplication::setActiveWindow(&dialog);
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        list->setFocus();
        QTest::keyClick(list, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), dialog.text());
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 0);
    }
};

QTEST_MAIN(ShortcutTest)
#include "shortcut_test.moc"
