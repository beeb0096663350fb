// What the handshake refuses: with which words for a person, and which alert for the peer.
#include "net/tls_stream.h"
#include "tests/support/tls_harness.h"

#include <QTest>

#include <cerrno>

using namespace jackfield;
using namespace jackfield::test;
using net::IoResult;
using net::TlsContext;
using net::TlsStream;

class TlsRefusalsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refuses_a_malformed_server_name_data(); // TL-13
    void refuses_a_malformed_server_name();
    void refuses_old_versions_and_weak_ciphers_data(); // TL-05
    void refuses_old_versions_and_weak_ciphers();
    void a_client_that_refuses_the_certificate_says_why_data();
    void a_client_that_refuses_the_certificate_says_why();
    void an_alert_has_its_meaning_data();
    void an_alert_has_its_meaning();
    void a_certificate_that_is_not_for_what_was_asked_is_told_apart_data();
    void a_certificate_that_is_not_for_what_was_asked_is_told_apart();
    void every_failure_has_a_name_and_a_sentence();
    void a_client_that_leaves_is_told_apart();
    void what_is_not_tls_is_refused_data(); // TL-04
    void what_is_not_tls_is_refused();
    void a_hello_is_taken_in_any_fragments();
    void the_alert_leaves_although_the_peer_goes_on_sending();
    void a_record_that_was_changed_on_the_way_is_refused();
};

namespace {

QString text_of(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// What is left in `output` of a refusal: the alert, which is plain text before keys are agreed upon.
int alert_in(const std::string& output)
{
    if (output.size() < 7 || output[output.size() - 7] != 0x15)
        return -1;
    return static_cast<unsigned char>(output.back());
}

} // namespace

void TlsRefusalsTest::refuses_a_malformed_server_name_data()
{
    QTest::addColumn<QByteArray>("extension");
    QTest::addColumn<int>("alert");
    const auto row = [](const char* tag, const std::string& extension, int alert) {
        QTest::newRow(tag) << QByteArray::fromStdString(extension) << alert;
    };
    using Hello = HandMadeHello;
    constexpr int decode_error = SSL_AD_DECODE_ERROR;
    constexpr int unrecognized = SSL_AD_UNRECOGNIZED_NAME;
    row("TL-13 NUL inside", Hello::server_name(std::string("local\0host", 10)), unrecognized);
    row("TL-13 256 characters", Hello::server_name(std::string(256, 'a')), unrecognized);
    row("empty", Hello::server_name(""), unrecognized);
    row("a blank", Hello::server_name("local host"), unrecognized);
    row("a line end", Hello::server_name("localhost\r\nX: y"), unrecognized);
    row("not ASCII",
        Hello::server_name("b\xc3\xbc"
                           "cher.test"),
        unrecognized);
    row("an escape", Hello::server_name("\x1b[2Jlocalhost"), unrecognized);
    row("no content", Hello::extension(0, ""), decode_error);
    row("an empty list", Hello::extension(0, Hello::number(0, 2)), decode_error);
    row("a list that is longer than the extension",
        Hello::extension(0, Hello::number(100, 2) + Hello::number(0, 1) + Hello::number(1, 2) + "a"),
        decode_error);
    row("bytes behind the list",
        Hello::extension(0, Hello::number(4, 2) + Hello::number(0, 1) + Hello::number(1, 2) + "ab"),
        decode_error);
    row("a name that is longer than the list",
        Hello::extension(0, Hello::number(4, 2) + Hello::number(0, 1) + Hello::number(9, 2) + "a"),
        decode_error);
    row("two names",
        Hello::extension(0,
            Hello::number(8, 2) + Hello::number(0, 1) + Hello::number(1, 2) + "a" + Hello::number(0, 1)
                + Hello::number(1, 2) + "b"),
        decode_error);
    row("another type of name",
        Hello::extension(0, Hello::number(4, 2) + Hello::number(7, 1) + Hello::number(1, 2) + "a"),
        decode_error);
}

void TlsRefusalsTest::refuses_a_malformed_server_name()
{
    QFETCH(QByteArray, extension);
    QFETCH(int, alert);
    HandMadeHello hello;
    hello.extensions = HandMadeHello::necessary();
    {
        TlsServer server;
        server.inner->input = hello.records();
        QVERIFY(server.read().status == IoStatus::would_block); // good up to here
        QVERIFY(alert_in(server.inner->output) == -1);
    }
    hello.extensions += extension.toStdString();
    TlsServer server;
    server.inner->input = hello.records();
    const IoResult result = server.read();
    QVERIFY(result.status == IoStatus::failed);
    QCOMPARE(result.error, EPROTO);
    const TlsFailureReport& report = server.stream.failure();
    QCOMPARE(text_of(name_of(report.failure)), QString("bad_server_name"));
    QCOMPARE(int{report.alert_sent.value_or(0)}, alert);
    QCOMPARE(alert_in(server.inner->output), alert);
    QVERIFY(server.stream.facts().server_name.empty());
}

void TlsRefusalsTest::refuses_old_versions_and_weak_ciphers_data()
{
    QTest::addColumn<QByteArray>("hello");
    QTest::addColumn<QString>("failure");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<int>("alert");
    const auto row
        = [](const char* tag, const std::string& hello, const char* failure, const char* detail, int alert) {
              QTest::newRow(tag) << QByteArray::fromStdString(hello) << failure << detail << alert;
          };
    const auto of_client = [](int version, const char* ciphers) {
        TlsClient client([&](SSL_CTX* context) {
            only_version(version)(context);
            SSL_CTX_set_cipher_list(context, ciphers);
        });
        client.shake_hands();
        return client.take();
    };
    const auto of_ciphers = [](std::vector<int> ciphers, int version = 0x0303) {
        HandMadeHello hello;
        hello.version = version;
        hello.ciphers = std::move(ciphers);
        hello.extensions = HandMadeHello::necessary();
        return hello.records();
    };
    constexpr int version_alert = SSL_AD_PROTOCOL_VERSION;
    constexpr int cipher_alert = SSL_AD_HANDSHAKE_FAILURE;
    row("TL-05 TLS 1.0", of_client(TLS1_VERSION, "ALL:@SECLEVEL=0"), "no_common_version",
        "it offers TLS 1.0 at most", version_alert);
    row("TL-05 TLS 1.1", of_client(TLS1_1_VERSION, "ALL:@SECLEVEL=0"), "no_common_version",
        "it offers TLS 1.1 at most", version_alert);
    row("TL-05 SSL 3", of_ciphers({0x002f}, 0x0300), "no_common_version", "it offers SSL 3 at most",
        cipher_alert); // its own version knows no other alert
    // RFC 2246 appendix E: a hello of SSL 2 with one cipher and a challenge of 16 bytes.
    const std::string ssl2_rest = bytes_of({0x00, 0x03, 0x00, 0x00, 0x00, 0x10, 0x01, 0x00, 0x80});
    row("TL-05 SSL 2 format, asks for TLS 1.0",
        bytes_of({0x80, 0x1c, 0x01, 0x03, 0x01}) + ssl2_rest + std::string(16, 'c'), "no_common_version",
        "it offers TLS 1.0 at most", version_alert);
    row("TL-05 NULL", of_client(TLS1_2_VERSION, "eNULL:@SECLEVEL=0"), "no_common_cipher", "no shared cipher",
        cipher_alert);
    row("TL-05 NULL by hand", of_ciphers({0x0001, 0x0002, 0x003b}), "no_common_cipher", "no shared cipher",
        cipher_alert);
    row("TL-05 EXPORT", of_ciphers({0x0003, 0x0006, 0x0008}), "no_common_cipher", "no shared cipher",
        cipher_alert);
    row("TL-05 RC4", of_ciphers({0x0004, 0x0005, 0xc007, 0xc011}), "no_common_cipher", "no shared cipher",
        cipher_alert);
    row("TL-05 3DES", of_ciphers({0x000a, 0xc008, 0xc012}), "no_common_cipher", "no shared cipher",
        cipher_alert);
    row("TL-05 CBC", of_client(TLS1_2_VERSION, "AES128-SHA:ECDHE-ECDSA-AES128-SHA256:@SECLEVEL=0"),
        "no_common_cipher", "no shared cipher", cipher_alert);
    row("TL-05 without authentication", of_client(TLS1_2_VERSION, "aNULL:@SECLEVEL=0"), "no_common_cipher",
        "no shared cipher", cipher_alert);
    row("TL-05 keys that last", of_ciphers({0x009c, 0x009d}), "no_common_cipher", "no shared cipher",
        cipher_alert);
}

void TlsRefusalsTest::refuses_old_versions_and_weak_ciphers()
{
    QFETCH(QByteArray, hello);
    QFETCH(QString, failure);
    QFETCH(QString, detail);
    QFETCH(int, alert);
    TlsServer server;
    server.inner->input = hello.toStdString();
    const IoResult result = server.read();
    QVERIFY(result.status == IoStatus::failed);
    QCOMPARE(result.error, EPROTO);
    const TlsFailureReport& report = server.stream.failure();
    QCOMPARE(text_of(name_of(report.failure)), failure);
    QCOMPARE(text_of(report.detail), detail);
    QCOMPARE(int{report.alert_sent.value_or(0)}, alert);
    QCOMPARE(alert_in(server.inner->output), alert);
    QVERIFY(report.in_handshake);
    QVERIFY(!server.stream.is_established());
}

void TlsRefusalsTest::a_client_that_refuses_the_certificate_says_why_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("failure");
    QTest::addColumn<int>("alert");
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const char* const name = version == TLS1_2_VERSION ? "1.2" : "1.3";
        QTest::addRow("%s unknown authority", name)
            << version << 0 << "unknown_authority" << SSL_AD_UNKNOWN_CA;
        QTest::addRow("%s expired", name)
            << version << 1 << "certificate_expired" << SSL_AD_CERTIFICATE_EXPIRED;
        QTest::addRow("%s another name", name)
            << version << 2 << "certificate_refused" << SSL_AD_BAD_CERTIFICATE;
    }
}

void TlsRefusalsTest::a_client_that_refuses_the_certificate_says_why()
{
    QFETCH(int, version);
    QFETCH(int, kind);
    QFETCH(QString, failure);
    QFETCH(int, alert);
    const TestCertificate stranger({"Stranger", -3600, 86400, true, 0});
    const TestCertificate* const issuer = kind == 0 ? &stranger : &TestIdentity::shared().authority;
    TestCertificate::Wish wish;
    if (kind == 1)
        wish.until_seconds = -60;
    if (kind == 2)
        wish.name = "elsewhere.test";
    const TestCertificate leaf(wish, issuer);
    TlsServer server({}, TlsContext::create({leaf.certificate_pem(), leaf.key_pem(), {}}).value());
    TlsClient client(only_version(version));
    QVERIFY(!server.connect(client));
    QVERIFY(server.last.status == IoStatus::failed);
    QCOMPARE(server.last.error, EPROTO);
    const TlsFailureReport& report = server.stream.failure();
    QCOMPARE(text_of(name_of(report.failure)), failure);
    QCOMPARE(int{report.alert_received.value_or(0)}, alert);
    QVERIFY(report.in_handshake);
}

void TlsRefusalsTest::an_alert_has_its_meaning_data()
{
    QTest::addColumn<int>("alert");
    QTest::addColumn<QString>("failure");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char* name, int alert, const char* failure, bool is_detail = false) {
        QTest::newRow(name) << alert << failure << (is_detail ? name : "");
    };
    row("user_canceled", 90, "peer_left");
    row("unknown_ca", 48, "unknown_authority");
    row("certificate_unknown", 46, "unknown_authority");
    row("certificate_expired", 45, "certificate_expired");
    row("bad_certificate", 42, "certificate_refused");
    row("unsupported_certificate", 43, "certificate_refused");
    row("certificate_revoked", 44, "certificate_refused");
    row("protocol_version", 70, "no_common_version");
    row("handshake_failure", 40, "no_common_cipher");
    row("insufficient_security", 71, "no_common_cipher");
    row("internal_error", 80, "refused_by_client", true);
    row("illegal_parameter", 47, "refused_by_client", true);
    row("decrypt_error", 51, "refused_by_client", true);
}

void TlsRefusalsTest::an_alert_has_its_meaning()
{
    QFETCH(int, alert);
    QFETCH(QString, failure);
    QFETCH(QString, detail);
    HandMadeHello hello;
    hello.extensions = HandMadeHello::necessary();
    TlsServer server;
    server.inner->input = hello.records();
    QVERIFY(server.read().status == IoStatus::would_block);
    server.inner->input = bytes_of({0x15, 3, 3, 0, 2, 2, alert}); // a fatal alert
    QVERIFY(server.read().status == IoStatus::failed);
    const TlsFailureReport& report = server.stream.failure();
    QCOMPARE(text_of(name_of(report.failure)), failure);
    QCOMPARE(int{report.alert_received.value_or(0)}, alert);
    QVERIFY(!report.alert_sent);
    QCOMPARE(text_of(alert_name(static_cast<std::uint8_t>(alert))), QString(QTest::currentDataTag()));
    if (!detail.isEmpty())
        QCOMPARE(text_of(report.detail), detail);
}

void TlsRefusalsTest::a_certificate_that_is_not_for_what_was_asked_is_told_apart_data()
{
    QTest::addColumn<QString>("certificate"); // the name that it is for
    QTest::addColumn<int>("begins"); // hours from now
    QTest::addColumn<int>("ends");
    QTest::addColumn<QString>("server_name");
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("alert");
    QTest::addColumn<QString>("failure");
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("detail");
    constexpr int unknown = SSL_AD_CERTIFICATE_UNKNOWN; // Chromium's word for everything
    constexpr int bad = SSL_AD_BAD_CERTIFICATE; // Firefox's and OpenSSL's for another name
    const auto row = [](const char* tag, const char* certificate, const char* server_name, const char* address,
                         int alert, const char* failure, const char* asked = "", const char* detail = "") {
        QTest::newRow(tag) << certificate << -1 << 24 << server_name << address << alert << failure << asked
                           << detail;
    };
    row("its own name", "localhost", "localhost", "127.0.0.1", unknown, "unknown_authority");
    row("its own name in capitals", "localhost", "LocalHost", "127.0.0.1", unknown, "unknown_authority");
    row("a name below", "localhost", "a.localhost", "127.0.0.1", unknown, "wrong_name", "a.localhost",
        "it asked for a.localhost");
    row("another name", "localhost", "shop.test", "127.0.0.1", bad, "wrong_name", "shop.test",
        "it asked for shop.test");
    row("a wildcard's", "*.shop.test", "a.shop.test", "127.0.0.1", unknown, "unknown_authority");
    row("two levels below a wildcard", "*.shop.test", "a.b.shop.test", "127.0.0.1", unknown, "wrong_name",
        "a.b.shop.test", "it asked for a.b.shop.test");
    row("a wildcard that browsers do not match", "*.localhost", "a.localhost", "127.0.0.1", unknown,
        "wrong_name", "a.localhost", "it asked for a.localhost");
    row("an address that it is not for", "localhost", "", "192.168.1.20", unknown, "wrong_name",
        "192.168.1.20", "it asked for 192.168.1.20");
    row("an address of IPv6", "localhost", "", "::1", unknown, "wrong_name", "::1", "it asked for ::1");
    row("nobody knows the address", "localhost", "", "", unknown, "unknown_authority");
    row("an alert that says the reason", "localhost", "shop.test", "127.0.0.1", SSL_AD_UNKNOWN_CA,
        "unknown_authority");
    row("an alert about something else", "localhost", "shop.test", "127.0.0.1", SSL_AD_INTERNAL_ERROR,
        "refused_by_client", "", "internal_error");
    QTest::newRow("it has ended") << "localhost" << -48 << -24 << "localhost" << "127.0.0.1" << unknown
                                  << "certificate_expired" << "" << "it has ended";
    QTest::newRow("it has not begun") << "localhost" << 24 << 48 << "localhost" << "127.0.0.1" << bad
                                      << "certificate_expired" << "" << "it has not begun";
    QTest::newRow("it has ended and is for another name")
        << "localhost" << -48 << -24 << "shop.test" << "127.0.0.1" << unknown << "wrong_name" << "shop.test"
        << "it asked for shop.test";
}

void TlsRefusalsTest::a_certificate_that_is_not_for_what_was_asked_is_told_apart()
{
    QFETCH(QString, certificate);
    QFETCH(int, begins);
    QFETCH(int, ends);
    QFETCH(QString, server_name);
    QFETCH(QString, address);
    QFETCH(int, alert);
    TestCertificate::Wish wish;
    wish.name = certificate.toStdString();
    wish.from_seconds = begins * 3600L;
    wish.until_seconds = ends * 3600L;
    const TestCertificate leaf(wish, &TestIdentity::shared().authority);
    TlsServer server({}, TlsContext::create({leaf.certificate_pem(), leaf.key_pem(), {}}).value(),
        address.toStdString());
    HandMadeHello hello;
    hello.extensions = HandMadeHello::necessary();
    if (!server_name.isEmpty())
        hello.extensions += HandMadeHello::server_name(server_name.toStdString());
    server.inner->input = hello.records();
    QVERIFY(server.read().status == IoStatus::would_block);
    server.inner->input = bytes_of({0x15, 3, 3, 0, 2, 2, alert});
    QVERIFY(server.read().status == IoStatus::failed);
    const TlsFailureReport& report = server.stream.failure();
    QTEST(text_of(name_of(report.failure)), "failure");
    QTEST(QString::fromStdString(report.asked_name), "asked");
    QFETCH(QString, detail);
    if (!detail.isEmpty())
        QCOMPARE(text_of(report.detail), detail);
    QCOMPARE(int{report.alert_received.value_or(0)}, alert);
}

void TlsRefusalsTest::every_failure_has_a_name_and_a_sentence()
{
    QStringList names;
    for (int i = 0; i <= static_cast<int>(TlsFailure::internal); ++i) {
        const auto failure = static_cast<TlsFailure>(i);
        names << text_of(name_of(failure));
        QVERIFY(!names.back().isEmpty());
        QCOMPARE(explain(failure).empty(), failure == TlsFailure::none);
        QVERIFY(!text_of(explain(failure)).endsWith('.'));
    }
    QCOMPARE(names.removeDuplicates(), 0);
    QVERIFY(name_of(static_cast<TlsFailure>(names.size())).empty()); // the last is the last
    QVERIFY(alert_name(1).empty());
}

void TlsRefusalsTest::a_client_that_leaves_is_told_apart()
{
    // Without a byte, within its hello, and behind our answer.
    HandMadeHello hello;
    hello.extensions = HandMadeHello::necessary();
    const std::string bytes = hello.records();
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{20}, bytes.size()}) {
        TlsServer server;
        server.inner->input = bytes.substr(0, size);
        server.inner->at_end = true;
        const IoResult result = server.read();
        QVERIFY(result.status == IoStatus::failed);
        QCOMPARE(result.error, ECONNRESET);
        QVERIFY(server.stream.failure().failure == TlsFailure::peer_left);
        QVERIFY(!server.stream.failure().alert_sent);
    }
    // With a farewell.
    TlsServer server;
    server.inner->input = bytes + bytes_of({0x15, 3, 3, 0, 2, 1, 0});
    QVERIFY(server.read().status == IoStatus::failed);
    QVERIFY(server.stream.failure().failure == TlsFailure::peer_left);
}

void TlsRefusalsTest::what_is_not_tls_is_refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("alert"); // -1: none can be sent
    const auto row = [](const char* tag, const std::string& bytes, int alert) {
        QTest::newRow(tag) << QByteArray::fromStdString(bytes) << alert;
    };
    const auto repeated = [](const std::string& text, int times) {
        std::string all;
        for (int i = 0; i < times; ++i)
            all += text;
        return all;
    };
    HandMadeHello good;
    good.extensions = HandMadeHello::necessary();
    TlsClient client(only_version(TLS1_3_VERSION));
    client.shake_hands();
    const std::string hello_1_3 = client.take();
    const std::string change_cipher_spec = bytes_of({0x14, 3, 3, 0, 1, 1});
    row("TL-04 a record of 16 KiB and 1", bytes_of({0x16, 3, 1, 0x40, 1}) + std::string(16385, '\1'),
        SSL_AD_RECORD_OVERFLOW);
    row("TL-04 a record of 64 KiB", bytes_of({0x16, 3, 1, 0xff, 0xff}) + std::string(65535, '\1'),
        SSL_AD_RECORD_OVERFLOW);
    HandMadeHello large;
    large.extensions = HandMadeHello::necessary();
    while (large.extensions.size() < 65000)
        large.extensions += HandMadeHello::extension(
            0x4000 + static_cast<int>(large.extensions.size() % 4096), std::string(1000, '\0'));
    row("TL-04 a hello of 64 KiB of extensions", large.records(), SSL_AD_ILLEGAL_PARAMETER);
    row("a hello of 16 MiB is announced", bytes_of({0x16, 3, 1, 0, 4, 1, 0xff, 0xff, 0xff}),
        SSL_AD_ILLEGAL_PARAMETER);
    row("TL-04 1,000 empty records", repeated(bytes_of({0x16, 3, 1, 0, 0}), 1000), SSL_AD_UNEXPECTED_MESSAGE);
    row("TL-04 a heartbeat", bytes_of({0x18, 3, 3, 0, 3, 1, 0x40, 0}), SSL_AD_UNEXPECTED_MESSAGE);
    row("TL-04 a heartbeat behind the hello", good.records() + bytes_of({0x18, 3, 3, 0, 3, 1, 0x40, 0}),
        SSL_AD_UNEXPECTED_MESSAGE);
    row("TL-04 ChangeCipherSpec first", change_cipher_spec, SSL_AD_UNEXPECTED_MESSAGE);
    row("TL-04 ChangeCipherSpec flood, TLS 1.2", good.records() + repeated(change_cipher_spec, 1000),
        SSL_AD_UNEXPECTED_MESSAGE);
    row("TL-04 ChangeCipherSpec flood, TLS 1.3", hello_1_3 + repeated(change_cipher_spec, 1000),
        SSL_AD_UNEXPECTED_MESSAGE);
    row("a flood of warnings", good.records() + repeated(bytes_of({0x15, 3, 3, 0, 2, 1, 112}), 1000),
        SSL_AD_UNEXPECTED_MESSAGE);
    row("data first", bytes_of({0x17, 3, 3, 0, 4}) + "data", SSL_AD_UNEXPECTED_MESSAGE);
    row("a hello that is cut short", bytes_of({0x16, 3, 1, 0, 6, 1, 0, 0, 2, 3, 3}), SSL_AD_DECODE_ERROR);
    row("a server's hello", bytes_of({0x16, 3, 1, 0, 6, 2, 0, 0, 2, 3, 3}), SSL_AD_UNEXPECTED_MESSAGE);
    row("a request in plain text", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", -1);
    row("zeros", std::string(100, '\0'), -1);
}

void TlsRefusalsTest::what_is_not_tls_is_refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, alert);
    for (const std::size_t most_read : {PlayedStream::any, std::size_t{1}}) {
        TlsServer server;
        server.inner->input = bytes.toStdString();
        server.inner->most_read = most_read;
        const IoResult result = server.read();
        QVERIFY(result.status == IoStatus::failed);
        QCOMPARE(result.error, EPROTO);
        const TlsFailureReport& report = server.stream.failure();
        QCOMPARE(text_of(name_of(report.failure)), QString("protocol_error"));
        QVERIFY(!report.detail.empty());
        QCOMPARE(report.alert_sent ? int{*report.alert_sent} : -1, alert);
        QCOMPARE(ERR_peek_error(), 0UL);
        // It stays so, and reads nothing more.
        const std::size_t reads = server.inner->reads;
        std::array<std::byte, 100> buffer;
        QVERIFY(server.stream.read(buffer).status == IoStatus::failed);
        QCOMPARE(server.stream.read(buffer).error, EPROTO);
        QVERIFY(server.write("x").status == IoStatus::failed);
        QCOMPARE(server.inner->reads, reads);
    }
}

void TlsRefusalsTest::a_hello_is_taken_in_any_fragments()
{
    HandMadeHello hello;
    hello.extensions = HandMadeHello::necessary() + HandMadeHello::server_name("localhost")
        + HandMadeHello::extension(21, std::string(15000, '\0'));
    for (const std::size_t most : {1, 2, 3, 5, 100, 16384}) {
        TlsServer server;
        server.inner->input = hello.records(most);
        QVERIFY(server.read().status == IoStatus::would_block);
        QVERIFY(alert_in(server.inner->output) == -1);
        QVERIFY(!server.inner->output.empty());
        QCOMPARE(server.stream.facts().server_name, std::string("localhost"));
    }
}

void TlsRefusalsTest::the_alert_leaves_although_the_peer_goes_on_sending()
{
    TlsServer server;
    server.inner->room = 3;
    server.inner->input = bytes_of({0x18, 3, 3, 0, 3, 1, 0x40, 0}) + std::string(200000, 'x');
    QVERIFY(server.read().status == IoStatus::failed);
    QVERIFY(server.stream.wants_write());
    server.stream.shut_down_writing();
    QCOMPARE(server.inner->shut_downs, 0);
    server.inner->room = PlayedStream::any;
    QVERIFY(server.write_nothing().status == IoStatus::done);
    QCOMPARE(alert_in(server.inner->output), SSL_AD_UNEXPECTED_MESSAGE);
    QCOMPARE(server.inner->shut_downs, 1);
    // Unread input would make a reset of the end: it is taken and dropped until the peer's end.
    std::array<std::byte, 4096> buffer;
    int calls = 0;
    while (!server.inner->input.empty()) {
        QVERIFY(server.stream.read(buffer).status == IoStatus::would_block);
        QVERIFY(++calls < 1000);
    }
    QVERIFY(calls > 3); // a share of it in each turn
    server.inner->at_end = true;
    QVERIFY(server.stream.read(buffer).status == IoStatus::end);
}

void TlsRefusalsTest::a_record_that_was_changed_on_the_way_is_refused()
{
    TlsServer server;
    TlsClient client;
    QVERIFY(server.connect(client));
    client.write("good");
    client.write("changed");
    std::string bytes = client.take();
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    server.inner->input = bytes;
    std::array<std::byte, 100> buffer;
    QCOMPARE(server.stream.read(buffer).bytes, std::size_t{4}); // what came before it is good
    QVERIFY(server.stream.has_buffered_input());
    QVERIFY(server.stream.read(buffer).status == IoStatus::failed);
    QVERIFY(!server.stream.has_buffered_input());
    QVERIFY(server.stream.failure().failure == TlsFailure::protocol_error);
    QVERIFY(!server.stream.failure().in_handshake);
    QCOMPARE(int{server.stream.failure().alert_sent.value_or(0)}, SSL_AD_BAD_RECORD_MAC);
    client.feed(server.inner->output);
    client.read();
    QCOMPARE(client.error, SSL_R_SSLV3_ALERT_BAD_RECORD_MAC);
}

QTEST_GUILESS_MAIN(TlsRefusalsTest)
#include "tls_refusals_test.moc"
