#include "app/shared/tls_service.h"

#include "app/shared/tls_worker.h"

#include <utility>

namespace jackfield::app {
namespace {

const Error ending{ErrorCode::not_running, 0, "the program is ending"};

template <class Value>
Result<Value> refused()
{
    return tl::unexpected<Error>(ending);
}

OwnCertificateResult refused_own()
{
    return tl::unexpected<IdentityError>(IdentityError{IdentityProblem::unreadable_file, ending.detail});
}

} // namespace

TlsService::TlsService(std::shared_ptr<Worker> worker)
    : worker_(std::move(worker))
{ }

TlsService::~TlsService()
{
    close();
}

Result<std::unique_ptr<TlsService>> TlsService::create(Options options)
{
    auto worker = std::make_shared<Worker>(std::move(options));
    if (auto begun = worker->begin(); !begun)
        return tl::unexpected<Error>(std::move(begun.error()));
    return std::unique_ptr<TlsService>(new TlsService(std::move(worker)));
}

bool TlsService::wait_until_loaded(int interrupting) const
{
    return worker_->wait_until_loaded(interrupting);
}

TlsService::First TlsService::wait_for_first(milliseconds patience)
{
    return worker_->wait_for_first(patience);
}

void TlsService::start(Callbacks callbacks)
{
    worker_->start(std::move(callbacks));
}

std::shared_ptr<const TlsStatus> TlsService::status() const
{
    return worker_->status();
}

void TlsService::serve_development(
    std::optional<std::vector<std::string>> names, Answer<Result<DevelopmentStatus>> answer)
{
    worker_->ask(std::move(answer), refused<DevelopmentStatus>(),
        [names = std::move(names)](Worker& worker) { return worker.serve_development(names); });
}

void TlsService::renew_development(
    std::optional<std::vector<std::string>> names, Answer<Result<RenewalReport>> answer)
{
    worker_->ask(std::move(answer), refused<RenewalReport>(),
        [names = std::move(names)](Worker& worker) { return worker.renew(names); });
}

void TlsService::serve_own(
    OwnCertificateFiles files, std::optional<std::string> passphrase, Answer<OwnCertificateResult> answer)
{
    worker_->ask(std::move(answer), refused_own(),
        [files = std::move(files), passphrase = std::move(passphrase)](
            Worker& worker) { return worker.serve_own(files, passphrase); });
}

void TlsService::check_own(
    OwnCertificateFiles files, std::optional<std::string> passphrase, Answer<OwnCertificateResult> answer)
{
    worker_->ask(std::move(answer), refused_own(),
        [files = std::move(files), passphrase = std::move(passphrase)](
            Worker& worker) { return worker.check_own(files, passphrase); });
}

void TlsService::use_passphrase(std::string passphrase, Answer<OwnCertificateResult> answer)
{
    worker_->ask(std::move(answer), refused_own(),
        [passphrase = std::move(passphrase)](Worker& worker) { return worker.use_passphrase(passphrase); });
}

void TlsService::turn_off(Answer<Result<void>> answer)
{
    worker_->ask(std::move(answer), refused<void>(), [](Worker& worker) {
        worker.turn_off();
        return Result<void>();
    });
}

void TlsService::look_up_trust(Answer<Result<void>> answer)
{
    worker_->ask(std::move(answer), refused<void>(), [](Worker& worker) { return worker.look_up_trust(); });
}

void TlsService::trust(std::vector<std::string> paths, Answer<TrustResult<std::vector<TrustOutcome>>> answer)
{
    worker_->ask(std::move(answer), TrustResult<std::vector<TrustOutcome>>(refused<std::vector<TrustOutcome>>()),
        [paths = std::move(paths)](Worker& worker) { return worker.trust(paths); });
}

void TlsService::untrust(std::vector<std::string> paths, Answer<TrustResult<std::vector<TrustOutcome>>> answer)
{
    worker_->ask(std::move(answer), TrustResult<std::vector<TrustOutcome>>(refused<std::vector<TrustOutcome>>()),
        [paths = std::move(paths)](Worker& worker) { return worker.untrust(paths); });
}

void TlsService::export_authority(std::string path, Answer<Result<void>> answer)
{
    worker_->ask(std::move(answer), refused<void>(),
        [path = std::move(path)](Worker& worker) { return worker.export_authority(path); });
}

void TlsService::close()
{
    worker_->close();
}

} // namespace jackfield::app
