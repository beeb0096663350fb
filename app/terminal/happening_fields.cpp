#include "app/terminal/happening_fields.h"

#include "app/terminal/connection_fields.h"

#include <array>

namespace jackfield::app {
namespace {

std::string_view word_of(TrafficType type)
{
    return type == TrafficType::binary ? "binary" : "text"; // nothing else is kept
}

} // namespace

HappeningFields::HappeningFields(const Happening& happening)
    : happening_(happening)
{
    if (happening.info) {
        peer_ = happening.info->peer.text();
        if (const auto& tls = happening.info->tls)
            tls_ = tls->version + (tls->resumed ? " resumed" : "");
    } else if (happening.refused) {
        peer_ = happening.refused->peer.text();
    }
}

std::optional<std::string_view> HappeningFields::searched(std::size_t index) const
{
    static constexpr std::array of_connection{FilterKey::origin, FilterKey::path, FilterKey::host,
        FilterKey::agent, FilterKey::proto, FilterKey::peer, FilterKey::sni};
    switch (happening_.kind) {
    case Happening::Kind::message:
        return index == 0 ? std::optional(happening_.payload.text()) : std::nullopt;
    case Happening::Kind::opened:
    case Happening::Kind::closed:
        if (index < of_connection.size())
            return text(of_connection[index]);
        if (index == of_connection.size())
            return text(FilterKey::is);
        return index == of_connection.size() + 1 && happening_.kind == Happening::Kind::closed
            ? std::optional(std::string_view(happening_.close.reason))
            : std::nullopt;
    case Happening::Kind::refused:
        break;
    }
    if (!happening_.refused)
        return std::nullopt;
    const event::Refused& refused = *happening_.refused;
    const std::array<std::string_view, 9> texts{refused.request_head, refused.why, peer_, refused.origin,
        refused.host, refused.target, name_of(refused.reason), refused.server_name, text(FilterKey::tls)};
    return index < texts.size() ? std::optional(texts[index]) : std::nullopt;
}

std::string_view HappeningFields::text(FilterKey key) const
{
    switch (key) {
    case FilterKey::is:
        return happening_.kind == Happening::Kind::closed ? "closed" : "open";
    case FilterKey::op:
        return word_of(happening_.type);
    case FilterKey::by:
        return name_of(happening_.maker);
    case FilterKey::peer:
        return peer_;
    default:
        return happening_.refused ? text_of_refused(key) : text_of_info(key);
    }
}

std::string_view HappeningFields::text_of_info(FilterKey key) const
{
    if (!happening_.info)
        return {};
    const ConnectionInfo& info = *happening_.info;
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
    case FilterKey::transport:
        return name_of(info.transport);
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

std::string_view HappeningFields::text_of_refused(FilterKey key) const
{
    const event::Refused& refused = *happening_.refused;
    switch (key) {
    case FilterKey::origin:
        return refused.origin;
    case FilterKey::host:
        return refused.host;
    case FilterKey::path:
        return refused.target;
    case FilterKey::agent:
        return refused.user_agent;
    case FilterKey::transport:
        return name_of(refused.transport);
    case FilterKey::tls:
        return refused.tls ? name_of(refused.tls->failure) : std::string_view();
    case FilterKey::sni:
        return refused.server_name;
    default:
        return {};
    }
}

std::optional<std::uint64_t> HappeningFields::number(FilterKey key) const
{
    switch (key) {
    case FilterKey::conn:
        return happening_.info ? std::optional(happening_.info->number) : std::nullopt;
    case FilterKey::dir:
        return happening_.direction == Direction::from_browser ? 0U : 1U;
    case FilterKey::size:
        return happening_.payload.size();
    case FilterKey::code:
        if (happening_.kind == Happening::Kind::closed)
            return happening_.close.code;
        if (happening_.refused && happening_.refused->status != 0)
            return happening_.refused->status;
        return std::nullopt;
    default:
        return std::nullopt;
    }
}

std::string_view HappeningFields::json() const
{
    return happening_.kind == Happening::Kind::message && happening_.type == TrafficType::text
        ? happening_.payload.text()
        : std::string_view();
}

} // namespace jackfield::app
