#include "app/bench/check/cases.h"

namespace jackfield::bench {
namespace {

std::string text_frame(std::string_view payload)
{
    return bytes_of({.payload = std::string(payload)});
}

void add_valid(std::vector<Case>& cases, const std::string& name, const std::string& sent, const std::string& text)
{
    cases.push_back({"utf8/" + name, "RFC 6455 section 5.6", sent, "the same text", true, [text](Trial& trial) {
        if (!trial.open())
            return Verdict{Verdict::Kind::fail, trial.problem()};
        return expect_echo(trial, text_frame(text), text, 1);
    }});
}

void add_invalid(std::vector<Case>& cases, const std::string& name, const std::string& sent, const std::string& bytes)
{
    cases.push_back({"utf8/" + name, "RFC 6455 section 8.1", sent, "Close 1007", false, [bytes](Trial& trial) {
        if (!trial.open())
            return Verdict{Verdict::Kind::fail, trial.problem()};
        return expect_failure(trial, bytes, {1007});
    }});
}

} // namespace

void add_text_cases(std::vector<Case>& cases)
{
    using namespace std::string_literals;
    add_valid(cases, "two-bytes", "U+00E9 and U+07FF", "\xc3\xa9\xdf\xbf");
    add_valid(cases, "three-bytes", "U+0800, U+20AC and U+FFFD", "\xe0\xa0\x80\xe2\x82\xac\xef\xbf\xbd");
    add_valid(cases, "four-bytes", "U+10000 and U+10FFFF", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf");
    add_valid(cases, "around-surrogates", "U+D7FF and U+E000", "\xed\x9f\xbf\xee\x80\x80");
    add_valid(cases, "noncharacters", "U+FFFE, U+FFFF and U+FDD0, which are no characters and valid UTF-8", "\xef\xbf\xbe\xef\xbf\xbf\xef\xb7\x90");
    add_valid(cases, "nul", "a text with U+0000 in it", "a\0b"s);
    add_valid(cases, "byte-order-mark", "a text that begins with U+FEFF", "\xef\xbb\xbfhello");
    cases.push_back({"utf8/cut-within-a-character", "RFC 6455 section 5.6", "two frames that meet within a character", "the same text", true,
        [](Trial& trial) {
            if (!trial.open())
                return Verdict{Verdict::Kind::fail, trial.problem()};
            const std::string bytes
                = bytes_of({.fin = false, .payload = "\xe2\x82"}) + bytes_of({.opcode = 0, .payload = "\xac"});
            return expect_echo(trial, bytes, "\xe2\x82\xac", 1);
        }});
    const auto invalid = [&](const char* name, const char* sent, std::string_view text) { add_invalid(cases, name, sent, text_frame(text)); };
    invalid("lone-continuation", "the byte 80 alone", "\x80");
    invalid("lone-lead", "a lead byte before an ASCII letter", "\xc3(");
    invalid("overlong-two", "U+002F in two bytes", "\xc0\xaf");
    invalid("overlong-three", "U+002F in three bytes", "\xe0\x80\xaf");
    invalid("overlong-four", "U+002F in four bytes", "\xf0\x80\x80\xaf");
    invalid("surrogate-high", "the surrogate U+D800", "\xed\xa0\x80");
    invalid("surrogate-pair", "a surrogate pair in six bytes (CESU-8)", "\xed\xa0\xbd\xed\xb8\x80");
    invalid("beyond-10ffff", "U+110000", "\xf4\x90\x80\x80");
    invalid("five-bytes", "a character in five bytes", "\xf8\x88\x80\x80\x80");
    invalid("byte-ff", "the byte FF", "\xff");
    invalid("cut-at-the-end", "two of a character's three bytes", "\xe2\x82");
    invalid("late", "a bad byte behind 5,000 good ones", std::string(5'000, 'a') + "\xff");
    add_invalid(cases, "second-frame", "a bad byte in the second frame of a text",
        bytes_of({.fin = false, .payload = "good"}) + bytes_of({.opcode = 0, .payload = "\xff"}));
    add_invalid(cases, "cut-by-the-end-of-frames", "frames that end within a character",
        bytes_of({.fin = false, .payload = "a\xe2"}) + bytes_of({.opcode = 0, .payload = "\x82"}));
    cases.push_back({"utf8/binary", "RFC 6455 section 5.6", "a binary message that is no UTF-8", "the same message", true, [](Trial& trial) {
        if (!trial.open())
            return Verdict{Verdict::Kind::fail, trial.problem()};
        return expect_echo(trial, bytes_of({.opcode = 2, .payload = "\xff\xfe\x80"}), "\xff\xfe\x80", 2);
    }});
}

} // namespace jackfield::bench
