#include "ui/views/json_view.h"

#include "ui/models/json_tree_model.h"
#include "ui/text/display_text.h"
#include "ui/views/controls.h"
#include "ui/views/keyboard_menu.h"
#include "ui/views/payload_clipboard.h"
#include "ui/views/theme.h"

#include <QClipboard>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QShortcut>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QTreeView>

#include <algorithm>

namespace jackfield::ui {

namespace {

using Kind = JsonTree::Kind;

// Opening every level of a large tree at once would take longer than anybody wants to wait for a key.
constexpr std::size_t smallTree = 2'000; // nodes

ColorRole colorOf(Kind kind)
{
    switch (kind) {
    case Kind::string:
        return ColorRole::JsonString;
    case Kind::number:
        return ColorRole::JsonNumber;
    case Kind::word:
        return ColorRole::Accent;
    case Kind::object:
    case Kind::array:
    case Kind::range:
        break;
    }
    return ColorRole::Text;
}

class JsonDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, themeColor(ColorRole::Selection));
        painter->setFont(monospaceFont());
        const QFontMetrics metrics(painter->font());
        QRect left = option.rect.adjusted(2, 0, -6, 0);
        const auto write = [&](const QString& text, ColorRole role) {
            painter->setPen(themeColor(role));
            const QString shown = metrics.elidedText(text, Qt::ElideRight, left.width());
            painter->drawText(left, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
            left.setLeft(std::min(left.right(), left.left() + metrics.horizontalAdvance(shown)));
        };
        const QString key = index.data(JsonTreeModel::KeyRole).toString();
        const QString value = index.data(JsonTreeModel::ValueRole).toString();
        const bool isMember = index.data(JsonTreeModel::HasKeyRole).toBool();
        if (!key.isEmpty()) {
            write(key, isMember ? ColorRole::JsonKey : ColorRole::MutedText);
            if (!value.isEmpty())
                write(QStringLiteral(": "), ColorRole::MutedText);
        }
        write(value, colorOf(static_cast<Kind>(index.data(JsonTreeModel::KindRole).toInt())));
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const override
    {
        return {40, QFontMetrics(monospaceFont()).height() + 5};
    }
};

} // namespace

JsonView::JsonView(QWidget* parent)
    : QWidget(parent)
    , m_model(new JsonTreeModel(this))
{
    nameControl(this, "message_json", "Message JSON");
    m_reason = named(wrappedLabel(QString(), this), "json_reason", "Why there is no JSON tree");
    m_reason->setProperty("muted", true);
    m_reason->setAlignment(Qt::AlignCenter);
    m_reason->setMargin(16);
    m_tree = named(new QTreeView(this), "json_tree", "JSON tree");
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new JsonDelegate(m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setIndentation(16);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setSelectionMode(QAbstractItemView::SingleSelection);
    m_tree->installEventFilter(this);
    new KeyboardMenu(*m_tree);
    m_pages = new QStackedLayout(this);
    m_pages->setContentsMargins(0, 0, 0, 0);
    m_pages->addWidget(m_reason);
    m_pages->addWidget(m_tree);

    auto* copy = new QShortcut(QKeySequence::Copy, m_tree, nullptr, nullptr, Qt::WidgetShortcut);
    copy->setWhatsThis(tr("Copy the value"));
    connect(copy, &QShortcut::activated, this, &JsonView::copyValue);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &JsonView::showMenu);
    connect(&Theme::instance(), &Theme::changed, m_tree->viewport(), qOverload<>(&QWidget::update));
    clear();
}

void JsonView::showTree(std::shared_ptr<const JsonTree> tree)
{
    m_model->setTree(std::move(tree));
    const QModelIndex whole = m_model->index(0, 0);
    m_tree->expand(whole);
    m_tree->setCurrentIndex(whole);
    m_tree->clearSelection(); // the keyboard starts there, and nothing looks chosen
    m_pages->setCurrentWidget(m_tree);
}

void JsonView::showReason(const QString& reason)
{
    m_model->setTree(nullptr);
    m_reason->setText(displayText(reason));
    m_pages->setCurrentWidget(m_reason);
}

void JsonView::clear()
{
    showReason({});
}

bool JsonView::hasCurrent() const
{
    return m_tree->currentIndex().isValid();
}

JsonTree::Node JsonView::current() const
{
    return JsonTreeModel::nodeOf(m_tree->currentIndex());
}

void JsonView::copy(std::string_view text)
{
    if (!copyPayloads({text}, CopyForm::Text))
        Q_EMIT copyRefused(QByteArray(text.data(), static_cast<qsizetype>(text.size())));
}

void JsonView::copyValue()
{
    if (hasCurrent() && m_model->tree().kind(current()) != Kind::range)
        copy(m_model->tree().value(current()));
}

void JsonView::copyKey()
{
    if (hasCurrent() && m_model->tree().hasKey(current()))
        copy(m_model->tree().key(current()));
}

void JsonView::copyPath()
{
    if (hasCurrent())
        copy(m_model->tree().path(current()));
}

void JsonView::filterLikeThis()
{
    const std::string filter = hasCurrent() ? m_model->tree().filter(current()) : std::string();
    if (!filter.empty())
        Q_EMIT filterRequested(QString::fromStdString(filter));
}

void JsonView::showMenu(const QPoint& at)
{
    const QModelIndex under = m_tree->indexAt(at);
    if (under.isValid())
        m_tree->setCurrentIndex(under);
    if (!hasCurrent())
        return;
    const JsonTree& tree = m_model->tree();
    const JsonTree::Node node = current();
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("json_menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, const char* name, auto slot, bool enabled) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    const bool isValue = tree.kind(node) != Kind::range;
    add(tr("Copy &value"), "json_copy_value", &JsonView::copyValue, isValue)->setShortcut(QKeySequence::Copy);
    add(tr("Copy &key"), "json_copy_key", &JsonView::copyKey, tree.hasKey(node));
    add(tr("Copy &path"), "json_copy_path", &JsonView::copyPath, isValue);
    menu->addSeparator();
    const std::string filter = tree.filter(node);
    QAction* like = add(tr("&Filter like this"), "json_filter", &JsonView::filterLikeThis, !filter.empty());
    if (!filter.empty())
        like->setText(tr("&Filter by %1").arg(mnemonicSafe(displayText(filter, 60))));
    menu->addSeparator();
    const QModelIndex index = m_tree->currentIndex();
    const bool hasChildren = m_model->rowCount(index) > 0;
    if (m_tree->isExpanded(index))
        add(
            tr("&Close"), "json_collapse", [this] { m_tree->collapse(m_tree->currentIndex()); }, hasChildren);
    else
        add(
            tr("&Open"), "json_expand", [this] { m_tree->expand(m_tree->currentIndex()); }, hasChildren);
    add(
        tr("Open &all below"), "json_expand_all",
        [this] { m_tree->expandRecursively(m_tree->currentIndex()); },
        hasChildren && tree.size() <= smallTree);
    menu->popup(m_tree->viewport()->mapToGlobal(at));
}

bool JsonView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_tree && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Asterisk && m_model->tree().size() > smallTree) {
            m_tree->expand(m_tree->currentIndex());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace jackfield::ui
