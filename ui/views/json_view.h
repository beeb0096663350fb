#pragma once

#include "ui/text/json_tree.h"

#include <QWidget>

#include <memory>
#include <string_view>

class QLabel;
class QMenu;
class QModelIndex;
class QStackedLayout;
class QTreeView;

namespace jackfield::ui {

class JsonTreeModel;

/// A payload as a JSON tree, to read, copy from and filter by; or the reason why it is shown as text.
class JsonView : public QWidget {
    Q_OBJECT
public:
    explicit JsonView(QWidget* parent = nullptr);

    void showTree(std::shared_ptr<const JsonTree> tree);
    void showReason(const QString& reason); ///< our own words
    void clear();
    [[nodiscard]] QTreeView* treeView() const { return m_tree; }

public Q_SLOTS:
    void copyValue(); ///< of the current row: its characters as they stand in the payload
    void copyKey();
    void copyPath();
    void filterLikeThis();

Q_SIGNALS:
    /// The messages that have this value in this place are wanted.
    void filterRequested(const QString& filter);
    /// The clipboard could not hold what was to be copied; nothing was.
    void copyRefused(const QByteArray& bytes);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showMenu(const QPoint& at);
    void copy(std::string_view text);
    [[nodiscard]] JsonTree::Node current() const;
    [[nodiscard]] bool hasCurrent() const;

    JsonTreeModel* m_model;
    QStackedLayout* m_pages = nullptr;
    QLabel* m_reason = nullptr;
    QTreeView* m_tree = nullptr;
};

} // namespace jackfield::ui
