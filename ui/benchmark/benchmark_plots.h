#pragma once

#include "ui/benchmark/progress_reader.h"

#include <QWidget>

#include <vector>

namespace jackfield::ui {

class LinePlot;

/// Throughput and latency over the time of a run, or of two runs on the same axes.
class BenchmarkPlots : public QWidget {
    Q_OBJECT
public:
    explicit BenchmarkPlots(QWidget* parent = nullptr);

    /// `before`: the run that is compared with, dashed; empty for none.
    void show(const std::vector<BenchmarkSample>& run, const std::vector<BenchmarkSample>& before = {});
    void setEmptyText(const QString& text);

private:
    LinePlot* m_throughput = nullptr;
    LinePlot* m_latency = nullptr;
};

} // namespace jackfield::ui
