// What the handshake agrees upon, what resumption and many handshakes leave behind, and what floods end with.
#include "net/tls_stream.h"
#include "tests/support/tls_harness.h"

#include <QTest>

#include <atomic>
#include <cerrno>
#include <cstdlib>

using namespace jackfield;
using namespace jackfield::test;
using namespace std::chrono_literals;
using net::IoResult;
using net::TlsContext;
using net::TlsStream;

class TlsHandshakeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void says_what_was_agreed_upon_data();
    void says_what_was_agreed_upon();
    void takes_a_server_name_or_none_data(); // TL-13
    void takes_a_server_name_or_none();
    void answers_http_1_1_alone_data();
    void answers_http_1_1_alone();
    void many_key_updates_are_a_flood_data(); // TL-07
    void many_key_updates_are_a_flood();
    void some_key_updates_are_none();
    void renegotiation_is_refused();
    void resumes_a_session_data();
    void resumes_a_session();
    void a_ticket_of_another_context_means_a_full_handshake();
    void nothing_is_left_of_many_handshakes(); // TL-08
    void memory_that_runs_out_ends_the_connection_alone_data();
    void memory_that_runs_out_ends_the_connection_alone();
};

namespace {

// What the TLS library holds, exactly.
std::atomic<long> live_blocks{0};
// From which allocation on, of those while `within_server`, one fails; negative: none.
long fails_at = -1;
bool within_server = false;
bool has_failed = false;

bool fails_now()
{
    if (!within_server || fails_at < 0)
        return false;
    if (fails_at-- > 0)
        return false;
    has_failed = true;
    return true;
}

void* counted_malloc(std::size_t size, const char* /*file*/, int /*line*/)
{
    if (fails_now())
        return nullptr;
    void* const memory = std::malloc(size);
    live_blocks += memory ? 1 : 0;
    return memory;
}
void* counted_realloc(void* memory, std::size_t size, const char* /*file*/, int /*line*/)
{
    if (fails_now())
        return nullptr;
    void* const moved = std::realloc(memory, size);
    live_blocks += !memory && moved ? 1 : 0;
    return moved;
}
void counted_free(void* memory, const char* /*file*/, int /*line*/)
{
    live_blocks -= memory ? 1 : 0;
    std::free(memory);
}
const bool is_counting = CRYPTO_set_mem_functions(counted_malloc, counted_realloc, counted_free) == 1;

QString text_of(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

struct SessionFreeing {
    void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
};
using Session = std::unique_ptr<SSL_SESSION, SessionFreeing>;

void set_protocols(SSL_CTX* context, const std::string& list)
{
    SSL_CTX_set_alpn_protos(
        context, reinterpret_cast<const unsigned char*>(list.data()), static_cast<unsigned>(list.size()));
}

} // namespace

void TlsHandshakeTest::says_what_was_agreed_upon_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<QByteArray>("cipher");
    QTest::addColumn<QString>("version_text");
    QTest::addColumn<QString>("cipher_text");
    const auto row = [](int version, const char* cipher, const char* version_text, const char* cipher_text) {
        QTest::newRow(cipher_text) << version << QByteArray(cipher) << version_text << cipher_text;
    };
    row(TLS1_2_VERSION, "ECDHE-ECDSA-AES128-GCM-SHA256", "TLS 1.2",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    row(TLS1_2_VERSION, "ECDHE-ECDSA-CHACHA20-POLY1305", "TLS 1.2",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");
    row(TLS1_3_VERSION, "TLS_AES_128_GCM_SHA256", "TLS 1.3", "TLS_AES_128_GCM_SHA256");
    row(TLS1_3_VERSION, "TLS_AES_256_GCM_SHA384", "TLS 1.3", "TLS_AES_256_GCM_SHA384");
    row(TLS1_3_VERSION, "TLS_CHACHA20_POLY1305_SHA256", "TLS 1.3", "TLS_CHACHA20_POLY1305_SHA256");
}

void TlsHandshakeTest::says_what_was_agreed_upon()
{
    QFETCH(int, version);
    QFETCH(QByteArray, cipher);
    QFETCH(QString, version_text);
    QFETCH(QString, cipher_text);
    TlsServer server;
    TlsClient client([&](SSL_CTX* context) {
        only_version(version)(context);
        if (version == TLS1_3_VERSION)
            SSL_CTX_set_ciphersuites(context, cipher.data());
        else
            SSL_CTX_set_cipher_list(context, cipher.data());
        set_protocols(context, "\x02h2\x08http/1.1");
    });
    SSL_set_tlsext_host_name(client.ssl(), "localhost");
    QVERIFY(!server.stream.is_established());
    QVERIFY(server.stream.facts().version.empty());
    QVERIFY(server.connect(client));
    const TlsFacts& facts = server.stream.facts();
    QCOMPARE(text_of(facts.version), version_text);
    QCOMPARE(text_of(facts.cipher), cipher_text);
    QCOMPARE(text_of(facts.alpn), QString("http/1.1"));
    QCOMPARE(text_of(facts.server_name), QString("localhost"));
    QVERIFY(!facts.resumed);
    QVERIFY(server.stream.failure().failure == TlsFailure::none);
}

void TlsHandshakeTest::takes_a_server_name_or_none_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("TL-13 none") << QByteArray();
    QTest::newRow("TL-13 localhost") << QByteArray("localhost");
    QTest::newRow("TL-13 a name of others") << QByteArray("evil.test");
    QTest::newRow("TL-13 255 characters") << QByteArray(255, 'a');
    QTest::newRow("an address, against the standard") << QByteArray("127.0.0.1");
}

void TlsHandshakeTest::takes_a_server_name_or_none()
{
    QFETCH(QByteArray, name);
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        TlsServer server;
        TlsClient client(only_version(version));
        if (!name.isEmpty())
            SSL_set_tlsext_host_name(client.ssl(), name.data());
        QVERIFY(server.connect(client)); // with the one certificate: the host list decides later
        QCOMPARE(text_of(server.stream.facts().server_name), QString(name));
    }
}

void TlsHandshakeTest::answers_http_1_1_alone_data()
{
    QTest::addColumn<QByteArray>("offered");
    QTest::addColumn<QString>("selected"); // null: refused
    QTest::addColumn<QString>("detail");
    QTest::newRow("none") << QByteArray() << ""
                          << "";
    QTest::newRow("http/1.1") << QByteArray("\x08http/1.1") << "http/1.1"
                              << "";
    QTest::newRow("h2 first") << QByteArray("\x02h2\x08http/1.1") << "http/1.1"
                              << "";
    QTest::newRow("h2 alone") << QByteArray("\x02h2") << QString() << "it offers h2";
    QTest::newRow("others") << QByteArray("\x08http/1.0\x02h3") << QString() << "it offers http/1.0, h3";
    QTest::newRow("another case") << QByteArray("\x08HTTP/1.1") << QString() << "it offers HTTP/1.1";
    QTest::newRow("a beginning") << QByteArray("\x04http") << QString() << "it offers http";
    QTest::newRow("characters of no name") << QByteArray("\x04\x1b[2J") << QString() << "it offers ?[2J";
    QTest::newRow("long") << QByteArray("\xc8" + QByteArray(200, 'p')) << QString()
                          << "it offers " + QString(97, 'p') + "...";
}

void TlsHandshakeTest::answers_http_1_1_alone()
{
    QFETCH(QByteArray, offered);
    QFETCH(QString, selected);
    QFETCH(QString, detail);
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        TlsServer server;
        TlsClient client([&](SSL_CTX* context) {
            only_version(version)(context);
            set_protocols(context, offered.toStdString());
        });
        QCOMPARE(server.connect(client), !selected.isNull());
        if (!selected.isNull()) {
            QCOMPARE(text_of(server.stream.facts().alpn), selected);
            continue;
        }
        const TlsFailureReport& report = server.stream.failure();
        QCOMPARE(text_of(name_of(report.failure)), QString("no_common_protocol"));
        QCOMPARE(int{report.alert_sent.value_or(0)}, SSL_AD_NO_APPLICATION_PROTOCOL);
        QCOMPARE(client.error, SSL_AD_REASON_OFFSET + SSL_AD_NO_APPLICATION_PROTOCOL);
        QCOMPARE(text_of(report.detail), detail);
    }
}

void TlsHandshakeTest::many_key_updates_are_a_flood_data()
{
    QTest::addColumn<int>("type");
    QTest::newRow("TL-07 no answer asked for") << SSL_KEY_UPDATE_NOT_REQUESTED;
    QTest::newRow("TL-07 with answers") << SSL_KEY_UPDATE_REQUESTED;
}

void TlsHandshakeTest::many_key_updates_are_a_flood()
{
    QFETCH(int, type);
    TlsServer server;
    TlsClient client;
    QVERIFY(server.connect(client));
    int sent = 0;
    while (sent < 1000 && server.last.status != IoStatus::failed) {
        SSL_key_update(client.ssl(), type);
        client.shake_hands();
        server.inner->input += client.take();
        ++sent;
        server.clock.advance(1ms);
        server.read();
    }
    QCOMPARE(sent, static_cast<int>(TlsStream::controls_a_second) + 1);
    QCOMPARE(server.last.error, EPROTO);
    QVERIFY(server.stream.failure().failure == TlsFailure::flood);
    QVERIFY(!server.stream.failure().in_handshake);
}

void TlsHandshakeTest::some_key_updates_are_none()
{
    TlsServer server;
    TlsClient client;
    QVERIFY(server.connect(client));
    for (int second = 0; second < 5; ++second) {
        for (unsigned i = 0; i < TlsStream::controls_a_second; ++i) {
            SSL_key_update(client.ssl(), SSL_KEY_UPDATE_REQUESTED);
            client.shake_hands();
            client.write(".");
        }
        server.exchange(client);
        server.clock.advance(1s);
    }
    QCOMPARE(server.received, std::string(5 * TlsStream::controls_a_second, '.'));
    QVERIFY(server.write("still here").status == IoStatus::done);
    server.exchange(client);
    QCOMPARE(server.from_server, std::string("still here"));
}

void TlsHandshakeTest::renegotiation_is_refused()
{
    TlsServer server;
    TlsClient client(only_version(TLS1_2_VERSION));
    QVERIFY(server.connect(client));
    const std::size_t before = server.inner->output.size();
    QCOMPARE(SSL_renegotiate(client.ssl()), 1);
    client.shake_hands();
    server.inner->input = client.take();
    QVERIFY(!server.inner->input.empty());
    server.read();
    QCOMPARE(int{server.stream.failure().alert_sent.value_or(0)}, SSL_AD_NO_RENEGOTIATION);
    QVERIFY(server.stream.failure().failure == TlsFailure::none); // a warning: the connection lives
    const std::string answer = server.inner->output.substr(before);
    QCOMPARE(int{answer.at(0)}, SSL3_RT_ALERT);
    QCOMPARE(answer.size(), std::size_t{5 + 8 + 2 + 16}); // nothing else: number, alert and tag
    QVERIFY(server.write("still here").status == IoStatus::done);
    client.feed(server.inner->output);
    client.shake_hands();
    QCOMPARE(client.error, SSL_R_NO_RENEGOTIATION);
    // Who does not put up with that says so with an alert, which does not mean what it means in a first handshake.
    server.inner->input = client.take();
    QVERIFY(!server.inner->input.empty());
    QVERIFY(server.read().status == IoStatus::failed);
    QVERIFY(server.stream.failure().failure == TlsFailure::refused_by_client);
    QCOMPARE(server.stream.failure().detail, std::string("it asked to renegotiate, which this server does not"));
}

void TlsHandshakeTest::resumes_a_session_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION;
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION;
}

void TlsHandshakeTest::resumes_a_session()
{
    QFETCH(int, version);
    Session session;
    for (int i = 0; i < 4; ++i) {
        TlsServer server;
        TlsClient client(only_version(version), session.get());
        SSL_set_tlsext_host_name(client.ssl(), "localhost");
        QVERIFY(server.connect(client));
        QCOMPARE(server.stream.facts().resumed, i > 0);
        QCOMPARE(SSL_session_reused(client.ssl()) == 1, i > 0);
        QVERIFY(!server.stream.facts().cipher.empty());
        QCOMPARE(server.stream.facts().server_name, std::string("localhost"));
        client.write("hello");
        server.exchange(client);
        QCOMPARE(server.received, std::string("hello"));
        session.reset(SSL_get1_session(client.ssl()));
        QVERIFY(SSL_SESSION_is_resumable(session.get()) == 1);
        client.say_farewell(); // without it the session would count as broken
    }
}

void TlsHandshakeTest::a_ticket_of_another_context_means_a_full_handshake()
{
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        Session session;
        {
            TlsServer server;
            TlsClient client(only_version(version));
            QVERIFY(server.connect(client));
            session.reset(SSL_get1_session(client.ssl()));
            client.say_farewell();
        }
        TlsServer server({}, TlsContext::create(server_identity()).value());
        TlsClient client(only_version(version), session.get());
        QVERIFY(server.connect(client));
        QVERIFY(!server.stream.facts().resumed);
    }
}

void TlsHandshakeTest::nothing_is_left_of_many_handshakes()
{
    QVERIFY(is_counting);
    const auto context = TlsContext::create(server_identity()).value();
    const auto connect = [&](int version, SSL_SESSION* session, bool expected) {
        TlsServer server({}, context);
        TlsClient client(only_version(version), session);
        const bool connected = server.connect(client);
        Session next(SSL_get1_session(client.ssl()));
        client.say_farewell();
        return connected && server.stream.facts().resumed == expected ? std::move(next) : Session();
    };
    const auto round = [&](int times) {
        for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            Session session;
            for (int i = 0; i < times; ++i) {
                session = connect(version, nullptr, false);
                if (!session)
                    return false;
            }
            for (int i = 0; i < times; ++i) {
                session = connect(version, session.get(), true);
                if (!session)
                    return false;
            }
        }
        return true;
    };
    QVERIFY(round(10)); // what is made once
    const long before = live_blocks;
    QVERIFY(round(150));
    QCOMPARE(live_blocks.load(), before);
    QCOMPARE(SSL_CTX_sess_number(context->native()), 0L);
}

void TlsHandshakeTest::memory_that_runs_out_ends_the_connection_alone_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION;
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION;
}

void TlsHandshakeTest::memory_that_runs_out_ends_the_connection_alone()
{
    QFETCH(int, version);
    // Handshake, a message each way, the farewell; the n-th allocation of the server's side fails.
    const auto talk = [&](long n) {
        TlsClient client(only_version(version));
        fails_at = n;
        has_failed = false;
        bool is_whole = false;
        try {
            within_server = true;
            TlsServer server;
            for (int i = 0; i < 20 && server.last.status != IoStatus::failed; ++i) {
                within_server = false;
                if (client.shake_hands() && i == 10)
                    client.write("hello");
                client.feed(std::exchange(server.inner->output, {}));
                client.read();
                server.inner->input += client.take();
                within_server = true;
                server.read();
                if (i == 15)
                    server.write("an answer");
            }
            server.stream.shut_down_writing();
            within_server = false;
            client.feed(std::exchange(server.inner->output, {}));
            client.read();
            is_whole = client.got_farewell && server.received == "hello";
        } catch (const std::bad_alloc&) { }
        within_server = false;
        fails_at = -1;
        return is_whole;
    };
    QVERIFY(talk(-1));
    QVERIFY(!has_failed);
    int ended = 0;
    long n = 0;
    for (; n < 10000; ++n) {
        const bool is_whole = talk(n);
        if (!has_failed)
            break; // there are no more
        ended += is_whole ? 0 : 1;
        QCOMPARE(ERR_peek_error(), 0UL);
    }
    QVERIFY(n < 10000);
    QVERIFY2(ended > 50, std::to_string(ended).c_str());
    const long before = live_blocks; // with what the library makes once
    for (long again = 0; again < n; ++again)
        talk(again);
    QCOMPARE(live_blocks.load(), before);
    QVERIFY(talk(-1)); // the next one does not notice
}

QTEST_GUILESS_MAIN(TlsHandshakeTest)
#include "tls_handshake_test.moc"
