#include "app/terminal/terminal_server.h"

#include "app/shared/project_commands.h"
#include "app/terminal/trust_question.h"

#include "jackfield/escape.h"

#include <utility>

namespace jackfield::app {

void TerminalServer::watch_files()
{
    if (!start_.store)
        return;
    ConfigStore::Callbacks callbacks;
    callbacks.on_problem = [this](const std::string& problem) { notes_.post(problem); };
    callbacks.on_list_changed
        = [this](ListKind list, const AccessList& content, const std::vector<std::string>& notices) {
              for (const std::string& notice : notices) {
                  if (notice != content.problem) // the engine tells of that one
                      notes_.post(notice);
              }
              engine_->submit(command::ReplaceList{list, content, true});
          };
    start_.store->start(std::move(callbacks));
}

void TerminalServer::watch_certificate()
{
    TlsService::Callbacks callbacks;
    callbacks.on_credentials = [this](std::shared_ptr<const TlsCredentials> credentials) {
        engine_->submit(command::SetTls{std::move(credentials)});
    };
    callbacks.on_notice = [this](const std::string& sentence) { notes_.post(sentence); };
    // Its one thread goes on serving, and asks for no passphrase: it says what to do.
    callbacks.on_status = [this, was_needed = start_.tls->status()->passphrase_needed](
                              const std::shared_ptr<const TlsStatus>& status) mutable {
        const bool was = std::exchange(was_needed, status->passphrase_needed);
        if (status->passphrase_needed && !was && status->settings.own)
            notes_.post("A server that runs asks for no passphrase: start jackfield-terminal again at a terminal, or use a copy "
                        "of the key that is not encrypted: (umask 077; openssl pkey -in "
                + quote_for_shell(status->settings.own->key_path) + " -out NEW-KEY), then jackfield-terminal certificate use "
                + quote_for_shell(status->settings.own->chain_path) + " NEW-KEY");
    };
    callbacks.on_settings = [this](const TlsSettings& settings) {
        if (start_.store)
            start_.store->remember_tls(settings);
    };
    start_.tls->start(std::move(callbacks));
}

void TerminalServer::watch_project()
{
    if (!start_.project)
        return;
    project_listeners_ = start_.project->project.settings.listeners;
    ProjectStore::Callbacks callbacks;
    callbacks.on_changed = [this](ProjectChange change) { on_project_changed(std::move(change)); };
    project_store_ = std::make_unique<ProjectStore>(ProjectDisk(), std::move(callbacks));
    project_store_->adopt(start_.project->path, start_.project->text);
}

// On the project store's thread, as take_project.
void TerminalServer::on_project_changed(ProjectChange change)
{
    if (auto* read = std::get_if<ReadProject>(&change))
        take_project(std::move(*read));
    else if (const auto* unusable = std::get_if<ProjectUnusable>(&change))
        notes_.post(unusable->problem + ". What was in force stays in force");
    else if (std::holds_alternative<ProjectBack>(change))
        notes_.post("The project file is again what is in force");
    else
        notes_.post("The project file is gone. What was in force stays in force");
}

void TerminalServer::take_project(ReadProject read)
{
    std::shared_ptr<const ServerStatus> status;
    {
        const std::lock_guard lock(status_mutex_);
        status = status_;
    }
    auto widening = widenings(read.project, in_force(*status));
    if (start_.listens_as_told)
        std::erase_if(widening, [](const Widening& each) { return each.what == Widening::What::listener; });
    if (!widening.empty() && !start_.trust_project) {
        std::string lines = listed(widening);
        lines.pop_back();
        notes_.post(
            "The project file has changed and is not taken over, since it lets in more than before:\n" + lines
                + "\nStart again to accept that, or with --trust-project");
        return;
    }
    for (const std::string& notice : read.notices)
        notes_.post(notice);
    const bool with_listeners
        = !start_.listens_as_told && read.project.settings.listeners != project_listeners_;
    project_listeners_ = read.project.settings.listeners;
    for (Command& command : commands_for(trusted(read.project), *status, with_listeners))
        engine_->submit(std::move(command));
    notes_.post("The project file has changed and was taken over");
}

} // namespace jackfield::app
