#include "ui/models/send_target.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace jackfield::ui {
namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(SendTarget)
};
} // namespace

SendTarget::SendTarget(ConnectionStore& store, Follow* follow, QObject* parent)
    : QObject(parent)
    , m_store(store)
    , m_follow(follow)
{
    connect(&m_store, &ConnectionStore::changed, this, &SendTarget::onStoreChanged);
    if (m_follow != nullptr)
        connect(m_follow, &Follow::changed, this, &SendTarget::refresh);
    refresh();
}

SendTarget::~SendTarget() = default;

void SendTarget::setSelection(std::vector<ConnectionId> ids)
{
    m_selection = std::move(ids);
    refresh();
}

void SendTarget::setChoice(Choice choice)
{
    m_choice = choice;
    m_pinned = false;
    m_pinnedIds.clear();
    refresh();
}

void SendTarget::setPinned(bool pinned)
{
    if (pinned == m_pinned || (pinned && !hasTarget()))
        return;
    m_pinned = pinned;
    m_pinnedIds.clear();
    if (pinned) {
        if (m_choice == Choice::selection)
            m_pinnedIds = m_target.ids;
        else if (m_choice == Choice::allButSelection)
            m_pinnedIds = m_selection;
    }
    refresh();
}

bool SendTarget::isBroad() const
{
    return m_target.kind == Target::Kind::all || m_target.kind == Target::Kind::all_but;
}

QString SendTarget::buttonText() const
{
    if (!hasTarget())
        return tr("Choose a connection");
    if (m_target.kind == Target::Kind::ids && m_count > 1)
        return tr("Send to %1").arg(formatCount(m_count));
    return tr("Send to %1").arg(mnemonicSafe(m_text));
}

void SendTarget::onStoreChanged(const ConnectionChanges& changes)
{
    if (changes.reset || !changes.opened.empty() || !changes.closed.empty() || !changes.restated.empty()
        || !changes.removed.empty())
        refresh();
}

std::vector<ConnectionId> SendTarget::openOf(const std::vector<ConnectionId>& ids) const
{
    std::vector<ConnectionId> open;
    for (const ConnectionId id : ids) {
        const ConnectionRecord* record = m_store.record(id);
        if (record != nullptr && record->isOpen() && record->counters.state != ConnectionState::closing)
            open.push_back(id);
    }
    return open;
}

void SendTarget::refresh()
{
    Target target;
    std::size_t count = 0;
    QString text;
    const auto toIds = [&](std::vector<ConnectionId> ids) {
        count = ids.size();
        if (count == 0)
            return;
        text = count == 1 ? m_store.label(ids.front()) : tr("%1 connections").arg(formatCount(count));
        target = Target::many(std::move(ids));
    };
    switch (m_choice) {
    case Choice::selection:
        if (m_pinned) {
            toIds(openOf(m_pinnedIds));
            break;
        }
        toIds(openOf(m_selection));
        if (count == 0 && m_store.openCount() == 1)
            toIds(openOf(m_store.openIds()));
        break;
    case Choice::all:
        count = m_store.openCount();
        if (count != 0) {
            target = Target::all();
            text = tr("all %1").arg(formatCount(count));
        }
        break;
    case Choice::allButSelection: {
        const auto& spared = m_pinned ? m_pinnedIds : m_selection;
        std::unordered_set<ConnectionId> open;
        for (const ConnectionId id : spared) {
            const ConnectionRecord* record = m_store.record(id);
            if (record != nullptr && record->isOpen())
                open.insert(id);
        }
        count = m_store.openCount() - open.size();
        if (count != 0) {
            target = Target::all_but(spared);
            text = spared.empty() ? tr("all %1").arg(formatCount(count))
                                  : tr("%1, all but %2").arg(formatCount(count), formatCount(open.size()));
        }
        break;
    }
    case Choice::page:
        if (m_follow != nullptr && m_follow->isFollowing())
            toIds(openOf({m_follow->current()}));
        break;
    }
    if (target == m_target && count == m_count && text == m_text)
        return;
    m_target = std::move(target);
    m_count = count;
    m_text = text;
    Q_EMIT changed();
}

QString outcomeText(const event::CommandFinished& outcome, const QString& verb)
{
    if (outcome.error)
        return displayText(outcome.error->message(), 1'024);
    QString text = Words::tr("%1 %2").arg(formatCount(outcome.count), verb);
    if (outcome.gone != 0)
        text += Words::tr(", %1 gone").arg(formatCount(outcome.gone));
    if (outcome.skipped > outcome.incapable)
        text += Words::tr(", %1 skipped (the queue is full)")
                    .arg(formatCount(outcome.skipped - outcome.incapable));
    if (outcome.incapable != 0)
        text += Words::tr(", %1 skipped (the protocol cannot carry it)").arg(formatCount(outcome.incapable));
    return text;
}

} // namespace jackfield::ui
