#include "support/engine_fixture.h"
#include "support/http_harness.h"

#include <QTest>

#include <memory>
#include <optional>
#include <thread>

using namespace jackfield;
using namespace jackfield::test;

namespace {

constexpr int stays_open = 0;

std::string repeated(std::string_view text, std::size_t times)
{
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        all.append(text);
    return all;
}

} // namespace

/// FR, UT and CL of the hardening list, through the engine.
class FramingSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void peer_frames_data();
    void peer_frames();
    void message_of_the_cap_is_echoed_and_one_byte_more_fails_on_its_header();
    void fragments_up_to_the_cap_data();
    void fragments_up_to_the_cap();
    void invalid_byte_fails_when_it_arrives();
    void burst_of_small_messages_is_echoed_in_order_beside_the_canary();
    void message_that_comes_byte_by_byte();
    void only_the_pong_to_our_ping_keeps_a_peer_alive_data();
    void only_the_pong_to_our_ping_keeps_a_peer_alive();
    void round_trip_is_measured();
    void nothing_is_served_after_our_close();
    void nothing_is_served_after_the_peers_close();
    void both_sides_close_at_once();
    void peer_that_answers_and_stays_is_left_after_a_second();
    void peer_that_streams_on_is_cut_at_five_seconds();
    void peer_that_never_answers_is_cut_at_five_seconds();
    void close_reasons_are_kept_exactly();

private:
    void start(const std::function<void(EngineSetup&)>& change = {});
    std::unique_ptr<EngineFixture> fixture_;
};

void FramingSuiteTest::init()
{
    if (!fixture_)
        start();
}

void FramingSuiteTest::start(const std::function<void(EngineSetup&)>& change)
{
    if (fixture_)
        fixture_->finish();
    EngineSetup setup;
    setup.has_manual_clock = true;
    if (change)
        change(setup);
    fixture_.reset();
    fixture_ = std::make_unique<EngineFixture>(setup);
}

void FramingSuiteTest::cleanup()
{
    fixture_->finish();
    fixture_.reset();
}

void FramingSuiteTest::peer_frames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("answers"); // server frames but the Close
    QTest::addColumn<int>("close");
    QTest::addColumn<int>("cause");
    using C = CloseCause;
    const auto row = [](const char* name, const std::string& bytes, const std::vector<std::string>& answers,
                         int close = stays_open, C cause = C::protocol_violation) {
        QByteArrayList list;
        for (const std::string& each : answers)
            list << to_byte_array(each);
        QTest::newRow(name) << to_byte_array(bytes) << list << close << static_cast<int>(cause);
    };
    const auto hex = [](std::string_view text) { return from_hex(text); };
    const std::string hello = server_frame(0x81, "Hello");

    row("FR-01 masked text", hex("81 85 37fa213d 7f9f4d5158"), {hello});
    row("FR-02 unmasked", hex("81 05 48656c6c6f"), {}, 1002);
    for (const unsigned opcode : {3U, 4U, 5U, 6U, 7U, 0xbU, 0xcU, 0xdU, 0xeU, 0xfU})
        row(("FR-04 opcode " + std::to_string(opcode)).c_str(), client_frame(0x80 | opcode, ""), {}, 1002);
    for (const unsigned bit : {0x40U, 0x20U, 0x10U})
        row(("FR-05 reserved bit " + std::to_string(bit)).c_str(), client_frame(0x81 | bit, "a"), {}, 1002);
    row("FR-07 highest bit of the length", hex("82 ff 8000000000000000"), {}, 1002);
    row("FR-08 length that wraps", hex("82 ff fffffffffffffffc"), {}, 1002);
    row("FR-08 greatest length", hex("82 ff ffffffffffffffff"), {}, 1002);
    row("FR-10 sum that wraps", hex("01 81 00000000 61 80 ff 7fffffffffffffff"), {}, 1009,
        C::message_too_big);
    row("FR-13 control frame of 126", hex("89 fe 007e"), {}, 1002);
    row("FR-13 control frame with 64 bits", hex("89 ff"), {}, 1002);
    row("FR-14 fragmented ping", hex("09 80 00000000"), {}, 1002);
    row("FR-14 fragmented close", hex("08 80 00000000"), {}, 1002);
    row("FR-16 message inside a message", client_frame(0x01, "a") + client_frame(0x81, "b"), {}, 1002);
    row("continuation of nothing", client_frame(0x80, "a"), {}, 1002);
    row("FR-17 ping inside a message",
        client_frame(0x01, "Hel") + client_frame(0x89, "p") + client_frame(0x80, "lo"),
        {server_frame(0x8a, "p"), hello});
    row("FR-22 empty text", hex("81 80 00000000"), {server_frame(0x81, "")});
    row("FR-22 empty binary", hex("82 80 00000000"), {server_frame(0x82, "")});
    row("FR-22 empty ping", hex("89 80 00000000"), {server_frame(0x8a, "")});
    for (const std::string_view key : {std::string_view("\0\0\0\0", 4), std::string_view("\xff\xff\xff\xff"),
             std::string_view("\x12\x9a\xf0\x07")})
        row(("FR-23 key " + to_hex(key)).c_str(), client_frame(0x82, "seventeen bytes !", key),
            {server_frame(0x82, "seventeen bytes !")});
    row("FR-25 unsolicited pong", client_frame(0x8a, "x") + client_frame(0x81, "Hello"), {hello});
    row("FR-26 ping of 125", client_frame(0x89, std::string(125, 'p')),
        {server_frame(0x8a, std::string(125, 'p'))});
    row("length in 16 bits", client_frame(0x82, std::string(300, 'b')),
        {server_frame(0x82, std::string(300, 'b'))});
    row("length in 64 bits", client_frame(0x82, std::string(70'000, 'b')),
        {server_frame(0x82, std::string(70'000, 'b'))});
    for (const char* bad : {"81 82 00000000 c080", "81 83 00000000 eda080", "81 84 00000000 f4908080",
             "81 81 00000000 80", "81 81 00000000 ff", "81 82 00000000 e282"})
        row((std::string("UT-01 ") + bad).c_str(), hex(bad), {}, 1007, C::invalid_utf8);
    row("UT-02 a character in three fragments",
        client_frame(0x01, "\xe2") + client_frame(0x00, "\x82") + client_frame(0x80, "\xac"),
        {server_frame(0x81, "\xe2\x82\xac")});
    const std::string odd("\0\xef\xbb\xbf\xef\xbf\xbe\xf4\x8f\xbf\xbf", 11);
    row("UT-07 NUL, BOM, U+FFFE, U+10FFFF", client_frame(0x81, odd), {server_frame(0x81, odd)});
    row("UT-08 binary is no text", client_frame(0x82, "\xff\xfe"), {server_frame(0x82, "\xff\xfe")});
    row("CL-02 half a code", hex("88 81 00000000 00"), {}, 1002);
    row("CL-04 reason that is no UTF-8", client_frame(0x88, "\x03\xe8\xff"), {}, 1007, C::invalid_utf8);
    row("CL-04 reason of 124", client_frame(0x88, "\x03\xe8" + std::string(124, 'r')), {}, 1002);
    for (const unsigned code : {0U, 999U, 1004U, 1005U, 1006U, 1015U, 1016U, 2999U, 5000U, 65535U})
        row(("close code " + std::to_string(code)).c_str(),
            client_frame(0x88, std::string{static_cast<char>(code >> 8U), static_cast<char>(code & 0xffU)}),
            {}, 1002);
}

void FramingSuiteTest::peer_frames()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, answers);
    QFETCH(int, close);
    QFETCH(int, cause);
    std::string expected;
    for (const QByteArray& each : answers)
        expected += each.toStdString();
    for (const bool bytewise : {false, true}) {
        RawClient client = fixture_->open_client();
        const std::uint16_t port = client.local_port();
        if (bytewise)
            client.send_bytewise(bytes.toStdString());
        else
            client.send(bytes.toStdString());
        QCOMPARE(to_hex(client.read_exactly(expected.size())), to_hex(expected));
        if (close == stays_open) {
            client.send_text("still here");
            QCOMPARE(client.read_message(), std::string("still here"));
            client.send_close(1000);
            client.read_until_end();
            QVERIFY(fixture_->close_of(port).clean);
            continue;
        }
        const ServerFrame last = client.read_frame();
        QCOMPARE(last.opcode, 8U);
        QCOMPARE(int(last.close_code()), close);
        QCOMPARE(client.read_until_end(), std::string());
        QVERIFY(!client.was_reset());
        const CloseInfo info = fixture_->close_of(port);
        QCOMPARE(int(info.code), close);
        QCOMPARE(info.by, ClosedBy::engine);
        QCOMPARE(static_cast<int>(info.cause), cause);
        QVERIFY(!info.clean);
    }
}

// FR-11
void FramingSuiteTest::message_of_the_cap_is_echoed_and_one_byte_more_fails_on_its_header()
{
    start([](EngineSetup& setup) { setup.config.limits.max_message = 100'000; });
    RawClient client = fixture_->open_client();
    const std::string cap(100'000, 'c');
    client.send_frame(0x82, cap);
    QCOMPARE(client.read_message(), cap);
    client.send(client_frame(0x82, cap + 'c').substr(0, 10)); // the length, not even the key
    QCOMPARE(client.read_close(), std::uint16_t{1009});
    client.close();
    RawClient fragmented = fixture_->open_client();
    fragmented.send_frame(0x02, cap);
    fragmented.send(client_frame(0x80, "c").substr(0, 2));
    QCOMPARE(fragmented.read_close(), std::uint16_t{1009});
}

// FR-19, FR-20
void FramingSuiteTest::fragments_up_to_the_cap_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("FR-19 one byte each") << QByteArray("a");
    QTest::newRow("FR-20 empty") << QByteArray("");
}

void FramingSuiteTest::fragments_up_to_the_cap()
{
    QFETCH(QByteArray, payload);
    constexpr std::size_t cap = 131'072;
    RawClient client = fixture_->open_client();
    const std::uint16_t port = client.local_port();
    client.send_frame(0x01, payload.toStdString());
    client.send(repeated(client_frame(0x00, payload.toStdString()), cap - 1));
    client.send_frame(0x89, "open?");
    QCOMPARE(client.read_frame().payload, std::string("open?"));
    client.send_frame(0x00, payload.toStdString());
    QCOMPARE(client.read_close(), std::uint16_t{1008});
    QCOMPARE(client.read_until_end(), std::string());
    QCOMPARE(fixture_->close_of(port).cause, CloseCause::flood);
    QCOMPARE(fixture_->wait_for<event::Flood>().kind, event::FloodKind::fragments);
}

// UT-04
void FramingSuiteTest::invalid_byte_fails_when_it_arrives()
{
    RawClient client = fixture_->open_client();
    const std::string frame = client_frame(0x81, std::string(1U << 20U, 'a'));
    client.send(frame.substr(0, 70'000));
    fixture_->settle();
    QVERIFY(client.is_quiet());
    client.send("\xff");
    QCOMPARE(client.read_close(), std::uint16_t{1007});
}

// FR-29
void FramingSuiteTest::burst_of_small_messages_is_echoed_in_order_beside_the_canary()
{
    constexpr std::size_t count = 100'000;
    std::string burst;
    std::string expected;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string payload{static_cast<char>('a' + i % 26), static_cast<char>('a' + i / 26 % 26)};
        burst += client_frame(0x81, payload);
        expected += server_frame(0x81, payload);
    }
    RawClient client = fixture_->open_client();
    std::thread sender([&] { client.try_send(burst); });
    for (int i = 0; i < 20; ++i)
        fixture_->check_canary();
    sender.join();
    QVERIFY(client.read_exactly(expected.size()) == expected);
}

// FR-34
void FramingSuiteTest::message_that_comes_byte_by_byte()
{
    RawClient client = fixture_->open_client();
    const std::string payload(16U << 10U, 'b');
    client.send_bytewise(client_frame(0x82, payload));
    QCOMPARE(client.read_message(), payload);
}

// FR-25
void FramingSuiteTest::only_the_pong_to_our_ping_keeps_a_peer_alive_data()
{
    QTest::addColumn<bool>("is_right");
    QTest::newRow("FR-25 the payload of our ping") << true;
    QTest::newRow("FR-25 another payload") << false;
}

void FramingSuiteTest::only_the_pong_to_our_ping_keeps_a_peer_alive()
{
    QFETCH(bool, is_right);
    RawClient client = fixture_->open_client();
    const std::uint16_t port = client.local_port();
    fixture_->settle();
    fixture_->advance(milliseconds(30'010));
    const ServerFrame ping = client.read_frame();
    QCOMPARE(ping.opcode, 9U);
    client.send_frame(0x8a, is_right ? ping.payload : ping.payload + "x");
    client.send_text("messages count for nothing");
    QCOMPARE(client.read_message(), std::string("messages count for nothing"));
    fixture_->check_canary();
    fixture_->advance(milliseconds(20'010));
    fixture_->settle();
    if (is_right) {
        QVERIFY(client.is_quiet());
        client.send_text("alive");
        QCOMPARE(client.read_message(), std::string("alive"));
        return;
    }
    const CloseInfo info = fixture_->close_of(port);
    QCOMPARE(info.cause, CloseCause::no_pong);
    QCOMPARE(info.code, std::uint16_t{1006});
    QCOMPARE(info.by, ClosedBy::engine);
    QCOMPARE(client.read_until_end(), std::string());
}

void FramingSuiteTest::round_trip_is_measured()
{
    RawClient client = fixture_->open_client();
    const ConnectionId id = fixture_->id_of(client);
    fixture_->attach_state();
    fixture_->settle();
    fixture_->advance(milliseconds(30'010));
    const ServerFrame ping = client.read_frame();
    fixture_->advance(milliseconds(25));
    client.send_frame(0x8a, ping.payload);
    fixture_->wait_until(
        [&] { return fixture_->rows.contains(id) && fixture_->rows[id].round_trip_us != 0; }, true);
    QVERIFY(fixture_->rows[id].round_trip_us >= 25'000);
    QVERIFY(fixture_->rows[id].round_trip_us < 40'000);
}

// FR-28
void FramingSuiteTest::nothing_is_served_after_our_close()
{
    RawClient client = fixture_->open_client();
    const std::uint16_t port = client.local_port();
    QCOMPARE(fixture_->run(command::Kick{Target::one(fixture_->id_of(client)), {4001, "bye"}}).count, 1U);
    QCOMPARE(client.read_close(), std::uint16_t{4001});
    client.send_frame(0x89, "ping");
    client.send_text("message");
    client.send_close(4001);
    QCOMPARE(client.read_until_end(), std::string());
    const auto closed = fixture_->closed_of(port);
    QVERIFY(closed.close.clean);
    QCOMPARE(closed.close.code, std::uint16_t{4001});
    QCOMPARE(closed.close.reason, std::string("bye"));
    QCOMPARE(closed.close.by, ClosedBy::person);
    QCOMPARE(closed.counters.messages_in, 0U);
}

// FR-28
void FramingSuiteTest::nothing_is_served_after_the_peers_close()
{
    RawClient client = fixture_->open_client();
    const std::uint16_t port = client.local_port();
    client.send(
        client_frame(0x88, "\x03\xe8") + repeated(client_frame(0x82, std::string(1'000, 'x')), 1'000));
    QCOMPARE(client.read_close(), std::uint16_t{1000});
    QCOMPARE(client.read_until_end(), std::string());
    QVERIFY(!client.was_reset());
    const auto closed = fixture_->closed_of(port);
    QVERIFY(closed.close.clean);
    QCOMPARE(closed.counters.messages_in, 0U);
}

// CL-05
void FramingSuiteTest::both_sides_close_at_once()
{
    for (int i = 0; i < 50; ++i) {
        RawClient client = fixture_->open_client();
        const std::uint16_t port = client.local_port();
        const ConnectionId id = fixture_->id_of(client);
        fixture_->engine().submit(command::Kick{Target::one(id), {4000, {}}});
        client.send_close(1000);
        client.read_until_end();
        QVERIFY(fixture_->close_of(port).clean);
        QCOMPARE(fixture_->count_of<event::Closed>([&](const auto& e) { return e.info->id == id; }),
            std::size_t{1});
        fixture_->forget_events();
    }
}

// CL-07
void FramingSuiteTest::peer_that_answers_and_stays_is_left_after_a_second()
{
    RawClient client = fixture_->open_client();
    const std::uint16_t port = client.local_port();
    fixture_->run(command::Kick{Target::one(fixture_->id_of(client)), {1000, {}}});
    const std::size_t with_socket = open_descriptors();
    QCOMPARE(client.finish_close(), std::uint16_t{1000}); // the server ends first, at once
    QVERIFY(fixture_->close_of(port).clean);
    fixture_->settle();
    QCOMPARE(open_descriptors(), with_socket);
    fixture_->advance(milliseconds(1'010));
    fixture_->settle();
    QCOMPARE(open_descriptors(), with_socket - 1);
}

// CL-08
void FramingSuiteTest::peer_that_streams_on_is_cut_at_five_seconds()
{
    RawClient client = fixture_->open_client();
    const std::uint16_t port = client.local_port();
    fixture_->run(command::Kick{Target::one(fixture_->id_of(client)), {1000, {}}});
    const std::uint64_t memory = resident_memory();
    const std::string frame = client_frame(0x82, std::string(64U << 10U, 'x'));
    for (int i = 0; i < 500; ++i)
        client.send(frame);
    QVERIFY(resident_memory() < memory + (8U << 20U));
    fixture_->settle();
    fixture_->advance(milliseconds(4'900));
    fixture_->settle();
    QCOMPARE(fixture_->count_of<event::Closed>(), std::size_t{0});
    fixture_->advance(milliseconds(200));
    QCOMPARE(fixture_->close_of(port).cause, CloseCause::closing_timeout);
    while (client.try_send(frame)) { }
}

void FramingSuiteTest::peer_that_never_answers_is_cut_at_five_seconds()
{
    RawClient client = fixture_->open_client();
    const std::uint16_t port = client.local_port();
    fixture_->run(command::Kick{Target::one(fixture_->id_of(client)), {3000, "please"}});
    QCOMPARE(client.read_close(), std::uint16_t{3000});
    fixture_->advance(milliseconds(4'900));
    fixture_->settle();
    QVERIFY(client.is_quiet());
    fixture_->advance(milliseconds(200));
    client.read_until_end();
    const CloseInfo info = fixture_->close_of(port);
    QCOMPARE(info.cause, CloseCause::closing_timeout);
    QVERIFY(!info.clean);
}

// CL-01, CL-04, CL-10
void FramingSuiteTest::close_reasons_are_kept_exactly()
{
    const std::string hostile = "\x1b[2J<b>\xe2\x80\xae"
        + std::string(100, '\xcc').replace(1, 99, repeated("\x81\xcc", 49) + "\x81");
    for (const std::string& reason : {std::string(), std::string(123, 'r'), hostile}) {
        RawClient client = fixture_->open_client();
        const std::uint16_t port = client.local_port();
        client.send_close(1000, reason);
        QCOMPARE(client.read_close(), std::uint16_t{1000});
        client.read_until_end();
        const CloseInfo info = fixture_->close_of(port);
        QVERIFY(info.clean);
        QCOMPARE(info.by, ClosedBy::peer);
        QCOMPARE(info.code, std::uint16_t{1000});
        QCOMPARE(info.reason, reason);
    }
    RawClient client = fixture_->open_client();
    const std::uint16_t port = client.local_port();
    client.send_frame(0x88, "");
    const ServerFrame answer = client.read_frame();
    QCOMPARE(answer.opcode, 8U);
    QVERIFY(answer.payload.empty());
    client.read_until_end();
    QCOMPARE(fixture_->close_of(port).code, std::uint16_t{close_no_code});
    QVERIFY(fixture_->close_of(port).clean);
}

QTEST_GUILESS_MAIN(FramingSuiteTest)
#include "framing_suite_test.moc"
