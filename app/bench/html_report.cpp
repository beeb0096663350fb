#include "app/bench/html_report.h"

#include "app/bench/comparison.h"
#include "app/bench/figures.h"
#include "app/bench/plot.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

namespace jackfield::bench {
namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --text: #1d2430; --quiet: #5a6472; --page: #ffffff; --panel: #f4f6f9; --rule: #d9dee6;
  --c0: #1668c7; --c1: #c2571a; --good: #1d7f3f; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e8ee; --quiet: #a0a9b6; --page: #16191e; --panel: #1f242b; --rule: #373e48;
  --c0: #6ab0ff; --c1: #ffa666; --good: #6fcf8f; --bad: #ff8a80; } }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1.25rem; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.quiet { color: var(--quiet); margin: 0 0 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--rule);
  vertical-align: top; overflow-wrap: anywhere; } th { font-weight: 600; } td.figure { font-variant-numeric: tabular-nums; }
.note { background: var(--panel); border-left: 3px solid var(--c1); padding: .5rem .75rem; margin: .5rem 0; }
figure { margin: 1.5rem 0; background: var(--panel); border-radius: 8px; padding: .75rem; } figcaption { font-weight: 600; }
svg { width: 100%; height: auto; } svg text { fill: var(--quiet); font: 12px system-ui, sans-serif; } .grid { stroke: var(--rule); }
.curve { fill: none; stroke-width: 2; } .c0 { stroke: var(--c0); } .c1 { stroke: var(--c1); } .earlier { stroke-dasharray: 5 4; opacity: .75; }
.legend { margin: 0; color: var(--quiet); font-size: .85rem; } .key { display: inline-block; width: 1.4rem; margin: 0 .35rem 0 .75rem;
  border-top: 3px solid; vertical-align: middle; } .key.c0 { border-color: var(--c0); } .key.c1 { border-color: var(--c1); }
.key.earlier { border-top-style: dashed; } .pass { color: var(--good); } .fail { color: var(--bad); font-weight: 600; }
)";

using Points = std::vector<std::pair<double, double>>;

Points series_of(const RunResult& result, double (*value)(const SeriesPoint&))
{
    Points points;
    for (const SeriesPoint& point : result.series)
        points.emplace_back(point.at_seconds, value(point));
    return points;
}

double rate_of(const SeriesPoint& point)
{
    return point.seconds > 0 ? static_cast<double>(point.messages) / point.seconds : 0;
}

/// Percentiles, with as much room for the last of a thousand as for the first nine hundred: x is the number of nines.
Points percentiles_of(const RunResult& result)
{
    Points points;
    std::uint64_t below = 0;
    for (const Latency::Bucket& bucket : result.latency.buckets) {
        below += bucket.count;
        const double left_over = static_cast<double>(result.latency.count) - static_cast<double>(below);
        if (left_over > 0)
            points.emplace_back(-std::log10(left_over / static_cast<double>(result.latency.count)), bucket.to_us);
    }
    return points;
}

std::string percentile_text(double nines)
{
    const double percent = 100 - 100 * std::pow(10, -nines);
    return number_text(percent, nines < 2.5 ? 0 : static_cast<int>(std::lround(nines)) - 2) + " %";
}

Points steps_of(const RunResult& result, double RampStep::*value)
{
    Points points;
    for (const RampStep& step : result.ramp)
        points.emplace_back(step.offered, step.*value);
    return points;
}

/// A curve of this run and, where there is an earlier one, the same of that.
template <class Make>
void add_curves(std::vector<Curve>& curves, const RunResult& result, const RunResult* before, const char* name, int color, Make make)
{
    curves.push_back({name, make(result), color, false});
    if (before)
        curves.push_back({std::string(name) + " before", make(*before), color, true});
}

std::string plots(const RunResult& result, const RunResult* before)
{
    const Axis seconds{"seconds", [](double value) { return number_text(value, value < 10 && value != std::floor(value) ? 1 : 0); }};
    const Axis rate{"a second", count_text};
    const Axis latency{"latency", time_text};
    const Axis wide_latency{"latency", time_text, true};
    const Axis nines{"percentile", percentile_text, false, {0, 1, 2, 3, 4, 5, 6}};
    std::string html;
    if (!result.ramp.empty()) {
        const Axis offered{"offered, messages a second", count_text, true};
        std::vector<Curve> curves;
        add_curves(curves, result, before, "p50", 0, [](const RunResult& run) { return steps_of(run, &RampStep::p50_us); });
        add_curves(curves, result, before, "p99", 1, [](const RunResult& run) { return steps_of(run, &RampStep::p99_us); });
        html += svg_plot("Latency by load", offered, wide_latency, curves);
    }
    std::vector<Curve> throughput;
    const char* const unit = result.mode == "connect" ? "handshakes" : result.mode == "fanout" ? "deliveries" : "messages";
    add_curves(throughput, result, before, unit, 0, [](const RunResult& run) { return series_of(run, rate_of); });
    html += svg_plot("Throughput over time", seconds, rate, throughput);
    std::vector<Curve> over_time;
    add_curves(over_time, result, before, "p50", 0,
        [](const RunResult& run) { return series_of(run, [](const SeriesPoint& point) { return point.p50_us; }); });
    add_curves(over_time, result, before, "p99", 1,
        [](const RunResult& run) { return series_of(run, [](const SeriesPoint& point) { return point.p99_us; }); });
    html += svg_plot("Latency over time", seconds, latency, over_time);
    std::vector<Curve> spread;
    add_curves(spread, result, before, "latency", 0, percentiles_of);
    html += svg_plot("Latency by percentile", nines, wide_latency, spread);
    return html;
}

std::string row(std::initializer_list<std::string> cells, const char* cell = "td")
{
    std::string html = "<tr>";
    for (const std::string& each : cells)
        html += "<" + std::string(cell) + (std::string_view(cell) == "td" ? " class=\"figure\">" : ">") + html_text(each) + "</" + cell + ">";
    return html + "</tr>\n";
}

std::string figure_table(const RunResult& result, const RunResult* before)
{
    std::string html = "<h2>Figures</h2>\n<table>\n";
    html += before ? row({"", "before", "now", "now / before"}, "th") : std::string();
    const std::vector<Figure> earlier = before ? figures_of(*before) : std::vector<Figure>();
    for (const Figure& figure : figures_of(result)) {
        const auto same = std::ranges::find(earlier, figure.name, &Figure::name);
        const bool is_known = same != earlier.end();
        html += before ? row({figure.name, is_known ? same->text : "-", figure.text, is_known ? ratio_text(*same, figure) : std::string()})
                       : row({figure.name, figure.text});
    }
    return html + "</table>\n";
}

std::string check_cases(const RunResult& result)
{
    if (result.checks.empty())
        return {};
    std::string html = "<h2>Cases</h2>\n<table>\n" + row({"case", "section", "sent", "expected", "came back", "outcome"}, "th");
    for (const CheckCase& each : result.checks) {
        html += "<tr>";
        for (const std::string* text : {&each.name, &each.section, &each.sent, &each.expected, &each.received})
            html += "<td>" + html_text(*text) + "</td>";
        const char* const kind = each.outcome == "pass" ? "pass" : each.outcome == "fail" ? "fail" : "quiet";
        html += std::string("<td class=\"") + kind + "\">" + html_text(each.outcome) + "</td></tr>\n";
    }
    return html + "</table>\n";
}

} // namespace

std::string html_report(const RunResult& result, const RunResult* before)
{
    const std::string title = "jackfield-bench " + result.mode + " " + result.target;
    std::string html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>"
        + html_text(title) + "</title>\n<style>" + std::string(style) + "</style>\n</head>\n<body>\n<h1>" + html_text(title) + "</h1>\n";
    html += "<p class=\"quiet\">" + html_text(result.started_at + ", jackfield-bench " + result.tool_version + ", " + result.machine)
        + (result.interrupted ? ", interrupted" : "") + "</p>\n";
    for (const std::string& warning : result.warnings)
        html += "<p class=\"note\">" + html_text(warning) + "</p>\n";
    for (const auto& [kind, count] : result.errors)
        html += "<p class=\"note\">" + html_text(kind + ": " + count_text(static_cast<double>(count))) + "</p>\n";
    if (!result.error_example.empty())
        html += "<p class=\"note\">" + html_text("the first: " + result.error_example) + "</p>\n";
    if (before) {
        html += "<p class=\"quiet\">" + html_text("Compared with the run of " + before->started_at) + "</p>\n";
        for (const std::string& each : different_parameters(*before, result))
            html += "<p class=\"note\">" + html_text("not alike: " + each) + "</p>\n";
    }
    html += figure_table(result, before) + plots(result, before) + check_cases(result);
    html += "<h2>Parameters</h2>\n<table>\n";
    for (const auto& [name, value] : result.parameters)
        html += row({name, value});
    return html + "</table>\n</body>\n</html>\n";
}

} // namespace jackfield::bench
