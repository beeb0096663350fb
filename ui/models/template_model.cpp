#include "ui/models/template_model.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"

#include <QMimeData>

#include <algorithm>
#include <utility>

namespace jackfield::ui {

namespace {

const QString mimeType = QStringLiteral("application/x-jackfield-template");

QString kindText(ComposedMessage::Kind kind)
{
    switch (kind) {
    case ComposedMessage::Kind::text:
        return TemplateModel::tr("text");
    case ComposedMessage::Kind::binary:
        return TemplateModel::tr("binary");
    case ComposedMessage::Kind::ping:
        return TemplateModel::tr("ping");
    case ComposedMessage::Kind::pong:
        return TemplateModel::tr("pong");
    case ComposedMessage::Kind::close:
        return TemplateModel::tr("close");
    case ComposedMessage::Kind::raw:
        return TemplateModel::tr("raw");
    }
    return {};
}

struct Extent {
    std::size_t nodes = 0;
    std::size_t depth = 0; // folders below each other
    std::uint64_t bytes = 0;
};

void measure(const TemplateNode& node, std::size_t depth, Extent& extent)
{
    ++extent.nodes;
    extent.bytes += node.is_folder ? 0 : size_of(node.message);
    if (node.is_folder)
        extent.depth = std::max(extent.depth, depth + 1);
    for (const TemplateNode& child : node.children)
        measure(child, depth + 1, extent);
}

void takeKeys(TemplateNode& node)
{
    node.hotkey = 0;
    for (TemplateNode& child : node.children)
        takeKeys(child);
}

/// A name as it is kept: at most max_template_name bytes, whole characters.
std::string keptName(const QString& name)
{
    QString kept = name.trimmed();
    while (kept.toUtf8().size() > static_cast<qsizetype>(max_template_name))
        kept.chop(kept.back().isLowSurrogate() ? 2 : 1);
    return kept.toStdString();
}

} // namespace

// Children stand in `children`, not in `content.children`.
struct TemplateModel::Node {
    std::uint64_t id = 0;
    TemplateNode content;
    Node* parent = nullptr;
    std::vector<std::unique_ptr<Node>> children;

    [[nodiscard]] int row() const
    {
        const auto& siblings = parent->children;
        const auto found = std::find_if(
            siblings.begin(), siblings.end(), [this](const auto& sibling) { return sibling.get() == this; });
        return static_cast<int>(found - siblings.begin());
    }
    [[nodiscard]] bool isBelow(const Node* other) const
    {
        for (const Node* node = this; node != nullptr; node = node->parent) {
            if (node == other)
                return true;
        }
        return false;
    }
    [[nodiscard]] std::size_t depth() const
    {
        std::size_t depth = 0;
        for (const Node* node = parent; node != nullptr && node->parent != nullptr; node = node->parent)
            ++depth;
        return depth;
    }
    [[nodiscard]] TemplateNode whole() const
    {
        TemplateNode made = content;
        for (const auto& child : children)
            made.children.push_back(child->whole());
        return made;
    }
    template <class Visit>
    void visit(const Visit& each)
    {
        each(*this);
        for (const auto& child : children)
            child->visit(each);
    }
};

struct TemplateModel::Removed {
    std::unique_ptr<Node> node;
    std::uint64_t folder = 0;
    int row = 0;
};

TemplateModel::TemplateModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
    m_root->content.is_folder = true;
}

TemplateModel::~TemplateModel() = default;

std::unique_ptr<TemplateModel::Node> TemplateModel::make(TemplateNode node)
{
    auto made = std::make_unique<Node>();
    made->id = ++m_lastId;
    std::vector<TemplateNode> children = std::move(node.children);
    node.children.clear();
    made->content = std::move(node);
    for (TemplateNode& child : children) {
        made->children.push_back(make(std::move(child)));
        made->children.back()->parent = made.get();
    }
    return made;
}

void TemplateModel::setContent(std::vector<TemplateNode> nodes)
{
    beginResetModel();
    TemplateNode root;
    root.is_folder = true;
    root.children = std::move(nodes);
    m_root = make(std::move(root));
    m_removed.reset();
    endResetModel();
}

std::vector<TemplateNode> TemplateModel::content() const
{
    return m_root->whole().children;
}

TemplateModel::Node* TemplateModel::nodeAt(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

QModelIndex TemplateModel::indexOf(const Node* node) const
{
    return node == nullptr || node->parent == nullptr ? QModelIndex() : createIndex(node->row(), 0, node);
}

TemplateModel::Node* TemplateModel::find(std::uint64_t id) const
{
    Node* found = nullptr;
    m_root->visit([&](Node& node) { found = node.id == id ? &node : found; });
    return found;
}

QModelIndex TemplateModel::index(int row, int column, const QModelIndex& parent) const
{
    const Node* folder = nodeAt(parent);
    if (column != 0 || row < 0 || row >= static_cast<int>(folder->children.size()))
        return {};
    return createIndex(row, 0, folder->children[static_cast<std::size_t>(row)].get());
}

QModelIndex TemplateModel::parent(const QModelIndex& child) const
{
    return child.isValid() ? indexOf(nodeAt(child)->parent) : QModelIndex();
}

int TemplateModel::rowCount(const QModelIndex& parent) const
{
    return static_cast<int>(nodeAt(parent)->children.size());
}

int TemplateModel::columnCount(const QModelIndex& /*parent*/) const
{
    return 1;
}

QVariant TemplateModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const TemplateNode& node = nodeAt(index)->content;
    const QString summary = node.is_folder
        ? QString()
        : tr("%1, %2").arg(kindText(node.message.kind), formatBytes(size_of(node.message)));
    switch (role) {
    case Qt::DisplayRole:
        return node.name.empty() ? tr("(no name)") : displayText(node.name);
    case Qt::EditRole:
        return QString::fromStdString(node.name);
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole: {
        if (node.is_folder)
            return role == Qt::ToolTipRole ? QVariant(tooltipText(node.name)) : QVariant(tr("folder"));
        QString text = summary;
        if (node.message.kind != ComposedMessage::Kind::close
            && node.message.kind != ComposedMessage::Kind::raw)
            text += u'\n' + displayText(node.message.payload.text().substr(0, 2'000), 400);
        if (node.hotkey != 0)
            text += u'\n'
                + (node.send_at_once ? tr("Ctrl+%1 sends it at once")
                                     : tr("Ctrl+%1 puts it into the composer"))
                      .arg(node.hotkey);
        return role == Qt::ToolTipRole ? tooltipText(text) : text;
    }
    case IsFolderRole:
        return node.is_folder;
    case HotkeyRole:
        return int{node.hotkey};
    case SendAtOnceRole:
        return node.send_at_once;
    case SummaryRole:
        return summary;
    default:
        return {};
    }
}

bool TemplateModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || role != Qt::EditRole)
        return false;
    Node* node = nodeAt(index);
    std::string name = keptName(value.toString());
    if (name.empty() || name == node->content.name)
        return false;
    node->content.name = std::move(name);
    Q_EMIT dataChanged(index, index);
    Q_EMIT edited();
    return true;
}

Qt::ItemFlags TemplateModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    Qt::ItemFlags flags
        = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemIsDragEnabled;
    if (isFolder(index))
        flags |= Qt::ItemIsDropEnabled;
    else
        flags |= Qt::ItemNeverHasChildren;
    return flags;
}

QStringList TemplateModel::mimeTypes() const
{
    return {mimeType};
}

QMimeData* TemplateModel::mimeData(const QModelIndexList& indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto* data = new QMimeData;
    data->setData(mimeType, QByteArray::number(static_cast<qulonglong>(nodeAt(indexes.first())->id)));
    return data;
}

bool TemplateModel::canDropMimeData(const QMimeData* data, Qt::DropAction action, int /*row*/, int /*column*/,
    const QModelIndex& parent) const
{
    if (action != Qt::MoveAction || !data->hasFormat(mimeType))
        return false;
    const Node* node = find(data->data(mimeType).toULongLong());
    return node != nullptr && node != m_root.get() && nodeAt(parent)->content.is_folder
        && !nodeAt(parent)->isBelow(node);
}

bool TemplateModel::dropMimeData(
    const QMimeData* data, Qt::DropAction action, int row, int column, const QModelIndex& parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    return move(find(data->data(mimeType).toULongLong()), nodeAt(parent),
        row < 0 ? rowCount(parent) : std::min(row, rowCount(parent)));
}

bool TemplateModel::isFolder(const QModelIndex& index) const
{
    return index.isValid() && nodeAt(index)->content.is_folder;
}

const ComposedMessage* TemplateModel::message(const QModelIndex& index) const
{
    return index.isValid() && !isFolder(index) ? &nodeAt(index)->content.message : nullptr;
}

bool TemplateModel::sendsAtOnce(const QModelIndex& index) const
{
    return index.isValid() && nodeAt(index)->content.send_at_once;
}

QModelIndex TemplateModel::findHotkey(int number) const
{
    const Node* found = nullptr;
    m_root->visit([&](const Node& node) {
        if (number != 0 && node.content.hotkey == number)
            found = &node;
    });
    return indexOf(found);
}

QString TemplateModel::freeName(const QString& wanted, const Node* folder) const
{
    QString name = QString::fromStdString(keptName(wanted.isEmpty() ? tr("Template") : wanted));
    const auto isTaken = [&](const QString& candidate) {
        return std::any_of(folder->children.begin(), folder->children.end(),
            [&](const auto& child) { return QString::fromStdString(child->content.name) == candidate; });
    };
    if (!isTaken(name))
        return name;
    for (int i = 2;; ++i) {
        const QString numbered = QStringLiteral("%1 %2").arg(name).arg(i);
        if (!isTaken(numbered))
            return numbered;
    }
}

bool TemplateModel::fits(const TemplateNode& added, const Node* folder)
{
    Extent extent;
    measure(added, 0, extent);
    Extent present;
    measure(m_root->whole(), 0, present);
    QString why;
    if (!added.is_folder && size_of(added.message) > max_template_bytes)
        why = tr("A template holds at most %1; this message has %2.")
                  .arg(formatBytes(max_template_bytes), formatBytes(size_of(added.message)));
    else if (present.bytes + extent.bytes > max_template_total)
        why = tr("All templates together hold at most %1.").arg(formatBytes(max_template_total));
    else if (present.nodes - 1 + extent.nodes > max_template_nodes)
        why = tr("There are at most %1 templates and folders.").arg(formatCount(max_template_nodes));
    else if (folder->depth() + (folder == m_root.get() ? 0 : 1) + extent.depth > max_template_depth)
        why = tr("Folders stand at most %1 deep in folders.").arg(formatCount(max_template_depth));
    if (!why.isEmpty())
        Q_EMIT refused(why);
    return why.isEmpty();
}

QModelIndex TemplateModel::insertAt(std::unique_ptr<Node> node, Node* folder, int row)
{
    Node* const inserted = node.get();
    inserted->parent = folder;
    beginInsertRows(indexOf(folder), row, row);
    folder->children.insert(folder->children.begin() + row, std::move(node));
    endInsertRows();
    Q_EMIT edited();
    return indexOf(inserted);
}

QModelIndex TemplateModel::insert(std::unique_ptr<Node> node, const QModelIndex& beside)
{
    Node* at = nodeAt(beside);
    if (at->content.is_folder)
        return insertAt(std::move(node), at, static_cast<int>(at->children.size()));
    return insertAt(std::move(node), at->parent, at->row() + 1);
}

QModelIndex TemplateModel::addFolder(const QString& name, const QModelIndex& beside)
{
    const Node* at = nodeAt(beside);
    const Node* folder = at->content.is_folder ? at : at->parent;
    TemplateNode added;
    added.is_folder = true;
    added.name = freeName(name, folder).toStdString();
    return fits(added, folder) ? insert(make(std::move(added)), beside) : QModelIndex();
}

QModelIndex TemplateModel::addTemplate(
    const QString& name, const ComposedMessage& message, const QModelIndex& beside)
{
    const Node* at = nodeAt(beside);
    const Node* folder = at->content.is_folder ? at : at->parent;
    TemplateNode added;
    added.name = freeName(name, folder).toStdString();
    added.message = message;
    return fits(added, folder) ? insert(make(std::move(added)), beside) : QModelIndex();
}

QModelIndex TemplateModel::duplicate(const QModelIndex& index)
{
    if (!index.isValid())
        return {};
    Node* original = nodeAt(index);
    TemplateNode copy = original->whole();
    takeKeys(copy);
    copy.name = freeName(QString::fromStdString(copy.name), original->parent).toStdString();
    if (!fits(copy, original->parent))
        return {};
    return insertAt(make(std::move(copy)), original->parent, original->row() + 1);
}

bool TemplateModel::setMessage(const QModelIndex& index, const ComposedMessage& message)
{
    if (!index.isValid() || isFolder(index))
        return false;
    if (size_of(message) > max_template_bytes) {
        Q_EMIT refused(tr("A template holds at most %1; this message has %2.")
                           .arg(formatBytes(max_template_bytes), formatBytes(size_of(message))));
        return false;
    }
    nodeAt(index)->content.message = message;
    Q_EMIT dataChanged(index, index);
    Q_EMIT edited();
    return true;
}

void TemplateModel::setHotkey(const QModelIndex& index, int number)
{
    if (!index.isValid() || isFolder(index) || number < 0 || number > 9)
        return;
    const QModelIndex before = findHotkey(number);
    if (before == index)
        return;
    if (before.isValid()) {
        nodeAt(before)->content.hotkey = 0;
        Q_EMIT dataChanged(before, before);
    }
    nodeAt(index)->content.hotkey = static_cast<std::uint8_t>(number);
    Q_EMIT dataChanged(index, index);
    Q_EMIT edited();
}

void TemplateModel::setSendAtOnce(const QModelIndex& index, bool atOnce)
{
    if (!index.isValid() || isFolder(index) || nodeAt(index)->content.send_at_once == atOnce)
        return;
    nodeAt(index)->content.send_at_once = atOnce;
    Q_EMIT dataChanged(index, index);
    Q_EMIT edited();
}

bool TemplateModel::move(Node* node, Node* folder, int row)
{
    Node* const from = node->parent;
    const int before = node->row();
    if (folder != from) {
        Extent extent;
        measure(node->whole(), 0, extent);
        if (folder->depth() + (folder == m_root.get() ? 0 : 1) + extent.depth > max_template_depth) {
            Q_EMIT refused(
                tr("Folders stand at most %1 deep in folders.").arg(formatCount(max_template_depth)));
            return false;
        }
    }
    if (!beginMoveRows(indexOf(from), before, before, indexOf(folder), row))
        return false;
    std::unique_ptr<Node> taken = std::move(from->children[static_cast<std::size_t>(before)]);
    from->children.erase(from->children.begin() + before);
    const int target = folder == from && before < row ? row - 1 : row;
    taken->parent = folder;
    folder->children.insert(folder->children.begin() + target, std::move(taken));
    endMoveRows();
    Q_EMIT edited();
    return true;
}

bool TemplateModel::moveBy(const QModelIndex& index, int places)
{
    if (!index.isValid())
        return false;
    Node* node = nodeAt(index);
    const int target = node->row() + places;
    if (places == 0 || target < 0 || target >= static_cast<int>(node->parent->children.size()))
        return false;
    return move(node, node->parent, places > 0 ? target + 1 : target);
}

bool TemplateModel::moveOut(const QModelIndex& index)
{
    if (!index.isValid() || nodeAt(index)->parent == m_root.get())
        return false;
    Node* node = nodeAt(index);
    return move(node, node->parent->parent, node->parent->row() + 1);
}

bool TemplateModel::moveIn(const QModelIndex& index)
{
    if (!index.isValid() || index.row() == 0)
        return false;
    Node* node = nodeAt(index);
    Node* above = node->parent->children[static_cast<std::size_t>(index.row() - 1)].get();
    return above->content.is_folder && move(node, above, static_cast<int>(above->children.size()));
}

void TemplateModel::remove(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    Node* node = nodeAt(index);
    Node* const folder = node->parent;
    const int row = node->row();
    beginRemoveRows(indexOf(folder), row, row);
    m_removed = std::make_unique<Removed>();
    m_removed->folder = folder->id;
    m_removed->row = row;
    m_removed->node = std::move(folder->children[static_cast<std::size_t>(row)]);
    folder->children.erase(folder->children.begin() + row);
    endRemoveRows();
    Q_EMIT edited();
}

QModelIndex TemplateModel::restore()
{
    if (!m_removed)
        return {};
    const std::unique_ptr<Removed> removed = std::move(m_removed);
    Node* folder = find(removed->folder);
    if (folder == nullptr)
        folder = m_root.get();
    // A key that somebody else has by now stays there.
    removed->node->visit([this](Node& node) {
        if (node.content.hotkey != 0 && findHotkey(node.content.hotkey).isValid())
            node.content.hotkey = 0;
    });
    const int row = std::min(removed->row, static_cast<int>(folder->children.size()));
    return insertAt(std::move(removed->node), folder, row);
}

} // namespace jackfield::ui
