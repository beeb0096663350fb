#include "ui/views/access_menu.h"

#include "ui/bridge/engine_port.h"
#include "ui/text/display_text.h"

#include "jackfield/access_rules.h"
#include "jackfield/command.h"

#include <QCoreApplication>
#include <QMenu>

#include <memory>
#include <utility>

namespace jackfield::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(AccessMenu)
};

/// Submits `command` and tells `done`, with `undo` as what takes it back, or why it was not done.
void submit(EnginePort& port, Command command, const QString& done, Command undo, QObject* owner,
    const AccessTold& told)
{
    port.submitWithReply(std::move(command), owner,
        [&port, done, undo = std::move(undo), told](const event::CommandFinished& finished) {
            if (finished.error)
                told(Words::tr("The list is as it was: %1").arg(ourText(finished.error->message())), {});
            else
                told(done, [&port, undo] { port.submit(undo); });
        });
}

} // namespace

void fillAccessMenu(
    QMenu& menu, EnginePort& port, const ConnectionInfo& info, QObject* owner, AccessTold told)
{
    const auto status = port.status();
    const AccessRules& rules = status->access;
    const std::optional<std::string_view> origin
        = info.has_origin ? std::optional<std::string_view>(*info.origin) : std::nullopt;
    const AccessDecision decision
        = decide(rules, *info.host, origin, TimePoint(std::chrono::nanoseconds(port.clockNow())));
    const auto add = [&](ListKind list, const char* name, const std::optional<std::size_t>& line,
                         const std::string& fix) {
        const bool isHost = list == ListKind::hosts;
        QAction* action = nullptr;
        if (line) {
            const AccessLine& found = (isHost ? rules.hosts : rules.origins).lines[*line];
            const std::string entry(found.entry());
            const QString quoted = quotedPeerText(entry, 60);
            action = menu.addAction(mnemonicSafe(isHost ? Words::tr("Take %1 off the hosts").arg(quoted)
                                                        : Words::tr("Take %1 off the origins").arg(quoted)));
            // What a person allowed for the time being comes back for as long as Jackfield runs.
            const Command undo = command::Allow{list, entry, found.temporary, milliseconds(0)};
            action->setEnabled(!found.expires); // it goes by itself
            // Another line may let it in all the same.
            AccessRules rest = rules;
            AccessList& changed = isHost ? rest.hosts : rest.origins;
            static_cast<void>(changed.remove(list, entry)); // as Deny does
            const AccessDecision then
                = decide(rest, *info.host, origin, TimePoint(std::chrono::nanoseconds(port.clockNow())));
            const auto& other = isHost ? then.host_line : then.origin_line;
            const QString still = other ? quotedPeerText(changed.lines[*other].entry(), 60) : QString();
            const QString done = isHost
                ? (other
                        ? Words::tr("%1 is off the list of hosts, but %2 on it lets the same connections in.")
                              .arg(quoted, still)
                        : Words::tr(
                            "%1 is off the list of hosts: new connections to it are refused, open ones stay.")
                              .arg(quoted))
                : (other ? Words::tr("%1 is off the list of origins, but %2 on it lets the same pages in.")
                               .arg(quoted, still)
                         : Words::tr("%1 is off the list of origins: its pages are refused from now on, open "
                                     "ones stay.")
                               .arg(quoted));
            QObject::connect(
                action, &QAction::triggered, owner, [&port, list, entry, done, undo, owner, told] {
                    submit(port, command::Deny{list, entry}, done, undo, owner, told);
                });
        } else if (!fix.empty()) {
            const QString quoted = quotedPeerText(fix, 60);
            action = menu.addAction(mnemonicSafe(isHost ? Words::tr("Allow the host %1").arg(quoted)
                                                        : Words::tr("Allow the origin %1").arg(quoted)));
            const QString done = isHost ? Words::tr("%1 is on the list of hosts.").arg(quoted)
                                        : Words::tr("%1 is on the list of origins.").arg(quoted);
            QObject::connect(action, &QAction::triggered, owner, [&port, list, fix, done, owner, told] {
                submit(port, command::Allow{list, fix, false, milliseconds(0)}, done,
                    command::Deny{list, fix}, owner, told);
            });
        }
        if (action != nullptr)
            action->setObjectName(QLatin1String(name));
    };
    add(ListKind::origins, "access_origin", decision.origin_line, decision.origin_fix);
    add(ListKind::hosts, "access_host", decision.host_line, decision.host_fix);
    menu.setEnabled(!menu.isEmpty());
}

} // namespace jackfield::ui
