#pragma once

#include "jackfield/time.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace jackfield::bench {

/// When the messages that are out were sent (or due), oldest first. Messages of one moment share an entry. Allocates
/// only while it grows.
class InFlight {
public:
    void push(TimePoint at, std::uint64_t count)
    {
        if (size_ == entries_.size())
            grow();
        entries_[(first_ + size_) & (entries_.size() - 1)] = {at, count};
        ++size_;
        messages_ += count;
    }
    /// The oldest `count` were answered, which must be there; calls `each(TimePoint, std::uint64_t)` for them.
    template <class Each>
    void pop(std::uint64_t count, Each each)
    {
        messages_ -= count;
        while (count > 0) {
            Entry& entry = entries_[first_];
            const std::uint64_t taken = count < entry.count ? count : entry.count;
            each(entry.at, taken);
            count -= taken;
            entry.count -= taken;
            if (entry.count == 0) {
                first_ = (first_ + 1) & (entries_.size() - 1);
                --size_;
            }
        }
    }
    [[nodiscard]] std::uint64_t messages() const { return messages_; }
    void clear() { first_ = size_ = 0, messages_ = 0; }

private:
    struct Entry {
        TimePoint at{};
        std::uint64_t count = 0;
    };
    void grow()
    {
        std::vector<Entry> larger(entries_.empty() ? 4 : entries_.size() * 2);
        for (std::size_t i = 0; i < size_; ++i)
            larger[i] = entries_[(first_ + i) & (entries_.size() - 1)];
        entries_.swap(larger);
        first_ = 0;
    }
    std::vector<Entry> entries_; // a ring; its size is a power of two
    std::size_t first_ = 0;
    std::size_t size_ = 0;
    std::uint64_t messages_ = 0;
};

} // namespace jackfield::bench
