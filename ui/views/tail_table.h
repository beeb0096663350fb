#pragma once

#include <QKeySequence>
#include <QTableView>

#include <functional>
#include <utility>
#include <vector>

class QPushButton;

namespace jackfield::ui {

/// A table that grows at its end: rows of one fixed height, whole rows selected. It follows the end only
/// while it is there; otherwise what is in sight stays in sight, and a button says how many rows are new and
/// goes to them.
class TailTable : public QTableView {
    Q_OBJECT
public:
    explicit TailTable(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;
    [[nodiscard]] bool isFollowing() const { return m_following; }
    [[nodiscard]] int newRows() const { return m_new; }
    /// What is new, for a model that shows old rows anew as well: `mark` is taken when the table leaves its
    /// end, `since` counts the rows that have come after it. Without it each row that is added at the end is
    /// new.
    void setNewRows(std::function<quint64()> mark, std::function<int(quint64 mark)> since);
    [[nodiscard]] QPushButton* newestButton() const { return m_button; }
    /// `what` is for the list of shortcuts. Does `action` on `keys` while the table has the focus, before any
    /// shortcut of the window and the item view's own use of them.
    void addKey(const QKeySequence& keys, const QString& what, std::function<void()> action);
    /// For what is complete, and no log that grows: it begins at its beginning, follows nothing, and counts
    /// nothing as new.
    void setStandingStill();
    /// What stands in the middle while there is no row; our own text.
    void setEmptyText(const QString& text);

public Q_SLOTS:
    void goToEnd();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    /// Without a current row the keys begin at the last one in sight.
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    bool event(QEvent* event) override;

private:
    void onInserted(int first, int last);
    void onAboutToBeRemoved(int first, int last);
    void placeButton();
    void setFollowing(bool following);
    void countNew();

    QPushButton* m_button = nullptr;
    std::vector<std::pair<QKeySequence, std::function<void()>>> m_keys;
    std::function<quint64()> m_markNow; // null: rows are counted as they are added
    std::function<int(quint64)> m_newSince;
    QString m_emptyText;
    quint64 m_mark = 0;
    int m_new = 0;
    int m_shift = 0;
    bool m_following = true;
    bool m_standsStill = false;
};

} // namespace jackfield::ui
