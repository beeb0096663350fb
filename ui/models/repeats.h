#pragma once

#include "ui/models/send_target.h"

#include "jackfield/composed_message.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace jackfield::ui {

class EnginePort;

/// How often a message is repeated.
struct RepeatPlan {
    std::chrono::milliseconds interval{1'000}; ///< 1 ms to 24 h
    std::chrono::milliseconds jitter{
        0}; ///< each sending is moved by a random time of up to this much, either way; at most the interval
    std::optional<std::uint64_t> times; ///< without: until stopped
};

/// One repetition, for showing.
struct RepeatStatus {
    std::uint64_t id = 0;
    QString what; ///< "text {"a":1}"; neutralised
    QString whom; ///< neutralised
    RepeatPlan plan;
    std::uint64_t sent = 0; ///< sendings submitted
    std::uint64_t missed
        = 0; ///< times that passed while the window or the engine was busy; they are not made up for
    std::uint64_t nobody = 0; ///< times at which the target was nobody
    std::int64_t nextIn = 0; ///< nanoseconds from now; not below 0
};

/// Messages that are sent again and again. The n-th sending is due at the start plus n intervals (and its
/// jitter), whatever the ones before took: nothing drifts. What is late by more than an interval is left out
/// and counted: nothing piles up. Ends by itself after its number of times, when its target is gone for good
/// (connections that are closed do not come back), or when the engine refuses it. A target that may come, all, those of a filter or an
/// endpoint, the followed page, is waited for.
class Repeats : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t most = 20; ///< at a time
    static constexpr std::chrono::milliseconds shortestInterval{1};
    static constexpr std::chrono::milliseconds longestInterval{std::chrono::hours(24)};
    /// Sendings of one repetition that may wait for the engine; more are left out.
    static constexpr int mostUnanswered = 64;

    /// Makes the message of each sending (macros differ from one to the next).
    using Source = std::function<ComposedMessage()>;

    /// `random` gives 0 to 1; the default one is Qt's. All must outlive it.
    Repeats(EnginePort& port, const SendTarget& targets, std::function<double()> random = {},
        QObject* parent = nullptr);
    ~Repeats() override;

    /// Sends at once, and then as planned; a plan out of range is brought into it. Null when there are `most`
    /// already.
    std::optional<std::uint64_t> start(
        Source source, const QString& what, Audience audience, const QString& whom, RepeatPlan plan);
    void stop(std::uint64_t id);
    void stopAll();
    [[nodiscard]] bool isRunning() const { return !m_running.empty(); }
    [[nodiscard]] std::size_t count() const { return m_running.size(); }
    /// All that run, in the order of their start.
    [[nodiscard]] std::vector<RepeatStatus> status() const;
    /// When the next one is due, on the port's clock.
    [[nodiscard]] std::optional<std::int64_t> nextDue() const;

public Q_SLOTS:
    /// Sends what is due by the port's clock. The object's own timer calls this.
    void sendDue();

Q_SIGNALS:
    /// One began or ended.
    void changed();
    /// One ended by itself: a sentence that says why and how far it came.
    void ended(const QString& sentence);

private:
    struct Running;

    void sendOne(Running& running);
    void finish(std::uint64_t id, const QString& why);
    void plan(Running& running, std::int64_t now);
    void arm();
    [[nodiscard]] Running* find(std::uint64_t id);

    EnginePort& m_port;
    const SendTarget& m_targets;
    std::function<double()> m_random;
    std::vector<std::unique_ptr<Running>> m_running;
    std::uint64_t m_lastId = 0;
    QTimer m_timer;
};

} // namespace jackfield::ui
