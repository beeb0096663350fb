#include "support/deflate_harness.h"
#include "support/peak_memory.h"

#include <QTest>

#include <random>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

QByteArray bytes_of(std::string_view bytes)
{
    return {bytes.data(), static_cast<qsizetype>(bytes.size())};
}

std::string text_line(std::string_view text, std::uint64_t wire, std::uint32_t frames = 1)
{
    return RecordingSink::message_line(MessageKind::text, text, wire, frames);
}

/// The transcript of frames that each hold a whole compressed message.
std::string whole_lines(const std::vector<std::pair<std::string, std::string>>& payloads_and_texts)
{
    std::string lines;
    for (const auto& [payload, text] : payloads_and_texts)
        lines += text_line(text, client_frame(0xc1, payload).size());
    return lines;
}

/// 1 GiB of zeros as one payload: each repetition says the same 1 MiB once more.
std::string bomb()
{
    PeerDeflater peer(15, 9);
    const std::string zeros(1U << 20U, '\0');
    const std::string first = peer.run(zeros, Z_SYNC_FLUSH);
    const std::string again = peer.run(zeros, Z_SYNC_FLUSH);
    std::string payload = first;
    for (int i = 1; i < 1024; ++i)
        payload += again;
    payload.resize(payload.size() - 4);
    return payload;
}

} // namespace

class DeflateDecodeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void breaks_at_the_byte_that_makes_it_certain_data();
    void breaks_at_the_byte_that_makes_it_certain();
    void obeys_the_oracle_for_all_first_two_bytes();
    void keeps_the_client_window_only_where_that_was_agreed_on();
    void plain_messages_are_no_part_of_the_window();
    void random_payloads_never_do_harm();
    void stops_a_bomb_at_the_limit();
    void the_limit_counts_what_comes_out_data();
    void the_limit_counts_what_comes_out();
    void a_new_limit_holds_from_the_next_frame_on();
    void tells_how_large_a_message_was_on_the_wire();
    void gives_back_what_a_message_needed();
    void waits_when_the_turn_may_inflate_no_more();
};

void DeflateDecodeTest::reads_data()
{
    QTest::addColumn<bool>("takeover");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("transcript");
    const auto row = [](const char* name, bool takeover, const std::string& input, const std::string& lines) {
        QTest::newRow(name) << takeover << bytes_of(input) << bytes_of(lines);
    };
    const std::string hello = from_hex("f248cdc9c90700");
    const auto one = [&](const char* name, const std::string& payload, const std::string& text) {
        row(name, false, client_frame(0xc1, payload, "abcd"), whole_lines({{payload, text}}));
        row((std::string(name) + ", again behind it").c_str(), true,
            client_frame(0xc1, payload) + client_frame(0xc1, hello),
            whole_lines({{payload, text}, {hello, "Hello"}}));
    };
    one("RFC 7692 7.2.3.1 one block", hello, "Hello");
    row("RFC 7692 7.2.3.1 in two frames", false,
        client_frame(0x41, from_hex("f248cd")) + client_frame(0x80, from_hex("c9c90700")),
        text_line("Hello", 9 + 10, 2));
    row("RFC 7692 7.2.3.2 sharing the window", true,
        client_frame(0xc1, hello) + client_frame(0xc1, from_hex("f200110000")),
        whole_lines({{hello, "Hello"}, {from_hex("f200110000"), "Hello"}}));
    row("RFC 7692 7.2.3.2 and not using it", true, client_frame(0xc1, hello) + client_frame(0xc1, hello),
        whole_lines({{hello, "Hello"}, {hello, "Hello"}}));
    one("RFC 7692 7.2.3.3 a block without compression", from_hex("000500faff48656c6c6f00"), "Hello");
    one("DF-13 RFC 7692 7.2.3.4 a final block", from_hex("f348cdc9c9070000"), "Hello");
    one("RFC 7692 7.2.3.5 two blocks", from_hex("f248050000 00ffffcac9c90700"), "Hello");
    one("RFC 7692 7.2.3.6 an empty message", from_hex("00"), "");
    one("DF-13 a final block and another block", from_hex("f348cdc9c90700") + hello, "HelloHello");
    one("DF-13 final blocks only", from_hex("f348cdc9c90700f348cdc9c90700"), "HelloHello");
    one("DF-13 a final block at the very end", from_hex("f348cdc9c90700"), "Hello");
    one("DF-13 a final empty block of no use", from_hex("0300") + hello, "Hello");
    one("DF-13 the tail left in place", hello + from_hex("0000ffff"), "Hello");
    one("no bytes at all", "", "");
    const std::string abc = "abcabcabcabcabcabcabcabc";
    row("DF-16 fragments with pings between", false,
        client_frame(0x41, deflated(abc).substr(0, 2)) + client_frame(0x89, "one")
            + client_frame(0x00, deflated(abc).substr(2, 3)) + client_frame(0x8a, "two")
            + client_frame(0x80, deflated(abc).substr(5)),
        RecordingSink::control_line("ping", "one", 9) + RecordingSink::control_line("pong", "two", 9)
            + text_line(abc, 18 + deflated(abc).size(), 3));
    row("DF-16 empty frames around", false,
        client_frame(0x41, "") + client_frame(0x00, hello) + client_frame(0x00, "") + client_frame(0x80, ""),
        text_line("Hello", 24 + hello.size(), 4));
    row("DF-16 compressed and plain messages", false,
        client_frame(0xc1, hello) + client_frame(0x81, "plain") + client_frame(0x41, hello.substr(0, 1))
            + client_frame(0x80, hello.substr(1)) + client_frame(0x01, "pl") + client_frame(0x80, "ain")
            + client_frame(0xc1, hello),
        text_line("Hello", 13) + text_line("plain", 11) + text_line("Hello", 19, 2)
            + text_line("plain", 17, 2) + text_line("Hello", 13));
    std::string long_text;
    for (int i = 0; long_text.size() < 100'000; ++i)
        long_text += std::to_string(i * i) + " \xe2\x82\xac ";
    const std::string long_payload = deflated(long_text);
    row("a long text", false, client_frame(0xc1, long_payload, "\x01\xff\x80\x10"),
        text_line(long_text, client_frame(0xc1, long_payload).size()));
    row("binary that is no text", false, client_frame(0xc2, deflated("\xff\xfe\xfd")),
        RecordingSink::message_line(
            MessageKind::binary, "\xff\xfe\xfd", client_frame(0xc2, deflated("\xff\xfe\xfd")).size(), 1));
    for (int bits = 9; bits <= 15; ++bits) {
        const std::string payload = deflated(long_text, bits);
        row(("DF-05 a window of " + std::to_string(bits)).c_str(), false, client_frame(0xc1, payload),
            text_line(long_text, client_frame(0xc1, payload).size()));
    }
    row("a close behind it", false, client_frame(0xc1, hello) + client_frame(0x88, "\x03\xe8"),
        text_line("Hello", 13) + RecordingSink::control_line("close 1000", "", 8));
}

void DeflateDecodeTest::reads()
{
    QFETCH(bool, takeover);
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, transcript);
    const auto make = server_with(takeover ? with_takeover : without_takeover);
    QCOMPARE(bytes_of(decode_whole(make, input.toStdString()).transcript), transcript);
    QCOMPARE(difference_between_choppings(make, input.toStdString()), std::string());
}

void DeflateDecodeTest::refuses_data()
{
    QTest::addColumn<bool>("takeover");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("code");
    QTest::addColumn<CloseCause>("cause");
    const auto row
        = [](const char* name, const std::string& input, int code, CloseCause cause, bool takeover = false) {
              QTest::newRow(name) << takeover << bytes_of(input) << code << cause;
          };
    const auto protocol = CloseCause::protocol_violation;
    const auto broken = CloseCause::invalid_deflate;
    const std::string hello = from_hex("f248cdc9c90700");
    row("DF-07 RSV1 on a continuation",
        client_frame(0x41, hello.substr(0, 3)) + client_frame(0xc0, hello.substr(3)), 1002, protocol);
    row("DF-07 RSV1 on the continuation of a plain message",
        client_frame(0x01, "a") + client_frame(0xc0, hello), 1002, protocol);
    row("DF-07 RSV1 on a continuation of nothing", client_frame(0xc0, hello), 1002, protocol);
    row("DF-07 RSV1 on a ping", client_frame(0xc9, ""), 1002, protocol);
    row("DF-07 RSV1 on a pong", client_frame(0xca, ""), 1002, protocol);
    row("DF-07 RSV1 on a close", client_frame(0xc8, ""), 1002, protocol);
    row("RSV1 on a reserved opcode", client_frame(0xc3, ""), 1002, protocol);
    for (const unsigned rsv : {0x20U, 0x10U, 0x30U, 0x60U, 0x50U, 0x70U})
        row(("reserved bits " + std::to_string(rsv)).c_str(), client_frame(0x81 | rsv, hello), 1002,
            protocol);
    row("DF-11 no DEFLATE data", client_frame(0xc1, "\xff\xff\xff\xff\xff"), 1007, broken);
    row("DF-11 a block of the reserved kind", client_frame(0xc2, "\x07"), 1007, broken);
    row("DF-11 a stored block of two lengths", client_frame(0xc2, from_hex("000500faf0")), 1007, broken);
    row("cut in the middle of a code", client_frame(0xc1, hello.substr(0, 4)), 1007, broken);
    row("cut in the middle of a stored block", client_frame(0xc2, from_hex("000a00f5ff48")), 1007, broken);
    row("cut in the middle of the code tables", client_frame(0xc2, from_hex("05e0")), 1007, broken);
    row("DF-14 a reference into the message before",
        client_frame(0xc1, hello) + client_frame(0xc1, from_hex("f200110000")), 1007, broken);
    row("DF-14 a reference to before the first message", client_frame(0xc1, from_hex("f200110000")), 1007,
        broken, true);
    row("DF-14 a reference across a final block",
        client_frame(0xc1, from_hex("f348cdc9c90700") + from_hex("f200110000")), 1007, broken);
    row("UT-05 invalid UTF-8", client_frame(0xc1, deflated("abc\xff")), 1007, CloseCause::invalid_utf8);
    row("UT-05 a surrogate", client_frame(0xc1, deflated("\xed\xa0\x80")), 1007, CloseCause::invalid_utf8);
    row("UT-05 half a character", client_frame(0xc1, deflated("abc\xe2\x82")), 1007,
        CloseCause::invalid_utf8);
    row("UT-05 half a character between fragments is fine, at the end it is not",
        client_frame(0x41, deflated("\xe2\x82\xac\xe2").substr(0, 3))
            + client_frame(0x80, deflated("\xe2\x82\xac\xe2").substr(3)),
        1007, CloseCause::invalid_utf8);
    row("a wrong text before wrong data", client_frame(0xc1, from_hex("000200fdffff41") + from_hex("07")),
        1007, CloseCause::invalid_utf8);
}

void DeflateDecodeTest::refuses()
{
    QFETCH(bool, takeover);
    QFETCH(QByteArray, input);
    QFETCH(int, code);
    QFETCH(CloseCause, cause);
    const auto make = server_with(takeover ? with_takeover : without_takeover);
    const Decoded decoded = decode_whole(make, input.toStdString());
    QVERIFY2(decoded.transcript.ends_with(RecordingSink::violation_line(static_cast<std::uint16_t>(code))),
        decoded.transcript.c_str());
    QCOMPARE(decoded.violation.cause, cause);
    QCOMPARE(decoded.partial_bytes, std::uint64_t{0});
    QCOMPARE(difference_between_choppings(make, input.toStdString()), std::string());
}

void DeflateDecodeTest::breaks_at_the_byte_that_makes_it_certain_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("bytes");
    const auto row = [](const char* name, const std::string& input, int bytes) {
        QTest::newRow(name) << bytes_of(input) << bytes;
    };
    row("DF-07 RSV1 on a ping, at the first byte", client_frame(0xc9, "abc"), 1);
    row("DF-07 RSV1 on a continuation, at the first byte",
        client_frame(0x41, "\xf2") + client_frame(0x80 | 0x40, "abc"), 8);
    // A stored block shows its bytes one by one: "a", then what no text holds.
    row("UT-05 invalid UTF-8 in the middle of a frame",
        client_frame(0xc1, from_hex("000a00f5ff 61ff") + std::string(8, 'x') + std::string(1, '\0')), 6 + 7);
    row("the reserved kind of block, at its first byte", client_frame(0xc2, "\x07xxxxxxxx"), 7);
    // 300 zeros in a few bytes: the limit of 256 is passed long before the frame's end.
    QTest::newRow("the limit") << bytes_of(
        client_frame(0xc2, deflated(std::string(300, '\0')) + std::string(20, '\0')))
                               << -1;
}

void DeflateDecodeTest::breaks_at_the_byte_that_makes_it_certain()
{
    QFETCH(QByteArray, input);
    QFETCH(int, bytes);
    const Decoded decoded = decode_bytewise(server_with(without_takeover, {256, 100}), input.toStdString());
    QVERIFY(decoded.violation_at.has_value());
    if (bytes >= 0) {
        QCOMPARE(static_cast<int>(*decoded.violation_at), bytes);
    } else {
        QCOMPARE(decoded.violation.code, std::uint16_t{1009});
        QVERIFY(*decoded.violation_at < static_cast<std::size_t>(input.size()) - 20);
    }
}

void DeflateDecodeTest::obeys_the_oracle_for_all_first_two_bytes()
{
    // FR-05 with the extension: RSV1 is fine on the first frame of a data message and nowhere else.
    int mismatches = 0;
    const auto make = server_with(without_takeover);
    for (const std::string& before : {std::string(), client_frame(0x01, "x"), client_frame(0x41, "")}) {
        for (unsigned header = 0; header < 65536; ++header) {
            const unsigned first = header >> 8U;
            const unsigned second = header & 0xffU;
            const unsigned opcode = first & 0xfU;
            const unsigned length = second & 0x7fU;
            const bool fin = (first & 0x80U) != 0;
            const bool opens = opcode == 1 || opcode == 2;
            const unsigned rsv = first >> 4U & 7U;
            const bool is_control = opcode >= 8;
            const bool is_refused = (rsv != 0 && !(rsv == 4 && opens)) || (opcode >= 3 && opcode <= 7)
                || opcode >= 11 || (is_control && (!fin || length > 125)) || (second & 0x80U) == 0
                || (before.empty() ? opcode == 0 : opens) || (opcode == 8 && length == 1);
            std::string input = before;
            input.push_back(static_cast<char>(first));
            input.push_back(static_cast<char>(second));
            if (length >= 126)
                input += from_hex(length == 126 ? "007e" : "0000000000010000");
            input += from_hex("00000000");
            const Decoded decoded = decode_whole(make, input);
            if ((decoded.transcript == RecordingSink::violation_line(1002)) != is_refused)
                ++mismatches;
        }
    }
    QCOMPARE(mismatches, 0);
}

void DeflateDecodeTest::keeps_the_client_window_only_where_that_was_agreed_on()
{
    const std::string text = "a text that comes again and again, so that the window is worth something";
    PeerDeflater peer;
    std::string input, lines;
    for (int i = 0; i < 5; ++i) {
        const std::string payload = peer.message(text);
        QVERIFY(i == 0 || payload.size() < 10);
        input += client_frame(0xc1, payload);
        lines += text_line(text, client_frame(0xc1, payload).size());
    }
    // Both directions are agreed on apart from each other.
    for (const bool server : {false, true}) {
        QCOMPARE(decode_whole(server_with({server, false, 15, 15}), input).transcript, lines);
        const Decoded decoded = decode_whole(server_with({server, true, 15, 15}), input);
        QVERIFY(decoded.transcript.ends_with(RecordingSink::violation_line(1007)));
        QCOMPARE(decoded.violation.cause, CloseCause::invalid_deflate);
    }
}

void DeflateDecodeTest::plain_messages_are_no_part_of_the_window()
{
    PeerDeflater peer;
    const std::string text = "some text that is long enough to be worth a reference";
    const std::string first = peer.message(text);
    const std::string second = peer.message(text);
    const auto make = server_with(with_takeover);
    QCOMPARE(decode_whole(make,
                 client_frame(0xc1, first) + client_frame(0x81, "something else") + client_frame(0x89, "x")
                     + client_frame(0xc1, second))
                 .transcript,
        text_line(text, 6 + first.size()) + text_line("something else", 20)
            + RecordingSink::control_line("ping", "x", 7) + text_line(text, 6 + second.size()));
}

void DeflateDecodeTest::random_payloads_never_do_harm()
{
    // DF-11, DF-13: whatever the bytes, the same in every chopping, and 1007 or a message.
    std::mt19937 random(7692);
    int broken = 0;
    for (int turn = 0; turn < 3'000; ++turn) {
        std::string payload;
        if (turn % 2 == 0) {
            for (auto size = 1 + random() % 40; size > 0; --size)
                payload.push_back(static_cast<char>(random()));
        } else {
            std::string text;
            for (int i = 0; i < 30; ++i)
                text += static_cast<char>('a' + random() % 3);
            payload = PeerDeflater(15, 6, turn % 3 == 0 ? Z_FIXED : Z_DEFAULT_STRATEGY).message(text);
            payload[random() % payload.size()] ^= static_cast<char>(1U << random() % 8);
        }
        const unsigned first = random() % 2 == 0 ? 0xc1 : 0xc2;
        const std::string input = client_frame(first, payload) + client_frame(first, deflated("and then"));
        const auto make = server_with(turn % 5 == 0 ? with_takeover : without_takeover);
        const Decoded whole = decode_whole(make, input);
        const Decoded bytewise = decode_bytewise(make, input);
        QCOMPARE(whole.transcript, bytewise.transcript);
        QCOMPARE(whole.violation.what, bytewise.violation.what);
        QCOMPARE(whole.fault, std::string());
        if (whole.violation_at) {
            ++broken;
            QCOMPARE(whole.violation.code, std::uint16_t{1007});
        }
    }
    QVERIFY(broken > 500 && broken < 3'000);
}

void DeflateDecodeTest::stops_a_bomb_at_the_limit()
{
    // DF-08
    const std::string input = client_frame(0xc2, bomb());
    QVERIFY(input.size() < 2U << 20U);
    constexpr std::uint64_t limit = 16U << 20U;
    const auto codec = server_with(without_takeover, {limit, 100})();
    RecordingSink sink;
    std::vector<std::byte> bytes(as_bytes(input).begin(), as_bytes(input).end());
    forget_peak_memory();
    const std::uint64_t before = peak_memory();
    std::size_t fed = 0;
    while (fed < bytes.size() && !sink.is_broken) {
        const auto part = std::span(bytes).subspan(fed, std::min<std::size_t>(65'536, bytes.size() - fed));
        QCOMPARE(codec->decode(part, sink), part.size());
        fed += part.size();
        QVERIFY(codec->partial_bytes() <= limit + 100'000);
    }
    QCOMPARE(sink.transcript, RecordingSink::violation_line(1009));
    QCOMPARE(sink.violation.cause, CloseCause::message_too_big);
    QVERIFY2(fed < 64'000U + input.size() / 32, "it goes on behind the limit");
    QCOMPARE(codec->partial_bytes(), std::uint64_t{0});
#if !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
    const std::uint64_t grown = peak_memory() - before;
    QVERIFY2(grown < limit + (2U << 20U), std::to_string(grown).c_str());
#endif
}

void DeflateDecodeTest::the_limit_counts_what_comes_out_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("compressible");
    for (const int size : {0, 1, 99, 100, 101, 102, 1'000, 100'000}) {
        QTest::newRow(("zeros " + std::to_string(size)).c_str()) << size << true;
        QTest::newRow(("noise " + std::to_string(size)).c_str()) << size << false;
    }
}

void DeflateDecodeTest::the_limit_counts_what_comes_out()
{
    QFETCH(int, size);
    QFETCH(bool, compressible);
    std::string text(static_cast<std::size_t>(size), '\0');
    std::mt19937 random(5);
    if (!compressible)
        std::ranges::generate(text, [&] { return static_cast<char>(random()); });
    // The compressed form of noise is longer than the noise, and that is fine.
    const std::string payload = deflated(text);
    for (const std::uint64_t limit : {std::uint64_t{100}, std::uint64_t{1'000}}) {
        const auto make = server_with(without_takeover, {limit, 100});
        const std::string input = client_frame(0xc2, payload);
        const Decoded decoded = decode_whole(make, input);
        if (static_cast<std::uint64_t>(size) <= limit)
            QCOMPARE(
                decoded.transcript, RecordingSink::message_line(MessageKind::binary, text, input.size(), 1));
        else
            QCOMPARE(decoded.transcript, RecordingSink::violation_line(1009));
        if (input.size() < 2'000)
            QCOMPARE(difference_between_choppings(make, input), std::string());
        // The same in frames of one byte.
        std::string chopped;
        for (std::size_t at = 0; at < payload.size(); ++at)
            chopped += client_frame(
                (at == 0 ? 0x42U : 0U) | (at + 1 == payload.size() ? 0x80U : 0U), payload.substr(at, 1));
        const Decoded in_frames = decode_whole(server_with(without_takeover, {limit, 1'000'000}), chopped);
        QCOMPARE(in_frames.violation.code == 1009 && in_frames.violation_at,
            static_cast<std::uint64_t>(size) > limit);
    }
    // A flood of empty blocks, which say nothing: it does not go on for ever either.
    std::string nothing;
    for (int i = 0; i < 2'000; ++i)
        nothing += from_hex("000000ffff");
    const Decoded decoded
        = decode_whole(server_with(without_takeover, {1'000, 100}), client_frame(0xc2, nothing));
    QCOMPARE(decoded.transcript, RecordingSink::violation_line(1009));
}

void DeflateDecodeTest::a_new_limit_holds_from_the_next_frame_on()
{
    DeflateCodec codec(Role::server, without_takeover, {}, {1'000, 100});
    RecordingSink sink;
    const auto feed
        = [&](std::string bytes) { codec.decode(std::as_writable_bytes(std::span(bytes)), sink); };
    const std::string payload = deflated(std::string(500, 'a'));
    const std::string frame = client_frame(0xc1, payload);
    feed(frame.substr(0, 8));
    codec.set_limits({100, 100});
    feed(frame.substr(8));
    QCOMPARE(sink.transcript, text_line(std::string(500, 'a'), frame.size()));
    feed(frame);
    QVERIFY(sink.transcript.ends_with(RecordingSink::violation_line(1009)));
}

void DeflateDecodeTest::tells_how_large_a_message_was_on_the_wire()
{
    const std::string payload = deflated(std::string(5'000, 'a'));
    const std::string input = client_frame(0xc1, payload) + client_frame(0x81, "plain")
        + client_frame(0x41, payload.substr(0, 5)) + client_frame(0x80, payload.substr(5));
    for (const bool in_fragments : {false, true}) {
        DeflateCodec codec(Role::server, without_takeover);
        RecordingSink sink;
        sink.takes_fragments = in_fragments;
        std::string bytes = input;
        codec.decode(std::as_writable_bytes(std::span(bytes)), sink);
        QCOMPARE(sink.compressed, (std::vector<std::uint64_t>{payload.size(), 0, payload.size()}));
    }
}

void DeflateDecodeTest::gives_back_what_a_message_needed()
{
    DeflateCodec codec(Role::server, without_takeover);
    RecordingSink sink;
    const auto feed
        = [&](std::string bytes) { codec.decode(std::as_writable_bytes(std::span(bytes)), sink); };
    QCOMPARE(codec.partial_bytes(), std::uint64_t{0});
    const std::string frame = client_frame(0xc1, deflated("hello hello hello"));
    feed(frame.substr(0, 9));
    QVERIFY2(codec.partial_bytes() > Inflater::memory, "a decompressor is lent to a message under way");
    feed(frame.substr(9));
    QCOMPARE(codec.partial_bytes(), std::uint64_t{0});
    QVERIFY(codec.pool().holds_any());
    codec.pool().begin_turn(TimePoint(std::chrono::minutes(2)));
    codec.pool().release_idle(TimePoint(std::chrono::minutes(1)));
    QVERIFY(!codec.pool().holds_any());
    feed(frame.substr(0, 9));
    feed(frame.substr(9));
    QCOMPARE(sink.transcript,
        text_line("hello hello hello", frame.size()) + text_line("hello hello hello", frame.size()));
}

void DeflateDecodeTest::waits_when_the_turn_may_inflate_no_more()
{
    // DF-10: each of these becomes 1 MiB.
    const std::string text(1U << 20U, 'a');
    const std::string frame = client_frame(0xc1, deflated(text));
    std::string input = client_frame(0x89, "first");
    for (int i = 0; i < 5; ++i)
        input += frame + client_frame(0x89, std::to_string(i));
    DeflateCodec codec(Role::server, without_takeover);
    RecordingSink sink;
    std::size_t fed = 0;
    std::size_t least = ~std::size_t{0};
    int turns = 0;
    for (; fed < input.size(); ++turns) {
        QVERIFY(turns < 100);
        codec.pool().begin_turn({}, 256U << 10U);
        const std::string before = sink.transcript;
        const std::size_t taken = codec.decode(std::as_writable_bytes(std::span(input)).subspan(fed), sink);
        QVERIFY(taken > 0);
        least = std::min(least, taken);
        fed += taken;
        // What cannot go on asks for nothing, and takes nothing more.
        if (fed < input.size() && !codec.pool().may_inflate())
            QVERIFY(codec.decode(std::as_writable_bytes(std::span(input)).subspan(fed), sink) == 0);
    }
    QVERIFY2(turns >= 12, std::to_string(turns).c_str());
    std::string expected = RecordingSink::control_line("ping", "first", 11);
    for (int i = 0; i < 5; ++i)
        expected += text_line(text, frame.size()) + RecordingSink::control_line("ping", std::to_string(i), 7);
    QCOMPARE(sink.transcript, expected);
}

QTEST_GUILESS_MAIN(DeflateDecodeTest)
#include "deflate_decode_test.moc"
