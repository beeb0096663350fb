#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <variant>
#include <vector>

class QJsonObject;

namespace jackfield::ui {

/// One interval of a run (jackfield-bench(1), PROGRESS). Latencies in microseconds, 0 without any.
struct BenchmarkSample {
    double atSeconds = 0; ///< its end
    double seconds = 0; ///< its length
    double messagesPerSecond = 0;
    quint64 errors = 0;
    quint64 connections = 0; ///< open at its end
    double p50 = 0;
    double p90 = 0;
    double p99 = 0;
    double p999 = 0;
    double max = 0;
    double clientCpu = 0; ///< of one core
    std::optional<double> serverCpu;
    std::optional<quint64> serverMemory; ///< bytes
};
/// Of an object that has `at_seconds`; what is missing or no number is 0.
[[nodiscard]] BenchmarkSample sampleOf(const QJsonObject& object);

/// What is being done, in the program's words; of `check` the number of the case and how many there are.
struct BenchmarkStep {
    QString doing;
    int number = 0;
    int of = 0;
};

/// A line that is no JSON: an error in words, as the program wrote it.
struct BenchmarkWords {
    QString text;
};

using BenchmarkNews = std::variant<BenchmarkSample, BenchmarkStep, BenchmarkWords>;

/// Takes the standard error of jackfield-bench apart, in whatever pieces it comes. A line longer than 64 KiB is
/// cut there.
class ProgressReader {
public:
    [[nodiscard]] std::vector<BenchmarkNews> take(const QByteArray& bytes);
    /// The process has ended: what stands there without a line feed counts as a line.
    [[nodiscard]] std::vector<BenchmarkNews> finish();

private:
    QByteArray m_line;
};

} // namespace jackfield::ui
