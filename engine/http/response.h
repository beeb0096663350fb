#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jackfield::http {

using ResponseHeaders = std::vector<std::pair<std::string, std::string>>;

/// The standard reason phrase of a status ("Upgrade Required"); "Status" for one it does not know.
[[nodiscard]] std::string_view reason_phrase(std::uint16_t status);

/// A whole response: status line, `headers`, Content-Length, `Connection: close` unless `keep_alive`,
/// `X-Content-Type-Options: nosniff`, `Content-Security-Policy: default-src 'none'` unless `headers` has its
/// own, and the body (left out for a HEAD request; 1xx, 204 and 304 have neither body nor length). With an
/// Upgrade field among `headers` the connection option `Upgrade` is added, as RFC 9110 section 7.8 demands.
/// Line ends within a value become blanks.
[[nodiscard]] std::string whole_response(std::uint16_t status, const ResponseHeaders& headers,
    std::string_view content_type, std::string_view body, bool keep_alive, bool head_only = false);

/// A refusal: a whole response with a text body that holds nothing of the request, `Connection: close` and
/// `Cache-Control: no-store`. The body is `explanation`, ours, or the fixed one of the status.
[[nodiscard]] std::string refusal_response(
    std::uint16_t status, const ResponseHeaders& headers = {}, std::string_view explanation = {});

/// The head of a response whose length is not known: chunked coding for HTTP/1.1, until the end of the
/// connection for 1.0.
[[nodiscard]] std::string streamed_response_head(std::uint16_t status, const ResponseHeaders& headers,
    std::string_view content_type, bool keep_alive, bool chunked);
/// One chunk of chunked coding; an empty `data` gives nothing. `last_chunk` ends the body.
[[nodiscard]] std::string chunk(std::string_view data);
[[nodiscard]] std::string_view last_chunk();

} // namespace jackfield::http
