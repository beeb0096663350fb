#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jackfield::bench {

/// One curve of a plot.
struct Curve {
    std::string name; ///< for the legend
    std::vector<std::pair<double, double>> points; ///< in the order of x
    int color = 0; ///< 0 or 1: which of the page's colours
    bool is_earlier = false; ///< of the run that is compared with: dashed
};

/// How an axis is labelled.
struct Axis {
    std::string title;
    std::function<std::string(double)> text; ///< of a value
    bool is_logarithmic = false; ///< values of 0 and below are left out
    std::vector<double> ticks{}; ///< empty: chosen
};

/// An `svg` element for a page with the classes of `html_report`. Escapes all text. Empty without two points in any curve.
[[nodiscard]] std::string svg_plot(
    const std::string& title, const Axis& x, const Axis& y, const std::vector<Curve>& curves);

/// Text as it stands in HTML, in an element or an attribute; bytes that are no UTF-8 and control characters are replaced.
[[nodiscard]] std::string html_text(std::string_view text);

} // namespace jackfield::bench
