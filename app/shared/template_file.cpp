#include "app/shared/template_file.h"

#include "app/shared/json_document.h"

#include "jackfield/base64.h"
#include "jackfield/command_text.h"
#include "jackfield/escape.h"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace jackfield::app {
namespace {

using Kind = ComposedMessage::Kind;

constexpr int template_format_version = 1;
constexpr std::array<const char*, 13> known_members{"folder", "templates", "name", "kind", "text", "base64",
    "code", "reason", "raw", "fragments", "key", "send_at_once", "jackfield"};
constexpr std::array<Kind, 6> kinds{Kind::text, Kind::binary, Kind::ping, Kind::pong, Kind::close, Kind::raw};

const Json* member(const Json& object, const char* name)
{
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::string string_or_empty(const Json& object, const char* name)
{
    const Json* value = member(object, name);
    return value && value->is_string() ? value->get<std::string>() : std::string();
}

std::optional<std::uint64_t> number(const Json* value)
{
    if (!value || !value->is_number_integer()
        || (!value->is_number_unsigned() && value->get<std::int64_t>() < 0))
        return std::nullopt;
    return value->get<std::uint64_t>();
}

Result<SharedBytes> payload_of(const Json& object)
{
    if (const Json* base64 = member(object, "base64")) {
        const auto bytes
            = base64->is_string() ? decode_base64(base64->get_ref<const std::string&>()) : std::nullopt;
        if (!bytes)
            return fail(ErrorCode::malformed, "its \"base64\" is none");
        return SharedBytes(std::string_view(*bytes));
    }
    const Json* text = member(object, "text");
    if (text && !text->is_string())
        return fail(ErrorCode::malformed, "its \"text\" is no text");
    return text ? SharedBytes(std::string_view(text->get_ref<const std::string&>())) : SharedBytes();
}

Result<Fragmentation> fragments_of(const Json& object)
{
    const Json* value = member(object, "fragments");
    if (!value)
        return Fragmentation();
    if (const auto frames = number(value); frames && *frames <= std::numeric_limits<std::uint32_t>::max())
        return Fragmentation(static_cast<std::uint32_t>(*frames));
    if (value->is_object()) {
        if (const auto size = number(member(*value, "size")))
            return Fragmentation::of_size(*size);
        if (const Json* list = member(*value, "sizes"); list && list->is_array()) {
            std::vector<std::uint64_t> sizes;
            for (const Json& each : *list) {
                if (const auto size = number(&each))
                    sizes.push_back(*size);
            }
            if (sizes.size() == list->size())
                return Fragmentation::of_sizes(std::move(sizes));
        }
    }
    return fail(ErrorCode::malformed, "its \"fragments\" are none");
}

Result<ComposedMessage> message_of(const Json& object)
{
    ComposedMessage message;
    const std::string kind = string_or_empty(object, "kind");
    const auto known
        = std::ranges::find(kinds, std::string_view(kind), [](Kind each) { return name_of(each); });
    if (known == kinds.end())
        return fail(ErrorCode::malformed, "it has no kind that is known");
    message.kind = *known;
    if (message.kind == Kind::close) {
        message.close = {std::nullopt, string_or_empty(object, "reason")};
        if (const Json* code = member(object, "code")) {
            const auto value = number(code);
            if (!value || *value > std::numeric_limits<std::uint16_t>::max())
                return fail(ErrorCode::malformed, "its \"code\" is no close code");
            message.close.code = static_cast<std::uint16_t>(*value);
        }
    } else if (message.kind == Kind::raw) {
        const std::string words = string_or_empty(object, "raw");
        auto command = parse_command("raw none " + words, {});
        auto* raw = command ? std::get_if<command::SendRaw>(&*command) : nullptr;
        if (!raw)
            return fail(ErrorCode::malformed, "its \"raw\" cannot be read");
        message.pieces = std::move(raw->pieces);
        message.cut = raw->cut;
    } else {
        auto payload = payload_of(object);
        if (!payload)
            return tl::unexpected<Error>(std::move(payload.error()));
        message.payload = std::move(*payload);
        auto fragments = fragments_of(object);
        if (!fragments)
            return tl::unexpected<Error>(std::move(fragments.error()));
        if (message.kind == Kind::text || message.kind == Kind::binary)
            message.fragments = std::move(*fragments);
    }
    if (auto good = check(message); !good)
        return tl::unexpected<Error>(std::move(good.error()));
    return message;
}

bool is_text(std::string_view bytes)
{
    command::Send probe;
    probe.payload = SharedBytes(bytes);
    return check(probe).has_value();
}

void put_message(Json& object, const ComposedMessage& message)
{
    object["kind"] = std::string(name_of(message.kind));
    switch (message.kind) {
    case Kind::close:
        if (message.close.code)
            object["code"] = *message.close.code;
        if (!message.close.reason.empty())
            object["reason"] = message.close.reason;
        return;
    case Kind::raw: {
        constexpr std::string_view verb = "raw none ";
        const std::string words = format_command(command_for(message, {}), {});
        object["raw"] = words.size() > verb.size() ? words.substr(verb.size()) : std::string();
        return;
    }
    case Kind::text:
    case Kind::binary:
    case Kind::ping:
    case Kind::pong:
        break;
    }
    const std::string_view bytes = message.payload.text();
    if (message.kind != Kind::binary && is_text(bytes))
        object["text"] = std::string(bytes);
    else
        object["base64"] = encode_base64(message.payload.view());
    const Fragmentation& fragments = message.fragments;
    if (fragments == Fragmentation())
        return;
    if (fragments.by == Fragmentation::By::count)
        object["fragments"] = fragments.number;
    else if (fragments.by == Fragmentation::By::size)
        object["fragments"] = Json::object({{"size", fragments.number}});
    else
        object["fragments"] = Json::object({{"sizes", fragments.sizes}});
}

bool is_known(const std::string& name)
{
    return std::ranges::any_of(known_members, [&](const char* known) { return name == known; });
}

class TemplateReader {
public:
    explicit TemplateReader(std::vector<std::string>& notices)
        : notices_(notices)
    { }

    std::vector<TemplateNode> list(const Json& array, std::size_t depth)
    {
        std::vector<TemplateNode> nodes;
        if (!array.is_array()) {
            notices_.emplace_back("\"templates\" is no list and has no effect");
            return nodes;
        }
        for (const Json& each : array) {
            if (count_ == max_template_nodes) {
                if (!std::exchange(told_, true))
                    notices_.push_back(
                        "only the first " + std::to_string(max_template_nodes) + " templates are read");
                break;
            }
            if (auto made = node(each, depth))
                nodes.push_back(std::move(*made));
        }
        return nodes;
    }

private:
    std::optional<TemplateNode> node(const Json& object, std::size_t depth)
    {
        if (!object.is_object()) {
            notices_.emplace_back("a template that is no JSON object is left out");
            return std::nullopt;
        }
        TemplateNode node;
        node.is_folder = member(object, "folder") != nullptr;
        const std::string whole = string_or_empty(object, node.is_folder ? "folder" : "name");
        node.name = whole.substr(0, max_template_name);
        while (!node.name.empty() && !is_text(node.name))
            node.name.pop_back();
        if (node.name != whole)
            notices_.push_back(about(node) + " has a name that is too long or no text; what is behind this was left out");
        if (node.is_folder) {
            if (depth == max_template_depth) {
                notices_.push_back(about(node) + " stands too deep and is left out");
                return std::nullopt;
            }
            ++count_;
            if (const Json* children = member(object, "templates"))
                node.children = list(*children, depth + 1);
        } else {
            auto message = message_of(object);
            if (!message) {
                notices_.push_back(about(node) + " is left out: " + message.error().message());
                return std::nullopt;
            }
            const std::uint64_t size = size_of(*message);
            if (size > max_template_bytes || total_ + size > max_template_total) {
                notices_.push_back(about(node) + " is too large and is left out");
                return std::nullopt;
            }
            total_ += size;
            ++count_;
            node.message = std::move(*message);
            take_key(node, object);
            const Json* at_once = member(object, "send_at_once");
            node.send_at_once = at_once && at_once->is_boolean() && at_once->get<bool>();
            if (at_once && !at_once->is_boolean())
                notices_.push_back(about(node) + " is not sent at once: send_at_once is neither true nor false");
        }
        Json unknown = Json::object();
        for (const auto& [name, value] : object.items()) {
            if (!is_known(name))
                unknown[name] = value;
        }
        if (!unknown.empty())
            node.unknown = unknown.dump(-1, ' ', false, Json::error_handler_t::replace);
        return node;
    }

    void take_key(TemplateNode& node, const Json& object)
    {
        const Json* given = member(object, "key");
        const auto key = number(given);
        if (!key || *key < 1 || *key > 9) {
            if (given)
                notices_.push_back(about(node) + " has no key: \"key\" is no number from 1 to 9");
            return;
        }
        bool& taken = keys_[static_cast<std::size_t>(*key)];
        if (taken)
            notices_.push_back(about(node) + " has lost its key: another template has it too");
        else
            node.hotkey = static_cast<std::uint8_t>(*key);
        taken = true;
    }

    static std::string about(const TemplateNode& node)
    {
        return (node.is_folder ? "The folder \"" : "The template \"") + escape_for_terminal(node.name, 60)
            + "\"";
    }

    std::vector<std::string>& notices_;
    std::array<bool, 10> keys_{};
    std::size_t count_ = 0;
    std::uint64_t total_ = 0;
    bool told_ = false;
};

Json list_json(const std::vector<TemplateNode>& nodes)
{
    Json list = Json::array();
    for (const TemplateNode& node : nodes) {
        Json object = Json::object();
        if (node.is_folder) {
            object["folder"] = node.name;
            object["templates"] = list_json(node.children);
        } else {
            object["name"] = node.name;
            put_message(object, node.message);
            if (node.hotkey != 0)
                object["key"] = node.hotkey;
            if (node.send_at_once)
                object["send_at_once"] = true;
        }
        if (!node.unknown.empty()) {
            const Json unknown = Json::parse(node.unknown, nullptr, false);
            if (unknown.is_object()) {
                for (const auto& [name, value] : unknown.items())
                    object[name] = value;
            }
        }
        list.push_back(std::move(object));
    }
    return list;
}

void put_version(Json& document, const Json* previous)
{
    const auto version = number(previous ? member(*previous, "jackfield") : nullptr);
    document["jackfield"] = version && *version > template_format_version ? *version : std::uint64_t{template_format_version};
}

} // namespace

Result<std::vector<TemplateNode>> parse_templates(std::string_view text, std::vector<std::string>& notices)
{
    const auto document = parse_json_document(text);
    if (!document)
        return tl::unexpected<Error>(document.error());
    const Json* templates = member(*document, "templates");
    return templates ? TemplateReader(notices).list(*templates, 0) : std::vector<TemplateNode>();
}

std::string format_templates(const std::vector<TemplateNode>& templates, std::string_view previous)
{
    const auto old = parse_json_document(previous);
    Json document = Json::object();
    put_version(document, old ? &*old : nullptr);
    document["templates"] = list_json(templates);
    if (old) {
        for (const auto& [name, value] : old->items()) {
            if (!document.contains(name))
                document[name] = value;
        }
    }
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<std::vector<ComposedMessage>> parse_sent(std::string_view text)
{
    const auto document = parse_json_document(text);
    if (!document)
        return tl::unexpected<Error>(document.error());
    std::vector<ComposedMessage> sent;
    const Json* list = member(*document, "sent");
    if (!list || !list->is_array())
        return sent;
    for (const Json& each : *list) {
        if (!each.is_object() || sent.size() == most_remembered_messages)
            continue;
        if (auto message = message_of(each); message && size_of(*message) <= largest_remembered_message)
            sent.push_back(std::move(*message));
    }
    return sent;
}

std::string format_sent(const std::vector<ComposedMessage>& sent)
{
    std::vector<const ComposedMessage*> kept;
    std::uint64_t bytes = 0;
    for (auto each = sent.rbegin(); each != sent.rend() && kept.size() < most_remembered_messages; ++each) {
        const std::uint64_t size = size_of(*each);
        if (size > largest_remembered_message || !check(*each))
            continue;
        bytes += size;
        if (bytes > most_remembered_bytes)
            break;
        kept.push_back(&*each);
    }
    Json document = Json::object();
    document["jackfield"] = template_format_version;
    Json list = Json::array();
    for (auto each = kept.rbegin(); each != kept.rend(); ++each) {
        Json object = Json::object();
        put_message(object, **each);
        list.push_back(std::move(object));
    }
    document["sent"] = std::move(list);
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace jackfield::app
