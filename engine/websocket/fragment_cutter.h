#pragma once

#include "jackfield/fragmentation.h"

#include <cstddef>
#include <cstdint>

namespace jackfield::websocket {

/// Cuts a payload into frames as a Fragmentation says, which it borrows. Total: sizes beyond the payload give
/// empty frames, so that whatever was asked for fits what the payload has become.
class FragmentCutter {
public:
    FragmentCutter(const Fragmentation& how, std::size_t payload)
        : how_(how)
        , left_(payload)
        , frames_left_(how.frames_for(payload))
    { }
    /// True when every frame has been cut.
    [[nodiscard]] bool is_done() const { return frames_left_ == 0; }
    /// The size of the next frame's payload. Ask only until it is done.
    std::size_t next();

private:
    const Fragmentation& how_;
    std::size_t left_; // bytes
    std::uint64_t frames_left_;
    std::size_t cut_ = 0; // frames so far
};

} // namespace jackfield::websocket
