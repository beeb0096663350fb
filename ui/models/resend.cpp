#include "ui/models/resend.h"

#include <QUtf8StringView>

#include <utility>

namespace jackfield::ui {

namespace {

constexpr std::size_t largestRaw = std::size_t{64} << 10U; // as much as a field of hex edits

} // namespace

ComposedMessage composedFrom(TrafficType type, const SharedBytes& payload)
{
    using Kind = ComposedMessage::Kind;
    const std::string_view text = payload.text();
    const bool utf8 = QUtf8StringView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8();
    ComposedMessage made;
    made.payload = payload;
    switch (type) {
    case TrafficType::text:
        made.kind = utf8 ? Kind::text : Kind::binary;
        break;
    case TrafficType::binary:
    case TrafficType::continuation:
        made.kind = Kind::binary;
        break;
    case TrafficType::ping:
        made.kind = utf8 ? Kind::ping : Kind::binary;
        break;
    case TrafficType::pong:
        made.kind = utf8 ? Kind::pong : Kind::binary;
        break;
    case TrafficType::close:
        made.payload = {};
        made.kind = Kind::close;
        made.close = {};
        if (text.size() >= 2) {
            made.close.code = static_cast<std::uint16_t>(
                static_cast<unsigned char>(text[0]) * 256U + static_cast<unsigned char>(text[1]));
            made.close.reason = std::string(text.substr(2));
        }
        break;
    case TrafficType::raw:
        made.kind = Kind::binary;
        if (payload.size() <= largestRaw) {
            made.kind = Kind::raw;
            made.pieces.emplace_back(payload);
            made.payload = {};
        }
        break;
    }
    return made;
}

bool isResendable(const MessageRecord& record)
{
    if (record.isDivider() || !record.payloadKept)
        return false;
    switch (record.type) {
    case TrafficType::text: // one that was sent raw may be no UTF-8
        return composedFrom(record.type, record.payload).kind == ComposedMessage::Kind::text;
    case TrafficType::binary:
    case TrafficType::ping:
    case TrafficType::pong:
        return true;
    case TrafficType::close:
    case TrafficType::continuation:
    case TrafficType::raw:
        return false;
    }
    return false;
}

Command resendCommand(const MessageRecord& record, Target target)
{
    // A ping's payload need not be text for this.
    if (record.type == TrafficType::ping)
        return command::Ping{std::move(target), record.payload};
    if (record.type == TrafficType::pong)
        return command::Pong{std::move(target), record.payload};
    return command_for(composedFrom(record.type, record.payload), std::move(target));
}

} // namespace jackfield::ui
