#include "ui/views/template_panel.h"

#include "ui/models/template_model.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/flow_layout.h"
#include "ui/views/inline_notice.h"
#include "ui/views/menu_button.h"
#include "ui/views/shortcut_list.h"
#include "ui/views/theme.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

constexpr int nameChars = 40; // of a message, for its first name

/// Name, and its key as a badge at the right; amber where the key sends at once.
class TemplateDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const int key = index.data(TemplateModel::HotkeyRole).toInt();
        const bool atOnce = index.data(TemplateModel::SendAtOnceRole).toBool();
        QStyledItemDelegate::paint(painter, option, index);
        if (key == 0)
            return;
        const QString text = QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + key))
                                 .toString(QKeySequence::NativeText);
        const int width = QFontMetrics(smallFont()).horizontalAdvance(text) + 14;
        QRect badge = option.rect.adjusted(0, 0, -4, 0);
        badge.setLeft(badge.right() - width);
        paintBadge(*painter, badge, text, atOnce ? ColorRole::AttentionBadge : ColorRole::Badge,
            atOnce ? ColorRole::AttentionBadgeText : ColorRole::BadgeText);
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width(), tableRowHeight()};
    }
    QWidget* createEditor(
        QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QWidget* editor = QStyledItemDelegate::createEditor(parent, option, index);
        if (editor != nullptr)
            nameControl(editor, "template_name", "Template name");
        if (auto* line = qobject_cast<QLineEdit*>(editor))
            line->setMaxLength(static_cast<int>(max_template_name));
        return editor;
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.data(TemplateModel::IsFolderRole).toBool()) {
            option->icon = QApplication::style()->standardIcon(QStyle::SP_DirIcon);
            option->decorationSize = QSize(14, 14);
            option->features |= QStyleOptionViewItem::HasDecoration;
        }
        const int key = index.data(TemplateModel::HotkeyRole).toInt();
        const int badge
            = key == 0 ? 0 : QFontMetrics(smallFont()).horizontalAdvance(QStringLiteral("Ctrl+0")) + 24;
        option->text = QFontMetrics(option->font)
                           .elidedText(option->text, Qt::ElideRight,
                               std::max(option->rect.width() - badge - (option->icon.isNull() ? 8 : 28), 20));
    }
};

QString nameFor(const ComposedMessage& message)
{
    using Kind = ComposedMessage::Kind;
    const bool isText
        = message.kind == Kind::text || message.kind == Kind::ping || message.kind == Kind::pong;
    QString name
        = isText ? displayText(message.payload.text().substr(0, 400), nameChars).trimmed() : QString();
    if (!name.isEmpty())
        return name;
    switch (message.kind) {
    case Kind::text:
        return TemplatePanel::tr("Empty text");
    case Kind::binary:
        return TemplatePanel::tr("Binary, %1").arg(formatBytes(message.payload.size()));
    case Kind::ping:
        return TemplatePanel::tr("Ping");
    case Kind::pong:
        return TemplatePanel::tr("Pong");
    case Kind::close:
        return message.close.code ? TemplatePanel::tr("Close %1").arg(*message.close.code)
                                  : TemplatePanel::tr("Close");
    case Kind::raw:
        return TemplatePanel::tr("Raw frames");
    }
    return name;
}

} // namespace

TemplatePanel::TemplatePanel(TemplateModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
{
    nameControl(this, "template_panel", "Templates");
    build();
    buildActions();
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &TemplatePanel::refresh);
    for (const auto signal : {&TemplateModel::rowsInserted, &TemplateModel::rowsRemoved})
        connect(&m_model, signal, this, &TemplatePanel::refresh);
    connect(&m_model, &TemplateModel::rowsMoved, this, &TemplatePanel::refresh);
    connect(&m_model, &TemplateModel::dataChanged, this, &TemplatePanel::refresh);
    connect(&m_model, &TemplateModel::modelReset, this, [this] {
        m_tree->expandAll();
        refresh();
    });
    connect(&m_model, &TemplateModel::refused, this,
        [this](const QString& sentence) { m_notice->showNotice(InlineNotice::Kind::Warning, sentence); });
    m_tree->expandAll();
    refresh();
}

void TemplatePanel::forgetDocument()
{
    m_notice->dismiss();
}

void TemplatePanel::build()
{
    auto* save = named(framedToolButton(tr("+ Template"), this), "template_save", "Save as template");
    save->setToolTip(tr("Keep what stands in the composer (Ctrl+S there)"));
    auto* folder = named(framedToolButton(tr("+ Folder"), this), "template_folder", "New template folder");
    m_more = named(
        new MenuButton(tr("Edit") + QStringLiteral(" \u25BE"), this), "template_more", "Edit templates");
    m_tree = named(new QTreeView(this), "template_tree", "Templates");
    m_tree->setModel(&m_model);
    m_tree->setItemDelegate(new TemplateDelegate(m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setDragDropMode(QAbstractItemView::InternalMove);
    m_tree->setDropIndicatorShown(true);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setSelectionMode(QAbstractItemView::SingleSelection);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setExpandsOnDoubleClick(true);
    m_tree->setIndentation(16);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->installEventFilter(this);
    m_empty = named(
        wrappedLabel(
            tr("Messages that you send often. Save what stands in the composer with Ctrl+S, or a message of "
               "the table with its menu.\n\nA template may hold {{counter}}, {{now}}, {{unixtime}}, "
               "{{random}} and {{uuid}}; they are expanded when it is sent."),
            this),
        "template_empty", "How templates work");
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_empty->setContentsMargins(12, 10, 12, 10);
    m_empty->setProperty("muted", true);
    m_notice = new InlineNotice(QStringLiteral("templates"), this);
    m_notice->setObjectName(QStringLiteral("template_notice"));

    auto* tools = new FlowLayout(6);
    tools->setContentsMargins(10, 8, 10, 8);
    tools->addWidget(save);
    tools->addWidget(folder);
    tools->addWidget(m_more);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(m_notice);
    column->addWidget(m_empty);
    column->addWidget(m_tree, 1);
    setFocusProxy(m_tree);

    connect(save, &QToolButton::clicked, this, &TemplatePanel::saveRequested);
    connect(folder, &QToolButton::clicked, this, &TemplatePanel::addFolder);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &TemplatePanel::showMenu);
    connect(m_tree, &QTreeView::doubleClicked, this, [this](const QModelIndex& index) {
        if (!m_model.isFolder(index))
            use();
    });
}

QAction* TemplatePanel::addAction(
    const QString& text, const char* name, void (TemplatePanel::*slot)(), const QKeySequence& key)
{
    // The keys are the tree's own; they are shown here and not claimed.
    QAction* action
        = m_menu->addAction(key.isEmpty() ? text : text + u'\t' + key.toString(QKeySequence::NativeText));
    action->setObjectName(QLatin1String(name));
    if (!key.isEmpty())
        describeKey(m_tree, key, text);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void TemplatePanel::buildActions()
{
    m_menu = new QMenu(m_more);
    m_menu->setObjectName(QStringLiteral("template_menu"));
    m_use = addAction(tr("Put into the composer"), "template_use", &TemplatePanel::use, Qt::Key_Enter);
    m_send
        = addAction(tr("Send now"), "template_send", &TemplatePanel::sendCurrent, Qt::CTRL | Qt::Key_Enter);
    m_update
        = addAction(tr("Replace by what is composed"), "template_update", &TemplatePanel::updateRequested);
    m_menu->addSeparator();
    m_rename = addAction(tr("Rename"), "template_rename", &TemplatePanel::rename, Qt::Key_F2);
    m_duplicate
        = addAction(tr("Duplicate"), "template_duplicate", &TemplatePanel::duplicate, Qt::CTRL | Qt::Key_D);
    addAction(tr("New folder"), "template_new_folder", &TemplatePanel::addFolder);
    m_keys = m_menu->addMenu(tr("Key"));
    m_keys->setObjectName(QStringLiteral("template_keys"));
    fillKeyMenu(*m_keys);
    m_atOnce = m_menu->addAction(tr("Its key sends at once"));
    m_atOnce->setObjectName(QStringLiteral("template_at_once"));
    m_atOnce->setCheckable(true);
    connect(m_atOnce, &QAction::triggered, this,
        [this](bool on) { m_model.setSendAtOnce(m_tree->currentIndex(), on); });
    m_menu->addSeparator();
    constexpr auto withKey = Qt::ALT | Qt::SHIFT;
    m_up = addAction(tr("Move up"), "template_up", &TemplatePanel::moveUp, withKey | Qt::Key_Up);
    m_down = addAction(tr("Move down"), "template_down", &TemplatePanel::moveDown, withKey | Qt::Key_Down);
    m_in = addAction(
        tr("Move into the folder above"), "template_in", &TemplatePanel::moveIn, withKey | Qt::Key_Right);
    m_out = addAction(
        tr("Move out of its folder"), "template_out", &TemplatePanel::moveOut, withKey | Qt::Key_Left);
    m_menu->addSeparator();
    m_remove = addAction(tr("Delete"), "template_delete", &TemplatePanel::remove, Qt::Key_Delete);
    m_more->setMenu(m_menu);
}

void TemplatePanel::fillKeyMenu(QMenu& menu)
{
    for (int number = 0; number <= 9; ++number) {
        QAction* action = menu.addAction(number == 0 ? tr("None") : QStringLiteral("Ctrl+%1").arg(number));
        action->setObjectName(QStringLiteral("template_key_%1").arg(number));
        action->setCheckable(true);
        action->setData(number);
        connect(action, &QAction::triggered, this, [this, number] {
            m_model.setHotkey(m_tree->currentIndex(), number);
            refresh();
        });
    }
}

void TemplatePanel::showMenu(const QPoint& at)
{
    const QModelIndex index = m_tree->indexAt(at);
    if (index.isValid())
        m_tree->setCurrentIndex(index);
    refresh();
    m_menu->popup(m_tree->viewport()->mapToGlobal(at));
}

void TemplatePanel::refresh()
{
    const QModelIndex current = m_tree->currentIndex();
    const bool isTemplate = m_model.message(current) != nullptr;
    for (QAction* action : {m_use, m_send, m_update, m_atOnce})
        action->setEnabled(isTemplate);
    m_keys->setEnabled(isTemplate);
    for (QAction* action : {m_rename, m_duplicate, m_remove})
        action->setEnabled(current.isValid());
    m_up->setEnabled(current.isValid() && current.row() > 0);
    m_down->setEnabled(current.isValid() && current.row() + 1 < m_model.rowCount(current.parent()));
    m_in->setEnabled(current.isValid() && current.row() > 0
        && m_model.isFolder(m_model.index(current.row() - 1, 0, current.parent())));
    m_out->setEnabled(current.parent().isValid());
    m_atOnce->setChecked(m_model.sendsAtOnce(current));
    const int key = current.data(TemplateModel::HotkeyRole).toInt();
    for (QAction* action : m_keys->actions())
        action->setChecked(isTemplate && action->data().toInt() == key);
    const bool isEmpty = m_model.rowCount() == 0;
    m_empty->setVisible(isEmpty);
    m_tree->setVisible(!isEmpty);
}

void TemplatePanel::select(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    m_tree->expand(index.parent());
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
}

void TemplatePanel::keep(const ComposedMessage& message)
{
    const QModelIndex made = m_model.addTemplate(nameFor(message), message, m_tree->currentIndex());
    if (!made.isValid())
        return;
    select(made);
    rename();
}

void TemplatePanel::replaceCurrent(const jackfield::ComposedMessage& message)
{
    const QPersistentModelIndex replaced = m_tree->currentIndex();
    const ComposedMessage* before = m_model.message(replaced);
    if (before == nullptr)
        return;
    const auto undo = [this, replaced, old = *before] {
        if (m_model.setMessage(replaced, old))
            select(replaced);
    };
    if (m_model.setMessage(replaced, message))
        m_notice->showUndo(tr("%1 holds now what is composed.")
                               .arg(quotedPeerText(replaced.data(Qt::EditRole).toString().toStdString(), 60)),
            QStringLiteral("Undo replacing template"), undo);
}

bool TemplatePanel::activateHotkey(int number)
{
    const QModelIndex index = m_model.findHotkey(number);
    const ComposedMessage* message = m_model.message(index);
    if (message == nullptr)
        return false;
    if (m_model.sendsAtOnce(index))
        Q_EMIT sendRequested(*message);
    else
        Q_EMIT fillRequested(*message);
    return true;
}

void TemplatePanel::focusTree()
{
    m_tree->setFocus(Qt::ShortcutFocusReason);
}

void TemplatePanel::use()
{
    if (const ComposedMessage* message = m_model.message(m_tree->currentIndex()))
        Q_EMIT fillRequested(*message);
}

void TemplatePanel::sendCurrent()
{
    if (const ComposedMessage* message = m_model.message(m_tree->currentIndex()))
        Q_EMIT sendRequested(*message);
}

void TemplatePanel::rename()
{
    const QModelIndex current = m_tree->currentIndex();
    if (!current.isValid())
        return;
    m_tree->setFocus(Qt::OtherFocusReason);
    m_tree->edit(current);
}

void TemplatePanel::duplicate()
{
    select(m_model.duplicate(m_tree->currentIndex()));
}

void TemplatePanel::remove()
{
    const QModelIndex current = m_tree->currentIndex();
    if (!current.isValid())
        return;
    const QString name = quotedPeerText(current.data(Qt::EditRole).toString().toStdString(), 60);
    const bool isFolder = m_model.isFolder(current);
    const int inside = m_model.rowCount(current);
    m_model.remove(current);
    m_notice->showNotice(InlineNotice::Kind::Information,
        isFolder && inside > 0 ? tr("The folder %1 is deleted with what was in it.").arg(name)
                               : tr("%1 is deleted.").arg(name),
        {{tr("Undo"), QStringLiteral("Undo delete template"), [this] { select(m_model.restore()); }}});
}

void TemplatePanel::addFolder()
{
    const QModelIndex made = m_model.addFolder(tr("Folder"), m_tree->currentIndex());
    if (!made.isValid())
        return;
    select(made);
    rename();
}

void TemplatePanel::moveUp()
{
    m_model.moveBy(m_tree->currentIndex(), -1);
    refresh();
}

void TemplatePanel::moveDown()
{
    m_model.moveBy(m_tree->currentIndex(), 1);
    refresh();
}

void TemplatePanel::moveIn()
{
    const QPersistentModelIndex moved = m_tree->currentIndex();
    if (m_model.moveIn(moved))
        select(moved);
    refresh();
}

void TemplatePanel::moveOut()
{
    const QPersistentModelIndex moved = m_tree->currentIndex();
    if (m_model.moveOut(moved))
        select(moved);
    refresh();
}

bool TemplatePanel::eventFilter(QObject* watched, QEvent* event)
{
    const bool isPress = event->type() == QEvent::KeyPress;
    if (watched != m_tree || (!isPress && event->type() != QEvent::ShortcutOverride))
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const Qt::KeyboardModifiers modifiers = key->modifiers() & ~Qt::KeypadModifier;
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    void (TemplatePanel::*slot)() = nullptr;
    if (modifiers == Qt::NoModifier)
        slot = enter && !m_model.isFolder(m_tree->currentIndex()) ? &TemplatePanel::use
            : key->key() == Qt::Key_F2                            ? &TemplatePanel::rename
            : key->key() == Qt::Key_Delete                        ? &TemplatePanel::remove
                                                                  : nullptr;
    else if (modifiers == Qt::ControlModifier)
        slot = enter                  ? &TemplatePanel::sendCurrent
            : key->key() == Qt::Key_D ? &TemplatePanel::duplicate
                                      : nullptr;
    else if (modifiers == (Qt::AltModifier | Qt::ShiftModifier))
        slot = key->key() == Qt::Key_Up   ? &TemplatePanel::moveUp
            : key->key() == Qt::Key_Down  ? &TemplatePanel::moveDown
            : key->key() == Qt::Key_Right ? &TemplatePanel::moveIn
            : key->key() == Qt::Key_Left  ? &TemplatePanel::moveOut
                                          : nullptr;
    if (slot == nullptr)
        return QWidget::eventFilter(watched, event);
    if (isPress)
        (this->*slot)();
    event->accept();
    return true;
}

} // namespace jackfield::ui
