#include "session/channel.h"
#include "support/deflate_harness.h"
#include "support/fake_channel_host.h"

#include <QTest>

#include <random>

using namespace jackfield;
using namespace jackfield::test;
using namespace std::chrono_literals;

namespace {

/// A channel with permessage-deflate, and its pool in reach.
struct Bench {
    explicit Bench(const websocket::DeflateParameters& agreed = without_takeover, Limits limits = {})
    {
        host.limits_to_change() = limits;
        host.set_traffic(TrafficLevel::full);
        auto details = std::make_shared<ConnectionInfo>();
        details->id = ConnectionId(0, 0, 1);
        details->number = 1;
        auto made = std::make_unique<DeflateCodec>(websocket::Role::server, agreed, Compression{},
            websocket::CodecLimits{limits.max_message, limits.max_fragments});
        codec = made.get();
        channel = std::make_unique<session::Channel>(host, pool, details, std::move(made), behaviour);
    }
    void receive(std::string bytes)
    {
        channel->receive(std::as_writable_bytes(std::span(bytes.data(), bytes.size())));
    }

    session::WriteQueuePool pool;
    FakeChannelHost host;
    ScriptedBehaviour behaviour;
    DeflateCodec* codec = nullptr;
    std::unique_ptr<session::Channel> channel;
};

const std::string mebibyte(1U << 20U, 'a');

} // namespace

class ChannelDeflateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tells_what_travelled();
    void takes_up_what_was_left_in_a_later_turn();
    void answers_a_close_that_was_left();
    void what_was_left_survives_a_kick();
    void a_full_queue_goes_before_what_was_left();
    void closes_who_makes_it_inflate_too_much();
    void a_shared_message_is_encoded_once_for_each_wire_format();
};

void ChannelDeflateTest::tells_what_travelled()
{
    Bench bench;
    const auto& row = bench.channel->counters();
    bench.receive(client_frame(0x81, "plain"));
    QCOMPARE(row.travelled_in, std::uint8_t{0});
    const std::string text(10'000, 'x');
    const std::string payload = deflated(text);
    bench.receive(client_frame(0xc1, payload));
    const auto share = static_cast<double>(5 + payload.size()) / 10'005;
    QCOMPARE(static_cast<int>(row.travelled_in), std::max(1, static_cast<int>(200 * share)));
    bench.receive(client_frame(0x81, text)); // a plain one counts too
    QCOMPARE(static_cast<int>(row.travelled_in),
        static_cast<int>(200.0 * static_cast<double>(10'005 + payload.size()) / 20'005));
    // Data that compression makes larger.
    Bench worse;
    worse.receive(client_frame(0xc1, deflated("x")));
    QCOMPARE(worse.channel->counters().travelled_in, std::uint8_t{255});

    QCOMPARE(row.travelled_out, std::uint8_t{0});
    QCOMPARE(
        bench.channel->send_made(MessageKind::text, as_bytes("small"), Maker::echo), SendOutcome::queued);
    QCOMPARE(row.travelled_out, std::uint8_t{0});
    QCOMPARE(bench.channel->send_made(MessageKind::text, as_bytes(text), Maker::echo), SendOutcome::queued);
    QVERIFY(row.travelled_out >= 1 && row.travelled_out < 10);
    QCOMPARE(row.bytes_out, std::uint64_t{10'005});
    session::SharedMessage shared(MessageKind::text, SharedBytes(std::string_view(text)));
    QCOMPARE(bench.channel->send_shared(shared, Maker::chat), SendOutcome::queued);
    QVERIFY(bench.channel->send_ping(as_bytes("p"), Maker::hand) == SendOutcome::queued);
    const std::uint64_t sent = bench.host.compressed[4];
    QVERIFY(sent > 0 && sent < 100);
    QCOMPARE(bench.host.compressed, (std::vector<std::uint64_t>{0, payload.size(), 0, 0, sent, sent, 0}));
    QCOMPARE(bench.host.passages[4].wire, sent + 2);
}

void ChannelDeflateTest::takes_up_what_was_left_in_a_later_turn()
{
    Bench bench;
    bench.codec->pool().begin_turn({}, 1U << 20U);
    const std::string frame = client_frame(0xc1, deflated(mebibyte));
    std::string input;
    for (int i = 0; i < 4; ++i)
        input += frame + client_frame(0x81, std::to_string(i));
    bench.receive(input);
    QCOMPARE(bench.host.inputs_left, 1);
    QVERIFY(!bench.channel->wants_input());
    const std::size_t after_first = bench.behaviour.received.size();
    QVERIFY(after_first >= 1 && after_first < 8);
    // What comes all the same stays in order.
    bench.receive(client_frame(0x81, "last"));
    QCOMPARE(bench.behaviour.received.size(), after_first);
    bench.channel->resume(); // too early: nothing happens but that it is asked for again
    QCOMPARE(bench.host.inputs_left, 2);
    QCOMPARE(bench.behaviour.received.size(), after_first);
    int turns = 0;
    while (!bench.channel->wants_input()) {
        QVERIFY(++turns < 20);
        bench.codec->pool().begin_turn({}, 1U << 20U);
        bench.channel->resume();
    }
    QVERIFY(turns >= 3);
    QCOMPARE(bench.host.input_wanted, std::vector<bool>{true});
    std::vector<std::string> expected;
    for (int i = 0; i < 4; ++i) {
        expected.push_back(mebibyte);
        expected.push_back(std::to_string(i));
    }
    expected.push_back("last");
    QVERIFY(bench.behaviour.received == expected);
    bench.channel->resume();
    QCOMPARE(bench.host.input_wanted, std::vector<bool>{true});
}

void ChannelDeflateTest::answers_a_close_that_was_left()
{
    Bench bench;
    bench.codec->pool().begin_turn({}, 1'000);
    bench.receive(client_frame(0xc1, deflated(mebibyte)) + client_frame(0x88, "\x03\xe8") + "rest");
    QVERIFY(!bench.channel->is_finished());
    bench.codec->pool().begin_turn({});
    bench.channel->resume();
    QVERIFY(bench.channel->is_finished());
    QVERIFY(bench.channel->close_info().clean);
    QCOMPARE(bench.behaviour.received.size(), std::size_t{1});
    QVERIFY2(bench.host.input_wanted.empty(), "nothing more is wanted of it");
}

void ChannelDeflateTest::what_was_left_survives_a_kick()
{
    // DF-19: the peer's Close stands behind messages that nobody wants any more.
    Bench bench;
    bench.codec->pool().begin_turn({}, 1'000);
    bench.receive(client_frame(0xc1, deflated(mebibyte)) + client_frame(0x88, "\x0f\xa1"));
    QVERIFY(bench.channel->begin_close({4001, "be gone"}, ClosedBy::person));
    QVERIFY(!bench.channel->is_finished());
    bench.codec->pool().begin_turn({});
    bench.channel->resume();
    QVERIFY(bench.channel->is_finished());
    QVERIFY(bench.channel->close_info().clean);
    QCOMPARE(bench.channel->close_info().code, std::uint16_t{4001});
    QVERIFY(bench.behaviour.received.empty());
}

void ChannelDeflateTest::a_full_queue_goes_before_what_was_left()
{
    Limits limits;
    limits.max_queue = 64U << 10U;
    Bench bench(without_takeover, limits);
    bench.behaviour.message = [](Peer& peer, MessageKind kind, std::string_view text) {
        std::mt19937 random(1);
        std::string answer(text);
        std::ranges::generate(answer, [&] { return static_cast<char>(random()); });
        peer.send(kind == MessageKind::text ? MessageKind::binary : kind, as_bytes(answer));
    };
    bench.codec->pool().begin_turn({}, 1U << 20U);
    bench.receive(client_frame(0xc1, deflated(mebibyte)) + client_frame(0xc1, deflated(mebibyte)));
    QVERIFY(!bench.channel->wants_input());
    const std::size_t before = bench.behaviour.received.size();
    bench.codec->pool().begin_turn({});
    if (before == 0)
        bench.channel->resume();
    QCOMPARE(bench.behaviour.received.size(), std::size_t{1});
    bench.channel->resume(); // paused: the queue is full
    QCOMPARE(bench.behaviour.received.size(), std::size_t{1});
    const std::uint64_t waiting = bench.channel->output().size();
    bench.channel->output().consume(waiting);
    bench.channel->on_written(waiting);
    QCOMPARE(bench.behaviour.received.size(), std::size_t{2});
}

void ChannelDeflateTest::closes_who_makes_it_inflate_too_much()
{
    // DF-10
    Limits limits;
    limits.max_inflate_per_second = 1U << 20U;
    Bench bench(without_takeover, limits);
    const std::string frame = client_frame(0xc1, deflated(mebibyte));
    const std::string plain = client_frame(0x81, mebibyte);
    for (int second = 0; second < 15; ++second) { // as much as is allowed, and plain data as one likes
        bench.receive(frame);
        bench.receive(plain);
        bench.host.advance(1s);
    }
    QCOMPARE(bench.channel->state(), ConnectionState::open);
    int seconds = 0;
    for (; bench.channel->state() == ConnectionState::open; ++seconds) {
        QVERIFY(seconds < 20);
        bench.receive(frame + frame);
        bench.host.advance(1s);
    }
    QCOMPARE(seconds, 11); // the eleventh finds ten seconds behind it
    QCOMPARE(bench.host.floods, std::vector<event::FloodKind>{event::FloodKind::inflate});
    QCOMPARE(bench.channel->close_info().code, std::uint16_t{1008});
    QCOMPARE(bench.channel->close_info().cause, CloseCause::flood);
}

void ChannelDeflateTest::a_shared_message_is_encoded_once_for_each_wire_format()
{
    websocket::DeflatePool pool;
    const auto make = [&pool](const websocket::DeflateParameters& agreed) {
        return websocket::Rfc6455Codec({},
            std::make_unique<websocket::MessageDeflate>(
                pool, websocket::Role::server, agreed, Compression{}));
    };
    websocket::Rfc6455Codec plain(websocket::CodecLimits{}), other_plain(websocket::CodecLimits{});
    auto compressing = make(without_takeover), other_compressing = make(without_takeover);
    auto small = make({true, true, 9, 15});
    auto keeping = make(with_takeover);
    const std::string text(50'000, 'x');
    session::SharedMessage message(MessageKind::text, SharedBytes(std::string_view(text)));
    const auto first = message.encoded_for(compressing);
    const auto first_plain = message.encoded_for(plain);
    // Whatever the order: the very same bytes.
    QCOMPARE(message.encoded_for(other_compressing).bytes.data(), first.bytes.data());
    QCOMPARE(message.encoded_for(other_plain).bytes.data(), first_plain.bytes.data());
    QCOMPARE(message.encoded_for(compressing).bytes.data(), first.bytes.data());
    QCOMPARE(message.encoded_for(other_compressing).facts.compressed, first.facts.compressed);
    QVERIFY(first.facts.compressed > 0
        && first.bytes.size() == first.facts.compressed + 2 + (first.facts.compressed > 125 ? 2 : 0));
    QCOMPARE(first_plain.facts.compressed, std::uint64_t{0});
    QCOMPARE(first_plain.bytes.size(), text.size() + 4);
    QVERIFY(message.encoded_for(small).bytes.data() != first.bytes.data());
    // With a window of its own each time anew, and smaller the second time.
    const auto kept = message.encoded_for(keeping);
    const auto kept_again = message.encoded_for(keeping);
    QVERIFY(kept_again.facts.compressed < kept.facts.compressed);
}

QTEST_GUILESS_MAIN(ChannelDeflateTest)
#include "channel_deflate_test.moc"
