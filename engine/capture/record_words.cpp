#include "capture/record_words.h"

#include "base/text.h"

#include "jackfield/shared_bytes.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <limits>

namespace jackfield {
namespace {

constexpr std::int64_t billion = 1'000'000'000;
constexpr std::int64_t most_seconds = std::numeric_limits<std::int64_t>::max() / billion - 1;

constexpr std::array<std::string_view, 7> type_words
    = {"text", "binary", "ping", "pong", "close", "continuation", "raw"};

template <class Enum>
std::optional<Enum> value_named(std::string_view word, Enum last)
{
    for (unsigned i = 0; i <= static_cast<unsigned>(last); ++i) {
        if (name_of(static_cast<Enum>(i)) == word)
            return static_cast<Enum>(i);
    }
    return std::nullopt;
}

struct Split {
    std::time_t whole;
    std::int64_t nanoseconds; // 0 to billion - 1
};
Split split_time(std::int64_t unix_ns)
{
    std::int64_t whole = unix_ns / billion;
    std::int64_t rest = unix_ns % billion;
    if (rest < 0) {
        rest += billion;
        --whole;
    }
    return {whole, rest};
}

/// The digits behind a decimal point in nanoseconds; what is beyond the ninth is dropped.
std::int64_t nanoseconds_of(std::string_view digits)
{
    std::int64_t value = 0;
    for (std::size_t i = 0; i < 9; ++i)
        value = value * 10 + (i < digits.size() ? digits[i] - '0' : 0);
    return value;
}

bool are_digits(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Days since 1970-01-01 of a date of the Gregorian calendar (H. Hinnant, "chrono-compatible low-level date
/// algorithms").
std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day)
{
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const auto year_of_era = static_cast<unsigned>(year - era * 400);
    const unsigned day_of_year = (153 * (month + (month > 2 ? -3U : 9U)) + 2) / 5 + day - 1;
    const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + static_cast<std::int64_t>(day_of_era) - 719468;
}

} // namespace

std::string_view word_of(TrafficType type)
{
    return type_words[static_cast<std::size_t>(type)];
}

std::optional<TrafficType> type_of_word(std::string_view word)
{
    for (std::size_t i = 0; i < type_words.size(); ++i) {
        if (type_words[i] == word)
            return static_cast<TrafficType>(i);
    }
    return std::nullopt;
}

std::optional<Maker> maker_of_word(std::string_view word)
{
    return value_named(word, Maker::engine);
}

std::optional<ClosedBy> closed_by_of_word(std::string_view word)
{
    return value_named(word, ClosedBy::shutdown);
}

std::optional<CloseCause> cause_of_word(std::string_view word)
{
    return value_named(word, CloseCause::internal_error);
}

std::optional<Transport> transport_of_word(std::string_view word)
{
    return value_named(word, Transport::jsonp);
}

std::optional<CloseFrame> read_close_payload(std::span<const std::byte> payload)
{
    if (payload.empty())
        return CloseFrame{};
    if (payload.size() == 1)
        return std::nullopt;
    const unsigned code = std::to_integer<unsigned>(payload[0]) << 8U | std::to_integer<unsigned>(payload[1]);
    return CloseFrame{static_cast<std::uint16_t>(code), std::string(as_text(payload.subspan(2)))};
}

std::optional<std::int64_t> read_seconds(std::string_view number)
{
    const std::size_t dot = std::min(number.find('.'), number.size());
    const std::string_view whole = number.substr(0, dot);
    const std::string_view decimals = dot < number.size() ? number.substr(dot + 1) : std::string_view("0");
    if (are_digits(whole) && are_digits(decimals)) {
        const auto count = parse_decimal<std::uint64_t>(whole);
        if (!count || *count > static_cast<std::uint64_t>(most_seconds))
            return std::nullopt;
        return static_cast<std::int64_t>(*count) * billion + nanoseconds_of(decimals);
    }
    double value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc{} || end != number.data() + number.size() || !std::isfinite(value) || value < 0
        || value > static_cast<double>(most_seconds))
        return std::nullopt;
    const double whole_value = std::floor(value);
    return static_cast<std::int64_t>(whole_value) * billion
        + static_cast<std::int64_t>((value - whole_value) * static_cast<double>(billion));
}

std::string iso_time(std::int64_t unix_ns, bool nanoseconds)
{
    const auto [unix_seconds, rest] = split_time(unix_ns);
    std::tm parts{};
    gmtime_r(&unix_seconds, &parts);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(),
        nanoseconds ? "%04d-%02d-%02dT%02d:%02d:%02d.%09lldZ" : "%04d-%02d-%02dT%02d:%02d:%02d.%03lldZ",
        parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
        static_cast<long long>(nanoseconds ? rest : rest / 1'000'000));
    return text.data();
}

std::optional<std::int64_t> read_iso_time(std::string_view text)
{
    // "2024-05-01T20:12:47"
    constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd";
    if (text.size() <= form.size())
        return std::nullopt;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool fits = form[i] == 'd' ? text[i] >= '0' && text[i] <= '9'
                                         : text[i] == form[i] || (form[i] == 'T' && text[i] == ' ');
        if (!fits)
            return std::nullopt;
    }
    const auto part = [&](std::size_t at, std::size_t size) {
        return parse_decimal<unsigned>(text.substr(at, size)).value_or(0);
    };
    const unsigned year = part(0, 4), month = part(5, 2), day = part(8, 2);
    const unsigned hour = part(11, 2), minute = part(14, 2), second = part(17, 2);
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60
        || year < 1970 || year > 2261)
        return std::nullopt;
    std::string_view rest = text.substr(form.size());
    std::int64_t nanoseconds = 0;
    if (rest.front() == '.' || rest.front() == ',') {
        const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
        if (end == 1)
            return std::nullopt;
        nanoseconds = nanoseconds_of(rest.substr(1, end - 1));
        rest.remove_prefix(end);
    }
    std::int64_t offset_minutes = 0;
    if (rest != "Z" && rest != "z") {
        if (rest.size() < 5 || (rest.front() != '+' && rest.front() != '-'))
            return std::nullopt;
        const bool colon = rest[3] == ':';
        const auto hours = parse_decimal<unsigned>(rest.substr(1, 2));
        const auto minutes = parse_decimal<unsigned>(rest.substr(colon ? 4 : 3));
        if (rest.size() != (colon ? 6U : 5U) || !hours || !minutes || *hours > 23 || *minutes > 59)
            return std::nullopt;
        offset_minutes = static_cast<std::int64_t>(*hours * 60 + *minutes) * (rest.front() == '-' ? -1 : 1);
    }
    const std::int64_t at = days_from_civil(year, month, day) * 86'400 + hour * 3'600 + minute * 60 + second
        - offset_minutes * 60;
    if (at < 0)
        return std::nullopt;
    return at * billion + nanoseconds;
}

LocalTime local_time(std::int64_t unix_ns)
{
    const auto [unix_seconds, rest] = split_time(unix_ns);
    std::tm parts{};
    localtime_r(&unix_seconds, &parts);
    std::array<char, 64> text{};
    LocalTime local;
    std::snprintf(
        text.data(), text.size(), "%04d-%02d-%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
    local.date = text.data();
    std::snprintf(text.data(), text.size(), "%02d:%02d:%02d.%03d", parts.tm_hour, parts.tm_min, parts.tm_sec,
        static_cast<int>(rest / 1'000'000));
    local.time = text.data();
    const long minutes = parts.tm_gmtoff / 60;
    std::snprintf(text.data(), text.size(), "UTC%c%02ld:%02ld", minutes < 0 ? '-' : '+',
        std::labs(minutes) / 60, std::labs(minutes) % 60);
    local.zone = text.data();
    return local;
}

} // namespace jackfield
