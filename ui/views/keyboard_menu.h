#pragma once

#include <QObject>

class QAbstractItemView;

namespace jackfield::ui {

/// Makes a context menu that the keyboard asks for (the menu key, Shift+F10) one about the current row,
/// beside it: Qt asks for it in the middle of the view, where another row may be. For views whose policy is
/// CustomContextMenu; belongs to the view.
class KeyboardMenu : public QObject {
    Q_OBJECT
public:
    explicit KeyboardMenu(QAbstractItemView& view);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QAbstractItemView& m_view;
};

} // namespace jackfield::ui
