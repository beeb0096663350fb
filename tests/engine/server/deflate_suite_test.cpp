#include "support/deflate_harness.h"
#include "support/engine_fixture.h"

#include <QProcess>
#include <QTest>

#include <malloc.h>
#include <random>

using namespace jackfield;
using namespace jackfield::test;

namespace {

constexpr std::string_view offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";

/// A client that has agreed on compression.
RawClient compressing_client(EngineFixture& fixture, std::string_view target = "/chat",
    std::string_view headers = offer, int receive_buffer = 0)
{
    RawClient client = fixture.open_client(headers, target, receive_buffer);
    client.takes_compressed = true;
    return client;
}

/// The next message, inflated where it was compressed.
struct Message {
    std::string text;
    bool compressed = false;
    std::string payload; ///< as it travelled
};
Message read_message(RawClient& client, PeerInflater* kept = nullptr)
{
    Message message;
    for (bool is_first = true;; is_first = false) {
        const ServerFrame frame = client.read_frame();
        if (frame.opcode >= 8)
            throw std::runtime_error("expected a message, got " + std::to_string(frame.opcode) + " with "
                + std::to_string(frame.close_code()));
        if (frame.compressed && !is_first)
            throw std::runtime_error("RSV1 on a continuation");
        message.compressed |= frame.compressed;
        message.payload += frame.payload;
        if (frame.fin)
            break;
    }
    message.text = !message.compressed ? message.payload
        : kept                         ? kept->message(message.payload)
                                       : PeerInflater().message(message.payload);
    return message;
}

const std::string page = [] {
    std::string text;
    for (int i = 0; text.size() < 20'000; ++i)
        text += "{\"row\":" + std::to_string(i * 7) + "},";
    return text;
}();

/// What a window that is kept still holds when it is sent again.
const std::string small_page = page.substr(0, 12'000);

std::string noise(std::size_t size)
{
    std::mt19937 random(1);
    std::string text(size, '\0');
    std::ranges::generate(text, [&] { return static_cast<char>(random()); });
    return text;
}

EngineSetup with_compression(const Compression& compression)
{
    EngineSetup setup;
    setup.config.compression = compression;
    return setup;
}

Compression all_takeover()
{
    Compression compression;
    compression.server_context_takeover = compression.client_context_takeover = true;
    return compression;
}

} // namespace

class DeflateSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agrees_and_echoes_compressed();
    void windows_are_kept_where_the_settings_allow_it();
    void a_command_changes_what_new_connections_get();
    void odd_settings_are_brought_into_range();
    void a_chat_reaches_everybody_in_their_own_way();
    void a_message_by_hand_goes_out_in_fragments();
    void invalid_data_ends_that_connection();
    void a_bomb_ends_at_the_limit();
    void unfinished_messages_count_with_their_decompressors();
    void many_large_messages_keep_nobody_waiting();
    void too_much_to_inflate_is_a_flood();
    void windows_end_with_their_budget();
    void a_kick_in_the_middle_of_anything_data();
    void a_kick_in_the_middle_of_anything();
    void memory_is_given_back_when_all_is_idle();
    void an_independent_client_understands_it();
};

void DeflateSuiteTest::agrees_and_echoes_compressed()
{
    EngineFixture fixture;
    fixture.engine().set_traffic(TrafficLevel::full, TrafficPolicy::drop_and_count);
    fixture.engine().attach_state();
    fixture.settle();
    RawClient client = fixture.connect();
    client.takes_compressed = true;
    const std::string head = client.upgrade(good_handshake(fixture.port(), offer));
    const std::string agreed = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
    QVERIFY2(
        head.find("\r\nSec-WebSocket-Extensions: " + agreed + "\r\n") != std::string::npos, head.c_str());
    const auto opened = fixture.opened_of(client.local_port());
    QCOMPARE(*opened.info->extensions, agreed);

    const std::string payload = deflated(page);
    client.send_frame(0xc1, payload);
    const Message first = read_message(client);
    QVERIFY(first.compressed);
    QCOMPARE(first.text, page);
    client.send_text("small"); // plain in both directions
    const Message second = read_message(client);
    QVERIFY(!second.compressed);
    QCOMPARE(second.text, std::string("small"));
    client.send_frame(0xc2, deflated(noise(5'000)));
    const Message third = read_message(client);
    QVERIFY2(!third.compressed, "noise does not become smaller");
    QVERIFY(third.text == noise(5'000));

    const ConnectionId id = opened.info->id;
    fixture.wait_for_state([&] { return fixture.rows[id].messages_out == 3; });
    QVERIFY(fixture.rows[id].travelled_in > 0 && fixture.rows[id].travelled_in < 200);
    QVERIFY(fixture.rows[id].travelled_out > 0 && fixture.rows[id].travelled_out < 200);
    std::vector<std::pair<std::uint64_t, std::uint64_t>> sizes; // plain, compressed
    TrafficBatch batch;
    while (sizes.size() < 6) {
        pollfd entry{fixture.engine().ready_descriptor(), POLLIN, 0};
        ::poll(&entry, 1, 100);
        fixture.collect();
        if (!fixture.engine().take_traffic(batch))
            continue;
        while (const auto record = batch.next()) {
            if (record->connection == id)
                sizes.emplace_back(record->size, record->compressed);
        }
    }
    QCOMPARE(sizes,
        (std::vector<std::pair<std::uint64_t, std::uint64_t>>{{page.size(), payload.size()},
            {page.size(), first.payload.size()}, {5, 0}, {5, 0}, {5'000, deflated(noise(5'000)).size()},
            {5'000, 0}}));
    client.send_close(1000);
    QCOMPARE(client.read_close(), std::uint16_t{1000});
    client.close();
    fixture.finish();
}

void DeflateSuiteTest::windows_are_kept_where_the_settings_allow_it()
{
    EngineFixture fixture(with_compression(all_takeover()));
    RawClient client = compressing_client(fixture);
    PeerDeflater out;
    PeerInflater in;
    std::size_t first = 0;
    for (int i = 0; i < 5; ++i) {
        client.send_frame(0xc1, out.message(small_page));
        const Message message = read_message(client, &in);
        QCOMPARE(message.text, small_page);
        QVERIFY(i == 0 || message.payload.size() < first / 5);
        if (i == 0)
            first = message.payload.size();
    }
    client.close();
    fixture.finish();
}

void DeflateSuiteTest::a_command_changes_what_new_connections_get()
{
    EngineFixture fixture;
    fixture.engine().attach_state();
    RawClient early = compressing_client(fixture);
    Compression off;
    off.enabled = false;
    QVERIFY(!fixture.run(command::SetCompression{off}).error);
    fixture.wait_for_state([&] { return fixture.status && !fixture.status->compression.enabled; });
    RawClient client = fixture.connect();
    QVERIFY(client.upgrade(good_handshake(fixture.port(), offer)).find("Extensions") == std::string::npos);
    client.send_frame(0xc1, deflated(page)); // DF-07: not agreed on
    QCOMPARE(client.read_close(), std::uint16_t{1002});
    client.close();
    early.send_frame(0xc1, deflated(page)); // what is open keeps what it has
    QVERIFY(read_message(early).compressed);

    Compression tuned;
    tuned.threshold = 100'000;
    QVERIFY(!fixture.run(command::SetCompression{tuned}).error);
    RawClient later = compressing_client(fixture);
    later.send_frame(0xc1, deflated(page));
    QVERIFY(!read_message(later).compressed);
    later.close();
    early.close();
    fixture.finish();
}

void DeflateSuiteTest::odd_settings_are_brought_into_range()
{
    Compression odd;
    odd.level = 0;
    EngineFixture fixture(with_compression(odd));
    const auto notice = fixture.wait_for<event::Notice>();
    QVERIFY(notice.text.find("level was 0 and is taken as 1") != std::string::npos);
    odd.level = 77;
    fixture.engine().attach_state();
    fixture.run(command::SetCompression{odd});
    fixture.wait_for_state([&] { return fixture.status && fixture.status->compression.level == 9; });
    fixture.finish();
}

void DeflateSuiteTest::a_chat_reaches_everybody_in_their_own_way()
{
    EngineSetup setup;
    setup.config.endpoints.push_back({"/room", {}, "chat", true});
    EngineFixture fixture(std::move(setup));
    RawClient one = compressing_client(fixture, "/room");
    RawClient two = compressing_client(fixture, "/room");
    RawClient small = compressing_client(
        fixture, "/room", "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9\r\n");
    RawClient plain = fixture.open_client("", "/room");
    fixture.run(command::SetCompression{all_takeover()});
    RawClient keeping = compressing_client(fixture, "/room");
    PeerInflater window;
    for (int i = 0; i < 3; ++i) {
        one.send_frame(0xc1, deflated(small_page));
        const Message first = read_message(one);
        const Message second = read_message(two);
        QVERIFY(first.compressed && first.text == small_page);
        QCOMPARE(second.payload, first.payload);
        const Message narrow = read_message(small);
        QVERIFY(narrow.compressed && PeerInflater(9).message(narrow.payload) == small_page);
        QCOMPARE(plain.read_message(), small_page);
        const Message kept = read_message(keeping, &window);
        QCOMPARE(kept.text, small_page);
        QVERIFY(i == 0 || kept.payload.size() < first.payload.size() / 4);
    }
    for (RawClient* client : {&one, &two, &small, &plain, &keeping})
        client->close();
    fixture.finish();
}

void DeflateSuiteTest::a_message_by_hand_goes_out_in_fragments()
{
    EngineFixture fixture;
    RawClient client = compressing_client(fixture);
    const ConnectionId id = fixture.id_of(client);
    const auto done = fixture.run(
        command::Send{Target::one(id), MessageKind::text, SharedBytes(std::string_view(page)), 5});
    QCOMPARE(done.count, std::uint64_t{1});
    const Message message = read_message(client);
    QVERIFY(message.compressed);
    QCOMPARE(message.text, page);
    client.close();
    fixture.finish();
}

void DeflateSuiteTest::invalid_data_ends_that_connection()
{
    EngineFixture fixture;
    for (const auto& [frame, code, cause] :
        {std::tuple{client_frame(0xc1, "\xff\xff\xff"), 1007, CloseCause::invalid_deflate}, // DF-11
            std::tuple{client_frame(0xc1, deflated("\xff\xfe")), 1007, CloseCause::invalid_utf8}, // UT-05
            std::tuple{client_frame(0xc9, ""), 1002, CloseCause::protocol_violation}}) { // DF-07
        RawClient client = compressing_client(fixture);
        const std::uint16_t port = client.local_port();
        client.send(frame);
        QCOMPARE(static_cast<int>(client.read_close()), code);
        QVERIFY(client.read_until_end().empty());
        const CloseInfo close = fixture.close_of(port);
        QCOMPARE(static_cast<int>(close.code), code);
        QCOMPARE(close.cause, cause);
        QCOMPARE(close.by, ClosedBy::engine);
        client.close();
        fixture.check_canary();
    }
    fixture.finish();
}

void DeflateSuiteTest::a_bomb_ends_at_the_limit()
{
    // DF-08
    PeerDeflater peer(15, 9);
    const std::string zeros(1U << 20U, '\0');
    std::string payload = peer.run(zeros, Z_SYNC_FLUSH);
    const std::string again = peer.run(zeros, Z_SYNC_FLUSH);
    for (int i = 1; i < 1024; ++i)
        payload += again;
    payload.resize(payload.size() - 4);
    EngineFixture fixture;
    RawClient client = compressing_client(fixture);
    client.try_send(client_frame(0xc2, payload));
    QCOMPARE(client.read_close(), std::uint16_t{1009});
    client.close();
    fixture.finish();
}

void DeflateSuiteTest::unfinished_messages_count_with_their_decompressors()
{
    // Each says little and holds a decompressor: 40 of them pass 1 MiB.
    EngineSetup setup;
    setup.config.limits.max_partial_total = 1U << 20U;
    EngineFixture fixture(std::move(setup));
    std::vector<RawClient> clients;
    for (int i = 0; i < 40; ++i) {
        clients.push_back(compressing_client(fixture));
        clients.back().send_frame(0x41, "\xf2\x48");
    }
    QCOMPARE(fixture.wait_for<event::LimitReached>().kind, event::LimitKind::partial_messages);
    clients.clear();
    fixture.finish();
}

void DeflateSuiteTest::many_large_messages_keep_nobody_waiting()
{
    // DF-10: 16 MiB each, in 16 KB. The engine is driven by hand, turn by turn, so it is one thread.
    EngineSetup setup;
    setup.config.threads = 1;
    setup.config.endpoints.push_back({"/sink", {}, "silent", false});
    const auto engine = std::move(*Engine::create(setup.config));
    engine->set_traffic(TrafficLevel::headers, TrafficPolicy::drop_and_count);
    EventBatch events;
    engine->take_events(events);
    const SocketAddress address = std::get<event::Listening>(events.events.at(0).what).address;
    const auto open = [&](std::string_view target) {
        RawClient client(address);
        client.send(good_handshake(address.port(), offer, target));
        while (client.is_quiet())
            static_cast<void>(engine->poll(milliseconds(100)));
        if (!client.read_until("\r\n\r\n").starts_with("HTTP/1.1 101 "))
            throw std::runtime_error("no 101");
        client.takes_compressed = true;
        return client;
    };
    RawClient client = open("/sink");
    RawClient other = open("/chat");
    const std::string frame = client_frame(0xc2, deflated(std::string(16U << 20U, '\0')));
    constexpr int messages = 4;
    for (int i = 0; i < messages; ++i)
        client.send(frame);
    // While that is being inflated, others are served in every turn.
    TrafficBatch batch;
    int arrived = 0, turns = 0, answered = 0;
    while (arrived < messages) {
        QVERIFY(++turns < 1'000);
        other.send_frame(0xc1, deflated(page));
        for (int i = 0; i < 3 && other.is_quiet(); ++i)
            QVERIFY(engine->poll(milliseconds(0)).has_value());
        QCOMPARE(read_message(other).text, page);
        ++answered;
        engine->take_traffic(batch);
        while (const auto record = batch.next())
            arrived += record->size == 16U << 20U ? 1 : 0;
    }
    // At most about 1 MiB a turn, and up to three turns for an answer.
    QVERIFY2(answered >= 16 * messages / 3, qPrintable(QString::number(answered)));
    client.send_close(1000);
    while (client.is_quiet())
        QVERIFY(engine->poll(milliseconds(100)).has_value());
    QCOMPARE(client.read_close(), std::uint16_t{1000});
}

void DeflateSuiteTest::too_much_to_inflate_is_a_flood()
{
    // DF-10
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.config.limits.max_inflate_per_second = 1U << 20U;
    setup.config.endpoints.push_back({"/sink", {}, "silent", false});
    EngineFixture fixture(std::move(setup));
    fixture.engine().attach_state();
    RawClient client = compressing_client(fixture, "/sink");
    const std::uint16_t port = client.local_port();
    const ConnectionId id = fixture.id_of(client);
    const std::string frame = client_frame(0xc2, deflated(std::string(1U << 20U, '\0')));
    for (std::uint64_t second = 0; second < 10; ++second) {
        client.send(frame + frame);
        fixture.wait_until(
            [&] { return fixture.rows.contains(id) && fixture.rows[id].messages_in == 2 * second + 2; },
            true);
        fixture.advance(milliseconds(1'000));
    }
    client.send(frame);
    QCOMPARE(client.read_close(), std::uint16_t{1008});
    QCOMPARE(fixture.wait_for<event::Flood>().kind, event::FloodKind::inflate);
    QCOMPARE(fixture.close_of(port).cause, CloseCause::flood);
    client.close();
    fixture.finish();
}

void DeflateSuiteTest::windows_end_with_their_budget()
{
    // DF-17
    Compression compression = all_takeover();
    compression.context_budget = 512U << 10U;
    EngineFixture fixture(with_compression(compression));
    std::vector<RawClient> clients;
    const auto has_windows = [&] {
        clients.push_back(fixture.connect());
        return clients.back().upgrade(good_handshake(fixture.port(), offer)).find("no_context_takeover")
            == std::string::npos;
    };
    for (int i = 0; i < 6; ++i)
        QCOMPARE(has_windows(), i < 3); // about 142 KiB each
    const auto limit = fixture.wait_for<event::LimitReached>();
    QCOMPARE(limit.kind, event::LimitKind::deflate_windows);
    QCOMPARE(limit.limit, std::uint64_t{512U << 10U});
    // Who leaves gives back.
    const std::uint16_t port = clients[1].local_port();
    clients[1].close();
    fixture.close_of(port);
    QVERIFY(has_windows());
    QVERIFY(!has_windows());
    clients.clear();
    fixture.finish();
}

void DeflateSuiteTest::a_kick_in_the_middle_of_anything_data()
{
    QTest::addColumn<bool>("takeover");
    QTest::addColumn<int>("moment");
    for (const bool takeover : {false, true}) {
        const auto row = [takeover](const char* name, int moment) {
            QTest::newRow((std::string("DF-19 ") + name + (takeover ? ", windows kept" : "")).c_str())
                << takeover << moment;
        };
        row("half of a compressed message is here", 0);
        row("between two fragments", 1);
        row("a compressed message of 16 MiB is half written", 2);
        row("a large message is half inflated", 3);
        row("the client is gone", 4);
    }
}

void DeflateSuiteTest::a_kick_in_the_middle_of_anything()
{
    QFETCH(bool, takeover);
    QFETCH(int, moment);
    EngineFixture fixture(with_compression(takeover ? all_takeover() : Compression()));
    RawClient client = compressing_client(fixture, "/chat", offer, moment == 2 ? 4'096 : 0);
    const std::uint16_t port = client.local_port();
    const ConnectionId id = fixture.id_of(client);
    client.send_frame(0xc1, deflated(page));
    QCOMPARE(read_message(client).text, page);
    const std::string payload = deflated(page);
    switch (moment) {
    case 0:
        client.send(client_frame(0xc1, payload).substr(0, payload.size() / 2));
        fixture.settle();
        break;
    case 1:
        client.send(client_frame(0x41, payload.substr(0, 100)));
        fixture.settle();
        break;
    case 2: {
        std::string text = noise(16U << 20U); // half of it says something
        for (char& c : text)
            c = static_cast<char>(c & 0x0f);
        QCOMPARE(fixture
                     .run(command::Send{
                         Target::one(id), MessageKind::binary, SharedBytes(std::string_view(text)), 1})
                     .count,
            std::uint64_t{1});
        break;
    }
    case 3: {
        const std::string large = client_frame(0xc2, deflated(std::string(15U << 20U, '\0')));
        client.send(large + large + large + large);
        break;
    }
    default:
        client.send(client_frame(0xc1, payload).substr(0, payload.size() / 2));
        client.reset();
        break;
    }
    fixture.run(command::Kick{Target::one(id), {4001, "be gone"}});
    if (moment < 4) {
        if (moment == 0 || moment == 1) {
            QCOMPARE(client.read_close(), std::uint16_t{4001});
            // The rest of the message and our Close.
            client.send(moment == 0 ? client_frame(0xc1, payload).substr(payload.size() / 2)
                                    : client_frame(0x80, payload.substr(100)));
            client.send_close(4001);
            client.read_until_end();
            QVERIFY(fixture.close_of(port).clean);
        } else if (moment == 2) {
            client.close();
            fixture.close_of(port);
        } else {
            while (client.read_frame().opcode != 8) { } // echoes that were faster than the kick
            client.send_close(4001);
            client.read_until_end();
            fixture.close_of(port);
        }
    } else {
        fixture.close_of(port);
    }
    client.close();
    // The pool serves the next one.
    RawClient next = compressing_client(fixture);
    next.send_frame(0xc1, payload);
    QCOMPARE(read_message(next).text, page);
    next.close();
    fixture.finish();
}

void DeflateSuiteTest::memory_is_given_back_when_all_is_idle()
{
    // DF-20. Large blocks are to go back to the system at once, whatever the tests before have taught the
    // allocator: at the top of a thread's heap not even malloc_trim looks for them.
    ::mallopt(
        M_MMAP_THRESHOLD, 128 << 10U); // the sanitizers have allocators of their own, and measure nothing
    EngineSetup setup = with_compression(all_takeover());
    setup.has_manual_clock = true;
    setup.config.limits.ping_interval = milliseconds(0);
    EngineFixture fixture(std::move(setup));
    RawClient client = compressing_client(fixture);
    const std::string text(16U << 20U, 'a');
    const std::string payload = deflated(text);
    fixture.settle();
    ::malloc_trim(0); // what the allocator keeps belongs to nobody
    const std::uint64_t before = resident_memory();
    PeerInflater window;
    client.send_frame(0xc1, payload);
    QVERIFY(read_message(client, &window).text == text);
    fixture.settle();
    fixture.advance(milliseconds(61'000));
    fixture.settle();
    fixture.advance(milliseconds(600'000));
    fixture.settle();
    ::malloc_trim(0);
    const std::uint64_t after = resident_memory();
    QVERIFY2(after < before + (8U << 20U), qPrintable(QString::number(after - before)));
    client.send_frame(0xc1, payload); // and the windows begin anew
    QVERIFY(read_message(client, &window).text == text);
    client.close();
    fixture.finish();
}

void DeflateSuiteTest::an_independent_client_understands_it()
{
    for (const bool takeover : {false, true}) {
        EngineFixture fixture(with_compression(takeover ? all_takeover() : Compression()));
        QStringList arguments{JACKFIELD_SOURCE_DIR "/tests/engine/server/deflate_peer.py",
            "ws://localhost:" + QString::number(fixture.port()) + "/chat", "client_max_window_bits",
            "server_no_context_takeover client_no_context_takeover", "server_max_window_bits=9",
            "server_max_window_bits=12 client_max_window_bits=9 client_no_context_takeover",
            "client_max_window_bits=15 server_no_context_takeover"};
        const auto connections = arguments.size() - 2;
        QProcess process;
        process.setProcessChannelMode(QProcess::SeparateChannels);
        process.start("/usr/bin/python3", arguments);
        QVERIFY2(process.waitForFinished(100'000), "the client does not end");
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        const auto agreed = process.readAllStandardOutput().trimmed().split('\n');
        QCOMPARE(agreed.size(), connections);
        for (const QByteArray& each : agreed)
            QVERIFY2(each.startsWith("permessage-deflate"), each.constData());
        QCOMPARE(agreed[0],
            QByteArray(takeover
                    ? "permessage-deflate"
                    : "permessage-deflate; server_no_context_takeover; client_no_context_takeover"));
        fixture.finish();
    }
}

QTEST_GUILESS_MAIN(DeflateSuiteTest)
#include "deflate_suite_test.moc"
