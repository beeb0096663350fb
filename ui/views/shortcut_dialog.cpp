#include "ui/views/shortcut_dialog.h"

#include "ui/text/display_text.h"
#include "ui/views/controls.h"
#include "ui/views/shortcut_list.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

constexpr int whatColumn = 0;
constexpr int keysColumn = 1;

} // namespace

ShortcutDialog::ShortcutDialog(QWidget* window)
    : QDialog(window)
{
    nameControl(this, "shortcut_dialog", "Keyboard shortcuts");
    setWindowTitle(tr("Keyboard shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);

    m_filter = named(new QLineEdit(this), "shortcut_filter", "Filter shortcuts");
    m_filter->setPlaceholderText(tr("Filter by words or keys"));
    m_filter->setClearButtonEnabled(true);
    m_list = named(new QTreeWidget(this), "shortcut_list", "List of shortcuts");
    m_list->setColumnCount(2);
    m_list->setHeaderLabels({tr("What"), tr("Keys")});
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setIndentation(14);
    m_list->setUniformRowHeights(true);
    fill(*window);
    m_list->expandAll();
    m_list->header()->setStretchLastSection(true);
    m_list->header()->setSectionResizeMode(whatColumn, QHeaderView::ResizeToContents);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    nameControl(buttons->button(QDialogButtonBox::Close), "shortcut_close", "Close shortcuts");
    auto* copyButton = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    nameControl(copyButton, "shortcut_copy", "Copy shortcuts");
    copyButton->setToolTip(tr("Copy the selected lines, or all that are shown"));
    copyButton->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 12);
    layout->setSpacing(10);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    resize(600, 560);

    auto* key = new QShortcut(QKeySequence::Copy, m_list, nullptr, nullptr, Qt::WidgetShortcut);
    key->setWhatsThis(tr("Copy"));
    connect(key, &QShortcut::activated, this, &ShortcutDialog::copy);
    connect(copyButton, &QPushButton::clicked, this, &ShortcutDialog::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutDialog::filter);
    m_filter->setFocus();
}

void ShortcutDialog::showFor(QWidget& window)
{
    auto* dialog = window.findChild<ShortcutDialog*>(QString(), Qt::FindDirectChildrenOnly);
    if (dialog == nullptr)
        dialog = new ShortcutDialog(&window);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void ShortcutDialog::fill(const QWidget& window)
{
    QTreeWidgetItem* area = nullptr;
    for (const ShortcutLine& line : shortcutsOf(window)) {
        if (area == nullptr || area->text(whatColumn) != line.area) {
            area = new QTreeWidgetItem(m_list, {displayText(line.area)});
            area->setFlags(Qt::ItemIsEnabled);
            QFont bold = m_list->font();
            bold.setBold(true);
            area->setFont(whatColumn, bold);
            area->setFirstColumnSpanned(true);
        }
        auto* item = new QTreeWidgetItem(area, {displayText(line.what), displayText(line.keys)});
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren);
    }
}

void ShortcutDialog::filter(const QString& words)
{
    const QStringList wanted = words.split(u' ', Qt::SkipEmptyParts);
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* area = m_list->topLevelItem(i);
        bool any = false;
        for (int row = 0; row < area->childCount(); ++row) {
            QTreeWidgetItem* item = area->child(row);
            const QString text
                = area->text(whatColumn) + u' ' + item->text(whatColumn) + u' ' + item->text(keysColumn);
            const bool fits = std::all_of(wanted.begin(), wanted.end(),
                [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
            item->setHidden(!fits);
            any = any || fits;
        }
        area->setHidden(!any);
    }
}

QString ShortcutDialog::text() const
{
    const bool selectedOnly = !m_list->selectedItems().isEmpty();
    QStringList lines;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        const QTreeWidgetItem* area = m_list->topLevelItem(i);
        for (int row = 0; row < area->childCount(); ++row) {
            const QTreeWidgetItem* item = area->child(row);
            if (!item->isHidden() && (!selectedOnly || item->isSelected()))
                lines << area->text(whatColumn) + u'\t' + item->text(whatColumn) + u'\t'
                        + item->text(keysColumn);
        }
    }
    return lines.join(u'\n');
}

void ShortcutDialog::copy() const
{
    QGuiApplication::clipboard()->setText(text());
}

} // namespace jackfield::ui
