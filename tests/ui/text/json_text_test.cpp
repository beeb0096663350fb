#include "ui/text/json_text.h"

#include <QTest>

using namespace jackfield::ui;
using Verdict = JsonCheck::Verdict;

class JsonTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void json_is_told_from_text_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("verdict");
        QTest::addColumn<QString>("place"); // line:column
        const auto row
            = [](const char* name, const QByteArray& text, Verdict verdict, const char* place = "") {
                  QTest::newRow(name) << text << static_cast<int>(verdict) << QString::fromLatin1(place);
              };
        row("empty", "", Verdict::notJson);
        row("text", "hello {", Verdict::notJson);
        row("a number means nothing", "42", Verdict::notJson);
        row("object", "{\"a\":1}", Verdict::valid);
        row("blanks", " \r\n\t[1, 2]\n", Verdict::valid);
        row("huge number", "[1e999, {\"a\":-2E+4000}]", Verdict::valid);
        row("huge number and a mistake", "[1e999,}", Verdict::mistake, "1:8");
        row("huge number in a string", "{\"1e999\":\"1e9\"}", Verdict::valid);
        row("huge whole part", "[" + QByteArray(400, '9') + "," + QByteArray(400, '9') + ".5e7]",
            Verdict::valid);
        row("huge whole part and a mistake", "[" + QByteArray(400, '9') + ".,1]", Verdict::mistake, "1:403");
        row("leading zeros", "[0" + QByteArray(400, '9') + ",1e999]", Verdict::mistake, "1:402");
        row("a cut emoji", "{\"a\":\"\\ud83d\"}", Verdict::valid);
        row("the other half", "[\"\\udE00x\"]", Verdict::valid);
        row("halves in the wrong order", "{\"\\ude00\\ud83d\":1}", Verdict::valid);
        row("a half before an escape", "[\"\\ud83d\\n\",\"\\ud83d\\u0041\"]", Verdict::valid);
        row("a half and a mistake", "[\"\\ud83d\",]", Verdict::mistake, "1:11");
        row("an escaped backslash before u", "[\"\\\\ud83d\"]", Verdict::valid);
        row("an escape without its digits", "[\"\\ud83\"]", Verdict::mistake, "1:8");
        row("huge integer", "[123456789012345678901234567890]", Verdict::valid);
        row("escapes", "{\"\\u0000\":\"\\\"\\\\\\ud83d\\ude00\"}", Verdict::valid);
        row("not ended", "{\"a\":1", Verdict::mistake, "1:7");
        row("not ended string", "{\"a", Verdict::mistake, "1:4");
        row("trailing comma", "[1,\n 2,]", Verdict::mistake, "2:4");
        row("single quotes", "{'a':1}", Verdict::mistake, "1:2");
        row("behind the end", "{} x", Verdict::mistake, "1:4");
        row("counted in characters", "{\"\xC3\xA9\xF0\x9F\x98\x80\":x}", Verdict::mistake, "1:7");
        row("raw line end in a string", "{\"a\nb\":1}", Verdict::mistake, "1:4");
        row("a BOM is no JSON", "\xEF\xBB\xBF{}", Verdict::notJson);
        row("256 deep", QByteArray(256, '[') + QByteArray(256, ']'), Verdict::valid);
        row("GU-07 1,000,000 deep", QByteArray(500'000, '[') + QByteArray(500'000, ']'), Verdict::tooDeep);
        row("GU-07 10 MB", "[\"" + QByteArray(10'000'000, 'x') + "\"]", Verdict::tooLarge);
        row("GU-07 line ends", QByteArray(16 << 20, '\n'), Verdict::notJson);
    }
    void json_is_told_from_text()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, verdict);
        QFETCH(QString, place);
        const JsonCheck check = checkJson(text);
        QCOMPARE(static_cast<int>(check.verdict), verdict);
        if (!place.isEmpty())
            QCOMPARE(QStringLiteral("%1:%2").arg(check.line).arg(check.column), place);
    }

    void formatting_changes_blanks_only_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("formatted");
        QTest::newRow("object") << QByteArray("{\"b\":1,\"a\":[1,2]}")
                                << QByteArray("{\n  \"b\": 1,\n  \"a\": [\n    1,\n    2\n  ]\n}");
        QTest::newRow("empty ones") << QByteArray("{ \"a\" : [ ] , \"b\":{}}")
                                    << QByteArray("{\n  \"a\": [],\n  \"b\": {}\n}");
        QTest::newRow("numbers keep their spelling")
            << QByteArray("[1.0,1e400,12345678901234567890,-0]")
            << QByteArray("[\n  1.0,\n  1e400,\n  12345678901234567890,\n  -0\n]");
        QTest::newRow("strings keep theirs")
            << QByteArray("[\"\\u0041 ,:[{\\\"\\\\\",true,null]")
            << QByteArray("[\n  \"\\u0041 ,:[{\\\"\\\\\",\n  true,\n  null\n]");
        QTest::newRow("twice the same key")
            << QByteArray("{\"a\":1,\"a\":2}") << QByteArray("{\n  \"a\": 1,\n  \"a\": 2\n}");
    }
    void formatting_changes_blanks_only()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, formatted);
        QCOMPARE(formatJson(text), formatted);
        QCOMPARE(formatJson(formatted), formatted);
        QCOMPARE(static_cast<int>(checkJson(formatted).verdict), static_cast<int>(Verdict::valid));
    }

    void tokens_are_coloured_up_to_a_bound()
    {
        const QString line = QStringLiteral("  \"key\" : [\"va\\\"lue\", -1.5e3, true]");
        const auto tokens = jsonTokens(line, 1'000);
        QStringList seen;
        for (const JsonToken& token : tokens)
            seen += QString::number(static_cast<int>(token.kind)) + line.mid(token.start, token.length);
        QCOMPARE(seen,
            (QStringList{QStringLiteral("0\"key\""), QStringLiteral("1\"va\\\"lue\""),
                QStringLiteral("2-1.5e3"), QStringLiteral("3true")}));
        for (const JsonToken& token : jsonTokens(QString(100'000, u'1'), 100))
            QVERIFY(token.start + token.length <= 100);
        QVERIFY(jsonTokens(QStringLiteral("\"not ended\\"), 1'000).size() == 1);
    }
};

QTEST_GUILESS_MAIN(JsonTextTest)
#include "json_text_test.moc"
