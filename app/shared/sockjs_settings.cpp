#include "app/shared/sockjs_settings.h"

#include "jackfield/command.h"
#include "jackfield/escape.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace jackfield::app {
namespace {

constexpr std::array<std::string_view, 6> members
    = {"transports", "heartbeat_ms", "disconnect_delay_ms", "response_limit", "cookies", "client_url"};

std::string shown_part(const Json& value)
{
    return escape_for_terminal(value.dump(-1, ' ', false, Json::error_handler_t::replace), 60);
}

class SockJsReader {
public:
    SockJsReader(const Json& value, const std::string& pattern, const std::function<void(std::string)>& notice)
        : value_(value)
        , pattern_(pattern)
        , notice_(notice)
    { }

    SockJs read()
    {
        SockJs sockjs;
        read_transports(sockjs.transports);
        if (const auto time = number("heartbeat_ms", sockjs.heartbeat.count()))
            sockjs.heartbeat = milliseconds(static_cast<std::int64_t>(*time));
        if (const auto time = number("disconnect_delay_ms", sockjs.disconnect_delay.count()))
            sockjs.disconnect_delay = milliseconds(static_cast<std::int64_t>(*time));
        if (const auto limit = number("response_limit", sockjs.response_limit))
            sockjs.response_limit = static_cast<std::uint32_t>(*limit);
        if (const Json* cookies = member("cookies")) {
            if (cookies->is_boolean())
                sockjs.cookies = cookies->get<bool>();
            else
                wrong("cookies", *cookies, "not true or false", "false");
        }
        read_client_url(sockjs.client_url);
        for (const std::string& change : clamp_sockjs(sockjs))
            notice_("endpoint " + pattern_ + ": " + change);
        return sockjs;
    }

private:
    const Json* member(const char* name) const
    {
        const auto found = value_.find(name);
        return found == value_.end() ? nullptr : &*found;
    }

    void wrong(const char* name, const Json& value, const std::string& why, const std::string& used) const
    {
        notice_("sockjs." + std::string(name) + " of " + pattern_ + " is " + shown_part(value) + " and " + why + "; " + used
            + " is used");
    }

    void read_transports(SockJsTransports& transports) const
    {
        const Json* list = member("transports");
        if (!list)
            return;
        if (!list->is_array()) {
            wrong("transports", *list, "no list", "all but htmlfile and jsonp");
            return;
        }
        for (std::size_t i = 0; i < sockjs_transport_count; ++i)
            transports.set(static_cast<SockJsTransport>(i), false);
        for (const Json& item : *list) {
            bool known = false;
            for (std::size_t i = 0; i < sockjs_transport_count; ++i) {
                const auto transport = static_cast<SockJsTransport>(i);
                if (item.is_string() && item.get_ref<const std::string&>() == name_of(transport)) {
                    transports.set(transport, true);
                    known = true;
                }
            }
            if (!known)
                notice_("a transport of " + pattern_ + " is left out: " + shown_part(item)
                    + " is none of websocket, xhr-streaming, xhr-polling, eventsource, htmlfile and jsonp");
        }
    }

    // At most what any of them can hold; clamp_sockjs brings it into its range.
    std::optional<std::uint64_t> number(const char* name, std::int64_t standard) const
    {
        const Json* item = member(name);
        if (!item)
            return std::nullopt;
        if (!item->is_number_unsigned()) {
            wrong(name, *item, "no whole number", std::to_string(standard));
            return std::nullopt;
        }
        return std::min<std::uint64_t>(item->get<std::uint64_t>(), std::numeric_limits<std::uint32_t>::max());
    }

    void read_client_url(std::string& url) const
    {
        const Json* item = member("client_url");
        if (!item)
            return;
        EndpointConfig endpoint;
        endpoint.pattern = "/echo"; // of the address alone
        SockJs& sockjs = endpoint.sockjs.emplace();
        if (item->is_string())
            sockjs.client_url = item->get<std::string>();
        if (item->is_string() && check(endpoint))
            url = sockjs.client_url;
        else
            wrong("client_url", *item, "no path and no http(s) address that can stand in a page", url);
    }

    const Json& value_;
    const std::string& pattern_;
    const std::function<void(std::string)>& notice_;
};

} // namespace

std::optional<SockJs> read_sockjs(
    const Json& value, const std::string& pattern, const std::function<void(std::string)>& notice)
{
    if (!value.is_object()) {
        notice("sockjs of " + pattern + " is " + shown_part(value) + " and no object; SockJS stays off there");
        return std::nullopt;
    }
    EndpointConfig endpoint;
    endpoint.pattern = pattern;
    endpoint.sockjs.emplace();
    if (const auto good = check(endpoint); !good) {
        notice("SockJS stays off: " + good.error().detail);
        return std::nullopt;
    }
    return SockJsReader(value, pattern, notice).read();
}

Json sockjs_json(const SockJs& sockjs, const Json& previous)
{
    const SockJs defaults;
    Json object = Json::object();
    Json transports = Json::array();
    for (std::size_t i = 0; i < sockjs_transport_count; ++i) {
        const auto transport = static_cast<SockJsTransport>(i);
        if (sockjs.transports.has(transport))
            transports.push_back(std::string(name_of(transport)));
    }
    object["transports"] = std::move(transports);
    const auto put = [&object](const char* name, const auto& value, const auto& standard) {
        if (value != standard)
            object[name] = value;
    };
    put("heartbeat_ms", sockjs.heartbeat.count(), defaults.heartbeat.count());
    put("disconnect_delay_ms", sockjs.disconnect_delay.count(), defaults.disconnect_delay.count());
    put("response_limit", sockjs.response_limit, defaults.response_limit);
    put("cookies", sockjs.cookies, defaults.cookies);
    put("client_url", sockjs.client_url, defaults.client_url);
    if (previous.is_object()) {
        for (const auto& [name, value] : previous.items()) {
            if (std::find(members.begin(), members.end(), name) == members.end())
                object[name] = value;
        }
    }
    return object;
}

} // namespace jackfield::app
