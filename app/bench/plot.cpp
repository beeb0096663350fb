#include "app/bench/plot.h"

#include "app/bench/figures.h"

#include "jackfield/escape.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace jackfield::bench {
namespace {

constexpr double width = 720, height = 300;
constexpr double left = 84, right = 16, top = 14, bottom = 46;

/// One axis with the range that the curves have.
class Scale {
public:
    Scale(const Axis& axis, double from_pixel, double to_pixel)
        : axis_(axis)
        , from_pixel_(from_pixel)
        , to_pixel_(to_pixel)
    { }
    [[nodiscard]] bool shows(double value) const { return std::isfinite(value) && (!axis_.is_logarithmic || value > 0); }
    void include(double value)
    {
        low_ = std::min(low_, value);
        high_ = std::max(high_, value);
    }
    /// After all values. `from_zero`: with 0 and up to a round end.
    void settle(bool from_zero)
    {
        if (axis_.is_logarithmic) {
            low_ = std::pow(10, std::floor(std::log10(low_)));
            high_ = std::pow(10, std::ceil(std::log10(high_)));
            if (low_ >= high_)
                high_ = low_ * 10;
            for (double tick = low_; tick <= high_ * 1.001; tick *= 10)
                ticks_.push_back(tick);
        } else {
            if (from_zero)
                low_ = std::min(low_, 0.0);
            if (low_ >= high_)
                high_ = low_ + 1;
            const double step = round_step((high_ - low_) / 5);
            if (from_zero)
                high_ = std::ceil(high_ / step - 1e-9) * step;
            for (double i = std::ceil(low_ / step - 1e-9); i * step <= high_ + step / 1'000; ++i)
                ticks_.push_back(i == 0 ? 0 : i * step);
        }
        if (!axis_.ticks.empty()) {
            ticks_ = axis_.ticks;
            std::erase_if(ticks_, [this](double tick) { return tick < low_ || tick > high_; });
        }
    }
    [[nodiscard]] double pixel(double value) const
    {
        const auto place = [this](double v) { return axis_.is_logarithmic ? std::log10(v) : v; };
        const double part = (place(value) - place(low_)) / (place(high_) - place(low_));
        return from_pixel_ + std::clamp(part, 0.0, 1.0) * (to_pixel_ - from_pixel_);
    }
    [[nodiscard]] const std::vector<double>& ticks() const { return ticks_; }

private:
    /// 1, 2 or 5 times a power of ten, not below `least`.
    static double round_step(double least)
    {
        const double power = std::pow(10, std::floor(std::log10(least)));
        for (const double factor : {1.0, 2.0, 5.0}) {
            if (factor * power >= least * 0.999)
                return factor * power;
        }
        return 10 * power;
    }
    const Axis& axis_;
    double from_pixel_, to_pixel_;
    double low_ = std::numeric_limits<double>::infinity();
    double high_ = -std::numeric_limits<double>::infinity();
    std::vector<double> ticks_;
};

std::string at(double pixel)
{
    return number_text(pixel, 1);
}

std::string line(const char* kind, double x1, double y1, double x2, double y2)
{
    return "<line class=\"" + std::string(kind) + "\" x1=\"" + at(x1) + "\" y1=\"" + at(y1) + "\" x2=\"" + at(x2) + "\" y2=\"" + at(y2)
        + "\"/>\n";
}

std::string label(const char* anchor, double x, double y, const std::string& text, const std::string& more = {})
{
    return "<text text-anchor=\"" + std::string(anchor) + "\" x=\"" + at(x) + "\" y=\"" + at(y) + "\"" + more + ">" + html_text(text)
        + "</text>\n";
}

} // namespace

std::string html_text(std::string_view text)
{
    std::string html;
    for (const char c : escape_for_terminal(text, text.size())) {
        switch (c) {
        case '<': html += "&lt;"; break;
        case '>': html += "&gt;"; break;
        case '&': html += "&amp;"; break;
        case '"': html += "&quot;"; break;
        case '\'': html += "&#39;"; break;
        default: html += c;
        }
    }
    return html;
}

std::string svg_plot(const std::string& title, const Axis& x, const Axis& y, const std::vector<Curve>& curves)
{
    Scale across(x, left, width - right);
    Scale up(y, height - bottom, top);
    std::size_t most = 0;
    for (const Curve& curve : curves) {
        std::size_t shown = 0;
        for (const auto& [px, py] : curve.points) {
            if (!across.shows(px) || !up.shows(py))
                continue;
            across.include(px);
            up.include(py);
            ++shown;
        }
        most = std::max(most, shown);
    }
    if (most < 2)
        return {};
    across.settle(false);
    up.settle(true);

    std::string names;
    for (const Curve& curve : curves)
        names += (names.empty() ? "" : ", ") + curve.name;
    std::string svg = "<figure><figcaption>" + html_text(title) + "</figcaption>\n<svg role=\"img\" viewBox=\"0 0 " + at(width) + " "
        + at(height) + "\" aria-label=\"" + html_text(title + ": " + names) + "\">\n<title>" + html_text(title) + "</title>\n";
    for (const double tick : up.ticks()) {
        svg += line("grid", left, up.pixel(tick), width - right, up.pixel(tick));
        svg += label("end", left - 8, up.pixel(tick) + 4, y.text(tick));
    }
    for (const double tick : across.ticks()) {
        svg += line("grid", across.pixel(tick), top, across.pixel(tick), height - bottom);
        svg += label("middle", across.pixel(tick), height - bottom + 18, x.text(tick));
    }
    svg += label("middle", (left + width - right) / 2, height - 8, x.title);
    svg += label("middle", 14, (top + height - bottom) / 2, y.title,
        " transform=\"rotate(-90 14 " + at((top + height - bottom) / 2) + ")\"");
    for (const Curve& curve : curves) {
        std::string points;
        for (const auto& [px, py] : curve.points) {
            if (across.shows(px) && up.shows(py))
                points += (points.empty() ? "" : " ") + at(across.pixel(px)) + "," + at(up.pixel(py));
        }
        svg += "<polyline class=\"curve c" + std::to_string(curve.color) + (curve.is_earlier ? " earlier" : "") + "\" points=\"" + points
            + "\"/>\n";
    }
    svg += "</svg>\n<p class=\"legend\">";
    for (const Curve& curve : curves)
        svg += "<span class=\"key c" + std::to_string(curve.color) + (curve.is_earlier ? " earlier" : "") + "\"></span>"
            + html_text(curve.name) + " ";
    return svg + "</p></figure>\n";
}

} // namespace jackfield::bench
