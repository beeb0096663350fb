#include "control/endpoint_text.h"

#include "base/text.h"
#include "control/command_words.h"

#include <array>

namespace jackfield {
namespace {

using Value = EndpointOption::Value;

constexpr std::array<EndpointOption, 8> endpoint_options = {{
    {"include-sender"},
    {"any-origin"},
    {"sockjs", Value::possible, true, "websocket,xhr-streaming"},
    {"heartbeat", Value::needed, true, "25000"},
    {"disconnect-delay", Value::needed, true, "5000"},
    {"response-limit", Value::needed, true, "131072"},
    {"cookies", Value::none, true},
    {"client-url", Value::needed, true, "/sockjs.js"},
}};

} // namespace

const EndpointOption* endpoint_option_named(std::string_view name)
{
    for (const EndpointOption& option : endpoint_options) {
        if (equal_ignoring_case(name, option.name))
            return &option;
    }
    return nullptr;
}

std::string endpoint_option_names()
{
    std::string names;
    for (const EndpointOption& option : endpoint_options)
        names += (names.empty() ? "" : ", ") + std::string(option.name) + (option.value == Value::needed ? "=" : "");
    return names;
}

std::string transports_text(const SockJsTransports& transports)
{
    std::string names;
    std::size_t count = 0;
    for (std::size_t i = 0; i < sockjs_transport_count; ++i) {
        const auto transport = static_cast<SockJsTransport>(i);
        if (!transports.has(transport))
            continue;
        names += (names.empty() ? "" : ",") + std::string(name_of(transport));
        ++count;
    }
    if (count == sockjs_transport_count)
        return "all";
    return count == 0 ? "none" : names;
}

std::string endpoint_options_text(const EndpointConfig& endpoint)
{
    std::string text;
    if (endpoint.chat_includes_sender)
        text += " include-sender";
    if (endpoint.any_origin)
        text += " any-origin";
    if (!endpoint.sockjs)
        return text;
    const SockJs& sockjs = *endpoint.sockjs;
    const SockJs defaults;
    text += " sockjs";
    if (sockjs.transports != defaults.transports)
        text += "=" + transports_text(sockjs.transports);
    if (sockjs.heartbeat != defaults.heartbeat)
        text += " heartbeat=" + std::to_string(sockjs.heartbeat.count());
    if (sockjs.disconnect_delay != defaults.disconnect_delay)
        text += " disconnect-delay=" + std::to_string(sockjs.disconnect_delay.count());
    if (sockjs.response_limit != defaults.response_limit)
        text += " response-limit=" + std::to_string(sockjs.response_limit);
    if (sockjs.cookies)
        text += " cookies";
    if (sockjs.client_url != defaults.client_url)
        text += " client-url=" + as_word(sockjs.client_url);
    return text;
}

} // namespace jackfield
