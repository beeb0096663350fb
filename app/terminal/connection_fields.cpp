#include "app/terminal/connection_fields.h"

#include <algorithm>
#include <array>

namespace jackfield::app {
ConnectionFields::ConnectionFields(const LiveConnection& connection)
    : connection_(connection)
    , peer_(connection.info->peer.text())
    , state_(name_of(connection.counters.state))
{
    if (const auto& tls = connection.info->tls)
        tls_ = tls->version + (tls->resumed ? " resumed" : "");
    std::ranges::transform(state_, state_.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
}

std::optional<std::string_view> ConnectionFields::searched(std::size_t index) const
{
    static constexpr std::array keys{FilterKey::origin, FilterKey::path, FilterKey::host, FilterKey::agent,
        FilterKey::proto, FilterKey::peer, FilterKey::sni, FilterKey::is};
    return index < keys.size() ? std::optional(text(keys[index])) : std::nullopt;
}

std::string_view ConnectionFields::text(FilterKey key) const
{
    const ConnectionInfo& info = *connection_.info;
    switch (key) {
    case FilterKey::origin:
        return view_of(info.origin);
    case FilterKey::host:
        return view_of(info.host);
    case FilterKey::path:
        return view_of(info.target);
    case FilterKey::agent:
        return view_of(info.user_agent);
    case FilterKey::proto:
        return view_of(info.subprotocol);
    case FilterKey::endpoint:
        return view_of(info.endpoint);
    case FilterKey::peer:
        return peer_;
    case FilterKey::transport:
        return name_of(transport_now(info, connection_.counters));
    case FilterKey::is:
        return state_;
    case FilterKey::tls:
        return tls_;
    case FilterKey::cipher:
        return info.tls ? std::string_view(info.tls->cipher) : std::string_view();
    case FilterKey::alpn:
        return info.tls ? std::string_view(info.tls->alpn) : std::string_view();
    case FilterKey::sni:
        return info.tls ? std::string_view(info.tls->server_name) : std::string_view();
    default:
        return {};
    }
}

std::optional<std::uint64_t> ConnectionFields::number(FilterKey key) const
{
    return key == FilterKey::conn ? std::optional(connection_.info->number) : std::nullopt;
}

} // namespace jackfield::app
