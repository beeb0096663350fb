#pragma once

#include <QString>

#include <string_view>

namespace jackfield::ui {

// The choke points for text that came from a peer (HARDENING, "Peer text"). What these return is plain text:
// show it in widgets whose text format is Qt::PlainText.

/// Characters a cell shows at most.
inline constexpr int maxCellChars = 256;

/// `bytes` as one line to look at: control characters as their names (⟨NUL⟩, ⟨ESC⟩, ⟨LF⟩), C1, bidirectional and
/// invisible characters as their code (⟨U+202E⟩), bytes that are no UTF-8 as U+FFFD, long runs of combining
/// marks shortened, cropped to `maxChars` UTF-16 units with an ellipsis. Costs no more than the part that is
/// shown, whatever the length of `bytes`.
[[nodiscard]] QString displayText(std::string_view bytes, int maxChars = maxCellChars);
/// The same for text that is already a QString (a peer's name that was composed, say).
[[nodiscard]] QString displayText(const QString& text, int maxChars = maxCellChars);

/// `bytes` for QWidget::setToolTip, which may take text as rich text: neutralised, wrapped at about 80
/// characters, escaped and marked so that it is always shown literally. At most 1,024 characters.
[[nodiscard]] QString tooltipText(std::string_view bytes);
/// The same for composed text: its line feeds break lines (peer text in it has been neutralised before and
/// holds none).
[[nodiscard]] QString tooltipText(const QString& text);

/// `text` (already displayed text) for menus, tabs, buttons and labels with buddies: every & doubled.
[[nodiscard]] QString mnemonicSafe(const QString& text);

/// Whether a payload can go to the clipboard as text without losing anything: valid UTF-8 without NUL.
[[nodiscard]] bool isCopyable(std::string_view bytes);
/// A payload for the clipboard, exactly its characters. Only for copyable bytes; anything else gives an empty
/// string.
[[nodiscard]] QString copyText(std::string_view bytes);

/// `text` in typographic quotes, neutralised: for peer text inside of our own sentences, so that it cannot
/// pose as ours.
[[nodiscard]] QString quotedPeerText(std::string_view bytes, int maxChars = maxCellChars);

/// Our own UTF-8 (from the engine) as it is.
[[nodiscard]] QString ourText(std::string_view utf8);

} // namespace jackfield::ui
