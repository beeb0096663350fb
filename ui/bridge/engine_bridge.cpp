#include "ui/bridge/engine_bridge.h"

#include <algorithm>

namespace jackfield::ui {

EngineBridge::EngineBridge(Engine& engine, QObject* parent)
    : EnginePort(parent)
    , m_engine(engine)
    , m_notifier(engine.ready_descriptor(), QSocketNotifier::Read)
{
    m_frame.setSingleShot(true);
    m_frame.setTimerType(Qt::PreciseTimer);
    connect(&m_notifier, &QSocketNotifier::activated, this, &EngineBridge::onReady);
    connect(&m_frame, &QTimer::timeout, this, &EngineBridge::takeNow);
    m_engine.attach_state();
    m_engine.set_traffic(TrafficLevel::full, TrafficPolicy::drop_and_count);
}

EngineBridge::~EngineBridge()
{
    m_notifier.setEnabled(false);
    m_engine.set_traffic(TrafficLevel::off, TrafficPolicy::drop_and_count);
    m_engine.detach_state();
}

Ticket EngineBridge::enqueue(Command command)
{
    return m_engine.submit(std::move(command));
}

std::int64_t EngineBridge::clockNow() const
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

void EngineBridge::setFrameInterval(std::chrono::milliseconds interval)
{
    m_interval = interval;
}

void EngineBridge::takeTrafficAt(TrafficLevel level)
{
    m_engine.set_traffic(level, TrafficPolicy::drop_and_count);
}

void EngineBridge::onReady()
{
    // Until the frame is applied the descriptor stays readable and nobody looks at it.
    m_notifier.setEnabled(false);
    const auto since = m_sinceLast.isValid() ? std::chrono::milliseconds(m_sinceLast.elapsed()) : m_interval;
    if (since >= m_interval)
        takeNow();
    else
        m_frame.start(m_interval - since);
}

void EngineBridge::takeNow()
{
    if (m_taking) // somebody asked from within a frame
        return;
    m_taking = true;
    m_frame.stop();
    // Traffic first: what it speaks of is then already in the state that is taken after it.
    const bool hasTraffic = m_engine.take_traffic(m_traffic);
    const bool hasEvents = m_engine.take_events(m_events);
    const bool hasState = m_engine.take_state(m_state);
    TrafficTaken traffic;
    if (hasTraffic) {
        m_records.clear();
        while (auto record = m_traffic.next())
            m_records.push_back(std::move(*record));
        traffic = {m_records, m_traffic.lost(), m_traffic.passed_over()};
    }
    deliver(hasState ? &m_state : nullptr, hasEvents ? &m_events : nullptr, hasTraffic ? &traffic : nullptr);
    m_records.clear();
    m_traffic.clear(); // large payloads are held by the records that kept them, and by nobody else
    m_sinceLast.restart();
    m_taking = false;
    m_notifier.setEnabled(true);
}

} // namespace jackfield::ui
