#pragma once

#include "app/shared/tls_service.h"

#include <string>
#include <vector>

namespace jackfield::app {

// What is said about certificates and trust, as lines for a terminal. Whatever a certificate or a path says
// is made printable.

[[nodiscard]] std::vector<std::string> lines_about(
    const CertificateFacts& certificate, const CertificateAge& age);
/// The development certificate, its authority, and where both lie.
[[nodiscard]] std::vector<std::string> lines_about_development(const TlsStatus& status);
/// Whether it is asked for, and what is.
[[nodiscard]] std::string line_about_settings(const TlsStatus& status);
/// Who trusts the authority, one place a line.
[[nodiscard]] std::vector<std::string> lines_about_trust(const TlsStatus& status);
/// What a person has to do, of one target; `undo` for taking it back. Of the system only the command.
[[nodiscard]] std::vector<std::string> lines_about_steps(const TrustSteps& steps, bool undo);
/// A place with its folder.
[[nodiscard]] std::string shown(const TrustPlace& place);

} // namespace jackfield::app
