#pragma once

#include "app/shared/file_stamp.h"

#include "jackfield/certificate.h"

#include <optional>
#include <string>

namespace jackfield::app {

/// A person's own certificate and key: PEM files, which may be one and the same.
struct OwnCertificateFiles {
    std::string chain_path;
    std::string key_path;
    bool operator==(const OwnCertificateFiles&) const = default;
};

/// Reads and checks them. Every error names the file. A key that others may read is refused
/// (jackfield/secret_file.h). Blocks.
[[nodiscard]] IdentityResult load_own_certificate(
    const OwnCertificateFiles& files, const std::optional<std::string>& passphrase, WallTime now);

/// Notices when the files of a certificate are replaced while it serves, and loads the new ones. It has no
/// thread: whoever owns it calls `poll` now and then, every few seconds, on one thread; a poll looks at the
/// two files' status (device, inode, size, times, mode) and reads them only when that has changed, so it
/// blocks as files do.
class CertificateWatch {
public:
    /// `serving` is what was loaded from `files` with `passphrase`, which opens later keys too.
    CertificateWatch(
        OwnCertificateFiles files, std::optional<std::string> passphrase, const TlsIdentity& serving);
    ~CertificateWatch();
    CertificateWatch(const CertificateWatch&) = delete;
    CertificateWatch& operator=(const CertificateWatch&) = delete;

    /// A new certificate to serve from the next handshake on; or why the new files cannot be used, in which
    /// case what serves goes on serving. Nothing for no news: each replacement is told once. Certificate and
    /// key are replaced one after the other, so what is wrong is told only when the next poll finds the same
    /// files. One that has expired or is not valid yet does not replace one that is valid (not_valid_now): it is
    /// taken when its time has come, or when that of what serves is over.
    [[nodiscard]] std::optional<IdentityResult> poll(WallTime now);

    /// Whether what lay there at the last poll was told of as something that cannot be used.
    [[nodiscard]] bool is_bad() const { return known_is_bad_; }
    [[nodiscard]] const OwnCertificateFiles& files() const { return files_; }

private:
    struct Pair {
        FileStamp chain;
        FileStamp key;
        bool operator==(const Pair&) const = default;
    };

    struct Validity {
        WallTime from, to;
        [[nodiscard]] bool holds(WallTime now) const { return from <= now && now <= to; }
    };

    [[nodiscard]] static Validity validity_of(const TlsIdentity& identity);
    [[nodiscard]] Pair look() const;
    /// Of the files' certificate: an error as long as what serves is better.
    [[nodiscard]] IdentityResult load(WallTime now);

    OwnCertificateFiles files_;
    std::optional<std::string> passphrase_;
    std::optional<Pair> known_; ///< what was told about, or serves; nothing before the first poll
    bool known_is_bad_ = false;
    std::optional<Pair> doubtful_; ///< what could not be used at the last poll
    /// Whether the files were so new that another change within the same tick of their clock would not show.
    bool look_again_ = true;
    std::string serving_; ///< the chain, PEM
    Validity serving_validity_;
    std::optional<Validity> untimely_; ///< of what was not taken for its time
};

} // namespace jackfield::app
