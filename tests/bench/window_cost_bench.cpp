// What the window costs the engine: the engine thread's CPU time for an echo of 16 bytes, 32 in flight, with the whole main
// window open on it and its table visible, at each capture level, as ratios to the engine alone, taken in turns in one run. The
// aims are 2 % at counters, 5 % at headers, 12 % in full, and no turn of the window's event loop above 50 ms. The engine has a core
// for itself; the clients and the window share the other.
//
// --check fails when a message is not counted, or a ratio is far out of bounds.
#include "tests/bench/echo_load.h"
#include "tests/bench/measure.h"
#include "tests/bench/watched_application.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/views/main_window.h"
#include "ui/views/window_models.h"

#include "jackfield/engine.h"

#include <QApplication>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <thread>
#include <variant>
#include <vector>

using namespace jackfield;
using namespace jackfield::ui;
using namespace std::chrono_literals;

namespace {

struct Options {
    int rounds = 5;
    int connections = 100;
    int depth = 32;
    std::chrono::milliseconds time{1'000};
    bool check = false;
};

struct Measured {
    bool failed = true;
    double cpu_us = 0; ///< of the engine's thread, for one message
    std::uint64_t messages = 0;
    std::uint64_t taken = 0, lost = 0, passed_over = 0; ///< records, as the window was told
    double longest_turn = 0; ///< of the window, CPU milliseconds
};

Measured measure(const Options& options, jackfield::bench::WatchedApplication& application, std::optional<TrafficLevel> level)
{
    EngineConfig config;
    config.listeners = {{SocketAddress::v4({127, 0, 0, 1}, 0)}};
    auto made = Engine::create(std::move(config));
    if (!made)
        return {};
    Engine& engine = **made;
    std::uint16_t port = 0;
    EventBatch events;
    engine.take_events(events);
    for (const Event& event : events.events) {
        if (const auto* listening = std::get_if<event::Listening>(&event.what))
            port = listening->address.port();
    }
    auto load = ::bench::LoadProcess::prepare({port, options.connections, options.depth, options.time, true});

    std::unique_ptr<EngineBridge> bridge;
    std::unique_ptr<MainWindow> window;
    Measured result;
    if (level) {
        bridge = std::make_unique<EngineBridge>(engine);
        window = std::make_unique<MainWindow>(*bridge);
        window->resize(1'100, 760);
        bridge->setCaptureLevel(*level);
        QObject::connect(bridge.get(), &EnginePort::trafficTaken, bridge.get(), [&result](const TrafficTaken& traffic) {
            result.taken += traffic.records.size();
            result.lost += traffic.lost;
            result.passed_over += traffic.passedOver;
        });
        window->show();
        QCoreApplication::processEvents();
    }
    std::atomic<bool> stopping{false};
    std::atomic<double> cpu{0};
    std::atomic<bool> is_measuring{false};
    std::thread server([&] {
        jackfield::bench::stay_on_core(0);
        double begun = -1;
        while (!stopping.load(std::memory_order_relaxed) && engine.poll(100ms)) {
            if (begun < 0 && is_measuring.load(std::memory_order_relaxed))
                begun = jackfield::bench::cpu_milliseconds();
        }
        cpu = begun < 0 ? 0 : jackfield::bench::cpu_milliseconds() - begun;
    });
    ::bench::LoadResult loaded;
    bool connected = false;
    std::thread driver([&] {
        connected = load.wait_until_connected();
        is_measuring = true;
        engine.wake();
        load.start();
        loaded = load.result();
        stopping = true;
        engine.wake();
        if (level)
            QMetaObject::invokeMethod(&application, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    application.longest = 0;
    if (level)
        QApplication::exec();
    driver.join();
    server.join();
    result.longest_turn = application.longest;
    const EngineTotals totals = [&] {
        if (!level)
            return EngineTotals{};
        // The clients send no more: what is on its way gets through, and the lanes tell the last of it.
        for (int i = 0; i < 5; ++i) {
            if (!engine.poll(100ms))
                break;
            bridge->takeNow();
        }
        return bridge->totals();
    }();
    result.failed = !connected || loaded.failed || loaded.messages == 0;
    result.messages = level ? totals.messages_in + totals.messages_out : 2 * loaded.messages;
    if (!result.failed)
        result.cpu_us = cpu * 1e3 / static_cast<double>(loaded.messages);
    window.reset();
    bridge.reset();
    return result;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Series {
    const char* name;
    std::optional<TrafficLevel> level;
    double aim; ///< of the engine alone
    std::vector<double> cpu_us, ratio;
    std::uint64_t passed = 0, taken = 0, lost = 0, passed_over = 0;
    bool all_counted = true;
    double longest_turn = 0;
};

} // namespace

int main(int argc, char** argv)
{
    ::bench::play_clients_if_asked(argc, argv);
    Options options;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--check") == 0)
            options.check = true;
        else if (std::strcmp(argv[i], "--rounds") == 0 && i + 1 < argc)
            options.rounds = std::clamp(std::atoi(argv[++i]), 1, 100);
        else if (std::strcmp(argv[i], "--milliseconds") == 0 && i + 1 < argc)
            options.time = std::chrono::milliseconds(std::clamp(std::atoi(argv[++i]), 50, 60'000));
        else {
            std::printf("window_cost_bench [--rounds N] [--milliseconds N] [--check]\n");
            return 2;
        }
    }
    jackfield::bench::stay_on_core(1);
    jackfield::bench::WatchedApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    std::vector<Series> all{{"engine alone", std::nullopt, 1, {}, {}},
        {"window, nothing", TrafficLevel::off, 1.02, {}, {}},
        {"window, counters", TrafficLevel::counters, 1.02, {}, {}},
        {"window, headers", TrafficLevel::headers, 1.05, {}, {}}, {"window, full", TrafficLevel::full, 1.12, {}, {}}};
    for (int round = 0; round < options.rounds; ++round) {
        for (Series& series : all) {
            const Measured measured = measure(options, application, series.level);
            if (measured.failed) {
                std::printf("%s: the clients were refused or cut off\n", series.name);
                return 1;
            }
            series.cpu_us.push_back(measured.cpu_us);
            series.ratio.push_back(measured.cpu_us / all[0].cpu_us.back());
            series.passed += measured.messages;
            series.taken += measured.taken;
            series.lost += measured.lost;
            series.passed_over += measured.passed_over;
            if (series.level)
                series.all_counted = series.all_counted
                    && measured.taken + measured.lost + measured.passed_over == measured.messages;
            series.longest_turn = std::max(series.longest_turn, measured.longest_turn);
        }
    }
    std::printf("16-byte echo, %d connections, %d in flight each, median of %d rounds of %d ms, in turns\n\n",
        options.connections, options.depth, options.rounds, static_cast<int>(options.time.count()));
    std::printf("%-18s %14s %9s %6s %13s %12s %13s %12s %13s\n", "", "engine us/msg", "of alone", "aim", "passed",
        "shown", "lost", "passed over", "longest turn");
    jackfield::bench::Bounds bounds;
    for (const Series& series : all) {
        std::printf("%-18s %14.3f %9.3f %6.2f %13llu %12llu %13llu %12llu %10.1f ms\n", series.name,
            median(series.cpu_us), median(series.ratio), series.aim, static_cast<unsigned long long>(series.passed),
            static_cast<unsigned long long>(series.taken), static_cast<unsigned long long>(series.lost),
            static_cast<unsigned long long>(series.passed_over), series.longest_turn);
        bounds.hold(series.all_counted, "every message is shown or counted, exactly");
        if (options.check) {
            bounds.hold(median(series.ratio) <= 2 * series.aim, "the window costs the engine less than twice of what is aimed at");
            bounds.hold(series.longest_turn <= 50, "a turn of at most 50 ms");
        }
    }
    return bounds.exit_status();
}
