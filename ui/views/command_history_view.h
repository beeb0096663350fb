#pragma once

#include <QWidget>

class QToolButton;

namespace jackfield::ui {

class CommandHistory;
class TailTable;

/// *Command history*: each action as the command that does the same in the terminal. Ctrl+C copies the whole
/// commands of the selected rows, a line each.
class CommandHistoryView : public QWidget {
    Q_OBJECT
public:
    explicit CommandHistoryView(CommandHistory& history, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void copy();

    CommandHistory& m_history;
    TailTable* m_table = nullptr;
    QToolButton* m_copy = nullptr;
};

} // namespace jackfield::ui
