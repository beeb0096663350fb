// The whole window under load, without an engine: 100,000 connections, 10,000 changed and 200 messages in
// each tick, sorted by a column that moves, painted; then a million messages, also while they are filtered.
// Prints the longest turn in CPU time; a turn is applying what came and whatever the window does until its
// event loop is idle again.
//
// --check fails when a turn takes more than 50 ms, the process more than 400 MiB, or a message is not counted
// (GU-08, GU-10, RX-11).

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
#include <string>
#include <vector>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

constexpr std::uint64_t rows = 100'000;
constexpr std::uint64_t rowsPerTick = 5'000;
constexpr std::uint32_t changesPerTick = 10'000;
constexpr std::size_t messagesPerTick = 200;
constexpr int ticks = 150;
constexpr std::size_t floodPerTick = 1'000;
constexpr int floodTicks = 1'000;
constexpr double longestTurn = 50; // milliseconds
constexpr std::uint64_t mostMemory = 400U << 20U;

class Load {
public:
    double longest = 0; ///< turn of all phases

    /// One phase of the given number of turns; each hands over something and lets the window come to rest.
    template <class Turn>
    void phase(const char* name, int turns, Turn turn)
    {
        bench::Turns times;
        for (int i = 0; i < turns; ++i) {
            auto deliver = turn(i);
            const double begun = bench::cpu_milliseconds();
            deliver();
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
            times.add(bench::cpu_milliseconds() - begun);
        }
        times.report(name);
        longest = std::max(longest, times.longest());
    }
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
    Load load;

    std::vector<ConnectionId> ids;
    load.phase("5,000 openings", static_cast<int>(rows / rowsPerTick), [&](int) {
        StateBatch batch;
        for (std::uint64_t i = 0; i < rowsPerTick; ++i) {
            batch.opened.push_back(FakeEnginePort::makeInfo(ids.size() + 1));
            ids.push_back(batch.opened.back()->id);
        }
        return [&port, batch = std::move(batch)]() mutable { port.deliverState(std::move(batch)); };
    });

    std::uint64_t sequence = 0;
    const auto messages = [&](std::size_t count, const std::string& text) {
        std::vector<TrafficRecord> records(count);
        for (std::size_t i = 0; i < count; ++i) {
            TrafficRecord& record = records[i];
            record.sequence = ++sequence;
            record.connection = ids[i * 7];
            record.wall_ns = port.wallNs;
            record.size = text.size();
            record.wire = text.size() + 6;
            record.payload = as_bytes(text);
        }
        port.deliverTraffic(records);
    };
    QRandomGenerator random(1);
    std::vector<std::uint64_t> counts(ids.size());
    const auto traffic = [&](int turn) {
        port.clock += 16'000'000;
        StateBatch batch;
        std::vector<bool> touched(ids.size());
        for (std::uint32_t i = 0; i < changesPerTick; ++i) {
            const auto at = random.bounded(static_cast<quint32>(ids.size()));
            if (touched[at])
                continue;
            touched[at] = true;
            ConnectionCounters counters;
            counters.id = ids[at];
            counters.messages_in = counts[at] += 1 + random.bounded(50U);
            counters.last_message_ns = port.clock;
            batch.changed.push_back(counters);
        }
        return [&port, &messages, turn, batch = std::move(batch)]() mutable {
            port.deliverState(std::move(batch));
            messages(messagesPerTick, "{\"type\":\"price\",\"turn\":" + std::to_string(turn) + "}");
        };
    };
    load.phase("10,000 changes, 200 messages, by number", ticks, traffic);
    auto* table = window.findChild<ConnectionTable*>();
    table->sortByColumn(static_cast<int>(ConnectionColumn::FromBrowser), Qt::DescendingOrder);
    QCoreApplication::processEvents();
    window.models().connectionTable.setSortInterval(std::chrono::milliseconds(0)); // the worst case
    load.phase("the same, sorted anew in each turn", ticks, traffic);
    table->selectRow(0);
    for (int row = 1; row < 1'000; ++row)
        table->selectionModel()->select(window.models().connectionTable.index(row * 7, 0),
            QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QCoreApplication::processEvents();
    load.phase("the same with 1,000 rows selected", ticks, traffic);
    load.phase("scrolling through while that goes on", ticks, [&](int turn) {
        return [&, deliver = traffic(turn)]() mutable {
            table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum() / ticks * turn);
            deliver();
        };
    });

    table->clearSelection();
    window.models().connectionTable.setSortInterval(std::chrono::seconds(1));
    const auto flood = [&](int turn) {
        return [&, turn] {
            messages(floodPerTick, "{\"type\":\"tick\",\"turn\":" + std::to_string(turn) + "}");
        };
    };
    load.phase("1,000 messages", floodTicks / 2, flood);
    auto& shown = window.models().messageTable;
    shown.setFilter(parse_filter("turn 7", FilterSubject::messages).value());
    load.phase("1,000 messages while all are filtered", floodTicks / 4, flood);
    shown.setFilter(parse_filter("/turn..1[0-9]*7/", FilterSubject::messages).value());
    load.phase("the same with an expression", floodTicks / 4, flood);

    const auto& store = window.models().messages;
    const std::uint64_t counted = store.messageCount() + store.evictedCount();
    const std::uint64_t memory = bench::resident_memory();
    std::printf("%llu messages came, %llu kept, %llu gave way; %.0f MiB resident\n",
        static_cast<unsigned long long>(sequence), static_cast<unsigned long long>(store.messageCount()),
        static_cast<unsigned long long>(store.evictedCount()),
        static_cast<double>(memory) / (1024.0 * 1024.0));
    if (!check)
        return 0;
    bench::Bounds bounds;
    bounds.hold(load.longest <= longestTurn, "a turn of at most 50 ms");
    bounds.hold(memory <= mostMemory, "at most 400 MiB");
    bounds.hold(counted == sequence, "every message is kept or counted as given way");
    return bounds.exit_status();
}
