#include "ui/views/server_address.h"

#include "ui/text/display_text.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace jackfield::ui {

namespace {

struct Place {
    QString host = QStringLiteral("localhost");
    std::uint16_t port = 0;
};

QString hostOf(const SocketAddress& address)
{
    if (address.is_loopback() || address.is_any())
        return QStringLiteral("localhost");
    const QString text = ourText(address.address_text());
    return address.is_v6() ? u'[' + text + u']' : text;
}

bool speaksPlainly(const ListenerStatus& listener)
{
    return listener.speaks != ListenerKind::wss;
}

bool speaksTls(const ListenerStatus& listener)
{
    return listener.speaks != ListenerKind::ws;
}

/// The place that a person is told of, among the listeners that are `wanted`; nothing where none is.
template <class Wanted>
std::optional<Place> placeAmong(const ServerStatus& status, Wanted wanted)
{
    const ListenerStatus* best = nullptr;
    const auto rank = [](const ListenerStatus& listener) {
        const SocketAddress& address = listener.listening ? listener.bound : listener.spec.address;
        return (listener.listening ? 4 : 0) + (address.is_loopback() || address.is_any() ? 2 : 0)
            + (address.is_v6() ? 0 : 1);
    };
    for (const ListenerStatus& listener : status.listeners) {
        if (wanted(listener) && (best == nullptr || rank(listener) > rank(*best)))
            best = &listener;
    }
    if (best == nullptr)
        return std::nullopt;
    const SocketAddress& address = best->listening ? best->bound : best->spec.address;
    return Place{hostOf(address), address.port()};
}

/// The best place that speaks plainly; where none does, the best that speaks TLS.
std::pair<Place, bool> placeOf(const ServerStatus& status)
{
    if (const auto plain = placeAmong(status, speaksPlainly))
        return {*plain, false};
    const auto secure = placeAmong(status, speaksTls);
    return {secure.value_or(Place{}), secure.has_value()};
}

std::optional<Place> securePlace(const ServerStatus& status)
{
    return status.tls ? placeAmong(status, speaksTls) : std::nullopt;
}

QString url(const char* scheme, const Place& place)
{
    return QStringLiteral("%1://%2:%3/").arg(QLatin1String(scheme), place.host).arg(place.port);
}

} // namespace

QString socketUrl(const ServerStatus& status)
{
    const auto [place, isSecure] = placeOf(status);
    return url(isSecure ? "wss" : "ws", place);
}

QString secureSocketUrl(const ServerStatus& status)
{
    const auto place = securePlace(status);
    return place ? url("wss", *place) : QString();
}

QString testPageUrl(const ServerStatus& status)
{
    const auto [place, isSecure] = placeOf(status);
    return url(isSecure ? "https" : "http", place);
}

QString secureTestPageUrl(const ServerStatus& status)
{
    const auto place = securePlace(status);
    return place ? url("https", *place) : QString();
}

QString socketSnippet(const QString& url)
{
    return QStringLiteral("new WebSocket(\"%1\")").arg(url);
}

std::uint16_t socketPort(const ServerStatus& status)
{
    return placeOf(status).first.port;
}

bool speaksPlain(const ServerStatus& status)
{
    return std::ranges::any_of(status.listeners, speaksPlainly);
}

std::vector<ListenerStatus> wantedListeners(const ServerStatus& status)
{
    std::vector<ListenerStatus> wanted;
    for (const ListenerStatus& listener : status.listeners) {
        if (status.listening && !listener.listening && !listener.spec.optional)
            continue; // closed by hand
        wanted.push_back(listener);
        if (!listener.listening)
            continue;
        wanted.back().spec.address = listener.bound;
        wanted.back().spec.same_port_as_previous = false;
    }
    return wanted;
}

const ListenerStatus* listenerAt(const ServerStatus& status, const SocketAddress& address)
{
    const auto found = std::ranges::find_if(status.listeners,
        [&](const ListenerStatus& each) { return each.listening && each.bound == address; });
    return found != status.listeners.end() ? &*found : nullptr;
}

std::vector<ListenSpec> listenersInForce(const ServerStatus& status)
{
    std::vector<ListenSpec> specs;
    for (const ListenerStatus& listener : wantedListeners(status))
        specs.push_back(listener.spec);
    return specs;
}

std::vector<SocketAddress> addressesBeyondLoopback(const ServerStatus& status)
{
    std::vector<SocketAddress> addresses;
    for (const ListenerStatus& listener : status.listeners) {
        if (listener.listening && !listener.bound.is_loopback())
            addresses.push_back(listener.bound);
    }
    return addresses;
}

std::vector<ListenSpec> listenersOnPort(const ServerStatus& status, std::uint16_t taken, std::uint16_t port)
{
    std::vector<ListenSpec> listeners;
    bool hasMoved = false;
    for (const ListenerStatus& listener : status.listeners) {
        ListenSpec spec = listener.spec;
        hasMoved = spec.address.port() == taken || (spec.same_port_as_previous && hasMoved);
        if (hasMoved)
            spec.address = spec.address.with_port(port);
        listeners.push_back(spec);
    }
    return listeners.empty() ? default_listeners(port) : listeners;
}

} // namespace jackfield::ui
