#pragma once

#include "ui/benchmark/benchmark_plan.h"
#include "ui/benchmark/benchmark_report.h"

#include <QString>

#include <optional>
#include <vector>

namespace jackfield::ui {

/// A time for people, with three digits unless it is whole: "12.3 µs", "1.20 ms", "3 s".
[[nodiscard]] QString formatMicroseconds(double microseconds);
/// What a mode does, in one sentence.
[[nodiscard]] QString purposeOf(BenchmarkMode mode);
/// What a person reads for a mode: "Echo".
[[nodiscard]] QString titleOf(BenchmarkMode mode);
/// How a run ended: "done", "stopped", "with errors".
[[nodiscard]] QString outcomeOf(const BenchmarkReport& report);

/// One figure of a report for a table, and to set beside that of another run.
struct BenchmarkFigure {
    QString name;
    QString text; ///< "12,400/s"; neutralised
    std::optional<double> value; ///< absent where a difference says nothing
};
/// The same figures in the same order for every report but `check`, whose are its outcomes and findings. A figure
/// that a run does not have is a dash.
[[nodiscard]] std::vector<BenchmarkFigure> figuresOf(const BenchmarkReport& report);
/// "+3.2 %" from `before` to `after`; empty where there is none.
[[nodiscard]] QString differenceText(const BenchmarkFigure& before, const BenchmarkFigure& after);

} // namespace jackfield::ui
