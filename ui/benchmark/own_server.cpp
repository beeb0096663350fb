#include "ui/benchmark/own_server.h"

#include "ui/text/display_text.h"

#include <QHostAddress>
#include <QUrl>

namespace jackfield::ui {

namespace {

QString pathFor(const ServerStatus& status, BenchmarkMode mode)
{
    const std::string wanted = mode == BenchmarkMode::Fanout ? "chat" : "echo";
    QString other = QStringLiteral("/");
    for (const EndpointConfig& endpoint : status.endpoints) {
        if (endpoint.behaviour != wanted)
            continue;
        QString path = QString::fromStdString(endpoint.pattern);
        if (!path.contains(u'*'))
            return path;
        if (path.endsWith(QLatin1String("/*")) && other.size() == 1)
            other = path.chopped(1);
    }
    return other.contains(u'*') ? QStringLiteral("/") : other;
}

QString hostOf(const SocketAddress& address)
{
    if (address.is_any() || (address.is_loopback() && !address.is_v6()))
        return QStringLiteral("127.0.0.1");
    const QString text = ourText(address.address_text());
    return address.is_v6() ? u'[' + text + u']' : text;
}

} // namespace

QStringList ownTargets(const ServerStatus& status, BenchmarkMode mode)
{
    QStringList targets;
    const QString path = pathFor(status, mode);
    const auto add = [&](const ListenerStatus& listener, const char* scheme) {
        const QString url = QStringLiteral("%1://%2:%3%4")
                                .arg(QLatin1String(scheme), hostOf(listener.bound))
                                .arg(listener.bound.port())
                                .arg(path);
        if (!targets.contains(url))
            targets += url;
    };
    for (const ListenerStatus& listener : status.listeners) {
        if (listener.listening && listener.speaks != ListenerKind::wss)
            add(listener, "ws");
    }
    for (const ListenerStatus& listener : status.listeners) {
        if (listener.listening && listener.speaks != ListenerKind::ws && status.tls)
            add(listener, "wss");
    }
    return targets;
}

bool isOwnTarget(const ServerStatus& status, const QString& url)
{
    const QUrl read(url);
    const int port = read.port(read.scheme() == QLatin1String("wss") ? 443 : 80);
    const bool isLocal = isLoopbackUrl(url);
    const QHostAddress host(read.host());
    for (const ListenerStatus& listener : status.listeners) {
        if (!listener.listening || listener.bound.port() != port)
            continue;
        if (isLocal && (listener.bound.is_loopback() || listener.bound.is_any()))
            return true;
        if (!host.isNull() && host == QHostAddress(ourText(listener.bound.address_text())))
            return true;
    }
    return false;
}

} // namespace jackfield::ui
