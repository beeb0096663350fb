#include "support/engine_fixture.h"

#include "jackfield/close_code.h"
#include "jackfield/event_text.h"

#include <QTest>

#include <memory>

using namespace jackfield;
using namespace jackfield::test;

namespace {

enum Listener : std::size_t { automatic, plain, tls_alone };

std::vector<ListenSpec> three_listeners()
{
    std::vector<ListenSpec> listeners(3, default_listeners(0).front());
    listeners[plain].kind = ListenerKind::ws;
    listeners[tls_alone].kind = ListenerKind::wss;
    return listeners;
}

RawClient open_tls(EngineFixture& fixture, std::string_view target = "/chat")
{
    RawClient client = fixture.connect_plain();
    client.begin_tls();
    client.upgrade(good_handshake(fixture.port(), {}, target));
    return client;
}

TlsClient::SetUp offering(std::string_view protocols)
{
    return [protocols](SSL_CTX* context) {
        SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char*>(protocols.data()),
            static_cast<unsigned>(protocols.size()));
    };
}

void trust_nobody(SSL_CTX* context)
{
    SSL_CTX_set_cert_store(context, X509_STORE_new());
}

} // namespace

class TlsSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { fixture_->check_canary(); }
    void cleanupTestCase() { fixture_->finish(); }

    void what_a_listener_speaks_is_told();
    void one_port_serves_both();
    void pages_are_served_over_both();
    void a_hello_may_come_in_any_pieces();
    void what_was_agreed_on_is_told();
    void a_session_is_resumed();
    void a_hello_to_a_plain_port_is_closed_without_a_reply(); // TL-01
    void a_request_to_a_tls_port_is_told_so_data(); // TL-02
    void a_request_to_a_tls_port_is_told_so();
    void a_failed_handshake_is_told_in_words_data(); // TL-04, TL-05, TL-13
    void a_failed_handshake_is_told_in_words();
    void a_hello_of_ssl_2_is_no_request(); // TL-05
    void a_browser_that_does_not_trust_the_certificate_is_told_as_such();
    void another_server_name_is_refused_by_its_host(); // TL-13
    void key_updates_without_end_are_a_flood(); // TL-07
    void garbage_within_a_connection_ends_it();
    void an_end_without_a_farewell_is_not_clean(); // TL-10
    void what_waits_inside_is_delivered(); // TL-11
    void a_client_that_does_not_read_is_read_again_later();
    void a_handshake_has_its_deadline();
    void a_spare_connection_is_no_failure();
    void credentials_change_while_serving(); // TL-16
    void without_credentials_a_hello_is_closed();
    void a_tls_port_without_a_certificate_says_so();
    void the_server_says_farewell();

private:
    /// Refusals are listed one by one as long as they are a second apart.
    void next_second() { fixture_->advance(seconds(1)); }
    std::unique_ptr<EngineFixture> fixture_;
};

void TlsSuiteTest::initTestCase()
{
    EngineSetup setup;
    setup.has_manual_clock = true;
    setup.config.listeners = three_listeners();
    setup.config.tls = test_credentials();
    setup.config.limits.max_queue = 64U << 10U;
    fixture_ = std::make_unique<EngineFixture>(setup);
}

void TlsSuiteTest::what_a_listener_speaks_is_told()
{
    const auto told = [](EngineFixture& fixture) {
        std::vector<std::string> lines;
        for (const Event& event : fixture.events()) {
            if (std::holds_alternative<event::Listening>(event.what))
                lines.push_back(describe(event));
        }
        return lines;
    };
    const auto at = [](EngineFixture& fixture, const char* scheme, std::size_t listener) {
        return scheme + fixture.addresses().at(listener).text() + "/";
    };
    EngineSetup setup;
    setup.config.listeners = three_listeners();
    setup.config.tls = test_credentials();
    EngineFixture with(setup);
    QCOMPARE(told(with),
        (std::vector<std::string>{
            "Listening on " + at(with, "ws://", automatic) + " and " + at(with, "wss://", automatic),
            "Listening on " + at(with, "ws://", plain), "Listening on " + at(with, "wss://", tls_alone)}));
    with.finish();
    setup.config.tls = nullptr;
    EngineFixture without(setup);
    QCOMPARE(told(without),
        (std::vector<std::string>{"Listening on " + at(without, "ws://", automatic),
            "Listening on " + at(without, "ws://", plain),
            "Listening on " + without.addresses().at(tls_alone).text()
                + ", which speaks TLS alone and has no certificate"}));
    // One that is added begins as things stand then.
    QVERIFY(!without.run(command::SetTls{test_credentials()}).error);
    without.forget_events();
    QVERIFY(!without.run(command::AddListener{three_listeners().at(automatic)}).error);
    const auto added = without.wait_for<event::Listening>();
    QCOMPARE(added.speaks, ListenerKind::both);
    QVERIFY(added.has_certificate);
    without.finish();
}

void TlsSuiteTest::one_port_serves_both()
{
    RawClient without = fixture_->connect_plain();
    without.upgrade(good_handshake(fixture_->port(), {}, "/without"));
    RawClient with = open_tls(*fixture_, "/with");
    for (RawClient* client : {&without, &with}) {
        client->send_text("Hello, world!");
        QCOMPARE(client->read_message(), std::string("Hello, world!"));
    }
    const auto plain_one = fixture_->opened_of(without.local_port()).info;
    QCOMPARE(plain_one->transport, Transport::ws);
    QVERIFY(!plain_one->tls);
    const auto tls_one = fixture_->opened_of(with.local_port()).info;
    QCOMPARE(tls_one->transport, Transport::wss);
    QVERIFY(tls_one->tls != nullptr);
    for (RawClient* client : {&without, &with}) {
        client->send_close(1000);
        QCOMPARE(client->read_close(), std::uint16_t{1000});
        QCOMPARE(client->read_until_end(), std::string());
        QVERIFY(fixture_->close_of(client->local_port()).clean);
    }
}

void TlsSuiteTest::pages_are_served_over_both()
{
    for (const bool is_tls : {false, true}) {
        RawClient client = fixture_->connect_plain();
        if (is_tls)
            client.begin_tls();
        for (int i = 0; i < 2; ++i) { // the second over the same connection
            client.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            QVERIFY(client.read_response().starts_with("HTTP/1.1 200 "));
        }
    }
}

void TlsSuiteTest::a_hello_may_come_in_any_pieces()
{
    for (const std::size_t piece : {std::size_t{1}, std::size_t{5}, std::size_t{100}}) {
        RawClient client = fixture_->connect_plain();
        TlsClient tls;
        tls.shake_hands();
        std::string hello = tls.take();
        for (; !hello.empty(); hello.erase(0, piece)) {
            client.send(hello.substr(0, piece));
            fixture_->settle();
        }
        QVERIFY(client.read_more()); // the server's flight
    }
}

void TlsSuiteTest::what_was_agreed_on_is_told()
{
    for (const auto& [version, name] :
        {std::pair(TLS1_2_VERSION, "TLS 1.2"), std::pair(TLS1_3_VERSION, "TLS 1.3")}) {
        RawClient client = fixture_->connect_plain();
        const TlsClient::SetUp only = only_version(version);
        QVERIFY(client.try_tls([&](SSL_CTX* context) {
            only(context);
            offering("\x02h2\x08http/1.1")(context);
        }));
        QVERIFY(SSL_get_servername(client.tls().ssl(), TLSEXT_NAMETYPE_host_name) == nullptr);
        client.upgrade(good_handshake(fixture_->port()));
        const auto info = fixture_->opened_of(client.local_port()).info;
        QCOMPARE(info->tls->version, std::string(name));
        QCOMPARE(info->tls->cipher,
            std::string(SSL_CIPHER_standard_name(SSL_get_current_cipher(client.tls().ssl()))));
        QCOMPARE(info->tls->alpn, std::string("http/1.1"));
        QCOMPARE(info->tls->server_name, std::string());
        QVERIFY(!info->tls->resumed);
    }
}

void TlsSuiteTest::a_session_is_resumed()
{
    RawClient first = open_tls(*fixture_);
    first.send_text("x"); // the ticket comes before the answer
    first.read_message();
    SSL_SESSION* const session = SSL_get1_session(first.tls().ssl());
    RawClient second = fixture_->connect_plain();
    QVERIFY(second.try_tls({}, session));
    second.upgrade(good_handshake(fixture_->port()));
    QVERIFY(fixture_->opened_of(second.local_port()).info->tls->resumed);
    SSL_SESSION_free(session);
}

void TlsSuiteTest::a_hello_to_a_plain_port_is_closed_without_a_reply()
{
    next_second();
    RawClient client = fixture_->connect_plain(plain);
    client.send(from_hex("16 03 01 02 00 01 00 01 fc 03 03"));
    QCOMPARE(client.read_until_end(), std::string());
    const event::Refused refused = fixture_->refusal_of(client.local_port());
    QCOMPARE(refused.reason, RefusalReason::tls_on_plain);
    QCOMPARE(refused.local, fixture_->addresses().at(plain));
    QCOMPARE(name_of(Event{0, {}, refused}), std::string_view("TLS_ON_PLAIN"));
    QVERIFY(refused.why.find("wss://") != std::string::npos);
}

void TlsSuiteTest::a_request_to_a_tls_port_is_told_so_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("TL-02 a page") << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTest::newRow("TL-02 a WebSocket") << QByteArray::fromStdString(good_handshake(4567));
    QTest::newRow("TL-02 a broken request") << QByteArray("GET /\r\n\r\n");
}

void TlsSuiteTest::a_request_to_a_tls_port_is_told_so()
{
    QFETCH(const QByteArray, request);
    next_second();
    RawClient client = fixture_->connect_plain(tls_alone);
    client.send(request.toStdString());
    const std::string answer = client.read_until_end();
    QVERIFY(answer.starts_with("HTTP/1.1 400 "));
    QVERIFY(answer.find("\r\nConnection: close\r\n") != std::string::npos);
    QVERIFY(answer.find("This port speaks TLS") != std::string::npos);
    const event::Refused refused = fixture_->refusal_of(client.local_port());
    QCOMPARE(refused.reason, RefusalReason::plain_on_tls);
    QCOMPARE(refused.local, fixture_->addresses().at(tls_alone));
    QCOMPARE(refused.transport, Transport::ws);
    QCOMPARE(name_of(Event{0, {}, refused}), std::string_view("PLAIN_ON_TLS"));
    QVERIFY(!refused.request_head.empty());
}

void TlsSuiteTest::a_failed_handshake_is_told_in_words_data()
{
    QTest::addColumn<QByteArray>("hello");
    QTest::addColumn<QByteArray>("failure");
    QTest::addColumn<int>("alert");
    const auto row = [](const char* tag, const std::string& bytes, TlsFailure failure, int alert) {
        QTest::newRow(tag) << QByteArray::fromStdString(bytes) << QByteArray(name_of(failure).data())
                           << alert;
    };
    HandMadeHello old;
    old.version = 0x0301;
    row("TL-05 TLS 1.0", old.records(), TlsFailure::no_common_version, SSL_AD_PROTOCOL_VERSION);
    // RFC 5246 appendix E.2: a hello of SSL 2 with one cipher and a challenge of 16 bytes.
    const std::string ssl_2 = from_hex("00 03 00 00 00 10 01 00 80") + std::string(16, 'c');
    row("TL-05 SSL 2 that asks for TLS 1.0", from_hex("80 1c 01 03 01") + ssl_2, TlsFailure::no_common_version,
        SSL_AD_PROTOCOL_VERSION);
    HandMadeHello weak;
    weak.ciphers = {0x0004, 0x0005};
    weak.extensions = HandMadeHello::necessary();
    row("TL-05 RC4", weak.records(), TlsFailure::no_common_cipher, SSL_AD_HANDSHAKE_FAILURE);
    HandMadeHello named;
    named.extensions
        = HandMadeHello::necessary() + HandMadeHello::server_name(std::string("local\0host", 10));
    row("TL-13 NUL in the server name", named.records(), TlsFailure::bad_server_name,
        SSL_AD_UNRECOGNIZED_NAME);
    HandMadeHello other;
    other.extensions
        = HandMadeHello::necessary() + HandMadeHello::extension(16, std::string("\x00\x03\x02h2", 5));
    row("ALPN without http/1.1", other.records(), TlsFailure::no_common_protocol,
        SSL_AD_NO_APPLICATION_PROTOCOL);
    std::string empty_records;
    for (int i = 0; i < 1'000; ++i)
        empty_records += from_hex("16 03 01 00 00");
    row("TL-04 empty records", empty_records, TlsFailure::protocol_error, SSL_AD_UNEXPECTED_MESSAGE);
    row("TL-04 a record too large", from_hex("16 03 01 40 01") + std::string(16385, '\1'),
        TlsFailure::protocol_error, SSL_AD_RECORD_OVERFLOW);
}

void TlsSuiteTest::a_failed_handshake_is_told_in_words()
{
    QFETCH(const QByteArray, hello);
    QFETCH(const QByteArray, failure);
    QFETCH(const int, alert);
    next_second();
    RawClient client = fixture_->connect_plain();
    client.send(hello.toStdString());
    const std::string answer = client.read_until_end();
    QVERIFY(!client.was_reset());
    const event::Refused refused = fixture_->refusal_of(client.local_port());
    QCOMPARE(refused.reason, RefusalReason::tls_failed);
    QCOMPARE(refused.status, std::uint16_t{0});
    QVERIFY(refused.tls.has_value());
    QCOMPARE(name_of(refused.tls->failure), std::string_view(failure.constData()));
    QVERIFY(refused.why.starts_with(explain(refused.tls->failure)));
    QVERIFY(!refused.browser_says.empty());
    QCOMPARE(name_of(Event{0, {}, refused}), std::string_view("TLS_FAIL"));
    QVERIFY(answer.size() >= 7);
    const std::string last = answer.substr(answer.size() - 7); // an alert record (RFC 8446 section 6)
    QCOMPARE(last[0], '\x15');
    QCOMPARE(int{static_cast<unsigned char>(last[6])}, alert);
    QVERIFY(refused.tls->alert_sent.has_value());
    QCOMPARE(int{*refused.tls->alert_sent}, alert);
}

void TlsSuiteTest::a_hello_of_ssl_2_is_no_request()
{
    const std::string hello
        = from_hex("80 1c 01 00 02 00 03 00 00 00 10 01 00 80") + std::string(16, 'c');
    for (const std::size_t listener : {automatic, tls_alone}) {
        for (const std::size_t piece : {hello.size(), std::size_t{1}}) {
            next_second();
            RawClient client = fixture_->connect_plain(listener);
            for (std::size_t at = 0; at < hello.size(); at += piece) {
                client.send(hello.substr(at, piece));
                fixture_->settle();
            }
            const std::string answer = client.read_until_end();
            QVERIFY2(answer.find("HTTP") == std::string::npos, answer.c_str());
            const event::Refused refused = fixture_->refusal_of(client.local_port());
            QCOMPARE(refused.reason, RefusalReason::tls_failed);
            QCOMPARE(refused.status, std::uint16_t{0});
            QCOMPARE(name_of(Event{0, {}, refused}), std::string_view("TLS_FAIL"));
        }
    }
}

void TlsSuiteTest::a_browser_that_does_not_trust_the_certificate_is_told_as_such()
{
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        next_second();
        RawClient client = fixture_->connect_plain();
        const TlsClient::SetUp only = only_version(version);
        client.try_tls([&](SSL_CTX* context) {
            only(context);
            trust_nobody(context);
        });
        client.try_send_plain(client.tls().take()); // its alert
        const event::Refused refused = fixture_->refusal_of(client.local_port());
        QCOMPARE(refused.reason, RefusalReason::tls_failed);
        QCOMPARE(refused.tls->failure, TlsFailure::unknown_authority);
        QVERIFY(refused.browser_says.find("ERR_CERT_AUTHORITY_INVALID") != std::string::npos);
        QVERIFY(refused.browser_says.ends_with("(CloseEvent.code 1006; Firefox says 1015)"));
        QCOMPARE(refused.transport, Transport::wss);
    }
}

void TlsSuiteTest::another_server_name_is_refused_by_its_host()
{
    next_second();
    RawClient client = fixture_->connect_plain();
    HandMadeHello hello; // as a client that asks for evil.test
    hello.extensions = HandMadeHello::necessary() + HandMadeHello::server_name("evil.test");
    client.send(hello.records());
    QVERIFY(client.read_more()); // served: a flight and no alert
    RawClient second = fixture_->connect_plain();
    second.begin_tls();
    second.send("GET /chat HTTP/1.1\r\nHost: evil.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    QVERIFY(second.read_until_end().starts_with("HTTP/1.1 403 "));
    QCOMPARE(fixture_->refusal_of(second.local_port()).reason, RefusalReason::host_not_allowed);
}

void TlsSuiteTest::key_updates_without_end_are_a_flood()
{
    RawClient client = open_tls(*fixture_);
    const std::uint16_t port = client.local_port();
    const ConnectionId id = fixture_->id_of(client);
    for (int i = 0; i < 1'000; ++i) {
        SSL_key_update(client.tls().ssl(), SSL_KEY_UPDATE_NOT_REQUESTED);
        SSL_do_handshake(client.tls().ssl());
    }
    client.try_send_plain(client.tls().take());
    const auto flood = fixture_->wait_for<event::Flood>();
    QCOMPARE(flood.kind, event::FloodKind::tls);
    QCOMPARE(flood.id, id);
    const CloseInfo close = fixture_->close_of(port);
    QCOMPARE(close.cause, CloseCause::flood);
    QCOMPARE(close.by, ClosedBy::engine);
    QVERIFY(!close.clean);
}

void TlsSuiteTest::garbage_within_a_connection_ends_it()
{
    RawClient client = open_tls(*fixture_);
    const std::uint16_t port = client.local_port();
    client.try_send_plain(from_hex("17 03 03 00 20") + std::string(32, 'x')); // no valid record
    client.read_until_end();
    QVERIFY(!client.was_reset()); // so the alert could be read
    QVERIFY(client.tls().error != 0);
    const CloseInfo close = fixture_->close_of(port);
    QCOMPARE(close.cause, CloseCause::tls_failure);
    QCOMPARE(close.by, ClosedBy::engine);
    QCOMPARE(close.code, std::uint16_t{close_abnormal});
}

void TlsSuiteTest::an_end_without_a_farewell_is_not_clean()
{
    RawClient cut = open_tls(*fixture_);
    const std::uint16_t port = cut.local_port();
    cut.close();
    const CloseInfo close = fixture_->close_of(port);
    QVERIFY(!close.clean);
    QCOMPARE(close.cause, CloseCause::peer_vanished);
    // Browsers end so behind the closing handshake: that was clean.
    RawClient polite = open_tls(*fixture_);
    const std::uint16_t polite_port = polite.local_port();
    polite.send_close(1000);
    QCOMPARE(polite.read_close(), std::uint16_t{1000});
    polite.close();
    QVERIFY(fixture_->close_of(polite_port).clean);
}

void TlsSuiteTest::what_waits_inside_is_delivered()
{
    RawClient client = open_tls(*fixture_);
    std::string frames;
    for (int i = 0; i < 2'000; ++i)
        frames += client_frame(0x81, std::to_string(i)); // many to a record
    client.send(frames);
    for (int i = 0; i < 2'000; ++i)
        QCOMPARE(client.read_message(), std::to_string(i));
    const std::string large(3U << 20U, 'l'); // one over many records
    client.send_text(large);
    QVERIFY(client.read_message() == large);
}

void TlsSuiteTest::a_client_that_does_not_read_is_read_again_later()
{
    RawClient client = open_tls(*fixture_);
    const std::string message(30'000, 'm');
    std::string frames;
    for (int i = 0; i < 400; ++i)
        frames += client_frame(0x82, message);
    // As much as goes until the server stops reading, since its answers are not read.
    std::string_view rest = frames;
    while (!rest.empty()) {
        const std::size_t sent = client.send_some(rest.substr(0, 16'000));
        rest.remove_prefix(sent);
        if (sent == 0)
            break;
    }
    QVERIFY(!rest.empty());
    fixture_->settle();
    int answers = 0;
    for (; answers < 100; ++answers)
        QVERIFY(client.read_message() == message);
    // What is left, with what waited inside, as far as it goes between the answers: who sends all of it without
    // reading may wait for ever.
    for (; answers < 400; ++answers) {
        rest.remove_prefix(client.send_some(rest.substr(0, 60'000)));
        QVERIFY(client.read_message() == message);
    }
}

void TlsSuiteTest::a_handshake_has_its_deadline()
{
    next_second();
    RawClient client = fixture_->connect_plain();
    client.send(from_hex("16 03 01 02 00 01 00 01 fc 03 03"));
    fixture_->settle();
    fixture_->advance(milliseconds(9'900));
    fixture_->settle();
    QVERIFY(client.is_quiet());
    fixture_->advance(milliseconds(200));
    QCOMPARE(client.read_until_end(), std::string());
    const event::Refused refused = fixture_->refusal_of(client.local_port());
    QCOMPARE(refused.reason, RefusalReason::timeout);
    QCOMPARE(refused.status, std::uint16_t{0});
    QVERIFY(refused.why.find("TLS") != std::string::npos);
    // Behind the TLS handshake there is somebody to tell it to.
    next_second();
    RawClient silent = fixture_->connect_plain();
    silent.begin_tls();
    silent.send("GET / HTTP/1.1\r\n");
    fixture_->settle();
    fixture_->advance(milliseconds(10'100));
    QVERIFY(silent.read_until_end().starts_with("HTTP/1.1 408 "));
}

void TlsSuiteTest::a_spare_connection_is_no_failure()
{
    next_second();
    RawClient client = fixture_->connect_plain();
    const std::uint16_t port = client.local_port();
    client.begin_tls();
    fixture_->settle();
    client.close();
    const event::Refused refused = fixture_->refusal_of(port);
    QCOMPARE(refused.reason, RefusalReason::speculative);
    QCOMPARE(refused.transport, Transport::wss);
}

void TlsSuiteTest::credentials_change_while_serving()
{
    EngineSetup setup;
    setup.config.tls = test_credentials();
    EngineFixture fixture(setup);
    fixture.attach_state();
    RawClient before = open_tls(fixture);
    fixture.wait_for_state([&] { return fixture.status && fixture.status->tls; });
    QCOMPARE(fixture.status->listeners[0].speaks, ListenerKind::both);

    const TestCertificate other{{}, &TestIdentity::shared().authority};
    const auto created = TlsCredentials::create({other.certificate_pem(), other.key_pem(), {}, {}});
    QVERIFY(created.has_value());
    QVERIFY(!fixture.run(command::SetTls{*created}).error);
    RawClient after = open_tls(fixture);
    X509* const shown = SSL_get0_peer_certificate(after.tls().ssl());
    QCOMPARE(X509_cmp(shown, other.certificate()), 0);
    before.send_text("still here");
    QCOMPARE(before.read_message(), std::string("still here"));

    QVERIFY(!fixture.run(command::SetTls{}).error);
    fixture.wait_for_state([&] { return !fixture.status->tls; });
    QCOMPARE(fixture.status->listeners[0].speaks, ListenerKind::ws);
    RawClient refused = fixture.connect_plain();
    QVERIFY(!refused.try_tls());
    QCOMPARE(fixture.refusal_of(refused.local_port()).reason, RefusalReason::tls_on_plain);
    refused.close();
    before.send_text("and still");
    QCOMPARE(before.read_message(), std::string("and still"));
    before.close();
    after.close();
    fixture.finish();
}

void TlsSuiteTest::without_credentials_a_hello_is_closed()
{
    EngineSetup setup;
    setup.config.listeners = three_listeners();
    setup.config.tls = nullptr;
    EngineFixture fixture(setup);
    RawClient client = fixture.connect_plain(tls_alone);
    QVERIFY(!client.try_tls());
    const event::Refused refused = fixture.refusal_of(client.local_port());
    QCOMPARE(refused.reason, RefusalReason::tls_on_plain);
    QVERIFY(refused.why.find("certificate") != std::string::npos);
    client.close();
    fixture.finish();
}

void TlsSuiteTest::a_tls_port_without_a_certificate_says_so()
{
    EngineSetup setup;
    setup.config.listeners = three_listeners();
    EngineFixture fixture(setup);
    RawClient client = fixture.connect_plain(tls_alone);
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const std::string answer = client.read_until_end();
    QVERIFY(answer.starts_with("HTTP/1.1 400 "));
    QVERIFY2(answer.find("Use wss://") == std::string::npos, answer.c_str());
    QVERIFY2(answer.find("has no certificate") != std::string::npos, answer.c_str());
    const event::Refused refused = fixture.refusal_of(client.local_port());
    QCOMPARE(refused.reason, RefusalReason::plain_on_tls);
    QVERIFY2(refused.why.find("no certificate") != std::string::npos, refused.why.c_str());
    client.close();
    fixture.finish();
}

void TlsSuiteTest::the_server_says_farewell()
{
    EngineSetup setup;
    setup.config.tls = test_credentials();
    EngineFixture fixture(setup);
    RawClient client = open_tls(fixture);
    fixture.engine().submit(command::StopListening{});
    QCOMPARE(client.read_close(), std::uint16_t{close_going_away});
    client.send_close(close_going_away);
    client.read_until_end();
    QVERIFY(client.tls().got_farewell);
    QVERIFY(!client.was_reset());
}

QTEST_GUILESS_MAIN(TlsSuiteTest)
#include "tls_suite_test.moc"
