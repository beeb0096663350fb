#pragma once

#include "fallback/session_table.h"
#include "http/endpoint.h"

#include <memory>

namespace jackfield::fallback {

/// Answers the requests below every endpoint's SockJS base but those for a WebSocket: the greeting, `/info`, `/iframe*.html` and
/// the transports of sessions (SockJS 0.3.3). `sessions` must outlive it.
[[nodiscard]] std::unique_ptr<http::HttpEndpoint> make_sockjs_endpoint(SessionTable& sessions);

} // namespace jackfield::fallback
