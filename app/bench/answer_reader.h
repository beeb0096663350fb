#pragma once

#include "app/bench/message_set.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace jackfield::bench {

/// Compares what comes with what must come: the answers to the messages of a set, in its order, from one of them on.
/// As long as a server sends each in one plain frame, any number of them are one comparison of memory.
class AnswerReader {
public:
    AnswerReader(const MessageSet& set, std::size_t first)
        : set_(&set)
        , at_(first % set.count() * set.answer_size())
    { }

    struct Match {
        std::size_t bytes = 0; ///< of the input that are as expected
        std::uint64_t messages = 0; ///< that are complete with them
    };
    /// Goes as far as the input is as expected.
    Match match(std::span<const std::byte> input);

    /// How many bytes of the message under way have matched, which stand at `matched()`.
    [[nodiscard]] std::size_t partial() const { return at_ % set_->answer_size(); }
    [[nodiscard]] std::span<const std::byte> matched() const
    {
        return set_->answers().subspan(at_ - partial(), partial());
    }
    /// Forgets the part of the message under way: it begins anew.
    void rewind() { at_ -= partial(); }
    /// The message that must come next, for those that come otherwise.
    [[nodiscard]] std::size_t next() const { return at_ / set_->answer_size(); }
    [[nodiscard]] const MessageSet& set() const { return *set_; }
    /// It has come in another way.
    void skip_message() { at_ = (at_ - partial() + set_->answer_size()) % set_->answers().size(); }

private:
    const MessageSet* set_;
    std::size_t at_; ///< in the answers of the set
};

} // namespace jackfield::bench
