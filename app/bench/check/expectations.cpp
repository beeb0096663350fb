#include "app/bench/check/cases.h"

#include "jackfield/escape.h"

#include <algorithm>

namespace jackfield::bench {

std::string words_of(const CameFrame& frame)
{
    const char* const kind = frame.opcode == 1 ? "text" : frame.opcode == 2 ? "binary" : frame.opcode == 8 ? "Close"
        : frame.opcode == 9                    ? "ping"
        : frame.opcode == 10                   ? "pong"
                                               : "a frame of opcode ";
    std::string words = kind;
    if (words.ends_with(' '))
        words += std::to_string(frame.opcode);
    if (const auto code = frame.close_code()) {
        words += " " + std::to_string(*code);
        if (frame.payload.size() > 2)
            words += " " + escape_for_terminal(std::string_view(frame.payload).substr(2), 80);
        return words;
    }
    if (frame.opcode == 8)
        return words + " without a code";
    return words + " of " + std::to_string(frame.payload.size()) + " bytes";
}

Verdict expect_echo(Trial& trial, std::string_view bytes, std::string_view payload, unsigned opcode)
{
    trial.send(bytes);
    const auto message = trial.read_message();
    if (!message)
        return {Verdict::Kind::fail, trial.has_ended() ? "the connection ended" : "nothing"};
    if (message->opcode != opcode || message->payload != payload)
        return {Verdict::Kind::fail, words_of(*message) + (message->opcode == opcode ? ", another content" : "")};
    return {Verdict::Kind::pass, words_of(*message)};
}

Verdict expect_failure(Trial& trial, std::string_view bytes, const std::vector<unsigned>& codes)
{
    trial.send(bytes);
    constexpr std::string_view question = "still there?";
    trial.send(TrialFrame{.opcode = 9, .payload = std::string(question)});
    while (const auto frame = trial.read_frame()) {
        if (frame->opcode == 10 && frame->payload == question)
            return {Verdict::Kind::fail, "it goes on, and answers a ping"};
        if (frame->opcode != 8)
            continue; // of what came before the mistake, perhaps
        const auto code = frame->close_code();
        const bool is_best = code && std::ranges::find(codes, *code) != codes.end();
        return {is_best ? Verdict::Kind::pass : Verdict::Kind::warn, words_of(*frame)};
    }
    if (trial.has_ended())
        return {Verdict::Kind::warn, "the connection ended without a Close"};
    return {Verdict::Kind::fail, "nothing"};
}

} // namespace jackfield::bench
