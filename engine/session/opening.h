#pragma once

#include "base/byte_buffer.h"
#include "http/request_parser.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace jackfield::session {

/// The time between accept and the first answer: gathers one request head and whatever came behind it. Does
/// no I/O.
class Opening {
public:
    explicit Opening(http::HeadLimits limits)
        : limits_(limits)
        , parser_(limits)
    { }

    enum class Step {
        need_more,
        refused, ///< `reason` and `status` say why
        complete, ///< the head is in `head`, what followed it in `rest`
    };
    Step feed(std::span<const std::byte> bytes);

    [[nodiscard]] const http::RequestParser& parser() const { return parser_; }
    [[nodiscard]] http::RequestHead& head() { return head_; }
    /// Bytes behind the head: frames, the 8 bytes of hybi-00, a request body, the next request.
    [[nodiscard]] ByteBuffer& rest() { return rest_; }
    [[nodiscard]] bool has_bytes() const { return has_bytes_; }
    [[nodiscard]] bool is_complete() const { return complete_; }
    /// All that has come of the head, for showing.
    [[nodiscard]] std::string_view seen() const
    {
        return complete_ || is_partial_ ? head_.raw() : parser_.seen();
    }
    /// After `refused`: as much as could be parsed moves into `head`.
    void keep_partial_head()
    {
        head_ = parser_.take_partial();
        is_partial_ = true;
    }
    /// Makes it ready for the next request of a kept-alive connection; `rest` stays.
    void restart();

private:
    http::HeadLimits limits_;
    http::RequestParser parser_;
    http::RequestHead head_;
    ByteBuffer rest_;
    bool has_bytes_ = false;
    bool complete_ = false;
    bool is_partial_ = false; ///< the head ends where it was refused
};

} // namespace jackfield::session
