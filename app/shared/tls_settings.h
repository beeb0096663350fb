#pragma once

#include "app/shared/own_certificate.h"

#include "jackfield/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield::app {

/// What a person wants of TLS: the member `tls` of the settings,
/// `{"enabled":true,"names":["shop.test"]}` for the development certificate, or
/// `{"enabled":true,"certificate":"/path/chain.pem","key":"/path/key.pem"}` for files of their own; both may
/// stand there, then the files count. `"trusted_in":["/path"]` where there are `trusted_folders`, and
/// `"own_before":{"certificate":"/path/chain.pem","key":"/path/key.pem"}` where there is `own_before`. Holds no
/// secret: a passphrase is never kept.
struct TlsSettings {
    bool enabled = false;
    /// What the development certificate is for beside the loopback names, each as check_development_name
    /// gives it. Of the next one: those of the one that there is are in the certificate.
    std::vector<std::string> names;
    std::optional<OwnCertificateFiles> own; ///< absolute paths; nothing for the development certificate
    /// Folders of NSS databases that were named by hand to trust the development certificate's authority, from the
    /// root on: a renewal goes there too. At most `most_trusted_folders`.
    std::vector<std::string> trusted_folders = {};
    /// What `own` was before the development certificate took its place, for whoever goes back. Nothing while
    /// there is `own`.
    std::optional<OwnCertificateFiles> own_before = std::nullopt;
    bool operator==(const TlsSettings&) const = default;
};

inline constexpr std::size_t most_trusted_folders = 100;

/// The development certificate takes the place of `own`, which becomes `own_before`.
void put_development_in_place(TlsSettings& settings);

/// Reads the member from the text of a settings file. Total as `parse_settings` is: what cannot be used has
/// no effect and is one sentence in `notices`; with paths that cannot be used TLS is not enabled. Errors:
/// malformed, as parse_settings.
[[nodiscard]] Result<TlsSettings> parse_tls_settings(
    std::string_view text, std::vector<std::string>& notices, std::string_view about = "Settings: ");

/// The text of a settings file with `settings` as its member `tls`; members of it that Jackfield does not
/// know are kept, as all others are. `text` may be empty or malformed: the result is then a file with this
/// member alone.
[[nodiscard]] std::string with_tls_settings(std::string_view text, const TlsSettings& settings);

/// Whether the paths can stand in a settings file, which is UTF-8.
[[nodiscard]] bool can_be_kept(const OwnCertificateFiles& files);
[[nodiscard]] bool path_can_be_kept(const std::string& path);

} // namespace jackfield::app
