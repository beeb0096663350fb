#include "base/text.h"
#include "control/command_parser.h"
#include "control/payload_text.h"
#include "control/raw_text.h"

#include <algorithm>

namespace jackfield {
namespace {

bool begins(const CommandWord& word, std::string_view name)
{
    return !word.has_quotes && equal_ignoring_case(std::string_view(word.text).substr(0, name.size()), name);
}

bool is_payload(const CommandWord& word)
{
    return word.has_quotes || begins(word, "hex:");
}

Result<std::string> payload_of(const CommandWord& word)
{
    if (word.has_quotes && word.quoted.find('0') != std::string::npos)
        return malformed("a payload stands between quotes as a whole, not like " + in_quotes(word.text));
    return word_bytes(word);
}

} // namespace

Result<Command> CommandParser::raw()
{
    auto whom = target();
    if (!whom)
        return pass_on(std::move(whom.error()));
    command::SendRaw raw;
    raw.target = std::move(*whom);
    while (!reader_.at_end()) {
        if (const auto next = reader_.peek(); next && begins(*next, "cut=")) {
            auto cut = stream_cut();
            if (!cut)
                return pass_on(std::move(cut.error()));
            raw.cut = *cut;
            return finish(std::move(raw));
        }
        if (take_keyword("bytes")) {
            auto bytes = raw_bytes();
            if (!bytes)
                return pass_on(std::move(bytes.error()));
            raw.pieces.emplace_back(std::move(*bytes));
            continue;
        }
        take_keyword("frame"); // before the first one it may be left out, and nothing else ends a frame
        auto frame = raw_frame();
        if (!frame)
            return pass_on(std::move(frame.error()));
        raw.pieces.emplace_back(std::move(*frame));
    }
    if (raw.pieces.empty())
        return wrong("what to send is missing");
    return finish(std::move(raw));
}

Result<StreamCut> CommandParser::stream_cut()
{
    const auto cut = reader_.next();
    if (!cut)
        return pass_on(cut.error());
    for (const StreamCut each : {StreamCut::fin, StreamCut::reset}) {
        if (cut->is(text_of(each)))
            return each;
    }
    return wrong("the end of the stream is cut=fin or cut=rst, not " + in_quotes(cut->text));
}

Result<SharedBytes> CommandParser::raw_bytes()
{
    auto bytes = word("what the bytes are");
    if (!bytes)
        return pass_on(std::move(bytes.error()));
    if (!is_payload(*bytes))
        return wrong("bytes stand between quotes or behind hex:, not like " + in_quotes(bytes->text));
    auto payload = payload_of(*bytes);
    if (!payload)
        return pass_on(std::move(payload.error()));
    return SharedBytes(std::string_view(*payload));
}

Result<RawFrame> CommandParser::raw_frame()
{
    RawFrame frame;
    bool has_opcode = false;
    bool has_payload = false;
    while (!reader_.at_end()) {
        if (const auto next = reader_.peek();
            next && (next->is("frame") || next->is("bytes") || begins(*next, "cut=")))
            break;
        const auto part = reader_.next();
        if (!part)
            return pass_on(part.error());
        if (is_payload(*part)) {
            if (has_payload)
                return wrong("a frame has one payload");
            auto payload = payload_of(*part);
            if (!payload)
                return pass_on(std::move(payload.error()));
            frame.payload = SharedBytes(std::string_view(*payload));
            has_payload = true;
        } else if (auto set = raw_header_part(frame, *part); !set) {
            return pass_on(std::move(set.error()));
        }
        has_opcode |= begins(*part, "op=");
    }
    if (!has_opcode)
        return wrong("the frame's opcode is missing (op=text, op=ping or op=3)");
    if (const auto good = check(frame); !good)
        return malformed(good.error().detail);
    return frame;
}

Result<void> CommandParser::raw_header_part(RawFrame& frame, const CommandWord& part) const
{
    const std::string_view text = part.text;
    if (part.is("fin")) {
        frame.fin = true;
    } else if (part.is("rsv1")) {
        frame.rsv1 = true;
    } else if (part.is("rsv2")) {
        frame.rsv2 = true;
    } else if (part.is("rsv3")) {
        frame.rsv3 = true;
    } else if (part.is("len7")) {
        frame.length_form = LengthForm::bits7;
    } else if (part.is("len16")) {
        frame.length_form = LengthForm::bits16;
    } else if (part.is("len64")) {
        frame.length_form = LengthForm::bits64;
    } else if (begins(part, "op=")) {
        const auto opcode = parse_opcode(text.substr(3));
        if (!opcode)
            return wrong(in_quotes(text.substr(3))
                + " is no opcode; it is 0 to 15, 0x0 to 0xf, or continuation, text, binary, close, ping, "
                  "pong");
        frame.opcode = *opcode;
    } else if (begins(part, "mask=")) {
        const auto key = decode_hex(text.substr(5));
        if (!key || key->size() != 4)
            return wrong("a masking key is eight hexadecimal digits, as in mask=01020304");
        frame.masking_key.emplace();
        std::ranges::copy(as_bytes(*key), frame.masking_key->begin());
    } else if (begins(part, "says=")) {
        const auto length = parse_decimal<std::uint64_t>(text.substr(5));
        if (!length)
            return wrong("says= takes the length that the header is to say");
        frame.declared_length = *length;
    } else {
        return wrong(in_quotes(text) + " is no part of a frame");
    }
    return {};
}

} // namespace jackfield
