#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QString>

class QPainter;
class QRect;

namespace jackfield::ui {

/// What a colour is for. Every view asks for its colours here, when it paints, and names none itself.
enum class ColorRole {
    Window, ///< menu bar, toolbars, headers, status bar
    Surface, ///< tables, lists, panels
    Field, ///< the inside of text fields
    Button, ///< the face of an ordinary button
    ButtonHover,
    Border, ///< hairlines between areas and around buttons and fields
    Text,
    MutedText, ///< secondary text, column titles, closed connections; still at least 4.5:1
    DisabledText,
    Selection, ///< the background of a selected row, with focus or without
    SelectionText,
    Hover, ///< the row under the pointer
    Accent, ///< the button that sends, the line under the current tab, focus rings
    AccentHover,
    AccentText, ///< on Accent
    StateConnecting, ///< dots and words of the states
    StateOpen,
    StateClosing,
    StateClosed,
    FromBrowser, ///< text and arrow of what the page sent
    ToBrowser, ///< text and arrow of what the page received
    Badge, ///< small labels: who made a message, "following"
    BadgeText,
    AttentionBadge, ///< counts that need the person
    AttentionBadgeText,
    NoticeBackground, ///< a bar that informs
    NoticeBorder,
    WarningBackground, ///< a bar that asks for a decision, the button "Send to all"
    WarningBorder,
    WarningText, ///< on WarningBackground
    WarningAction, ///< a button that reaches many: amber
    WarningActionText,
    DangerBackground, ///< the banner of wide-open lists, bad input
    DangerBorder,
    DangerText, ///< on DangerBackground, and for error sentences on Window and Surface
    Match, ///< the background of what a search found
    JsonKey,
    JsonString,
    JsonNumber,
    PeerText, ///< the background of text that a peer chose, where it could pass for ours
    Plot, ///< the line of the rate plot
};

enum class ThemeChoice { FollowSystem, Light, Dark };

/// The look of the whole program: light, dark or as the system has it. One instance, made after the
/// QApplication; GUI thread only.
class Theme : public QObject {
    Q_OBJECT
public:
    /// Reads what the system has and puts the choice *follow system* into force.
    static Theme& instance();

    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    [[nodiscard]] bool isDark() const { return m_dark; }
    void choose(ThemeChoice choice);
    [[nodiscard]] QColor color(ColorRole role) const;

    /// Looks at the system's palette again; for windows that are told that the system's theme changed.
    void systemChanged();

    /// The text a choice has in a settings file: "system", "light", "dark".
    static QString nameOf(ThemeChoice choice);
    static ThemeChoice choiceNamed(const QString& name);

Q_SIGNALS:
    /// After palette and style sheet have changed. Views that paint with `color` are repainted by then.
    void changed();

private:
    Theme();
    void apply();
    [[nodiscard]] static bool systemIsDark();

    ThemeChoice m_choice = ThemeChoice::FollowSystem;
    bool m_dark = false;
};

/// The colour for `role` in the theme in force.
[[nodiscard]] QColor themeColor(ColorRole role);
/// The fixed-width font for addresses, times and payloads, at the size of the other text.
[[nodiscard]] QFont monospaceFont();
/// A point smaller than the ordinary font: badges and hints.
[[nodiscard]] QFont smallFont();
/// The height of a row of a table with the present font.
[[nodiscard]] int tableRowHeight();
/// Paints `text` as a rounded label with its left edge at `rect`'s left, vertically centred, elided to
/// `rect`; returns the width it took.
int paintBadge(QPainter& painter, const QRect& rect, const QString& text,
    ColorRole background = ColorRole::Badge, ColorRole foreground = ColorRole::BadgeText);

} // namespace jackfield::ui
