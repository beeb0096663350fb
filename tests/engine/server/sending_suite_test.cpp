#include "support/engine_fixture.h"

#include <QTest>

#include <memory>

using namespace jackfield;
using namespace jackfield::test;

namespace {

RawFrame frame_of(std::uint8_t opcode, std::string_view payload, bool fin = true)
{
    RawFrame frame;
    frame.fin = fin;
    frame.opcode = opcode;
    frame.payload = SharedBytes(payload);
    return frame;
}

command::SendRaw raw_to(ConnectionId id, std::vector<RawPiece> pieces, StreamCut cut = StreamCut::none)
{
    return {Target::one(id), std::move(pieces), cut};
}

/// A piece and what has to stand on the wire.
struct Composed {
    const char* name;
    RawPiece piece;
    std::string wire;
};

std::vector<Composed> malformed_frames()
{
    std::vector<Composed> frames;
    const auto add = [&](const char* name, RawPiece piece, std::string wire) {
        frames.push_back({name, std::move(piece), std::move(wire)});
    };
    RawFrame frame = frame_of(1, "Hi");
    frame.rsv1 = frame.rsv2 = frame.rsv3 = true;
    add("FR-31 reserved bits", frame, "\xf1\x02Hi");
    add("FR-31 reserved opcode 3", frame_of(3, "Hi"), "\x83\x02Hi");
    add("FR-31 reserved opcode f", frame_of(15, "Hi"), "\x8f\x02Hi");
    frame = frame_of(2, "Hi");
    frame.masking_key = {std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}};
    add("FR-31 masked", frame, "\x82\x82\x01\x02\x03\x04Ik");
    frame = frame_of(2, "Hi");
    frame.length_form = LengthForm::bits64;
    add("FR-31 length in 64 bits", frame, std::string("\x82\x7f\0\0\0\0\0\0\0\x02Hi", 12));
    frame.length_form = LengthForm::bits16;
    add("FR-31 length in 16 bits", frame, std::string("\x82\x7e\0\x02Hi", 6));
    frame.length_form.reset();
    frame.declared_length = 100;
    add("FR-31 wrong length", frame, "\x82\x64Hi");
    frame.declared_length = ~std::uint64_t{0};
    add("FR-31 length of 64 bits", frame, "\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xffHi");
    add("FR-31 ping of 126 bytes", frame_of(9, std::string(126, 'p')),
        std::string("\x89\x7e\0\x7e", 4) + std::string(126, 'p'));
    add("FR-31 invalid UTF-8", frame_of(1, "\xff\xc0"), "\x81\x02\xff\xc0");
    add("FR-31 fragmented ping", frame_of(9, "p", false), "\x09\x01p");
    add("FR-31 continuation of nothing", frame_of(0, ""), std::string("\x80\0", 2));
    add("FR-32 Close with 1005", frame_of(8, "\x03\xed"), "\x88\x02\x03\xed");
    add("FR-31 half a frame", SharedBytes("\x81\x05He"), "\x81\x05He");
    add("FR-31 nothing like a frame", SharedBytes("HTTP/1.1 200 OK\r\n\r\n"), "HTTP/1.1 200 OK\r\n\r\n");
    return frames;
}

} // namespace

/// What leaves the server when a person composes it: fragments, control frames between them, raw frames,
/// pings.
class SendingSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { fixture_ = std::make_unique<EngineFixture>(); }
    void cleanup()
    {
        fixture_->finish();
        fixture_.reset();
    }

    void raw_frames_arrive_exactly_as_composed_data();
    void raw_frames_arrive_exactly_as_composed();
    void sixteen_mib_of_raw_bytes_arrive_whole();
    void the_stream_ends_behind_raw_bytes_data();
    void the_stream_ends_behind_raw_bytes();
    void fragments_and_control_frames_stand_in_their_places();
    void a_pong_is_told_for_each_ping_by_hand();
    void the_frames_behind_a_message_are_on_the_lane();
    void what_cannot_be_sent_is_refused_whole();

private:
    std::unique_ptr<EngineFixture> fixture_;
};

void SendingSuiteTest::raw_frames_arrive_exactly_as_composed_data()
{
    QTest::addColumn<int>("index");
    const auto frames = malformed_frames();
    for (std::size_t i = 0; i < frames.size(); ++i)
        QTest::newRow(frames[i].name) << static_cast<int>(i);
}

void SendingSuiteTest::raw_frames_arrive_exactly_as_composed()
{
    QFETCH(int, index);
    const Composed composed = malformed_frames()[static_cast<std::size_t>(index)];
    fixture_->attach_state();
    RawClient client = fixture_->open_client();
    const ConnectionId id = fixture_->id_of(client);
    client.send_frame(0x01, "under way, "); // our parser's state stays as it is
    const SharedBytes large(std::string(100'000, 'q'));
    fixture_->engine().send(id, MessageKind::binary, large);
    const auto outcome = fixture_->run(raw_to(id, {composed.piece, composed.piece}));
    QVERIFY(!outcome.error);
    QCOMPARE(outcome.count, 1U);
    QCOMPARE(client.read_message().size(), large.size()); // in its order
    QCOMPARE(to_hex(client.read_exactly(2 * composed.wire.size())), to_hex(composed.wire + composed.wire));
    client.send_frame(0x80, "all the same");
    QCOMPARE(client.read_message(), std::string("under way, all the same"));
    fixture_->run(command::Send{Target::one(id), MessageKind::text, SharedBytes("and on"), 1});
    QCOMPARE(client.read_message(), std::string("and on"));
    fixture_->wait_for_state([&] {
        return fixture_->rows.contains(id) && (fixture_->rows[id].flags & flag_hand_made_bytes) != 0;
    });
    QCOMPARE(fixture_->count_of<event::Closed>(), std::size_t{0});
}

void SendingSuiteTest::sixteen_mib_of_raw_bytes_arrive_whole()
{
    RawClient client = fixture_->open_client();
    const ConnectionId id = fixture_->id_of(client);
    std::string bytes(max_raw_bytes, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(i * 2'654'435'761U >> 13U);
    const auto sent = fixture_->run(raw_to(id, {SharedBytes(bytes)}));
    QCOMPARE(sent.count, 1U);
    QVERIFY(client.read_exactly(bytes.size()) == bytes);
    bytes += 'x';
    QCOMPARE(fixture_->run(raw_to(id, {SharedBytes(bytes)})).error->code, ErrorCode::invalid_argument);
}

void SendingSuiteTest::the_stream_ends_behind_raw_bytes_data()
{
    QTest::addColumn<bool>("reset");
    QTest::newRow("FR-31 half a frame, then FIN") << false;
    QTest::newRow("FR-31 half a frame, then RST") << true;
}

void SendingSuiteTest::the_stream_ends_behind_raw_bytes()
{
    QFETCH(bool, reset);
    RawClient client = fixture_->open_client();
    const std::uint16_t port = client.local_port();
    const ConnectionId id = fixture_->id_of(client);
    const auto outcome
        = fixture_->run(raw_to(id, {SharedBytes("\x81\x05Hel")}, reset ? StreamCut::reset : StreamCut::fin));
    QCOMPARE(outcome.count, 1U);
    QCOMPARE(client.read_until_end(), std::string("\x81\x05Hel"));
    QCOMPARE(client.was_reset(), reset);
    const CloseInfo end = fixture_->close_of(port);
    QCOMPARE(end.code, std::uint16_t{close_abnormal});
    QCOMPARE(end.by, ClosedBy::person);
    QCOMPARE(end.cause, CloseCause::cut);
    QCOMPARE(fixture_->run(raw_to(id, {SharedBytes("x")})).gone, 1U);
}

void SendingSuiteTest::fragments_and_control_frames_stand_in_their_places()
{
    RawClient client = fixture_->open_client();
    const ConnectionId id = fixture_->id_of(client);
    command::Send send{Target::one(id), MessageKind::text, SharedBytes("k\xc3\xb6ln"),
        Fragmentation::of_sizes({2, 0}),
        {{ControlBetween::Kind::ping, 2, SharedBytes("beat")},
            {ControlBetween::Kind::pong, 1, SharedBytes()}}};
    QCOMPARE(fixture_->run(send).count, 1U);
    const std::string expected = server_frame(0x01, "k\xc3") + server_frame(0x8a, "") + server_frame(0x00, "")
        + server_frame(0x89, "beat") + server_frame(0x80, "\xb6ln");
    QCOMPARE(to_hex(client.read_exactly(expected.size())), to_hex(expected));
    client.send_frame(0x8a, "beat");
    QCOMPARE(fixture_->wait_for<event::PongReceived>().payload, std::string("beat"));

    send.fragments = Fragmentation::of_size(2);
    send.between.clear();
    fixture_->run(send);
    QCOMPARE(client.read_frame().payload, std::string("k\xc3"));
    QCOMPARE(client.read_frame().payload, std::string("\xb6l"));
    const ServerFrame last = client.read_frame();
    QVERIFY(last.fin);
    QCOMPARE(last.payload, std::string("n"));
}

void SendingSuiteTest::a_pong_is_told_for_each_ping_by_hand()
{
    RawClient first = fixture_->open_client();
    RawClient second = fixture_->open_client();
    const std::vector<ConnectionId> ids{fixture_->id_of(first), fixture_->id_of(second)};
    for (const char* payload : {"one", "two"}) {
        QCOMPARE(fixture_->run(command::Ping{Target::many(ids), SharedBytes(payload)}).count, 2U);
        for (RawClient* client : {&first, &second})
            QCOMPARE(client->read_frame().payload, std::string(payload));
    }
    first.send_frame(0x8a, "one");
    first.send_frame(0x8a, "two");
    second.send_frame(0x8a, "nothing");
    second.send_frame(0x8a, "two"); // for both
    std::vector<std::string> told;
    for (std::size_t connection = 0; connection < 2; ++connection) {
        const auto pong = fixture_->wait_for<event::PongReceived>([&](const event::PongReceived& event) {
            return event.id == ids[connection] && event.payload == "two";
        });
        QVERIFY(pong.number > 0);
        QVERIFY(pong.round_trip >= std::chrono::microseconds(1));
        QVERIFY(pong.round_trip < RawClient::patience);
    }
    fixture_->settle();
    QCOMPARE(fixture_->count_of<event::PongReceived>(), std::size_t{3});
}

void SendingSuiteTest::the_frames_behind_a_message_are_on_the_lane()
{
    RawClient client = fixture_->open_client();
    fixture_->engine().set_traffic(TrafficLevel::headers, TrafficPolicy::drop_and_count);
    fixture_->settle();
    client.send(client_frame(0x01, std::string(126, 'a'), "abcd") + client_frame(0x80, "b", "wxyz"));
    client.read_message();
    fixture_->settle();
    TrafficBatch batch;
    QVERIFY(fixture_->engine().take_traffic(batch));
    const auto came = batch.next();
    const auto went = batch.next();
    QVERIFY(came && went && !batch.next());
    QCOMPARE(came->frames, 2U);
    QCOMPARE(came->frame_facts.size(), std::size_t{2});
    QCOMPARE(came->frame_facts[0].first_byte, std::uint8_t{0x01});
    QCOMPARE(came->frame_facts[0].payload_length, 126U);
    QCOMPARE(came->frame_facts[0].length_form, LengthForm::bits16);
    QVERIFY(came->frame_facts[0].is_masked);
    QCOMPARE(std::string(as_text(came->frame_facts[0].masking_key)), std::string("abcd"));
    QCOMPARE(came->frame_facts[1].first_byte, std::uint8_t{0x80});
    QCOMPARE(std::string(as_text(came->frame_facts[1].masking_key)), std::string("wxyz"));
    QCOMPARE(went->frames, 1U);
    QCOMPARE(went->frame_facts.size(), std::size_t{1});
    QCOMPARE(went->frame_facts[0].first_byte, std::uint8_t{0x81});
    QCOMPARE(went->frame_facts[0].payload_length, 127U);
    QVERIFY(!went->frame_facts[0].is_masked);
}

void SendingSuiteTest::what_cannot_be_sent_is_refused_whole()
{
    RawClient client = fixture_->open_client();
    RawFrame broken = frame_of(16, "x");
    const std::vector<Command> commands{
        raw_to(fixture_->id_of(client), {frame_of(1, "fine"), broken}),
        command::SendRaw{Target::all(), {}, StreamCut::none},
        command::SendRaw{{}, {SharedBytes("x")}, StreamCut::none},
        command::Send{Target::all(), MessageKind::text, SharedBytes("abc"), Fragmentation::of_sizes({4})},
        command::Send{Target::all(), MessageKind::text, SharedBytes("abc"), 2,
            {{ControlBetween::Kind::ping, 2, SharedBytes()}}},
    };
    for (const Command& command : commands) {
        const auto outcome = fixture_->run(command);
        QVERIFY(outcome.error.has_value());
        QCOMPARE(outcome.error->code, ErrorCode::invalid_argument);
        QCOMPARE(outcome.count, 0U);
    }
    fixture_->settle();
    QVERIFY(client.is_quiet());
}

QTEST_GUILESS_MAIN(SendingSuiteTest)
#include "sending_suite_test.moc"
