#pragma once

#include "jackfield/certificate.h"
#include "jackfield/tls_credentials.h"

#include <memory>
#include <string>
#include <vector>

namespace jackfield::test {

/// Credentials for localhost and `added`, made as of `now`: valid from a day before until 396 days after.
inline std::shared_ptr<const TlsCredentials> developmentCredentials(
    WallTime now, const std::vector<std::string>& added = {})
{
    const auto made = issue_development_certificate(added, now);
    auto identity = check_identity(made.value().certificate_pem, made.value().key_pem, std::nullopt, now);
    return TlsCredentials::create(std::move(identity).value()).value();
}

} // namespace jackfield::test
