// How fast Jackfield echoes 16-byte messages, and what watching it costs, as ratios of one run:
//   floor    an epoll loop that moves the same bytes and knows nothing of WebSocket
//   engine   the engine alone
//   reader   the engine with a reader that takes the state and traffic lanes every 33 ms
//   bridge   the engine with the window's bridge and models attached (where Qt is built)
// and what one idle connection costs in memory. `echo_bench --check` fails when a ratio is out of bounds.
#include "tests/bench/echo_load.h"
#include "tests/bench/raw_echo.h"

#include "jackfield/engine.h"

#ifdef JACKFIELD_BENCH_BRIDGE
#include "tests/bench/bridge_reader.h"
#endif

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using namespace std::chrono_literals;

struct Options {
    std::chrono::milliseconds time{1'000};
    int rounds = 5;
    int connections = 64;
    int in_flight = 8;
    int idle = 10'000;
    bool check = false;
};

double thread_cpu_seconds()
{
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

/// One measured run: messages a second, and the server thread's own time for each.
struct Measurement {
    double per_second = 0;
    double cpu_us = 0;
    bool failed = true;
};

/// Runs `server` (which returns when `stop` was called) on a thread, loads it, and measures both.
Measurement measure(std::uint16_t port, bool handshake, const Options& options,
    const std::function<void()>& server, const std::function<void()>& stop)
{
    auto load = bench::LoadProcess::prepare(
        {port, options.connections, options.in_flight, options.time, handshake});
    // The CPU clock of a thread can be read by itself only, so the server's thread writes down its reading at
    // the end. The handshakes before are some hundred and weigh nothing against the messages.
    double cpu = 0;
    std::thread thread([&] {
        server();
        cpu = thread_cpu_seconds();
    });
    bench::LoadResult result;
    const bool connected = load.wait_until_connected();
    load.start();
    result = load.result();
    stop();
    thread.join();
    if (!connected || result.failed || result.messages == 0)
        return {};
    return {static_cast<double>(result.messages) / result.seconds,
        cpu * 1e6 / static_cast<double>(result.messages), false};
}

std::unique_ptr<jackfield::Engine> make_engine(std::uint16_t& port)
{
    jackfield::EngineConfig config;
    config.listeners = {{jackfield::SocketAddress::v4({127, 0, 0, 1}, 0)}};
    config.limits.max_openings = 16'384;
    auto engine = jackfield::Engine::create(std::move(config));
    if (!engine) {
        std::fprintf(stderr, "No engine: %s\n", engine.error().message().c_str());
        std::exit(1);
    }
    jackfield::EventBatch events;
    (*engine)->take_events(events);
    for (const auto& event : events.events) {
        if (const auto* listening = std::get_if<jackfield::event::Listening>(&event.what))
            port = listening->address.port();
    }
    return std::move(*engine);
}

enum class Watch { nobody, reader, bridge };

Measurement measure_floor(const Options& options)
{
    bench::RawEcho floor;
    return measure(
        floor.port(), false, options, [&] { floor.run(); }, [&] { floor.stop(); });
}

/// Takes the lanes every 33 ms, as any reader would.
class LaneReader {
public:
    explicit LaneReader(jackfield::Engine& engine)
        : engine_(engine)
    {
        engine_.attach_state();
        engine_.set_traffic(jackfield::TrafficLevel::full, jackfield::TrafficPolicy::drop_and_count);
        thread_ = std::thread([this] { run(); });
    }
    ~LaneReader()
    {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        changed_.notify_one();
        thread_.join();
        engine_.set_traffic(jackfield::TrafficLevel::off, jackfield::TrafficPolicy::drop_and_count);
        engine_.detach_state();
    }
    LaneReader(const LaneReader&) = delete;
    LaneReader& operator=(const LaneReader&) = delete;

private:
    void run()
    {
        jackfield::StateBatch state;
        jackfield::TrafficBatch traffic;
        std::unique_lock lock(mutex_);
        while (!changed_.wait_for(lock, 33ms, [this] { return stopping_; })) {
            engine_.take_state(state);
            engine_.take_traffic(traffic);
            while (traffic.next()) { }
        }
    }
    jackfield::Engine& engine_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    std::thread thread_;
};

Measurement measure_engine(const Options& options, Watch watch)
{
    std::uint16_t port = 0;
    const auto engine = make_engine(port);
    std::atomic<bool> stopping{false};
    const auto serve = [&] {
        while (!stopping.load(std::memory_order_relaxed)) {
            if (!engine->poll(100ms))
                return;
        }
    };
    const auto stop = [&] {
        stopping = true;
        engine->wake();
    };
    if (watch == Watch::reader) {
        const LaneReader reader(*engine);
        return measure(port, true, options, serve, stop);
    }
#ifdef JACKFIELD_BENCH_BRIDGE
    if (watch == Watch::bridge) {
        Measurement result;
        bench::with_bridge(*engine, [&] { result = measure(port, true, options, serve, stop); });
        return result;
    }
#endif
    return measure(port, true, options, serve, stop);
}

double resident_kib()
{
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    long pages = 0;
    long resident = 0;
    if (file != nullptr) {
        if (std::fscanf(file, "%ld %ld", &pages, &resident) != 2)
            resident = 0;
        std::fclose(file);
    }
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1024;
}

/// KiB of resident memory for each of `options.idle` idle connections; negative when they could not all be
/// opened.
double idle_memory(const Options& options)
{
    std::uint16_t port = 0;
    const auto engine = make_engine(port);
    std::atomic<bool> stopping{false};
    auto load = bench::LoadProcess::prepare({port, options.idle, 1, 0ms, true});
    const double before = resident_kib();
    std::thread thread([&] {
        jackfield::EventBatch events; // taken and thrown away, so that what waits for a reader is not counted
        while (!stopping.load(std::memory_order_relaxed) && engine->poll(100ms))
            engine->take_events(events);
    });
    const bool connected = load.wait_until_connected();
    const double after = resident_kib();
    stopping = true;
    engine->wake();
    thread.join();
    if (!connected)
        return -1;
    return (after - before) / options.idle;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

struct Series {
    const char* name;
    std::function<Measurement()> run;
    std::vector<double> per_second, cpu_us;
};

Options parse(int argc, char** argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        const auto number = [&] { return i + 1 < argc ? std::atoi(argv[++i]) : 0; };
        if (name == "--check")
            options.check = true;
        else if (name == "--milliseconds")
            options.time = std::chrono::milliseconds(std::clamp(number(), 50, 60'000));
        else if (name == "--rounds")
            options.rounds = std::clamp(number(), 1, 100);
        else if (name == "--connections")
            options.connections = std::clamp(number(), 1, 10'000);
        else if (name == "--in-flight")
            options.in_flight = std::clamp(number(), 1, 1'000);
        else if (name == "--idle")
            options.idle = std::clamp(number(), 0, 15'000);
        else {
            std::printf("echo_bench [--milliseconds N] [--rounds N] [--connections N] [--in-flight N] "
                        "[--idle N] [--check]\n");
            std::exit(name == "--help" ? 0 : 2);
        }
    }
    return options;
}

bool check(bool holds, const char* what)
{
    if (!holds)
        std::printf("OUT OF BOUNDS: %s\n", what);
    return holds;
}

} // namespace

int main(int argc, char** argv)
{
    bench::play_clients_if_asked(argc, argv);
    const Options options = parse(argc, argv);
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }

    const double idle = options.idle > 0 ? idle_memory(options) : -1;
    std::vector<Series> all;
    all.push_back({"floor", [&] { return measure_floor(options); }, {}, {}});
    all.push_back({"engine", [&] { return measure_engine(options, Watch::nobody); }, {}, {}});
    all.push_back({"reader", [&] { return measure_engine(options, Watch::reader); }, {}, {}});
#ifdef JACKFIELD_BENCH_BRIDGE
    all.push_back({"bridge", [&] { return measure_engine(options, Watch::bridge); }, {}, {}});
#endif
    // In turns, so that a machine that slows down slows all of them.
    for (int round = 0; round < options.rounds; ++round) {
        for (Series& series : all) {
            const Measurement measured = series.run();
            if (measured.failed) {
                std::printf("%s: the clients were refused or cut off\n", series.name);
                return 1;
            }
            series.per_second.push_back(measured.per_second);
            series.cpu_us.push_back(measured.cpu_us);
        }
    }

    std::printf("16-byte echo, %d connections, %d messages in flight each, median of %d rounds of %d ms\n\n",
        options.connections, options.in_flight, options.rounds, static_cast<int>(options.time.count()));
    std::printf("%-8s %14s %10s %16s %10s %10s\n", "", "messages/s", "of floor", "server us/msg", "of floor",
        "of engine");
    const double floor_rate = median(all[0].per_second);
    const double floor_cpu = median(all[0].cpu_us);
    const double engine_cpu = median(all[1].cpu_us);
    for (const Series& series : all) {
        const double rate = median(series.per_second);
        const double cpu = median(series.cpu_us);
        std::printf("%-8s %14.0f %10.2f %16.3f %10.2f %10.2f\n", series.name, rate, rate / floor_rate, cpu,
            cpu / floor_cpu, cpu / engine_cpu);
    }
    if (idle >= 0)
        std::printf("\n%d idle connections: %.2f KiB of resident memory each\n", options.idle, idle);
    else if (options.idle > 0)
        std::printf("\n%d idle connections could not be opened (open files: at most %lu)\n", options.idle,
            static_cast<unsigned long>(files.rlim_max));

    if (!options.check)
        return 0;
    bool fine
        = check(engine_cpu / floor_cpu < 4, "the engine costs less than 4 times the floor's CPU a message");
    for (std::size_t i = 2; i < all.size(); ++i)
        fine = check(median(all[i].cpu_us) / engine_cpu < 2,
                   "being watched costs the engine less than as much again")
            && fine;
    if (options.idle > 0)
        fine = check(idle >= 0 && idle < 4, "an idle connection costs less than 4 KiB") && fine;
    return fine ? 0 : 1;
}
