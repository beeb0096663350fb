#pragma once

#include <QObject>
#include <QString>

class QAction;
class QMenu;
class QWidget;

namespace jackfield::ui {

class RecentProjects;
class WindowSettings;

/// The entries of the *File* menu that are about projects: open, recent, save, save as, close. They ask for
/// names of files; what is done with them is up to who hears the signals.
class ProjectActions : public QObject {
    Q_OBJECT
public:
    /// Adds the entries at the end of `menu`. `window` and `settings` must outlive it.
    ProjectActions(QMenu& menu, WindowSettings& settings, QWidget* window);

    /// `path`: of the open project, absolute; empty for none. Puts it first among the recent ones.
    void setProject(const QString& path);
    [[nodiscard]] RecentProjects& recent() const { return *m_recent; }

public Q_SLOTS:
    void askForOpen();
    /// Asks for the name to save under; `Project file` suffix is added where it is missing. Whether a file of
    /// that name may be replaced is not asked here.
    void askForSave();
    void save();

Q_SIGNALS:
    void openRequested(const QString& path);
    void saveRequested();
    void saveAsRequested(const QString& path);
    void closeRequested();

private:
    [[nodiscard]] QString folder() const;

    QWidget* m_window;
    RecentProjects* m_recent = nullptr;
    QAction* m_close = nullptr;
    QString m_path;
};

} // namespace jackfield::ui
