#include "support/conformance.h"
#include "support/http_harness.h"

#include <QTest>

#include <memory>

using namespace jackfield;
using namespace jackfield::test;

Q_DECLARE_METATYPE(jackfield::test::ConformanceCase)

namespace {

constexpr std::string_view key = "\x37\xfa\x21\x3d";

std::string text(std::string_view payload)
{
    return client_frame(0x81, payload, key);
}
std::string binary(std::string_view payload)
{
    return client_frame(0x82, payload, key);
}
std::string ping(std::string_view payload)
{
    return client_frame(0x89, payload, key);
}
std::string pong(std::string_view payload)
{
    return client_frame(0x8a, payload, key);
}
/// What the server says.
std::string echo(std::string_view payload)
{
    return server_frame(0x81, payload);
}
std::string answer(std::string_view payload)
{
    return server_frame(0x8a, payload);
}

std::string payload_of(std::size_t size)
{
    std::string payload(size, '*');
    for (std::size_t i = 0; i < size; i += 7)
        payload[i] = static_cast<char>('A' + i % 53);
    return payload;
}

void row(const std::string& name, const std::vector<std::string>& frames, const std::string& answers,
    Ending ending = Ending::open())
{
    QTest::newRow(name.c_str()) << ConformanceCase{frames, answers, ending};
}

} // namespace

/// Messages, control frames, reserved bits and opcodes, fragmentation: each case with default settings, in
/// several ways of writing it. Text, closing and large messages have suites of their own.
class ConformanceSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { fixture_ = std::make_unique<EngineFixture>(without_deadlines()); }
    void cleanupTestCase() { fixture_->finish(); }

    void messages_data();
    void messages() { run(); }
    void pings_and_pongs_data();
    void pings_and_pongs() { run(); }
    void reserved_bits_data();
    void reserved_bits() { run(); }
    void reserved_opcodes_data();
    void reserved_opcodes() { run(); }
    void fragmentation_data();
    void fragmentation() { run(); }
    void masking_and_lengths_data();
    void masking_and_lengths() { run(); }

private:
    void run();
    std::unique_ptr<EngineFixture> fixture_;
};

void ConformanceSuiteTest::run()
{
    QFETCH(ConformanceCase, test);
    std::size_t bytes = 0;
    for (const std::string& frame : test.frames)
        bytes += frame.size();
    for (const Writes writes :
        {Writes::all_at_once, Writes::frame_by_frame, Writes::octets, Writes::pieces_of_997}) {
        if ((writes == Writes::octets && bytes > 2'000) || (writes == Writes::pieces_of_997 && bytes <= 997))
            continue;
        try {
            run_case(*fixture_, test, writes);
        } catch (const std::exception& problem) {
            QFAIL((std::string(name_of(writes)) + ": " + problem.what()).c_str());
        }
    }
}

void ConformanceSuiteTest::messages_data()
{
    QTest::addColumn<ConformanceCase>("test");
    for (const std::size_t size : {0U, 1U, 2U, 125U, 126U, 127U, 128U, 65'535U, 65'536U, 65'537U}) {
        const std::string payload = payload_of(size);
        const std::string label = std::to_string(size);
        row("text of " + label, {text(payload)}, echo(payload));
        row("binary of " + label, {binary(payload)}, server_frame(0x82, payload));
        row("two texts of " + label, {text(payload), text(payload)}, echo(payload) + echo(payload));
    }
    std::string all_bytes;
    for (int i = 0; i < 256; ++i)
        all_bytes.push_back(static_cast<char>(i));
    row("binary of all octets", {binary(all_bytes)}, server_frame(0x82, all_bytes));
    row("text and binary in turn", {text("a"), binary("b"), text("c"), binary("d")},
        echo("a") + server_frame(0x82, "b") + echo("c") + server_frame(0x82, "d"));
    row("a hundred empty texts", std::vector<std::string>(100, text("")), repeated(echo(""), 100));
}

void ConformanceSuiteTest::pings_and_pongs_data()
{
    QTest::addColumn<ConformanceCase>("test");
    for (std::size_t size = 0; size <= 125; ++size) {
        const std::string payload = payload_of(size);
        row("ping of " + std::to_string(size), {ping(payload)}, answer(payload));
    }
    const std::string no_text("\x00\xff\xfe\xfd\xfc\xfb\x00\xff", 8);
    row("ping of octets that are no text", {ping(no_text)}, answer(no_text));
    row("ping of 126", {ping(payload_of(126))}, "", Ending::failed(1002));
    row("ping of 65536", {ping(payload_of(65'536))}, "", Ending::failed(1002));
    row("pong of 126", {pong(payload_of(126))}, "", Ending::failed(1002));
    row("text, then ping of 126", {text("a"), ping(payload_of(126))}, echo("a"), Ending::failed(1002));
    row("unsolicited empty pong", {pong("")}, "");
    row("unsolicited pong", {pong("nobody asked")}, "");
    row("unsolicited pong of 125", {pong(payload_of(125))}, "");
    row("unsolicited pong, then ping", {pong("nobody asked"), ping("but this")}, answer("but this"));
    std::vector<std::string> pings;
    std::string answers;
    for (int i = 0; i < 10; ++i) {
        pings.push_back(ping("payload " + std::to_string(i)));
        answers += answer("payload " + std::to_string(i));
    }
    row("ten pings", pings, answers);
    row("pings between messages", {text("a"), ping("1"), binary("b"), ping("2")},
        echo("a") + answer("1") + server_frame(0x82, "b") + answer("2"));
}

void ConformanceSuiteTest::reserved_bits_data()
{
    QTest::addColumn<ConformanceCase>("test");
    for (unsigned rsv = 1; rsv <= 7; ++rsv) {
        const unsigned bits = rsv << 4U;
        const std::string label = std::to_string(rsv);
        for (const auto& [name, opcode] : {std::pair("text", 0x81U), std::pair("binary", 0x82U),
                 std::pair("ping", 0x89U), std::pair("pong", 0x8aU), std::pair("close", 0x88U)}) {
            row("RSV " + label + " on an empty " + name, {client_frame(opcode | bits, "", key)}, "",
                Ending::failed(1002));
            row("RSV " + label + " on a " + name, {client_frame(opcode | bits, payload_of(12), key)}, "",
                Ending::failed(1002));
        }
        row("text, RSV " + label + ", ping",
            {text("first"), client_frame(0x81 | bits, "second", key), ping("")}, echo("first"),
            Ending::failed(1002));
        row("RSV " + label + " on a fragment",
            {client_frame(0x01 | bits, "a", key), client_frame(0x80, "b", key)}, "", Ending::failed(1002));
        row("RSV " + label + " on a continuation",
            {client_frame(0x01, "a", key), client_frame(0x80 | bits, "b", key)}, "", Ending::failed(1002));
    }
}

void ConformanceSuiteTest::reserved_opcodes_data()
{
    QTest::addColumn<ConformanceCase>("test");
    for (const unsigned opcode : {3U, 4U, 5U, 6U, 7U, 11U, 12U, 13U, 14U, 15U}) {
        const std::string label = "opcode " + std::to_string(opcode);
        const auto odd = [&](std::string_view payload) { return client_frame(0x80 | opcode, payload, key); };
        const auto failed = Ending::failed(1002);
        row(label, {odd("")}, "", failed);
        row(label + " with data", {odd("reserved")}, "", failed);
        row(label + " with 200 octets", {odd(payload_of(200))}, "", failed);
        row(label + " without FIN", {client_frame(opcode, "", key)}, "", failed);
        row("text, " + label + ", ping", {text("first"), odd(""), ping("")}, echo("first"), failed);
        row("text, " + label + " with data, ping", {text("first"), odd("data"), ping("")}, echo("first"),
            failed);
        row(label + " inside a message",
            {client_frame(0x01, "a", key), odd("x"), client_frame(0x80, "b", key)}, "", failed);
    }
}

void ConformanceSuiteTest::fragmentation_data()
{
    QTest::addColumn<ConformanceCase>("test");
    const auto first = [](std::string_view payload) { return client_frame(0x01, payload, key); };
    const auto first_binary = [](std::string_view payload) { return client_frame(0x02, payload, key); };
    const auto more = [](std::string_view payload) { return client_frame(0x00, payload, key); };
    const auto last = [](std::string_view payload) { return client_frame(0x80, payload, key); };
    const auto failed = Ending::failed(1002);

    row("ping in two fragments", {client_frame(0x09, "a", key), last("b")}, "", failed);
    row("pong in two fragments", {client_frame(0x0a, "a", key), last("b")}, "", failed);
    row("close in two fragments", {client_frame(0x08, "\x03\xe8", key), last("b")}, "", failed);
    row("fragmented ping inside a message", {first("a"), client_frame(0x09, "p", key), last("q")}, "",
        failed);
    row("text in two", {first("frag1"), last("frag2")}, echo("frag1frag2"));
    row("binary in two", {first_binary("\xff\xfe"), last("\x80")}, server_frame(0x82, "\xff\xfe\x80"));
    row("text in two, ping between", {first("frag1"), ping("p"), last("frag2")},
        answer("p") + echo("frag1frag2"));
    row("text in two, pong between", {first("frag1"), pong("p"), last("frag2")}, echo("frag1frag2"));
    row("text in three, empty ones", {first(""), more(""), last("")}, echo(""));
    row("text in three, the middle one holds all", {first(""), more("middle"), last("")}, echo("middle"));
    row("text in three, the first one holds all", {first("first"), more(""), last("")}, echo("first"));
    row("text in three, the last one holds all", {first(""), more(""), last("last")}, echo("last"));
    row("text in five, two pings between",
        {first("1"), more("2"), ping("p1"), more("3"), more("4"), ping("p2"), last("5")},
        answer("p1") + answer("p2") + echo("12345"));
    row("text in five, a ping between each two",
        {first("1"), ping("a"), more("2"), ping("b"), more("3"), ping("c"), more("4"), ping("d"), last("5")},
        answer("a") + answer("b") + answer("c") + answer("d") + echo("12345"));
    row("two fragmented messages", {first("1"), last("2"), first_binary("3"), last("4")},
        echo("12") + server_frame(0x82, "34"));
    row("fragmented, whole, fragmented", {first("1"), last("2"), text("x"), first("3"), last("4")},
        echo("12") + echo("x") + echo("34"));
    for (const bool fin : {true, false}) {
        const unsigned byte = fin ? 0x80 : 0x00;
        const std::string label = fin ? ", FIN" : ", no FIN";
        const std::string orphan = client_frame(byte, "orphan", key);
        row("continuation of nothing" + label, {orphan, text("x")}, "", failed);
        row("empty continuation of nothing" + label, {client_frame(byte, "", key), text("x")}, "", failed);
        row("continuation after a text" + label, {text("x"), orphan}, echo("x"), failed);
        row("continuation after a fragmented text" + label, {first("1"), last("2"), orphan, text("x")},
            echo("12"), failed);
        row("continuation after a ping" + label, {ping("p"), orphan}, answer("p"), failed);
        row("text inside a text" + label, {first("1"), client_frame(0x01 | byte, "2", key)}, "", failed);
        row("binary inside a text" + label, {first("1"), client_frame(0x02 | byte, "2", key)}, "", failed);
        row("text inside a binary" + label, {first_binary("1"), client_frame(0x01 | byte, "2", key)}, "",
            failed);
        row("text inside a text after a ping" + label,
            {first("1"), ping("p"), more("2"), client_frame(0x01 | byte, "3", key)}, answer("p"), failed);
    }
    for (const std::size_t size : {1U, 3U, 64U, 997U})
        row("text of 4096 in fragments of " + std::to_string(size), fragments_of(0x1, payload_of(4096), size),
            echo(payload_of(4096)));
}

void ConformanceSuiteTest::masking_and_lengths_data()
{
    QTest::addColumn<ConformanceCase>("test");
    const auto failed = Ending::failed(1002);
    for (const auto& [name, first] : {std::pair("text", 0x81U), std::pair("binary", 0x82U),
             std::pair("ping", 0x89U), std::pair("pong", 0x8aU), std::pair("close", 0x88U)}) {
        row(std::string("unmasked ") + name, {server_frame(first, "ab")}, "", failed);
        row(std::string("unmasked empty ") + name, {server_frame(first, "")}, "", failed);
    }
    row("unmasked continuation", {client_frame(0x01, "a", key), server_frame(0x80, "b")}, "", failed);
    row("text, then unmasked", {text("a"), server_frame(0x81, "b")}, echo("a"), failed);
    for (const char* wide : {"82 fe 0000", "82 fe 007d", "82 ff 0000000000000000", "82 ff 000000000000007d",
             "82 ff 000000000000007e", "82 ff 000000000000ffff", "82 ff 8000000000000000",
             "82 ff ffffffffffffffff", "81 ff 8000000000000001", "89 fe 0000", "89 fe 007d",
             "8a ff 0000000000000000", "88 fe 0002", "88 ff 0000000000000002"})
        row(std::string("length ") + wide, {from_hex(wide) + "keyy"}, "", failed);
    row("length over the limit", {from_hex("82 ff 0000000001000001")}, "", Ending::failed(1009));
    row("greatest legal length", {from_hex("82 ff 7fffffffffffffff")}, "", Ending::failed(1009));
    row("sum over the limit", {client_frame(0x02, "a", key), from_hex("80 ff 0000000001000000")}, "",
        Ending::failed(1009));
    for (const std::string_view each : {std::string_view("\0\0\0\0", 4), std::string_view("\xff\xff\xff\xff"),
             std::string_view("\x00\x00\x00\x01", 4), std::string_view("\x80\x00\x00\x00", 4)}) {
        for (const std::size_t size : {1U, 3U, 4U, 5U, 15U, 16U, 17U, 31U, 33U, 65U})
            row("key " + to_hex(each) + ", text of " + std::to_string(size),
                {client_frame(0x81, payload_of(size), each)}, echo(payload_of(size)));
    }
}

QTEST_GUILESS_MAIN(ConformanceSuiteTest)
#include "conformance_suite_test.moc"
