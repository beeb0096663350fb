#include "app/shared/listen_list.h"

#include "jackfield/command_text.h"

namespace jackfield::app {
namespace {

bool are_twins(const SocketAddress& v4, const SocketAddress& v6)
{
    return !v4.is_v6() && v6.is_v6() && v4.port() == v6.port()
        && ((v4.is_loopback() && v6.is_loopback()) || (v4.is_any() && v6.is_any()));
}

} // namespace

Result<std::vector<ListenSpec>> parse_listen_list(
    const std::vector<std::string>& addresses, bool twin_optional)
{
    std::vector<ListenSpec> list;
    for (const std::string& text : addresses) {
        auto spec = parse_listener(text);
        if (!spec)
            return tl::unexpected<Error>(std::move(spec.error()));
        if (!list.empty() && are_twins(list.back().address, spec->address)) {
            spec->same_port_as_previous = true;
            spec->optional |= twin_optional;
        }
        list.push_back(*spec);
    }
    return list;
}

} // namespace jackfield::app
