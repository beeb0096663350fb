#include "app/desktop/tls_session.h"

#include "app/desktop/trust_text.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/tls_model.h"
#include "ui/text/phrases.h"
#include "ui/views/main_window.h"
#include "ui/views/window_models.h"

#include "jackfield/command.h"

#include <optional>
#include <utility>

namespace jackfield::app {

namespace {

ui::TlsAge age_for_window(const CertificateAge& age)
{
    switch (age.state) {
    case CertificateAge::State::good:
        return {ui::TlsAge::State::good, age.days_left};
    case CertificateAge::State::ends_soon:
        return {ui::TlsAge::State::endsSoon, age.days_left};
    case CertificateAge::State::ended:
        return {ui::TlsAge::State::ended, age.days_left};
    case CertificateAge::State::not_begun:
        break;
    }
    return {ui::TlsAge::State::notBegun, age.days_left};
}

ui::TlsPlace::Kind kind_for_window(TrustTarget target)
{
    switch (target) {
    case TrustTarget::chromium:
        return ui::TlsPlace::Kind::chromium;
    case TrustTarget::firefox:
        return ui::TlsPlace::Kind::firefox;
    case TrustTarget::system:
        break;
    }
    return ui::TlsPlace::Kind::system;
}

ui::TlsPlace::Standing standing_for_window(const std::optional<TrustStanding>& standing)
{
    if (!standing)
        return ui::TlsPlace::Standing::notLooked;
    switch (standing->state) {
    case TrustState::trusted:
        return ui::TlsPlace::Standing::trusted;
    case TrustState::not_trusted:
        return ui::TlsPlace::Standing::notTrusted;
    case TrustState::unknown:
        break;
    }
    return ui::TlsPlace::Standing::unknown;
}

ui::TlsSource source_for_window(TlsSource source)
{
    switch (source) {
    case TlsSource::none:
        return ui::TlsSource::off;
    case TlsSource::development:
        return ui::TlsSource::development;
    case TlsSource::own:
        break;
    }
    return ui::TlsSource::own;
}

ui::TlsActivity activity_for_window(TlsActivity activity)
{
    switch (activity) {
    case TlsActivity::nothing:
        return ui::TlsActivity::nothing;
    case TlsActivity::loading:
        return ui::TlsActivity::loading;
    case TlsActivity::issuing:
        return ui::TlsActivity::issuing;
    case TlsActivity::looking_up_trust:
        return ui::TlsActivity::lookingUp;
    case TlsActivity::trusting:
        return ui::TlsActivity::trusting;
    case TlsActivity::untrusting:
        return ui::TlsActivity::untrusting;
    case TlsActivity::exporting:
        break;
    }
    return ui::TlsActivity::exporting;
}

ui::TlsSource wanted_of(const TlsSettings& settings)
{
    if (!settings.enabled)
        return ui::TlsSource::off;
    return settings.own ? ui::TlsSource::own : ui::TlsSource::development;
}

std::string words_of(const std::string& sentence)
{
    return ui::wordsOf(sentence).toStdString();
}

std::vector<std::string> words_of(const std::vector<std::string>& sentences)
{
    std::vector<std::string> words;
    for (const std::string& sentence : sentences)
        words.push_back(words_of(sentence));
    return words;
}

template <class Value>
ui::TlsOutcome outcome_of(ui::TlsRequest request, const Result<Value>& result)
{
    ui::TlsOutcome outcome;
    outcome.request = request;
    if (!result)
        outcome.error = words_of(result.error().message());
    return outcome;
}

template <class Value>
ui::TlsOutcome outcome_of(ui::TlsRequest request, const TrustResult<Value>& result)
{
    ui::TlsOutcome outcome;
    outcome.request = request;
    if (!result)
        outcome.error = window_words(result.error());
    return outcome;
}

ui::TlsOutcome outcome_of(ui::TlsRequest request, const OwnCertificateResult& result)
{
    ui::TlsOutcome outcome;
    outcome.request = request;
    if (!result) {
        outcome.error = words_of(result.error().detail);
        outcome.isPassphraseMissing = result.error().problem == IdentityProblem::passphrase_needed;
        outcome.isPassphraseWrong = result.error().problem == IdentityProblem::passphrase_wrong;
        return outcome;
    }
    outcome.details = words_of(result->warnings);
    outcome.hasTrouble = !result->warnings.empty();
    return outcome;
}

void add_places(ui::TlsOutcome& outcome, const std::vector<TrustOutcome>& places, const std::string& done)
{
    for (const TrustOutcome& each : places) {
        outcome.details.push_back(
            window_title(each.place) + ": " + (each.error ? window_words(*each.error) : done));
        outcome.hasTrouble = outcome.hasTrouble || each.error;
    }
}

std::vector<std::string> words_of(const std::vector<TrustStep>& steps)
{
    std::vector<std::string> words;
    for (const TrustStep& step : steps)
        words.push_back(window_words(step));
    return words;
}

} // namespace

ui::TlsState state_of(const TlsStatus& status)
{
    ui::TlsState state;
    state.serving = source_for_window(status.serving);
    state.wanted = wanted_of(status.settings);
    state.isForThisRun = status.is_for_this_run;
    state.chain = status.chain;
    state.age = age_for_window(status.age);
    state.warnings = words_of(status.warnings);
    state.problem = words_of(status.problem);
    state.passphraseNeeded = status.passphrase_needed;
    if (status.settings.own) {
        state.ownChainPath = status.settings.own->chain_path;
        state.ownKeyPath = status.settings.own->key_path;
    }
    if (status.settings.own_before) {
        state.formerChainPath = status.settings.own_before->chain_path;
        state.formerKeyPath = status.settings.own_before->key_path;
    }
    state.noFolderWhy = words_of(status.no_folder_why);
    if (status.development)
        state.development = ui::TlsDevelopment{status.development->certificate, status.development->authority,
            status.development->added_names, age_for_window(status.development->age)};
    state.developmentProblem = words_of(status.development_problem);
    state.authorityPath = status.authority_path;
    state.missingNames = status.missing_names;
    state.renewalOffered = status.renewal_offered;
    state.hasCertutil = status.has_certutil;
    for (const TrustPlaceStatus& each : status.places)
        state.places.push_back({kind_for_window(each.place.target), window_title(each.place),
            each.place.path, each.place.exists, standing_for_window(each.standing),
            each.standing ? window_words(*each.standing) : "",
            each.standing ? static_cast<int>(each.standing->older.size()) : 0});
    for (const TrustSteps& each : status.steps)
        state.steps.push_back({kind_for_window(each.target), window_title(each.target),
            words_of(each.steps), each.commands, words_of(each.undo_steps), each.undo_commands,
            words_of(each.notes)});
    state.activity = activity_for_window(status.activity);
    state.activityPlace = status.activity_place;
    for (const TrustPlaceStatus& each : status.places) {
        if (each.place.title == status.activity_place)
            state.activityPlace = window_title(each.place);
    }
    state.keyLogPath = status.key_log_path;
    return state;
}

TlsSession::TlsSession(ui::EnginePort& port, ui::MainWindow& window, TlsService& service,
    std::function<void(const TlsSettings&)> remember_settings, QObject* parent)
    : QObject(parent)
    , port_(port)
    , model_(window.models().tls)
    , service_(service)
{
    connect_model();
    window.offerCertificate();
    model_.setState(state_of(*service_.status()));
    service_.start(callbacks(std::move(remember_settings)));
}

TlsSession::~TlsSession()
{
    service_.close();
}

TlsService::Callbacks TlsSession::callbacks(std::function<void(const TlsSettings&)> remember_settings)
{
    TlsService::Callbacks made;
    made.on_credentials = [this](std::shared_ptr<const TlsCredentials> credentials) {
        hand_over_.post(
            [this, credentials = std::move(credentials)] { port_.submit(command::SetTls{credentials}); });
    };
    made.on_status = [this](std::shared_ptr<const TlsStatus> status) {
        hand_over_.post([this, status = std::move(status)] { model_.setState(state_of(*status)); });
    };
    made.on_notice = [this](const std::string& sentence) {
        hand_over_.post([this, sentence] { Q_EMIT notices({sentence}); });
    };
    made.on_settings = std::move(remember_settings);
    return made;
}

void TlsSession::finish(ui::TlsOutcome outcome)
{
    hand_over_.post([this, outcome = std::move(outcome)] { model_.finish(outcome); });
}

void TlsSession::connect_model()
{
    using Model = ui::TlsModel;
    using Request = ui::TlsRequest;
    connect(&model_, &Model::enableRequested, this, [this](const std::vector<std::string>& names) {
        service_.serve_development(names.empty() ? std::nullopt : std::optional(names),
            [this](const Result<DevelopmentStatus>& result) {
                finish(outcome_of(Request::enable, result));
                if (result) // the dialog is about to show the places
                    service_.look_up_trust([](const Result<void>&) {});
            });
    });
    connect(&model_, &Model::renewRequested, this, [this](const std::vector<std::string>& names) {
        service_.renew_development(names, [this](const Result<RenewalReport>& result) {
            ui::TlsOutcome outcome = outcome_of(Request::renew, result);
            if (result)
                add_places(outcome, result->trust, tr("trusts the new one").toStdString());
            finish(std::move(outcome));
        });
    });
    connect(&model_, &Model::useOwnRequested, this,
        [this](const std::string& chain, const std::string& key, const std::string& passphrase) {
            service_.serve_own({chain, key}, passphrase.empty() ? std::nullopt : std::optional(passphrase),
                [this](const OwnCertificateResult& result) { finish(outcome_of(Request::useOwn, result)); });
        });
    connect(&model_, &Model::usePassphraseRequested, this, [this](const std::string& passphrase) {
        service_.use_passphrase(passphrase, [this](const OwnCertificateResult& result) {
            finish(outcome_of(Request::usePassphrase, result));
        });
    });
    connect(&model_, &Model::disableRequested, this, [this] {
        service_.turn_off(
            [this](const Result<void>& result) { finish(outcome_of(Request::disable, result)); });
    });
    connect(&model_, &Model::exportRequested, this, [this](const std::string& path) {
        service_.export_authority(path,
            [this](const Result<void>& result) { finish(outcome_of(Request::exportAuthority, result)); });
    });
    connect(&model_, &Model::trustRequested, this, [this](const std::vector<std::string>& paths) {
        service_.trust(paths, [this](const TrustResult<std::vector<TrustOutcome>>& result) {
            ui::TlsOutcome outcome = outcome_of(Request::trust, result);
            if (result)
                add_places(outcome, *result, tr("trusts it").toStdString());
            finish(std::move(outcome));
        });
    });
    connect(&model_, &Model::untrustRequested, this, [this](const std::vector<std::string>& paths) {
        service_.untrust(paths, [this](const TrustResult<std::vector<TrustOutcome>>& result) {
            ui::TlsOutcome outcome = outcome_of(Request::untrust, result);
            if (result)
                add_places(outcome, *result, tr("trusts it no longer").toStdString());
            finish(std::move(outcome));
        });
    });
    connect(&model_, &Model::lookUpRequested, this, [this] {
        service_.look_up_trust([this](const Result<void>&) {
            // Without a development certificate there is nothing to look for, and the state says so.
            finish({Request::lookUp, {}, false, false, {}, false});
        });
    });
}

} // namespace jackfield::app
