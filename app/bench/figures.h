#pragma once

#include <cstdint>
#include <string>

namespace jackfield::bench {

/// Figures as text for a terminal, in English and without units that a reader has to look up.

/// "12.5"
[[nodiscard]] std::string number_text(double value, int decimals);
/// A count, rounded, with commas: "1,234,567"; below 10 with two decimals where it is no whole number.
[[nodiscard]] std::string count_text(double value);
/// Three significant digits with a unit: "850 ns", "12.5 us", "3.42 ms", "1.20 s".
[[nodiscard]] std::string time_text(double microseconds);
/// "512 bytes", "1.50 KiB", "12.0 MiB".
[[nodiscard]] std::string bytes_text(double bytes);
/// A part of 1: "97.5 %".
[[nodiscard]] std::string percent_text(double part);

} // namespace jackfield::bench
