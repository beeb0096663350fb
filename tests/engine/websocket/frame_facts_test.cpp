#include "support/deflate_harness.h"
#include "websocket/frame_log.h"
#include "websocket/hixie_codec.h"
#include "websocket/rfc6455_codec.h"

#include <QTest>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

std::unique_ptr<MessageCodec> server_codec()
{
    return std::make_unique<Rfc6455Codec>(CodecLimits{});
}

FrameFacts facts_of(unsigned first_byte, std::uint64_t length, LengthForm form, std::string_view key = {})
{
    FrameFacts facts;
    facts.first_byte = static_cast<std::uint8_t>(first_byte);
    facts.payload_length = length;
    facts.length_form = form;
    facts.is_masked = !key.empty();
    std::ranges::copy(as_bytes(key), facts.masking_key.begin());
    return facts;
}

/// What a codec says of the frames in `bytes`; it must say the same in every chopping.
std::vector<std::vector<FrameFacts>> told(const CodecFactory& make, std::string_view bytes)
{
    const std::string difference = difference_between_choppings(make, bytes);
    if (!difference.empty())
        qWarning("%s", difference.c_str());
    return difference.empty() ? decode_whole(make, bytes).frame_facts
                              : std::vector<std::vector<FrameFacts>>();
}

} // namespace

/// The frames behind a message, in both directions.
class FrameFactsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_message_of_one_frame()
    {
        const auto facts = told(server_codec,
            client_frame(0x81, "Hello", "abcd") + client_frame(0x82, std::string(126, 'x'), "wxyz")
                + client_frame(0x82, ""));
        const std::vector<std::vector<FrameFacts>> expected{{facts_of(0x81, 5, LengthForm::bits7, "abcd")},
            {facts_of(0x82, 126, LengthForm::bits16, "wxyz")},
            {facts_of(0x82, 0, LengthForm::bits7, std::string_view("\0\0\0\0", 4))}};
        QVERIFY(facts == expected);
    }

    void a_large_message()
    {
        const std::string frame = client_frame(0x82, std::string(70'000, 'x'), "abcd");
        for (const std::size_t piece : {frame.size(), std::size_t{4'096}}) {
            const auto decoded = decode_chopped(server_codec, frame, {{piece}});
            QCOMPARE(decoded.frame_facts.size(), std::size_t{1});
            QVERIFY(decoded.frame_facts[0]
                == std::vector<FrameFacts>{facts_of(0x82, 70'000, LengthForm::bits64, "abcd")});
        }
    }

    void a_message_of_many_frames_and_what_stands_between_them()
    {
        const auto facts = told(server_codec,
            client_frame(0x01, "fir", "aaaa") + client_frame(0x89, "p", "bbbb")
                + client_frame(0x00, "", "cccc") + client_frame(0x8a, "", "dddd")
                + client_frame(0x80, "st", "eeee") + client_frame(0x88, "\x03\xe8", "ffff"));
        const std::vector<std::vector<FrameFacts>> expected{{facts_of(0x89, 1, LengthForm::bits7, "bbbb")},
            {facts_of(0x8a, 0, LengthForm::bits7, "dddd")},
            {facts_of(0x01, 3, LengthForm::bits7, "aaaa"), facts_of(0x00, 0, LengthForm::bits7, "cccc"),
                facts_of(0x80, 2, LengthForm::bits7, "eeee")},
            {facts_of(0x88, 2, LengthForm::bits7, "ffff")}};
        QVERIFY(facts == expected);
    }

    void the_first_32_are_kept()
    {
        for (const std::size_t count : {31, 32, 33, 1'000}) {
            std::string bytes;
            for (std::size_t i = 0; i < count; ++i) {
                const unsigned fin = i + 1 == count ? 0x80 : 0;
                bytes += client_frame(fin | (i == 0 ? 0x2U : 0U), std::string(i % 100, 'x'));
            }
            const Decoded decoded = decode_whole(server_codec, bytes);
            QVERIFY(decoded.transcript.ends_with(" frames=" + std::to_string(count) + "\n"));
            QCOMPARE(decoded.frame_facts.size(), std::size_t{1});
            QCOMPARE(decoded.frame_facts[0].size(), std::min<std::size_t>(count, max_frame_facts));
            QCOMPARE(decoded.partial_bytes, std::uint64_t{0});
            for (std::size_t i = 0; i < decoded.frame_facts[0].size(); ++i)
                QCOMPARE(decoded.frame_facts[0][i].payload_length, static_cast<std::uint64_t>(i % 100));
        }
    }

    void a_compressed_message_tells_its_compressed_lengths()
    {
        const CodecFactory make
            = [] { return std::make_unique<DeflateCodec>(Role::server, DeflateParameters{}); };
        const std::string payload = deflated(std::string(1'000, 'x'));
        const auto facts = told(make,
            client_frame(0xc1, payload) + client_frame(0x41, payload.substr(0, 3))
                + client_frame(0x80, payload.substr(3)));
        QCOMPARE(facts.size(), std::size_t{2});
        QCOMPARE(facts[0].size(), std::size_t{1});
        QVERIFY(facts[0][0].rsv1() && facts[0][0].fin());
        QCOMPARE(facts[0][0].payload_length, static_cast<std::uint64_t>(payload.size()));
        QCOMPARE(facts[1].size(), std::size_t{2});
        QCOMPARE(facts[1][1].payload_length, static_cast<std::uint64_t>(payload.size() - 3));
    }

    void hixie_frames_have_no_such_headers()
    {
        const CodecFactory make
            = [] { return std::make_unique<HixieCodec>(CodecLimits{}, HixieCodec::Closing::by_handshake); };
        const auto facts = told(make, std::string("\0text\xff\xff\0", 8));
        QVERIFY(facts == (std::vector<std::vector<FrameFacts>>{{}, {}}));
        QVERIFY(!make()->first_frame(as_bytes(std::string_view("\0x\xff", 3))));
        QVERIFY(!make()->has_control_frames());
    }

    void a_codec_reads_the_frames_it_wrote()
    {
        Rfc6455Codec codec{CodecLimits{}};
        ByteBuffer out;
        codec.encode_message(out, MessageKind::text, as_bytes("Hello"), 2);
        const auto first = codec.first_frame(std::as_const(out).view());
        QVERIFY(first == facts_of(0x01, 3, LengthForm::bits7));
        QVERIFY(
            codec.first_frame(std::as_const(out).view().subspan(5)) == facts_of(0x80, 2, LengthForm::bits7));
        QVERIFY(!codec.first_frame({}));
    }

    void the_log_keeps_the_first_and_needs_no_memory_for_one()
    {
        FrameLog log;
        QVERIFY(log.view().empty());
        for (std::size_t i = 0; i < 40; ++i) {
            log.add(facts_of(0, i, LengthForm::bits7));
            QCOMPARE(log.view().size(), std::min(i + 1, max_frame_facts));
            QCOMPARE(log.allocated_bytes() > 0, i > 0);
            for (std::size_t k = 0; k < log.view().size(); ++k)
                QCOMPARE(log.view()[k].payload_length, static_cast<std::uint64_t>(k));
        }
        const FrameLog taken = std::exchange(log, {});
        QVERIFY(log.view().empty());
        QCOMPARE(taken.view().size(), max_frame_facts);
    }
};

QTEST_GUILESS_MAIN(FrameFactsTest)
#include "frame_facts_test.moc"
