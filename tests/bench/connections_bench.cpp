// As many real connections as the process may have (19,000 by default; clients in a process of their own, from several addresses
// of 127.0.0.0/8) with the whole window on them, its table sorted by a column that moves while all of them talk. Prints the time
// and memory that opening them takes, and the longest turn of the window. Not run by ctest: it takes what the machine has.
#include "tests/bench/echo_load.h"
#include "tests/bench/measure.h"
#include "tests/bench/watched_application.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/views/connection_table.h"
#include "ui/views/main_window.h"
#include "ui/views/window_models.h"

#include "jackfield/engine.h"

#include <QApplication>

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <variant>

using namespace jackfield;
using namespace jackfield::ui;
using namespace std::chrono_literals;

int main(int argc, char** argv)
{
    ::bench::play_clients_if_asked(argc, argv);
    const int wanted = argc > 1 ? std::clamp(std::atoi(argv[1]), 1, 1'000'000) : 19'000;
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    // The engine keeps some descriptors for itself.
    const int connections
        = static_cast<int>(std::min<std::uint64_t>(static_cast<std::uint64_t>(wanted), files.rlim_max - 300));
    if (connections < wanted)
        std::printf("the limit of descriptors allows %d connections\n", connections);

    EngineConfig config;
    config.listeners = {{SocketAddress::v4({127, 0, 0, 1}, 0)}};
    auto made = Engine::create(std::move(config));
    if (!made) {
        std::fprintf(stderr, "No engine: %s\n", made.error().message().c_str());
        return 1;
    }
    Engine& engine = **made;
    std::uint16_t port = 0;
    EventBatch events;
    engine.take_events(events);
    for (const Event& event : events.events) {
        if (const auto* listening = std::get_if<event::Listening>(&event.what))
            port = listening->address.port();
    }
    jackfield::bench::WatchedApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    EngineBridge bridge(engine);
    MainWindow window(bridge);
    window.resize(1'100, 760);
    bridge.setCaptureLevel(TrafficLevel::counters);
    window.show();
    auto* table = window.findChild<ConnectionTable*>();
    table->sortByColumn(static_cast<int>(ConnectionColumn::FromBrowser), Qt::DescendingOrder);
    QCoreApplication::processEvents();
    const std::uint64_t memory_before = jackfield::bench::resident_memory();

    const auto begun = std::chrono::steady_clock::now();
    auto load = ::bench::LoadProcess::prepare({port, connections, 1, 5'000ms, true, 16});
    std::atomic<bool> stopping{false};
    std::atomic<double> engine_cpu{0};
    std::thread server([&] {
        while (!stopping.load(std::memory_order_relaxed) && engine.poll(100ms))
            engine_cpu.store(jackfield::bench::cpu_milliseconds(), std::memory_order_relaxed);
    });
    const auto run_until = [&](auto work) {
        application.longest = 0;
        std::thread driver([&] {
            work();
            QMetaObject::invokeMethod(&application, &QCoreApplication::quit, Qt::QueuedConnection);
        });
        QApplication::exec();
        driver.join();
    };

    bool connected = false;
    run_until([&] { connected = load.wait_until_connected(); });
    const std::chrono::duration<double> opening = std::chrono::steady_clock::now() - begun;
    bridge.takeNow();
    const double opening_cpu = engine_cpu;
    const std::uint64_t memory_open = jackfield::bench::resident_memory();
    std::printf("%d connections opened: %.2f s, engine %.2f s CPU, %.1f us each; %.1f MiB more, %.2f KiB each with their rows; "
                "longest turn of the window %.1f ms\n",
        connections, opening.count(), opening_cpu / 1e3, opening_cpu * 1e3 / connections,
        jackfield::bench::mebibytes(memory_open - memory_before),
        static_cast<double>(memory_open - memory_before) / 1024 / connections, application.longest);
    ::bench::LoadResult loaded;
    run_until([&] {
        load.start();
        loaded = load.result();
    });
    bridge.takeNow();
    const std::uint64_t memory_after = jackfield::bench::resident_memory();
    const int rows = window.models().connectionTable.rowCount();
    std::printf("all of them talking for %.1f s, the table sorted by messages: %.0f messages/s, engine %.2f us CPU each; "
                "%d rows; %.1f MiB resident; longest turn of the window %.1f ms\n",
        loaded.seconds, static_cast<double>(loaded.messages) / std::max(loaded.seconds, 1e-3),
        (engine_cpu - opening_cpu) * 1e3 / static_cast<double>(std::max<std::uint64_t>(loaded.messages, 1)), rows,
        jackfield::bench::mebibytes(memory_after), application.longest);
    stopping = true;
    engine.wake();
    server.join();
    const bool is_well = connected && !loaded.failed && rows == connections;
    if (!is_well)
        std::printf("not all went well: connected %d, failed %d, %d rows\n", connected, loaded.failed, rows);
    return is_well ? 0 : 1;
}
