#include "server/endpoint_table.h"

#include "fallback/sockjs_path.h"

#include "jackfield/command.h"
#include "jackfield/escape.h"

#include <algorithm>
#include <exception>
#include <new>

namespace jackfield {

bool takes_path(const EndpointConfig& endpoint, std::string_view path)
{
    std::string_view pattern = endpoint.pattern;
    if (!pattern.ends_with('*'))
        return path == pattern;
    pattern.remove_suffix(1);
    return path.starts_with(pattern);
}

} // namespace jackfield

namespace jackfield::server {

namespace {

// The factory is code of whoever embeds the engine.
Result<std::unique_ptr<Behaviour>> make_behaviour(
    const std::string& name, const BehaviourFactory& factory, const EndpointConfig& config)
{
    const auto failed = [&](std::string_view how) {
        return fail(ErrorCode::callback_failed,
            "the factory of the behaviour \"" + name + "\" " + std::string(how) + "; the endpoint "
                + config.pattern + " cannot be served");
    };
    if (!factory)
        return failed("is empty");
    try {
        auto made = factory(config);
        if (!made)
            return failed("made nothing");
        return made;
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        return failed("threw an exception (" + escape_for_terminal(error.what(), 200) + ")");
    } catch (...) {
        return failed("threw an exception");
    }
}

} // namespace

Result<std::shared_ptr<Endpoint>> Endpoint::create(
    EndpointConfig config, const std::map<std::string, BehaviourFactory>& factories)
{
    if (auto good = check(config); !good)
        return tl::unexpected(good.error());
    if (config.sockjs)
        clamp_sockjs(*config.sockjs);
    std::shared_ptr<Endpoint> endpoint(new Endpoint);
    const auto make = [&](const std::string& name) -> Result<void> {
        if (endpoint->behaviours_.contains(name))
            return {};
        const auto factory = factories.find(name);
        if (factory == factories.end()) {
            std::string known;
            for (const auto& [each, unused] : factories)
                known += (known.empty() ? "" : ", ") + each;
            return fail(
                ErrorCode::invalid_argument, "there is no behaviour \"" + name + "\"; there are " + known);
        }
        auto behaviour = make_behaviour(name, factory->second, config);
        if (!behaviour)
            return tl::unexpected(std::move(behaviour.error()));
        endpoint->behaviours_[name] = std::move(*behaviour);
        return {};
    };
    if (auto made = make(config.behaviour); !made)
        return tl::unexpected(made.error());
    for (const auto& rule : config.subprotocols) {
        if (auto made = make(rule.behaviour); !made)
            return tl::unexpected(made.error());
    }
    endpoint->pattern_ = std::make_shared<const std::string>(config.pattern);
    endpoint->config_ = std::move(config);
    return endpoint;
}

Behaviour& Endpoint::behaviour_for(std::string_view subprotocol)
{
    for (const auto& rule : config_.subprotocols) {
        if (rule.name == subprotocol)
            return *behaviours_.find(rule.behaviour)->second;
    }
    return *behaviours_.find(config_.behaviour)->second;
}

bool Endpoint::speaks(std::string_view subprotocol) const
{
    return std::ranges::any_of(
        config_.subprotocols, [&](const auto& rule) { return rule.name == subprotocol; });
}

std::shared_ptr<Endpoint> EndpointTable::find(std::string_view path) const
{
    std::shared_ptr<Endpoint> best;
    for (const auto& endpoint : endpoints_) {
        if (!endpoint->matches(path))
            continue;
        if (!best || endpoint->config().pattern.size() > best->config().pattern.size()
            || (endpoint->config().pattern.size() == best->config().pattern.size()
                && endpoint->config().pattern.back() != '*'))
            best = endpoint;
    }
    return best;
}

std::shared_ptr<Endpoint> EndpointTable::find_sockjs(std::string_view path) const
{
    std::shared_ptr<Endpoint> best;
    for (const auto& endpoint : endpoints_) {
        const EndpointConfig& config = endpoint->config();
        if (config.sockjs && (path == config.pattern || fallback::is_below(config.pattern, path))
            && (!best || config.pattern.size() > best->config().pattern.size()))
            best = endpoint;
    }
    // A path that has an endpoint of its own belongs to that.
    if (best && best->config().pattern != path && by_pattern(path))
        return nullptr;
    return best;
}

std::shared_ptr<Endpoint> EndpointTable::by_pattern(std::string_view pattern) const
{
    const auto found = std::ranges::find_if(
        endpoints_, [&](const auto& each) { return each->config().pattern == pattern; });
    return found == endpoints_.end() ? nullptr : *found;
}

void EndpointTable::set(std::shared_ptr<Endpoint> endpoint)
{
    for (auto& each : endpoints_) {
        if (each->config().pattern == endpoint->config().pattern) {
            each = std::move(endpoint);
            return;
        }
    }
    endpoints_.push_back(std::move(endpoint));
}

bool EndpointTable::remove(std::string_view pattern)
{
    return std::erase_if(endpoints_, [&](const auto& each) { return each->config().pattern == pattern; }) > 0;
}

std::vector<EndpointConfig> EndpointTable::configs() const
{
    std::vector<EndpointConfig> configs;
    for (const auto& endpoint : endpoints_)
        configs.push_back(endpoint->config());
    return configs;
}

} // namespace jackfield::server
