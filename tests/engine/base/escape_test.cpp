#include "jackfield/escape.h"

#include <QTest>

using jackfield::escape_for_terminal;

class EscapeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shows_what_it_cannot_print_data();
    void shows_what_it_cannot_print();
    void crops_with_an_ellipsis_and_never_inside_an_escape_data();
    void crops_with_an_ellipsis_and_never_inside_an_escape();
    void every_byte_comes_out_printable();
};

void EscapeTest::shows_what_it_cannot_print_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("plain text stays") << QByteArray("a b\\c <b>") << QByteArray("a b\\c <b>");
    QTest::newRow("other scripts stay")
        << QByteArray("köln 東京 \xf0\x9f\x98\x80") << QByteArray("köln 東京 \xf0\x9f\x98\x80");
    QTest::newRow("GU-04 C0") << QByteArray("\x1b\x07\x00\r\n\x08\t\x7f", 8)
                              << QByteArray("\\x1b\\x07\\x00\\x0d\\x0a\\x08\\x09\\x7f");
    QTest::newRow("GU-04 C1 and line separators")
        << QByteArray("\xc2\x85\xe2\x80\xa8\xe2\x80\xa9") << QByteArray("\\u{85}\\u{2028}\\u{2029}");
    QTest::newRow("GU-05 OSC sets no title")
        << QByteArray("\x1b]0;pwn\x07") << QByteArray("\\x1b]0;pwn\\x07");
    QTest::newRow("bidirectional override") << QByteArray("a\xe2\x80\xae"
                                                          "b")
                                            << QByteArray("a\\u{202e}b");
    QTest::newRow("bidirectional isolate") << QByteArray("\xe2\x81\xa6") << QByteArray("\\u{2066}");
    QTest::newRow("zero width space and BOM")
        << QByteArray("\xe2\x80\x8b\xef\xbb\xbf") << QByteArray("\\u{200b}\\u{feff}");
    QTest::newRow("tag characters") << QByteArray("\xf3\xa0\x80\xa1") << QByteArray("\\u{e0021}");
    QTest::newRow("overlong slash") << QByteArray("\xc0\xaf") << QByteArray("\\xc0\\xaf");
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QByteArray("\\xed\\xa0\\x80");
    QTest::newRow("beyond U+10FFFF") << QByteArray("\xf4\x90\x80\x80") << QByteArray("\\xf4\\x90\\x80\\x80");
    QTest::newRow("cut character") << QByteArray("\xe2\x82") << QByteArray("\\xe2\\x82");
}

void EscapeTest::shows_what_it_cannot_print()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, shown);
    QCOMPARE(QByteArray::fromStdString(escape_for_terminal(input.toStdString())), shown);
}

void EscapeTest::crops_with_an_ellipsis_and_never_inside_an_escape_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("most");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("fits exactly") << QByteArray("abcdef") << 6 << QByteArray("abcdef");
    QTest::newRow("one too many") << QByteArray("abcdefg") << 6 << QByteArray("abc...");
    QTest::newRow("counts characters, not bytes") << QByteArray("ääääää") << 6 << QByteArray("ääääää");
    QTest::newRow("drops a whole escape") << QByteArray("ab\x1b\x1b") << 8 << QByteArray("ab...");
    QTest::newRow("no room for more than dots") << QByteArray("abcdef") << 2 << QByteArray("..");
    QTest::newRow("nothing at all") << QByteArray("abc") << 0 << QByteArray();
}

void EscapeTest::crops_with_an_ellipsis_and_never_inside_an_escape()
{
    QFETCH(QByteArray, input);
    QFETCH(int, most);
    QFETCH(QByteArray, shown);
    QCOMPARE(
        QByteArray::fromStdString(escape_for_terminal(input.toStdString(), static_cast<std::size_t>(most))),
        shown);
}

void EscapeTest::every_byte_comes_out_printable()
{
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            const std::string input{static_cast<char>(first), static_cast<char>(second)};
            const QByteArray shown = QByteArray::fromStdString(escape_for_terminal(input));
            const QString text = QString::fromUtf8(shown);
            QVERIFY2(text.toUtf8() == shown,
                qPrintable(QStringLiteral("%1 %2 is no UTF-8").arg(first).arg(second)));
            for (const QChar c : text)
                QVERIFY2(c.category() != QChar::Other_Control && c.unicode() != 0x061c,
                    qPrintable(QStringLiteral("%1 %2 -> %3").arg(first).arg(second).arg(text)));
        }
    }
}

QTEST_GUILESS_MAIN(EscapeTest)
#include "escape_test.moc"
