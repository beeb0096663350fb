#pragma once

#include "jackfield/access_rules.h"

#include <QString>
#include <QWidget>

#include <memory>
#include <optional>

namespace jackfield::ui {

class EnginePort;

/// One allow-list, edited in place. Insert begins a new entry, F2 or Enter edits the current one, Delete
/// removes the selected ones. Each edit replaces the list by a command and can be undone; an entry that
/// reaches beyond this machine is asked about first.
class AllowListEditor : public QWidget {
    Q_OBJECT
public:
    AllowListEditor(ListKind kind, EnginePort& port, QWidget* parent = nullptr);
    ~AllowListEditor() override;

    /// Takes what the server has.
    void setList(const AccessList& list);
    void setDecidingLine(std::optional<std::size_t> line);
    /// The engine's clock, for the time left of temporary entries.
    void setNow(TimePoint now);
    [[nodiscard]] bool hasTemporaryEntries() const;
    /// As of AccessPanel.
    void forgetDocument();

public Q_SLOTS:
    /// Adds an entry, asking first where it reaches beyond this machine.
    void addEntry(const QString& text);
    void removeSelected();
    void editCurrent();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace jackfield::ui
