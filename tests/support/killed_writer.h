#pragma once

#include <sys/wait.h>

#include <csignal>
#include <unistd.h>

namespace jackfield::test {

/// Calls `write(0)`, `write(1)`, ... in a process of its own, and kills that process in the middle of one:
/// after `write(last)` at the earliest. False when a call was false before that, or there is no process to be
/// had.
template <class Write>
[[nodiscard]] bool kill_while_writing(int last, Write write)
{
    int ends[2] = {};
    if (::pipe(ends) != 0)
        return false;
    const pid_t child = ::fork();
    if (child == 0) {
        for (int i = 0;; ++i) {
            if (!write(i))
                _exit(1);
            if (i == last && ::write(ends[1], "x", 1) != 1)
                _exit(1);
        }
    }
    ::close(ends[1]); // so that the end of the child is the end of the pipe
    char byte = 0;
    const bool came = child > 0 && ::read(ends[0], &byte, 1) == 1;
    ::close(ends[0]);
    return child > 0 && ::kill(child, SIGKILL) == 0 && ::waitpid(child, nullptr, 0) == child && came;
}

} // namespace jackfield::test
