#include "app/shared/config_worker.h"

#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace jackfield::app {
namespace {

// Several changes in a row are one save.
constexpr std::chrono::milliseconds save_delay{100};
// An editor that moves a file away before it writes the new one has finished by then.
constexpr std::chrono::milliseconds check_delay{50};

} // namespace

ConfigStore::Worker::Worker(std::string folder, std::vector<std::string> behaviours)
    : wake_descriptor_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    , files_(std::move(folder), std::move(behaviours))
{
    files_.on_step([this] { count_step(); });
}

ConfigStore::Worker::~Worker()
{
    if (wake_descriptor_ >= 0)
        ::close(wake_descriptor_);
}

Result<StoredConfig> ConfigStore::Worker::load(std::chrono::milliseconds patience)
{
    try {
        thread_ = std::thread([self = shared_from_this()] { self->run(); });
    } catch (const std::system_error& error) {
        return fail(ErrorCode::system, "no thread can be had for the settings", error.code().value());
    }
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, patience, [this] { return loaded_.has_value(); }))
        return *loaded_;
    abandoned_ = true;
    StoredConfig defaults;
    defaults.notices.push_back(
        "The folder for settings answers too slowly: the defaults are used, and nothing is saved this time");
    return defaults;
}

void ConfigStore::Worker::run()
{
    Result<StoredConfig> loaded;
    if (auto made = files_.make_folder(); made) {
        // Watched before it is read, so that no change falls between.
        watch_.watch(files_.list_paths());
        loaded = files_.load();
    } else {
        loaded = tl::unexpected<Error>(std::move(made.error()));
    }
    {
        const std::lock_guard lock(mutex_);
        loaded_ = std::move(loaded);
        unsaved_ = files_.has_changes() && !abandoned_;
        ++steps_;
    }
    changed_.notify_all();
    if (wait_for_start())
        serve();
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    changed_.notify_all();
}

bool ConfigStore::Worker::wait_for_start()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return given_callbacks_.has_value() || closing_; });
    if (given_callbacks_)
        callbacks_ = std::move(*given_callbacks_);
    return !abandoned_ && loaded_->has_value();
}

void ConfigStore::Worker::serve()
{
    if (files_.has_changes())
        save_at_ = Clock::now();
    check_at_ = Clock::now();
    while (true) {
        std::shared_ptr<const ServerStatus> status;
        std::optional<std::vector<TemplateNode>> templates;
        std::optional<std::vector<ComposedMessage>> sent;
        std::optional<std::vector<RememberedPage>> pages;
        std::optional<TlsSettings> tls;
        bool retry = false;
        bool closing = false;
        {
            const std::lock_guard lock(mutex_);
            status.swap(incoming_);
            templates.swap(incoming_templates_);
            sent.swap(incoming_sent_);
            pages.swap(incoming_pages_);
            tls.swap(incoming_tls_);
            // Until it is known, what was taken is unsaved: saving it may take long.
            unsaved_ = unsaved_ || status || templates || sent || pages || tls;
            retry = std::exchange(retry_, false);
            closing = closing_;
        }
        if (status)
            files_.take(*status);
        if (templates)
            files_.take_templates(std::move(*templates));
        if (sent)
            files_.take_sent(*sent);
        if (pages)
            files_.take_pages(*pages);
        if (tls)
            files_.take_tls(std::move(*tls));
        if ((status || templates || sent || pages || tls) && files_.has_changes() && !save_at_)
            save_at_ = Clock::now() + save_delay;
        if (files_.has_changes() && (retry || closing))
            save_at_ = Clock::now();
        if (save_at_ && Clock::now() >= *save_at_)
            save();
        {
            const std::lock_guard lock(mutex_);
            unsaved_ = files_.has_changes();
        }
        if (closing)
            return;
        if (check_at_ && Clock::now() >= *check_at_)
            check_lists();
        wait_for_work();
    }
}

void ConfigStore::Worker::wait_for_work()
{
    int timeout = -1;
    for (const auto& at : {save_at_, check_at_}) {
        if (!at)
            continue;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*at - Clock::now()).count();
        const int ms = static_cast<int>(std::max<std::int64_t>(left, 0));
        timeout = timeout < 0 ? ms : std::min(timeout, ms);
    }
    std::array<pollfd, 2> waiting{{{wake_descriptor_, POLLIN, 0}, {watch_.descriptor(), POLLIN, 0}}};
    ::poll(waiting.data(), waiting.size(), timeout);
    if (waiting[0].revents != 0) {
        std::uint64_t count = 0;
        [[maybe_unused]] const ssize_t got = ::read(wake_descriptor_, &count, sizeof count);
    }
    if (waiting[1].revents != 0 && watch_.take_changes() && !check_at_)
        check_at_ = Clock::now() + check_delay;
}

void ConfigStore::Worker::save()
{
    save_at_.reset();
    const auto saved = files_.save();
    save_failed_ = !saved;
    {
        const std::lock_guard lock(mutex_);
        unsaved_ = files_.has_changes();
    }
    // Saving may have made the folder anew.
    watch_.watch(files_.list_paths());
    if (const auto notices = files_.take_notices(); !notices.empty())
        tell(callbacks_.on_notices, notices);
    if (saved)
        tell(callbacks_.on_saved);
    else
        tell(callbacks_.on_problem, "The settings could not be saved: " + saved.error().message());
}

void ConfigStore::Worker::count_step()
{
    {
        const std::lock_guard lock(mutex_);
        ++steps_;
    }
    changed_.notify_all();
}

void ConfigStore::Worker::check_lists()
{
    check_at_.reset();
    // A link may lead elsewhere, and a folder may be another one than before.
    watch_.watch(files_.list_paths());
    for (const ListKind kind : {ListKind::hosts, ListKind::origins}) {
        const auto check = files_.check_list(kind, save_failed_);
        if (check.look_again)
            check_at_ = Clock::now() + check_delay;
        if (check.changed)
            tell(callbacks_.on_list_changed, kind, check.changed->list, check.changed->notices);
    }
}

void ConfigStore::Worker::wake() const
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(wake_descriptor_, &one, sizeof one);
}

bool ConfigStore::Worker::is_in_use()
{
    const std::lock_guard lock(mutex_);
    return !abandoned_;
}

void ConfigStore::Worker::start(Callbacks callbacks)
{
    {
        const std::lock_guard lock(mutex_);
        given_callbacks_ = std::move(callbacks);
    }
    changed_.notify_all();
}

void ConfigStore::Worker::remember(std::shared_ptr<const ServerStatus> status)
{
    {
        const std::lock_guard lock(mutex_);
        if (abandoned_)
            return;
        incoming_ = std::move(status);
    }
    wake();
}

void ConfigStore::Worker::remember_templates(std::vector<TemplateNode> templates)
{
    {
        const std::lock_guard lock(mutex_);
        if (abandoned_)
            return;
        incoming_templates_ = std::move(templates);
    }
    wake();
}

void ConfigStore::Worker::remember_sent(std::vector<ComposedMessage> sent)
{
    {
        const std::lock_guard lock(mutex_);
        if (abandoned_)
            return;
        incoming_sent_ = std::move(sent);
    }
    wake();
}

void ConfigStore::Worker::remember_pages(std::vector<RememberedPage> pages)
{
    {
        const std::lock_guard lock(mutex_);
        if (abandoned_)
            return;
        incoming_pages_ = std::move(pages);
    }
    wake();
}

void ConfigStore::Worker::remember_tls(TlsSettings tls)
{
    {
        const std::lock_guard lock(mutex_);
        if (abandoned_)
            return;
        incoming_tls_ = std::move(tls);
    }
    wake();
}

void ConfigStore::Worker::retry()
{
    {
        const std::lock_guard lock(mutex_);
        retry_ = true;
    }
    wake();
}

bool ConfigStore::Worker::has_unsaved()
{
    const std::lock_guard lock(mutex_);
    return unsaved_ || incoming_ || incoming_templates_ || incoming_sent_ || incoming_pages_ || incoming_tls_;
}

void ConfigStore::Worker::close(std::chrono::milliseconds patience)
{
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    changed_.notify_all();
    wake();
    if (!thread_.joinable())
        return;
    std::unique_lock lock(mutex_);
    bool moves = true;
    while (moves && !closed_) {
        moves = changed_.wait_for(lock, patience, [this, before = steps_] { return closed_ || steps_ != before; });
    }
    const bool closed = closed_;
    lock.unlock();
    if (closed) {
        thread_.join();
        return;
    }
    thread_.detach();
    const std::lock_guard silencing(callback_mutex_);
    silent_ = true;
}

} // namespace jackfield::app
