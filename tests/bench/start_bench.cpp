// How long the programs take from their launch: jackfield-terminal until it listens, jackfield until its window is shown and
// its server listens (offscreen; what the ready file says). Prints the median and the longest of some launches, with an empty
// configuration folder and with one that has been used. The aims are 150 ms and 500 ms on a quiet machine.
//
// --check fails only far above them, as other programs share the machine.
#include "tests/bench/measure.h"

#include <poll.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

constexpr int launches = 9;
constexpr int patience_ms = 30'000;

struct Launch {
    double wall_ms = -1; ///< negative: it did not start
    double cpu_ms = 0; ///< until its end, which comes at once
};

/// The ready file is renamed into place, or written; either tells.
Launch launch(const std::string& program, const std::filesystem::path& folder)
{
    const std::filesystem::path ready = folder / "ready";
    std::filesystem::remove(ready);
    const int watch = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    ::inotify_add_watch(watch, folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO);
    const std::string config = (folder / "config").string();
    const auto begun = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
        // Its input stays open and silent.
        int silent[2] = {-1, -1};
        const int nothing = ::open("/dev/null", O_RDWR);
        if (::pipe(silent) != 0 || ::dup2(silent[0], 0) < 0 || ::dup2(nothing, 1) < 0 || ::dup2(nothing, 2) < 0)
            ::_exit(127);
        ::execl(program.c_str(), program.c_str(), "--config-dir", config.c_str(), "--port", "0", "--ready-file",
            ready.c_str(), nullptr);
        ::_exit(127);
    }
    Launch result;
    while (result.wall_ms < 0) {
        pollfd entry{watch, POLLIN, 0};
        if (::poll(&entry, 1, patience_ms) <= 0)
            break;
        char events[4096];
        while (::read(watch, events, sizeof events) > 0) { }
        std::error_code error;
        if (std::filesystem::file_size(ready, error) > 0 && !error) {
            const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begun;
            result.wall_ms = taken.count();
        }
    }
    ::close(watch);
    ::kill(child, SIGTERM);
    int status = 0;
    rusage used{};
    ::wait4(child, &status, 0, &used);
    result.cpu_ms = static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3
        + static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
    return result;
}

/// The median in milliseconds; negative when the program does not start.
double report(const char* name, const std::string& program, bool is_fresh)
{
    char pattern[] = "/tmp/jackfield-start-XXXXXX";
    if (::mkdtemp(pattern) == nullptr)
        return -1;
    const std::filesystem::path folder(pattern);
    std::vector<double> wall;
    double cpu = 0;
    for (int i = 0; i < launches; ++i) {
        if (is_fresh)
            std::filesystem::remove_all(folder / "config");
        const Launch measured = launch(program, folder);
        if (measured.wall_ms < 0) {
            std::printf("%s does not start\n", program.c_str());
            std::filesystem::remove_all(folder);
            return -1;
        }
        wall.push_back(measured.wall_ms);
        cpu += measured.cpu_ms / launches;
    }
    std::filesystem::remove_all(folder);
    std::sort(wall.begin(), wall.end());
    std::printf("%-52s %7.0f ms %9.0f ms %9.0f ms\n", name, wall[wall.size() / 2], wall.back(), cpu);
    return wall[wall.size() / 2];
}

} // namespace

int main(int argc, char** argv)
{
    const bool check = argc > 1 && std::strcmp(argv[1], "--check") == 0;
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    std::error_code error;
    const std::string folder = std::filesystem::canonical("/proc/self/exe", error).parent_path().string();
    std::printf("%-52s %10s %12s %12s\n", "from launch", "median", "longest", "CPU in all");
    const std::string terminal_program = folder + "/jackfield-terminal";
    const double terminal_first = report("jackfield-terminal listens, first start", terminal_program, true);
    const double terminal_later = report("jackfield-terminal listens, later", terminal_program, false);
    const double terminal = std::max(terminal_first, terminal_later);
    double desktop_first = 0;
    double desktop_later = 0;
    if (const std::string program = folder + "/jackfield"; std::filesystem::exists(program, error)) {
        desktop_first = report("jackfield's window serves, first start", program, true);
        desktop_later = report("jackfield's window serves, later", program, false);
    }
    const double desktop = std::max(desktop_first, desktop_later);
    jackfield::bench::Bounds bounds;
    bounds.hold(std::min({terminal_first, terminal_later, desktop_first, desktop_later}) >= 0, "the programs start");
    if (check) {
        bounds.hold(terminal <= 1'500, "jackfield-terminal listens within ten times 150 ms");
        bounds.hold(desktop <= 5'000, "the window is there within ten times 500 ms");
    }
    return bounds.exit_status();
}
