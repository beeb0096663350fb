#include "app/desktop/ready_file.h"

#include "app/shared/start_up.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace jackfield::app {

namespace {

constexpr std::chrono::seconds patience_at_the_end{2};

} // namespace

/// The thread keeps it alive.
class ReadyFile::Worker : public std::enable_shared_from_this<Worker> {
public:
    Worker(std::string path, std::function<void(const std::string&)> on_problem)
        : path_(std::move(path))
        , on_problem_(std::move(on_problem))
    { }

    void write(std::vector<std::string> lines)
    {
        const std::lock_guard lock(mutex_);
        wanted_ = std::move(lines);
        if (std::exchange(is_running_, true))
            return;
        try {
            std::thread([self = shared_from_this()] { self->run(); }).detach();
        } catch (const std::system_error& error) {
            is_running_ = false;
            if (on_problem_)
                on_problem_("no thread can be had to write " + path_ + ": " + error.what());
        }
    }

    void close()
    {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, patience_at_the_end, [this] { return !is_running_; });
        on_problem_ = nullptr;
    }

private:
    void run()
    {
        std::unique_lock lock(mutex_);
        while (wanted_) {
            const std::vector<std::string> lines = *std::exchange(wanted_, std::nullopt);
            lock.unlock();
            const auto written = write_ready_file(path_, lines);
            lock.lock();
            if (!written && on_problem_)
                on_problem_(written.error().message());
        }
        is_running_ = false;
        lock.unlock();
        changed_.notify_all();
    }

    const std::string path_;
    std::mutex mutex_;
    std::condition_variable changed_;
    // Guarded by mutex_:
    std::function<void(const std::string&)> on_problem_;
    std::optional<std::vector<std::string>> wanted_;
    bool is_running_ = false;
};

ReadyFile::ReadyFile(std::string path, std::function<void(const std::string& problem)> on_problem)
    : worker_(std::make_shared<Worker>(std::move(path), std::move(on_problem)))
{ }

ReadyFile::~ReadyFile()
{
    worker_->close();
}

void ReadyFile::write(std::vector<std::string> lines)
{
    worker_->write(std::move(lines));
}

} // namespace jackfield::app
