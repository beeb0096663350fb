#include "session/channel.h"
#include "tests/support/codec_harness.h"
#include "tests/support/fake_channel_host.h"

#include "jackfield/close_code.h"

#include <QtTest>

#include <string>

using namespace jackfield;
using namespace std::chrono_literals;
using test::ChannelBench;
using test::client_frame;
using test::server_frame;

namespace {

const CloseFrame gone{4001, "gone"};

bool kick(ChannelBench& bench, KickStyle style)
{
    return bench.channel->kick(style, gone);
}

void echo(ChannelBench& bench)
{
    bench.behaviour.message
        = [](Peer& peer, MessageKind kind, std::string_view text) { peer.send(kind, as_bytes(text)); };
}

} // namespace

/// The ways in which a person ends or troubles a connection.
class ChannelKicksTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_close_frame_is_the_closing_handshake()
    {
        ChannelBench bench;
        QVERIFY(kick(bench, KickStyle::close_frame));
        QCOMPARE(bench.write(), server_frame(0x88, "\x0f\xa1gone"));
        QVERIFY(!kick(bench, KickStyle::close_frame));
        bench.receive(client_frame(0x88, "\x0f\xa1"));
        QVERIFY(bench.host.finished_gently);
        QCOMPARE(bench.channel->close_info().by, ClosedBy::person);
        QVERIFY(bench.channel->close_info().clean);
    }

    void an_end_of_the_stream_comes_behind_what_is_queued()
    {
        ChannelBench bench;
        bench.channel->send_made(MessageKind::text, as_bytes("last"), Maker::hand);
        QVERIFY(kick(bench, KickStyle::fin));
        QCOMPARE(bench.host.finishes, 1);
        QCOMPARE(bench.host.resets_wanted, 0);
        QCOMPARE(bench.host.cuts, 0);
        QCOMPARE(bench.write(), server_frame(0x81, "last"));
        QCOMPARE(bench.channel->close_info().code, std::uint16_t{close_abnormal});
        QCOMPARE(bench.channel->close_info().by, ClosedBy::person);
        QCOMPARE(bench.channel->close_info().cause, CloseCause::cut);
        QVERIFY(!kick(bench, KickStyle::fin));
    }

    void a_reset_waits_for_nothing_data()
    {
        QTest::addColumn<bool>("closing");
        QTest::newRow("while open") << false;
        QTest::newRow("while the peer's Close is waited for") << true;
    }
    void a_reset_waits_for_nothing()
    {
        QFETCH(bool, closing);
        ChannelBench bench;
        if (closing)
            kick(bench, KickStyle::close_frame);
        QVERIFY(kick(bench, KickStyle::reset));
        QCOMPARE(bench.host.cuts, 1);
        QCOMPARE(bench.channel->close_info().by, ClosedBy::person);
        QCOMPARE(bench.channel->close_info().cause, CloseCause::cut);
        QVERIFY(!bench.channel->close_info().clean);
    }

    void a_silent_one_is_not_read_and_gets_only_what_hands_send()
    {
        ChannelBench bench;
        echo(bench);
        QVERIFY(kick(bench, KickStyle::silent));
        QVERIFY(!bench.channel->wants_input());
        QCOMPARE(bench.host.input_wanted, std::vector<bool>{false});
        QVERIFY((bench.channel->counters().flags & flag_silent) != 0);
        QCOMPARE(bench.channel->send_made(MessageKind::text, as_bytes("chat"), Maker::chat),
            SendOutcome::queue_full);
        session::SharedMessage message(MessageKind::text, SharedBytes("chat"));
        QCOMPARE(bench.channel->send_shared(message, Maker::chat), SendOutcome::queue_full);
        QCOMPARE(bench.channel->counters().skipped_out, 2U);
        QVERIFY(bench.write().empty());
        QCOMPARE(
            bench.channel->send_made(MessageKind::text, as_bytes("hand"), Maker::hand), SendOutcome::queued);
        QCOMPARE(bench.write(), server_frame(0x81, "hand"));
        bench.wait(1h);
        QVERIFY(bench.write().empty()); // no pings of the engine's own either
        QVERIFY(!bench.channel->is_finished());
    }

    void a_silent_one_answers_again()
    {
        ChannelBench bench;
        echo(bench);
        kick(bench, KickStyle::silent);
        QVERIFY(bench.channel->answer_again());
        QVERIFY(bench.channel->wants_input());
        QCOMPARE(bench.host.input_wanted, (std::vector<bool>{false, true}));
        bench.receive(client_frame(0x81, "hello"));
        QCOMPARE(bench.write(), server_frame(0x81, "hello"));
        QVERIFY(!bench.channel->answer_again());
        bench.wait(bench.host.limits().ping_interval);
        QCOMPARE(bench.write().front(), '\x89');
    }

    void what_was_held_back_is_read_once_it_answers_again()
    {
        Limits limits;
        limits.max_queue = 64U << 10U;
        ChannelBench bench(limits);
        echo(bench);
        const std::string large(limits.max_queue, 'x');
        bench.receive(
            client_frame(0x82, large) + client_frame(0x81, "behind")); // the queue fills: reading pauses
        QCOMPARE(bench.behaviour.received.size(), std::size_t{1});
        kick(bench, KickStyle::silent);
        bench.write();
        QCOMPARE(bench.behaviour.received.size(), std::size_t{1});
        bench.channel->answer_again();
        QCOMPARE(bench.behaviour.received.back(), std::string("behind"));
        QCOMPARE(bench.write(), server_frame(0x81, "behind"));
    }

    void a_silent_one_that_is_closed_hears_the_peers_close()
    {
        ChannelBench bench;
        kick(bench, KickStyle::silent);
        QVERIFY(kick(bench, KickStyle::close_frame));
        QVERIFY(bench.channel->wants_input());
        bench.receive(client_frame(0x88, "\x0f\xa1"));
        QVERIFY(bench.channel->close_info().clean);
    }

    void a_close_that_is_not_answered_waits()
    {
        ChannelBench bench;
        QVERIFY(kick(bench, KickStyle::never_answer_close));
        echo(bench);
        bench.receive(client_frame(0x81, "still answers"));
        QCOMPARE(bench.write(), server_frame(0x81, "still answers"));
        bench.receive(client_frame(0x88,
            "\x03\xe9"
            "bye"));
        QVERIFY(bench.write().empty());
        QCOMPARE(bench.channel->state(), ConnectionState::closing);
        bench.wait(1h);
        QVERIFY(!bench.channel->is_finished());
        QCOMPARE(bench.host.cuts, 0);
        bench.channel->on_carrier_lost(true); // the page gave up
        QCOMPARE(bench.channel->close_info().code, std::uint16_t{close_abnormal});
        QCOMPARE(bench.channel->close_info().by, ClosedBy::peer);
        QVERIFY(!bench.channel->close_info().clean);
    }

    void a_close_that_waits_is_answered_late_data()
    {
        QTest::addColumn<QString>("by");
        QTest::newRow("answer again") << "resume";
        QTest::newRow("a kick") << "kick";
        QTest::newRow("the server stops") << "stop";
    }
    void a_close_that_waits_is_answered_late()
    {
        QFETCH(QString, by);
        ChannelBench bench;
        kick(bench, KickStyle::never_answer_close);
        bench.receive(client_frame(0x88,
            "\x03\xe9"
            "bye"));
        if (by == "resume")
            QVERIFY(bench.channel->answer_again());
        else if (by == "kick")
            QVERIFY(kick(bench, KickStyle::close_frame));
        else
            QVERIFY(bench.channel->begin_close({close_going_away, "stopping"}, ClosedBy::shutdown));
        QCOMPARE(bench.write(), server_frame(0x88, "\x03\xe9"));
        QVERIFY(bench.channel->is_finished());
        QVERIFY(bench.channel->close_info().clean);
        QCOMPARE(bench.channel->close_info().code, std::uint16_t{1001});
        QCOMPARE(bench.channel->close_info().by, ClosedBy::peer);
    }

    void our_own_close_is_finished_by_the_peers_all_the_same()
    {
        ChannelBench bench;
        kick(bench, KickStyle::never_answer_close);
        kick(bench, KickStyle::close_frame);
        bench.receive(client_frame(0x88, "\x0f\xa1"));
        QVERIFY(bench.channel->is_finished());
        QVERIFY(bench.channel->close_info().clean);
    }

    void pings_that_are_not_answered_are_seen_all_the_same()
    {
        ChannelBench bench;
        bench.host.set_traffic(TrafficLevel::full);
        QVERIFY(kick(bench, KickStyle::never_answer_ping));
        bench.receive(client_frame(0x89, "beat"));
        QVERIFY(bench.write().empty());
        QCOMPARE(bench.host.passages.size(), std::size_t{1});
        QVERIFY(bench.channel->answer_again());
        bench.receive(client_frame(0x89, "beat"));
        QCOMPARE(bench.write(), server_frame(0x8a, "beat"));
    }

    void nothing_is_troubled_that_is_closing_data()
    {
        QTest::addColumn<KickStyle>("style");
        QTest::newRow("silent") << KickStyle::silent;
        QTest::newRow("close") << KickStyle::never_answer_close;
        QTest::newRow("ping") << KickStyle::never_answer_ping;
    }
    void nothing_is_troubled_that_is_closing()
    {
        QFETCH(KickStyle, style);
        ChannelBench bench;
        kick(bench, KickStyle::close_frame);
        QVERIFY(!kick(bench, style));
        QCOMPARE(bench.channel->counters().flags & (flag_silent | flag_keeps_close | flag_keeps_pong), 0);
        QVERIFY(!bench.channel->answer_again());
    }
};

QTEST_GUILESS_MAIN(ChannelKicksTest)
#include "channel_kicks_test.moc"
