#pragma once

#include <QTableView>
#include <QTimer>

#include <vector>

namespace jackfield::ui {

class ConnectionModel;

/// The table of connections. Holds the order of its rows while a person aims at one: while a button is down,
/// a menu is open or within a second of pointer movement. Esc and a click beside the rows clear the
/// selection.
class ConnectionTable : public QTableView {
    Q_OBJECT
public:
    explicit ConnectionTable(ConnectionModel& model, QWidget* parent = nullptr);
    ~ConnectionTable() override;

    /// The selected rows, in order. Its time grows with the selection; `selectedRows` of a selection model grows
    /// with its square.
    [[nodiscard]] std::vector<int> selectedRowNumbers() const;

    /// Call around a menu, dialog or pop-over that is about rows.
    void beginHold();
    void endHold();

    /// Widths, order and visibility of the columns.
    [[nodiscard]] QByteArray saveColumns() const;
    /// False for a state that is none (then nothing changes).
    bool restoreColumns(const QByteArray& state);
    void resetColumns();

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    bool viewportEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void updateHold();
    void applyFont();
    void fitColumns(); // the name is what people look for: figures give way to it until a person sets widths

    ConnectionModel& m_model;
    QTimer m_pointerRest; // runs for a second after the pointer moved
    int m_holds = 0;
    bool m_buttonDown = false;
    bool m_fitting = false;
    bool m_widthsChosen = false;
};

} // namespace jackfield::ui
