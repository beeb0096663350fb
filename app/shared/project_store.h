#pragma once

#include "app/shared/project_disk.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace jackfield::app {

/// The file work of projects on a thread of its own: reads them, saves the open one, and tells when another
/// program has changed it. Every function may be called from any thread and returns at once, in the order of
/// the calls; the callbacks are called on the store's thread and must not block or call `close`. Where no
/// thread can be had, failures are told on the caller's.
class ProjectStore {
public:
    struct Callbacks {
        /// The outcome of `read`.
        std::function<void(const std::string& path, Result<ReadProject> read)> on_read;
        /// The project is in its file.
        std::function<void(const std::string& path)> on_saved;
        /// Nothing was written: another program has changed the file since it was read, or there is a file
        /// of that name already.
        std::function<void(const std::string& path)> on_changed_meanwhile;
        /// Nothing was written, and the file is what it was: one sentence for a person.
        std::function<void(const std::string& path, const std::string& problem)> on_save_failed;
        /// Another program has changed or removed the file of the open project.
        std::function<void(ProjectChange change)> on_changed;
        /// The outcome of `look_for`: whether there is such a file, in the order of the paths.
        std::function<void(const std::vector<std::string>& paths, const std::vector<bool>& found)> on_looked;
    };

    ProjectStore(ProjectDisk disk, Callbacks callbacks);
    /// As `close`.
    ~ProjectStore();
    ProjectStore(const ProjectStore&) = delete;
    ProjectStore& operator=(const ProjectStore&) = delete;

    void read(std::string path);
    /// As ProjectDisk::adopt; watches the file from then on.
    void adopt(std::string path, std::shared_ptr<const std::string> text);
    /// As ProjectDisk::save.
    void save(std::string path, Project project, bool overwrite);
    void look_for(std::vector<std::string> paths);
    /// Finishes what was asked for, waits for it at most `patience` and ends the thread: one that a file
    /// system holds up is left to itself and calls back no more. Blocks.
    void close(std::chrono::milliseconds patience = std::chrono::milliseconds(2'000));

private:
    class Worker;
    std::shared_ptr<Worker> worker_;
};

} // namespace jackfield::app
