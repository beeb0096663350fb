#include "support/codec_harness.h"
#include "websocket/masking.h"

#include <QTest>

#include <set>

using namespace jackfield;
using namespace jackfield::websocket;
using namespace jackfield::test;

class MaskingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void masks_like_the_formula_at_every_offset_data();
    void masks_like_the_formula_at_every_offset();
    void unmasks_and_checks_text_across_blocks();
    void system_keys_differ();
};

void MaskingTest::masks_like_the_formula_at_every_offset_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("FR-23 zero") << QByteArray(4, '\0');
    QTest::newRow("FR-23 ones") << QByteArray(4, '\xff');
    QTest::newRow("FR-23 different bytes") << QByteArray("\x37\xfa\x21\x3d", 4);
    QTest::newRow("FR-23 one byte zero") << QByteArray("\x01\x00\x80\x7f", 4);
}

void MaskingTest::masks_like_the_formula_at_every_offset()
{
    QFETCH(QByteArray, key);
    MaskingKey whole_key{};
    std::copy_n(as_bytes(key.toStdString()).begin(), 4, whole_key.begin());
    std::string payload(64, '\0');
    for (std::size_t i = 0; i < payload.size(); ++i)
        payload[i] = static_cast<char>(i * 37);
    std::string expected = payload;
    for (std::size_t i = 0; i < payload.size(); ++i)
        expected[i] = static_cast<char>(payload[i] ^ key[static_cast<int>(i % 4)]);

    for (std::size_t cut = 0; cut <= 17; ++cut) { // FR-23: split at every offset 0..17
        for (std::size_t second = cut; second <= payload.size(); ++second) {
            std::string data = payload;
            const auto bytes = std::as_writable_bytes(std::span(data));
            MaskingKey turned = whole_key;
            apply_mask(bytes.first(cut), turned);
            apply_mask(bytes.subspan(cut, second - cut), turned);
            apply_mask(bytes.subspan(second), turned);
            QCOMPARE(data, expected);
        }
    }
    for (std::size_t start = 0; start < 17; ++start) { // whatever the alignment in memory
        std::string data = std::string(start, '.') + payload;
        MaskingKey turned = whole_key;
        apply_mask(std::as_writable_bytes(std::span(data)).subspan(start), turned);
        QCOMPARE(data.substr(start), expected);
    }
}

void MaskingTest::unmasks_and_checks_text_across_blocks()
{
    for (const std::size_t size : {1U, 8U, 4095U, 4096U, 4097U, 10'000U}) {
        for (const std::size_t place : {std::size_t{0}, size / 2, size - 1}) {
            MaskingKey key{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}};
            MaskingKey mask_key = key;
            std::string good(size, 'x');
            std::string bad = good;
            bad[place] = '\xff';
            for (std::string* text : {&good, &bad}) {
                MaskingKey turned = mask_key;
                apply_mask(std::as_writable_bytes(std::span(*text)), turned);
            }
            Utf8Validator validator;
            QVERIFY(unmask_text(std::as_writable_bytes(std::span(good)), key, validator));
            QCOMPARE(good, std::string(size, 'x'));
            Utf8Validator another;
            QVERIFY(!unmask_text(std::as_writable_bytes(std::span(bad)), mask_key, another));
        }
    }
}

void MaskingTest::system_keys_differ()
{
    std::set<MaskingKey> keys;
    for (int i = 0; i < 100; ++i)
        keys.insert(system_masking_keys().next());
    QVERIFY(keys.size() > 90);
}

QTEST_GUILESS_MAIN(MaskingTest)
#include "masking_test.moc"
