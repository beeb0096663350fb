#include "app/shared/settings_file.h"

#include "app/shared/json_document.h"
#include "app/shared/listen_list.h"
#include "app/shared/sockjs_settings.h"

#include "jackfield/command_text.h"
#include "jackfield/escape.h"
#include "jackfield/limit_fields.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

namespace jackfield::app {
namespace {

constexpr std::size_t most_listeners = 64;
constexpr std::size_t most_endpoints = 1'000;
constexpr std::size_t longest_pattern = 1'024; // that the engine takes
constexpr int format_version = 1;

std::string shown(std::string_view text)
{
    return "\"" + escape_for_terminal(text, 60) + "\"";
}

std::string shown(const Json& value)
{
    return escape_for_terminal(value.dump(-1, ' ', false, Json::error_handler_t::replace), 60);
}

class Reader {
public:
    Reader(const std::vector<std::string>& behaviours, std::vector<std::string>& notices, std::string_view about)
        : behaviours_(behaviours)
        , notices_(notices)
        , about_(about)
    { }

    Settings read(const Json& document)
    {
        Settings settings;
        if (const Json* version = member(document, "jackfield");
            !version || !version->is_number_integer() || *version < 1)
            notice("\"jackfield\" should be the format's version, 1");
        else if (*version > format_version)
            notice("the file was written by a newer Jackfield; members that this one does not know are kept "
                   "and have no effect, entries that it cannot read will be missing after saving");
        if (const Json* listeners = member(document, "listeners"))
            read_listeners(*listeners, settings.listeners);
        if (const Json* endpoints = member(document, "endpoints"))
            read_endpoints(*endpoints, settings.endpoints);
        if (const Json* access = member(document, "access")) {
            if (!access->is_object())
                notice("\"access\" is no object and has no effect");
            else if (const Json* required = member(*access, "origin_required"))
                read_flag(*required, "access.origin_required", settings.origin_required);
        }
        if (const Json* older = member(document, "older_protocols"))
            read_flag(*older, "older_protocols", settings.older_protocols);
        if (const Json* limits = member(document, "limits"))
            read_limits(*limits, settings.limits);
        if (const Json* compression = member(document, "compression"))
            read_compression(*compression, settings.compression);
        return settings;
    }

private:
    static const Json* member(const Json& object, const char* name)
    {
        const auto found = object.find(name);
        return found == object.end() ? nullptr : &*found;
    }

    void notice(std::string text) { notices_.push_back(std::string(about_) + std::move(text)); }

    void read_flag(const Json& value, const std::string& name, bool& flag)
    {
        if (value.is_boolean())
            flag = value.get<bool>();
        else
            notice(name + " is " + shown(value) + " and not true or false; " + (flag ? "true" : "false")
                + " is used");
    }

    void read_listeners(const Json& value, std::vector<ListenSpec>& listeners)
    {
        std::vector<std::string> addresses;
        if (value.is_array()) {
            for (const Json& item : value) {
                if (addresses.size() == most_listeners) {
                    notice("there are more than 64 listeners; the rest is left out");
                    break;
                }
                const auto listener = item.is_string()
                    ? parse_listener(item.get<std::string>())
                    : Result<ListenSpec>(fail(ErrorCode::malformed, shown(item) + " is no address"));
                if (listener)
                    addresses.push_back(item.get<std::string>());
                else
                    notice("a listener is left out: " + listener.error().detail);
            }
        }
        auto parsed = parse_listen_list(addresses, true);
        if (parsed && !parsed->empty())
            listeners = std::move(*parsed);
        else
            notice("\"listeners\" names no address; 127.0.0.1 and [::1] with port 4567 are used");
    }

    bool knows(const std::string& behaviour) const
    {
        return std::find(behaviours_.begin(), behaviours_.end(), behaviour) != behaviours_.end();
    }

    static bool is_pattern(const std::string& text)
    {
        return text.size() <= longest_pattern && text.starts_with('/') && std::all_of(text.begin(), text.end(), [](char c) {
            return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7f && c != '?'
                && c != '#';
        }) && text.find('*') >= text.size() - 1;
    }

    static bool is_subprotocol(const std::string& text)
    {
        // RFC 6455 section 4.1: a token of RFC 9110.
        static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
        return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                || marks.find(c) != std::string_view::npos;
        });
    }

    std::optional<EndpointConfig> read_endpoint(const Json& value)
    {
        if (!value.is_object()) {
            notice("an endpoint is left out: " + shown(value) + " is no object");
            return std::nullopt;
        }
        EndpointConfig endpoint;
        const Json* path = member(value, "path");
        if (!path || !path->is_string() || !is_pattern(path->get<std::string>())) {
            notice("an endpoint is left out: its path is " + (path ? shown(*path) : "missing")
                + "; a path begins with /, may end in * and has 1,024 characters at most");
            return std::nullopt;
        }
        endpoint.pattern = path->get<std::string>();
        if (const Json* behaviour = member(value, "behaviour")) {
            const bool known = behaviour->is_string() && knows(behaviour->get<std::string>());
            endpoint.behaviour = known ? behaviour->get<std::string>() : "silent";
            if (!known)
                notice("endpoint " + endpoint.pattern + " answers with " + shown(*behaviour)
                    + ", which is unknown; it is silent until that is repaired");
        }
        if (const Json* flag = member(value, "chat_includes_sender"))
            read_flag(*flag, "chat_includes_sender of " + endpoint.pattern, endpoint.chat_includes_sender);
        if (const Json* flag = member(value, "any_origin"))
            read_flag(*flag, "any_origin of " + endpoint.pattern, endpoint.any_origin);
        if (const Json* sockjs = member(value, "sockjs"))
            endpoint.sockjs
                = read_sockjs(*sockjs, endpoint.pattern, [this](std::string text) { notice(std::move(text)); });
        if (const Json* subprotocols = member(value, "subprotocols"))
            read_subprotocols(*subprotocols, endpoint);
        return endpoint;
    }

    void read_subprotocols(const Json& value, EndpointConfig& endpoint)
    {
        if (!value.is_object()) {
            notice("the subprotocols of " + endpoint.pattern + " are no object and have no effect");
            return;
        }
        for (const auto& [name, behaviour] : value.items()) {
            if (is_subprotocol(name) && behaviour.is_string() && knows(behaviour.get<std::string>()))
                endpoint.subprotocols.push_back({name, behaviour.get<std::string>()});
            else
                notice("subprotocol " + shown(std::string_view(name)) + " of " + endpoint.pattern + " with "
                    + shown(behaviour) + " is left out");
        }
    }

    void read_endpoints(const Json& value, std::vector<EndpointConfig>& endpoints)
    {
        if (!value.is_array()) {
            notice("\"endpoints\" is no array; the built-in endpoints are used");
            return;
        }
        std::vector<EndpointConfig> read;
        for (const Json& item : value) {
            if (read.size() == most_endpoints) {
                notice("there are more than 1,000 endpoints; the rest is left out");
                break;
            }
            auto endpoint = read_endpoint(item);
            if (!endpoint)
                continue;
            const bool twice = std::any_of(read.begin(), read.end(),
                [&](const EndpointConfig& e) { return e.pattern == endpoint->pattern; });
            if (twice)
                notice("endpoint " + endpoint->pattern + " is there twice; the first one counts");
            else
                read.push_back(std::move(*endpoint));
        }
        if (read.empty() && !value.empty())
            notice("no endpoint could be used; the built-in endpoints are");
        else
            endpoints = std::move(read);
    }

    void read_limits(const Json& value, Limits& limits)
    {
        if (!value.is_object()) {
            notice("\"limits\" is no object; the defaults are used");
            return;
        }
        for (const LimitField& field : limit_fields()) {
            const Json* item = member(value, std::string(field.name).c_str());
            if (!item)
                continue;
            const std::string name(field.name);
            if (!item->is_number()) {
                notice(name + " is " + shown(*item) + " and no number; " + std::to_string(field.get(limits))
                    + " is used");
                continue;
            }
            std::uint64_t number = field.smallest;
            if (item->is_number_unsigned())
                number = item->get<std::uint64_t>();
            else if (const double d = item->get<double>(); d >= 18446744073709551615.0)
                number = UINT64_MAX;
            else if (d >= 1)
                number = static_cast<std::uint64_t>(d);
            if (!field.accepts(number) || !item->is_number_unsigned()) {
                number = std::clamp(number, field.smallest, field.largest);
                notice(name + " is " + shown(*item) + " and is taken as " + std::to_string(number) + " ("
                    + (field.zero_allowed ? "0 or " : "") + std::to_string(field.smallest) + " to "
                    + std::to_string(field.largest) + ")");
            }
            field.set(limits, number);
        }
        for (std::string& change : clamp_limits(limits))
            notice(std::move(change));
    }

    template <class Number>
    void read_number(const Json& object, const char* name, Number& number)
    {
        const Json* item = member(object, name);
        if (!item)
            return;
        if (!item->is_number_unsigned()) {
            notice("compression." + std::string(name) + " is " + shown(*item) + " and no whole number; "
                + std::to_string(number) + " is used");
            return;
        }
        number = static_cast<Number>(
            std::min<std::uint64_t>(item->get<std::uint64_t>(), std::numeric_limits<Number>::max()));
    }

    void read_compression(const Json& value, Compression& compression)
    {
        if (!value.is_object()) {
            notice("\"compression\" is no object; the defaults are used");
            return;
        }
        for (const auto& [name, flag] : {std::pair("enabled", &compression.enabled),
                 std::pair("server_context_takeover", &compression.server_context_takeover),
                 std::pair("client_context_takeover", &compression.client_context_takeover)}) {
            if (const Json* item = member(value, name))
                read_flag(*item, "compression." + std::string(name), *flag);
        }
        read_number(value, "level", compression.level);
        read_number(value, "threshold", compression.threshold);
        read_number(value, "context_budget", compression.context_budget);
        for (std::string& change : clamp_compression(compression))
            notice(std::move(change));
    }

    const std::vector<std::string>& behaviours_;
    std::vector<std::string>& notices_;
    std::string_view about_;
};

// Members of `previous` that are not in `object` yet, behind those that are.
void keep_unknown(Json& object, const Json& previous, const std::vector<std::string>& known = {})
{
    if (!previous.is_object())
        return;
    for (const auto& [name, value] : previous.items()) {
        if (!object.contains(name) && std::find(known.begin(), known.end(), name) == known.end())
            object[name] = value;
    }
}

Json member_or_null(const Json& object, const char* name)
{
    return object.is_object() && object.contains(name) ? object[name] : Json();
}

Json endpoint_json(const EndpointConfig& endpoint, const Json& previous)
{
    Json object = Json::object();
    object["path"] = endpoint.pattern;
    object["behaviour"] = endpoint.behaviour;
    Json subprotocols = Json::object();
    for (const SubprotocolRule& rule : endpoint.subprotocols)
        subprotocols[rule.name] = rule.behaviour;
    object["subprotocols"] = std::move(subprotocols);
    object["chat_includes_sender"] = endpoint.chat_includes_sender;
    Json before;
    if (previous.is_array()) {
        for (const Json& old : previous) {
            if (old.is_object() && member_or_null(old, "path") == endpoint.pattern) {
                before = old;
                break;
            }
        }
    }
    if (endpoint.any_origin)
        object["any_origin"] = true;
    if (endpoint.sockjs)
        object["sockjs"] = sockjs_json(*endpoint.sockjs, member_or_null(before, "sockjs"));
    keep_unknown(object, before, {"any_origin", "sockjs"});
    return object;
}

Json compression_json(const Compression& compression, const Json& previous)
{
    const Compression defaults;
    Json object = Json::object();
    object["enabled"] = compression.enabled;
    const auto put = [&](const char* name, auto value, auto standard) {
        if (value != standard)
            object[name] = value;
    };
    put("server_context_takeover", compression.server_context_takeover, defaults.server_context_takeover);
    put("client_context_takeover", compression.client_context_takeover, defaults.client_context_takeover);
    put("level", compression.level, defaults.level);
    put("threshold", compression.threshold, defaults.threshold);
    put("context_budget", compression.context_budget, defaults.context_budget);
    keep_unknown(object, previous,
        {"server_context_takeover", "client_context_takeover", "level", "threshold", "context_budget"});
    return object;
}

} // namespace

Result<Settings> parse_settings(std::string_view text, const std::vector<std::string>& behaviours,
    std::vector<std::string>& notices, std::string_view about)
{
    JsonOddities odd;
    const auto document = parse_json_document(text, 64, &odd);
    if (!document)
        return tl::unexpected<Error>(document.error());
    if (!odd.repeated.empty())
        notices.push_back(std::string(about) + "the member \"" + escape_for_terminal(odd.repeated, 60)
            + "\" is there twice in one object; the last one counts");
    return Reader(behaviours, notices, about).read(*document);
}

std::string format_settings(const Settings& settings, std::string_view previous)
{
    const Json old = parse_json_document(previous).value_or(Json::object());
    Json document = Json::object();
    const Json version = member_or_null(old, "jackfield");
    document["jackfield"]
        = version.is_number_integer() && version > format_version ? version : Json(format_version);
    Json listeners = Json::array();
    for (ListenSpec spec : settings.listeners) {
        spec.same_port_as_previous = spec.optional = false; // an IPv6 twin is known by its address
        listeners.push_back(format_listener(spec));
    }
    document["listeners"] = std::move(listeners);
    Json endpoints = Json::array();
    for (const EndpointConfig& endpoint : settings.endpoints)
        endpoints.push_back(endpoint_json(endpoint, member_or_null(old, "endpoints")));
    document["endpoints"] = std::move(endpoints);
    Json access = Json::object();
    access["origin_required"] = settings.origin_required;
    keep_unknown(access, member_or_null(old, "access"));
    document["access"] = std::move(access);
    document["older_protocols"] = settings.older_protocols;
    Json limits = Json::object();
    std::vector<std::string> known_limits;
    const Limits defaults;
    for (const LimitField& field : limit_fields()) {
        known_limits.emplace_back(field.name);
        if (field.get(settings.limits) != field.get(defaults))
            limits[std::string(field.name)] = field.get(settings.limits);
    }
    keep_unknown(limits, member_or_null(old, "limits"), known_limits);
    document["limits"] = std::move(limits);
    document["compression"] = compression_json(settings.compression, member_or_null(old, "compression"));
    keep_unknown(document, old);
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace jackfield::app
