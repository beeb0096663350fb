#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

enum class Content { ascii, mixed, json };
enum class Deflate { off, on, no_takeover };

/// What a run sends.
struct MessagePlan {
    std::size_t size = 16; ///< payload bytes
    std::size_t depth = 1; ///< messages in flight, for which a burst is kept ready
    bool binary = false;
    Content content = Content::ascii;
    Deflate deflate = Deflate::off;
};

/// Payloads, and their masked frames one behind the other, to be sent again and again in this order.
struct Messages {
    std::vector<std::string> payloads;
    std::string frames; ///< empty where each connection compresses for itself
    std::vector<std::size_t> ends; ///< of each frame in `frames`

    explicit Messages(const MessagePlan& plan);
};

/// The masked frame (RFC 6455 section 5.2) of a whole message.
std::string masked_frame(unsigned char first_byte, std::string_view payload);

/// The compressed form of a message without the tail of RFC 7692 section 7.2.1; `stream` is a z_stream of raw DEFLATE.
std::string compress(void* stream, std::string_view payload);

} // namespace bench
