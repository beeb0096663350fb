#include "session/channel.h"
#include "tests/support/codec_harness.h"
#include "tests/support/fake_channel_host.h"
#include "websocket/hixie_codec.h"

#include "jackfield/close_code.h"

#include <QtTest>

#include <string>
#include <utility>
#include <vector>

using namespace jackfield;
using session::RawMessage;
using session::SharedMessage;
using test::ChannelBench;
using test::client_frame;
using test::from_hex;
using test::server_frame;
using test::to_hex;
using Passed = test::FakeChannelHost::Passed;

namespace {

std::unique_ptr<websocket::MessageCodec> hixie()
{
    return std::make_unique<websocket::HixieCodec>(
        websocket::CodecLimits{}, websocket::HixieCodec::Closing::by_handshake);
}

RawFrame frame_of(std::uint8_t opcode, std::string_view payload, bool fin = true)
{
    RawFrame frame;
    frame.fin = fin;
    frame.opcode = opcode;
    frame.payload = SharedBytes(payload);
    return frame;
}

std::vector<ControlBetween> ping_after(std::uint32_t frame)
{
    return {{ControlBetween::Kind::ping, frame, SharedBytes("p")}};
}

} // namespace

/// What is sent in fragments, and what was composed by hand.
class ChannelSendingTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void control_frames_stand_where_they_were_put()
    {
        ChannelBench bench;
        bench.host.set_traffic(TrafficLevel::full);
        SharedMessage message(MessageKind::text, SharedBytes("abcdef"), Fragmentation::of_size(2),
            {{ControlBetween::Kind::pong, 2, SharedBytes("q")},
                {ControlBetween::Kind::ping, 1, SharedBytes("p")}});
        QCOMPARE(bench.channel->send_shared(message, Maker::hand), SendOutcome::queued);
        QCOMPARE(bench.write(),
            server_frame(0x01, "ab") + server_frame(0x89, "p") + server_frame(0x00, "cd")
                + server_frame(0x8a, "q") + server_frame(0x80, "ef"));
        QCOMPARE(bench.channel->counters().messages_out, std::uint64_t{1});
        QVERIFY(bench.host.passages
            == (std::vector<Passed>{{TrafficType::ping, Direction::to_browser, Maker::hand, 3, "p"},
                {TrafficType::pong, Direction::to_browser, Maker::hand, 3, "q"},
                {TrafficType::text, Direction::to_browser, Maker::hand, 12, "abcdef"}}));
        QCOMPARE(bench.host.behind[2].frames, 3U);
        QCOMPARE(bench.host.behind[2].facts.size(), std::size_t{3});
        QCOMPARE(bench.host.behind[2].facts[2].first_byte, std::uint8_t{0x80});
        QCOMPARE(bench.host.behind[0].facts[0].first_byte, std::uint8_t{0x89});
    }

    void more_frames_than_are_kept_are_counted_exactly()
    {
        ChannelBench bench;
        bench.host.set_traffic(TrafficLevel::headers);
        SharedMessage message(MessageKind::binary, SharedBytes(std::string(100, 'x')), 65'536);
        bench.channel->send_shared(message, Maker::hand);
        QCOMPARE(bench.host.behind[0].frames, 65'536U);
        QCOMPARE(bench.host.behind[0].facts.size(), max_frame_facts);
    }

    void every_record_tells_its_frames()
    {
        ChannelBench bench;
        bench.host.set_traffic(TrafficLevel::headers);
        bench.channel->send_made(MessageKind::text, as_bytes("made"), Maker::echo);
        bench.channel->send_ping(as_bytes("p"), Maker::hand);
        bench.receive(
            client_frame(0x89, "q", "abcd") + client_frame(0x02, "in", "wxyz") + client_frame(0x80, ""));
        bench.channel->begin_close({1000, "bye"}, ClosedBy::person);
        bench.receive(client_frame(0x88, from_hex("03e8"), "wxyz"));
        const std::vector<std::vector<unsigned>> expected{
            {0x81}, {0x89}, {0x89}, {0x8a}, {0x02, 0x80}, {0x88}, {0x88}};
        QCOMPARE(bench.host.behind.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const auto& facts = bench.host.behind[i].facts;
            QCOMPARE(facts.size(), expected[i].size());
            std::uint64_t wire = 0;
            for (std::size_t k = 0; k < facts.size(); ++k) {
                QCOMPARE(unsigned{facts[k].first_byte}, expected[i][k]);
                wire += facts[k].header_size() + facts[k].payload_length;
            }
            QCOMPARE(bench.host.passages[i].wire, wire);
            QCOMPARE(facts[0].is_masked, bench.host.passages[i].direction == Direction::from_browser);
        }
    }

    void a_protocol_without_fragments_sends_one_frame_and_refuses_pings()
    {
        ChannelBench bench({}, hixie());
        bench.host.set_traffic(TrafficLevel::full);
        SharedMessage fragmented(MessageKind::text, SharedBytes("abc"), 3);
        QCOMPARE(bench.channel->send_shared(fragmented, Maker::hand), SendOutcome::queued);
        QCOMPARE(bench.write(), std::string("\0abc\xff", 5));
        QCOMPARE(bench.host.behind[0].frames, 1U);
        QVERIFY(bench.host.behind[0].facts.empty());
        SharedMessage with_ping(MessageKind::text, SharedBytes("abc"), 3, ping_after(1));
        QCOMPARE(bench.channel->send_shared(with_ping, Maker::hand), SendOutcome::invalid);
        QCOMPARE(bench.channel->counters().skipped_out, 1U);
        QVERIFY(bench.write().empty());
    }

    void a_large_message_leaves_from_where_it_stands_data()
    {
        QTest::addColumn<quint64>("taken");
        constexpr quint64 header = 4, all = header + 40'000;
        for (const quint64 taken : {quint64{0}, quint64{1}, header - 1, header, header + 1, all / 2, all - 1, all})
            QTest::addRow("%d bytes at once", int(taken)) << taken;
    }
    void a_large_message_leaves_from_where_it_stands()
    {
        QFETCH(quint64, taken);
        ChannelBench bench;
        bench.host.set_traffic(TrafficLevel::full);
        bench.host.takes_at_once = taken;
        const std::string payload(40'000, 'x');
        const std::string wire = server_frame(0x81, payload);
        QCOMPARE(bench.channel->send_made(MessageKind::text, as_bytes(payload), Maker::echo), SendOutcome::queued);
        QCOMPARE(bench.host.offers, 1);
        QCOMPARE(bench.host.taken_at_once, wire.substr(0, static_cast<std::size_t>(taken)));
        const bool is_whole = taken == wire.size();
        QCOMPARE(bench.host.outputs, is_whole ? 0 : 1);
        QCOMPARE(bench.channel->output().size(), std::uint64_t{wire.size() - taken});
        QCOMPARE(bench.channel->output().messages(), std::uint64_t{is_whole ? 0U : 1U});
        QCOMPARE(bench.channel->counters().messages_out, std::uint64_t{1});
        QCOMPARE(bench.channel->counters().bytes_out, std::uint64_t{payload.size()});
        QCOMPARE(bench.host.totals().messages_out, std::uint64_t{1});
        QVERIFY(bench.host.passages
            == (std::vector<Passed>{
                {TrafficType::text, Direction::to_browser, Maker::echo, wire.size(), payload}}));
        QCOMPARE(bench.host.behind[0].facts.size(), std::size_t{1});
        QCOMPARE(bench.host.behind[0].facts[0].payload_length, std::uint64_t{payload.size()});
        // The next ones stand behind it, as long as something waits.
        bench.channel->send_made(MessageKind::text, as_bytes(payload), Maker::echo);
        QCOMPARE(bench.host.offers, is_whole ? 2 : 1);
        bench.channel->send_ping(as_bytes("p"), Maker::hand);
        // A stop drops what nobody has begun to write; what was begun is never cut.
        QCOMPARE(bench.channel->drop_queued(), std::uint64_t{taken == 0 ? 2U : is_whole ? 0U : 1U});
        bench.channel->begin_close({1000, ""}, ClosedBy::person);
        const std::string all = bench.host.taken_at_once + bench.write();
        QCOMPARE(all, (taken == 0 ? std::string() : is_whole ? wire + wire : wire) + server_frame(0x89, "p")
                + server_frame(0x88, from_hex("03e8")));
    }

    void what_is_small_or_changed_on_its_way_goes_through_the_queue()
    {
        const std::string large(40'000, 'x');
        ChannelBench plain;
        plain.host.takes_at_once = ~std::uint64_t{0};
        plain.channel->send_made(MessageKind::text, as_bytes(large.substr(0, 30'000)), Maker::echo);
        QCOMPARE(plain.host.offers, 0);
        plain.channel->send_made(MessageKind::text, as_bytes(large), Maker::echo); // behind another
        QCOMPARE(plain.host.offers, 0);
        ChannelBench old({}, hixie());
        old.host.takes_at_once = ~std::uint64_t{0};
        old.channel->send_made(MessageKind::text, as_bytes(large), Maker::echo);
        QCOMPARE(old.host.offers, 0);
        QCOMPARE(old.write(), '\0' + large + '\xff');
    }

    void answers_to_what_came_together_leave_together()
    {
        const std::string large(40'000, 'x');
        const std::string question = client_frame(0x82, large), answer = server_frame(0x82, large);
        const std::string whole_and_part = question + question + question.substr(0, 20'000);
        struct Case {
            std::vector<std::string> inputs;
            int offers;
        };
        const std::vector<Case> cases{
            {{question}, 1},
            {{question, question}, 2},
            {{question + question}, 0}, // the second stands behind the first
            {{question + client_frame(0x89, "")}, 0},
            {{question.substr(0, 20'000), question.substr(20'000)}, 1}, // what was put together shows nothing of the input
            {{whole_and_part, question.substr(20'000)}, 1},
        };
        for (const Case& each : cases) {
            ChannelBench bench;
            bench.host.takes_at_once = ~std::uint64_t{0};
            bench.behaviour.message = [](Peer& peer, MessageKind kind, std::string_view text) {
                peer.send(kind, as_bytes(text));
            };
            std::string all;
            for (const std::string& input : each.inputs) {
                bench.receive(input);
                all += std::exchange(bench.host.taken_at_once, {}) + bench.write();
            }
            QCOMPARE(bench.host.offers, each.offers);
            std::string expected;
            for (std::uint64_t i = 0; i < bench.channel->counters().messages_in; ++i)
                expected += answer;
            if (all.size() > expected.size())
                expected += server_frame(0x8a, "");
            QVERIFY(all == expected);
        }
    }

    void a_slow_peer_is_judged_by_what_leaves_at_once_too()
    {
        Limits limits;
        limits.max_queue = 64U << 10U;
        ChannelBench bench(limits);
        bench.host.takes_at_once = 100;
        const std::string large(200'000, 'x');
        QCOMPARE(bench.channel->send_made(MessageKind::binary, as_bytes(large), Maker::echo), SendOutcome::queued);
        QVERIFY(bench.channel->counters().flags & flag_slow);
        QCOMPARE(bench.channel->send_made(MessageKind::binary, as_bytes(large), Maker::echo), SendOutcome::queue_full);
        bench.write();
        QVERIFY(!(bench.channel->counters().flags & flag_slow));
        bench.channel->send_made(MessageKind::binary, as_bytes(large), Maker::echo);
        QCOMPARE(bench.host.offers, 2);
    }

    void raw_bytes_go_out_as_composed_and_in_their_order_data() // FR-31
    {
        QTest::addColumn<bool>("is_hixie");
        QTest::newRow("FR-31 RFC 6455") << false;
        QTest::newRow("FR-31 hixie") << true;
    }
    void raw_bytes_go_out_as_composed_and_in_their_order()
    {
        QFETCH(bool, is_hixie);
        ChannelBench bench({}, is_hixie ? hixie() : nullptr);
        const auto framed = [&](const std::string& text) {
            return is_hixie ? '\0' + text + '\xff' : server_frame(0x81, text);
        };
        RawFrame odd = frame_of(3, "Hello");
        odd.rsv1 = true;
        odd.masking_key = {std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}};
        odd.length_form = LengthForm::bits16;
        RawFrame lies = frame_of(9, std::string(126, 'p'), false);
        lies.declared_length = 5;
        const RawMessage raw({odd, SharedBytes(from_hex("817f")), lies}, StreamCut::none);
        bench.channel->send_made(MessageKind::text, as_bytes("before"), Maker::hand);
        QCOMPARE(bench.channel->send_raw(raw, Maker::hand), SendOutcome::queued);
        bench.channel->send_made(MessageKind::text, as_bytes("after"), Maker::hand);
        QCOMPARE(to_hex(bench.write()),
            to_hex(framed("before")) + "c3fe000501020304" + to_hex("Igohn") + "817f" + "0905"
                + to_hex(std::string(126, 'p')) + to_hex(framed("after")));
        QVERIFY(bench.channel->counters().flags & flag_hand_made_bytes);
        QCOMPARE(bench.channel->counters().messages_out, std::uint64_t{2}); // raw bytes are no messages
        // And what the peer sends is read as ever.
        bench.receive(is_hixie ? std::string("\0in\xff", 4) : client_frame(0x81, "in"));
        QCOMPARE(bench.behaviour.received, std::vector<std::string>{"in"});
    }

    void raw_bytes_leave_a_message_under_way_alone()
    {
        ChannelBench bench;
        bench.receive(client_frame(0x01, "fir"));
        bench.channel->send_raw(RawMessage({frame_of(0, "x")}, StreamCut::none), Maker::hand);
        bench.receive(client_frame(0x80, "st"));
        QCOMPARE(bench.behaviour.received, std::vector<std::string>{"first"});
        QCOMPARE(bench.channel->state(), ConnectionState::open);
    }

    void each_piece_is_recorded_as_what_it_is()
    {
        ChannelBench bench;
        bench.host.set_traffic(TrafficLevel::full);
        std::vector<RawPiece> pieces;
        for (std::uint8_t opcode = 0; opcode < 16; ++opcode)
            pieces.emplace_back(frame_of(opcode, "x"));
        pieces.emplace_back(SharedBytes("bytes"));
        bench.channel->send_raw(RawMessage(pieces, StreamCut::none), Maker::hand);
        QCOMPARE(bench.host.passages.size(), std::size_t{17});
        using T = TrafficType;
        const std::vector<TrafficType> expected{T::continuation, T::text, T::binary, T::raw, T::raw, T::raw,
            T::raw, T::raw, T::close, T::ping, T::pong, T::raw, T::raw, T::raw, T::raw, T::raw, T::raw};
        for (std::size_t i = 0; i < 17; ++i) {
            QCOMPARE(bench.host.passages[i].type, expected[i]);
            QCOMPARE(bench.host.passages[i].maker, Maker::hand);
            QCOMPARE(bench.host.passages[i].direction, Direction::to_browser);
            QCOMPARE(bench.host.passages[i].wire, std::uint64_t{i < 16 ? 3U : 5U});
            QCOMPARE(bench.host.passages[i].payload, std::string(i < 16 ? "x" : "bytes"));
            QCOMPARE(bench.host.behind[i].facts.size(), std::size_t(i < 16 ? 1 : 0));
        }
        QVERIFY(!bench.channel->is_finished());
    }

    void raw_bytes_count_against_the_queue()
    {
        Limits limits;
        limits.max_queue = 64U << 10U;
        ChannelBench bench(limits);
        const RawMessage large({SharedBytes(std::string(100'000, 'x'))}, StreamCut::none);
        QCOMPARE(bench.channel->send_raw(large, Maker::hand), SendOutcome::queued); // one may pass the limit
        QCOMPARE(bench.channel->send_raw(large, Maker::hand), SendOutcome::queue_full);
        QCOMPARE(bench.channel->output().size(), std::uint64_t{100'000});
        QVERIFY(bench.channel->counters().flags & flag_slow);
        bench.channel->begin_close({1000, ""}, ClosedBy::person);
        QCOMPARE(bench.channel->send_raw(large, Maker::hand), SendOutcome::gone);
    }

    void a_cut_ends_the_stream_behind_the_bytes_data()
    {
        QTest::addColumn<int>("cut");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("fin behind half a frame") << int(StreamCut::fin) << QByteArray("\x81\x05He");
        QTest::newRow("reset behind half a frame") << int(StreamCut::reset) << QByteArray("\x81\x05He");
        QTest::newRow("fin alone") << int(StreamCut::fin) << QByteArray();
        QTest::newRow("reset alone") << int(StreamCut::reset) << QByteArray();
    }
    void a_cut_ends_the_stream_behind_the_bytes()
    {
        QFETCH(int, cut);
        QFETCH(QByteArray, bytes);
        ChannelBench bench;
        bench.channel->send_made(MessageKind::text, as_bytes("before"), Maker::hand);
        std::vector<RawPiece> pieces;
        if (!bytes.isEmpty())
            pieces.emplace_back(SharedBytes(bytes.toStdString()));
        QCOMPARE(bench.channel->send_raw(RawMessage(pieces, static_cast<StreamCut>(cut)), Maker::hand),
            SendOutcome::queued);
        QVERIFY(bench.channel->is_finished());
        QVERIFY(!bench.host.finished_gently);
        QCOMPARE(bench.host.finishes, 1);
        QCOMPARE(bench.host.resets_wanted, cut == int(StreamCut::reset) ? 1 : 0);
        QCOMPARE(bench.write(), server_frame(0x81, "before") + bytes.toStdString()); // and no Close frame
        QCOMPARE((bench.channel->counters().flags & flag_hand_made_bytes) != 0, !bytes.isEmpty());
        bench.channel->settle();
        const CloseInfo& end = bench.channel->close_info();
        QCOMPARE(int{end.code}, int{close_abnormal});
        QCOMPARE(end.by, ClosedBy::person);
        QCOMPARE(end.cause, CloseCause::cut);
        QVERIFY(!end.clean);
    }
};

QTEST_GUILESS_MAIN(ChannelSendingTest)
#include "channel_sending_test.moc"
