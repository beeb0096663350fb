#pragma once

#include "jackfield/connection.h"
#include "jackfield/frame_facts.h"
#include "jackfield/lanes.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace jackfield {

/// A connection as a capture or a recording knows it.
struct CapturedConnection {
    std::shared_ptr<const ConnectionInfo> info; ///< null: not known yet
    std::string name; ///< ours, UTF-8: "Firefox · localhost:5173 → /chat"
    std::optional<CloseInfo> close; ///< once it has ended
};

/// What passed on a connection: a whole message or a control frame. Views into whatever keeps it.
struct CapturedMessage {
    std::uint64_t sequence = 0; ///< counts up by one from 1 within its capture
    ConnectionId connection;
    std::int64_t wall_ns = 0; ///< Unix time in nanoseconds
    std::uint64_t size = 0; ///< payload bytes of the whole message
    std::uint64_t wire = 0; ///< bytes on the wire, headers included
    std::uint64_t compressed = 0; ///< payload bytes as they travelled; 0: it was not compressed
    std::uint32_t frames = 1;
    TrafficType type = TrafficType::text;
    Direction direction = Direction::from_browser;
    Maker maker = Maker::peer;
    bool payload_kept = true; ///< false: the payload was too large to be kept, or headers alone were taken
    std::span<const FrameFacts> frame_facts; ///< of the first 32 frames, as in TrafficRecord
    std::span<const std::byte> payload; ///< all of it when it is kept
};

} // namespace jackfield
