#include "ui/views/connection_table.h"

#include "ui/models/connection_model.h"
#include "ui/views/connection_delegate.h"
#include "ui/views/controls.h"
#include "ui/views/keyboard_menu.h"
#include "ui/views/shortcut_list.h"
#include "ui/views/table_header.h"
#include "ui/views/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>

namespace jackfield::ui {

namespace {

/// What a column needs for "CONNECTING", "1,204", "20:14:03"; `narrow`: what it can live with beside a narrow
/// name.
int usualWidth(ConnectionColumn column, const QFontMetrics& metrics, bool narrow)
{
    const auto text
        = [&](const char* sample) { return metrics.horizontalAdvance(QLatin1String(sample)) + 18; };
    switch (column) {
    case ConnectionColumn::State:
        return text("CLOSING") + 17;
    case ConnectionColumn::Number:
        return text("99999");
    case ConnectionColumn::FromBrowser:
    case ConnectionColumn::ToBrowser:
        return text(narrow ? "9,999,999" : "From browser");
    case ConnectionColumn::LastMessage:
        return text(narrow ? "59 min" : "Last message");
    case ConnectionColumn::Since:
        return text("20:14:03");
    case ConnectionColumn::UserAgent:
    case ConnectionColumn::Origin:
    case ConnectionColumn::Path:
    case ConnectionColumn::WhoClosed:
    case ConnectionColumn::CloseCode:
        return 150;
    default:
        return 110;
    }
}

constexpr int comfortableName = 220; // pixels; below it the figures give way

} // namespace

ConnectionTable::ConnectionTable(ConnectionModel& model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
{
    nameControl(this, "connection_table", "Connections");
    describeKey(this, Qt::Key_Escape, tr("Select none"));
    setModel(&model);
    setItemDelegate(new ConnectionDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setContextMenuPolicy(Qt::CustomContextMenu);
    new KeyboardMenu(*this);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);

    auto* header = new TableHeader(this);
    setHorizontalHeader(header);
    nameControl(header, "connection_header", "Connection columns");
    header->setSectionsMovable(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    header->setMinimumSectionSize(36);
    connect(header, &QHeaderView::sectionResized, this, [this](int section, int before, int now) {
        // A column that is hidden or shown was not given its width by a person.
        if (m_fitting || section == static_cast<int>(ConnectionColumn::Name))
            return;
        if (before > 0 && now > 0)
            m_widthsChosen = true;
        else
            QMetaObject::invokeMethod(this, &ConnectionTable::fitColumns, Qt::QueuedConnection);
    });
    applyFont();
    resetColumns();
    setSortingEnabled(true);

    m_pointerRest.setSingleShot(true);
    m_pointerRest.setInterval(1000);
    connect(&m_pointerRest, &QTimer::timeout, this, &ConnectionTable::updateHold);
}

ConnectionTable::~ConnectionTable()
{
    // It goes after this, and tells of its last sizes on the way.
    horizontalHeader()->disconnect(this);
}

std::vector<int> ConnectionTable::selectedRowNumbers() const
{
    std::vector<int> rows;
    const QItemSelection selection = selectionModel()->selection();
    for (const QItemSelectionRange& range : selection) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

void ConnectionTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    // Its line goes through the whole row, of which Qt paints one cell.
    for (const QModelIndex& index : {current, previous}) {
        if (index.isValid())
            viewport()->update(0, rowViewportPosition(index.row()), viewport()->width(), rowHeight(index.row()));
    }
}

void ConnectionTable::applyFont()
{
    verticalHeader()->setDefaultSectionSize(tableRowHeight());
}

void ConnectionTable::resetColumns()
{
    auto* header = horizontalHeader();
    m_widthsChosen = false;
    for (int section = 0; section < connectionColumnCount; ++section) {
        const auto column = static_cast<ConnectionColumn>(section);
        header->setSectionResizeMode(
            section, column == ConnectionColumn::Name ? QHeaderView::Stretch : QHeaderView::Interactive);
        header->moveSection(header->visualIndex(section), section);
        setColumnHidden(section, !isShownByDefault(column));
    }
    fitColumns();
    header->setSortIndicator(static_cast<int>(ConnectionColumn::Number), Qt::DescendingOrder);
}

void ConnectionTable::fitColumns()
{
    if (m_widthsChosen)
        return;
    const QFontMetrics metrics(font());
    int room = viewport()->width() - comfortableName;
    for (int section = 0; section < connectionColumnCount; ++section) {
        const auto column = static_cast<ConnectionColumn>(section);
        if (column != ConnectionColumn::Name && !isColumnHidden(section))
            room -= usualWidth(column, metrics, false);
    }
    m_fitting = true;
    for (int section = 0; section < connectionColumnCount; ++section) {
        const auto column = static_cast<ConnectionColumn>(section);
        if (column != ConnectionColumn::Name)
            horizontalHeader()->resizeSection(section, usualWidth(column, metrics, room < 0));
    }
    m_fitting = false;
}

QByteArray ConnectionTable::saveColumns() const
{
    // Widths that follow the window are not worth keeping.
    QByteArray state(1, m_widthsChosen ? 'w' : '-');
    state += static_cast<char>(connectionColumnCount);
    return state + horizontalHeader()->saveState();
}

bool ConnectionTable::restoreColumns(const QByteArray& state)
{
    m_fitting = true;
    // What another version saved, which had other columns, says nothing about these.
    const bool restored = state.size() > 2 && state[1] == static_cast<char>(connectionColumnCount)
        && horizontalHeader()->restoreState(state.mid(2))
        && horizontalHeader()->hiddenSectionCount() < connectionColumnCount;
    m_fitting = false;
    if (!restored) {
        resetColumns();
        return false;
    }
    // Never without the name: it says what a row is.
    setColumnHidden(static_cast<int>(ConnectionColumn::Name), false);
    horizontalHeader()->setSectionResizeMode(static_cast<int>(ConnectionColumn::Name), QHeaderView::Stretch);
    m_widthsChosen = state.front() == 'w';
    fitColumns();
    return true;
}

void ConnectionTable::beginHold()
{
    ++m_holds;
    updateHold();
}

void ConnectionTable::endHold()
{
    --m_holds;
    updateHold();
}

void ConnectionTable::updateHold()
{
    m_model.holdOrder(m_holds > 0 || m_buttonDown || m_pointerRest.isActive());
}

void ConnectionTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

bool ConnectionTable::viewportEvent(QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseMove:
    case QEvent::HoverMove:
        m_pointerRest.start();
        updateHold();
        break;
    case QEvent::Leave:
        m_pointerRest.stop();
        updateHold();
        break;
    default:
        break;
    }
    return QTableView::viewportEvent(event);
}

void ConnectionTable::mousePressEvent(QMouseEvent* event)
{
    // What the right one opens holds the order itself, and takes its release.
    m_buttonDown = event->button() != Qt::RightButton;
    updateHold();
    if (!indexAt(event->position().toPoint()).isValid() && event->modifiers() == Qt::NoModifier)
        clearSelection();
    QTableView::mousePressEvent(event);
}

void ConnectionTable::mouseReleaseEvent(QMouseEvent* event)
{
    QTableView::mouseReleaseEvent(event);
    m_buttonDown = event->buttons() != Qt::NoButton;
    updateHold();
}

void ConnectionTable::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && selectionModel()->hasSelection()) {
        clearSelection();
        return;
    }
    QTableView::keyPressEvent(event);
}

void ConnectionTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyFont();
}

} // namespace jackfield::ui
