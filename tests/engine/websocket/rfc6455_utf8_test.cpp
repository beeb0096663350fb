#include "support/codec_harness.h"
#include "support/utf8_oracle.h"
#include "websocket/rfc6455_codec.h"

#include <QTest>

#include <functional>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

std::unique_ptr<MessageCodec> server_codec()
{
    return std::make_unique<Rfc6455Codec>(CodecLimits{});
}

/// The bytes of a text message on the wire, and where in them each byte of its payload stands.
struct Wire {
    std::string bytes;
    std::vector<std::size_t> places;
};

Wire in_one_frame(std::string_view text)
{
    Wire wire{client_frame(0x81, text, "\xa5\x0f\xff\x31"), {}};
    for (std::size_t i = 0; i < text.size(); ++i)
        wire.places.push_back(wire.bytes.size() - text.size() + i);
    return wire;
}

/// Split before byte `cut`, a ping between the fragments.
Wire in_two_frames(std::string_view text, std::size_t cut)
{
    Wire wire{client_frame(0x01, text.substr(0, cut), "\x01\x02\x03\x04"), {}};
    for (std::size_t i = 0; i < cut; ++i)
        wire.places.push_back(wire.bytes.size() - cut + i);
    wire.bytes += client_frame(0x89, "\xff\xfe"); // no text, and no part of it
    wire.bytes += client_frame(0x80, text.substr(cut), "\xf1\x02\x03\x84");
    for (std::size_t i = cut; i < text.size(); ++i)
        wire.places.push_back(wire.bytes.size() - text.size() + i);
    return wire;
}

Wire in_frames_of_one(std::string_view text)
{
    Wire wire;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned first = (i == 0 ? 0x01U : 0x00U) | (i + 1 == text.size() ? 0x80U : 0U);
        wire.bytes += client_frame(first, text.substr(i, 1), "wxyz");
        wire.places.push_back(wire.bytes.size() - 1);
    }
    return wire;
}

} // namespace

/// Text through the codec: refused at the first byte that no valid text can hold, however it is framed and
/// chopped. All sequences of up to two bytes, and the boundary bytes in each place for longer ones; the
/// validator alone sees all of them (base/utf8_exhaustive_test).
class Rfc6455Utf8Test : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_text_of_two_bytes();
    void boundary_bytes_in_three_and_four_places();
    void a_fault_behind_long_text_is_told_at_its_byte_data();
    void a_fault_behind_long_text_is_told_at_its_byte();

private:
    void check(std::string_view text, const Wire& wire);
    void check_all(std::string_view text);
    int mismatches_ = 0;
};

void Rfc6455Utf8Test::check(std::string_view text, const Wire& wire)
{
    const auto fault = Utf8Oracle::first_fault(text);
    const bool ends_inside = !fault && Utf8Oracle::ends_inside(text);
    std::optional<std::size_t> violation_after;
    if (fault)
        violation_after = wire.places[*fault] + 1;
    else if (ends_inside)
        violation_after = wire.bytes.size();
    const Decoded decoded = decode_bytewise(server_codec, wire.bytes);
    const bool is_right = decoded.violation_at == violation_after && decoded.fault.empty()
        && (violation_after ? decoded.violation.code == 1007 : decoded.partial_bytes == 0);
    bool pieces_agree = true;
    if (violation_after) { // one byte less says nothing, all of it the same
        const Decoded less
            = decode_whole(server_codec, std::string_view(wire.bytes).substr(0, *violation_after - 1));
        const Decoded whole = decode_whole(server_codec, wire.bytes);
        pieces_agree = !less.violation_at && whole.violation.code == 1007;
    } else {
        pieces_agree = decode_whole(server_codec, wire.bytes).transcript == decoded.transcript;
    }
    if ((!is_right || !pieces_agree) && ++mismatches_ <= 10)
        qWarning(
            "%s as %s: %s", to_hex(text).c_str(), to_hex(wire.bytes).c_str(), decoded.transcript.c_str());
}

void Rfc6455Utf8Test::check_all(std::string_view text)
{
    check(text, in_one_frame(text));
    check(text, in_frames_of_one(text));
    for (std::size_t cut = 0; cut <= text.size(); ++cut)
        check(text, in_two_frames(text, cut));
}

void Rfc6455Utf8Test::every_text_of_two_bytes()
{
    mismatches_ = 0;
    for (unsigned pair = 0; pair < 65536; ++pair) {
        const std::string text{static_cast<char>(pair >> 8U), static_cast<char>(pair & 0xffU)};
        check(text, in_one_frame(text));
        if (pair % 61 == 0) // all framings for some of them: boundary bytes get them all below
            check_all(text);
    }
    QCOMPARE(mismatches_, 0);
}

void Rfc6455Utf8Test::boundary_bytes_in_three_and_four_places()
{
    mismatches_ = 0;
    // The places behind a byte that is refused already tell nothing new: one follower stands for all.
    const std::function<void(std::string&, std::size_t)> grow = [&](std::string& text, std::size_t length) {
        if (text.size() == length) {
            const bool starts_well = !Utf8Oracle::first_fault(std::string_view(text).substr(0, 2));
            if (length == 3 && starts_well && text[0] != 'A')
                check_all(text);
            else
                check(text, length == 3 ? in_one_frame(text) : in_frames_of_one(text));
            return;
        }
        const bool is_refused = !text.empty() && Utf8Oracle::first_fault(text).has_value();
        for (const unsigned char next : Utf8Oracle::boundaries) {
            if (is_refused && next != 0x80)
                continue;
            if (length == 4 && !text.empty() && static_cast<unsigned char>(text[0]) < 0x80)
                continue; // an ASCII byte, then three: the other length has them
            text.push_back(static_cast<char>(next));
            grow(text, length);
            text.pop_back();
        }
    };
    std::string text;
    grow(text, 3);
    grow(text, 4);
    for (const std::string_view whole : {"\xf0\x90\x80\x80", "\xf0\xbf\xbf\xbf", "\xf1\x80\x80\x80",
             "\xf3\xbf\xbf\xbf", "\xf4\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
             "\xf0\x8f\xbf\xbf", "\xf0\x9f\x98\x41", "\xed\xa0\x80\x80", "\xee\x80\x80\xc3"})
        check_all(whole);
    QCOMPARE(mismatches_, 0);
}

void Rfc6455Utf8Test::a_fault_behind_long_text_is_told_at_its_byte_data()
{
    QTest::addColumn<int>("before");
    for (const int before : {1, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 126, 255, 4095, 4096, 4097, 70'000})
        QTest::addRow("UT-04 behind %d bytes", before) << before;
}

void Rfc6455Utf8Test::a_fault_behind_long_text_is_told_at_its_byte()
{
    QFETCH(int, before);
    for (const std::string_view bad : {"\xff", "\xc0", "\xe0\x9f", "\xed\xa0", "\xf0\x8f", "\xf4\x90",
             "\xe2\x82\x41", "\xf0\x9f\x98\xc3"}) {
        std::string text(static_cast<std::size_t>(before), 'a');
        text.append(bad).append(200, 'b');
        const Wire wire = in_one_frame(text);
        const std::size_t at = wire.places[static_cast<std::size_t>(before) + bad.size() - 1];
        // All bytes up to the one at fault at once, that byte alone, then the rest.
        const Decoded decoded = decode_chopped(server_codec, wire.bytes, {{at, 1, 200}});
        QCOMPARE(decoded.violation_at.value_or(0), at + 1);
        QCOMPARE(decoded.violation.code, std::uint16_t{1007});
        QCOMPARE(decoded.fault, std::string());
    }
}

QTEST_GUILESS_MAIN(Rfc6455Utf8Test)
#include "rfc6455_utf8_test.moc"
