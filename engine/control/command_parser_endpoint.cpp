#include "base/text.h"
#include "control/command_parser.h"
#include "control/endpoint_text.h"

#include <algorithm>
#include <limits>

namespace jackfield {
namespace {

constexpr std::uint64_t longest_wait_ms = std::uint64_t{1} << 40U; // of what is read; clamp_sockjs says what is allowed

tl::unexpected<Error> unknown_transport(std::string_view text, bool sets_too)
{
    std::string known;
    for (std::size_t i = 0; i < sockjs_transport_count; ++i)
        known += (known.empty() ? "" : ", ") + std::string(name_of(static_cast<SockJsTransport>(i)));
    return malformed(in_quotes(text) + " is no transport; they are " + known
        + (sets_too ? ", several of them with commas between, or all or none" : ""));
}

std::optional<SockJsTransport> transport_named(std::string_view name)
{
    for (std::size_t i = 0; i < sockjs_transport_count; ++i) {
        const auto transport = static_cast<SockJsTransport>(i);
        if (equal_ignoring_case(name, name_of(transport)))
            return transport;
    }
    return std::nullopt;
}

Result<SockJsTransports> parse_transports(std::string_view text)
{
    const bool all = equal_ignoring_case(text, "all");
    SockJsTransports transports;
    for (std::size_t i = 0; i < sockjs_transport_count; ++i)
        transports.set(static_cast<SockJsTransport>(i), all);
    if (all || equal_ignoring_case(text, "none"))
        return transports;
    while (true) {
        const std::size_t comma = text.find(',');
        const auto transport = transport_named(text.substr(0, comma));
        if (!transport)
            return unknown_transport(text.substr(0, comma), true);
        transports.set(*transport, true);
        if (comma == std::string_view::npos)
            return transports;
        text.remove_prefix(comma + 1);
    }
}

// Milliseconds, or a length of time such as 25s.
Result<milliseconds> parse_wait(std::string_view name, std::string_view text)
{
    if (const auto number = parse_decimal<std::uint64_t>(text))
        return milliseconds(static_cast<std::int64_t>(std::min(*number, longest_wait_ms)));
    if (auto time = parse_duration(text))
        return time;
    return malformed(std::string(name) + "= takes milliseconds or a length of time such as 25s, not " + in_quotes(text));
}

} // namespace

Result<std::string> CommandParser::pattern()
{
    auto text = word("the path");
    if (!text)
        return pass_on(std::move(text.error()));
    if (!text->text.starts_with('/') && !text->has_quotes)
        return wrong("a path begins with /, as in /chat or /api/*, not " + in_quotes(text->text));
    return std::move(text->text);
}

Result<void> CommandParser::sockjs_option(SockJs& sockjs, std::string_view name, const std::string& value) const
{
    if (name == "sockjs") {
        const auto transports = parse_transports(value);
        if (!transports)
            return pass_on(transports.error());
        sockjs.transports = *transports;
    } else if (name == "heartbeat" || name == "disconnect-delay") {
        const auto time = parse_wait(name, value);
        if (!time)
            return pass_on(time.error());
        (name == "heartbeat" ? sockjs.heartbeat : sockjs.disconnect_delay) = *time;
    } else if (name == "response-limit") {
        const auto limit = parse_decimal<std::uint64_t>(value);
        if (!limit)
            return malformed("response-limit= takes a number of bytes, not " + in_quotes(value));
        sockjs.response_limit = static_cast<std::uint32_t>(
            std::min<std::uint64_t>(*limit, std::numeric_limits<std::uint32_t>::max()));
    } else if (name == "client-url") {
        sockjs.client_url = value;
    }
    return {};
}

// Flags stand alone, the rest before a value; a subprotocol of one of these names is written between quotes.
Result<bool> CommandParser::endpoint_option(EndpointConfig& endpoint, const CommandWord& word) const
{
    const std::size_t equals = word.find_bare('=');
    const bool has_value = equals != std::string::npos;
    if (word.quoted.substr(0, equals).find('1') != std::string::npos)
        return false;
    const EndpointOption* option = endpoint_option_named(std::string_view(word.text).substr(0, equals));
    if (option == nullptr)
        return false;
    const std::string name(option->name);
    const std::string quoted = "; a subprotocol of this name is written as \"" + name + "\"=behaviour";
    if (has_value && option->value == EndpointOption::Value::none)
        return malformed(name + " takes no value" + quoted);
    if (!has_value && option->value == EndpointOption::Value::needed)
        return malformed("the value of " + name + " is missing, as in " + name + "=" + std::string(option->example) + quoted);
    if (option->is_of_sockjs && !endpoint.sockjs)
        endpoint.sockjs.emplace();
    if (name == "include-sender") {
        endpoint.chat_includes_sender = true;
    } else if (name == "any-origin") {
        endpoint.any_origin = true;
    } else if (name == "cookies") {
        endpoint.sockjs->cookies = true;
    } else if (has_value) {
        if (auto taken = sockjs_option(*endpoint.sockjs, name, word.text.substr(equals + 1)); !taken)
            return malformed(taken.error().detail + quoted);
    }
    return true;
}

Result<Command> CommandParser::endpoint()
{
    if (take_keyword("remove")) {
        auto removed = pattern();
        if (!removed)
            return pass_on(std::move(removed.error()));
        return finish(command::RemoveEndpoint{std::move(*removed)});
    }
    auto path = pattern();
    if (!path)
        return pass_on(std::move(path.error()));
    auto behaviour = word("what it answers (echo, reverse, chat, silent or close)");
    if (!behaviour)
        return pass_on(std::move(behaviour.error()));
    command::SetEndpoint set;
    set.endpoint.pattern = std::move(*path);
    set.endpoint.behaviour = std::move(behaviour->text);
    while (!reader_.at_end()) {
        const auto next = reader_.next();
        if (!next)
            return pass_on(next.error());
        const auto is_option = endpoint_option(set.endpoint, *next);
        if (!is_option)
            return pass_on(is_option.error());
        if (*is_option)
            continue;
        const std::size_t equals = next->find_bare('=');
        if (equals == std::string::npos || equals == 0)
            return wrong("a subprotocol is written as name=behaviour, an option as one of " + endpoint_option_names()
                + ", not " + in_quotes(next->text));
        set.endpoint.subprotocols.push_back({next->text.substr(0, equals), next->text.substr(equals + 1)});
    }
    if (set.endpoint.sockjs) {
        if (const auto problems = clamp_sockjs(*set.endpoint.sockjs); !problems.empty())
            return malformed(problems.front());
    }
    return set;
}

Result<Command> CommandParser::transport()
{
    auto path = pattern();
    if (!path)
        return pass_on(std::move(path.error()));
    const auto name = word("the transport");
    if (!name)
        return pass_on(name.error());
    const auto transport = transport_named(name->text);
    if (!transport)
        return unknown_transport(name->text, false);
    const auto on = on_or_off();
    if (!on)
        return pass_on(on.error());
    return finish(command::SetTransport{std::move(*path), *transport, *on});
}

} // namespace jackfield
