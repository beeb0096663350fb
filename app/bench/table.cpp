#include "app/bench/table.h"

#include "app/bench/figures.h"

#include "jackfield/escape.h"

#include <algorithm>
#include <string_view>

namespace jackfield::bench {
namespace {

constexpr std::size_t label_width = 16;

std::string line(std::string_view label, const std::string& text)
{
    std::string padded(label);
    padded.resize(std::max(padded.size() + 1, label_width), ' ');
    return "  " + padded + text + "\n";
}

/// What is counted in this mode.
const char* unit_of(const RunResult& result)
{
    return result.mode == "connect" ? "handshakes" : result.mode == "fanout" ? "deliveries" : "messages";
}

std::string latency_lines(const RunResult& result)
{
    const Latency& latency = result.latency;
    if (latency.count == 0)
        return {};
    const bool of_handshakes = result.mode == "connect" || result.mode == "idle";
    const bool from_due = result.mode == "rate" || result.mode == "ramp";
    const char* what = of_handshakes ? "handshake" : from_due ? "from when due" : result.mode == "fanout" ? "delivery" : "round trip";
    std::string text = line(what, "min " + time_text(latency.min_us) + "   mean " + time_text(latency.mean_us) + "   max " + time_text(latency.max_us));
    text += line("", "p50 " + time_text(latency.p50_us) + "   p90 " + time_text(latency.p90_us) + "   p99 " + time_text(latency.p99_us)
            + "   p99.9 " + time_text(latency.p99_9_us) + "   p99.99 " + time_text(latency.p99_99_us));
    return text;
}

std::string cpu_line(const char* who, const Cpu& cpu, const char* unit)
{
    std::string text = percent_text(cpu.share) + " of a processor";
    if (cpu.us_a_message)
        text += ", " + time_text(*cpu.us_a_message) + " for each of the " + unit;
    return line(who, text);
}

std::string ramp_lines(const RunResult& result)
{
    std::string text;
    for (const RampStep& step : result.ramp) {
        text += line(step.within_bound ? "held" : "broke",
            "offered " + count_text(step.offered) + "   answered " + count_text(step.achieved) + "   p50 " + time_text(step.p50_us) + "   p99 "
                + time_text(step.p99_us) + "   max " + time_text(step.max_us));
    }
    if (result.knee)
        text += line("knee", count_text(*result.knee) + " messages a second");
    return text;
}

} // namespace

std::string table(const RunResult& result)
{
    const char* const unit = unit_of(result);
    std::string text = result.mode + " " + escape_for_terminal(result.target) + "\n";
    std::string parameters;
    for (const auto& [name, value] : result.parameters)
        parameters += (parameters.empty() ? "" : ", ") + name + " " + value;
    text += line("parameters", parameters);
    text += line("connections", count_text(static_cast<double>(result.connections)) + ", opened in " + time_text(result.opening_seconds * 1e6));
    text += line("measured", time_text(result.seconds * 1e6) + (result.interrupted ? " (interrupted)" : ""));
    text += ramp_lines(result);
    if (result.mode != "idle" && result.mode != "ramp") {
        text += line(unit, count_text(static_cast<double>(result.messages)) + ", " + count_text(result.messages_a_second) + " a second");
        const double seconds = std::max(result.seconds, 1e-9);
        text += line("bytes", "sent " + bytes_text(static_cast<double>(result.bytes_sent) / seconds) + " a second, received "
                + bytes_text(static_cast<double>(result.bytes_received) / seconds) + " a second");
    }
    text += latency_lines(result);
    if (result.client_cpu)
        text += cpu_line("client CPU", *result.client_cpu, unit);
    if (result.server_cpu)
        text += cpu_line("server CPU", *result.server_cpu, unit);
    if (result.server_memory) {
        const ServerMemory& memory = *result.server_memory;
        std::string words = bytes_text(static_cast<double>(memory.before)) + " before, " + bytes_text(static_cast<double>(memory.after))
            + " after, at most " + bytes_text(static_cast<double>(memory.peak));
        if (memory.bytes_a_connection)
            words += "; " + bytes_text(*memory.bytes_a_connection) + " a connection";
        text += line("server memory", words);
    }
    for (const auto& [kind, count] : result.errors)
        text += line("error", escape_for_terminal(kind) + ": " + count_text(static_cast<double>(count)));
    if (result.errors.empty())
        text += line("errors", "none");
    else
        text += line("the first", escape_for_terminal(result.error_example, 1'000));
    for (const std::string& warning : result.warnings)
        text += line("note", escape_for_terminal(warning, 1'000));
    return text;
}

} // namespace jackfield::bench
