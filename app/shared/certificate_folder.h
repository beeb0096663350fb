#pragma once

#include "jackfield/certificate.h"
#include "jackfield/result.h"

#include <optional>
#include <string>
#include <vector>

namespace jackfield::app {

/// How long a certificate still serves.
struct CertificateAge {
    enum class State {
        good,
        ends_soon, ///< within 30 days
        ended,
        not_begun,
    };
    State state = State::good;
    int days_left = 0; ///< whole ones, rounded down; 0 on the last day, less than 0 when it has ended
};
[[nodiscard]] CertificateAge age_of(const CertificateFacts& certificate, WallTime now);

/// The development certificate as it lies on the disk.
struct StoredDevelopmentCertificate {
    TlsIdentity identity; ///< the certificate and its key, for the server
    CertificateFacts authority;
    std::string authority_pem;
    std::vector<std::string> added_names; ///< what it is for beside the loopback names
};

/// The folder `tls` in a configuration folder (mode 0700), with the development certificate in it:
/// `development.pem` (mode 0600) holds key, certificate and authority in one file, so that they are replaced
/// together or not at all, and `jackfield-authority.crt` is the authority once more, for importing it.
/// Any thread, one at a time; all but the constructor and the paths block. Two programs on one folder may
/// follow one another, either's certificate is whole.
class CertificateFolder {
public:
    explicit CertificateFolder(const std::string& configuration_folder);

    [[nodiscard]] const std::string& folder() const { return folder_; }
    [[nodiscard]] const std::string& development_path() const { return development_path_; }
    /// What a browser or the system imports; there after `load`, `create` and `renew`.
    [[nodiscard]] const std::string& authority_path() const { return authority_path_; }

    /// Reads the certificate and has `authority_path` say the same. One that has expired is loaded too.
    /// Errors: not_found (there is none yet), permission_denied (others may read or change the key; the text
    /// says what mends it), malformed (the text says what is wrong; `renew` makes a new one), and those of
    /// files.
    [[nodiscard]] Result<StoredDevelopmentCertificate> load(WallTime now) const;

    /// Makes the first one. Errors: invalid_argument (a name, or there is one already), and those of files.
    [[nodiscard]] Result<StoredDevelopmentCertificate> create(
        const std::vector<std::string>& added_names, WallTime now) const;

    struct Renewal {
        StoredDevelopmentCertificate certificate;
        /// Trust in it is to be taken back; absent when there was none that could be read.
        std::optional<CertificateFacts> replaced_authority;
    };
    /// Makes a new authority and certificate in place of what is there. On error that stays as it was.
    [[nodiscard]] Result<Renewal> renew(const std::vector<std::string>& added_names, WallTime now) const;

    /// Removes key, certificate and authority. The authority whose trust is to be taken back, where it could
    /// be read. Nothing to remove is no error. Errors: those of files.
    [[nodiscard]] Result<std::optional<CertificateFacts>> remove() const;

    /// Writes the authority's certificate for another machine or browser. Errors: those of `load` and of
    /// `write_file_atomically`.
    [[nodiscard]] Result<void> export_authority(const std::string& path, WallTime now) const;

private:
    [[nodiscard]] Result<StoredDevelopmentCertificate> write(
        const std::vector<std::string>& added_names, WallTime now) const;
    [[nodiscard]] std::optional<CertificateFacts> stored_authority() const;

    std::string folder_;
    std::string development_path_;
    std::string authority_path_;
};

} // namespace jackfield::app
