#include "ui/views/access_menu.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/access_list_change.h"
#include "ui/text/display_text.h"
#include "ui/text/phrases.h"
#include "ui/views/allow_action.h"

#include "jackfield/access_rules.h"
#include "jackfield/command.h"

#include <QCoreApplication>
#include <QMenu>
#include <QPointer>
#include <QWidget>

#include <utility>

namespace jackfield::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(AccessMenu)
};

void tellFailure(const AccessTold& told, const QString& why)
{
    told(Words::tr("The list is as it was: %1").arg(why), {});
}

/// Puts the lines that `change` took off back into the list as it is by now.
void putBack(
    EnginePort& port, ListKind list, const AccessListChange& change, QObject* owner, const AccessTold& told)
{
    const auto status = port.status();
    const AccessList& now = listOf(status->access, list);
    AccessList back = change.takenBackFrom(now, TimePoint(std::chrono::nanoseconds(port.clockNow())));
    if (back == now)
        return;
    port.submitWithReply(command::ReplaceList{list, std::move(back), false}, owner,
        [told](const event::CommandFinished& finished) {
            if (finished.error)
                tellFailure(told, wordsOf(finished.error->message()));
        });
}

void takeOff(EnginePort& port, ListKind list, const std::string& entry, const QString& done, QObject* owner,
    const AccessTold& told)
{
    const auto status = port.status();
    const AccessList& before = listOf(status->access, list);
    AccessList after = before;
    static_cast<void>(after.remove(list, entry)); // as Deny does
    const AccessListChange change(before, after);
    port.submitWithReply(command::Deny{list, entry}, owner,
        [&port, list, change, done, owner, told](const event::CommandFinished& finished) {
            if (finished.error)
                tellFailure(told, wordsOf(finished.error->message()));
            else
                told(done, [&port, list, change, owner, told] { putBack(port, list, change, owner, told); });
        });
}

/// Adds the entry for good, or for 15 minutes where it can be no other way, and asks where a person must know
/// more.
void letIn(EnginePort& port, const AllowEntries& entries, const QString& done, QObject* owner,
    const AccessTold& told)
{
    auto* action = new AllowAction(port, qobject_cast<QWidget*>(owner), owner);
    QObject::connect(action, &AllowAction::allowed, action, [action, told, done](quint64 operation) {
        told(done, [action = QPointer(action), operation] {
            if (action)
                action->undo(operation);
        });
    });
    QObject::connect(action, &AllowAction::failed, action, [action, told](quint64, const QString& why) {
        tellFailure(told, why);
        action->deleteLater();
    });
    QObject::connect(action, &AllowAction::declined, action, &QObject::deleteLater);
    QObject::connect(action, &AllowAction::undone, action, &QObject::deleteLater);
    action->askAndAllow(entries, AllowFor::Always);
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
            const AccessLine& found = listOf(rules, list).lines[*line];
            const std::string entry(found.entry());
            const QString quoted = quotedPeerText(entry, 60);
            action = menu.addAction(mnemonicSafe(isHost ? Words::tr("Take %1 off the hosts").arg(quoted)
                                                        : Words::tr("Take %1 off the origins").arg(quoted)));
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
            QObject::connect(action, &QAction::triggered, owner,
                [&port, list, entry, done, owner, told] { takeOff(port, list, entry, done, owner, told); });
        } else if (!fix.empty()) {
            const AllowEntries entries = AllowAction::entryOf(list, fix);
            const QString quoted = quotedPeerText(fix, 60);
            action = menu.addAction(entries.nullOrigin() ? AllowAction::buttonText(AllowFor::FifteenMinutes)
                    : isHost ? mnemonicSafe(Words::tr("Allow the host %1").arg(quoted))
                             : mnemonicSafe(Words::tr("Allow the origin %1").arg(quoted)));
            const QString done = entries.nullOrigin()
                ? Words::tr("Pages without an origin may connect for 15 minutes.")
                : isHost ? Words::tr("%1 is on the list of hosts.").arg(quoted)
                         : Words::tr("%1 is on the list of origins.").arg(quoted);
            QObject::connect(action, &QAction::triggered, owner,
                [&port, entries, done, owner, told] { letIn(port, entries, done, owner, told); });
        }
        if (action != nullptr)
            action->setObjectName(QLatin1String(name));
    };
    add(ListKind::origins, "access_origin", decision.origin_line, decision.origin_fix);
    add(ListKind::hosts, "access_host", decision.host_line, decision.host_fix);
    menu.setEnabled(!menu.isEmpty());
}

} // namespace jackfield::ui
