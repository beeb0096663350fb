#include "jackfield/fragmentation.h"

#include <algorithm>

namespace jackfield {

std::uint64_t Fragmentation::frames_for(std::uint64_t payload) const
{
    switch (by) {
    case By::count:
        return std::max<std::uint64_t>(number, 1);
    case By::size:
        return number == 0 || payload == 0 ? 1 : (payload - 1) / number + 1;
    case By::sizes: {
        std::uint64_t left = payload;
        for (const std::uint64_t size : sizes)
            left -= std::min(left, size);
        return std::max<std::uint64_t>(sizes.size() + (left > 0 ? 1 : 0), 1);
    }
    }
    return 1;
}

} // namespace jackfield
