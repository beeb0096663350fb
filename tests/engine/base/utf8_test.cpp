#include "base/utf8.h"

#include "jackfield/shared_bytes.h"

#include <QTest>

#include <array>
#include <string>
#include <vector>

using namespace jackfield;

namespace {

/// All encodings of RFC 3629 written out, made by encoding every scalar value: what the validator is compared
/// with.
class AllEncodings {
public:
    AllEncodings()
        : whole_(std::size_t{1} << 24U)
        , start_(std::size_t{1} << 24U)
    {
        for (std::uint32_t c = 0; c <= 0x10ffff; ++c) {
            if (c < 0xd800 || c > 0xdfff)
                add(c);
        }
    }
    /// True when up to three bytes are one whole character.
    [[nodiscard]] bool is_whole(std::uint32_t packed) const { return whole_[packed]; }
    /// True when up to three bytes are the start of a longer one.
    [[nodiscard]] bool is_start(std::uint32_t packed) const { return start_[packed]; }
    [[nodiscard]] bool is_whole_of_four(std::uint32_t packed) const
    {
        // The one four-byte scalar value that these bits can stand for, encoded back.
        const std::uint32_t c = (packed >> 24U & 7U) << 18U | (packed >> 16U & 0x3fU) << 12U
            | (packed >> 8U & 0x3fU) << 6U | (packed & 0x3fU);
        return c >= 0x10000 && c <= 0x10ffff
            && packed
            == ((0xf0U | c >> 18U) << 24U | (0x80U | (c >> 12U & 0x3fU)) << 16U
                | (0x80U | (c >> 6U & 0x3fU)) << 8U | (0x80U | (c & 0x3fU)));
    }

private:
    // Bytes are packed big end first; a leading 1-3 byte count is not needed, since a multi-byte encoding
    // never starts with 0.
    void add(std::uint32_t c)
    {
        if (c < 0x80) {
            whole_[c] = true;
        } else if (c < 0x800) {
            start_[0xc0U | c >> 6U] = true;
            whole_[(0xc0U | c >> 6U) << 8U | (0x80U | (c & 0x3fU))] = true;
        } else if (c < 0x10000) {
            const std::uint32_t first = 0xe0U | c >> 12U;
            const std::uint32_t second = first << 8U | (0x80U | (c >> 6U & 0x3fU));
            start_[first] = start_[second] = true;
            whole_[second << 8U | (0x80U | (c & 0x3fU))] = true;
        } else {
            const std::uint32_t first = 0xf0U | c >> 18U;
            const std::uint32_t second = first << 8U | (0x80U | (c >> 12U & 0x3fU));
            start_[first] = start_[second] = start_[second << 8U | (0x80U | (c >> 6U & 0x3fU))] = true;
        }
    }
    std::vector<bool> whole_, start_;
};

/// Both sides after the same bytes.
struct Compared {
    Utf8Validator validator;
    std::uint32_t pending = 0; // the bytes of an unfinished character, packed
    bool valid = true;

    /// Feeds one byte; false when they disagree.
    bool feed(const AllEncodings& encodings, unsigned value)
    {
        const std::uint32_t packed = pending << 8U | value;
        if (valid) {
            const bool whole
                = packed < 1U << 24U ? encodings.is_whole(packed) : encodings.is_whole_of_four(packed);
            const bool start = packed < 1U << 24U && encodings.is_start(packed);
            valid = whole || start;
            pending = start ? packed : 0;
        }
        const auto byte = static_cast<std::byte>(value);
        const bool fed = validator.feed({&byte, 1});
        return fed == valid && validator.is_complete() == (valid && pending == 0);
    }
};

} // namespace

class Utf8Test : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agrees_with_all_encodings_up_to_three_bytes();
    void agrees_with_all_encodings_of_four_bytes_at_their_boundaries();
    void says_the_same_in_every_chopping_data();
    void says_the_same_in_every_chopping();
    void stays_false_after_a_fault_until_reset();
    void finds_a_fault_at_every_place_in_long_text();
    void reverses_by_code_point_data();
    void reverses_by_code_point();

private:
    AllEncodings encodings_;
};

void Utf8Test::agrees_with_all_encodings_up_to_three_bytes()
{
    int mismatches = 0;
    for (unsigned a = 0; a < 256; ++a) {
        Compared first;
        mismatches += !first.feed(encodings_, a);
        for (unsigned b = 0; b < 256; ++b) {
            Compared second = first;
            mismatches += !second.feed(encodings_, b);
            if (!second.valid && b > 0)
                continue; // it stays refused whatever follows: seen once is enough
            for (unsigned c = 0; c < 256; ++c) {
                Compared third = second;
                mismatches += !third.feed(encodings_, c);
            }
        }
    }
    QCOMPARE(mismatches, 0);
}

void Utf8Test::agrees_with_all_encodings_of_four_bytes_at_their_boundaries()
{
    static constexpr std::array<unsigned, 27> boundaries{0x00, 0x41, 0x7f, 0x80, 0x81, 0x8f, 0x90, 0x9f, 0xa0,
        0xbe, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5,
        0xff};
    int mismatches = 0;
    for (unsigned a = 0xf0; a < 256; ++a) {
        Compared first;
        mismatches += !first.feed(encodings_, a);
        for (const unsigned b : boundaries) {
            Compared second = first;
            mismatches += !second.feed(encodings_, b);
            for (const unsigned c : boundaries) {
                Compared third = second;
                mismatches += !third.feed(encodings_, c);
                for (const unsigned d : boundaries) {
                    Compared fourth = third;
                    mismatches += !fourth.feed(encodings_, d);
                }
            }
        }
    }
    QCOMPARE(mismatches, 0);
}

void Utf8Test::says_the_same_in_every_chopping_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("ASCII") << QByteArray("The quick brown fox jumps over the lazy dog") << true;
    QTest::newRow("UT-07 NUL, BOM, noncharacter, last code point")
        << QByteArray("\0\xef\xbb\xbf\xef\xbf\xbe\xf4\x8f\xbf\xbf", 11) << true;
    QTest::newRow("mixed scripts") << QByteArray("aä€😀 东京 \u05e9\u05dc\u05d5\u05dd, köln and so on and on")
                                   << true;
    QTest::newRow("UT-01 overlong NUL") << QByteArray("\xc0\x80") << false;
    QTest::newRow("UT-01 surrogate") << QByteArray("\xed\xa0\x80") << false;
    QTest::newRow("UT-01 beyond U+10FFFF") << QByteArray("\xf4\x90\x80\x80") << false;
    QTest::newRow("UT-01 lone continuation") << QByteArray("\x80") << false;
    QTest::newRow("UT-01 ff") << QByteArray("\xff") << false;
    QTest::newRow("UT-01 cut") << QByteArray("\xe2\x82") << false;
    QTest::newRow("fault after ASCII words") << QByteArray("0123456789abcdef0123456789abcde\xc3(") << false;
}

void Utf8Test::says_the_same_in_every_chopping()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, valid);
    const std::string bytes = text.toStdString();
    QCOMPARE(is_valid_utf8(bytes), valid);
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        Utf8Validator validator;
        const bool fed = validator.feed(as_bytes(std::string_view(bytes).substr(0, cut)))
            && validator.feed(as_bytes(std::string_view(bytes).substr(cut)));
        QCOMPARE(fed && validator.is_complete(), valid);
    }
    Utf8Validator validator;
    for (const char c : bytes)
        validator.feed(as_bytes(std::string_view(&c, 1)));
    QCOMPARE(validator.is_complete(), valid);
}

void Utf8Test::stays_false_after_a_fault_until_reset()
{
    Utf8Validator validator;
    QVERIFY(!validator.feed(as_bytes("a\xff")));
    QVERIFY(!validator.feed(as_bytes("a")));
    QVERIFY(!validator.feed({}));
    QVERIFY(!validator.is_complete());
    validator.reset();
    QVERIFY(validator.feed(as_bytes("a")));
    QVERIFY(validator.is_complete());
}

void Utf8Test::finds_a_fault_at_every_place_in_long_text()
{
    for (std::size_t length = 1; length <= 80; ++length) {
        for (std::size_t at = 0; at < length; ++at) {
            std::string text(length, 'a');
            QVERIFY(is_valid_utf8(text));
            text[at] = '\xff';
            QVERIFY(!is_valid_utf8(text));
        }
    }
}

void Utf8Test::reverses_by_code_point_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("reversed");
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("ASCII") << QByteArray("Hello") << QByteArray("olleH");
    QTest::newRow("one to four bytes") << QByteArray("aä€😀") << QByteArray("😀€äa");
    QTest::newRow("combining marks are code points of their own")
        << QByteArray("e\u0301x") << QByteArray("x\u0301e");
}

void Utf8Test::reverses_by_code_point()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, reversed);
    QCOMPARE(QByteArray::fromStdString(reverse_code_points(text.toStdString())), reversed);
    QCOMPARE(QByteArray::fromStdString(reverse_code_points(reversed.toStdString())), text);
}

QTEST_GUILESS_MAIN(Utf8Test)
#include "utf8_test.moc"
