#include "ui/views/tail_table.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/shortcut_list.h"
#include "ui/views/spoken_name.h"
#include "ui/views/table_header.h"
#include "ui/views/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>

#include <algorithm>

namespace jackfield::ui {

TailTable::TailTable(QWidget* parent)
    : QTableView(parent)
    , m_button(new QPushButton(this))
{
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setFrameShape(NoFrame);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(tableRowHeight());
    verticalHeader()->setDefaultSectionSize(tableRowHeight());
    setHorizontalHeader(new TableHeader(this));
    describeKey(this, Qt::Key_Home, tr("First row"));
    describeKey(this, Qt::Key_End, tr("Last row, and stay there"));

    m_button->setObjectName(QStringLiteral("go_to_newest"));
    m_button->setAccessibleName(spokenName("Go to newest"));
    m_button->setProperty("primary", true);
    m_button->setFocusPolicy(Qt::TabFocus);
    m_button->setAutoDefault(false);
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, &TailTable::goToEnd);

    connect(verticalScrollBar(), &QScrollBar::valueChanged, this,
        [this](int value) { setFollowing(value >= verticalScrollBar()->maximum()); });
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this] {
        if (m_following)
            verticalScrollBar()->setValue(verticalScrollBar()->maximum());
        else
            setFollowing(verticalScrollBar()->value() >= verticalScrollBar()->maximum());
    });
}

void TailTable::setModel(QAbstractItemModel* model)
{
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::rowsInserted, this,
        [this](const QModelIndex&, int first, int last) { onInserted(first, last); });
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
        [this](const QModelIndex&, int first, int last) { onAboutToBeRemoved(first, last); });
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this] {
        if (m_shift > 0)
            verticalScrollBar()->setValue(verticalScrollBar()->value() - m_shift);
        m_shift = 0;
        countNew();
        viewport()->update();
    });
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        m_new = 0;
        countNew();
    });
}

void TailTable::setNewRows(std::function<quint64()> mark, std::function<int(quint64 mark)> since)
{
    m_markNow = std::move(mark);
    m_newSince = std::move(since);
}

void TailTable::setEmptyText(const QString& text)
{
    if (text == m_emptyText)
        return;
    m_emptyText = text;
    viewport()->update();
}

void TailTable::setStandingStill()
{
    m_standsStill = true;
    setFollowing(false);
}

void TailTable::goToEnd()
{
    setFollowing(true);
    scrollToBottom();
}

void TailTable::onInserted(int first, int last)
{
    if (m_following || m_standsStill)
        return;
    if (last + 1 < model()->rowCount())
        return; // not at the end
    m_new += last - first + 1;
    countNew();
}

void TailTable::countNew()
{
    if (m_newSince && !m_following && !m_standsStill)
        m_new = m_newSince(m_mark);
    placeButton();
}

void TailTable::onAboutToBeRemoved(int first, int last)
{
    if (m_following)
        return;
    const int top = verticalScrollBar()->value();
    m_shift = std::max(0, std::min(last, top - 1) - first + 1);
}

void TailTable::setFollowing(bool following)
{
    following = following && !m_standsStill;
    if (following)
        m_new = 0;
    else if (m_following && m_markNow)
        m_mark = m_markNow();
    m_following = following;
    placeButton();
}

void TailTable::placeButton()
{
    const bool wanted = !m_following && m_new > 0;
    if (wanted) {
        //: a button that goes to the newest rows of a table; %1 is a number
        m_button->setText(
            tr("%1 new").arg(formatCount(static_cast<std::uint64_t>(m_new))) + QStringLiteral(" \u2193"));
        m_button->adjustSize();
        const QRect area = viewport()->geometry();
        m_button->move(area.right() - m_button->width() - 12, area.bottom() - m_button->height() - 10);
        m_button->raise();
    }
    m_button->setVisible(wanted);
}

void TailTable::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (m_emptyText.isEmpty() || !model() || model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(themeColor(ColorRole::MutedText));
    painter.drawText(
        viewport()->rect().adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

void TailTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    placeButton();
}

void TailTable::addKey(const QKeySequence& keys, const QString& what, std::function<void()> action)
{
    describeKey(this, keys, what);
    m_keys.emplace_back(keys, std::move(action));
}

bool TailTable::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const QKeySequence pressed(static_cast<QKeyEvent*>(event)->keyCombination());
        if (std::any_of(
                m_keys.begin(), m_keys.end(), [&](const auto& key) { return key.first == pressed; })) {
            event->accept();
            return true;
        }
    }
    return QTableView::event(event);
}

QModelIndex TailTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    if (currentIndex().isValid() || m_standsStill || action == MoveHome || action == MoveEnd || model() == nullptr
        || model()->rowCount() == 0)
        return QTableView::moveCursor(action, modifiers);
    const int lowest = rowAt(viewport()->height() - 1);
    const QModelIndex index = model()->index(lowest < 0 ? model()->rowCount() - 1 : lowest, 0);
    return isColumnHidden(0) ? index.siblingAtColumn(columnAt(0)) : index;
}

void TailTable::keyPressEvent(QKeyEvent* event)
{
    const QKeySequence pressed(event->keyCombination());
    for (const auto& [keys, action] : m_keys) {
        if (keys == pressed) {
            action();
            return;
        }
    }
    const int rows = model() ? model()->rowCount() : 0;
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (rows > 0 && plain && (event->key() == Qt::Key_End || event->key() == Qt::Key_Home)) {
        const int row = event->key() == Qt::Key_End ? rows - 1 : 0;
        int column = 0;
        while (column + 1 < model()->columnCount() && isColumnHidden(column))
            ++column;
        setCurrentIndex(model()->index(row, column));
        if (row > 0)
            goToEnd();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace jackfield::ui
