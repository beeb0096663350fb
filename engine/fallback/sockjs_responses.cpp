#include "fallback/sockjs_responses.h"

#include "base/digest.h"
#include "base/text.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace jackfield::fallback {

namespace {

constexpr std::chrono::hours a_year{365 * 24};
constexpr std::string_view cookie_name = "JSESSIONID";
constexpr std::size_t longest_cookie = 256;

/// IMF-fixdate (RFC 9110 section 5.6.7).
std::string http_date(WallTime time)
{
    const std::time_t seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months
        = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::array<char, 32> rest{};
    const std::size_t year = std::strftime(rest.data(), rest.size(), " %Y %H:%M:%S GMT", &parts);
    std::array<char, 4> day{};
    const std::size_t digits = std::strftime(day.data(), day.size(), "%d", &parts);
    return std::string(days[static_cast<std::size_t>(parts.tm_wday)])
        .append(", ")
        .append(day.data(), digits)
        .append(" ")
        .append(months[static_cast<std::size_t>(parts.tm_mon)])
        .append(rest.data(), year);
}

/// The value of the session cookie that came with the request.
std::optional<std::string_view> cookie_of(const http::RequestHead& request)
{
    std::string_view cookies = request.value("Cookie").value_or("");
    while (!cookies.empty()) {
        const std::size_t end = cookies.find(';');
        const std::string_view pair = trim_blanks(cookies.substr(0, end));
        cookies.remove_prefix(end == std::string_view::npos ? cookies.size() : end + 1);
        if (pair.size() <= cookie_name.size() || !pair.starts_with(cookie_name)
            || pair[cookie_name.size()] != '=')
            continue;
        const std::string_view value = pair.substr(cookie_name.size() + 1);
        // RFC 6265 section 4.1.1: what a cookie's value may hold.
        const bool is_plain = std::ranges::all_of(value, [](char c) {
            return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
        });
        if (is_plain && value.size() <= longest_cookie)
            return value;
    }
    return std::nullopt;
}

} // namespace

void permit_reading(http::ResponseHeaders& headers, const http::RequestHead& request)
{
    const auto origin = request.value("Origin");
    headers.emplace_back(
        "Access-Control-Allow-Origin", origin && *origin != "null" ? std::string(*origin) : "*");
    headers.emplace_back("Access-Control-Allow-Credentials", "true");
    headers.emplace_back("Vary", "Origin");
    const auto wanted = request.value("Access-Control-Request-Headers");
    if (wanted && !wanted->empty())
        headers.emplace_back("Access-Control-Allow-Headers", std::string(*wanted));
}

void forbid_caching(http::ResponseHeaders& headers)
{
    headers.emplace_back("Cache-Control", "no-store, no-cache, must-revalidate, max-age=0");
}

void permit_caching(http::ResponseHeaders& headers, WallTime now)
{
    headers.emplace_back("Cache-Control", "public, max-age=31536000");
    headers.emplace_back("Expires", http_date(now + a_year));
}

void keep_cookie(http::ResponseHeaders& headers, const http::RequestHead& request, bool secure)
{
    std::string cookie = std::string(cookie_name) + "=";
    cookie.append(cookie_of(request).value_or("dummy")).append("; Path=/");
    if (secure)
        cookie += "; Secure; SameSite=None"; // or browsers keep it from pages of other sites
    headers.emplace_back("Set-Cookie", std::move(cookie));
}

std::string info_text(const SockJs& config, std::uint32_t entropy)
{
    return std::string(R"({"websocket":)")
        + (config.transports.has(SockJsTransport::websocket) ? "true" : "false") + R"(,"origins":["*:*"],"cookie_needed":)"
        + (config.cookies ? "true" : "false") + R"(,"entropy":)" + std::to_string(entropy) + "}";
}

std::string iframe_page(const SockJs& config)
{
    return R"(<!DOCTYPE html>
<html>
<head>
  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
  <script>
    document.domain = document.domain;
    _sockjs_onload = function(){SockJS.bootstrap_iframe();};
  </script>
  <script src=")"
        + config.client_url + R"("></script>
</head>
<body>
  <h2>Don't panic!</h2>
  <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
</body>
</html>
)";
}

std::string iframe_policy(const SockJs& config)
{
    std::string client = "'self'";
    if (const std::size_t scheme = config.client_url.find("://"); scheme != std::string::npos)
        client = config.client_url.substr(0, config.client_url.find('/', scheme + 3));
    return "default-src 'none'; script-src 'unsafe-inline' 'self' " + client
        + "; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'";
}

std::string entity_tag(std::string_view text)
{
    const auto digest = sha1(text);
    return digest ? '"' + encode_base64(*digest) + '"' : std::string();
}

std::string htmlfile_start(std::string_view callback)
{
    std::string page = R"(<!doctype html>
<html><head>
  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
</head><body><h2>Don't panic!</h2>
  <script>
    document.domain = document.domain;
    var c = parent.)";
    page.append(callback).append(R"(;
    c.start();
    function p(d) {c.message(d);};
    window.onload = function() {c.stop();};
  </script>
)");
    constexpr std::size_t at_least = 1'025;
    if (page.size() < at_least)
        page.append(at_least - page.size(), ' ');
    return page.append("\r\n\r\n");
}

} // namespace jackfield::fallback
