#include "base/utf8.h"
#include "support/utf8_oracle.h"

#include "jackfield/shared_bytes.h"

#include <QTest>

#include <array>
#include <string>

using namespace jackfield;
using jackfield::test::Utf8Oracle;
using Verdict = Utf8Oracle::Verdict;

namespace {

bool feed(Utf8Validator& validator, unsigned value)
{
    const auto byte = static_cast<std::byte>(value);
    return validator.feed({&byte, 1});
}

} // namespace

/// All sequences of up to four bytes. A sequence is followed no further once both sides have refused it (it
/// stays refused: a case of its own) or have seen a whole character (what follows begins anew: another).
class Utf8ExhaustiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agrees_on_every_character_and_every_byte_that_breaks_one();
    void a_whole_character_leaves_nothing_behind();
    void nothing_heals_a_fault();
    void finds_boundary_bytes_at_every_alignment_of_long_text();
    void finds_the_end_of_text_inside_a_character_at_every_alignment();

private:
    void follow(const Utf8Validator& validator, std::string& bytes);
    int mismatches_ = 0;
    int characters_ = 0;
};

void Utf8ExhaustiveTest::follow(const Utf8Validator& validator, std::string& bytes)
{
    for (unsigned value = 0; value < 256; ++value) {
        bytes.push_back(static_cast<char>(value));
        Utf8Validator next = validator;
        const bool fed = feed(next, value);
        const Verdict verdict = Utf8Oracle::judge(bytes);
        if (fed != (verdict != Verdict::impossible) || next.is_complete() != (verdict == Verdict::whole))
            ++mismatches_;
        characters_ += verdict == Verdict::whole;
        if (verdict == Verdict::begun && bytes.size() < 4)
            follow(next, bytes);
        bytes.pop_back();
    }
}

void Utf8ExhaustiveTest::agrees_on_every_character_and_every_byte_that_breaks_one()
{
    std::string bytes;
    follow(Utf8Validator(), bytes);
    QCOMPARE(mismatches_, 0);
    QCOMPARE(characters_, 0x110000 - 0x800); // all of Unicode but the surrogates, each in one form
}

void Utf8ExhaustiveTest::a_whole_character_leaves_nothing_behind()
{
    for (const std::string_view before : {"a", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
             "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
        Utf8Validator validator;
        QVERIFY(validator.feed(as_bytes(before)) && validator.is_complete());
        for (unsigned a = 0; a < 256; ++a) {
            for (unsigned b = 0; b < 256; ++b) {
                const std::string pair{static_cast<char>(a), static_cast<char>(b)};
                Utf8Validator next = validator;
                const bool fed = feed(next, a) && feed(next, b);
                const auto fault = Utf8Oracle::first_fault(pair);
                QCOMPARE(fed, !fault.has_value());
                QCOMPARE(next.is_complete(), fed && !Utf8Oracle::ends_inside(pair));
            }
        }
    }
}

void Utf8ExhaustiveTest::nothing_heals_a_fault()
{
    for (unsigned a = 0; a < 256; ++a) {
        for (unsigned b = 0; b < 256; ++b) {
            const std::string pair{static_cast<char>(a), static_cast<char>(b)};
            if (!Utf8Oracle::first_fault(pair))
                continue;
            Utf8Validator validator;
            validator.feed(as_bytes(pair));
            for (const unsigned char next : Utf8Oracle::boundaries)
                QVERIFY(!feed(validator, next) && !validator.is_complete());
        }
    }
}

// Implementations look at many bytes at a time: the sequences stand at every place of such a block.
void Utf8ExhaustiveTest::finds_boundary_bytes_at_every_alignment_of_long_text()
{
    constexpr std::size_t length = 160;
    int mismatches = 0;
    for (const unsigned char a : Utf8Oracle::boundaries) {
        for (const unsigned char b : Utf8Oracle::boundaries) {
            for (const unsigned c : {0x41U, 0x7fU, 0x80U, 0x8fU, 0x9fU, 0xbfU, 0xc2U, 0xe2U, 0xf0U, 0xffU}) {
                for (const unsigned d : {0x41U, 0x80U, 0xbfU, 0xc2U}) {
                    const std::string bytes{static_cast<char>(a), static_cast<char>(b), static_cast<char>(c),
                        static_cast<char>(d)};
                    const auto fault = Utf8Oracle::first_fault(bytes);
                    const bool ends_inside = !fault && Utf8Oracle::ends_inside(bytes);
                    const std::size_t at = (a * 7U + b * 3U + c + d) % (length - 4); // all of them occur
                    std::string text(length, 'x');
                    text.replace(at, 4, bytes);
                    const bool valid = !fault && !ends_inside;
                    mismatches += is_valid_utf8(text) != valid;
                    // Split in the middle of the sequence, too.
                    Utf8Validator validator;
                    const bool fed = validator.feed(as_bytes(std::string_view(text).substr(0, at + 2)))
                        && validator.feed(as_bytes(std::string_view(text).substr(at + 2)));
                    mismatches += (fed && validator.is_complete()) != valid;
                }
            }
        }
    }
    QCOMPARE(mismatches, 0);
}

void Utf8ExhaustiveTest::finds_the_end_of_text_inside_a_character_at_every_alignment()
{
    static constexpr std::array<std::string_view, 6> cut{
        "\xc3", "\xe2", "\xe2\x82", "\xf0", "\xf0\x9f", "\xf0\x9f\x98"};
    for (const std::string_view filler : {"a", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80"}) {
        for (std::size_t before = 0; before <= 70; ++before) {
            std::string text(before % 3, 'a');
            for (std::size_t i = 0; i < before; ++i)
                text += filler;
            Utf8Validator validator;
            QVERIFY(validator.feed(as_bytes(text)));
            QVERIFY(validator.is_complete());
            for (const std::string_view end : cut) {
                Utf8Validator copy;
                QVERIFY(copy.feed(as_bytes(text + std::string(end)))); // a fault only if it stays so
                QVERIFY(!copy.is_complete());
                QVERIFY(!copy.feed(as_bytes("a")));
            }
        }
    }
}

QTEST_GUILESS_MAIN(Utf8ExhaustiveTest)
#include "utf8_exhaustive_test.moc"
