#include "ui/text/display_text.h"

#include <QRandomGenerator>
#include <QTest>

#include <string>

using namespace jackfield::ui;
using namespace std::string_view_literals;

namespace {

std::string encode(char32_t value)
{
    const QByteArray utf8 = QString::fromUcs4(&value, 1).toUtf8();
    return {utf8.constData(), static_cast<std::size_t>(utf8.size())};
}

// Whether a character could act: break a line, reorder, or hide.
bool isDangerous(QChar c)
{
    const auto value = c.unicode();
    return value < 0x20 || (value >= 0x7f && value < 0xa0) || value == 0x061c
        || (value >= 0x200b && value <= 0x200f) || (value >= 0x2028 && value <= 0x202e)
        || (value >= 0x2060 && value <= 0x206f) || value == 0xfeff;
}

} // namespace

class DisplayTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shows_hostile_text_literally_data();
    void shows_hostile_text_literally();
    void crops_with_an_ellipsis();
    void costs_only_what_is_shown();
    void shortens_towers_of_marks();
    void keeps_ordinary_text_of_any_script();
    void no_random_string_can_act();
    void a_tooltip_is_always_literal_data();
    void a_tooltip_is_always_literal();
    void a_tooltip_is_wrapped_and_cropped();
    void doubles_ampersands();
    void copies_exactly_what_was_sent_data();
    void copies_exactly_what_was_sent();
    void quotes_a_peers_words();
};

void DisplayTextTest::shows_hostile_text_literally_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char* name, QByteArray bytes, const char* shown) {
        QTest::newRow(name) << bytes << QString::fromUtf8(shown);
    };
    row("GU-01 markup", "<b>x</b>", "<b>x</b>");
    row("GU-01 image", "<img src=\"file:///tmp/red.png\">", "<img src=\"file:///tmp/red.png\">");
    row("GU-01 doctype", "<!DOCTYPE html>", "<!DOCTYPE html>");
    row("GU-02 ampersands", "&File a&b && -x", "&File a&b && -x");
    row("GU-02 tab", "a\tb", "a⟨TAB⟩b");
    row("GU-04 ESC BEL NUL", QByteArray("\x1b\x07\x00", 3), "⟨ESC⟩⟨BEL⟩⟨NUL⟩");
    row("GU-04 CR LF BS", "\r\n\b", "⟨CR⟩⟨LF⟩⟨BS⟩");
    row("GU-04 DEL", "\x7f", "⟨DEL⟩");
    row("GU-04 U+0085", "\xc2\x85", "⟨U+0085⟩");
    row("GU-04 U+2028", "\xe2\x80\xa8", "⟨U+2028⟩");
    row("GU-05 clear screen", "\x1b[2J", "⟨ESC⟩[2J");
    row("GU-05 window title", "\x1b]0;pwn\x07", "⟨ESC⟩]0;pwn⟨BEL⟩");
    row("GU-05 hyperlink", "\x1b]8;;http://evil\x1b\\", "⟨ESC⟩]8;;http://evil⟨ESC⟩\\");
    row("GU-16 lone byte", "a\xffz", "a\xef\xbf\xbdz");
    row("GU-16 cut character", "\xe2\x82", "\xef\xbf\xbd\xef\xbf\xbd");
    row("GU-16 overlong", "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd");
    row("GU-16 surrogate", "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    row("GU-16 beyond Unicode", "\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    row("right to left override",
        "\xe2\x80\xae"
        "exe.txt",
        "⟨U+202E⟩exe.txt");
    row("isolate", "\xe2\x81\xa7", "⟨U+2067⟩");
    row("Arabic letter mark", "\xd8\x9c", "⟨U+061C⟩");
    row("zero width space",
        "a\xe2\x80\x8b"
        "b",
        "a⟨U+200B⟩b");
    row("zero width joiner between letters",
        "a\xe2\x80\x8d"
        "b",
        "a⟨U+200D⟩b");
    row("byte order mark",
        "\xef\xbb\xbf"
        "a",
        "⟨U+FEFF⟩a");
    row("soft hyphen",
        "a\xc2\xad"
        "b",
        "a⟨U+00AD⟩b");
    row("tag", "\xf3\xa0\x81\x81", "⟨U+E0041⟩");
    row("Hangul filler", "\xe3\x85\xa4", "⟨U+3164⟩");
    row("variation selector", "a\xef\xb8\x80", "a⟨U+FE00⟩");
    row("private use", "\xee\x80\x80", "⟨U+E000⟩");
    row("noncharacter", "\xef\xbf\xbe", "⟨U+FFFE⟩");
}

void DisplayTextTest::shows_hostile_text_literally()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, shown);
    QCOMPARE(displayText(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()))), shown);
}

void DisplayTextTest::crops_with_an_ellipsis()
{
    QCOMPARE(displayText("abcdef"sv, 6), QStringLiteral("abcdef"));
    QCOMPARE(displayText("abcdefg"sv, 6), QStringLiteral("abcde…"));
    QCOMPARE(displayText("abcde\x1b"sv, 10), QStringLiteral("abcde⟨ESC⟩"));
    QCOMPARE(displayText("abc\xe2\x80\xae"sv, 6), QStringLiteral("abc…")); // a code is never cut
    QCOMPARE(displayText("abcd\xf0\x9f\x98\x80z"sv, 6), QStringLiteral("abcd…")); // nor is a surrogate pair
    QCOMPARE(displayText(std::string(10'000, 'x')).size(), maxCellChars);
    QCOMPARE(displayText("abc"sv, 0), QString());
    QCOMPARE(displayText(QString(10'000, u'y'), 10), QStringLiteral("yyyyyyyyy…"));
}

void DisplayTextTest::costs_only_what_is_shown()
{
    const std::string huge(64 << 20, '\n');
    for (int i = 0; i < 10'000; ++i)
        QCOMPARE(displayText(huge).size(), maxCellChars - 3); // 640 GiB of newlines, were they looked at; ⟨LF⟩ is not cut
}

void DisplayTextTest::shortens_towers_of_marks()
{
    std::string tower = "Z";
    for (int i = 0; i < 500; ++i)
        tower += encode(0x0300 + static_cast<char32_t>(i % 0x30));
    const QString shown = displayText(tower + "a");
    QCOMPARE(shown, QStringLiteral("Z\u0300\u0301\u0302\u0303⟨+496⟩a"));
    QCOMPARE(displayText("e\xcc\x81t\xc3\xa9"sv), QStringLiteral("e\u0301té"));
}

void DisplayTextTest::keeps_ordinary_text_of_any_script()
{
    for (const char* text : {"Grüße, Ἑλλάδα, Привет", "שלום עולם", "مرحبا", "日本語テキスト", "한국어",
             "ไทยภาษา", "नमस्ते", "😀👍🏽", "👩‍💻", "❤️", "naïve café ½ €", "→ ← ✓"})
        QCOMPARE(displayText(std::string_view(text)), QString::fromUtf8(text));
}

void DisplayTextTest::no_random_string_can_act()
{
    QRandomGenerator random(17);
    for (int round = 0; round < 10'000; ++round) { // GU-17
        std::string bytes;
        const auto length = random.bounded(60);
        for (int i = 0; i < length; ++i) {
            switch (random.bounded(4)) {
            case 0:
                bytes.push_back(static_cast<char>(random.bounded(256)));
                break;
            case 1:
                bytes += encode(0x2000 + random.bounded(0x70U));
                break;
            case 2:
                bytes += encode(random.bounded(2) == 0 ? 0x0300 + random.bounded(0x60U)
                                                       : 0x0590 + random.bounded(0x100U));
                break;
            default:
                bytes += encode(0x1f300 + random.bounded(0x300U));
                break;
            }
        }
        const QString shown = displayText(bytes);
        QVERIFY(shown.size() <= maxCellChars);
        QVERIFY(shown.isValidUtf16());
        QChar before;
        for (const QChar c : shown) {
            const bool joinsEmoji
                = c.unicode() == 0x200d && (before.isLowSurrogate() || before.unicode() >= 0x2000);
            QVERIFY2(!isDangerous(c) || joinsEmoji, QByteArray::fromStdString(bytes).toHex().constData());
            before = c;
        }
    }
}

void DisplayTextTest::a_tooltip_is_always_literal_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const char* text :
        {"<b>x</b>", "<img src=/etc/passwd>", "<img width=30000 height=30000>", "&lt;", "a < b", "</qt><b>"})
        QTest::newRow(text) << QByteArray(text);
}

void DisplayTextTest::a_tooltip_is_always_literal()
{
    QFETCH(QByteArray, bytes);
    const QString tip
        = tooltipText(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    QVERIFY(tip.startsWith("<qt><p style=\"white-space:pre\">"));
    QVERIFY(tip.endsWith("</p></qt>"));
    const QString inside = tip.mid(31, tip.size() - 31 - 9);
    QCOMPARE(inside, QString::fromUtf8(bytes).toHtmlEscaped());
    QVERIFY(!inside.contains(u'<'));
}

void DisplayTextTest::a_tooltip_is_wrapped_and_cropped()
{
    QCOMPARE(tooltipText(std::string_view()), QString());
    QCOMPARE(tooltipText(QString()), QString());
    const QString tip = tooltipText(std::string_view(std::string(100'000, 'w')));
    QVERIFY(tip.size() < 1'400);
    for (const QString& line : tip.mid(31).split("<br>"))
        QVERIFY(line.size() <= 80 + 9);
    QVERIFY(tooltipText(QStringLiteral("one\ntwo")).contains("one<br>two"));
}

void DisplayTextTest::doubles_ampersands()
{
    QCOMPARE(mnemonicSafe("&File"), QStringLiteral("&&File"));
    QCOMPARE(mnemonicSafe("a&&b"), QStringLiteral("a&&&&b"));
}

void DisplayTextTest::copies_exactly_what_was_sent_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("copyable");
    QTest::newRow("plain") << QByteArray("abc") << true;
    QTest::newRow("line ends, NBSP, separators") << QByteArray("a\r\nb\rc\n\xc2\xa0\xe2\x80\xa8") << true;
    QTest::newRow("byte order marks") << QByteArray("\xef\xbb\xbf\xef\xbb\xbf"
                                                    "a\xef\xbb\xbf")
                                      << true;
    QTest::newRow("escape") << QByteArray("\x1b[2J") << true;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << false;
    QTest::newRow("no UTF-8") << QByteArray("a\xff") << false;
    QTest::newRow("empty") << QByteArray() << true;
}

void DisplayTextTest::copies_exactly_what_was_sent()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, copyable);
    const std::string_view view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    QCOMPARE(isCopyable(view), copyable);
    QCOMPARE(copyText(view).toUtf8(), copyable ? bytes : QByteArray());
}

void DisplayTextTest::quotes_a_peers_words()
{
    // GU-19: it cannot close the quotation and go on in our voice.
    QCOMPARE(quotedPeerText("Server stopped. Click OK"), QStringLiteral("“Server stopped. Click OK”"));
    QCOMPARE(quotedPeerText("bye” by you. “"), QStringLiteral("“bye\" by you. \"”"));
}

QTEST_GUILESS_MAIN(DisplayTextTest)
#include "display_text_test.moc"
