#include "support/conformance.h"

#include <QTest>

#include <memory>
#include <thread>

using namespace jackfield;
using namespace jackfield::test;

namespace {

constexpr std::string_view key = "\x37\xfa\x21\x3d";

std::string text_of(std::size_t size)
{
    // So long that fragments and pieces part characters in every way.
    std::string payload("a\xe2\x82\xac\x7a");
    while (payload.size() < size)
        payload += payload;
    payload.resize(size - std::min<std::size_t>(size, 4));
    return payload.substr(0, payload.size() / 5 * 5).append(size - payload.size() / 5 * 5, '.');
}

} // namespace

/// Large messages with default settings: up to 16 MiB in one frame, in fragments down to 64 bytes, in small
/// writes, and many messages in a row.
class ConformanceLimitsSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { fixture_ = std::make_unique<EngineFixture>(without_deadlines()); }
    void cleanupTestCase() { fixture_->finish(); }

    void large_messages_data();
    void large_messages();
    void one_byte_over_the_limit_data();
    void one_byte_over_the_limit();
    void many_messages_data();
    void many_messages();

private:
    void exchange(std::string_view bytes, std::string_view answers, std::size_t piece);
    std::unique_ptr<EngineFixture> fixture_;
};

/// Writes `bytes` in pieces, from a thread of its own as both directions fill up, and reads the answers.
void ConformanceLimitsSuiteTest::exchange(std::string_view bytes, std::string_view answers, std::size_t piece)
{
    RawClient client = fixture_->open_client();
    std::thread sender([&client, bytes, piece] {
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            if (!client.try_send(bytes.substr(at, piece)))
                return;
        }
    });
    std::string problem;
    try {
        if (client.read_exactly(answers.size()) != answers)
            problem = "other bytes came back";
    } catch (const std::exception& broken) {
        problem = broken.what();
        ::shutdown(client.descriptor(), SHUT_RDWR); // or the sender would wait
    }
    sender.join();
    QCOMPARE(problem, std::string());
    client.send_close(close_normal);
    try {
        conformance::finish(client, close_normal, false);
    } catch (const std::exception& broken) {
        QFAIL(broken.what());
    }
}

void ConformanceLimitsSuiteTest::large_messages_data()
{
    QTest::addColumn<int>("opcode");
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("fragment");
    QTest::addColumn<int>("piece");
    constexpr int kib = 1024;
    constexpr int mib = kib * kib;
    constexpr int whole = 1 << 30;
    const auto row = [](int opcode, int size, int fragment, int piece) {
        const std::string label = (opcode == 1 ? "text of " : "binary of ")
            + (size % mib == 0 ? std::to_string(size / mib) + " MiB" : std::to_string(size / kib) + " KiB")
            + (fragment == whole ? "" : " in fragments of " + std::to_string(fragment))
            + (piece == whole ? "" : " written in pieces of " + std::to_string(piece));
        QTest::newRow(label.c_str()) << opcode << size << fragment << piece;
    };
    for (const int opcode : {1, 2}) {
        for (const int size : {64 * kib, 256 * kib, mib, 4 * mib, 8 * mib, 16 * mib})
            row(opcode, size, whole, whole);
        for (const int fragment : {64, 256, kib, 4 * kib, 16 * kib, 64 * kib, 256 * kib, mib, 4 * mib})
            row(opcode, 4 * mib, fragment, whole);
        row(opcode, 16 * mib, 256, whole); // 65,536 fragments
        row(opcode, 16 * mib, 64 * kib, whole);
        for (const int piece : {64, 128, 256, 512, kib, 2 * kib})
            row(opcode, mib, whole, piece);
        row(opcode, mib, 1000, 997);
    }
}

void ConformanceLimitsSuiteTest::large_messages()
{
    QFETCH(int, opcode);
    QFETCH(int, size);
    QFETCH(int, fragment);
    QFETCH(int, piece);
    const std::string payload = text_of(static_cast<std::size_t>(size));
    std::string bytes;
    for (const std::string& frame :
        fragments_of(static_cast<unsigned>(opcode), payload, static_cast<std::size_t>(fragment)))
        bytes += frame;
    exchange(
        bytes, server_frame(0x80U | static_cast<unsigned>(opcode), payload), static_cast<std::size_t>(piece));
    fixture_->forget_events();
}

void ConformanceLimitsSuiteTest::one_byte_over_the_limit_data()
{
    QTest::addColumn<int>("fragment");
    QTest::newRow("in one frame") << (1 << 30);
    QTest::newRow("in fragments of 1 MiB") << (1 << 20);
    QTest::newRow("in fragments of 256") << 256;
}

// Told on the header that is too much, with all of the payload on its way: no reset may destroy the Close.
void ConformanceLimitsSuiteTest::one_byte_over_the_limit()
{
    QFETCH(int, fragment);
    const std::string payload((16U << 20U) + 1, 'x');
    std::string bytes;
    for (const std::string& frame : fragments_of(0x2, payload, static_cast<std::size_t>(fragment)))
        bytes += frame;
    RawClient client = fixture_->open_client();
    std::thread sender([&] { client.try_send(bytes); });
    std::string problem;
    std::uint16_t code = 0;
    try {
        code = client.read_close();
        problem = client.read_until_end();
    } catch (const std::exception& broken) {
        problem = broken.what();
    }
    sender.join();
    QCOMPARE(problem, std::string());
    QCOMPARE(code, std::uint16_t{1009});
    QVERIFY(!client.was_reset());
    QCOMPARE(conformance::error_of(client), 0);
}

void ConformanceLimitsSuiteTest::many_messages_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 16, 64, 256, 1'024, 4'096, 16'384, 65'536})
        QTest::addRow("messages of %d", size) << size;
}

void ConformanceLimitsSuiteTest::many_messages()
{
    QFETCH(int, size);
    const std::string payload = text_of(static_cast<std::size_t>(size));
    const std::size_t count = size <= 16'384 ? 1'000 : 200;
    exchange(repeated(client_frame(0x81, payload, key), count), repeated(server_frame(0x81, payload), count),
        1U << 30U);
    fixture_->forget_events();
}

QTEST_GUILESS_MAIN(ConformanceLimitsSuiteTest)
#include "conformance_limits_suite_test.moc"
