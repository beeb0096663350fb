#pragma once

#include "http/endpoint.h"

#include <memory>

namespace jackfield::http {

/// `GET /`: the built-in page that connects back to this server. Over https it says that the browser trusts the
/// certificate, over http where https is.
[[nodiscard]] std::unique_ptr<HttpEndpoint> make_test_page();
/// `GET /health`: `{"status":"ok",...}` as JSON, readable by pages of allowed origins (CORS). `tls`: this request
/// came over TLS.
[[nodiscard]] std::unique_ptr<HttpEndpoint> make_health();
/// `/favicon.ico`: 204, so that opening the test page is one entry and not two.
[[nodiscard]] std::unique_ptr<HttpEndpoint> make_favicon();

} // namespace jackfield::http
