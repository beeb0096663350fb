#pragma once

#include "ui/bridge/engine_port.h"

#include "jackfield/engine.h"

#include <QElapsedTimer>
#include <QSocketNotifier>
#include <QTimer>

#include <chrono>
#include <vector>

namespace jackfield::ui {

/// The engine port over a real engine. It becomes the reader of all three lanes: state with a snapshot first,
/// traffic in full with drop-and-count, so that a slow window costs freshness and never memory or the
/// engine's speed.
///
/// The engine's descriptor wakes it, it waits for the frame tick (the first one comes at once), takes all
/// three lanes, delivers them, and only then listens to the descriptor again.
class EngineBridge final : public EnginePort {
    Q_OBJECT
public:
    /// `engine` must outlive the bridge; somebody else drives it (EngineThread).
    explicit EngineBridge(Engine& engine, QObject* parent = nullptr);
    ~EngineBridge() override; ///< detaches from the lanes

    [[nodiscard]] std::int64_t clockNow() const override;

    /// The shortest time between two frames; 33 ms unless set.
    void setFrameInterval(std::chrono::milliseconds interval);
    /// Takes what waits at once, without waiting for the frame tick. For shutting down.
    void takeNow();

protected:
    Ticket enqueue(Command command) override;
    void takeTrafficAt(TrafficLevel level) override;

private:
    void onReady();

    Engine& m_engine;
    QSocketNotifier m_notifier;
    QTimer m_frame;
    QElapsedTimer m_sinceLast;
    std::chrono::milliseconds m_interval{33};
    bool m_taking = false;
    // Reused from frame to frame.
    StateBatch m_state;
    EventBatch m_events;
    TrafficBatch m_traffic;
    std::vector<TrafficRecord> m_records;
};

} // namespace jackfield::ui
