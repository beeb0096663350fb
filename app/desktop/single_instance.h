#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

#include <memory>
#include <optional>
#include <string>

namespace jackfield::app {

/// Keeps one window for one folder of settings: a second start shows the window of the first. They meet at a
/// socket in XDG_RUNTIME_DIR, which only this user can reach; whoever is at its other end must be the same
/// user. Where there is no such folder, every start is on its own.
class SingleInstance : public QObject {
    Q_OBJECT
public:
    /// `config_dir`: the folder that the runs must share to be the same one. `signal_descriptor`: once it can
    /// be read, this start is to end, and nothing here waits any longer (-1: there is none); it is not read
    /// from.
    SingleInstance(const std::string& config_dir, int signal_descriptor, QObject* parent = nullptr);
    ~SingleInstance() override;

    /// One start at a time looks for another and takes the place; until it can answer, the next ones wait for it,
    /// fifteen seconds at most. Held by what is returned; null where no turn is to be had, which hinders nobody.
    [[nodiscard]] std::unique_ptr<QLockFile> wait_for_turn() const;
    /// Asks the run that is there to show its window, and to open the project at `project` (absolute; empty: none), and waits for
    /// its answer, two seconds at most. It asks its own questions. Its
    /// process id; nullopt when there is none. `problem` then says when something else is in the way.
    [[nodiscard]] std::optional<qint64> show_other(const std::string& project, std::string& problem) const;
    /// Takes the place, so that later starts find this run. A sentence when that is not possible.
    [[nodiscard]] std::optional<std::string> take_place();
    /// Gives it up: this run is ending, and a later start is on its own.
    void leave_place();

Q_SIGNALS:
    /// Another start wants the window to be seen, and a project to be opened unless `project` is empty.
    void show_requested(const std::string& project);

private:
    void answer();

    QString path_; // empty: on its own
    int signal_descriptor_;
    std::unique_ptr<QLocalServer> server_;
};

} // namespace jackfield::app
