#include "ui/views/echo_bar.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/connection_store.h"
#include "ui/models/echo_watch.h"
#include "ui/text/display_text.h"
#include "ui/text/phrases.h"

#include <QPushButton>

#include <algorithm>

namespace jackfield::ui {

namespace {

constexpr std::size_t maxWaiting = 50;

} // namespace

EchoBar::EchoBar(EnginePort& port, const ConnectionStore& connections, EchoWatch& watch, QWidget* parent)
    : NoticeBar(Severity::Warning, "bar_echo", "Two ends that echo each other", parent)
    , m_port(port)
    , m_connections(connections)
    , m_watch(watch)
{
    m_silence = addButton(tr("Make silent"), "echo_make_silent", "Make the endpoint silent");
    m_ignore = addButton(tr("Ignore"), "echo_ignore", "Ignore the two ends that echo each other");
    m_undo = addButton(tr("Undo"), "echo_undo", "Undo making silent");
    m_close = addButton(tr("Close"), "echo_close", "Close the bar of the echo");
    connect(m_silence, &QPushButton::clicked, this, &EchoBar::makeSilent);
    connect(m_ignore, &QPushButton::clicked, this, &EchoBar::ignore);
    connect(m_undo, &QPushButton::clicked, this, &EchoBar::undo);
    connect(m_close, &QPushButton::clicked, this, &EchoBar::close);
    connect(&watch, &EchoWatch::noticed, this, &EchoBar::onNoticed);
    connect(&connections, &ConnectionStore::changed, this, &EchoBar::onChanged);
}

void EchoBar::onNoticed(ConnectionId connection)
{
    if (m_waiting.size() >= maxWaiting)
        return;
    m_waiting.push_back(connection);
    if (m_waiting.size() == 1 && !m_isSilenced)
        showFirst();
}

void EchoBar::onChanged(const ConnectionChanges& changes)
{
    if (m_waiting.empty() || (!changes.reset && changes.closed.empty() && changes.removed.empty()))
        return;
    const ConnectionId shown = m_waiting.front();
    std::erase_if(m_waiting, [this](ConnectionId id) {
        const ConnectionRecord* record = m_connections.record(id);
        return record == nullptr || !record->isOpen();
    });
    if (!m_isSilenced && (m_waiting.empty() || m_waiting.front() != shown))
        showFirst();
}

void EchoBar::showFirst()
{
    m_isSilenced = false;
    if (m_waiting.empty()) {
        hide();
        return;
    }
    setText(m_connections.label(m_waiting.front()),
        tr("answers our echo: each keeps sending the other's message back. This stops when the endpoint is "
           "silent."));
    for (QPushButton* each : {m_silence, m_ignore})
        each->show();
    for (QPushButton* each : {m_undo, m_close})
        each->hide();
    show();
}

void EchoBar::makeSilent()
{
    const ConnectionRecord* record = m_waiting.empty() ? nullptr : m_connections.record(m_waiting.front());
    if (record == nullptr)
        return;
    const auto status = m_port.status();
    const auto at = std::ranges::find_if(status->endpoints, [&](const EndpointConfig& each) {
        return record->info->endpoint && each.pattern == *record->info->endpoint;
    });
    if (at == status->endpoints.end()) {
        Q_EMIT outcome(tr("Its endpoint is not there any more; kick the connection instead"));
        return;
    }
    EndpointConfig now = *at;
    m_pattern = now.pattern;
    m_subprotocol = *record->info->subprotocol;
    if (behaviourIn(now) == nullptr)
        m_subprotocol.clear(); // its own word for it is gone: what has none decides
    m_before = *behaviourIn(now);
    setBehaviour("silent", [this, id = m_waiting.front()] {
        std::erase(m_waiting, id);
        m_isSilenced = true;
        show();
        setText({},
            m_subprotocol.empty()
                ? tr("%1 answers nothing by itself any more.").arg(displayText(m_pattern, 80))
                : tr("%1 answers nothing on %2 by itself any more.")
                      .arg(displayText(m_pattern, 80), displayText(m_subprotocol, 80)));
        for (QPushButton* each : {m_silence, m_ignore})
            each->hide();
        for (QPushButton* each : {m_undo, m_close})
            each->show();
    });
}

/// Where the endpoint says what `m_subprotocol` is answered with; null where it does not say.
std::string* EchoBar::behaviourIn(EndpointConfig& endpoint) const
{
    if (m_subprotocol.empty())
        return &endpoint.behaviour;
    const auto rule = std::ranges::find(endpoint.subprotocols, m_subprotocol, &SubprotocolRule::name);
    return rule == endpoint.subprotocols.end() ? nullptr : &rule->behaviour;
}

/// Changes that one behaviour of the endpoint as it is in force now.
void EchoBar::setBehaviour(const std::string& name, std::function<void()> then)
{
    const auto status = m_port.status();
    const auto at = std::ranges::find(status->endpoints, m_pattern, &EndpointConfig::pattern);
    EndpointConfig changed = at == status->endpoints.end() ? EndpointConfig() : *at;
    std::string* behaviour = at == status->endpoints.end() ? nullptr : behaviourIn(changed);
    if (behaviour == nullptr) {
        Q_EMIT outcome(tr("Its endpoint is not there any more; kick the connection instead"));
        return;
    }
    *behaviour = name;
    m_port.submitWithReply(command::SetEndpoint{std::move(changed)}, this,
        [this, then = std::move(then)](const event::CommandFinished& finished) {
            if (finished.error)
                Q_EMIT outcome(wordsOf(finished.error->message()));
            else if (then)
                then();
        });
}

void EchoBar::ignore()
{
    if (m_waiting.empty())
        return;
    if (const ConnectionRecord* record = m_connections.record(m_waiting.front()))
        m_watch.ignore(PageIdentity::of(*record->info));
    m_waiting.pop_front();
    showFirst();
}

void EchoBar::undo()
{
    setBehaviour(m_before, [this] { showFirst(); });
}

void EchoBar::close()
{
    showFirst();
}

} // namespace jackfield::ui
