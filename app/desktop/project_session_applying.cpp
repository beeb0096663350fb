// A project's way into the server, and what the open one says of listeners.
#include "app/desktop/project_session.h"
#include "app/shared/project_commands.h"
#include "ui/bridge/engine_port.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace jackfield::app {

const std::vector<ListenSpec>& ProjectSession::listeners_in_force() const
{
    return path_.empty() ? folder_.settings.listeners : listeners_;
}

/// What a person has added for the time being, and what takes the place of all listeners closes.
void ProjectSession::tell_of_lost_listeners(
    const std::vector<ListenSpec>& before, const std::vector<ListenSpec>& wanted)
{
    const auto holds = [](const std::vector<ListenSpec>& specs, const SocketAddress& address) {
        return std::any_of(
            specs.begin(), specs.end(), [&](const ListenSpec& spec) { return spec.address == address; });
    };
    for (const ListenerStatus& listener : port_.status()->listeners) {
        const SocketAddress& address = listener.spec.address;
        if (listener.listening && !address.is_loopback() && !holds(before, address) && !holds(wanted, address))
            Q_EMIT notices({address.text()
                + " is not listened on any more: it was added for the time being, and Use from a phone adds it again"});
    }
}

void ProjectSession::apply_to_server(const Project& project, bool with_listeners, bool is_closing,
    const std::vector<ListenSpec>& listeners_before)
{
    const auto status = port_.status();
    // A person has stopped it; what could not listen is another matter.
    const bool was_stopped = !is_start_ && !status->listening && status->listeners.empty();
    const bool listens = (with_listeners && !listens_as_told_) || is_start_;
    auto commands = commands_for(project, *status, listens && !(is_start_ && listens_as_told_));
    // At the start nothing was listened on; where the command line says, it says so now.
    if (is_start_ && listens_as_told_)
        commands.emplace_back(command::Listen{folder_.settings.listeners});
    // Listen is what the next start of the server is told by; nothing is let in between.
    if (is_closing && was_stopped)
        commands.emplace_back(command::StopListening{});
    is_start_ = false;
    if (std::any_of(commands.begin(), commands.end(),
            [](const Command& command) { return std::holds_alternative<command::Listen>(command); }))
        tell_of_lost_listeners(listeners_before, project.settings.listeners);
    applying_ = Applying{
        ++round_, commands.size(), status->access_revision + access_changes_of(commands), is_closing, {}};
    for (Command& command : commands) {
        const bool listening = std::holds_alternative<command::Listen>(command);
        port_.submitWithReply(std::move(command), this,
            [this, listening, round = round_](const event::CommandFinished& finished) {
                // What cannot be bound has a bar of its own.
                if (finished.error && !listening)
                    Q_EMIT notices({finished.error->message()});
                if (applying_ && applying_->round == round && applying_->unfinished > 0) {
                    if (finished.error && !listening)
                        applying_->refused.push_back(finished.error->message());
                    --applying_->unfinished;
                    settle(*port_.status());
                }
            });
    }
}

// The outcomes come through one lane and the status through another: both must be here.
void ProjectSession::settle(const ServerStatus& status)
{
    if (!applying_ || applying_->unfinished > 0 || status.access_revision < applying_->revision)
        return;
    const Applying applied = std::move(*std::exchange(applying_, std::nullopt));
    if (!applied.is_closing) {
        // What the server made of it counts as what was opened, unless something is missing of it, which saving
        // would lose.
        if (applied.refused.empty())
            saved_ = project_of(status, listeners_, std::move(saved_.templates));
        losses_.insert(losses_.end(), applied.refused.begin(), applied.refused.end());
        refresh_modified();
    }
    go_on();
}

void ProjectSession::take_listeners(const std::vector<ListenSpec>& specs)
{
    if (path_.empty()) {
        folder_.settings.listeners = specs; // what a project that is saved from here on says
        return;
    }
    listeners_ = specs;
    refresh_modified();
}

// One that was added for the time being is in neither. Without any left the server is stopped, which a project
// does not hold.
void ProjectSession::drop_listener(const ListenSpec& spec)
{
    std::vector<ListenSpec> left = listeners_in_force();
    const auto found = std::find(left.begin(), left.end(), spec);
    if (found == left.end() || left.size() == 1)
        return;
    const auto next = left.erase(found);
    if (next != left.end() && next->same_port_as_previous)
        next->same_port_as_previous = spec.same_port_as_previous;
    take_listeners(left);
}

} // namespace jackfield::app
