#include "support/codec_harness.h"
#include "websocket/rfc6455_codec.h"

#include <QTest>

#include <array>
#include <bit>
#include <string_view>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

/// The first bytes that may stand there, written out from RFC 6455 sections 5.2, 5.4 and 5.5: a data frame
/// with or without FIN, a control frame with FIN, no reserved bit, no reserved opcode.
constexpr std::string_view legal_first_idle("\x01\x02\x81\x82\x88\x89\x8a", 7);
constexpr std::string_view legal_first_in_message("\x00\x80\x88\x89\x8a", 5);

/// Where a stream may be when the next frame begins.
struct State {
    const char* name;
    std::string_view frames; ///< first byte and payload of the frames before, "81x|89p"; the first in hex
    bool in_message;
    bool is_text; ///< of the message under way
    std::uint64_t message_bytes; ///< of the message under way
    std::uint32_t message_frames;
};
constexpr std::array<State, 8> states{{
    {"idle", "", false, false, 0, 0},
    {"after a message", "81x", false, false, 0, 0},
    {"after a fragmented message and a ping", "02x|80y|89p", false, false, 0, 0},
    {"in a text", "01x", true, true, 1, 1},
    {"in a binary", "02x", true, false, 1, 1},
    {"in a text, after a ping", "01x|89p", true, true, 1, 1},
    {"in a binary, after a ping", "02x|89p", true, false, 1, 1},
    {"in a text, its third fragment, after a pong", "01x|00yy|8a", true, true, 3, 2},
}};

enum class Peer { server, client, hybi07, hybi10 }; // who decodes

std::unique_ptr<MessageCodec> codec_of(Peer peer, const CodecLimits& limits = {})
{
    switch (peer) {
    case Peer::client:
        return std::make_unique<Rfc6455Codec>(limits, system_masking_keys());
    case Peer::hybi07:
        return std::make_unique<Rfc6455Codec>(limits, Dialect::hybi07);
    case Peer::hybi10:
        return std::make_unique<Rfc6455Codec>(limits, Dialect::hybi10);
    default:
        return std::make_unique<Rfc6455Codec>(limits);
    }
}

/// Keeps the last call only: these tests decode millions of headers.
class LastCall final : public MessageSink {
public:
    enum What { nothing, text, binary, ping, pong, close, violation };
    int calls = 0;
    What what = nothing;
    std::uint64_t size = 0;
    std::uint32_t frames = 0;
    std::uint16_t code = 0;

    void on_message(MessageKind kind, std::span<const std::byte> payload, const WireFacts& facts) override
    {
        tell(kind == MessageKind::text ? text : binary, payload.size());
        frames = facts.frames;
    }
    void on_ping(std::span<const std::byte> payload, const WireFacts&) override
    {
        tell(ping, payload.size());
    }
    void on_pong(std::span<const std::byte> payload, const WireFacts&) override
    {
        tell(pong, payload.size());
    }
    void on_close(std::optional<std::uint16_t>, std::string_view reason, const WireFacts&) override
    {
        tell(close, reason.size());
    }
    void on_violation(const Violation& told) override
    {
        tell(violation, 0);
        code = told.code;
    }
    [[nodiscard]] bool is_paused() const override { return false; }
    void forget()
    {
        calls = 0;
        what = nothing;
    }

private:
    void tell(What told, std::size_t bytes)
    {
        ++calls;
        what = told;
        size = bytes;
    }
};

void feed(MessageCodec& codec, LastCall& sink, std::string_view bytes)
{
    static std::vector<std::byte> copy;
    copy.assign(as_bytes(bytes).begin(), as_bytes(bytes).end());
    codec.decode(copy, sink);
}

/// The frames of `state` as the peer of `peer` sends them.
std::string before(const State& state, Peer peer)
{
    std::string bytes;
    std::string_view rest = state.frames;
    while (!rest.empty()) {
        const std::string_view frame = rest.substr(0, rest.find('|'));
        rest.remove_prefix(std::min(rest.size(), frame.size() + 1));
        const auto first = static_cast<unsigned char>(from_hex(frame.substr(0, 2))[0]);
        const std::string_view payload = frame.substr(2);
        bytes += peer == Peer::client ? server_frame(first, payload) : client_frame(first, payload);
    }
    return bytes;
}

std::string big_endian(std::uint64_t value, int bytes)
{
    std::string text;
    for (int i = bytes - 1; i >= 0; --i)
        text.push_back(static_cast<char>(value >> static_cast<unsigned>(8 * i) & 0xffU));
    return text;
}

/// How many bytes of a header it takes to know that it is illegal: 1 or 2; 0 when it is legal.
int illegal_after(const State& state, Peer peer, unsigned first, unsigned second)
{
    const auto legal = state.in_message ? legal_first_in_message : legal_first_idle;
    if (legal.find(static_cast<char>(first)) == std::string_view::npos)
        return 1;
    const unsigned lowest = peer == Peer::client ? 0x00 : 0x80; // section 5.1: a client masks, a server never
    unsigned highest = lowest + 127;
    if (first >= 0x88)
        highest = lowest + 125; // section 5.5
    if (second < lowest || second > highest)
        return 2;
    return first == 0x88 && second == lowest + 1 ? 2 : 0; // section 5.5.1: a code has two bytes
}

} // namespace

/// Every first two bytes of a frame in every state and for every decoder, and every length behind them.
class FrameHeadersExhaustiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judges_all_first_two_bytes_in_every_state_data();
    void judges_all_first_two_bytes_in_every_state();
    void judges_all_lengths_in_16_bits_data();
    void judges_all_lengths_in_16_bits();
    void judges_lengths_around_every_power_of_two_in_64_bits_data();
    void judges_lengths_around_every_power_of_two_in_64_bits();
};

void FrameHeadersExhaustiveTest::judges_all_first_two_bytes_in_every_state_data()
{
    QTest::addColumn<int>("peer");
    QTest::addColumn<int>("state");
    for (int i = 0; i < int(states.size()); ++i) {
        QTest::addRow("FR-05 server, %s", states[i].name) << int(Peer::server) << i;
        QTest::addRow("FR-05 client, %s", states[i].name) << int(Peer::client) << i;
    }
    // The drafts' headers obey the same rules; two states are enough to see that nothing was lost.
    for (const int i : {0, 5}) {
        QTest::addRow("FR-05 hybi-07, %s", states[i].name) << int(Peer::hybi07) << i;
        QTest::addRow("FR-05 hybi-10, %s", states[i].name) << int(Peer::hybi10) << i;
    }
}

void FrameHeadersExhaustiveTest::judges_all_first_two_bytes_in_every_state()
{
    QFETCH(int, peer);
    QFETCH(int, state);
    const State& from = states[state];
    const auto who = static_cast<Peer>(peer);
    const std::string prologue = before(from, who);
    const std::string key = who == Peer::client ? "" : std::string("k\x80\x01\xff", 4);
    const std::string last_fragment
        = who == Peer::client ? server_frame(0x80, "") : client_frame(0x80, "", "abcd");

    int mismatches = 0;
    int legal = 0;
    const auto expect = [&](bool holds, unsigned header, const char* what) {
        if (!holds && ++mismatches <= 10)
            qWarning("%04x: %s", header, what);
        return holds;
    };
    for (unsigned header = 0; header < 65536; ++header) {
        const unsigned first = header >> 8U;
        const unsigned second = header & 0xffU;
        const int fault_at = illegal_after(from, who, first, second);
        const auto codec = codec_of(who);
        LastCall sink;
        feed(*codec, sink, prologue);
        sink.forget();
        feed(*codec, sink, std::string(1, static_cast<char>(first)));
        if (!expect((sink.what == LastCall::violation) == (fault_at == 1), header, "at its first byte"))
            continue;
        feed(*codec, sink, std::string(1, static_cast<char>(second)));
        if (!expect((sink.what == LastCall::violation) == (fault_at != 0), header, "at its second byte"))
            continue;
        if (fault_at != 0) {
            expect(
                sink.code == 1002 && sink.calls == 1 && codec->partial_bytes() == 0, header, "how it fails");
            continue;
        }

        // Legal: its smallest payload, then what state the stream is in.
        ++legal;
        const unsigned field = second & 0x7fU;
        const std::uint64_t length = field < 126 ? field : field == 126 ? 126 : 65536;
        std::string rest = field == 126 ? big_endian(length, 2) : field == 127 ? big_endian(length, 8) : "";
        rest += key;
        if (length > 1) { // nothing may be told before the payload is here
            feed(*codec, sink, rest);
            rest.clear();
            expect(sink.calls == 0, header, "tells something of a header alone");
        }
        std::string payload(static_cast<std::size_t>(length), 'a');
        if (first == 0x88 && length >= 2)
            payload.replace(0, 2, "\x03\xe8");
        for (std::size_t i = 0; i < payload.size() && !key.empty(); ++i)
            payload[i] = static_cast<char>(payload[i] ^ key[i % 4]);
        feed(*codec, sink, rest + payload);

        const bool is_control = first >= 0x88;
        const bool fin = first >= 0x80;
        const bool continues = !is_control && (first & 0x0fU) == 0;
        const bool is_text = continues ? from.is_text : (first & 0x0fU) == 1;
        const auto data = is_text ? LastCall::text : LastCall::binary;
        if (is_control) {
            const auto told = first == 0x88 ? LastCall::close
                : first == 0x89             ? LastCall::ping
                                            : LastCall::pong;
            const std::uint64_t size = first == 0x88 && length >= 2 ? length - 2 : length;
            expect(sink.calls == 1 && sink.what == told && sink.size == size, header, "a control frame");
        } else if (fin) {
            expect(sink.calls == 1 && sink.what == data && sink.size == from.message_bytes + length
                    && sink.frames == from.message_frames + 1,
                header, "the end of a message");
        } else {
            expect(sink.calls == 0, header, "a fragment");
        }

        sink.forget();
        feed(*codec, sink, last_fragment);
        const bool in_message_now = is_control ? from.in_message : !fin;
        if (first == 0x88)
            expect(sink.calls == 0 && codec->partial_bytes() == 0, header, "something after a Close");
        else if (!in_message_now)
            expect(sink.what == LastCall::violation && sink.code == 1002, header, "believes in a message");
        else
            expect(sink.calls == 1
                    && sink.what == (is_control ? (from.is_text ? LastCall::text : LastCall::binary) : data)
                    && sink.size == from.message_bytes + (is_control ? 0 : length),
                header, "has lost a message");
    }
    QCOMPARE(mismatches, 0);
    // Counted by hand: 128 lengths for each of 4 or 2 data frames, 126 each of ping and pong, 125 of close.
    QCOMPARE(legal, (from.in_message ? 2 : 4) * 128 + 2 * 126 + 125);
}

void FrameHeadersExhaustiveTest::judges_all_lengths_in_16_bits_data()
{
    QTest::addColumn<int>("peer");
    for (const auto& [name, peer] : {std::pair("server", Peer::server), std::pair("client", Peer::client),
             std::pair("hybi-07", Peer::hybi07), std::pair("hybi-10", Peer::hybi10)})
        QTest::newRow(name) << int(peer);
}

void FrameHeadersExhaustiveTest::judges_all_lengths_in_16_bits()
{
    QFETCH(int, peer);
    const auto who = static_cast<Peer>(peer);
    const bool is_draft = who == Peer::hybi07 || who == Peer::hybi10;
    constexpr std::uint64_t limit = 40'000;
    const std::string key = who == Peer::client ? "" : "abcd";
    int mismatches = 0;
    for (const State& state : {states[0], states[4]}) {
        const std::string prologue = before(state, who);
        for (std::uint64_t length = 0; length < 65536; ++length) {
            const auto codec = codec_of(who, {limit, 1'000});
            LastCall sink;
            feed(*codec, sink, prologue);
            std::string header(1, state.in_message ? '\x80' : '\x82');
            header += who == Peer::client ? '\x7e' : '\xfe';
            header += big_endian(length, 2);
            feed(*codec, sink, header.substr(0, 3));
            const bool early = sink.calls != 0;
            feed(*codec, sink, header.substr(3));
            // Section 5.2: the shortest form, which the drafts do not ask for; then the limit. Both are known
            // with the last byte of the length.
            const bool too_long_form = !is_draft && length < 126;
            const std::uint16_t code = too_long_form ? 1002 : length > limit - state.message_bytes ? 1009 : 0;
            const bool is_right = code == 0 ? sink.calls == 0 : sink.calls == 1 && sink.code == code;
            feed(*codec, sink, key);
            // A length is believed only as far as bytes have come; an empty message may be told by now.
            const bool is_frugal = codec->partial_bytes() < 4096;
            if ((early || !is_right || !is_frugal) && ++mismatches <= 10)
                qWarning("%s, length %u: code %u", state.name, unsigned(length), unsigned(sink.code));
        }
    }
    QCOMPARE(mismatches, 0);
}

void FrameHeadersExhaustiveTest::judges_lengths_around_every_power_of_two_in_64_bits_data()
{
    judges_all_lengths_in_16_bits_data();
}

void FrameHeadersExhaustiveTest::judges_lengths_around_every_power_of_two_in_64_bits()
{
    QFETCH(int, peer);
    const auto who = static_cast<Peer>(peer);
    const bool is_draft = who == Peer::hybi07 || who == Peer::hybi10;
    std::vector<std::uint64_t> lengths{0, 125, 126, 127, 0xfffe, 0xffff, 0x10000, 0x10001};
    for (unsigned bit = 0; bit < 64; ++bit) {
        const std::uint64_t power = std::uint64_t{1} << bit;
        for (const std::uint64_t length :
            {power - 1, power, power + 1, power | power >> 1U, ~power, 0 - power})
            lengths.push_back(length);
    }
    for (const std::uint64_t limit : {std::uint64_t{1} << 10U, std::uint64_t{16} << 20U,
             (std::uint64_t{16} << 20U) + 3, std::uint64_t{1} << 30U}) {
        for (const State& state : states) {
            for (const std::uint64_t length : lengths) {
                const auto codec = codec_of(who, {limit, 1'000});
                LastCall sink;
                feed(*codec, sink, before(state, who));
                sink.forget();
                std::string header(1, state.in_message ? '\x00' : '\x01');
                header += who == Peer::client ? '\x7f' : '\xff';
                header += big_endian(length, 8);
                feed(*codec, sink, header.substr(0, 9));
                QCOMPARE(sink.calls, 0);
                feed(*codec, sink, header.substr(9));
                std::uint16_t code = 0;
                if (std::countl_zero(length) == 0 || (!is_draft && length <= 0xffff))
                    code = 1002;
                else if (length > limit - state.message_bytes)
                    code = 1009;
                QCOMPARE(sink.calls, code == 0 ? 0 : 1);
                if (code != 0)
                    QCOMPARE(sink.code, code);
                if (who != Peer::client)
                    feed(*codec, sink, "abcd");
                QVERIFY(codec->partial_bytes() < 4096);
            }
        }
    }
}

QTEST_GUILESS_MAIN(FrameHeadersExhaustiveTest)
#include "frame_headers_exhaustive_test.moc"
