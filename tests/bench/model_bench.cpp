// The connection table under load: 100,000 rows, 10,000 changed in each tick, sorted by a column that moves.
// Prints the longest tick in CPU time; a tick is applying the batch and whatever the model does until the
// event loop is idle again.

#include "tests/bench/measure.h"
#include "tests/support/fake_engine_port.h"
#include "ui/models/connection_model.h"

#include <QCoreApplication>
#include <QItemSelectionModel>
#include <QRandomGenerator>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

constexpr std::uint64_t rows = 100'000;
constexpr int changesPerTick = 10'000;
constexpr int ticks = 120;

struct Longest {
    bench::Turns turns;
    double begun = 0;
    void start() { begun = bench::cpu_milliseconds(CLOCK_PROCESS_CPUTIME_ID); }
    void stop() { turns.add(bench::cpu_milliseconds(CLOCK_PROCESS_CPUTIME_ID) - begun); }
};

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    FakeEnginePort port;
    ConnectionStore store;
    QObject::connect(&port, &EnginePort::stateTaken, &store, &ConnectionStore::apply);
    ConnectionModel model(store, [&port] { return port.clockNow(); });
    QItemSelectionModel selection(&model);

    std::vector<ConnectionId> ids;
    {
        Longest opening;
        int batches = 0;
        for (std::uint64_t number = 1; number <= rows;) {
            StateBatch batch;
            for (int i = 0; i < changesPerTick && number <= rows; ++i, ++number) {
                batch.opened.push_back(FakeEnginePort::makeInfo(number));
                ids.push_back(FakeEnginePort::idOf(number));
            }
            opening.start();
            port.deliverState(std::move(batch));
            QCoreApplication::processEvents();
            opening.stop();
            ++batches;
        }
        opening.turns.report("10,000 openings");
    }
    for (int row = 0; row < 1'000; ++row)
        selection.select(model.index(row * 7, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);

    model.setSortInterval(std::chrono::milliseconds(0)); // sorts in every tick: the worst case
    model.sort(static_cast<int>(ConnectionColumn::FromBrowser), Qt::DescendingOrder);
    QRandomGenerator random(1);
    std::vector<std::uint64_t> counts(ids.size());
    const auto run = [&](const char* name) {
        Longest times;
        for (int tick = 0; tick < ticks; ++tick) {
            StateBatch batch;
            std::vector<bool> touched(ids.size());
            for (int i = 0; i < changesPerTick; ++i) {
                const auto at = random.bounded(static_cast<quint32>(ids.size()));
                if (touched[at])
                    continue;
                touched[at] = true;
                ConnectionCounters counters;
                counters.id = ids[at];
                counters.messages_in = counts[at] += random.bounded(50U);
                batch.changed.push_back(counters);
            }
            times.start();
            port.deliverState(std::move(batch));
            QCoreApplication::processEvents();
            times.stop();
        }
        times.turns.report(name);
    };
    run("10,000 changes, sorted each tick");
    model.setFilter(parse_filter("localhost:5173 /chat", FilterSubject::connections).value());
    run("the same with a filter");
    model.setFilter({});
    model.setSortInterval(std::chrono::seconds(1));
    run("10,000 changes, sorted each second");

    for (const auto* text : {"localhost:5173 firefox", "nothing like it", "/chat.*x/", ""}) {
        Longest filtering;
        const Filter filter = parse_filter(text, FilterSubject::connections).value();
        filtering.start();
        model.setFilter(filter);
        filtering.stop();
        filtering.turns.report((std::string("filter \"") + text + "\"").c_str());
    }
    Longest sorting;
    sorting.start();
    model.sort(static_cast<int>(ConnectionColumn::Name), Qt::AscendingOrder);
    sorting.stop();
    sorting.turns.report("sorted by name");

    Longest closing;
    int batches = 0;
    for (std::size_t from = 0; from < ids.size(); ++batches) {
        StateBatch batch;
        for (int i = 0; i < changesPerTick && from < ids.size(); ++i, ++from) {
            ClosedConnection closed;
            closed.info = store.record(ids[from])->info;
            closed.counters = store.record(ids[from])->counters;
            batch.closed.push_back(std::move(closed));
        }
        closing.start();
        port.deliverState(std::move(batch));
        QCoreApplication::processEvents();
        closing.stop();
    }
    closing.turns.report("10,000 closings");
    return 0;
}
