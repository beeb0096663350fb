#include "base/clock.h"
#include "behaviours/standard_behaviours.h"
#include "fallback/sockjs_endpoint.h"
#include "http/pages.h"
#include "net/system_calls.h"
#include "server/stack_parts.h"
#include "websocket/hixie75_rule.h"
#include "websocket/hybi00_rule.h"
#include "websocket/hybi_draft_rule.h"
#include "websocket/rfc6455_rule.h"

#include "jackfield/stack.h"

namespace jackfield {

Stack Stack::standard()
{
    auto parts = std::make_shared<StackParts>();
    parts->handshake_rules = {
        std::make_shared<websocket::Rfc6455Rule>(),
        std::make_shared<websocket::HybiDraftRule>(websocket::Dialect::hybi10),
        std::make_shared<websocket::HybiDraftRule>(websocket::Dialect::hybi07),
        std::make_shared<websocket::Hybi00Rule>(),
        std::make_shared<websocket::Hixie75Rule>(),
    };
    parts->http_endpoints = {http::make_test_page, http::make_health, http::make_favicon};
    parts->session_endpoints = {fallback::make_sockjs_endpoint};
    parts->behaviours = {
        {"echo", behaviours::make_echo},
        {"reverse", behaviours::make_reverse},
        {"chat", behaviours::make_chat},
        {"silent", behaviours::make_silent},
        {"close", behaviours::make_close},
    };
    parts->system_calls = &net::real_system_calls();
    parts->clock = &system_clock();
    return Stack(std::move(parts));
}

} // namespace jackfield
