#pragma once

#include "ui/bridge/hand_over.h"
#include "ui/models/message_criteria.h"
#include "ui/models/message_store.h"

#include <QObject>

#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

namespace jackfield::ui {

/// Goes through the records of a store, oldest first, and tells which ones meet some criteria; then through
/// those that come. What a slice of time suffices for is done within the call, in the window's thread, so
/// that small captures need no waiting; the rest goes to a thread of its own, which reads snapshots, delivers
/// what it found about twenty times a second, and gives up when something else is asked. A record whose
/// payload may take long by itself is left to that thread too, and what comes after it waits for its turn.
///
/// The window's thread alone calls it and gets its signals. Destruction waits until the other thread has
/// given up: for a record when the expression cannot be looked for in pieces (FilterFields::is_cancelled),
/// else for a piece of one.
class MessageScan : public QObject {
    Q_OBJECT
public:
    static constexpr std::uint64_t noLimit = std::numeric_limits<std::uint64_t>::max();

    explicit MessageScan(MessageStore& store, QObject* parent = nullptr);
    ~MessageScan() override;

    /// Starts over from `from` on, up to `limit` (exclusive). What has been found before is no longer told.
    void start(MessageCriteria criteria, std::uint64_t from, std::uint64_t limit = noLimit);
    void stop(); ///< finds nothing until it is started again
    /// Other criteria for what has not been looked at yet.
    void setCriteria(MessageCriteria criteria);
    /// A new limit, at or behind what has been looked at.
    void setLimit(std::uint64_t limit);
    /// To be called when the store has changed.
    void advance();

    [[nodiscard]] const MessageCriteria& criteria() const { return *m_criteria; }
    /// Records are left for the other thread.
    [[nodiscard]] bool isScanning() const { return m_job != 0; }
    /// How long a slice may take; 8 ms unless set.
    void setSliceTime(std::chrono::milliseconds time) { m_sliceTime = time; }

Q_SIGNALS:
    /// Ascending, never empty, behind all that were told since the start. Some may have given way already.
    void found(const std::vector<quint64>& sequences);
    void finished(); ///< after isScanning() has been true: all is looked at

private:
    struct Job;
    class Worker;
    void look();
    bool lookForASlice();
    [[nodiscard]] bool mayTakeLong(const CapturedRecord& record) const;
    void handOver();
    void use(MessageCriteria criteria);
    void take(std::uint64_t job, std::vector<quint64> sequences, std::uint64_t reached);
    [[nodiscard]] std::uint64_t end() const;

    MessageStore& m_store;
    std::shared_ptr<const MessageCriteria> m_criteria;
    std::uint64_t m_cost = 0; // of m_criteria
    HandOver m_found;
    std::unique_ptr<Worker> m_worker; // made when it is needed first
    std::uint64_t m_cursor = 1; // the next record to look at
    std::uint64_t m_limit = 0;
    std::uint64_t m_job = 0; // the one that is awaited; 0: none
    std::uint64_t m_lastJob = 0;
    std::chrono::milliseconds m_sliceTime{8};
};

} // namespace jackfield::ui
