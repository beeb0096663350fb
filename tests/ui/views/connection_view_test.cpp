#include "tests/support/fake_engine_port.h"
#include "ui/models/connection_model.h"
#include "ui/models/follow.h"
#include "ui/views/connection_table.h"
#include "ui/views/connection_view.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

struct Fixture {
    Fixture()
    {
        QObject::connect(&port, &EnginePort::stateTaken, &store, &ConnectionStore::apply);
        view.resize(900, 300);
        view.show();
    }
    FakeEnginePort port;
    ConnectionStore store;
    ConnectionModel model{store, [this] { return port.clockNow(); }};
    Follow follow{store};
    ConnectionView view{port, model, follow};

    [[nodiscard]] ConnectionId current() const
    {
        return model.idAt(view.table()->selectionModel()->currentIndex().row());
    }
};

} // namespace

class ConnectionViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_snapshot_leaves_the_selection_where_it_is_data()
    {
        QTest::addColumn<int>("leftOut"); // of those that are not selected
        QTest::newRow("all of them are still open") << 0;
        QTest::newRow("one closing was left out") << 1;
        QTest::newRow("many closings were left out") << 100;
    }

    void a_snapshot_leaves_the_selection_where_it_is()
    {
        QFETCH(int, leftOut);
        Fixture f;
        for (std::uint64_t number = 1; number <= 300; ++number)
            f.port.open(number);
        const ConnectionId read = FakeEnginePort::idOf(40);
        f.view.select(FakeEnginePort::idOf(41));
        f.view.table()->selectionModel()->setCurrentIndex(
            f.model.indexOf(read), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        const auto before = f.view.selectedIds();
        QCOMPARE(before.size(), std::size_t{2});
        const int top = f.view.table()->verticalScrollBar()->value();
        QVERIFY(top > 0);
        QSignalSpy told(&f.view, &ConnectionView::selectionChanged);

        StateBatch batch;
        batch.snapshot = true;
        for (std::uint64_t number = 1; number <= 300; ++number) {
            // Every other one of the older ones ends: below what is looked at, in as many places.
            const bool ends = leftOut > 0 && number % 2 == 0 && number < 40 && number <= 2U * static_cast<unsigned>(leftOut);
            if (!ends)
                batch.opened.push_back(FakeEnginePort::makeInfo(number));
            else
                ++batch.closed_left_out;
        }
        f.port.deliverState(std::move(batch));
        QCOMPARE(f.view.selectedIds(), before);
        QCOMPARE(f.current(), read);
        QCOMPARE(f.view.table()->verticalScrollBar()->value(), top);
        QCOMPARE(told.count(), 0);
    }

    void a_selected_one_that_a_snapshot_lacks_is_gone_from_the_selection()
    {
        Fixture f;
        for (std::uint64_t number = 1; number <= 3; ++number)
            f.port.open(number);
        f.view.table()->selectAll();
        QSignalSpy told(&f.view, &ConnectionView::selectionChanged);
        StateBatch batch;
        batch.snapshot = true;
        batch.opened = {FakeEnginePort::makeInfo(1), FakeEnginePort::makeInfo(3)};
        batch.closed_left_out = 1;
        f.port.deliverState(std::move(batch));
        QCOMPARE(f.view.selectedIds(),
            (std::vector<ConnectionId>{FakeEnginePort::idOf(3), FakeEnginePort::idOf(1)}));
        QCOMPARE(told.count(), 1);
    }
};

QTEST_MAIN(ConnectionViewTest)
#include "connection_view_test.moc"
