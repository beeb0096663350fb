#include "jackfield/character.h"
#include "jackfield/escape.h"

#include <QTest>

using namespace jackfield;

class CharacterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_character_is_read_as_it_was_written();
    void what_is_no_character_is_written_as_a_replacement();
    void the_first_character_data();
    void the_first_character();
};

void CharacterTest::every_character_is_read_as_it_was_written()
{
    std::string all;
    for (char32_t code = 0; code <= 0x10ffff; ++code) {
        if (code == 0xd800)
            code = 0xe000; // surrogates are none
        std::string text;
        append_character(text, code);
        const Character first = first_character(text + "x");
        if (first.code != code || first.length != text.size())
            QFAIL(qPrintable(QStringLiteral("U+%1").arg(static_cast<uint>(code), 4, 16)));
        all += text;
    }
    QVERIFY(is_valid_utf8(all)); // judged by other code
}

void CharacterTest::what_is_no_character_is_written_as_a_replacement()
{
    for (const char32_t code : {char32_t{0xd800}, char32_t{0xdfff}, char32_t{0x110000}, char32_t{0xffffffff}}) {
        std::string text = "a";
        append_character(text, code);
        QCOMPARE(text, std::string("a\xef\xbf\xbd"));
    }
}

void CharacterTest::the_first_character_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<uint>("code");
    QTest::addColumn<qulonglong>("length");
    QTest::newRow("empty") << QByteArray() << 0U << 0ULL;
    QTest::newRow("NUL") << QByteArray("\0a", 2) << 0U << 1ULL;
    QTest::newRow("a letter") << QByteArray("ab") << 0x61U << 1ULL;
    QTest::newRow("a text") << QByteArray("\xe6\x9d\xb1\xe4\xba\xac") << 0x6771U << 3ULL;
    QTest::newRow("a continuation byte") << QByteArray("\x80") << 0U << 0ULL;
    QTest::newRow("overlong, two bytes") << QByteArray("\xc0\xaf") << 0U << 0ULL;
    QTest::newRow("overlong, three bytes") << QByteArray("\xe0\x80\xaf") << 0U << 0ULL;
    QTest::newRow("overlong, four bytes") << QByteArray("\xf0\x80\x80\xaf") << 0U << 0ULL;
    QTest::newRow("a surrogate") << QByteArray("\xed\xa0\x80") << 0U << 0ULL;
    QTest::newRow("beyond U+10FFFF") << QByteArray("\xf4\x90\x80\x80") << 0U << 0ULL;
    QTest::newRow("cut off") << QByteArray("\xe2\x82") << 0U << 0ULL;
    QTest::newRow("a letter in its middle") << QByteArray("\xe2\x61\xac") << 0U << 0ULL;
}

void CharacterTest::the_first_character()
{
    QFETCH(QByteArray, text);
    QFETCH(uint, code);
    QFETCH(qulonglong, length);
    const Character first = first_character({text.constData(), static_cast<std::size_t>(text.size())});
    QCOMPARE(static_cast<uint>(first.code), code);
    QCOMPARE(static_cast<qulonglong>(first.length), length);
}

QTEST_GUILESS_MAIN(CharacterTest)
#include "character_test.moc"
