#include "app/bench/check/cases.h"

#include <array>

namespace jackfield::bench {
namespace {

Verdict opened(Trial& trial, const std::function<Verdict()>& act)
{
    if (!trial.open())
        return {Verdict::Kind::fail, trial.problem()};
    return act();
}

void add_echo(std::vector<Case>& cases, std::string name, std::string section, std::string sent, std::string bytes, std::string payload,
    unsigned opcode)
{
    cases.push_back({std::move(name), std::move(section), std::move(sent), "the same message", true,
        [bytes = std::move(bytes), payload = std::move(payload), opcode](Trial& trial) {
            return opened(trial, [&] { return expect_echo(trial, bytes, payload, opcode); });
        }});
}

void add_failure(std::vector<Case>& cases, std::string name, std::string section, std::string sent, std::string bytes)
{
    cases.push_back({std::move(name), std::move(section), std::move(sent), "Close 1002", false,
        [bytes = std::move(bytes)](Trial& trial) { return opened(trial, [&] { return expect_failure(trial, bytes, {1002}); }); }});
}

/// A ping's answer is `payload`.
Verdict expect_pong(Trial& trial, std::string_view bytes, std::string_view payload)
{
    trial.send(bytes);
    while (const auto frame = trial.read_frame()) {
        if (frame->opcode == 9)
            continue; // one of its own
        const bool fits = frame->opcode == 10 && frame->payload == payload;
        return {fits ? Verdict::Kind::pass : Verdict::Kind::fail, words_of(*frame)};
    }
    return {Verdict::Kind::fail, trial.has_ended() ? "the connection ended" : "nothing"};
}

std::string letters(std::size_t count)
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += static_cast<char>('a' + i % 26);
    return text;
}

void add_lengths(std::vector<Case>& cases)
{
    const std::string section = "RFC 6455 section 5.2";
    for (const std::size_t size : {0, 1, 125, 126, 127, 65'535, 65'536}) {
        const std::string text = letters(size);
        add_echo(cases, "frame/text-" + std::to_string(size), section, "a text of " + std::to_string(size) + " bytes",
            bytes_of({.payload = text}), text, 1);
        add_echo(cases, "frame/binary-" + std::to_string(size), section, "a binary message of " + std::to_string(size) + " bytes",
            bytes_of({.opcode = 2, .payload = text}), text, 2);
    }
    add_echo(cases, "frame/zero-mask", "RFC 6455 section 5.3", "a text masked with four zero bytes",
        bytes_of({.payload = "hello", .key = std::string(4, '\0')}), "hello", 1);
    add_echo(cases, "frame/all-byte-values", section, "a binary message with all 256 values of a byte", [] {
        std::string all;
        for (int value = 0; value < 256; ++value)
            all += static_cast<char>(value);
        return bytes_of({.opcode = 2, .payload = all});
    }(), [] {
        std::string all;
        for (int value = 0; value < 256; ++value)
            all += static_cast<char>(value);
        return all;
    }(), 2);
    const auto add_longer = [&](const char* name, const char* sent, TrialFrame frame) {
        cases.push_back({name, section, sent, "Close 1002", false, [bytes = bytes_of(frame)](Trial& trial) {
            return opened(trial, [&] {
                Verdict verdict = expect_failure(trial, bytes, {1002});
                if (verdict.kind == Verdict::Kind::fail) // a client must not send it; that a server must not take it is not said
                    verdict.kind = Verdict::Kind::warn;
                return verdict;
            });
        }});
    };
    add_longer("frame/length-16-for-5", "a length of 5 in the 16-bit form", {.payload = "hello", .length_form = 16});
    add_longer("frame/length-64-for-5", "a length of 5 in the 64-bit form", {.payload = "hello", .length_form = 64});
    add_longer("frame/length-64-for-300", "a length of 300 in the 64-bit form", {.payload = letters(300), .length_form = 64});
    cases.push_back({"frame/length-top-bit", section, "a length with its highest bit set", "Close 1002 or 1009", false, [](Trial& trial) {
        return opened(trial, [&] {
            return expect_failure(trial, bytes_of({.opcode = 2, .length_form = 64, .length = std::uint64_t{1} << 63U}), {1002, 1009});
        });
    }});
}

void add_bits_and_opcodes(std::vector<Case>& cases)
{
    const std::string section = "RFC 6455 section 5.2";
    for (unsigned bit = 1; bit <= 3; ++bit)
        add_failure(cases, "frame/rsv" + std::to_string(bit), section, "a text with RSV" + std::to_string(bit) + ", which nothing gives a meaning",
            bytes_of({.rsv = 8U >> bit, .payload = "hello"}));
    add_failure(cases, "frame/rsv1-ping", section, "a ping with RSV1", bytes_of({.rsv = 4, .opcode = 9, .payload = "hello"}));
    for (const unsigned opcode : {3U, 4U, 5U, 6U, 7U, 11U, 12U, 13U, 14U, 15U})
        add_failure(cases, "frame/opcode-" + std::to_string(opcode), section, "a frame of the reserved opcode " + std::to_string(opcode),
            bytes_of({.opcode = opcode, .payload = "hello"}));
    add_failure(cases, "frame/unmasked-text", "RFC 6455 section 5.1", "a text without a mask", bytes_of({.payload = "hello", .masked = false}));
    add_failure(cases, "frame/unmasked-ping", "RFC 6455 section 5.1", "a ping without a mask",
        bytes_of({.opcode = 9, .payload = "hello", .masked = false}));
}

void add_fragments(std::vector<Case>& cases)
{
    const std::string section = "RFC 6455 section 5.4";
    const auto part = [](bool fin, unsigned opcode, std::string payload) {
        return bytes_of({.fin = fin, .opcode = opcode, .payload = std::move(payload)});
    };
    add_echo(cases, "fragment/two", section, "a text in two frames", part(false, 1, "hel") + part(true, 0, "lo"), "hello", 1);
    add_echo(cases, "fragment/binary", section, "a binary message in three frames",
        part(false, 2, "a") + part(false, 0, "b") + part(true, 0, "c"), "abc", 2);
    add_echo(cases, "fragment/empty-parts", section, "a text in frames of which some are empty",
        part(false, 1, "") + part(false, 0, "hello") + part(false, 0, "") + part(true, 0, ""), "hello", 1);
    add_echo(cases, "fragment/all-empty", section, "an empty text in two frames", part(false, 1, "") + part(true, 0, ""), "", 1);
    std::string hundred = part(false, 1, "0");
    std::string text = "0";
    for (int i = 1; i < 100; ++i) {
        const std::string digit = std::to_string(i % 10);
        hundred += part(i == 99, 0, digit);
        text += digit;
    }
    add_echo(cases, "fragment/hundred", section, "a text in a hundred frames", hundred, text, 1);
    add_echo(cases, "fragment/ping-between", section, "a ping between the frames of a text",
        part(false, 1, "hel") + part(true, 9, "p") + part(true, 0, "lo"), "hello", 1);
    add_failure(cases, "fragment/continuation-first", section, "a Continuation that continues nothing", part(true, 0, "hello"));
    add_failure(cases, "fragment/continuation-after", section, "a Continuation after a message has ended",
        part(false, 1, "hel") + part(true, 0, "lo") + part(true, 0, "!"));
    add_failure(cases, "fragment/text-within", section, "a text within a text that has not ended", part(false, 1, "hel") + part(true, 1, "lo"));
    add_failure(cases, "fragment/binary-within", section, "a binary frame within a text that has not ended",
        part(false, 1, "hel") + part(true, 2, "lo"));
    cases.push_back({"frame/several-at-once", "RFC 6455 section 5.4", "three texts in one write", "the three, in order", true, [part](Trial& trial) {
        return opened(trial, [&] {
            trial.send(part(true, 1, "one") + part(true, 1, "two") + part(true, 1, "three"));
            for (const char* const expected : {"one", "two", "three"}) {
                const auto message = trial.read_message();
                if (!message || message->payload != expected)
                    return Verdict{Verdict::Kind::fail, message ? words_of(*message) : "not all of them"};
            }
            return Verdict{Verdict::Kind::pass, "the three"};
        });
    }});
    cases.push_back({"frame/byte-by-byte", "RFC 6455 section 5", "a text of 200 bytes, each byte in a write of its own", "the same message", true,
        [part](Trial& trial) {
            return opened(trial, [&] {
                const std::string whole = letters(200);
                const std::string bytes = part(true, 1, whole);
                for (std::size_t i = 0; i + 1 < bytes.size(); ++i)
                    trial.send(bytes.substr(i, 1));
                return expect_echo(trial, bytes.substr(bytes.size() - 1), whole, 1);
            });
        }});
}

void add_control(std::vector<Case>& cases)
{
    const std::string section = "RFC 6455 section 5.5.2";
    for (const std::size_t size : {0, 4, 125}) {
        cases.push_back({"control/ping-" + std::to_string(size), section, "a ping of " + std::to_string(size) + " bytes",
            "a pong with the same bytes", false, [size](Trial& trial) {
                const std::string payload = letters(size);
                return opened(trial, [&] { return expect_pong(trial, bytes_of({.opcode = 9, .payload = payload}), payload); });
            }});
    }
    cases.push_back({"control/ten-pings", section, "ten pings in one write", "ten pongs, or one for the last", false, [](Trial& trial) {
        return opened(trial, [&] {
            std::string bytes;
            for (int i = 0; i < 10; ++i)
                bytes += bytes_of({.opcode = 9, .payload = std::to_string(i)});
            trial.send(bytes);
            std::size_t pongs = 0;
            while (const auto frame = trial.read_frame()) {
                pongs += frame->opcode == 10 ? 1 : 0;
                if (frame->opcode == 10 && frame->payload == "9")
                    return Verdict{Verdict::Kind::pass, std::to_string(pongs) + " pong(s)"};
            }
            return Verdict{Verdict::Kind::fail, std::to_string(pongs) + " pong(s), none for the last"};
        });
    }});
    cases.push_back({"control/pong-unasked", "RFC 6455 section 5.5.3", "a pong that nobody asked for, then a ping", "the ping's pong alone", false,
        [](Trial& trial) {
            return opened(trial, [&] {
                return expect_pong(trial, bytes_of({.opcode = 10, .payload = "unasked"}) + bytes_of({.opcode = 9, .payload = "ping"}), "ping");
            });
        }});
    const std::string control = "RFC 6455 section 5.5";
    add_failure(cases, "control/ping-126", control, "a ping of 126 bytes", bytes_of({.opcode = 9, .payload = letters(126)}));
    add_failure(cases, "control/pong-126", control, "a pong of 126 bytes", bytes_of({.opcode = 10, .payload = letters(126)}));
    add_failure(cases, "control/close-126", control, "a Close of 126 bytes",
        bytes_of({.opcode = 8, .payload = close_payload(1000, letters(124))}));
    add_failure(cases, "control/ping-fragment", control, "a ping without FIN", bytes_of({.fin = false, .opcode = 9, .payload = "p"}));
    add_failure(cases, "control/close-fragment", control, "a Close without FIN",
        bytes_of({.fin = false, .opcode = 8, .payload = close_payload(1000)}));
}

} // namespace

void add_frame_cases(std::vector<Case>& cases)
{
    add_lengths(cases);
    add_bits_and_opcodes(cases);
    add_fragments(cases);
    add_control(cases);
}

} // namespace jackfield::bench
