// The opening handshakes: a request that any rule accepts gets a well-formed answer without a byte of the
// peer's own making in it but a subprotocol and, for the oldest, origin and location; one that it refuses
// gets a reason and a status.
#include "base/utf8.h"
#include "http/request_parser.h"
#include "websocket/deflate_pool.h"
#include "websocket/hixie75_rule.h"
#include "websocket/hybi00_rule.h"
#include "websocket/hybi_draft_rule.h"
#include "websocket/rfc6455_rule.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

namespace {

using namespace jackfield;
using namespace jackfield::websocket;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// Aborts unless it is one whole head without control characters.
void check_answer(std::string_view answer)
{
    require(answer.starts_with("HTTP/1.1 101 "));
    const std::size_t end = answer.find("\r\n\r\n");
    require(end != std::string_view::npos && end + 4 == answer.size());
    std::string_view head = answer.substr(0, end + 2);
    while (!head.empty()) {
        const std::string_view line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(line.size() + 2);
        require(!line.empty());
        for (const char c : line)
            require(static_cast<unsigned char>(c) >= 0x20 || c == '\t');
    }
}

void check_rule(const HandshakeRule& rule, const http::RequestHead& head, std::span<const std::byte> body)
{
    const bool claims = rule.claims(head);
    const auto refusal = rule.check(head);
    if (refusal) {
        require(refusal->status >= 400 && refusal->status < 600 && !refusal->why.empty());
        require(is_valid_utf8(refusal->why));
        return;
    }
    if (!claims)
        return; // it was never asked for it
    const auto offered = rule.subprotocols(head);
    std::vector<std::string_view> chosen{""};
    if (!offered.empty())
        chosen.push_back(offered.back());
    for (const std::string_view subprotocol : chosen) {
        DeflatePool pool;
        const HandshakeAnswer answer = rule.answer(head, subprotocol, {{}, {}, &pool}, false);
        require(answer.codec != nullptr);
        check_answer(answer.bytes);
        require(subprotocol.empty() || answer.bytes.find(subprotocol) != std::string::npos);
    }
    if (rule.bytes_after_head() > 0 && body.size() >= rule.bytes_after_head())
        require(rule.answer_to_body(head, body.first(rule.bytes_after_head())).size() == 16);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const Rfc6455Rule rfc6455;
    static const HybiDraftRule hybi10(Dialect::hybi10);
    static const HybiDraftRule hybi07(Dialect::hybi07);
    static const Hybi00Rule hybi00;
    static const Hixie75Rule hixie75;
    static const std::array<const HandshakeRule*, 5> rules{&rfc6455, &hybi10, &hybi07, &hybi00, &hixie75};

    const auto input = std::as_bytes(std::span(data, size));
    http::RequestParser parser{http::HeadLimits{}};
    std::size_t consumed = 0;
    if (parser.feed(input, consumed) != http::RequestParser::State::complete)
        return 0;
    const http::RequestHead head = parser.take();
    for (const HandshakeRule* rule : rules)
        check_rule(*rule, head, input.subspan(consumed));
    return 0;
}
