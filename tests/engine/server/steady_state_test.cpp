// What a message costs once everything is warm, in counts, so that it holds on every machine: allocations and
// system calls.
#include "tests/support/counted_allocations.h"
#include "tests/support/engine_bench.h"

#include <QtTest>

#include <array>
#include <poll.h>
#include <string>
#include <vector>

using namespace jackfield;
using namespace std::chrono_literals;
using test::Call;
using test::client_frame;
using test::CountedAllocations;
using test::EngineBench;
using test::LoopbackClient;
using test::server_frame;

namespace {

constexpr int warm_up = 300; ///< batches
constexpr int measured = 1'000;

std::string repeated(const std::string& text, int times)
{
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

struct Workload {
    int depth = 1; ///< messages in a batch
    int listeners = 0; ///< of a chat; 0: an echo
    std::size_t size = 16;
};

EngineConfig config_for(const Workload& workload)
{
    EngineConfig config = EngineBench::config();
    config.endpoints[0].behaviour = workload.listeners > 0 ? "chat" : "echo";
    config.endpoints[0].chat_includes_sender = false;
    return config;
}

/// Batches of messages go in, and the engine turns until all that answers them is out.
class Steady {
public:
    explicit Steady(const Workload& workload)
        : bench(config_for(workload))
        , first_answered_(workload.listeners > 0 ? 1 : 0)
    {
        const std::string payload(workload.size, 'm');
        batch_ = repeated(client_frame(0x81, payload), workload.depth);
        answer_size_ = server_frame(0x81, payload).size() * static_cast<std::size_t>(workload.depth);
        for (int i = 0; i <= workload.listeners; ++i) {
            clients_.push_back(bench.open());
            is_open_ = is_open_ && bench.is_open;
        }
    }

    [[nodiscard]] bool is_open() const { return is_open_; }
    [[nodiscard]] std::size_t answered() const { return clients_.size() - first_answered_; } ///< clients
    /// From here on the lanes are read in every turn.
    void watch(TrafficLevel level)
    {
        bench.engine->attach_state();
        bench.engine->set_traffic(level, TrafficPolicy::drop_and_count);
        is_watched_ = true;
    }
    /// One batch from the first client. False when it is not answered.
    bool pass()
    {
        if (::send(clients_[0].descriptor(), batch_.data(), batch_.size(), MSG_NOSIGNAL)
            != static_cast<ssize_t>(batch_.size()))
            return false;
        bench.clock.advance(1ms);
        const std::uint64_t allocated_before = CountedAllocations::count();
        std::size_t left = answer_size_ * answered();
        while (left > 0) {
            if (!turn())
                return false;
            const std::size_t before = left;
            for (std::size_t i = first_answered_; i < clients_.size(); ++i) {
                ssize_t count = 0;
                while ((count = ::recv(clients_[i].descriptor(), heard_.data(), heard_.size(), 0)) > 0)
                    left -= static_cast<std::size_t>(count);
                if (count == 0)
                    return false; // the server has ended it
            }
            if (left == before && !wait())
                return false;
        }
        allocations += CountedAllocations::count() - allocated_before;
        return true;
    }

    EngineBench bench;
    std::uint64_t allocations = 0; ///< of the engine in all batches

private:
    bool turn()
    {
        const CountedAllocations counted;
        if (!bench.engine->poll(0ms))
            return false;
        if (is_watched_) {
            bench.engine->take_state(state_);
            bench.engine->take_traffic(traffic_);
            while (traffic_.next()) { }
        }
        return true;
    }
    /// Until the engine has something to do, or a client something to hear: what was sent may take its time.
    bool wait()
    {
        std::vector<pollfd> entries{{bench.engine->pollable_descriptor(), POLLIN, 0}};
        for (std::size_t i = first_answered_; i < clients_.size(); ++i)
            entries.push_back({clients_[i].descriptor(), POLLIN, 0});
        return ::poll(entries.data(), entries.size(), patience_ms) > 0;
    }

    static constexpr int patience_ms = 20'000; ///< that no passing test needs
    std::vector<LoopbackClient> clients_;
    std::size_t first_answered_;
    std::string batch_;
    std::size_t answer_size_ = 0;
    bool is_open_ = true;
    bool is_watched_ = false;
    std::array<char, 65'536> heard_{};
    StateBatch state_;
    TrafficBatch traffic_;
};

} // namespace

Q_DECLARE_METATYPE(Workload)

class SteadyStateTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_message_allocates_nothing_data()
    {
        QTest::addColumn<Workload>("workload");
        QTest::addColumn<TrafficLevel>("level");
        QTest::newRow("echo, one at a time") << Workload{1, 0, 16} << TrafficLevel::off;
        QTest::newRow("echo, 32 at a time") << Workload{32, 0, 16} << TrafficLevel::off;
        QTest::newRow("echo of 1 KiB") << Workload{1, 0, 1'024} << TrafficLevel::off;
        QTest::newRow("chat to 50") << Workload{1, 50, 64} << TrafficLevel::off;
        QTest::newRow("chat to 50, 16 at a time") << Workload{16, 50, 64} << TrafficLevel::off;
        QTest::newRow("echo, counters watched") << Workload{32, 0, 16} << TrafficLevel::counters;
        QTest::newRow("echo, all watched") << Workload{32, 0, 16} << TrafficLevel::full;
        QTest::newRow("chat to 50, all watched") << Workload{1, 50, 64} << TrafficLevel::full;
    }
    void a_message_allocates_nothing()
    {
        if (!JACKFIELD_COUNTS_ALLOCATIONS)
            QSKIP("The sanitizers' allocator is not counted.");
        QFETCH(Workload, workload);
        QFETCH(TrafficLevel, level);
        {
            const std::uint64_t before = CountedAllocations::count();
            const CountedAllocations counted;
            std::string seen;
            seen.reserve(1'000);
            QCOMPARE(CountedAllocations::count(), before + 1); // it does count
        }
        Steady steady(workload);
        QVERIFY(steady.is_open());
        if (level != TrafficLevel::off)
            steady.watch(level);
        for (int i = 0; i < warm_up; ++i)
            QVERIFY(steady.pass());
        steady.allocations = 0;
        for (int i = 0; i < measured; ++i)
            QVERIFY(steady.pass());
        QCOMPARE(steady.allocations, std::uint64_t{0});
    }

    void a_batch_takes_one_receive_and_one_send_data()
    {
        QTest::addColumn<Workload>("workload");
        QTest::newRow("echo, one at a time") << Workload{1, 0, 16};
        QTest::newRow("echo, 32 at a time") << Workload{32, 0, 16};
        QTest::newRow("echo, 500 at a time") << Workload{500, 0, 16};
        QTest::newRow("chat to 50, 16 at a time") << Workload{16, 50, 64};
    }
    void a_batch_takes_one_receive_and_one_send()
    {
        QFETCH(Workload, workload);
        constexpr std::uint64_t batches = 200;
        Steady steady(workload);
        QVERIFY(steady.is_open());
        for (int i = 0; i < 10; ++i)
            QVERIFY(steady.pass());
        // The timer does not count: it is armed because the test waits for the engine's descriptor.
        const auto calls = [&kernel = steady.bench.kernel](Call call) { return kernel.calls(call); };
        const std::uint64_t received = calls(Call::receive);
        const std::uint64_t sent = calls(Call::send);
        const auto all_others = [&calls] {
            return calls(Call::read_counter) + calls(Call::write_counter) + calls(Call::epoll_modify)
                + calls(Call::set_option);
        };
        const std::uint64_t others = all_others();
        for (std::uint64_t i = 0; i < batches; ++i)
            QVERIFY(steady.pass());
        QCOMPARE(calls(Call::receive) - received, batches);
        QCOMPARE(calls(Call::send) - sent, batches * steady.answered());
        QCOMPARE(all_others(), others);
    }
};

QTEST_GUILESS_MAIN(SteadyStateTest)
#include "steady_state_test.moc"
