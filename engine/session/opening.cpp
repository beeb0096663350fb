#include "session/opening.h"

namespace jackfield::session {

Opening::Step Opening::feed(std::span<const std::byte> bytes)
{
    if (complete_) {
        rest_.append(bytes);
        return Step::complete;
    }
    if (bytes.empty())
        return Step::need_more;
    has_bytes_ = true;
    std::size_t consumed = 0;
    switch (parser_.feed(bytes, consumed)) {
    case http::RequestParser::State::need_more:
        return Step::need_more;
    case http::RequestParser::State::refused:
        return Step::refused;
    case http::RequestParser::State::complete:
        break;
    }
    head_ = parser_.take();
    complete_ = true;
    rest_.append(bytes.subspan(consumed));
    return Step::complete;
}

void Opening::restart()
{
    parser_ = http::RequestParser(limits_);
    head_ = {};
    complete_ = is_partial_ = false;
    has_bytes_ = !rest_.empty();
}

} // namespace jackfield::session
