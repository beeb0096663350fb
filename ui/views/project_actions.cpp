#include "ui/views/project_actions.h"

#include "ui/views/controls.h"
#include "ui/views/recent_projects.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

namespace jackfield::ui {

namespace {

const QString projectSuffix = QStringLiteral(".jackfield.json");

QString withProjectSuffix(QString path)
{
    if (path.endsWith(projectSuffix))
        return path;
    if (path.endsWith(QLatin1String(".json")))
        path.chop(5);
    else if (path.endsWith(QLatin1String(".jackfield")))
        path.chop(10);
    return path + projectSuffix;
}

} // namespace

ProjectActions::ProjectActions(QMenu& menu, WindowSettings& settings, QWidget* window)
    : QObject(window)
    , m_window(window)
{
    const auto add = [&](const QString& text, const char* name, auto slot, const QKeySequence& key = {}) {
        QAction* action = menu.addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    add(tr("&Open project..."), "file_open_project", &ProjectActions::askForOpen, QKeySequence::Open);
    m_recent = new RecentProjects(settings, &menu);
    menu.addMenu(m_recent);
    connect(m_recent, &RecentProjects::chosen, this, &ProjectActions::openRequested);
    add(tr("Sa&ve project"), "file_save_project", &ProjectActions::save, QKeySequence::Save);
    add(tr("Save project &as..."), "file_save_project_as", &ProjectActions::askForSave);
    m_close = add(tr("C&lose project"), "file_close_project", &ProjectActions::closeRequested);
    m_close->setEnabled(false);
}

void ProjectActions::setProject(const QString& path)
{
    if (path == m_path)
        return;
    m_path = path;
    m_close->setEnabled(!path.isEmpty());
    if (!path.isEmpty())
        m_recent->add(path);
}

QString ProjectActions::folder() const
{
    const QString path = m_path.isEmpty() ? m_recent->paths().value(0) : m_path;
    return path.isEmpty() ? QDir::homePath() : QFileInfo(path).path();
}

void ProjectActions::askForOpen()
{
    auto* dialog = new QFileDialog(m_window, tr("Open project"), folder());
    nameControl(dialog, "open_project_dialog", "Open project");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Jackfield projects (*%1)").arg(projectSuffix), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &ProjectActions::openRequested);
    dialog->open();
}

void ProjectActions::askForSave()
{
    auto* dialog = new QFileDialog(m_window, tr("Save project as"), folder());
    nameControl(dialog, "save_project_dialog", "Save project as");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    // The name that is asked about is the one with the projectSuffix.
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    dialog->setNameFilters({tr("Jackfield projects (*%1)").arg(projectSuffix), tr("All files (*)")});
    dialog->selectFile(m_path.isEmpty() ? tr("untitled") + projectSuffix : QFileInfo(m_path).fileName());
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString& path) { Q_EMIT saveAsRequested(withProjectSuffix(path)); });
    dialog->open();
}

void ProjectActions::save()
{
    if (m_path.isEmpty())
        askForSave();
    else
        Q_EMIT saveRequested();
}

} // namespace jackfield::ui
