#include "jackfield/tls_credentials.h"

#include "net/tls_context.h"

#include <utility>

namespace jackfield {

Result<std::shared_ptr<const TlsCredentials>> TlsCredentials::create(TlsIdentity identity, KeyLog key_log)
{
    if (identity.chain.empty()) {
        auto facts = describe_certificates(identity.chain_pem);
        if (!facts)
            return tl::unexpected(std::move(facts.error()));
        identity.chain = std::move(*facts);
    }
    auto context = net::TlsContext::create(
        {std::move(identity.chain_pem), std::move(identity.key_pem), {}}, std::move(key_log));
    if (!context)
        return tl::unexpected(std::move(context.error()));
    return std::shared_ptr<const TlsCredentials>(
        new TlsCredentials(std::move(identity.chain), std::move(*context)));
}

TlsCredentials::TlsCredentials(
    std::vector<CertificateFacts> chain, std::shared_ptr<const net::TlsContext> context)
    : chain_(std::move(chain))
    , context_(std::move(context))
{ }

TlsCredentials::~TlsCredentials() = default;

} // namespace jackfield
