#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

namespace jackfield::server {

/// Letters from any thread to one reader. `post` and `take` hold the mutex for a push and a swap.
template <class Letter>
class Mailbox {
public:
    /// Throws std::bad_alloc.
    Mailbox() { letters_.reserve(places_kept); }
    /// True when the box was empty: its reader may be asleep. Throws std::bad_alloc, with nothing posted.
    bool post(Letter letter)
    {
        const std::lock_guard lock(mutex_);
        letters_.push_back(std::move(letter));
        return letters_.size() == 1;
    }
    /// Swaps what is waiting into `into`, which must be empty and have room for `places_kept`; its memory is
    /// reused.
    void take(std::vector<Letter>& into) noexcept
    {
        const std::lock_guard lock(mutex_);
        letters_.swap(into);
    }

    static constexpr std::size_t places_kept = 64; ///< a few letters find room when there is no memory

private:
    std::mutex mutex_;
    std::vector<Letter> letters_;
};

} // namespace jackfield::server
