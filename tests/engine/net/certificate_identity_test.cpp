#include "support/openssl_tool.h"

#include "jackfield/certificate.h"

#include <QDateTime>
#include <QTemporaryDir>
#include <QTest>

using namespace jackfield;
using namespace jackfield::test;
using namespace std::chrono_literals;

namespace {

QStringList list(const std::vector<std::string>& texts)
{
    QStringList result;
    for (const std::string& text : texts)
        result.append(QString::fromStdString(text));
    return result;
}

} // namespace

class CertificateIdentityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void a_pair_is_judged_data();
    void a_pair_is_judged();
    void a_wrong_passphrase_is_told_as_that();
    void a_chain_is_put_in_order();
    void what_is_no_issuer_is_left_out();
    void the_result_is_a_pair_without_a_passphrase();
    void what_is_too_large_is_not_read();
    void facts_are_those_of_openssl();
    void texts_of_certificates_are_escaped();

private:
    [[nodiscard]] std::string file(const QString& name) const { return file_text(folder_.filePath(name)); }
    void run(const QString& arguments) const { openssl(arguments.split(' '), folder_.path()); }

    QTemporaryDir folder_;
};

/// Everything the tables below name.
void CertificateIdentityTest::initTestCase()
{
    run("req -x509 -newkey rsa:2048 -nodes -keyout rsa.key -out rsa.crt -days 30 -subj /CN=rsa -addext "
        "subjectAltName=DNS:rsa.test -addext basicConstraints=critical,CA:FALSE");
    run("req -x509 -newkey rsa:1024 -nodes -keyout weak.key -out weak.crt -days 30 -subj /CN=weak");
    run("req -x509 -newkey ed25519 -nodes -keyout ed.key -out ed.crt -days 30 -subj /CN=ed -addext "
        "subjectAltName=DNS:ed.test -addext basicConstraints=critical,CA:FALSE");
    run("ecparam -name prime256v1 -genkey -out ec.key"); // EC PARAMETERS, then EC PRIVATE KEY
    run("req -x509 -key ec.key -out ec.crt -days 30 -subj /CN=ec -addext subjectAltName=DNS:ec.test -addext "
        "basicConstraints=critical,CA:FALSE");
    run("req -x509 -key ec.key -out client.crt -days 30 -subj /CN=client -addext "
        "extendedKeyUsage=clientAuth");
    run("req -x509 -key ec.key -out nameless.crt -days 30 -subj /CN=nameless");
    run("req -new -key ec.key -out ec.csr -subj /CN=ec");
    run("pkcs8 -topk8 -in rsa.key -passout pass:open -out rsa.pkcs8 -v2 aes256");
    run("pkcs8 -topk8 -in ec.key -passout pass:open -out ec.fast -v2 aes256 -iter 1");
    run("rsa -in rsa.key -traditional -aes128 -passout pass:open -out rsa.trad");
    run("ec -in ec.key -aes256 -passout pass:open -out ec.trad");
    run("rsa -in rsa.key -traditional -out rsa.plain");
    run("pkcs8 -topk8 -provider legacy -provider default -in ec.key -passout pass:open -out ec.des -v1 "
        "PBE-MD5-DES");
    run("pkey -in rsa.key -pubout -out rsa.pub");
    run("x509 -in rsa.crt -outform der -out rsa.der");
    run("pkey -in rsa.key -outform der -out key.der");
    // A root, one that it has issued, and one that this has issued.
    run("req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.crt -days 30 -subj /CN=root");
    put_file(folder_.filePath("ca.ext"), "basicConstraints=critical,CA:TRUE\n");
    put_file(folder_.filePath("leaf.ext"), "basicConstraints=CA:FALSE\nsubjectAltName=DNS:leaf.test\n");
    run("req -new -newkey rsa:2048 -nodes -keyout middle.key -out middle.csr -subj /CN=middle");
    run("x509 -req -in middle.csr -CA root.crt -CAkey root.key -set_serial 2 -days 30 -extfile ca.ext -out "
        "middle.crt");
    run("req -new -key ec.key -out leaf.csr -subj /CN=leaf");
    run("x509 -req -in leaf.csr -CA middle.crt -CAkey middle.key -set_serial 3 -days 30 -extfile leaf.ext "
        "-out "
        "leaf.crt");
    run("x509 -req -in leaf.csr -CA middle.crt -CAkey middle.key -set_serial 4 -days 30 -sha1 -extfile "
        "leaf.ext "
        "-out sha1.crt");
    put_file(folder_.filePath("both.pem"), file("ec.key") + file("ec.crt"));
    put_file(folder_.filePath("openssh.key"),
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n");
    put_file(folder_.filePath("empty"), "");
    put_file(folder_.filePath("text"), "no PEM at all\n");
    const std::string certificate = file("ec.crt");
    put_file(folder_.filePath("cut.crt"), certificate.substr(0, certificate.size() / 2));
    put_file(folder_.filePath("bad.crt"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    put_file(folder_.filePath("bad.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
}

void CertificateIdentityTest::a_pair_is_judged_data()
{
    QTest::addColumn<QString>("chain");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("passphrase"); ///< null for none
    QTest::addColumn<int>("problem"); ///< -1 for none
    QTest::addColumn<QString>("text"); ///< in the error, or in a warning; empty: no warning
    QTest::addColumn<int>("days"); ///< from now
    const auto good = [](const char* title, const char* chain, const char* key, QString passphrase = {},
                          const char* warning = "", int days = 0) {
        QTest::newRow(title) << chain << key << std::move(passphrase) << -1 << QString(warning) << days;
    };
    const auto bad = [](const char* title, const char* chain, const char* key, IdentityProblem problem,
                         const char* text, QString passphrase = {}) {
        QTest::newRow(title) << chain << key << std::move(passphrase) << static_cast<int>(problem)
                             << QString(text) << 0;
    };
    using P = IdentityProblem;
    good("RSA", "rsa.crt", "rsa.key");
    good("RSA, PKCS#1", "rsa.crt", "rsa.plain");
    good("EC with its parameters", "ec.crt", "ec.key");
    good("PKCS#8 with a passphrase", "rsa.crt", "rsa.pkcs8", "open");
    good("PKCS#1 with a passphrase", "rsa.crt", "rsa.trad", "open");
    good("EC with a passphrase", "ec.crt", "ec.trad", "open");
    good("a passphrase that is not needed", "ec.crt", "ec.key", "unused");
    good("one file for both", "both.pem", "both.pem");
    good("expired", "rsa.crt", "rsa.key", {}, "has expired", 40);
    good("not valid yet", "rsa.crt", "rsa.key", {}, "is not valid yet", -2);
    good("no names", "nameless.crt", "ec.key", {}, "names no host");
    good("an authority's", "root.crt", "root.key", {}, "an authority's own");
    good("Ed25519", "ed.crt", "ed.key", {}, "may not speak keys of this kind (Ed25519)");
    bad("empty", "empty", "rsa.key", P::no_certificate, "no BEGIN CERTIFICATE");
    bad("no PEM", "text", "rsa.key", P::no_certificate, "no BEGIN CERTIFICATE");
    bad("a key as the certificate", "rsa.key", "rsa.key", P::key_instead_of_certificate,
        "where the certificate");
    bad("a request as the certificate", "ec.csr", "ec.key", P::no_certificate, "signing request");
    bad("DER as the certificate", "rsa.der", "rsa.key", P::no_certificate, "openssl x509 -inform der");
    bad("half a certificate", "cut.crt", "ec.key", P::malformed_certificate,
        "PEM block 1 is damaged or cut off");
    bad("another thing in the block", "bad.crt", "ec.key", P::malformed_certificate, "block 1");
    bad("an empty key", "rsa.crt", "empty", P::no_key, "no BEGIN PRIVATE KEY");
    bad("a certificate as the key", "rsa.crt", "rsa.crt", P::certificate_instead_of_key,
        "where the private key");
    bad("a public key", "rsa.crt", "rsa.pub", P::no_key, "public key");
    bad("DER as the key", "rsa.crt", "key.der", P::no_key, "openssl pkey -inform der");
    bad("a damaged key", "rsa.crt", "bad.key", P::malformed_key, "damaged");
    bad("OpenSSH's form", "rsa.crt", "openssh.key", P::unsupported_key, "ssh-keygen");
    bad("of another certificate", "rsa.crt", "ec.key", P::key_mismatch, "CN=rsa");
    bad("no passphrase, PKCS#8", "rsa.crt", "rsa.pkcs8", P::passphrase_needed, "passphrase is needed");
    bad("no passphrase, PKCS#1", "rsa.crt", "rsa.trad", P::passphrase_needed, "passphrase is needed");
    bad("wrong passphrase, PKCS#8", "rsa.crt", "rsa.pkcs8", P::passphrase_wrong, "does not open", "wrong");
    bad("wrong passphrase, PKCS#1", "rsa.crt", "rsa.trad", P::passphrase_wrong, "does not open", "wrong");
    bad("empty passphrase", "rsa.crt", "rsa.pkcs8", P::passphrase_wrong, "does not open", "");
    bad("passphrase of 5000 characters", "rsa.crt", "rsa.pkcs8", P::passphrase_wrong, "does not open",
        QString(5000, 'x'));
    bad("encrypted with DES", "ec.crt", "ec.des", P::unsupported_key, "no longer offers", "open");
    bad("1024 bits", "weak.crt", "weak.key", P::weak_key, "RSA 1024 bits");
    bad("signed with SHA-1", "sha1.crt", "ec.key", P::weak_key, "weak digest");
    bad("for clients", "client.crt", "ec.key", P::not_for_servers, "not for servers");
}

void CertificateIdentityTest::a_pair_is_judged()
{
    QFETCH(QString, chain);
    QFETCH(QString, key);
    QFETCH(QString, passphrase);
    QFETCH(int, problem);
    QFETCH(QString, text);
    QFETCH(int, days);
    const std::optional<std::string> given
        = passphrase.isNull() ? std::nullopt : std::optional(passphrase.toStdString());
    const auto now = std::chrono::system_clock::now() + days * 24h;
    const auto judged = check_identity(file(chain), file(key), given, now);
    if (problem >= 0) {
        QVERIFY(!judged.has_value());
        const QString detail = QString::fromStdString(judged.error().detail);
        QVERIFY2(static_cast<int>(judged.error().problem) == problem, qPrintable(detail));
        QVERIFY2(detail.contains(text), qPrintable(detail));
        return;
    }
    QVERIFY2(judged.has_value(), judged ? "" : judged.error().detail.c_str());
    const QString warnings = list(judged->warnings).join('\n');
    QVERIFY2(text.isEmpty() ? warnings.isEmpty() : warnings.contains(text), qPrintable(warnings));
    QVERIFY(!judged->chain.empty());
}

// One wrong passphrase in 256 ends in bytes with a right padding, which OpenSSL then reads as a key.
void CertificateIdentityTest::a_wrong_passphrase_is_told_as_that()
{
    const std::string certificate = file("ec.crt");
    const std::string key = file("ec.fast");
    const auto now = std::chrono::system_clock::now();
    for (int i = 0; i < 700; ++i) {
        const auto judged = check_identity(certificate, key, "wrong" + std::to_string(i), now);
        QVERIFY(!judged.has_value());
        QVERIFY2(judged.error().problem == IdentityProblem::passphrase_wrong, judged.error().detail.c_str());
    }
    QVERIFY(check_identity(certificate, key, "open", now).has_value());
}

void CertificateIdentityTest::a_chain_is_put_in_order()
{
    const std::string leaf = file("leaf.crt");
    const std::string middle = file("middle.crt");
    const std::string root = file("root.crt");
    const auto now = std::chrono::system_clock::now();
    const auto in_order = check_identity(leaf + middle + root, file("ec.key"), std::nullopt, now);
    QVERIFY(in_order.has_value());
    QVERIFY(in_order->warnings.empty());
    QCOMPARE(in_order->chain.size(), std::size_t{3});
    for (const std::string& wrong : {root + middle + leaf, middle + leaf + root, leaf + root + middle}) {
        const auto judged = check_identity(wrong, file("ec.key"), std::nullopt, now);
        QVERIFY(judged.has_value());
        QCOMPARE(judged->chain_pem, in_order->chain_pem);
        QCOMPARE(judged->chain.front().common_name, std::string("leaf"));
        QCOMPARE(judged->warnings.size(), std::size_t{1});
        QVERIFY(judged->warnings.front().find("not in the order") != std::string::npos);
    }
}

void CertificateIdentityTest::what_is_no_issuer_is_left_out()
{
    const auto judged
        = check_identity(file("rsa.crt") + file("leaf.crt") + file("middle.crt") + file("leaf.crt"),
            file("ec.key"), std::nullopt, std::chrono::system_clock::now());
    QVERIFY(judged.has_value());
    QCOMPARE(judged->chain.size(), std::size_t{2});
    QCOMPARE(judged->warnings.size(), std::size_t{1});
    QVERIFY(judged->warnings.front().find("2 certificates of the file are no issuer") != std::string::npos);
}

void CertificateIdentityTest::the_result_is_a_pair_without_a_passphrase()
{
    const auto now = std::chrono::system_clock::now();
    const auto judged = check_identity(file("rsa.crt"), file("rsa.pkcs8"), "open", now);
    QVERIFY(judged.has_value());
    QVERIFY(judged->key_pem.starts_with("-----BEGIN PRIVATE KEY-----"));
    const auto again = check_identity(judged->chain_pem, judged->key_pem, std::nullopt, now);
    QVERIFY(again.has_value());
    QCOMPARE(again->chain_pem, judged->chain_pem);
}

void CertificateIdentityTest::what_is_too_large_is_not_read()
{
    const std::string large((1U << 20U) + 1, 'x');
    QCOMPARE(describe_certificates(large).error().code, ErrorCode::too_large);
    QCOMPARE(check_identity(large, file("rsa.key"), std::nullopt, std::chrono::system_clock::now())
                 .error()
                 .problem,
        IdentityProblem::too_large);
    QCOMPARE(check_identity(file("rsa.crt"), large, std::nullopt, std::chrono::system_clock::now())
                 .error()
                 .problem,
        IdentityProblem::too_large);
    std::string many;
    for (int i = 0; i < 201; ++i)
        many += file("ec.crt");
    QCOMPARE(describe_certificates(many).error().code, ErrorCode::too_large);
    QCOMPARE(describe_certificates("nothing").error().code, ErrorCode::not_found);
}

void CertificateIdentityTest::facts_are_those_of_openssl()
{
    const auto facts = describe_certificates("a note\n" + file("both.pem") + file("rsa.crt"));
    QVERIFY(facts.has_value());
    QCOMPARE(facts->size(), std::size_t{2});
    for (const auto& [name, index] : {std::pair("ec.crt", 0U), std::pair("rsa.crt", 1U)}) {
        const CertificateFacts& one = (*facts)[index];
        const QString told = openssl({"x509", "-in", name, "-noout", "-fingerprint", "-sha256", "-serial",
                                         "-enddate", "-dateopt", "iso_8601"},
            folder_.path());
        QVERIFY(told.contains("Fingerprint=" + QString::fromStdString(one.fingerprint) + "\n"));
        QVERIFY(told.contains("serial=" + QString::fromStdString(one.serial) + "\n"));
        const auto end
            = std::chrono::duration_cast<std::chrono::milliseconds>(one.not_after.time_since_epoch());
        QVERIFY(told.contains(
            QDateTime::fromMSecsSinceEpoch(end.count(), Qt::UTC).toString("yyyy-MM-dd hh:mm:ss'Z'")));
    }
    QCOMPARE(facts->front().subject, std::string("CN=ec"));
    QCOMPARE(facts->back().key, std::string("RSA 2048 bits"));
    QCOMPARE(list(facts->back().names), QStringList{"rsa.test"});
}

void CertificateIdentityTest::texts_of_certificates_are_escaped()
{
    openssl({"req", "-x509", "-utf8", "-key", "ec.key", "-out", "hostile.crt", "-days", "30", "-subj",
                QString("/CN=a\x1b[31mb\u202e\u00fc"), "-addext", "subjectAltName=DNS:x\x1b.test"},
        folder_.path());
    const auto facts = describe_certificates(file("hostile.crt"));
    QVERIFY(facts.has_value());
    const QString subject = QString::fromStdString(facts->front().subject);
    QVERIFY2(subject.contains(QChar(0xfc)), qPrintable(subject));
    for (const std::string& text : {facts->front().subject, facts->front().issuer, facts->front().common_name,
             facts->front().names.front()}) {
        QVERIFY(text.find('\x1b') == std::string::npos);
        QVERIFY(!QString::fromStdString(text).contains(QChar(0x202e)));
    }
}

QTEST_GUILESS_MAIN(CertificateIdentityTest)
#include "certificate_identity_test.moc"
