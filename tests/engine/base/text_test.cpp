#include "base/text.h"

#include <QTest>

#include <clocale>

using namespace jackfield;

class TextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void compares_without_case_in_any_locale();
    void trims_blanks_and_nothing_else();
    void splits_lists_data();
    void splits_lists();
    void tells_tokens_data();
    void tells_tokens();
    void parses_decimal_numbers_data();
    void parses_decimal_numbers();
};

void TextTest::compares_without_case_in_any_locale()
{
    // LC-14: in Turkish `I` and `i` are different letters; in protocol text they never are.
    std::setlocale(LC_ALL, "tr_TR.UTF-8");
    QVERIFY(equal_ignoring_case("WEBSOCKET-KEY-I", "websocket-key-i"));
    QVERIFY(!equal_ignoring_case("a", "ab"));
    QVERIFY(!equal_ignoring_case("[", "{"));
    QCOMPARE(to_lower_ascii(std::string_view("MiXeD-\xc4\x80")), std::string("mixed-\xc4\x80"));
    std::setlocale(LC_ALL, "C");
}

void TextTest::trims_blanks_and_nothing_else()
{
    QCOMPARE(trim_blanks(" \t a b \t"), std::string_view("a b"));
    QCOMPARE(trim_blanks("\r\na"), std::string_view("\r\na"));
    QCOMPARE(trim_blanks(" \t "), std::string_view());
}

void TextTest::splits_lists_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("parts");
    QTest::newRow("none") << QByteArray() << QByteArrayList{};
    QTest::newRow("one") << QByteArray("a") << QByteArrayList{"a"};
    QTest::newRow("three") << QByteArray("a, b\t,c") << QByteArrayList{"a", "b", "c"};
    QTest::newRow("empty parts") << QByteArray(",, a ,,b, ,") << QByteArrayList{"a", "b"};
}

void TextTest::splits_lists()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, parts);
    QByteArrayList found;
    const std::string copy = text.toStdString();
    for (const std::string_view part : split_list(copy))
        found.append(QByteArray(part.data(), static_cast<qsizetype>(part.size())));
    QCOMPARE(found, parts);
}

void TextTest::tells_tokens_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("yes");
    QTest::newRow("letters, digits and marks") << QByteArray("aZ09!#$%&'*+-.^_`|~") << true;
    QTest::newRow("empty") << QByteArray() << false;
    for (const char c : QByteArray("()<>@,;:\\\"/[]?={} \t\x7f\x01\x80\xff", 24))
        QTest::addRow("separator %02x", static_cast<unsigned char>(c)) << QByteArray(1, c) << false;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << false;
}

void TextTest::tells_tokens()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, yes);
    QCOMPARE(is_token(text.toStdString()), yes);
}

void TextTest::parses_decimal_numbers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("number"); // -1: none
    QTest::newRow("zero") << QByteArray("0") << 0;
    QTest::newRow("leading zeros") << QByteArray("007") << 7;
    QTest::newRow("largest") << QByteArray("65535") << 65535;
    QTest::newRow("too large") << QByteArray("65536") << -1;
    QTest::newRow("far too large") << QByteArray("99999999999999999999") << -1;
    QTest::newRow("empty") << QByteArray() << -1;
    QTest::newRow("plus") << QByteArray("+1") << -1;
    QTest::newRow("minus") << QByteArray("-1") << -1;
    QTest::newRow("blank before") << QByteArray(" 1") << -1;
    QTest::newRow("blank after") << QByteArray("1 ") << -1;
    QTest::newRow("fraction") << QByteArray("1.2") << -1;
    QTest::newRow("hexadecimal") << QByteArray("0x5") << -1;
}

void TextTest::parses_decimal_numbers()
{
    QFETCH(QByteArray, text);
    QFETCH(int, number);
    const auto parsed = parse_decimal<std::uint16_t>(text.toStdString());
    QCOMPARE(parsed ? int{*parsed} : -1, number);
}

QTEST_GUILESS_MAIN(TextTest)
#include "text_test.moc"
