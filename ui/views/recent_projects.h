#pragma once

#include <QMenu>
#include <QStringList>

#include <vector>

namespace jackfield::ui {

class WindowSettings;

/// The submenu of the projects that were open last, at most ten, the newest first. It does no file work: who
/// hears `shown` looks for the files and tells which of them are there; the others cannot be chosen.
class RecentProjects : public QMenu {
    Q_OBJECT
public:
    static constexpr int most = 10;

    /// `settings` must outlive it.
    RecentProjects(WindowSettings& settings, QWidget* parent);

    [[nodiscard]] QStringList paths() const { return m_paths; }
    /// Puts a path first.
    void add(const QString& path);
    /// Which of `paths` are there.
    void setFound(const QStringList& paths, const std::vector<bool>& found);
    void clearList();

Q_SIGNALS:
    void shown(const QStringList& paths);
    void chosen(const QString& path);

private:
    void rebuild();
    void keep();

    WindowSettings& m_settings;
    QStringList m_paths;
};

} // namespace jackfield::ui
