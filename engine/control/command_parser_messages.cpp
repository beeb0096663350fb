#include "base/text.h"
#include "base/utf8.h"
#include "control/command_parser.h"
#include "control/payload_text.h"

#include "jackfield/close_code.h"

#include <algorithm>
#include <array>
#include <limits>

namespace jackfield {
namespace {

constexpr std::size_t longest_ping = 125; // RFC 6455 section 5.5

constexpr std::array<std::string_view, 5> message_options
    = {"--fragments", "--fragment-size", "--fragment-sizes", "--ping-after", "--pong-after"};

constexpr std::array<KickStyle, 6> kick_styles = {KickStyle::close_frame, KickStyle::fin, KickStyle::reset,
    KickStyle::silent, KickStyle::never_answer_close, KickStyle::never_answer_ping};
constexpr std::array<BlockKind, 3> block_kinds = {BlockKind::address, BlockKind::origin, BlockKind::host};

bool ends_option(char c)
{
    return c == ' ' || c == '\t';
}

Result<Fragmentation> parse_fragments(std::string_view option, std::string_view value)
{
    if (option == "--fragments") {
        const auto count = parse_decimal<std::uint32_t>(value);
        if (count.value_or(0) == 0)
            return malformed("--fragments= takes a number from 1");
        return Fragmentation(*count);
    }
    if (option == "--fragment-size") {
        const auto size = parse_decimal<std::uint64_t>(value);
        if (size.value_or(0) == 0)
            return malformed("--fragment-size= takes a number of bytes from 1");
        return Fragmentation::of_size(*size);
    }
    std::vector<std::uint64_t> sizes;
    for (;;) {
        const std::size_t comma = value.find(',');
        const auto size = parse_decimal<std::uint64_t>(value.substr(0, comma));
        if (!size)
            return malformed("--fragment-sizes= takes numbers of bytes, as in 3,0,5");
        sizes.push_back(*size);
        if (comma == std::string_view::npos)
            return Fragmentation::of_sizes(std::move(sizes));
        value.remove_prefix(comma + 1);
    }
}

Result<ControlBetween> parse_control(std::string_view option, const CommandWord& value)
{
    ControlBetween control;
    control.kind = option == "--ping-after" ? ControlBetween::Kind::ping : ControlBetween::Kind::pong;
    const std::size_t colon = value.find_bare(':');
    const auto after = parse_decimal<std::uint32_t>(std::string_view(value.text).substr(0, colon));
    if (after.value_or(0) == 0)
        return malformed(std::string(option)
            + "= takes the number of a fragment from 1, and a payload behind a "
              "colon, as in 2:beat");
    control.after = *after;
    if (colon != std::string::npos) {
        auto payload = word_bytes(value.from(colon + 1));
        if (!payload)
            return pass_on(std::move(payload.error()));
        if (payload->size() > longest_ping)
            return malformed("a control frame holds " + std::to_string(longest_ping) + " bytes, not "
                + std::to_string(payload->size()));
        control.payload = SharedBytes(std::string_view(*payload));
    }
    return control;
}

} // namespace

std::optional<std::string_view> CommandParser::message_option() const
{
    const std::string_view rest = reader_.rest();
    for (const std::string_view option : message_options) {
        if (!equal_ignoring_case(rest.substr(0, option.size()), option))
            continue;
        if (rest.size() == option.size() || rest[option.size()] == '=' || ends_option(rest[option.size()]))
            return option;
    }
    return std::nullopt;
}

Result<void> CommandParser::take_message_options(command::Send& send)
{
    while (const auto option = message_option()) {
        auto value = reader_.next();
        if (!value)
            return pass_on(std::move(value.error()));
        if (value->text.size() > option->size()) {
            value = value->from(option->size() + 1);
        } else {
            value = word("the value of " + std::string(*option));
            if (!value)
                return pass_on(std::move(value.error()));
        }
        if (option->ends_with("-after")) {
            auto control = parse_control(*option, *value);
            if (!control)
                return pass_on(std::move(control.error()));
            send.between.push_back(std::move(*control));
            continue;
        }
        if (send.fragments != Fragmentation())
            return wrong("one of --fragments, --fragment-size and --fragment-sizes is enough");
        auto fragments = parse_fragments(*option, value->text);
        if (!fragments)
            return pass_on(std::move(fragments.error()));
        send.fragments = std::move(*fragments);
    }
    return {};
}

Result<Command> CommandParser::message(command::Send send)
{
    if (auto options = take_message_options(send); !options)
        return pass_on(std::move(options.error()));
    if (reader_.at_end())
        return wrong("the message is missing (an empty one is written as \"\")");
    send.kind = at_hex() ? MessageKind::binary : MessageKind::text;
    auto payload = at_hex() ? hex_to_end() : text_to_end();
    if (!payload)
        return pass_on(std::move(payload.error()));
    send.payload = SharedBytes(std::string_view(*payload));
    return finish(std::move(send));
}

Result<Command> CommandParser::send()
{
    command::Send send;
    if (auto options = take_message_options(send); !options)
        return pass_on(std::move(options.error()));
    auto whom = target();
    if (!whom)
        return pass_on(std::move(whom.error()));
    send.target = std::move(*whom);
    return message(std::move(send));
}

Result<Command> CommandParser::send_all()
{
    command::Send send;
    send.target = Target::all();
    return message(std::move(send));
}

Result<void> CommandParser::take_kick_options(command::Kick& kick)
{
    constexpr std::string_view style_option = "--style=";
    constexpr std::string_view block_option = "--block=";
    while (reader_.rest().starts_with("--")) {
        auto option = reader_.next();
        if (!option)
            return pass_on(std::move(option.error()));
        const std::string_view text = option->text;
        if (text.starts_with(style_option)) {
            const std::string style = to_lower_ascii(text.substr(style_option.size()));
            const auto* const known = std::ranges::find(kick_styles, style, [](KickStyle each) { return name_of(each); });
            if (known == kick_styles.end())
                return wrong(in_quotes(style) + " is no style of kicking");
            kick.style = *known;
        } else if (text.starts_with(block_option)) {
            const std::string_view whom = text.substr(block_option.size());
            const std::size_t colon = std::min(whom.find(':'), whom.size());
            const std::string kind = to_lower_ascii(whom.substr(0, colon));
            const auto* const known = std::ranges::find(block_kinds, kind, [](BlockKind each) { return name_of(each); });
            if (known == block_kinds.end())
                return wrong("what is blocked is an address, an origin or a host, not " + in_quotes(kind));
            kick.block = KickBlock{*known, {}};
            if (colon < whom.size()) {
                const auto lifetime = parse_duration(whom.substr(colon + 1));
                if (!lifetime)
                    return pass_on(lifetime.error());
                kick.block->lifetime = *lifetime;
            } else {
                kick.block->lifetime = milliseconds(0);
            }
        } else {
            return wrong(in_quotes(text) + " is no option of kick");
        }
    }
    return {};
}

Result<Command> CommandParser::resume()
{
    auto whom = target();
    return whom ? finish(command::Resume{std::move(*whom)}) : pass_on(std::move(whom.error()));
}

Result<Command> CommandParser::kick_those(Target target)
{
    command::Kick kick;
    kick.target = std::move(target);
    if (auto taken = take_kick_options(kick); !taken)
        return pass_on(std::move(taken.error()));
    if (kick.style != KickStyle::close_frame) {
        if (!reader_.at_end())
            return wrong("a code and a reason travel in a close frame, not with --style="
                + std::string(name_of(kick.style)));
        return kick;
    }
    if (take_keyword("no-code")) {
        kick.close.code.reset();
        if (!reader_.at_end())
            return wrong("a reason needs a code");
        return finish(std::move(kick));
    }
    if (!reader_.at_end() && reader_.rest().front() >= '0' && reader_.rest().front() <= '9') {
        auto code_word = reader_.next();
        if (!code_word)
            return pass_on(std::move(code_word.error()));
        const auto code = parse_decimal<std::uint16_t>(code_word->text);
        if (!code || !may_be_sent(*code))
            return malformed(in_quotes(code_word->text)
                + " is no close code that can be sent; use 1000-1003, 1007-1014, 3000-4999 or no-code");
        kick.close.code = *code;
    }
    auto reason = text_to_end();
    if (!reason)
        return pass_on(std::move(reason.error()));
    if (reason->size() > max_close_reason)
        return malformed("the reason has " + std::to_string(reason->size()) + " bytes; a Close frame holds "
            + std::to_string(max_close_reason));
    if (!is_valid_utf8(*reason))
        return malformed("the reason is no valid UTF-8");
    kick.close.reason = std::move(*reason);
    return finish(std::move(kick));
}

Result<Command> CommandParser::kick()
{
    auto whom = target();
    return whom ? kick_those(std::move(*whom)) : pass_on(std::move(whom.error()));
}

Result<Command> CommandParser::kick_all()
{
    return kick_those(Target::all());
}

template <class Control>
Result<Command> CommandParser::control_frame()
{
    auto whom = target();
    if (!whom)
        return pass_on(std::move(whom.error()));
    auto payload = at_hex() ? hex_to_end() : text_to_end();
    if (!payload)
        return pass_on(std::move(payload.error()));
    if (payload->size() > longest_ping)
        return malformed("the payload has " + std::to_string(payload->size()) + " bytes; a control frame holds "
            + std::to_string(longest_ping));
    return finish(Control{std::move(*whom), SharedBytes(std::string_view(*payload))});
}

Result<Command> CommandParser::ping()
{
    return control_frame<command::Ping>();
}

Result<Command> CommandParser::pong()
{
    return control_frame<command::Pong>();
}

} // namespace jackfield
