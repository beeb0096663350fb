#include "support/deflate_harness.h"

#include <QTest>

#include <random>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

struct Encoded {
    std::string bytes;
    std::uint64_t compressed = 0;
};

Encoded encode(MessageCodec& codec, std::string_view text, std::uint32_t fragments = 1)
{
    ByteBuffer out;
    Encoded encoded;
    encoded.compressed = codec.encode_message(out, MessageKind::text, as_bytes(text), fragments);
    encoded.bytes = as_text(std::as_const(out).view());
    return encoded;
}

/// Letters that no compressor makes smaller.
std::string noise(std::size_t size)
{
    std::mt19937 random(11);
    std::string text(size, '\0');
    std::ranges::generate(text, [&] { return static_cast<char>(random()); });
    return text;
}

/// Takes the frames of one message apart: first bytes, and the joined payloads.
struct Frames {
    std::vector<unsigned> first_bytes;
    std::string payload;
};
Frames frames_of(std::string_view bytes)
{
    Frames frames;
    while (!bytes.empty()) {
        frames.first_bytes.push_back(static_cast<unsigned char>(bytes[0]));
        const auto header_bytes = as_bytes(bytes);
        const FrameHeaderView view(header_bytes.first(std::min<std::size_t>(header_bytes.size(), 14)));
        std::string payload(bytes.substr(view.size(), static_cast<std::size_t>(view.payload_length())));
        if (view.is_masked()) {
            MaskingKey key = *view.header().masking_key;
            apply_mask(std::as_writable_bytes(std::span(payload)), key);
        }
        frames.payload += payload;
        bytes.remove_prefix(view.size() + payload.size());
    }
    return frames;
}

const std::string page = [] {
    std::string text;
    for (int i = 0; text.size() < 5'000; ++i)
        text += "{\"row\":" + std::to_string(i) + ",\"state\":\"open\"},";
    return text;
}();

} // namespace

class DeflateEncodeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void compresses_from_the_threshold_on_data();
    void compresses_from_the_threshold_on();
    void sends_what_does_not_become_smaller_as_it_is();
    void marks_the_first_frame_alone();
    void each_message_stands_alone_without_takeover();
    void later_messages_are_smaller_with_takeover();
    void a_plain_message_does_not_spoil_the_window();
    void a_forgotten_window_is_begun_anew();
    void obeys_the_window_that_was_agreed_on_data();
    void obeys_the_window_that_was_agreed_on();
    void a_higher_level_is_no_larger();
    void equal_settings_share_a_wire_format();
    void does_not_compress_with_a_window_of_8_bits();
    void large_messages_leave_nothing_behind();
    void control_frames_are_never_compressed();
};

void DeflateEncodeTest::compresses_from_the_threshold_on_data()
{
    QTest::addColumn<qulonglong>("threshold");
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("compressed");
    QTest::newRow("below 1 KiB") << qulonglong{1'024} << 1'023 << false;
    QTest::newRow("1 KiB") << qulonglong{1'024} << 1'024 << true;
    QTest::newRow("a threshold of 0, empty") << qulonglong{0} << 0 << false;
    QTest::newRow("a threshold of 0, a letter") << qulonglong{0} << 1 << false;
    QTest::newRow("a threshold of 0, a hundred") << qulonglong{0} << 100 << true;
    QTest::newRow("a threshold of 1 GiB") << qulonglong{1U << 30U} << 1'000'000 << false;
}

void DeflateEncodeTest::compresses_from_the_threshold_on()
{
    QFETCH(qulonglong, threshold);
    QFETCH(int, size);
    QFETCH(bool, compressed);
    Compression settings;
    settings.threshold = threshold;
    for (const auto& agreed : {with_takeover, without_takeover}) {
        DeflateCodec codec(Role::server, agreed, settings);
        const std::string text(static_cast<std::size_t>(size), 'a');
        const Encoded encoded = encode(codec, text);
        QCOMPARE(encoded.compressed != 0, compressed);
        const Frames frames = frames_of(encoded.bytes);
        QCOMPARE(frames.first_bytes, std::vector<unsigned>{compressed ? 0xc1U : 0x81U});
        QCOMPARE(compressed ? PeerInflater().message(frames.payload) : frames.payload, text);
        if (compressed)
            QCOMPARE(encoded.compressed, std::uint64_t{frames.payload.size()});
    }
}

void DeflateEncodeTest::sends_what_does_not_become_smaller_as_it_is()
{
    for (const auto& agreed : {with_takeover, without_takeover}) {
        DeflateCodec codec(Role::server, agreed, compress_all());
        for (const std::size_t size : {1U, 10U, 1'000U, 16'384U, 100'000U, 1U << 20U}) {
            const std::string text = noise(size);
            const Encoded encoded = encode(codec, text);
            QCOMPARE(encoded.compressed, std::uint64_t{0});
            QVERIFY(encoded.bytes == server_frame(0x81, text));
        }
    }
}

void DeflateEncodeTest::marks_the_first_frame_alone()
{
    DeflateCodec codec(Role::server, without_takeover);
    for (const std::uint32_t fragments : {1U, 2U, 7U, 1'000U}) {
        const Frames frames = frames_of(encode(codec, page, fragments).bytes);
        QCOMPARE(frames.first_bytes.size(), std::size_t{fragments});
        for (std::size_t i = 0; i < fragments; ++i)
            QCOMPARE(frames.first_bytes[i], (i == 0 ? 0x41U : 0U) | (i + 1 == fragments ? 0x80U : 0U));
        QCOMPARE(PeerInflater().message(frames.payload), page);
    }
}

void DeflateEncodeTest::each_message_stands_alone_without_takeover()
{
    DeflateCodec codec(Role::server, without_takeover);
    const std::string first = encode(codec, page).bytes;
    for (int i = 0; i < 3; ++i) {
        static_cast<void>(encode(codec, "something else in between" + std::string(2'000, 'x')));
        QCOMPARE(encode(codec, page).bytes, first);
    }
    QCOMPARE(PeerInflater().message(frames_of(first).payload), page);
    QVERIFY(first.size() < page.size() / 4);
    QVERIFY2(!first.ends_with(std::string_view("\0\0\xff\xff", 4)), "the tail is taken away");
}

void DeflateEncodeTest::later_messages_are_smaller_with_takeover()
{
    DeflateCodec codec(Role::server, with_takeover);
    PeerInflater peer;
    std::size_t first = 0;
    for (int i = 0; i < 5; ++i) {
        const std::string payload = frames_of(encode(codec, page).bytes).payload;
        QCOMPARE(peer.message(payload), page);
        if (i == 0)
            first = payload.size();
        else
            QVERIFY(payload.size() < first / 4);
    }
}

void DeflateEncodeTest::a_plain_message_does_not_spoil_the_window()
{
    DeflateCodec codec(Role::server, with_takeover, compress_all());
    PeerInflater peer;
    for (int i = 0; i < 20; ++i) {
        // Every third one does not become smaller, and every fifth one is too small.
        const std::string text = i % 3 == 1 ? noise(3'000) : i % 5 == 1 ? "x" : page;
        const Frames frames = frames_of(encode(codec, text).bytes);
        QCOMPARE(frames.first_bytes[0] == 0xc1 ? peer.message(frames.payload) : frames.payload, text);
    }
}

void DeflateEncodeTest::a_forgotten_window_is_begun_anew()
{
    // DF-20: a sender may forget its window at any time.
    DeflateCodec codec(Role::server, with_takeover);
    PeerInflater peer;
    const auto size_of_next = [&] {
        const std::string payload = frames_of(encode(codec, page).bytes).payload;
        if (peer.message(payload) != page)
            throw std::runtime_error("another text");
        return payload.size();
    };
    const std::size_t first = size_of_next();
    QVERIFY(size_of_next() < first);
    codec.pool().begin_turn(TimePoint(std::chrono::minutes(10)));
    codec.pool().release_idle(TimePoint(std::chrono::minutes(9)));
    QVERIFY(!codec.pool().holds_any());
    QCOMPARE(size_of_next(), first);
    QVERIFY(size_of_next() < first);
}

void DeflateEncodeTest::obeys_the_window_that_was_agreed_on_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<bool>("takeover");
    for (int bits = 9; bits <= 15; ++bits) {
        QTest::newRow(("own " + std::to_string(bits)).c_str()) << bits << false;
        QTest::newRow(("kept " + std::to_string(bits)).c_str()) << bits << true;
    }
}

void DeflateEncodeTest::obeys_the_window_that_was_agreed_on()
{
    QFETCH(int, bits);
    QFETCH(bool, takeover);
    // What repeats only beyond the window must not be referred to.
    const std::string block = noise(std::size_t{1} << static_cast<unsigned>(bits - 1));
    const std::string text = block + page + block + page + std::string(2'000, 'z') + block;
    for (const Role role : {Role::server, Role::client}) {
        DeflateParameters agreed{!takeover, !takeover, 15, 15};
        (role == Role::server ? agreed.server_max_window_bits : agreed.client_max_window_bits)
            = static_cast<std::uint8_t>(bits);
        DeflateCodec codec(role, agreed);
        PeerInflater peer(bits);
        for (int i = 0; i < 3; ++i) {
            const std::string bytes = encode(codec, text).bytes;
            QCOMPARE(frames_of(bytes).first_bytes[0], 0xc1U);
            QCOMPARE(takeover ? peer.message(frames_of(bytes).payload)
                              : PeerInflater(bits).message(frames_of(bytes).payload),
                text);
        }
    }
}

void DeflateEncodeTest::a_higher_level_is_no_larger()
{
    DeflateCodec fast(Role::server, without_takeover, compress_all(1));
    DeflateCodec small(Role::server, without_takeover, compress_all(9));
    std::string text;
    std::mt19937 random(3);
    while (text.size() < 50'000)
        text += std::to_string(random() % 500) + " and ";
    const std::uint64_t fast_size = encode(fast, text).compressed;
    const std::uint64_t small_size = encode(small, text).compressed;
    QVERIFY2(small_size < fast_size && fast_size < text.size(),
        (std::to_string(small_size) + " " + std::to_string(fast_size)).c_str());
}

void DeflateEncodeTest::equal_settings_share_a_wire_format()
{
    DeflatePool pool;
    const auto format = [&pool](Role role, const DeflateParameters& agreed, const Compression& settings) {
        auto deflate = std::make_unique<MessageDeflate>(pool, role, agreed, settings);
        if (role == Role::client)
            return Rfc6455Codec({}, system_masking_keys(), std::move(deflate)).wire_format();
        return Rfc6455Codec({}, std::move(deflate)).wire_format();
    };
    const std::uint32_t common = format(Role::server, without_takeover, {});
    QVERIFY(common != 0);
    QVERIFY(common != Rfc6455Codec(CodecLimits{}).wire_format());
    QCOMPARE(format(Role::server, without_takeover, {}), common);
    QCOMPARE(format(Role::server, {true, false, 15, 10}, {}), common); // the client's side is its own affair
    QVERIFY(format(Role::server, {true, true, 10, 15}, {}) != common);
    QVERIFY(format(Role::server, without_takeover, compress_all()) != common);
    Compression small;
    small.level = 9;
    QVERIFY(format(Role::server, without_takeover, small) != common);
    QCOMPARE(format(Role::server, with_takeover, {}), std::uint32_t{0});
    QCOMPARE(format(Role::client, without_takeover, {}), std::uint32_t{0});
}

void DeflateEncodeTest::does_not_compress_with_a_window_of_8_bits()
{
    // A server may limit a client to it; zlib cannot, so the client sends its messages as they are.
    for (const bool takeover : {false, true}) {
        DeflateCodec codec(Role::client, {true, !takeover, 15, 8});
        QCOMPARE(encode(codec, page).compressed, std::uint64_t{0});
    }
}

void DeflateEncodeTest::large_messages_leave_nothing_behind()
{
    DeflateCodec codec(Role::server, without_takeover);
    std::string text(16U << 20U, 'a');
    for (std::size_t i = 0; i < text.size(); i += 7)
        text[i] = static_cast<char>('a' + i / 7 % 23);
    const Encoded encoded = encode(codec, text);
    QVERIFY(encoded.compressed > 0);
    QVERIFY(PeerInflater().message(frames_of(encoded.bytes).payload) == text);
    auto buffer = codec.pool().take_buffer();
    QVERIFY2(buffer.capacity() <= 65'536, "large buffers are not kept");
}

void DeflateEncodeTest::control_frames_are_never_compressed()
{
    DeflateCodec codec(Role::server, without_takeover, compress_all());
    ByteBuffer out;
    const std::string payload(125, 'a');
    QVERIFY(codec.encode_ping(out, as_bytes(payload)));
    QVERIFY(codec.encode_pong(out, as_bytes(payload)));
    codec.encode_close(out, 1000, std::string(120, 'a'));
    QCOMPARE(std::string(as_text(std::as_const(out).view())),
        server_frame(0x89, payload) + server_frame(0x8a, payload)
            + server_frame(0x88, "\x03\xe8" + std::string(120, 'a')));
}

QTEST_GUILESS_MAIN(DeflateEncodeTest)
#include "deflate_encode_test.moc"
