#include "app/shared/config_file_names.h"
#include "app/shared/settings_file.h"
#include "app/shared/tls_worker.h"

#include "jackfield/atomic_file.h"
#include "jackfield/escape.h"

#include <array>
#include <cstring>
#include <ctime>
#include <utility>

namespace jackfield::app {
namespace {

std::string date_text(WallTime at)
{
    const std::time_t time = std::chrono::floor<seconds>(at.time_since_epoch()).count();
    std::tm parts{};
    localtime_r(&time, &parts);
    std::array<char, 32> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts);
    return std::string(text.data(), size);
}

std::string names_of(const CertificateFacts& certificate)
{
    constexpr std::size_t most = 10;
    std::string text;
    for (std::size_t i = 0; i < certificate.names.size() && i < most; ++i)
        text += (i == 0 ? "" : ", ") + escape_for_terminal(certificate.names[i], 100);
    if (certificate.names.size() > most)
        text += " and " + std::to_string(certificate.names.size() - most) + " more";
    return text.empty() ? "no name" : text;
}

bool is_about_passphrase(IdentityProblem problem)
{
    return problem == IdentityProblem::passphrase_needed || problem == IdentityProblem::passphrase_wrong;
}

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

} // namespace

bool TlsService::Worker::wants_development() const
{
    return status_.settings.enabled && !status_.settings.own;
}

// What is asked for and cannot be had changes nothing about what is served.
void TlsService::Worker::serve_wanted()
{
    status_.passphrase_needed = false;
    is_changed_ = true;
    if (!status_.settings.enabled) {
        set_problem({});
        stop_serving();
        return;
    }
    set_activity(TlsActivity::loading);
    if (status_.settings.own) {
        const OwnCertificateFiles files = *status_.settings.own;
        chain_stamp_ = stamp_of(files.chain_path);
        key_stamp_ = stamp_of(files.key_path);
        const auto served = load_and_serve_own(files, passphrase_);
        status_.passphrase_needed = !served && is_about_passphrase(served.error().problem);
        // Before the start somebody may be there to be asked, and needs no notice first.
        bool can_be_asked = false;
        {
            const std::lock_guard lock(mutex_);
            can_be_asked = !has_callbacks_ && status_.passphrase_needed;
        }
        set_problem(served ? std::string() : served.error().detail, !can_be_asked);
        return;
    }
    if (!folder_) {
        set_problem(status_.no_folder_why);
        return;
    }
    auto stored = load_development();
    if (!stored && stored.error().code == ErrorCode::not_found) {
        set_activity(TlsActivity::issuing);
        stored = folder_->create(status_.settings.names, now());
        if (stored)
            take_development(*stored);
    }
    if (!stored) {
        set_problem(stored.error().message());
        return;
    }
    const auto served = serve(stored->identity, TlsSource::development);
    set_problem(served ? std::string() : served.error().message());
    tell_of_missing_names();
}

Result<void> TlsService::Worker::serve(TlsIdentity identity, TlsSource source)
{
    // Its clients' tickets stay good.
    const bool is_same = source == TlsSource::development && status_.serving == source
        && status_.chain.front().fingerprint == identity.chain.front().fingerprint;
    if (is_same)
        return {};
    std::vector<std::string> warnings = identity.warnings;
    auto made
        = TlsCredentials::create(std::move(identity), key_log_ ? key_log_->sink() : TlsCredentials::KeyLog());
    if (!made)
        return tl::unexpected<Error>(std::move(made.error()));
    credentials_ = std::move(*made);
    status_.serving = source;
    status_.chain = credentials_->chain();
    status_.warnings = std::move(warnings);
    if (source != TlsSource::own)
        watch_.reset();
    told_age_.reset();
    is_changed_ = true;
    watch_age();
    say_what_serving_means();
    tell_credentials();
    return {};
}

void TlsService::Worker::stop_serving()
{
    credentials_.reset();
    watch_.reset();
    status_.serving = TlsSource::none;
    status_.chain.clear();
    status_.warnings.clear();
    status_.age = {};
    is_changed_ = true;
    tell_credentials();
}

OwnCertificateResult TlsService::Worker::load_and_serve_own(
    const OwnCertificateFiles& files, const std::optional<std::string>& passphrase)
{
    auto loaded = load_own_certificate(files, passphrase, now());
    if (!loaded)
        return tl::unexpected<IdentityError>(std::move(loaded.error()));
    if (auto served = serve(*loaded, TlsSource::own); !served)
        return tl::unexpected<IdentityError>(
            IdentityError{IdentityProblem::unsupported_key, served.error().message()});
    watch_.emplace(files, passphrase, *loaded);
    return OwnCertificateFacts{std::move(loaded->chain), std::move(loaded->warnings)};
}

void TlsService::Worker::say_what_serving_means()
{
    if (std::exchange(has_said_what_serving_means_, true) || !options_.serves)
        return;
    if (const auto warning = openssl_warning())
        notice(*warning);
    if (!options_.key_log_path.empty())
        notice("SSLKEYLOGFILE is set: the secrets of all TLS connections are written to "
            + escape_for_terminal(options_.key_log_path)
            + ". Whoever can read that file can read the traffic");
}

void TlsService::Worker::set_problem(const std::string& problem, bool is_told)
{
    if (status_.problem == problem)
        return;
    status_.problem = problem;
    is_changed_ = true;
    withheld_notice_.clear();
    if (problem.empty())
        return;
    const std::string sentence = credentials_
        ? "The certificate for wss:// cannot be replaced: " + problem + ". What was served before goes on"
        : "wss:// is not served: " + problem;
    if (is_told)
        notice(sentence);
    else
        withheld_notice_ = sentence;
}

std::string TlsService::Worker::what_is_served() const
{
    if (status_.chain.empty())
        return "wss:// is not served";
    return std::string("wss:// is served with ")
        + (status_.serving == TlsSource::own ? "your certificate" : "the development certificate") + " for "
        + names_of(status_.chain.front());
}

void TlsService::Worker::tell_of_missing_names()
{
    const auto missing = missing_names();
    if (!missing.empty())
        notice("The development certificate is not for " + joined(missing)
            + ", which the settings name: a renewal makes one that is, and its authority has to be trusted "
              "anew");
}

Result<StoredDevelopmentCertificate> TlsService::Worker::load_development()
{
    auto stored = folder_->load(now());
    if (stored)
        take_development(*stored);
    else
        forget_development(
            stored.error().code == ErrorCode::not_found ? std::string() : stored.error().message());
    return stored;
}

void TlsService::Worker::take_development(const StoredDevelopmentCertificate& stored)
{
    const bool is_other_authority
        = !status_.development || status_.development->authority.fingerprint != stored.authority.fingerprint;
    DevelopmentStatus now_there;
    now_there.certificate = stored.identity.chain.front();
    now_there.authority = stored.authority;
    now_there.added_names = stored.added_names;
    now_there.age = age_of(now_there.certificate, now());
    status_.development = std::move(now_there);
    status_.development_problem.clear();
    status_.authority_path = folder_->authority_path();
    authority_pem_ = stored.authority_pem;
    is_changed_ = true;
    if (!is_other_authority)
        return;
    for (TrustPlaceStatus& place : status_.places)
        place.standing.reset();
    status_.steps = store_.steps(authority());
}

void TlsService::Worker::forget_development(const std::string& problem)
{
    if (!status_.development && status_.development_problem == problem)
        return;
    status_.development.reset();
    status_.development_problem = problem;
    status_.authority_path.clear();
    status_.steps.clear();
    authority_pem_.clear();
    for (TrustPlaceStatus& place : status_.places)
        place.standing.reset();
    is_changed_ = true;
}

std::optional<TlsSettings> TlsService::Worker::settings_in_file(std::vector<std::string>& notices) const
{
    if (options_.configuration_folder.empty())
        return std::nullopt;
    const auto text = read_whole_file(
        options_.configuration_folder + "/" + std::string(settings_file_name), largest_settings_file);
    if (!text)
        return std::nullopt;
    const auto settings = parse_tls_settings(*text, notices);
    return settings ? std::optional(*settings) : std::nullopt;
}

// The file says it a little later. Until then what it says is known, and no news.
void TlsService::Worker::save_settings(TlsSettings settings)
{
    std::vector<std::string> ignored;
    if (auto there = settings_in_file(ignored))
        settings_seen_ = std::move(there);
    look_at_settings_ = true;
    status_.settings = std::move(settings);
    status_.is_for_this_run = false;
    is_changed_ = true;
    call(callbacks_.on_settings, status_.settings);
}

/// What is asked for stays, for this run or not.
void TlsService::Worker::save_trusted_folders()
{
    TlsSettings settings = status_.settings;
    std::vector<std::string> ignored;
    if (status_.is_for_this_run)
        settings = settings_in_file(ignored).value_or(TlsSettings());
    settings.trusted_folders = status_.settings.trusted_folders;
    is_changed_ = true;
    call(callbacks_.on_settings, settings);
}

void TlsService::Worker::forget_passphrase()
{
    if (passphrase_)
        ::explicit_bzero(passphrase_->data(), passphrase_->size());
    passphrase_.reset();
}

void TlsService::Worker::poll()
{
    poll_settings();
    if (folder_)
        poll_development();
    poll_own();
    watch_age();
    set_activity(TlsActivity::nothing);
}

void TlsService::Worker::poll_settings()
{
    if (options_.configuration_folder.empty() || status_.is_for_this_run)
        return;
    const FileStamp stamp = stamp_of(options_.configuration_folder + "/" + std::string(settings_file_name));
    if (stamp == settings_stamp_ && !look_at_settings_)
        return;
    settings_stamp_ = stamp;
    look_at_settings_ = is_young(stamp, now());
    std::vector<std::string> notices;
    const auto there = settings_in_file(notices);
    // Without one that can be read somebody is in the middle of changing it.
    if (!there || settings_seen_ == there)
        return;
    settings_seen_ = there;
    if (*there == status_.settings)
        return;
    for (const std::string& sentence : notices)
        notice(sentence);
    // Where somebody has trust put besides the browsers is no business of the server's.
    TlsSettings as_before = *there;
    as_before.trusted_folders = status_.settings.trusted_folders;
    const bool is_about_trust_alone = as_before == status_.settings;
    if (!there->enabled || there->own != status_.settings.own)
        forget_passphrase();
    status_.settings = *there;
    is_changed_ = true;
    find_places();
    if (is_about_trust_alone)
        return;
    // Whoever turns it on writes the certificate first and the settings then; either may be seen first.
    const std::string authority = std::exchange(earlier_authority_, std::nullopt).value_or(authority_fingerprint());
    serve_wanted();
    if (!there->enabled)
        notice("The settings were changed: wss:// is not served any more");
    else if (status_.problem.empty())
        notice("The settings were changed: " + what_is_served()
            + (status_.serving == TlsSource::development
                        && authority_fingerprint() != authority
                    ? ". Its authority has to be trusted"
                    : ""));
}

std::string TlsService::Worker::authority_fingerprint() const
{
    return status_.development ? status_.development->authority.fingerprint : std::string();
}

void TlsService::Worker::poll_development()
{
    const FileStamp stamp = stamp_of(folder_->development_path());
    if (stamp == development_stamp_ && !look_at_development_)
        return;
    // Before the reading: what changes during it is seen by the next look. What requests read meanwhile is not
    // served yet, so they leave the stamp alone.
    development_stamp_ = stamp;
    look_at_development_ = is_young(stamp, now());
    if (!wants_development() && !earlier_authority_)
        earlier_authority_ = authority_fingerprint();
    const auto stored = load_development();
    if (!wants_development())
        return;
    if (!stored) {
        if (status_.serving == TlsSource::development || stored.error().code != ErrorCode::not_found)
            set_problem(stored.error().code == ErrorCode::not_found
                    ? "the development certificate is gone from " + escape_for_terminal(status_.folder)
                    : stored.error().message());
        return;
    }
    const auto before = credentials_;
    if (const auto served = serve(stored->identity, TlsSource::development); !served) {
        set_problem(served.error().message());
        return;
    }
    set_problem({});
    if (credentials_ != before)
        notice("The development certificate was replaced: " + what_is_served()
            + ". Browsers that do not trust its authority by now have to");
}

void TlsService::Worker::poll_own()
{
    if (!status_.settings.enabled || !status_.settings.own)
        return;
    const OwnCertificateFiles& files = *status_.settings.own;
    if (status_.serving != TlsSource::own || !watch_ || watch_->files() != files) {
        const FileStamp chain = stamp_of(files.chain_path);
        const FileStamp key = stamp_of(files.key_path);
        if (chain == chain_stamp_ && key == key_stamp_ && !is_young(chain, now()) && !is_young(key, now()))
            return;
        serve_wanted();
        if (status_.problem.empty())
            notice("The certificate can be used: " + what_is_served());
        return;
    }
    auto news = watch_->poll(now());
    if (!news) {
        if (!watch_->is_bad() && !status_.problem.empty()) {
            set_problem({});
            status_.passphrase_needed = false;
        }
        return;
    }
    if (!*news) {
        status_.passphrase_needed = is_about_passphrase(news->error().problem);
        set_problem(news->error().detail);
        return;
    }
    if (const auto served = serve(std::move(**news), TlsSource::own); !served) {
        set_problem(served.error().message());
        return;
    }
    set_problem({});
    status_.passphrase_needed = false;
    notice("The certificate was replaced: " + what_is_served());
}

void TlsService::Worker::watch_age()
{
    const auto differ = [](const CertificateAge& a, const CertificateAge& b) {
        return a.state != b.state || a.days_left != b.days_left;
    };
    if (status_.development) {
        const CertificateAge age = age_of(status_.development->certificate, now());
        is_changed_ |= differ(age, status_.development->age);
        status_.development->age = age;
    }
    if (status_.chain.empty())
        return;
    const CertificateFacts& certificate = status_.chain.front();
    const CertificateAge age = age_of(certificate, now());
    is_changed_ |= differ(age, status_.age);
    status_.age = age;
    if (options_.shows_age || told_age_ == age.state)
        return;
    told_age_ = age.state;
    const std::string advice = status_.serving == TlsSource::development
        ? "; a renewal makes another, whose authority has to be trusted anew"
        : "";
    switch (age.state) {
    case CertificateAge::State::good:
        break;
    case CertificateAge::State::ends_soon:
        notice("The certificate for wss:// ends on " + date_text(certificate.not_after) + advice);
        break;
    case CertificateAge::State::ended:
        notice("The certificate for wss:// has ended on " + date_text(certificate.not_after)
            + " and browsers refuse it" + advice);
        break;
    case CertificateAge::State::not_begun:
        notice("The certificate for wss:// is not valid before " + date_text(certificate.not_before));
        break;
    }
}

} // namespace jackfield::app
