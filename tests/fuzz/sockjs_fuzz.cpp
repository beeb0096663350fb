// A request with messages of SockJS: the body, its JSON and the session's codec, whole and byte by byte, and back.
#include "fallback/message_records.h"
#include "fallback/session_codec.h"
#include "fallback/sockjs_text.h"
#include "http/body_reader.h"
#include "http/request_parser.h"

#include "jackfield/shared_bytes.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace jackfield;

constexpr std::uint64_t max_body = 64U << 10U;

class Collecting final : public websocket::MessageSink {
public:
    std::vector<std::string> messages;
    bool pauses = false;
    void on_message(MessageKind, std::span<const std::byte> payload, const websocket::WireFacts&) override
    {
        messages.emplace_back(as_text(payload));
    }
    void on_ping(std::span<const std::byte>, const websocket::WireFacts&) override { std::abort(); }
    void on_pong(std::span<const std::byte>, const websocket::WireFacts&) override { std::abort(); }
    void on_close(std::optional<std::uint16_t>, std::string_view, const websocket::WireFacts&) override { std::abort(); }
    void on_violation(const websocket::Violation&) override { std::abort(); }
    [[nodiscard]] bool is_paused() const override { return pauses; }
};

std::optional<std::string> body_of(const http::RequestHead& head, std::span<const std::byte> bytes, std::size_t piece)
{
    auto reader = http::BodyReader::create(head, max_body);
    if (!reader)
        return std::nullopt;
    std::string body;
    for (std::size_t at = 0; at < bytes.size() && reader->state() == http::BodyReader::State::need_more; at += piece) {
        std::size_t consumed = 0;
        reader->feed(bytes.subspan(at, std::min(piece, bytes.size() - at)), consumed, body);
    }
    if (reader->state() != http::BodyReader::State::complete || body.size() > max_body)
        return std::nullopt;
    return body;
}

std::vector<std::string> decoded(std::string records, std::size_t piece)
{
    const auto codec = fallback::make_session_codec(milliseconds{0}, {max_body, 16});
    Collecting sink;
    sink.pauses = piece % 2 == 0;
    const auto bytes = std::as_writable_bytes(std::span(records.data(), records.size()));
    for (std::size_t at = 0; at < bytes.size();)
        at += codec->decode(bytes.subspan(at, std::min(piece, bytes.size() - at)), sink);
    if (codec->partial_bytes() != 0)
        std::abort();
    return sink.messages;
}

void check_messages(std::string_view body)
{
    ByteBuffer records;
    const auto read = fallback::read_messages(body, records);
    if (read.error) {
        if (!records.empty() || body.empty() != (*read.error == fallback::BodyError::empty))
            std::abort();
        return;
    }
    const std::string text(as_text(std::as_const(records).view()));
    const auto messages = decoded(text, std::max<std::size_t>(text.size(), 1));
    if (messages.size() != read.messages || decoded(text, 1) != messages || decoded(text, 6) != messages)
        std::abort();
    const auto codec = fallback::make_session_codec(milliseconds{0}, {max_body, 16});
    ByteBuffer again;
    again.append(std::byte{'['});
    for (const std::string& message : messages) {
        if (!codec->can_encode(MessageKind::text, as_bytes(message)))
            std::abort();
        if (again.size() > 1)
            again.append(std::byte{','});
        codec->encode_message(again, MessageKind::text, as_bytes(message));
    }
    again.append(std::byte{']'});
    ByteBuffer once_more;
    if (fallback::read_messages(as_text(std::as_const(again).view()), once_more).error
        || as_text(std::as_const(once_more).view()) != text)
        std::abort();
    ByteBuffer script;
    fallback::append_script_text(script, as_text(std::as_const(again).view()));
    if (as_text(std::as_const(script).view()).find('<') != std::string_view::npos)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto input = std::as_bytes(std::span(data, size));
    http::RequestParser parser{http::HeadLimits{}};
    std::size_t taken = 0;
    parser.feed(input, taken);
    if (parser.state() != http::RequestParser::State::complete)
        return 0;
    const http::RequestHead head = parser.take();
    const auto rest = input.subspan(taken);
    const auto body = body_of(head, rest, std::max<std::size_t>(rest.size(), 1));
    if (body != body_of(head, rest, 1))
        std::abort();
    if (!body)
        return 0;
    check_messages(*body);
    if (const auto field = fallback::form_field(*body, "d"))
        check_messages(*field);
    if (const auto name = fallback::form_field(head.query, "c"))
        static_cast<void>(fallback::is_callback_name(*name));
    return 0;
}
