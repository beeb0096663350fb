#include "app/bench/figures.h"

#include <cmath>
#include <cstdio>

namespace jackfield::bench {
namespace {

/// Three significant digits.
std::string three_digits(double value)
{
    return number_text(value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}

} // namespace

std::string number_text(double value, int decimals)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

std::string count_text(double value)
{
    if (value < 10 && value != std::floor(value))
        return number_text(value, 2);
    std::string digits = number_text(std::round(value), 0);
    for (std::size_t at = digits.size(); at > 3; at -= 3) {
        if (digits[at - 4] != '-')
            digits.insert(at - 3, ",");
    }
    return digits;
}

std::string time_text(double microseconds)
{
    if (microseconds < 0.9995)
        return number_text(microseconds * 1e3, 0) + " ns";
    if (microseconds < 999.5)
        return three_digits(microseconds) + " us";
    if (microseconds < 999.5e3)
        return three_digits(microseconds / 1e3) + " ms";
    return three_digits(microseconds / 1e6) + " s";
}

std::string bytes_text(double bytes)
{
    if (bytes < 1'024)
        return number_text(bytes, 0) + " bytes";
    if (bytes < 1'024.0 * 1'024)
        return three_digits(bytes / 1'024) + " KiB";
    if (bytes < 1'024.0 * 1'024 * 1'024)
        return three_digits(bytes / 1'024 / 1'024) + " MiB";
    return three_digits(bytes / 1'024 / 1'024 / 1'024) + " GiB";
}

std::string percent_text(double part)
{
    return number_text(part * 100, 1) + " %";
}

} // namespace jackfield::bench
