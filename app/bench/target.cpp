#include "app/bench/target.h"

#include "base/text.h"
#include "net/native_address.h"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

namespace jackfield::bench {
namespace {

constexpr std::uint16_t port_of(Target::Scheme scheme)
{
    return scheme == Target::Scheme::wss ? 443 : scheme == Target::Scheme::ws ? 80 : 0;
}

tl::unexpected<Error> malformed(std::string_view url, const char* why)
{
    return fail(ErrorCode::malformed, "the URL " + std::string(url) + " " + why);
}

struct FreeingAddresses {
    void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};

Result<std::vector<SocketAddress>> resolve(const Target& target)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_family = AF_UNSPEC;
    addrinfo* found = nullptr;
    const int error = ::getaddrinfo(target.host.c_str(), std::to_string(target.port).c_str(), &hints, &found);
    const std::unique_ptr<addrinfo, FreeingAddresses> list(found);
    if (error != 0)
        return fail(ErrorCode::not_found, "the host " + target.host + " has no address: " + ::gai_strerror(error));
    std::vector<SocketAddress> addresses;
    for (const addrinfo* one = list.get(); one; one = one->ai_next) {
        if (one->ai_family != AF_INET && one->ai_family != AF_INET6)
            continue;
        sockaddr_storage native{};
        std::memcpy(&native, one->ai_addr, one->ai_addrlen);
        addresses.push_back(net::from_native(native));
    }
    if (addresses.empty())
        return fail(ErrorCode::not_found, "the host " + target.host + " has no address");
    std::stable_sort(addresses.begin(), addresses.end(),
        [](const SocketAddress& a, const SocketAddress& b) { return !a.is_v6() && b.is_v6(); });
    return addresses;
}

} // namespace

std::string Target::authority() const
{
    const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
    return port == port_of(scheme) ? name : name + ":" + std::to_string(port);
}

Result<Target> parse_target(std::string_view url)
{
    Target target;
    target.url = url;
    const std::size_t colon = url.find("://");
    if (colon == std::string_view::npos)
        return malformed(url, "has no scheme; write it as in ws://127.0.0.1:4567/echo");
    const std::string scheme = to_lower_ascii(url.substr(0, colon));
    if (scheme == "ws")
        target.scheme = Target::Scheme::ws;
    else if (scheme == "wss")
        target.scheme = Target::Scheme::wss;
    else if (scheme == "tcp")
        target.scheme = Target::Scheme::tcp;
    else
        return malformed(url, "is none of ws://, wss:// and tcp://");
    std::string_view rest = url.substr(colon + 3);
    for (const char c : rest) {
        if (static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7f)
            return malformed(url, "holds a character that has to be percent-encoded");
    }
    if (rest.find('#') != std::string_view::npos)
        return malformed(url, "has a fragment (#), which WebSocket addresses must not have");
    const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
    std::string_view authority = rest.substr(0, end);
    if (authority.find('@') != std::string_view::npos)
        return malformed(url, "holds a user name, which WebSocket addresses cannot; use --header \"Authorization: ...\"");
    if (const std::string_view path = rest.substr(end); !path.empty())
        target.path = path.front() == '/' ? std::string(path) : "/" + std::string(path);
    std::string_view port;
    bool has_port = false;
    if (authority.starts_with('[')) {
        const std::size_t bracket = authority.find(']');
        if (bracket == std::string_view::npos)
            return malformed(url, "has a [ without its ]");
        target.host = authority.substr(1, bracket - 1);
        const std::string_view behind = authority.substr(bracket + 1);
        has_port = behind.starts_with(':');
        if (!behind.empty() && !has_port)
            return malformed(url, "has something else than a port behind its ]");
        port = behind.substr(has_port ? 1 : 0);
    } else {
        const std::size_t separator = authority.find(':');
        has_port = separator != std::string_view::npos;
        target.host = authority.substr(0, separator);
        port = has_port ? authority.substr(separator + 1) : std::string_view();
    }
    if (target.host.empty())
        return malformed(url, "names no host");
    const auto number = parse_decimal<std::uint16_t>(port);
    if (has_port && (!number || *number == 0))
        return malformed(url, "has a port that is none (1 to 65535)");
    if (!has_port && target.scheme == Target::Scheme::tcp)
        return malformed(url, "needs a port");
    target.port = has_port ? *number : port_of(target.scheme);
    return target;
}

Result<Target> find_target(std::string_view url, bool allow_remote)
{
    auto target = parse_target(url);
    if (!target)
        return target;
    const auto addresses = resolve(*target);
    if (!addresses)
        return tl::unexpected<Error>(addresses.error());
    for (const SocketAddress& address : *addresses) {
        if (!allow_remote && !address.is_loopback())
            return fail(ErrorCode::permission_denied,
                "the host " + target->host + " (" + address.address_text()
                    + ") is not this machine. A load can stop a server and all that is on the way: ask who runs them, then add "
                      "--allow-remote");
    }
    target->address = addresses->front();
    return target;
}

} // namespace jackfield::bench
