#pragma once

#include "app/shared/tls_status.h"

#include "jackfield/result.h"
#include "jackfield/time.h"
#include "jackfield/tls_credentials.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace jackfield::app {

/// What was checked of a person's own certificate and key; the key itself stays inside.
struct OwnCertificateFacts {
    std::vector<CertificateFacts> chain; ///< the server's first; never empty
    std::vector<std::string> warnings;
};
using OwnCertificateResult = tl::expected<OwnCertificateFacts, IdentityError>;

/// What happened at one place.
struct TrustOutcome {
    TrustPlace place;
    std::optional<TrustError> error; ///< nothing: done, or there was nothing to do
    int removed = 0; ///< how many authorities of ours were taken out of it
    TrustStanding standing; ///< afterwards
};

/// What was made and what became of the trust in what was replaced.
struct RenewalReport {
    DevelopmentStatus development;
    std::optional<CertificateFacts> replaced_authority; ///< nothing: there was none that could be read
    /// Where an authority of ours was trusted before: the older ones are removed there, and the new one is
    /// trusted in their place. Elsewhere a person has to do the steps. The system's store is told of with an
    /// error that says so.
    std::vector<TrustOutcome> trust;
};

/// Makes what the settings want of TLS so, keeps watch over the certificate, and does what a person asks for:
/// the one owner of the development certificate and of the person's own files within a program.
///
/// All work is done on a thread of its own, one thing after the other. Every function may be called from any
/// thread and returns at once unless it says otherwise. Callbacks and answers are called on the service's
/// thread; they may call the functions of this class but `wait_for_first` and `close`, and must not block.
/// Each request is answered exactly once, with not_running (an OwnCertificateResult: unreadable_file) when
/// the service ends before it is done; none is answered after `close` has returned. The status is published
/// before the answer.
///
/// While it serves, it looks every `poll_interval` whether another program has replaced the files of the
/// certificate or has changed the settings' `tls`, and takes that over: new handshakes use what is new. What
/// is new and cannot be used changes nothing and is told. Nothing makes a new authority by itself.
class TlsService {
public:
    struct Options {
        /// Where `tls/` and the settings file are; empty: in memory only, with `no_folder_why`.
        std::string configuration_folder;
        std::string no_folder_why;
        TlsSettings settings; ///< those of the file, or of the command line
        /// `settings` are the command line's: what the file says is left alone until a request saves others.
        bool is_for_this_run = false;
        /// False for a command that ends at once: nothing is loaded, made or watched but what requests ask
        /// for.
        bool serves = true;
        /// The front end shows the certificate's age in the status: no notice says it too.
        bool shows_age = false;
        std::string key_log_path; ///< SSLKEYLOGFILE; empty: none
        TrustStore::Surroundings surroundings = TrustStore::Surroundings::of_this_process();
        milliseconds poll_interval{2'000};
        std::function<WallTime()> now; ///< empty: the system's clock
    };

    struct Callbacks {
        /// For command::SetTls: what new handshakes are to use; null: TLS is not served any more.
        std::function<void(std::shared_ptr<const TlsCredentials>)> on_credentials;
        /// Something in it differs from the one before. Never null.
        std::function<void(std::shared_ptr<const TlsStatus>)> on_status;
        /// A sentence for a person about what nobody has asked for: files replaced, refused replacements, an
        /// end that comes near, trouble with the key log.
        std::function<void(const std::string& sentence)> on_notice;
        /// A request has changed the settings: for ConfigStore::remember_tls. Not for what came from the
        /// file.
        std::function<void(const TlsSettings&)> on_settings;
    };

    /// Starts the thread, which begins to load what the settings want (and makes the development certificate
    /// where they want it and there is none). Errors: system (no thread).
    [[nodiscard]] static Result<std::unique_ptr<TlsService>> create(Options options);
    /// As `close`.
    ~TlsService();
    TlsService(const TlsService&) = delete;
    TlsService& operator=(const TlsService&) = delete;

    /// What is known after the first loading: for EngineConfig::tls and for a start's notices.
    struct First {
        std::shared_ptr<const TlsCredentials> credentials; ///< null: TLS is not served yet
        std::vector<std::string> notices;
    };
    /// Waits without an end until what the settings want has been loaded, or could not be. False when
    /// `interrupting` (a descriptor; -1: none) became readable before. Blocks.
    [[nodiscard]] bool wait_until_loaded(int interrupting = -1) const;
    /// Waits for it, at most `patience`; what is not ready by then comes through the callbacks. Before
    /// `start`; after a request that has changed what is served it says that. Blocks.
    [[nodiscard]] First wait_for_first(milliseconds patience = milliseconds(2'000));
    /// Sets the callbacks and begins to watch. Tells at once what `wait_for_first` has not given. Call once.
    void start(Callbacks callbacks);

    /// The latest one; never null.
    [[nodiscard]] std::shared_ptr<const TlsStatus> status() const;

    template <class Value>
    using Answer = std::function<void(Value)>;

    /// Serves the development certificate, makes it where there is none. `names`: what it is to be for beside
    /// the loopback names; nothing: as it is, or as the settings say for a new one. Errors: invalid_argument
    /// (a name is malformed, or the certificate that there is lacks one: that takes a renewal), those of
    /// CertificateFolder, not_found (no folder).
    void serve_development(
        std::optional<std::vector<std::string>> names, Answer<Result<DevelopmentStatus>> answer);
    /// Makes a new development certificate with a new authority, in place of one that there may be, and
    /// carries the trust over (RenewalReport). Served at once where the development certificate is. `names`
    /// as above, but all of them: those left out are gone. Errors: as above; then all is as it was.
    void renew_development(
        std::optional<std::vector<std::string>> names, Answer<Result<RenewalReport>> answer);
    /// Serves a person's own files. The passphrase opens keys that replace this one, too, and is kept in
    /// memory only. With an error all is as it was.
    void serve_own(OwnCertificateFiles files, std::optional<std::string> passphrase,
        Answer<OwnCertificateResult> answer);
    /// Judges them and changes nothing: while a person chooses.
    void check_own(OwnCertificateFiles files, std::optional<std::string> passphrase,
        Answer<OwnCertificateResult> answer);
    /// The passphrase for the files of the settings (TlsStatus::passphrase_needed). Answered as `serve_own`;
    /// the settings are not saved anew.
    void use_passphrase(std::string passphrase, Answer<OwnCertificateResult> answer);
    /// Serves TLS no more. The certificates stay.
    void turn_off(Answer<Result<void>> answer);

    /// Finds the places and what they think of the authority (TlsStatus::places). Takes as long as certutil
    /// does: a second or more. Errors: not_found (no development certificate; the places are found all the
    /// same), no others: what cannot be found out is `unknown`.
    void look_up_trust(Answer<Result<void>> answer);
    /// Trusts the authority at the places with these paths; empty: wherever certutil can, which is everywhere
    /// but the system's store. A path that is not in TlsStatus::places is a folder that has an NSS database
    /// or is to get one. One outcome a place, in their order. Errors: not_found (no development certificate,
    /// no place, or no certutil, with how to get it), invalid_argument (a path is no folder).
    void trust(std::vector<std::string> paths, Answer<TrustResult<std::vector<TrustOutcome>>> answer);
    /// Takes the trust back, also of older authorities of ours; works without a development certificate too.
    /// Otherwise as `trust`.
    void untrust(std::vector<std::string> paths, Answer<TrustResult<std::vector<TrustOutcome>>> answer);
    /// Writes the authority's certificate for another machine or browser. Errors: not_found (none), those of
    /// write_file_atomically.
    void export_authority(std::string path, Answer<Result<void>> answer);

    /// Ends the thread. What runs may come to its end for a moment (a certutil that still runs then is
    /// killed); what was asked for and has not begun is answered with not_running. At most two seconds, also
    /// when a file system never answers. Blocks.
    void close();

private:
    class Worker;
    explicit TlsService(std::shared_ptr<Worker> worker);
    std::shared_ptr<Worker> worker_;
};

} // namespace jackfield::app
