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

/// Reads one request head from bytes in any chopping, strictly: CRLF line ends only, no obs-fold, no blanks
/// around names, field values of HTAB and visible characters (0x80-0xff accepted), one leading CRLF at most,
/// HTTP/1.0 and HTTP/1.1 only. Does no I/O. Judges as early as it can, so that random bytes are refused at
/// their first wrong byte and never buffered beyond `max_head`. Also holds what any request must satisfy:
/// exactly one valid Host (for HTTP/1.0 too, since access is decided by it), an absolute-form target's
/// authority equal to Host. What a method, an upgrade or a body mean is for others to judge.
class RequestParser {
public:
    explicit RequestParser(HeadLimits limits)
        : limits_(limits)
    { }

    enum class State { need_more, complete, refused };
    /// Takes bytes; `consumed` says how many belong to the head (bytes after the head are left alone); when
    /// refused for a byte, that byte is the last of them. After `complete` or `refused` it takes no more.
    State feed(std::span<const std::byte> bytes, std::size_t& consumed);
    [[nodiscard]] State state() const { return state_; }

    /// After `refused`: why, and the status to answer (RefusalReason's comment).
    [[nodiscard]] RefusalReason reason() const { return reason_; }
    [[nodiscard]] std::uint16_t status() const { return status_; }
    /// All bytes so far, a leading CRLF included: for the list of refused attempts.
    [[nodiscard]] std::string_view seen() const { return {text_.data(), text_.size()}; }
    /// After `complete`: the head, moved out.
    [[nodiscard]] RequestHead take();
    /// At any time: as much of the request as could be told (method, target, and the fields before the
    /// fault), moved out.
    [[nodiscard]] RequestHead take_partial();

private:
    enum class Expects {
        first_byte, // of the method, or of one CRLF before it
        leading_lf,
        method,
        target,
        version,
        version_lf,
        line_start, // a field, or the empty line
        field_name,
        field_value,
        field_lf,
        final_lf,
    };
    /// A run of `text_`, which moves while it grows.
    struct Range {
        std::size_t at = 0;
        std::size_t size = 0;
    };
    struct Field {
        Range name, value;
    };

    void step(char c);
    void refuse(RefusalReason reason);
    void end_target();
    void end_version();
    void end_field();
    void end_head();
    void check_host(std::string_view value);
    [[nodiscard]] std::string_view text(Range range) const { return {text_.data() + range.at, range.size}; }
    /// What stands between `start_` and the character that is being judged.
    [[nodiscard]] Range token() const { return {start_, scanned_ - 1 - start_}; }

    HeadLimits limits_;
    State state_ = State::need_more;
    Expects expects_ = Expects::first_byte;
    RefusalReason reason_ = RefusalReason::request_line;
    std::uint16_t status_ = 400;
    int minor_version_ = 1;
    bool target_is_whole_ = false;
    bool has_leading_line_ = false;
    bool has_host_ = false;
    std::size_t scanned_ = 0; // bytes of text_ that have been judged
    std::size_t start_ = 0; // of the token in progress
    Range method_, target_;
    Range name_; // of the field in progress
    std::vector<char> text_;
    std::vector<Field> fields_;
};

} // namespace jackfield::http
