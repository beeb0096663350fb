#pragma once

#include "jackfield/connection.h"

#include <QWidget>

#include <memory>
#include <vector>

class QAction;
class QMenu;

namespace jackfield::ui {

class ConnectionModel;
class ConnectionTable;
class EnginePort;
class Follow;
class KickPopover;

/// The connection table with what is done to its rows: a line above it that says what is shown, the context
/// menu, the menu of the columns and the keys. Everything it does, it does to ids.
class ConnectionView : public QWidget {
    Q_OBJECT
public:
    ConnectionView(EnginePort& port, ConnectionModel& model, Follow& follow, QWidget* parent = nullptr);
    ~ConnectionView() override;

    [[nodiscard]] ConnectionTable* table() const;
    [[nodiscard]] KickPopover* kickPopover() const;
    /// The selected rows from the top.
    [[nodiscard]] std::vector<ConnectionId> selectedIds() const;
    /// Selects exactly this connection and brings it into view; nothing when it is no row.
    void select(ConnectionId id);
    /// Shows or hides the closed ones.
    void setShowClosed(bool show);
    /// Fills a menu with what can be done to the selection; for the menu bar.
    void fillMenu(QMenu& menu);
    /// Fills a menu with one check for each column.
    void fillColumnMenu(QMenu& menu);
    /// The line above the table: "5 shown and 2 hidden by the filter".
    [[nodiscard]] QString summary() const;

Q_SIGNALS:
    /// Another set of rows is selected; empty: none, which means all.
    void selectionChanged(const std::vector<jackfield::ConnectionId>& ids);
    /// *Send to...*: the composer is wanted for what is selected.
    void sendRequested();
    /// *Filter like this*: put this into the filter field.
    void filterRequested(const QString& filter);
    /// A sentence for the status bar.
    void outcome(const QString& sentence);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace jackfield::ui
