// QtWebSockets, which knows no permessage-deflate. Frames as long as messages; accepted sockets inherit TCP_NODELAY.
#include "tests/bench/peers/peer_options.h"

#include <QCoreApplication>
#include <QFile>
#include <QHostAddress>
#include <QList>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QWebSocket>
#include <QWebSocketServer>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace {

QSslConfiguration tls_of(const peers::Options& options)
{
    QFile key(QString::fromStdString(options.key));
    if (!key.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "%s cannot be read\n", options.key.c_str());
        std::exit(1);
    }
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificateChain(QSslCertificate::fromPath(QString::fromStdString(options.certificate)));
    tls.setPrivateKey(QSslKey(&key, QSsl::Ec));
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    tls.setProtocol(QSsl::TlsV1_3OrLater);
    return tls;
}

} // namespace

int main(int argc, char** argv)
{
    const peers::Options options = peers::parse(argc, argv);
    qputenv("QT_NO_GLIB", "1"); // its own event loop costs less
    const QCoreApplication application(argc, argv);
    QWebSocketServer server(QStringLiteral("peer"),
        options.is_tls() ? QWebSocketServer::SecureMode : QWebSocketServer::NonSecureMode);
    server.setMaxPendingConnections(20'000);
    server.setHandshakeTimeout(-1);
    if (options.is_tls())
        server.setSslConfiguration(tls_of(options));
    QList<QWebSocket*> clients;
    QObject::connect(&server, &QWebSocketServer::newConnection, &server, [&] {
        while (QWebSocket* client = server.nextPendingConnection()) {
            client->setMaxAllowedIncomingFrameSize(peers::most_message);
            client->setMaxAllowedIncomingMessageSize(peers::most_message);
            client->setOutgoingFrameSize(peers::most_message);
            QObject::connect(client, &QWebSocket::disconnected, client, &QObject::deleteLater);
            QObject::connect(client, &QWebSocket::binaryMessageReceived, client,
                [client](const QByteArray& message) { client->sendBinaryMessage(message); });
            if (!options.to_all) {
                QObject::connect(client, &QWebSocket::textMessageReceived, client,
                    [client](const QString& message) { client->sendTextMessage(message); });
                continue;
            }
            clients.append(client);
            QObject::connect(client, &QWebSocket::disconnected, &server, [&clients, client] { clients.removeOne(client); });
            QObject::connect(client, &QWebSocket::textMessageReceived, &server, [&clients, client](const QString& message) {
                for (QWebSocket* other : std::as_const(clients)) {
                    if (other != client)
                        other->sendTextMessage(message);
                }
            });
        }
    });
    if (!server.listen(QHostAddress::LocalHost)) {
        peers::announce(0);
        return 1;
    }
    const int on = 1;
    ::setsockopt(static_cast<int>(server.socketDescriptor()), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    peers::announce(server.serverPort());
    return QCoreApplication::exec();
}
