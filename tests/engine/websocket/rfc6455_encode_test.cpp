#include "support/deflate_harness.h"
#include "websocket/rfc6455_codec.h"

#include "jackfield/close_code.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

const std::vector<MaskingKey> some_keys{{std::byte{0x37}, std::byte{0xfa}, std::byte{0x21}, std::byte{0x3d}},
    {std::byte{0xff}, std::byte{0xff}, std::byte{0xff}, std::byte{0xff}}, {}};

std::string taken(const ByteBuffer& buffer)
{
    return std::string(as_text(buffer.view()));
}

QByteArray bytes_of(const std::string& text)
{
    return QByteArray::fromStdString(text);
}

std::unique_ptr<MessageCodec> server_codec()
{
    return std::make_unique<Rfc6455Codec>(CodecLimits{});
}

} // namespace

class Rfc6455EncodeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writes_the_examples_of_rfc_6455();
    void writes_the_shortest_length_form_data();
    void writes_the_shortest_length_form();
    void client_and_server_understand_each_other_data();
    void client_and_server_understand_each_other();
    void shares_fragments_evenly();
    void cuts_as_asked_with_control_frames_between_data();
    void cuts_as_asked_with_control_frames_between();
    void compressed_frames_keep_the_control_frames_between();
    void control_frames_round_trip();
    void close_frames_round_trip_data();
    void close_frames_round_trip();
    void cuts_a_long_reason_between_characters_data();
    void cuts_a_long_reason_between_characters();
    void servers_share_a_wire_format_and_clients_do_not();
    void encoding_leaves_decoding_alone();
};

void Rfc6455EncodeTest::writes_the_examples_of_rfc_6455()
{
    // RFC 6455 section 5.7.
    Rfc6455Codec server{CodecLimits{}};
    FixedMaskingKeys keys(some_keys);
    Rfc6455Codec client(CodecLimits{}, keys);
    ByteBuffer out;
    server.encode_message(out, MessageKind::text, as_bytes("Hello"));
    QCOMPARE(to_hex(taken(out)), std::string("810548656c6c6f"));
    out.clear();
    client.encode_message(out, MessageKind::text, as_bytes("Hello"));
    QCOMPARE(to_hex(taken(out)), std::string("818537fa213d7f9f4d5158"));
    out.clear();
    server.encode_message(out, MessageKind::text, as_bytes("Hello"), 2);
    QCOMPARE(to_hex(taken(out)), std::string("010348656c80026c6f"));
    out.clear();
    QVERIFY(server.encode_ping(out, as_bytes("Hello")));
    QCOMPARE(to_hex(taken(out)), std::string("890548656c6c6f"));
    out.clear();
    QVERIFY(server.encode_pong(out, as_bytes("Hello")));
    QCOMPARE(to_hex(taken(out)), std::string("8a0548656c6c6f"));
}

void Rfc6455EncodeTest::writes_the_shortest_length_form_data()
{
    QTest::addColumn<int>("length");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("0") << 0 << QByteArray("8200");
    QTest::newRow("125") << 125 << QByteArray("827d");
    QTest::newRow("126") << 126 << QByteArray("827e007e");
    QTest::newRow("256") << 256 << QByteArray("827e0100");
    QTest::newRow("65535") << 65535 << QByteArray("827effff");
    QTest::newRow("65536") << 65536 << QByteArray("827f0000000000010000");
    QTest::newRow("16777217") << 16777217 << QByteArray("827f0000000001000001");
}

void Rfc6455EncodeTest::writes_the_shortest_length_form()
{
    QFETCH(int, length);
    QFETCH(QByteArray, header);
    Rfc6455Codec server{CodecLimits{}};
    ByteBuffer out;
    const std::string payload(static_cast<std::size_t>(length), 'x');
    server.encode_message(out, MessageKind::binary, as_bytes(payload));
    const auto header_size = static_cast<std::size_t>(header.size()) / 2;
    QCOMPARE(bytes_of(to_hex(taken(out).substr(0, header_size))), header);
    QCOMPARE(out.size(), header_size + payload.size());
    QVERIFY(taken(out).substr(header_size) == payload);
}

void Rfc6455EncodeTest::client_and_server_understand_each_other_data()
{
    QTest::addColumn<int>("length");
    QTest::addColumn<int>("fragments");
    for (const int length :
        {0, 1, 2, 3, 4, 5, 124, 125, 126, 127, 128, 251, 252, 65534, 65535, 65536, 65537, 200'000}) {
        for (const int fragments : {1, 2, 3, 7, 200})
            QTest::addRow("%d bytes in %d frames", length, fragments) << length << fragments;
    }
}

void Rfc6455EncodeTest::client_and_server_understand_each_other()
{
    QFETCH(int, length);
    QFETCH(int, fragments);
    std::string payload(static_cast<std::size_t>(length), '\0');
    for (std::size_t i = 0; i < payload.size(); ++i)
        payload[i] = static_cast<char>(' ' + i * 31 % 90);
    FixedMaskingKeys keys(some_keys);
    Rfc6455Codec server{CodecLimits{}};
    Rfc6455Codec client(CodecLimits{}, keys);
    const auto count = static_cast<std::uint32_t>(fragments);
    for (const MessageKind kind : {MessageKind::text, MessageKind::binary}) {
        ByteBuffer to_server;
        client.encode_message(to_server, kind, as_bytes(payload), count);
        QCOMPARE(decode_whole(server_codec, taken(to_server)).transcript,
            RecordingSink::message_line(kind, payload, to_server.size(), count));
        QCOMPARE(decode_chopped(server_codec, taken(to_server), {{1000}}).transcript,
            RecordingSink::message_line(kind, payload, to_server.size(), count));

        ByteBuffer to_client;
        server.encode_message(to_client, kind, as_bytes(payload), count);
        const auto client_codec = [&keys] { return std::make_unique<Rfc6455Codec>(CodecLimits{}, keys); };
        QCOMPARE(decode_whole(client_codec, taken(to_client)).transcript,
            RecordingSink::message_line(kind, payload, to_client.size(), count));
        // Beside the keys the two directions cost the same.
        QCOMPARE(to_server.size(), to_client.size() + std::size_t{4} * count);
    }
}

void Rfc6455EncodeTest::shares_fragments_evenly()
{
    Rfc6455Codec server{CodecLimits{}};
    ByteBuffer out;
    server.encode_message(out, MessageKind::binary, as_bytes("0123456789"), 4);
    QCOMPARE(to_hex(taken(out)),
        to_hex("\x02\x03"
               "012"
            + std::string(1, '\0')
            + "\x03"
              "345"
            + std::string(1, '\0')
            + "\x02"
              "67"
              "\x80\x02"
              "89"));
    out.clear();
    server.encode_message(out, MessageKind::text, as_bytes("a"), 3);
    QCOMPARE(to_hex(taken(out)), std::string("01016100008000"));
    out.clear();
    server.encode_message(out, MessageKind::text, as_bytes("a"), 0);
    QCOMPARE(to_hex(taken(out)), std::string("810161"));
}

void Rfc6455EncodeTest::cuts_as_asked_with_control_frames_between_data()
{
    QTest::addColumn<int>("way");
    QTest::addColumn<QByteArray>("between"); // "1p 2q": a ping after frame 1, a pong after frame 2
    QTest::addColumn<QByteArray>("wire");
    QTest::newRow("pieces") << 0 << QByteArray("1p") << QByteArray("01026162 89027031 00026364 800165");
    QTest::newRow("by size") << 1 << QByteArray("1q 2p 2q")
                             << QByteArray("01026162 8a027131 00026364 89027032 8a027132 800165");
    QTest::newRow("sizes") << 2 << QByteArray("1p 2p 3p")
                           << QByteArray("010161 89027031 0000 89027032 0003626364 89027033 800165");
    QTest::newRow("one frame") << 3 << QByteArray("1p") << QByteArray("89027031 81056162636465");
    QTest::newRow("behind the last") << 0 << QByteArray("1p 7p")
                                     << QByteArray("01026162 89027031 00026364 89027037 800165");
}

void Rfc6455EncodeTest::cuts_as_asked_with_control_frames_between()
{
    QFETCH(int, way);
    QFETCH(QByteArray, between);
    QFETCH(QByteArray, wire);
    const std::vector<Fragmentation> ways{
        3, Fragmentation::of_size(2), Fragmentation::of_sizes({1, 0, 3}), Fragmentation()};
    std::vector<ControlBetween> controls;
    for (const QByteArray& each : between.split(' ')) {
        const std::string payload{each[1], each[0]};
        controls.push_back({each[1] == 'p' ? ControlBetween::Kind::ping : ControlBetween::Kind::pong,
            static_cast<std::uint32_t>(each[0] - '0'), SharedBytes(std::string_view(payload))});
    }
    FixedMaskingKeys keys(some_keys);
    Rfc6455Codec server{CodecLimits{}};
    Rfc6455Codec client(CodecLimits{}, keys);
    ByteBuffer from_server, from_client;
    server.encode_message(
        from_server, MessageKind::text, as_bytes("abcde"), ways[static_cast<std::size_t>(way)], controls);
    QCOMPARE(to_hex(taken(from_server)), to_hex(from_hex(wire.toStdString())));
    client.encode_message(
        from_client, MessageKind::text, as_bytes("abcde"), ways[static_cast<std::size_t>(way)], controls);
    const auto client_codec = [&keys] { return std::make_unique<Rfc6455Codec>(CodecLimits{}, keys); };
    const Decoded by_client = decode_whole(client_codec, taken(from_server));
    const Decoded by_server = decode_whole(server_codec, taken(from_client));
    QVERIFY(by_client.transcript.find("text 5 6162636465") != std::string::npos);
    QVERIFY(by_server.transcript.find("text 5 6162636465") != std::string::npos);
    QCOMPARE(by_client.frame_facts.size(), controls.size() + 1);
    QCOMPARE(by_server.frame_facts.size(), controls.size() + 1);
}

void Rfc6455EncodeTest::compressed_frames_keep_the_control_frames_between()
{
    const std::string payload(10'000, 'x');
    DeflateCodec server(Role::server, DeflateParameters{}, compress_all());
    const std::vector<ControlBetween> controls{{ControlBetween::Kind::ping, 50, SharedBytes("late")}};
    ByteBuffer out;
    const std::uint64_t compressed = server.encode_message(
        out, MessageKind::text, as_bytes(payload), Fragmentation::of_size(10), controls);
    QVERIFY(compressed > 0 && compressed < 100);
    const auto client_codec
        = [] { return std::make_unique<DeflateCodec>(Role::client, DeflateParameters{}); };
    const Decoded decoded = decode_whole(client_codec, taken(out));
    QCOMPARE(decoded.frame_facts.size(), std::size_t{2});
    QCOMPARE(decoded.frame_facts[1].size(), static_cast<std::size_t>((compressed + 9) / 10));
    QVERIFY(decoded.transcript.starts_with(RecordingSink::control_line("ping", "late", 6)));
}

void Rfc6455EncodeTest::control_frames_round_trip()
{
    FixedMaskingKeys keys(some_keys);
    Rfc6455Codec client(CodecLimits{}, keys);
    for (const std::size_t length : {0U, 1U, 4U, 124U, 125U}) {
        const std::string payload(length, '\x9c');
        ByteBuffer out;
        QVERIFY(client.encode_ping(out, as_bytes(payload)));
        QVERIFY(client.encode_pong(out, as_bytes(payload)));
        QCOMPARE(decode_whole(server_codec, taken(out)).transcript,
            RecordingSink::control_line("ping", payload, 6 + length)
                + RecordingSink::control_line("pong", payload, 6 + length));
    }
}

void Rfc6455EncodeTest::close_frames_round_trip_data()
{
    QTest::addColumn<int>("code"); // 0: none
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("no code") << 0 << QByteArray();
    QTest::newRow("code alone") << 1000 << QByteArray();
    QTest::newRow("code and reason") << 4001 << QByteArray("kicked: köln 😀");
    QTest::newRow("CL-04 longest reason") << 1001 << QByteArray(123, 'r');
}

void Rfc6455EncodeTest::close_frames_round_trip()
{
    QFETCH(int, code);
    QFETCH(QByteArray, reason);
    FixedMaskingKeys keys(some_keys);
    Rfc6455Codec client(CodecLimits{}, keys);
    ByteBuffer out;
    const auto sent = code == 0 ? std::nullopt : std::optional(static_cast<std::uint16_t>(code));
    client.encode_close(out, sent, reason.toStdString());
    QCOMPARE(decode_whole(server_codec, taken(out)).transcript,
        RecordingSink::control_line(
            "close " + (sent ? std::to_string(*sent) : "none"), reason.toStdString(), out.size()));
}

void Rfc6455EncodeTest::cuts_a_long_reason_between_characters_data()
{
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<int>("kept");
    QTest::newRow("ASCII") << QByteArray(200, 'r') << 123;
    QTest::newRow("two bytes") << QByteArray("ä").repeated(62) << 122;
    QTest::newRow("three bytes") << QByteArray("€").repeated(42) << 123;
    QTest::newRow("four bytes") << QByteArray("😀").repeated(31) << 120;
}

void Rfc6455EncodeTest::cuts_a_long_reason_between_characters()
{
    QFETCH(QByteArray, reason);
    QFETCH(int, kept);
    Rfc6455Codec server{CodecLimits{}};
    ByteBuffer out;
    server.encode_close(out, std::uint16_t{1000}, reason.toStdString());
    QCOMPARE(bytes_of(taken(out).substr(4)), reason.left(kept));
    out.clear();
    server.encode_close(out, std::nullopt, "a reason needs a code");
    QCOMPARE(to_hex(taken(out)), std::string("8800"));
}

void Rfc6455EncodeTest::servers_share_a_wire_format_and_clients_do_not()
{
    const Rfc6455Codec one{CodecLimits{}};
    const Rfc6455Codec other{CodecLimits{1, 1}};
    const Rfc6455Codec client(CodecLimits{}, system_masking_keys());
    QVERIFY(one.wire_format() != 0);
    QCOMPARE(one.wire_format(), other.wire_format());
    QCOMPARE(client.wire_format(), std::uint32_t{0});
    QCOMPARE(one.role(), Role::server);
    QCOMPARE(client.role(), Role::client);
}

void Rfc6455EncodeTest::encoding_leaves_decoding_alone()
{
    // An echo is written from within the call that delivers the message.
    Rfc6455Codec codec{CodecLimits{}};
    RecordingSink sink;
    std::string input = client_frame(0x01, "Hel", "mask").substr(0, 7);
    std::string rest = client_frame(0x01, "Hel", "mask").substr(7) + client_frame(0x80, "lo");
    codec.decode(std::as_writable_bytes(std::span(input)), sink);
    ByteBuffer out;
    codec.encode_message(out, MessageKind::binary, as_bytes("in between"), 3);
    codec.encode_close(out, std::uint16_t{1000}, "");
    codec.decode(std::as_writable_bytes(std::span(rest)), sink);
    QCOMPARE(sink.transcript, RecordingSink::message_line(MessageKind::text, "Hello", 17, 2));
}

QTEST_GUILESS_MAIN(Rfc6455EncodeTest)
#include "rfc6455_encode_test.moc"
