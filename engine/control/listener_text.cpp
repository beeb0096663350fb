#include "base/text.h"

#include "jackfield/command_text.h"
#include "jackfield/escape.h"

#include <array>
#include <net/if.h>

namespace jackfield {
namespace {

// A zone by its interface's name, which stays the same when the numbers are given anew.
std::string kept_text(const SocketAddress& address)
{
    std::array<char, IF_NAMESIZE> name{};
    if (address.scope() == 0 || if_indextoname(address.scope(), name.data()) == nullptr)
        return address.text();
    std::string text = address.text();
    const std::size_t zone = text.find('%') + 1;
    return text.replace(zone, text.find(']') - zone, name.data());
}

} // namespace

Result<ListenSpec> parse_listener(std::string_view text)
{
    const std::size_t comma = text.find(',');
    const auto address
        = SocketAddress::parse(text.substr(0, comma), default_listeners().front().address.port());
    if (!address)
        return tl::unexpected(address.error());
    ListenSpec spec;
    spec.address = *address;
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    for (const std::string_view option : split_list(text)) {
        if (option == "same-port")
            spec.same_port_as_previous = true;
        else if (option == "optional")
            spec.optional = true;
        else if (option == name_of(ListenerKind::ws))
            spec.kind = ListenerKind::ws;
        else if (option == name_of(ListenerKind::wss))
            spec.kind = ListenerKind::wss;
        else if (option == name_of(ListenerKind::both))
            spec.kind = ListenerKind::both;
        else
            return fail(ErrorCode::malformed,
                "behind the address can stand ,ws ,wss ,both ,same-port or ,optional, not \""
                    + escape_for_terminal(option, 60) + "\"");
    }
    return spec;
}

std::string format_listener(const ListenSpec& spec)
{
    std::string text = kept_text(spec.address);
    if (spec.kind != ListenerKind::automatic)
        text.append(",").append(name_of(spec.kind));
    if (spec.same_port_as_previous)
        text += ",same-port";
    if (spec.optional)
        text += ",optional";
    return text;
}

} // namespace jackfield
