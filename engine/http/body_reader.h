#pragma once

#include "http/request_head.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace jackfield::http {

/// Reads a request body by Content-Length or chunked coding (RFC 9112 section 6 and 7), strictly against smuggling: one framing only, plain
/// decimal length, hexadecimal chunk sizes of at most 16 digits without signs, blanks or extensions, CRLF only, no trailers kept.
class BodyReader {
public:
    /// Errors (nullopt): the head's framing is ambiguous or unknown; answer 400.
    static std::optional<BodyReader> create(const RequestHead& head, std::uint64_t max_body);

    enum class State { need_more, complete, malformed, too_large };
    /// Takes bytes; `consumed` says how many belong to the body. Decoded bytes are appended to `out`.
    State feed(std::span<const std::byte> bytes, std::size_t& consumed, std::string& out);
    [[nodiscard]] State state() const { return state_; }

private:
    BodyReader() = default;
    enum class Mode { none, length, chunk_size, chunk_size_lf, chunk_data, chunk_data_cr, chunk_data_lf, trailer, done };
    State state_ = State::need_more;
    Mode mode_ = Mode::none;
    std::uint64_t remaining_ = 0;
    std::uint64_t budget_ = 0;
    std::size_t digits_ = 0;
    std::size_t trailer_line_ = 0;
};

} // namespace jackfield::http
