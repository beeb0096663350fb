// The capture in a live window, without an engine: a million messages come in as within a minute, are
// filtered by words, by an expression and by a JSON value and searched while more come in, then 100,000 are
// filtered while 10,000 a second come, then one message of 16 MiB is. Prints what each took, in CPU time of
// all threads and on the clock, and the longest turn of the window's event loop, in CPU time of its thread.
//
// --check fails when words take more than a second or an expression more than three, a turn more than 50 ms,
// the process more than 400 MiB, a message is not counted, or a filter that nobody wants any more goes on for
// longer than two seconds (GU-08, GU-10).

#include "tests/bench/measure.h"
#include "tests/support/fake_engine_port.h"
#include "tests/support/listening_status.h"
#include "ui/models/message_find.h"
#include "ui/views/main_window.h"
#include "ui/views/messages_panel.h"
#include "ui/views/tail_table.h"
#include "ui/views/window_models.h"

#include "jackfield/shared_bytes.h"

#include <QApplication>
#include <QEventLoop>
#include <QTimer>

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

using namespace jackfield;
using namespace jackfield::ui;
using jackfield::test::FakeEnginePort;

namespace {

constexpr std::uint64_t million = 1'000'000;
constexpr std::size_t messageSize = 100;
constexpr int framesASecond = 30;
constexpr std::size_t live = 10'000 / framesASecond; // messages in each frame of the live phases
constexpr double longestTurn = 50; // milliseconds
constexpr double longestWords = 1'000;
constexpr double longestExpression = 3'000;
constexpr std::uint64_t mostMemory = 400U << 20U;
constexpr double longestUnwanted = 2'000;
constexpr std::size_t large = std::size_t{16} << 20U;

/// Letters that keep an expression from settling.
std::string restless(std::size_t size)
{
    std::string text(size, 'a');
    std::uint32_t seed = 1;
    for (char& c : text) {
        seed = seed * 1'664'525U + 1'013'904'223U;
        c = (seed >> 24U & 1U) != 0 ? 'a' : 'b';
    }
    return text;
}

std::string restlessJson(std::size_t size)
{
    std::string text = "{\"k\":[";
    while (text.size() < size)
        text += "{\"a\":1,\"b\":\"text\"},";
    return text + "0],\"type\":\"trade\"}";
}

class Bench {
public:
    Bench()
    {
        m_window.resize(1'100, 760);
        m_window.show();
        m_port.deliverStatus(test::listeningStatus());
        for (std::uint64_t number = 1; number <= 50; ++number)
            m_ids.push_back(m_port.open(number));
        QCoreApplication::processEvents();
    }

    MessageModel& model() { return m_window.models().messageTable; }
    MessageStore& store() { return m_window.models().messages; }
    std::uint64_t sent() const { return m_sent; }
    double longest = 0; ///< turn of all

    /// One turn of the window: `act`, and all that follows from it.
    template <class Act>
    void turn(Act act)
    {
        rusage before{};
        rusage after{};
        ::getrusage(RUSAGE_THREAD, &before);
        const double begun = bench::cpu_milliseconds();
        act();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        const double spent = bench::cpu_milliseconds() - begun;
        ::getrusage(RUSAGE_THREAD, &after);
        if (spent > longestTurn) {
            const auto inKernel
                = static_cast<double>((after.ru_stime.tv_sec - before.ru_stime.tv_sec) * 1'000'000
                      + after.ru_stime.tv_usec - before.ru_stime.tv_usec)
                / 1e3;
            std::printf(
                "a turn of %.1f ms, %.1f of it in the kernel, with %ld page faults, after %llu messages\n",
                spent, inKernel, after.ru_minflt - before.ru_minflt, static_cast<unsigned long long>(m_sent));
        }
        longest = std::max(longest, spent);
        m_longest = std::max(m_longest, spent);
    }

    void deliver(std::size_t count, std::size_t size)
    {
        std::vector<TrafficRecord> records(count);
        std::vector<std::string> texts;
        texts.reserve(count);
        FrameFacts frame;
        frame.first_byte = 0x81;
        frame.is_masked = true;
        frame.payload_length = size;
        for (TrafficRecord& record : records) {
            std::string text = "{\"type\":\"" + std::string(m_sent % 10 == 0 ? "trade" : "quote")
                + "\",\"n\":" + std::to_string(m_sent) + ",\"text\":\"";
            text.resize(size - 2, 'x');
            texts.push_back(text + "\"}");
            record.sequence = ++m_sent;
            record.connection = m_ids[m_sent % m_ids.size()];
            record.wall_ns = m_port.wallNs += 60'000;
            record.size = size;
            record.wire = size + 6;
            record.payload = as_bytes(texts.back());
            record.frame_facts = {&frame, 1};
        }
        m_port.deliverTraffic(records);
    }

    void deliver(const SharedBytes& payload)
    {
        TrafficRecord record;
        record.sequence = ++m_sent;
        record.connection = m_ids.front();
        record.wall_ns = m_port.wallNs += 60'000;
        record.size = payload.size();
        record.wire = payload.size() + 14;
        record.payload = payload.view();
        record.shared = payload;
        m_port.deliverTraffic({&record, 1});
    }

    void startPhase() { m_longest = 0; }

    /// Runs the loop, live traffic included, until `isDone`; returns the CPU time of all threads.
    template <class Start, class Done>
    double until(const char* name, std::size_t perFrame, Start start, Done isDone)
    {
        startPhase();
        const double begun = bench::cpu_milliseconds(CLOCK_PROCESS_CPUTIME_ID);
        const auto clock = std::chrono::steady_clock::now();
        auto frame = clock;
        turn(start);
        while (!isDone()) {
            turn([&] {
                if (std::chrono::steady_clock::now() - frame
                    < std::chrono::milliseconds(1'000 / framesASecond))
                    return;
                frame = std::chrono::steady_clock::now();
                deliver(perFrame, messageSize);
            });
            // Waiting takes no CPU time. What wakes the loop is the search, or the next frame.
            turn([] { QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents); });
        }
        const double spent = bench::cpu_milliseconds(CLOCK_PROCESS_CPUTIME_ID) - begun;
        const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - clock;
        std::printf("%-44s %7.0f ms CPU %7.0f ms   longest turn %6.2f ms   %d rows\n", name, spent,
            wall.count(), m_longest, model().rowCount());
        std::fflush(stdout);
        return spent;
    }

    double filter(const char* name, const char* text, std::size_t perFrame)
    {
        return until(
            name, perFrame, [&] { model().setFilter(parse_filter(text, FilterSubject::messages).value()); },
            [&] { return !model().isFiltering(); });
    }

    double longestOfPhase() const { return m_longest; }

private:
    FakeEnginePort m_port;
    MainWindow m_window{m_port};
    std::vector<ConnectionId> m_ids;
    std::uint64_t m_sent = 0;
    double m_longest = 0;
};

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const bool check = argc > 1 && std::strcmp(argv[1], "--check") == 0;
    Bench bench;

    // Its timer keeps the loop from waiting for longer than a frame.
    QTimer frames;
    frames.start(1'000 / framesASecond);

    bench.startPhase();
    const double begun = bench::cpu_milliseconds(CLOCK_PROCESS_CPUTIME_ID);
    constexpr std::size_t perFrame = million / 60 / framesASecond;
    while (bench.sent() < million)
        bench.turn(
            [&] { bench.deliver(std::min<std::size_t>(perFrame, million - bench.sent()), messageSize); });
    std::printf("%-44s %7.0f ms CPU              longest turn %6.2f ms   %d rows, %.0f MiB used\n",
        "a million messages of 100 bytes", bench::cpu_milliseconds(CLOCK_PROCESS_CPUTIME_ID) - begun,
        bench.longestOfPhase(), bench.model().rowCount(),
        static_cast<double>(bench.store().usedBytes()) / (1024.0 * 1024.0));

    double words = bench.filter("filtered by words, few match", "trade 99999", live);
    words = std::max(words, bench.filter("filtered by words, all match", "type text", live));
    words = std::max(words, bench.filter("filtered by words, none matches", "nothing like it", live));
    double expression = bench.filter("filtered by an expression", "/quote.*n.:[0-9]*7,/", live);
    expression
        = std::max(expression, bench.filter("by one that looks at every byte", "/[xyz]{20}[0-9]/", live));
    bench.filter("filtered by a JSON value", "$.type:trade", live);
    bench.filter("the filter is taken away", "", live);
    {
        MessageFind find(bench.model());
        bench.until(
            "found by words", live, [&] { find.lookFor("n\":99"); }, [&] { return !find.isSearching(); });
    }

    // GU-08: what comes from here on makes the oldest give way.
    bench.startPhase();
    for (std::uint64_t came = 0; came < million;) {
        bench.turn([&] { bench.deliver(perFrame, 3 * messageSize); });
        came += perFrame;
    }
    const std::uint64_t memory = bench::resident_memory();
    const bool allCounted = bench.store().messageCount() + bench.store().evictedCount() == bench.sent();
    std::printf("%-44s %31s longest turn %6.2f ms   %.0f MiB resident, %llu gave way\n",
        "a million more, of 300 bytes", "", bench.longestOfPhase(),
        static_cast<double>(memory) / (1024.0 * 1024.0),
        static_cast<unsigned long long>(bench.store().evictedCount()));

    // GU-10
    bench.store().clear();
    bench.deliver(100'000, messageSize);
    QCoreApplication::processEvents();
    const char* filters[] = {"trade", "quote", "/trade.*7,/", "nothing", ""};
    bench.startPhase();
    for (int frame = 0; frame < 10 * framesASecond; ++frame) {
        bench.turn([&] {
            if (frame % 5 == 0)
                bench.model().setFilter(
                    parse_filter(filters[frame / 5 % 5], FilterSubject::messages).value());
            bench.deliver(live, messageSize);
        });
    }
    std::printf("%-44s %31s longest turn %6.2f ms\n", "100,000 filtered anew while 10,000/s come", "",
        bench.longestOfPhase());

    // One large message: looked through when the filter is set, and when it comes.
    bench.store().clear();
    const SharedBytes letters(restless(large));
    const SharedBytes json(restlessJson(large - 1'000));
    for (const char* text : {"zzz", "\xC3\xA9t\xC3\xA9", "/x\\d+y/", "/(a|b).{30}c/", "$.type:trade"}) {
        const SharedBytes& payload = text[0] == '$' ? json : letters;
        bench.model().setFilter({});
        bench.turn([&] { bench.deliver(payload); });
        bench.filter(("16 MiB filtered by " + std::string(text)).c_str(), text, live);
        bench.until(
            "one more comes", live, [&] { bench.deliver(payload); },
            [&] { return !bench.model().isFiltering(); });
        bench.store().clear();
    }
    bench.model().setFilter({});
    bench.deliver(letters);
    bench.turn([&] {
        bench.model().setFilter(parse_filter("/a.{20}z/", FilterSubject::messages).value()); // 40 seconds
    });
    bench.turn([] { QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents); });
    const double unwanted = bench.filter("another one instead of an endless one", "zzz", live);

    if (!check)
        return 0;
    bench::Bounds bounds;
    bounds.hold(words <= longestWords, "a million messages are filtered by words within a second");
    bounds.hold(expression <= longestExpression, "and by an expression within three");
    bounds.hold(bench.longest <= longestTurn, "a turn of at most 50 ms");
    bounds.hold(memory <= mostMemory, "at most 400 MiB");
    bounds.hold(unwanted <= longestUnwanted, "a filter that is taken back gives up within two seconds");
    bounds.hold(allCounted, "every message is kept or counted as given way");
    return bounds.exit_status();
}
