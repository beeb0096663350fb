#include "support/engine_fixture.h"

#include <QTest>

#include <map>
#include <set>
#include <string>
#include <vector>

using namespace jackfield;
using namespace jackfield::test;

namespace {

constexpr std::uint32_t threads = 4;

EngineSetup several_threads()
{
    EngineSetup setup;
    setup.config.threads = threads;
    setup.config.endpoints = default_endpoints();
    setup.has_canary = false;
    return setup;
}

std::vector<RawClient> open_clients(EngineFixture& fixture, int count, std::string_view target = "/chat",
    std::string_view origin = "http://localhost:3000")
{
    std::vector<RawClient> clients;
    for (int i = 0; i < count; ++i) {
        clients.push_back(fixture.connect());
        clients.back().upgrade(good_handshake(fixture.port(), {}, target, origin));
    }
    return clients;
}

std::map<int, int> count_by_shard(EngineFixture& fixture, const std::vector<RawClient>& clients)
{
    std::map<int, int> counts;
    for (const RawClient& client : clients)
        ++counts[fixture.id_of(client).shard()];
    return counts;
}

void finish(EngineFixture& fixture, std::vector<RawClient>& clients)
{
    clients.clear();
    fixture.finish();
}

} // namespace

/// An engine with several threads: the connections spread, and nothing else changes.
class ThreadsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void connections_spread_evenly();
    void the_emptiest_thread_gets_the_next();
    void running_numbers_are_unique();
    void chat_reaches_everybody_in_each_senders_order();
    void a_chat_from_all_threads_at_once_loses_nothing();
    void commands_reach_all_and_are_finished_once();
    void who_is_named_and_gone_is_counted_once();
    void the_limit_holds_for_all_together();
    void kicked_and_blocked_on_any_thread();
    void what_the_lists_would_refuse_is_closed_on_any_thread();
    void an_endpoint_changes_on_all();
    void a_snapshot_is_one_of_all();
    void totals_are_those_of_all();
    void traffic_is_in_order_and_counts_over_all();
    void held_traffic_is_held_on_all();
    void a_stop_is_told_once_with_the_sums_of_all();
    void quitting_ends_all_and_says_so_once();
    void an_engine_may_go_without_a_word();
    void the_loggers_calls_do_not_overlap();
};

void ThreadsTest::connections_spread_evenly()
{
    EngineFixture fixture(several_threads());
    auto clients = open_clients(fixture, 40);
    const auto counts = count_by_shard(fixture, clients);
    QCOMPARE(counts.size(), std::size_t{threads});
    for (const auto& [shard, count] : counts)
        QCOMPARE(count, 10);
    finish(fixture, clients);
}

void ThreadsTest::the_emptiest_thread_gets_the_next()
{
    EngineFixture fixture(several_threads());
    auto clients = open_clients(fixture, 8);
    const int left = fixture.id_of(clients[2]).shard();
    std::vector<RawClient> kept;
    for (auto& client : clients) {
        if (fixture.id_of(client).shard() != left) {
            kept.push_back(std::move(client));
            continue;
        }
        const auto port = client.local_port();
        client.close();
        fixture.closed_of(port);
    }
    clients.clear();
    fixture.settle(); // the place is given back within the turn that tells of the end
    for (int i = 0; i < 2; ++i) {
        kept.push_back(fixture.open_client());
        QCOMPARE(int{fixture.id_of(kept.back()).shard()}, left);
    }
    finish(fixture, kept);
}

void ThreadsTest::running_numbers_are_unique()
{
    EngineFixture fixture(several_threads());
    std::set<std::uint64_t> numbers;
    for (const auto& client : open_clients(fixture, 20))
        numbers.insert(fixture.opened_of(client.local_port()).info->number);
    QCOMPARE(numbers.size(), std::size_t{20});
    QCOMPARE(*numbers.begin(), std::uint64_t{1});
    QCOMPARE(*numbers.rbegin(), std::uint64_t{20});
}

void ThreadsTest::chat_reaches_everybody_in_each_senders_order()
{
    EngineFixture fixture(several_threads());
    auto clients = open_clients(fixture, 12);
    constexpr int messages = 50;
    for (int i = 0; i < messages; ++i) {
        clients[0].send_text("a" + std::to_string(i));
        clients[1].send_text("b" + std::to_string(i));
    }
    for (std::size_t c = 2; c < clients.size(); ++c) {
        int next_a = 0, next_b = 0;
        while (next_a + next_b < 2 * messages) {
            const std::string message = clients[c].read_message();
            int& next = message.front() == 'a' ? next_a : next_b;
            QCOMPARE(message.substr(1), std::to_string(next));
            ++next;
        }
    }
    for (int i = 0; i < messages; ++i) { // all but what they sent themselves
        QCOMPARE(clients[0].read_message(), "b" + std::to_string(i));
        QCOMPARE(clients[1].read_message(), "a" + std::to_string(i));
    }
    fixture.settle();
    for (auto& client : clients)
        QVERIFY(client.is_quiet());
    finish(fixture, clients);
}

// A thread reads a letter while another is still counting it as one that waits.
void ThreadsTest::a_chat_from_all_threads_at_once_loses_nothing()
{
    EngineFixture fixture(several_threads());
    auto clients = open_clients(fixture, 2 * int{threads});
    constexpr int rounds = 25, burst = 40;
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t sender = 0; sender < threads; ++sender) {
            std::string frames;
            for (int i = 0; i < burst; ++i)
                frames += client_frame(0x81, static_cast<char>('a' + sender) + std::to_string(round * burst + i));
            clients[sender].send(frames);
        }
    }
    for (std::size_t c = threads; c < clients.size(); ++c) {
        std::map<char, int> next;
        for (int read = 0; read < int{threads} * rounds * burst; ++read) {
            const std::string message = clients[c].read_message();
            QCOMPARE(message.substr(1), std::to_string(next[message.front()]++));
        }
    }
    finish(fixture, clients);
}

void ThreadsTest::commands_reach_all_and_are_finished_once()
{
    EngineFixture fixture(several_threads());
    auto clients = open_clients(fixture, 9);
    const auto sent = fixture.run(command::Send{Target::all(), MessageKind::text, SharedBytes("to all"), {}, {}});
    QVERIFY(!sent.error);
    QCOMPARE(sent.count, std::uint64_t{9});
    for (auto& client : clients)
        QCOMPARE(client.read_message(), std::string("to all"));
    const ConnectionId one = fixture.id_of(clients[5]);
    QCOMPARE(fixture.run(command::Send{Target::one(one), MessageKind::text, SharedBytes("to one"), {}, {}}).count, std::uint64_t{1});
    QCOMPARE(clients[5].read_message(), std::string("to one"));
    const auto invalid = fixture.run(command::Ping{Target::all(), SharedBytes(std::string(126, 'x'))});
    QVERIFY(invalid.error && invalid.error->code == ErrorCode::invalid_argument);
    QCOMPARE(fixture.run(command::Kick{Target::all_but({one}), {4001, "go"}}).count, std::uint64_t{8});
    for (std::size_t i = 0; i < clients.size(); ++i) {
        if (i != 5)
            QCOMPARE(clients[i].finish_close(), std::uint16_t{4001});
    }
    QCOMPARE(fixture.engine().send(one, MessageKind::text, SharedBytes("still here")), SendOutcome::queued);
    QCOMPARE(clients[5].read_message(), std::string("still here"));
    std::map<Ticket, int> finished;
    for (const Event& event : fixture.events()) {
        if (const auto* each = std::get_if<event::CommandFinished>(&event.what))
            ++finished[each->ticket];
    }
    for (const auto& [ticket, times] : finished)
        QCOMPARE(times, 1);
    finish(fixture, clients);
}

void ThreadsTest::who_is_named_and_gone_is_counted_once()
{
    EngineFixture fixture(several_threads());
    auto clients = open_clients(fixture, 6);
    std::vector<ConnectionId> ids;
    for (const auto& client : clients)
        ids.push_back(fixture.id_of(client));
    for (int i : {1, 2}) {
        const auto port = clients[static_cast<std::size_t>(i)].local_port();
        clients[static_cast<std::size_t>(i)].close();
        fixture.closed_of(port);
    }
    ids.push_back(ConnectionId(200, 1, 1)); // of a thread that there is not
    const auto sent = fixture.run(command::Send{Target::many(ids), MessageKind::text, SharedBytes("hello"), {}, {}});
    QCOMPARE(sent.count, std::uint64_t{4});
    QCOMPARE(sent.gone, std::uint64_t{3});
}

void ThreadsTest::the_limit_holds_for_all_together()
{
    EngineSetup setup = several_threads();
    setup.config.limits.max_connections = 6;
    EngineFixture fixture(setup);
    auto clients = open_clients(fixture, 6);
    RawClient refused = fixture.connect();
    refused.send(good_handshake(fixture.port(), {}, "/chat"));
    QVERIFY(refused.read_response().starts_with("HTTP/1.1 503"));
    const auto port = clients[3].local_port();
    clients[3].close();
    fixture.closed_of(port);
    fixture.settle();
    clients.push_back(fixture.open_client());
    fixture.id_of(clients.back());
    refused.close();
    finish(fixture, clients);
}

void ThreadsTest::kicked_and_blocked_on_any_thread()
{
    EngineFixture fixture(several_threads());
    fixture.attach_state();
    auto clients = open_clients(fixture, 4);
    auto kick = command::Kick{Target::one(fixture.id_of(clients[3])), {4000, {}}};
    QVERIFY(fixture.id_of(clients[3]).shard() != 0);
    kick.block = KickBlock{BlockKind::origin, milliseconds(60'000)};
    QCOMPARE(fixture.run(std::move(kick)).count, std::uint64_t{1});
    fixture.wait_for_state([&] { return fixture.status && fixture.status->access.blocks.size() == 1; });
    QCOMPARE(fixture.status->access.blocks[0].text, std::string("http://localhost:3000"));
    RawClient again = fixture.connect();
    again.send(good_handshake(fixture.port()));
    QVERIFY(again.read_response().starts_with("HTTP/1.1 403"));
}

void ThreadsTest::what_the_lists_would_refuse_is_closed_on_any_thread()
{
    EngineFixture fixture(several_threads());
    auto good = open_clients(fixture, 4, "/chat", "");
    auto bad = open_clients(fixture, 8);
    AccessList list;
    list.lines.push_back(parse_access_line(ListKind::origins, "https://only.example"));
    QVERIFY(!fixture.run(command::ReplaceList{ListKind::origins, list, false}).error);
    QCOMPARE(fixture.run(command::ReapplyAccess{}).count, std::uint64_t{8});
    for (auto& client : bad)
        QCOMPARE(client.finish_close(), std::uint16_t{1008});
    fixture.run(command::Send{Target::all(), MessageKind::text, SharedBytes("you stay"), {}, {}});
    for (auto& client : good)
        QCOMPARE(client.read_message(), std::string("you stay"));
}

void ThreadsTest::an_endpoint_changes_on_all()
{
    EngineFixture fixture(several_threads());
    auto clients = open_clients(fixture, 8, "/elsewhere");
    EndpointConfig reverse = default_endpoint();
    reverse.behaviour = "reverse";
    reverse.subprotocols.clear();
    const auto changed = fixture.run(command::SetEndpoint{reverse});
    QVERIFY(!changed.error);
    QCOMPARE(changed.count, std::uint64_t{8});
    for (auto& client : clients) {
        client.send_text("abc");
        QCOMPARE(client.read_message(), std::string("cba"));
    }
    reverse.behaviour = "unheard of";
    const auto failed = fixture.run(command::SetEndpoint{reverse});
    QVERIFY(failed.error && failed.error->code == ErrorCode::invalid_argument);
    finish(fixture, clients);
}

void ThreadsTest::a_snapshot_is_one_of_all()
{
    EngineFixture fixture(several_threads());
    auto clients = open_clients(fixture, 10);
    for (const auto& client : clients)
        fixture.id_of(client);
    for (int attachments = 0; attachments < 3; ++attachments) {
        fixture.engine().attach_state();
        StateBatch batch;
        fixture.wait_until([&] {
            fixture.collect_events();
            return fixture.infos.size() == 10 && fixture.rows.size() == 10;
        });
    }
    // While snapshots are asked for again and again, none shows a part of what is open.
    for (int i = 0; i < 100; ++i) {
        fixture.engine().attach_state();
        const auto give_up = std::chrono::steady_clock::now() + RawClient::patience;
        StateBatch batch;
        while (!fixture.engine().take_state(batch) || !batch.snapshot)
            QVERIFY(std::chrono::steady_clock::now() < give_up);
        QCOMPARE(batch.opened.size(), std::size_t{10});
        QCOMPARE(batch.changed.size(), std::size_t{10});
    }
    const auto port = clients[1].local_port();
    const ConnectionId gone = fixture.id_of(clients[1]);
    clients[1].close();
    fixture.closed_of(port);
    fixture.wait_for_state([&] { return fixture.closed_rows.size() == 1; });
    QCOMPARE(fixture.closed_rows[0].info->id, gone);
    fixture.engine().detach_state();
    finish(fixture, clients);
}

void ThreadsTest::totals_are_those_of_all()
{
    EngineFixture fixture(several_threads());
    fixture.attach_state();
    auto clients = open_clients(fixture, 8, "/echo");
    for (auto& client : clients) {
        client.send_text("twelve bytes");
        QCOMPARE(client.read_message(), std::string("twelve bytes"));
    }
    fixture.wait_for_state([&] { return fixture.totals.messages_out == 8 && fixture.totals.open == 8; });
    QCOMPARE(fixture.totals.opened, std::uint64_t{8});
    QCOMPARE(fixture.totals.messages_in, std::uint64_t{8});
    QCOMPARE(fixture.totals.bytes_in, std::uint64_t{96});
    QCOMPARE(fixture.totals.bytes_out, std::uint64_t{96});
}

void ThreadsTest::traffic_is_in_order_and_counts_over_all()
{
    EngineFixture fixture(several_threads());
    fixture.engine().set_traffic(TrafficLevel::full, TrafficPolicy::drop_and_count);
    fixture.settle();
    auto clients = open_clients(fixture, 8, "/echo");
    constexpr int rounds = 20;
    std::map<std::uint64_t, int> seen;
    std::uint64_t sequence = 0, lost = 0;
    std::int64_t wall = 0;
    TrafficBatch batch;
    const auto take = [&] {
        wall = 0; // a batch is in order; a thread may publish later than another
        while (fixture.engine().take_traffic(batch)) {
            lost += batch.lost();
            while (const auto record = batch.next()) {
                QCOMPARE(record->sequence, sequence + 1);
                sequence = record->sequence;
                QVERIFY(record->wall_ns >= wall);
                wall = record->wall_ns;
                ++seen[record->connection.value()];
            }
            wall = 0;
        }
    };
    for (int i = 0; i < rounds; ++i) {
        for (auto& client : clients)
            client.send_text("round " + std::to_string(i));
        for (auto& client : clients)
            QCOMPARE(client.read_message(), "round " + std::to_string(i));
        take();
    }
    const auto give_up = std::chrono::steady_clock::now() + RawClient::patience;
    while (sequence < std::uint64_t{8 * rounds * 2} && std::chrono::steady_clock::now() < give_up)
        take();
    QCOMPARE(sequence, std::uint64_t{8 * rounds * 2});
    QCOMPARE(lost, std::uint64_t{0});
    for (const auto& client : clients)
        QCOMPARE(seen[fixture.id_of(client).value()], rounds * 2);
}

void ThreadsTest::held_traffic_is_held_on_all()
{
    EngineSetup setup = several_threads();
    setup.config.traffic_ring_bytes = 64U << 10U;
    EngineFixture fixture(setup);
    fixture.engine().set_traffic(TrafficLevel::full, TrafficPolicy::hold);
    fixture.settle();
    auto clients = open_clients(fixture, 4, "/echo");
    const std::string payload(4'000, 'x');
    constexpr int messages = 60;
    for (int i = 0; i < messages; ++i) {
        for (auto& client : clients)
            client.send_text(payload);
    }
    std::uint64_t records = 0;
    TrafficBatch batch;
    const auto give_up = std::chrono::steady_clock::now() + RawClient::patience;
    while (records < std::uint64_t{4 * messages * 2} && std::chrono::steady_clock::now() < give_up) {
        while (fixture.engine().take_traffic(batch)) {
            QCOMPARE(batch.lost(), std::uint64_t{0});
            while (batch.next())
                ++records;
        }
    }
    QCOMPARE(records, std::uint64_t{4 * messages * 2});
    for (auto& client : clients) {
        for (int i = 0; i < messages; ++i)
            QCOMPARE(client.read_message(), payload);
    }
}

void ThreadsTest::a_stop_is_told_once_with_the_sums_of_all()
{
    EngineFixture fixture(several_threads());
    fixture.run(command::StopListening{}); // nobody was there, and nothing is told
    fixture.run(command::Listen{});
    std::vector<RawClient> clients;
    const auto listening = fixture.count_of<event::Listening>();
    QCOMPARE(listening, std::size_t{2});
    SocketAddress address;
    for (const Event& event : fixture.events()) {
        if (const auto* each = std::get_if<event::Listening>(&event.what))
            address = each->address;
    }
    for (int i = 0; i < 6; ++i) {
        clients.emplace_back(address);
        clients.back().upgrade(good_handshake(address.port()));
    }
    for (const auto& client : clients)
        fixture.opened_of(client.local_port());
    fixture.engine().submit(command::StopListening{});
    fixture.run(command::StopListening{true});
    for (auto& client : clients) {
        QCOMPARE(client.finish_close(), std::uint16_t{1001});
        client.close();
    }
    QCOMPARE(fixture.wait_for<event::StopFinished>().connections, std::uint64_t{6});
    fixture.settle();
    QCOMPARE(fixture.count_of<event::StopFinished>(), std::size_t{1});
}

void ThreadsTest::quitting_ends_all_and_says_so_once()
{
    EngineFixture fixture(several_threads());
    auto clients = open_clients(fixture, 9);
    for (const auto& client : clients)
        fixture.id_of(client);
    fixture.engine().submit(command::Quit{});
    for (auto& client : clients) {
        QCOMPARE(client.finish_close(), std::uint16_t{1001});
        client.close();
    }
    const auto finished = fixture.wait_for<event::Finished>();
    QCOMPARE(finished.closed_cleanly, std::uint64_t{9});
    QCOMPARE(finished.cut, std::uint64_t{0});
    fixture.wait_until([&] { return fixture.thread().finished(); });
    QCOMPARE(fixture.count_of<event::Finished>(), std::size_t{1});
    QCOMPARE(fixture.count_of<event::Stopped>(), std::size_t{1});
    QCOMPARE(fixture.count_of<event::Closed>(), std::size_t{9});
}

void ThreadsTest::an_engine_may_go_without_a_word()
{
    const std::size_t before = open_descriptors();
    {
        EngineConfig config = several_threads().config;
        auto engine = Engine::create(std::move(config));
        QVERIFY(engine);
        QVERIFY((*engine)->poll(milliseconds(0)));
    }
    QCOMPARE(open_descriptors(), before);
}

void ThreadsTest::the_loggers_calls_do_not_overlap()
{
    EngineSetup setup = several_threads();
    std::vector<std::string> lines; // no lock of its own
    setup.config.logger = [&lines](LogLevel, std::string_view line) { lines.emplace_back(line); };
    {
        EngineFixture fixture(setup);
        auto clients = open_clients(fixture, 40);
        fixture.run(command::Kick{Target::all(), {4000, {}}});
        for (auto& client : clients)
            client.finish_close();
        finish(fixture, clients);
    }
    QVERIFY(lines.size() >= 80);
}

QTEST_GUILESS_MAIN(ThreadsTest)
#include "threads_test.moc"
