#include "jackfield/composed_message.h"

#include "jackfield/close_code.h"

#include <algorithm>
#include <utility>

namespace jackfield {
namespace {

constexpr std::size_t longest_control_payload = 125; // RFC 6455 section 5.5

bool same(const RawPiece& a, const RawPiece& b)
{
    if (a.index() != b.index())
        return false;
    if (const auto* bytes = std::get_if<SharedBytes>(&a))
        return bytes->text() == std::get<SharedBytes>(b).text();
    const auto& x = std::get<RawFrame>(a);
    const auto& y = std::get<RawFrame>(b);
    return x.fin == y.fin && x.rsv1 == y.rsv1 && x.rsv2 == y.rsv2 && x.rsv3 == y.rsv3 && x.opcode == y.opcode
        && x.masking_key == y.masking_key && x.length_form == y.length_form
        && x.declared_length == y.declared_length && x.payload.text() == y.payload.text();
}

} // namespace

bool operator==(const ComposedMessage& a, const ComposedMessage& b)
{
    using Kind = ComposedMessage::Kind;
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case Kind::text:
    case Kind::binary:
        return a.payload.text() == b.payload.text() && a.fragments == b.fragments;
    case Kind::ping:
    case Kind::pong:
        return a.payload.text() == b.payload.text();
    case Kind::close:
        return a.close.code == b.close.code && a.close.reason == b.close.reason;
    case Kind::raw:
        return a.cut == b.cut && std::ranges::equal(a.pieces, b.pieces, same);
    }
    return false;
}

std::string_view name_of(ComposedMessage::Kind kind)
{
    switch (kind) {
    case ComposedMessage::Kind::text:
        return "text";
    case ComposedMessage::Kind::binary:
        return "binary";
    case ComposedMessage::Kind::ping:
        return "ping";
    case ComposedMessage::Kind::pong:
        return "pong";
    case ComposedMessage::Kind::close:
        return "close";
    case ComposedMessage::Kind::raw:
        return "raw";
    }
    return "";
}

std::uint64_t size_of(const ComposedMessage& message)
{
    if (message.kind == ComposedMessage::Kind::close)
        return message.close.reason.size();
    if (message.kind != ComposedMessage::Kind::raw)
        return message.payload.size();
    std::uint64_t size = 0;
    for (const RawPiece& piece : message.pieces) {
        const auto* frame = std::get_if<RawFrame>(&piece);
        size += frame ? frame->payload.size() : std::get<SharedBytes>(piece).size();
    }
    return size;
}

Command command_for(const ComposedMessage& message, Target target)
{
    using Kind = ComposedMessage::Kind;
    switch (message.kind) {
    case Kind::text:
    case Kind::binary:
        break;
    case Kind::ping:
        return command::Ping{std::move(target), message.payload};
    case Kind::pong:
        return command::Pong{std::move(target), message.payload};
    case Kind::close:
        return command::Kick{std::move(target), message.close};
    case Kind::raw:
        return command::SendRaw{std::move(target), message.pieces, message.cut};
    }
    return command::Send{std::move(target),
        message.kind == Kind::text ? MessageKind::text : MessageKind::binary, message.payload,
        message.fragments};
}

Result<void> check(const ComposedMessage& message)
{
    const Command command = command_for(message, {});
    if (const auto* send = std::get_if<command::Send>(&command))
        return check(*send);
    if (const auto* raw = std::get_if<command::SendRaw>(&command))
        return check(*raw);
    if (message.kind == ComposedMessage::Kind::close) {
        const CloseFrame& close = message.close;
        if (close.code && !may_be_sent(*close.code))
            return fail(ErrorCode::invalid_argument,
                "close code " + std::to_string(*close.code)
                    + " cannot be sent; use 1000-1003, 1007-1014 or 3000-4999, or none");
        if (!close.code && !close.reason.empty())
            return fail(ErrorCode::invalid_argument, "a reason needs a close code");
        if (close.reason.size() > max_close_reason)
            return fail(ErrorCode::invalid_argument,
                "a reason has at most 123 bytes, this one has " + std::to_string(close.reason.size()));
        return {};
    }
    if (message.payload.size() > longest_control_payload)
        return fail(ErrorCode::invalid_argument, "a control frame holds at most 125 bytes");
    return {};
}

} // namespace jackfield
