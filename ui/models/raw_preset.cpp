#include "ui/models/raw_preset.h"

#include "ui/text/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <string_view>

namespace jackfield::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RawPreset)
};

constexpr std::uint8_t continuation = 0;
constexpr std::uint8_t textFrame = 1;
constexpr std::uint8_t binaryFrame = 2;
constexpr std::uint8_t closeFrame = 8;
constexpr std::uint8_t pingFrame = 9;

RawFrame frame(std::uint8_t opcode, bool fin, std::string_view payload)
{
    RawFrame made;
    made.opcode = opcode;
    made.fin = fin;
    made.payload = SharedBytes(payload);
    return made;
}

RawFrame withReservedBit()
{
    RawFrame made = frame(textFrame, true, "reserved");
    made.rsv3 = true;
    return made;
}

RawFrame masked()
{
    RawFrame made = frame(textFrame, true, "masked");
    made.masking_key = {std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}};
    return made;
}

RawFrame saying(std::uint64_t length, LengthForm form, std::string_view payload)
{
    RawFrame made = frame(binaryFrame, true, payload);
    made.declared_length = length;
    made.length_form = form;
    return made;
}

void appendBigEndian(QByteArray& bytes, std::uint64_t value, int count)
{
    for (int shift = (count - 1) * 8; shift >= 0; shift -= 8)
        bytes += static_cast<char>(static_cast<unsigned char>(value >> static_cast<unsigned>(shift) & 0xFFU));
}

QString opcodeName(std::uint8_t opcode)
{
    switch (opcode) {
    case continuation:
        return Words::tr("continuation");
    case textFrame:
        return Words::tr("text");
    case binaryFrame:
        return Words::tr("binary");
    case closeFrame:
        return Words::tr("close");
    case pingFrame:
        return Words::tr("ping");
    case 10:
        return Words::tr("pong");
    default:
        return Words::tr("opcode %1").arg(opcode);
    }
}

} // namespace

std::vector<RawPreset> rawPresets()
{
    using namespace std::string_view_literals;
    return {
        {"fragments with a ping between", Words::tr("Fragments with a ping between"),
            Words::tr("One text message, and a pong (5.4)"),
            {frame(textFrame, false, "Hel"), frame(pingFrame, true, "between"),
                frame(continuation, true, "lo")},
            StreamCut::none},
        {"empty fragments", Words::tr("Empty fragments"), Words::tr("One text message (5.4)"),
            {frame(textFrame, false, ""), frame(continuation, false, "Hello"), frame(continuation, false, ""),
                frame(continuation, true, "")},
            StreamCut::none},
        {"character across fragments", Words::tr("A character across two fragments"),
            Words::tr("One text message, \u20AC (5.6)"),
            {frame(textFrame, false, "\xE2\x82"), frame(continuation, true, "\xAC")}, StreamCut::none},
        {"bad UTF-8", Words::tr("Bad UTF-8"), Words::tr("Closes with 1007 (8.1)"),
            {frame(textFrame, true, "bad \xFF text")}, StreamCut::none},
        {"wrong length", Words::tr("Wrong length: 10 said, 5 sent"),
            Words::tr("Waits for more, and takes the next frame for payload"),
            {saying(10, LengthForm::bits7, "Hello")}, StreamCut::none},
        {"longer form of length", Words::tr("A length in a longer form than needed"),
            Words::tr("Fails the connection; few do (5.2)"), {saying(5, LengthForm::bits64, "Hello")},
            StreamCut::none},
        {"huge length", Words::tr("A length of 2\u2076\u00B3 bytes"),
            Words::tr("Closes with 1002 or 1009 (5.2)"),
            {saying(0x8000000000000000U, LengthForm::bits64, "Hello")}, StreamCut::none},
        {"reserved bit", Words::tr("A reserved bit"), Words::tr("Closes with 1002 (5.2)"),
            {withReservedBit()}, StreamCut::none},
        {"reserved opcode", Words::tr("A reserved opcode"), Words::tr("Closes with 1002 (5.2)"),
            {frame(3, true, "Hello")}, StreamCut::none},
        {"masked frame", Words::tr("A masked frame"),
            Words::tr("Closes with 1002: a server never masks (5.1)"), {masked()}, StreamCut::none},
        {"fragmented ping", Words::tr("A ping in fragments"), Words::tr("Closes with 1002 (5.5)"),
            {frame(pingFrame, false, "pi"), frame(continuation, true, "ng")}, StreamCut::none},
        {"continuation of nothing", Words::tr("A continuation of nothing"),
            Words::tr("Closes with 1002 (5.4)"), {frame(continuation, true, "Hello")}, StreamCut::none},
        {"message within a message", Words::tr("A message within a message"),
            Words::tr("Closes with 1002 (5.4)"),
            {frame(textFrame, false, "Hel"), frame(textFrame, true, "Hello")}, StreamCut::none},
        {"close with one byte", Words::tr("A close frame with half a code"),
            Words::tr("Closes with 1002 (5.5.1)"), {frame(closeFrame, true, "\x03"sv)}, StreamCut::none},
        {"close with 1005", Words::tr("A close frame with code 1005"), Words::tr("Closes with 1002 (7.4.1)"),
            {frame(closeFrame, true, "\x03\xED"sv)}, StreamCut::none},
        {"half a frame, then cut", Words::tr("Half a frame, then cut"),
            Words::tr("The page sees 1006, and no message"), {SharedBytes("\x81\x0BHello"sv)},
            StreamCut::fin},
        {"reset", Words::tr("A message, then a reset"),
            Words::tr("The page sees 1006, perhaps without the message"), {frame(textFrame, true, "Hello")},
            StreamCut::reset},
    };
}

QByteArray headerBytes(const RawFrame& frame)
{
    const FrameFacts facts = frame.facts();
    QByteArray bytes(1, static_cast<char>(facts.first_byte));
    const unsigned mask = facts.is_masked ? 0x80U : 0U;
    switch (facts.length_form) {
    case LengthForm::bits7:
        bytes += static_cast<char>(static_cast<unsigned char>(mask | facts.payload_length));
        break;
    case LengthForm::bits16:
        bytes += static_cast<char>(static_cast<unsigned char>(mask | 126U));
        appendBigEndian(bytes, facts.payload_length, 2);
        break;
    case LengthForm::bits64:
        bytes += static_cast<char>(static_cast<unsigned char>(mask | 127U));
        appendBigEndian(bytes, facts.payload_length, 8);
        break;
    }
    if (facts.is_masked) {
        for (const std::byte byte : facts.masking_key)
            bytes += static_cast<char>(byte);
    }
    return bytes;
}

QByteArray wirePayload(const RawFrame& frame, qsizetype maxPayload)
{
    const std::string_view payload = frame.payload.text();
    const auto size = std::min(static_cast<qsizetype>(payload.size()), maxPayload);
    QByteArray bytes(payload.data(), size);
    if (frame.masking_key) {
        for (qsizetype i = 0; i < size; ++i) {
            const auto key
                = static_cast<unsigned char>((*frame.masking_key)[static_cast<std::size_t>(i % 4)]);
            bytes[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ key);
        }
    }
    return bytes;
}

QString describePiece(const RawPiece& piece)
{
    const auto bytes = [](std::size_t size) {
        return size == 1 ? Words::tr("1 byte") : Words::tr("%1 bytes").arg(formatCount(size));
    };
    if (const auto* plain = std::get_if<SharedBytes>(&piece))
        return Words::tr("as is, %1").arg(bytes(plain->size()));
    const auto& raw = std::get<RawFrame>(piece);
    QString text = opcodeName(raw.opcode);
    if (raw.fin)
        text += Words::tr(", fin");
    for (const auto& [set, name] :
        {std::pair(raw.rsv1, "rsv1"), std::pair(raw.rsv2, "rsv2"), std::pair(raw.rsv3, "rsv3")}) {
        if (set)
            text += QStringLiteral(", ") + QLatin1String(name);
    }
    if (raw.masking_key)
        text += Words::tr(", masked");
    text += QStringLiteral(", ") + bytes(raw.payload.size());
    if (raw.declared_length && *raw.declared_length != raw.payload.size())
        text += Words::tr(" (says %1)").arg(formatCount(*raw.declared_length));
    return text;
}

} // namespace jackfield::ui
