#pragma once

#include <QDialog>

class QLineEdit;
class QTreeWidget;

namespace jackfield::ui {

/// *Keyboard shortcuts*: every key of a window by area, with a filter. Not modal, so that it can stand beside
/// what it explains; deletes itself when closed.
class ShortcutDialog : public QDialog {
    Q_OBJECT
public:
    /// Lists what `window` has at this moment.
    explicit ShortcutDialog(QWidget* window);
    /// Shows the list of `window`; the one that is open comes to the front.
    static void showFor(QWidget& window);

    /// The lines that are selected, or all that are shown, as text: area, what and keys with tabs between.
    [[nodiscard]] QString text() const;

private:
    void fill(const QWidget& window);
    void filter(const QString& words);
    void copy() const;

    QLineEdit* m_filter = nullptr;
    QTreeWidget* m_list = nullptr;
};

} // namespace jackfield::ui
