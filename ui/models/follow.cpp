#include "ui/models/follow.h"

#include "ui/text/format.h"

#include <algorithm>
#include <chrono>

namespace jackfield::ui {

Follow::Follow(ConnectionStore& store, QObject* parent)
    : QObject(parent)
    , m_store(store)
{
    connect(&m_store, &ConnectionStore::changed, this, &Follow::onStoreChanged);
}

Follow::~Follow() = default;

bool Follow::follow(ConnectionId id)
{
    const auto slot = m_store.find(id);
    if (!slot)
        return false;
    const ConnectionRecord& record = m_store.at(*slot);
    const PageIdentity page = PageIdentity::of(*record.info);
    if (!m_page || !(*m_page == page))
        m_connections.clear();
    m_page = page;
    m_current = id;
    m_currentEnded = !record.isOpen();
    m_endedAtNs = record.isOpen() ? 0 : record.close->at.time_since_epoch().count();
    m_name = m_store.pageName(*slot).isEmpty() ? m_store.name(*slot) : m_store.pageName(*slot);
    m_candidates.clear();
    if (std::find(m_connections.begin(), m_connections.end(), id) == m_connections.end())
        m_connections.push_back(id);
    Q_EMIT changed();
    return true;
}

void Follow::stop()
{
    if (!m_page)
        return;
    m_page.reset();
    m_current = {};
    m_currentEnded = false;
    m_connections.clear();
    m_candidates.clear();
    m_name.clear();
    Q_EMIT changed();
}

void Follow::onStoreChanged(const ConnectionChanges& changes)
{
    if (!m_page
        || (!changes.reset && changes.opened.empty() && changes.closed.empty() && changes.removed.empty()))
        return;
    look();
}

void Follow::look()
{
    const ConnectionRecord* record = m_store.record(m_current);
    if (record != nullptr && record->isOpen()) {
        if (!m_candidates.empty()) {
            m_candidates.clear();
            Q_EMIT changed();
        }
        return;
    }
    const bool justEnded = !m_currentEnded;
    m_currentEnded = true;
    if (record != nullptr && m_endedAtNs == 0)
        m_endedAtNs = record->close->at.time_since_epoch().count();

    std::vector<ConnectionId> live = m_store.openOfPage(*m_page);
    if (live.size() == 1) {
        const ConnectionId before = m_current;
        const ConnectionRecord& now = *m_store.record(live.front());
        const std::int64_t openedAt = now.info->opened_at.time_since_epoch().count();
        const std::int64_t away = m_endedAtNs == 0 ? 0 : std::max<std::int64_t>(openedAt - m_endedAtNs, 0);
        m_current = live.front();
        m_currentEnded = false;
        m_endedAtNs = 0;
        m_candidates.clear();
        if (std::find(m_connections.begin(), m_connections.end(), m_current) == m_connections.end())
            m_connections.push_back(m_current);
        const QString text = tr("came back as #%1 after %2").arg(now.info->number).arg(formatDuration(away));
        Q_EMIT changed();
        Q_EMIT cameBack(before, m_current, text, openedAt);
        return;
    }
    if (live.size() < 2)
        live.clear();
    const bool asks = !live.empty() && live != m_candidates;
    if (live != m_candidates || justEnded) {
        m_candidates = std::move(live);
        Q_EMIT changed();
    }
    if (asks)
        Q_EMIT ambiguous(m_candidates);
}

} // namespace jackfield::ui
