#include "ui/models/json_tree_load.h"

#include <system_error>

#include <atomic>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <new>
#include <optional>
#include <thread>
#include <utility>

namespace jackfield::ui {
namespace {

std::chrono::nanoseconds processorTime()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

} // namespace

/// The other thread: does the newest job, forgets the others.
class JsonTreeLoad::Worker {
public:
    explicit Worker(JsonTreeLoad& load)
        : m_load(load)
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
    void ask(std::uint64_t number, SharedBytes payload, std::chrono::milliseconds limit)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_wanted = number;
            m_waiting = Job{number, std::move(payload), limit};
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
    struct Job {
        std::uint64_t number = 0;
        SharedBytes payload;
        std::chrono::milliseconds limit{};
    };

    void run()
    {
        for (;;) {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_isEnding || m_waiting; });
            if (m_isEnding)
                return;
            Job job = *std::exchange(m_waiting, std::nullopt);
            lock.unlock();
            work(std::move(job));
        }
    }

    void work(Job job)
    {
        const auto until = processorTime() + job.limit;
        JsonCheck check;
        std::shared_ptr<const JsonTree> tree;
        try {
            tree = std::make_shared<const JsonTree>(JsonTree::read(std::move(job.payload), check, [&] {
                return m_wanted.load(std::memory_order_relaxed) != job.number || processorTime() >= until;
            }));
        } catch (const std::bad_alloc&) {
            check = {};
            check.verdict = JsonCheck::Verdict::tooLarge;
            tree.reset();
        }
        if (m_wanted.load(std::memory_order_relaxed) != job.number)
            return;
        m_load.m_read.post([load = &m_load, number = job.number, check, tree = std::move(tree)] {
            load->take(number, check, tree);
        });
    }

    JsonTreeLoad& m_load;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::atomic<std::uint64_t> m_wanted{0};
    std::optional<Job> m_waiting; // guarded by m_mutex, as is m_isEnding
    bool m_isEnding = false;
    std::thread m_thread; // the last: it uses the others
};

JsonTreeLoad::JsonTreeLoad(QObject* parent)
    : QObject(parent)
{ }

JsonTreeLoad::~JsonTreeLoad() = default;

void JsonTreeLoad::start(SharedBytes payload)
{
    m_wanted = ++m_lastJob;
    try {
        if (!m_worker)
            m_worker = std::make_unique<Worker>(*this);
    } catch (const std::system_error&) {
        QMetaObject::invokeMethod(
            this,
            [this, number = m_wanted] {
                JsonCheck check;
                check.verdict = JsonCheck::Verdict::tooSlow;
                take(number, check, nullptr);
            },
            Qt::QueuedConnection);
        return;
    }
    m_worker->ask(m_wanted, std::move(payload), m_timeLimit);
}

void JsonTreeLoad::cancel()
{
    m_wanted = 0;
    if (m_worker)
        m_worker->giveUp();
}

void JsonTreeLoad::take(std::uint64_t job, const JsonCheck& check, std::shared_ptr<const JsonTree> tree)
{
    if (job != m_wanted)
        return;
    m_wanted = 0;
    Q_EMIT finished(check, tree ? std::move(tree) : std::make_shared<const JsonTree>());
}

} // namespace jackfield::ui
