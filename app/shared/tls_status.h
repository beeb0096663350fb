#pragma once

#include "app/shared/certificate_folder.h"
#include "app/shared/tls_settings.h"
#include "app/shared/trust_store.h"

#include "jackfield/certificate.h"

#include <optional>
#include <string>
#include <vector>

namespace jackfield::app {

enum class TlsSource {
    none, ///< TLS is not served
    development,
    own, ///< files of the person's
};

/// What a TlsService is busy with.
enum class TlsActivity {
    nothing,
    loading, ///< reading a certificate and key
    issuing, ///< making a development certificate
    looking_up_trust,
    trusting,
    untrusting,
    exporting,
};

/// The development certificate as it lies on the disk, whether it is served or not.
struct DevelopmentStatus {
    CertificateFacts certificate;
    CertificateFacts authority; ///< what browsers are to trust
    std::vector<std::string> added_names; ///< beside the loopback names
    CertificateAge age;
};

/// Somewhere that decides for itself which authorities it trusts.
struct TrustPlaceStatus {
    TrustPlace place; ///< its path tells it from the others
    /// About the authority in DevelopmentStatus. Nothing while nobody has looked since that has changed.
    std::optional<TrustStanding> standing;
};

/// Everything that a front end shows of TLS, at one moment. A value that never changes; texts without a full
/// stop. Texts of a person's own certificate come from whoever made it, and paths from whoever named the
/// files: hostile. The rest is ours.
struct TlsStatus {
    TlsSettings settings; ///< what is asked for
    bool is_for_this_run = false; ///< `settings` are the command line's; those of the file wait

    // What is served
    TlsSource serving = TlsSource::none;
    std::vector<CertificateFacts> chain; ///< the server's certificate first; empty: TLS is not served
    CertificateAge age; ///< of chain.front()
    std::vector<std::string> warnings; ///< what browsers may object to
    /// Why what is asked for is not served; what was served before goes on (`serving`). Also why new files on
    /// the disk were not taken over. Empty: all is as asked for.
    std::string problem;
    /// The key in `settings.own` is encrypted: ask for its passphrase and give it
    /// (TlsService::use_passphrase).
    bool passphrase_needed = false;

    // The development certificate
    std::string folder; ///< where it is kept; empty: nowhere, settings are in memory only
    std::string no_folder_why; ///< why there can be none without a folder; empty with one
    std::optional<DevelopmentStatus> development; ///< nothing: there is none, or none that can be used
    std::string development_problem; ///< it is there and cannot be used; a renewal makes another
    std::string authority_path; ///< its authority's certificate, for importing; empty without `development`
    std::vector<std::string> missing_names; ///< `settings.names` that it is not for; a renewal adds them
    /// It ends within 30 days or has ended, or `missing_names` is not empty. Offer the renewal and say that
    /// the new authority has to be trusted anew: nothing renews by itself.
    bool renewal_offered = false;

    // Trust in its authority
    bool has_certutil = false; ///< false: `places` cannot be changed by Jackfield, only by the steps
    std::vector<TrustPlaceStatus> places; ///< the system's too, which only steps can change
    std::vector<TrustSteps> steps; ///< Chromium, Firefox, system; empty without `development`

    TlsActivity activity = TlsActivity::nothing;
    std::string activity_place; ///< the title of the place that it is busy with; empty for none

    /// Where the secrets of every connection are written (SSLKEYLOGFILE): whoever may read that file can read
    /// the traffic. Empty: nowhere.
    std::string key_log_path;
};

} // namespace jackfield::app
