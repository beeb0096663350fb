#include "ui/text/detail_text.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <ctime>
#include <string>

using namespace jackfield::ui;

namespace {

std::string slice(const DetailText& text, const std::string& bytes, qsizetype from, qsizetype to)
{
    const auto range = text.byteRange(from, to);
    return bytes.substr(range.first, range.last - range.first);
}

} // namespace

class DetailTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shows_lines_and_what_ends_them();
    void breaks_long_lines_hard();
    void maps_a_selection_to_the_original_bytes();
    void shows_the_lines_of_a_request_plainly();
    void selecting_all_gives_all_the_bytes();
    void counts_bytes_that_are_no_text();
    void shows_at_most_a_mebibyte();
    void prepares_a_flood_of_newlines_quickly();
};

void DetailTextTest::shows_lines_and_what_ends_them()
{
    QCOMPARE(DetailText("a\nb").text(), QStringLiteral("a\nb"));
    QCOMPARE(DetailText("a\r\nb").text(), QStringLiteral("a⟨CR⟩\nb"));
    QCOMPARE(DetailText("a\rb").text(), QStringLiteral("a⟨CR⟩\nb"));
    QCOMPARE(DetailText("a\tb\x1b").text(), QStringLiteral("a⟨TAB⟩b⟨ESC⟩"));
    QCOMPARE(DetailText("").text(), QString());
    QCOMPARE(DetailText().text(), QString());
}

void DetailTextTest::breaks_long_lines_hard()
{
    const DetailText text(std::string(10 * DetailText::lineWidth + 7, 'x'));
    const QStringList lines = text.text().split(u'\n');
    QCOMPARE(lines.size(), 11);
    QVERIFY(std::all_of(lines.begin(), lines.end(),
        [](const QString& line) { return line.size() <= DetailText::lineWidth; }));
}

void DetailTextTest::maps_a_selection_to_the_original_bytes()
{
    const std::string bytes = "ab\xe2\x80\xae"
                              "c\xf0\x9f\x98\x80\rd\xff"
                              "e";
    const DetailText text(bytes);
    QCOMPARE(text.text(),
        QString::fromUtf8("ab⟨U+202E⟩c😀⟨CR⟩\nd\xef\xbf\xbd"
                          "e"));
    QCOMPARE(slice(text, bytes, 0, 2), std::string("ab"));
    QCOMPARE(slice(text, bytes, 2, 10), std::string("\xe2\x80\xae"));
    QCOMPARE(slice(text, bytes, 4, 6), std::string("\xe2\x80\xae")); // part of its code is the character
    QCOMPARE(slice(text, bytes, 10, 13), std::string("c\xf0\x9f\x98\x80"));
    QCOMPARE(slice(text, bytes, 13, 17), std::string("\r"));
    QCOMPARE(slice(text, bytes, 17, 18), std::string()); // the line break is ours
    QCOMPARE(slice(text, bytes, 17, 19), std::string("d"));
    QCOMPARE(slice(text, bytes, 19, 20), std::string("\xff"));
    QCOMPARE(slice(text, bytes, 3, 3), std::string());
}

void DetailTextTest::shows_the_lines_of_a_request_plainly()
{
    const std::string bytes = "GET / HTTP/1.1\r\na: b\nc: d\re\r\n\r\n";
    const DetailText text(bytes, DetailText::CrLf::plain);
    QCOMPARE(text.text(), QStringLiteral("GET / HTTP/1.1\na: b⟨LF⟩\nc: d⟨CR⟩\ne\n\n"));
    QCOMPARE(slice(text, bytes, 13, 16), std::string("1\r\na"));
    QCOMPARE(slice(text, bytes, 15, 17), std::string("a:"));
    QCOMPARE(slice(text, bytes, 0, text.text().size()), bytes);
}

void DetailTextTest::selecting_all_gives_all_the_bytes()
{
    QRandomGenerator random(5);
    for (int round = 0; round < 300; ++round) {
        std::string bytes;
        const auto length = random.bounded(2'000);
        for (int i = 0; i < length; ++i)
            bytes.push_back(random.bounded(3) == 0 ? static_cast<char>(random.bounded(256))
                                                   : "a\nb\r c\xcc\x81"[random.bounded(8)]);
        const DetailText text(bytes);
        QCOMPARE(slice(text, bytes, 0, text.text().size()), bytes);
        const auto middle = text.text().isEmpty() ? 0 : random.bounded(static_cast<int>(text.text().size()));
        const auto before = text.byteRange(0, middle);
        const auto behind = text.byteRange(middle, text.text().size());
        QCOMPARE(before.first, std::size_t{0});
        QCOMPARE(behind.last, bytes.size());
        QVERIFY(
            behind.first <= before.last); // a character cut in two is taken by both halves, none is left out
    }
}

void DetailTextTest::counts_bytes_that_are_no_text()
{
    const DetailText text("a\xff\xfe"
                          "b\xc3"); // GU-16
    QCOMPARE(text.invalidBytes(), std::size_t{3});
    QCOMPARE(text.invalidOffsets(), (std::vector<std::size_t>{1, 2, 4}));
}

void DetailTextTest::shows_at_most_a_mebibyte()
{
    const DetailText whole(std::string(DetailText::maxBytes, 'x'));
    QVERIFY(!whole.isCut());
    const DetailText cut(std::string(DetailText::maxBytes + 1, 'x'));
    QVERIFY(cut.isCut());
    QCOMPARE(cut.coveredBytes(), DetailText::maxBytes);
}

void DetailTextTest::prepares_a_flood_of_newlines_quickly()
{
    const std::clock_t start = std::clock();
    const DetailText text(std::string(16 << 20, '\n')); // GU-07
    QVERIFY(text.isCut());
    const auto seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC; // our own time only
    QVERIFY2(seconds < 5, qPrintable(QString::number(seconds)));
}

QTEST_GUILESS_MAIN(DetailTextTest)
#include "detail_text_test.moc"
