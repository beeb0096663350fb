#include "support/engine_fixture.h"
#include "support/http_harness.h"

#include <QTest>

#include <memory>
#include <random>

using namespace jackfield;
using namespace jackfield::test;

namespace {

std::string subprotocol(const char* name)
{
    return std::string("Sec-WebSocket-Protocol: ") + name + "\r\n";
}

EndpointConfig endpoint(std::string pattern, std::string behaviour)
{
    EndpointConfig config;
    config.pattern = std::move(pattern);
    config.behaviour = std::move(behaviour);
    return config;
}

/// Refuses, chooses or greets, as the request's target says.
class Picky final : public Behaviour {
public:
    RequestAnswer on_request(const RequestView& request) override
    {
        if (request.target == "/picky/refused")
            return {403, "not today", {}};
        if (request.target == "/picky/second" && request.subprotocols.size() > 1)
            return {0, {}, std::string(request.subprotocols[1])};
        if (request.target == "/picky/foreign")
            return {0, {}, std::string("never-offered")};
        return {};
    }
    void on_open(Peer& peer) override
    {
        peer.send(MessageKind::text, as_bytes("welcome to " + *peer.info().target));
        if (*peer.info().target == "/picky/closed")
            peer.close({4321, "closed at the door"});
    }
    void on_message(Peer& peer, MessageKind, std::span<const std::byte>) override
    {
        peer.close({4000, "enough"});
    }
};

} // namespace

/// Behaviours, endpoints and the commands that act on connections.
class CommandSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void subprotocol_chooses_the_behaviour_data();
    void subprotocol_chooses_the_behaviour();
    void chat_goes_to_everyone_else_on_the_endpoint();
    void chat_can_include_its_sender();
    void silent_counts_and_says_nothing();
    void narrowed_endpoint_refuses_other_paths();
    void an_endpoint_that_comes_back_serves_who_stayed_on_it();
    void longest_pattern_wins();
    void changed_endpoint_serves_open_connections_at_once();
    void removed_endpoint_keeps_its_connections();
    void bad_endpoints_are_refused_data();
    void bad_endpoints_are_refused();
    void a_transport_is_forbidden_and_the_rest_stays();
    void sockjs_values_out_of_range_are_told();
    void behaviour_sees_the_request_and_decides();

    void targets_name_exactly_whom_they_say();
    void message_is_sent_in_the_fragments_asked_for_data();
    void message_is_sent_in_the_fragments_asked_for();
    void direct_send();
    void ping_goes_out_with_its_payload();
    void a_pong_goes_out_that_no_ping_asked_for();
    void kick_closes_with_code_and_reason();
    void kick_during_a_compressed_send();
    void kick_of_one_connection_happens_once();
    void kick_of_all_leaves_a_handshake_under_way();
    void commands_that_make_no_sense_data();
    void commands_that_make_no_sense();

private:
    std::unique_ptr<EngineFixture> fixture_;
};

void CommandSuiteTest::init()
{
    EngineSetup setup;
    setup.has_canary = false;
    setup.change_stack = [](StackParts& parts) {
        parts.behaviours["picky"] = [](const EndpointConfig&) { return std::make_unique<Picky>(); };
    };
    fixture_ = std::make_unique<EngineFixture>(setup);
}

void CommandSuiteTest::cleanup()
{
    fixture_->finish();
    fixture_.reset();
}

void CommandSuiteTest::subprotocol_chooses_the_behaviour_data()
{
    QTest::addColumn<QByteArray>("offered");
    QTest::addColumn<QByteArray>("agreed");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("received");
    QTest::newRow("none") << QByteArray() << QByteArray() << QByteArray("abc") << QByteArray("abc");
    QTest::newRow("echo") << QByteArray("echo") << QByteArray("echo") << QByteArray("abc")
                          << QByteArray("abc");
    QTest::newRow("reverse") << QByteArray("reverse") << QByteArray("reverse")
                             << QByteArray("a\xe2\x82\xac\xf0\x9f\x98\x80z")
                             << QByteArray("z\xf0\x9f\x98\x80\xe2\x82\xac"
                                           "a");
    QTest::newRow("dumb-increment-protocol")
        << QByteArray("dumb-increment-protocol") << QByteArray("dumb-increment-protocol") << QByteArray("abc")
        << QByteArray("cba");
    QTest::newRow("client's order") << QByteArray("x, reverse, echo") << QByteArray("reverse")
                                    << QByteArray("abc") << QByteArray("cba");
    QTest::newRow("none that is known")
        << QByteArray("x, y") << QByteArray() << QByteArray("abc") << QByteArray("abc");
}

void CommandSuiteTest::subprotocol_chooses_the_behaviour()
{
    QFETCH(QByteArray, offered);
    QFETCH(QByteArray, agreed);
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, received);
    RawClient client = fixture_->connect();
    const std::string head = client.upgrade(good_handshake(
        fixture_->port(), offered.isEmpty() ? std::string() : subprotocol(offered.constData())));
    const auto at = head.find("Sec-WebSocket-Protocol: ");
    QCOMPARE(at == std::string::npos ? std::string() : head.substr(at + 24, head.find('\r', at) - at - 24),
        agreed.toStdString());
    client.send_text(sent.toStdString());
    QCOMPARE(to_byte_array(client.read_message()), received);
    client.send_frame(0x82, "\x01\x02\xff");
    const std::string binary = client.read_message();
    QVERIFY(binary == "\x01\x02\xff" || (agreed.size() > 4 && binary == "\xff\x02\x01"));
}

void CommandSuiteTest::chat_goes_to_everyone_else_on_the_endpoint()
{
    fixture_->run(command::SetEndpoint{endpoint("/room", "chat")});
    fixture_->run(command::SetEndpoint{endpoint("/other", "chat")});
    RawClient first = fixture_->open_client({}, "/room");
    RawClient second = fixture_->open_client({}, "/room?as=second");
    RawClient third = fixture_->open_client({}, "/room");
    RawClient elsewhere = fixture_->open_client({}, "/other");
    first.send_text("from first");
    QCOMPARE(second.read_message(), std::string("from first"));
    QCOMPARE(third.read_message(), std::string("from first"));
    second.send_frame(0x82, "from second");
    QCOMPARE(first.read_message(), std::string("from second"));
    QCOMPARE(third.read_message(), std::string("from second"));
    fixture_->settle();
    QVERIFY(elsewhere.is_quiet());
    QVERIFY(second.is_quiet());
}

void CommandSuiteTest::chat_can_include_its_sender()
{
    EndpointConfig room = endpoint("/room", "chat");
    room.chat_includes_sender = true;
    fixture_->run(command::SetEndpoint{room});
    RawClient first = fixture_->open_client({}, "/room");
    RawClient second = fixture_->open_client({}, "/room");
    first.send_text("to all");
    QCOMPARE(first.read_message(), std::string("to all"));
    QCOMPARE(second.read_message(), std::string("to all"));
}

void CommandSuiteTest::silent_counts_and_says_nothing()
{
    fixture_->run(command::SetEndpoint{endpoint("/*", "silent")});
    RawClient client = fixture_->open_client();
    const std::uint16_t port = client.local_port();
    for (int i = 0; i < 10; ++i)
        client.send_text("four");
    client.send_close(1000);
    QCOMPARE(client.read_frame().opcode, 8U);
    client.read_until_end();
    const auto closed = fixture_->closed_of(port);
    QCOMPARE(closed.counters.messages_in, 10U);
    QCOMPARE(closed.counters.bytes_in, 40U);
    QCOMPARE(closed.counters.messages_out, 0U);
    QCOMPARE(closed.counters.state, ConnectionState::closed);
}

void CommandSuiteTest::narrowed_endpoint_refuses_other_paths()
{
    fixture_->run(command::SetEndpoint{endpoint("/only", "echo")});
    QVERIFY(!fixture_->run(command::RemoveEndpoint{"/*"}).error);
    RawClient good = fixture_->open_client({}, "/only?query");
    RawClient other = fixture_->connect();
    const std::uint16_t port = other.local_port();
    other.send(good_handshake(fixture_->port(), {}, "/only/more"));
    QVERIFY(other.read_until_end().starts_with("HTTP/1.1 404 "));
    const event::Refused refused = fixture_->refusal_of(port);
    QCOMPARE(refused.reason, RefusalReason::no_endpoint);
    QCOMPARE(refused.target, std::string("/only/more"));
    QVERIFY(refused.was_upgrade);
    QVERIFY(refused.browser_says.find("404") != std::string::npos);
    QCOMPARE(fixture_->run(command::RemoveEndpoint{"/*"}).error->code, ErrorCode::not_found);
}

void CommandSuiteTest::an_endpoint_that_comes_back_serves_who_stayed_on_it()
{
    RawClient client = fixture_->open_client({}, "/stays");
    QVERIFY(!fixture_->run(command::RemoveEndpoint{"/*"}).error);
    client.send_text("removed");
    QCOMPARE(client.read_message(), std::string("removed")); // what is open stays as it is
    QCOMPARE(fixture_->run(command::SetEndpoint{endpoint("/*", "reverse")}).count, 1U);
    client.send_text("abc");
    QCOMPARE(client.read_message(), std::string("cba"));
}

void CommandSuiteTest::longest_pattern_wins()
{
    fixture_->run(command::SetEndpoint{endpoint("/a/*", "reverse")});
    fixture_->run(command::SetEndpoint{endpoint("/a/b", "silent")});
    RawClient any = fixture_->open_client({}, "/x");
    RawClient below = fixture_->open_client({}, "/a/bc");
    RawClient exact = fixture_->open_client({}, "/a/b");
    for (RawClient* client : {&any, &below, &exact})
        client->send_text("abc");
    QCOMPARE(any.read_message(), std::string("abc"));
    QCOMPARE(below.read_message(), std::string("cba"));
    fixture_->settle();
    QVERIFY(exact.is_quiet());
}

void CommandSuiteTest::changed_endpoint_serves_open_connections_at_once()
{
    RawClient plain = fixture_->open_client();
    RawClient chosen = fixture_->open_client(subprotocol("echo"));
    plain.send_text("abc");
    QCOMPARE(plain.read_message(), std::string("abc"));
    EndpointConfig changed = default_endpoint();
    changed.behaviour = "reverse";
    const auto finished = fixture_->run(command::SetEndpoint{changed});
    QVERIFY(!finished.error);
    QCOMPARE(finished.count, 2U);
    plain.send_text("abc");
    chosen.send_text("abc");
    QCOMPARE(plain.read_message(), std::string("cba"));
    QCOMPARE(chosen.read_message(), std::string("abc"));
}

void CommandSuiteTest::removed_endpoint_keeps_its_connections()
{
    RawClient client = fixture_->open_client();
    QVERIFY(!fixture_->run(command::RemoveEndpoint{"/*"}).error);
    client.send_text("still served");
    QCOMPARE(client.read_message(), std::string("still served"));
    QCOMPARE(
        fixture_->run(command::Send{Target::on_endpoint("/*"), MessageKind::text, SharedBytes("x"), 1}).count,
        1U);
    QCOMPARE(client.read_message(), std::string("x"));
}

void CommandSuiteTest::bad_endpoints_are_refused_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("behaviour");
    QTest::addColumn<QByteArray>("subprotocol");
    QTest::newRow("no slash") << QByteArray("chat") << QByteArray("echo") << QByteArray("a");
    QTest::newRow("star inside") << QByteArray("/*/x") << QByteArray("echo") << QByteArray("a");
    QTest::newRow("query") << QByteArray("/x?y") << QByteArray("echo") << QByteArray("a");
    QTest::newRow("unknown behaviour") << QByteArray("/x") << QByteArray("shout") << QByteArray("a");
    QTest::newRow("subprotocol with a blank") << QByteArray("/x") << QByteArray("echo") << QByteArray("a b");
}

void CommandSuiteTest::bad_endpoints_are_refused()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, behaviour);
    QFETCH(QByteArray, subprotocol);
    EndpointConfig bad = endpoint(pattern.toStdString(), behaviour.toStdString());
    bad.subprotocols.push_back({subprotocol.toStdString(), "echo"});
    const auto finished = fixture_->run(command::SetEndpoint{bad});
    QVERIFY(finished.error);
    QCOMPARE(finished.error->code, ErrorCode::invalid_argument);
    EngineConfig config;
    config.endpoints = {bad};
    const auto engine = Engine::create(config);
    QVERIFY(!engine);
    QCOMPARE(engine.error().code, ErrorCode::invalid_argument);
}

void CommandSuiteTest::a_transport_is_forbidden_and_the_rest_stays()
{
    fixture_->attach_state();
    EndpointConfig with = endpoint("/live", "chat");
    with.chat_includes_sender = with.any_origin = true;
    with.sockjs.emplace().cookies = true;
    QVERIFY(!fixture_->run(command::SetEndpoint{with}).error);
    const auto is_in_force = [this](const EndpointConfig& wanted) {
        fixture_->wait_for_state([&] {
            return fixture_->status
                && std::ranges::find(fixture_->status->endpoints, wanted) != fixture_->status->endpoints.end();
        });
    };
    is_in_force(with);
    QVERIFY(!fixture_->run(command::SetTransport{"/live", SockJsTransport::websocket, false}).error);
    with.sockjs->transports.set(SockJsTransport::websocket, false);
    is_in_force(with);
    QVERIFY(!fixture_->run(command::SetTransport{"/live", SockJsTransport::jsonp, true}).error);
    with.sockjs->transports.set(SockJsTransport::jsonp, true);
    is_in_force(with);
    const auto error = [this](const char* pattern) {
        return *fixture_->run(command::SetTransport{pattern, SockJsTransport::websocket, false}).error;
    };
    QCOMPARE(error("/none").code, ErrorCode::not_found);
    QCOMPARE(error("/*").code, ErrorCode::invalid_argument);
    QVERIFY(error("/*").detail.find("/* has no SockJS; switch it on first") != std::string::npos);
}

void CommandSuiteTest::sockjs_values_out_of_range_are_told()
{
    EndpointConfig with = endpoint("/far", "echo");
    with.sockjs.emplace().heartbeat = milliseconds(1);
    QVERIFY(!fixture_->run(command::SetEndpoint{with}).error);
    fixture_->settle();
    QVERIFY(std::ranges::any_of(fixture_->events(), [](const Event& event) {
        const auto* notice = std::get_if<event::Notice>(&event.what);
        return notice && notice->text == "/far: the SockJS heartbeat_ms was 1 and is taken as 1000 (1000 to 3600000)";
    }));
}

void CommandSuiteTest::behaviour_sees_the_request_and_decides()
{
    fixture_->run(command::SetEndpoint{endpoint("/picky/*", "picky")});
    RawClient refused = fixture_->connect();
    const std::uint16_t port = refused.local_port();
    refused.send(good_handshake(fixture_->port(), {}, "/picky/refused"));
    QVERIFY(refused.read_until_end().starts_with("HTTP/1.1 403 "));
    QCOMPARE(fixture_->refusal_of(port).reason, RefusalReason::refused_by_behaviour);
    QCOMPARE(fixture_->refusal_of(port).why, std::string("not today"));
    RawClient foreign = fixture_->connect();
    foreign.send(good_handshake(fixture_->port(), {}, "/picky/foreign"));
    QVERIFY(foreign.read_until_end().starts_with("HTTP/1.1 500 "));

    RawClient second = fixture_->connect();
    const std::string head
        = second.upgrade(good_handshake(fixture_->port(), subprotocol("a, b"), "/picky/second"));
    QVERIFY(head.find("Sec-WebSocket-Protocol: b\r\n") != std::string::npos);
    QCOMPARE(second.read_message(), std::string("welcome to /picky/second"));
    second.send_text("anything");
    QCOMPARE(second.finish_close(), std::uint16_t{4000});
    QCOMPARE(fixture_->close_of(second.local_port()).by, ClosedBy::behaviour);
    RawClient closed = fixture_->open_client({}, "/picky/closed");
    QCOMPARE(closed.read_message(), std::string("welcome to /picky/closed"));
    QCOMPARE(closed.finish_close(), std::uint16_t{4321});
}

void CommandSuiteTest::targets_name_exactly_whom_they_say()
{
    fixture_->run(command::SetEndpoint{endpoint("/room", "silent")});
    std::vector<RawClient> clients;
    std::vector<ConnectionId> ids;
    for (int i = 0; i < 4; ++i) {
        clients.push_back(fixture_->open_client({}, i < 2 ? "/room" : "/elsewhere"));
        ids.push_back(fixture_->id_of(clients.back()));
    }
    clients[3].send_close(1000);
    clients[3].read_until_end();
    fixture_->close_of(clients[3].local_port());

    struct Case {
        Target target;
        std::uint64_t count, gone;
        std::vector<std::size_t> receivers;
    };
    const std::vector<Case> cases{
        {Target::one(ids[0]), 1, 0, {0}},
        {Target::many({ids[1], ids[2]}), 2, 0, {1, 2}},
        {Target::many({ids[1], ids[3]}), 1, 1, {1}},
        {Target::one(ids[3]), 0, 1, {}},
        {Target::one(ConnectionId(7, 0, 1)), 0, 1, {}},
        {Target::all(), 3, 0, {0, 1, 2}},
        {Target::all_but({ids[0], ids[3]}), 2, 0, {1, 2}},
        {Target::on_endpoint("/room"), 2, 0, {0, 1}},
        {Target::on_endpoint("/nowhere"), 0, 0, {}},
    };
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const std::string text = "message " + std::to_string(i);
        const auto finished
            = fixture_->run(command::Send{cases[i].target, MessageKind::text, SharedBytes(text), 1});
        QVERIFY(!finished.error);
        QCOMPARE(finished.count, cases[i].count);
        QCOMPARE(finished.gone, cases[i].gone);
        QCOMPARE(finished.skipped, 0U);
        for (const std::size_t each : cases[i].receivers)
            QCOMPARE(clients[each].read_message(), text);
    }
    for (std::size_t i = 0; i < 3; ++i)
        QVERIFY(clients[i].is_quiet());
    QCOMPARE(fixture_->run(command::Send{{}, MessageKind::text, SharedBytes("x"), 1}).error->code,
        ErrorCode::invalid_argument);
}

void CommandSuiteTest::message_is_sent_in_the_fragments_asked_for_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("fragments");
    QTest::newRow("one") << 10 << 1;
    QTest::newRow("two") << 11 << 2;
    QTest::newRow("more than bytes") << 3 << 7;
    QTest::newRow("empty in three") << 0 << 3;
    QTest::newRow("large") << 100'000 << 100;
    QTest::newRow("as many as there may be") << 70'000 << 65'536;
}

void CommandSuiteTest::message_is_sent_in_the_fragments_asked_for()
{
    QFETCH(int, size);
    QFETCH(int, fragments);
    RawClient client = fixture_->open_client();
    const std::string payload(static_cast<std::size_t>(size), 'f');
    const auto finished = fixture_->run(command::Send{
        Target::all(), MessageKind::binary, SharedBytes(payload), static_cast<std::uint32_t>(fragments)});
    QCOMPARE(finished.count, 1U);
    std::string received;
    for (int i = 0; i < fragments; ++i) {
        const ServerFrame frame = client.read_frame();
        QCOMPARE(frame.opcode, i == 0 ? 2U : 0U);
        QCOMPARE(frame.fin, i == fragments - 1);
        received += frame.payload;
    }
    QVERIFY(received == payload);
}

void CommandSuiteTest::direct_send()
{
    RawClient client = fixture_->open_client();
    const ConnectionId id = fixture_->id_of(client);
    QCOMPARE(fixture_->engine().send(id, MessageKind::text, SharedBytes("\xff")), SendOutcome::invalid);
    for (int i = 0; i < 1'000; ++i)
        QCOMPARE(fixture_->engine().send(id, MessageKind::text, SharedBytes(std::to_string(i))),
            SendOutcome::queued);
    for (int i = 0; i < 1'000; ++i)
        QCOMPARE(client.read_message(), std::to_string(i));
}

void CommandSuiteTest::ping_goes_out_with_its_payload()
{
    RawClient client = fixture_->open_client();
    const ConnectionId id = fixture_->id_of(client);
    QCOMPARE(fixture_->run(command::Ping{Target::one(id), SharedBytes(std::string(125, 'p'))}).count, 1U);
    const ServerFrame frame = client.read_frame();
    QCOMPARE(frame.opcode, 9U);
    QCOMPARE(frame.payload, std::string(125, 'p'));
    QCOMPARE(fixture_->run(command::Ping{Target::one(id), SharedBytes(std::string(126, 'p'))}).error->code,
        ErrorCode::invalid_argument);
}

void CommandSuiteTest::a_pong_goes_out_that_no_ping_asked_for()
{
    RawClient client = fixture_->open_client();
    const ConnectionId id = fixture_->id_of(client);
    QCOMPARE(fixture_->run(command::Pong{Target::one(id), SharedBytes(std::string(125, 'p'))}).count, 1U);
    const ServerFrame frame = client.read_frame();
    QCOMPARE(frame.opcode, 10U);
    QVERIFY(frame.fin);
    QCOMPARE(frame.payload, std::string(125, 'p'));
    QCOMPARE(fixture_->run(command::Pong{Target::one(id), SharedBytes(std::string(126, 'p'))}).error->code,
        ErrorCode::invalid_argument);
}

void CommandSuiteTest::kick_closes_with_code_and_reason()
{
    RawClient client = fixture_->open_client();
    const std::uint16_t port = client.local_port();
    fixture_->run(command::Kick{Target::one(fixture_->id_of(client)), {4001, "gr\xc3\xbc\xc3\x9f"}});
    const ServerFrame frame = client.read_frame();
    QCOMPARE(frame.close_code(), std::uint16_t{4001});
    QCOMPARE(frame.payload.substr(2), std::string("gr\xc3\xbc\xc3\x9f"));
    client.send_close(4001);
    client.read_until_end();
    const CloseInfo info = fixture_->close_of(port);
    QCOMPARE(info.by, ClosedBy::person);
    QVERIFY(info.clean);

    RawClient bare = fixture_->open_client();
    fixture_->run(command::Kick{Target::one(fixture_->id_of(bare)), {{}, {}}});
    QVERIFY(bare.read_frame().payload.empty());
    bare.send_frame(0x88, "");
    bare.read_until_end();
    QCOMPARE(fixture_->close_of(bare.local_port()).code, std::uint16_t{close_no_code});
}

// LC-10
void CommandSuiteTest::kick_of_all_leaves_a_handshake_under_way()
{
    EngineSetup setup;
    setup.has_canary = false; // it would be kicked with the others
    EngineFixture fixture(setup);
    const std::string request = good_handshake(fixture.port());
    RawClient newcomer = fixture.connect();
    newcomer.send(std::string_view(request).substr(0, 60));
    RawClient open = fixture.open_client();
    QCOMPARE(fixture.run(command::Kick{Target::all(), {4001, {}}}).count, 1U);
    QCOMPARE(fixture.run(command::Kick{Target::all(), {4002, {}}}).count, 0U); // it is closing already
    QCOMPARE(open.finish_close(), std::uint16_t{4001});
    open.close();
    newcomer.upgrade(std::string_view(request).substr(60));
    newcomer.send_text("in the end");
    QCOMPARE(newcomer.read_message(), std::string("in the end"));
    newcomer.close();
    fixture.finish();
}

// LC-10: what is being sent compressed is whole before the Close, and there is one end, as FI-28 wants.
void CommandSuiteTest::kick_during_a_compressed_send()
{
    EngineSetup setup;
    setup.has_canary = false;
    EngineFixture fixture(setup);
    RawClient client = fixture.open_client(
        "Sec-WebSocket-Extensions: permessage-deflate\r\n", "/chat", 4'096);
    client.takes_compressed = true;
    std::mt19937 random(20'261'123);
    std::string text(4U << 20U, ' ');
    for (char& c : text)
        c = static_cast<char>('a' + random() % 26);
    fixture.engine().submit(command::Send{Target::all(), MessageKind::text, SharedBytes(text), 1});
    const auto kicked = fixture.run(command::Kick{Target::all(), {4001, "enough"}});
    QCOMPARE(kicked.count, 1U);
    QCOMPARE(fixture.run(command::Kick{Target::all(), {4002, {}}}).count, 0U);
    const ServerFrame message = client.read_frame();
    QVERIFY(message.compressed);
    QVERIFY(message.payload.size() < text.size());
    QCOMPARE(client.finish_close(), std::uint16_t{4001});
    const CloseInfo close = fixture.close_of(client.local_port());
    QCOMPARE(close.by, ClosedBy::person);
    QVERIFY(close.clean);
    fixture.settle();
    QCOMPARE(fixture.count_of<event::Closed>(), std::size_t{1});
    client.close();
    fixture.finish();
}

void CommandSuiteTest::kick_of_one_connection_happens_once()
{
    RawClient client = fixture_->open_client();
    const ConnectionId id = fixture_->id_of(client);
    const auto first = fixture_->engine().submit(command::Kick{Target::many({id, id}), {4001, {}}});
    const auto second = fixture_->run(command::Kick{Target::one(id), {4002, {}}});
    const auto told
        = fixture_->wait_for<event::CommandFinished>([&](const auto& e) { return e.ticket == first; });
    QCOMPARE(told.count, 1U);
    QCOMPARE(told.gone, 1U);
    QCOMPARE(second.count, 0U);
    QCOMPARE(second.gone, 1U);
    QCOMPARE(fixture_->run(command::Send{Target::one(id), MessageKind::text, SharedBytes("x"), 1}).gone, 1U);
    QCOMPARE(client.finish_close(), std::uint16_t{4001});
    fixture_->close_of(client.local_port());
    fixture_->settle();
    QCOMPARE(fixture_->count_of<event::Closed>(), std::size_t{1});
}

void CommandSuiteTest::commands_that_make_no_sense_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("reason");
    for (const int code : {0, 999, 1004, 1005, 1006, 1015, 2000, 2999, 5000, 65535})
        QTest::newRow(("FR-32 code " + std::to_string(code)).c_str()) << code << QByteArray();
    QTest::newRow("reason without a code") << -1 << QByteArray("why");
    QTest::newRow("reason of 124 bytes") << 1000 << QByteArray(124, 'r');
    QTest::newRow("reason that is no UTF-8") << 1000 << QByteArray("\xff");
}

void CommandSuiteTest::commands_that_make_no_sense()
{
    QFETCH(int, code);
    QFETCH(QByteArray, reason);
    RawClient client = fixture_->open_client();
    CloseFrame frame;
    if (code >= 0)
        frame.code = static_cast<std::uint16_t>(code);
    frame.reason = reason.toStdString();
    const auto finished = fixture_->run(command::Kick{Target::all(), frame});
    QVERIFY(finished.error);
    QCOMPARE(finished.error->code, ErrorCode::invalid_argument);
    QVERIFY(!finished.error->detail.empty());
    for (const std::uint32_t fragments : {0U, 65'537U})
        QVERIFY(fixture_->run(command::Send{Target::all(), MessageKind::binary, SharedBytes("x"), fragments})
                    .error);
    QVERIFY(fixture_->run(command::Send{Target::all(), MessageKind::text, SharedBytes("\x80"), 1}).error);
    fixture_->settle();
    QVERIFY(client.is_quiet());
}

QTEST_GUILESS_MAIN(CommandSuiteTest)
#include "command_suite_test.moc"
