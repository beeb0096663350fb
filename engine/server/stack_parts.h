#pragma once

#include "base/clock.h"
#include "fallback/session_table.h"
#include "http/endpoint.h"
#include "net/system_calls.h"
#include "websocket/handshake_rule.h"

#include "jackfield/behaviour.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace jackfield {

/// What a Stack shares: the walks of the core are over these lists, in their order.
struct StackParts {
    std::vector<std::shared_ptr<const websocket::HandshakeRule>> handshake_rules;
    std::vector<std::function<std::unique_ptr<http::HttpEndpoint>()>> http_endpoints;
    /// Those that carry sessions.
    std::vector<std::function<std::unique_ptr<http::HttpEndpoint>(fallback::SessionTable&)>> session_endpoints;
    std::map<std::string, BehaviourFactory> behaviours;
    net::SystemCalls* system_calls = nullptr; ///< outlives every engine made of it
    const Clock* clock = nullptr; ///< outlives every engine made of it
};

} // namespace jackfield
