#pragma once

#include "http/request_head.h"
#include "jackfield/event.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace jackfield::http {

struct HeadLimits {
    std::size_t max_head = 16U << 10U;
    std::size_t max_headers = 100;
    std::size_t max_target = 8U << 10U;
};

/// Reads one request head from bytes in any chopping, strictly: CRLF line ends only, no obs-fold, no blanks around names, field values of
/// HTAB and visible characters (0x80-0xff accepted), one leading CRLF at most. Does no I/O. Judges as early as it can, so that
/// random bytes are refused at their first wrong byte and never buffered beyond `max_head`.
/// Also holds what any request must satisfy: exactly one valid Host for HTTP/1.1, an absolute-form target's authority equal to Host.
class RequestParser {
public:
    explicit RequestParser(HeadLimits limits) : limits_(limits) { }

    enum class State { need_more, complete, refused };
    /// Takes bytes; `consumed` says how many belong to the head (bytes after the head are left alone). After `complete` or
    /// `refused` it takes no more.
    State feed(std::span<const std::byte> bytes, std::size_t& consumed);
    [[nodiscard]] State state() const { return state_; }

    /// After `refused`: why, and the status to answer (RefusalReason's comment).
    [[nodiscard]] RefusalReason reason() const { return reason_; }
    [[nodiscard]] std::uint16_t status() const { return status_; }
    /// All bytes so far: for the list of refused attempts.
    [[nodiscard]] std::string_view seen() const { return {text_.data(), text_.size()}; }
    /// After `complete`: the head, moved out.
    [[nodiscard]] RequestHead take();
    /// After `refused`: as much of the request as could be told (method, target, and the fields before the fault).
    [[nodiscard]] RequestHead take_partial();

private:
    HeadLimits limits_;
    State state_ = State::need_more;
    RefusalReason reason_ = RefusalReason::request_line;
    std::uint16_t status_ = 400;
    std::vector<char> text_;
    // (the implementer adds what the state machine needs)
};

} // namespace jackfield::http
