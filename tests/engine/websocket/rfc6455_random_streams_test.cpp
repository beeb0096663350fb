#include "support/codec_harness.h"
#include "websocket/rfc6455_codec.h"

#include <QTest>

#include <random>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

std::unique_ptr<MessageCodec> server_codec()
{
    return std::make_unique<Rfc6455Codec>(CodecLimits{});
}

/// Streams made by chance, the same ones in every run.
class StreamMaker {
public:
    explicit StreamMaker(unsigned seed)
        : random_(seed)
    { }
    unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

    struct Stream {
        std::string bytes;
        std::string transcript;
    };
    /// Valid messages, fragmented as it comes, with control frames between any two frames.
    Stream valid_stream()
    {
        Stream stream;
        for (unsigned left = 1 + below(6); left > 0; --left)
            add_message(stream);
        if (below(4) == 0) {
            stream.bytes += client_frame(0x88, "\x03\xe8so long", key());
            stream.transcript += RecordingSink::control_line("close 1000", "so long", 15);
        }
        return stream;
    }
    Chopping chopping()
    {
        Chopping chopping;
        for (int i = 0; i < 30; ++i)
            chopping.piece_sizes.push_back(1 + below(below(2) == 0 ? 8 : 600));
        chopping.takes_fragments = below(2) == 0;
        chopping.pauses = below(2) == 0;
        return chopping;
    }

private:
    std::string key()
    {
        std::string bytes(4, '\0');
        for (char& c : bytes)
            c = static_cast<char>(random_());
        return bytes;
    }
    std::string payload(MessageKind kind)
    {
        static const std::array<std::string, 5> characters{
            "a", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "zzzzzzzzz"};
        std::string text;
        const unsigned size = below(3) == 0 ? below(700) : below(20);
        while (text.size() < size) {
            if (kind == MessageKind::text)
                text += characters[below(characters.size())];
            else
                text.push_back(static_cast<char>(random_()));
        }
        return text;
    }
    void add_control(Stream& stream)
    {
        const bool is_ping = below(2) == 0;
        const std::string data = payload(MessageKind::binary).substr(0, 125);
        stream.bytes += client_frame(is_ping ? 0x89 : 0x8a, data, key());
        stream.transcript += RecordingSink::control_line(is_ping ? "ping" : "pong", data, 6 + data.size());
    }
    void add_message(Stream& stream)
    {
        const MessageKind kind = below(2) == 0 ? MessageKind::text : MessageKind::binary;
        const std::string data = payload(kind);
        const unsigned frames = below(2) == 0 ? 1 : 1 + below(5);
        std::size_t wire = 0;
        std::size_t at = 0;
        for (unsigned frame = 0; frame < frames; ++frame) {
            while (below(4) == 0)
                add_control(stream);
            const bool is_last = frame + 1 == frames;
            const std::size_t size
                = is_last ? data.size() - at : below(static_cast<unsigned>(data.size() - at) + 1);
            const unsigned opcode = frame != 0 ? 0U : kind == MessageKind::text ? 1U : 2U;
            const std::string bytes
                = client_frame((is_last ? 0x80U : 0U) | opcode, data.substr(at, size), key());
            stream.bytes += bytes;
            wire += bytes.size();
            at += size;
        }
        stream.transcript += RecordingSink::message_line(kind, data, wire, frames);
    }
    std::mt19937 random_;
};

} // namespace

class Rfc6455RandomStreamsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valid_streams_come_through_whatever_the_chopping();
    void broken_streams_say_the_same_in_every_chopping();
};

void Rfc6455RandomStreamsTest::valid_streams_come_through_whatever_the_chopping()
{
    StreamMaker maker(6455);
    for (int turn = 0; turn < 500; ++turn) {
        const StreamMaker::Stream stream = maker.valid_stream();
        const Decoded whole = decode_whole(server_codec, stream.bytes);
        QCOMPARE(whole.transcript, stream.transcript);
        QCOMPARE(whole.partial_bytes, std::uint64_t{0});
        for (int i = 0; i < 4; ++i) {
            const Decoded chopped = decode_chopped(server_codec, stream.bytes, maker.chopping());
            QCOMPARE(chopped.transcript, stream.transcript);
            QCOMPARE(chopped.fault, std::string());
        }
    }
}

void Rfc6455RandomStreamsTest::broken_streams_say_the_same_in_every_chopping()
{
    StreamMaker maker(1007);
    int broken = 0;
    for (int turn = 0; turn < 500; ++turn) {
        std::string bytes = maker.valid_stream().bytes;
        for (unsigned i = 1 + maker.below(3); i > 0; --i) {
            char& c = bytes[maker.below(static_cast<unsigned>(bytes.size()))];
            c = static_cast<char>(c ^ 1 << maker.below(8));
        }
        const Decoded bytewise = decode_bytewise(server_codec, bytes);
        QCOMPARE(bytewise.fault, std::string());
        for (int i = 0; i < 4; ++i) {
            Chopping chopping = maker.chopping();
            const Decoded chopped = decode_chopped(server_codec, bytes, chopping);
            QCOMPARE(chopped.transcript, bytewise.transcript);
            QCOMPARE(chopped.violation.what, bytewise.violation.what);
            QCOMPARE(chopped.fault, std::string());
            // Never told before the byte that is at fault.
            QVERIFY(chopped.violation_at.value_or(~std::size_t{0}) >= bytewise.violation_at.value_or(0));
        }
        broken += bytewise.violation_at.has_value();
    }
    QVERIFY2(broken > 100, qPrintable(QString::number(broken))); // or the test would be about nothing
}

QTEST_GUILESS_MAIN(Rfc6455RandomStreamsTest)
#include "rfc6455_random_streams_test.moc"
