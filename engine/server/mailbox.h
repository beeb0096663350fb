#pragma once

#include <mutex>
#include <vector>

namespace jackfield::server {

/// Letters from any thread to one reader. `post` and `take` hold the mutex for a push and a swap.
template <class Letter>
class Mailbox {
public:
    /// True when the box was empty: its reader may be asleep. Throws std::bad_alloc, with nothing posted.
    bool post(Letter letter)
    {
        const std::lock_guard lock(mutex_);
        letters_.push_back(std::move(letter));
        return letters_.size() == 1;
    }
    /// Swaps what is waiting into `into`, which must be empty; its memory is reused.
    void take(std::vector<Letter>& into)
    {
        const std::lock_guard lock(mutex_);
        letters_.swap(into);
    }

private:
    std::mutex mutex_;
    std::vector<Letter> letters_;
};

} // namespace jackfield::server
