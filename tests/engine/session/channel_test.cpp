#include "session/channel.h"
#include "tests/support/codec_harness.h"
#include "tests/support/fake_channel_host.h"

#include "jackfield/close_code.h"

#include <QtTest>

#include <string>

using namespace jackfield;
using namespace std::chrono_literals;
using session::Channel;
using session::SharedMessage;
using test::ChannelBench;
using test::client_frame;
using test::server_frame;

Q_DECLARE_METATYPE(CloseCause)

namespace {

constexpr std::size_t whole = std::size_t(-1);

std::string close_payload(std::uint16_t code, std::string_view reason)
{
    std::string payload{static_cast<char>(code >> 8U), static_cast<char>(code & 0xffU)};
    return payload.append(reason);
}

void echo_everything(ChannelBench& bench)
{
    bench.behaviour.message
        = [](Peer& peer, MessageKind kind, std::string_view text) { peer.send(kind, as_bytes(text)); };
}

// What a channel does with a stream that holds a bit of everything, and then closes.
std::string conversation()
{
    return client_frame(0x81, "one", "abcd") + client_frame(0x82, std::string(200, 'b'), "wxyz")
        + client_frame(0x01, "fir") + client_frame(0x89, "p") + client_frame(0x80, "st")
        + client_frame(0x8a, "unasked") + client_frame(0x81, "")
        + client_frame(0x88, close_payload(1000, "bye"));
}

std::string outcome_of(std::size_t step, std::size_t split = 0)
{
    ChannelBench bench;
    echo_everything(bench);
    bench.channel->start();
    const std::string bytes = conversation();
    if (split > 0) {
        bench.receive(bytes.substr(0, split));
        bench.receive(bytes.substr(split));
    } else {
        bench.receive(bytes, step);
    }
    std::string outcome = bench.write();
    bench.channel->settle();
    const CloseInfo& end = bench.channel->close_info();
    outcome += "|" + std::to_string(end.code) + end.reason + std::string(name_of(end.by))
        + std::string(name_of(end.cause)) + (end.clean ? "clean" : "not clean");
    for (const auto& text : bench.behaviour.received)
        outcome += "|" + text;
    const auto& counters = bench.channel->counters();
    return outcome + "|" + std::to_string(counters.messages_in) + "|" + std::to_string(counters.bytes_in)
        + "|" + std::to_string(counters.messages_out);
}

Limits small_queue()
{
    Limits limits;
    limits.max_queue = 64U << 10U;
    return limits;
}

} // namespace

class ChannelTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void carries_a_conversation_in_whatever_chopping()
    {
        const std::string expected = outcome_of(whole);
        QVERIFY(expected.starts_with(server_frame(0x81, "one") + server_frame(0x82, std::string(200, 'b'))
            + server_frame(0x8a, "p") + server_frame(0x81, "first") + server_frame(0x81, "")
            + server_frame(0x88, close_payload(1000, "")) + "|1000bye"));
        for (const std::size_t step : {1, 2, 3, 5, 7, 64})
            QCOMPARE(outcome_of(step), expected);
        for (std::size_t split = 1; split < conversation().size(); ++split)
            QCOMPARE(outcome_of(whole, split), expected);
    }

    void asks_for_writing_once_until_the_queue_is_empty()
    {
        ChannelBench bench;
        bench.channel->send_made(MessageKind::text, as_bytes("a"), Maker::hand);
        bench.channel->send_made(MessageKind::text, as_bytes("b"), Maker::hand);
        QCOMPARE(bench.host.outputs, 1);
        bench.write();
        bench.channel->send_made(MessageKind::text, as_bytes("c"), Maker::hand);
        QCOMPARE(bench.host.outputs, 2);
    }

    void closing_handshake_begun_by_the_peer_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* name, const std::string& sent, const std::string& answer, int code,
                             const char* reason) {
            QTest::newRow(name) << QByteArray::fromStdString(client_frame(0x88, sent))
                                << QByteArray::fromStdString(server_frame(0x88, answer)) << code
                                << QByteArray(reason);
        };
        row("CL-01 without a code", "", "", 1005, "");
        row("with a code", close_payload(1000, ""), close_payload(1000, ""), 1000, "");
        row("with a reason", close_payload(3999, "done"), close_payload(3999, ""), 3999, "done");
        row("CL-10 a hostile reason is kept exact", close_payload(1001, "\x1b[2J<b>\xe2\x80\xae"),
            close_payload(1001, ""), 1001, "\x1b[2J<b>\xe2\x80\xae");
    }
    void closing_handshake_begun_by_the_peer()
    {
        QFETCH(QByteArray, frame);
        QFETCH(QByteArray, answer);
        QFETCH(int, code);
        QFETCH(QByteArray, reason);
        ChannelBench bench;
        bench.receive(frame.toStdString());
        QVERIFY(bench.channel->is_finished());
        QCOMPARE(bench.host.finishes, 1);
        QVERIFY(bench.host.finished_gently);
        QCOMPARE(bench.write(), answer.toStdString());
        const CloseInfo& end = bench.channel->close_info();
        QCOMPARE(int{end.code}, code);
        QCOMPARE(end.reason, reason.toStdString());
        QCOMPARE(end.by, ClosedBy::peer);
        QCOMPARE(end.cause, CloseCause::closing_handshake);
        QVERIFY(end.clean);
        bench.channel->settle();
        QCOMPARE(bench.behaviour.ends.size(), std::size_t{1});
    }

    void closing_handshake_begun_here()
    {
        ChannelBench bench;
        QVERIFY(bench.channel->begin_close({4001, "out"}, ClosedBy::person));
        QVERIFY(!bench.channel->begin_close({4002, "again"}, ClosedBy::person)); // FI-28: twice is once
        QCOMPARE(bench.channel->state(), ConnectionState::closing);
        QCOMPARE(bench.write(), server_frame(0x88, close_payload(4001, "out")));
        bench.receive(client_frame(0x81, "late")); // discarded
        QVERIFY(bench.behaviour.received.empty());
        QCOMPARE(bench.channel->send_made(MessageKind::text, as_bytes("x"), Maker::hand), SendOutcome::gone);
        bench.receive(client_frame(0x88, close_payload(4001, "")));
        QVERIFY(bench.host.finished_gently);
        const CloseInfo& end = bench.channel->close_info();
        QCOMPARE(int{end.code}, 4001);
        QCOMPARE(end.reason, std::string("out"));
        QCOMPARE(end.by, ClosedBy::person);
        QVERIFY(end.clean);
        QCOMPARE(bench.write(), std::string()); // nothing follows our Close
    }

    void both_sides_close_at_once() // CL-05
    {
        ChannelBench bench;
        bench.channel->begin_close({4001, "out"}, ClosedBy::person);
        bench.receive(client_frame(0x88, close_payload(1001, "leaving")));
        QCOMPARE(bench.host.finishes, 1);
        QVERIFY(bench.channel->close_info().clean);
        QCOMPARE(bench.channel->close_info().by, ClosedBy::person);
        QCOMPARE(bench.write(), server_frame(0x88, close_payload(4001, "out"))); // one Close, ours
    }

    void a_peer_that_does_not_answer_our_close_is_cut_in_time()
    {
        ChannelBench bench;
        bench.channel->begin_close({1000, ""}, ClosedBy::person);
        bench.write();
        bench.wait(bench.host.limits().closing_timeout - 1ms);
        QCOMPARE(bench.host.cuts, 0);
        bench.wait(1ms);
        QCOMPARE(bench.host.cuts, 1);
        QCOMPARE(bench.channel->close_info().cause, CloseCause::closing_timeout);
        QVERIFY(!bench.channel->close_info().clean);
    }

    void violations_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::addColumn<CloseCause>("cause");
        const auto row = [](const char* name, const std::string& bytes, int code, CloseCause cause) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << code << cause;
        };
        row("unmasked", server_frame(0x81, "x"), 1002, CloseCause::protocol_violation);
        row("reserved opcode", client_frame(0x83, "x"), 1002, CloseCause::protocol_violation);
        row("CL-02 half a code", client_frame(0x88, "x"), 1002, CloseCause::protocol_violation);
        row("CL-04 reason not UTF-8", client_frame(0x88, close_payload(1000, "\xff")), 1007,
            CloseCause::invalid_utf8);
        row("text not UTF-8", client_frame(0x81, "\xff"), 1007, CloseCause::invalid_utf8);
        row("too large", test::from_hex("82 ff 0000000001000001"), 1009, CloseCause::message_too_big);
    }
    void violations()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        QFETCH(CloseCause, cause);
        for (const std::size_t step : {whole, std::size_t{1}}) {
            ChannelBench bench;
            bench.receive(bytes.toStdString(), step);
            QVERIFY(bench.channel->is_finished());
            QCOMPARE(bench.host.finishes, 1);
            QVERIFY(!bench.host.finished_gently);
            const std::string close = bench.write();
            QCOMPARE(close.substr(0, 1), std::string("\x88"));
            QCOMPARE(close.substr(2, 2), close_payload(static_cast<std::uint16_t>(code), ""));
            QCOMPARE(int{bench.channel->close_info().code}, code);
            QCOMPARE(bench.channel->close_info().by, ClosedBy::engine);
            QCOMPARE(bench.channel->close_info().cause, cause);
            QVERIFY(!bench.channel->close_info().clean);
        }
    }

    void a_violation_after_our_close_sends_no_second_one()
    {
        ChannelBench bench;
        bench.channel->begin_close({1000, ""}, ClosedBy::person);
        bench.receive(client_frame(0x83, "x"));
        QCOMPARE(bench.write(), server_frame(0x88, close_payload(1000, "")));
        QCOMPARE(bench.channel->close_info().by, ClosedBy::person);
        QVERIFY(!bench.channel->close_info().clean);
    }

    void a_lost_carrier_is_1006_by_the_peer()
    {
        ChannelBench bench;
        bench.channel->on_carrier_lost();
        bench.channel->settle();
        QCOMPARE(int{bench.channel->close_info().code}, int{close_abnormal});
        QCOMPARE(bench.channel->close_info().cause, CloseCause::peer_vanished);
        QCOMPARE(bench.channel->state(), ConnectionState::closed);
        QCOMPARE(bench.behaviour.ends.size(), std::size_t{1});
    }

    void a_behaviour_may_close_within_its_handlers_data() // FI-28
    {
        QTest::addColumn<bool>("when_opened");
        QTest::newRow("FI-28 inside the open handler") << true;
        QTest::newRow("FI-28 inside the message handler") << false;
    }
    void a_behaviour_may_close_within_its_handlers()
    {
        QFETCH(bool, when_opened);
        ChannelBench bench;
        const auto close_twice = [](Peer& peer) {
            peer.close({4000, "enough"});
            peer.close({4001, "really"});
        };
        if (when_opened)
            bench.behaviour.opened = close_twice;
        else
            bench.behaviour.message = [&](Peer& peer, MessageKind, std::string_view) { close_twice(peer); };
        bench.channel->start();
        bench.receive(client_frame(0x81, "one") + client_frame(0x81, "two"));
        QCOMPARE(bench.behaviour.received.size(), std::size_t(when_opened ? 0 : 1));
        QCOMPARE(bench.write(), server_frame(0x88, close_payload(4000, "enough")));
        bench.receive(client_frame(0x88, close_payload(4000, "")));
        QCOMPARE(bench.channel->close_info().by, ClosedBy::behaviour);
        QVERIFY(bench.channel->close_info().clean);
    }

    void back_pressure_holds_the_input_and_keeps_its_order()
    {
        for (const std::size_t step : {whole, std::size_t{1'000}}) {
            ChannelBench bench(small_queue());
            echo_everything(bench);
            std::string input, expected;
            for (int i = 0; i < 40; ++i) {
                const std::string text = std::to_string(i) + std::string(10'000, 'x');
                input += client_frame(0x81, text);
                expected += server_frame(0x81, text);
            }
            bench.receive(input, step);
            QVERIFY(!bench.channel->wants_input());
            QCOMPARE(bench.host.input_wanted, std::vector<bool>{false});
            QVERIFY(bench.channel->counters().flags & flag_reading_paused);
            QVERIFY(bench.channel->output().size() < 2 * bench.host.limits().max_queue);
            std::string written;
            while (!bench.channel->output().empty())
                written += bench.write(3'000);
            QVERIFY(written == expected);
            QVERIFY(bench.channel->wants_input());
            QVERIFY(bench.host.input_wanted.back());
            QVERIFY(!(bench.channel->counters().flags & (flag_reading_paused | flag_slow)));
        }
    }

    void the_peers_close_gets_through_back_pressure()
    {
        ChannelBench bench(small_queue());
        echo_everything(bench);
        bench.receive(client_frame(0x82, std::string(70'000, 'x')) + client_frame(0x81, "held")
            + client_frame(0x88, close_payload(1000, "")));
        QVERIFY(!bench.channel->wants_input());
        QVERIFY(!bench.channel->is_finished());
        bench.channel->begin_close({4001, ""}, ClosedBy::person);
        QVERIFY(bench.channel->is_finished());
        QVERIFY(bench.channel->close_info().clean);
        QCOMPARE(bench.behaviour.received.size(), std::size_t{1}); // nothing is delivered after our Close
    }

    void one_message_may_pass_the_queue_limit()
    {
        ChannelBench bench(small_queue());
        const std::string large(100'000, 'x');
        QCOMPARE(bench.channel->send_made(MessageKind::binary, as_bytes("first"), Maker::hand),
            SendOutcome::queued);
        QCOMPARE(
            bench.channel->send_made(MessageKind::binary, as_bytes(large), Maker::hand), SendOutcome::queued);
        QCOMPARE(bench.channel->send_made(MessageKind::binary, as_bytes("no"), Maker::hand),
            SendOutcome::queue_full);
        QVERIFY(bench.channel->counters().flags & flag_slow);
    }

    void a_shared_message_never_passes_the_queue_limit_unless_it_is_alone()
    {
        ChannelBench bench(small_queue());
        SharedMessage large(MessageKind::binary, SharedBytes(std::string(100'000, 'x')));
        SharedMessage small(MessageKind::binary, SharedBytes(std::string(60'000, 'y')));
        QCOMPARE(bench.channel->send_shared(small, Maker::hand), SendOutcome::queued);
        QCOMPARE(bench.channel->send_shared(small, Maker::hand), SendOutcome::queue_full);
        QCOMPARE(bench.channel->counters().skipped_out, 1U);
        QCOMPARE(bench.host.skips, 1);
        bench.write();
        QCOMPARE(bench.channel->send_shared(large, Maker::hand), SendOutcome::queued);
    }

    void a_shared_message_is_encoded_once()
    {
        SharedMessage message(MessageKind::text, SharedBytes(std::string(10'000, 'x')));
        ChannelBench first, second;
        first.channel->send_shared(message, Maker::hand);
        second.channel->send_shared(message, Maker::hand);
        std::array<iovec, 2> one{}, other{};
        QCOMPARE(first.channel->output().gather(one), std::size_t{1});
        QCOMPARE(second.channel->output().gather(other), std::size_t{1});
        QCOMPARE(one[0].iov_base, other[0].iov_base); // the same bytes, not only equal ones
        QCOMPARE(first.write(), server_frame(0x81, std::string(10'000, 'x')));
    }

    void pings_are_answered_and_a_long_queue_answers_only_the_newest()
    {
        ChannelBench bench;
        bench.receive(client_frame(0x89, "a") + client_frame(0x89, "b"));
        QCOMPARE(bench.write(), server_frame(0x8a, "a") + server_frame(0x8a, "b"));
        const std::string large(100'000, 'x');
        bench.channel->send_made(MessageKind::binary, as_bytes(large), Maker::hand);
        for (int i = 0; i < 1'000; ++i)
            bench.receive(client_frame(0x89, std::to_string(i)));
        const std::string written = bench.write();
        QVERIFY(written == server_frame(0x82, large) + server_frame(0x8a, "999"));
    }

    void a_live_peer_is_pinged_and_its_round_trip_measured()
    {
        ChannelBench bench;
        bench.wait(bench.host.limits().ping_interval);
        const std::string ping = bench.write();
        QCOMPARE(ping.substr(0, 1), std::string("\x89"));
        bench.host.advance(1'500us);
        bench.receive(client_frame(0x8a, ping.substr(2)));
        QCOMPARE(bench.channel->counters().round_trip_us, 1'500U);
        bench.wait(bench.host.limits().ping_interval - 1ms);
        QCOMPARE(bench.write(), std::string());
        bench.wait(1ms);
        const std::string next = bench.write();
        QVERIFY(!next.empty() && next != ping);
    }

    void a_silent_peer_is_cut_data() // FR-25
    {
        QTest::addColumn<QByteArray>("sends");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("FR-25 an unsolicited pong") << QByteArray::fromStdString(client_frame(0x8a, ""));
        QTest::newRow("FR-25 a pong with another payload")
            << QByteArray::fromStdString(client_frame(0x8a, "jfp:abcd"));
    }
    void a_silent_peer_is_cut()
    {
        QFETCH(QByteArray, sends);
        ChannelBench bench;
        bench.wait(bench.host.limits().ping_interval);
        bench.write();
        bench.wait(10s);
        bench.receive(sends.toStdString());
        bench.wait(bench.host.limits().pong_timeout - 10s - 1ms);
        QCOMPARE(bench.host.cuts, 0);
        bench.wait(1ms);
        QCOMPARE(bench.host.cuts, 1);
        QCOMPARE(bench.channel->close_info().cause, CloseCause::no_pong);
        QCOMPARE(int{bench.channel->close_info().code}, int{close_abnormal});
    }

    void a_peer_that_takes_what_stands_before_the_ping_is_not_dead()
    {
        ChannelBench bench;
        bench.channel->send_made(MessageKind::binary, as_bytes(std::string(1'000'000, 'x')), Maker::hand);
        bench.wait(bench.host.limits().ping_interval); // the ping stands behind the message
        for (int i = 0; i < 9; ++i) {
            bench.wait(bench.host.limits().pong_timeout / 2);
            bench.write(100'000);
        }
        QCOMPARE(bench.host.cuts, 0);
        bench.wait(bench.host.limits().pong_timeout * 2 + 1ms); // and then it takes no more
        QCOMPARE(bench.host.cuts, 1);
    }

    void a_peer_amid_a_message_on_a_slow_line_is_not_dead_data() // no pong can stand inside a frame
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<int>("cuts");
        QTest::newRow("half a KiB a second") << 5'120 << 0;
        QTest::newRow("a byte now and then") << 1 << 1;
    }
    void a_peer_amid_a_message_on_a_slow_line_is_not_dead()
    {
        QFETCH(int, step);
        QFETCH(int, cuts);
        ChannelBench bench;
        const std::string message = client_frame(0x82, std::string(1'000'000, 'x'));
        std::size_t sent = 100;
        bench.receive(message.substr(0, sent));
        bench.wait(bench.host.limits().ping_interval);
        bench.write();
        for (int i = 0; i < 10 && bench.host.cuts == 0; ++i) {
            bench.receive(message.substr(sent, static_cast<std::size_t>(step)));
            sent += static_cast<std::size_t>(step);
            bench.wait(bench.host.limits().pong_timeout / 2);
        }
        QCOMPARE(bench.host.cuts, cuts);
        if (cuts == 0)
            bench.wait(bench.host.limits().pong_timeout * 2 + 1ms); // and then it sends no more
        QCOMPARE(bench.host.cuts, 1);
        QCOMPARE(bench.channel->close_info().cause, CloseCause::no_pong);
    }

    void a_peer_that_is_not_read_on_purpose_is_not_dead()
    {
        ChannelBench bench;
        bench.wait(bench.host.limits().ping_interval);
        const std::string ping = bench.write();
        bench.host.hold_input(true);
        bench.wait(bench.host.limits().pong_timeout * 5);
        QCOMPARE(bench.host.cuts, 0);
        bench.host.hold_input(false);
        bench.receive(client_frame(0x8a, ping.substr(2)));
        bench.wait(bench.host.limits().ping_interval - 1ms);
        QCOMPARE(bench.host.cuts, 0);
    }

    void pings_can_be_switched_off()
    {
        Limits limits;
        limits.ping_interval = 0ms;
        ChannelBench bench(limits);
        QCOMPARE(bench.channel->next_deadline(), TimePoint::max());
    }

    void a_ping_flood_is_closed_after_five_seconds() // RX-10
    {
        ChannelBench bench;
        int second = 0;
        for (; second < 10 && !bench.channel->is_finished(); ++second) {
            for (int i = 0; i < 1'500 && !bench.channel->is_finished(); ++i)
                bench.receive(client_frame(0x89, ""));
            bench.write();
            bench.host.advance(1s);
        }
        QCOMPARE(second, 6); // five seconds over the limit, closed in the sixth
        QCOMPARE(bench.host.floods, std::vector<event::FloodKind>{event::FloodKind::ping});
        QCOMPARE(int{bench.channel->close_info().code}, int{close_policy_violation});
        QCOMPARE(bench.channel->close_info().cause, CloseCause::flood);
    }

    void pings_below_the_limit_are_no_flood()
    {
        ChannelBench bench;
        for (int second = 0; second < 20; ++second) {
            for (int i = 0; i < 1'000; ++i)
                bench.receive(client_frame(0x89, ""));
            bench.write();
            bench.host.advance(1s);
        }
        QVERIFY(bench.host.floods.empty());
        QVERIFY(!bench.channel->is_finished());
    }

    void a_slow_peer_is_reported_and_closed_without_progress_data() // RX-07, RX-08
    {
        QTest::addColumn<int>("bytes_a_second");
        QTest::addColumn<bool>("closed");
        QTest::newRow("RX-07 reads nothing") << 0 << true;
        QTest::newRow("RX-08 reads a byte a second") << 1 << true;
        QTest::newRow("reads 4 KiB a second") << 4'096 << false;
    }
    void a_slow_peer_is_reported_and_closed_without_progress()
    {
        QFETCH(int, bytes_a_second);
        QFETCH(bool, closed);
        ChannelBench bench;
        const std::string large(8U << 20U, 'x');
        bench.channel->send_made(MessageKind::binary, as_bytes(large), Maker::hand);
        QVERIFY(bench.channel->counters().flags & flag_slow);
        for (int second = 0; second < 70 && !bench.channel->is_finished(); ++second) {
            bench.wait(1s);
            if (bytes_a_second > 0 && !bench.channel->is_finished())
                bench.write(static_cast<std::uint64_t>(bytes_a_second));
        }
        QCOMPARE(bench.host.slows, 1);
        QCOMPARE(bench.channel->is_finished(), closed);
        if (closed) {
            QCOMPARE(bench.channel->close_info().cause, CloseCause::slow_peer);
            QCOMPARE(int{bench.channel->close_info().code}, int{close_policy_violation});
        }
    }

    void fragments_go_to_a_behaviour_that_wants_them()
    {
        ChannelBench bench;
        std::string parts;
        bench.behaviour.fragment = [&](Peer&, std::string_view part, bool first, bool last) {
            parts += (first ? "[" : "") + std::string(part) + (last ? "]" : "|");
        };
        bench.receive(client_frame(0x01, "ab") + client_frame(0x00, "cd") + client_frame(0x80, "ef"));
        QCOMPARE(parts, std::string("[ab|cd|ef]"));
        QCOMPARE(bench.channel->counters().messages_in, std::uint64_t{1});
        QCOMPARE(bench.channel->counters().bytes_in, std::uint64_t{6});
    }

    void traffic_is_recorded_with_its_maker_and_wire_size()
    {
        ChannelBench bench;
        bench.host.set_traffic(TrafficLevel::full);
        bench.receive(client_frame(0x81, "in"));
        bench.channel->send_made(MessageKind::binary, as_bytes("out"), Maker::hand);
        bench.receive(client_frame(0x89, "p"));
        bench.receive(client_frame(0x88, close_payload(1000, "bye")));
        using Passed = test::FakeChannelHost::Passed;
        const std::vector<Passed> expected{
            {TrafficType::text, Direction::from_browser, Maker::peer, 8, "in"},
            {TrafficType::binary, Direction::to_browser, Maker::hand, 5, "out"},
            {TrafficType::ping, Direction::from_browser, Maker::peer, 7, "p"},
            {TrafficType::pong, Direction::to_browser, Maker::engine, 3, "p"},
            {TrafficType::close, Direction::from_browser, Maker::peer, 11, close_payload(1000, "bye")},
            {TrafficType::close, Direction::to_browser, Maker::engine, 4, close_payload(1000, "")},
        };
        QVERIFY(bench.host.passages == expected);
    }

    void a_close_is_recorded_with_who_made_it_data()
    {
        QTest::addColumn<ClosedBy>("by");
        QTest::addColumn<Maker>("maker");
        QTest::newRow("kicked by hand") << ClosedBy::person << Maker::hand;
        QTest::newRow("by the endpoint") << ClosedBy::behaviour << Maker::behaviour;
        QTest::newRow("as the server stops") << ClosedBy::shutdown << Maker::engine;
    }

    void a_close_is_recorded_with_who_made_it()
    {
        QFETCH(ClosedBy, by);
        QFETCH(Maker, maker);
        ChannelBench bench;
        bench.host.set_traffic(TrafficLevel::full);
        QVERIFY(bench.channel->begin_close({4001, "out"}, by));
        QCOMPARE(bench.host.passages.size(), std::size_t{1});
        QCOMPARE(bench.host.passages[0].type, TrafficType::close);
        QCOMPARE(bench.host.passages[0].maker, maker);
    }

    void nothing_is_recorded_for_nobody()
    {
        ChannelBench bench;
        bench.host.set_traffic(TrafficLevel::counters);
        bench.receive(client_frame(0x81, "in"));
        QVERIFY(bench.host.passages.empty());
        QCOMPARE(bench.channel->counters().messages_in, std::uint64_t{1});
    }

    void an_idle_channel_owns_no_buffers()
    {
        ChannelBench bench;
        echo_everything(bench);
        bench.receive(client_frame(0x01, "par"));
        QVERIFY(bench.channel->partial_bytes() > 0);
        bench.receive(client_frame(0x80, "tial"), 1);
        bench.write();
        QCOMPARE(bench.channel->partial_bytes(), std::uint64_t{0});
        QVERIFY(bench.channel->output().empty());
        QVERIFY(bench.pool.kept() > 0);
    }

    void a_behaviour_that_throws_when_told_of_the_end_harms_nobody()
    {
        ChannelBench bench;
        bench.behaviour.closed = [](const CloseInfo&) { throw std::bad_alloc(); };
        bench.channel->on_carrier_lost();
        bench.channel->settle();
        QCOMPARE(bench.channel->state(), ConnectionState::closed);
    }
};

QTEST_GUILESS_MAIN(ChannelTest)
#include "channel_test.moc"
