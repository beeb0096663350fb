#pragma once

#include <algorithm>
#include <cstdint>

namespace jackfield::session {

/// How much of the payload of one direction has travelled, compressed or not.
class Travelled {
public:
    /// A whole message of `payload` bytes, which travelled as `compressed` bytes (0: as they are). `total`: the
    /// payload of all messages so far. Returns the share as ConnectionCounters::travelled_in shows it.
    std::uint8_t add(std::uint64_t total, std::uint64_t payload, std::uint64_t compressed)
    {
        if (compressed != 0) {
            has_compressed_ = true;
            saved_ += static_cast<double>(payload) - static_cast<double>(compressed);
        }
        if (!has_compressed_ || total == 0)
            return 0;
        const double share = 200.0 * (static_cast<double>(total) - saved_) / static_cast<double>(total);
        return static_cast<std::uint8_t>(std::clamp(share, 1.0, 255.0));
    }

private:
    double saved_ = 0; // bytes; negative where compression has made them more
    bool has_compressed_ = false;
};

} // namespace jackfield::session
