// The request head: whole or byte by byte, the same bytes must give the same verdict.
#include "http/body_reader.h"
#include "http/request_parser.h"

#include <algorithm>
#include <cstdlib>

namespace {

using namespace jackfield::http;

RequestParser::State run(
    RequestParser& parser, std::span<const std::byte> input, std::size_t piece, std::size_t& taken)
{
    for (std::size_t at = 0; at < input.size() && parser.state() == RequestParser::State::need_more;
         at += piece) {
        std::size_t consumed = 0;
        parser.feed(input.subspan(at, std::min(piece, input.size() - at)), consumed);
        taken += consumed;
    }
    return parser.state();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto input = std::as_bytes(std::span(data, size));
    RequestParser whole{HeadLimits{}};
    RequestParser split{HeadLimits{}};
    std::size_t taken_whole = 0;
    std::size_t taken_split = 0;
    const auto verdict = run(whole, input, std::max<std::size_t>(size, 1), taken_whole);
    if (run(split, input, 1, taken_split) != verdict || taken_whole != taken_split)
        std::abort();
    if (verdict == RequestParser::State::refused
        && (whole.reason() != split.reason() || whole.status() != split.status()))
        std::abort();
    if (verdict == RequestParser::State::complete) {
        const RequestHead head = whole.take();
        if (auto body = BodyReader::create(head, 64U << 10U)) {
            std::size_t consumed = 0;
            std::string out;
            body->feed(input.subspan(taken_whole), consumed, out);
            if (out.size() > (64U << 10U) || consumed > input.size() - taken_whole)
                std::abort();
        }
    }
    return 0;
}
