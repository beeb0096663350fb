#include "ui/views/hex_field.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace jackfield::ui;

class HexFieldTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_pairs_of_digits_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QString() << QByteArray();
        QTest::newRow("blanks only") << QStringLiteral(" \n\t ") << QByteArray();
        QTest::newRow("one byte") << QStringLiteral("00") << QByteArray(1, '\0');
        QTest::newRow("without blanks") << QStringLiteral("89504e47") << QByteArray("\x89PNG");
        QTest::newRow("blanks and lines") << QStringLiteral(" 89 50\n4e\t47\r\n") << QByteArray("\x89PNG");
        QTest::newRow("upper case") << QStringLiteral("FF fF Ff") << QByteArray("\xff\xff\xff");
        QTest::newRow("0x and commas") << QStringLiteral("0x89, 0x50,0x4e,0X47") << QByteArray("\x89PNG");
        QTest::newRow("NBSP between") << QStringLiteral("41\u00A042") << QByteArray("AB");
    }
    void reads_pairs_of_digits()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, bytes);
        const HexParse parsed = parseHex(text);
        QVERIFY2(parsed.ok(), qPrintable(parsed.problem));
        QCOMPARE(parsed.bytes, bytes);
    }

    void says_where_it_is_wrong_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("at");
        QTest::addColumn<QByteArray>("before");
        QTest::newRow("no digit") << QStringLiteral("41 g0") << 3 << QByteArray("A");
        QTest::newRow("second is no digit") << QStringLiteral("41 0g") << 4 << QByteArray("A");
        QTest::newRow("one digit at the end") << QStringLiteral("41 4") << 3 << QByteArray("A");
        QTest::newRow("one digit alone") << QStringLiteral("4 1") << 0 << QByteArray();
        QTest::newRow("blank inside a pair") << QStringLiteral("41 4\n2") << 3 << QByteArray("A");
        QTest::newRow("0x alone") << QStringLiteral("41 0x") << 3 << QByteArray("A");
        QTest::newRow("0x before no digit") << QStringLiteral("0xzz") << 2 << QByteArray();
        QTest::newRow("full width digit") << QStringLiteral("\uFF11\uFF11") << 0 << QByteArray();
        QTest::newRow("NUL") << QString(QChar(0)) << 0 << QByteArray();
    }
    void says_where_it_is_wrong()
    {
        QFETCH(QString, text);
        QFETCH(int, at);
        QFETCH(QByteArray, before);
        const HexParse parsed = parseHex(text);
        QVERIFY(!parsed.ok());
        QCOMPARE(parsed.errorAt, at);
        QCOMPARE(parsed.bytes, before);
        QVERIFY(!parsed.problem.isEmpty());
    }

    void its_text_is_read_back_as_the_same_bytes()
    {
        QByteArray all;
        for (int byte = 0; byte < 256; ++byte)
            all += static_cast<char>(byte);
        QCOMPARE(parseHex(hexText(all)).bytes, all);
        QCOMPARE(hexText("\x01\xff"), QStringLiteral("01 ff"));
        QCOMPARE(hexText(all).count(u'\n'), 15);
    }

    void marks_the_mistake_while_typing()
    {
        HexField field;
        QSignalSpy changed(&field, &HexField::bytesChanged);
        QTest::keyClicks(&field, QStringLiteral("41 4"));
        QVERIFY(!field.parsed().ok());
        QCOMPARE(field.extraSelections().size(), 1);
        QCOMPARE(field.extraSelections()[0].cursor.selectedText(), QStringLiteral("4"));
        QTest::keyClicks(&field, QStringLiteral("2"));
        QVERIFY(field.parsed().ok());
        QCOMPARE(field.parsed().bytes, QByteArray("AB"));
        QCOMPARE(field.extraSelections().size(), 0);
        QVERIFY(changed.size() >= 5);
    }

    void a_long_paste_is_handed_over_or_refused()
    {
        HexField field;
        QSignalSpy large(&field, &HexField::tooLargeToEdit);
        QSignalSpy refused(&field, &HexField::notHex);
        const QByteArray bytes(HexField::maxEditable * 4, 'x');
        QApplication::clipboard()->setText(hexText(bytes));
        field.setPlainText(QStringLiteral("41 "));
        field.moveCursor(QTextCursor::End);
        field.paste();
        QCOMPARE(large.size(), 1);
        QCOMPARE(large[0][0].toByteArray(), "A" + bytes);
        QCOMPARE(field.toPlainText(), QStringLiteral("41 "));
        QApplication::clipboard()->setText(QStringLiteral("zz ").repeated(300'000));
        field.paste();
        QCOMPARE(refused.size(), 1);
        QCOMPARE(field.toPlainText(), QStringLiteral("41 "));
    }
};

QTEST_MAIN(HexFieldTest)
#include "hex_field_test.moc"
