#pragma once

#include "app/shared/config_files.h"
#include "app/shared/config_store.h"
#include "app/shared/folder_watch.h"

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace jackfield::app {

/// The thread of a ConfigStore. The thread keeps the object alive, so that a file system that never answers
/// cannot hold up the program's end.
class ConfigStore::Worker : public std::enable_shared_from_this<Worker> {
public:
    Worker(std::string folder, std::vector<std::string> behaviours);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Starts the thread and waits for what the folder holds.
    Result<StoredConfig> load(std::chrono::milliseconds patience);
    [[nodiscard]] bool is_in_use();
    void start(Callbacks callbacks);
    void remember(std::shared_ptr<const ServerStatus> status);
    void remember_templates(std::vector<TemplateNode> templates);
    void remember_sent(std::vector<ComposedMessage> sent);
    void remember_pages(std::vector<RememberedPage> pages);
    void remember_tls(TlsSettings tls);
    void retry();
    [[nodiscard]] bool has_unsaved();
    void close(std::chrono::milliseconds patience);

private:
    using Clock = std::chrono::steady_clock;

    void run();
    bool wait_for_start();
    void serve();
    void wait_for_work();
    void wake() const;
    void take_status(const ServerStatus& status);
    void save();
    void count_step();
    void check_lists();
    /// Calls `callback` unless the store has been closed without waiting for the thread.
    template <class Callback, class... Arguments>
    void tell(const Callback& callback, const Arguments&... arguments)
    {
        const std::lock_guard lock(callback_mutex_);
        if (callback && !silent_)
            callback(arguments...);
    }

    std::mutex callback_mutex_; // held while a callback runs
    bool silent_ = false; // guarded by callback_mutex_
    std::mutex mutex_;
    std::condition_variable changed_;
    std::thread thread_;
    int wake_descriptor_;
    // Guarded by mutex_:
    std::optional<Result<StoredConfig>> loaded_;
    std::optional<Callbacks> given_callbacks_;
    std::shared_ptr<const ServerStatus> incoming_;
    std::optional<std::vector<TemplateNode>> incoming_templates_;
    std::optional<std::vector<ComposedMessage>> incoming_sent_;
    std::optional<std::vector<RememberedPage>> incoming_pages_;
    std::optional<TlsSettings> incoming_tls_;
    bool retry_ = false;
    bool abandoned_ = false; // nobody waited for the files: nothing is saved
    bool closing_ = false;
    bool closed_ = false;
    bool unsaved_ = false;
    std::uint64_t steps_ = 0; // what has come to its end
    // The thread's own:
    ConfigFiles files_;
    FolderWatch watch_;
    Callbacks callbacks_;
    std::optional<Clock::time_point> save_at_;
    std::optional<Clock::time_point> check_at_;
    bool save_failed_ = false;
};

} // namespace jackfield::app
