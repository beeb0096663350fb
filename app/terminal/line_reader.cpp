#include "app/terminal/line_reader.h"

#include "jackfield/escape.h"

#include <utility>

namespace jackfield::app {

void LineReader::feed(std::string_view bytes)
{
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        hold(bytes.substr(0, end));
        if (end == std::string_view::npos)
            return;
        finish();
        bytes.remove_prefix(end + 1);
    }
}

void LineReader::hold(std::string_view bytes)
{
    has_any_ |= !bytes.empty();
    if (too_long_ || bytes.size() > longest_line - line_.size()) {
        too_long_ = true;
        line_ = {};
        return;
    }
    line_ += bytes;
}

void LineReader::finish()
{
    std::string line = std::exchange(line_, {});
    const std::uint64_t number = number_++;
    has_any_ = false;
    if (std::exchange(too_long_, false)) {
        receiver_(number, fail(ErrorCode::too_large, "the line has more than 16 MiB and was left out"));
        return;
    }
    if (line.ends_with('\r'))
        line.pop_back();
    if (line.find('\0') != std::string::npos)
        receiver_(number,
            fail(ErrorCode::malformed, "the line holds a NUL byte and was left out; in a message write \\x00 between quotes, or hex:00"));
    else if (!is_valid_utf8(line))
        receiver_(number,
            fail(ErrorCode::malformed, "the line is no UTF-8 and was left out; binary messages are written as hex:ff00"));
    else
        receiver_(number, std::move(line));
}

void LineReader::end()
{
    if (has_any_)
        finish();
}

} // namespace jackfield::app
