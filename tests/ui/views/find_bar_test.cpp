#include "tests/ui/views/panel_fixture.h"
#include "ui/views/find_bar.h"
#include "ui/views/messages_panel.h"
#include "ui/views/tail_table.h"

#include <QScrollBar>
#include <QToolButton>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;

namespace {

struct Fixture : test::PanelFixture {
    MessagesPanel panel{port, messageModel};
    FindBar* bar = panel.findBar();
    ConnectionId id;

    Fixture()
    {
        panel.resize(800, 300);
        test::showActive(panel, *panel.table());
        id = port.open(12);
        for (int i = 1; i <= 200; ++i)
            port.fromBrowser(id, "message " + std::to_string(i));
        QApplication::processEvents();
    }
    void type(const char* text)
    {
        bar->field()->setText(QString::fromUtf8(text));
        QTest::keyClick(bar->field(), Qt::Key_Return);
    }
    [[nodiscard]] quint64 current() const
    {
        return messageModel.sequenceAt(panel.table()->currentIndex().row());
    }
    [[nodiscard]] bool isInSight() const
    {
        return panel.table()->viewport()->rect().intersects(
            panel.table()->visualRect(panel.table()->currentIndex()));
    }
};

} // namespace

class FindBarTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void moves_through_the_matches_and_wraps()
    {
        Fixture f;
        QVERIFY(!f.bar->isVisible());
        f.panel.table()->verticalScrollBar()->setValue(0);
        f.panel.find();
        QVERIFY(f.bar->isVisible());
        f.type("message 5");
        QCOMPARE(f.current(), quint64{5});
        QCOMPARE(f.bar->statusText(), QStringLiteral("1 of 11"));
        QTest::keyClick(f.bar->field(), Qt::Key_Return);
        QCOMPARE(f.current(), quint64{50});
        QVERIFY(f.isInSight());
        f.panel.findPrevious();
        QCOMPARE(f.current(), quint64{5});
        QTest::keyClick(f.bar->field(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(f.current(), quint64{59});
        QVERIFY(f.isInSight());
        QVERIFY(f.bar->statusText().startsWith(QStringLiteral("11 of 11, from the other end")));
        child<QToolButton>(f.panel, "find_next")->click();
        QCOMPARE(f.current(), quint64{5});
        QVERIFY(f.bar->statusText().contains(QStringLiteral("other end")));
        QCOMPARE(f.messageModel.rowCount(), 200);
    }

    void goes_on_from_the_selected_message()
    {
        Fixture f;
        f.panel.table()->selectRow(99);
        f.panel.find();
        f.type("7");
        QCOMPARE(f.current(), quint64{107});
        f.panel.table()->selectRow(49);
        f.panel.findNext();
        QCOMPARE(f.current(), quint64{57});
    }

    void says_when_there_is_nothing()
    {
        Fixture f;
        f.panel.find();
        f.type("nowhere");
        QCOMPARE(f.bar->statusText(), QStringLiteral("Not found"));
        QVERIFY(f.bar->field()->property("bad").toBool());
        QVERIFY(!child<QToolButton>(f.panel, "find_next")->isEnabled());
        f.type("/(/");
        QVERIFY(f.bar->statusText().contains(QStringLiteral("character")));
        f.type("message");
        QVERIFY(!f.bar->field()->property("bad").toBool());
    }

    void escape_ends_it_and_F3_opens_it_again()
    {
        Fixture f;
        f.panel.find();
        f.type("message 1");
        QTest::keyClick(f.bar->field(), Qt::Key_Escape);
        QVERIFY(!f.bar->isVisible());
        QVERIFY(f.panel.table()->hasFocus());
        f.panel.findNext();
        QVERIFY(f.bar->isVisible());
        QVERIFY(f.bar->field()->hasFocus());
        QCOMPARE(f.bar->field()->selectedText(), QStringLiteral("message 1"));
        QVERIFY(!f.bar->statusText().isEmpty());
    }

    void a_match_that_comes_later_is_counted_and_does_not_move_the_table()
    {
        Fixture f;
        f.panel.table()->verticalScrollBar()->setValue(0);
        f.panel.find();
        f.type("message 200");
        QCOMPARE(f.bar->statusText(), QStringLiteral("1 of 1"));
        f.port.fromBrowser(f.id, "message 200 again");
        QApplication::processEvents();
        QCOMPARE(f.bar->statusText(), QStringLiteral("1 of 2"));
        QCOMPARE(f.current(), quint64{200});
    }

    void every_control_has_a_name_and_a_keyboard_way()
    {
        Fixture f;
        f.panel.find();
        QCOMPARE(test::faultsOf(f.panel), QStringList{});
    }
};

QTEST_MAIN(FindBarTest)
#include "find_bar_test.moc"
