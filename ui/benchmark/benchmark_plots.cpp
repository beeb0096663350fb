#include "ui/benchmark/benchmark_plots.h"

#include "ui/benchmark/benchmark_text.h"
#include "ui/benchmark/line_plot.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"

#include <QVBoxLayout>

namespace jackfield::ui {

namespace {

PlotLine lineOf(const QString& name, ColorRole color, const std::vector<BenchmarkSample>& samples,
    double BenchmarkSample::* value, bool isBefore)
{
    PlotLine line{isBefore ? QString() : name, color, isBefore, {}};
    line.points.reserve(samples.size());
    for (const BenchmarkSample& sample : samples)
        line.points.emplace_back(sample.atSeconds, sample.*value);
    return line;
}

/// Those of the run that is compared with lie below.
void addLines(std::vector<PlotLine>& throughput, std::vector<PlotLine>& latency,
    const std::vector<BenchmarkSample>& samples, bool isBefore)
{
    throughput.push_back(lineOf(BenchmarkPlots::tr("messages"), ColorRole::Accent, samples,
        &BenchmarkSample::messagesPerSecond, isBefore));
    const auto add = [&](const QString& name, ColorRole color, double BenchmarkSample::* value) {
        latency.push_back(lineOf(name, color, samples, value, isBefore));
    };
    add(BenchmarkPlots::tr("p50"), ColorRole::StateOpen, &BenchmarkSample::p50);
    add(BenchmarkPlots::tr("p90"), ColorRole::Accent, &BenchmarkSample::p90);
    add(BenchmarkPlots::tr("p99"), ColorRole::StateClosing, &BenchmarkSample::p99);
    add(BenchmarkPlots::tr("p99.9"), ColorRole::ToBrowser, &BenchmarkSample::p999);
}

} // namespace

BenchmarkPlots::BenchmarkPlots(QWidget* parent)
    : QWidget(parent)
{
    m_throughput = named(new LinePlot(tr("Throughput, messages a second"), LinePlot::Scale::Linear, formatRate, this),
        "benchmark_throughput", "Throughput over time");
    m_latency = named(new LinePlot(tr("Latency, logarithmic"), LinePlot::Scale::Logarithmic, formatMicroseconds, this),
        "benchmark_latency", "Latency percentiles over time");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    column->addWidget(m_throughput, 1);
    column->addWidget(m_latency, 1);
}

void BenchmarkPlots::show(const std::vector<BenchmarkSample>& run, const std::vector<BenchmarkSample>& before)
{
    std::vector<PlotLine> throughput;
    std::vector<PlotLine> latency;
    if (!before.empty())
        addLines(throughput, latency, before, true);
    addLines(throughput, latency, run, false);
    m_throughput->setLines(std::move(throughput));
    m_latency->setLines(std::move(latency));
}

void BenchmarkPlots::setEmptyText(const QString& text)
{
    m_throughput->setEmptyText(text);
    m_latency->setEmptyText(text);
}

} // namespace jackfield::ui
