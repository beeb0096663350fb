#include "ui/models/connection_model.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"

#include <string_view>

// What the cells of the connection table say.
namespace jackfield::ui {
namespace {

// What travelled of what was meant; nothing without compression.
QString travelledText(std::uint8_t halfPercents)
{
    if (halfPercents == 0)
        return {};
    return ConnectionModel::tr("%1 %").arg(
        QString::number(halfPercents / 2.0, 'f', halfPercents < 20 ? 1 : 0));
}

std::string_view viewOf(const SharedText& text)
{
    return text ? std::string_view(*text) : std::string_view();
}

bool isOfferUnmet(const ConnectionInfo& info)
{
    return !viewOf(info.offered_subprotocols).empty() && viewOf(info.subprotocol).empty();
}

} // namespace

QString ConnectionModel::badgeOf(const ConnectionRecord& record) const
{
    QStringList said;
    if (m_followed.contains(record.info->id))
        said += tr("follows");
    if (isOfferUnmet(*record.info))
        said += tr("subprotocol not met");
    const std::uint8_t flags = record.counters.flags;
    if (record.isOpen() && (flags & flag_silent) != 0)
        said += tr("silent");
    if (record.isOpen() && (flags & flag_keeps_close) != 0)
        said += tr("close not answered");
    if (record.isOpen() && (flags & flag_keeps_pong) != 0)
        said += tr("pings not answered");
    if ((flags & flag_hand_made_bytes) != 0)
        said += tr("raw bytes sent");
    return said.join(QStringLiteral(" \u00B7 "));
}

QString ConnectionModel::display(
    const ConnectionRecord& record, ConnectionSlot slot, ConnectionColumn column) const
{
    const ConnectionInfo& info = *record.info;
    const ConnectionCounters& counters = record.counters;
    switch (column) {
    case ConnectionColumn::State:
        return stateName(counters.state);
    case ConnectionColumn::Number:
        return QString::number(info.number);
    case ConnectionColumn::Name: {
        if (record.isOpen())
            return m_store.name(slot);
        QString text = m_store.name(slot) + QStringLiteral(" · ") + closeCodeName(record.close->code);
        if (!record.close->reason.empty())
            text += u' ' + quotedPeerText(record.close->reason);
        text += tr(" · closed by %1 after %2")
                    .arg(closedByName(record.close->by),
                        formatDuration((record.close->at - info.opened_at).count()));
        const QString cause = record.close->reason.empty() ? closeCauseText(record.close->cause) : QString();
        return cause.isEmpty() ? text : text + QStringLiteral(": ") + cause;
    }
    case ConnectionColumn::FromBrowser:
        return formatCount(counters.messages_in);
    case ConnectionColumn::ToBrowser:
        return formatCount(counters.messages_out);
    case ConnectionColumn::LastMessage:
        return record.isOpen() && counters.last_message_ns != 0
            ? formatAge(m_clock() - counters.last_message_ns)
            : QString();
    case ConnectionColumn::Since:
        return formatClock(info.opened_at);
    case ConnectionColumn::Peer:
        return ourText(info.peer.text());
    case ConnectionColumn::Origin:
        return info.has_origin ? displayText(viewOf(info.origin)) : QString();
    case ConnectionColumn::Path:
        return displayText(viewOf(info.target));
    case ConnectionColumn::Subprotocol:
        return displayText(viewOf(info.subprotocol));
    case ConnectionColumn::BytesFrom:
        return formatCount(counters.bytes_in);
    case ConnectionColumn::BytesTo:
        return formatCount(counters.bytes_out);
    case ConnectionColumn::Idle: {
        const auto last = std::max<std::int64_t>(
            counters.last_message_ns, info.opened_monotonic.time_since_epoch().count());
        return record.isOpen() && last != 0 ? formatAge(m_clock() - last) : QString();
    }
    case ConnectionColumn::RoundTrip:
        return counters.round_trip_us != 0
            ? formatMilliseconds(counters.round_trip_us)
            : QString();
    case ConnectionColumn::ProtocolVersion:
        return ourText(viewOf(info.protocol_version));
    case ConnectionColumn::Transport:
        return ourText(name_of(transport_now(info, counters)));
    case ConnectionColumn::Host:
        return displayText(viewOf(info.host));
    case ConnectionColumn::UserAgent:
        return displayText(viewOf(info.user_agent));
    case ConnectionColumn::SendQueue:
        return counters.queued_bytes != 0 ? formatBytes(counters.queued_bytes) : QString();
    case ConnectionColumn::CloseCode:
        return record.isOpen() ? QString() : closeCodeName(record.close->code);
    case ConnectionColumn::WhoClosed:
        return record.isOpen() ? QString() : closedByName(record.close->by);
    case ConnectionColumn::Extensions:
        return displayText(viewOf(info.extensions));
    case ConnectionColumn::CompressionFrom:
        return travelledText(counters.travelled_in);
    case ConnectionColumn::CompressionTo:
        return travelledText(counters.travelled_out);
    case ConnectionColumn::TlsVersion:
        return info.tls ? ourText(info.tls->version) : QString();
    case ConnectionColumn::Cipher:
        return info.tls ? ourText(info.tls->cipher) : QString();
    case ConnectionColumn::Alpn:
        return info.tls ? displayText(info.tls->alpn) : QString();
    case ConnectionColumn::ServerName:
        return info.tls ? displayText(info.tls->server_name) : QString();
    case ConnectionColumn::Resumed:
        return !info.tls ? QString() : info.tls->resumed ? tr("resumed") : tr("new");
    case ConnectionColumn::Count_:
        break;
    }
    return {};
}

// Of a page without WebSocket: what carries it, and what it tried before; of another what it tried.
QString ConnectionModel::howItCame(const ConnectionInfo& info, const ConnectionCounters& counters)
{
    const Transport transport = transport_now(info, counters);
    QString text;
    if (is_fallback(transport))
        text = tr("Without a WebSocket: by %1 (SockJS)").arg(ourText(name_of(transport)));
    if (!viewOf(info.tried).empty())
        text += (text.isEmpty() ? QString() : QStringLiteral("\n"))
            + tr("It tried before: %1").arg(displayText(viewOf(info.tried), 300));
    return text;
}

QString ConnectionModel::toolTip(
    const ConnectionRecord& record, ConnectionSlot slot, ConnectionColumn column) const
{
    const ConnectionInfo& info = *record.info;
    switch (column) {
    case ConnectionColumn::State:
        if (!record.isOpen())
            return tooltipText(tr("Closed with %1 by %2")
                                   .arg(closeCodeName(record.close->code), closedByName(record.close->by)));
        if ((record.counters.flags & flag_slow) != 0)
            return tooltipText(tr("Reads slowly: %1 waiting").arg(formatBytes(record.counters.queued_bytes)));
        return tooltipText(stateName(record.counters.state));
    case ConnectionColumn::Name: {
        QString text = display(record, slot, column);
        if (m_store.colour(slot) != PageColour::none)
            text += u'\n' + tr("Colour: %1").arg(nameOf(m_store.colour(slot)));
        text += u'\n' + tr("Peer: %1").arg(ourText(info.peer.text()));
        if (info.has_origin)
            text += u'\n' + tr("Origin: %1").arg(displayText(viewOf(info.origin)));
        text += u'\n' + tr("Path: %1").arg(displayText(viewOf(info.target)));
        if (isOfferUnmet(info))
            text += u'\n'
                + tr("It offered the subprotocols %1, and its endpoint speaks none of them: browsers fail "
                     "such a "
                     "connection.")
                      .arg(displayText(viewOf(info.offered_subprotocols), 200));
        if (info.tls) {
            text += u'\n' + tr("Encrypted: %1, %2").arg(ourText(info.tls->version), ourText(info.tls->cipher));
            if (!info.tls->server_name.empty())
                text += u'\n' + tr("Server name (SNI): %1").arg(displayText(info.tls->server_name));
        }
        if (const QString how = howItCame(info, record.counters); !how.isEmpty())
            text += u'\n' + how;
        if (!viewOf(info.user_agent).empty())
            text += u'\n' + tr("User agent: %1").arg(displayText(viewOf(info.user_agent)));
        return tooltipText(text);
    }
    case ConnectionColumn::Since:
        return tooltipText(formatDateTime(info.opened_at.time_since_epoch().count()));
    case ConnectionColumn::ToBrowser:
        if (record.counters.skipped_out != 0)
            return tooltipText(tr("%1 more were skipped: it reads too slowly")
                                   .arg(formatCount(record.counters.skipped_out)));
        return {};
    case ConnectionColumn::Origin:
        return info.has_origin ? tooltipText(viewOf(info.origin))
                               : tooltipText(tr("It sent no Origin header"));
    case ConnectionColumn::Path:
        return tooltipText(viewOf(info.target));
    case ConnectionColumn::Subprotocol:
        return tooltipText(viewOf(info.subprotocol));
    case ConnectionColumn::Host:
        return tooltipText(viewOf(info.host));
    case ConnectionColumn::UserAgent:
        return tooltipText(viewOf(info.user_agent));
    case ConnectionColumn::Transport: {
        QString text = info.tls ? tr("Encrypted: %1, %2").arg(ourText(info.tls->version), ourText(info.tls->cipher))
                                : tr("Not encrypted");
        if (const QString how = howItCame(info, record.counters); !how.isEmpty())
            text += u'\n' + how;
        return tooltipText(text);
    }
    case ConnectionColumn::Cipher:
        return info.tls ? tooltipText(ourText(info.tls->cipher)) : QString();
    case ConnectionColumn::Alpn:
        return info.tls && info.tls->alpn.empty() ? tooltipText(tr("It offered no application protocol (ALPN)"))
                                                  : QString();
    case ConnectionColumn::ServerName:
        if (!info.tls)
            return {};
        return info.tls->server_name.empty() ? tooltipText(tr("It named no server (SNI), as is usual for an address"))
                                             : tooltipText(info.tls->server_name);
    case ConnectionColumn::Resumed:
        if (!info.tls)
            return {};
        return tooltipText(info.tls->resumed
                ? tr("An earlier TLS session went on: no certificate was sent")
                : tr("A full TLS handshake, with the certificate"));
    default:
        return {};
    }
}

} // namespace jackfield::ui
