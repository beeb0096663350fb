#include "app/bench/answer_reader.h"

#include <algorithm>
#include <cstring>

namespace jackfield::bench {

AnswerReader::Match AnswerReader::match(std::span<const std::byte> input)
{
    Match result;
    const std::size_t size = set_->answer_size();
    while (result.bytes < input.size()) {
        const auto expected = set_->answers().subspan(at_);
        const auto come = input.subspan(result.bytes, std::min(expected.size(), input.size() - result.bytes));
        std::size_t same = come.size();
        const bool differs = std::memcmp(come.data(), expected.data(), same) != 0;
        if (differs)
            same = static_cast<std::size_t>(std::mismatch(come.begin(), come.end(), expected.begin()).first - come.begin());
        result.bytes += same;
        result.messages += (at_ + same) / size - at_ / size;
        at_ += same;
        if (at_ == set_->answers().size())
            at_ = 0;
        if (differs)
            break;
    }
    return result;
}

} // namespace jackfield::bench
