#pragma once

#include <QKeySequence>
#include <QString>

#include <vector>

class QWidget;

namespace jackfield::ui {

/// One line of the list of shortcuts.
struct ShortcutLine {
    QString area; ///< where it works: "Messages", "Composer", "Menu File"
    QString what; ///< what it does: "Copy row"
    QString
        keys; ///< as this system writes them: "Ctrl+Shift+C"; several with commas, a row as "Ctrl+1 … Ctrl+9"
};

/// Everything inside `widget` belongs to this area of the list, up to a widget that says another.
void describeArea(QWidget* widget, const QString& area);

/// Says what a key does that `control` takes in its own handlers, where no action or QShortcut tells it. Both
/// stand side by side in the source, so that one does not change without the other.
void describeKey(QWidget* control, const QKeySequence& keys, const QString& what);

/// What works in this window by key, made of what is really there: the actions of its menus and widgets with
/// their shortcuts, each QShortcut with its whatsThis text, and what describeKey told. Sorted by area, the
/// menus first.
[[nodiscard]] std::vector<ShortcutLine> shortcutsOf(const QWidget& window);

} // namespace jackfield::ui
