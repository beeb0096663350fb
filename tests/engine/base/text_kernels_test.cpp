#include "base/text_kernels.h"
#include "base/utf8.h"

#include "jackfield/shared_bytes.h"

#include <QTest>

#include <random>
#include <string>
#include <vector>

using namespace jackfield;

namespace {

/// std::mt19937 gives 32 bits in a wider type.
class Random {
public:
    explicit Random(std::uint32_t seed)
        : engine_(seed)
    { }
    std::uint32_t operator()() { return static_cast<std::uint32_t>(engine_()); }

private:
    std::mt19937 engine_;
};

constexpr TextKernels::Key some_key = {std::byte{0x37}, std::byte{0xfa}, std::byte{0x21}, std::byte{0x3d}};

std::string masked(std::string data, TextKernels::Key key)
{
    for (std::size_t i = 0; i < data.size(); ++i)
        data[i] = static_cast<char>(data[i] ^ std::to_integer<int>(key[i % key.size()]));
    return data;
}

std::span<std::byte> writable(std::string& data)
{
    return std::as_writable_bytes(std::span(data));
}

void append_utf8(std::string& text, std::uint32_t code_point)
{
    const auto byte = [&](std::uint32_t value) { text.push_back(static_cast<char>(value)); };
    if (code_point < 0x80) {
        byte(code_point);
    } else if (code_point < 0x800) {
        byte(0xc0 | code_point >> 6U);
        byte(0x80 | (code_point & 0x3f));
    } else if (code_point < 0x10000) {
        byte(0xe0 | code_point >> 12U);
        byte(0x80 | (code_point >> 6U & 0x3f));
        byte(0x80 | (code_point & 0x3f));
    } else {
        byte(0xf0 | code_point >> 18U);
        byte(0x80 | (code_point >> 12U & 0x3f));
        byte(0x80 | (code_point >> 6U & 0x3f));
        byte(0x80 | (code_point & 0x3f));
    }
}

/// Characters of one to four bytes, with stretches of ASCII between them.
std::string random_text(Random& random, std::size_t at_least)
{
    std::string text;
    while (text.size() < at_least) {
        switch (random() % 6) {
        case 0:
            append_utf8(text, 0x80 + random() % 0x780);
            break;
        case 1:
            append_utf8(text, 0xe000 + random() % 0x2000);
            break;
        case 2:
            append_utf8(text, 0x800 + random() % 0xd000);
            break;
        case 3:
            append_utf8(text, 0x10000 + random() % 0x100000);
            break;
        case 4:
            text.append(random() % 90, 'a');
            break;
        default:
            append_utf8(text, random() % 0x80);
        }
    }
    return text;
}

} // namespace

class TextKernelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(QLatin1String(all_text_kernels().front()->name.data()), QLatin1String("plain"));
        QCOMPARE(&text_kernels(), all_text_kernels().back());
        for (const TextKernels* kernels : all_text_kernels())
            qInfo("this processor runs %s", kernels->name.data());
    }

    void all_mask_alike_at_every_alignment_and_length()
    {
        std::string payload(200, '\0');
        for (std::size_t i = 0; i < payload.size(); ++i)
            payload[i] = static_cast<char>(i * 41 + i / 64);
        for (const TextKernels* kernels : all_text_kernels()) {
            for (std::size_t start = 0; start < 34; ++start) {
                for (std::size_t size = 0; size + start <= payload.size(); ++size) {
                    std::string data = payload;
                    kernels->unmask(writable(data).subspan(start, size), some_key);
                    const std::string expected = payload.substr(0, start)
                        + masked(payload.substr(start, size), some_key) + payload.substr(start + size);
                    QVERIFY2(data == expected, kernels->name.data());
                }
            }
        }
    }

    void all_take_the_beginnings_of_valid_text()
    {
        Random random(1);
        for (int round = 0; round < 200; ++round) {
            const std::string text = random_text(random, 640);
            for (const TextKernels* kernels : all_text_kernels()) {
                for (std::size_t size = 0; size <= 640; size += TextKernels::block) {
                    QVERIFY2(kernels->check(as_bytes(std::string_view(text).substr(0, size))),
                        kernels->name.data());
                    std::string data = masked(text.substr(0, size), some_key);
                    QVERIFY2(kernels->unmask_and_check(writable(data), some_key), kernels->name.data());
                    QCOMPARE(data, text.substr(0, size));
                }
            }
        }
    }

    // Each byte of a text in turn becomes each other value: the plain loop says what is right.
    void all_judge_a_changed_byte_alike()
    {
        Random random(2);
        for (int round = 0; round < 4; ++round) {
            const std::string text = random_text(random, 192).substr(0, 192);
            for (std::size_t at = 0; at < text.size(); ++at) {
                // What begins at the very end is judged with what follows it.
                const unsigned values = at + 1 == text.size() ? 0xc0 : 256;
                for (unsigned value = 0; value < values; ++value) {
                    std::string changed = text;
                    changed[at] = static_cast<char>(value);
                    const bool expected = all_text_kernels().front()->check(as_bytes(changed));
                    for (const TextKernels* kernels : all_text_kernels().subspan(1)) {
                        if (kernels->check(as_bytes(changed)) != expected)
                            QFAIL(qPrintable(QStringLiteral("%1: byte %2 is %3")
                                                 .arg(QLatin1String(kernels->name.data()))
                                                 .arg(at)
                                                 .arg(value)));
                    }
                }
            }
        }
    }

    // Every pair of first bytes with chosen third and fourth ones, across the end of a vector and of a block.
    void all_judge_every_sequence_alike()
    {
        static constexpr unsigned char fourths[] = {0x61, 0x80, 0xbf, 0xc3};
        static constexpr unsigned char ends[] = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};
        for (const std::size_t at : {13U, 29U, 62U, 63U}) {
            std::string text(128, 'a');
            for (unsigned first = 0x80; first < 256; ++first) {
                for (unsigned second = 0; second < 256; ++second) {
                    for (const unsigned char third : ends) {
                        for (const unsigned char fourth : fourths) {
                            text[at] = static_cast<char>(first);
                            text[at + 1] = static_cast<char>(second);
                            text[at + 2] = static_cast<char>(third);
                            text[at + 3] = static_cast<char>(fourth);
                            const bool expected = all_text_kernels().front()->check(as_bytes(text));
                            for (const TextKernels* kernels : all_text_kernels().subspan(1)) {
                                if (kernels->check(as_bytes(text)) != expected)
                                    QFAIL(qPrintable(QStringLiteral("%1 at %2: %3 %4 %5 %6")
                                                         .arg(QLatin1String(kernels->name.data()))
                                                         .arg(at)
                                                         .arg(first, 2, 16)
                                                         .arg(second, 2, 16)
                                                         .arg(third, 2, 16)
                                                         .arg(fourth, 2, 16)));
                            }
                        }
                    }
                }
            }
        }
    }

    // The validator in two parts knows as much as after the bytes one by one.
    void the_validator_keeps_its_place_at_every_split()
    {
        Random random(3);
        for (int round = 0; round < 6; ++round) {
            std::string text = random_text(random, 400);
            if (round % 2 == 1)
                text[text.size() / 2] = '\xff';
            for (std::size_t first = 0; first <= text.size(); ++first) {
                for (const std::size_t length :
                    {std::size_t{127}, std::size_t{128}, std::size_t{200}, text.size()}) {
                    const std::string_view parts[] = {std::string_view(text).substr(0, first),
                        std::string_view(text).substr(first, length)};
                    Utf8Validator plain;
                    Utf8Validator fast;
                    Utf8Validator unmasking;
                    for (const std::string_view part : parts) {
                        const bool expected = plain.feed_plain(as_bytes(part));
                        QCOMPARE(fast.feed(as_bytes(part)), expected);
                        std::string data = masked(std::string(part), some_key);
                        QCOMPARE(unmasking.unmask_and_feed(writable(data), some_key), expected);
                        if (expected)
                            QCOMPARE(data, std::string(part));
                    }
                    QCOMPARE(fast.is_complete(), plain.is_complete());
                    QCOMPARE(unmasking.is_complete(), plain.is_complete());
                    const auto next = as_bytes(std::string_view("\xbf"));
                    const bool expected = plain.feed_plain(next);
                    QCOMPARE(fast.feed(next), expected);
                    QCOMPARE(unmasking.feed(next), expected);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TextKernelsTest)
#include "text_kernels_test.moc"
