#pragma once

#include <QDialog>
#include <QString>
#include <QStringList>

#include <functional>

class QListWidget;
class QPushButton;

namespace jackfield::ui {

/// A question about a list of lines, each shown whole on request. Escape, Enter and closing the window say
/// no: *Cancel* is the default button.
class LinesQuestion : public QDialog {
    Q_OBJECT
public:
    struct Words {
        QString title;
        QString question; ///< above the lines
        QString consequence; ///< below them; may be empty
        QString accept; ///< the button that goes on
        QString name; ///< stable English: of the dialog, `NAME_yes` and `NAME_no` of its buttons
    };
    /// All texts are neutralised here.
    LinesQuestion(const Words& words, const QStringList& lines, QWidget* parent);

    /// Opens it, window modal, and calls `answer` once, with true when the lines were accepted.
    static void ask(const Words& words, const QStringList& lines, QWidget* parent,
        const std::function<void(bool)>& answer);
};

enum class UnsavedAnswer { Save, Discard, Cancel };

/// Asks what to do with changes of the project `name` that are not saved, window modal. `answer` is called
/// once.
void askAboutUnsaved(const QString& name, QWidget* parent, const std::function<void(UnsavedAnswer)>& answer);

enum class SettingsAnswer { Retry, Close, Cancel };

/// Asks what to do with settings that could not be saved when the window is to be closed, window modal. `why`
/// is printable; `answer` is called once.
void askAboutUnsavedSettings(
    const QString& why, QWidget* parent, const std::function<void(SettingsAnswer)>& answer);

} // namespace jackfield::ui
