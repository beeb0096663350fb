#pragma once

#include "app/bench/options.h"

#include "jackfield/connection.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace jackfield::bench {

/// What the messages of a run are.
struct MessageKindOf {
    std::size_t size = 16;
    bool binary = false;
    Content content = Content::ascii;
    std::size_t fragments = 1;
    bool compressed = false; ///< permessage-deflate was agreed on
    bool raw = false; ///< the server sends bytes back as they are: answers are the frames themselves
};

/// Some different messages, encoded once for the whole run, which connections send again and again in this order:
/// what is sent and what must come back then lies ready, so that a message costs its client no more than its copy into
/// the socket and a comparison. Each frame keeps the masking key that it got (from the system's entropy), which no
/// program but one that measures may do (RFC 6455 section 5.3). Compressed messages do not refer to earlier ones,
/// which is right for any window that was agreed on. Immutable; any thread.
class MessageSet {
public:
    /// At most `most` different ones. Throws std::bad_alloc.
    explicit MessageSet(const MessageKindOf& kind, std::size_t most = 1'024);

    [[nodiscard]] std::size_t count() const { return frame_begins_.size() - 1; }
    [[nodiscard]] const MessageKindOf& kind() const { return kind_; }
    [[nodiscard]] MessageKind message_kind() const { return kind_.binary ? MessageKind::binary : MessageKind::text; }

    /// Everything that is sent, message behind message; message i is [frame_begin(i), frame_begin(i + 1)).
    [[nodiscard]] std::span<const std::byte> frames() const { return frames_; }
    [[nodiscard]] std::size_t frame_begin(std::size_t index) const { return frame_begins_[index]; }
    /// What a server answers that sends each message in one frame and does not compress.
    [[nodiscard]] std::span<const std::byte> answers() const { return answers_; }
    [[nodiscard]] std::size_t answer_size() const { return answer_size_; } ///< of each message
    [[nodiscard]] std::span<const std::byte> payload(std::size_t index) const
    {
        return answers().subspan(index * answer_size_ + (answer_size_ - kind_.size), kind_.size);
    }

private:
    MessageKindOf kind_;
    std::vector<std::byte> frames_;
    std::vector<std::size_t> frame_begins_;
    std::vector<std::byte> answers_;
    std::size_t answer_size_ = 0;
};

/// The payload of message `index`: `size` bytes, valid UTF-8 unless it is `random`, different for each index where
/// the size allows it.
[[nodiscard]] std::string make_payload(Content content, std::size_t size, std::size_t index);

} // namespace jackfield::bench
