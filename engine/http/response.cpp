#include "http/response.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace jackfield::http {

namespace {

bool has_field(const ResponseHeaders& headers, std::string_view name)
{
    return std::any_of(headers.begin(), headers.end(),
        [name](const auto& field) { return equal_ignoring_case(field.first, name); });
}

void append_field(std::string& out, std::string_view name, std::string_view value)
{
    out.append(name).append(": ");
    // A value may repeat what a peer sent; whatever it holds, it must not start another line.
    for (const char c : value)
        out.push_back(c == '\r' || c == '\n' || c == '\0' ? ' ' : c);
    out.append("\r\n");
}

std::string head_start(
    std::uint16_t status, const ResponseHeaders& headers, std::string_view content_type, bool keep_alive)
{
    std::string head = "HTTP/1.1 " + std::to_string(status) + ' ';
    head.append(reason_phrase(status)).append("\r\n");
    for (const auto& [name, value] : headers)
        append_field(head, name, value);
    if (!content_type.empty())
        append_field(head, "Content-Type", content_type);
    if (!keep_alive)
        append_field(head, "Connection", has_field(headers, "Upgrade") ? "close, Upgrade" : "close");
    append_field(head, "X-Content-Type-Options", "nosniff");
    if (!has_field(headers, "Content-Security-Policy"))
        append_field(head, "Content-Security-Policy", "default-src 'none'");
    return head;
}

/// RFC 9110 section 6.4.1.
constexpr bool never_has_a_body(std::uint16_t status)
{
    return status < 200 || status == 204 || status == 304;
}

/// What a person reads who opens a refused address in a browser.
std::string_view explanation_of(std::uint16_t status)
{
    switch (status) {
    case 400:
        return "The request could not be understood, so it was not answered any further.";
    case 403:
        return "This server's lists do not allow this host or this page.";
    case 404:
        return "There is nothing at this address.";
    case 405:
        return "This address does not take requests of this method.";
    case 408:
        return "The request did not arrive in time.";
    case 413:
        return "The request's body is too large.";
    case 414:
        return "The requested address is too long.";
    case 417:
        return "This server does not support the Expect header field.";
    case 426:
        return "This address speaks WebSocket. Connect to it from a page's script.";
    case 431:
        return "The request's header fields are too large or too many.";
    case 500:
        return "The server failed to handle the request.";
    case 503:
        return "The server takes no more connections at the moment. Try again later.";
    case 505:
        return "This server speaks HTTP/1.1.";
    default:
        return "The request was refused.";
    }
}

} // namespace

std::string_view reason_phrase(std::uint16_t status)
{
    switch (status) {
    case 101:
        return "Switching Protocols";
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 307:
        return "Temporary Redirect";
    case 308:
        return "Permanent Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 406:
        return "Not Acceptable";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 418:
        return "I'm a teapot";
    case 421:
        return "Misdirected Request";
    case 422:
        return "Unprocessable Content";
    case 426:
        return "Upgrade Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 451:
        return "Unavailable For Legal Reasons";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Status";
    }
}

std::string whole_response(std::uint16_t status, const ResponseHeaders& headers,
    std::string_view content_type, std::string_view body, bool keep_alive, bool head_only)
{
    if (never_has_a_body(status))
        return head_start(status, headers, {}, keep_alive).append("\r\n");
    std::string response = head_start(status, headers, content_type, keep_alive);
    append_field(response, "Content-Length", std::to_string(body.size()));
    response.append("\r\n");
    if (!head_only)
        response.append(body);
    return response;
}

std::string refusal_response(
    std::uint16_t status, const ResponseHeaders& headers, std::string_view explanation)
{
    ResponseHeaders fields = headers;
    if (!has_field(fields, "Cache-Control"))
        fields.emplace_back("Cache-Control", "no-store");
    std::string body = std::to_string(status) + ' ';
    body.append(reason_phrase(status)).append("\n");
    body.append(explanation.empty() ? explanation_of(status) : explanation).append("\n");
    return whole_response(status, fields, "text/plain; charset=utf-8", body, false);
}

std::string streamed_response_head(std::uint16_t status, const ResponseHeaders& headers,
    std::string_view content_type, bool keep_alive, bool chunked)
{
    std::string head = head_start(status, headers, content_type, keep_alive && chunked);
    if (chunked)
        append_field(head, "Transfer-Encoding", "chunked");
    return head.append("\r\n");
}

std::string chunk(std::string_view data)
{
    if (data.empty())
        return {};
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), data.size(), 16).ptr;
    std::string text(digits.data(), end);
    return text.append("\r\n").append(data).append("\r\n");
}

std::string_view last_chunk()
{
    return "0\r\n\r\n";
}

} // namespace jackfield::http
