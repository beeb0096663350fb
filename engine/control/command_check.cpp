#include "base/text.h"
#include "base/utf8.h"

#include "jackfield/command.h"
#include "jackfield/escape.h"

#include <algorithm>
#include <limits>

namespace jackfield {
namespace {

constexpr std::uint64_t max_frames_to_send = 65'536;
constexpr std::size_t max_controls_to_send = 1'024;
constexpr std::size_t longest_control = 125; // RFC 6455 section 5.5
constexpr std::size_t longest_pattern = 1'024;
constexpr std::size_t longest_sockjs_pattern = 256;
constexpr std::size_t longest_client_url = 2'048;

tl::unexpected<Error> refuse(std::string why)
{
    return fail(ErrorCode::invalid_argument, std::move(why));
}

Result<void> check(const Fragmentation& fragments, std::uint64_t payload)
{
    if (fragments.by != Fragmentation::By::sizes && fragments.number == 0)
        return refuse(fragments.by == Fragmentation::By::count ? "a message has 1 to 65536 fragments"
                                                               : "a fragment has at least one byte");
    if (fragments.by == Fragmentation::By::sizes) {
        if (fragments.sizes.empty())
            return refuse("the sizes of the fragments are missing");
        std::uint64_t left = payload;
        for (const std::uint64_t size : fragments.sizes) {
            if (size > left)
                return refuse("the fragments are larger than the message, which has "
                    + std::to_string(payload) + " bytes");
            left -= size;
        }
    }
    if (fragments.frames_for(payload) > max_frames_to_send)
        return refuse("a message has 1 to 65536 fragments");
    return {};
}

bool is_valid_pattern(std::string_view pattern)
{
    if (pattern.empty() || pattern.front() != '/' || pattern.size() > longest_pattern)
        return false;
    const auto star = pattern.find('*');
    if (star != std::string_view::npos && star + 1 != pattern.size())
        return false;
    return std::ranges::all_of(pattern,
        [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f && c != '?' && c != '#'; });
}

// It stands in a page as it is, between quotes.
bool is_valid_client_url(std::string_view url)
{
    const bool is_path = url.starts_with('/') && !url.starts_with("//");
    const bool is_address = (url.starts_with("http://") && url.size() > 7) || (url.starts_with("https://") && url.size() > 8);
    return (is_path || is_address) && url.size() <= longest_client_url && std::ranges::all_of(url, [](char c) {
        return c > 0x20 && c < 0x7f && std::string_view("\"'`<>\\").find(c) == std::string_view::npos;
    });
}

Result<void> check_sockjs(const std::string& pattern, const SockJs& sockjs)
{
    const std::string shown = escape_for_terminal(pattern, 80);
    if (pattern.ends_with('*'))
        return refuse("SockJS needs a path of its own, without a *: " + shown);
    if (pattern == "/")
        return refuse("SockJS cannot be at / itself; use a path such as /echo");
    if (pattern.ends_with('/'))
        return refuse("a path with SockJS has no / at its end: " + shown);
    if (pattern.size() > longest_sockjs_pattern)
        return refuse("a path with SockJS has at most 256 bytes, this one has " + std::to_string(pattern.size()));
    if (!is_valid_client_url(sockjs.client_url))
        return refuse("the address of the SockJS client is a path such as /sockjs.js or begins with http:// or https://, "
                      "in printable ASCII without blanks, quotes, < or >, not \""
            + escape_for_terminal(sockjs.client_url, 80) + "\"");
    return {};
}

} // namespace

Result<void> check(const EndpointConfig& endpoint)
{
    if (!is_valid_pattern(endpoint.pattern))
        return refuse("an endpoint's path begins with / and has a * at its end at most: " + endpoint.pattern);
    for (const auto& rule : endpoint.subprotocols) {
        if (!is_token(rule.name))
            return refuse("\"" + rule.name + "\" cannot be a subprotocol's name");
    }
    return endpoint.sockjs ? check_sockjs(endpoint.pattern, *endpoint.sockjs) : Result<void>();
}

Result<void> check(const command::Send& send)
{
    if (send.kind == MessageKind::text && !is_valid_utf8(send.payload.view()))
        return refuse("a text message must be valid UTF-8; send it as binary");
    if (auto good = check(send.fragments, send.payload.size()); !good)
        return good;
    if (send.between.size() > max_controls_to_send)
        return refuse("at most 1024 control frames stand between the frames of a message");
    const std::uint64_t frames = send.fragments.frames_for(send.payload.size());
    for (const ControlBetween& control : send.between) {
        if (control.payload.size() > longest_control)
            return refuse("a control frame holds at most 125 bytes");
        if (control.after < 1 || control.after >= frames)
            return refuse(frames < 2
                    ? std::string("a control frame stands between two fragments, and the message has one")
                    : "a control frame stands after fragment 1 to " + std::to_string(frames - 1) + ", not "
                        + std::to_string(control.after));
    }
    return {};
}

Result<void> check(const RawFrame& frame)
{
    if (frame.opcode > 15)
        return refuse("an opcode has four bits, so it is 0 to 15");
    const std::uint64_t length = frame.declared_length.value_or(frame.payload.size());
    const LengthForm form = frame.length_form.value_or(LengthForm::bits64);
    if (form == LengthForm::bits7 && length > 125)
        return refuse("a length of 7 bits says 0 to 125, not " + std::to_string(length));
    if (form == LengthForm::bits16 && length > std::numeric_limits<std::uint16_t>::max())
        return refuse("a length of 16 bits says 0 to 65535, not " + std::to_string(length));
    return {};
}

Result<void> check(const command::SendRaw& raw)
{
    if (raw.pieces.empty() && raw.cut == StreamCut::none)
        return refuse("there is nothing to send: neither a frame nor bytes nor a cut");
    std::uint64_t size = 0;
    for (const RawPiece& piece : raw.pieces) {
        if (const auto* frame = std::get_if<RawFrame>(&piece)) {
            if (auto good = check(*frame); !good)
                return good;
            size += frame->facts().header_size() + frame->payload.size();
        } else {
            size += std::get<SharedBytes>(piece).size();
        }
        if (size > max_raw_bytes)
            return refuse("at most 16 MiB are sent raw in one go");
    }
    return {};
}

} // namespace jackfield
