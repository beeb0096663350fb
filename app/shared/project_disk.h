#pragma once

#include "app/shared/project_file.h"

#include "jackfield/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace jackfield::app {

/// A project file as it was read; nothing of it is in force yet.
struct ReadProject {
    std::string path; ///< absolute
    std::shared_ptr<const std::string> text; ///< of the whole file
    Project project;
    bool is_from_newer = false; ///< its version is one that this Jackfield does not know
    std::vector<std::string> notices; ///< one sentence each; printable
    std::vector<std::string> losses; ///< as those of ParsedProject
};

/// What another program made of the file of the open project.
struct ProjectGone { };
struct ProjectUnusable {
    std::string problem; ///< printable; names the file and the reason
};
/// After one of the others: the file holds again what is known to be in it.
struct ProjectBack { };
using ProjectChange = std::variant<ReadProject, ProjectUnusable, ProjectGone, ProjectBack>;

/// The file of one project: reads it, writes it whole or not at all, and sees when another program has
/// changed it. A file is never renamed or written by reading it. One thread; every function does file work.
class ProjectDisk {
public:
    using Writer = std::function<Result<void>(const std::string& path, std::string_view content)>;

    using Reader = std::function<Result<std::string>(const std::string& path, std::uint64_t max_bytes)>;

    /// `behaviours`: the names that an endpoint may have. `config_folder`: whose settings, templates and
    /// history are no projects although they have the same suffix; may be empty. `writer`: as
    /// write_document_atomically, which it is unless a test says otherwise; `reader`: the same of `read` and
    /// read_whole_file.
    explicit ProjectDisk(std::vector<std::string> behaviours = {"echo", "reverse", "chat", "silent", "close"},
        std::string config_folder = {}, Writer writer = {}, Reader reader = {});

    /// Reads a file. It may be asked about before it is adopted. Errors: not_found, too_large,
    /// permission_denied, invalid_argument (a folder, FIFO or device, or a file of the configuration folder),
    /// malformed, system; the message names the file and the reason.
    [[nodiscard]] Result<ReadProject> read(const std::string& path) const;
    /// From now on `path` is the open project, and `text` what is known to be in it. An empty path: none is
    /// open.
    void adopt(std::string path, std::shared_ptr<const std::string> text);
    [[nodiscard]] const std::string& path() const { return path_; }

    /// Writes the project to `path` and adopts it. Members that the file (or, for another path, the file that was
    /// open) has and Jackfield does not know are kept. `saved` is false when another program has changed the
    /// file since, or when `path` is another one and there is a file already, and `overwrite` is not set:
    /// nothing was written then. Two programs that save at once do so one after the other. Errors: as
    /// write_document_atomically; too_large; without `overwrite` those of reading what is there; system when another
    /// program holds a lock on the file for more than five seconds.
    struct SaveOutcome {
        bool saved = false;
    };
    [[nodiscard]] Result<SaveOutcome> save(const std::string& path, const Project& project, bool overwrite);

    /// Looks at the file of the open project. Each state of it is told once. A file that is gone or cannot be
    /// used may be a moment in the middle of its being written: `look_again` then, and it is told when a
    /// second look a little later finds the same.
    struct Check {
        std::optional<ProjectChange> change;
        bool look_again = false;
    };
    [[nodiscard]] Check check();

private:
    [[nodiscard]] bool is_reserved(const std::string& path) const;
    [[nodiscard]] Result<ReadProject> understand(const std::string& path, std::string text) const;

    std::vector<std::string> behaviours_;
    std::string config_folder_;
    Writer writer_;
    Reader reader_;
    std::string path_;
    std::shared_ptr<const std::string> text_; // known to be in the file; null: none
    std::string told_; // the state that was told last
    std::string doubtful_; // the state that waits for a second look
};

} // namespace jackfield::app
