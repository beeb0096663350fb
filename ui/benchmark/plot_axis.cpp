#include "ui/benchmark/plot_axis.h"

#include <algorithm>
#include <cmath>

namespace jackfield::ui {

namespace {

constexpr double smallest = 1e-9;

double stepFor(double range, int ticks)
{
    const double rough = std::max(range, smallest) / std::max(ticks, 1);
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (rough <= factor * power * (1 + smallest))
            return factor * power;
    }
    return 10 * power;
}

PlotAxis axisTo(double most, double step)
{
    PlotAxis axis;
    axis.to = most;
    const int count = static_cast<int>(std::floor(most / step + 1e-6));
    for (int i = 0; i <= count; ++i)
        axis.ticks.push_back(i * step);
    return axis;
}

} // namespace

double PlotAxis::placeOf(double value) const
{
    const double place = isLogarithmic
        ? std::log(std::max(value, from) / from) / std::log(to / from)
        : (value - from) / (to - from);
    return std::isfinite(place) ? std::clamp(place, 0.0, 1.0) : 0;
}

PlotAxis linearAxis(double most, int ticks)
{
    if (!std::isfinite(most) || most <= 0)
        most = 1;
    const double step = stepFor(most, ticks);
    return axisTo(std::ceil(most / step - 1e-6) * step, step);
}

PlotAxis timeAxis(double most, int ticks)
{
    if (!std::isfinite(most) || most <= 0)
        most = 1;
    return axisTo(most, stepFor(most, ticks));
}

PlotAxis logarithmicAxis(double least, double most)
{
    PlotAxis axis;
    axis.isLogarithmic = true;
    const bool isUsable = std::isfinite(least) && std::isfinite(most) && least > 0;
    const double low = std::floor(std::log10(isUsable ? least : 1) + smallest);
    const double high = std::max(low + 1, std::ceil(std::log10(isUsable ? std::max(most, least) : 10) - smallest));
    axis.from = std::pow(10, low);
    axis.to = std::pow(10, high);
    for (double power = low; power <= high + 0.5; ++power)
        axis.ticks.push_back(std::pow(10, power));
    return axis;
}

} // namespace jackfield::ui
