#include "websocket/fragment_cutter.h"

#include <QTest>

#include <numeric>
#include <random>

using namespace jackfield;
using namespace jackfield::websocket;

namespace {

std::vector<std::size_t> cut(const Fragmentation& how, std::size_t payload)
{
    std::vector<std::size_t> sizes;
    for (FragmentCutter cutter(how, payload); !cutter.is_done();)
        sizes.push_back(cutter.next());
    return sizes;
}

QByteArray text_of(const std::vector<std::size_t>& sizes)
{
    QByteArray text;
    for (const std::size_t size : sizes)
        text += (text.isEmpty() ? "" : " ") + QByteArray::number(static_cast<qulonglong>(size));
    return text;
}

} // namespace

Q_DECLARE_METATYPE(jackfield::Fragmentation)

class FragmentCutterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cuts_as_asked_data()
    {
        QTest::addColumn<Fragmentation>("how");
        QTest::addColumn<int>("payload");
        QTest::addColumn<QByteArray>("sizes");
        QTest::newRow("whole") << Fragmentation() << 10 << QByteArray("10");
        QTest::newRow("whole, empty") << Fragmentation() << 0 << QByteArray("0");
        QTest::newRow("three pieces") << Fragmentation(3) << 10 << QByteArray("4 3 3");
        QTest::newRow("more pieces than bytes") << Fragmentation(4) << 2 << QByteArray("1 1 0 0");
        QTest::newRow("no pieces count as one") << Fragmentation(0) << 2 << QByteArray("2");
        QTest::newRow("a size") << Fragmentation::of_size(4) << 10 << QByteArray("4 4 2");
        QTest::newRow("a size that fits") << Fragmentation::of_size(5) << 10 << QByteArray("5 5");
        QTest::newRow("a size beyond") << Fragmentation::of_size(~std::uint64_t{0}) << 10 << QByteArray("10");
        QTest::newRow("a size of nothing") << Fragmentation::of_size(4) << 0 << QByteArray("0");
        QTest::newRow("size 0 is the whole") << Fragmentation::of_size(0) << 10 << QByteArray("10");
        QTest::newRow("sizes and the rest")
            << Fragmentation::of_sizes({3, 0, 5}) << 10 << QByteArray("3 0 5 2");
        QTest::newRow("sizes that fit") << Fragmentation::of_sizes({3, 0, 7}) << 10 << QByteArray("3 0 7");
        QTest::newRow("empty ends") << Fragmentation::of_sizes({0, 10, 0}) << 10 << QByteArray("0 10 0");
        QTest::newRow("sizes beyond")
            << Fragmentation::of_sizes({3, 9, ~std::uint64_t{0}}) << 10 << QByteArray("3 7 0");
        QTest::newRow("no sizes") << Fragmentation::of_sizes({}) << 10 << QByteArray("10");
    }
    void cuts_as_asked()
    {
        QFETCH(Fragmentation, how);
        QFETCH(int, payload);
        QFETCH(QByteArray, sizes);
        QCOMPARE(text_of(cut(how, static_cast<std::size_t>(payload))), sizes);
    }

    void the_pieces_are_the_payload_whatever_was_asked_for()
    {
        std::mt19937_64 random(11);
        for (int round = 0; round < 2'000; ++round) {
            const auto payload = static_cast<std::size_t>(random() % 500);
            Fragmentation how(static_cast<std::uint32_t>(random() % 600));
            if (random() % 3 == 0)
                how = Fragmentation::of_size(random() % 600);
            if (random() % 3 == 0) {
                std::vector<std::uint64_t> sizes(random() % 6);
                for (std::uint64_t& size : sizes)
                    size = random() % 200;
                how = Fragmentation::of_sizes(sizes);
            }
            const auto pieces = cut(how, payload);
            QCOMPARE(pieces.size(), static_cast<std::size_t>(how.frames_for(payload)));
            QCOMPARE(std::accumulate(pieces.begin(), pieces.end(), std::size_t{0}), payload);
        }
    }
};

QTEST_GUILESS_MAIN(FragmentCutterTest)
#include "fragment_cutter_test.moc"
