#include "session/channel.h"
#include "tests/support/codec_harness.h"
#include "tests/support/fake_channel_host.h"
#include "websocket/hixie_codec.h"

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
using websocket::Dialect;
using websocket::HixieCodec;

namespace {

const std::string closing_frame("\xff\x00", 2);

std::string text_frame(std::string_view text)
{
    return std::string(1, '\0').append(text).append("\xff");
}

std::unique_ptr<websocket::MessageCodec> hixie75()
{
    return std::make_unique<HixieCodec>(
        websocket::CodecLimits{64, 16}, HixieCodec::Closing::by_end_of_stream);
}

std::unique_ptr<websocket::MessageCodec> hybi00()
{
    return std::make_unique<HixieCodec>(websocket::CodecLimits{64, 16}, HixieCodec::Closing::by_handshake);
}

std::unique_ptr<websocket::MessageCodec> hybi07()
{
    return std::make_unique<websocket::Rfc6455Codec>(websocket::CodecLimits{64, 16}, Dialect::hybi07);
}

std::string payload_of(std::uint16_t code, std::string_view reason = {})
{
    return std::string{static_cast<char>(code >> 8U), static_cast<char>(code & 0xffU)}.append(reason);
}

void echo_everything(ChannelBench& bench)
{
    bench.behaviour.message
        = [](Peer& peer, MessageKind kind, std::string_view text) { peer.send(kind, as_bytes(text)); };
}

} // namespace

/// What a channel does otherwise for a wire format without close codes, a closing handshake, pings or binary
/// messages.
class OlderChannelTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void echoes_text()
    {
        ChannelBench bench({}, hixie75());
        echo_everything(bench);
        bench.receive(text_frame("one") + text_frame(""));
        QCOMPARE(bench.write(), text_frame("one") + text_frame(""));
        QCOMPARE(bench.channel->counters().messages_in, 2U);
        QCOMPARE(bench.channel->counters().bytes_out, 3U);
    }

    void hixie_75_closes_by_ending_the_stream()
    {
        ChannelBench bench({}, hixie75());
        bench.host.set_traffic(TrafficLevel::full);
        bench.channel->send_made(MessageKind::text, as_bytes("last"), Maker::hand);
        QVERIFY(bench.channel->begin_close({close_service_restart, "be gone"}, ClosedBy::person));
        QCOMPARE(bench.host.finishes, 1);
        QVERIFY(!bench.host.finished_gently);
        QVERIFY(!bench.channel->begin_close({close_normal, {}}, ClosedBy::person));
        QCOMPARE(bench.channel->state(), ConnectionState::closing);
        QCOMPARE(bench.write(), text_frame("last"));
        const CloseInfo& end = bench.channel->close_info();
        QCOMPARE(int{end.code}, int{close_no_code});
        QCOMPARE(end.reason, std::string("be gone"));
        QVERIFY(end.clean && end.by == ClosedBy::person);
        QCOMPARE(bench.host.passages.size(), std::size_t{1}); // nothing passes for the closing
        bench.receive(text_frame("too late"));
        QVERIFY(bench.behaviour.received.empty());
    }

    void the_end_of_the_stream_is_how_a_hixie_75_peer_closes()
    {
        for (const bool in_order : {true, false}) {
            ChannelBench bench({}, hixie75());
            bench.receive(std::string("\0half a mess", 12));
            bench.channel->on_carrier_lost(in_order);
            bench.channel->settle();
            const CloseInfo& end = bench.channel->close_info();
            QCOMPARE(int{end.code}, int{in_order ? close_no_code : close_abnormal});
            QCOMPARE(end.clean, in_order);
            QCOMPARE(end.by, ClosedBy::peer);
            QCOMPARE(end.cause, in_order ? CloseCause::closing_handshake : CloseCause::peer_vanished);
        }
        // A peer that has a closing handshake has vanished without it.
        for (auto&& codec : {hybi00, hybi07}) {
            ChannelBench bench({}, codec());
            bench.channel->on_carrier_lost(true);
            QCOMPARE(int{bench.channel->close_info().code}, int{close_abnormal});
            QVERIFY(!bench.channel->close_info().clean);
        }
    }

    void hybi_00_shakes_hands_without_codes()
    {
        ChannelBench kicked({}, hybi00());
        kicked.host.set_traffic(TrafficLevel::full);
        QVERIFY(kicked.channel->begin_close({close_service_restart, "be gone"}, ClosedBy::person));
        QCOMPARE(kicked.write(), closing_frame);
        QCOMPARE(kicked.host.finishes, 0);
        QCOMPARE(kicked.host.passages.back().payload, std::string());
        kicked.receive(text_frame("crossed") + closing_frame);
        QCOMPARE(kicked.host.finishes, 1);
        QVERIFY(kicked.host.finished_gently);
        QCOMPARE(kicked.write(), std::string());
        QVERIFY(kicked.behaviour.received.empty());
        QCOMPARE(int{kicked.channel->close_info().code}, int{close_no_code});
        QVERIFY(kicked.channel->close_info().clean);
        QCOMPARE(kicked.channel->close_info().by, ClosedBy::person);

        ChannelBench left({}, hybi00());
        left.receive(closing_frame);
        QCOMPARE(left.write(), closing_frame);
        QVERIFY(left.host.finished_gently);
        QVERIFY(left.channel->close_info().clean && left.channel->close_info().by == ClosedBy::peer);

        ChannelBench silent({}, hybi00());
        silent.channel->begin_close({std::nullopt, {}}, ClosedBy::person);
        silent.wait(10s);
        QCOMPARE(silent.host.cuts, 1);
        QCOMPARE(silent.channel->close_info().cause, CloseCause::closing_timeout);
    }

    void a_violation_ends_it_with_what_the_format_can_say_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("cause");
        const auto row = [](const char* name, const char* format, const std::string& input,
                             const std::string& output, int code, CloseCause cause) {
            QTest::newRow(name) << QByteArray(format) << QByteArray::fromStdString(input)
                                << QByteArray::fromStdString(output) << code << int(cause);
        };
        const std::string invalid = text_frame("a\x80");
        const std::string large = text_frame(std::string(65, 'x'));
        row("hixie-75, invalid UTF-8", "75", invalid, "", 1005, CloseCause::invalid_utf8);
        row("hixie-75, too large", "75", large, "", 1005, CloseCause::message_too_big);
        row("hybi-00, invalid UTF-8", "00", invalid, closing_frame, 1005, CloseCause::invalid_utf8);
        row("hybi-00, too large", "00", large, closing_frame, 1005, CloseCause::message_too_big);
        row("hybi-07, invalid UTF-8", "07", client_frame(0x81, "a\x80"),
            server_frame(0x88, payload_of(1002, "a text message is not valid UTF-8")), 1002,
            CloseCause::invalid_utf8);
        row("hybi-07, too large", "07", client_frame(0x81, std::string(65, 'x')),
            server_frame(0x88, payload_of(1004, "a message is larger than the limit")), 1004,
            CloseCause::message_too_big);
    }
    void a_violation_ends_it_with_what_the_format_can_say()
    {
        QFETCH(QByteArray, format);
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, output);
        QFETCH(int, code);
        QFETCH(int, cause);
        ChannelBench bench({}, format == "75" ? hixie75() : format == "00" ? hybi00() : hybi07());
        bench.receive(input.toStdString(), 1);
        QCOMPARE(bench.host.finishes, 1);
        QCOMPARE(QByteArray::fromStdString(bench.write()), output);
        const CloseInfo& end = bench.channel->close_info();
        QCOMPARE(int{end.code}, code);
        QCOMPARE(int(end.cause), cause);
        QCOMPARE(end.by, ClosedBy::engine);
        QVERIFY(!end.clean && !end.reason.empty());
    }

    void close_codes_are_put_into_the_drafts_words()
    {
        ChannelBench restarted({}, hybi07());
        restarted.channel->begin_close({close_service_restart, "soon back"}, ClosedBy::person);
        QCOMPARE(restarted.write(), server_frame(0x88, payload_of(close_going_away, "soon back")));
        QCOMPARE(int{restarted.channel->close_info().code}, int{close_going_away});

        ChannelBench refused({}, hybi07());
        refused.channel->begin_close({close_policy_violation, "no longer allowed"}, ClosedBy::person);
        QCOMPARE(refused.write(), server_frame(0x88, ""));
        QCOMPARE(int{refused.channel->close_info().code}, int{close_no_code});
        QCOMPARE(refused.channel->close_info().reason, std::string("no longer allowed"));

        ChannelBench left({}, hybi07());
        left.receive(client_frame(0x88, payload_of(1004)));
        QCOMPARE(left.write(), server_frame(0x88, payload_of(1004)));
        QCOMPARE(int{left.channel->close_info().code}, 1004);
    }

    void what_the_format_cannot_carry_is_not_sent()
    {
        ChannelBench bench({}, hixie75());
        QCOMPARE(
            bench.channel->send_made(MessageKind::binary, as_bytes("x"), Maker::hand), SendOutcome::invalid);
        QCOMPARE(bench.channel->send_made(MessageKind::text, as_bytes("\xff"), Maker::behaviour),
            SendOutcome::invalid);
        SharedMessage binary(MessageKind::binary, SharedBytes("x"));
        QCOMPARE(bench.channel->send_shared(binary, Maker::chat), SendOutcome::invalid);
        QCOMPARE(bench.channel->send_ping(as_bytes("x"), Maker::hand), SendOutcome::invalid);
        QCOMPARE(bench.write(), std::string());
        QCOMPARE(bench.channel->counters().skipped_out, 3U);
        QCOMPARE(bench.host.skips, 3);
        QCOMPARE(bench.channel->counters().messages_out, 0U);
        QCOMPARE(bench.channel->counters().flags & flag_slow, 0);
    }

    void silence_is_no_fault_where_there_are_no_pings()
    {
        ChannelBench bench({}, hybi00());
        bench.wait(1h);
        QCOMPARE(bench.channel->state(), ConnectionState::open);
        QCOMPARE(bench.host.cuts, 0);
        QCOMPARE(bench.write(), std::string());
    }

    void a_shared_message_is_encoded_once_for_each_format()
    {
        SharedMessage message(MessageKind::text, SharedBytes("hello"));
        websocket::Rfc6455Codec modern({64, 16});
        const auto old = hixie75();
        const auto older = hybi00();
        const auto draft = hybi07();
        const SharedBytes first = message.encoded_for(modern).bytes;
        const SharedBytes second = message.encoded_for(*old).bytes;
        QCOMPARE(std::string(as_text(first.view())), server_frame(0x81, "hello"));
        QCOMPARE(std::string(as_text(second.view())), text_frame("hello"));
        // Whatever the order, the bytes are the same ones and no copies.
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(static_cast<const void*>(message.encoded_for(*draft).bytes.view().data()),
                static_cast<const void*>(first.view().data()));
            QCOMPARE(static_cast<const void*>(message.encoded_for(*older).bytes.view().data()),
                static_cast<const void*>(second.view().data()));
        }
    }
};

QTEST_GUILESS_MAIN(OlderChannelTest)
#include "older_channel_test.moc"
