#include "session/channel.h"
#include "tests/support/codec_harness.h"
#include "tests/support/fake_channel_host.h"
#include "websocket/hixie_codec.h"

#include <QtTest>

#include <string>

using namespace jackfield;
using namespace std::chrono_literals;
using test::ChannelBench;
using test::client_frame;
using test::server_frame;
using HandPong = test::FakeChannelHost::HandPong;

namespace {

SendOutcome ping(ChannelBench& bench, std::string_view payload)
{
    return bench.channel->send_ping(as_bytes(payload), Maker::hand);
}

std::string pong(std::string_view payload)
{
    return client_frame(0x8a, payload);
}

// The engine's own ping goes out; gives its payload.
std::string wait_for_engine_ping(ChannelBench& bench)
{
    bench.wait(bench.host.limits().ping_interval);
    std::string written = bench.write();
    return written.substr(written.rfind('\x89') + 2);
}

} // namespace

/// Pings that are sent by hand, and how their pongs are told from others.
class ChannelPingsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_pong_of_a_hand_sent_ping_is_told_with_its_round_trip()
    {
        ChannelBench bench;
        QCOMPARE(ping(bench, "beat"), SendOutcome::queued);
        QCOMPARE(bench.write(), server_frame(0x89, "beat"));
        bench.host.advance(400us);
        bench.receive(pong("beat"), 1);
        QVERIFY(bench.host.hand_pongs == (std::vector<HandPong>{{"beat", 400us}}));
        QCOMPARE(bench.channel->counters().round_trip_us, 400U);
        bench.receive(pong("beat")); // a second one answers nothing
        QCOMPARE(bench.host.hand_pongs.size(), std::size_t{1});
    }

    void a_pong_within_the_turn_took_a_microsecond()
    {
        ChannelBench bench;
        ping(bench, "");
        bench.receive(pong(""));
        QVERIFY(bench.host.hand_pongs == (std::vector<HandPong>{{"", 1us}}));
    }

    void unasked_pongs_and_the_engines_own_are_not_told() // FR-25
    {
        ChannelBench bench;
        bench.receive(pong("") + pong("x"));
        ping(bench, "hand");
        bench.receive(pong("hand ") + pong("han") + pong(""));
        const std::string engine = wait_for_engine_ping(bench);
        bench.host.advance(2ms);
        bench.receive(pong(engine));
        QCOMPARE(bench.channel->counters().round_trip_us, 2'000U);
        QVERIFY(bench.host.hand_pongs.empty());
        bench.receive(pong("hand")); // sent before the engine's, which has been answered
        QVERIFY(bench.host.hand_pongs.empty());
    }

    void several_are_waited_for()
    {
        ChannelBench bench;
        for (const char* payload : {"a", "b", "", "", "c"}) {
            ping(bench, payload);
            bench.host.advance(1ms);
        }
        bench.receive(pong("a"));
        bench.receive(pong("") + pong("")); // b is skipped
        bench.receive(pong("b"));
        bench.receive(pong("c"));
        QVERIFY(
            bench.host.hand_pongs == (std::vector<HandPong>{{"a", 5ms}, {"", 3ms}, {"", 2ms}, {"c", 1ms}}));
    }

    void only_the_newest_may_be_answered() // RFC 6455 section 5.5.3
    {
        ChannelBench bench;
        for (int i = 0; i < 1'000; ++i)
            ping(bench, std::to_string(i));
        bench.host.advance(3ms);
        bench.receive(pong("999"));
        bench.receive(pong("998"));
        QVERIFY(bench.host.hand_pongs == (std::vector<HandPong>{{"999", 3ms}}));
    }

    void a_pong_to_a_later_ping_proves_the_peer_alive()
    {
        ChannelBench bench;
        wait_for_engine_ping(bench);
        bench.wait(10s);
        ping(bench, "later");
        bench.receive(pong("later"));
        QCOMPARE(bench.write(), server_frame(0x89, "later"));
        bench.wait(bench.host.limits().ping_interval - 1ms); // longer than the pong's time-out
        QCOMPARE(bench.host.cuts, 0);
        QVERIFY(bench.write().empty());
        bench.wait(1ms);
        QCOMPARE(bench.write().size(), std::size_t{10}); // and the next one goes out in its time
    }

    void a_pong_to_an_earlier_ping_does_not() // FR-25
    {
        ChannelBench bench;
        bench.wait(bench.host.limits().ping_interval - 5s);
        ping(bench, "earlier");
        bench.wait(5s);
        bench.write();
        bench.wait(10s);
        bench.receive(pong("earlier"));
        QVERIFY(bench.host.hand_pongs == (std::vector<HandPong>{{"earlier", 15s}}));
        bench.wait(bench.host.limits().pong_timeout - 10s);
        QCOMPARE(bench.host.cuts, 1);
        QCOMPARE(bench.channel->close_info().cause, CloseCause::no_pong);
    }

    void a_skipped_ping_shifts_the_match_only_until_the_time_out()
    {
        Limits limits;
        limits.ping_interval = 0ms;
        ChannelBench bench(limits);
        ping(bench, "");
        ping(bench, "");
        bench.receive(pong("")); // for both
        bench.host.advance(limits.pong_timeout);
        ping(bench, "");
        bench.host.advance(1ms);
        bench.receive(pong(""));
        QVERIFY(bench.host.hand_pongs.back() == (HandPong{"", 1ms}));
    }

    void pings_between_fragments_and_raw_ones_are_matched_too()
    {
        ChannelBench bench;
        session::SharedMessage message(MessageKind::text, SharedBytes("abc"), 3,
            {{ControlBetween::Kind::ping, 1, SharedBytes("in between")},
                {ControlBetween::Kind::pong, 1, SharedBytes("no ping")}});
        QCOMPARE(bench.channel->send_shared(message, Maker::hand), SendOutcome::queued);
        RawFrame raw;
        raw.fin = true;
        raw.opcode = 9;
        raw.payload = SharedBytes("raw");
        RawFrame improper = raw;
        improper.rsv2 = true;
        improper.payload = SharedBytes("improper");
        bench.channel->send_raw(session::RawMessage({raw, improper}, StreamCut::none), Maker::hand);
        bench.host.advance(1ms);
        bench.receive(pong("in between") + pong("no ping") + pong("raw") + pong("improper"));
        QVERIFY(bench.host.hand_pongs == (std::vector<HandPong>{{"in between", 1ms}, {"raw", 1ms}}));
    }

    void a_protocol_without_pings_says_so()
    {
        ChannelBench bench({},
            std::make_unique<websocket::HixieCodec>(
                websocket::CodecLimits{}, websocket::HixieCodec::Closing::by_handshake));
        QCOMPARE(ping(bench, "x"), SendOutcome::invalid);
        QVERIFY(bench.write().empty());
    }
};

QTEST_GUILESS_MAIN(ChannelPingsTest)
#include "channel_pings_test.moc"
