#pragma once

#include <vector>

namespace jackfield::ui {

/// One axis of a plot: its range, and where its lines are.
struct PlotAxis {
    double from = 0;
    double to = 1;
    bool isLogarithmic = false;
    std::vector<double> ticks; ///< within the range, ascending

    /// Where `value` is: 0 at `from`, 1 at `to`; never outside of that.
    [[nodiscard]] double placeOf(double value) const;
};

/// From 0 to a round number at or above `most`, with at most `ticks` steps of 1, 2 or 5 times a power of ten.
[[nodiscard]] PlotAxis linearAxis(double most, int ticks);
/// From 0 to `most` exactly.
[[nodiscard]] PlotAxis timeAxis(double most, int ticks);
/// Whole decades around `least` and `most`, with a line for each; `least` above 0.
[[nodiscard]] PlotAxis logarithmicAxis(double least, double most);

} // namespace jackfield::ui
