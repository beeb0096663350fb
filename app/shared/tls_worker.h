#pragma once

#include "app/shared/certificate_folder.h"
#include "app/shared/key_log.h"
#include "app/shared/tls_service.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace jackfield::app {

/// The thread of a TlsService. The thread keeps the object alive, so that a file system that never answers
/// cannot hold up the program's end.
class TlsService::Worker : public std::enable_shared_from_this<Worker> {
public:
    explicit Worker(Options options);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    // From any thread
    Result<void> begin();
    [[nodiscard]] bool wait_until_loaded(int interrupting) const;
    First wait_for_first(milliseconds patience);
    void start(Callbacks callbacks);
    [[nodiscard]] std::shared_ptr<const TlsStatus> status();
    void close();
    /// Has `work` done, and `answer` told what it gives; or `refusal` when the service ends before.
    template <class Value, class Work>
    void ask(Answer<Value> answer, Value refusal, Work work)
    {
        push({[answer, work = std::move(work)](Worker& worker) {
                  Value value = work(worker);
                  worker.finish_request();
                  worker.call(answer, std::move(value));
              },
            [answer, refusal = std::move(refusal)](Worker& worker) { worker.call(answer, refusal); }});
    }

    // What is asked for: tls_worker.cpp
    Result<DevelopmentStatus> serve_development(const std::optional<std::vector<std::string>>& names);
    OwnCertificateResult serve_own(OwnCertificateFiles files, std::optional<std::string> passphrase);
    OwnCertificateResult check_own(
        const OwnCertificateFiles& files, const std::optional<std::string>& passphrase);
    OwnCertificateResult use_passphrase(std::string passphrase);
    void turn_off();
    Result<void> export_authority(const std::string& path);
    // tls_worker_trust.cpp
    Result<RenewalReport> renew(const std::optional<std::vector<std::string>>& names);
    Result<void> look_up_trust();
    TrustResult<std::vector<TrustOutcome>> trust(const std::vector<std::string>& paths);
    TrustResult<std::vector<TrustOutcome>> untrust(const std::vector<std::string>& paths);

private:
    struct Request {
        std::function<void(Worker&)> work;
        std::function<void(Worker&)> refuse;
    };
    // The thread
    void push(Request request);
    void run();
    void take_callbacks(Callbacks callbacks);
    void finish_request();
    [[nodiscard]] WallTime now() const;
    [[nodiscard]] bool is_closing() const { return closing_.load(); }
    /// Calls `callback` unless the service has been closed without waiting for the thread.
    template <class Callback, class... Arguments>
    void call(const Callback& callback, Arguments&&... arguments)
    {
        const std::lock_guard lock(telling_);
        if (callback && !silent_)
            callback(std::forward<Arguments>(arguments)...);
    }
    void publish();
    void notice(const std::string& sentence);
    void set_activity(TlsActivity activity, const std::string& place = {});

    // Serving: tls_worker_serving.cpp
    void serve_wanted();
    Result<void> serve(TlsIdentity identity, TlsSource source);
    void stop_serving();
    OwnCertificateResult load_and_serve_own(
        const OwnCertificateFiles& files, const std::optional<std::string>& passphrase);
    void tell_credentials();
    void say_what_serving_means();
    void tell_of_missing_names();
    void set_problem(const std::string& problem, bool is_told = true);
    [[nodiscard]] bool wants_development() const;
    void save_settings(TlsSettings settings);
    void save_trusted_folders();
    void forget_passphrase();
    void poll();
    void poll_settings();
    void poll_development();
    void poll_own();
    void watch_age();
    [[nodiscard]] std::string what_is_served() const;
    [[nodiscard]] std::string authority_fingerprint() const; ///< of the development certificate; empty without one
    [[nodiscard]] std::optional<TlsSettings> settings_in_file(std::vector<std::string>& notices) const;
    Result<StoredDevelopmentCertificate> load_development();
    void take_development(const StoredDevelopmentCertificate& stored);
    void forget_development(const std::string& problem);
    [[nodiscard]] Result<std::vector<std::string>> checked_names(const std::vector<std::string>& names) const;
    [[nodiscard]] std::vector<std::string> missing_names() const;

    // Trust: tls_worker_trust.cpp
    [[nodiscard]] static Error is_ending();
    void find_places();
    Result<std::vector<TrustPlace>> chosen_places(const std::vector<std::string>& paths);
    [[nodiscard]] bool is_found(const std::string& folder) const;
    /// Keeps in the settings which of the named folders trust an authority of ours.
    void note_trust(const std::vector<TrustOutcome>& outcomes, bool is_trusted);
    [[nodiscard]] AuthorityToTrust authority() const;
    /// And keeps it in the status.
    TrustStanding look_at(const TrustPlace& place);
    std::vector<TrustPlace> places_that_trust();
    TrustOutcome trust_at(const TrustPlace& place);
    void look_at_system();

    Options options_;
    int cancel_; // an eventfd
    int loaded_; // an eventfd, readable from `has_loaded_` on
    TrustStore store_;
    std::optional<CertificateFolder> folder_;
    std::unique_ptr<KeyLog> key_log_;
    std::mutex telling_; // held while a callback runs
    bool silent_ = false; // guarded by telling_
    std::thread thread_;
    std::atomic<bool> closing_{false};
    std::mutex mutex_;
    std::condition_variable changed_;
    // Guarded by mutex_:
    std::deque<Request> requests_;
    std::optional<Callbacks> given_callbacks_;
    std::shared_ptr<const TlsStatus> published_;
    std::vector<std::string> early_notices_; // while there are no callbacks
    std::shared_ptr<const TlsCredentials> known_credentials_; // as `credentials_`
    std::shared_ptr<const TlsCredentials> told_credentials_; // which the owner has
    bool has_loaded_ = false;
    bool is_first_whole_ = false; // wait_for_first has waited for long enough
    bool has_callbacks_ = false;
    bool closed_ = false;
    // The thread's own:
    Callbacks callbacks_;
    TlsStatus status_; // about to be published
    /// The authority before a certificate came that the settings did not ask for yet; empty text: there was none.
    std::optional<std::string> earlier_authority_;
    bool is_changed_ = true; // `status_`, since it was published
    std::shared_ptr<const TlsCredentials> credentials_;
    std::optional<std::string> passphrase_; // for settings.own
    std::string withheld_notice_; // whoever starts the service asks for the passphrase instead
    std::optional<CertificateWatch> watch_; // of the own files that are served
    std::optional<TlsSettings> settings_seen_; // those of the file that were looked at last
    FileStamp settings_stamp_;
    bool look_at_settings_ = true;
    FileStamp development_stamp_; // poll_development's
    bool look_at_development_ = true;
    std::string authority_pem_;
    FileStamp chain_stamp_, key_stamp_; // of the own files that could not be served
    std::vector<TrustPlace> named_places_; // which a person has named in this run
    std::optional<CertificateAge::State> told_age_;
    bool has_said_what_serving_means_ = false;
};

} // namespace jackfield::app
