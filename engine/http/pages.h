#pragma once

#include "http/endpoint.h"

#include <memory>

namespace jackfield::http {

/// `GET /`: the built-in page that connects back to this server.
[[nodiscard]] std::unique_ptr<HttpEndpoint> make_test_page();
/// `GET /health`: `{"status":"ok",...}` as JSON, readable by pages of allowed origins (CORS).
[[nodiscard]] std::unique_ptr<HttpEndpoint> make_health();
/// `/favicon.ico`: 204, so that opening the test page is one entry and not two.
[[nodiscard]] std::unique_ptr<HttpEndpoint> make_favicon();

} // namespace jackfield::http
