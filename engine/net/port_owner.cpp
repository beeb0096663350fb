#include "net/port_owner.h"

#include "base/text.h"

#include <charconv>
#include <cstring>
#include <dirent.h>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <unistd.h>

namespace jackfield::net {

namespace {

// The socket inodes that listen on `port`, from the table at `path` (man 5 proc, /proc/net/tcp).
void collect_inodes(const char* path, std::uint16_t port, std::set<std::string>& inodes)
{
    std::ifstream table(path);
    std::string line;
    std::getline(table, line);
    while (std::getline(table, line)) {
        std::istringstream fields(line);
        std::string slot, local, remote, state, queues, timer, retransmits, uid, timeout, inode;
        fields >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> uid >> timeout
            >> inode;
        const auto colon = local.rfind(':');
        if (state != "0A" || colon == std::string::npos)
            continue;
        unsigned found = 0;
        std::from_chars(local.data() + colon + 1, local.data() + local.size(), found, 16);
        if (found == port)
            inodes.insert("socket:[" + inode + "]");
    }
}

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

bool holds_one_of(const std::string& fd_folder, const std::set<std::string>& inodes)
{
    const Folder folder(::opendir(fd_folder.c_str()));
    if (!folder)
        return false;
    while (const dirent* entry = ::readdir(folder.get())) {
        char target[64];
        const ssize_t length = ::readlink((fd_folder + "/" + entry->d_name).c_str(), target, sizeof target);
        if (length > 0 && inodes.contains(std::string(target, static_cast<std::size_t>(length))))
            return true;
    }
    return false;
}

} // namespace

std::optional<PortOwner> find_port_owner(const SocketAddress& address)
{
    std::set<std::string> inodes;
    collect_inodes("/proc/net/tcp", address.port(), inodes);
    collect_inodes("/proc/net/tcp6", address.port(), inodes);
    if (inodes.empty())
        return std::nullopt;
    const Folder processes(::opendir("/proc"));
    if (!processes)
        return PortOwner{};
    while (const dirent* entry = ::readdir(processes.get())) {
        const auto pid = parse_decimal<std::uint32_t>(entry->d_name);
        if (!pid)
            continue;
        const std::string base = std::string("/proc/") + entry->d_name;
        if (!holds_one_of(base + "/fd", inodes))
            continue;
        PortOwner owner{*pid, {}};
        std::ifstream(base + "/comm") >> owner.name;
        return owner;
    }
    return PortOwner{};
}

} // namespace jackfield::net
