#include "ui/models/endpoint_model.h"

#include "ui/models/connection_store.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"

#include <algorithm>

namespace jackfield::ui {

namespace {

QString subprotocolNames(const EndpointConfig& endpoint)
{
    QStringList names;
    for (const SubprotocolRule& rule : endpoint.subprotocols)
        names << displayText(rule.name, 60);
    return names.join(QStringLiteral(", "));
}

} // namespace

EndpointModel::EndpointModel(const ConnectionStore& connections, QObject* parent)
    : QAbstractTableModel(parent)
    , m_connections(connections)
{
    connect(&connections, &ConnectionStore::changed, this, &EndpointModel::count);
    countAll();
}

void EndpointModel::setEndpoints(const std::vector<EndpointConfig>& endpoints)
{
    if (endpoints == m_endpoints)
        return;
    const bool samePaths = std::equal(endpoints.begin(), endpoints.end(), m_endpoints.begin(),
        m_endpoints.end(), [](const auto& a, const auto& b) { return a.pattern == b.pattern; });
    if (samePaths) {
        m_endpoints = endpoints;
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    const std::vector<EndpointConfig> old = std::exchange(m_endpoints, endpoints);
    for (const QModelIndex& each : before) {
        const int row = rowOf(old[static_cast<std::size_t>(each.row())].pattern);
        after << (row < 0 ? QModelIndex() : index(row, each.column()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

int EndpointModel::rowOf(const std::string& pattern) const
{
    const auto at = std::find_if(m_endpoints.begin(), m_endpoints.end(),
        [&](const EndpointConfig& each) { return each.pattern == pattern; });
    return at == m_endpoints.end() ? -1 : static_cast<int>(at - m_endpoints.begin());
}

std::size_t EndpointModel::openOn(const std::string& pattern) const
{
    const auto at = m_open.find(pattern);
    return at == m_open.end() ? 0 : at->second;
}

void EndpointModel::count(const ConnectionChanges& changes)
{
    if (changes.reset) {
        countAll();
    } else {
        if (changes.opened.empty() && changes.closed.empty() && changes.closedUnkept.empty())
            return;
        const auto patternOf = [&](ConnectionSlot slot) -> const std::string* {
            return m_connections.at(slot).info->endpoint.get();
        };
        for (const ConnectionSlot slot : changes.opened) {
            if (patternOf(slot) != nullptr && m_connections.at(slot).isOpen())
                ++m_open[*patternOf(slot)];
        }
        for (const auto* ended : {&changes.closed, &changes.closedUnkept}) {
            for (const ConnectionSlot slot : *ended) {
                const auto at = patternOf(slot) == nullptr ? m_open.end() : m_open.find(*patternOf(slot));
                if (at != m_open.end() && --at->second == 0)
                    m_open.erase(at);
            }
        }
    }
    if (!m_endpoints.empty()) {
        const int column = static_cast<int>(EndpointColumn::Open);
        Q_EMIT dataChanged(index(0, column), index(rowCount() - 1, column));
    }
}

void EndpointModel::countAll()
{
    m_open.clear();
    for (const ConnectionSlot slot : m_connections.slotsInUse()) {
        const ConnectionRecord& record = m_connections.at(slot);
        if (record.isOpen() && record.info->endpoint)
            ++m_open[*record.info->endpoint];
    }
}

int EndpointModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_endpoints.size());
}

int EndpointModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(EndpointColumn::Count_);
}

QVariant EndpointModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || static_cast<std::size_t>(index.row()) >= m_endpoints.size())
        return {};
    const EndpointConfig& endpoint = m_endpoints[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<EndpointColumn>(index.column());
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (column == EndpointColumn::Open ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole) {
        return column == EndpointColumn::Subprotocols && !endpoint.subprotocols.empty()
            ? tooltipText(subprotocolNames(endpoint).toStdString())
            : tooltipText(endpoint.pattern);
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case EndpointColumn::Path:
        return displayText(endpoint.pattern, 200);
    case EndpointColumn::Answers:
        return displayText(endpoint.behaviour, 40);
    case EndpointColumn::Subprotocols:
        return subprotocolNames(endpoint);
    case EndpointColumn::Open:
        return formatCount(openOn(endpoint.pattern));
    case EndpointColumn::Count_:
        break;
    }
    return {};
}

QVariant EndpointModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto column = static_cast<EndpointColumn>(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (column == EndpointColumn::Open ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case EndpointColumn::Path:
        return tr("Path");
    case EndpointColumn::Answers:
        return tr("Answers");
    case EndpointColumn::Subprotocols:
        return tr("Subprotocols");
    case EndpointColumn::Open:
        return tr("Open");
    case EndpointColumn::Count_:
        break;
    }
    return {};
}

} // namespace jackfield::ui
