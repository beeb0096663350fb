#include "ui/bridge/engine_port.h"

#include <utility>
#include <variant>

namespace jackfield::ui {

EnginePort::EnginePort(QObject* parent)
    : QObject(parent)
    , m_status(std::make_shared<const ServerStatus>())
{ }

EnginePort::~EnginePort() = default;

Ticket EnginePort::submit(Command command)
{
    const Command told = command; // payloads are shared
    const Ticket queued = enqueue(std::move(command));
    const Ticket ticket = queued != 0 ? queued : m_nextRefused--;
    Q_EMIT commandSubmitted(ticket, told);
    if (queued == 0) {
        event::CommandFinished outcome;
        outcome.ticket = ticket;
        outcome.error = Error{ErrorCode::too_large, 0, "the engine has too many commands waiting; try again in a moment"};
        QMetaObject::invokeMethod(this, [this, outcome] { conclude(outcome); }, Qt::QueuedConnection);
    }
    return ticket;
}

void EnginePort::conclude(const event::CommandFinished& outcome)
{
    Q_EMIT commandFinished(outcome.ticket, outcome);
    const Waiting waiting = m_waiting.take(outcome.ticket);
    if (waiting.callback && waiting.context)
        waiting.callback(outcome);
}

Ticket EnginePort::submitWithReply(Command command, QObject* context, CommandCallback callback)
{
    // The outcome comes in a later turn of the event loop, so it cannot overtake this.
    const Ticket ticket = submit(std::move(command));
    m_waiting.insert(ticket, {context, std::move(callback)});
    return ticket;
}

void EnginePort::setCaptureLevel(TrafficLevel level)
{
    if (level == m_captureLevel)
        return;
    m_captureLevel = level;
    if (!m_capturePaused)
        takeTrafficAt(level);
    Q_EMIT captureChanged();
}

void EnginePort::setCapturePaused(bool paused)
{
    if (paused == m_capturePaused)
        return;
    m_capturePaused = paused;
    takeTrafficAt(paused ? TrafficLevel::off : m_captureLevel);
    Q_EMIT captureChanged();
}

void EnginePort::deliver(const StateBatch* state, const EventBatch* events, const TrafficTaken* traffic)
{
    if (state != nullptr) {
        m_totals = state->totals;
        if (state->status && state->status != m_status) {
            m_status = state->status;
            Q_EMIT statusChanged(*m_status);
        }
        Q_EMIT stateTaken(*state);
    }
    if (events != nullptr) {
        Q_EMIT eventsTaken(*events);
        for (const Event& event : events->events) {
            const auto* outcome = std::get_if<event::CommandFinished>(&event.what);
            if (outcome != nullptr)
                conclude(*outcome);
        }
    }
    if (traffic != nullptr)
        Q_EMIT trafficTaken(*traffic);
    Q_EMIT frameTaken();
}

} // namespace jackfield::ui
