#include "websocket/fragment_cutter.h"

#include <algorithm>

namespace jackfield::websocket {

std::size_t FragmentCutter::next()
{
    std::uint64_t size = left_;
    if (frames_left_ > 1) {
        if (how_.by == Fragmentation::By::count)
            size = (left_ + frames_left_ - 1) / frames_left_;
        else
            size = how_.by == Fragmentation::By::size ? how_.number : how_.sizes[cut_];
    }
    const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(size, left_));
    left_ -= taken;
    --frames_left_;
    ++cut_;
    return taken;
}

} // namespace jackfield::websocket
