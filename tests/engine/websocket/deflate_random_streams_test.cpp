#include "support/deflate_harness.h"

#include <QTest>

#include <random>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

namespace {

/// Messages made by chance, the same ones in every run: some compress well, some repeat what came before,
/// some do not compress at all.
class MessageMaker {
public:
    explicit MessageMaker(unsigned seed)
        : random_(seed)
    { }
    std::size_t below(std::size_t limit) { return random_() % limit; }

    struct Message {
        MessageKind kind = MessageKind::text;
        std::string payload;
        std::uint32_t fragments = 1;
    };
    Message next()
    {
        static const std::array<std::string, 6> words{
            "jack ", "field ", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "aaaaaaaaaaaaaaaa"};
        Message message;
        message.kind = below(2) == 0 ? MessageKind::text : MessageKind::binary;
        const std::size_t size = below(4) == 0 ? below(60'000) : below(2'000);
        const bool noisy = message.kind == MessageKind::binary && below(2) == 0;
        while (message.payload.size() < size) {
            if (noisy)
                message.payload.push_back(static_cast<char>(random_()));
            else if (below(20) == 0 && message.kind == MessageKind::binary && !earlier_.empty())
                message.payload += earlier_.substr(below(earlier_.size()), below(3'000));
            else
                message.payload += words[below(words.size())];
        }
        if (below(3) == 0)
            message.fragments = static_cast<std::uint32_t>(1 + below(6));
        earlier_ = message.payload;
        return message;
    }

private:
    std::mt19937 random_;
    std::string earlier_;
};

} // namespace

class DeflateRandomStreamsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void server_and_client_understand_each_other_data();
    void server_and_client_understand_each_other();
};

void DeflateRandomStreamsTest::server_and_client_understand_each_other_data()
{
    QTest::addColumn<int>("server_bits");
    QTest::addColumn<int>("client_bits");
    QTest::addColumn<bool>("server_takeover");
    QTest::addColumn<bool>("client_takeover");
    for (int bits = 9; bits <= 15; ++bits) {
        for (int takeover = 0; takeover < 4; ++takeover) {
            QTest::addRow("windows of %d and %d, %s", bits, 24 - bits,
                std::array{"no takeover", "the server's", "the client's",
                    "both"}[static_cast<std::size_t>(takeover)])
                << bits << 24 - bits << ((takeover & 1) != 0) << ((takeover & 2) != 0);
        }
    }
}

void DeflateRandomStreamsTest::server_and_client_understand_each_other()
{
    QFETCH(int, server_bits);
    QFETCH(int, client_bits);
    QFETCH(bool, server_takeover);
    QFETCH(bool, client_takeover);
    const DeflateParameters agreed{!server_takeover, !client_takeover, static_cast<std::uint8_t>(server_bits),
        static_cast<std::uint8_t>(client_bits)};
    MessageMaker maker(static_cast<unsigned>(server_bits * 4 + server_takeover * 2 + client_takeover));
    Compression settings;
    settings.threshold = 30;
    settings.level = static_cast<std::uint32_t>(1 + server_bits % 9);
    int compressed = 0;
    for (const Role sender_role : {Role::server, Role::client}) {
        const Role reader_role = sender_role == Role::server ? Role::client : Role::server;
        DeflateCodec sender(sender_role, agreed, settings);
        std::string bytes, expected;
        for (int i = 0; i < 25; ++i) {
            const auto message = maker.next();
            ByteBuffer out;
            compressed
                += sender.encode_message(out, message.kind, as_bytes(message.payload), message.fragments)
                != 0;
            const std::string_view encoded = as_text(std::as_const(out).view());
            bytes += encoded;
            expected += RecordingSink::message_line(
                message.kind, message.payload, encoded.size(), message.fragments);
            if (maker.below(3) == 0) {
                ByteBuffer ping;
                sender.encode_ping(ping, as_bytes("are you there?"));
                bytes += as_text(std::as_const(ping).view());
                expected += RecordingSink::control_line("ping", "are you there?", ping.size());
            }
        }
        const CodecFactory reader = [&] { return std::make_unique<DeflateCodec>(reader_role, agreed); };
        QVERIFY(decode_whole(reader, bytes).transcript == expected);
        for (int i = 0; i < 6; ++i) {
            Chopping chopping;
            for (int piece = 0; piece < 50; ++piece)
                chopping.piece_sizes.push_back(1 + maker.below(maker.below(2) == 0 ? 20 : 5'000));
            chopping.takes_fragments = i % 2 == 1;
            chopping.pauses = i % 3 == 1;
            const Decoded decoded = decode_chopped(reader, bytes, chopping);
            QCOMPARE(decoded.fault, std::string());
            QVERIFY(decoded.transcript == expected);
            QCOMPARE(decoded.partial_bytes, std::uint64_t{0});
        }
    }
    QVERIFY2(compressed >= 20 && compressed < 50, qPrintable(QString::number(compressed)));
}

QTEST_GUILESS_MAIN(DeflateRandomStreamsTest)
#include "deflate_random_streams_test.moc"
