// The whole window with one million connections, without an engine: they open, change, are sorted, filtered,
// selected, scrolled through and closed. Prints the longest turn of each in CPU time; a turn is applying what
// came and whatever the window does until its event loop is idle again.
//
// --check fails when a row is missing or wrong, or a turn takes more than three seconds: so many rows are there to
// work, not to be smooth.

#include "tests/bench/measure.h"
#include "tests/support/fake_engine_port.h"
#include "tests/support/listening_status.h"
#include "ui/views/connection_table.h"
#include "ui/views/connection_view.h"
#include "ui/views/main_window.h"
#include "ui/views/window_models.h"

#include <QApplication>
#include <QRandomGenerator>
#include <QScrollBar>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

constexpr std::uint64_t rows = 1'000'000;
constexpr std::uint64_t rowsPerTurn = 5'000;
constexpr std::uint32_t changesPerTurn = 10'000;
constexpr std::uint64_t pages = 100; // that the connections are of
constexpr double longestTurn = 3'000; // milliseconds

/// One kind of turn, so many times.
class Load {
public:
    template <class Turn>
    void run(const char* name, int count, Turn turn)
    {
        bench::Turns turns;
        for (int i = 0; i < count; ++i) {
            const double begun = bench::cpu_milliseconds();
            turn(i);
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
            turns.add(bench::cpu_milliseconds() - begun);
        }
        turns.report(name);
        longest = std::max(longest, turns.longest());
    }
    double longest = 0; ///< of all kinds
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const bool check = argc > 1 && std::strcmp(argv[1], "--check") == 0;
    FakeEnginePort port;
    MainWindow window(port);
    window.resize(1'100, 760);
    window.show();
    port.deliverStatus(test::listeningStatus());
    QCoreApplication::processEvents();
    auto& model = window.models().connectionTable;
    auto* table = window.findChild<ConnectionTable*>();
    auto* view = window.findChild<ConnectionView*>();
    Load load;
    bench::Bounds bounds;

    // As the engine does it, what is alike is there once.
    std::vector<std::shared_ptr<ConnectionInfo>> templates;
    for (std::uint64_t page = 0; page < pages; ++page)
        templates.push_back(
            FakeEnginePort::makeInfo(page + 1, "http://localhost:5173", "/page/" + std::to_string(page)));
    std::vector<std::shared_ptr<const ConnectionInfo>> infos;
    load.run("5,000 openings", static_cast<int>(rows / rowsPerTurn), [&](int) {
        StateBatch batch;
        for (std::uint64_t i = 0; i < rowsPerTurn; ++i) {
            const std::uint64_t number = infos.size() + 1;
            auto info = std::make_shared<ConnectionInfo>(*templates[number % pages]);
            info->id = FakeEnginePort::idOf(number);
            info->number = number;
            batch.opened.push_back(info);
            infos.push_back(std::move(info));
        }
        port.deliverState(std::move(batch));
    });
    bounds.hold(model.rowCount() == static_cast<int>(rows), "every connection has a row");

    QRandomGenerator random(1);
    const auto change = [&](int) {
        port.clock += 16'000'000;
        StateBatch batch;
        std::vector<bool> touched(infos.size());
        for (std::uint32_t i = 0; i < changesPerTurn; ++i) {
            const auto at = random.bounded(static_cast<quint32>(infos.size()));
            if (touched[at])
                continue;
            touched[at] = true;
            ConnectionCounters counters;
            counters.id = infos[at]->id;
            counters.messages_in = 1 + random.bounded(1'000U);
            counters.last_message_ns = port.clock;
            batch.changed.push_back(counters);
        }
        port.deliverState(std::move(batch));
    };
    load.run("10,000 changes", 50, change);
    load.run("scrolling through while that goes on", 50, [&](int turn) {
        table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum() / 50 * (turn + 1));
        change(turn);
    });
    load.run("sorting by a column that moves", 1, [&](int) {
        table->sortByColumn(static_cast<int>(ConnectionColumn::FromBrowser), Qt::DescendingOrder);
    });
    load.run("10,000 changes, sorted each second", 50, change);
    bool ordered = true;
    table->sortByColumn(static_cast<int>(ConnectionColumn::Number), Qt::AscendingOrder);
    QCoreApplication::processEvents();
    for (const std::uint64_t row : {std::uint64_t{0}, rows / 2, rows - 1}) {
        const auto shown
            = model.index(static_cast<int>(row), static_cast<int>(ConnectionColumn::Number)).data();
        ordered = ordered && shown.toString().remove(u',').toULongLong() == row + 1;
    }
    bounds.hold(ordered, "each row has its number");

    load.run("filtering by words", 1,
        [&](int) { model.setFilter(parse_filter("/page/7 -/page/7x", FilterSubject::connections).value()); });
    // /page/7 and /page/70 to /page/79
    bounds.hold(model.rowCount() == static_cast<int>(rows / pages * 11), "the filter shows what it names");
    load.run("filtering by an expression", 1,
        [&](int) { model.setFilter(parse_filter("/page\\/7$/", FilterSubject::connections).value()); });
    load.run("no filter", 1, [&](int) { model.setFilter({}); });
    bounds.hold(model.rowCount() == static_cast<int>(rows), "without the filter all are there again");

    load.run("selecting all", 1, [&](int) { table->selectAll(); });
    bounds.hold(view->selectedIds().size() == rows, "all are selected");
    load.run("10,000 changes with all selected", 20, change);
    load.run("selecting none", 1, [&](int) { table->clearSelection(); });

    load.run("5,000 closings", static_cast<int>(rows / rowsPerTurn), [&](int turn) {
        StateBatch batch;
        for (std::uint64_t i = 0; i < rowsPerTurn; ++i) {
            ClosedConnection closed;
            closed.info = infos[static_cast<std::uint64_t>(turn) * rowsPerTurn + i];
            closed.counters.id = closed.info->id;
            closed.counters.state = ConnectionState::closed;
            closed.close.code = 1001;
            batch.closed.push_back(std::move(closed));
        }
        port.deliverState(std::move(batch));
    });
    bounds.hold(model.rowCount() == static_cast<int>(ConnectionStore::maxClosed),
        "the last 1,000 closed ones are kept");
    std::printf("%.0f MiB resident\n", bench::mebibytes(bench::resident_memory()));
    bounds.hold(load.longest <= longestTurn, "a turn of at most three seconds");
    return check ? bounds.exit_status() : 0;
}
