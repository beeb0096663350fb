#pragma once

#include "ui/views/export_dialog.h"

#include <QObject>
#include <QPointer>
#include <QString>

namespace jackfield::ui {

class ConnectionStore;
class ExportStrip;
class MessageModel;
class MessagesPanel;

/// Exports what a messages panel shows: asks, gathers, and tells in a strip of the panel how it goes.
class MessageExport : public QObject {
    Q_OBJECT
public:
    /// All of them must outlive it; it is asked for through the panel as well.
    MessageExport(MessagesPanel& panel, MessageModel& model, const ConnectionStore& connections,
        QObject* parent = nullptr);

    /// Opens the dialog, or brings it to the front. While an export is running it says so instead.
    void ask();
    [[nodiscard]] ExportStrip* strip() const { return m_strip; }
    /// Where the last file went, to propose it again; the home folder at first.
    [[nodiscard]] QString folder() const;
    void setFolder(const QString& folder) { m_folder = folder; }

private:
    void run(ExportScope scope, const ExportOrder& order, const std::vector<quint64>& selected);

    MessagesPanel& m_panel;
    MessageModel& m_model;
    const ConnectionStore& m_connections;
    ExportStrip* m_strip = nullptr;
    QPointer<ExportDialog> m_dialog;
    QString m_folder;
};

} // namespace jackfield::ui
