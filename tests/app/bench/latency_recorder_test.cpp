// Latencies keep three significant digits, whatever their size.
#include "app/bench/latency_recorder.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using jackfield::bench::Latency;
using jackfield::bench::LatencyRecorder;

namespace {

double exact_percentile_us(std::vector<std::int64_t> values, double part)
{
    std::sort(values.begin(), values.end());
    const auto rank = static_cast<std::size_t>(std::ceil(part * static_cast<double>(values.size())));
    return static_cast<double>(values[std::max<std::size_t>(rank, 1) - 1]) / 1e3;
}

bool is_near(double value, double exact)
{
    return std::abs(value - exact) <= exact * 0.0005 + 0.0005;
}

} // namespace

class LatencyRecorderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothing_is_all_zero() { QVERIFY(LatencyRecorder().summary() == Latency{}); }

    void percentiles_are_right_to_three_digits()
    {
        std::mt19937_64 chance(1);
        std::lognormal_distribution<double> distribution(12, 3); // from nanoseconds to minutes
        LatencyRecorder recorder;
        std::vector<std::int64_t> values;
        for (int i = 0; i < 100'000; ++i) {
            values.push_back(std::min<std::int64_t>(static_cast<std::int64_t>(distribution(chance)), 1'000'000'000'000));
            recorder.record(values.back());
        }
        for (const double part : {0.0, 0.01, 0.5, 0.9, 0.99, 0.999, 0.9999, 1.0}) {
            const double exact = exact_percentile_us(values, part);
            QVERIFY2(is_near(recorder.percentile_us(part), exact), qPrintable(QString::number(part)));
        }
        const Latency summary = recorder.summary();
        QCOMPARE(summary.count, std::uint64_t{100'000});
        QCOMPARE(summary.min_us, exact_percentile_us(values, 0));
        QCOMPARE(summary.max_us, exact_percentile_us(values, 1));
        double sum = 0;
        for (const std::int64_t value : values)
            sum += static_cast<double>(value) / 1e3;
        QVERIFY(is_near(summary.mean_us, sum / 100'000));
    }

    void buckets_hold_what_was_recorded()
    {
        LatencyRecorder recorder;
        for (const std::int64_t value : {0L, 1L, 2'047L, 2'048L, 2'049L, 4'095L, 4'096L, 1'000'000L, (1L << 40) - 1})
            recorder.record(value, 3);
        std::uint64_t counted = 0;
        double end = -1;
        for (const Latency::Bucket& bucket : recorder.summary().buckets) {
            QVERIFY(bucket.from_us >= end);
            QVERIFY(bucket.to_us > bucket.from_us);
            QVERIFY((bucket.to_us - bucket.from_us) * 1e3 <= std::max(1.0, bucket.from_us)); // a thousandth
            QVERIFY(bucket.count % 3 == 0);
            end = bucket.to_us;
            counted += bucket.count;
        }
        QCOMPARE(counted, std::uint64_t{27});
    }

    void what_is_out_of_range_counts_at_its_end()
    {
        LatencyRecorder recorder;
        recorder.record(-5);
        recorder.record(std::int64_t{1} << 62);
        QCOMPARE(recorder.summary().min_us, 0.0);
        QVERIFY(recorder.max_us() > 1'000e6);
        QCOMPARE(recorder.count(), std::uint64_t{2});
    }

    void two_make_one()
    {
        LatencyRecorder all, a, b;
        for (std::int64_t i = 0; i < 1'000; ++i) {
            all.record(i * i * 17);
            (i % 3 == 0 ? a : b).record(i * i * 17);
        }
        a.add(b);
        QVERIFY(a.summary() == all.summary());
        a.clear();
        QVERIFY(a.summary() == Latency{});
    }

    void many_at_once_are_many()
    {
        LatencyRecorder one, many;
        many.record(12'345, 1'000);
        for (int i = 0; i < 1'000; ++i)
            one.record(12'345);
        QVERIFY(one.summary() == many.summary());
    }
};

QTEST_GUILESS_MAIN(LatencyRecorderTest)
#include "latency_recorder_test.moc"
