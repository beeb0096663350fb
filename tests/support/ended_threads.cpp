#include <chrono>
#include <dirent.h>
#include <thread>

namespace {

std::size_t threads_of_this_process()
{
    std::size_t count = 0;
    DIR* const tasks = ::opendir("/proc/self/task");
    if (!tasks)
        return 0;
    while (const dirent* const entry = ::readdir(tasks))
        count += entry->d_name[0] == '.' ? 0 : 1;
    ::closedir(tasks);
    return count;
}

/// QThread::wait returns a moment before the thread has given back what it was known by. LeakSanitizer, which looks when
/// the program ends, takes that for lost in that moment: Qt Test's watchdog has one such thread in every test.
/// Threads that a library keeps for ever are not waited for long.
struct ThreadsThatEnd {
    ThreadsThatEnd() = default;
    ThreadsThatEnd(const ThreadsThatEnd&) = delete;
    ThreadsThatEnd& operator=(const ThreadsThatEnd&) = delete;
    ~ThreadsThatEnd()
    {
        for (int waited = 0; threads_of_this_process() > 1 && waited < 200; ++waited)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
} threads_that_end;

} // namespace
