#include "fallback/framed_codec.h"
#include "support/codec_harness.h"
#include "websocket/hixie_codec.h"
#include "websocket/rfc6455_codec.h"

#include <QTest>

#include <string>

using namespace jackfield;
using namespace jackfield::test;
using namespace jackfield::websocket;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

constexpr std::uint64_t limit = 100'000;

std::unique_ptr<MessageCodec> framed()
{
    return fallback::make_framed_codec(std::make_unique<Rfc6455Codec>(CodecLimits{limit, 16}), 25s);
}

std::unique_ptr<MessageCodec> framed_hixie75()
{
    return fallback::make_framed_codec(
        std::make_unique<HixieCodec>(CodecLimits{limit, 16}, HixieCodec::Closing::by_end_of_stream), 25s);
}

std::string text(std::string_view payload)
{
    return client_frame(0x81, payload, "abcd");
}

std::string message(std::string_view payload, std::uint64_t wire, std::uint32_t frames = 1)
{
    return RecordingSink::message_line(MessageKind::text, payload, wire, frames);
}

std::string violation(int code)
{
    return RecordingSink::violation_line(static_cast<std::uint16_t>(code));
}

/// What the codec writes after it has read `read`.
template <class Act>
std::string written(Act&& act, const CodecFactory& make = framed, std::string read = {})
{
    const auto codec = make();
    RecordingSink sink;
    codec->decode(std::as_writable_bytes(std::span(read.data(), read.size())), sink);
    ByteBuffer out;
    act(*codec, out);
    return std::string(as_text(out.view()));
}

void say_goodbye(MessageCodec& codec, ByteBuffer& out)
{
    codec.encode_close(out, 3000, "Go away!");
}

/// A sink that takes `most` messages before it pauses.
class ReluctantSink final : public MessageSink {
public:
    std::size_t most = 0;
    std::vector<std::string> taken;
    std::vector<std::uint64_t> wire, compressed;

    void on_message(MessageKind, std::span<const std::byte> payload, const WireFacts& facts) override
    {
        taken.emplace_back(as_text(payload));
        wire.push_back(facts.wire);
        compressed.push_back(facts.compressed);
    }
    void on_ping(std::span<const std::byte>, const WireFacts&) override { taken.emplace_back("ping"); }
    void on_pong(std::span<const std::byte>, const WireFacts&) override { }
    void on_close(std::optional<std::uint16_t>, std::string_view, const WireFacts&) override { }
    void on_violation(const Violation&) override { taken.emplace_back("violation"); }
    [[nodiscard]] bool is_paused() const override { return taken.size() >= most; }
};

/// Tells of one compressed message, whatever comes in.
class CompressedMessage final : public MessageCodec {
public:
    std::size_t decode(std::span<std::byte> input, MessageSink& sink) override
    {
        sink.on_message(MessageKind::text, input, {50, 2, 40});
        return input.size();
    }
    [[nodiscard]] std::uint64_t partial_bytes() const override { return 0; }
    std::uint64_t encode_message(ByteBuffer&, MessageKind, std::span<const std::byte>, const Fragmentation&,
        std::span<const ControlBetween>) override
    {
        return 0;
    }
    bool encode_ping(ByteBuffer&, std::span<const std::byte>) override { return false; }
    bool encode_pong(ByteBuffer&, std::span<const std::byte>) override { return false; }
    void encode_close(ByteBuffer&, std::optional<std::uint16_t>, std::string_view) override { }
    void set_limits(const CodecLimits&) override { }
};

std::span<std::byte> writable(std::string& bytes)
{
    return std::as_writable_bytes(std::span(bytes.data(), bytes.size()));
}

} // namespace

class FramedCodecTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decodes_in_any_chopping_data();
    void decodes_in_any_chopping();
    void holds_what_a_paused_sink_did_not_take();
    void hands_over_a_large_array_in_several_turns();
    void shares_the_compressed_size_among_the_messages();
    void writes_frames();
    void closes();
    void passes_on_what_the_inner_one_can();
};

void FramedCodecTest::decodes_in_any_chopping_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("transcript");
    const auto row = [](const char* name, const std::string& bytes, const std::string& transcript) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray::fromStdString(transcript);
    };
    row("an array", text("[\"a\"]"), message("a", 11));
    row("a string", text("\"a\""), message("a", 9));
    row("several messages of one frame", text("[\"a\",\"\",\"b\"]"), message("a", 18) + message("", 0) + message("b", 0));
    row("empty text means nothing", text("") + text("[\"a\"]"), message("a", 11));
    row("an empty array means nothing", text("[]") + text("[\"a\"]"), message("a", 11));
    row("fragments", client_frame(0x01, "[\"", "abcd") + client_frame(0x80, "a\"]", "abcd"), message("a", 17, 2));
    row("control frames", text("[\"a\"]") + client_frame(0x89, "p") + client_frame(0x8a, "q") + client_frame(0x88, "\x03\xe8"),
        message("a", 11) + RecordingSink::control_line("ping", "p", 7) + RecordingSink::control_line("pong", "q", 7)
            + RecordingSink::control_line("close 1000", "", 8));
    row("broken JSON", text("[\"a\"]") + text("[\"a") + text("[\"b\"]"), message("a", 11) + violation(1002));
    row("an object", text("{}"), violation(1002));
    row("binary", client_frame(0x82, "[\"a\"]"), violation(1003));
    row("no UTF-8", client_frame(0x81, "\xff"), violation(1007));
    row("a broken frame", client_frame(0x83, ""), violation(1002));
}

void FramedCodecTest::decodes_in_any_chopping()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, transcript);
    QCOMPARE(QByteArray::fromStdString(decode_whole(framed, bytes.toStdString()).transcript), transcript);
    // A message that waits inside is handed over by the next call, which the harness makes when bytes are left.
    if (transcript.count("wire=0") == 0) {
        QCOMPARE(difference_between_choppings(framed, bytes.toStdString()), ""s);
        return;
    }
    for (std::size_t size = 1; size < static_cast<std::size_t>(bytes.size()); ++size)
        QCOMPARE(decode_chopped(framed, bytes.toStdString(), {{size}}).transcript, transcript.toStdString());
}

void FramedCodecTest::holds_what_a_paused_sink_did_not_take()
{
    const auto codec = framed();
    ReluctantSink sink;
    sink.most = 1;
    std::string bytes = text("[\"a\",\"b\",\"c\"]") + client_frame(0x89, "") + text("[\"d\"]");
    const std::size_t first = codec->decode(writable(bytes), sink);
    QCOMPARE(first, text("[\"a\",\"b\",\"c\"]").size());
    QVERIFY(codec->has_input_inside());
    QVERIFY(codec->partial_bytes() > 0);
    QCOMPARE(sink.taken, (std::vector<std::string>{"a"}));
    sink.most = 2;
    QCOMPARE(codec->decode(writable(bytes).subspan(first), sink), std::size_t{0}); // paused again
    QCOMPARE(sink.taken, (std::vector<std::string>{"a", "b"}));
    sink.most = 4;
    QCOMPARE(codec->decode(writable(bytes).subspan(first), sink), std::size_t{6});
    QCOMPARE(sink.taken, (std::vector<std::string>{"a", "b", "c", "ping"}));
    QVERIFY(!codec->has_input_inside());
    sink.most = 9;
    codec->decode(writable(bytes).subspan(first + 6), sink);
    QCOMPARE(sink.taken.back(), "d"s);
    QCOMPARE(codec->partial_bytes(), 0U);
}

void FramedCodecTest::hands_over_a_large_array_in_several_turns()
{
    std::string array = "[\"\"";
    for (int i = 1; i < 10'000; ++i)
        array += ",\"\"";
    std::string bytes = text(array + "]");
    const auto codec = framed();
    ReluctantSink sink;
    sink.most = 1'000'000;
    QCOMPARE(codec->decode(writable(bytes), sink), bytes.size());
    std::size_t turns = 1;
    for (std::size_t before = 0; codec->has_input_inside(); ++turns) {
        QVERIFY(sink.taken.size() > before && sink.taken.size() < before + 5'000);
        before = sink.taken.size();
        codec->decode({}, sink);
    }
    QCOMPARE(sink.taken.size(), std::size_t{10'000});
    QVERIFY(turns > 1);
}

void FramedCodecTest::shares_the_compressed_size_among_the_messages()
{
    const auto shares = [](std::string array) {
        const auto codec = fallback::make_framed_codec(std::make_unique<CompressedMessage>(), 25s);
        ReluctantSink sink;
        sink.most = 99;
        codec->decode(writable(array), sink);
        for (std::size_t i = 0; i < sink.wire.size(); ++i)
            sink.compressed.push_back(sink.wire[i]);
        return sink.compressed;
    };
    using Sizes = std::vector<std::uint64_t>;
    QCOMPARE(shares("[\"xx\"]"), (Sizes{40, 50}));
    QCOMPARE(shares("[\"xx\",\"xxxxxx\"]"), (Sizes{10, 30, 50, 0}));
    QCOMPARE(shares("[\"\",\"xx\",\"\"]"), (Sizes{1, 39, 1, 50, 0, 0}));
    QCOMPARE(shares("[\"\",\"\"]"), (Sizes{40, 1, 50, 0}));
}

void FramedCodecTest::writes_frames()
{
    QCOMPARE(written([](auto& codec, ByteBuffer& out) { codec.encode_open(out); }), server_frame(0x81, "o"));
    QCOMPARE(written([](auto& codec, ByteBuffer& out) { QVERIFY(codec.encode_heartbeat(out)); }), server_frame(0x81, "h"));
    QCOMPARE(written([](auto& codec, ByteBuffer& out) { codec.encode_message(out, MessageKind::text, as_bytes("x\"y")); }),
        server_frame(0x81, "a[\"x\\\"y\"]"));
    QCOMPARE(written([](auto& codec, ByteBuffer& out) { codec.encode_ping(out, as_bytes("p")); }), server_frame(0x89, "p"));
    QCOMPARE(written([](auto& codec, ByteBuffer& out) { codec.encode_message(out, MessageKind::text, as_bytes("x")); },
                 framed_hixie75),
        "\0a[\"x\"]\xff"s);
    ByteBuffer out;
    const Fragmentation in_two(2);
    framed()->encode_message(out, MessageKind::text, as_bytes("xy"), in_two);
    QCOMPARE(std::string(as_text(out.view())), server_frame(0x01, "a[\"x") + server_frame(0x80, "y\"]"));
}

void FramedCodecTest::closes()
{
    const std::string frame = server_frame(0x81, "c[3000,\"Go away!\"]");
    const std::string inner = server_frame(0x88, "\x0b\xb8Go away!");
    QCOMPARE(written(say_goodbye), frame + inner);
    QCOMPARE(written(say_goodbye, framed_hixie75), "\0c[3000,\"Go away!\"]\xff"s);
    // The peer's Close is answered, and what is broken is ended, without a word of SockJS.
    QCOMPARE(written(say_goodbye, framed, client_frame(0x88, "")), inner);
    QCOMPARE(written(say_goodbye, framed, text("[\"")), inner);
    QCOMPARE(written(say_goodbye, framed, client_frame(0x83, "")), inner);
    QCOMPARE(written(say_goodbye, framed_hixie75, "\0[\xff"s), ""s);
    QCOMPARE(written([](auto& codec, ByteBuffer& out) { codec.encode_close(out, std::nullopt, "no"); }),
        server_frame(0x81, "c[1005,\"no\"]") + server_frame(0x88, ""));
}

void FramedCodecTest::passes_on_what_the_inner_one_can()
{
    const Rfc6455Codec plain({limit, 16});
    QVERIFY(framed()->wire_format() != 0 && framed()->wire_format() != plain.wire_format());
    QCOMPARE(framed()->wire_format(), framed()->wire_format());
    QVERIFY(framed()->wire_format() != framed_hixie75()->wire_format());
    QCOMPARE(fallback::make_framed_codec(std::make_unique<CompressedMessage>(), 25s)->wire_format(), 0U);
    QVERIFY(framed()->has_control_frames() && framed()->has_closing_handshake() && framed()->has_close_frame());
    QVERIFY(!framed_hixie75()->has_control_frames() && !framed_hixie75()->has_closing_handshake());
    QVERIFY(framed_hixie75()->has_close_frame() && framed_hixie75()->carries_raw_frames());
    QVERIFY(framed()->heartbeat() == 25s);
    QCOMPARE(int{framed()->code_when_lost().code}, 1006);
    QVERIFY(!framed()->can_encode(MessageKind::binary, as_bytes("x")));
    QVERIFY(!framed()->can_encode(MessageKind::text, as_bytes("\xff")));
    QVERIFY(framed()->can_encode(MessageKind::text, as_bytes("\xff").first(0)));
}

QTEST_APPLESS_MAIN(FramedCodecTest)
#include "framed_codec_test.moc"
