#include "ui/views/message_export.h"

#include "ui/models/connection_store.h"
#include "ui/models/export_source.h"
#include "ui/models/message_model.h"
#include "ui/views/export_strip.h"
#include "ui/views/messages_panel.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <optional>
#include <utility>

namespace jackfield::ui {

MessageExport::MessageExport(
    MessagesPanel& panel, MessageModel& model, const ConnectionStore& connections, QObject* parent)
    : QObject(parent)
    , m_panel(panel)
    , m_model(model)
    , m_connections(connections)
    , m_strip(new ExportStrip(&panel))
{
    panel.addStrip(m_strip);
    connect(&panel, &MessagesPanel::exportRequested, this, &MessageExport::ask);
}

QString MessageExport::folder() const
{
    if (!m_folder.isEmpty())
        return m_folder; // the dialog says so where it is not there any more
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

void MessageExport::ask()
{
    if (m_strip->isRunning()) {
        m_strip->setFocus();
        return;
    }
    if (m_dialog) {
        m_dialog->raise();
        m_dialog->activateWindow();
        return;
    }
    std::vector<quint64> selected = m_panel.selectedSequences();
    const auto& dividers = m_model.store().dividers();
    std::erase_if(selected,
        [&](quint64 sequence) { return std::binary_search(dividers.begin(), dividers.end(), sequence); });
    m_dialog = new ExportDialog({selected.size(), m_model.messageCount(), m_model.store().messageCount()},
        folder(), m_panel.window());
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &QDialog::accepted, this, [this, selected] {
        const ExportOrder order = m_dialog->order();
        const ExportScope scope = m_dialog->scope();
        m_folder = QFileInfo(order.path).absolutePath();
        if (scope == ExportScope::shown && m_model.isStartingOver())
            // What is shown is known when the filter has been through.
            connect(
                &m_model, &MessageModel::filteringFinished, this,
                [this, scope, order, selected] { run(scope, order, selected); }, Qt::SingleShotConnection);
        else
            run(scope, order, selected);
    });
    m_dialog->open();
}

void MessageExport::run(ExportScope scope, const ExportOrder& order, const std::vector<quint64>& selected)
{
    std::optional<std::vector<quint64>> sequences; // without a value all
    if (scope == ExportScope::selected) {
        sequences = selected;
    } else if (scope == ExportScope::shown) {
        sequences.emplace();
        sequences->reserve(static_cast<std::size_t>(m_model.rowCount()));
        for (int row = 0; row < m_model.rowCount(); ++row)
            sequences->push_back(m_model.sequenceAt(row));
    }
    m_strip->start(std::make_unique<ExportSource>(
                       m_model.store(), m_connections, std::move(sequences), scope == ExportScope::all),
        order);
}

} // namespace jackfield::ui
