#include "tests/support/fake_engine_port.h"
#include "ui/models/connection_model.h"
#include "ui/models/follow.h"
#include "ui/views/connection_table.h"
#include "ui/views/connection_view.h"
#include "ui/views/table_header.h"

#include <QAction>
#include <QInputDialog>
#include <QMenu>
#include <QPaintEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyleOptionHeader>
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

    void the_line_of_the_current_row_moves_in_all_columns()
    {
        struct Painted : QObject {
            bool eventFilter(QObject*, QEvent* event) override
            {
                if (event->type() == QEvent::Paint)
                    region += static_cast<QPaintEvent*>(event)->region();
                return false;
            }
            QRegion region;
        };
        Fixture f;
        for (std::uint64_t number = 1; number <= 3; ++number)
            f.port.open(number);
        ConnectionTable& table = *f.view.table();
        table.selectionModel()->setCurrentIndex(f.model.index(0, 0), QItemSelectionModel::NoUpdate);
        QVERIFY(QTest::qWaitForWindowExposed(&f.view));
        Painted painted;
        table.viewport()->installEventFilter(&painted);
        do {
            painted.region = {};
            QApplication::processEvents();
        } while (!painted.region.isEmpty());
        table.selectionModel()->setCurrentIndex(f.model.index(1, 0), QItemSelectionModel::NoUpdate);
        QApplication::processEvents();
        const int last = static_cast<int>(ConnectionColumn::Since);
        for (const int row : {0, 1})
            QVERIFY(painted.region.contains(table.visualRect(f.model.index(row, last)).center()));
        QVERIFY(!painted.region.contains(table.visualRect(f.model.index(2, last)).center()));
    }

    void a_title_without_room_is_a_shorter_one()
    {
        struct Header : TableHeader {
            static QString titleOf(TableHeader& header, int section)
            {
                QStyleOptionHeaderV2 option;
                (header.*&Header::initStyleOptionForIndex)(&option, section);
                return option.text;
            }
        };
        Fixture f;
        auto& header = static_cast<TableHeader&>(*f.view.table()->horizontalHeader());
        const auto column = static_cast<int>(ConnectionColumn::FromBrowser);
        header.resizeSection(column, 200);
        QCOMPARE(Header::titleOf(header, column), QStringLiteral("From browser"));
        header.resizeSection(column, 60);
        QCOMPARE(Header::titleOf(header, column), QStringLiteral("From"));
    }

    void a_narrow_table_shows_figures_of_millions()
    {
        Fixture f;
        f.view.resize(600, 300);
        QApplication::processEvents();
        for (const auto column : {ConnectionColumn::FromBrowser, ConnectionColumn::ToBrowser}) {
            const int needed = f.view.table()->fontMetrics().horizontalAdvance(QStringLiteral("1,000,000"));
            QVERIFY(f.view.table()->columnWidth(static_cast<int>(column)) >= needed + 16);
        }
    }

    void the_order_is_free_again_behind_a_menu()
    {
        Fixture f;
        f.port.open(1);
        f.view.show();
        ConnectionTable* table = f.view.table();
        const QPoint row = table->visualRect(table->model()->index(0, 0)).center();
        QTest::mousePress(table->viewport(), Qt::LeftButton, {}, row);
        QVERIFY(f.model.isOrderHeld());
        QTest::mouseRelease(table->viewport(), Qt::LeftButton, {}, row);
        QEvent left(QEvent::Leave);
        QApplication::sendEvent(table->viewport(), &left);
        QVERIFY(!f.model.isOrderHeld());
        QTest::mousePress(table->viewport(), Qt::RightButton, {}, row); // the menu takes the release
        QApplication::sendEvent(table->viewport(), &left);
        QVERIFY(!f.model.isOrderHeld());
    }

    void a_filter_like_this_keeps_the_one_it_is_like_data()
    {
        QTest::addColumn<QString>("agent");
        QTest::newRow("Firefox") << "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
        QTest::newRow("Chrome") << "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
                                   "Chrome/126.0.0.0 Safari/537.36";
        QTest::newRow("Edge") << "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                                 "Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0";
        QTest::newRow("Edge on Android")
            << "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 EdgA/120.0";
        QTest::newRow("Opera") << "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
                                  "Chrome/120.0.0.0 Safari/537.36 OPR/106.0.0.0";
        QTest::newRow("Samsung Internet") << "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) "
                                             "SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36";
        QTest::newRow("Firefox on iOS") << "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) "
                                           "AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/120.0 Mobile/15E148 Safari/605.1.15";
        QTest::newRow("Chrome on iOS") << "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) "
                                          "AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/120.0 Mobile/15E148 Safari/604.1";
        QTest::newRow("Safari") << "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15";
        QTest::newRow("Node by undici") << "undici";
        QTest::newRow("Node by ws") << "ws/8.16.0";
        QTest::newRow("Node, whatever its case") << "Node/22";
        QTest::newRow("Python") << "Python/3.11 websockets/12.0";
        QTest::newRow("Go") << "Go-http-client/1.1";
        QTest::newRow("a program nobody knows") << "acme-probe/1.0 (special)";
        QTest::newRow("GU-01 markup") << "<b>x</b>\"\\ -is:open | nothing";
        QTest::newRow("an expression of nothing") << "/regex/";
    }

    void a_filter_like_this_keeps_the_one_it_is_like()
    {
        QFETCH(QString, agent);
        Fixture f;
        const auto info
            = FakeEnginePort::makeInfo(1, "http://localhost:5173", "/a \"b|c?x=1", agent.toStdString());
        f.port.open(info);
        f.port.open(FakeEnginePort::makeInfo(2, "http://other.test", "/other", "other"));
        f.view.select(info->id);
        QMenu menu;
        f.view.fillMenu(menu);
        Q_EMIT menu.aboutToShow();
        QSignalSpy wanted(&f.view, &ConnectionView::filterRequested);
        const auto entries = menu.findChild<QMenu*>(QStringLiteral("filter_like_menu"))->actions();
        QVERIFY(entries.size() >= 3);
        for (QAction* entry : entries) {
            entry->trigger();
            const std::string text = wanted.back().front().toString().toStdString();
            const auto filter = parse_filter(text, FilterSubject::connections);
            QVERIFY2(filter.has_value(), text.c_str());
            f.model.setFilter(*filter);
            QVERIFY2(f.model.rowOf(info->id) >= 0, text.c_str());
        }
        // It is about the agent wherever that has a word to go by.
        auto* byAgent = menu.findChild<QAction*>(QStringLiteral("like_agent"));
        QCOMPARE(byAgent == nullptr, agent.startsWith(u'/'));
        if (byAgent == nullptr)
            return;
        byAgent->trigger();
        f.model.setFilter(*parse_filter(wanted.back().front().toString().toStdString(), FilterSubject::connections));
        QCOMPARE(f.model.rowOf(FakeEnginePort::idOf(2)), -1);
    }

    void GU_22_a_name_is_for_the_page_whatever_becomes_of_its_row_data()
    {
        QTest::addColumn<QString>("fate");
        QTest::newRow("it stays") << "stays";
        QTest::newRow("it is cleared") << "cleared";
        QTest::newRow("it is pushed out") << "pushed out";
    }

    void GU_22_a_name_is_for_the_page_whatever_becomes_of_its_row()
    {
        QFETCH(QString, fate);
        Fixture f;
        const auto info = FakeEnginePort::makeInfo(1, "http://shop.test");
        f.port.open(info);
        f.port.close(info);
        f.view.select(info->id);
        f.view.findChild<QAction*>(QStringLiteral("rename"))->trigger();
        auto* dialog = f.view.findChild<QInputDialog*>(QStringLiteral("rename_dialog"));
        QVERIFY(dialog != nullptr);
        if (fate == QLatin1String("cleared")) {
            f.store.clearClosed();
        } else if (fate == QLatin1String("pushed out")) {
            for (std::uint64_t number = 2; number <= ConnectionStore::maxClosed + 1; ++number) {
                f.port.open(number);
                f.port.close(FakeEnginePort::makeInfo(number));
            }
        }
        QCOMPARE(f.store.record(info->id) != nullptr, fate == QLatin1String("stays"));
        dialog->setTextValue(QStringLiteral("the shop"));
        dialog->accept();
        const auto again = f.port.open(FakeEnginePort::makeInfo(2'000, "http://shop.test"));
        QCOMPARE(f.store.name(again), QStringLiteral("the shop"));
        if (const auto* row = f.store.record(info->id))
            QCOMPARE(f.store.name(row->info->id), QStringLiteral("the shop"));
        QCOMPARE(f.store.rememberedPages().size(), std::size_t{1});
    }
};

QTEST_MAIN(ConnectionViewTest)
#include "connection_view_test.moc"
