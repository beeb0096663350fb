#include "app/bench/result_json.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace jackfield::bench {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t largest_file = 64U << 20U;
constexpr const char* program = "jackfield-bench";

template <class T>
void put(Json& json, const char* key, const std::optional<T>& value)
{
    if (value)
        json[key] = *value;
}

Json json_of(const Latency& latency)
{
    Json json{{"count", latency.count}, {"min_us", latency.min_us}, {"mean_us", latency.mean_us}, {"p50_us", latency.p50_us},
        {"p75_us", latency.p75_us}, {"p90_us", latency.p90_us}, {"p95_us", latency.p95_us}, {"p99_us", latency.p99_us},
        {"p99_9_us", latency.p99_9_us}, {"p99_99_us", latency.p99_99_us}, {"max_us", latency.max_us}};
    Json buckets = Json::array();
    for (const Latency::Bucket& bucket : latency.buckets)
        buckets.push_back(Json::array({bucket.from_us, bucket.to_us, bucket.count}));
    json["buckets"] = std::move(buckets);
    return json;
}

Json json_of(const SeriesPoint& point)
{
    Json json{{"at_seconds", point.at_seconds}, {"seconds", point.seconds}, {"messages", point.messages},
        {"errors", point.errors}, {"connections", point.connections}, {"p50_us", point.p50_us}, {"p90_us", point.p90_us},
        {"p99_us", point.p99_us}, {"p99_9_us", point.p99_9_us}, {"max_us", point.max_us}, {"client_cpu", point.client_cpu}};
    put(json, "server_cpu", point.server_cpu);
    put(json, "server_memory", point.server_memory);
    return json;
}

Json json_of(const RampStep& step)
{
    return {{"offered", step.offered}, {"achieved", step.achieved}, {"p50_us", step.p50_us}, {"p99_us", step.p99_us},
        {"max_us", step.max_us}, {"within_bound", step.within_bound}};
}

Json json_of(const CheckCase& one)
{
    return {{"name", one.name}, {"section", one.section}, {"sent", one.sent}, {"expected", one.expected},
        {"received", one.received}, {"outcome", one.outcome}};
}

Json json_of(const Cpu& cpu)
{
    Json json{{"seconds", cpu.seconds}, {"share", cpu.share}};
    put(json, "us_a_message", cpu.us_a_message);
    return json;
}

Json json_of(const ServerMemory& memory)
{
    Json json{{"before", memory.before}, {"after", memory.after}, {"peak", memory.peak}};
    put(json, "bytes_a_connection", memory.bytes_a_connection);
    return json;
}

template <class T>
Json list_of(const std::vector<T>& values)
{
    Json list = Json::array();
    for (const T& value : values)
        list.push_back(json_of(value));
    return list;
}

/// Takes fields out of one object; a field of another type throws nlohmann's exception, which says so.
class Fields {
public:
    explicit Fields(const Json& json)
        : json_(json)
    {
        static_cast<void>(json.get_ref<const Json::object_t&>());
    }
    template <class T>
    void take(const char* key, T& value) const
    {
        if (const auto found = json_.find(key); found != json_.end())
            value = found->get<T>();
    }
    template <class T>
    void take(const char* key, std::optional<T>& value) const
    {
        if (const auto found = json_.find(key); found != json_.end() && !found->is_null())
            value = found->get<T>();
    }
    template <class T, class Read>
    void take_part(const char* key, T& value, Read read) const
    {
        if (const auto found = json_.find(key); found != json_.end())
            value = read(*found);
    }
    template <class T, class Read>
    void take_list(const char* key, std::vector<T>& values, Read read) const
    {
        const auto found = json_.find(key);
        if (found == json_.end())
            return;
        for (const Json& one : *found)
            values.push_back(read(one));
    }

private:
    const Json& json_;
};

Latency read_latency(const Json& json)
{
    Latency latency;
    const Fields fields(json);
    fields.take("count", latency.count);
    fields.take("min_us", latency.min_us);
    fields.take("mean_us", latency.mean_us);
    fields.take("p50_us", latency.p50_us);
    fields.take("p75_us", latency.p75_us);
    fields.take("p90_us", latency.p90_us);
    fields.take("p95_us", latency.p95_us);
    fields.take("p99_us", latency.p99_us);
    fields.take("p99_9_us", latency.p99_9_us);
    fields.take("p99_99_us", latency.p99_99_us);
    fields.take("max_us", latency.max_us);
    fields.take_list("buckets", latency.buckets, [](const Json& one) {
        return Latency::Bucket{one.at(0).get<double>(), one.at(1).get<double>(), one.at(2).get<std::uint64_t>()};
    });
    return latency;
}

SeriesPoint read_point(const Json& json)
{
    SeriesPoint point;
    const Fields fields(json);
    fields.take("at_seconds", point.at_seconds);
    fields.take("seconds", point.seconds);
    fields.take("messages", point.messages);
    fields.take("errors", point.errors);
    fields.take("connections", point.connections);
    fields.take("p50_us", point.p50_us);
    fields.take("p90_us", point.p90_us);
    fields.take("p99_us", point.p99_us);
    fields.take("p99_9_us", point.p99_9_us);
    fields.take("max_us", point.max_us);
    fields.take("client_cpu", point.client_cpu);
    fields.take("server_cpu", point.server_cpu);
    fields.take("server_memory", point.server_memory);
    return point;
}

RampStep read_step(const Json& json)
{
    RampStep step;
    const Fields fields(json);
    fields.take("offered", step.offered);
    fields.take("achieved", step.achieved);
    fields.take("p50_us", step.p50_us);
    fields.take("p99_us", step.p99_us);
    fields.take("max_us", step.max_us);
    fields.take("within_bound", step.within_bound);
    return step;
}

CheckCase read_case(const Json& json)
{
    CheckCase one;
    const Fields fields(json);
    fields.take("name", one.name);
    fields.take("section", one.section);
    fields.take("sent", one.sent);
    fields.take("expected", one.expected);
    fields.take("received", one.received);
    fields.take("outcome", one.outcome);
    return one;
}

Cpu read_cpu(const Json& json)
{
    Cpu cpu;
    const Fields fields(json);
    fields.take("seconds", cpu.seconds);
    fields.take("share", cpu.share);
    fields.take("us_a_message", cpu.us_a_message);
    return cpu;
}

ServerMemory read_memory(const Json& json)
{
    ServerMemory memory;
    const Fields fields(json);
    fields.take("before", memory.before);
    fields.take("after", memory.after);
    fields.take("peak", memory.peak);
    fields.take("bytes_a_connection", memory.bytes_a_connection);
    return memory;
}

RunResult read_result(const Json& json)
{
    RunResult result;
    const Fields fields(json);
    fields.take("mode", result.mode);
    fields.take("target", result.target);
    fields.take("tool_version", result.tool_version);
    fields.take("started_at", result.started_at);
    fields.take("machine", result.machine);
    if (const auto found = json.find("parameters"); found != json.end()) {
        for (const auto& [key, value] : found->items())
            result.parameters.emplace_back(key, value.get<std::string>());
    }
    fields.take("seconds", result.seconds);
    fields.take("interrupted", result.interrupted);
    fields.take("failed", result.failed);
    fields.take("connections", result.connections);
    fields.take("opening_seconds", result.opening_seconds);
    fields.take("messages", result.messages);
    fields.take("messages_a_second", result.messages_a_second);
    fields.take("bytes_sent", result.bytes_sent);
    fields.take("bytes_received", result.bytes_received);
    fields.take("payload_bytes", result.payload_bytes);
    fields.take("errors", result.errors);
    fields.take("error_example", result.error_example);
    fields.take("warnings", result.warnings);
    fields.take_part("latency", result.latency, read_latency);
    fields.take_part("client_cpu", result.client_cpu, read_cpu);
    fields.take_part("server_cpu", result.server_cpu, read_cpu);
    fields.take_part("server_memory", result.server_memory, read_memory);
    fields.take("knee", result.knee);
    fields.take("late_messages", result.late_messages);
    fields.take_list("ramp", result.ramp, read_step);
    fields.take_list("checks", result.checks, read_case);
    fields.take_list("series", result.series, read_point);
    return result;
}

} // namespace

std::string to_json(const RunResult& result)
{
    Json json{{"program", program}, {"format", RunResult::format}, {"mode", result.mode}, {"target", result.target},
        {"tool_version", result.tool_version}, {"started_at", result.started_at}, {"machine", result.machine}};
    Json parameters = Json::object();
    for (const auto& [key, value] : result.parameters)
        parameters[key] = value;
    json["parameters"] = std::move(parameters);
    json["seconds"] = result.seconds;
    json["interrupted"] = result.interrupted;
    json["failed"] = result.failed;
    json["connections"] = result.connections;
    json["opening_seconds"] = result.opening_seconds;
    json["messages"] = result.messages;
    json["messages_a_second"] = result.messages_a_second;
    json["bytes_sent"] = result.bytes_sent;
    json["bytes_received"] = result.bytes_received;
    json["payload_bytes"] = result.payload_bytes;
    json["errors"] = result.errors;
    json["error_example"] = result.error_example;
    json["warnings"] = result.warnings;
    if (result.client_cpu)
        json["client_cpu"] = json_of(*result.client_cpu);
    if (result.server_cpu)
        json["server_cpu"] = json_of(*result.server_cpu);
    if (result.server_memory)
        json["server_memory"] = json_of(*result.server_memory);
    put(json, "knee", result.knee);
    put(json, "late_messages", result.late_messages);
    json["latency"] = json_of(result.latency);
    json["ramp"] = list_of(result.ramp);
    json["checks"] = list_of(result.checks);
    json["series"] = list_of(result.series);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string progress_json(const SeriesPoint& point)
{
    Json json = json_of(point);
    json["messages_a_second"] = static_cast<double>(point.messages) / std::max(point.seconds, 1e-9);
    return json.dump() + "\n";
}

std::string progress_json(const std::string& doing)
{
    return Json{{"doing", doing}}.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string progress_json(std::size_t number, std::size_t of, const std::string& name)
{
    return Json{{"doing", name}, {"number", number}, {"of", of}}.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<RunResult> from_json(std::string_view text)
{
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded())
        return fail(ErrorCode::malformed, "it is not JSON");
    if (!json.is_object() || json.value("program", Json()) != program)
        return fail(ErrorCode::malformed, "it is not a report of jackfield-bench (--json writes one)");
    if (const Json format = json.value("format", Json()); !format.is_number_integer() || format > RunResult::format)
        return fail(ErrorCode::malformed, "it is the report of a newer jackfield-bench");
    try {
        return read_result(json);
    } catch (const Json::exception& error) {
        return fail(ErrorCode::malformed, std::string("a field of the report is not what it should be: ") + error.what());
    }
}

Result<RunResult> read_result_file(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        const ErrorCode code = errno == ENOENT ? ErrorCode::not_found
            : errno == EACCES                  ? ErrorCode::permission_denied
                                               : ErrorCode::system;
        return fail(code, "the report " + path + " cannot be read", errno);
    }
    std::string text;
    char part[16'384];
    while (file.read(part, sizeof part) || file.gcount() > 0) {
        text.append(part, static_cast<std::size_t>(file.gcount()));
        if (text.size() > largest_file)
            return fail(ErrorCode::too_large, "the report " + path + " is larger than 64 MiB");
    }
    auto result = from_json(text);
    if (!result)
        result.error().detail = path + ": " + result.error().detail;
    return result;
}

} // namespace jackfield::bench
