#include "app/bench/comparison.h"

#include "app/bench/figures.h"

#include "jackfield/escape.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace jackfield::bench {
namespace {

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(text.size() + 1, width), ' ');
    return text;
}

std::optional<std::string> parameter(const RunResult& result, const std::string& name)
{
    const auto found = std::ranges::find(result.parameters, name, &std::pair<std::string, std::string>::first);
    return found == result.parameters.end() ? std::nullopt : std::optional(found->second);
}

std::size_t cases_that(const RunResult& result, std::string_view outcome)
{
    return static_cast<std::size_t>(std::ranges::count(result.checks, outcome, &CheckCase::outcome));
}

} // namespace

std::vector<Figure> figures_of(const RunResult& result)
{
    std::vector<Figure> figures;
    const auto add_time = [&](const char* name, double us) { figures.push_back({name, time_text(us), us, false}); };
    if (result.mode == "check") {
        for (const char* outcome : {"pass", "warn", "fail", "skip"}) {
            const auto count = static_cast<double>(cases_that(result, outcome));
            figures.push_back({outcome, count_text(count), count, std::string_view(outcome) == "pass"});
        }
        return figures;
    }
    if (result.mode == "idle") {
        add_time("to open them", result.opening_seconds * 1e6);
        if (result.server_memory && result.server_memory->bytes_a_connection) {
            const double bytes = *result.server_memory->bytes_a_connection;
            figures.push_back({"memory a connection", bytes_text(bytes), bytes, false});
        }
    } else if (result.mode == "ramp") {
        if (result.knee)
            figures.push_back({"knee", count_text(*result.knee) + " a second", *result.knee, true});
    } else {
        figures.push_back({(result.mode == "connect" ? "handshakes" : result.mode == "fanout" ? "deliveries" : "messages"),
            count_text(result.messages_a_second) + " a second", result.messages_a_second, true});
    }
    if (result.latency.count > 0) {
        const Latency& latency = result.latency;
        const std::array<std::pair<const char*, double>, 6> percentiles{{{"p50", latency.p50_us}, {"p90", latency.p90_us},
            {"p99", latency.p99_us}, {"p99.9", latency.p99_9_us}, {"p99.99", latency.p99_99_us}, {"max", latency.max_us}}};
        for (const auto& [name, us] : percentiles)
            add_time(name, us);
    }
    if (result.client_cpu && result.client_cpu->us_a_message)
        add_time("client CPU each", *result.client_cpu->us_a_message);
    if (result.server_cpu && result.server_cpu->us_a_message)
        add_time("server CPU each", *result.server_cpu->us_a_message);
    if (result.server_memory) {
        const auto peak = static_cast<double>(result.server_memory->peak);
        figures.push_back({"server memory", "at most " + bytes_text(peak), peak, false});
    }
    std::uint64_t errors = 0;
    for (const auto& [kind, count] : result.errors)
        errors += count;
    figures.push_back({"errors", count_text(static_cast<double>(errors)), static_cast<double>(errors), false});
    return figures;
}

std::string ratio_text(const Figure& before, const Figure& now)
{
    if (before.value <= 0 || now.value <= 0)
        return {};
    const double ratio = now.value / before.value;
    return number_text(ratio, ratio < 9.995 ? 2 : 1) + " x";
}

std::vector<std::string> different_parameters(const RunResult& before, const RunResult& now)
{
    std::vector<std::string> lines;
    const auto tell = [&](const std::string& name, const std::string& then, const std::string& today) {
        if (then != today)
            lines.push_back(name + ": " + then + ", now " + today);
    };
    tell("target", before.target, now.target);
    tell("machine", before.machine, now.machine);
    tell("version", before.tool_version, now.tool_version);
    for (const auto& [name, value] : now.parameters)
        tell(name, parameter(before, name).value_or("not told"), value);
    for (const auto& [name, value] : before.parameters) {
        if (!parameter(now, name))
            tell(name, value, "not told");
    }
    return lines;
}

std::string comparison(const RunResult& before, const RunResult& now)
{
    constexpr std::size_t name_width = 22, text_width = 22;
    std::string text = "compared with " + escape_for_terminal(before.started_at, 40) + "\n";
    for (const std::string& each : different_parameters(before, now))
        text += "  not alike: " + escape_for_terminal(each, 400) + "\n";
    text += "  " + padded({}, name_width) + padded("before", text_width) + padded("now", text_width) + "now / before\n";
    const auto earlier = figures_of(before);
    for (const Figure& figure : figures_of(now)) {
        const auto same = std::ranges::find(earlier, figure.name, &Figure::name);
        const bool is_known = same != earlier.end();
        text += "  " + padded(figure.name, name_width) + padded(is_known ? same->text : "-", text_width) + padded(figure.text, text_width)
            + (is_known ? ratio_text(*same, figure) : std::string()) + "\n";
    }
    return text;
}

std::string why_not_comparable(const RunResult& before, const std::string& mode)
{
    if (before.mode == mode)
        return {};
    return "it is a report of the mode " + escape_for_terminal(before.mode, 40) + ", and this run is one of " + mode
        + "; compare runs of one mode";
}

} // namespace jackfield::bench
