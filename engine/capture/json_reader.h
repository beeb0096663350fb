#pragma once

#include "base/utf8.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jackfield {

/// Reads one JSON text (RFC 8259) as its bytes come, in any chopping, and tells what is in it. A string is
/// told in pieces and kept nowhere, so that a file of any size costs a few hundred bytes. Escapes of lone
/// surrogates, which browsers write and other readers refuse, become U+FFFD.
class JsonReader {
public:
    enum class Word { null, false_, true_ };
    /// What is told. Views live for the call.
    class Receiver {
    public:
        virtual ~Receiver() = default;
        virtual void begins(bool is_array) = 0;
        virtual void ends(bool is_array) = 0;
        virtual void key(std::string_view name)
            = 0; ///< at most Limits::key bytes: the rest of a longer one is dropped
        virtual void string_begins() = 0;
        virtual void string_piece(std::string_view utf8) = 0;
        virtual void string_ends() = 0;
        virtual void number(std::string_view text) = 0; ///< as it stands there
        virtual void word(Word word) = 0;
    };

    struct Limits {
        std::size_t depth; ///< of arrays and objects within each other
        std::size_t key = 256; ///< bytes of a key that are told
        std::size_t number = 64; ///< characters; a longer one is a problem
    };

    JsonReader(Receiver& receiver, const Limits& limits)
        : receiver_(receiver)
        , limits_(limits)
    { }
    JsonReader(Receiver& receiver, std::size_t depth)
        : JsonReader(receiver, Limits{.depth = depth})
    { }

    /// False from the first byte on that makes this no JSON, and after `stop`.
    bool feed(std::string_view bytes);
    /// Says that the text ends here; false when it is incomplete.
    bool finish();
    /// The text is complete: only blanks may follow.
    [[nodiscard]] bool is_complete() const { return state_ == State::complete; }
    /// Nothing but blanks so far.
    [[nodiscard]] bool is_empty() const { return state_ == State::value && levels_.empty(); }
    /// What is wrong, in a few words; empty when nothing is.
    [[nodiscard]] const std::string& problem() const { return problem_; }
    /// How many bytes were read; after a problem, where it is.
    [[nodiscard]] std::uint64_t offset() const { return offset_; }
    /// For the receiver: no more of this.
    void stop() { state_ = State::failed; }
    /// Begins another text; the offset goes on.
    void begin_again();

private:
    enum class State : std::uint8_t {
        value,
        value_or_end, // behind [
        key_or_end, // behind {
        key,
        colon,
        comma_or_end,
        string,
        escape,
        unicode,
        number,
        word,
        complete,
        failed,
    };

    std::size_t take_string(std::string_view bytes);
    bool take(char c);
    bool begin_value(char c);
    bool open(bool is_array);
    bool close(bool is_array);
    void end_value();
    void begin_string(bool is_key);
    void end_string();
    bool take_escape(char c);
    bool take_unicode(char c);
    void piece(std::string_view utf8);
    void character(unsigned code_point);
    void drop_surrogate();
    bool end_number();
    bool fail(std::string_view what);

    Receiver& receiver_;
    const Limits limits_;
    State state_ = State::value;
    std::vector<bool> levels_; // true: an array
    Utf8Validator validator_;
    std::string text_; // a key, number or word
    std::string problem_;
    std::uint64_t offset_ = 0;
    unsigned unicode_ = 0;
    unsigned digits_ = 0;
    unsigned surrogate_ = 0; // the first half of a pair
    bool is_key_ = false;
};

} // namespace jackfield
