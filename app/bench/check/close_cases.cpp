#include "app/bench/check/cases.h"

namespace jackfield::bench {
namespace {

Verdict expect_close(Trial& trial, std::string_view bytes, std::optional<unsigned> code)
{
    if (!trial.open())
        return {Verdict::Kind::fail, trial.problem()};
    trial.send(bytes);
    while (const auto frame = trial.read_frame()) {
        if (frame->opcode != 8)
            continue; // what was on its way
        const std::string words = words_of(*frame);
        if (!trial.waits_for_end())
            return {Verdict::Kind::fail, words + ", and the TCP connection stays open"};
        // It may answer with the code it got, which is typical, or with one of its own.
        const bool is_typical = frame->close_code() == code || (!code && frame->close_code() == 1000U);
        return {is_typical ? Verdict::Kind::pass : Verdict::Kind::warn, words};
    }
    if (trial.has_ended())
        return {Verdict::Kind::fail, "the connection ended without a Close"};
    return {Verdict::Kind::fail, "nothing"};
}

void add_code(std::vector<Case>& cases, unsigned code)
{
    cases.push_back({"close/code-" + std::to_string(code), "RFC 6455 section 5.5.1", "a Close with " + std::to_string(code),
        "a Close, and the end of the connection", false,
        [code](Trial& trial) { return expect_close(trial, bytes_of({.opcode = 8, .payload = close_payload(code)}), code); }});
}

void add_bad(std::vector<Case>& cases, const std::string& name, const std::string& section, const std::string& sent, const std::string& payload,
    std::vector<unsigned> codes)
{
    cases.push_back({"close/" + name, section, sent, "Close " + std::to_string(codes.front()), false, [payload, codes](Trial& trial) {
        if (!trial.open())
            return Verdict{Verdict::Kind::fail, trial.problem()};
        trial.send(bytes_of({.opcode = 8, .payload = payload}));
        while (const auto frame = trial.read_frame()) {
            if (frame->opcode != 8)
                continue;
            const auto code = frame->close_code();
            for (const unsigned each : codes) {
                if (code == each)
                    return Verdict{Verdict::Kind::pass, words_of(*frame)};
            }
            // A Close with what cannot stand in one was taken for a good one.
            return Verdict{Verdict::Kind::warn, words_of(*frame)};
        }
        return trial.has_ended() ? Verdict{Verdict::Kind::warn, "the connection ended without a Close"} : Verdict{Verdict::Kind::fail, "nothing"};
    }});
}

} // namespace

void add_close_cases(std::vector<Case>& cases)
{
    cases.push_back({"close/empty", "RFC 6455 section 5.5.1", "a Close without a code", "a Close, and the end of the connection", false,
        [](Trial& trial) { return expect_close(trial, bytes_of({.opcode = 8}), std::nullopt); }});
    for (const unsigned code : {1000U, 1001U, 1002U, 1003U, 1007U, 1008U, 1009U, 1010U, 1011U, 3000U, 3999U, 4000U, 4999U})
        add_code(cases, code);
    cases.push_back({"close/longest-reason", "RFC 6455 section 5.5.1", "a Close with a reason of 123 bytes", "a Close, and the end of the connection",
        false, [](Trial& trial) {
            return expect_close(trial, bytes_of({.opcode = 8, .payload = close_payload(1000, std::string(123, 'r'))}), 1000U);
        }});
    for (const unsigned code : {0U, 999U, 1004U, 1005U, 1006U, 1015U, 1016U, 2999U, 5000U, 65'535U})
        add_bad(cases, "bad-code-" + std::to_string(code), "RFC 6455 section 7.4",
            "a Close with " + std::to_string(code) + ", which cannot stand in one", close_payload(code), {1002});
    add_bad(cases, "one-byte", "RFC 6455 section 5.5.1", "a Close with a payload of one byte", "\x03", {1002});
    add_bad(cases, "reason-not-utf8", "RFC 6455 section 5.5.1", "a Close with a reason that is no UTF-8", close_payload(1000, "\xff"), {1007, 1002});
    cases.push_back({"close/nothing-after", "RFC 6455 section 5.5.1", "a Close and then a text and a ping", "a Close, and no answer to the others",
        false, [](Trial& trial) {
            if (!trial.open())
                return Verdict{Verdict::Kind::fail, trial.problem()};
            trial.send(bytes_of({.opcode = 8, .payload = close_payload(1000)}) + bytes_of({.payload = "late"})
                + bytes_of({.opcode = 9, .payload = "late"}));
            const auto frame = trial.read_frame();
            if (!frame || frame->opcode != 8)
                return Verdict{Verdict::Kind::fail, frame ? words_of(*frame) : "nothing"};
            const auto more = trial.read_frame();
            return more ? Verdict{Verdict::Kind::fail, "Close, and then " + words_of(*more)} : Verdict{Verdict::Kind::pass, words_of(*frame)};
        }});
    cases.push_back({"close/within-a-message", "RFC 6455 section 5.4", "a Close between the frames of a message",
        "a Close, and the end of the connection", false, [](Trial& trial) {
            return expect_close(trial, bytes_of({.fin = false, .payload = "never"}) + bytes_of({.opcode = 8, .payload = close_payload(1000)}), 1000U);
        }});
}

} // namespace jackfield::bench
