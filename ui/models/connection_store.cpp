#include "ui/models/connection_store.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"

#include <queue>

#include <algorithm>
#include <functional>
#include <unordered_set>

namespace jackfield::ui {
namespace {

std::string_view viewOf(const SharedText& text)
{
    return text ? std::string_view(*text) : std::string_view();
}

std::string keyOf(std::string_view origin, std::string_view path, std::string_view agent)
{
    std::string key;
    key.reserve(origin.size() + path.size() + agent.size() + 2);
    key.append(origin).append(1, '\0').append(path).append(1, '\0').append(agent);
    return key;
}

std::string keyOf(const ConnectionInfo& info)
{
    const std::string_view origin = info.has_origin ? viewOf(info.origin) : std::string_view("-");
    return keyOf(origin, pathOf(viewOf(info.target)), viewOf(info.user_agent));
}

/// The page of a key; no header of a request holds a NUL.
PageIdentity identityOf(const std::string& key)
{
    const std::size_t first = key.find('\0');
    const std::size_t second = key.find('\0', first + 1);
    return {key.substr(0, first), key.substr(first + 1, second - first - 1), key.substr(second + 1)};
}

QString pathText(const ConnectionInfo& info)
{
    return displayText(pathOf(viewOf(info.target)), 120);
}

} // namespace

// The connections of one page, open and closed.
struct ConnectionStore::NameGroup {
    QString name; // empty: each is named by its address
    std::string utf8; // the same
    PageColour colour = PageColour::none;
    std::uint32_t members = 0;
    std::uint32_t open = 0;
    std::uint32_t nextOrdinal = 1;
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> freed;
    const std::string* key = nullptr;
};

PageIdentity PageIdentity::of(const ConnectionInfo& info)
{
    return {info.has_origin ? std::string(viewOf(info.origin)) : "-",
        std::string(pathOf(viewOf(info.target))), std::string(viewOf(info.user_agent))};
}

ConnectionStore::ConnectionStore(QObject* parent)
    : QObject(parent)
{ }
ConnectionStore::~ConnectionStore() = default;

std::optional<ConnectionSlot> ConnectionStore::find(ConnectionId id) const
{
    const auto found = m_byId.find(id);
    if (found == m_byId.end())
        return std::nullopt;
    return found->second;
}

const ConnectionRecord* ConnectionStore::record(ConnectionId id) const
{
    const auto slot = find(id);
    return slot ? &m_records[*slot] : nullptr;
}

std::optional<ConnectionId> ConnectionStore::findNumber(std::uint64_t number) const
{
    for (const auto& [id, slot] : m_byId) {
        if (m_records[slot].info->number == number)
            return id;
    }
    return std::nullopt;
}

QString ConnectionStore::name(ConnectionSlot slot) const
{
    const ConnectionRecord& record = m_records[slot];
    const QString& page = m_groups[slot]->name;
    if (page.isEmpty())
        return ourText(record.info->peer.text()) + QStringLiteral(" → ") + pathText(*record.info);
    return record.ordinal > 1 ? QStringLiteral("%1 (%2)").arg(page, QString::number(record.ordinal)) : page;
}

QString ConnectionStore::name(ConnectionId id) const
{
    const auto slot = find(id);
    return slot ? name(*slot) : QString();
}

std::string_view ConnectionStore::pageNameUtf8(ConnectionSlot slot) const
{
    return m_groups[slot]->utf8;
}

const QString& ConnectionStore::pageName(ConnectionSlot slot) const
{
    return m_groups[slot]->name;
}

QString ConnectionStore::label(ConnectionId id) const
{
    const auto slot = find(id);
    return slot ? QStringLiteral("#%1 %2").arg(m_records[*slot].info->number).arg(name(*slot))
                : tr("a closed connection");
}

template <class Change>
void ConnectionStore::give(const std::string& key, Change change)
{
    Given& given = m_given[key];
    change(given);
    if (given.name.isEmpty() && given.colour == PageColour::none) {
        m_given.erase(key);
    } else if (given.order == 0) {
        given.order = ++m_lastGiven;
        if (m_given.size() > maxRemembered)
            m_given.erase(
                std::ranges::min_element(m_given, {}, [](const auto& entry) { return entry.second.order; }));
    }
    Q_EMIT rememberedPagesChanged();
}

void ConnectionStore::setCustomName(ConnectionId id, const QString& name)
{
    if (const ConnectionRecord* known = record(id))
        setCustomName(PageIdentity::of(*known->info), name);
}

void ConnectionStore::setCustomName(const PageIdentity& page, const QString& name)
{
    const std::string key = keyOf(page.origin, page.path, page.userAgent);
    give(key, [&name](Given& given) { given.name = displayText(name); });
    const auto found = m_groupByKey.find(key);
    if (found == m_groupByKey.end())
        return; // it has the name when it returns
    const NameGroup* group = found->second.get();
    const auto member
        = std::ranges::find_if(m_byId, [&](const auto& each) { return m_groups[each.second] == group; });
    nameGroup(*found->second, *m_records[member->second].info);
    announceGroups({group});
}

void ConnectionStore::setColour(std::span<const ConnectionId> ids, PageColour colour)
{
    std::unordered_set<const NameGroup*> groups;
    for (const ConnectionId id : ids) {
        const auto slot = find(id);
        if (!slot || !groups.insert(m_groups[*slot]).second)
            continue;
        m_groups[*slot]->colour = colour;
        give(*m_groups[*slot]->key, [colour](Given& given) { given.colour = colour; });
    }
    announceGroups(groups);
}

std::vector<RememberedPage> ConnectionStore::rememberedPages() const
{
    std::vector<const std::pair<const std::string, Given>*> given;
    for (const auto& entry : m_given)
        given.push_back(&entry);
    std::ranges::sort(given, {}, [](const auto* entry) { return entry->second.order; });
    std::vector<RememberedPage> pages;
    for (const auto* entry : given)
        pages.push_back({identityOf(entry->first), entry->second.name, entry->second.colour});
    return pages;
}

void ConnectionStore::setRememberedPages(const std::vector<RememberedPage>& pages)
{
    std::unordered_map<std::string, Given> given;
    const std::size_t first = pages.size() > maxRemembered ? pages.size() - maxRemembered : 0;
    for (std::size_t i = first; i < pages.size(); ++i) {
        const auto& [page, name, colour] = pages[i];
        const std::string key = keyOf(page.origin, page.path, page.userAgent);
        const bool isWhole = std::ranges::count(key, '\0') == 2 && key.size() <= maxIdentity;
        if (isWhole && (!name.isEmpty() || colour != PageColour::none))
            given[key] = {displayText(name), colour, ++m_lastGiven};
    }
    replaceGiven(std::move(given));
}

void ConnectionStore::forgetPages()
{
    if (m_given.empty())
        return;
    replaceGiven({});
    Q_EMIT rememberedPagesChanged();
}

void ConnectionStore::replaceGiven(std::unordered_map<std::string, Given> given)
{
    m_given = std::move(given);
    ConnectionChanges changes;
    std::unordered_set<const NameGroup*> done;
    for (const auto& [id, slot] : m_byId) {
        changes.changed.push_back(slot);
        NameGroup& group = *m_groups[slot];
        if (!done.insert(&group).second)
            continue;
        nameGroup(group, *m_records[slot].info);
        const auto found = m_given.find(*group.key);
        group.colour = found == m_given.end() ? PageColour::none : found->second.colour;
    }
    changes.restated = changes.changed;
    if (!changes.isEmpty())
        Q_EMIT changed(changes);
}

PageColour ConnectionStore::colour(ConnectionSlot slot) const
{
    return m_groups[slot]->colour;
}

void ConnectionStore::announceGroups(const std::unordered_set<const NameGroup*>& groups)
{
    ConnectionChanges changes;
    for (const auto& [other, otherSlot] : m_byId) {
        if (groups.contains(m_groups[otherSlot]))
            changes.changed.push_back(otherSlot);
    }
    changes.restated = changes.changed;
    if (!changes.isEmpty())
        Q_EMIT changed(changes);
}

std::vector<ConnectionId> ConnectionStore::openIds() const
{
    std::vector<ConnectionId> ids;
    ids.reserve(m_openCount);
    for (const auto& [id, slot] : m_byId) {
        if (m_records[slot].isOpen())
            ids.push_back(id);
    }
    return ids;
}

std::vector<ConnectionSlot> ConnectionStore::slotsInUse() const
{
    std::vector<ConnectionSlot> slots;
    slots.reserve(m_byId.size());
    for (ConnectionSlot slot = 0; slot < m_records.size(); ++slot) {
        if (m_records[slot].info && !m_records[slot].isLeaving)
            slots.push_back(slot);
    }
    return slots;
}

std::vector<ConnectionId> ConnectionStore::openOfPage(const PageIdentity& identity) const
{
    const std::string key = keyOf(identity.origin, identity.path, identity.userAgent);
    const auto group = m_groupByKey.find(key);
    if (group == m_groupByKey.end() || group->second->open == 0)
        return {};
    std::vector<ConnectionSlot> slots;
    for (ConnectionSlot slot = 0; slot < m_records.size(); ++slot) {
        if (m_records[slot].info && m_groups[slot] == group->second.get() && m_records[slot].isOpen())
            slots.push_back(slot);
    }
    std::sort(slots.begin(), slots.end(), [this](ConnectionSlot a, ConnectionSlot b) {
        return m_records[a].info->number < m_records[b].info->number;
    });
    std::vector<ConnectionId> ids;
    ids.reserve(slots.size());
    for (const ConnectionSlot slot : slots)
        ids.push_back(m_records[slot].info->id);
    return ids;
}

void ConnectionStore::apply(const StateBatch& batch)
{
    ConnectionChanges changes;
    if (batch.monotonic_ns != 0)
        m_publishedAt = batch.monotonic_ns;
    changes.reset = batch.snapshot;
    std::vector<bool> isConfirmed(batch.snapshot ? m_records.size() : 0); // by slot: the snapshot holds it
    std::vector<bool> isNew; // by slot, for slots taken by this batch
    const auto markNew = [&](ConnectionSlot slot) {
        if (isNew.size() <= slot)
            isNew.resize(std::max<std::size_t>(m_records.size(), slot + 1));
        isNew[slot] = true;
    };
    const auto wasNew = [&](ConnectionSlot slot) { return slot < isNew.size() && isNew[slot]; };

    for (const auto& info : batch.opened) {
        if (!info)
            continue;
        if (const auto found = m_byId.find(info->id); found != m_byId.end()) {
            if (found->second < isConfirmed.size())
                isConfirmed[found->second] = true;
            continue;
        }
        ConnectionCounters counters;
        counters.id = info->id;
        const ConnectionSlot slot = insert(info, counters);
        markNew(slot);
        changes.opened.push_back(slot);
    }
    for (const ConnectionCounters& counters : batch.changed) {
        const auto found = m_byId.find(counters.id);
        if (found == m_byId.end() || !m_records[found->second].isOpen())
            continue;
        ConnectionCounters& have = m_records[found->second].counters;
        const bool restated = have.state != counters.state || have.flags != counters.flags;
        have = counters;
        if (wasNew(found->second))
            continue;
        changes.changed.push_back(found->second);
        if (restated)
            changes.restated.push_back(found->second);
    }
    for (const ClosedConnection& closed : batch.closed) {
        if (!closed.info)
            continue;
        const auto found = m_byId.find(closed.info->id);
        ConnectionSlot slot = 0;
        if (found == m_byId.end()) {
            slot = insert(closed.info, closed.counters);
            markNew(slot);
            changes.opened.push_back(slot);
        } else {
            slot = found->second;
            if (!m_records[slot].isOpen())
                continue;
            if (!wasNew(slot))
                changes.closed.push_back(slot);
        }
        markClosed(slot, closed.counters, closed.close);
    }
    m_forgotten += batch.closed_left_out;
    trimClosed(changes.removed);
    for (ConnectionSlot slot = 0; slot < isConfirmed.size(); ++slot) {
        // What the snapshot lacks has ended, and how was left out. Nobody takes it for open during the notice.
        if (!isConfirmed[slot] && !wasNew(slot) && m_records[slot].info && m_records[slot].isOpen()) {
            endOpen(slot, m_records[slot].counters, {});
            changes.removed.push_back(slot);
        }
    }

    if (!changes.removed.empty()) {
        std::vector<bool> isRemoved(m_records.size());
        for (const ConnectionSlot slot : changes.removed)
            isRemoved[slot] = true;
        const auto gone = [&](ConnectionSlot slot) { return isRemoved[slot]; };
        std::copy_if(
            changes.closed.begin(), changes.closed.end(), std::back_inserter(changes.closedUnkept), gone);
        std::erase_if(changes.closed, gone);
        std::erase_if(changes.changed, gone);
        std::erase_if(changes.restated, gone);
        // What came and went within the batch was never there for anybody else.
        std::vector<ConnectionSlot> unseen;
        std::copy_if(changes.opened.begin(), changes.opened.end(), std::back_inserter(unseen), gone);
        std::erase_if(changes.opened, gone);
        std::erase_if(changes.removed, wasNew);
        for (const ConnectionSlot slot : unseen)
            release(slot);
    }
    if (!changes.closed.empty() && !changes.changed.empty()) {
        const auto isClosed = [this](ConnectionSlot slot) { return !m_records[slot].isOpen(); };
        std::erase_if(changes.changed, isClosed);
        std::erase_if(changes.restated, isClosed);
    }
    if (!changes.isEmpty())
        announceAndRelease(changes);
}

void ConnectionStore::announceAndRelease(const ConnectionChanges& changes)
{
    for (const ConnectionSlot slot : changes.removed)
        m_records[slot].isLeaving = true;
    Q_EMIT changed(changes);
    for (const ConnectionSlot slot : changes.removed)
        release(slot);
}

void ConnectionStore::clearClosed()
{
    if (m_closed.empty())
        return;
    ConnectionChanges changes;
    changes.removed.assign(m_closed.begin(), m_closed.end());
    m_cleared.clear();
    for (const ConnectionSlot slot : m_closed) {
        ConnectionRecord& kept = m_cleared.emplace_back();
        const ConnectionRecord& record = m_records[slot];
        kept.info = record.info;
        kept.counters = record.counters;
        kept.close = std::make_unique<const CloseInfo>(*record.close);
        kept.ordinal = record.ordinal;
        kept.closeOrder = record.closeOrder;
    }
    m_forgotten += m_closed.size();
    m_closed.clear();
    announceAndRelease(changes);
}

void ConnectionStore::undoClearClosed()
{
    ConnectionChanges changes;
    const std::size_t room = maxClosed - std::min(maxClosed, m_closed.size());
    while (!m_cleared.empty() && changes.opened.size() < room) {
        ConnectionRecord kept = std::move(m_cleared.back());
        m_cleared.pop_back();
        if (m_byId.contains(kept.info->id))
            continue;
        const ConnectionSlot slot = insert(kept.info, kept.counters);
        --m_openCount;
        freeOrdinal(slot);
        ConnectionRecord& record = m_records[slot];
        record.close = std::move(kept.close);
        record.ordinal = kept.ordinal;
        record.closeOrder = kept.closeOrder;
        m_closed.push_front(slot);
        --m_forgotten;
        changes.opened.push_back(slot);
    }
    m_cleared.clear();
    if (!changes.isEmpty())
        Q_EMIT changed(changes);
}

ConnectionSlot ConnectionStore::insert(
    std::shared_ptr<const ConnectionInfo> info, const ConnectionCounters& counters)
{
    ConnectionSlot slot = 0;
    if (m_free.empty()) {
        slot = static_cast<ConnectionSlot>(m_records.size());
        m_records.emplace_back();
        m_groups.push_back(nullptr);
    } else {
        slot = m_free.back();
        m_free.pop_back();
    }
    m_byId.emplace(info->id, slot);
    ConnectionRecord& record = m_records[slot];
    record.info = std::move(info);
    record.counters = counters;
    ++m_openCount;
    joinGroup(slot);
    return slot;
}

void ConnectionStore::endOpen(
    ConnectionSlot slot, const ConnectionCounters& counters, const CloseInfo& close)
{
    ConnectionRecord& record = m_records[slot];
    record.counters = counters;
    record.counters.state = ConnectionState::closed;
    record.close = std::make_unique<const CloseInfo>(close);
    --m_openCount;
    freeOrdinal(slot);
}

void ConnectionStore::markClosed(
    ConnectionSlot slot, const ConnectionCounters& counters, const CloseInfo& close)
{
    endOpen(slot, counters, close);
    m_records[slot].closeOrder = ++m_closeOrder;
    m_closed.push_back(slot);
}

void ConnectionStore::trimClosed(std::vector<ConnectionSlot>& removed)
{
    while (m_closed.size() > maxClosed) {
        removed.push_back(m_closed.front());
        m_closed.pop_front();
        ++m_forgotten;
    }
}

void ConnectionStore::release(ConnectionSlot slot)
{
    ConnectionRecord& record = m_records[slot];
    if (record.isOpen()) {
        --m_openCount;
        freeOrdinal(slot);
    }
    NameGroup* group = m_groups[slot];
    if (--group->members == 0) {
        const std::string key
            = *group->key; // erasing by a reference into the element would end its life too soon
        m_groupByKey.erase(key);
    }
    m_groups[slot] = nullptr;
    m_byId.erase(record.info->id);
    record = ConnectionRecord();
    m_free.push_back(slot);
}

void ConnectionStore::joinGroup(ConnectionSlot slot)
{
    ConnectionRecord& record = m_records[slot];
    auto [entry, isNew] = m_groupByKey.try_emplace(keyOf(*record.info));
    if (isNew) {
        entry->second = std::make_unique<NameGroup>();
        entry->second->key = &entry->first;
        nameGroup(*entry->second, *record.info);
        if (const auto given = m_given.find(entry->first); given != m_given.end())
            entry->second->colour = given->second.colour;
    }
    NameGroup& group = *entry->second;
    m_groups[slot] = &group;
    ++group.members;
    ++group.open;
    if (group.freed.empty()) {
        record.ordinal = group.nextOrdinal++;
    } else {
        record.ordinal = group.freed.top();
        group.freed.pop();
    }
}

// A closed connection keeps its name; the next one of the page may have it too.
void ConnectionStore::freeOrdinal(ConnectionSlot slot)
{
    NameGroup& group = *m_groups[slot];
    if (--group.open == 0) {
        group.freed = {};
        group.nextOrdinal = 1;
    } else {
        group.freed.push(m_records[slot].ordinal);
    }
}

void ConnectionStore::nameGroup(NameGroup& group, const ConnectionInfo& info) const
{
    group.name = nameOfPage(*group.key, info);
    group.utf8 = group.name.toStdString();
}

QString ConnectionStore::nameOfPage(const std::string& key, const ConnectionInfo& info) const
{
    if (const auto given = m_given.find(key); given != m_given.end() && !given->second.name.isEmpty())
        return given->second.name;
    const QString browser = browserName(viewOf(info.user_agent));
    const QString origin = info.has_origin ? shortOrigin(viewOf(info.origin)) : QString();
    if (browser.isEmpty() && origin.isEmpty())
        return {};
    QString name = browser;
    if (!browser.isEmpty() && !origin.isEmpty())
        name += QStringLiteral(" · ");
    return name + origin + QStringLiteral(" → ") + pathText(info);
}

} // namespace jackfield::ui
