#include "http/request_target.h"

#include "base/text.h"
#include "http/host_header.h"

#include <algorithm>

namespace jackfield::http {

namespace {

void split_path(std::string_view text, RequestTarget& target)
{
    const std::size_t mark = std::min(text.find('?'), text.size());
    target.path = text.substr(0, mark);
    if (mark < text.size())
        target.query = text.substr(mark + 1);
    if (target.path.empty())
        target.path = "/";
}

/// The default port of a scheme that may precede `://` here.
std::optional<std::uint16_t> default_port_of(std::string_view scheme)
{
    if (equal_ignoring_case(scheme, "http") || equal_ignoring_case(scheme, "ws"))
        return std::uint16_t{80};
    if (equal_ignoring_case(scheme, "https") || equal_ignoring_case(scheme, "wss"))
        return std::uint16_t{443};
    return std::nullopt;
}

} // namespace

std::optional<RequestTarget> parse_request_target(std::string_view method, std::string_view target)
{
    RequestTarget result;
    if (method == "CONNECT") {
        const auto host = parse_host(target);
        return host && host->port ? std::optional(result) : std::nullopt;
    }
    if (target.starts_with('/')) {
        split_path(target, result);
        return result;
    }
    if (target == "*") {
        result.path = target;
        return result;
    }
    const std::size_t colon = target.find("://");
    if (colon == std::string_view::npos)
        return std::nullopt;
    const auto port = default_port_of(target.substr(0, colon));
    if (!port)
        return std::nullopt;
    const std::string_view rest = target.substr(colon + 3);
    const std::size_t authority_end = std::min(rest.find_first_of("/?"), rest.size());
    if (!parse_host(rest.substr(0, authority_end)))
        return std::nullopt;
    result.default_port = *port;
    result.authority = rest.substr(0, authority_end);
    split_path(rest.substr(authority_end), result);
    return result;
}

} // namespace jackfield::http
