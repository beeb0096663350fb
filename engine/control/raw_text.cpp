#include "control/raw_text.h"

#include "base/text.h"
#include "control/command_words.h"
#include "control/payload_text.h"

#include <algorithm>
#include <array>

namespace jackfield {
namespace {

struct NamedOpcode {
    std::uint8_t opcode;
    std::string_view name;
};
constexpr std::array<NamedOpcode, 6> named_opcodes
    = {{{0, "continuation"}, {1, "text"}, {2, "binary"}, {8, "close"}, {9, "ping"}, {10, "pong"}}};

constexpr std::string_view hex_digits = "0123456789abcdef";

std::string opcode_text(std::uint8_t opcode)
{
    const auto named = std::ranges::find(named_opcodes, opcode, &NamedOpcode::opcode);
    if (named != named_opcodes.end())
        return std::string(named->name);
    return opcode < hex_digits.size() ? std::string("0x") + hex_digits[opcode] : std::to_string(opcode);
}

std::string_view form_text(LengthForm form)
{
    switch (form) {
    case LengthForm::bits7:
        return " len7";
    case LengthForm::bits16:
        return " len16";
    case LengthForm::bits64:
        return " len64";
    }
    return "";
}

// Between quotes or as hex, so that no payload is taken for a part of the header.
std::string marked_payload(const SharedBytes& payload)
{
    return is_printable(payload.text()) ? quote(payload.text()) : "hex:" + hex_of(payload.view());
}

} // namespace

std::string raw_piece_text(const RawPiece& piece)
{
    if (const auto* bytes = std::get_if<SharedBytes>(&piece))
        return "bytes " + marked_payload(*bytes);
    const auto& frame = std::get<RawFrame>(piece);
    std::string text = "frame";
    text += frame.fin ? " fin" : "";
    text += frame.rsv1 ? " rsv1" : "";
    text += frame.rsv2 ? " rsv2" : "";
    text += frame.rsv3 ? " rsv3" : "";
    text += " op=" + opcode_text(frame.opcode);
    if (frame.masking_key)
        text += " mask=" + hex_of(*frame.masking_key);
    if (frame.length_form)
        text += form_text(*frame.length_form);
    if (frame.declared_length)
        text += " says=" + std::to_string(*frame.declared_length);
    return frame.payload.empty() ? text : text + " " + marked_payload(frame.payload);
}

std::string_view text_of(StreamCut cut)
{
    switch (cut) {
    case StreamCut::none:
        return "";
    case StreamCut::fin:
        return "cut=fin";
    case StreamCut::reset:
        return "cut=rst";
    }
    return "";
}

std::optional<std::uint8_t> parse_opcode(std::string_view text)
{
    for (const NamedOpcode& named : named_opcodes) {
        if (equal_ignoring_case(text, named.name))
            return named.opcode;
    }
    if (const auto number = parse_decimal<std::uint8_t>(text))
        return *number <= 15 ? number : std::nullopt;
    if (equal_ignoring_case(text.substr(0, 2), "0x"))
        text.remove_prefix(2);
    const std::size_t digit
        = text.size() == 1 ? hex_digits.find(to_lower_ascii(text.front())) : std::string_view::npos;
    return digit == std::string_view::npos ? std::nullopt : std::optional(static_cast<std::uint8_t>(digit));
}

} // namespace jackfield
