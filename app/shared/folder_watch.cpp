#include "app/shared/folder_watch.h"

#include <sys/inotify.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <unistd.h>

namespace jackfield::app {

FolderWatch::FolderWatch()
    : descriptor_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
{ }

FolderWatch::~FolderWatch()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

void FolderWatch::watch(const std::vector<std::string>& paths)
{
    names_.clear();
    folders_.clear();
    if (descriptor_ < 0)
        return;
    constexpr std::uint32_t mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB
        | IN_DELETE_SELF | IN_MOVE_SELF | IN_CREATE;
    for (const std::string& path : paths) {
        const std::filesystem::path given(path);
        std::error_code error;
        const std::filesystem::path real = std::filesystem::canonical(given, error);
        for (const std::filesystem::path& file : {given, error ? given : real}) {
            const std::string folder = file.parent_path().string();
            if (const int watch = inotify_add_watch(descriptor_, folder.c_str(), mask); watch >= 0)
                folders_.push_back({watch, folder});
            names_.push_back(file.filename().string());
        }
    }
}

bool FolderWatch::concerns(int watch, std::uint32_t mask, const std::string& name) const
{
    // Without a name it is about a folder, or events were lost: then every file may be concerned.
    if (name.empty())
        return true;
    if (std::find(names_.begin(), names_.end(), name) == names_.end())
        return false;
    if ((mask & IN_CREATE) == 0)
        return true;
    // A new file is still empty and tells again when it has been written; a new link is all there.
    const auto folder = std::find_if(
        folders_.begin(), folders_.end(), [watch](const Folder& f) { return f.watch == watch; });
    std::error_code ignored;
    return folder != folders_.end()
        && std::filesystem::is_symlink(std::filesystem::path(folder->path) / name, ignored);
}

bool FolderWatch::take_changes()
{
    bool concerned = false;
    alignas(inotify_event) std::array<char, 4096> buffer{};
    while (true) {
        const ssize_t size = ::read(descriptor_, buffer.data(), buffer.size());
        if (size <= 0)
            return concerned;
        for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
            const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
            concerned |= concerns(
                event->wd, event->mask, event->len == 0 ? std::string() : std::string(event->name));
            at += sizeof(inotify_event) + event->len;
        }
    }
}

} // namespace jackfield::app
