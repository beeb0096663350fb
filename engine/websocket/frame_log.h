#pragma once

#include "jackfield/frame_facts.h"

#include <cstddef>
#include <span>
#include <vector>

namespace jackfield::websocket {

/// The headers of the frames of one message: the first `max_frame_facts` of them. One frame needs no
/// allocation.
class FrameLog {
public:
    /// Beyond the limit nothing is kept. Throws std::bad_alloc.
    void add(const FrameFacts& frame)
    {
        if (count_ == max_frame_facts)
            return;
        if (count_ == 0) {
            first_ = frame;
        } else {
            if (count_ == 1)
                several_.assign(1, first_);
            several_.push_back(frame);
        }
        ++count_;
    }
    /// Lives until the next call and as long as this object stays where it is.
    [[nodiscard]] std::span<const FrameFacts> view() const
    {
        return count_ > 1 ? std::span<const FrameFacts>(several_)
                          : std::span<const FrameFacts>(&first_, count_);
    }
    /// Memory beyond the object itself.
    [[nodiscard]] std::size_t allocated_bytes() const { return several_.capacity() * sizeof(FrameFacts); }

private:
    FrameFacts first_;
    std::vector<FrameFacts> several_; // all of them, once there are two
    std::size_t count_ = 0;
};

} // namespace jackfield::websocket
