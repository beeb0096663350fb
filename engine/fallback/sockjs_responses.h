#pragma once

#include "http/request_head.h"
#include "http/response.h"

#include "jackfield/config.h"
#include "jackfield/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace jackfield::fallback {

// The fields and fixed texts of SockJS 0.3.3's answers.

inline constexpr std::string_view type_text = "text/plain; charset=UTF-8";
inline constexpr std::string_view type_script = "application/javascript; charset=UTF-8";
inline constexpr std::string_view type_json = "application/json; charset=UTF-8";
inline constexpr std::string_view type_page = "text/html; charset=UTF-8";
inline constexpr std::string_view type_events = "text/event-stream; charset=UTF-8";

/// Lets the page of the request read the answer (Fetch, section 3.2): its own origin, or any where it has none to name.
void permit_reading(http::ResponseHeaders& headers, const http::RequestHead& request);
/// Keeps the answer out of every cache.
void forbid_caching(http::ResponseHeaders& headers);
/// Lets caches keep the answer for a year.
void permit_caching(http::ResponseHeaders& headers, WallTime now);
/// The cookie by which load balancers keep a page at one server: the value it came with, or a first one.
void keep_cookie(http::ResponseHeaders& headers, const http::RequestHead& request, bool secure);

/// What a page is told of an endpoint. `entropy` is for its random numbers.
[[nodiscard]] std::string info_text(const SockJs& config, std::uint32_t entropy);
/// The hidden frame by which a page of another site talks to this server.
[[nodiscard]] std::string iframe_page(const SockJs& config);
/// The policy under which browsers run `iframe_page`.
[[nodiscard]] std::string iframe_policy(const SockJs& config);
/// The entity tag of `text` (RFC 9110 section 8.8.3).
[[nodiscard]] std::string entity_tag(std::string_view text);
/// What an htmlfile answer begins with: at least 1 KiB, or old browsers show nothing of it.
[[nodiscard]] std::string htmlfile_start(std::string_view callback);

} // namespace jackfield::fallback
