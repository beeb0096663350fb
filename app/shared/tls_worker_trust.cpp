#include "app/shared/tls_worker.h"

#include "jackfield/escape.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace jackfield::app {
namespace {

std::string real_path(const std::string& path)
{
    std::error_code error;
    const auto real = std::filesystem::weakly_canonical(path, error);
    std::string text = error ? path : real.string();
    while (text.size() > 1 && text.ends_with('/'))
        text.pop_back();
    return text;
}

bool has_database(const std::string& folder)
{
    std::error_code error;
    return std::filesystem::exists(folder + "/cert9.db", error);
}

/// Nothing is known of it but that it is NSS's, and Firefox's profiles are just that.
TrustPlace named_place(const std::string& folder)
{
    // Nothing is known of it but that it is NSS's, and Firefox's profiles are just that.
    return {TrustTarget::firefox, "The database in " + escape_for_terminal(folder), folder, has_database(folder), {},
        escape_for_terminal(folder)};
}

} // namespace

Error TlsService::Worker::is_ending()
{
    return {ErrorCode::not_running, 0, "the program is ending"};
}

void TlsService::Worker::find_places()
{
    std::vector<TrustPlace> found = store_.places();
    const auto add = [&found](const TrustPlace& named) {
        const bool is_known = std::any_of(found.begin(), found.end(),
            [&](const TrustPlace& place) { return real_path(place.path) == real_path(named.path); });
        if (!is_known)
            found.push_back(named);
    };
    for (TrustPlace& named : named_places_) {
        named.exists = has_database(named.path);
        add(named);
    }
    for (const std::string& folder : status_.settings.trusted_folders) {
        // One that is gone may come back, as a disk that is not mounted.
        if (has_database(folder))
            add(named_place(folder));
    }
    std::vector<TrustPlaceStatus> places;
    for (TrustPlace& place : found) {
        TrustPlaceStatus made{std::move(place), std::nullopt};
        for (TrustPlaceStatus& before : status_.places) {
            if (before.place.path == made.place.path)
                made.standing = std::move(before.standing);
        }
        places.push_back(std::move(made));
    }
    status_.places = std::move(places);
    status_.has_certutil = store_.certutil().has_value();
    if (status_.development)
        status_.steps = store_.steps(authority());
    is_changed_ = true;
}

AuthorityToTrust TlsService::Worker::authority() const
{
    return {status_.authority_path, authority_pem_, status_.development->authority};
}

TrustStanding TlsService::Worker::look_at(const TrustPlace& place)
{
    TrustPlace there = place;
    there.exists = place.target == TrustTarget::system || has_database(place.path);
    TrustStanding standing{TrustState::not_trusted, sentence(TrustReason::no_development_certificate), {},
        TrustReason::no_development_certificate};
    if (status_.development)
        standing = store_.standing(there, authority());
    else if (place.target == TrustTarget::system)
        standing.older = store_.standing(there, {}).older;
    for (TrustPlaceStatus& status : status_.places) {
        if (status.place.path != place.path)
            continue;
        status.place.exists = there.exists;
        if (status_.development)
            status.standing = standing;
    }
    is_changed_ = true;
    return standing;
}

Result<void> TlsService::Worker::look_up_trust()
{
    find_places();
    if (folder_)
        static_cast<void>(load_development()); // another program may have made one since the last look
    if (!status_.development)
        return fail(ErrorCode::not_found,
            !folder_                                  ? status_.no_folder_why
                : status_.development_problem.empty() ? "there is no development certificate yet"
                                                      : status_.development_problem);
    for (std::size_t i = 0; i < status_.places.size(); ++i) {
        if (is_closing())
            return tl::unexpected<Error>(is_ending());
        const TrustPlace place = status_.places[i].place;
        if (place.target != TrustTarget::system) // which takes no time
            set_activity(TlsActivity::looking_up_trust, place.title);
        look_at(place);
    }
    return {};
}

Result<std::vector<TrustPlace>> TlsService::Worker::chosen_places(const std::vector<std::string>& paths)
{
    find_places();
    std::vector<TrustPlace> chosen;
    if (paths.empty()) {
        for (const TrustPlaceStatus& status : status_.places) {
            if (status.place.target != TrustTarget::system)
                chosen.push_back(status.place);
        }
        if (chosen.empty())
            return fail(ErrorCode::not_found,
                "neither Chromium nor Firefox was found here; a browser that is somewhere else has to import "
                "the authority by hand");
    }
    for (const std::string& path : paths) {
        const std::string real = real_path(path);
        const auto known = std::find_if(status_.places.begin(), status_.places.end(),
            [&](const TrustPlaceStatus& status) { return real_path(status.place.path) == real; });
        if (known != status_.places.end()) {
            chosen.push_back(known->place);
            continue;
        }
        std::error_code error;
        if (!std::filesystem::is_directory(real, error))
            return fail(ErrorCode::invalid_argument,
                escape_for_terminal(path)
                    + " is no folder; name the one of the browser's profile or of its certificate database");
        TrustPlace place = named_place(real);
        named_places_.push_back(place);
        chosen.push_back(std::move(place));
    }
    find_places();
    return chosen;
}

/// It changes behind everybody's back, and reading it takes no time.
void TlsService::Worker::look_at_system()
{
    for (std::size_t i = 0; i < status_.places.size(); ++i) {
        const TrustPlace place = status_.places[i].place;
        if (place.target == TrustTarget::system)
            look_at(place);
    }
}

TrustOutcome TlsService::Worker::trust_at(const TrustPlace& place)
{
    TrustOutcome outcome{place, std::nullopt, 0, {}};
    if (is_closing()) {
        outcome.error = is_ending();
        return outcome;
    }
    if (place.target != TrustTarget::system)
        set_activity(TlsActivity::trusting, place.title);
    if (auto done = store_.trust(place, authority()); !done)
        outcome.error = std::move(done.error());
    outcome.standing = look_at(place);
    return outcome;
}

TrustResult<std::vector<TrustOutcome>> TlsService::Worker::trust(const std::vector<std::string>& paths)
{
    if (folder_)
        static_cast<void>(load_development());
    if (!status_.development)
        return fail(ErrorCode::not_found,
            !folder_                                  ? status_.no_folder_why
                : status_.development_problem.empty() ? "there is no development certificate yet"
                                                      : status_.development_problem);
    const auto places = chosen_places(paths);
    if (!places)
        return tl::unexpected<Error>(places.error());
    if (!store_.certutil())
        return tl::unexpected<TrustError>(TrustStore::no_certutil());
    for (const TrustPlace& place : *places) {
        if (!path_can_be_kept(place.path))
            return fail(ErrorCode::invalid_argument,
                escape_for_terminal(place.path)
                    + " cannot be kept in the settings, as its name is not UTF-8, and a renewal would miss it: "
                      "rename it");
    }
    std::vector<TrustOutcome> outcomes;
    for (const TrustPlace& place : *places)
        outcomes.push_back(trust_at(place));
    look_at_system();
    status_.steps = store_.steps(authority()); // which make no database where there is one now
    note_trust(outcomes, true);
    return outcomes;
}

TrustResult<std::vector<TrustOutcome>> TlsService::Worker::untrust(const std::vector<std::string>& paths)
{
    if (folder_)
        static_cast<void>(load_development());
    const auto places = chosen_places(paths);
    if (!places)
        return tl::unexpected<Error>(places.error());
    if (!store_.certutil())
        return tl::unexpected<TrustError>(TrustStore::no_certutil());
    std::vector<TrustOutcome> outcomes;
    for (const TrustPlace& place : *places) {
        TrustOutcome outcome{place, std::nullopt, 0, {}};
        if (is_closing()) {
            outcome.error = is_ending();
        } else {
            if (place.target != TrustTarget::system)
                set_activity(TlsActivity::untrusting, place.title);
            if (const auto done = store_.untrust_older(place, std::nullopt); done)
                outcome.removed = *done;
            else
                outcome.error = done.error();
            outcome.standing = look_at(place);
        }
        outcomes.push_back(std::move(outcome));
    }
    look_at_system();
    note_trust(outcomes, false);
    return outcomes;
}

bool TlsService::Worker::is_found(const std::string& folder) const
{
    const auto found = store_.places();
    return std::any_of(found.begin(), found.end(),
        [&](const TrustPlace& place) { return real_path(place.path) == real_path(folder); });
}

void TlsService::Worker::note_trust(const std::vector<TrustOutcome>& outcomes, bool is_trusted)
{
    std::vector<std::string>& folders = status_.settings.trusted_folders;
    const std::vector<std::string> before = folders;
    for (const TrustOutcome& outcome : outcomes) {
        const std::string& path = outcome.place.path;
        const auto known = std::find(folders.begin(), folders.end(), path);
        if (outcome.error)
            continue;
        if (!is_trusted && known != folders.end())
            folders.erase(known);
        else if (is_trusted && known == folders.end() && !is_found(path))
            folders.push_back(path);
    }
    if (folders.size() > most_trusted_folders)
        folders.erase(folders.begin(), folders.end() - static_cast<std::ptrdiff_t>(most_trusted_folders));
    if (folders != before)
        save_trusted_folders();
}

/// Where an authority of ours is trusted, whichever it is.
std::vector<TrustPlace> TlsService::Worker::places_that_trust()
{
    find_places();
    std::vector<TrustPlace> result;
    for (std::size_t i = 0; i < status_.places.size() && !is_closing(); ++i) {
        const TrustPlace place = status_.places[i].place;
        if (!place.exists || (place.target != TrustTarget::system && !status_.has_certutil))
            continue;
        if (place.target != TrustTarget::system)
            set_activity(TlsActivity::looking_up_trust, place.title);
        AuthorityToTrust before;
        if (status_.development)
            before = authority();
        const TrustStanding standing = store_.standing(place, before);
        if (standing.state == TrustState::trusted || !standing.older.empty())
            result.push_back(place);
    }
    return result;
}

Result<RenewalReport> TlsService::Worker::renew(const std::optional<std::vector<std::string>>& names)
{
    if (!folder_)
        return fail(ErrorCode::not_found, status_.no_folder_why);
    static_cast<void>(load_development());
    std::vector<std::string> all = names.value_or(std::vector<std::string>());
    if (!names) {
        all = status_.settings.names;
        if (status_.development)
            all.insert(
                all.end(), status_.development->added_names.begin(), status_.development->added_names.end());
    }
    const auto checked = checked_names(all);
    if (!checked)
        return tl::unexpected<Error>(checked.error());
    const std::vector<TrustPlace> trusting = places_that_trust();
    if (is_closing())
        return tl::unexpected<Error>(is_ending());
    set_activity(TlsActivity::issuing);
    auto renewal = folder_->renew(*checked, now());
    if (!renewal)
        return tl::unexpected<Error>(std::move(renewal.error()));
    take_development(renewal->certificate);
    RenewalReport report{*status_.development, std::move(renewal->replaced_authority), {}};
    if (wants_development()) {
        if (const auto served = serve(renewal->certificate.identity, TlsSource::development); !served)
            set_problem(served.error().message());
        else
            set_problem({});
    }
    TlsSettings settings = status_.settings;
    settings.names = status_.development->added_names;
    save_settings(std::move(settings));
    for (const TrustPlace& place : trusting) {
        TrustOutcome outcome{place, std::nullopt, 0, {}};
        if (place.target == TrustTarget::system) {
            outcome.error = store_.trust(place, authority()).error();
            outcome.standing = look_at(place);
            report.trust.push_back(std::move(outcome));
            continue;
        }
        int removed = 0;
        std::optional<Error> not_removed;
        if (!is_closing()) {
            set_activity(TlsActivity::untrusting, place.title);
            if (const auto gone = store_.untrust_older(place, status_.development->authority); gone)
                removed = *gone;
            else
                not_removed = gone.error();
        }
        outcome = trust_at(place);
        outcome.removed = removed;
        if (!outcome.error)
            outcome.error = std::move(not_removed);
        report.trust.push_back(std::move(outcome));
    }
    look_at_system();
    status_.steps = store_.steps(authority());
    return report;
}

} // namespace jackfield::app
