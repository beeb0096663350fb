#include "ui/benchmark/benchmark_report.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace jackfield::ui {

namespace {

constexpr int knownFormat = 1;

std::optional<double> numberIn(const QJsonObject& object, const char* key)
{
    const QJsonValue value = object.value(QLatin1String(key));
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

double amountIn(const QJsonObject& object, const char* key)
{
    return numberIn(object, key).value_or(0);
}

QString wordIn(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1String(key)).toString();
}

QJsonObject partOf(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1String(key)).toObject();
}

void readChecks(const QJsonArray& checks, BenchmarkReport& report)
{
    for (const QJsonValue& value : checks) {
        const QJsonObject one = value.toObject();
        const QString outcome = wordIn(one, "outcome");
        ++report.outcomes[outcome];
        if (outcome == QLatin1String("warn") || outcome == QLatin1String("fail"))
            report.findings.push_back({wordIn(one, "name"), wordIn(one, "section"), outcome,
                wordIn(one, "expected"), wordIn(one, "received")});
    }
}

} // namespace

std::optional<BenchmarkReport> readBenchmarkReport(const QByteArray& json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    const auto format = numberIn(object, "format");
    if (wordIn(object, "program") != QLatin1String("jackfield-bench") || !format || *format > knownFormat)
        return std::nullopt;
    BenchmarkReport report;
    report.mode = wordIn(object, "mode");
    report.target = wordIn(object, "target");
    report.startedAt = QDateTime::fromString(wordIn(object, "started_at"), Qt::ISODate);
    const QJsonObject parameters = partOf(object, "parameters");
    for (auto one = parameters.begin(); one != parameters.end(); ++one)
        report.parameters.emplace_back(one.key(), one.value().toString());
    report.seconds = amountIn(object, "seconds");
    report.isInterrupted = object.value(QLatin1String("interrupted")).toBool();
    report.hasFailed = object.value(QLatin1String("failed")).toBool();
    report.messages = amountIn(object, "messages");
    report.messagesPerSecond = amountIn(object, "messages_a_second");
    report.connections = amountIn(object, "connections");
    report.openingSeconds = amountIn(object, "opening_seconds");
    const QJsonObject latency = partOf(object, "latency");
    report.p50 = amountIn(latency, "p50_us");
    report.p90 = amountIn(latency, "p90_us");
    report.p99 = amountIn(latency, "p99_us");
    report.p999 = amountIn(latency, "p99_9_us");
    report.max = amountIn(latency, "max_us");
    report.clientCpuPerMessage = numberIn(partOf(object, "client_cpu"), "us_a_message");
    report.serverCpuPerMessage = numberIn(partOf(object, "server_cpu"), "us_a_message");
    const QJsonObject memory = partOf(object, "server_memory");
    report.serverMemoryPeak = numberIn(memory, "peak");
    report.memoryPerConnection = numberIn(memory, "bytes_a_connection");
    report.knee = numberIn(object, "knee");
    report.late = numberIn(object, "late_messages");
    const QJsonObject errors = partOf(object, "errors");
    for (const QJsonValue& count : errors)
        report.errors += count.toDouble();
    report.errorExample = wordIn(object, "error_example");
    const QJsonArray warnings = object.value(QLatin1String("warnings")).toArray();
    for (const QJsonValue& warning : warnings)
        report.warnings += warning.toString();
    readChecks(object.value(QLatin1String("checks")).toArray(), report);
    const QJsonArray series = object.value(QLatin1String("series")).toArray();
    report.series.reserve(static_cast<std::size_t>(series.size()));
    for (const QJsonValue& point : series)
        report.series.push_back(sampleOf(point.toObject()));
    return report;
}

} // namespace jackfield::ui
