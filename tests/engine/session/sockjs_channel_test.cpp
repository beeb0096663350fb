#include "fallback/framed_codec.h"
#include "fallback/message_records.h"
#include "fallback/session_codec.h"
#include "session/channel.h"
#include "tests/support/codec_harness.h"
#include "tests/support/fake_channel_host.h"
#include "websocket/hixie_codec.h"

#include "jackfield/close_code.h"

#include <QtTest>

#include <string>

using namespace jackfield;
using namespace std::chrono_literals;
using namespace std::string_literals;
using session::Channel;
using session::RawMessage;
using test::ChannelBench;
using test::client_frame;
using test::server_frame;

namespace {

std::unique_ptr<websocket::MessageCodec> over_http(milliseconds heartbeat = 25s)
{
    return fallback::make_session_codec(heartbeat, {1'000, 16});
}

std::unique_ptr<websocket::MessageCodec> over_websocket(milliseconds heartbeat = 25s)
{
    return fallback::make_framed_codec(
        std::make_unique<websocket::Rfc6455Codec>(websocket::CodecLimits{200'000, 16}), heartbeat);
}

std::unique_ptr<websocket::MessageCodec> over_hixie75()
{
    return fallback::make_framed_codec(
        std::make_unique<websocket::HixieCodec>(
            websocket::CodecLimits{1'000, 16}, websocket::HixieCodec::Closing::by_end_of_stream),
        25s);
}

std::string record(std::string_view text)
{
    ByteBuffer out;
    fallback::append_record(out, text);
    return std::string(as_text(out.view()));
}

Limits without_pings()
{
    Limits limits;
    limits.ping_interval = 0ms;
    return limits;
}

void echo_everything(ChannelBench& bench)
{
    bench.behaviour.message
        = [](Peer& peer, MessageKind kind, std::string_view text) { peer.send(kind, as_bytes(text)); };
}

} // namespace

/// What a channel does otherwise for a session of SockJS.
class SockJsChannelTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_open_frame_comes_first()
    {
        ChannelBench bench({}, over_http());
        bench.host.set_traffic(TrafficLevel::full);
        bench.behaviour.opened = [](Peer& peer) { peer.send(MessageKind::text, as_bytes("hello")); };
        bench.channel->start();
        QCOMPARE(bench.host.outputs, 1);
        QCOMPARE(bench.host.passages.size(), std::size_t{1}); // of the message alone
        QCOMPARE(bench.write(), "o\n\"hello\"\n"s);
        ChannelBench plain;
        plain.channel->start();
        QCOMPARE(plain.host.outputs, 0);
    }

    void echoes()
    {
        ChannelBench bench({}, over_http());
        echo_everything(bench);
        bench.receive(record("one") + record("\n"), 3);
        QCOMPARE(bench.write(), "\"one\"\n\"\\n\"\n"s);
        QCOMPARE(bench.channel->send_made(MessageKind::binary, as_bytes("x"), Maker::hand), SendOutcome::invalid);
    }

    void a_heartbeat_after_silence()
    {
        ChannelBench bench(without_pings(), over_http());
        bench.host.set_traffic(TrafficLevel::full);
        bench.channel->start();
        bench.write();
        bench.wait(24s);
        QVERIFY(bench.channel->output().empty());
        bench.channel->send_made(MessageKind::text, as_bytes("x"), Maker::hand);
        bench.write();
        bench.wait(24s);
        QVERIFY(bench.channel->output().empty());
        bench.wait(1s);
        QCOMPARE(bench.write(), "h\n"s);
        QCOMPARE(bench.host.passages.back(),
            (test::FakeChannelHost::Passed{TrafficType::ping, Direction::to_browser, Maker::engine, 2, ""}));
        bench.wait(60s); // no pong is missed
        QVERIFY(!bench.channel->is_finished());
        QCOMPARE(bench.host.cuts, 0);
        QCOMPARE(bench.write(), "h\n"s); // one, as nobody took it
    }

    void pings_of_the_engine_are_no_heartbeats()
    {
        Limits limits;
        limits.ping_interval = 1s;
        ChannelBench bench(limits, over_http(0ms));
        bench.wait(60s);
        QVERIFY(bench.channel->output().empty());
        QCOMPARE(bench.host.cuts, 0);
    }

    void a_websocket_has_pings_and_heartbeats()
    {
        Limits limits;
        limits.ping_interval = 10s;
        limits.pong_timeout = 60s;
        ChannelBench bench(limits, over_websocket(5s));
        bench.wait(5s);
        QCOMPARE(bench.write(), server_frame(0x81, "h"));
        bench.wait(5s);
        QVERIFY(bench.write().find("jfp:") != std::string::npos);
    }

    void no_heartbeat_for_a_peer_that_nobody_answers()
    {
        ChannelBench bench(without_pings(), over_http());
        bench.channel->kick(KickStyle::silent, {});
        bench.wait(60s);
        QVERIFY(bench.channel->output().empty());
        QVERIFY(bench.channel->answer_again());
        bench.wait(1s);
        QCOMPARE(bench.write(), "h\n"s);
    }

    void a_ping_by_hand_is_a_heartbeat()
    {
        ChannelBench bench({}, over_http(0ms));
        bench.host.set_traffic(TrafficLevel::full);
        QCOMPARE(bench.channel->send_ping({}, Maker::hand), SendOutcome::queued);
        QCOMPARE(bench.write(), "h\n"s);
        QCOMPARE(bench.host.passages.back().maker, Maker::hand);
        QCOMPARE(bench.channel->send_ping(as_bytes("x"), Maker::hand), SendOutcome::invalid);
        QCOMPARE(bench.channel->send_pong({}, Maker::hand), SendOutcome::invalid);
        QVERIFY(bench.channel->output().empty());
    }

    void a_close_is_clean_once_its_frame_is_written()
    {
        ChannelBench bench({}, over_http());
        bench.host.set_traffic(TrafficLevel::full);
        bench.channel->send_made(MessageKind::text, as_bytes("last"), Maker::hand);
        QVERIFY(bench.channel->begin_close({3000, "Go away!"}, ClosedBy::person));
        QVERIFY(bench.channel->is_finished());
        QCOMPARE(bench.host.finishes, 1);
        QCOMPARE(bench.host.passages.back().type, TrafficType::close);
        QCOMPARE(bench.host.passages.back().payload, "\x0b\xb8Go away!"s);
        QVERIFY(!bench.channel->begin_close({3000, "again"}, ClosedBy::person));
        bench.write(8);
        QVERIFY(!bench.channel->close_info().clean);
        QCOMPARE(bench.write(), "[3000,\"Go away!\"]\n"s);
        bench.channel->settle();
        const CloseInfo& end = bench.channel->close_info();
        QVERIFY(end.clean);
        QCOMPARE(int{end.code}, 3000);
        QCOMPARE(end.reason, "Go away!"s);
        QCOMPARE(end.cause, CloseCause::closing_handshake);
    }

    void a_close_that_nobody_fetches_is_not_clean()
    {
        ChannelBench bench({}, over_http());
        bench.channel->begin_close({3000, "Go away!"}, ClosedBy::person);
        bench.channel->on_carrier_lost();
        bench.channel->settle();
        QVERIFY(!bench.channel->close_info().clean);
        QCOMPARE(int{bench.channel->close_info().code}, 3000);

        ChannelBench waiting({}, over_http());
        waiting.channel->begin_close({3000, "Go away!"}, ClosedBy::person);
        waiting.host.advance(waiting.host.limits().closing_timeout);
        waiting.host.run_deadline(*waiting.channel, waiting.host.now());
        QCOMPARE(waiting.host.cuts, 1);
        QVERIFY(!waiting.channel->close_info().clean);
        QCOMPARE(waiting.channel->close_info().cause, CloseCause::closing_timeout);
    }

    void a_violation_is_told()
    {
        ChannelBench bench({}, over_http());
        bench.receive(record(std::string(1'001, 'x')));
        QVERIFY(bench.channel->is_finished());
        QCOMPARE(bench.write(), "c[1009,\"a message is larger than the limit\"]\n"s);
        QVERIFY(!bench.channel->close_info().clean);
    }

    void a_lost_carrier_is_an_interrupted_connection()
    {
        for (const bool in_order : {false, true}) {
            ChannelBench bench({}, over_http());
            bench.channel->on_carrier_lost(in_order);
            const CloseInfo& end = bench.channel->close_info();
            QCOMPARE(int{end.code}, 1002);
            QCOMPARE(end.reason, "Connection interrupted"s);
            QCOMPARE(end.by, ClosedBy::peer);
            QCOMPARE(end.cause, CloseCause::peer_vanished);
            QVERIFY(!end.clean);
        }
        ChannelBench websocket({}, over_websocket());
        websocket.channel->on_carrier_lost();
        QCOMPARE(int{websocket.channel->close_info().code}, 1006);
        ChannelBench hixie({}, over_hixie75());
        hixie.channel->on_carrier_lost(true);
        QVERIFY(hixie.channel->close_info().clean);
    }

    void hand_made_bytes_have_no_place_in_a_session()
    {
        const RawMessage raw({}, StreamCut::fin);
        ChannelBench bench({}, over_http());
        QCOMPARE(bench.channel->send_raw(raw, Maker::hand), SendOutcome::invalid);
        QVERIFY(!bench.channel->is_finished());
        ChannelBench websocket({}, over_websocket());
        QCOMPARE(websocket.channel->send_raw(raw, Maker::hand), SendOutcome::queued);
    }

    void a_websocket_closes_twice_over()
    {
        ChannelBench bench({}, over_websocket());
        bench.host.set_traffic(TrafficLevel::full);
        bench.channel->begin_close({3000, "Go away!"}, ClosedBy::behaviour);
        const std::string frames = server_frame(0x81, "c[3000,\"Go away!\"]") + server_frame(0x88, "\x0b\xb8Go away!");
        QCOMPARE(bench.host.passages.back().wire, frames.size());
        QVERIFY(bench.host.behind.back().facts.empty()); // they are two
        QCOMPARE(bench.write(), frames);
        QVERIFY(!bench.channel->is_finished());
        bench.receive(client_frame(0x88, "\x0b\xb8"));
        QVERIFY(bench.channel->is_finished() && bench.channel->close_info().clean);

        ChannelBench old({}, over_hixie75());
        old.channel->begin_close({3000, "Go away!"}, ClosedBy::behaviour);
        QVERIFY(old.channel->is_finished() && !old.channel->close_info().clean);
        QCOMPARE(old.write(), "\0c[3000,\"Go away!\"]\xff"s);
        QVERIFY(old.channel->close_info().clean);
    }

    void broken_json_ends_without_a_word_of_sockjs()
    {
        ChannelBench bench({}, over_websocket());
        bench.receive(client_frame(0x81, "[\"a"));
        QVERIFY(bench.channel->is_finished());
        QVERIFY(bench.write().starts_with("\x88"));
        QCOMPARE(int{bench.channel->close_info().code}, 1002);
    }

    void back_pressure_within_an_array()
    {
        Limits limits;
        limits.max_queue = 64U << 10U;
        ChannelBench bench(limits, over_websocket());
        bench.behaviour.message = [](Peer& peer, MessageKind kind, std::string_view) {
            peer.send(kind, as_bytes(std::string(70'000, 'x')));
        };
        bench.receive(client_frame(0x81, "[\"a\",\"b\",\"c\"]"));
        QCOMPARE(bench.behaviour.received, std::vector<std::string>{"a"});
        QVERIFY(!bench.channel->wants_input());
        QCOMPARE(bench.host.inputs_left, 0);
        bench.receive(client_frame(0x81, "[\"d\"]")); // waits behind them
        bench.write(70'000);
        QCOMPARE(bench.behaviour.received, (std::vector<std::string>{"a", "b"}));
        bench.write();
        QCOMPARE(bench.behaviour.received, (std::vector<std::string>{"a", "b", "c", "d"}));
        QVERIFY(bench.channel->wants_input());
        QVERIFY(bench.host.input_wanted.back());
    }

    void a_large_array_has_its_turns()
    {
        ChannelBench bench({}, over_websocket());
        std::string array = "[\"\"";
        for (int i = 1; i < 10'000; ++i)
            array += ",\"\"";
        bench.receive(client_frame(0x81, array + "]"));
        int turns = 1;
        for (; bench.host.inputs_left == turns; ++turns) {
            QVERIFY(!bench.channel->wants_input());
            bench.channel->resume();
        }
        QVERIFY(turns > 1);
        QCOMPARE(bench.behaviour.received.size(), std::size_t{10'000});
        QVERIFY(bench.channel->wants_input());
        QCOMPARE(bench.channel->partial_bytes(), 0U);
    }
};

QTEST_APPLESS_MAIN(SockJsChannelTest)
#include "sockjs_channel_test.moc"
