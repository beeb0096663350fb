// What the library promises to whoever embeds it, with its public headers alone: one loop, one thread,
// callbacks there.
#include "support/raw_client.h"

#include "jackfield/close_code.h"
#include "jackfield/engine.h"
#include "jackfield/log.h"

#include <QTest>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace jackfield;
using namespace jackfield::test;

namespace {

/// A part of a message as a behaviour got it.
struct Part {
    MessageKind kind = MessageKind::text;
    std::string payload;
    bool first = true;
    bool last = true;
    bool operator==(const Part&) const = default;
};

/// What a behaviour was told, in its order.
struct Told {
    std::vector<std::string> requests; ///< "path|target|host|origin|offered|X-Token"
    std::vector<ConnectionId> opened, closed;
    std::vector<Part> parts;
    std::vector<CloseInfo> ends;
    std::vector<std::thread::id> threads; ///< of every call
};

/// Notes everything, and answers as it was told to.
class Noting final : public Behaviour {
public:
    Noting(Told& told, RequestAnswer answer, bool takes_fragments)
        : told_(told)
        , answer_(std::move(answer))
        , takes_fragments_(takes_fragments)
    { }
    [[nodiscard]] bool wants_fragments() const override { return takes_fragments_; }
    RequestAnswer on_request(const RequestView& request) override
    {
        note_thread();
        std::string offered;
        for (const std::string_view each : request.subprotocols)
            offered += std::string(each) + " ";
        told_.requests.push_back(std::string(request.path) + "|" + std::string(request.target) + "|"
            + std::string(request.host) + "|" + std::string(request.origin.value_or("none")) + "|" + offered
            + "|" + std::string(request.header("x-TOKEN").value_or("none")));
        return answer_;
    }
    void on_open(Peer& peer) override
    {
        note_thread();
        told_.opened.push_back(peer.id());
    }
    void on_message(Peer& peer, MessageKind kind, std::span<const std::byte> payload) override
    {
        note_thread();
        told_.parts.push_back({kind, std::string(as_text(payload)), true, true});
        peer.send(kind, payload);
    }
    void on_fragment(
        Peer& peer, MessageKind kind, std::span<const std::byte> part, bool first, bool last) override
    {
        note_thread();
        told_.parts.push_back({kind, std::string(as_text(part)), first, last});
        if (last)
            peer.send(MessageKind::text, as_bytes("all of it"));
    }
    void on_close(ConnectionId id, const CloseInfo& close) override
    {
        note_thread();
        told_.closed.push_back(id);
        told_.ends.push_back(close);
    }

private:
    void note_thread() { told_.threads.push_back(std::this_thread::get_id()); }
    Told& told_;
    const RequestAnswer answer_;
    const bool takes_fragments_;
};

/// An engine in a loop of this thread, which calls a Noting behaviour on every path.
struct Embedder {
    Told told;
    RequestAnswer answer;
    bool takes_fragments = false;
    EngineConfig config;
    Stack stack = Stack::standard();
    std::unique_ptr<Engine> engine;
    SocketAddress address;
    bool finished = false;

    Embedder()
    {
        config.listeners = default_listeners(0);
        config.listeners.pop_back();
        config.endpoints = {EndpointConfig{"/*", {}, "noting", false}};
    }
    void start()
    {
        auto created = Engine::create(config, stack.with_behaviour("noting", [this](const EndpointConfig&) {
            return std::make_unique<Noting>(told, answer, takes_fragments);
        }));
        if (!created)
            throw std::runtime_error(created.error().message());
        engine = std::move(*created);
        EventBatch batch;
        engine->take_events(batch);
        address = std::get<event::Listening>(batch.events.at(0).what).address;
    }
    /// Gives time slices until it holds.
    void run_until(const std::function<bool()>& holds)
    {
        const auto give_up = std::chrono::steady_clock::now() + RawClient::patience;
        while (!holds()) {
            if (std::chrono::steady_clock::now() > give_up)
                throw std::runtime_error("what was waited for did not happen");
            const auto report = engine->poll(milliseconds(20));
            if (!report)
                throw std::runtime_error(report.error().message());
            finished = report->finished;
        }
    }
    RawClient open(std::string_view more_headers = {}, std::string_view target = "/chat")
    {
        RawClient client(address);
        client.send(good_handshake(address.port(), more_headers, target));
        run_until([&] { return !client.is_quiet(); });
        head = client.read_until("\r\n\r\n");
        return client;
    }
    std::string read_message(RawClient& client)
    {
        run_until([&] { return !client.is_quiet(); });
        return client.read_message();
    }
    std::string head; ///< of the last answer
};

} // namespace

class EmbeddingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void callbacks_come_on_the_thread_that_gives_time_slices();
    void a_behaviour_sees_the_request();
    void a_behaviour_refuses_with_a_status_data();
    void a_behaviour_refuses_with_a_status();
    void a_behaviour_chooses_the_subprotocol_data();
    void a_behaviour_chooses_the_subprotocol();
    void a_message_comes_whole();
    void a_message_comes_in_fragments_data();
    void a_message_comes_in_fragments();
    void any_thread_sends();
    void a_send_to_who_is_gone_does_nothing();
    void one_more_than_the_limit_is_refused();
    void without_pages_only_websockets_are_served();
    void every_event_is_a_line_of_the_log();
    void a_logger_is_replaced_while_it_runs();
    void a_logger_that_throws_costs_no_connection();
    void whoever_is_open_hears_of_the_engines_end();
};

void EmbeddingTest::callbacks_come_on_the_thread_that_gives_time_slices()
{
    Embedder embedder;
    embedder.start();
    RawClient client = embedder.open();
    client.send_text("one thread");
    QCOMPARE(embedder.read_message(client), std::string("one thread"));
    client.send_close(1000);
    embedder.run_until([&] { return !embedder.told.closed.empty(); });
    QCOMPARE(embedder.told.threads.size(), std::size_t{4}); // request, open, message, close
    for (const std::thread::id thread : embedder.told.threads)
        QVERIFY(thread == std::this_thread::get_id());
    QCOMPARE(embedder.told.closed, embedder.told.opened);
    QCOMPARE(embedder.told.ends.at(0).code, std::uint16_t{1000});

    embedder.engine->submit(command::Quit{});
    embedder.run_until([&] { return embedder.finished; });
}

void EmbeddingTest::a_behaviour_sees_the_request()
{
    Embedder embedder;
    embedder.start();
    embedder.open("Sec-WebSocket-Protocol: first, second\r\nX-Token: abc\r\n", "/room/7?user=x%20y");
    const std::string host = "localhost:" + std::to_string(embedder.address.port());
    QCOMPARE(embedder.told.requests.at(0),
        "/room/7|/room/7?user=x%20y|" + host + "|http://localhost:3000|first second |abc");

    RawClient program(embedder.address);
    program.send(good_handshake(embedder.address.port(), {}, "/", ""));
    embedder.run_until([&] { return !program.is_quiet(); });
    QCOMPARE(embedder.told.requests.at(1), "/|/|" + host + "|none||none");
}

void EmbeddingTest::a_behaviour_refuses_with_a_status_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("answer");
    QTest::newRow("401") << 401 << "HTTP/1.1 401 ";
    QTest::newRow("403") << 403 << "HTTP/1.1 403 ";
    QTest::newRow("503") << 503 << "HTTP/1.1 503 ";
    QTest::newRow("below the range") << 200 << "HTTP/1.1 400 ";
    QTest::newRow("above the range") << 700 << "HTTP/1.1 599 ";
}

void EmbeddingTest::a_behaviour_refuses_with_a_status()
{
    QFETCH(int, status);
    QFETCH(QString, answer);
    Embedder embedder;
    embedder.answer.refuse_with = static_cast<std::uint16_t>(status);
    embedder.answer.why = "not today";
    embedder.start();
    RawClient client = embedder.open();
    QVERIFY2(embedder.head.starts_with(answer.toStdString()), embedder.head.c_str());
    QVERIFY(embedder.told.opened.empty());
    EventBatch batch;
    QVERIFY(embedder.engine->take_events(batch));
    const auto& refused = std::get<event::Refused>(batch.events.back().what);
    QVERIFY(refused.reason == RefusalReason::refused_by_behaviour);
    QCOMPARE(refused.why, std::string("not today"));
}

void EmbeddingTest::a_behaviour_chooses_the_subprotocol_data()
{
    QTest::addColumn<QString>("chosen");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("field");
    QTest::newRow("the second") << "second"
                                << "101"
                                << "Sec-WebSocket-Protocol: second\r\n";
    QTest::newRow("none") << ""
                          << "101"
                          << "";
    QTest::newRow("one that was not offered") << "third"
                                              << "500"
                                              << "";
    QTest::newRow("another case") << "SECOND"
                                  << "500"
                                  << "";
}

void EmbeddingTest::a_behaviour_chooses_the_subprotocol()
{
    QFETCH(QString, chosen);
    QFETCH(QString, status);
    QFETCH(QString, field);
    Embedder embedder;
    embedder.answer.subprotocol = chosen.toStdString();
    embedder.start();
    RawClient client = embedder.open("Sec-WebSocket-Protocol: first, second\r\n");
    const QString head = QString::fromStdString(embedder.head);
    QVERIFY2(head.startsWith("HTTP/1.1 " + status + " "), embedder.head.c_str());
    QCOMPARE(head.contains("Sec-WebSocket-Protocol"), !field.isEmpty());
    QVERIFY2(head.contains(field), embedder.head.c_str());
}

void EmbeddingTest::a_message_comes_whole()
{
    Embedder embedder;
    embedder.start();
    RawClient client = embedder.open();
    client.send_frame(0x01, "in ");
    client.send_frame(0x00, "three ");
    client.send_frame(0x80, "frames");
    QCOMPARE(embedder.read_message(client), std::string("in three frames"));
    const std::vector<Part> expected{{MessageKind::text, "in three frames", true, true}};
    QCOMPARE(embedder.told.parts, expected);
}

void EmbeddingTest::a_message_comes_in_fragments_data()
{
    QTest::addColumn<int>("opcode");
    QTest::addColumn<QStringList>("frames"); // the last one with FIN
    QTest::newRow("text in one") << 1 << QStringList{"whole"};
    QTest::newRow("text in three") << 1 << QStringList{"one ", "two ", "three"};
    QTest::newRow("binary in two") << 2 << QStringList{"one ", "two"};
    QTest::newRow("an empty one between") << 1 << QStringList{"one", "", "two"};
    QTest::newRow("all empty") << 2 << QStringList{"", ""};
}

void EmbeddingTest::a_message_comes_in_fragments()
{
    QFETCH(int, opcode);
    QFETCH(QStringList, frames);
    Embedder embedder;
    embedder.takes_fragments = true;
    embedder.start();
    RawClient client = embedder.open();
    std::vector<Part> expected;
    for (qsizetype i = 0; i < frames.size(); ++i) {
        const bool last = i + 1 == frames.size();
        const Part part{opcode == 1 ? MessageKind::text : MessageKind::binary, frames[i].toStdString(),
            expected.empty(), last};
        if (last || !part.payload.empty()) // nothing is told of a frame that brings nothing
            expected.push_back(part);
        client.send_frame((last ? 0x80U : 0U) | (i == 0 ? static_cast<unsigned>(opcode) : 0U), part.payload);
        // It is there before the next one is sent: nothing waits for the end of the message.
        embedder.run_until([&] { return embedder.told.parts.size() == expected.size(); });
    }
    QCOMPARE(embedder.told.parts, expected);
    QCOMPARE(embedder.read_message(client), std::string("all of it"));
}

void EmbeddingTest::any_thread_sends()
{
    constexpr int threads = 4;
    constexpr int messages = 250;
    Embedder embedder;
    embedder.start();
    RawClient client = embedder.open();
    const ConnectionId id = embedder.told.opened.at(0);
    std::atomic<int> refused{0};
    std::vector<std::thread> senders;
    for (int thread = 0; thread < threads; ++thread) {
        senders.emplace_back([&, thread] {
            for (int number = 0; number < messages; ++number) {
                const std::string text = std::to_string(thread) + " " + std::to_string(number);
                if (embedder.engine->send(id, MessageKind::text, SharedBytes(text)) != SendOutcome::queued)
                    ++refused;
            }
        });
    }
    std::map<std::string, int> next; // by thread: each one's messages keep their order
    for (int count = 0; count < threads * messages; ++count) {
        const std::string text = embedder.read_message(client);
        const std::size_t blank = text.find(' ');
        QCOMPARE(std::stoi(text.substr(blank)), next[text.substr(0, blank)]++);
    }
    for (std::thread& sender : senders)
        sender.join();
    QCOMPARE(refused.load(), 0);
    QCOMPARE(next.size(), std::size_t{threads});
    QCOMPARE(embedder.engine->send(id, MessageKind::text, SharedBytes("\xff")), SendOutcome::invalid);
}

void EmbeddingTest::a_send_to_who_is_gone_does_nothing()
{
    Embedder embedder;
    embedder.start();
    RawClient client = embedder.open();
    client.close();
    embedder.run_until([&] { return !embedder.told.closed.empty(); });
    QCOMPARE(embedder.engine->send(embedder.told.opened.at(0), MessageKind::text, SharedBytes("late")),
        SendOutcome::queued); // what came of it is only known on the engine's thread
    RawClient next = embedder.open();
    next.send_text("mine");
    QCOMPARE(embedder.read_message(next), std::string("mine"));
    QVERIFY(embedder.told.opened.at(1) != embedder.told.opened.at(0));
}

void EmbeddingTest::one_more_than_the_limit_is_refused()
{
    Embedder embedder;
    embedder.config.limits.max_connections = 2;
    embedder.config.limits.reserve_for_other_addresses = 0;
    embedder.start();
    RawClient first = embedder.open();
    RawClient second = embedder.open();
    RawClient third = embedder.open();
    QVERIFY2(embedder.head.starts_with("HTTP/1.1 503 "), embedder.head.c_str());
    QCOMPARE(embedder.told.opened.size(), std::size_t{2});
    first.close();
    embedder.run_until([&] { return embedder.told.closed.size() == 1; });
    RawClient fourth = embedder.open();
    QVERIFY2(embedder.head.starts_with("HTTP/1.1 101 "), embedder.head.c_str());
}

void EmbeddingTest::without_pages_only_websockets_are_served()
{
    Embedder embedder;
    embedder.stack = Stack::standard().without_pages();
    embedder.start();
    for (const char* path : {"/", "/health", "/favicon.ico"}) {
        RawClient client(embedder.address);
        client.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        embedder.run_until([&] { return !client.is_quiet(); });
        const std::string head = client.read_until("\r\n\r\n");
        QVERIFY2(head.starts_with("HTTP/1.1 426 "), head.c_str());
    }
    embedder.open();
    QVERIFY2(embedder.head.starts_with("HTTP/1.1 101 "), embedder.head.c_str());
}

void EmbeddingTest::every_event_is_a_line_of_the_log()
{
    std::vector<std::pair<LogLevel, std::string>> lines;
    Embedder embedder;
    embedder.config.logger = [&](LogLevel level, std::string_view line) { lines.emplace_back(level, line); };
    embedder.start();
    QCOMPARE(lines.size(), std::size_t{1}); // of the creation already
    QCOMPARE(lines[0].first, LogLevel::info);
    QCOMPARE(lines[0].second, "Listening on ws://" + embedder.address.text() + "/");
    embedder.open();
    RawClient refused(embedder.address);
    refused.send(good_handshake(embedder.address.port(), {}, "/chat",
        "http://\xe2\x80\xae"
        "evil.test"));
    embedder.run_until([&] { return !refused.is_quiet(); });
    embedder.run_until([&] { return lines.size() >= 4; }); // opened, closed, refused
    const auto line_of = [&](std::string_view word) {
        for (const auto& [level, line] : lines) {
            if (line.find(word) != std::string::npos)
                return std::pair(level, line);
        }
        return std::pair(LogLevel::debug, std::string());
    };
    QCOMPARE(line_of("#1 opened").first, LogLevel::info);
    const auto refusal = line_of("Refused");
    QCOMPARE(refusal.first, LogLevel::warning);
    QVERIFY2(refusal.second.find("\xe2\x80\xae") == std::string::npos, "what comes from a peer is escaped");
}

void EmbeddingTest::a_logger_is_replaced_while_it_runs()
{
    std::vector<std::string> before, after;
    Embedder embedder;
    embedder.config.logger = [&](LogLevel, std::string_view line) { before.emplace_back(line); };
    embedder.start();
    RawClient first = embedder.open();
    const std::size_t lines = before.size();
    std::thread other([&] {
        embedder.engine->set_logger([&](LogLevel, std::string_view line) { after.emplace_back(line); });
    });
    other.join();
    RawClient second = embedder.open();
    QCOMPARE(before.size(), lines);
    QCOMPARE(after.size(), std::size_t{1});
    QVERIFY2(after[0].starts_with("#2 opened"), after[0].c_str());

    embedder.engine->set_logger({});
    RawClient third = embedder.open();
    QVERIFY2(embedder.head.starts_with("HTTP/1.1 101 "), embedder.head.c_str());
    QCOMPARE(after.size(), std::size_t{1});
}

void EmbeddingTest::a_logger_that_throws_costs_no_connection()
{
    Embedder embedder;
    embedder.config.logger = [](LogLevel, std::string_view) { throw std::runtime_error("no disk left"); };
    embedder.start();
    RawClient client = embedder.open();
    client.send_text("still here");
    QCOMPARE(embedder.read_message(client), std::string("still here"));
}

void EmbeddingTest::whoever_is_open_hears_of_the_engines_end()
{
    Embedder embedder;
    embedder.start();
    RawClient client = embedder.open();
    QVERIFY(embedder.told.closed.empty());
    embedder.engine.reset();
    QCOMPARE(embedder.told.closed, embedder.told.opened);
}

QTEST_GUILESS_MAIN(EmbeddingTest)
#include "embedding_test.moc"
