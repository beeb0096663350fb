#include "base/digest.h"

#include "jackfield/shared_bytes.h"

#include <QTest>

using namespace jackfield;

class DigestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void digests_the_vectors_of_rfc_3174_data();
    void digests_the_vectors_of_rfc_3174();
    void digests_the_vectors_of_rfc_1321_data();
    void digests_the_vectors_of_rfc_1321();
    void encodes_and_decodes_base64_data();
    void encodes_and_decodes_base64();
    void refuses_what_is_not_base64_data();
    void refuses_what_is_not_base64();
};

void DigestTest::digests_the_vectors_of_rfc_3174_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("empty") << QByteArray() << QByteArray("da39a3ee5e6b4b0d3255bfef95601890afd80709");
    QTest::newRow("abc") << QByteArray("abc") << QByteArray("a9993e364706816aba3e25717850c26c9cd0d89d");
    QTest::newRow("a million") << QByteArray(1000000, 'a')
                               << QByteArray("34aa973cd4c4daa4f61eeb2bdbad27316534016f");
}

void DigestTest::digests_the_vectors_of_rfc_3174()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, hex);
    const auto digest = sha1(text.toStdString());
    QVERIFY(digest.has_value());
    QCOMPARE(QByteArray(reinterpret_cast<const char*>(digest->data()), 20).toHex(), hex);
}

void DigestTest::digests_the_vectors_of_rfc_1321_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("empty") << QByteArray() << QByteArray("d41d8cd98f00b204e9800998ecf8427e");
    QTest::newRow("abc") << QByteArray("abc") << QByteArray("900150983cd24fb0d6963f7d28e17f72");
    QTest::newRow("message digest") << QByteArray("message digest")
                                    << QByteArray("f96b697d7cb7938d525a2f31aaf161d0");
}

void DigestTest::digests_the_vectors_of_rfc_1321()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, hex);
    const auto digest = md5(as_bytes(std::string_view(text.data(), static_cast<std::size_t>(text.size()))));
    QVERIFY(digest.has_value());
    QCOMPARE(QByteArray(reinterpret_cast<const char*>(digest->data()), 16).toHex(), hex);
}

void DigestTest::encodes_and_decodes_base64_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    // RFC 4648 section 10.
    QTest::newRow("0") << QByteArray() << QByteArray();
    QTest::newRow("1") << QByteArray("f") << QByteArray("Zg==");
    QTest::newRow("2") << QByteArray("fo") << QByteArray("Zm8=");
    QTest::newRow("3") << QByteArray("foo") << QByteArray("Zm9v");
    QTest::newRow("6") << QByteArray("foobar") << QByteArray("Zm9vYmFy");
    QTest::newRow("zeros") << QByteArray(16, '\0') << QByteArray("AAAAAAAAAAAAAAAAAAAAAA==");
    QTest::newRow("ones") << QByteArray(3, '\xff') << QByteArray("////");
    QTest::newRow("longer than a line of PEM") << QByteArray(90, '\xfb') << QByteArray("+/v7").repeated(30);
}

void DigestTest::encodes_and_decodes_base64()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(encode_base64(as_bytes(bytes.toStdString()))), text);
    const auto decoded = decode_base64(text.toStdString());
    QVERIFY(decoded.has_value());
    QCOMPARE(QByteArray::fromStdString(*decoded), bytes);
}

void DigestTest::refuses_what_is_not_base64_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"Z", "Zg", "Zg=", "=", "==", "====", "Z===", "Zg==Zg==", "Zg=a",
             " Zg==", "Zg== ", "Zg==\n", "Zm 9v", "Zm9v\r\n", "!!!!", "Zm9-", "Zm9_", "Zm\xc3\xa4"})
        QTest::newRow(text) << QByteArray(text);
    QTest::newRow("NUL") << QByteArray("Zm9\0", 4);
}

void DigestTest::refuses_what_is_not_base64()
{
    QFETCH(QByteArray, text);
    QVERIFY(!decode_base64(text.toStdString()).has_value());
}

QTEST_GUILESS_MAIN(DigestTest)
#include "digest_test.moc"
