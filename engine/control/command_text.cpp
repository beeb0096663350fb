#include "jackfield/command_text.h"

#include "control/command_words.h"
#include "control/endpoint_text.h"
#include "control/payload_text.h"
#include "control/raw_text.h"

#include "jackfield/limit_fields.h"

#include <array>

namespace jackfield {
namespace {

std::string duration_text(milliseconds time)
{
    struct Unit {
        std::int64_t milliseconds;
        std::string_view name;
    };
    constexpr std::array<Unit, 3> units = {{{3'600'000, "h"}, {60'000, "m"}, {1'000, "s"}}};
    for (const Unit& unit : units) {
        if (time.count() % unit.milliseconds == 0)
            return std::to_string(time.count() / unit.milliseconds) + std::string(unit.name);
    }
    return std::to_string(time.count()) + "ms";
}

std::string fragments_text(const Fragmentation& fragments)
{
    if (fragments == Fragmentation())
        return "";
    switch (fragments.by) {
    case Fragmentation::By::count:
        return "--fragments=" + std::to_string(fragments.number) + " ";
    case Fragmentation::By::size:
        return "--fragment-size=" + std::to_string(fragments.number) + " ";
    case Fragmentation::By::sizes:
        break;
    }
    std::string text;
    for (const std::uint64_t size : fragments.sizes)
        text += (text.empty() ? "" : ",") + std::to_string(size);
    return "--fragment-sizes=" + text + " ";
}

std::string control_text(const ControlBetween& control)
{
    std::string text = control.kind == ControlBetween::Kind::ping ? "--ping-after=" : "--pong-after=";
    text += std::to_string(control.after);
    return control.payload.empty() ? text + " " : text + ":" + word_payload(control.payload.view()) + " ";
}

class Formatter {
public:
    explicit Formatter(const ConnectionNames& names)
        : names_(names)
    { }

    std::string operator()(const command::Listen& c) const
    {
        std::string text = "listen";
        for (const ListenSpec& spec : c.listeners)
            text += " " + format_listener(spec);
        return text;
    }
    std::string operator()(const command::AddListener& c) const
    {
        return "listen add " + format_listener(c.listener);
    }
    std::string operator()(const command::RemoveListener& c) const
    {
        return "listen remove " + c.address.text();
    }
    std::string operator()(const command::StopListening& c) const
    {
        return c.drop_queued ? "listen stop drop" : "listen stop";
    }
    std::string operator()(const command::Send& c) const
    {
        std::string text = "send " + target(c.target) + " ";
        text += fragments_text(c.fragments);
        for (const ControlBetween& control : c.between)
            text += control_text(control);
        return text
            + (c.kind == MessageKind::text ? text_payload(c.payload.text())
                                           : "hex:" + hex_of(c.payload.view()));
    }
    std::string operator()(const command::SendRaw& c) const
    {
        std::string text = "raw " + target(c.target);
        for (const RawPiece& piece : c.pieces)
            text += " " + raw_piece_text(piece);
        return c.cut == StreamCut::none ? text : text + " " + std::string(text_of(c.cut));
    }
    std::string operator()(const command::Ping& c) const
    {
        const std::string text = "ping " + target(c.target);
        return c.payload.empty() ? text : text + " " + bytes_payload(c.payload.view());
    }
    std::string operator()(const command::Pong& c) const
    {
        const std::string text = "pong " + target(c.target);
        return c.payload.empty() ? text : text + " " + bytes_payload(c.payload.view());
    }
    std::string operator()(const command::Kick& c) const
    {
        std::string text = "kick " + target(c.target);
        if (c.style != KickStyle::close_frame)
            text += " --style=" + std::string(name_of(c.style));
        if (c.block) {
            text += " --block=" + std::string(name_of(c.block->kind));
            if (c.block->lifetime.count() != 0)
                text += ":" + duration_text(c.block->lifetime);
        }
        if (c.style != KickStyle::close_frame)
            return text;
        text += c.close.code ? " " + std::to_string(*c.close.code) : " no-code";
        return c.close.reason.empty() ? text : text + " " + text_payload(c.close.reason);
    }
    std::string operator()(const command::Resume& c) const { return "resume " + target(c.target); }
    std::string operator()(const command::Block& c) const
    {
        std::string text = "block " + std::string(name_of(c.kind)) + " " + as_word(c.text);
        if (c.lifetime.count() != 0)
            text += " for " + duration_text(c.lifetime);
        return text;
    }
    std::string operator()(const command::Unblock& c) const
    {
        return "unblock " + std::string(name_of(c.kind)) + " " + as_word(c.text);
    }
    std::string operator()(const command::Allow& c) const
    {
        std::string text = "allow " + list(c.list) + " " + as_word(c.entry);
        if (c.temporary)
            text += " temporarily";
        if (c.lifetime.count() != 0)
            text += " for " + duration_text(c.lifetime);
        return text;
    }
    std::string operator()(const command::Deny& c) const
    {
        return "deny " + list(c.list) + " " + as_word(c.entry);
    }
    std::string operator()(const command::ReplaceList& c) const
    {
        std::string text = list(c.list) + "s replace";
        if (c.from_file)
            text += " from-file";
        for (const AccessLine& line : c.content.lines) {
            text += " " + quote(line.text);
            if (line.state == AccessLine::State::needs_confirmation)
                text += "+unconfirmed";
            if (line.temporary)
                text += "+temporary";
            if (line.expires)
                text += "+until=" + std::to_string(line.expires->time_since_epoch().count());
        }
        return text;
    }
    std::string operator()(const command::SetTls& c) const
    {
        return std::string("certificate ") + (c.credentials ? "on" : "off");
    }
    std::string operator()(const command::RequireOrigin& c) const
    {
        return std::string("origin_required ") + (c.required ? "on" : "off");
    }
    std::string operator()(const command::SetOlderProtocols& c) const
    {
        return std::string("older-protocols ") + (c.enabled ? "on" : "off");
    }
    std::string operator()(const command::ReapplyAccess&) const { return "reapply"; }
    std::string operator()(const command::SetEndpoint& c) const
    {
        const EndpointConfig& endpoint = c.endpoint;
        std::string text = "endpoint " + pattern(endpoint.pattern) + " " + as_word(endpoint.behaviour);
        for (const SubprotocolRule& rule : endpoint.subprotocols) {
            const bool bare = rule.name.find('=') == std::string::npos && endpoint_option_named(rule.name) == nullptr;
            text += " " + (bare ? as_word(rule.name) : quote(rule.name)) + "=" + as_word(rule.behaviour);
        }
        return text + endpoint_options_text(endpoint);
    }
    std::string operator()(const command::RemoveEndpoint& c) const
    {
        return "endpoint remove " + pattern(c.pattern);
    }
    std::string operator()(const command::SetTransport& c) const
    {
        return "transport " + pattern(c.pattern) + " " + std::string(name_of(c.transport)) + (c.permitted ? " on" : " off");
    }
    std::string operator()(const command::SetLimits& c) const
    {
        std::string text = "limits defaults";
        const Limits defaults;
        for (const LimitField& field : limit_fields()) {
            if (field.get(c.limits) != field.get(defaults))
                text += " " + std::string(field.name) + "=" + std::to_string(field.get(c.limits));
        }
        return text;
    }
    std::string operator()(const command::SetCompression& c) const
    {
        const Compression& compression = c.compression;
        const Compression defaults;
        std::string text = compression.enabled ? "compression on" : "compression off";
        if (compression.server_context_takeover && compression.client_context_takeover)
            text += " takeover";
        else if (compression.server_context_takeover)
            text += " server-takeover";
        else if (compression.client_context_takeover)
            text += " client-takeover";
        if (compression.level != defaults.level)
            text += " level " + std::to_string(compression.level);
        if (compression.threshold != defaults.threshold)
            text += " from " + std::to_string(compression.threshold);
        if (compression.context_budget != defaults.context_budget)
            text += " budget " + std::to_string(compression.context_budget);
        return text;
    }
    std::string operator()(const command::Quit& c) const { return c.drop_queued ? "quit drop" : "quit"; }

private:
    static std::string list(ListKind kind) { return kind == ListKind::hosts ? "host" : "origin"; }
    static std::string pattern(const std::string& text)
    {
        return text.starts_with('/') ? as_word(text) : quote(text);
    }

    [[nodiscard]] std::string ids(const std::vector<ConnectionId>& list) const
    {
        std::string text;
        for (const ConnectionId id : list) {
            const auto number = names_.number_of ? names_.number_of(id) : std::nullopt;
            text += text.empty() ? "" : ",";
            text += number ? "#" + std::to_string(*number) : "id:" + std::to_string(id.value());
        }
        return text;
    }
    [[nodiscard]] std::string target(const Target& target) const
    {
        switch (target.kind) {
        case Target::Kind::none:
            return "none";
        case Target::Kind::ids:
            return target.ids.empty() ? "none" : ids(target.ids);
        case Target::Kind::all:
            return "all";
        case Target::Kind::all_but:
            return target.ids.empty() ? "all" : "all-but " + ids(target.ids);
        case Target::Kind::endpoint:
            return "endpoint:" + as_word(target.endpoint);
        }
        return "none";
    }

    const ConnectionNames& names_;
};

} // namespace

std::string format_command(const Command& command, const ConnectionNames& names)
{
    return std::visit(Formatter(names), command);
}

} // namespace jackfield
