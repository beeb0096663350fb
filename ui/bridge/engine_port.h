#pragma once

#include "jackfield/command.h"
#include "jackfield/lanes.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace jackfield::ui {

/// What the traffic lane held, already split into records. The payload views live until the signal returns.
struct TrafficTaken {
    std::span<const TrafficRecord> records; ///< oldest first
    std::uint64_t lost = 0; ///< records that the lane lost before these
    std::uint64_t passedOver = 0; ///< what passed before these while no records were wanted
};

/// Called in the window's thread with the outcome of one command.
using CommandCallback = std::function<void(const event::CommandFinished&)>;

/// The window's only way to the engine: commands in, the three lanes out, once a frame. Views and models know
/// this interface; `EngineBridge` fulfils it over a real engine, tests/support/fake_engine_port.h without
/// one.
///
/// Threads: everything, signals included, in the thread the object lives in (the window's). The signals carry
/// references to memory that is reused: connect directly, copy what is to be kept.
///
/// In one frame the lanes are first taken, all three, then emitted in this order: stateTaken, eventsTaken
/// (with commandFinished and the callbacks inside), trafficTaken, frameTaken. A lane without anything new is
/// not emitted.
class EnginePort : public QObject {
    Q_OBJECT
public:
    explicit EnginePort(QObject* parent = nullptr);
    ~EnginePort() override;

    /// Queues a command; its outcome arrives through commandFinished. That is so, too, where the engine takes no more commands: the ticket
    /// is one that the engine never gives, then, and the outcome an error.
    Ticket submit(Command command);
    /// Queues a command and calls `callback` with its outcome, unless `context` is destroyed before.
    Ticket submitWithReply(Command command, QObject* context, CommandCallback callback);

    /// What the server is doing. Never null: before the first batch a default one that does not listen.
    [[nodiscard]] std::shared_ptr<const ServerStatus> status() const { return m_status; }
    [[nodiscard]] const EngineTotals& totals() const { return m_totals; }
    /// The engine's monotonic clock, in nanoseconds: the scale of ConnectionCounters::last_message_ns.
    [[nodiscard]] virtual std::int64_t clockNow() const = 0;

    /// How much of the traffic is taken; in full unless set. Takes effect at once, for what passes from then
    /// on.
    void setCaptureLevel(TrafficLevel level);
    [[nodiscard]] TrafficLevel captureLevel() const { return m_captureLevel; }
    /// *Pause capture*: as the level `off` while it is on.
    void setCapturePaused(bool paused);
    [[nodiscard]] bool isCapturePaused() const { return m_capturePaused; }

Q_SIGNALS:
    void stateTaken(const jackfield::StateBatch& batch);
    void eventsTaken(const jackfield::EventBatch& batch);
    void trafficTaken(const jackfield::ui::TrafficTaken& traffic);
    /// One frame is applied; the moment to refresh totals and plots.
    void frameTaken();
    /// The capture level differs, or whether it is paused.
    void captureChanged();
    /// Emitted before stateTaken when the status differs from the last one.
    void statusChanged(const jackfield::ServerStatus& status);
    /// A command has just been queued.
    void commandSubmitted(jackfield::Ticket ticket, const jackfield::Command& command);
    void commandFinished(jackfield::Ticket ticket, const jackfield::event::CommandFinished& outcome);

protected:
    virtual Ticket enqueue(Command command) = 0;
    /// Has the traffic lane carry so much.
    virtual void takeTrafficAt(TrafficLevel level) = 0;
    /// Publishes one frame in the documented order; null pointers are lanes without anything new.
    void deliver(const StateBatch* state, const EventBatch* events, const TrafficTaken* traffic);

private:
    struct Waiting {
        QPointer<QObject> context;
        CommandCallback callback;
    };
    void conclude(const event::CommandFinished& outcome);

    QHash<Ticket, Waiting> m_waiting;
    Ticket m_nextRefused = ~Ticket{0}; ///< counts down, where the engine's tickets count up
    std::shared_ptr<const ServerStatus> m_status;
    EngineTotals m_totals;
    TrafficLevel m_captureLevel = TrafficLevel::full;
    bool m_capturePaused = false;
};

} // namespace jackfield::ui
