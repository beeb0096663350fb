#include "ui/models/event_words.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"

#include "jackfield/close_code.h"
#include "jackfield/connection.h"

#include <QCoreApplication>
#include <QStringList>

namespace jackfield::ui {
namespace {

constexpr int partChars = 120; // of what a peer sent

struct Words {
    Q_DECLARE_TR_FUNCTIONS(EventWords)
};

QString shown(std::string_view text)
{
    return displayText(text, partChars);
}

QString shown(const SharedText& text)
{
    return text ? shown(*text) : QString();
}

QString connection(std::uint64_t number)
{
    return number == 0 ? Words::tr("a connection") : u'#' + QString::number(number);
}

bool hasText(const SharedText& text)
{
    return text && !text->empty();
}

/// %1 is the connection, %2 the code with its meaning.
QString closedPhrase(ClosedBy by)
{
    switch (by) {
    case ClosedBy::peer:
        return Words::tr("%1 closed by the browser with %2");
    case ClosedBy::person:
        return Words::tr("%1 closed by hand with %2");
    case ClosedBy::engine:
        return Words::tr("%1 closed by Jackfield with %2");
    case ClosedBy::behaviour:
        return Words::tr("%1 closed by its endpoint with %2");
    case ClosedBy::shutdown:
        return Words::tr("%1 closed as the server stops with %2");
    }
    return {};
}

QString refusalOutcome(const event::Refused& what)
{
    const QString peer = ourText(what.peer.text());
    const QString status = QString::number(what.status);
    switch (what.reason) {
    case RefusalReason::plain_http:
        return Words::tr("Answered %1 with %2").arg(peer, status);
    case RefusalReason::speculative:
        return Words::tr("%1 left without sending anything").arg(peer);
    case RefusalReason::aborted:
        return Words::tr("%1 left before it could be answered").arg(peer);
    default:
        break;
    }
    return what.status == 0 ? Words::tr("Refused %1").arg(peer) : Words::tr("Refused %1 with %2").arg(peer, status);
}

QString askedFor(const event::Refused& what)
{
    QStringList parts;
    if (!what.method.empty() || !what.target.empty())
        parts << shown(what.method) + u' ' + shown(what.target);
    if (!what.host.empty())
        parts << QStringLiteral("Host ") + shown(what.host);
    if (what.has_origin)
        parts << QStringLiteral("Origin ") + shown(what.origin);
    if (parts.isEmpty() && !what.server_name.empty() && !(what.tls && what.tls->asked_name == what.server_name))
        parts << Words::tr("server name %1").arg(shown(what.server_name));
    return parts.join(QStringLiteral(", "));
}

class Teller {
public:
    template <class What>
    std::optional<QString> operator()(const What& /*what*/) const
    {
        return std::nullopt;
    }

    std::optional<QString> operator()(const event::Opened& what) const
    {
        if (!what.info)
            return Words::tr("A connection opened");
        const ConnectionInfo& info = *what.info;
        const QString peer = ourText(info.peer.text());
        QString text = info.has_origin
            ? Words::tr("%1 opened: %2 at %3 asks for %4")
                  .arg(connection(info.number), shown(info.origin), peer, shown(info.target))
            : Words::tr("%1 opened: no origin at %2 asks for %3")
                  .arg(connection(info.number), peer, shown(info.target));
        if (hasText(info.subprotocol))
            text += Words::tr(", subprotocol %1").arg(shown(info.subprotocol));
        if (hasText(info.protocol_version))
            text += QStringLiteral(", ") + shown(info.protocol_version);
        if (is_fallback(info.transport))
            text += Words::tr(", by %1", "a transport of SockJS").arg(ourText(name_of(info.transport)));
        if (hasText(info.tried))
            text += Words::tr("; it tried %1").arg(shown(info.tried));
        if (!what.note.empty())
            text += QStringLiteral("; ") + wordsOf(what.note);
        return text;
    }

    std::optional<QString> operator()(const event::Closed& what) const
    {
        const CloseInfo& close = what.close;
        QString text = closedPhrase(close.by)
                           .arg(connection(what.info ? what.info->number : 0), closeCodeName(close.code));
        if (!close.reason.empty())
            text += Words::tr(", reason %1").arg(quotedPeerText(close.reason, partChars));
        if (const QString cause = closeCauseText(close.cause); !cause.isEmpty())
            text += QStringLiteral(": ") + cause;
        if (what.info)
            text += Words::tr(", after %1").arg(formatDuration((close.at - what.info->opened_at).count()));
        return text
            + Words::tr("; %1 messages from the browser", nullptr, pluralOf(what.counters.messages_in))
                  .arg(formatCount(what.counters.messages_in))
            + Words::tr(", %1 to it").arg(formatCount(what.counters.messages_out));
    }

    std::optional<QString> operator()(const event::Refused& what) const
    {
        const QString why = wordsOf(what.why);
        if (what.of_many)
            return Words::tr("%1 attempts: %2").arg(formatCount(what.folded + 1), why);
        QString text = refusalOutcome(what);
        if (!why.isEmpty())
            text += QStringLiteral(": ") + why;
        if (const QString asked = askedFor(what); !asked.isEmpty())
            text += QStringLiteral(" [") + asked + u']';
        if (what.folded > 0)
            text += Words::tr(" (and %1 more like it)").arg(formatCount(what.folded));
        return text;
    }

    std::optional<QString> operator()(const event::ListenFailed& what) const
    {
        QString text;
        if (what.error.code != ErrorCode::address_in_use) {
            text = Words::tr("Cannot listen on %1: %2")
                       .arg(ourText(what.address.text()), wordsOf(what.error.message()));
        } else {
            const QString port = QString::number(what.address.port());
            const QString address = ourText(what.address.address_text());
            if (what.owner_pid == 0)
                text = Words::tr("Port %1 of %2 is used by another program").arg(port, address);
            else if (what.owner_name.empty())
                text = Words::tr("Port %1 of %2 is used by a program (pid %3)")
                           .arg(port, address, QString::number(what.owner_pid));
            else
                text = Words::tr("Port %1 of %2 is used by %3 (pid %4)")
                           .arg(port, address, shown(what.owner_name), QString::number(what.owner_pid));
            if (what.next_free_port != 0)
                text += Words::tr("; port %1 is free").arg(what.next_free_port);
        }
        return what.optional ? text + Words::tr("; the other addresses are served") : text;
    }

    std::optional<QString> operator()(const event::SlowPeer& what) const
    {
        return Words::tr("%1 reads slowly: %2 are waiting for it")
            .arg(connection(what.number), formatBytes(what.queued));
    }

    std::optional<QString> operator()(const event::PongReceived& what) const
    {
        const QString time = formatMilliseconds(
            static_cast<std::uint64_t>(std::max<std::int64_t>(what.round_trip.count(), 0)));
        return what.payload.empty()
            ? Words::tr("%1 answered a ping after %2").arg(connection(what.number), time)
            : Words::tr("%1 answered the ping %2 after %3")
                  .arg(connection(what.number), quotedPeerText(what.payload, partChars), time);
    }

    std::optional<QString> operator()(const event::LimitReached& what) const
    {
        const QString times = Words::tr("%1 times", nullptr, pluralOf(what.count)).arg(formatCount(what.count));
        switch (what.kind) {
        case event::LimitKind::connections:
            return Words::tr("The limit of %1 connections refused newcomers: %2", nullptr, pluralOf(what.limit))
                .arg(formatCount(what.limit), times);
        case event::LimitKind::openings:
            return Words::tr("The limit of %1 sockets that wait for a handshake dropped the oldest: %2", nullptr,
                pluralOf(what.limit))
                .arg(formatCount(what.limit), times);
        case event::LimitKind::partial_messages:
            return Words::tr("Unfinished messages reached %1; the largest was given up: %2")
                .arg(formatBytes(what.limit), times);
        case event::LimitKind::deflate_windows:
            return Words::tr("The windows of compressed connections reached %1; connections compress each message "
                             "by itself: %2")
                .arg(formatBytes(what.limit), times);
        }
        return std::nullopt;
    }
};

} // namespace

std::optional<QString> eventWords(const Event& event)
{
    return std::visit(Teller(), event.what);
}

QString lostEventsWords(std::uint64_t lost)
{
    return Words::tr("%1 events came faster than they could be listed and are missing here", nullptr, pluralOf(lost))
        .arg(formatCount(lost));
}

} // namespace jackfield::ui
