#include "app/terminal/posted_notes.h"

#include <sys/eventfd.h>

#include <chrono>
#include <cstdint>
#include <unistd.h>

namespace jackfield::app {

PostedNotes::PostedNotes()
    : descriptor_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{ }

PostedNotes::~PostedNotes()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

void PostedNotes::post(std::string text)
{
    {
        const std::lock_guard lock(mutex_);
        notes_.emplace_back(std::chrono::system_clock::now(), std::move(text));
    }
    const std::uint64_t one = 1;
    // It fails only when it is readable already.
    static_cast<void>(!::write(descriptor_, &one, sizeof one));
}

std::vector<std::pair<WallTime, std::string>> PostedNotes::take()
{
    std::uint64_t count = 0;
    static_cast<void>(!::read(descriptor_, &count, sizeof count));
    const std::lock_guard lock(mutex_);
    return std::exchange(notes_, {});
}

} // namespace jackfield::app
