#include "ui/views/connection_table.h"

#include "ui/models/connection_model.h"
#include "ui/views/connection_delegate.h"
#include "ui/views/controls.h"
#include "ui/views/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>

namespace jackfield::ui {

namespace {

// In widths of a digit, beside the padding: enough for "CONNECTING", "1,204", "20:14:03".
int usualWidth(ConnectionColumn column, const QFontMetrics& metrics)
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
    case ConnectionColumn::LastMessage:
        return text("Last message");
    case ConnectionColumn::Since:
        return text("20:14:03");
    case ConnectionColumn::Name:
        return 260;
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

} // namespace

ConnectionTable::ConnectionTable(ConnectionModel& model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
{
    nameControl(this, "connection_table", "Connections");
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
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);

    auto* header = horizontalHeader();
    nameControl(header, "connection_header", "Connection columns");
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    header->setMinimumSectionSize(36);
    applyFont();
    resetColumns();
    setSortingEnabled(true);

    m_pointerRest.setSingleShot(true);
    m_pointerRest.setInterval(1000);
    connect(&m_pointerRest, &QTimer::timeout, this, &ConnectionTable::updateHold);
}

void ConnectionTable::applyFont()
{
    verticalHeader()->setDefaultSectionSize(tableRowHeight());
}

void ConnectionTable::resetColumns()
{
    auto* header = horizontalHeader();
    const QFontMetrics metrics(font());
    for (int section = 0; section < connectionColumnCount; ++section) {
        const auto column = static_cast<ConnectionColumn>(section);
        header->setSectionResizeMode(
            section, column == ConnectionColumn::Name ? QHeaderView::Stretch : QHeaderView::Interactive);
        header->moveSection(header->visualIndex(section), section);
        setColumnHidden(section, !isShownByDefault(column));
        if (column != ConnectionColumn::Name)
            header->resizeSection(section, usualWidth(column, metrics));
    }
    header->setSortIndicator(static_cast<int>(ConnectionColumn::Number), Qt::DescendingOrder);
}

QByteArray ConnectionTable::saveColumns() const
{
    return horizontalHeader()->saveState();
}

bool ConnectionTable::restoreColumns(const QByteArray& state)
{
    if (state.isEmpty() || !horizontalHeader()->restoreState(state)
        || horizontalHeader()->hiddenSectionCount() == connectionColumnCount) {
        resetColumns();
        return false;
    }
    // Never without the name: it says what a row is.
    setColumnHidden(static_cast<int>(ConnectionColumn::Name), false);
    horizontalHeader()->setSectionResizeMode(static_cast<int>(ConnectionColumn::Name), QHeaderView::Stretch);
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
    m_buttonDown = true;
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
