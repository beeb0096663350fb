#pragma once

#include "jackfield/time.h"

#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace jackfield::app {

/// Sentences that other threads have for the person, on their way to the thread that prints.
class PostedNotes {
public:
    PostedNotes();
    ~PostedNotes();
    PostedNotes(const PostedNotes&) = delete;
    PostedNotes& operator=(const PostedNotes&) = delete;

    /// Any thread. The note has the time of the call.
    void post(std::string text);
    /// All that wait, in their order.
    [[nodiscard]] std::vector<std::pair<WallTime, std::string>> take();
    /// Readable while notes wait; -1 where the system gave none: then they come with the next round.
    [[nodiscard]] int descriptor() const { return descriptor_; }

private:
    std::mutex mutex_;
    std::vector<std::pair<WallTime, std::string>> notes_; // guarded by mutex_
    int descriptor_;
};

} // namespace jackfield::app
