#pragma once

#include "fallback/session_table.h"
#include "fallback/sockjs_path.h"
#include "http/endpoint.h"

#include <memory>

namespace jackfield::fallback {

/// What carries a session that asks by `action`.
[[nodiscard]] Transport carried_by(SockJsAction action);

/// A request that a session's frames go to (`xhr`, `xhr_streaming`, `eventsource`, `htmlfile`, `jsonp`); it opens the session where
/// there is none. `request.head`, `sessions` and `writer` must outlive it.
[[nodiscard]] std::unique_ptr<http::Exchange> make_receiving(SessionTable& sessions,
    std::shared_ptr<const EndpointConfig> service, const SockJsPath& path, const SessionRequest& request,
    http::ResponseWriter& writer);

/// A request that brings messages (`xhr_send`, `jsonp_send`). As above.
[[nodiscard]] std::unique_ptr<http::Exchange> make_sending(SessionTable& sessions,
    std::shared_ptr<const EndpointConfig> service, const SockJsPath& path, const SessionRequest& request,
    http::ResponseWriter& writer);

} // namespace jackfield::fallback
