#include "ui/models/filter_fields.h"

#include "ui/text/format.h"

#include <array>

namespace jackfield::ui {
namespace {

std::string_view viewOf(const SharedText& text)
{
    return text ? std::string_view(*text) : std::string_view();
}

std::string_view wordOf(ConnectionState state)
{
    switch (state) {
    case ConnectionState::connecting:
        return "connecting";
    case ConnectionState::open:
        return "open";
    case ConnectionState::closing:
        return "closing";
    case ConnectionState::closed:
        return "closed";
    }
    return {};
}

std::string_view wordOf(TrafficType type)
{
    switch (type) {
    case TrafficType::text:
        return "text";
    case TrafficType::binary:
        return "binary";
    case TrafficType::ping:
        return "ping";
    case TrafficType::pong:
        return "pong";
    case TrafficType::close:
        return "close";
    case TrafficType::continuation:
        return "continuation";
    case TrafficType::raw:
        return "raw";
    }
    return {};
}

std::string_view tlsText(const TlsFacts& tls, FilterKey key, std::optional<std::string>& version)
{
    switch (key) {
    case FilterKey::tls:
        if (!tls.resumed)
            return tls.version;
        if (!version)
            version = tls.version + " resumed";
        return *version;
    case FilterKey::cipher:
        return tls.cipher;
    case FilterKey::alpn:
        return tls.alpn;
    case FilterKey::sni:
        return tls.server_name;
    default:
        return {};
    }
}

// What the info of a connection says to a key that is the same for the table and for its messages. `composed`
// holds what the answer is a view of where nothing else does; each is of one key.
std::string_view infoText(const ConnectionInfo& info, FilterKey key, std::optional<std::string>& composed)
{
    switch (key) {
    case FilterKey::origin:
        return viewOf(info.origin);
    case FilterKey::host:
        return viewOf(info.host);
    case FilterKey::path:
        return viewOf(info.target);
    case FilterKey::agent:
        return viewOf(info.user_agent);
    case FilterKey::proto:
        return viewOf(info.subprotocol);
    case FilterKey::endpoint:
        return viewOf(info.endpoint);
    case FilterKey::peer:
        if (!composed)
            composed = info.peer.text();
        return *composed;
    case FilterKey::transport:
        return name_of(info.transport);
    default:
        return info.tls ? tlsText(*info.tls, key, composed) : std::string_view();
    }
}

} // namespace

ConnectionFields::ConnectionFields(const ConnectionStore& store, ConnectionSlot slot)
    : m_store(store)
    , m_record(store.at(slot))
    , m_slot(slot)
{ }

std::optional<std::string_view> ConnectionFields::searched(std::size_t index) const
{
    static constexpr std::array fromInfo{FilterKey::origin, FilterKey::path, FilterKey::host,
        FilterKey::agent, FilterKey::proto, FilterKey::peer, FilterKey::sni};
    if (index < fromInfo.size())
        return infoText(*m_record.info, fromInfo[index], m_peer);
    switch (index - fromInfo.size()) {
    case 0:
        return m_store.pageNameUtf8(m_slot);
    case 1:
        return wordOf(m_record.counters.state);
    case 2:
        return m_record.close ? std::string_view(m_record.close->reason) : std::string_view();
    default:
        return std::nullopt;
    }
}

std::string_view ConnectionFields::text(FilterKey key) const
{
    if (key == FilterKey::is)
        return wordOf(m_record.counters.state);
    if (key == FilterKey::transport)
        return name_of(transport_now(*m_record.info, m_record.counters));
    return infoText(*m_record.info, key, key == FilterKey::tls ? m_tls : m_peer);
}

std::optional<std::uint64_t> ConnectionFields::number(FilterKey key) const
{
    if (key == FilterKey::conn)
        return m_record.info->number;
    if (key == FilterKey::code && m_record.close)
        return m_record.close->code;
    return std::nullopt;
}

const std::function<bool()>& MessageFields::never()
{
    static const std::function<bool()> nothing;
    return nothing;
}

std::optional<std::string_view> MessageFields::searched(std::size_t index) const
{
    if (index == 0)
        return as_text(m_record.message.payload);
    return std::nullopt;
}

std::string_view MessageFields::text(FilterKey key) const
{
    switch (key) {
    case FilterKey::op:
        return wordOf(m_record.message.type);
    case FilterKey::by:
        return name_of(m_record.message.maker);
    default:
        return m_record.connection != nullptr && m_record.connection->info
            ? infoText(*m_record.connection->info, key, key == FilterKey::tls ? m_tls : m_peer)
            : std::string_view();
    }
}

std::optional<std::uint64_t> MessageFields::number(FilterKey key) const
{
    const CapturedMessage& message = m_record.message;
    switch (key) {
    case FilterKey::dir:
        return message.direction == Direction::from_browser ? 0U : 1U;
    case FilterKey::size:
        return message.size;
    case FilterKey::conn:
        if (m_record.connection != nullptr && m_record.connection->info)
            return m_record.connection->info->number;
        return std::nullopt;
    case FilterKey::code:
        if (message.type == TrafficType::close && message.payload.size() >= 2) {
            return std::to_integer<std::uint64_t>(message.payload[0]) << 8U
                | std::to_integer<std::uint64_t>(message.payload[1]);
        }
        return std::nullopt;
    default:
        return std::nullopt;
    }
}

std::string_view MessageFields::json() const
{
    return m_record.message.type == TrafficType::text ? as_text(m_record.message.payload)
                                                      : std::string_view();
}

std::optional<std::string_view> RefusedFields::searched(std::size_t index) const
{
    const std::array<std::string_view, 9> texts{m_refused.request_head, m_refused.why, m_peer,
        m_refused.origin, m_refused.host, m_refused.target, name_of(m_refused.reason), m_refused.server_name,
        text(FilterKey::tls)};
    if (index < texts.size())
        return texts[index];
    return std::nullopt;
}

std::string_view RefusedFields::text(FilterKey key) const
{
    switch (key) {
    case FilterKey::origin:
        return m_refused.origin;
    case FilterKey::host:
        return m_refused.host;
    case FilterKey::path:
        return m_refused.target;
    case FilterKey::agent:
        return m_refused.user_agent;
    case FilterKey::peer:
        return m_peer;
    case FilterKey::transport:
        return name_of(m_refused.transport);
    case FilterKey::tls:
        return m_refused.tls ? name_of(m_refused.tls->failure) : std::string_view();
    case FilterKey::sni:
        return m_refused.server_name;
    default:
        return {};
    }
}

std::optional<std::uint64_t> RefusedFields::number(FilterKey key) const
{
    if (key == FilterKey::code && m_refused.status != 0)
        return m_refused.status;
    return std::nullopt;
}

} // namespace jackfield::ui
