// What is sent, what must come back, and how the one is held against the other.
#include "app/bench/answer_reader.h"
#include "app/bench/in_flight.h"
#include "app/bench/memory_growth.h"
#include "app/bench/message_set.h"
#include "app/bench/schedule.h"
#include "base/utf8.h"
#include "websocket/deflate_pool.h"
#include "websocket/rfc6455_codec.h"

#include <QTest>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace jackfield;
using namespace jackfield::bench;

namespace {

class Collecting final : public websocket::MessageSink {
public:
    void on_message(MessageKind kind, std::span<const std::byte> payload, const websocket::WireFacts& facts) override
    {
        messages.emplace_back(reinterpret_cast<const char*>(payload.data()), payload.size());
        kinds.push_back(kind);
        frames.push_back(facts.frames);
        compressed += facts.compressed > 0 ? 1 : 0;
    }
    void on_ping(std::span<const std::byte>, const websocket::WireFacts&) override { }
    void on_pong(std::span<const std::byte>, const websocket::WireFacts&) override { }
    void on_close(std::optional<std::uint16_t>, std::string_view, const websocket::WireFacts&) override { ++faults; }
    void on_violation(const websocket::Violation&) override { ++faults; }
    [[nodiscard]] bool is_paused() const override { return false; }
    std::vector<std::string> messages;
    std::vector<MessageKind> kinds;
    std::vector<std::uint32_t> frames;
    int compressed = 0;
    int faults = 0;
};

std::string text_of(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

class MessagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void payloads_have_their_size_and_are_text_data()
    {
        QTest::addColumn<int>("content");
        for (const Content content : {Content::ascii, Content::mixed, Content::json, Content::random})
            QTest::newRow(name_of(content)) << static_cast<int>(content);
    }
    void payloads_have_their_size_and_are_text()
    {
        QFETCH(int, content);
        for (const std::size_t size : {0U, 1U, 3U, 4U, 5U, 16U, 17U, 18U, 19U, 20U, 125U, 126U, 1'000U, 65'536U}) {
            std::set<std::string> different;
            for (std::size_t i = 0; i < 16; ++i) {
                const std::string payload = make_payload(static_cast<Content>(content), size, i);
                QCOMPARE(payload.size(), size);
                if (static_cast<Content>(content) != Content::random)
                    QVERIFY(is_valid_utf8(payload));
                different.insert(payload);
            }
            if (size >= 16)
                QCOMPARE(different.size(), std::size_t{16});
        }
    }

    void a_server_reads_what_is_sent_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("fragments");
        QTest::addColumn<bool>("binary");
        QTest::addColumn<bool>("compressed");
        QTest::newRow("small") << 16 << 1 << false << false;
        QTest::newRow("empty") << 0 << 1 << false << false;
        QTest::newRow("a longer header") << 126 << 1 << true << false;
        QTest::newRow("the longest header") << 70'000 << 1 << true << false;
        QTest::newRow("fragments") << 1'000 << 7 << false << false;
        QTest::newRow("compressed") << 1'000 << 1 << false << true;
        QTest::newRow("compressed fragments") << 1'000 << 3 << true << true;
    }
    void a_server_reads_what_is_sent()
    {
        QFETCH(int, size);
        QFETCH(int, fragments);
        QFETCH(bool, binary);
        QFETCH(bool, compressed);
        const MessageSet set({static_cast<std::size_t>(size), binary, Content::ascii, static_cast<std::size_t>(fragments), compressed, false});
        QVERIFY(set.count() >= 2);
        websocket::DeflatePool pool;
        std::unique_ptr<websocket::MessageDeflate> deflate;
        if (compressed)
            deflate = std::make_unique<websocket::MessageDeflate>(
                pool, websocket::Role::server, websocket::DeflateParameters{}, Compression{});
        websocket::Rfc6455Codec server({}, std::move(deflate));
        Collecting sink;
        std::vector<std::byte> bytes(set.frames().begin(), set.frames().end());
        QCOMPARE(server.decode(bytes, sink), bytes.size());
        QCOMPARE(sink.faults, 0);
        QCOMPARE(sink.messages.size(), set.count());
        QCOMPARE(sink.compressed, compressed ? static_cast<int>(set.count()) : 0);
        for (std::size_t i = 0; i < set.count(); ++i) {
            QVERIFY(sink.messages[i] == text_of(set.payload(i)));
            QVERIFY(sink.kinds[i] == set.message_kind());
            QCOMPARE(sink.frames[i], static_cast<std::uint32_t>(fragments));
        }
        QCOMPARE(set.frame_begin(set.count()), set.frames().size());
        // And a client reads the answers.
        websocket::Rfc6455Codec client({}, websocket::system_masking_keys());
        Collecting answers;
        bytes.assign(set.answers().begin(), set.answers().end());
        client.decode(bytes, answers);
        QVERIFY(answers.messages == sink.messages);
    }

    void answers_match_in_any_chopping()
    {
        const MessageSet set({5, false, Content::ascii, 1, false, false}, 8);
        std::vector<std::byte> stream;
        for (int round = 0; round < 3; ++round)
            stream.insert(stream.end(), set.answers().begin(), set.answers().end());
        for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
            AnswerReader reader(set, 8 * 5); // any number: the set is a ring
            std::uint64_t messages = 0;
            for (std::size_t at = 0; at < stream.size(); at += piece) {
                const auto part = std::span(stream).subspan(at, std::min(piece, stream.size() - at));
                const AnswerReader::Match match = reader.match(part);
                QCOMPARE(match.bytes, part.size());
                messages += match.messages;
            }
            QCOMPARE(messages, std::uint64_t{24});
            QCOMPARE(reader.partial(), std::size_t{0});
        }
    }

    void the_first_wrong_byte_is_found()
    {
        const MessageSet set({5, false, Content::ascii, 1, false, false}, 8);
        const std::size_t size = set.answer_size();
        for (std::size_t wrong = 0; wrong < set.answers().size(); ++wrong) {
            std::vector<std::byte> stream(set.answers().begin(), set.answers().end());
            stream[wrong] ^= std::byte{1};
            AnswerReader reader(set, 0);
            const AnswerReader::Match match = reader.match(stream);
            QCOMPARE(match.bytes, wrong);
            QCOMPARE(match.messages, std::uint64_t{wrong / size});
            QCOMPARE(reader.partial(), wrong % size);
            QVERIFY(std::equal(reader.matched().begin(), reader.matched().end(), stream.begin() + static_cast<std::ptrdiff_t>(wrong - wrong % size)));
            QCOMPARE(reader.next(), wrong / size);
            reader.skip_message();
            QCOMPARE(reader.next(), (wrong / size + 1) % set.count());
        }
    }

    void messages_that_are_out_keep_their_times()
    {
        InFlight out;
        std::vector<std::uint64_t> counts;
        const auto at = [](int second) { return TimePoint(std::chrono::seconds(second)); };
        for (int i = 0; i < 100; ++i)
            out.push(at(i), static_cast<std::uint64_t>(i + 1));
        QCOMPARE(out.messages(), std::uint64_t{5'050});
        std::uint64_t answered = 0;
        int next = 0;
        while (out.messages() > 0) {
            const std::uint64_t now = std::min<std::uint64_t>(37, out.messages());
            out.pop(now, [&](TimePoint sent, std::uint64_t count) {
                while (answered >= static_cast<std::uint64_t>(next + 1) * static_cast<std::uint64_t>(next + 2) / 2)
                    ++next;
                QCOMPARE(sent, at(next));
                answered += count;
            });
            if (answered % 74 == 0)
                out.push(at(1'000), 0); // an entry of none does no harm
        }
        QCOMPARE(answered, std::uint64_t{5'050});
    }

    void messages_are_due_whatever_happened_before()
    {
        const TimePoint begin(std::chrono::seconds(100));
        Schedule schedule(begin, 3);
        QVERIFY(schedule.take(begin));
        QVERIFY(!schedule.take(begin + std::chrono::milliseconds(333)));
        QVERIFY(schedule.take(begin + std::chrono::milliseconds(334)));
        // Nobody looks for ten seconds: all are there, each with its own time.
        int taken = 0;
        while (schedule.take(begin + std::chrono::seconds(10)))
            ++taken;
        QCOMPARE(taken, 29);
        QCOMPARE(schedule.due(30), begin + std::chrono::seconds(10));
        // A week later nothing has drifted.
        QCOMPARE(schedule.due(3ULL * 604'800), begin + std::chrono::hours(168));
    }

    void growth_is_told_from_filling_up()
    {
        const auto series_of = [](const std::vector<std::uint64_t>& mebibytes) {
            std::vector<SeriesPoint> series;
            for (const std::uint64_t value : mebibytes) {
                series.emplace_back();
                series.back().server_memory = value << 20U;
            }
            return series;
        };
        QVERIFY(!memory_growth({}));
        QVERIFY(!memory_growth(series_of({1, 2, 3, 4, 5, 6, 7})));
        QVERIFY(!memory_growth(std::vector<SeriesPoint>(20)));
        QVERIFY(!memory_growth(series_of({5, 20, 40, 40, 40, 40, 40, 40}))->grew_by(10));
        QVERIFY(memory_growth(series_of({5, 20, 40, 41, 43, 46, 50, 55}))->grew_by(10));
        QVERIFY(!memory_growth(series_of({1, 1, 1, 1, 1, 1, 2, 2}))->grew_by(10)); // within a MiB
    }
};

QTEST_GUILESS_MAIN(MessagesTest)
#include "messages_test.moc"
