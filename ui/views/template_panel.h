#pragma once

#include "jackfield/composed_message.h"

#include <QWidget>

class QAction;
class QLabel;
class QMenu;
class QToolButton;
class QTreeView;

namespace jackfield::ui {

class InlineNotice;
class TemplateModel;

/// The templates in their folders, to be used and edited: Enter puts one into the composer, F2 renames, Del
/// deletes with undo, drag and drop or Alt+Shift and an arrow moves.
class TemplatePanel : public QWidget {
    Q_OBJECT
public:
    explicit TemplatePanel(TemplateModel& model, QWidget* parent = nullptr);

    [[nodiscard]] QTreeView* tree() const { return m_tree; }
    /// Keeps a message beside what is selected and begins to edit its name, which at first is how it begins.
    void keep(const ComposedMessage& message);
    /// What Ctrl and this number does: puts the template that has the key into the composer, or sends it
    /// where that is ticked. False when none has it.
    bool activateHotkey(int number);
    /// Gives the keyboard to the tree.
    void focusTree();

    /// Another document is open: what could be undone was done in the one before.
    void forgetDocument();

Q_SIGNALS:
    /// Into the composer with it.
    void fillRequested(const jackfield::ComposedMessage& message);
    void sendRequested(const jackfield::ComposedMessage& message);
    /// What is composed is wanted as a new template (`keep`).
    void saveRequested();
    /// What is composed is wanted in place of the current template's message (`replaceCurrent`).
    void updateRequested();

public Q_SLOTS:
    /// Puts a message in place of the current template's.
    void replaceCurrent(const jackfield::ComposedMessage& message);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void buildActions();
    QAction* addAction(
        const QString& text, const char* name, void (TemplatePanel::*slot)(), const QKeySequence& key = {});
    void showMenu(const QPoint& at);
    void fillKeyMenu(QMenu& menu);
    void use();
    void sendCurrent();
    void rename();
    void duplicate();
    void remove();
    void addFolder();
    void moveUp();
    void moveDown();
    void moveIn();
    void moveOut();
    void select(const QModelIndex& index);
    void refresh();

    TemplateModel& m_model;
    QTreeView* m_tree = nullptr;
    QLabel* m_empty = nullptr;
    InlineNotice* m_notice = nullptr;
    QToolButton* m_more = nullptr;
    QMenu* m_menu = nullptr;
    QMenu* m_keys = nullptr;
    QAction* m_use = nullptr;
    QAction* m_send = nullptr;
    QAction* m_rename = nullptr;
    QAction* m_duplicate = nullptr;
    QAction* m_update = nullptr;
    QAction* m_atOnce = nullptr;
    QAction* m_up = nullptr;
    QAction* m_down = nullptr;
    QAction* m_in = nullptr;
    QAction* m_out = nullptr;
    QAction* m_remove = nullptr;
};

} // namespace jackfield::ui
