#include "ui/views/capture_gauge.h"
#include "ui/views/connection_table.h"
#include "ui/views/connection_view.h"
#include "ui/views/filter_field.h"
#include "ui/views/main_window.h"
#include "ui/views/message_export.h"
#include "ui/views/messages_panel.h"
#include "ui/views/server_toolbar.h"
#include "ui/views/side_panel.h"
#include "ui/views/status_line.h"
#include "ui/views/theme.h"
#include "ui/views/window_models.h"

#include <QAction>
#include <QSplitter>
#include <QTabBar>

namespace jackfield::ui {

void MainWindow::restore()
{
    Theme::instance().choose(Theme::choiceNamed(m_settings.text("theme")));
    if (!restoreGeometry(m_settings.bytes("geometry")))
        resize(1100, 760);
    if (!m_tables->restoreState(m_settings.bytes("tables")))
        m_tables->setSizes({190, 400});
    m_sideSized = m_columns->restoreState(m_settings.bytes("columns"));
    m_columns->setChildrenCollapsible(false);
    m_tables->setChildrenCollapsible(false);
    m_connections->table()->restoreColumns(m_settings.bytes("connection_columns"));
    m_connections->setShowClosed(m_settings.flag("show_closed", true));
    m_messages->restoreColumns(m_settings.bytes("message_columns"));
    m_messages->showDirection(m_settings.text("message_direction"));
    m_messages->setShowControlFrames(m_settings.flag("control_frames", false));
    m_status->captureGauge()->restoreState(m_settings.text("capture"));
    m_export->setFolder(m_settings.text("export_folder"));
    m_sideOffered = m_settings.flag("side_offered", false);
    const bool visible = m_settings.flag("side_visible", false);
    m_side->setVisible(visible);
    for (int index = 0; index < m_side->count(); ++index) {
        if (m_side->tabBar()->accessibleTabName(index) == m_settings.text("side_page"))
            m_side->showPage(m_side->widget(index));
    }
    m_sideAction->setChecked(visible);
    m_toolbar->filterField()->setFilterText(m_settings.text("connection_filter"));
    if (auto* field = qobject_cast<FilterField*>(m_messages->filterField()))
        field->setFilterText(m_settings.text("message_filter"));
}

void MainWindow::remember()
{
    m_settings.setBytes("geometry", saveGeometry());
    m_settings.setBytes("tables", m_tables->saveState());
    m_settings.setBytes("columns", m_columns->saveState());
    m_settings.setBytes("connection_columns", m_connections->table()->saveColumns());
    m_settings.setFlag("show_closed", m_models->connectionTable.showClosed());
    m_settings.setBytes("message_columns", m_messages->saveColumns());
    m_settings.setText("message_direction", m_messages->shownDirection());
    m_settings.setFlag("control_frames", m_models->messageTable.showsControlFrames());
    m_settings.setText("side_page", m_side->tabBar()->accessibleTabName(m_side->currentIndex()));
    m_settings.setText("capture", m_status->captureGauge()->state());
    m_settings.setFlag("side_visible", m_side->isVisibleTo(this));
    m_settings.setFlag("side_offered", m_sideOffered);
    m_settings.setText("export_folder", m_export->folder());
    m_settings.setText("theme", Theme::nameOf(Theme::instance().choice()));
    m_settings.setText("connection_filter", m_toolbar->filterField()->text());
    m_settings.setText("message_filter", m_messages->filterField()->text());
}

} // namespace jackfield::ui
