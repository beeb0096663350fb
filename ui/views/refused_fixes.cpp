#include "ui/views/refused_fixes.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/refused_model.h"
#include "ui/models/refused_tls.h"
#include "ui/text/display_text.h"
#include "ui/text/phrases.h"
#include "ui/views/controls.h"
#include "ui/views/inline_notice.h"
#include "ui/views/server_address.h"

#include <QPushButton>

#include <algorithm>
#include <utility>

namespace jackfield::ui {

namespace {

// The transport that the attempt wanted and that its endpoint, which has SockJS, does not permit.
std::optional<SockJsTransport> transportToPermit(const event::Refused& what, const ServerStatus& status)
{
    if (what.remedy != RefusalRemedy::transport || !what.wanted_transport)
        return std::nullopt;
    const auto endpoint = std::ranges::find(status.endpoints, what.endpoint, &EndpointConfig::pattern);
    const bool isOff = endpoint != status.endpoints.end() && endpoint->sockjs
        && !endpoint->sockjs->transports.has(*what.wanted_transport);
    return isOff ? what.wanted_transport : std::nullopt;
}

bool isBlocked(const ServerStatus& status, const AccessBlock& block)
{
    return std::ranges::any_of(status.access.blocks,
        [&](const AccessBlock& each) { return each.kind == block.kind && each.text == block.text; });
}

} // namespace

RefusedFixes::RefusedFixes(EnginePort& port, InlineNotice& notice, QWidget* parent)
    : QObject(parent)
    , m_port(port)
    , m_notice(notice)
{
    m_unblock = named(
        new QPushButton(tr("Unblock"), parent), "refused_unblock", "Take the block of this attempt away");
    m_withoutOrigin = named(new QPushButton(tr("Allow clients without an Origin"), parent),
        "refused_without_origin", "Allow clients without an Origin");
    m_older = named(new QPushButton(tr("Serve browsers older than RFC 6455"), parent), "refused_serve_older",
        "Serve browsers older than RFC 6455");
    m_endpoint = named(
        new QPushButton(parent), "refused_add_endpoint", "Add an endpoint for the path of this attempt");
    m_transport = named(new QPushButton(parent), "refused_permit_transport",
        "Permit the SockJS transport of this attempt");
    m_both = named(new QPushButton(parent), "refused_speak_both", "Speak ws and wss on the port of this attempt");
    m_certificate = named(
        new QPushButton(parent), "refused_certificate", "Certificate and trust for this attempt");
    m_buttons = {m_unblock, m_withoutOrigin, m_older, m_endpoint, m_transport, m_both, m_certificate};
    for (QPushButton* button : m_buttons) {
        button->setProperty("primary", true);
        button->setAutoDefault(false);
    }
    connect(m_unblock, &QPushButton::clicked, this, &RefusedFixes::unblock);
    connect(m_withoutOrigin, &QPushButton::clicked, this, &RefusedFixes::allowWithoutOrigin);
    connect(m_older, &QPushButton::clicked, this, &RefusedFixes::serveOlder);
    connect(m_endpoint, &QPushButton::clicked, this, [this] { Q_EMIT endpointRequested(m_path); });
    connect(m_transport, &QPushButton::clicked, this, &RefusedFixes::permitTransport);
    connect(m_both, &QPushButton::clicked, this, &RefusedFixes::speakBoth);
    connect(m_certificate, &QPushButton::clicked, this, [this] {
        const bool isAboutName = m_attempt.tls && m_attempt.tls->failure == TlsFailure::wrong_name;
        Q_EMIT certificateRequested(
            isAboutName ? QString::fromStdString(m_attempt.tls->asked_name) : QString());
    });
}

void RefusedFixes::setAttempt(const RefusedAttempt& attempt)
{
    const event::Refused& what = attempt.what;
    const ServerStatus& status = *m_port.status();
    m_attempt = what;
    const bool isOpen = attempt.standing != RefusedAttempt::Standing::resolved;
    m_block = what.access ? what.access->block : std::nullopt;
    m_unblock->setVisible(m_block && isBlocked(status, *m_block));
    m_withoutOrigin->setVisible(isOpen && what.access && !m_block
        && what.access->origin == OriginVerdict::missing_refused && status.access.origin_required);
    m_older->setVisible(isOpen && what.remedy == RefusalRemedy::older_protocols && !status.older_protocols);
    const std::string_view path = pathWithoutEndpoint(what);
    m_path = displayText(path, static_cast<int>(path.size()));
    m_endpoint->setText(tr("Add endpoint %1...").arg(mnemonicSafe(displayText(path, 40))));
    m_endpoint->setVisible(isOpen && !path.empty());
    const auto transport = isOpen ? transportToPermit(what, status) : std::nullopt;
    m_transport->setVisible(transport.has_value());
    if (transport)
        m_transport->setText(tr("Permit %1 on %2")
                                 .arg(ourText(name_of(*transport)), mnemonicSafe(displayText(what.endpoint, 40))));
    const TlsFix fix = isOpen ? tlsFixOf(what, status) : TlsFix::none;
    m_both->setText(fix == TlsFix::alsoPlain ? tr("Speak ws:// there too") : tr("Speak wss:// there too"));
    m_both->setVisible(fix == TlsFix::alsoPlain || fix == TlsFix::alsoSecure);
    m_certificate->setText(
        what.reason == RefusalReason::tls_on_plain ? tr("Enable wss://...") : tr("Certificate and trust..."));
    m_certificate->setVisible(m_certificateOffered && fix == TlsFix::certificate);
}

void RefusedFixes::speakBoth()
{
    const ServerStatus& status = *m_port.status();
    const command::Listen back{listenersInForce(status)};
    command::Listen both = back;
    for (ListenSpec& spec : both.listeners) {
        const ListenerStatus* listener = listenerAt(status, spec.address);
        if (listener && mayHaveComeTo(m_attempt, *listener) && listener->speaks != ListenerKind::both)
            spec.kind = ListenerKind::both;
    }
    const QString done = tr("ws:// and wss:// are spoken there now. Reload the page if it does not retry.");
    // Listening anew closes what was open first: a failure leaves nothing, so what was comes back.
    const auto told = [this, back](const event::CommandFinished& outcome) {
        if (outcome.error) {
            m_port.submit(back);
            m_notice.showNotice(InlineNotice::Kind::Danger,
                tr("Nothing was changed: %1").arg(wordsOf(outcome.error->message())));
        }
        return !outcome.error;
    };
    const auto undo = [this, told, back] {
        m_port.submitWithReply(back, this, [this, told, back](const event::CommandFinished& outcome) {
            if (told(outcome))
                Q_EMIT listenersApplied(back.listeners);
        });
    };
    m_notice.dismiss();
    m_port.submitWithReply(both, this, [this, told, undo, both, done](const event::CommandFinished& outcome) {
        if (!told(outcome))
            return;
        Q_EMIT listenersApplied(both.listeners);
        m_notice.showUndo(done, QStringLiteral("Undo speaking ws and wss"), undo);
    });
}

void RefusedFixes::unblock()
{
    if (!m_block)
        return;
    m_port.submitWithReply(
        command::Unblock{m_block->kind, m_block->text}, this, [this](const event::CommandFinished& outcome) {
            if (outcome.error)
                m_notice.showNotice(InlineNotice::Kind::Danger,
                    tr("Not unblocked: %1").arg(wordsOf(outcome.error->message())));
            else
                m_notice.showNotice(InlineNotice::Kind::Information,
                    tr("Unblocked. Reload the page if it does not retry."), {}, std::chrono::seconds(8));
        });
}

void RefusedFixes::allowWithoutOrigin()
{
    submit(command::RequireOrigin{false}, command::RequireOrigin{true},
        tr("Clients without an Origin are let in. Start the program again if it does not retry."),
        "Undo letting in clients without an Origin");
}

void RefusedFixes::serveOlder()
{
    submit(command::SetOlderProtocols{true}, command::SetOlderProtocols{false},
        tr("Browsers older than RFC 6455 are served. Reload the page if it does not retry."),
        "Undo serving browsers older than RFC 6455");
}

void RefusedFixes::permitTransport()
{
    if (!m_attempt.wanted_transport)
        return;
    const SockJsTransport transport = *m_attempt.wanted_transport;
    submit(command::SetTransport{m_attempt.endpoint, transport, true},
        command::SetTransport{m_attempt.endpoint, transport, false},
        tr("%1 is permitted on %2. Reload the page if it does not retry.")
            .arg(ourText(name_of(transport)), displayText(m_attempt.endpoint, 80)),
        "Undo permitting the transport");
}

void RefusedFixes::submit(
    const Command& what, const Command& back, const QString& done, const char* undoName)
{
    const auto told = [this](const event::CommandFinished& outcome) {
        if (outcome.error)
            m_notice.showNotice(InlineNotice::Kind::Danger,
                tr("Nothing was changed: %1").arg(wordsOf(outcome.error->message())));
        return !outcome.error;
    };
    m_notice.dismiss();
    m_port.submitWithReply(what, this, [this, back, done, undoName, told](const event::CommandFinished& outcome) {
        if (!told(outcome))
            return;
        m_notice.showUndo(done, QLatin1String(undoName), [this, back, told] {
            m_port.submitWithReply(back, this, [this, told](const event::CommandFinished& undone) {
                if (told(undone))
                    m_notice.showNotice(
                        InlineNotice::Kind::Information, tr("Taken back."), {}, std::chrono::seconds(5));
            });
        });
    });
}

} // namespace jackfield::ui
