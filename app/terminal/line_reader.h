#pragma once

#include "jackfield/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace jackfield::app {

/// Makes lines of the bytes of a pipe or a file.
class LineReader {
public:
    /// Bytes of the longest line that is taken.
    static constexpr std::size_t longest_line = std::size_t{16} << 20U;

    /// A line without its end, or why it was left out: malformed (it holds a NUL byte or is no UTF-8), too_large.
    using Receiver = std::function<void(std::uint64_t number, Result<std::string> line)>;

    explicit LineReader(Receiver receiver)
        : receiver_(std::move(receiver))
    { }
    void feed(std::string_view bytes);
    /// The input is over: what has no line end is a line too.
    void end();

private:
    void hold(std::string_view bytes);
    void finish();

    Receiver receiver_;
    std::string line_;
    std::uint64_t number_ = 1;
    bool has_any_ = false;
    bool too_long_ = false;
};

} // namespace jackfield::app
