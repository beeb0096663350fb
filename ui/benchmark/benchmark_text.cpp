#include "ui/benchmark/benchmark_text.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"

#include <QCoreApplication>

#include <cmath>

namespace jackfield::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Benchmark)
};

QString dash()
{
    return QStringLiteral("\u2013");
}

QString threeDigits(double value)
{
    const bool isWhole = std::abs(value - std::round(value)) < 1e-6; // at an axis
    return formatDecimal(value, isWhole || value >= 99.95 ? 0 : value < 9.995 ? 2 : 1);
}

quint64 wholeOf(double value)
{
    return value > 0 && value < 9e15 ? static_cast<quint64>(std::llround(value)) : 0;
}

BenchmarkFigure timeFigure(const QString& name, double microseconds)
{
    if (microseconds <= 0)
        return {name, dash(), std::nullopt};
    return {name, formatMicroseconds(microseconds), microseconds};
}

BenchmarkFigure timeFigure(const QString& name, const std::optional<double>& microseconds)
{
    return timeFigure(name, microseconds.value_or(0));
}

BenchmarkFigure countFigure(const QString& name, double value)
{
    return {name, formatCount(wholeOf(value)), value};
}

BenchmarkFigure bytesFigure(const QString& name, const std::optional<double>& bytes)
{
    return bytes ? BenchmarkFigure{name, formatBytes(wholeOf(*bytes)), *bytes} : BenchmarkFigure{name, dash(), std::nullopt};
}

std::vector<BenchmarkFigure> checkFigures(const BenchmarkReport& report)
{
    const auto count = [&report](const char* outcome) { return double(report.outcomes.value(QLatin1String(outcome))); };
    std::vector<BenchmarkFigure> figures{countFigure(Words::tr("Passed"), count("pass")),
        countFigure(Words::tr("Passed, not strictest"), count("warn")),
        countFigure(Words::tr("Failed"), count("fail")), countFigure(Words::tr("Left out"), count("skip"))};
    for (const BenchmarkFinding& finding : report.findings)
        figures.push_back({displayText(finding.name),
            Words::tr("%1; wanted: %2 (%3)")
                .arg(displayText(finding.received), displayText(finding.expected), displayText(finding.section)),
            std::nullopt});
    return figures;
}

} // namespace

QString formatMicroseconds(double microseconds)
{
    if (microseconds < 999.5)
        return Words::tr("%1 µs").arg(threeDigits(microseconds));
    if (microseconds < 999'500)
        return Words::tr("%1 ms").arg(threeDigits(microseconds / 1e3));
    return Words::tr("%1 s").arg(threeDigits(microseconds / 1e6));
}

QString purposeOf(BenchmarkMode mode)
{
    switch (mode) {
    case BenchmarkMode::Echo:
        return Words::tr("Keeps messages in flight and counts how many come back in a second.");
    case BenchmarkMode::Rate:
        return Words::tr("Sends a fixed number of messages a second, and measures latency from when each was due.");
    case BenchmarkMode::Connect:
        return Words::tr("Opens and closes connections and counts the handshakes in a second.");
    case BenchmarkMode::Idle:
        return Words::tr("Opens connections and holds them: what the server's memory is for each.");
    case BenchmarkMode::Fanout:
        return Words::tr("One connection sends, all receive (a chat): counts the deliveries in a second.");
    case BenchmarkMode::Ramp:
        return Words::tr("Raises the rate until the 99th percentile of latency is over 10 ms, and names the knee.");
    case BenchmarkMode::Soak:
        return Words::tr("A long run of mixed messages, with connections that come and go; memory must not grow.");
    case BenchmarkMode::Check:
        return Words::tr("Tries some hundred frames and handshakes and compares what comes back with the standard.");
    }
    return {};
}

QString titleOf(BenchmarkMode mode)
{
    switch (mode) {
    case BenchmarkMode::Echo:
        return Words::tr("Echo");
    case BenchmarkMode::Rate:
        return Words::tr("Fixed rate");
    case BenchmarkMode::Connect:
        return Words::tr("Handshakes");
    case BenchmarkMode::Idle:
        return Words::tr("Idle connections");
    case BenchmarkMode::Fanout:
        return Words::tr("Fan-out");
    case BenchmarkMode::Ramp:
        return Words::tr("Rising rate");
    case BenchmarkMode::Soak:
        return Words::tr("Soak");
    case BenchmarkMode::Check:
        return Words::tr("Conformance check");
    }
    return {};
}

QString outcomeOf(const BenchmarkReport& report)
{
    if (report.hasFailed)
        return report.isCheck() ? Words::tr("failed") : Words::tr("with errors");
    return report.isInterrupted ? Words::tr("stopped") : Words::tr("done");
}

std::vector<BenchmarkFigure> figuresOf(const BenchmarkReport& report)
{
    if (report.isCheck())
        return checkFigures(report);
    std::vector<BenchmarkFigure> figures{
        {Words::tr("Throughput"), formatRate(report.messagesPerSecond), report.messagesPerSecond},
        timeFigure(Words::tr("Latency p50"), report.p50),
        timeFigure(Words::tr("Latency p90"), report.p90),
        timeFigure(Words::tr("Latency p99"), report.p99),
        timeFigure(Words::tr("Latency p99.9"), report.p999),
        timeFigure(Words::tr("Latency, longest"), report.max),
        countFigure(Words::tr("Messages"), report.messages), countFigure(Words::tr("Connections"), report.connections),
        timeFigure(Words::tr("Time to open them"), report.openingSeconds * 1e6),
        timeFigure(Words::tr("Time measured"), report.seconds * 1e6),
        timeFigure(Words::tr("Server's CPU a message"), report.serverCpuPerMessage),
        timeFigure(Words::tr("Client's CPU a message"), report.clientCpuPerMessage),
        bytesFigure(Words::tr("Server's memory, most"), report.serverMemoryPeak),
        bytesFigure(Words::tr("Memory a connection"), report.memoryPerConnection),
        report.knee ? BenchmarkFigure{Words::tr("Rate at the knee"), formatRate(*report.knee), *report.knee}
                    : BenchmarkFigure{Words::tr("Rate at the knee"), dash(), std::nullopt},
        report.late ? BenchmarkFigure{Words::tr("Sent too late"), Words::tr("%1 %").arg(formatDecimal(*report.late * 100)), std::nullopt}
                    : BenchmarkFigure{Words::tr("Sent too late"), dash(), std::nullopt},
        countFigure(Words::tr("Errors"), report.errors)};
    return figures;
}

QString differenceText(const BenchmarkFigure& before, const BenchmarkFigure& after)
{
    if (!before.value || !after.value || *before.value <= 0)
        return {};
    const double percent = (*after.value / *before.value - 1) * 100;
    if (std::abs(percent) < 0.05)
        return QStringLiteral("=");
    return (percent > 0 ? QStringLiteral("+") : QStringLiteral("\u2212"))
        + Words::tr("%1 %").arg(formatDecimal(std::abs(percent), std::abs(percent) < 10 ? 1 : 0));
}

} // namespace jackfield::ui
