#include "fallback/message_records.h"
#include "fallback/session_codec.h"
#include "support/codec_harness.h"

#include <QTest>

#include <string>

using namespace jackfield;
using namespace jackfield::test;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

constexpr std::uint64_t limit = 1'000;

std::unique_ptr<websocket::MessageCodec> session_codec()
{
    return fallback::make_session_codec(25s, {limit, 16});
}

std::string record(std::string_view text)
{
    ByteBuffer out;
    fallback::append_record(out, text);
    return std::string(as_text(out.view()));
}

std::string message(std::string_view text)
{
    return RecordingSink::message_line(MessageKind::text, text, text.size(), 1);
}

template <class Act>
std::string written(Act&& act)
{
    ByteBuffer out;
    act(*session_codec(), out);
    return std::string(as_text(out.view()));
}

} // namespace

class SessionCodecTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decodes_records_in_any_chopping();
    void a_record_over_the_limit_ends_it();
    void an_idle_codec_owns_nothing();
    void writes_lines();
    void says_what_it_cannot();
};

void SessionCodecTest::decodes_records_in_any_chopping()
{
    const std::string bytes
        = record("one") + record("") + record(std::string(300, 'x')) + record("\xc3\xa4\n\0"s) + record(std::string(limit, 'y'));
    const std::string expected
        = message("one") + message("") + message(std::string(300, 'x')) + message("\xc3\xa4\n\0"s) + message(std::string(limit, 'y'));
    QCOMPARE(decode_whole(session_codec, bytes).transcript, expected);
    QCOMPARE(difference_between_choppings(session_codec, bytes), ""s);
    QCOMPARE(difference_between_choppings(session_codec, record("half").substr(0, 6)), ""s);
}

void SessionCodecTest::a_record_over_the_limit_ends_it()
{
    const std::string bytes = record("one") + record(std::string(limit + 1, 'x')) + record("two");
    QCOMPARE(decode_whole(session_codec, bytes).transcript, message("one") + RecordingSink::violation_line(1009));
    QCOMPARE(difference_between_choppings(session_codec, bytes), ""s);
    QCOMPARE(decode_bytewise(session_codec, bytes).violation_at, std::optional<std::size_t>(7 + 4));
}

void SessionCodecTest::an_idle_codec_owns_nothing()
{
    QCOMPARE(decode_bytewise(session_codec, record("one")).partial_bytes, 0U);
    QVERIFY(decode_bytewise(session_codec, record("one").substr(0, 5)).partial_bytes > 0);
}

void SessionCodecTest::writes_lines()
{
    QCOMPARE(written([](auto& codec, ByteBuffer& out) { codec.encode_open(out); }), "o\n"s);
    QCOMPARE(written([](auto& codec, ByteBuffer& out) { QVERIFY(codec.encode_heartbeat(out)); }), "h\n"s);
    QCOMPARE(written([](auto& codec, ByteBuffer& out) { codec.encode_message(out, MessageKind::text, as_bytes("a\nb")); }),
        "\"a\\nb\"\n"s);
    QCOMPARE(written([](auto& codec, ByteBuffer& out) { codec.encode_close(out, 3000, "Go away!"); }),
        "c[3000,\"Go away!\"]\n"s);
    QCOMPARE(written([](auto& codec, ByteBuffer& out) { codec.encode_close(out, std::nullopt, ""); }), "c[1005,\"\"]\n"s);
    QCOMPARE(written([](auto& codec, ByteBuffer& out) { QVERIFY(!codec.encode_ping(out, {}) && !codec.encode_pong(out, {})); }),
        ""s);
}

void SessionCodecTest::says_what_it_cannot()
{
    const auto codec = session_codec();
    QVERIFY(codec->can_encode(MessageKind::text, as_bytes("text")));
    QVERIFY(!codec->can_encode(MessageKind::text, as_bytes("\xff")));
    QVERIFY(!codec->can_encode(MessageKind::binary, as_bytes("text")));
    QVERIFY(!codec->has_control_frames() && !codec->has_closing_handshake() && !codec->carries_raw_frames());
    QVERIFY(codec->has_close_frame());
    QCOMPARE(int{codec->code_when_lost().code}, 1002);
    QVERIFY(codec->code_when_lost().reason == "Connection interrupted");
    QVERIFY(codec->heartbeat() == 25s);
    QVERIFY(codec->wire_format() != 0 && codec->wire_format() == session_codec()->wire_format());
}

QTEST_APPLESS_MAIN(SessionCodecTest)
#include "session_codec_test.moc"
