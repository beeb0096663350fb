#include "ui/views/payload_editor.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>

using namespace jackfield::ui;

namespace {

// Puts what a paste brings on the clipboard as another program would: as a string, or as the bytes of
// text/plain;charset=utf-8.
enum class Source { String, Utf8Bytes, Jackfield };

void fillClipboard(const QByteArray& bytes, Source source)
{
    auto* mime = new QMimeData;
    if (source == Source::String) {
        QString text;
        QByteArray rest = bytes;
        while (rest.startsWith("\xEF\xBB\xBF")) {
            text += QChar(u'\xFEFF');
            rest.remove(0, 3);
        }
        mime->setText(text + QString::fromUtf8(rest));
    } else if (source == Source::Utf8Bytes) {
        mime->setData(QStringLiteral("text/plain;charset=utf-8"), bytes);
        mime->setText(QStringLiteral("the string form must not be used"));
    } else {
        mime->setData(PayloadEditor::exactMimeType(), bytes);
    }
    QApplication::clipboard()->setMimeData(mime);
}

const QByteArray hostile
    = QByteArray("a\xC2\xA0z\r\nlone\rcr\nls\xE2\x80\xA8ps\xE2\x80\xA9nonchar\xEF\xB7\x90\xEF\xB7\x91"
                 "bom\xEF\xBB\xBFnul")
    + QByteArray(1, '\0')
    + QByteArray("obj\xEF\xBF\xBCrlo\xE2\x80\xAEshy\xC2\xADzw\xE2\x80\x8B\x1B["
                 "2J\x7F\xC2\x85\xF0\x9F\x98\x80\xF3\xA0\x80\x81"
                 "e\xCC\x81 no final newline");

void addPayloads()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("plain") << QByteArray("{\"a\":1}");
    QTest::newRow("NBSP") << QByteArray("a\xC2\xA0\xC2\xA0 b");
    QTest::newRow("CRLF") << QByteArray("a\r\nb\r\n");
    QTest::newRow("lone CR") << QByteArray("a\rb\r");
    QTest::newRow("CR CR LF") << QByteArray("\r\r\n\n\r");
    QTest::newRow("U+2028 line separator") << QByteArray("a\xE2\x80\xA8\xE2\x80\xA8 b\xE2\x80\xA8");
    QTest::newRow("U+2029 paragraph separator") << QByteArray("a\xE2\x80\xA9 b\xE2\x80\xA9");
    QTest::newRow("U+FDD0 and U+FDD1") << QByteArray("\xEF\xB7\x90 a\xEF\xB7\x91");
    QTest::newRow("U+FDEF, U+FFFE, U+FFFF") << QByteArray("\xEF\xB7\xAF\xEF\xBF\xBE\xEF\xBF\xBF");
    QTest::newRow("BOM first") << QByteArray("\xEF\xBB\xBF{}");
    QTest::newRow("two BOMs first, one inside") << QByteArray("\xEF\xBB\xBF\xEF\xBB\xBF{\xEF\xBB\xBF}");
    QTest::newRow("only a BOM") << QByteArray("\xEF\xBB\xBF");
    QTest::newRow("NUL") << QByteArray("a\0b\0", 4);
    QTest::newRow("no final newline") << QByteArray("a\nb");
    QTest::newRow("final newline") << QByteArray("a\nb\n");
    QTest::newRow("only newlines") << QByteArray("\n\n\n");
    QTest::newRow("U+FFFC object replacement") << QByteArray("a\xEF\xBF\xBC z");
    QTest::newRow("GU-04 C0, C1, DEL") << QByteArray("\x01\x07\x08\x1B\x1F\x7F\xC2\x80\xC2\x85\xC2\x9F");
    QTest::newRow("GU-05 ANSI and OSC") << QByteArray("\x1B[2J\x1B]0;pwn\x07\x1B]8;;http://evil\x1B\\");
    QTest::newRow("GU-01 markup") << QByteArray("<b>x</b><img src=/etc/passwd>");
    QTest::newRow("bidi controls") << QByteArray("a\xE2\x80\xAE"
                                                 "b\xE2\x81\xA6"
                                                 "c\xE2\x80\x8F\xD8\x9C");
    QTest::newRow("emoji and tags") << QByteArray(
        "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xF3\xA0\x81\xA7\xF3\xA0\x81\xBF");
    QTest::newRow("combining marks") << QByteArray("e\xCC\x81\xCC\x82\xCC\x83");
    QTest::newRow("private use") << QByteArray("\xEE\x80\x80\xF4\x8F\xBF\xBD\xF3\xB0\x80\x80");
    QTest::newRow("last code point") << QByteArray("\xF4\x8F\xBF\xBF");
    QTest::newRow("tabs") << QByteArray("\ta\t\tb");
    QTest::newRow("GU-17 everything at once") << hostile;
}

} // namespace

class PayloadEditorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pasted_text_is_given_back_byte_for_byte_data() { addPayloads(); }
    void pasted_text_is_given_back_byte_for_byte()
    {
        QFETCH(QByteArray, bytes);
        for (const Source source : {Source::String, Source::Utf8Bytes, Source::Jackfield}) {
            PayloadEditor editor;
            fillClipboard(bytes, source);
            editor.paste();
            QCOMPARE(editor.payload(), bytes);
        }
    }

    void recalled_text_is_given_back_byte_for_byte_data() { addPayloads(); }
    void recalled_text_is_given_back_byte_for_byte()
    {
        QFETCH(QByteArray, bytes);
        PayloadEditor editor;
        QVERIFY(editor.setPayload("something else"));
        QVERIFY(editor.setPayload(bytes));
        QCOMPARE(editor.payload(), bytes);
        editor.undo();
        QCOMPARE(editor.payload(), QByteArray("something else"));
        editor.redo();
        QCOMPARE(editor.payload(), bytes);
    }

    void typing_beside_pasted_text_keeps_it_data() { addPayloads(); }
    void typing_beside_pasted_text_keeps_it()
    {
        QFETCH(QByteArray, bytes);
        PayloadEditor editor;
        fillClipboard(bytes, Source::Utf8Bytes);
        editor.paste();
        QTest::keyClicks(&editor, QStringLiteral("xy"));
        QCOMPARE(editor.payload(), bytes + "xy");
        editor.moveCursor(QTextCursor::Start);
        QTest::keyClicks(&editor, QStringLiteral("ab"));
        QCOMPARE(editor.payload(), "ab" + bytes + "xy");
        editor.moveCursor(QTextCursor::Start);
        QTest::keyClick(&editor, Qt::Key_Delete);
        QTest::keyClick(&editor, Qt::Key_Delete);
        QCOMPARE(editor.payload(), bytes + "xy");
        while (editor.document()->isUndoAvailable())
            editor.undo();
        QCOMPARE(editor.payload(), QByteArray());
        while (editor.document()->isRedoAvailable())
            editor.redo();
        QCOMPARE(editor.payload(), bytes + "xy");
    }

    void copying_within_the_editor_is_exact_data() { addPayloads(); }
    void copying_within_the_editor_is_exact()
    {
        QFETCH(QByteArray, bytes);
        PayloadEditor editor;
        QVERIFY(editor.setPayload(bytes));
        QApplication::clipboard()->clear();
        editor.selectAll();
        editor.copy();
        PayloadEditor other;
        other.paste();
        QCOMPARE(other.payload(), bytes);
        if (!bytes.isEmpty())
            QCOMPARE(QApplication::clipboard()->mimeData()->text().toUtf8(), bytes);
        editor.cut();
        QCOMPARE(editor.payload(), QByteArray());
        editor.undo();
        QCOMPARE(editor.payload(), bytes);
    }

    void every_stand_in_maps_back()
    {
        int standIns = 0;
        for (char32_t c = 0; c <= 0x10FFFF; ++c) {
            if ((c >= 0xD800 && c <= 0xDFFF) || c == '\n')
                continue;
            const QString text = QStringView(QChar::fromUcs4(c)).toString();
            const QString document = payload_text::toDocument(QStringView(text));
            if (payload_text::needsStandIn(c)) {
                ++standIns;
                QCOMPARE(document.size(), 1);
                QVERIFY(document[0].isLowSurrogate());
                QCOMPARE(payload_text::characterFor(document[0]), c);
                const QString picture = payload_text::pictureOf(c);
                QCOMPARE(picture.size(), c < 0x20 || c == 0x7F || c == 0x85 ? 2 : 1);
                // The pictures from U+2400 on are boxes without a font that few have.
                QVERIFY(picture[0].unicode() < 0x2400 || picture[0].unicode() == 0x25A1);
            } else if (document != text) {
                QFAIL(qPrintable(QString::number(c, 16)));
            }
        }
        QVERIFY(standIns > 200);
    }

    void deleting_a_stand_in_behind_an_emoji_leaves_the_emoji()
    {
        PayloadEditor editor;
        QVERIFY(editor.setPayload("\xF0\x9F\x98\x80\r"));
        QTest::keyClick(&editor, Qt::Key_Backspace);
        QCOMPARE(editor.payload(), QByteArray("\xF0\x9F\x98\x80"));
        QTest::keyClick(&editor, Qt::Key_Backspace);
        QCOMPARE(editor.payload(), QByteArray());
    }

    void the_caret_steps_over_characters_and_never_into_them()
    {
        PayloadEditor editor;
        QVERIFY(editor.setPayload("\xF0\x9F\x98\x80\r\xF0\x9F\x98\x80"));
        editor.moveCursor(QTextCursor::Start);
        for (int step = 0; step < 3; ++step) {
            editor.moveCursor(QTextCursor::Right);
            QTextCursor cursor = editor.textCursor();
            cursor.insertText(QStringLiteral("|"));
        }
        QCOMPARE(editor.payload(), QByteArray("\xF0\x9F\x98\x80|\r|\xF0\x9F\x98\x80|"));
    }

    void enter_types_the_line_end_that_the_text_has_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("none yet") << QByteArray("a") << QByteArray("a\n");
        QTest::newRow("LF") << QByteArray("a\nb") << QByteArray("a\nb\n");
        QTest::newRow("CRLF") << QByteArray("a\r\nb") << QByteArray("a\r\nb\r\n");
        QTest::newRow("mixed") << QByteArray("a\r\nb\nc") << QByteArray("a\r\nb\nc\n");
    }
    void enter_types_the_line_end_that_the_text_has()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        for (const Qt::KeyboardModifiers modifiers : {Qt::NoModifier, Qt::ShiftModifier}) {
            PayloadEditor editor;
            QVERIFY(editor.setPayload(before));
            QTest::keyClick(&editor, Qt::Key_Return, modifiers);
            QCOMPARE(editor.payload(), after);
            editor.undo();
            QCOMPARE(editor.payload(), before);
        }
    }

    void a_typed_no_break_space_is_sent()
    {
        PayloadEditor editor;
        QKeyEvent press(QEvent::KeyPress, Qt::Key_nobreakspace, Qt::NoModifier, QString(QChar(0xA0)));
        QApplication::sendEvent(&editor, &press);
        QInputMethodEvent commit;
        commit.setCommitString(QString(QChar(0x2028)) + QChar(0xA0) + QStringLiteral("x"));
        QApplication::sendEvent(&editor, &commit);
        QCOMPARE(editor.payload(), QByteArray("\xC2\xA0\xE2\x80\xA8\xC2\xA0x"));
        QCOMPARE(editor.document()->blockCount(), 1);
    }

    void dropped_text_is_exact()
    {
        PayloadEditor editor;
        QMimeData mime;
        mime.setData(QStringLiteral("text/plain;charset=utf-8"), hostile);
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(editor.viewport(), &enter);
        QApplication::sendEvent(editor.viewport(), &drop);
        QCOMPARE(editor.payload(), hostile);
    }

    void line_ends_are_named_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("name");
        QTest::newRow("none") << QByteArray("a") << QStringLiteral("LF");
        QTest::newRow("LF") << QByteArray("a\nb\n") << QStringLiteral("LF");
        QTest::newRow("CRLF") << QByteArray("a\r\nb") << QStringLiteral("CRLF");
        QTest::newRow("CR") << QByteArray("a\rb") << QStringLiteral("CR");
        QTest::newRow("CR at the end") << QByteArray("a\r") << QStringLiteral("CR");
        QTest::newRow("LF and CRLF") << QByteArray("a\nb\r\n") << QStringLiteral("mixed line ends");
        QTest::newRow("CR CR LF") << QByteArray("\r\r\n") << QStringLiteral("mixed line ends");
    }
    void line_ends_are_named()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, name);
        QCOMPARE(nameOf(lineEndsOf(bytes)), name);
    }

    void what_is_not_utf8_is_not_put_in_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("GU-16 lone continuation") << QByteArray("a\x80z");
        QTest::newRow("GU-16 cut at the end") << QByteArray("a\xE2\x82");
        QTest::newRow("GU-16 surrogate") << QByteArray("\xED\xA0\x80");
        QTest::newRow("GU-16 overlong NUL") << QByteArray("\xC0\x80");
        QTest::newRow("GU-16 PNG") << QByteArray("\x89PNG\r\n\x1A\n");
    }
    void what_is_not_utf8_is_not_put_in()
    {
        QFETCH(QByteArray, bytes);
        PayloadEditor editor;
        QSignalSpy refused(&editor, &PayloadEditor::notText);
        fillClipboard(bytes, Source::Utf8Bytes);
        editor.paste();
        QCOMPARE(refused.size(), 1);
        QCOMPARE(refused[0][0].toByteArray(), bytes);
        QCOMPARE(editor.payload(), QByteArray());
        QVERIFY(!editor.setPayload(bytes));
    }

    void what_is_too_large_is_handed_over_whole_data()
    {
        QTest::addColumn<QByteArray>("pasted");
        QTest::newRow("one long line") << QByteArray(PayloadEditor::maxLine + 1, 'x');
        QTest::newRow("many lines")
            << QByteArray("0123456789\n").repeated(PayloadEditor::maxEditable / 11 + 1);
        QTest::newRow("GU-07 16 MiB of newline") << QByteArray(16 << 20, '\n');
        QTest::newRow("GU-07 10 MB in one line") << QByteArray(10'000'000, 'x');
    }
    void what_is_too_large_is_handed_over_whole()
    {
        QFETCH(QByteArray, pasted);
        PayloadEditor editor;
        QVERIFY(editor.setPayload("\r\n<>"));
        QTextCursor cursor = editor.textCursor();
        cursor.movePosition(QTextCursor::Left);
        editor.setTextCursor(cursor);
        QSignalSpy large(&editor, &PayloadEditor::tooLargeToEdit);
        fillClipboard(pasted, Source::Utf8Bytes);
        editor.paste();
        QCOMPARE(large.size(), 1);
        QCOMPARE(large[0][0].toByteArray(), "\r\n<" + pasted + ">");
        QCOMPARE(editor.payload(), QByteArray("\r\n<>"));
    }

    void a_paste_of_100_MB_is_handed_over_and_does_not_fill_the_editor() // GU-13
    {
        PayloadEditor editor;
        QSignalSpy refused(&editor, &PayloadEditor::tooLargeToTake);
        QSignalSpy large(&editor, &PayloadEditor::tooLargeToEdit);
        fillClipboard(QByteArray(100'000'000, '\n'), Source::Utf8Bytes);
        editor.paste();
        QCOMPARE(refused.size(), 0);
        QCOMPARE(large.size(), 1);
        QCOMPARE(large[0][0].toByteArray().size(), 100'000'000);
        QCOMPARE(editor.payload(), QByteArray());
    }

    void the_longest_editable_line_and_hostile_text_paint()
    {
        PayloadEditor editor;
        editor.resize(600, 200);
        QVERIFY(editor.setPayload(QByteArray("\r").repeated(PayloadEditor::maxLine - 1)));
        QVERIFY(!editor.grab().isNull());
        QVERIFY(editor.setPayload(hostile));
        editor.selectAll();
        QVERIFY(!editor.grab().isNull());
    }
};

QTEST_MAIN(PayloadEditorTest)
#include "payload_editor_test.moc"
