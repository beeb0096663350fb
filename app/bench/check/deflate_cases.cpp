#include "app/bench/check/cases.h"

#include "websocket/deflate_negotiation.h"
#include "websocket/extension_offers.h"

#include "jackfield/escape.h"

#include <array>
#include <zlib.h>

namespace jackfield::bench {
namespace {

constexpr std::string_view hello_compressed = "\xf2\x48\xcd\xc9\xc9\x07\x00"; // RFC 7692 section 7.2.3.1, with the final 00
const std::string hello(hello_compressed.data(), 7);

/// Opens with an offer; the verdict when that is all there is to say.
std::optional<Verdict> open_with(Trial& trial, const std::string& offer)
{
    if (!trial.open({"Sec-WebSocket-Extensions: " + offer}))
        return Verdict{Verdict::Kind::fail, trial.problem()};
    if (!Trial::field(trial.answer_head(), "Sec-WebSocket-Extensions"))
        return Verdict{Verdict::Kind::skip, "it does not compress"};
    return std::nullopt;
}

/// What a compressed message holds; nullopt: it is not valid.
std::optional<std::string> inflated(std::string_view compressed)
{
    z_stream stream{};
    if (inflateInit2(&stream, -15) != Z_OK)
        return std::nullopt;
    std::string input(compressed);
    input.append("\0\0\xff\xff", 4);
    std::string output(1U << 20U, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(output.data());
    stream.avail_out = static_cast<uInt>(output.size());
    const int result = ::inflate(&stream, Z_SYNC_FLUSH);
    const std::size_t size = stream.total_out;
    inflateEnd(&stream);
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
        return std::nullopt;
    output.resize(size);
    return output;
}

Verdict expect_text(Trial& trial, std::string_view bytes, std::string_view text)
{
    trial.send(bytes);
    const auto message = trial.read_message();
    if (!message)
        return {Verdict::Kind::fail, trial.has_ended() ? "the connection ended" : "nothing"};
    if (message->opcode != 1)
        return {Verdict::Kind::fail, words_of(*message)};
    const bool is_compressed = (message->rsv & 4U) != 0;
    const auto content = is_compressed ? inflated(message->payload) : std::optional(message->payload);
    if (!content || *content != text)
        return {Verdict::Kind::fail, content ? "a text with another content" : "a text that cannot be inflated"};
    return {Verdict::Kind::pass, is_compressed ? "the text, compressed" : "the text, as it is"};
}

void add_echo(std::vector<Case>& cases, const char* name, const char* section, const char* sent, std::string bytes, std::string text)
{
    cases.push_back({std::string("deflate/") + name, section, sent, "the same text, compressed or not", true,
        [bytes = std::move(bytes), text = std::move(text)](Trial& trial) {
            if (auto verdict = open_with(trial, "permessage-deflate"))
                return *verdict;
            return expect_text(trial, bytes, text);
        }});
}

void add_failure(std::vector<Case>& cases, const char* name, const char* section, const char* sent, std::string bytes, std::vector<unsigned> codes)
{
    cases.push_back({std::string("deflate/") + name, section, sent, "Close " + std::to_string(codes.front()), false,
        [bytes = std::move(bytes), codes = std::move(codes)](Trial& trial) {
            if (auto verdict = open_with(trial, "permessage-deflate"))
                return *verdict;
            return expect_failure(trial, bytes, codes);
        }});
}

/// The answer to an offer. `wanted`: what it must say, where it takes the offer; empty: the offer must be declined.
void add_offer(std::vector<Case>& cases, const char* name, const char* offer, const char* expected,
    std::function<std::optional<std::string>(const std::string& answer)> problem)
{
    cases.push_back({std::string("deflate/offer-") + name, "RFC 7692 section 7.1", std::string("Sec-WebSocket-Extensions: ") + offer, expected, false,
        [offer = std::string(offer), problem = std::move(problem)](Trial& trial) {
            if (!trial.open({"Sec-WebSocket-Extensions: " + offer})) {
                // To decline is to answer without the extension; whoever refuses the handshake is stricter than it needs to be.
                const bool is_refused = Trial::status_of(trial.answer_head()) >= 400;
                return Verdict{is_refused ? Verdict::Kind::warn : Verdict::Kind::fail, trial.problem()};
            }
            const std::string answer = Trial::field(trial.answer_head(), "Sec-WebSocket-Extensions").value_or("");
            const auto wrong = problem(answer);
            return Verdict{wrong ? Verdict::Kind::fail : Verdict::Kind::pass,
                wrong ? *wrong : answer.empty() ? "declined" : escape_for_terminal(answer, 120)};
        }});
}

std::optional<std::string> must_be_declined(const std::string& answer)
{
    return answer.empty() ? std::nullopt : std::optional("taken: " + escape_for_terminal(answer, 120));
}

bool says(const std::string& answer, std::string_view parameter)
{
    return answer.find(parameter) != std::string::npos;
}

void add_offers(std::vector<Case>& cases)
{
    add_offer(cases, "plain", "permessage-deflate", "taken or declined; no client_max_window_bits", [](const std::string& answer) {
        return says(answer, "client_max_window_bits") ? std::optional<std::string>("client_max_window_bits, which was not offered") : std::nullopt;
    });
    add_offer(cases, "no-takeover", "permessage-deflate; server_no_context_takeover", "declined, or taken with server_no_context_takeover",
        [](const std::string& answer) {
            return !answer.empty() && !says(answer, "server_no_context_takeover") ? std::optional<std::string>("taken without it") : std::nullopt;
        });
    add_offer(cases, "window-bits", "permessage-deflate; server_max_window_bits=10", "declined, or taken with at most 10", [](const std::string& answer) {
        const bool fits = answer.empty() || says(answer, "server_max_window_bits=10") || says(answer, "server_max_window_bits=9")
            || says(answer, "server_max_window_bits=8");
        return fits ? std::nullopt : std::optional("taken as " + escape_for_terminal(answer, 120));
    });
    add_offer(cases, "unknown-parameter", "permessage-deflate; unheard_of", "declined", must_be_declined);
    add_offer(cases, "bits-7", "permessage-deflate; server_max_window_bits=7", "declined", must_be_declined);
    add_offer(cases, "bits-16", "permessage-deflate; client_max_window_bits=16", "declined", must_be_declined);
    add_offer(cases, "bits-leading-zero", "permessage-deflate; server_max_window_bits=010", "declined", must_be_declined);
    add_offer(cases, "bits-missing", "permessage-deflate; server_max_window_bits", "declined", must_be_declined);
    add_offer(cases, "takeover-with-value", "permessage-deflate; server_no_context_takeover=1", "declined", must_be_declined);
    add_offer(cases, "twice", "permessage-deflate; client_no_context_takeover; client_no_context_takeover", "declined", must_be_declined);
    add_offer(cases, "second-is-good", "permessage-deflate; unheard_of, permessage-deflate", "the second is taken, or all are declined",
        [](const std::string& answer) { return says(answer, "unheard_of") ? std::optional<std::string>("the first is taken") : std::nullopt; });
}

} // namespace

void add_deflate_cases(std::vector<Case>& cases)
{
    add_offers(cases);
    const char* const section = "RFC 7692 section 7.2";
    add_echo(cases, "hello", section, "a compressed text", bytes_of({.rsv = 4, .payload = hello}), "Hello");
    add_echo(cases, "not-compressed", "RFC 7692 section 6", "a text that is not compressed", bytes_of({.payload = "Hello"}), "Hello");
    add_echo(cases, "fragments", section, "a compressed text in two frames",
        bytes_of({.fin = false, .rsv = 4, .payload = hello.substr(0, 3)}) + bytes_of({.opcode = 0, .payload = hello.substr(3)}), "Hello");
    add_echo(cases, "empty", "RFC 7692 section 7.2.3.6", "an empty text, compressed", bytes_of({.rsv = 4, .payload = std::string(1, '\0')}), "");
    add_echo(cases, "stored-block", "RFC 7692 section 7.2.3.3", "a text in a block without compression",
        bytes_of({.rsv = 4, .payload = std::string("\x00\x05\x00\xfa\xff\x48\x65\x6c\x6c\x6f\x00", 11)}), "Hello");
    add_echo(cases, "two-blocks", "RFC 7692 section 7.2.3.5", "a text in two blocks",
        bytes_of({.rsv = 4, .payload = std::string("\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00", 13)}), "Hello");
    cases.push_back({"deflate/ping-between", "RFC 7692 section 6", "a ping between the frames of a compressed text", "the same text", true,
        [](Trial& trial) {
            if (auto verdict = open_with(trial, "permessage-deflate"))
                return *verdict;
            return expect_text(trial,
                bytes_of({.fin = false, .rsv = 4, .payload = hello.substr(0, 3)}) + bytes_of({.opcode = 9})
                    + bytes_of({.opcode = 0, .payload = hello.substr(3)}),
                "Hello");
        }});
    add_failure(cases, "ping-with-rsv1", "RFC 7692 section 6", "a ping with RSV1", bytes_of({.rsv = 4, .opcode = 9}), {1002});
    add_failure(cases, "continuation-with-rsv1", "RFC 7692 section 6", "a Continuation with RSV1",
        bytes_of({.fin = false, .rsv = 4, .payload = hello.substr(0, 3)}) + bytes_of({.rsv = 4, .opcode = 0, .payload = hello.substr(3)}), {1002});
    add_failure(cases, "garbage", section, "a compressed text that cannot be inflated", bytes_of({.rsv = 4, .payload = "\xff\xff\xff\xff"}),
        {1002, 1007});
    add_failure(cases, "not-utf8", "RFC 6455 section 8.1", "a compressed text that is no UTF-8 when it is inflated",
        bytes_of({.rsv = 4, .payload = std::string("\x00\x01\x00\xfe\xff\xff\x00", 7)}), {1007});
}

} // namespace jackfield::bench
