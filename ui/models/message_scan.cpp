#include "ui/models/message_scan.h"

#include <QMetaObject>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace jackfield::ui {
namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned recordsPerClockLook = 64;
constexpr std::size_t payloadPerClockLook = std::size_t{256} << 10U;
constexpr std::uint64_t costPerClockLook = 1'000'000; // nanoseconds, at worst
// What the window's thread looks at itself: 64 KiB of words or JSON take less than a millisecond, of an
// expression that is too large for an automaton 170.
constexpr std::size_t smallPayload = std::size_t{64} << 10U;
constexpr std::uint64_t smallCost = 8'000'000; // nanoseconds, at worst
constexpr std::chrono::milliseconds jobTime{50}; // a job holds what gives way in the meantime: not for long
constexpr std::size_t foundPerJob = 100'000; // rows that the window takes in one turn
constexpr std::uint64_t fewRecords = 64; // not worth the way to the other thread

/// Looks at the clock now and then, and not after each small record.
class Deadline {
public:
    /// `cost`: nanoseconds that a byte of a payload may take.
    Deadline(std::chrono::milliseconds time, std::uint64_t cost)
        : m_until(Clock::now() + time)
        , m_payloads(std::min<std::uint64_t>(
              payloadPerClockLook, costPerClockLook / std::max<std::uint64_t>(cost, 1)))
    { }
    /// After a record was looked at: whether the time is over.
    bool isOver(const CapturedRecord& record)
    {
        m_payload += record.message.payload.size();
        if (++m_records < recordsPerClockLook && m_payload < m_payloads)
            return false;
        m_records = 0;
        m_payload = 0;
        return Clock::now() >= m_until;
    }

private:
    Clock::time_point m_until;
    std::uint64_t m_payloads; // between two looks
    unsigned m_records = 0;
    std::uint64_t m_payload = 0;
};

} // namespace

struct MessageScan::Job {
    std::uint64_t number = 0;
    CaptureSnapshot snapshot;
    std::shared_ptr<const MessageCriteria> criteria;
    std::uint64_t from = 0;
    std::uint64_t end = 0;
};

/// The other thread: does the newest job, forgets the others.
class MessageScan::Worker {
public:
    explicit Worker(MessageScan& scan)
        : m_scan(scan)
        , m_thread([this] { run(); })
    { }
    ~Worker()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isEnding = true;
            m_wanted = 0;
        }
        m_changed.notify_one();
        m_thread.join();
    }
    void ask(Job job)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_wanted = job.number;
            m_waiting = std::move(job);
        }
        m_changed.notify_one();
    }
    void giveUp()
    {
        const std::lock_guard lock(m_mutex);
        m_wanted = 0;
        m_waiting.reset();
    }

private:
    void run()
    {
        for (;;) {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_isEnding || m_waiting; });
            if (m_isEnding)
                return;
            const Job job = *std::exchange(m_waiting, std::nullopt);
            lock.unlock();
            work(job);
        }
    }

    void work(const Job& job)
    {
        std::vector<quint64> sequences;
        std::uint64_t reached = job.from;
        CaptureCursor cursor(job.snapshot, job.from);
        Deadline deadline(jobTime, job.criteria->worstCost());
        const std::function<bool()> isCancelled
            = [&] { return m_wanted.load(std::memory_order_relaxed) != job.number; };
        while (const CapturedRecord* record = cursor.next()) {
            if (record->message.sequence >= job.end)
                break;
            const bool accepted = job.criteria->accepts(*record, isCancelled);
            if (isCancelled())
                return;
            if (accepted)
                sequences.push_back(record->message.sequence);
            reached = cursor.position();
            if (deadline.isOver(*record) || sequences.size() >= foundPerJob)
                break;
        }
        reached = std::max(reached, std::min(job.end, job.snapshot.first_sequence()));
        m_scan.m_found.post([&scan = m_scan, number = job.number, reached,
                                shared = std::make_shared<std::vector<quint64>>(std::move(sequences))] {
            scan.take(number, std::move(*shared), reached);
        });
    }

    MessageScan& m_scan;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<Job> m_waiting;
    std::atomic<std::uint64_t> m_wanted{0}; // the number of the job whose result is awaited
    bool m_isEnding = false;
    std::thread m_thread; // the last member: it uses the others
};

MessageScan::MessageScan(MessageStore& store, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_criteria(std::make_shared<const MessageCriteria>())
{ }

MessageScan::~MessageScan() = default;

std::uint64_t MessageScan::end() const
{
    return std::min(m_limit, m_store.endSequence());
}

void MessageScan::start(MessageCriteria criteria, std::uint64_t from, std::uint64_t limit)
{
    stop();
    use(std::move(criteria));
    m_cursor = from;
    m_limit = limit;
    look();
}

void MessageScan::stop()
{
    m_job = 0;
    if (m_worker)
        m_worker->giveUp();
    m_limit = 0;
}

void MessageScan::setCriteria(MessageCriteria criteria)
{
    use(std::move(criteria));
}

void MessageScan::use(MessageCriteria criteria)
{
    m_criteria = std::make_shared<const MessageCriteria>(std::move(criteria));
    m_cost = m_criteria->worstCost();
}

bool MessageScan::mayTakeLong(const CapturedRecord& record) const
{
    const std::size_t size = record.message.payload.size();
    return m_cost != 0 && (size > smallPayload || size * m_cost > smallCost);
}

void MessageScan::setLimit(std::uint64_t limit)
{
    m_limit = limit;
    advance();
}

void MessageScan::advance()
{
    if (m_job == 0)
        look();
}

void MessageScan::look()
{
    if (!lookForASlice())
        handOver();
}

bool MessageScan::lookForASlice()
{
    const std::uint64_t until = end();
    m_cursor = std::max(m_cursor, m_store.firstSequence());
    if (m_cursor >= until)
        return true;
    std::vector<quint64> sequences;
    {
        CaptureCursor cursor(m_store.snapshot(), m_cursor);
        Deadline deadline(m_sliceTime, m_cost);
        while (m_cursor < until) {
            const CapturedRecord* record = cursor.next();
            if (mayTakeLong(*record))
                break;
            m_cursor = cursor.position();
            if (m_criteria->accepts(*record))
                sequences.push_back(record->message.sequence);
            if (deadline.isOver(*record))
                break;
        }
    }
    if (!sequences.empty())
        Q_EMIT found(sequences);
    return m_cursor >= until;
}

void MessageScan::handOver()
{
    if (!m_worker)
        m_worker = std::make_unique<Worker>(*this);
    m_job = ++m_lastJob;
    m_worker->ask({m_job, m_store.snapshot(), m_criteria, m_cursor, end()});
}

void MessageScan::take(std::uint64_t job, std::vector<quint64> sequences, std::uint64_t reached)
{
    if (job != m_job)
        return;
    m_cursor = std::max(reached, m_store.firstSequence());
    m_job = 0;
    const bool isLeft = m_cursor < end();
    if (isLeft && end() - m_cursor > fewRecords)
        handOver(); // at once: the window takes these while the next are looked at
    if (!sequences.empty())
        Q_EMIT found(sequences);
    if (m_job != 0)
        return;
    look();
    if (m_job == 0)
        Q_EMIT finished();
}

} // namespace jackfield::ui
