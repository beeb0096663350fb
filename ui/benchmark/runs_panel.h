#pragma once

#include <QPointer>
#include <QStringList>
#include <QWidget>

class QFileDialog;
class QMessageBox;
class QToolButton;

namespace jackfield::ui {

class ElidedLabel;
class FigureModel;
class InlineNotice;
class RunStore;
class RunTableModel;
class TailTable;

/// The runs that are kept, and the figures of those that are selected: of one, or of two side by side.
class RunsPanel : public QWidget {
    Q_OBJECT
public:
    /// `store` must outlive it.
    explicit RunsPanel(RunStore& store, QWidget* parent = nullptr);

    /// The ids of the selected runs, newest first.
    [[nodiscard]] QStringList selected() const;
    void select(const QStringList& ids);
    /// Asks first.
    void removeSelected();
    void exportSelected();
    /// Copies the page (a path that ends with .htm or .html) or the report (any other) of a run there. Empty, or why it
    /// could not be done.
    [[nodiscard]] QString exportTo(const QString& id, const QString& path) const;

Q_SIGNALS:
    void selectionChanged();

private:
    void makeTables();
    void refresh();

    RunStore& m_store;
    RunTableModel* m_model = nullptr;
    FigureModel* m_figures = nullptr;
    TailTable* m_table = nullptr;
    TailTable* m_figureTable = nullptr;
    ElidedLabel* m_heading = nullptr;
    QToolButton* m_export = nullptr;
    QToolButton* m_remove = nullptr;
    InlineNotice* m_notice = nullptr;
    QString m_folder; // where the last export went
    QPointer<QMessageBox> m_question;
    QPointer<QFileDialog> m_dialog;
};

} // namespace jackfield::ui
