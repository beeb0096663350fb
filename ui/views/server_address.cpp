#include "ui/views/server_address.h"

#include "ui/text/display_text.h"

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

Place placeOf(const ServerStatus& status)
{
    const ListenerStatus* best = nullptr;
    const auto rank = [](const ListenerStatus& listener) {
        const SocketAddress& address = listener.listening ? listener.bound : listener.spec.address;
        return (listener.listening ? 4 : 0) + (address.is_loopback() || address.is_any() ? 2 : 0)
            + (address.is_v6() ? 0 : 1);
    };
    for (const ListenerStatus& listener : status.listeners) {
        if (best == nullptr || rank(listener) > rank(*best))
            best = &listener;
    }
    if (best == nullptr)
        return {};
    const SocketAddress& address = best->listening ? best->bound : best->spec.address;
    return {hostOf(address), address.port()};
}

QString url(const ServerStatus& status, QLatin1String scheme)
{
    const Place place = placeOf(status);
    return QStringLiteral("%1://%2:%3/").arg(scheme, place.host).arg(place.port);
}

} // namespace

QString socketUrl(const ServerStatus& status)
{
    return url(status, QLatin1String("ws"));
}

QString testPageUrl(const ServerStatus& status)
{
    return url(status, QLatin1String("http"));
}

QString socketSnippet(const ServerStatus& status)
{
    return QStringLiteral("new WebSocket(\"%1\")").arg(socketUrl(status));
}

std::uint16_t socketPort(const ServerStatus& status)
{
    return placeOf(status).port;
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

std::vector<ListenSpec> listenersOnPort(const ServerStatus& status, std::uint16_t port)
{
    std::vector<ListenSpec> listeners;
    for (const ListenerStatus& listener : status.listeners) {
        ListenSpec spec = listener.spec;
        spec.address = spec.address.with_port(port);
        listeners.push_back(spec);
    }
    return listeners.empty() ? default_listeners(port) : listeners;
}

} // namespace jackfield::ui
