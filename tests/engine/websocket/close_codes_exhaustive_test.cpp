#include "support/codec_harness.h"
#include "websocket/rfc6455_codec.h"

#include "jackfield/close_code.h"

#include <QTest>

#include <string_view>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

/// Who may say what in a Close frame, a line each: first code, last code, and the protocols that allow it:
/// 6 RFC 6455 section 7.4 with the IANA registry, 7 hybi-07, 8 hybi-10, each section 7.4.
struct Range {
    unsigned first, last;
    std::string_view protocols;
};
constexpr Range ranges[] = {
    {0, 999, ""}, // not used
    {1000, 1003, "678"}, // normal, going away, protocol error, cannot accept
    {1004, 1004, "78"}, // too large in the drafts, reserved since
    {1005, 1006, ""}, // only for the application's eyes
    {1007, 1007, "68"}, // not UTF-8
    {1008, 1011, "6"}, // policy, too big, extension, unexpected condition
    {1012, 1014, "6"}, // the registry: restart, try again later, bad gateway
    {1015, 1015, ""}, // only for the application's eyes
    {1016, 2999, ""}, // for later versions and for extensions
    {3000, 3999, "678"}, // registered by libraries
    {4000, 4999, "678"}, // private
    {5000, 65535, ""}, // beyond
};

bool table_allows(unsigned code, char protocol)
{
    for (const Range& range : ranges) {
        if (code >= range.first && code <= range.last)
            return range.protocols.find(protocol) != std::string_view::npos;
    }
    return false;
}

std::unique_ptr<MessageCodec> codec_of(char protocol, bool is_client)
{
    if (is_client)
        return std::make_unique<Rfc6455Codec>(CodecLimits{}, system_masking_keys());
    const Dialect dialect = protocol == '7' ? Dialect::hybi07
        : protocol == '8'                   ? Dialect::hybi10
                                            : Dialect::rfc6455;
    return std::make_unique<Rfc6455Codec>(CodecLimits{}, dialect);
}

std::string code_bytes(unsigned code)
{
    return {static_cast<char>(code >> 8U), static_cast<char>(code & 0xffU)};
}

} // namespace

/// All 65,536 codes that two bytes can be.
class CloseCodesExhaustiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_code_is_judged_data();
    void every_code_is_judged();
    void every_code_that_may_be_sent_comes_back_and_no_other_data();
    void every_code_that_may_be_sent_comes_back_and_no_other();
    void what_is_sent_for_any_code_is_legal_in_its_protocol();
};

void CloseCodesExhaustiveTest::every_code_is_judged_data()
{
    QTest::addColumn<char>("protocol");
    QTest::addColumn<bool>("is_client");
    QTest::newRow("server") << '6' << false;
    QTest::newRow("client") << '6' << true;
    QTest::newRow("hybi-07") << '7' << false;
    QTest::newRow("hybi-10") << '8' << false;
}

void CloseCodesExhaustiveTest::every_code_is_judged()
{
    QFETCH(char, protocol);
    QFETCH(bool, is_client);
    int mismatches = 0;
    for (unsigned code = 0; code < 65536; ++code) {
        const bool is_legal = table_allows(code, protocol);
        if (protocol == '6' && may_be_sent(static_cast<std::uint16_t>(code)) != is_legal)
            ++mismatches;
        for (const std::string_view reason : {"", "r"}) {
            const std::string payload = code_bytes(code).append(reason);
            const std::string frame
                = is_client ? server_frame(0x88, payload) : client_frame(0x88, payload, "\x11\x22\x33\x44");
            const std::string expected = is_legal
                ? RecordingSink::control_line("close " + std::to_string(code), reason, frame.size())
                : RecordingSink::violation_line(1002);
            RecordingSink sink;
            const auto codec = codec_of(protocol, is_client);
            // The code's two bytes in one piece or in two.
            const std::size_t cut = code % 2 == 0 ? frame.size() : frame.size() - 1 - reason.size();
            std::string bytes = frame;
            const auto writable = std::as_writable_bytes(std::span(bytes));
            codec->decode(writable.first(cut), sink);
            codec->decode(writable.subspan(cut), sink);
            if (sink.transcript != expected && ++mismatches <= 10)
                qWarning("code %u: %s", code, sink.transcript.c_str());
        }
    }
    QCOMPARE(mismatches, 0);
}

void CloseCodesExhaustiveTest::every_code_that_may_be_sent_comes_back_and_no_other_data()
{
    every_code_is_judged_data();
}

void CloseCodesExhaustiveTest::every_code_that_may_be_sent_comes_back_and_no_other()
{
    QFETCH(char, protocol);
    QFETCH(bool, is_client);
    const auto codec = codec_of(protocol, is_client);
    int mismatches = 0;
    for (unsigned code = 0; code < 65536; ++code) {
        const auto told = codec->close_code_on_wire(static_cast<std::uint16_t>(code));
        const bool same = told == static_cast<std::uint16_t>(code);
        if (same != table_allows(code, protocol) && ++mismatches <= 10)
            qWarning("code %u goes out as %u", code, unsigned(told.value_or(0)));
    }
    QCOMPARE(mismatches, 0);
}

void CloseCodesExhaustiveTest::what_is_sent_for_any_code_is_legal_in_its_protocol()
{
    int mismatches = 0;
    for (const char protocol : {'6', '7', '8'}) {
        const auto codec = codec_of(protocol, false);
        for (unsigned code = 0; code < 65536; ++code) {
            const auto told = codec->close_code_on_wire(static_cast<std::uint16_t>(code));
            ByteBuffer out;
            codec->encode_close(out, told, "why");
            const std::string expected
                = !told ? from_hex("8800") : server_frame(0x88, code_bytes(*told) + "why");
            const std::string_view sent = as_text(std::as_const(out).view());
            if ((sent != expected || (told && !table_allows(*told, protocol))) && ++mismatches <= 10)
                qWarning("code %u in protocol %c goes out as %u", code, protocol, unsigned(told.value_or(0)));
        }
    }
    QCOMPARE(mismatches, 0);
}

QTEST_GUILESS_MAIN(CloseCodesExhaustiveTest)
#include "close_codes_exhaustive_test.moc"
