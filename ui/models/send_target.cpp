#include "ui/models/send_target.h"

#include "ui/models/filter_fields.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

namespace jackfield::ui {
namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(SendTarget)
};
} // namespace

bool isSameChoice(const Audience& one, const Audience& other)
{
    return one.choice == other.choice && one.ids == other.ids && one.filter.text() == other.filter.text()
        && one.endpoint == other.endpoint;
}

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
    m_pinned = choice == Choice::allButSelection && !m_selection.empty();
    m_pinnedIds = m_pinned ? m_selection : std::vector<ConnectionId>();
    judgeAll();
    refresh();
    Q_EMIT changed(); // the button may say something else even for nobody
}

void SendTarget::setFilter(const Filter& filter)
{
    m_filter = filter;
    setChoice(Choice::filter);
}

void SendTarget::setEndpoint(const std::string& pattern)
{
    m_endpoint = pattern;
    setChoice(Choice::endpoint);
}

void SendTarget::setPinned(bool pinned)
{
    if (pinned == m_pinned || (pinned && !hasTarget()))
        return;
    m_pinned = pinned;
    m_pinnedIds.clear();
    if (pinned) {
        if (m_choice == Choice::selection)
            m_pinnedIds = m_ids;
        else if (m_choice == Choice::allButSelection)
            m_pinnedIds = m_selection;
    }
    refresh();
}

bool SendTarget::isBroad() const
{
    return m_choice == Choice::all || m_choice == Choice::allButSelection;
}

bool SendTarget::isWithoutWebSocket() const
{
    const auto isSession = [this](ConnectionId id) {
        const ConnectionRecord* record = m_store.record(id);
        return record != nullptr && is_fallback(transport_now(*record->info, record->counters));
    };
    if (!hasTarget())
        return false;
    if (m_choice == Choice::selection || m_choice == Choice::page)
        return std::ranges::all_of(m_ids, isSession);
    return std::ranges::all_of(m_store.openIds(), [&](ConnectionId id) {
        const bool isMeant = m_choice == Choice::allButSelection ? std::ranges::find(m_spared, id) == m_spared.end()
                                                                 : m_choice == Choice::all || m_passing.contains(id);
        return !isMeant || isSession(id);
    });
}

QString SendTarget::buttonText() const
{
    if (!hasTarget()) {
        switch (m_choice) {
        case Choice::filter:
            return m_filter.is_empty() ? tr("Write a filter of connections") : tr("Nobody passes the filter");
        case Choice::endpoint:
            return tr("Nobody is on this endpoint");
        case Choice::page:
            return tr("Waiting for the page");
        case Choice::selection:
        case Choice::all:
        case Choice::allButSelection:
            return tr("Choose a connection");
        }
    }
    if (m_choice == Choice::selection && m_count > 1)
        return tr("Send to %1").arg(formatCount(m_count));
    return tr("Send to %1").arg(mnemonicSafe(m_text));
}

Target SendTarget::target() const
{
    return hasTarget() ? resolve(audience()) : Target();
}

Audience SendTarget::audience() const
{
    Audience audience;
    audience.choice = m_choice;
    switch (m_choice) {
    case Choice::selection:
        audience.ids = m_ids;
        break;
    case Choice::allButSelection:
        audience.ids = m_spared;
        break;
    case Choice::filter:
        audience.filter = m_filter;
        break;
    case Choice::endpoint:
        audience.endpoint = m_endpoint;
        break;
    case Choice::all:
    case Choice::page:
        break;
    }
    return audience;
}

bool SendTarget::passes(const Audience& audience, ConnectionSlot slot) const
{
    const ConnectionRecord& record = m_store.at(slot);
    if (!record.isOpen() || record.isLeaving || record.counters.state == ConnectionState::closing)
        return false;
    if (audience.choice == Choice::endpoint)
        return record.info->endpoint && *record.info->endpoint == audience.endpoint;
    return !audience.filter.is_empty() && audience.filter.matches(ConnectionFields(m_store, slot));
}

Target SendTarget::resolve(const Audience& audience) const
{
    const auto toIds
        = [](std::vector<ConnectionId> ids) { return ids.empty() ? Target() : Target::many(std::move(ids)); };
    switch (audience.choice) {
    case Choice::selection:
        return toIds(openOf(audience.ids));
    case Choice::all:
        return m_store.openCount() == 0 ? Target() : Target::all();
    case Choice::allButSelection:
        return audience.ids.empty() || m_store.openCount() <= openOf(audience.ids).size()
            ? Target()
            : Target::all_but(audience.ids);
    case Choice::filter:
    case Choice::endpoint: {
        std::vector<ConnectionId> ids;
        for (const ConnectionId id : m_store.openIds()) {
            if (const auto slot = m_store.find(id); slot && passes(audience, *slot))
                ids.push_back(id);
        }
        std::sort(ids.begin(), ids.end());
        if (audience.choice == Choice::endpoint)
            return ids.empty() ? Target() : Target::on_endpoint(audience.endpoint);
        return toIds(std::move(ids));
    }
    case Choice::page:
        return canFollowPage() ? toIds(openOf({m_follow->current()})) : Target();
    }
    return {};
}

bool SendTarget::isGone(const Audience& audience) const
{
    if (audience.choice == Choice::page)
        return !canFollowPage();
    return audience.choice == Choice::selection && openOf(audience.ids).empty();
}

void SendTarget::judge(ConnectionSlot slot)
{
    const ConnectionId id = m_store.at(slot).info->id;
    if (passes({m_choice, {}, m_filter, m_endpoint}, slot))
        m_passing.insert(id);
    else
        m_passing.erase(id);
}

void SendTarget::judgeAll()
{
    m_passing.clear();
    if (m_choice != Choice::filter && m_choice != Choice::endpoint)
        return;
    for (const ConnectionSlot slot : m_store.slotsInUse())
        judge(slot);
}

void SendTarget::onStoreChanged(const ConnectionChanges& changes)
{
    if (!changes.reset && changes.opened.empty() && changes.closed.empty() && changes.restated.empty()
        && changes.removed.empty())
        return;
    if (m_choice == Choice::filter || m_choice == Choice::endpoint) {
        if (changes.reset) {
            judgeAll();
        } else {
            for (const auto* slots :
                {&changes.opened, &changes.restated, &changes.closed, &changes.removed}) {
                for (const ConnectionSlot slot : *slots)
                    judge(slot);
            }
        }
    }
    refresh();
}

bool SendTarget::isReachable(ConnectionId id) const
{
    const ConnectionRecord* record = m_store.record(id);
    return record != nullptr && record->isOpen() && record->counters.state != ConnectionState::closing;
}

std::vector<ConnectionId> SendTarget::openOf(const std::vector<ConnectionId>& ids) const
{
    std::vector<ConnectionId> open;
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(open),
        [this](ConnectionId id) { return isReachable(id); });
    return open;
}

void SendTarget::refresh()
{
    std::vector<ConnectionId> ids;
    std::vector<ConnectionId> spared;
    std::size_t count = 0;
    QString text;
    const auto toIds = [&](std::vector<ConnectionId> open) {
        ids = std::move(open);
        count = ids.size();
        if (count != 0)
            text = count == 1 ? m_store.label(ids.front())
                              : tr("%1 connections", nullptr, pluralOf(count)).arg(formatCount(count));
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
        text = tr("all %1").arg(formatCount(count));
        break;
    case Choice::allButSelection: {
        spared = m_pinned ? m_pinnedIds : m_selection;
        std::unordered_set<ConnectionId> open;
        for (const ConnectionId id : spared) {
            const ConnectionRecord* record = m_store.record(id);
            if (record != nullptr && record->isOpen())
                open.insert(id);
        }
        if (spared.empty())
            break; // nobody is selected: all but nobody has to be chosen as all
        count = m_store.openCount() - open.size();
        text = tr("%1, all but %2").arg(formatCount(count), formatCount(open.size()));
        break;
    }
    case Choice::filter:
        count = m_passing.size();
        text = tr("%1 that pass %2").arg(formatCount(count), quotedPeerText(m_filter.text(), 40));
        break;
    case Choice::endpoint:
        count = m_passing.size();
        text = tr("%1 on %2").arg(formatCount(count), displayText(m_endpoint, 60));
        break;
    case Choice::page:
        if (canFollowPage())
            toIds(openOf({m_follow->current()}));
        break;
    }
    if (count == 0)
        text.clear();
    if (ids == m_ids && spared == m_spared && count == m_count && text == m_text)
        return;
    m_ids = std::move(ids);
    m_spared = std::move(spared);
    m_count = count;
    m_text = text;
    Q_EMIT changed();
}

QString outcomeText(const event::CommandFinished& outcome, const QString& verb)
{
    if (outcome.error)
        return displayText(wordsOf(outcome.error->message()), 1'024);
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
