#include "app/shared/config_store.h"

#include "app/shared/config_worker.h"

namespace jackfield::app {

ConfigStore::ConfigStore(std::string folder, std::shared_ptr<Worker> worker, StoredConfig loaded)
    : folder_(std::move(folder))
    , worker_(std::move(worker))
    , loaded_(std::move(loaded))
{ }

ConfigStore::~ConfigStore()
{
    close();
}

Result<std::unique_ptr<ConfigStore>> ConfigStore::open(
    const std::string& folder, std::chrono::milliseconds patience, std::vector<std::string> behaviours)
{
    auto worker = std::make_shared<Worker>(folder, std::move(behaviours));
    auto loaded = worker->load(patience);
    if (!loaded) {
        worker->close(patience);
        return tl::unexpected<Error>(std::move(loaded.error()));
    }
    return std::unique_ptr<ConfigStore>(new ConfigStore(folder, std::move(worker), std::move(*loaded)));
}

bool ConfigStore::is_in_use() const
{
    return worker_->is_in_use();
}

void ConfigStore::start(Callbacks callbacks)
{
    worker_->start(std::move(callbacks));
}

void ConfigStore::remember(std::shared_ptr<const ServerStatus> status)
{
    worker_->remember(std::move(status));
}

void ConfigStore::remember_templates(std::vector<TemplateNode> templates)
{
    worker_->remember_templates(std::move(templates));
}

void ConfigStore::remember_sent(std::vector<ComposedMessage> sent)
{
    worker_->remember_sent(std::move(sent));
}

void ConfigStore::remember_pages(std::vector<RememberedPage> pages)
{
    worker_->remember_pages(std::move(pages));
}

void ConfigStore::remember_tls(TlsSettings tls)
{
    worker_->remember_tls(std::move(tls));
}

void ConfigStore::retry()
{
    worker_->retry();
}

bool ConfigStore::has_unsaved() const
{
    return worker_->has_unsaved();
}

void ConfigStore::close(std::chrono::milliseconds patience)
{
    worker_->close(patience);
}

} // namespace jackfield::app
