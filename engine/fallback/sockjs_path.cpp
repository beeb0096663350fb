#include "fallback/sockjs_path.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace jackfield::fallback {

namespace {

constexpr std::size_t max_segment = 128;

constexpr std::array session_actions{
    std::pair{std::string_view("websocket"), SockJsAction::websocket},
    std::pair{std::string_view("xhr"), SockJsAction::xhr},
    std::pair{std::string_view("xhr_streaming"), SockJsAction::xhr_streaming},
    std::pair{std::string_view("xhr_send"), SockJsAction::xhr_send},
    std::pair{std::string_view("eventsource"), SockJsAction::eventsource},
    std::pair{std::string_view("htmlfile"), SockJsAction::htmlfile},
    std::pair{std::string_view("jsonp"), SockJsAction::jsonp},
    std::pair{std::string_view("jsonp_send"), SockJsAction::jsonp_send},
};

// The base of an endpoint "/" is the root itself: what is below it begins with one slash, not with two.
std::string_view without_root_slash(std::string_view base)
{
    return base == "/" ? std::string_view{} : base;
}

bool is_identifier(std::string_view segment)
{
    if (segment.empty() || segment.size() > max_segment || segment.find('.') != std::string_view::npos)
        return false;
    for (std::size_t at = segment.find('%'); at != std::string_view::npos; at = segment.find('%', at + 1)) {
        const std::string_view escape = segment.substr(at, 3);
        if (equal_ignoring_case(escape, "%2f") || equal_ignoring_case(escape, "%2e"))
            return false;
    }
    return true;
}

/// iframe.html, or with a version inside: iframe-0.3.4.html.
bool is_iframe(std::string_view segment)
{
    constexpr std::string_view start = "iframe";
    constexpr std::string_view end = ".html";
    if (segment.size() > max_segment || segment.size() < start.size() + end.size() || !segment.starts_with(start)
        || !segment.ends_with(end))
        return false;
    return std::ranges::all_of(segment, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
            || c == '_';
    });
}

} // namespace

bool is_below(std::string_view base, std::string_view path)
{
    base = without_root_slash(base);
    return path.starts_with(base) && path.substr(base.size()).starts_with('/');
}

SockJsPath parse_sockjs_path(std::string_view base, std::string_view path)
{
    base = without_root_slash(base);
    if (path == base)
        return {SockJsAction::greeting, {}, {}};
    if (!is_below(base, path))
        return {};
    const std::string_view rest = path.substr(base.size() + 1);
    const std::size_t first = rest.find('/');
    if (first == std::string_view::npos) {
        const auto action = rest.empty() ? SockJsAction::greeting
            : rest == "info"             ? SockJsAction::info
            : rest == "websocket"        ? SockJsAction::raw_websocket
            : is_iframe(rest)            ? SockJsAction::iframe
                                         : SockJsAction::unknown;
        return {action, {}, {}};
    }
    const std::size_t second = rest.find('/', first + 1);
    if (second == std::string_view::npos)
        return {};
    const std::string_view server = rest.substr(0, first);
    const std::string_view session = rest.substr(first + 1, second - first - 1);
    const std::string_view name = rest.substr(second + 1);
    const auto* const found = std::ranges::find(session_actions, name, [](const auto& entry) { return entry.first; });
    if (found == session_actions.end() || !is_identifier(server) || !is_identifier(session))
        return {};
    return {found->second, session, server};
}

} // namespace jackfield::fallback
