// The window in another language, from right to left and with the system set to other customs: everything
// fits.
#include "tests/support/fake_engine_port.h"
#include "tests/support/listening_status.h"
#include "ui/text/language.h"
#include "ui/views/export_dialog.h"
#include "ui/views/main_window.h"
#include "ui/views/phone_dialog.h"
#include "ui/views/side_panel.h"
#include "ui/views/why_not_dialog.h"
#include "ui/views/window_models.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;
using jackfield::test::listeningStatus;

class LanguageTest : public QObject {
    Q_OBJECT

    static QString describe(const QWidget& widget, const QString& text)
    {
        return QStringLiteral("%1 \"%2\": %3 px, needs %4")
            .arg(widget.objectName(), text)
            .arg(widget.width())
            .arg(widget.sizeHint().width());
    }

    /// The buttons that are narrower than their words, and those that reach over their parent's edge.
    static QStringList cutButtons(const QWidget& window)
    {
        QStringList cut;
        for (const auto* button : window.findChildren<QAbstractButton*>()) {
            if (!button->isVisible() || button->text().isEmpty() || button->width() <= 0)
                continue;
            if (qobject_cast<const QTabBar*>(button->parentWidget()))
                continue;
            // Those with peers' names in them shorten these by themselves.
            if (button->property("yields").toBool() || button->objectName() == QLatin1String("composer_send"))
                continue;
            const int words = button->fontMetrics().size(Qt::TextShowMnemonic, button->text()).width();
            if (button->width() < words)
                cut << describe(*button, button->text());
            const QRect inside = button->parentWidget()->rect();
            if (!inside.contains(button->geometry())
                && !button->parentWidget()->objectName().startsWith(u"qt_"))
                cut << QStringLiteral("outside: ") + describe(*button, button->text());
        }
        return cut;
    }

    /// Two labels or buttons of the same parent on top of each other.
    static QStringList overlaps(const QWidget& window)
    {
        QStringList found;
        for (const auto* parent : window.findChildren<QWidget*>()) {
            if (!parent->isVisible() || parent->layout() == nullptr)
                continue;
            QList<const QWidget*> parts;
            for (const auto* part : parent->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
                if (part->isVisible() && !part->isWindow()
                    && (qobject_cast<const QAbstractButton*>(part) || qobject_cast<const QLabel*>(part)))
                    parts << part;
            }
            for (qsizetype a = 0; a < parts.size(); ++a) {
                for (qsizetype b = a + 1; b < parts.size(); ++b) {
                    if (parts[a]->geometry().intersects(parts[b]->geometry()))
                        found << parts[a]->objectName() + QStringLiteral(" and ") + parts[b]->objectName();
                }
            }
        }
        return found;
    }

    /// Who it is that needs so much: the widest part of the widest part, and so on.
    static QString widest(const QWidget& window)
    {
        QString path;
        for (const QWidget* at = &window; at != nullptr;) {
            const QWidget* next = nullptr;
            for (const auto* child : at->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
                if (child->isVisible() && !child->isWindow()
                    && (next == nullptr
                        || child->minimumSizeHint().width() > next->minimumSizeHint().width()))
                    next = child;
            }
            if (next != nullptr)
                path += QStringLiteral(" > %1 %2")
                            .arg(next->objectName())
                            .arg(next->minimumSizeHint().width());
            at = next;
        }
        return path;
    }

    static void fill(FakeEnginePort& port)
    {
        port.deliverStatus(listeningStatus());
        for (std::uint64_t number = 1; number <= 5; ++number)
            port.open(number);
    }

private Q_SLOTS:
    void init()
    {
        QApplication::setLayoutDirection(Qt::LeftToRight);
        speak(QStringLiteral("en"));
    }

    void the_window_fits_into_900_by_600_data()
    {
        QTest::addColumn<QLocale>("customs");
        QTest::addColumn<bool>("fromRight");
        QTest::newRow("English") << QLocale(QStringLiteral("en")) << false;
        QTest::newRow("LC-14 C") << QLocale::c() << false;
        QTest::newRow("LC-14 Turkish") << QLocale(QStringLiteral("tr_TR")) << false;
        QTest::newRow("LC-14 Arabic, from right to left") << QLocale(QStringLiteral("ar_EG")) << true;
        QTest::newRow("German") << QLocale(QStringLiteral("de_DE")) << false;
        QTest::newRow("German from right to left") << QLocale(QStringLiteral("de_DE")) << true;
    }
    void the_window_fits_into_900_by_600()
    {
        QFETCH(QLocale, customs);
        QFETCH(bool, fromRight);
        speak(customs.language() == QLocale::German ? QStringLiteral("de") : QStringLiteral("en"));
        QLocale::setDefault(customs);
        QApplication::setLayoutDirection(fromRight ? Qt::RightToLeft : Qt::LeftToRight);
        FakeEnginePort port;
        MainWindow window(port);
        window.resize(900, 600);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        fill(port);
        QStringList problems;
        auto* side = window.findChild<SidePanel*>();
        for (int page = 0; page < side->count(); ++page) {
            window.findChild<QAction*>(QStringLiteral("view_side"))->setChecked(true);
            side->show();
            side->setCurrentIndex(page);
            for (const char* kind : {"kind_text", "kind_binary", "kind_raw", "kind_close"}) {
                if (page > 0 && qstrcmp(kind, "kind_text") != 0)
                    continue;
                window.findChild<QAction*>(QLatin1String(kind))->trigger();
                QApplication::processEvents();
                const QString where = side->tabText(page) + u'/' + QLatin1String(kind) + QStringLiteral(": ");
                if (window.minimumSizeHint().width() > 900 || window.width() != 900)
                    problems << where
                            + QStringLiteral("the window needs %1 px, has %2")
                                  .arg(window.minimumSizeHint().width())
                                  .arg(window.width())
                            + widest(window);
                if (window.height() != 600)
                    problems << where + QStringLiteral("the window is %1 px high").arg(window.height());
                for (const QString& one : cutButtons(window) + overlaps(window))
                    problems << where + one;
            }
        }
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }

    void filters_and_figures_are_the_same_everywhere_data()
    {
        QTest::addColumn<QLocale>("customs");
        QTest::newRow("LC-14 C") << QLocale::c();
        QTest::newRow("LC-14 Turkish") << QLocale(QStringLiteral("tr_TR"));
        QTest::newRow("LC-14 Arabic") << QLocale(QStringLiteral("ar_EG"));
        QTest::newRow("German") << QLocale(QStringLiteral("de_DE"));
    }
    void filters_and_figures_are_the_same_everywhere()
    {
        QFETCH(QLocale, customs);
        QLocale::setDefault(customs);
        FakeEnginePort port;
        MainWindow window(port);
        fill(port);
        auto& table = window.models().connectionTable;
        // I and i, which are no pair in Turkish
        const auto filter = parse_filter("IS:OPEN ORIGIN:LOCALHOST FIREFOX", FilterSubject::connections);
        QVERIFY(filter.has_value());
        table.setFilter(*filter);
        QCOMPARE(table.rowCount(), 5);
        for (int row = 0; row < table.rowCount(); ++row) {
            for (int column = 0; column < table.columnCount(); ++column) {
                for (const QChar c : table.index(row, column).data().toString())
                    QVERIFY(!c.isDigit() || (c >= u'0' && c <= u'9'));
            }
        }
    }

    void no_two_entries_of_a_menu_have_one_letter_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en");
        QTest::newRow("German") << QStringLiteral("de");
    }
    void no_two_entries_of_a_menu_have_one_letter()
    {
        QFETCH(QString, language);
        speak(language);
        FakeEnginePort port;
        MainWindow window(port);
        QStringList problems;
        const auto look = [&](const QString& menu, const QList<QAction*>& actions) {
            QHash<QChar, QString> taken;
            for (const QAction* action : actions) {
                const qsizetype at = action->text().indexOf(u'&');
                if (at < 0 || at + 1 >= action->text().size())
                    continue;
                const QChar letter = action->text()[at + 1].toLower();
                if (taken.contains(letter))
                    problems << menu + QStringLiteral(": ") + action->text() + QStringLiteral(" and ")
                            + taken.value(letter);
                taken.insert(letter, action->text());
            }
        };
        look(QStringLiteral("menu bar"), window.menuBar()->actions());
        for (const QMenu* menu : window.findChildren<QMenu*>())
            look(menu->objectName(), menu->actions());
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }

    void dialogs_fit_their_words_data() { no_two_entries_of_a_menu_have_one_letter_data(); }
    void dialogs_fit_their_words()
    {
        QFETCH(QString, language);
        speak(language);
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        fill(port);
        window.usePhone();
        window.showWhyNot();
        window.showShortcuts();
        window.findChild<QAction*>(QStringLiteral("file_export"))->trigger();
        QApplication::processEvents();
        QStringList problems;
        int seen = 0;
        for (const QDialog* dialog : window.findChildren<QDialog*>()) {
            ++seen;
            for (const QString& one : cutButtons(*dialog) + overlaps(*dialog))
                problems << dialog->objectName() + QStringLiteral(": ") + one;
        }
        QCOMPARE(seen, 4);
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }

    /// By the object names, of the window and of its dialogs.
    static QHash<QString, QString> spokenNames(const QString& language)
    {
        speak(language);
        FakeEnginePort port;
        MainWindow window(port);
        window.show();
        fill(port);
        window.usePhone();
        window.showWhyNot();
        window.showShortcuts();
        QHash<QString, QString> names;
        for (const QWidget* widget : window.findChildren<QWidget*>()) {
            if (!widget->objectName().isEmpty() && !widget->accessibleName().isEmpty())
                names.insert(widget->objectName(), widget->accessibleName());
        }
        return names;
    }

    void assistive_software_speaks_the_language_too()
    {
        const QHash<QString, QString> english = spokenNames(QStringLiteral("en"));
        const QHash<QString, QString> german = spokenNames(QStringLiteral("de"));
        QVERIFY(english.size() > 150);
        const QStringList inBoth{QStringLiteral("Server"), QStringLiteral("Export"), QStringLiteral("Status"),
            QStringLiteral("Frames"), QStringLiteral("Opcode"), QStringLiteral("FIN"), QStringLiteral("RSV1"),
            QStringLiteral("RSV2"), QStringLiteral("RSV3")};
        QStringList faults;
        for (auto each = english.begin(); each != english.end(); ++each) {
            if (german.value(each.key()) == each.value() && !inBoth.contains(each.value()))
                faults << each.key() + QStringLiteral(": ") + each.value();
        }
        faults.sort();
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        QCOMPARE(english.value(QStringLiteral("start_stop")), QStringLiteral("Start or stop"));
    }

    void the_choice_is_kept_for_the_next_start()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("window.ini"));
        FakeEnginePort port;
        {
            MainWindow window(port, file);
            QVERIFY(window.findChild<QAction*>(QStringLiteral("language_system"))->isChecked());
            auto* german = window.findChild<QAction*>(QStringLiteral("language_de"));
            QCOMPARE(german->text(), QStringLiteral("Deutsch"));
            auto* said = window.findChild<QWidget*>(QStringLiteral("bar_notices"));
            QVERIFY(said->isHidden());
            german->trigger();
            QVERIFY(!said->isHidden()); // that it takes effect at the next start
        }
        QCOMPARE(WindowSettings(file).text("language"), QStringLiteral("de"));
        MainWindow again(port, file);
        QVERIFY(again.findChild<QAction*>(QStringLiteral("language_de"))->isChecked());
        again.findChild<QAction*>(QStringLiteral("language_system"))->trigger();
        QCOMPARE(WindowSettings(file).text("language"), QString());
    }
};

QTEST_MAIN(LanguageTest)
#include "language_test.moc"
