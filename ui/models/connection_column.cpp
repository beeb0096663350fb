#include "ui/models/connection_column.h"

#include <QCoreApplication>

namespace jackfield::ui {
namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(ConnectionColumn)
};
} // namespace

bool isFigure(ConnectionColumn column)
{
    switch (column) {
    case ConnectionColumn::FromBrowser:
    case ConnectionColumn::ToBrowser:
    case ConnectionColumn::LastMessage:
    case ConnectionColumn::Since:
    case ConnectionColumn::BytesFrom:
    case ConnectionColumn::BytesTo:
    case ConnectionColumn::Idle:
    case ConnectionColumn::RoundTrip:
    case ConnectionColumn::SendQueue:
    case ConnectionColumn::CompressionFrom:
    case ConnectionColumn::CompressionTo:
        return true;
    default:
        return false;
    }
}

QString shortTitleOf(ConnectionColumn column)
{
    switch (column) {
    case ConnectionColumn::FromBrowser:
        return Words::tr("From", "a narrow column: messages from browser");
    case ConnectionColumn::ToBrowser:
        return Words::tr("To", "a narrow column: messages to browser");
    case ConnectionColumn::LastMessage:
        return Words::tr("Last", "a narrow column: when the last message was");
    default:
        return {};
    }
}

QString titleOf(ConnectionColumn column)
{
    switch (column) {
    case ConnectionColumn::State:
        return Words::tr("State");
    case ConnectionColumn::Number:
        return Words::tr("#");
    case ConnectionColumn::Name:
        return Words::tr("Name");
    case ConnectionColumn::FromBrowser:
        return Words::tr("From browser");
    case ConnectionColumn::ToBrowser:
        return Words::tr("To browser");
    case ConnectionColumn::LastMessage:
        return Words::tr("Last message");
    case ConnectionColumn::Since:
        return Words::tr("Since");
    case ConnectionColumn::Peer:
        return Words::tr("Peer");
    case ConnectionColumn::Origin:
        return Words::tr("Origin");
    case ConnectionColumn::Path:
        return Words::tr("Path");
    case ConnectionColumn::Subprotocol:
        return Words::tr("Subprotocol");
    case ConnectionColumn::BytesFrom:
        return Words::tr("Bytes from browser");
    case ConnectionColumn::BytesTo:
        return Words::tr("Bytes to browser");
    case ConnectionColumn::Idle:
        return Words::tr("Idle");
    case ConnectionColumn::RoundTrip:
        return Words::tr("Round trip");
    case ConnectionColumn::ProtocolVersion:
        return Words::tr("Protocol version");
    case ConnectionColumn::Transport:
        return Words::tr("Transport");
    case ConnectionColumn::Host:
        return Words::tr("Host");
    case ConnectionColumn::UserAgent:
        return Words::tr("User agent");
    case ConnectionColumn::SendQueue:
        return Words::tr("Send queue");
    case ConnectionColumn::CloseCode:
        return Words::tr("Close code");
    case ConnectionColumn::WhoClosed:
        return Words::tr("Who closed");
    case ConnectionColumn::Extensions:
        return Words::tr("Extensions");
    case ConnectionColumn::CompressionFrom:
        return Words::tr("Compressed from");
    case ConnectionColumn::CompressionTo:
        return Words::tr("Compressed to");
    case ConnectionColumn::TlsVersion:
        return Words::tr("TLS");
    case ConnectionColumn::Cipher:
        return Words::tr("Cipher");
    case ConnectionColumn::Alpn:
        return Words::tr("ALPN");
    case ConnectionColumn::ServerName:
        return Words::tr("Server name (SNI)");
    case ConnectionColumn::Resumed:
        return Words::tr("TLS session");
    case ConnectionColumn::Count_:
        break;
    }
    return {};
}

QString keyOf(ConnectionColumn column)
{
    switch (column) {
    case ConnectionColumn::State:
        return QStringLiteral("state");
    case ConnectionColumn::Number:
        return QStringLiteral("number");
    case ConnectionColumn::Name:
        return QStringLiteral("name");
    case ConnectionColumn::FromBrowser:
        return QStringLiteral("from_browser");
    case ConnectionColumn::ToBrowser:
        return QStringLiteral("to_browser");
    case ConnectionColumn::LastMessage:
        return QStringLiteral("last_message");
    case ConnectionColumn::Since:
        return QStringLiteral("since");
    case ConnectionColumn::Peer:
        return QStringLiteral("peer");
    case ConnectionColumn::Origin:
        return QStringLiteral("origin");
    case ConnectionColumn::Path:
        return QStringLiteral("path");
    case ConnectionColumn::Subprotocol:
        return QStringLiteral("subprotocol");
    case ConnectionColumn::BytesFrom:
        return QStringLiteral("bytes_from");
    case ConnectionColumn::BytesTo:
        return QStringLiteral("bytes_to");
    case ConnectionColumn::Idle:
        return QStringLiteral("idle");
    case ConnectionColumn::RoundTrip:
        return QStringLiteral("round_trip");
    case ConnectionColumn::ProtocolVersion:
        return QStringLiteral("protocol_version");
    case ConnectionColumn::Transport:
        return QStringLiteral("transport");
    case ConnectionColumn::Host:
        return QStringLiteral("host");
    case ConnectionColumn::UserAgent:
        return QStringLiteral("user_agent");
    case ConnectionColumn::SendQueue:
        return QStringLiteral("send_queue");
    case ConnectionColumn::CloseCode:
        return QStringLiteral("close_code");
    case ConnectionColumn::WhoClosed:
        return QStringLiteral("who_closed");
    case ConnectionColumn::Extensions:
        return QStringLiteral("extensions");
    case ConnectionColumn::CompressionFrom:
        return QStringLiteral("compressed_from");
    case ConnectionColumn::CompressionTo:
        return QStringLiteral("compressed_to");
    case ConnectionColumn::TlsVersion:
        return QStringLiteral("tls");
    case ConnectionColumn::Cipher:
        return QStringLiteral("cipher");
    case ConnectionColumn::Alpn:
        return QStringLiteral("alpn");
    case ConnectionColumn::ServerName:
        return QStringLiteral("server_name");
    case ConnectionColumn::Resumed:
        return QStringLiteral("tls_session");
    case ConnectionColumn::Count_:
        break;
    }
    return {};
}

} // namespace jackfield::ui
