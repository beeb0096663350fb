#pragma once

#include "http/request_head.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace jackfield::http {

/// Reads a request body by Content-Length or chunked coding (RFC 9112 section 6 and 7), strictly against
/// smuggling: one framing only, plain decimal length, hexadecimal chunk sizes of at most 16 digits without
/// signs, blanks or extensions, CRLF only, trailers checked for their syntax and dropped (at most 8 KiB of
/// them).
class BodyReader {
public:
    /// Errors (nullopt): the head's framing is ambiguous or unknown (both framings, several lengths, a
    /// transfer coding other than `chunked`, chunked in HTTP/1.0); answer 400.
    static std::optional<BodyReader> create(const RequestHead& head, std::uint64_t max_body);

    enum class State { need_more, complete, malformed, too_large };
    /// Takes bytes; `consumed` says how many belong to the body (all that were looked at when it is refused).
    /// Decoded bytes are appended to `out`. After any other state than `need_more` it takes no more. Answer
    /// 400 to `malformed` and 413 to `too_large`.
    State feed(std::span<const std::byte> bytes, std::size_t& consumed, std::string& out);
    /// Already `complete` for a request without a body, and `too_large` when its Content-Length says so.
    [[nodiscard]] State state() const { return state_; }

private:
    BodyReader() = default;
    enum class Expects {
        data, // of a Content-Length
        chunk_size,
        chunk_size_lf,
        chunk_data,
        chunk_data_cr,
        chunk_data_lf,
        trailer_start, // a trailer field, or the empty line
        trailer_name,
        trailer_value,
        trailer_lf,
        final_lf,
    };
    void step(char c);
    void end_chunk_size();

    State state_ = State::need_more;
    Expects expects_ = Expects::data;
    std::uint64_t remaining_ = 0; // of the data in progress
    std::uint64_t budget_ = 0; // what the body may still grow by
    std::size_t digits_ = 0; // of the chunk size in progress
    std::size_t trailer_bytes_ = 0;
};

} // namespace jackfield::http
