#pragma once

#include <QString>

namespace jackfield::ui {

/// The columns of the connection table; the first seven are shown by default.
enum class ConnectionColumn : int {
    State,
    Number,
    Name,
    FromBrowser,
    ToBrowser,
    LastMessage,
    Since,
    Peer,
    Origin,
    Path,
    Subprotocol,
    BytesFrom,
    BytesTo,
    Idle,
    RoundTrip,
    ProtocolVersion,
    Transport,
    Host,
    UserAgent,
    SendQueue,
    CloseCode,
    WhoClosed,
    Extensions,
    CompressionFrom,
    CompressionTo,
    TlsVersion,
    Cipher,
    Alpn,
    ServerName,
    Resumed,
    Count_,
};
inline constexpr int connectionColumnCount = static_cast<int>(ConnectionColumn::Count_);

[[nodiscard]] constexpr bool isShownByDefault(ConnectionColumn column)
{
    return column <= ConnectionColumn::Since;
}
/// Whether the column's order is by a figure that traffic moves (so that it needs sorting again).
[[nodiscard]] constexpr bool movesWithTraffic(ConnectionColumn column)
{
    switch (column) {
    case ConnectionColumn::State:
    case ConnectionColumn::FromBrowser:
    case ConnectionColumn::ToBrowser:
    case ConnectionColumn::LastMessage:
    case ConnectionColumn::BytesFrom:
    case ConnectionColumn::BytesTo:
    case ConnectionColumn::Idle:
    case ConnectionColumn::RoundTrip:
    case ConnectionColumn::Transport:
    case ConnectionColumn::SendQueue:
    case ConnectionColumn::CompressionFrom:
    case ConnectionColumn::CompressionTo:
        return true;
    default:
        return false;
    }
}
/// Whether the column is shown right-aligned, as figures are.
[[nodiscard]] bool isFigure(ConnectionColumn column);
/// The header's words: "From browser".
[[nodiscard]] QString titleOf(ConnectionColumn column);
/// The same in fewer words, for a narrow column; empty where there are none.
[[nodiscard]] QString shortTitleOf(ConnectionColumn column);
/// A stable word for settings files and for accessible names: "from_browser".
[[nodiscard]] QString keyOf(ConnectionColumn column);

} // namespace jackfield::ui
