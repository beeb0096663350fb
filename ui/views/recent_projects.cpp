#include "ui/views/recent_projects.h"

#include "ui/text/display_text.h"
#include "ui/views/controls.h"
#include "ui/views/window_settings.h"

#include <QFileInfo>

namespace jackfield::ui {

namespace {

constexpr auto settingsKey = "recent_projects";
constexpr qsizetype longestPath = 4'096;

/// "1 shop.jackfield.json - /home/me/shop".
QString entryText(qsizetype place, const QString& path, bool isThere)
{
    const QFileInfo file(path);
    const QString shown
        = displayText(file.fileName(), 60) + QStringLiteral(" - ") + displayText(file.path(), 80);
    const QString key = place < 9 ? u'&' + QString::number(place + 1) : QStringLiteral("1&0");
    return key + u' ' + mnemonicSafe(shown) + (isThere ? QString() : RecentProjects::tr(" (not found)"));
}

} // namespace

RecentProjects::RecentProjects(WindowSettings& settings, QWidget* parent)
    : QMenu(tr("Recent pro&jects"), parent)
    , m_settings(settings)
{
    nameControl(this, "menu_recent_projects", "Recent projects");
    // A path holds no NUL.
    for (const QByteArray& path : m_settings.bytes(settingsKey).split('\0')) {
        if (path.startsWith('/') && path.size() <= longestPath && m_paths.size() < most)
            m_paths << QString::fromUtf8(path);
    }
    m_paths.removeDuplicates();
    connect(this, &QMenu::aboutToShow, this, [this] { Q_EMIT shown(m_paths); });
    rebuild();
}

void RecentProjects::add(const QString& path)
{
    m_paths.removeAll(path);
    m_paths.prepend(path);
    m_paths = m_paths.mid(0, most);
    keep();
}

void RecentProjects::clearList()
{
    m_paths.clear();
    keep();
}

void RecentProjects::keep()
{
    m_settings.setBytes(settingsKey, m_paths.join(QChar(u'\0')).toUtf8());
    rebuild();
}

void RecentProjects::rebuild()
{
    clear();
    for (qsizetype i = 0; i < m_paths.size(); ++i) {
        const QString path = m_paths[i];
        QAction* action = addAction(entryText(i, path, true));
        action->setObjectName(QStringLiteral("recent_project_%1").arg(i + 1));
        action->setData(path);
        connect(action, &QAction::triggered, this, [this, path] { Q_EMIT chosen(path); });
    }
    if (m_paths.isEmpty()) {
        QAction* none = addAction(tr("None yet"));
        none->setObjectName(QStringLiteral("recent_project_none"));
        none->setEnabled(false);
    }
    addSeparator();
    QAction* forget = addAction(tr("&Clear this list"));
    forget->setObjectName(QStringLiteral("recent_projects_clear"));
    forget->setEnabled(!m_paths.isEmpty());
    connect(forget, &QAction::triggered, this, &RecentProjects::clearList);
}

void RecentProjects::setFound(const QStringList& paths, const std::vector<bool>& found)
{
    const auto entries = actions();
    for (qsizetype i = 0; i < entries.size(); ++i) {
        QAction* action = entries[i];
        const QString path = action->data().toString();
        const qsizetype at = path.isEmpty() ? -1 : paths.indexOf(path);
        if (at < 0 || static_cast<std::size_t>(at) >= found.size())
            continue;
        const bool isThere = found[static_cast<std::size_t>(at)];
        if (isThere != action->isEnabled())
            action->setText(entryText(i, path, isThere));
        action->setEnabled(isThere);
    }
}

} // namespace jackfield::ui
