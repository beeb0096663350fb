#include "support/engine_fixture.h"
#include "support/raw_client.h"

#include "jackfield/close_code.h"

#include <QtTest>

#include <array>
#include <memory>
#include <string>

using namespace jackfield;
using namespace jackfield::test;

namespace {

constexpr std::string_view good_origin = "http://localhost:3000";
const std::string challenge = "^n:ds[4U"; // the example of hybi-00 section 1.2, like the keys below
const std::string proof = "8jKS'y:G*Co,Wxa-";

/// A browser of another time, over a real socket.
class OldBrowser {
public:
    OldBrowser(EngineFixture& fixture, std::string protocol)
        : client(fixture.connect())
        , protocol_(std::move(protocol))
        , port_(fixture.port())
    { }

    [[nodiscard]] bool has_frames_of_rfc_6455() const
    {
        return protocol_.starts_with("hybi-") && !is_hybi_00();
    }
    [[nodiscard]] bool is_hybi_00() const { return protocol_ == "hybi-00"; }

    [[nodiscard]] std::string head(std::string_view target = "/", std::string_view origin = good_origin) const
    {
        const std::string host = "localhost:" + std::to_string(port_);
        std::string bytes = "GET " + std::string(target) + " HTTP/1.1\r\n";
        if (has_frames_of_rfc_6455()) {
            bytes += "Upgrade: websocket\r\nConnection: Upgrade\r\nHost: " + host
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: "
                + (protocol_ == "hybi-07" ? "7" : "8") + "\r\nSec-WebSocket-Origin: ";
        } else {
            bytes += "Upgrade: WebSocket\r\nConnection: Upgrade\r\nHost: " + host + "\r\n";
            if (is_hybi_00())
                bytes += "Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r\nSec-WebSocket-Key2: 12998 5 Y3 1  "
                         ".P00\r\n";
            bytes += "Origin: ";
        }
        return bytes.append(origin).append("\r\n\r\n");
    }
    [[nodiscard]] std::string body() const { return is_hybi_00() ? challenge : std::string(); }
    [[nodiscard]] std::string expected_answer(std::string_view target) const
    {
        if (has_frames_of_rfc_6455())
            return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
        const std::string prefix = is_hybi_00() ? "Sec-" : "";
        return (is_hybi_00() ? "HTTP/1.1 101 WebSocket Protocol Handshake\r\n"
                             : "HTTP/1.1 101 Web Socket Protocol Handshake\r\n")
            + std::string("Upgrade: WebSocket\r\nConnection: Upgrade\r\n") + prefix
            + "WebSocket-Origin: " + std::string(good_origin) + "\r\n" + prefix + "WebSocket-Location: "
            + (test::over_tls() ? "wss" : "ws") + "://localhost:" + std::to_string(port_)
            + std::string(target) + "\r\n\r\n" + (is_hybi_00() ? proof : "");
    }
    /// Opens a connection; throws unless the answer is the right one.
    void open(std::string_view target = "/")
    {
        client.send(head(target) + body());
        check_answer(target);
    }
    void check_answer(std::string_view target = "/")
    {
        const std::string expected = expected_answer(target);
        if (const std::string answer = client.read_exactly(expected.size()); answer != expected)
            throw std::runtime_error("another answer: " + answer);
    }

    [[nodiscard]] std::string text_frame(std::string_view text) const
    {
        return has_frames_of_rfc_6455() ? client_frame(0x81, text, "mask")
                                        : std::string(1, '\0').append(text).append("\xff");
    }
    std::string read_text()
    {
        if (has_frames_of_rfc_6455())
            return client.read_message();
        if (client.read_exactly(1)[0] != '\0')
            throw std::runtime_error("no text frame");
        std::string text = client.read_until("\xff");
        text.pop_back();
        return text;
    }
    void send_close()
    {
        if (has_frames_of_rfc_6455())
            client.send_close(1001, "moved on");
        else if (is_hybi_00())
            client.send(std::string("\xff\x00", 2));
        else
            client.half_close();
    }
    /// The server's Close, or the end of the stream where there is none: the code, or 1005 without.
    std::uint16_t read_close()
    {
        if (has_frames_of_rfc_6455())
            return client.read_close();
        if (is_hybi_00() && client.read_exactly(2) != std::string("\xff\x00", 2))
            throw std::runtime_error("no closing handshake");
        return close_no_code;
    }

    RawClient client;

private:
    std::string protocol_;
    std::uint16_t port_;
};

} // namespace

class OlderProtocolsSuiteTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void opens_and_echoes_data() { protocols(); }
    void opens_and_echoes();
    void answers_by_endpoint_data() { protocols(); }
    void answers_by_endpoint();
    void gets_what_is_sent_by_hand_data() { protocols(); }
    void gets_what_is_sent_by_hand();
    void is_kicked_data() { protocols(); }
    void is_kicked();
    void leaves_data() { protocols(); }
    void leaves();
    void breaks_its_rules_data() { protocols(); }
    void breaks_its_rules();
    void a_strange_page_is_refused_data() { protocols(); }
    void a_strange_page_is_refused();
    void one_switch_turns_them_off_data() { protocols(); }
    void one_switch_turns_them_off();
    void hybi_00_answers_its_head_before_the_8_bytes();
    void hybi_00_does_not_wait_for_ever();
    void hybi_00_that_leaves_without_the_8_bytes();
    void a_stopping_server_does_not_answer_twice();
    void old_and_new_chat_with_each_other();
    void a_server_that_stops_tells_every_protocol();

private:
    static void protocols()
    {
        QTest::addColumn<QByteArray>("protocol");
        for (const char* protocol : {"hybi-10", "hybi-07", "hybi-00", "hixie-75"})
            QTest::newRow(protocol) << QByteArray(protocol);
    }
    OldBrowser browser(const QByteArray& protocol) { return {*fixture_, protocol.toStdString()}; }

    std::unique_ptr<EngineFixture> fixture_;
};

void OlderProtocolsSuiteTest::init()
{
    fixture_ = std::make_unique<EngineFixture>();
}

void OlderProtocolsSuiteTest::cleanup()
{
    if (!QTest::currentTestFailed() && fixture_)
        fixture_->finish();
    fixture_.reset();
}

void OlderProtocolsSuiteTest::opens_and_echoes()
{
    QFETCH(QByteArray, protocol);
    for (const bool bytewise : {false, true}) {
        OldBrowser old = browser(protocol);
        // The first message may come with the handshake.
        const std::string bytes = old.head("/chat?x=1") + old.body() + old.text_frame("first");
        if (bytewise)
            old.client.send_bytewise(bytes);
        else
            old.client.send(bytes);
        old.check_answer("/chat?x=1");
        QCOMPARE(old.read_text(), std::string("first"));
        for (const std::string& text :
            {std::string("k\xc3\xb6ln"), std::string(), std::string(100'000, 'x')}) {
            old.client.send(old.text_frame(text));
            QCOMPARE(old.read_text(), text);
        }
        const auto opened = fixture_->opened_of(old.client.local_port());
        QCOMPARE(QByteArray::fromStdString(*opened.info->protocol_version), protocol);
        QCOMPARE(*opened.info->origin, std::string(good_origin));
        QVERIFY(opened.info->has_origin);
        QCOMPARE(*opened.info->target, std::string("/chat?x=1"));
        old.send_close();
        old.client.read_until_end();
        fixture_->close_of(old.client.local_port());
        old.client.close();
    }
}

void OlderProtocolsSuiteTest::answers_by_endpoint()
{
    QFETCH(QByteArray, protocol);
    EndpointConfig reverse;
    reverse.pattern = "/reverse";
    reverse.behaviour = "reverse";
    QVERIFY(!fixture_->run(command::SetEndpoint{reverse}).error);
    OldBrowser old = browser(protocol);
    old.open("/reverse");
    old.client.send(old.text_frame("ab\xc3\xa4"));
    QCOMPARE(old.read_text(),
        std::string("\xc3\xa4"
                    "ba"));
}

void OlderProtocolsSuiteTest::gets_what_is_sent_by_hand()
{
    QFETCH(QByteArray, protocol);
    OldBrowser old = browser(protocol);
    old.open();
    const ConnectionId id = fixture_->id_of(old.client);
    const auto sent
        = fixture_->run(command::Send{Target::one(id), MessageKind::text, SharedBytes("pushed"), 3});
    QCOMPARE(sent.count, 1U);
    if (old.has_frames_of_rfc_6455()) {
        for (const char* part : {"pu", "sh", "ed"})
            QCOMPARE(old.client.read_frame().payload, std::string(part));
    } else {
        QCOMPARE(old.read_text(), std::string("pushed")); // there are no fragments: one frame
    }

    const auto binary
        = fixture_->run(command::Send{Target::one(id), MessageKind::binary, SharedBytes("\xff"), 1});
    const auto ping = fixture_->run(command::Ping{Target::one(id), SharedBytes("p")});
    QVERIFY(!binary.error && !ping.error);
    for (const auto& outcome : {binary, ping}) {
        const bool can = old.has_frames_of_rfc_6455();
        QCOMPARE(outcome.count, can ? 1U : 0U);
        QCOMPARE(outcome.skipped, can ? 0U : 1U);
        QCOMPARE(outcome.incapable, can ? 0U : 1U);
        QCOMPARE(outcome.gone, 0U);
    }
    if (old.has_frames_of_rfc_6455()) {
        QCOMPARE(old.client.read_frame().payload, std::string("\xff"));
        QCOMPARE(old.client.read_frame().opcode, 0x9U);
    }
    // Raw bytes go out on any protocol.
    const std::string raw = "\x8f\x81" + std::string(3, '\0') + "x\xff";
    QCOMPARE(fixture_->run(command::SendRaw{Target::one(id), {SharedBytes(raw)}, StreamCut::none}).count, 1U);
    QCOMPARE(old.client.read_exactly(raw.size()), raw);
    // Nothing of it has reached the others: the next thing they get is the next text.
    QCOMPARE(fixture_->engine().send(id, MessageKind::text, SharedBytes("next")), SendOutcome::queued);
    QCOMPARE(old.read_text(), std::string("next"));
}

void OlderProtocolsSuiteTest::is_kicked()
{
    QFETCH(QByteArray, protocol);
    OldBrowser old = browser(protocol);
    old.open();
    const ConnectionId id = fixture_->id_of(old.client);
    QCOMPARE(fixture_->run(command::Kick{Target::one(id), {close_service_restart, "be gone"}}).count, 1U);
    const std::uint16_t expected = old.has_frames_of_rfc_6455() ? close_going_away : close_no_code;
    QCOMPARE(old.read_close(), expected);
    if (protocol != "hixie-75")
        old.send_close();
    QCOMPARE(old.client.read_until_end(), std::string());
    QVERIFY(!old.client.was_reset());
    const CloseInfo close = fixture_->close_of(old.client.local_port());
    QCOMPARE(close.code, expected);
    QCOMPARE(close.by, ClosedBy::person);
    QCOMPARE(close.reason, std::string("be gone"));
    QVERIFY(close.clean);
    old.client.close();
}

void OlderProtocolsSuiteTest::leaves()
{
    QFETCH(QByteArray, protocol);
    OldBrowser old = browser(protocol);
    old.open();
    old.client.send(old.text_frame("last"));
    QCOMPARE(old.read_text(), std::string("last"));
    old.send_close();
    if (protocol != "hixie-75")
        QCOMPARE(old.read_close(), old.has_frames_of_rfc_6455() ? close_going_away : close_no_code);
    QCOMPARE(old.client.read_until_end(), std::string());
    QVERIFY(!old.client.was_reset());
    const CloseInfo close = fixture_->close_of(old.client.local_port());
    QCOMPARE(close.by, ClosedBy::peer);
    QCOMPARE(close.cause, CloseCause::closing_handshake);
    QVERIFY(close.clean);
    old.client.close();
}

void OlderProtocolsSuiteTest::breaks_its_rules()
{
    QFETCH(QByteArray, protocol);
    OldBrowser old = browser(protocol);
    old.open();
    old.client.send(old.text_frame("fine") + old.text_frame("a\x80") + old.text_frame("never"));
    QCOMPARE(old.read_text(), std::string("fine"));
    const std::uint16_t expected = protocol == "hybi-10" ? close_invalid_payload
        : protocol == "hybi-07"                          ? close_protocol_error
                                                         : close_no_code;
    QCOMPARE(old.read_close(), expected);
    QCOMPARE(old.client.read_until_end(), std::string());
    QVERIFY(!old.client.was_reset());
    const CloseInfo close = fixture_->close_of(old.client.local_port());
    QCOMPARE(close.code, expected);
    QCOMPARE(close.by, ClosedBy::engine);
    QCOMPARE(close.cause, CloseCause::invalid_utf8);
    old.client.close();
}

void OlderProtocolsSuiteTest::a_strange_page_is_refused()
{
    QFETCH(QByteArray, protocol);
    OldBrowser old = browser(protocol);
    old.client.send(old.head("/", "http://evil.example") + old.body());
    const std::string answer = old.client.read_until_end();
    QVERIFY2(answer.starts_with("HTTP/1.1 403 "), answer.c_str());
    const event::Refused refused = fixture_->refusal_of(old.client.local_port());
    QCOMPARE(refused.reason, RefusalReason::origin_not_allowed);
    QCOMPARE(refused.origin, std::string("http://evil.example"));
    QVERIFY(refused.has_origin && refused.was_upgrade);
    QVERIFY(refused.access.has_value());
    QVERIFY(!refused.access->origin_fix.empty());
    old.client.close();
    // What helps with the other protocols helps here.
    QVERIFY(!fixture_->run(command::Allow{ListKind::origins, refused.access->origin_fix}).error);
    OldBrowser again = browser(protocol);
    again.client.send(again.head("/", "http://evil.example") + again.body() + again.text_frame("let in"));
    QVERIFY(again.client.read_until("\r\n\r\n").starts_with("HTTP/1.1 101 "));
    if (again.is_hybi_00())
        QCOMPARE(again.client.read_exactly(16), proof);
    QCOMPARE(again.read_text(), std::string("let in"));
    // A page whose origin leaves the list is closed, whatever field it came in.
    QVERIFY(!fixture_->run(command::Deny{ListKind::origins, refused.access->origin_fix}).error);
    QCOMPARE(fixture_->run(command::ReapplyAccess{}).count, 1U);
    QCOMPARE(again.read_close(), std::uint16_t{close_no_code});
}

void OlderProtocolsSuiteTest::one_switch_turns_them_off()
{
    QFETCH(QByteArray, protocol);
    fixture_->attach_state();
    OldBrowser before = browser(protocol);
    before.open();
    QVERIFY(!fixture_->run(command::SetOlderProtocols{false}).error);
    fixture_->wait_for_state([&] { return fixture_->status && !fixture_->status->older_protocols; });

    OldBrowser refused = browser(protocol);
    refused.client.send(refused.head() + refused.body());
    const std::string answer = refused.client.read_until_end();
    QVERIFY2(answer.starts_with("HTTP/1.1 426 "), answer.c_str());
    QVERIFY2(answer.find("\r\nSec-WebSocket-Version: 13\r\n") != std::string::npos, answer.c_str());
    const event::Refused event = fixture_->refusal_of(refused.client.local_port());
    QCOMPARE(event.reason, RefusalReason::websocket_version);
    QVERIFY2(event.why.find(protocol.toStdString()) != std::string::npos, event.why.c_str());
    QCOMPARE(event.origin, std::string(good_origin));
    refused.client.close();

    // What is open stays open, and RFC 6455 is no older protocol.
    before.client.send(before.text_frame("still here"));
    QCOMPARE(before.read_text(), std::string("still here"));
    RawClient modern = fixture_->open_client();
    modern.send_text("now");
    QCOMPARE(modern.read_message(), std::string("now"));

    QVERIFY(!fixture_->run(command::SetOlderProtocols{true}).error);
    fixture_->wait_for_state([&] { return fixture_->status->older_protocols; });
    OldBrowser after = browser(protocol);
    after.open();

    EngineSetup setup;
    setup.config.older_protocols = false;
    setup.has_canary = false;
    EngineFixture without(setup);
    OldBrowser late(without, protocol.toStdString());
    late.client.send(late.head());
    QVERIFY(late.client.read_until_end().starts_with("HTTP/1.1 426 "));
    late.client.close();
    without.finish();
}

void OlderProtocolsSuiteTest::hybi_00_answers_its_head_before_the_8_bytes()
{
    // Draft section 5.2 lets a proxy hold the 8 bytes back until it has seen the answer's head.
    OldBrowser old = browser("hybi-00");
    old.client.send(old.head());
    const std::string whole = old.expected_answer("/");
    QCOMPARE(old.client.read_exactly(whole.size() - 16), whole.substr(0, whole.size() - 16));
    for (std::size_t i = 0; i < 7; ++i)
        old.client.send(challenge.substr(i, 1));
    fixture_->settle();
    QVERIFY(old.client.is_quiet());
    QCOMPARE(fixture_->count_of<event::Opened>(), std::size_t{1}); // the canary
    old.client.send(challenge.substr(7) + old.text_frame("and on"));
    QCOMPARE(old.client.read_exactly(16), proof);
    QCOMPARE(old.read_text(), std::string("and on"));
}

void OlderProtocolsSuiteTest::hybi_00_does_not_wait_for_ever()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.has_canary = false;
    EngineFixture fixture(setup);
    OldBrowser old(fixture, "hybi-00");
    old.client.send(old.head() + "1234567");
    QVERIFY(old.client.read_until("\r\n\r\n").starts_with("HTTP/1.1 101 "));
    fixture.advance(milliseconds(9'900));
    fixture.settle();
    QVERIFY(old.client.is_quiet());
    fixture.advance(milliseconds(200));
    QCOMPARE(old.client.read_until_end(), std::string()); // no second answer
    const event::Refused refused = fixture.refusal_of(old.client.local_port());
    QCOMPARE(refused.reason, RefusalReason::timeout);
    QCOMPARE(int{refused.status}, 0);
    old.client.close();
    fixture.finish();
}

void OlderProtocolsSuiteTest::hybi_00_that_leaves_without_the_8_bytes()
{
    OldBrowser old = browser("hybi-00");
    old.client.send(old.head() + "1234");
    QVERIFY(old.client.read_until("\r\n\r\n").starts_with("HTTP/1.1 101 "));
    const std::uint16_t port = old.client.local_port();
    old.client.close();
    QCOMPARE(fixture_->refusal_of(port).reason, RefusalReason::aborted);
}

void OlderProtocolsSuiteTest::a_stopping_server_does_not_answer_twice()
{
    EngineSetup setup;
    setup.has_canary = false;
    EngineFixture fixture(setup);
    OldBrowser old(fixture, "hybi-00");
    old.client.send(old.head());
    QVERIFY(old.client.read_until("\r\n\r\n").starts_with("HTTP/1.1 101 "));
    fixture.run(command::StopListening{});
    QCOMPARE(old.client.read_until_end(), std::string()); // and no 503 behind the 101
    const event::Refused refused = fixture.refusal_of(old.client.local_port());
    QCOMPARE(refused.reason, RefusalReason::stopping);
    QCOMPARE(int{refused.status}, 0);
    old.client.close();
    fixture.finish();
}

void OlderProtocolsSuiteTest::old_and_new_chat_with_each_other()
{
    EndpointConfig chat;
    chat.pattern = "/room";
    chat.behaviour = "chat";
    QVERIFY(!fixture_->run(command::SetEndpoint{chat}).error);
    OldBrowser hixie = browser("hixie-75");
    OldBrowser hybi = browser("hybi-00");
    OldBrowser draft = browser("hybi-07");
    for (OldBrowser* old : {&hixie, &hybi, &draft}) {
        old->open("/room");
        fixture_->id_of(old->client);
    }
    RawClient modern = fixture_->open_client({}, "/room");
    const ConnectionId hixie_id = fixture_->id_of(hixie.client);
    fixture_->id_of(modern);

    modern.send_text("from today");
    for (OldBrowser* old : {&hixie, &hybi, &draft})
        QCOMPARE(old->read_text(), std::string("from today"));
    hixie.client.send(hixie.text_frame("from 2009"));
    QCOMPARE(modern.read_message(), std::string("from 2009"));
    QCOMPARE(hybi.read_text(), std::string("from 2009"));
    QCOMPARE(draft.read_text(), std::string("from 2009"));

    // Binary goes to whoever can take it; the rows of the others say that they missed one.
    fixture_->attach_state();
    modern.send_frame(0x82, "\xff\x01");
    QCOMPARE(draft.client.read_frame().opcode, 0x2U);
    fixture_->wait_for_state(
        [&] { return fixture_->rows.contains(hixie_id) && fixture_->rows[hixie_id].skipped_out == 1; });
    const auto missed = fixture_->wait_for<event::MessagesSkipped>(
        [&](const event::MessagesSkipped& event) { return event.id == hixie_id; });
    QCOMPARE(missed.count, 1U);
    modern.send_text("text again");
    QCOMPARE(hixie.read_text(), std::string("text again"));
    QCOMPARE(hybi.read_text(), std::string("text again"));
}

void OlderProtocolsSuiteTest::a_server_that_stops_tells_every_protocol()
{
    std::vector<OldBrowser> all;
    for (const char* protocol : {"hybi-10", "hybi-07", "hybi-00", "hixie-75"}) {
        all.push_back(browser(protocol));
        all.back().open();
        fixture_->id_of(all.back().client);
    }
    const event::Finished finished = [&] {
        fixture_->check_canary();
        // The canary is asked to leave by `finish`, the others here.
        std::vector<ConnectionId> ids;
        for (OldBrowser& old : all)
            ids.push_back(fixture_->id_of(old.client));
        fixture_->run(command::Kick{Target::many(ids), {close_going_away, {}}});
        for (OldBrowser& old : all) {
            old.read_close();
            if (old.has_frames_of_rfc_6455() || old.is_hybi_00())
                old.send_close();
            old.client.read_until_end();
            QTest::qVerify(
                fixture_->close_of(old.client.local_port()).clean, "clean", "", __FILE__, __LINE__);
            old.client.close();
        }
        return fixture_->finish();
    }();
    QCOMPARE(finished.cut, 0U);
    fixture_.reset();
}

QTEST_GUILESS_MAIN(OlderProtocolsSuiteTest)
#include "older_protocols_suite_test.moc"
