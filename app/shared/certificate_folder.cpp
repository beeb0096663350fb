#include "app/shared/certificate_folder.h"

#include "jackfield/atomic_file.h"
#include "jackfield/escape.h"
#include "jackfield/secret_file.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <unistd.h>

namespace jackfield::app {
namespace {

constexpr std::uint64_t largest_file = 1U << 20U;
constexpr int warning_days = 30;

tl::unexpected<Error> damaged(const std::string& path, const std::string& why)
{
    return fail(ErrorCode::malformed,
        "the development certificate in " + escape_for_terminal(path) + " cannot be used: " + why
            + "; make a new one in its place");
}

std::vector<std::string> added_of(const CertificateFacts& certificate)
{
    std::vector<std::string> added;
    for (const std::string& name : certificate.names) {
        const auto& known = loopback_names();
        if (std::find(known.begin(), known.end(), name) == known.end())
            added.push_back(name);
    }
    return added;
}

/// The last certificate of a text: `development.pem` ends with the authority's.
std::string last_certificate(const std::string& pem)
{
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
    const std::size_t at = pem.rfind(begin);
    return at == std::string::npos ? std::string() : pem.substr(at);
}

Result<void> remove_file(const std::string& path)
{
    if (::unlink(path.c_str()) == 0 || errno == ENOENT || errno == ENOTDIR)
        return {};
    return fail(errno == EACCES || errno == EPERM ? ErrorCode::permission_denied : ErrorCode::system,
        "cannot remove " + escape_for_terminal(path), errno);
}

Result<void> make_folders(const std::string& folder)
{
    std::error_code error;
    const std::filesystem::path parent = std::filesystem::path(folder).parent_path();
    std::filesystem::create_directories(parent.parent_path(), error);
    if (error)
        return fail(ErrorCode::system, "cannot make the folder " + escape_for_terminal(parent.string()),
            error.value());
    // The configuration folder itself keeps the mode that its owner has given it.
    if (!std::filesystem::exists(parent, error)) {
        if (auto made = make_secret_folder(parent.string()); !made)
            return made;
    }
    return make_secret_folder(folder);
}

/// Others may read the authority, and a folder of mode 0700 keeps them from it all the same.
Result<void> write_authority(const std::string& path, const std::string& pem)
{
    const auto there = read_whole_file(path, largest_file);
    if (there && *there == pem)
        return {};
    return write_secret_file(path, pem);
}

} // namespace

CertificateAge age_of(const CertificateFacts& certificate, WallTime now)
{
    using days = std::chrono::duration<std::int64_t, std::ratio<86'400>>;
    CertificateAge age;
    age.days_left = static_cast<int>(std::chrono::floor<days>(certificate.not_after - now).count());
    if (now > certificate.not_after)
        age.state = CertificateAge::State::ended;
    else if (now < certificate.not_before)
        age.state = CertificateAge::State::not_begun;
    else if (age.days_left < warning_days)
        age.state = CertificateAge::State::ends_soon;
    return age;
}

CertificateFolder::CertificateFolder(const std::string& configuration_folder)
    : folder_(configuration_folder + "/tls")
    , development_path_(folder_ + "/development.pem")
    , authority_path_(folder_ + "/jackfield-authority.crt")
{ }

Result<StoredDevelopmentCertificate> CertificateFolder::load(WallTime now) const
{
    remove_stale_temporaries(development_path_);
    remove_stale_temporaries(authority_path_);
    auto pem = read_secret_file(development_path_, largest_file);
    if (!pem) {
        if (pem.error().code == ErrorCode::not_found)
            return fail(ErrorCode::not_found, "there is no development certificate yet");
        if (pem.error().code == ErrorCode::too_large)
            return damaged(development_path_, "it is larger than 1 MiB");
        return tl::unexpected<Error>(std::move(pem.error()));
    }
    StoredDevelopmentCertificate stored;
    auto identity = check_identity(*pem, *pem, std::nullopt, now);
    if (!identity)
        return damaged(development_path_, identity.error().detail);
    stored.identity = std::move(*identity);
    if (stored.identity.chain.size() != 2 || !stored.identity.chain.back().is_authority)
        return damaged(development_path_, "the authority that has issued it is not in it");
    stored.authority = stored.identity.chain.back();
    // Who trusts the authority has it, and who does not gains nothing by it.
    stored.authority_pem = last_certificate(stored.identity.chain_pem);
    stored.identity.chain_pem.resize(stored.identity.chain_pem.size() - stored.authority_pem.size());
    stored.identity.chain.pop_back();
    stored.added_names = added_of(stored.identity.chain.front());
    if (auto written = write_authority(authority_path_, stored.authority_pem); !written)
        stored.identity.warnings.push_back(written.error().message());
    return stored;
}

Result<StoredDevelopmentCertificate> CertificateFolder::write(
    const std::vector<std::string>& added_names, WallTime now) const
{
    const auto made = issue_development_certificate(added_names, now);
    if (!made)
        return tl::unexpected<Error>(made.error());
    if (auto folder = make_folders(folder_); !folder)
        return tl::unexpected<Error>(std::move(folder.error()));
    if (auto written
        = write_secret_file(development_path_, made->key_pem + made->certificate_pem + made->authority_pem);
        !written)
        return tl::unexpected<Error>(std::move(written.error()));
    return load(now);
}

Result<StoredDevelopmentCertificate> CertificateFolder::create(
    const std::vector<std::string>& added_names, WallTime now) const
{
    std::error_code error;
    if (std::filesystem::exists(std::filesystem::symlink_status(development_path_, error)))
        return fail(ErrorCode::invalid_argument,
            "there is a development certificate already, in " + escape_for_terminal(development_path_));
    return write(added_names, now);
}

Result<CertificateFolder::Renewal> CertificateFolder::renew(
    const std::vector<std::string>& added_names, WallTime now) const
{
    auto replaced = stored_authority();
    auto certificate = write(added_names, now);
    if (!certificate)
        return tl::unexpected<Error>(std::move(certificate.error()));
    return Renewal{std::move(*certificate), std::move(replaced)};
}

Result<std::optional<CertificateFacts>> CertificateFolder::remove() const
{
    auto authority = stored_authority();
    // The key first: what is left when the rest fails serves nobody.
    for (const std::string& path : {development_path_, authority_path_}) {
        if (auto removed = remove_file(path); !removed)
            return tl::unexpected<Error>(std::move(removed.error()));
        remove_stale_temporaries(path);
    }
    ::rmdir(folder_.c_str()); // unless somebody keeps other files there
    return authority;
}

std::optional<CertificateFacts> CertificateFolder::stored_authority() const
{
    // Whether the key is a secret does not matter here, nor whether there is one.
    for (const std::string& path : {development_path_, authority_path_}) {
        const auto pem = read_whole_file(path, largest_file);
        if (!pem)
            continue;
        auto certificates = describe_certificates(*pem);
        if (certificates && certificates->back().is_authority)
            return std::move(certificates->back());
    }
    return std::nullopt;
}

Result<void> CertificateFolder::export_authority(const std::string& path, WallTime now) const
{
    const auto stored = load(now);
    if (!stored)
        return tl::unexpected<Error>(stored.error());
    return write_file_atomically(path, stored->authority_pem);
}

} // namespace jackfield::app
