#include "app/shared/tls_worker.h"

#include "jackfield/atomic_file.h"
#include "jackfield/escape.h"

#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace jackfield::app {
namespace {

using Clock = std::chrono::steady_clock;

// What runs may come to its end; after the second one nobody waits any more.
constexpr milliseconds patience_with_work{1'000};
constexpr milliseconds patience_with_files{1'000};

TrustStore::Surroundings with_cancel(TrustStore::Surroundings surroundings, int descriptor)
{
    surroundings.cancel_descriptor = descriptor;
    return surroundings;
}

} // namespace

TlsService::Worker::Worker(Options options)
    : options_(std::move(options))
    , cancel_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    , loaded_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
    , store_(with_cancel(options_.surroundings, cancel_))
    , settings_seen_(options_.settings)
{
    status_.settings = options_.settings;
    status_.is_for_this_run = options_.is_for_this_run;
    status_.key_log_path = options_.key_log_path;
    if (options_.configuration_folder.empty()) {
        status_.no_folder_why = options_.no_folder_why.empty()
            ? "there is no folder for settings to keep a development certificate in"
            : options_.no_folder_why;
    } else {
        folder_.emplace(options_.configuration_folder);
        status_.folder = folder_->folder();
    }
    published_ = std::make_shared<const TlsStatus>(status_);
}

TlsService::Worker::~Worker()
{
    for (const int descriptor : {cancel_, loaded_}) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
}

Result<void> TlsService::Worker::begin()
{
    if (cancel_ < 0 || loaded_ < 0)
        return fail(ErrorCode::system, "no descriptor can be had for TLS");
    if (!options_.key_log_path.empty() && options_.serves) {
        KeyLog::Options log;
        log.path = options_.key_log_path;
        log.on_problem = [weak = weak_from_this()](const std::string& sentence) {
            if (const auto self = weak.lock())
                self->push({[sentence](Worker& worker) { worker.notice(sentence); }, [](Worker&) {}});
        };
        auto made = KeyLog::create(std::move(log));
        if (!made)
            return tl::unexpected<Error>(std::move(made.error()));
        key_log_ = std::move(*made);
    }
    try {
        thread_ = std::thread([self = shared_from_this()] { self->run(); });
    } catch (const std::system_error& error) {
        return fail(ErrorCode::system, "no thread can be had for TLS", error.code().value());
    }
    return {};
}

bool TlsService::Worker::wait_until_loaded(int interrupting) const
{
    std::array<pollfd, 2> waiting{{{loaded_, POLLIN, 0}, {interrupting, POLLIN, 0}}};
    while (::poll(waiting.data(), waiting.size(), -1) < 0) { }
    return waiting[0].revents != 0;
}

TlsService::First TlsService::Worker::wait_for_first(milliseconds patience)
{
    std::unique_lock lock(mutex_);
    is_first_whole_ = changed_.wait_for(lock, patience, [this] { return has_loaded_; });
    told_credentials_ = known_credentials_;
    return {told_credentials_, std::exchange(early_notices_, {})};
}

void TlsService::Worker::start(Callbacks callbacks)
{
    {
        const std::lock_guard lock(mutex_);
        given_callbacks_ = std::move(callbacks);
    }
    changed_.notify_all();
}

std::shared_ptr<const TlsStatus> TlsService::Worker::status()
{
    const std::lock_guard lock(mutex_);
    return published_;
}

void TlsService::Worker::push(Request request)
{
    {
        const std::lock_guard lock(mutex_);
        if (!closed_) {
            requests_.push_back(std::move(request));
            changed_.notify_all();
            return;
        }
    }
    request.refuse(*this);
}

void TlsService::Worker::close()
{
    closing_ = true;
    {
        const std::lock_guard lock(mutex_); // so that the thread is not between looking and waiting
    }
    changed_.notify_all();
    if (!thread_.joinable())
        return;
    const auto has_closed = [this](milliseconds patience) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, [this] { return closed_; });
    };
    bool closed = has_closed(patience_with_work);
    if (!closed) {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t written = ::write(cancel_, &one, sizeof one);
        closed = has_closed(patience_with_files);
    }
    if (closed)
        thread_.join();
    else
        thread_.detach();
    if (key_log_)
        key_log_->close();
    const std::lock_guard silencing(telling_);
    silent_ = true;
}

void TlsService::Worker::run()
{
    if (folder_) {
        // Before the reading, as in `poll_development`, for which this was the first look.
        development_stamp_ = stamp_of(folder_->development_path());
        look_at_development_ = is_young(development_stamp_, now());
        static_cast<void>(load_development());
    }
    find_places();
    if (options_.serves)
        serve_wanted();
    watch_age();
    set_activity(TlsActivity::nothing);
    publish();
    std::unique_lock lock(mutex_);
    has_loaded_ = true;
    const std::uint64_t one = 1;
    static_cast<void>(::write(loaded_, &one, sizeof one));
    changed_.notify_all();
    auto next_poll = Clock::now() + options_.poll_interval;
    while (!is_closing()) {
        changed_.wait_until(lock, next_poll,
            [this] { return is_closing() || !requests_.empty() || given_callbacks_.has_value(); });
        if (is_closing())
            break;
        if (given_callbacks_) {
            Callbacks callbacks = std::move(*given_callbacks_);
            given_callbacks_.reset();
            lock.unlock();
            take_callbacks(std::move(callbacks));
            lock.lock();
        } else if (!requests_.empty()) {
            const Request request = std::move(requests_.front());
            requests_.pop_front();
            lock.unlock();
            request.work(*this);
            lock.lock();
        } else if (Clock::now() >= next_poll) {
            lock.unlock();
            if (options_.serves)
                poll();
            publish();
            lock.lock();
            next_poll = Clock::now() + options_.poll_interval;
        }
    }
    while (!requests_.empty()) {
        const Request request = std::move(requests_.front());
        requests_.pop_front();
        lock.unlock();
        request.refuse(*this);
        lock.lock();
    }
    closed_ = true;
    changed_.notify_all();
}

void TlsService::Worker::take_callbacks(Callbacks callbacks)
{
    callbacks_ = std::move(callbacks);
    std::vector<std::string> notices;
    {
        const std::lock_guard lock(mutex_);
        has_callbacks_ = true;
        notices = std::exchange(early_notices_, {});
        // Who has not waited for it has asked nobody.
        if (!is_first_whole_ && !withheld_notice_.empty())
            notices.push_back(withheld_notice_);
    }
    withheld_notice_.clear();
    call(callbacks_.on_status, status());
    tell_credentials();
    for (const std::string& sentence : notices)
        call(callbacks_.on_notice, sentence);
}

WallTime TlsService::Worker::now() const
{
    return options_.now ? options_.now() : WallTime(std::chrono::system_clock::now());
}

void TlsService::Worker::publish()
{
    if (!std::exchange(is_changed_, false))
        return;
    status_.missing_names = missing_names();
    status_.renewal_offered = !status_.missing_names.empty()
        || (status_.development && status_.development->age.state != CertificateAge::State::good);
    auto status = std::make_shared<const TlsStatus>(status_);
    bool has_reader = false;
    {
        const std::lock_guard lock(mutex_);
        published_ = status;
        has_reader = has_callbacks_;
    }
    if (has_reader)
        call(callbacks_.on_status, std::move(status));
}

void TlsService::Worker::finish_request()
{
    set_activity(TlsActivity::nothing);
    publish();
}

void TlsService::Worker::notice(const std::string& sentence)
{
    {
        const std::lock_guard lock(mutex_);
        if (!has_callbacks_) {
            early_notices_.push_back(sentence);
            return;
        }
    }
    call(callbacks_.on_notice, sentence);
}

void TlsService::Worker::set_activity(TlsActivity activity, const std::string& place)
{
    if (status_.activity == activity && status_.activity_place == place)
        return;
    status_.activity = activity;
    status_.activity_place = place;
    is_changed_ = true;
    publish();
}

void TlsService::Worker::tell_credentials()
{
    {
        const std::lock_guard lock(mutex_);
        known_credentials_ = credentials_;
        if (!has_callbacks_ || told_credentials_ == credentials_)
            return;
        told_credentials_ = credentials_;
    }
    call(callbacks_.on_credentials, credentials_);
}

Result<std::vector<std::string>> TlsService::Worker::checked_names(
    const std::vector<std::string>& names) const
{
    const auto& loopback = loopback_names();
    std::vector<std::string> checked;
    for (const std::string& text : names) {
        auto name = check_development_name(text);
        if (!name)
            return tl::unexpected<Error>(std::move(name.error()));
        if (std::find(loopback.begin(), loopback.end(), *name) == loopback.end()
            && std::find(checked.begin(), checked.end(), *name) == checked.end())
            checked.push_back(std::move(*name));
    }
    return checked;
}

std::vector<std::string> TlsService::Worker::missing_names() const
{
    std::vector<std::string> missing;
    if (!status_.development)
        return missing;
    const auto& there = status_.development->added_names;
    std::copy_if(status_.settings.names.begin(), status_.settings.names.end(), std::back_inserter(missing),
        [&](const std::string& name) { return std::find(there.begin(), there.end(), name) == there.end(); });
    return missing;
}

Result<DevelopmentStatus> TlsService::Worker::serve_development(
    const std::optional<std::vector<std::string>>& names)
{
    if (!folder_)
        return fail(ErrorCode::not_found, status_.no_folder_why);
    auto wanted = checked_names(names.value_or(status_.settings.names));
    if (!wanted)
        return tl::unexpected<Error>(std::move(wanted.error()));
    set_activity(TlsActivity::loading);
    auto stored = load_development();
    if (!stored && stored.error().code == ErrorCode::not_found) {
        set_activity(TlsActivity::issuing);
        stored = folder_->create(*wanted, now());
        if (stored)
            take_development(*stored);
    }
    if (!stored)
        return tl::unexpected<Error>(std::move(stored.error()));
    if (names) {
        const auto& there = stored->added_names;
        for (const std::string& name : *wanted) {
            if (std::find(there.begin(), there.end(), name) == there.end())
                return fail(ErrorCode::invalid_argument,
                    "the present development certificate is not for " + name
                        + ": that takes a new one, whose authority has to be trusted anew (a renewal)");
        }
    }
    if (auto served = serve(stored->identity, TlsSource::development); !served)
        return tl::unexpected<Error>(std::move(served.error()));
    set_problem({});
    status_.passphrase_needed = false;
    TlsSettings settings = status_.settings;
    settings.enabled = true;
    put_development_in_place(settings);
    forget_passphrase();
    if (names)
        settings.names = stored->added_names;
    save_settings(std::move(settings));
    return *status_.development;
}

OwnCertificateResult TlsService::Worker::serve_own(
    OwnCertificateFiles files, std::optional<std::string> passphrase)
{
    if (!can_be_kept(files))
        return tl::unexpected<IdentityError>(IdentityError{IdentityProblem::unreadable_file,
            "the settings cannot keep the name of the file, as it is not UTF-8: rename it"});
    set_activity(TlsActivity::loading);
    auto served = load_and_serve_own(files, passphrase);
    if (!served)
        return served;
    passphrase_ = std::move(passphrase);
    set_problem({});
    status_.passphrase_needed = false;
    TlsSettings settings = status_.settings;
    settings.enabled = true;
    settings.own = std::move(files);
    settings.own_before.reset();
    save_settings(std::move(settings));
    return served;
}

OwnCertificateResult TlsService::Worker::check_own(
    const OwnCertificateFiles& files, const std::optional<std::string>& passphrase)
{
    set_activity(TlsActivity::loading);
    auto loaded = load_own_certificate(files, passphrase, now());
    if (!loaded)
        return tl::unexpected<IdentityError>(std::move(loaded.error()));
    return OwnCertificateFacts{std::move(loaded->chain), std::move(loaded->warnings)};
}

OwnCertificateResult TlsService::Worker::use_passphrase(std::string passphrase)
{
    if (!status_.settings.own)
        return tl::unexpected<IdentityError>(
            IdentityError{IdentityProblem::no_key, "no certificate of one's own is asked for"});
    set_activity(TlsActivity::loading);
    auto served = load_and_serve_own(*status_.settings.own, passphrase);
    if (served) {
        passphrase_ = std::move(passphrase);
        set_problem({});
        status_.passphrase_needed = false;
    }
    return served;
}

void TlsService::Worker::turn_off()
{
    stop_serving();
    forget_passphrase();
    set_problem({});
    status_.passphrase_needed = false;
    TlsSettings settings = status_.settings;
    settings.enabled = false;
    save_settings(std::move(settings));
}

Result<void> TlsService::Worker::export_authority(const std::string& path)
{
    if (!folder_)
        return fail(ErrorCode::not_found, status_.no_folder_why);
    // A private key is refused by whoever writes; a certificate that is served may be in a file of its own.
    const FileStamp target = stamp_of(path);
    for (const auto& own : {status_.settings.own, status_.settings.own_before}) {
        for (const std::string& used : own ? std::vector{own->chain_path, own->key_path} : std::vector<std::string>()) {
            if (target.there && target == stamp_of(used))
                return fail(ErrorCode::invalid_argument,
                    escape_for_terminal(path) + " is the server's own and is not replaced; choose another name");
        }
    }
    set_activity(TlsActivity::exporting);
    return folder_->export_authority(path, now());
}

} // namespace jackfield::app
