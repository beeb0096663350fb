#include "ui/views/controls.h"
#include "ui/views/menu_button.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QTest>

using namespace jackfield::ui;

class MenuButtonTest : public QObject {
    Q_OBJECT

    struct Fixture {
        MenuButton* button = named(new MenuButton(QStringLiteral("Text \u25BE")), "kind", "Kind of message");
        QMenu* menu = new QMenu(button);
        QAction* text = menu->addAction(QStringLiteral("Text"));
        QAction* binary = menu->addAction(QStringLiteral("Binary"));
        Fixture() { button->setMenu(menu); }
        ~Fixture() { delete button; }
        QAccessibleInterface* accessible() const { return QAccessible::queryAccessibleInterface(button); }
    };

private Q_SLOTS:
    void its_entries_are_found_below_it()
    {
        Fixture f;
        QAccessibleInterface* button = f.accessible();
        QCOMPARE(button->role(), QAccessible::ButtonMenu);
        QVERIFY(button->state().hasPopup);
        QCOMPARE(button->childCount(), 1);
        QAccessibleInterface* menu = button->child(0);
        QVERIFY(menu != nullptr);
        QCOMPARE(menu->role(), QAccessible::PopupMenu);
        QCOMPARE(button->indexOfChild(menu), 0);
        QCOMPARE(button->child(1), nullptr);
        QCOMPARE(menu->childCount(), 2);
        QCOMPARE(menu->child(1)->text(QAccessible::Name), QStringLiteral("Binary"));
    }

    void an_entry_acts_without_the_menu_being_open()
    {
        Fixture f;
        int chosen = 0;
        connect(f.binary, &QAction::triggered, f.button, [&] { ++chosen; });
        QAccessibleInterface* entry = f.accessible()->child(0)->child(1);
        entry->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(chosen, 1);
        QVERIFY(!f.menu->isVisible());
    }

    void what_it_says_is_its_description()
    {
        Fixture f;
        QCOMPARE(f.accessible()->text(QAccessible::Name), QStringLiteral("Kind of message"));
        QCOMPARE(f.accessible()->text(QAccessible::Description), QStringLiteral("Text \u25BE"));
    }

    void asking_for_the_menu_opens_it_and_does_not_wait_for_it()
    {
        Fixture f;
        f.button->show();
        QVERIFY(QTest::qWaitForWindowExposed(f.button));
        QAccessibleActionInterface* action = f.accessible()->actionInterface();
        QVERIFY(action->actionNames().contains(QAccessibleActionInterface::showMenuAction()));
        bool opened = false;
        connect(f.menu, &QMenu::aboutToShow, f.button, [&] {
            opened = true;
            QMetaObject::invokeMethod(f.menu, &QWidget::close, Qt::QueuedConnection);
        });
        action->doAction(QAccessibleActionInterface::showMenuAction());
        QVERIFY(!opened);
        QTRY_VERIFY(opened);
    }

    void a_disabled_one_opens_nothing()
    {
        Fixture f;
        f.button->setEnabled(false);
        connect(f.menu, &QMenu::aboutToShow, f.button, [] { QFAIL("it opened"); });
        f.accessible()->actionInterface()->doAction(QAccessibleActionInterface::showMenuAction());
        QCoreApplication::processEvents();
    }

    void without_a_menu_it_has_nothing_below()
    {
        MenuButton button(QStringLiteral("Nothing"));
        QCOMPARE(QAccessible::queryAccessibleInterface(&button)->childCount(), 0);
        QCOMPARE(QAccessible::queryAccessibleInterface(&button)->child(0), nullptr);
    }
};

QTEST_MAIN(MenuButtonTest)
#include "menu_button_test.moc"
