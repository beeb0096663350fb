#include "app/terminal/certificate_commands.h"

#include "app/terminal/certificate_lines.h"

#include "jackfield/escape.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <mutex>
#include <utility>

namespace jackfield::app {
namespace {

constexpr int most_passphrases = 3; // of a passphrase

// Whether a person is told how to do by hand what failed here: not where the error names a command that does it.
bool needs_steps(const TrustOutcome& outcome)
{
    return !outcome.error || outcome.error->command.empty();
}

std::string absolute(const std::string& path)
{
    // Links stay, as they are how certificates are replaced.
    std::error_code error;
    const auto made = std::filesystem::absolute(path, error);
    return error ? path : made.string();
}

std::optional<TrustTarget> target_named(const std::string& word)
{
    if (word == "chromium" || word == "chrome")
        return TrustTarget::chromium;
    if (word == "firefox")
        return TrustTarget::firefox;
    if (word == "system")
        return TrustTarget::system;
    return std::nullopt;
}

bool is_about_passphrase(const IdentityError& error)
{
    return error.problem == IdentityProblem::passphrase_needed
        || error.problem == IdentityProblem::passphrase_wrong;
}

} // namespace

/// Held by the answers that are still to come.
struct CertificateCommands::State : std::enable_shared_from_this<State> {
    State(TlsService& tls, Output out)
        : service(tls)
        , output(std::move(out))
    { }

    void line(const std::string& text) const { output.line(text); }
    void problem(const std::string& text) const { output.problem(text); }
    void lines(const std::vector<std::string>& texts) const
    {
        for (const std::string& text : texts)
            line(text);
    }
    void end(End how)
    {
        std::function<void(End)> told;
        {
            const std::lock_guard lock(mutex);
            is_running = false;
            told = std::exchange(ended, {});
        }
        if (told)
            told(how);
    }
    void fail_with(const Error& error)
    {
        problem(error.message());
        end(End::failed);
    }
    void misuse(const std::string& text)
    {
        problem(text);
        for (const std::string& usage : help())
            problem(usage);
        end(End::misused);
    }

    void certificate(std::vector<std::string> words);
    void show();
    void show_rest(const std::vector<std::string>& about_own, bool is_whole);
    void turn_on(std::vector<std::string> names);
    void renew(std::vector<std::string> names);
    void use(OwnCertificateFiles files, std::optional<std::string> passphrase, int tries);
    void turn_off();
    void export_to(const std::string& path);
    void change_trust(std::vector<std::string> words, bool undo);
    void change_trust_at(std::vector<std::string> paths, bool undo);
    void tell_trust(const TrustResult<std::vector<TrustOutcome>>& outcomes, bool undo);
    /// False when it still is to be done by hand.
    bool tell_outcome(const TrustOutcome& outcome, bool undo) const;
    void tell_steps(const std::vector<TrustTarget>& targets, bool undo) const;

    TlsService& service;
    const Output output;
    std::mutex mutex;
    // Guarded by mutex:
    std::function<void(End)> ended;
    bool is_running = false;
    std::string told_progress;
};

bool CertificateCommands::knows(std::string_view word)
{
    return word == "certificate" || word == "trust" || word == "untrust";
}

std::vector<std::string> CertificateCommands::help()
{
    return {"certificate                     show the certificate for wss://, and who trusts its authority",
        "certificate on [NAME...]        serve wss:// with a development certificate for localhost and these "
        "names",
        "certificate renew [NAME...]     make a new one, for these names instead; it has to be trusted anew",
        "certificate use CHAIN KEY       serve wss:// with your own PEM files",
        "certificate off                 serve wss:// no more; the certificates stay",
        "certificate export FILE         write the authority's certificate for another machine or browser",
        "trust [chromium|firefox|PATH]   have browsers trust the authority, all that are found or these",
        "untrust [chromium|firefox|PATH] take that back"};
}

CertificateCommands::CertificateCommands(TlsService& service, Output output)
    : state_(std::make_shared<State>(service, std::move(output)))
{ }

void CertificateCommands::run(const std::vector<std::string>& words, std::function<void(End)> ended)
{
    {
        const std::lock_guard lock(state_->mutex);
        state_->ended = std::move(ended);
        state_->is_running = true;
        state_->told_progress.clear();
    }
    if (words.empty() || !knows(words.front())) {
        state_->misuse("this is none of the commands for certificates");
        return;
    }
    std::vector<std::string> rest(words.begin() + 1, words.end());
    if (words.front() == "certificate")
        state_->certificate(std::move(rest));
    else
        state_->change_trust(std::move(rest), words.front() == "untrust");
}

void CertificateCommands::on_status(const TlsStatus& status)
{
    std::string text;
    switch (status.activity) {
    case TlsActivity::looking_up_trust:
        text = "Looking whether it is trusted by " + status.activity_place;
        break;
    case TlsActivity::trusting:
        text = "Adding the authority to " + status.activity_place;
        break;
    case TlsActivity::untrusting:
        text = "Taking authorities of Jackfield out of " + status.activity_place;
        break;
    case TlsActivity::issuing:
        text = "Making a certificate";
        break;
    case TlsActivity::nothing:
    case TlsActivity::loading:
    case TlsActivity::exporting:
        return;
    }
    {
        const std::lock_guard lock(state_->mutex);
        if (!state_->is_running || state_->told_progress == text)
            return;
        state_->told_progress = text;
    }
    state_->output.progress(text + " ...");
}

void CertificateCommands::State::certificate(std::vector<std::string> words)
{
    if (words.empty()) {
        show();
        return;
    }
    const std::string what = words.front();
    words.erase(words.begin());
    if (what == "on")
        turn_on(std::move(words));
    else if (what == "renew")
        renew(std::move(words));
    else if (what == "use" && words.size() == 2)
        use({absolute(words[0]), absolute(words[1])}, std::nullopt, 0);
    else if (what == "off" && words.empty())
        turn_off();
    else if (what == "export" && words.size() == 1 && !words.front().empty())
        export_to(absolute(words.front()));
    else if (what == "use")
        misuse("\"certificate use\" needs two files, the certificate's and the key's");
    else if (what == "off")
        misuse("\"certificate off\" takes no more words");
    else if (what == "export")
        misuse("\"certificate export\" needs the name of one file");
    else
        misuse("\"certificate " + escape_for_terminal(what, 60) + "\" is no command");
}

void CertificateCommands::State::show()
{
    service.look_up_trust([self = shared_from_this()](const Result<void>&) {
        const auto status = self->service.status();
        self->line(line_about_settings(*status));
        if (!status->settings.own) {
            self->show_rest({}, true);
            return;
        }
        self->service.check_own(
            *status->settings.own, std::nullopt, [self](const OwnCertificateResult& checked) {
                if (checked) {
                    std::vector<std::string> about = {"Your certificate"};
                    const WallTime now = std::chrono::system_clock::now();
                    const auto facts
                        = lines_about(checked->chain.front(), age_of(checked->chain.front(), now));
                    about.insert(about.end(), facts.begin(), facts.end());
                    for (const std::string& warning : checked->warnings)
                        about.push_back("  warning      " + warning);
                    self->show_rest(about, true);
                } else if (checked.error().problem == IdentityProblem::passphrase_needed) {
                    self->show_rest({"Its key is encrypted: the server asks for the passphrase"}, true);
                } else {
                    self->problem(checked.error().detail);
                    self->show_rest({}, false);
                }
            });
    });
}

void CertificateCommands::State::show_rest(const std::vector<std::string>& about_own, bool is_whole)
{
    const auto status = service.status();
    lines(about_own);
    if (!status->settings.own || status->development)
        lines(lines_about_development(*status));
    if (status->development) {
        line("Trust in the authority");
        for (const std::string& text : lines_about_trust(*status))
            line("  " + text);
        if (!status->has_certutil)
            line("  " + TrustStore::no_certutil().detail);
    }
    const bool has_what_is_asked = is_whole && (status->settings.own || status->development);
    end(has_what_is_asked ? End::done : End::failed);
}

void CertificateCommands::State::turn_on(std::vector<std::string> names)
{
    std::optional<std::vector<std::string>> wanted;
    if (!names.empty())
        wanted = std::move(names);
    const bool was_there = service.status()->development.has_value();
    service.serve_development(
        wanted, [self = shared_from_this(), wanted, was_there](const Result<DevelopmentStatus>& made) {
            if (!made) {
                const auto status = self->service.status();
                if (made.error().code == ErrorCode::invalid_argument && status->development && wanted) {
                    std::string command = "certificate renew";
                    std::vector<std::string> all = status->development->added_names;
                    all.insert(all.end(), wanted->begin(), wanted->end());
                    for (const std::string& name : all)
                        command += " " + escape_for_terminal(name);
                    self->problem(made.error().message());
                    self->problem("Use: " + command);
                    self->end(End::failed);
                    return;
                }
                self->fail_with(made.error());
                return;
            }
            self->line(was_there ? "wss:// is on, with the development certificate that there is"
                                 : "wss:// is on, with a new development certificate");
            self->lines(lines_about(made->certificate, made->age));
            self->line("Browsers have to trust its authority first: the command \"trust\" sees to that");
            self->end(End::done);
        });
}

void CertificateCommands::State::renew(std::vector<std::string> names)
{
    std::optional<std::vector<std::string>> wanted;
    if (!names.empty())
        wanted = std::move(names);
    service.renew_development(wanted, [self = shared_from_this()](const Result<RenewalReport>& renewed) {
        if (!renewed) {
            self->fail_with(renewed.error());
            return;
        }
        self->line("There is a new development certificate");
        self->lines(lines_about(renewed->development.certificate, renewed->development.age));
        bool is_whole = true;
        std::vector<TrustTarget> by_hand;
        for (const TrustOutcome& outcome : renewed->trust) {
            if (self->tell_outcome(outcome, false))
                continue;
            is_whole = false;
            if (needs_steps(outcome))
                by_hand.push_back(outcome.place.target);
        }
        self->tell_steps(by_hand, false);
        if (renewed->replaced_authority)
            self->line("Where you have imported \"" + escape_for_terminal(renewed->replaced_authority->common_name)
                + "\" by hand, remove it");
        if (renewed->trust.empty())
            self->line("Browsers have to trust its authority: the command \"trust\" sees to that");
        if (!self->service.status()->settings.enabled)
            self->line("wss:// is off: \"certificate on\" turns it on");
        self->end(is_whole ? End::done : End::failed);
    });
}

void CertificateCommands::State::use(
    OwnCertificateFiles files, std::optional<std::string> passphrase, int tries)
{
    service.serve_own(
        files, passphrase, [self = shared_from_this(), files, tries](const OwnCertificateResult& served) {
            if (!served) {
                if (is_about_passphrase(served.error()) && tries < most_passphrases) {
                    if (tries > 0)
                        self->problem(served.error().detail);
                    if (auto answer = self->output.passphrase(files.key_path)) {
                        self->use(files, std::move(answer), tries + 1);
                        return;
                    }
                }
                self->problem(served.error().detail);
                self->end(End::failed);
                return;
            }
            self->line("wss:// is on, with your certificate");
            self->lines(lines_about(
                served->chain.front(), age_of(served->chain.front(), std::chrono::system_clock::now())));
            for (const std::string& warning : served->warnings)
                self->line("  warning      " + warning);
            if (tries > 0)
                self->line("The passphrase is not kept: the server asks for it whenever it starts");
            self->end(End::done);
        });
}

void CertificateCommands::State::turn_off()
{
    service.turn_off([self = shared_from_this()](const Result<void>& done) {
        if (!done) {
            self->fail_with(done.error());
            return;
        }
        self->line(
            "wss:// is off. The certificates stay, and who trusts the authority does so still (untrust)");
        self->end(End::done);
    });
}

void CertificateCommands::State::export_to(const std::string& path)
{
    service.export_authority(path, [self = shared_from_this(), path](const Result<void>& done) {
        if (!done) {
            self->fail_with(done.error());
            return;
        }
        self->line("The authority's certificate is in " + escape_for_terminal(path, 1'000));
        self->end(End::done);
    });
}

// The places are looked for first: a browser may have been started for the first time a moment ago.
void CertificateCommands::State::change_trust(std::vector<std::string> words, bool undo)
{
    if (words.empty()) {
        change_trust_at({}, undo);
        return;
    }
    for (const std::string& word : words) {
        if (word.empty()) {
            misuse("a place has no empty name");
            return;
        }
    }
    service.look_up_trust([self = shared_from_this(), words = std::move(words), undo](const Result<void>&) {
        std::vector<std::string> paths;
        const auto status = self->service.status();
        for (const std::string& word : words) {
            const auto target = target_named(word);
            if (!target) {
                paths.push_back(absolute(word));
                continue;
            }
            const std::size_t before = paths.size();
            for (const TrustPlaceStatus& each : status->places) {
                if (each.place.target == *target)
                    paths.push_back(each.place.path);
            }
            if (paths.size() == before) {
                self->problem(
                    word + " was not found here; name the folder of its certificate database (cert9.db)");
                self->end(End::failed);
                return;
            }
        }
        self->change_trust_at(std::move(paths), undo);
    });
}

void CertificateCommands::State::change_trust_at(std::vector<std::string> paths, bool undo)
{
    auto told = [self = shared_from_this(), undo](
                    const TrustResult<std::vector<TrustOutcome>>& outcomes) { self->tell_trust(outcomes, undo); };
    if (undo)
        service.untrust(std::move(paths), std::move(told));
    else
        service.trust(std::move(paths), std::move(told));
}

void CertificateCommands::State::tell_trust(const TrustResult<std::vector<TrustOutcome>>& outcomes, bool undo)
{
    if (!outcomes) {
        problem(outcomes.error().message());
        const auto status = service.status();
        if (!undo && !status->development && status->no_folder_why.empty())
            problem(status->development_problem.empty() ? "Use: certificate on" : "Use: certificate renew");
        // Whoever is told how to do without gets on.
        if (service.status()->development && outcomes.error().code == ErrorCode::not_found)
            tell_steps({TrustTarget::chromium, TrustTarget::firefox}, undo);
        end(End::failed);
        return;
    }
    bool is_whole = true;
    std::vector<TrustTarget> by_hand;
    for (const TrustOutcome& outcome : *outcomes) {
        if (tell_outcome(outcome, undo))
            continue;
        is_whole = false;
        if (needs_steps(outcome))
            by_hand.push_back(outcome.place.target);
    }
    tell_steps(by_hand, undo);
    end(is_whole ? End::done : End::failed);
}

bool CertificateCommands::State::tell_outcome(const TrustOutcome& outcome, bool undo) const
{
    const std::string place = shown(outcome.place);
    if (outcome.error && outcome.place.target == TrustTarget::system) {
        const bool is_so = (outcome.standing.state == TrustState::trusted) != undo && outcome.standing.older.empty();
        line(place + (is_so ? undo ? " does not trust it" : " trusts it" : ": " + outcome.error->message()));
        return is_so;
    }
    if (outcome.error) {
        problem(place + ": " + outcome.error->message());
        return false;
    }
    const std::string number = std::to_string(outcome.removed)
        + (outcome.removed == 1 ? " authority of Jackfield was" : " authorities of Jackfield were")
        + " taken out";
    if (undo)
        line(place + ": " + (outcome.removed == 0 ? "there was none of Jackfield's authorities" : number));
    else
        line(place + " trusts it" + (outcome.removed == 0 ? "" : "; " + number)
            + ". If it runs, it has to be started anew");
    return true;
}

void CertificateCommands::State::tell_steps(const std::vector<TrustTarget>& targets, bool undo) const
{
    const auto status = service.status();
    // The system's store is nobody's but root's, so its command is left to say.
    const bool is_left_to_root
        = std::any_of(status->places.begin(), status->places.end(), [undo](const TrustPlaceStatus& each) {
              if (each.place.target != TrustTarget::system || !each.standing)
                  return false;
              const bool has_older = !each.standing->older.empty();
              return has_older || (each.standing->state == TrustState::trusted) == undo;
          });
    for (const TrustSteps& steps : status->steps) {
        const bool is_told = steps.target == TrustTarget::system
            ? is_left_to_root
            : std::find(targets.begin(), targets.end(), steps.target) != targets.end();
        if (is_told)
            lines(lines_about_steps(steps, undo));
    }
}

} // namespace jackfield::app
