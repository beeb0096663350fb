#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jackfield::app {

/// Tells when one of some files is written, replaced or removed, by inotify on the folders they are in,
/// through symbolic links too. One thread. Where the system gives no inotify, it never tells.
class FolderWatch {
public:
    FolderWatch();
    ~FolderWatch();
    FolderWatch(const FolderWatch&) = delete;
    FolderWatch& operator=(const FolderWatch&) = delete;

    /// Watches the folders of `paths`, anew: call again when links or folders may have changed.
    void watch(const std::vector<std::string>& paths);
    /// Readable when `take_changes` has something to look at; -1 without inotify.
    [[nodiscard]] int descriptor() const { return descriptor_; }
    /// Forgets what has happened so far; true when one of the files was concerned.
    bool take_changes();

private:
    int descriptor_;
    struct Folder {
        int watch;
        std::string path;
    };
    bool concerns(int watch, std::uint32_t mask, const std::string& name) const;

    std::vector<Folder> folders_;
    std::vector<std::string> names_; // of the files, without their folders
};

} // namespace jackfield::app
