#include "tests/ui/views/panel_fixture.h"
#include "ui/views/event_view.h"
#include "ui/views/filter_field.h"
#include "ui/views/tail_table.h"

#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::child;

namespace {

struct Fixture : test::PanelFixture {
    EventView view{events};
    TailTable* table = child<TailTable>(view, "event_table");
    FilterField* filter = child<FilterField>(view, "event_filter");

    Fixture()
    {
        view.resize(500, 260);
        view.show();
    }
    void notice(const std::string& text) { port.deliverEvent(event::Notice{text}); }
    [[nodiscard]] QString text(int row) const
    {
        return table->model()->index(row, static_cast<int>(EventColumn::Text)).data().toString();
    }
};

} // namespace

class EventViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shows_what_happened_and_filters_it()
    {
        Fixture f;
        f.notice("IPv6 is not there.");
        f.port.deliverEvent(event::Listening{SocketAddress::v4({127, 0, 0, 1}, 4567)});
        QCOMPARE(f.table->model()->rowCount(), 2);
        QVERIFY(f.text(0).contains(QStringLiteral("IPv6 is not there.")));
        f.filter->setFilterText(QStringLiteral("4567"));
        QCOMPARE(f.table->model()->rowCount(), 1);
        f.filter->setFilterText(QStringLiteral("-4567"));
        QCOMPARE(f.table->model()->rowCount(), 1);
        f.notice("another");
        QCOMPARE(f.table->model()->rowCount(), 2);
        f.filter->setFilterText(QString());
        QCOMPARE(f.table->model()->rowCount(), 3);
    }

    void clear_empties_it()
    {
        Fixture f;
        f.notice("a");
        child<QToolButton>(f.view, "clear_events")->click();
        QCOMPARE(f.table->model()->rowCount(), 0);
        for (auto* button : f.view.findChildren<QPushButton*>()) {
            if (button->accessibleName() == QStringLiteral("Undo clearing events"))
                button->click();
        }
        QCOMPARE(f.table->model()->rowCount(), 1);
    }

    void follows_the_tail_only_while_it_is_there()
    {
        Fixture f;
        for (int i = 0; i < 60; ++i)
            f.notice(std::to_string(i));
        QApplication::processEvents();
        QCOMPARE(f.table->verticalScrollBar()->value(), f.table->verticalScrollBar()->maximum());
        f.table->verticalScrollBar()->setValue(3);
        f.notice("new");
        QApplication::processEvents();
        QCOMPARE(f.table->verticalScrollBar()->value(), 3);
        QCOMPARE(f.table->newRows(), 1);
    }

    void says_how_many_were_not_kept()
    {
        Fixture f;
        EventBatch batch;
        batch.lost = 1234;
        batch.events.push_back(Event{1, {}, event::Notice{"x"}});
        f.events.apply(batch);
        QVERIFY2(child<QLabel>(f.view, "events_lost")->text().contains(QStringLiteral("1,234")),
            qPrintable(child<QLabel>(f.view, "events_lost")->text()));
    }

    void GU_04_an_event_is_one_literal_line()
    {
        Fixture f;
        event::Refused what;
        what.origin = test::hostileText;
        what.has_origin = true;
        what.was_upgrade = true;
        what.why = "refused";
        f.port.deliverEvent(what);
        for (int row = 0; row < f.table->model()->rowCount(); ++row) {
            for (const QChar c : f.text(row))
                QVERIFY(c.unicode() >= 0x20 && c.category() != QChar::Other_Format && c.unicode() != 0x2028);
        }
        QVERIFY(!f.view.grab().isNull());
    }

    void the_rows_are_copied_as_text()
    {
        Fixture f;
        f.notice("first");
        f.notice("second");
        f.table->selectAll();
        QTest::keyClick(f.table, Qt::Key_C, Qt::ControlModifier);
        const QStringList lines = QApplication::clipboard()->text().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].endsWith(QStringLiteral("first")));
    }

    void every_control_has_a_name_and_a_keyboard_way()
    {
        Fixture f;
        QCOMPARE(test::faultsOf(f.view).join(u'\n'), QString());
    }
};

QTEST_MAIN(EventViewTest)
#include "event_view_test.moc"
