#include "tests/support/fake_engine_port.h"
#include "tests/support/listening_status.h"
#include "ui/views/composer.h"
#include "ui/views/connection_view.h"
#include "ui/views/main_window.h"

#include <QApplication>
#include <QTest>

#include <algorithm>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;
using jackfield::test::listeningStatus;

namespace {

/// The names of the controls that `key` goes through, from the one that has the focus until that is reached again.
QStringList walk(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QStringList names;
    do {
        names << QApplication::focusWidget()->objectName();
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    } while (QApplication::focusWidget()->objectName() != names.constFirst() && names.size() < 200);
    return names;
}

} // namespace

class TabFocusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tab_reaches_every_control_in_the_order_in_which_it_is_read()
    {
        FakeEnginePort port;
        MainWindow window(port);
        window.resize(1100, 760);
        window.show();
        port.deliverStatus(listeningStatus());
        for (std::uint64_t number = 1; number <= 3; ++number)
            port.open(number);
        window.findChild<ConnectionView*>()->select(FakeEnginePort::idOf(1));
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        window.composer().setFocus(Qt::ShortcutFocusReason); // it shows all it has from then on
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("composer_text"));

        QStringList forward = walk(Qt::Key_Tab, Qt::NoModifier);
        QVERIFY2(forward.size() < 200, qPrintable(forward.join(u' ')));
        QStringList backward = walk(Qt::Key_Tab, Qt::ShiftModifier);
        std::reverse(backward.begin() + 1, backward.end());
        QCOMPARE(forward, backward);

        const QStringList read{QStringLiteral("connection_filter"), QStringLiteral("show_closed"),
            QStringLiteral("connection_table"), QStringLiteral("clear_messages"), QStringLiteral("pause_messages"),
            QStringLiteral("message_direction"), QStringLiteral("export_messages"), QStringLiteral("message_filter"),
            QStringLiteral("message_table"), QStringLiteral("composer_kind"), QStringLiteral("composer_fragments"),
            QStringLiteral("composer_templates"), QStringLiteral("composer_more"), QStringLiteral("composer_text"),
            QStringLiteral("pin_target"), QStringLiteral("composer_target"), QStringLiteral("start_stop")};
        // Around to where the list begins.
        std::rotate(forward.begin(), std::find(forward.begin(), forward.end(), read.constFirst()), forward.end());
        const QStringList found = [&] {
            QStringList some = forward;
            some.erase(std::remove_if(some.begin(), some.end(), [&](const QString& name) { return !read.contains(name); }), some.end());
            return some;
        }();
        QCOMPARE(found, read);
    }
};

QTEST_MAIN(TabFocusTest)
#include "tab_focus_test.moc"
