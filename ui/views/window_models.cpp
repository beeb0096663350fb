#include "ui/views/window_models.h"

#include "ui/bridge/engine_port.h"

namespace jackfield::ui {

WindowModels::WindowModels(EnginePort& port, QObject* parent)
    : QObject(parent)
    , connectionTable(connections, [&port] { return port.clockNow(); })
    , follow(connections)
    , target(connections, &follow)
    , messages(connections)
    , messageTable(messages)
    , echoes(connections)
    , history(port, connections)
    , m_port(port)
{
    connect(&port, &EnginePort::stateTaken, &connections, &ConnectionStore::apply);
    connect(&port, &EnginePort::eventsTaken, &refused, &RefusedModel::apply);
    connect(&port, &EnginePort::eventsTaken, &events, &EventLogModel::apply);
    connect(&port, &EnginePort::trafficTaken, &messages, &MessageStore::apply);
    connect(&port, &EnginePort::trafficTaken, &echoes, &EchoWatch::apply);
    connect(&port, &EnginePort::statusChanged, this, &WindowModels::reconsider);
    connect(&follow, &Follow::cameBack, &messages,
        [this](ConnectionId /*before*/, ConnectionId now, const QString& text, qint64 wallNs) {
            messages.addDivider(now, text, wallNs);
        });
    connect(&follow, &Follow::changed, &connectionTable, [this] {
        connectionTable.setFollowed(
            follow.isFollowing() ? std::vector<ConnectionId>{follow.current()} : std::vector<ConnectionId>{});
    });
}

void WindowModels::reconsider()
{
    refused.reconsider(*m_port.status(), TimePoint(std::chrono::nanoseconds(m_port.clockNow())));
}

} // namespace jackfield::ui
