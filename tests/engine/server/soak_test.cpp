// What days of serving leave behind: nothing. Scaled to seconds here; JACKFIELD_SOAK=full is the whole length, which the
// label soak runs (ctest -C soak -L soak).
#include "tests/support/engine_bench.h"

#include <QtTest>

#include <array>
#include <cstdlib>
#include <dirent.h>
#include <fstream>
#include <malloc.h>
#include <poll.h>
#include <string>
#include <vector>

using namespace jackfield;
using namespace std::chrono_literals;
using test::Call;
using test::client_frame;
using test::EngineBench;
using test::LoopbackClient;
using test::server_frame;

namespace {

bool is_full()
{
    const char* const text = std::getenv("JACKFIELD_SOAK");
    return text != nullptr && std::string_view(text) == "full";
}

std::size_t open_files()
{
    std::size_t count = 0;
    if (DIR* folder = ::opendir("/proc/self/fd")) {
        while (::readdir(folder))
            ++count;
        ::closedir(folder);
    }
    return count;
}

/// Sanitizers keep memory of their own.
double resident_mebibytes()
{
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
    return 0;
#else
    std::ifstream file("/proc/self/statm");
    std::uint64_t total = 0;
    std::uint64_t resident = 0;
    file >> total >> resident;
    return static_cast<double>(resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE))) / (1024.0 * 1024.0);
#endif
}

/// By how much a line through the values rises from the first to the last.
double rise(const std::vector<double>& values)
{
    const auto count = static_cast<double>(values.size());
    double mean = 0;
    for (const double value : values)
        mean += value / count;
    double along = 0;
    double squares = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double x = static_cast<double>(i) - (count - 1) / 2;
        along += x * (values[i] - mean);
        squares += x * x;
    }
    return along / squares * (count - 1);
}

constexpr double most_growth = 8; ///< MiB, as after every test

struct Pinged {
    LoopbackClient client;
    std::uint64_t pings = 0;
    bool answers() ///< every ping; false when something else came, or the end
    {
        client.pump();
        std::string pongs;
        std::size_t at = 0;
        const std::string& heard = client.received;
        while (heard.size() - at >= 2) {
            const auto size = static_cast<std::size_t>(heard[at + 1]);
            if (heard[at] != '\x89')
                return false;
            if (heard.size() - at < 2 + size)
                break;
            pongs += client_frame(0x8a, heard.substr(at + 2, size));
            at += 2 + size;
            ++pings;
        }
        client.received.erase(0, at);
        client.send(pongs);
        return !client.ended;
    }
};

std::vector<Pinged> many_pinged(EngineBench& bench, std::size_t count)
{
    std::vector<Pinged> clients;
    for (std::size_t i = 0; i < count; ++i)
        clients.push_back({bench.open(), 0});
    return clients;
}

std::uint64_t all_pings(const std::vector<Pinged>& clients)
{
    std::uint64_t all = 0;
    for (const Pinged& each : clients)
        all += each.pings;
    return all;
}

/// Passes time second by second; every ping is answered before the next second begins.
bool pass(EngineBench& bench, std::vector<Pinged>& clients, std::chrono::seconds time)
{
    for (auto passed = 0s; passed < time; passed += 1s) {
        const std::uint64_t sent = bench.kernel.calls(Call::send);
        const std::uint64_t received = bench.kernel.calls(Call::receive);
        bench.clock.advance(1s);
        bench.poll();
        // One send is one ping here, which is on its way at once; its answer is one receive.
        const std::uint64_t due = bench.kernel.calls(Call::send) - sent;
        if (due == 0)
            continue;
        const std::uint64_t before = all_pings(clients);
        while (all_pings(clients) - before < due) {
            for (Pinged& each : clients) {
                if (!each.answers())
                    return false;
            }
        }
        while (bench.kernel.calls(Call::receive) - received < due) {
            pollfd entry{bench.engine->pollable_descriptor(), POLLIN, 0};
            if (::poll(&entry, 1, 20'000) <= 0 || !bench.poll())
                return false;
        }
    }
    return true;
}

} // namespace

class SoakTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void days_of_messages_leave_nothing_behind() // SK-01, SK-05
    {
        const std::uint64_t slices = 20;
        const std::uint64_t passes = is_full() ? 40'625 : 60; // of 32 messages each, in a slice
        EngineConfig config = EngineBench::config();
        config.limits.ping_interval = 0ms; // what comes back is counted
        EngineBench bench(std::move(config));
        std::vector<LoopbackClient> clients;
        for (int i = 0; i < 10; ++i)
            clients.push_back(bench.open());
        std::string batch;
        std::size_t answer = 0;
        for (int i = 0; i < 32; ++i) {
            const std::string text(static_cast<std::size_t>(i % 4 == 0 ? 1'000 : 16), 's');
            batch += client_frame(0x81, text);
            answer += server_frame(0x81, text).size();
        }
        std::vector<double> memory;
        const auto play = [&](std::uint64_t count) {
            for (std::uint64_t i = 0; i < count; ++i) {
                LoopbackClient& client = clients[i % clients.size()];
                client.send(batch);
                bench.clock.advance(1ms);
                for (std::size_t left = answer; left > 0;) {
                    bench.poll();
                    client.pump();
                    left = answer - std::min(answer, client.received.size());
                    if (client.ended)
                        return false;
                }
                client.received.clear();
                if (i % 1'000 == 0)
                    bench.events.clear();
            }
            return true;
        };
        QVERIFY(play(passes / 2));
        const std::size_t files = open_files();
        for (std::uint64_t slice = 0; slice < slices; ++slice) {
            QVERIFY(play(passes));
            memory.push_back(resident_mebibytes());
        }
        QCOMPARE(open_files(), files);
        QVERIFY2(rise(memory) < most_growth / 2, qPrintable(QString::number(rise(memory))));
#if !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
        const struct mallinfo2 heap = ::mallinfo2();
        QVERIFY2(static_cast<double>(heap.arena) < 1.3 * static_cast<double>(heap.uordblks) + 1024.0 * 1024.0,
            qPrintable(QStringLiteral("%1 of %2").arg(heap.uordblks).arg(heap.arena)));
#endif
    }

    void days_of_deadlines_are_all_kept() // SK-02, RX-20
    {
        constexpr std::chrono::seconds time{259'200};
        EngineBench bench;
        std::vector<Pinged> clients = many_pinged(bench, is_full() ? 1'000 : 4);
        QVERIFY(pass(bench, clients, time));
        const std::uint64_t wanted = static_cast<std::uint64_t>(time / 30s);
        for (const Pinged& each : clients)
            QVERIFY2(each.pings <= wanted && each.pings + wanted / 30 + 1 >= wanted, qPrintable(QString::number(each.pings)));
        QCOMPARE(bench.count<event::Closed>(), 0);
    }

    void churn_leaves_nothing_behind() // SK-03
    {
        const int slices = 10;
        const int connects = is_full() ? 60'000 : 150; // in a slice
        EngineConfig config = EngineBench::config();
        config.limits.ping_interval = 0ms; // nobody answers
        EngineBench bench(std::move(config));
        LoopbackClient canary = bench.open();
        std::vector<double> memory;
        const std::size_t files = open_files();
        int number = 0;
        for (int slice = -2; slice < slices; ++slice) {
            for (int i = 0; i < connects; ++i, ++number) {
                LoopbackClient client = bench.open();
                QVERIFY(bench.is_open);
                QVERIFY(bench.echoes(client, std::string(static_cast<std::size_t>(1) << (number % 18), 'c')));
                if (number % 20 == 0) {
                    const auto opened = bench.all<event::Opened>();
                    bench.engine->submit(command::Kick{Target::one(opened.back().info->id), {4001, "churn"}});
                    QVERIFY(bench.run_until([&] {
                        client.pump();
                        return client.received.find("churn") != std::string::npos;
                    }));
                }
                if (number % 3 == 0)
                    client.reset();
                client.close();
                if (number % 100 == 0)
                    bench.engine->submit(command::Allow{
                        ListKind::origins, "http://churn" + std::to_string(number % 7) + ".example", false, 0ms});
                bench.events.clear();
            }
            bench.pass(6s, 500ms);
            if (slice >= 0)
                memory.push_back(resident_mebibytes());
        }
        while (open_files() > files) { // the last ends are on their way
            pollfd entry{bench.engine->pollable_descriptor(), POLLIN, 0};
            QVERIFY(::poll(&entry, 1, 20'000) > 0);
            bench.poll();
        }
        QCOMPARE(open_files(), files);
        QVERIFY2(rise(memory) < most_growth, qPrintable(QString::number(rise(memory))));
        QVERIFY(bench.echoes(canary));
        QCOMPARE(bench.kernel.wrong_closes(), 0);
    }
};

QTEST_GUILESS_MAIN(SoakTest)
#include "soak_test.moc"
