#include "support/conformance.h"

#include <QTest>

#include <memory>

using namespace jackfield;
using namespace jackfield::test;

Q_DECLARE_METATYPE(jackfield::test::ConformanceCase)

namespace {

constexpr std::string_view key = "\x37\xfa\x21\x3d";

std::string close_frame(std::string_view payload)
{
    return client_frame(0x88, payload, key);
}

void row(const std::string& name, const std::vector<std::string>& frames, const std::string& answers,
    Ending ending)
{
    QTest::newRow(name.c_str()) << ConformanceCase{frames, answers, ending};
}

} // namespace

/// The closing handshake: what a Close may hold, what may stand around it, and that the server ends the
/// connection first and cleanly, whatever is still on its way.
class ConformanceClosingSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { fixture_ = std::make_unique<EngineFixture>(without_deadlines()); }
    void cleanupTestCase() { fixture_->finish(); }

    void payloads_data();
    void payloads() { run(); }
    void codes_data();
    void codes() { run(); }
    void order_data();
    void order() { run(); }
    void streams_on_after_its_close_without_a_reset();
    void streams_on_after_a_violation_without_a_reset();
    void ends_its_side_together_with_its_close_data();
    void ends_its_side_together_with_its_close();

private:
    void run();
    std::unique_ptr<EngineFixture> fixture_;
};

void ConformanceClosingSuiteTest::run()
{
    QFETCH(ConformanceCase, test);
    for (const Writes writes : {Writes::all_at_once, Writes::octets}) {
        std::size_t bytes = 0;
        for (const std::string& frame : test.frames)
            bytes += frame.size();
        if (writes == Writes::octets && bytes > 2'000)
            continue;
        try {
            run_case(*fixture_, test, writes);
        } catch (const std::exception& problem) {
            QFAIL((std::string(name_of(writes)) + ": " + problem.what()).c_str());
        }
    }
}

void ConformanceClosingSuiteTest::payloads_data()
{
    QTest::addColumn<ConformanceCase>("test");
    row("empty", {close_frame("")}, "", Ending::closed());
    row("one octet", {close_frame("a")}, "", Ending::failed(1002));
    row("a code", {close_frame(close_payload(1000))}, "", Ending::closed(1000));
    for (const std::size_t size : {1U, 2U, 60U, 122U, 123U})
        row("a reason of " + std::to_string(size), {close_frame(close_payload(1000, std::string(size, '*')))},
            "", Ending::closed(1000));
    for (const std::size_t size : {124U, 125U, 500U, 70'000U})
        row("a reason of " + std::to_string(size), {close_frame(close_payload(1000, std::string(size, '*')))},
            "", Ending::failed(1002));
    row("a reason that is text", {close_frame(close_payload(1001, "k\xc3\xb6ln \xf0\x9f\x98\x80"))}, "",
        Ending::closed(1001));
    row("a reason with control characters",
        {close_frame(close_payload(1000, std::string_view("\x1b[2J\0\x7f", 6)))}, "", Ending::closed(1000));
    for (const char* bad :
        {"ff", "c080", "eda080", "f4908080", "e282", "80", "ceba e1bdb9 cf83 cebc ceb5 eda080"})
        row(std::string("a reason with ") + bad, {close_frame(close_payload(1000, from_hex(bad)))}, "",
            Ending::failed(1007));
    row("a bad code and a bad reason", {close_frame(close_payload(1005, "\xff"))}, "", Ending::failed(1002));
}

void ConformanceClosingSuiteTest::codes_data()
{
    QTest::addColumn<ConformanceCase>("test");
    for (const unsigned code : {1000U, 1001U, 1002U, 1003U, 1007U, 1008U, 1009U, 1010U, 1011U, 1012U, 1013U,
             1014U, 3000U, 3001U, 3500U, 3998U, 3999U, 4000U, 4001U, 4500U, 4998U, 4999U}) {
        row(std::to_string(code), {close_frame(close_payload(code))}, "",
            Ending::closed(static_cast<std::uint16_t>(code)));
        row(std::to_string(code) + " with a reason", {close_frame(close_payload(code, "because"))}, "",
            Ending::closed(static_cast<std::uint16_t>(code)));
    }
    for (const unsigned code :
        {0U, 1U, 125U, 500U, 998U, 999U, 1004U, 1005U, 1006U, 1015U, 1016U, 1017U, 1099U, 1100U, 1999U, 2000U,
            2500U, 2999U, 5000U, 5001U, 9999U, 10'000U, 32'767U, 32'768U, 65'534U, 65'535U}) {
        row(std::to_string(code), {close_frame(close_payload(code))}, "", Ending::failed(1002));
        row(std::to_string(code) + " with a reason", {close_frame(close_payload(code, "because"))}, "",
            Ending::failed(1002));
    }
}

void ConformanceClosingSuiteTest::order_data()
{
    QTest::addColumn<ConformanceCase>("test");
    const std::string hello = client_frame(0x81, "Hello", key);
    const std::string echoed = server_frame(0x81, "Hello");
    const std::string normal = close_frame(close_payload(1000));
    const Ending closed = Ending::closed(1000);
    row("text, close", {hello, normal}, echoed, closed);
    row("close twice", {normal, normal}, "", closed);
    row("close twice, another code", {normal, close_frame(close_payload(1001))}, "", closed);
    row("close, then a malformed one", {normal, close_frame("x")}, "", closed);
    row("close, ping", {normal, client_frame(0x89, "p", key)}, "", closed);
    row("close, text", {normal, hello}, "", closed);
    row("close, octets that are no frame", {normal, std::string(300, '\xff')}, "", closed);
    row("close, unmasked text", {normal, server_frame(0x81, "x")}, "", closed);
    row("fragment, close, the rest",
        {client_frame(0x01, "frag", key), normal, client_frame(0x80, "ment", key)}, "", closed);
    row("text, ping, close, ping",
        {hello, client_frame(0x89, "p", key), normal, client_frame(0x89, "q", key)},
        echoed + server_frame(0x8a, "p"), closed);
    const std::string large(256U << 10U, 'x');
    row("256 KiB, close, ping", {client_frame(0x82, large, key), normal, client_frame(0x89, "", key)},
        server_frame(0x82, large), closed);
    const std::string larger(8U << 20U, 'y');
    row("8 MiB, close", {client_frame(0x81, larger, key), normal}, server_frame(0x81, larger), closed);
    row("text, violation, text", {hello, client_frame(0x83, "", key), hello}, echoed, Ending::failed(1002));
    row("8 MiB, violation", {client_frame(0x81, larger, key), client_frame(0x83, "", key)},
        server_frame(0x81, larger), Ending::failed(1002));
}

void ConformanceClosingSuiteTest::streams_on_after_its_close_without_a_reset()
{
    const std::string noise = repeated(client_frame(0x82, std::string(1'000, 'n'), key), 4'000);
    for (const std::string& reason : {std::string(), std::string("bye")}) {
        RawClient client = fixture_->open_client();
        client.send(close_frame(close_payload(1000, reason)) + noise);
        try {
            conformance::finish(client, close_normal, false);
        } catch (const std::exception& problem) {
            QFAIL(problem.what());
        }
    }
}

void ConformanceClosingSuiteTest::streams_on_after_a_violation_without_a_reset()
{
    const std::string noise = repeated(client_frame(0x82, std::string(1'000, 'n'), key), 4'000);
    for (const std::string& bad : {client_frame(0x83, "", key), client_frame(0x81, "\xff", key),
             from_hex("82 ff 7fffffffffffffff"), close_frame("x")}) {
        RawClient client = fixture_->open_client();
        client.send(bad + noise);
        const std::uint16_t code = client.read_close();
        QVERIFY(code == 1002 || code == 1007 || code == 1009);
        QCOMPARE(client.read_until_end(), std::string());
        QVERIFY(!client.was_reset());
        // It still takes what is on its way.
        QVERIFY(client.try_send(noise));
        QVERIFY(client.try_send(close_frame(close_payload(code))));
        client.half_close();
        QVERIFY(!client.read_more() && !client.was_reset());
        QCOMPARE(conformance::error_of(client), 0);
    }
}

void ConformanceClosingSuiteTest::ends_its_side_together_with_its_close_data()
{
    QTest::addColumn<QByteArray>("frames");
    QTest::addColumn<QByteArray>("answers");
    const auto bytes = [](const std::string& text) { return QByteArray::fromStdString(text); };
    QTest::newRow("close") << bytes(close_frame(close_payload(1000))) << QByteArray();
    QTest::newRow("text, close") << bytes(client_frame(0x81, "a", key) + close_frame(close_payload(1000)))
                                 << bytes(server_frame(0x81, "a"));
    const std::string large(1U << 20U, 'x');
    QTest::newRow("1 MiB, close") << bytes(client_frame(0x81, large, key) + close_frame(close_payload(1000)))
                                  << bytes(server_frame(0x81, large));
}

// A half-closed client still gets every answer, the Close and an orderly end.
void ConformanceClosingSuiteTest::ends_its_side_together_with_its_close()
{
    QFETCH(QByteArray, frames);
    QFETCH(QByteArray, answers);
    RawClient client = fixture_->open_client();
    const std::uint16_t port = client.local_port();
    client.send(frames.toStdString());
    client.half_close();
    QVERIFY(client.read_exactly(static_cast<std::size_t>(answers.size())) == answers.toStdString());
    QCOMPARE(client.read_close(), std::uint16_t{1000});
    QCOMPARE(client.read_until_end(), std::string());
    QVERIFY(!client.was_reset());
    QVERIFY(fixture_->close_of(port).clean);
}

QTEST_GUILESS_MAIN(ConformanceClosingSuiteTest)
#include "conformance_closing_suite_test.moc"
