#include "app/shared/project_store.h"

#include "app/shared/folder_watch.h"

#include <sys/eventfd.h>
#include <system_error>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>
#include <poll.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace jackfield::app {
namespace {

// An editor that moves a file away before it writes the new one has finished by then.
constexpr std::chrono::milliseconds look_delay{50};

} // namespace

/// The thread keeps the object alive, so that a file system that never answers cannot hold up the program's
/// end.
class ProjectStore::Worker : public std::enable_shared_from_this<Worker> {
public:
    using Task = std::function<void(Worker&)>;

    Worker(ProjectDisk disk, Callbacks callbacks)
        : wake_descriptor_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
        , disk_(std::move(disk))
        , callbacks_(std::move(callbacks))
    { }
    ~Worker()
    {
        if (wake_descriptor_ >= 0)
            ::close(wake_descriptor_);
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void start()
    {
        try {
            thread_ = std::thread([self = shared_from_this()] { self->run(); });
        } catch (const std::system_error&) {
            // The first task would wait for ever; its outcome is told by `post` instead.
            is_closed_ = true;
        }
    }

    bool post(Task task)
    {
        {
            const std::lock_guard lock(mutex_);
            if (is_closing_ || is_closed_)
                return false;
            tasks_.push_back(std::move(task));
        }
        wake();
        return true;
    }

    void close(std::chrono::milliseconds patience)
    {
        {
            const std::lock_guard lock(mutex_);
            is_closing_ = true;
        }
        wake();
        if (!thread_.joinable())
            return;
        std::unique_lock lock(mutex_);
        const bool closed = changed_.wait_for(lock, patience, [this] { return is_closed_; });
        lock.unlock();
        if (closed) {
            thread_.join();
            return;
        }
        thread_.detach();
        const std::lock_guard silencing(callback_mutex_);
        is_silent_ = true;
    }

    template <class Callback, class... Arguments>
    void tell(const Callback& callback, Arguments&&... arguments)
    {
        const std::lock_guard lock(callback_mutex_);
        if (callback && !is_silent_)
            callback(std::forward<Arguments>(arguments)...);
    }

    ProjectDisk& disk() { return disk_; }
    const Callbacks& callbacks() const { return callbacks_; }
    void watch()
    {
        watch_.watch(disk_.path().empty() ? std::vector<std::string>() : std::vector{disk_.path()});
        // What has happened before the watch began is looked for once.
        check_at_ = Clock::now();
    }

private:
    using Clock = std::chrono::steady_clock;

    void run()
    {
        while (true) {
            std::deque<Task> tasks;
            bool closing = false;
            {
                const std::lock_guard lock(mutex_);
                tasks.swap(tasks_);
                closing = is_closing_;
            }
            for (const Task& task : tasks)
                task(*this);
            if (closing)
                break;
            if (check_at_ && Clock::now() >= *check_at_)
                check();
            wait_for_work();
        }
        {
            const std::lock_guard lock(mutex_);
            is_closed_ = true;
        }
        changed_.notify_all();
    }

    void check()
    {
        check_at_.reset();
        if (disk_.path().empty())
            return;
        // A link may lead elsewhere, and a folder may be another one than before.
        watch_.watch({disk_.path()});
        auto check = disk_.check();
        if (check.look_again)
            check_at_ = Clock::now() + look_delay;
        if (check.change)
            tell(callbacks_.on_changed, std::move(*check.change));
    }

    void wait_for_work()
    {
        int timeout = -1;
        if (check_at_) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(*check_at_ - Clock::now()).count();
            timeout = static_cast<int>(std::max<std::int64_t>(left, 0));
        }
        std::array<pollfd, 2> waiting{{{wake_descriptor_, POLLIN, 0}, {watch_.descriptor(), POLLIN, 0}}};
        ::poll(waiting.data(), waiting.size(), timeout);
        if (waiting[0].revents != 0) {
            std::uint64_t count = 0;
            [[maybe_unused]] const ssize_t got = ::read(wake_descriptor_, &count, sizeof count);
        }
        if (waiting[1].revents != 0 && watch_.take_changes() && !check_at_)
            check_at_ = Clock::now() + look_delay;
    }

    void wake() const
    {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t written = ::write(wake_descriptor_, &one, sizeof one);
    }

    std::mutex callback_mutex_; // held while a callback runs
    bool is_silent_ = false; // guarded by callback_mutex_
    std::mutex mutex_;
    std::condition_variable changed_;
    std::thread thread_;
    int wake_descriptor_;
    // Guarded by mutex_:
    std::deque<Task> tasks_;
    bool is_closing_ = false;
    bool is_closed_ = false;
    // The thread's own:
    ProjectDisk disk_;
    FolderWatch watch_;
    const Callbacks callbacks_;
    std::optional<Clock::time_point> check_at_;
};

ProjectStore::ProjectStore(ProjectDisk disk, Callbacks callbacks)
    : worker_(std::make_shared<Worker>(std::move(disk), std::move(callbacks)))
{
    worker_->start();
}

ProjectStore::~ProjectStore()
{
    close();
}

void ProjectStore::read(std::string path)
{
    const bool posted = worker_->post(
        [path](Worker& worker) { worker.tell(worker.callbacks().on_read, path, worker.disk().read(path)); });
    if (!posted)
        worker_->tell(worker_->callbacks().on_read, path,
            Result<ReadProject>(fail(ErrorCode::system, "no thread can be had to read " + path)));
}

void ProjectStore::adopt(std::string path, std::shared_ptr<const std::string> text)
{
    worker_->post([path = std::move(path), text = std::move(text)](Worker& worker) {
        worker.disk().adopt(path, text);
        worker.watch();
    });
}

void ProjectStore::save(std::string path, Project project, bool overwrite)
{
    auto shared = std::make_shared<const Project>(std::move(project));
    const bool posted = worker_->post([path, shared, overwrite](Worker& worker) {
        const auto saved = worker.disk().save(path, *shared, overwrite);
        // Saving may have begun another file, or put another one in its place.
        worker.watch();
        if (!saved)
            worker.tell(worker.callbacks().on_save_failed, path, saved.error().message());
        else if (!saved->saved)
            worker.tell(worker.callbacks().on_changed_meanwhile, path);
        else
            worker.tell(worker.callbacks().on_saved, path);
    });
    if (!posted)
        worker_->tell(worker_->callbacks().on_save_failed, path, "no thread can be had to save it");
}

void ProjectStore::look_for(std::vector<std::string> paths)
{
    worker_->post([paths = std::move(paths)](Worker& worker) {
        std::vector<bool> found;
        for (const std::string& path : paths) {
            std::error_code ignored;
            found.push_back(std::filesystem::exists(path, ignored));
        }
        worker.tell(worker.callbacks().on_looked, paths, found);
    });
}

void ProjectStore::close(std::chrono::milliseconds patience)
{
    worker_->close(patience);
}

} // namespace jackfield::app
