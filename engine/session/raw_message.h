#pragma once

#include "jackfield/lanes.h"
#include "jackfield/raw_frame.h"
#include "jackfield/shared_bytes.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace jackfield::session {

/// What was composed by hand, laid out once for all that get it.
class RawMessage {
public:
    /// Of pieces that `check` takes. Throws std::bad_alloc.
    RawMessage(std::vector<RawPiece> pieces, StreamCut cut);

    /// One piece, for the record of what passed.
    struct Part {
        TrafficType type = TrafficType::raw;
        SharedBytes payload; ///< before masking
        std::uint64_t wire = 0;
        std::optional<FrameFacts> frame; ///< none: bytes as they are
        /// True when a peer that keeps to RFC 6455 answers this with a pong, should it stand between two
        /// frames.
        [[nodiscard]] bool is_proper_ping() const;
    };
    /// All of it, as it goes on the wire.
    [[nodiscard]] const SharedBytes& bytes() const { return bytes_; }
    [[nodiscard]] std::span<const Part> parts() const { return parts_; }
    [[nodiscard]] StreamCut cut() const { return cut_; }

private:
    SharedBytes bytes_;
    std::vector<Part> parts_;
    StreamCut cut_;
};

} // namespace jackfield::session
