#include "tests/support/fake_engine_port.h"
#include "ui/views/block_action.h"
#include "ui/views/block_list.h"

#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

AccessBlock block(BlockKind kind, std::string_view text, std::optional<TimePoint> expires = {})
{
    AccessBlock made = *parse_access_block(kind, text);
    made.expires = expires;
    return made;
}

struct Fixture {
    FakeEnginePort port;
    BlockList list{port};
    QTableView* table = list.findChild<QTableView*>(QStringLiteral("block_table"));
    QPushButton* unblock = list.findChild<QPushButton*>(QStringLiteral("unblock"));

    void show(std::vector<AccessBlock> blocks)
    {
        ServerStatus status;
        status.access.blocks = std::move(blocks);
        list.setStatus(status);
        list.setNow(TimePoint(std::chrono::nanoseconds(port.clockNow())));
        list.show();
    }
    [[nodiscard]] TimePoint in(std::chrono::seconds time) const
    {
        return TimePoint(std::chrono::nanoseconds(port.clockNow())) + time;
    }
    QString cell(int row, int column) { return table->model()->index(row, column).data().toString(); }
};

} // namespace

class BlockListTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void says_when_nobody_is_blocked()
    {
        Fixture f;
        f.show({});
        QVERIFY(!f.table->isVisible());
        QVERIFY(!f.unblock->isVisible());
        QVERIFY(f.list.findChild<QLabel*>(QStringLiteral("no_block"))->isVisible());
    }

    void tells_the_time_left()
    {
        Fixture f;
        f.show({block(BlockKind::origin, "http://localhost:5173", f.in(std::chrono::seconds(572))),
            block(BlockKind::host, "dev.test", f.in(std::chrono::seconds(3'605))),
            block(BlockKind::address, "192.168.1.20")});
        QCOMPARE(f.table->model()->rowCount(), 3);
        QCOMPARE(f.cell(0, 0), QStringLiteral("origin"));
        QCOMPARE(f.cell(0, 1), QStringLiteral("http://localhost:5173"));
        QCOMPARE(f.cell(0, 2), QStringLiteral("9:32"));
        QCOMPARE(f.cell(1, 2), QStringLiteral("1:00:05"));
        QCOMPARE(f.cell(2, 2), QStringLiteral("until Jackfield closes"));
        f.list.setNow(f.in(std::chrono::seconds(572)));
        QCOMPARE(f.cell(0, 2), QStringLiteral("0:00"));
        QVERIFY(f.list.hasExpiring());
    }

    void what_is_selected_is_unblocked_and_can_be_blocked_again()
    {
        Fixture f;
        f.show({block(BlockKind::origin, "http://a.test", f.in(std::chrono::seconds(60))),
            block(BlockKind::host, "b.test")});
        QVERIFY(!f.unblock->isEnabled()); // two could be meant
        f.table->selectRow(0);
        QVERIFY(f.unblock->isEnabled());
        f.unblock->click();
        const auto* taken = f.port.last<command::Unblock>();
        QVERIFY(taken != nullptr);
        QCOMPARE(taken->kind, BlockKind::origin);
        QCOMPARE(taken->text, std::string("http://a.test"));
        f.port.clock += 10'000'000'000;
        QPushButton* undo = nullptr;
        for (QPushButton* button : f.list.findChildren<QPushButton*>()) {
            if (button->text() == QStringLiteral("Undo"))
                undo = button;
        }
        QVERIFY(undo != nullptr);
        undo->click();
        const auto* again = f.port.last<command::Block>();
        QVERIFY(again != nullptr);
        QCOMPARE(again->text, std::string("http://a.test"));
        QCOMPARE(again->lifetime, milliseconds(50'000)); // what was left of it
    }

    void del_unblocks_the_only_one()
    {
        Fixture f;
        f.show({block(BlockKind::origin, "http://a.test")});
        QVERIFY(f.unblock->isEnabled());
        f.unblock->click();
        QVERIFY(f.port.last<command::Unblock>() != nullptr);
    }

    void a_block_is_asked_about_first_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<int>("seconds"); // -1: nothing is blocked
        QTest::newRow("for ten minutes") << "block_for_minutes" << 600;
        QTest::newRow("until the end") << "block_until_close" << 0;
        QTest::newRow("not at all") << "block_cancel" << -1;
    }
    void a_block_is_asked_about_first()
    {
        QFETCH(QString, button);
        QFETCH(int, seconds);
        FakeEnginePort port;
        QWidget window;
        BlockAction action(port, &window);
        action.block(BlockKind::origin, "http://localhost:5173");
        QVERIFY(port.submitted.empty());
        auto* box = window.findChild<QMessageBox*>(QStringLiteral("block_question"));
        QVERIFY(box != nullptr);
        QVERIFY(box->text().contains(QStringLiteral("http://localhost:5173")));
        box->findChild<QPushButton*>(button)->click();
        const auto* made = port.last<command::Block>();
        QCOMPARE(made != nullptr, seconds >= 0);
        if (made)
            QCOMPARE(made->lifetime, milliseconds(seconds * 1'000));
    }

    void the_address_of_this_machine_is_blocked_only_on_purpose()
    {
        FakeEnginePort port;
        QWidget window;
        BlockAction action(port, &window);
        action.block(BlockKind::address, "127.0.0.1");
        auto* box = window.findChild<QMessageBox*>(QStringLiteral("block_question"));
        QVERIFY(box->informativeText().contains(QStringLiteral("this machine")));
        QCOMPARE(box->defaultButton()->objectName(), QStringLiteral("block_cancel"));
    }
};

QTEST_MAIN(BlockListTest)
#include "block_list_test.moc"
