#pragma once

#include "ui/benchmark/progress_reader.h"

#include <QByteArray>
#include <QDateTime>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace jackfield::ui {

/// A case of `check` that did not pass.
struct BenchmarkFinding {
    QString name;
    QString section;
    QString outcome; ///< "warn" or "fail"
    QString expected;
    QString received;
};

/// What a run reports (jackfield-bench --json), as much of it as the window shows. Its texts are those of a file
/// and a server: neutralised when they are shown.
struct BenchmarkReport {
    QString mode;
    QString target;
    QDateTime startedAt; ///< invalid where the report does not say
    std::vector<std::pair<QString, QString>> parameters; ///< in their order
    double seconds = 0;
    bool isInterrupted = false;
    bool hasFailed = false;
    double messages = 0;
    double messagesPerSecond = 0;
    double connections = 0;
    double openingSeconds = 0;
    double p50 = 0; ///< microseconds, 0 without any
    double p90 = 0;
    double p99 = 0;
    double p999 = 0;
    double max = 0;
    std::optional<double> clientCpuPerMessage; ///< microseconds
    std::optional<double> serverCpuPerMessage;
    std::optional<double> serverMemoryPeak; ///< bytes
    std::optional<double> memoryPerConnection;
    std::optional<double> knee; ///< ramp, messages a second
    std::optional<double> late; ///< rate, 0..1
    double errors = 0;
    QString errorExample;
    QStringList warnings;
    QMap<QString, int> outcomes; ///< check: how many of "pass", "warn", "fail", "skip"
    std::vector<BenchmarkFinding> findings; ///< check
    std::vector<BenchmarkSample> series;

    [[nodiscard]] bool isCheck() const { return mode == QLatin1String("check"); }
};

/// Nothing where `json` is no report of this program, or of one that is newer than it.
[[nodiscard]] std::optional<BenchmarkReport> readBenchmarkReport(const QByteArray& json);

} // namespace jackfield::ui
