#include "app/shared/project_file.h"

#include "app/shared/json_document.h"
#include "app/shared/template_file.h"

#include "jackfield/escape.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

namespace jackfield::app {
namespace {

constexpr std::size_t most_list_lines = 10'000;
constexpr std::size_t most_reported = 10;

const Json* project_member(const Json& object, const char* name)
{
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

Json project_member_or_null(const Json& object, const char* name)
{
    const Json* found = object.is_object() ? project_member(object, name) : nullptr;
    return found ? *found : Json();
}

std::string shown_value(const Json& value)
{
    return escape_for_terminal(value.dump(-1, ' ', false, Json::error_handler_t::replace), 60);
}

bool is_one_line(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) != 0x7f);
    });
}

Result<AccessList> read_list(const Json& value, ListKind kind, std::vector<std::string>& notices)
{
    const std::string name = kind == ListKind::hosts ? "access.hosts" : "access.origins";
    if (!value.is_array())
        return fail(ErrorCode::malformed, name + " is " + shown_value(value) + " and no list");
    if (value.size() > most_list_lines)
        return fail(ErrorCode::malformed, name + " has more than 10,000 entries");
    AccessList list;
    std::size_t usable = 0;
    std::size_t bad = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const Json& item = value[i];
        const std::string place = name + ", entry " + std::to_string(i + 1);
        if (!item.is_string() || !is_one_line(item.get_ref<const std::string&>()))
            return fail(ErrorCode::malformed, place + " is " + shown_value(item) + " and no line of text");
        AccessLine line = parse_access_line(kind, item.get_ref<const std::string&>());
        if (line.state == AccessLine::State::active) {
            ++usable;
            if (line.pattern.is_wide_open())
                line.state = AccessLine::State::needs_confirmation;
        } else if (line.state == AccessLine::State::invalid && ++bad <= most_reported) {
            notices.push_back(place + " has no effect: " + line.problem);
        }
        list.lines.push_back(std::move(line));
    }
    if (bad > most_reported)
        notices.push_back(name + ": " + std::to_string(bad - most_reported) + " more entries have no effect");
    if (usable == 0 && bad > 0)
        return fail(ErrorCode::malformed, name + " has no valid entry: " + list.lines.front().problem);
    if (usable == 0)
        notices.push_back(name + " is empty: nobody is let in");
    return list;
}

Result<void> read_access(const Json& access, ParsedProject& parsed)
{
    if (!access.is_object())
        return fail(ErrorCode::malformed, "access is " + shown_value(access) + " and no object");
    if (const Json* required = project_member(access, "origin_required"); required && !required->is_boolean())
        return fail(ErrorCode::malformed,
            "access.origin_required is " + shown_value(*required) + " and not true or false");
    for (const auto& [name, kind, list] : {std::tuple("hosts", ListKind::hosts, &parsed.project.hosts),
             std::tuple("origins", ListKind::origins, &parsed.project.origins)}) {
        const Json* lines = project_member(access, name);
        if (!lines)
            continue;
        auto read = read_list(*lines, kind, parsed.notices);
        if (!read)
            return tl::unexpected<Error>(std::move(read.error()));
        *list = std::move(*read);
    }
    return {};
}

Json lines_json(const AccessList& list)
{
    Json lines = Json::array();
    for (const AccessLine& line : list.lines) {
        if (!line.temporary)
            lines.push_back(line.text);
    }
    return lines;
}

// A change of one endpoint is then one change in the file.
std::vector<EndpointConfig> in_the_order_of(std::vector<EndpointConfig> endpoints, const Json& previous)
{
    const auto place_of = [&previous](const EndpointConfig& endpoint) {
        if (!previous.is_array())
            return std::size_t{0};
        const auto found = std::find_if(previous.begin(), previous.end(), [&](const Json& old) {
            return old.is_object() && project_member_or_null(old, "path") == endpoint.pattern;
        });
        return static_cast<std::size_t>(std::distance(previous.begin(), found));
    };
    std::stable_sort(endpoints.begin(), endpoints.end(),
        [&](const EndpointConfig& a, const EndpointConfig& b) { return place_of(a) < place_of(b); });
    return endpoints;
}

std::vector<EndpointConfig> sorted_by_pattern(std::vector<EndpointConfig> endpoints)
{
    std::sort(endpoints.begin(), endpoints.end(),
        [](const EndpointConfig& a, const EndpointConfig& b) { return a.pattern < b.pattern; });
    return endpoints;
}

} // namespace

Result<ParsedProject> parse_project(std::string_view text, const std::vector<std::string>& behaviours)
{
    JsonOddities odd;
    const auto document = parse_json_document(text, 64, &odd);
    if (!document)
        return tl::unexpected<Error>(document.error());
    // Which of them is meant would be a guess.
    if (!odd.repeated.empty())
        return fail(ErrorCode::malformed,
            "the member \"" + escape_for_terminal(odd.repeated, 60) + "\" is there twice in one object");
    ParsedProject parsed;
    const Json* version = project_member(*document, "jackfield");
    if (!version)
        return fail(ErrorCode::malformed, "it is no Jackfield project: it has no member \"jackfield\"");
    if (!version->is_number_integer() || *version < 1)
        return fail(ErrorCode::malformed,
            "\"jackfield\" is " + shown_value(*version) + " and no version of the format, such as 1");
    parsed.version = version->get<std::uint64_t>() > 1'000'000
        ? 1'000'000
        : static_cast<int>(version->get<std::uint64_t>());
    // The access first: what cannot be read as it stands must not be half understood.
    if (const Json* access = project_member(*document, "access")) {
        if (auto read = read_access(*access, parsed); !read)
            return tl::unexpected<Error>(std::move(read.error()));
    }
    // Entries of the lists that have no effect are kept, and that the file is newer has been seen.
    const std::size_t kept = parsed.notices.size() + (parsed.version > project_format_version ? 1 : 0);
    auto settings = parse_settings(text, behaviours, parsed.notices, {});
    if (!settings)
        return tl::unexpected<Error>(std::move(settings.error()));
    parsed.project.settings = std::move(*settings);
    for (std::size_t i = 0; i < std::min(odd.numbers.size(), most_reported); ++i)
        parsed.notices.push_back("the number " + escape_for_terminal(odd.numbers[i], 60)
            + " cannot be kept as it is written; where it stays it becomes a text or is rounded");
    if (odd.numbers.size() > most_reported)
        parsed.notices.push_back(std::to_string(odd.numbers.size() - most_reported)
            + " more numbers cannot be kept as they are written");
    if (const Json* templates = project_member(*document, "templates")) {
        Json part = Json::object();
        part["templates"] = *templates;
        auto read
            = parse_templates(part.dump(-1, ' ', false, Json::error_handler_t::replace), parsed.notices);
        if (!read)
            return fail(ErrorCode::malformed, "\"templates\" cannot be read: " + read.error().detail);
        parsed.project.templates = std::move(*read);
    }
    for (std::size_t i = kept; i < parsed.notices.size(); ++i)
        parsed.losses.push_back(parsed.notices[i]);
    return parsed;
}

std::string format_project(const Project& project, std::string_view previous)
{
    const Json old = parse_json_document(previous).value_or(Json::object());
    Settings settings = project.settings;
    settings.endpoints
        = in_the_order_of(std::move(settings.endpoints), project_member_or_null(old, "endpoints"));
    // Both texts are our own.
    Json document = Json::parse(format_settings(settings, previous));
    Json templates = Json::parse(format_templates(project.templates, {}))["templates"];

    Json access = Json::object();
    access["hosts"] = lines_json(project.hosts);
    access["origins"] = lines_json(project.origins);
    for (const auto& [name, value] : document["access"].items()) {
        if (!access.contains(name))
            access[name] = value;
    }
    document["access"] = std::move(access);
    // Known members stand before the others, the templates last among them.
    Json ordered = Json::object();
    for (const char* name :
        {"jackfield", "listeners", "endpoints", "access", "older_protocols", "limits", "compression"})
        ordered[name] = std::move(document[name]);
    ordered["templates"] = std::move(templates);
    for (const auto& [name, value] : document.items()) {
        if (!ordered.contains(name))
            ordered[name] = value;
    }
    return ordered.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

bool same_content(const Project& a, const Project& b)
{
    const Settings& left = a.settings;
    const Settings& right = b.settings;
    return left.listeners == right.listeners && left.origin_required == right.origin_required
        && left.older_protocols == right.older_protocols && left.limits == right.limits
        && left.compression == right.compression
        && sorted_by_pattern(left.endpoints) == sorted_by_pattern(right.endpoints)
        && a.hosts.file_text() == b.hosts.file_text() && a.origins.file_text() == b.origins.file_text()
        && a.templates == b.templates;
}

AccessList lasting_lines(const AccessList& list)
{
    AccessList lasting;
    lasting.fell_back = list.fell_back;
    lasting.problem = list.problem;
    std::copy_if(list.lines.begin(), list.lines.end(), std::back_inserter(lasting.lines),
        [](const AccessLine& line) { return !line.temporary; });
    return lasting;
}

Project project_of(
    const ServerStatus& status, std::vector<ListenSpec> listeners, std::vector<TemplateNode> templates)
{
    Project project;
    project.settings.listeners = std::move(listeners);
    project.settings.endpoints = status.endpoints;
    project.settings.origin_required = status.access.origin_required;
    project.settings.older_protocols = status.older_protocols;
    project.settings.limits = status.limits;
    project.settings.compression = status.compression;
    project.hosts = lasting_lines(status.access.hosts);
    project.origins = lasting_lines(status.access.origins);
    project.templates = std::move(templates);
    return project;
}

Project project_of(const EngineConfig& config)
{
    ServerStatus status;
    status.endpoints = config.endpoints;
    status.access = config.access;
    status.older_protocols = config.older_protocols;
    status.limits = config.limits;
    status.compression = config.compression;
    return project_of(status, config.listeners, {});
}

} // namespace jackfield::app
