#include "ui/models/refused_tls.h"

#include "ui/text/display_text.h"
#include "ui/text/phrases.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace jackfield::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RefusedTls)
};

TlsFailure failureOf(const event::Refused& refused)
{
    return refused.tls ? refused.tls->failure : TlsFailure::none;
}

// Whether a listener that it may have come to speaks nothing but this.
bool isSpokenAlone(const event::Refused& refused, const ServerStatus& status, ListenerKind kind)
{
    return std::ranges::any_of(status.listeners,
        [&](const ListenerStatus& each) { return mayHaveComeTo(refused, each) && each.speaks == kind; });
}

QString alertText(std::uint8_t alert)
{
    const std::string_view name = alert_name(alert);
    const QString number = QString::number(alert);
    return name.empty() ? number : QStringLiteral("%1 (%2)").arg(ourText(name), number);
}

QString trustAdvice(const CertificateFacts& own)
{
    if (own.is_self_signed)
        return Words::tr("Your certificate is signed by nobody but itself: import it in that browser, or use one "
                         "whose issuer the browser trusts.");
    return Words::tr("Import the authority behind %1, which issued your certificate, in that browser. Where it is "
                     "there already, a certificate between the two is missing: put it behind yours in the file.")
        .arg(quotedPeerText(own.issuer, 120));
}

} // namespace

bool mayHaveComeTo(const event::Refused& refused, const ListenerStatus& listener)
{
    const SocketAddress& bound = listener.bound;
    return listener.listening && bound.port() == refused.local.port()
        && (bound == refused.local || (bound.is_loopback() && refused.local.is_loopback()));
}

bool isAboutTls(const event::Refused& refused)
{
    return refused.reason == RefusalReason::tls_failed || refused.reason == RefusalReason::tls_on_plain
        || refused.reason == RefusalReason::plain_on_tls;
}

bool isTlsThatConcernsSomebody(const event::Refused& refused)
{
    if (refused.reason == RefusalReason::plain_on_tls)
        return refused.was_upgrade;
    if (refused.reason == RefusalReason::tls_on_plain)
        return true;
    switch (failureOf(refused)) {
    case TlsFailure::unknown_authority:
    case TlsFailure::wrong_name:
    case TlsFailure::certificate_expired:
    case TlsFailure::certificate_refused:
    case TlsFailure::no_common_version:
    case TlsFailure::no_common_cipher:
    case TlsFailure::no_common_protocol:
    case TlsFailure::bad_server_name:
    case TlsFailure::refused_by_client:
        return true;
    case TlsFailure::none:
    case TlsFailure::peer_left:
    case TlsFailure::protocol_error:
    case TlsFailure::flood:
    case TlsFailure::truncated:
    case TlsFailure::no_memory:
    case TlsFailure::internal:
        break;
    }
    return false;
}

TlsFix tlsFixOf(const event::Refused& refused, const ServerStatus& status)
{
    if (refused.of_many)
        return TlsFix::none;
    if (refused.reason == RefusalReason::tls_on_plain && !status.tls)
        return TlsFix::certificate;
    if (refused.reason == RefusalReason::tls_on_plain)
        return isSpokenAlone(refused, status, ListenerKind::ws) ? TlsFix::alsoSecure : TlsFix::none;
    if (refused.reason == RefusalReason::plain_on_tls)
        return isSpokenAlone(refused, status, ListenerKind::wss) ? TlsFix::alsoPlain : TlsFix::none;
    switch (failureOf(refused)) {
    case TlsFailure::unknown_authority:
    case TlsFailure::wrong_name:
    case TlsFailure::certificate_expired:
    case TlsFailure::certificate_refused:
        return TlsFix::certificate;
    default:
        return TlsFix::none;
    }
}

std::optional<bool> isLetInOverTls(const event::Refused& refused, const ServerStatus& status)
{
    const auto isThere = [&](const ListenerStatus& each) { return mayHaveComeTo(refused, each); };
    if (std::ranges::none_of(status.listeners, isThere))
        return std::nullopt;
    if (refused.reason == RefusalReason::tls_on_plain)
        return status.tls != nullptr && !isSpokenAlone(refused, status, ListenerKind::ws);
    if (refused.reason == RefusalReason::plain_on_tls)
        return !isSpokenAlone(refused, status, ListenerKind::wss);
    return std::nullopt;
}

QString tlsSentence(const event::Refused& refused)
{
    const QString address = ourText(refused.peer.address_text());
    const QString who = refused.server_name.empty()
        ? Words::tr("A browser or program at %1").arg(address)
        : Words::tr("A browser or program at %1, which asked for %2,")
              .arg(address, quotedPeerText(refused.server_name, 80));
    if (refused.reason == RefusalReason::tls_on_plain)
        return Words::tr("%1 used wss:// (or https://), which is not served on that port.").arg(who);
    if (refused.reason == RefusalReason::plain_on_tls)
        return refused.was_upgrade ? Words::tr("%1 used ws:// on a port that speaks wss:// alone.").arg(who)
                                   : Words::tr("%1 used http:// on a port that speaks TLS alone.").arg(who);
    switch (failureOf(refused)) {
    case TlsFailure::unknown_authority:
        return Words::tr("%1 does not trust this server's certificate.").arg(who);
    case TlsFailure::wrong_name:
        return refused.server_name.empty()
            ? Words::tr("%1 refused this server's certificate, which is not for %2.")
                  .arg(who, displayText(refused.tls->asked_name, 80))
            : Words::tr("%1 refused this server's certificate, which is not for that name.").arg(who);
    case TlsFailure::certificate_expired:
        return Words::tr("%1 refused this server's certificate as one that is not valid today.").arg(who);
    case TlsFailure::certificate_refused:
        return Words::tr("%1 refused this server's certificate.").arg(who);
    case TlsFailure::no_common_version:
        return Words::tr("%1 speaks neither TLS 1.2 nor TLS 1.3.").arg(who);
    case TlsFailure::no_common_cipher:
        return Words::tr("%1 has no cipher, key exchange or signature in common with this server.").arg(who);
    case TlsFailure::no_common_protocol:
        return Words::tr("%1 wants another protocol than http/1.1 (ALPN).").arg(who);
    case TlsFailure::bad_server_name:
        return Words::tr("%1 sent a server name (SNI) that no server can have.").arg(who);
    case TlsFailure::refused_by_client:
        return Words::tr("%1 ended the TLS handshake with an alert.").arg(who);
    case TlsFailure::peer_left:
        return Words::tr("%1 left during the TLS handshake and gave no reason.").arg(who);
    case TlsFailure::protocol_error:
        return Words::tr("%1 sent what is no valid TLS.").arg(who);
    case TlsFailure::flood:
        return Words::tr("%1 sent too many TLS records that carry no data.").arg(who);
    case TlsFailure::truncated:
        return Words::tr("%1 ended the connection without TLS's farewell.").arg(who);
    case TlsFailure::no_memory:
        return Words::tr("There was no memory for a TLS connection.");
    case TlsFailure::internal:
    case TlsFailure::none:
        break;
    }
    return Words::tr("The TLS handshake failed: %1").arg(wordsOf(refused.why));
}

QString tlsAdvice(const event::Refused& refused, const CertificateFacts* own)
{
    if (refused.reason == RefusalReason::tls_on_plain)
        return Words::tr("Let that port speak wss:// too, or have the page say ws://.");
    if (refused.reason == RefusalReason::plain_on_tls)
        return Words::tr("Have the page say wss://, or let that port speak ws:// too.");
    switch (failureOf(refused)) {
    case TlsFailure::unknown_authority:
        if (own)
            return trustAdvice(*own);
        return Words::tr(
            "Have the browser trust Jackfield's authority: Certificate and trust has a button or the "
            "steps for each browser. One that runs may have to be started anew.");
    case TlsFailure::wrong_name:
        return Words::tr(
            "Renew Jackfield's certificate with this name or address added, or use a certificate of your own "
            "that has it.");
    case TlsFailure::certificate_expired:
        if (own)
            return Words::tr("Use a newer certificate. Where yours is still valid, look at that machine's clock.");
        return Words::tr("Renew the certificate. Where it is still valid, look at that machine's clock.");
    case TlsFailure::certificate_refused:
        return Words::tr(
            "Look whether the certificate is for the name that the page asks for, and what kind of "
            "certificate it is.");
    case TlsFailure::no_common_version:
    case TlsFailure::no_common_cipher:
        return Words::tr(
            "It is too old for what Jackfield serves, TLS 1.2 and 1.3. Use a newer one, or ws://.");
    case TlsFailure::no_common_protocol:
        return Words::tr(
            "WebSockets go over http/1.1. Have it offer that, or no application protocol at all.");
    case TlsFailure::bad_server_name:
        return Words::tr("Look at the address that it was given.");
    case TlsFailure::refused_by_client:
        return Words::tr("The name of the alert below says why.");
    case TlsFailure::peer_left:
        return Words::tr(
            "Browsers leave so while they ask a person about a certificate, and with connections "
            "that they open to spare. Where a page fails with it, look at the trust in the certificate.");
    case TlsFailure::none:
    case TlsFailure::protocol_error:
    case TlsFailure::flood:
    case TlsFailure::truncated:
    case TlsFailure::no_memory:
    case TlsFailure::internal:
        break;
    }
    return {};
}

QString sentAlertText(const event::Refused& refused)
{
    return refused.tls && refused.tls->alert_sent ? alertText(*refused.tls->alert_sent) : QString();
}

QString alertsText(const event::Refused& refused)
{
    if (!refused.tls)
        return {};
    QStringList said;
    if (refused.tls->alert_received)
        said << Words::tr("received the alert %1").arg(alertText(*refused.tls->alert_received));
    if (refused.tls->alert_sent)
        said << Words::tr("sent the alert %1").arg(alertText(*refused.tls->alert_sent));
    if (!refused.tls->detail.empty())
        said << displayText(refused.tls->detail, 220);
    return said.join(QStringLiteral("; "));
}

} // namespace jackfield::ui
