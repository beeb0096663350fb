#include "app/bench/bench.h"

#include "app/bench/figures.h"
#include "app/bench/memory_growth.h"

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

namespace jackfield::bench {
namespace {

constexpr double seconds_between_changes = 0.25;
constexpr std::size_t changing_part = 50; // one connection of so many at each change
constexpr std::size_t messages_out = 4;
constexpr std::size_t pace_of_large = 8; // of the sets, one is of large messages

/// The lengths around which frame headers change, and some that are longer than one read.
std::vector<MessageKindOf> mixed_kinds()
{
    return {
        {16, false, Content::ascii, 1},
        {125, false, Content::mixed, 1},
        {126, true, Content::random, 1},
        {1'024, false, Content::json, 1},
        {4'096, false, Content::mixed, 5},
        {0, false, Content::ascii, 1},
        {65'535, true, Content::random, 3},
        {65'536, false, Content::mixed, 1},
        {300'000, true, Content::random, 16},
    };
}

/// Closed loop with messages of all kinds, of connections that come and go.
class Soak final : public FleetUser {
public:
    explicit Soak(const Bench& bench)
        : bench_(bench)
        , kinds_(mixed_kinds())
        , plain_(kinds_.size())
        , compressed_(kinds_.size())
    { }
    void on_open(Connection& connection, TimePoint now) override
    {
        const MessageSet& set = set_for(connection);
        connection.use(set, connection.index * 31 + connection.generation);
        connection.tag = keeps_on;
        connection.queue(messages_out, now);
        if (chance_() % 2 == 0)
            connection.queue_ping();
    }
    void on_answers(Connection& connection, std::uint64_t count, TimePoint now) override
    {
        connection.in_flight.pop(
            count, [&](TimePoint sent, std::uint64_t messages) { bench_.meter.record(now - sent, messages); });
        bench_.meter.count_payload(count * connection_size(connection));
        if (connection.state() != Connection::State::open)
            return;
        if (sends_ && connection.tag == keeps_on)
            connection.queue(count, now);
        else if (connection.tag == leaves && connection.in_flight.messages() == 0)
            bench_.fleet.close(connection);
    }
    void on_ended(Connection& connection, TimePoint /*now*/) override
    {
        connection.in_flight.clear();
        gone_.push_back(connection.index);
    }
    void serve_until(TimePoint end)
    {
        TimePoint change = later(Fleet::now(), seconds_between_changes);
        while (!bench_.fleet.is_stopped() && Fleet::now() < end && failures_ < most_failures) {
            open_those_that_are_gone();
            if (Fleet::now() >= change) {
                let_some_leave();
                change = later(change, seconds_between_changes);
            }
            bench_.fleet.turn(std::min({end, change, bench_.meter.next_tick(), Fleet::now() + std::chrono::milliseconds(100)}));
            bench_.meter.tick(Fleet::now());
        }
    }
    void stop() { sends_ = false; }
    [[nodiscard]] std::uint64_t changes() const { return changes_; }

private:
    static constexpr std::uint64_t keeps_on = 0;
    static constexpr std::uint64_t leaves = 1;
    static constexpr std::uint64_t most_failures = 100;

    const MessageSet& set_for(const Connection& connection)
    {
        std::size_t kind = chance_() % kinds_.size();
        if (kinds_[kind].size > 65'000 && chance_() % pace_of_large != 0)
            kind %= 5;
        auto& sets = connection.is_compressed() ? compressed_ : plain_;
        if (!sets[kind]) {
            MessageKindOf wanted = kinds_[kind];
            wanted.compressed = connection.is_compressed();
            sets[kind] = std::make_unique<MessageSet>(wanted, 64);
        }
        sizes_.resize(bench_.fleet.size());
        sizes_[connection.index] = kinds_[kind].size;
        return *sets[kind];
    }
    [[nodiscard]] std::size_t connection_size(const Connection& connection) const { return sizes_[connection.index]; }

    void let_some_leave()
    {
        const std::size_t count = bench_.fleet.size() / changing_part + 1;
        for (std::size_t i = 0; i < count; ++i) {
            Connection& connection = bench_.fleet.at(chance_() % bench_.fleet.size());
            if (connection.state() == Connection::State::open) {
                connection.tag = leaves;
                ++changes_;
            }
        }
    }
    void open_those_that_are_gone()
    {
        std::vector<std::size_t> again;
        again.swap(gone_);
        for (const std::size_t index : again) {
            bench_.fleet.open(index);
            if (bench_.fleet.at(index).state() == Connection::State::unused) {
                gone_.push_back(index);
                ++failures_;
            }
        }
        if (bench_.fleet.open_count() > 0)
            failures_ = gone_.empty() ? 0 : failures_;
    }

    const Bench& bench_;
    std::vector<MessageKindOf> kinds_;
    std::vector<std::unique_ptr<MessageSet>> plain_;
    std::vector<std::unique_ptr<MessageSet>> compressed_;
    std::vector<std::size_t> sizes_; // of messages, by connection
    std::vector<std::size_t> gone_;
    std::minstd_rand chance_{1};
    std::uint64_t changes_ = 0;
    std::uint64_t failures_ = 0;
    bool sends_ = true;
};

} // namespace

Result<void> run_soak(const Bench& bench)
{
    Soak soak(bench);
    bench.fleet.set_user(&soak);
    if (auto opened = open_connections(bench, bench.options.connections); !opened)
        return opened;
    bench.meter.start(Fleet::now(), bench.options.seconds);
    soak.serve_until(later(Fleet::now(), bench.options.seconds));
    bench.meter.stop(Fleet::now());
    soak.stop();
    bench.fleet.turn_until(later(Fleet::now(), bench.options.timeout), [&] { return bench.fleet.opening_count() == 0; });
    wait_for_answers(bench);
    bench.meter.fill(bench.result);
    bench.result.parameters.emplace_back("reconnections", count_text(static_cast<double>(soak.changes())));
    if (const auto growth = memory_growth(bench.meter.series())) {
        if (growth->grew_by(bench.options.growth_percent)) {
            bench.result.failed = true;
            bench.result.warnings.push_back("The server's memory grew from " + bytes_text(growth->early) + " to " + bytes_text(growth->late)
                + " while the load stayed the same");
        }
    } else if (bench.server) {
        bench.result.warnings.push_back("The run was too short to tell whether the server's memory grows");
    }
    bench.fleet.close_all();
    return {};
}

} // namespace jackfield::bench
