#include "ui/models/json_tree_model.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"

namespace jackfield::ui {

using Kind = JsonTree::Kind;

JsonTreeModel::JsonTreeModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_tree(std::make_shared<const JsonTree>())
{ }

void JsonTreeModel::setTree(std::shared_ptr<const JsonTree> tree)
{
    beginResetModel();
    m_tree = tree ? std::move(tree) : std::make_shared<const JsonTree>();
    endResetModel();
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const JsonTree::Node node
        = parent.isValid() ? m_tree->children(nodeOf(parent))[static_cast<std::size_t>(row)] : 0;
    return createIndex(row, column, quintptr{node});
}

QModelIndex JsonTreeModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || nodeOf(child) == 0)
        return {};
    const JsonTree::Node node = m_tree->parent(nodeOf(child));
    return createIndex(static_cast<int>(m_tree->row(node)), 0, quintptr{node});
}

int JsonTreeModel::rowCount(const QModelIndex& parent) const
{
    if (parent.column() > 0)
        return 0;
    if (!parent.isValid())
        return m_tree->isEmpty() ? 0 : 1;
    return static_cast<int>(m_tree->children(nodeOf(parent)).size());
}

int JsonTreeModel::columnCount(const QModelIndex& /*parent*/) const
{
    return 1;
}

QString JsonTreeModel::keyText(JsonTree::Node node) const
{
    if (m_tree->kind(node) == Kind::range) {
        const std::uint64_t first = m_tree->index(node);
        return QStringLiteral("%1 \u2026 %2")
            .arg(formatCount(first), formatCount(first + m_tree->members(node) - 1));
    }
    if (m_tree->hasKey(node)) {
        const std::string_view key = m_tree->key(node);
        return key.empty() ? QStringLiteral("\"\"") : displayText(key, 120);
    }
    return node == 0 ? QString() : formatCount(m_tree->index(node));
}

QString JsonTreeModel::valueText(JsonTree::Node node) const
{
    switch (m_tree->kind(node)) {
    case Kind::object:
        return QStringLiteral("{%1}").arg(formatCount(m_tree->members(node)));
    case Kind::array:
        return QStringLiteral("[%1]").arg(formatCount(m_tree->members(node)));
    case Kind::range:
        return {};
    case Kind::string:
    case Kind::number:
    case Kind::word:
        break;
    }
    return displayText(m_tree->value(node));
}

QVariant JsonTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const JsonTree::Node node = nodeOf(index);
    switch (role) {
    case KeyRole:
        return keyText(node);
    case ValueRole:
        return valueText(node);
    case KindRole:
        return static_cast<int>(m_tree->kind(node));
    case HasKeyRole:
        return m_tree->hasKey(node);
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: {
        const QString key = keyText(node);
        const QString value = valueText(node);
        return key.isEmpty() || value.isEmpty() ? key + value : key + QStringLiteral(": ") + value;
    }
    case Qt::ToolTipRole: // only what a row cannot hold
        if (m_tree->kind(node) == Kind::string && m_tree->value(node).size() > 40)
            return tooltipText(m_tree->value(node));
        return {};
    default:
        return {};
    }
}

} // namespace jackfield::ui
