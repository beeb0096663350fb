#include "net/certificate_parts.h"
#include "support/openssl_tool.h"

#include "jackfield/certificate.h"

#include <QTemporaryDir>
#include <QTest>

#include <openssl/x509_vfy.h>

#include <set>

using namespace jackfield;
using namespace jackfield::test;
using namespace std::chrono_literals;

namespace {

const WallTime today{std::chrono::seconds(1'790'000'000)}; // 2026-09-21

DevelopmentCertificate issue(const std::vector<std::string>& added = {},
    AuthorityKey key = AuthorityKey::destroyed, WallTime now = today)
{
    auto made = issue_development_certificate(added, now, key);
    if (!made)
        qFatal("%s", made.error().message().c_str());
    return std::move(*made);
}

CertificatePtr parse(const std::string& pem)
{
    const auto blocks = read_pem(pem);
    if (!blocks || blocks->empty())
        qFatal("no PEM");
    return parse_certificate(blocks->front());
}

void free_list(STACK_OF(X509) * list)
{
    sk_X509_free(list); // a macro
}

/// X509_verify_cert's word about a server's certificate, trusting `authority` alone, at `now`.
int verify(const std::string& leaf_pem, const std::string& authority_pem, const std::string& between_pem = {},
    WallTime now = today)
{
    const CertificatePtr leaf = parse(leaf_pem);
    const CertificatePtr authority = parse(authority_pem);
    const std::unique_ptr<X509_STORE, FreedBy<X509_STORE_free>> store(X509_STORE_new());
    const std::unique_ptr<X509_STORE_CTX, FreedBy<X509_STORE_CTX_free>> context(X509_STORE_CTX_new());
    const std::unique_ptr<STACK_OF(X509), FreedBy<free_list>> between(sk_X509_new_null());
    const CertificatePtr middle = between_pem.empty() ? nullptr : parse(between_pem);
    if (middle)
        sk_X509_push(between.get(), middle.get());
    X509_STORE_add_cert(store.get(), authority.get());
    X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), between.get());
    X509_VERIFY_PARAM* const parameters = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_X509_STRICT);
    X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_SSL_SERVER);
    X509_VERIFY_PARAM_set_time(
        parameters, std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
    X509_verify_cert(context.get());
    return X509_STORE_CTX_get_error(context.get());
}

QStringList list(const std::vector<std::string>& texts)
{
    QStringList result;
    for (const std::string& text : texts)
        result.append(QString::fromStdString(text));
    return result;
}

} // namespace

class CertificateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void TL_17_a_development_certificate_is_for_loopback_alone();
    void TL_17_another_program_reads_the_same();
    void TL_17_the_authoritys_key_is_not_kept();
    void no_two_are_alike();
    void added_names_are_in_both();
    void TL_17_the_authority_can_vouch_for_nothing_else_data();
    void TL_17_the_authority_can_vouch_for_nothing_else();
    void the_authority_can_make_no_other();
    void it_is_valid_for_as_long_as_it_says_data();
    void it_is_valid_for_as_long_as_it_says();
    void names_have_one_form_data();
    void names_have_one_form();
    void bad_names_are_told_why_data();
    void bad_names_are_told_why();
    void too_many_names_are_refused();
    void a_damaged_certificate_is_refused_or_read();
    void TL_19_an_old_openssl_is_told_of_data();
    void TL_19_an_old_openssl_is_told_of();
};

void CertificateTest::TL_17_a_development_certificate_is_for_loopback_alone()
{
    const DevelopmentCertificate made = issue();
    const CertificateFacts& leaf = made.certificate;
    const CertificateFacts& authority = made.authority;
    QCOMPARE(list(leaf.names), (QStringList{"localhost", "127.0.0.1", "::1"}));
    QCOMPARE(list(authority.permitted), (QStringList{"localhost", "127.0.0.0/8", "::1/128"}));
    QCOMPARE(leaf.key, std::string("EC P-256"));
    QCOMPARE(authority.key, std::string("EC P-256"));
    QVERIFY(!leaf.is_authority && authority.is_authority && authority.is_self_signed && !leaf.is_self_signed);
    QVERIFY(leaf.for_servers);
    QCOMPARE(leaf.issuer, authority.subject);
    QVERIFY(authority.common_name.starts_with("Jackfield development authority "));
    QVERIFY(leaf.not_after - leaf.not_before < 397 * 24h);
    QVERIFY(leaf.not_before == today - 24h);
    QVERIFY(leaf.not_before == authority.not_before && leaf.not_after == authority.not_after);
    QCOMPARE(verify(made.certificate_pem, made.authority_pem), X509_V_OK);
}

void CertificateTest::TL_17_another_program_reads_the_same()
{
    const QTemporaryDir folder;
    const DevelopmentCertificate made = issue({}, AuthorityKey::destroyed, std::chrono::system_clock::now());
    put_file(folder.filePath("leaf"), made.certificate_pem);
    put_file(folder.filePath("authority"), made.authority_pem);
    put_file(folder.filePath("key"), made.key_pem);
    const QString authority = openssl({"x509", "-in", "authority", "-noout", "-text"}, folder.path());
    for (const char* part : {"Basic Constraints: critical\n                CA:TRUE, pathlen:0",
             "Key Usage: critical\n                Certificate Sign, CRL Sign", "Name Constraints: critical",
             "DNS:localhost\n", "IP:127.0.0.0/255.0.0.0\n", "NIST CURVE: P-256", "Subject Key Identifier",
             "Authority Key Identifier", "Version: 3"})
        QVERIFY2(authority.contains(part), part);
    const QString leaf = openssl({"x509", "-in", "leaf", "-noout", "-text"}, folder.path());
    for (const char* part : {"Basic Constraints: critical\n                CA:FALSE",
             "Key Usage: critical\n                Digital Signature", "TLS Web Server Authentication",
             "DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1", "NIST CURVE: P-256",
             "Subject Key Identifier", "Authority Key Identifier", "ecdsa-with-SHA256"})
        QVERIFY2(leaf.contains(part), part);
    QCOMPARE(openssl({"verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname", "localhost",
                         "-CAfile", "authority", "leaf"},
                 folder.path()),
        QString("leaf: OK\n"));
    QCOMPARE(openssl({"pkey", "-in", "key", "-pubout"}, folder.path()),
        openssl({"x509", "-in", "leaf", "-noout", "-pubkey"}, folder.path()));
}

void CertificateTest::TL_17_the_authoritys_key_is_not_kept()
{
    QVERIFY(issue().authority_key_pem.empty());
    const DevelopmentCertificate kept = issue({}, AuthorityKey::kept);
    QVERIFY(kept.authority_key_pem.starts_with("-----BEGIN PRIVATE KEY-----"));
    QVERIFY(kept.authority_key_pem != kept.key_pem);
}

void CertificateTest::no_two_are_alike()
{
    std::set<std::string> serials;
    std::set<std::string> names;
    std::set<std::string> keys;
    for (int i = 0; i < 20; ++i) {
        const DevelopmentCertificate made = issue();
        for (const CertificateFacts* facts : {&made.certificate, &made.authority}) {
            serials.insert(facts->serial);
            QVERIFY(facts->serial.size() <= 32 && facts->serial.size() > 20); // 128 bits, hexadecimal
        }
        names.insert(made.authority.subject);
        keys.insert(made.key_pem);
    }
    QCOMPARE(serials.size(), std::size_t{40});
    QCOMPARE(names.size(), std::size_t{20});
    QCOMPARE(keys.size(), std::size_t{20});
}

void CertificateTest::added_names_are_in_both()
{
    const DevelopmentCertificate made = issue(
        {"App.Test", "app.test", "*.dev.test", "192.168.1.5", "FD00::1", "127.0.0.2", "shop.localhost"});
    QCOMPARE(list(made.certificate.names),
        (QStringList{"localhost", "127.0.0.1", "::1", "app.test", "*.dev.test", "192.168.1.5", "fd00::1",
            "127.0.0.2", "shop.localhost"}));
    QCOMPARE(list(made.authority.permitted),
        (QStringList{
            "localhost", "127.0.0.0/8", "::1/128", "app.test", "dev.test", "192.168.1.5/32", "fd00::1/128"}));
    QCOMPARE(verify(made.certificate_pem, made.authority_pem), X509_V_OK);
}

void CertificateTest::TL_17_the_authority_can_vouch_for_nothing_else_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("localhost") << "DNS:localhost" << true;
    QTest::newRow("below localhost") << "DNS:a.b.localhost" << true;
    QTest::newRow("another loopback address") << "IP:127.9.8.7" << true;
    QTest::newRow("an added name") << "DNS:app.test" << true;
    QTest::newRow("below an added name") << "DNS:www.app.test" << true;
    QTest::newRow("an added address") << "IP:192.168.1.5" << true;
    QTest::newRow("evil.test") << "DNS:evil.test" << false;
    QTest::newRow("ends like localhost") << "DNS:notlocalhost" << false;
    QTest::newRow("begins like localhost") << "DNS:localhost.evil.test" << false;
    QTest::newRow("beside an added name") << "DNS:napp.test" << false;
    QTest::newRow("above an added name") << "DNS:test" << false;
    QTest::newRow("everything") << "DNS:*" << false;
    QTest::newRow("next address") << "IP:192.168.1.6" << false;
    QTest::newRow("128.0.0.1") << "IP:128.0.0.1" << false;
    QTest::newRow("::2") << "IP:::2" << false;
    QTest::newRow("one good, one bad") << "DNS:localhost,DNS:evil.test" << false;
}

void CertificateTest::TL_17_the_authority_can_vouch_for_nothing_else()
{
    QFETCH(QString, name);
    QFETCH(bool, accepted);
    static const DevelopmentCertificate made
        = issue({"app.test", "192.168.1.5"}, AuthorityKey::kept, std::chrono::system_clock::now());
    const QTemporaryDir folder;
    put_file(folder.filePath("authority"), made.authority_pem);
    put_file(folder.filePath("authority.key"), made.authority_key_pem);
    put_file(folder.filePath("ext"),
        "basicConstraints=critical,CA:FALSE\nextendedKeyUsage=serverAuth\nauthorityKeyIdentifier=keyid\n"
        "subjectAltName="
            + name.toStdString() + "\n");
    put_file(folder.filePath("key"), made.key_pem);
    openssl({"req", "-new", "-key", "key", "-subj", "/CN=made by hand", "-out", "csr"}, folder.path());
    openssl({"x509", "-req", "-in", "csr", "-CA", "authority", "-CAkey", "authority.key", "-set_serial", "5",
                "-days", "30", "-extfile", "ext", "-out", "leaf"},
        folder.path());
    QCOMPARE(
        verify(file_text(folder.filePath("leaf")), made.authority_pem, {}, std::chrono::system_clock::now()),
        accepted ? X509_V_OK : X509_V_ERR_PERMITTED_VIOLATION);
}

void CertificateTest::the_authority_can_make_no_other()
{
    const auto now = std::chrono::system_clock::now();
    const DevelopmentCertificate made = issue({}, AuthorityKey::kept, now);
    const QTemporaryDir folder;
    put_file(folder.filePath("authority"), made.authority_pem);
    put_file(folder.filePath("authority.key"), made.authority_key_pem);
    put_file(folder.filePath("key"), made.key_pem);
    put_file(folder.filePath("ca.ext"),
        "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n"
        "authorityKeyIdentifier=keyid\n");
    put_file(folder.filePath("ext"), "subjectAltName=DNS:localhost\nauthorityKeyIdentifier=keyid\n");
    openssl({"req", "-new", "-key", "key", "-subj", "/CN=between", "-out", "csr"}, folder.path());
    openssl({"x509", "-req", "-in", "csr", "-CA", "authority", "-CAkey", "authority.key", "-set_serial", "5",
                "-days", "30", "-extfile", "ca.ext", "-out", "between"},
        folder.path());
    openssl({"x509", "-req", "-in", "csr", "-subj", "/CN=leaf", "-CA", "between", "-CAkey", "key",
                "-set_serial", "6", "-days", "30", "-extfile", "ext", "-out", "leaf"},
        folder.path());
    QCOMPARE(verify(file_text(folder.filePath("leaf")), made.authority_pem,
                 file_text(folder.filePath("between")), now),
        X509_V_ERR_PATH_LENGTH_EXCEEDED);
}

void CertificateTest::it_is_valid_for_as_long_as_it_says_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<int>("error");
    constexpr qint64 day = 86'400;
    QTest::newRow("at once") << qint64{0} << X509_V_OK;
    QTest::newRow("on a clock that is behind") << 1 - day << X509_V_OK;
    QTest::newRow("a day and a second before") << -day - 1 << X509_V_ERR_CERT_NOT_YET_VALID;
    QTest::newRow("on its last day") << 396 * day - 2 << X509_V_OK;
    QTest::newRow("after it") << 396 * day << X509_V_ERR_CERT_HAS_EXPIRED;
}

void CertificateTest::it_is_valid_for_as_long_as_it_says()
{
    QFETCH(qint64, seconds);
    QFETCH(int, error);
    const DevelopmentCertificate made = issue();
    QCOMPARE(
        verify(made.certificate_pem, made.authority_pem, {}, today + std::chrono::seconds(seconds)), error);
}

void CertificateTest::names_have_one_form_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("form");
    QTest::newRow("name") << "app.test"
                          << "app.test";
    QTest::newRow("capitals") << "APP.Test"
                              << "app.test";
    QTest::newRow("blanks around") << " app.test\t"
                                   << "app.test";
    QTest::newRow("one part") << "devbox"
                              << "devbox";
    QTest::newRow("underscore") << "my_app.test"
                                << "my_app.test";
    QTest::newRow("ASCII form") << "xn--bcher-kva.test"
                                << "xn--bcher-kva.test";
    QTest::newRow("wildcard") << "*.dev.test"
                              << "*.dev.test";
    QTest::newRow("digits in front") << "1.2.3.test"
                                     << "1.2.3.test";
    QTest::newRow("IPv4") << "192.168.1.5"
                          << "192.168.1.5";
    QTest::newRow("IPv6") << "FE80:0:0:0::1"
                          << "fe80::1";
    QTest::newRow("63 characters") << QString(63, 'a') << QString(63, 'a');
    const QString long_name = QString("%1.%1.%1.%2").arg(QString(63, 'a'), QString(61, 'b'));
    QTest::newRow("253 characters") << long_name << long_name;
}

void CertificateTest::names_have_one_form()
{
    QFETCH(QString, text);
    QFETCH(QString, form);
    const auto checked = check_development_name(text.toStdString());
    QVERIFY2(checked.has_value(), checked ? "" : checked.error().message().c_str());
    QCOMPARE(QString::fromStdString(*checked), form);
    QVERIFY(issue_development_certificate({text.toStdString()}, today).has_value());
}

void CertificateTest::bad_names_are_told_why_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("why");
    const auto row = [](const char* title, const QByteArray& text, const char* why) {
        QTest::newRow(title) << text << QString(why);
    };
    row("empty", "", "is missing");
    row("blanks", "  ", "is missing");
    row("URL", "https://app.test/", "without the scheme");
    row("port", "app.test:8443", "the port is no part");
    row("IPv4 with a port", "127.0.0.1:80", "the port is no part");
    row("IPv6 with a port", "[::1]:80", "without brackets and without a port");
    row("brackets", "[::1]", "without brackets");
    row("zone", "fe80::1%eth0", "without its zone");
    row("network", "10.0.0.0/8", "without a network's size");
    row("path", "app.test/x", "without a path");
    row("not ASCII",
        "b\xc3\xbc"
        "cher.test",
        "xn--");
    row("wildcard in the middle", "a.*.test", "a * stands only at the front");
    row("wildcard in a part", "a*.app.test", "a * stands only at the front");
    row("two wildcards", "*.*.app.test", "a * stands only at the front");
    row("wildcard alone", "*", "a * stands only at the front");
    row("wildcard above one part", "*.test", "only before two parts or more");
    row("wildcard of localhost", "*.localhost", "only before two parts or more");
    row("dot at the end", "app.test.", "without the dot at its end");
    row("dot at the front", ".test", "nothing between two dots");
    row("two dots", "a..test", "nothing between two dots");
    row("hyphen at the front", "-a.test", "begins or ends with a hyphen");
    row("hyphen at the end", "a-.test", "begins or ends with a hyphen");
    row("64 characters", QByteArray(64, 'a'), "more than 63");
    row("254 characters", (QByteArray(63, 'a') + ".").repeated(3) + QByteArray(62, 'b'), "more than 253");
    row("half an address", "10.1.2", "no IPv4 address");
    row("out of range", "1.2.3.256", "no IPv4 address");
    row("number", "2130706433", "a number alone");
    row("no IPv6", "fe80:::1", "no IPv6 address");
    row("any address", "0.0.0.0", "where a server listens");
    row("any IPv6 address", "::", "where a server listens");
    row("list", "a.test,b.test", "one name at a time");
    row("NUL", QByteArray("a\0b.test", 8), "NUL");
    row("control", "a\x1b[31m.test", "without brackets");
    row("quote", "a'b.test", "letters, digits, hyphens and dots");
}

void CertificateTest::bad_names_are_told_why()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, why);
    const auto checked = check_development_name(text.toStdString());
    QVERIFY(!checked.has_value());
    QCOMPARE(checked.error().code, ErrorCode::invalid_argument);
    const QString message = QString::fromStdString(checked.error().message());
    QVERIFY2(message.contains(why), qPrintable(message));
    QVERIFY(!message.contains('\x1b') && !message.contains(QChar(0)));
    QVERIFY(!issue_development_certificate({text.toStdString()}, today).has_value());
}

void CertificateTest::too_many_names_are_refused()
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < most_development_names; ++i)
        names.push_back("a" + std::to_string(i) + ".test");
    const auto most = issue_development_certificate(names, today);
    QVERIFY(most.has_value());
    QCOMPARE(most->certificate.names.size(), most_development_names + loopback_names().size());
    QCOMPARE(verify(most->certificate_pem, most->authority_pem), X509_V_OK);
    names.emplace_back("one.too.many");
    QCOMPARE(issue_development_certificate(names, today).error().code, ErrorCode::too_large);
}

void CertificateTest::a_damaged_certificate_is_refused_or_read()
{
    const DevelopmentCertificate made = issue({"app.test"});
    const std::string pem = made.authority_pem;
    for (std::size_t size = 0; size < pem.size() - 1; size += 7)
        QVERIFY(!describe_certificates(std::string_view(pem).substr(0, size)).has_value());
    for (std::size_t at = 0; at < pem.size(); ++at) {
        for (const char c : {'A', '/', '\n', '\0'}) {
            std::string bad = pem;
            bad[at] = c;
            if (const auto facts = describe_certificates(bad))
                QCOMPARE(facts->size(), std::size_t{1});
            if (const auto identity = check_identity(bad, made.key_pem, std::nullopt, today))
                QVERIFY(identity->chain.size() == 1);
        }
    }
}

void CertificateTest::TL_19_an_old_openssl_is_told_of_data()
{
    QTest::addColumn<quint64>("version");
    QTest::addColumn<bool>("warned");
    QTest::newRow("3.0.0") << quint64{0x30000000} << true;
    QTest::newRow("3.0.21") << quint64{0x30000150} << true;
    QTest::newRow("3.0.22") << quint64{0x30000160} << false;
    QTest::newRow("3.0.23") << quint64{0x30000170} << false;
    QTest::newRow("3.5.1") << quint64{0x30500010} << false;
    QTest::newRow("4.0.0") << quint64{0x40000000} << false;
}

void CertificateTest::TL_19_an_old_openssl_is_told_of()
{
    QFETCH(quint64, version);
    QFETCH(bool, warned);
    const auto warning = openssl_warning(version, "OpenSSL x.y.z 1 Jan 2024");
    QCOMPARE(warning.has_value(), warned);
    if (warning)
        QVERIFY(warning->find("OpenSSL x.y.z 1 Jan 2024") != std::string::npos);
    QCOMPARE(openssl_warning().has_value(), OpenSSL_version_num() < 0x30000160UL);
}

QTEST_GUILESS_MAIN(CertificateTest)
#include "certificate_test.moc"
