#include "app/shared/own_certificate.h"

#include "jackfield/atomic_file.h"
#include "jackfield/escape.h"
#include "jackfield/secret_file.h"

namespace jackfield::app {
namespace {

constexpr std::uint64_t largest_pem_file = 1U << 20U;

IdentityResult file_problem(const Error& error, const std::string& what)
{
    const IdentityProblem problem = error.code == ErrorCode::too_large ? IdentityProblem::too_large
        : error.code == ErrorCode::no_memory                           ? IdentityProblem::no_memory
                                                                       : IdentityProblem::unreadable_file;
    return tl::unexpected<IdentityError>(
        IdentityError{problem, "the " + what + " cannot be read: " + error.message()});
}

// With the path of the file that an error is about in front of it.
IdentityResult with_its_file(IdentityResult result, const OwnCertificateFiles& files)
{
    if (result)
        return result;
    switch (result.error().problem) {
    case IdentityProblem::no_key:
    case IdentityProblem::certificate_instead_of_key:
    case IdentityProblem::malformed_key:
    case IdentityProblem::unsupported_key:
    case IdentityProblem::passphrase_needed:
    case IdentityProblem::passphrase_wrong:
        result.error().detail = escape_for_terminal(files.key_path) + ": " + result.error().detail;
        break;
    default:
        result.error().detail = escape_for_terminal(files.chain_path) + ": " + result.error().detail;
    }
    return result;
}

} // namespace

IdentityResult load_own_certificate(
    const OwnCertificateFiles& files, const std::optional<std::string>& passphrase, WallTime now)
{
    const auto chain = read_whole_file(files.chain_path, largest_pem_file);
    if (!chain)
        return file_problem(chain.error(), "certificate");
    // A certificate chosen as the key is told as that, and not because others may read it.
    if (files.chain_path != files.key_path) {
        const auto open = read_whole_file(files.key_path, largest_pem_file);
        if (open && open->find("PRIVATE KEY-----") == std::string::npos)
            return with_its_file(check_identity(*chain, *open, passphrase, now), files);
    }
    const auto key = read_secret_file(files.key_path, largest_pem_file);
    if (!key)
        return file_problem(key.error(), "private key");
    return with_its_file(check_identity(*chain, *key, passphrase, now), files);
}

CertificateWatch::CertificateWatch(
    OwnCertificateFiles files, std::optional<std::string> passphrase, const TlsIdentity& serving)
    : files_(std::move(files))
    , passphrase_(std::move(passphrase))
    , serving_(serving.chain_pem)
    , serving_validity_(validity_of(serving))
{ }

CertificateWatch::~CertificateWatch() = default;

CertificateWatch::Pair CertificateWatch::look() const
{
    return {stamp_of(files_.chain_path), stamp_of(files_.key_path)};
}

CertificateWatch::Validity CertificateWatch::validity_of(const TlsIdentity& identity)
{
    const CertificateFacts& certificate = identity.chain.front();
    return {certificate.not_before, certificate.not_after};
}

IdentityResult CertificateWatch::load(WallTime now)
{
    untimely_.reset();
    auto loaded = load_own_certificate(files_, passphrase_, now);
    if (!loaded || loaded->chain_pem == serving_ || !serving_validity_.holds(now))
        return loaded;
    const Validity validity = validity_of(*loaded);
    if (validity.holds(now))
        return loaded;
    untimely_ = validity;
    return tl::unexpected<IdentityError>(IdentityError{IdentityProblem::not_valid_now,
        escape_for_terminal(files_.chain_path)
            + (now < validity.from ? ": the certificate is not valid yet: browsers will refuse it"
                                   : ": the certificate has expired: browsers will refuse it")});
}

std::optional<IdentityResult> CertificateWatch::poll(WallTime now)
{
    // Before the reading: what changes during it is seen by the next poll.
    const Pair found = look();
    const bool is_new = found != known_;
    const bool is_its_time = untimely_ && (untimely_->holds(now) || !serving_validity_.holds(now));
    if (!is_new && !look_again_ && !is_its_time) {
        doubtful_.reset();
        return std::nullopt;
    }
    const bool still_young = is_young(found.chain, now) || is_young(found.key, now);
    auto loaded = load(now);
    if (loaded) {
        known_ = found;
        known_is_bad_ = false;
        doubtful_.reset();
        look_again_ = still_young;
        if (loaded->chain_pem == serving_)
            return std::nullopt;
        serving_ = loaded->chain_pem;
        serving_validity_ = validity_of(*loaded);
        return loaded;
    }
    look_again_ = still_young;
    if (!is_new && known_is_bad_)
        return std::nullopt; // told already
    if (doubtful_ != found) {
        doubtful_ = found;
        known_.reset(); // a change that the status does not show is a change
        return std::nullopt;
    }
    known_ = found;
    known_is_bad_ = true;
    doubtful_.reset();
    return loaded;
}

} // namespace jackfield::app
