#include "net/tls_context.h"
#include "tests/support/tls_harness.h"

#include <QTest>

#include <algorithm>
#include <stdexcept>

using namespace jackfield;
using namespace jackfield::test;
using net::TlsContext;
using net::TlsIdentity;

class TlsContextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takes_what_belongs_together_data();
    void takes_what_belongs_together();
    void says_what_is_wrong_data();
    void says_what_is_wrong();
    void knows_an_encrypted_key();
    void the_whole_chain_is_sent();
    void key_log_lines_are_those_of_the_client_data();
    void key_log_lines_are_those_of_the_client();
    void a_key_log_that_throws_harms_nobody();
    void streams_keep_a_context_that_was_replaced();
    void offers_nothing_weak();
    void compression_and_renegotiation_are_off_and_sessions_are_not_kept();
};

namespace {

struct Made {
    TestCertificate other{{}};
    TestCertificate rsa{{"localhost", -3600, 86400, false, 2048}};
    TestCertificate short_rsa{{"localhost", -3600, 86400, false, 1024}};

    static const Made& shared()
    {
        static const Made made;
        return made;
    }
};

QString text_of(const std::string& text)
{
    return QString::fromStdString(text);
}

} // namespace

void TlsContextTest::takes_what_belongs_together_data()
{
    QTest::addColumn<QString>("certificates");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("passphrase");
    const TestIdentity& own = TestIdentity::shared();
    const QString leaf = text_of(own.server.certificate_pem());
    const QString key = text_of(own.server.key_pem());
    QTest::newRow("P-256") << leaf << key << QString();
    QTest::newRow("a chain") << leaf + text_of(own.authority.certificate_pem()) << key << QString();
    QTest::newRow("text around the blocks") << "subject: localhost\n" + leaf + "\nthe end\n"
                                            << "key:\n" + key + "done\n"
                                            << QString();
    QTest::newRow("lines end with CR LF")
        << QString(leaf).replace("\n", "\r\n") << QString(key).replace("\n", "\r\n") << QString();
    QTest::newRow("both in one text") << key + leaf << leaf + key << QString();
    QTest::newRow("an EC key in its own format")
        << leaf << text_of(own.server.traditional_key_pem()) << QString();
    QTest::newRow("RSA 2048") << text_of(Made::shared().rsa.certificate_pem())
                              << text_of(Made::shared().rsa.key_pem()) << QString();
    QTest::newRow("encrypted") << leaf << text_of(own.server.key_pem("open sesame")) << "open sesame";
    QTest::newRow("encrypted in its own format")
        << leaf << text_of(own.server.traditional_key_pem("open sesame")) << "open sesame";
    QTest::newRow("a passphrase that is not needed") << leaf << key << "open sesame";
}

void TlsContextTest::takes_what_belongs_together()
{
    QFETCH(QString, certificates);
    QFETCH(QString, key);
    QFETCH(QString, passphrase);
    const auto context
        = TlsContext::create({certificates.toStdString(), key.toStdString(), passphrase.toStdString()});
    QVERIFY2(context.has_value(), context ? "" : context.error().message().c_str());
    QVERIFY((*context)->native() != nullptr);
    QCOMPARE(ERR_peek_error(), 0UL);

    TlsServer server({}, *context);
    TlsClient client([](SSL_CTX* set_up) { SSL_CTX_set_verify(set_up, SSL_VERIFY_NONE, nullptr); });
    QVERIFY(server.connect(client));
}

void TlsContextTest::says_what_is_wrong_data()
{
    QTest::addColumn<QString>("certificates");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("passphrase");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    const TestIdentity& own = TestIdentity::shared();
    const QString leaf = text_of(own.server.certificate_pem());
    const QString authority = text_of(own.authority.certificate_pem());
    const QString key = text_of(own.server.key_pem());
    const auto malformed = static_cast<int>(ErrorCode::malformed);
    const auto too_large = static_cast<int>(ErrorCode::too_large);
    const auto denied = static_cast<int>(ErrorCode::permission_denied);
    const auto invalid = static_cast<int>(ErrorCode::invalid_argument);
    const auto row = [&](const char* tag, const QString& certificates, const QString& key_text,
                         const QString& passphrase, int code, const QString& words) {
        QTest::newRow(tag) << certificates << key_text << passphrase << code << words;
    };
    row("no certificate", "", key, "", malformed, "there is no certificate in it");
    row("a certificate that is no PEM", "\x30\x82\x01\x02", key, "", malformed, "PEM text is expected");
    row("key and certificate exchanged", key, leaf, "", malformed,
        "there is a private key where the certificate should be");
    row("a certificate instead of the key", leaf, leaf, "", malformed,
        "there is a certificate where the private key should be");
    row("no key", leaf, "", "", malformed, "there is no private key in it");
    row("a request", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n", key,
        "", malformed, "a request for a certificate");
    QString damaged = leaf;
    damaged[100] = damaged[100] == QChar('A') ? QChar('B') : QChar('A');
    damaged[101] = '!';
    row("a damaged certificate", damaged, key, "", malformed, "certificate 1 is damaged");
    row("a damaged certificate behind a good one", leaf + damaged, key, "", malformed,
        "certificate 2 is damaged");
    row("a certificate that is cut off", leaf.left(300), key, "", malformed, "certificate 1 is damaged");
    QString damaged_key = key;
    damaged_key[60] = '!';
    row("a damaged key", leaf, damaged_key, "", malformed, "the private key is damaged");
    row("a key that is cut off", leaf, key.left(100), "", malformed, "the private key is damaged");
    row("the key of another certificate", leaf, text_of(Made::shared().other.key_pem()), "", invalid,
        "the private key does not belong to the certificate");
    row("a key of another kind", leaf, text_of(Made::shared().rsa.key_pem()), "", invalid,
        "the private key does not belong to the certificate");
    row("the chain in the wrong order", authority + leaf, key, "", invalid,
        "belongs to certificate 2: the server's own certificate has to come first");
    row("a short key", text_of(Made::shared().short_rsa.certificate_pem()),
        text_of(Made::shared().short_rsa.key_pem()), "", invalid, "the certificate cannot be used");
    row("encrypted, no passphrase", leaf, text_of(own.server.key_pem("secret")), "", denied,
        "the private key is encrypted: its passphrase is needed");
    row("encrypted, the wrong passphrase", leaf, text_of(own.server.key_pem("secret")), "other", denied,
        "the passphrase does not open the private key");
    row("encrypted in its own format, the wrong passphrase", leaf,
        text_of(own.server.traditional_key_pem("secret")), "other", denied,
        "the passphrase does not open the private key");
    row("a long certificate text", QString((1 << 20) + 1, '\n'), key, "", too_large, "longer than 1 MiB");
    row("a long key text", leaf, QString((1 << 20) + 1, '\n'), "", too_large, "longer than 1 MiB");
    row("too many certificates", leaf + authority.repeated(16), key, "", too_large,
        "more than 16 certificates");
}

void TlsContextTest::says_what_is_wrong()
{
    QFETCH(QString, certificates);
    QFETCH(QString, key);
    QFETCH(QString, passphrase);
    QFETCH(int, code);
    QFETCH(QString, words);
    const auto context
        = TlsContext::create({certificates.toStdString(), key.toStdString(), passphrase.toStdString()});
    QVERIFY(!context.has_value());
    QCOMPARE(static_cast<int>(context.error().code), code);
    QVERIFY2(text_of(context.error().detail).contains(words), context.error().detail.c_str());
    QVERIFY2(!text_of(context.error().detail).endsWith('.'), context.error().detail.c_str());
    QCOMPARE(ERR_peek_error(), 0UL); // nothing is left for the next call to stumble over
}

void TlsContextTest::knows_an_encrypted_key()
{
    const TestCertificate& server = TestIdentity::shared().server;
    QVERIFY(net::is_encrypted_key(server.key_pem("secret")));
    QVERIFY(net::is_encrypted_key(server.traditional_key_pem("secret")));
    QVERIFY(!net::is_encrypted_key(server.key_pem()));
    QVERIFY(!net::is_encrypted_key(server.traditional_key_pem()));
    QVERIFY(!net::is_encrypted_key(server.certificate_pem()));
    QVERIFY(!net::is_encrypted_key("ENCRYPTED PRIVATE KEY"));
    QVERIFY(!net::is_encrypted_key(""));
    QCOMPARE(ERR_peek_error(), 0UL);
}

void TlsContextTest::the_whole_chain_is_sent()
{
    const TestIdentity& own = TestIdentity::shared();
    const TestCertificate between({"Between", -3600, 86400, true, 0}, &own.authority);
    const TestCertificate leaf({}, &between);
    for (const bool with_chain : {true, false}) {
        const auto context = TlsContext::create(
            {leaf.certificate_pem() + (with_chain ? between.certificate_pem() : ""), leaf.key_pem(), {}});
        QVERIFY(context.has_value());
        TlsServer server({}, *context);
        TlsClient client; // which knows the authority at the top only
        QCOMPARE(server.connect(client), with_chain);
    }
}

void TlsContextTest::key_log_lines_are_those_of_the_client_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<QStringList>("labels");
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION << QStringList{"CLIENT_RANDOM"};
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION
                             << QStringList{"CLIENT_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0",
                                    "EXPORTER_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                                    "SERVER_TRAFFIC_SECRET_0"};
}

void TlsContextTest::key_log_lines_are_those_of_the_client()
{
    QFETCH(int, version);
    QFETCH(QStringList, labels);
    std::vector<std::string> lines;
    const auto context
        = TlsContext::create(server_identity(), [&](std::string_view line) { lines.emplace_back(line); });
    QVERIFY(context.has_value());
    TlsServer server({}, *context);
    static std::vector<std::string> client_lines;
    client_lines.clear();
    TlsClient client([&](SSL_CTX* set_up) {
        only_version(version)(set_up);
        SSL_CTX_set_keylog_callback(
            set_up, [](const SSL*, const char* line) { client_lines.emplace_back(line); });
    });
    QVERIFY(server.connect(client));
    std::ranges::sort(lines);
    std::ranges::sort(client_lines);
    QVERIFY(lines == client_lines);
    QStringList found;
    for (const std::string& line : lines)
        found << text_of(line.substr(0, line.find(' ')));
    QCOMPARE(found, labels);
}

void TlsContextTest::a_key_log_that_throws_harms_nobody()
{
    int calls = 0;
    const auto context = TlsContext::create(server_identity(), [&](std::string_view) {
        ++calls;
        throw std::runtime_error("the log is full");
    });
    TlsServer server({}, *context);
    TlsClient client;
    QVERIFY(server.connect(client));
    QVERIFY(calls > 0);
}

void TlsContextTest::streams_keep_a_context_that_was_replaced()
{
    std::vector<std::string> lines;
    auto context = TlsContext::create(server_identity(), [&](std::string_view line) {
        lines.emplace_back(line);
    }).value();
    const std::weak_ptr<const TlsContext> watch = context;
    {
        TlsServer server({}, context);
        context = TlsContext::create(server_identity()).value();
        QVERIFY(!watch.expired());
        TlsClient client;
        QVERIFY(server.connect(client));
        QVERIFY(!lines.empty());
        client.write("still here");
        server.exchange(client);
        QCOMPARE(server.received, std::string("still here"));
    }
    QVERIFY(watch.expired());
}

void TlsContextTest::offers_nothing_weak()
{
    SSL* const ssl = SSL_new(shared_context()->native());
    STACK_OF(SSL_CIPHER)* const ciphers = SSL_get1_supported_ciphers(ssl);
    QVERIFY(sk_SSL_CIPHER_num(ciphers) >= 6);
    for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); ++i) {
        const SSL_CIPHER* const cipher = sk_SSL_CIPHER_value(ciphers, i);
        const char* const name = SSL_CIPHER_get_name(cipher);
        QVERIFY2(SSL_CIPHER_is_aead(cipher) == 1, name);
        QVERIFY2(SSL_CIPHER_get_bits(cipher, nullptr) >= 128, name);
        const int exchange = SSL_CIPHER_get_kx_nid(cipher);
        QVERIFY2(exchange == NID_kx_ecdhe || exchange == NID_kx_any, name);
        QVERIFY2(SSL_CIPHER_get_auth_nid(cipher) != NID_auth_null, name);
    }
    sk_SSL_CIPHER_free(ciphers);
    QCOMPARE(static_cast<int>(SSL_get_min_proto_version(ssl)), TLS1_2_VERSION);
    QCOMPARE(static_cast<int>(SSL_get_max_proto_version(ssl)), TLS1_3_VERSION);
    SSL_free(ssl);
}

void TlsContextTest::compression_and_renegotiation_are_off_and_sessions_are_not_kept()
{
    SSL_CTX* const native = shared_context()->native();
    QVERIFY(SSL_CTX_get_options(native) & SSL_OP_NO_COMPRESSION);
    QVERIFY(SSL_CTX_get_options(native) & SSL_OP_NO_RENEGOTIATION);
    QVERIFY(!(SSL_CTX_get_options(native) & SSL_OP_ALLOW_CLIENT_RENEGOTIATION));
    QVERIFY(!(SSL_CTX_get_options(native) & SSL_OP_IGNORE_UNEXPECTED_EOF));
    QVERIFY(SSL_CTX_get_mode(native) & SSL_MODE_RELEASE_BUFFERS);
    QCOMPARE(SSL_CTX_get_session_cache_mode(native), static_cast<long>(SSL_SESS_CACHE_OFF));
    QCOMPARE(SSL_CTX_get_max_early_data(native), 0U); // it could be played again by anyone
}

QTEST_GUILESS_MAIN(TlsContextTest)
#include "tls_context_test.moc"
