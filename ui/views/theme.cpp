#include "ui/views/theme.h"

#include "ui/views/look.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetrics>
#include <QPainter>
#include <QPalette>

#include <array>

// The pictures lie in a static library: without this the linker leaves them out.
static void initResources()
{
    Q_INIT_RESOURCE(jackfield);
}

namespace jackfield::ui {

namespace {

struct Shade {
    ColorRole role;
    QRgb light;
    QRgb dark;
};

constexpr std::array shades = {
    Shade{ColorRole::Window, 0xfff5f6f8, 0xff1b1f24},
    Shade{ColorRole::Surface, 0xffffffff, 0xff22272e},
    Shade{ColorRole::Field, 0xffffffff, 0xff1b1f24},
    Shade{ColorRole::Button, 0xffffffff, 0xff2b3139},
    Shade{ColorRole::ButtonHover, 0xffedf0f4, 0xff353c46},
    Shade{ColorRole::Border, 0xffd5d9df, 0xff3a414b},
    Shade{ColorRole::Text, 0xff1d2229, 0xffe6e9ed},
    Shade{ColorRole::MutedText, 0xff5b626c, 0xffa9b1bb},
    Shade{ColorRole::DisabledText, 0xff9aa1ab, 0xff6c747e},
    Shade{ColorRole::Selection, 0xffdbe7fa, 0xff24405f},
    Shade{ColorRole::SelectionText, 0xff1d2229, 0xffe6e9ed},
    Shade{ColorRole::Hover, 0xfff2f5f9, 0xff282e36},
    Shade{ColorRole::Accent, 0xff2160c9, 0xff6ba4ff},
    Shade{ColorRole::AccentHover, 0xff1b52ad, 0xff86b5ff},
    Shade{ColorRole::AccentText, 0xffffffff, 0xff10151b},
    Shade{ColorRole::StateConnecting, 0xff8a5a00, 0xffe3b341},
    Shade{ColorRole::StateOpen, 0xff1a7f37, 0xff57c56f},
    Shade{ColorRole::StateClosing, 0xff9a5200, 0xfff0a35e},
    Shade{ColorRole::StateClosed, 0xff8b939d, 0xff8b939d},
    Shade{ColorRole::FromBrowser, 0xff14702f, 0xff5fcd78},
    Shade{ColorRole::ToBrowser, 0xffb3261e, 0xffff8780},
    Shade{ColorRole::Badge, 0xffe9ecf0, 0xff313840},
    Shade{ColorRole::BadgeText, 0xff59606a, 0xffaab2bc},
    Shade{ColorRole::AttentionBadge, 0xffe3b341, 0xff8a6414},
    Shade{ColorRole::AttentionBadgeText, 0xff2b2000, 0xffffffff},
    Shade{ColorRole::NoticeBackground, 0xffe8f0fc, 0xff21303f},
    Shade{ColorRole::NoticeBorder, 0xffb5cdf2, 0xff3b5875},
    Shade{ColorRole::WarningBackground, 0xfffff1d2, 0xff3a3220},
    Shade{ColorRole::WarningBorder, 0xffdba928, 0xff8c6a1c},
    Shade{ColorRole::WarningText, 0xff2b2000, 0xfff3e6c8},
    Shade{ColorRole::WarningAction, 0xfff0b429, 0xffd99a17},
    Shade{ColorRole::WarningActionText, 0xff2b2000, 0xff1d1500},
    Shade{ColorRole::DangerBackground, 0xfffde3e1, 0xff4a2323},
    Shade{ColorRole::DangerBorder, 0xffd9534a, 0xffa94440},
    Shade{ColorRole::DangerText, 0xffa11a13, 0xffff9d96},
    Shade{ColorRole::Match, 0xffffe58a, 0xff6a5511},
    Shade{ColorRole::JsonKey, 0xff1c5bbf, 0xff7cb0ff},
    Shade{ColorRole::JsonString, 0xff1a7f37, 0xff6fce84},
    Shade{ColorRole::JsonNumber, 0xffa34b00, 0xfff0a35e},
    Shade{ColorRole::PeerText, 0xffeef0f3, 0xff2d343c},
    Shade{ColorRole::Plot, 0xff7c8590, 0xff7f8893},
};

constexpr bool inOrder()
{
    for (std::size_t i = 0; i < shades.size(); ++i) {
        if (static_cast<std::size_t>(shades[i].role) != i)
            return false;
    }
    return true;
}
static_assert(inOrder() && shades.size() == static_cast<std::size_t>(ColorRole::Plot) + 1,
    "one shade for each role, in the order of the roles");

QPalette paletteOf(const Theme& theme)
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole to, ColorRole from) { palette.setColor(to, theme.color(from)); };
    set(QPalette::Window, ColorRole::Window);
    set(QPalette::WindowText, ColorRole::Text);
    set(QPalette::Base, ColorRole::Surface);
    set(QPalette::AlternateBase, ColorRole::Hover);
    set(QPalette::Text, ColorRole::Text);
    set(QPalette::Button, ColorRole::Button);
    set(QPalette::ButtonText, ColorRole::Text);
    set(QPalette::BrightText, ColorRole::DangerText);
    set(QPalette::ToolTipBase, ColorRole::Surface);
    set(QPalette::ToolTipText, ColorRole::Text);
    set(QPalette::Highlight, ColorRole::Selection);
    set(QPalette::HighlightedText, ColorRole::SelectionText);
    set(QPalette::Link, ColorRole::Accent);
    set(QPalette::LinkVisited, ColorRole::Accent);
    set(QPalette::PlaceholderText, ColorRole::MutedText);
    const QColor surface = theme.color(ColorRole::Button);
    palette.setColor(QPalette::Light, surface.lighter(theme.isDark() ? 130 : 105));
    palette.setColor(QPalette::Midlight, surface.lighter(theme.isDark() ? 115 : 102));
    palette.setColor(QPalette::Mid, theme.color(ColorRole::Border));
    palette.setColor(QPalette::Dark, theme.color(ColorRole::Border).darker(theme.isDark() ? 130 : 115));
    palette.setColor(QPalette::Shadow, theme.isDark() ? QColor(Qt::black) : QColor(0xa0, 0xa6, 0xae));
    for (const auto role :
        {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        palette.setColor(QPalette::Disabled, role, theme.color(ColorRole::DisabledText));
    }
    return palette;
}

// Names in @...@ are replaced by the colours of the roles; the rest of the look is Fusion's own.
constexpr auto styleSheet = R"(
QMenuBar { background: @window@; border-bottom: 1px solid @border@; padding: 1px 2px; }
QMenuBar::item { padding: 4px 9px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @buttonhover@; }
QToolBar { background: @window@; border: none; border-bottom: 1px solid @border@; }
QStatusBar { background: @window@; border-top: 1px solid @border@; color: @muted@; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @muted@; }
QSplitter::handle { background: @border@; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QPushButton, QToolButton[framed="true"] { background: @button@; color: @text@; border: 1px solid @border@; border-radius: 5px; padding: 3px 10px; }
QPushButton { min-height: 18px; }
QToolButton[framed="true"] { min-height: 18px; }
QPushButton:hover, QToolButton[framed="true"]:hover { background: @buttonhover@; }
QPushButton:pressed, QToolButton[framed="true"]:pressed, QPushButton:checked, QToolButton[framed="true"]:checked { background: @selection@; }
QPushButton:focus, QToolButton[framed="true"]:focus { border-color: @accent@; }
QPushButton:disabled, QToolButton[framed="true"]:disabled { color: @disabled@; background: @window@; }
QPushButton:default, QPushButton[primary="true"] { background: @accent@; color: @accenttext@; border-color: @accent@; }
QPushButton:default:hover, QPushButton[primary="true"]:hover { background: @accenthover@; border-color: @accenthover@; }
QPushButton:default:focus, QPushButton[primary="true"]:focus { border: 2px solid @text@; padding: 2px 9px; }
QPushButton:default:disabled, QPushButton[primary="true"]:disabled { background: @buttonhover@; color: @disabled@; border-color: @border@; }
QPushButton[caution="true"], QToolButton[caution="true"] { background: @warningaction@; color: @warningactiontext@; border-color: @warningborder@; }
QPushButton[caution="true"]:disabled { background: @buttonhover@; color: @disabled@; border-color: @border@; }
QPushButton[quiet="true"] { background: transparent; border-color: transparent; color: @accent@; padding: 3px 4px; }
QPushButton[quiet="true"]:hover { text-decoration: underline; }
QPushButton[quiet="true"]:focus { border-color: @accent@; }
QPushButton[inline="true"] { background: transparent; border: 1px solid transparent; color: @muted@; padding: 0px 2px; min-height: 0px; }
QPushButton[inline="true"]:hover { color: @text@; text-decoration: underline; }
QPushButton[inline="true"]:focus { border-color: @accent@; }
QPushButton[small="true"] { padding: 0px 7px; min-height: 0px; }
QToolButton[small="true"] { padding: 1px 8px; min-height: 16px; }
QToolButton[gauge="true"] { padding: 0px 8px 3px 8px; }
QToolButton[caution="true"]:pressed, QToolButton[caution="true"]:hover { background: @warningaction@; color: @warningactiontext@; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @muted@; background: @field@; }
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 8px; }
QAbstractItemView::indicator { width: 14px; height: 14px; border: 1px solid @muted@; border-radius: 3px; background: @field@; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus, QRadioButton::indicator:hover, QRadioButton::indicator:focus { border-color: @accent@; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: @accent@; border-color: @accent@; image: url(:/icons/check-@tone@.png); }
QRadioButton::indicator:checked { border-color: @accent@; background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5, stop:0 @accent@, stop:0.55 @accent@, stop:0.65 @field@, stop:1 @field@); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: @disabled@; background: @window@; }
QCheckBox::indicator:checked:disabled { background: @disabled@; border-color: @disabled@; image: url(:/icons/check-@tone@.png); }
QRadioButton::indicator:checked:disabled { border-color: @disabled@; background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5, stop:0 @disabled@, stop:0.55 @disabled@, stop:0.65 @window@, stop:1 @window@); }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0px; height: 0px; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox { background: @field@; color: @text@; border: 1px solid @border@; border-radius: 5px; padding: 3px 7px; selection-background-color: @accent@; selection-color: @accenttext@; }
QLineEdit { min-height: 18px; }
QAbstractSpinBox { min-height: 18px; padding: 3px 4px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus { border-color: @accent@; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: @disabled@; background: @window@; }
QLineEdit[bad="true"], QPlainTextEdit[bad="true"] { border-color: @dangerborder@; }
QPlainTextEdit[flat="true"] { background: transparent; border: none; border-radius: 0; padding: 0; }
QLineEdit[flat="true"] { background: transparent; }

QComboBox { background: @button@; color: @text@; border: 1px solid @border@; border-radius: 5px; padding: 3px 8px; min-height: 18px; }
QComboBox:hover { background: @buttonhover@; }
QComboBox:focus { border-color: @accent@; }
QComboBox:disabled, QSpinBox:disabled { color: @disabled@; background: @window@; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url(:/icons/chevron-down-@tone@.png); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: @surface@; border: 1px solid @border@; }

QAbstractItemView { background: @surface@; color: @text@; border: none; selection-background-color: @selection@; selection-color: @selectiontext@; outline: none; }
QListView[framed="true"], QTableView[framed="true"], QTreeView[framed="true"] { border: 1px solid @border@; border-radius: 5px; }
QListView[framed="true"]::item { padding: 3px 4px; }
QListView[framed="true"]::item:selected { background: @selection@; color: @selectiontext@; }
QTableView { gridline-color: transparent; }
QHeaderView { background: @surface@; border: none; }
QHeaderView::section { background: @surface@; color: @muted@; border: none; border-bottom: 1px solid @border@; padding: 3px 8px; }
QHeaderView::section:hover { color: @text@; }
QTableCornerButton::section { background: @surface@; border: none; border-bottom: 1px solid @border@; }

QTabWidget::pane { border: none; border-top: 1px solid @border@; background: @surface@; }
QTabWidget::tab-bar { left: 0px; }
QTabBar { background: @window@; }
QTabBar::tab { background: transparent; color: @muted@; border: none; border-bottom: 2px solid transparent; padding: 6px 9px 5px 9px; }
QTabBar::tab:hover { color: @text@; }
QTabBar::tab:selected { color: @text@; border-bottom: 2px solid @accent@; }
QTabBar::tab:focus { background: @hover@; }
QToolButton[overflow="true"] { background: @window@; color: @muted@; border: none; padding: 2px 6px; }
QToolButton[overflow="true"]:hover, QToolButton[overflow="true"]:focus { background: @hover@; color: @text@; }
QToolButton[overflow="true"]::menu-indicator { image: none; width: 0px; }

QMenu { background: @surface@; border: 1px solid @border@; padding: 4px 0px; }
QMenu::item { padding: 4px 24px 4px 26px; color: @text@; }
QMenu::item:selected { background: @selection@; color: @selectiontext@; }
QMenu::item:disabled { color: @disabled@; }
QMenu::separator { height: 1px; background: @border@; margin: 4px 0px; }
QMenu::indicator { width: 14px; height: 14px; left: 7px; }
QToolTip { background: @surface@; color: @text@; border: 1px solid @border@; padding: 3px 5px; }

QScrollBar:vertical { background: transparent; width: 11px; margin: 0px; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0px; }
QScrollBar::handle { background: @scroll@; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @muted@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QLabel[tone="warning"] { color: @warningtext@; }
QLabel[tone="danger"] { color: @dangertext@; }
QLabel[muted="true"] { color: @muted@; }
QLabel[danger="true"] { color: @dangertext@; }
)";

QString styleSheetOf(const Theme& theme)
{
    const std::pair<const char*, ColorRole> names[] = {
        {"@window@", ColorRole::Window},
        {"@surface@", ColorRole::Surface},
        {"@field@", ColorRole::Field},
        {"@button@", ColorRole::Button},
        {"@buttonhover@", ColorRole::ButtonHover},
        {"@border@", ColorRole::Border},
        {"@text@", ColorRole::Text},
        {"@muted@", ColorRole::MutedText},
        {"@disabled@", ColorRole::DisabledText},
        {"@selection@", ColorRole::Selection},
        {"@selectiontext@", ColorRole::SelectionText},
        {"@hover@", ColorRole::Hover},
        {"@accent@", ColorRole::Accent},
        {"@accenthover@", ColorRole::AccentHover},
        {"@accenttext@", ColorRole::AccentText},
        {"@warningaction@", ColorRole::WarningAction},
        {"@warningactiontext@", ColorRole::WarningActionText},
        {"@warningtext@", ColorRole::WarningText},
        {"@warningborder@", ColorRole::WarningBorder},
        {"@dangerborder@", ColorRole::DangerBorder},
        {"@dangertext@", ColorRole::DangerText},
        {"@scroll@", ColorRole::DisabledText},
    };
    QString sheet = QString::fromLatin1(styleSheet);
    for (const auto& [name, role] : names)
        sheet.replace(QLatin1String(name), theme.color(role).name());
    return sheet.replace(
        QLatin1String("@tone@"), theme.isDark() ? QStringLiteral("dark") : QStringLiteral("light"));
}

} // namespace

Theme& Theme::instance()
{
    static Theme theme;
    return theme;
}

Theme::Theme()
{
    initResources();
    m_dark = systemIsDark();
    QApplication::setStyle(new Look); // which the application owns
    apply();
}

bool Theme::systemIsDark()
{
    // A palette without any colour of its own is resolved to the platform's.
    QApplication::setPalette(QPalette());
    return QApplication::palette().color(QPalette::Window).lightness() < 128;
}

void Theme::choose(ThemeChoice choice)
{
    m_choice = choice;
    m_dark = choice == ThemeChoice::Dark || (choice == ThemeChoice::FollowSystem && systemIsDark());
    apply();
    Q_EMIT changed();
}

void Theme::systemChanged()
{
    if (m_choice != ThemeChoice::FollowSystem)
        return;
    const bool before = m_dark;
    m_dark = systemIsDark();
    apply();
    if (before != m_dark)
        Q_EMIT changed();
}

void Theme::apply()
{
    QApplication::setPalette(paletteOf(*this));
    qApp->setStyleSheet(styleSheetOf(*this));
}

QColor Theme::color(ColorRole role) const
{
    const auto& shade = shades[static_cast<std::size_t>(role)];
    return QColor::fromRgb(m_dark ? shade.dark : shade.light);
}

QString Theme::nameOf(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::Light:
        return QStringLiteral("light");
    case ThemeChoice::Dark:
        return QStringLiteral("dark");
    case ThemeChoice::FollowSystem:
        break;
    }
    return QStringLiteral("system");
}

ThemeChoice Theme::choiceNamed(const QString& name)
{
    if (name == QLatin1String("light"))
        return ThemeChoice::Light;
    if (name == QLatin1String("dark"))
        return ThemeChoice::Dark;
    return ThemeChoice::FollowSystem;
}

QColor themeColor(ColorRole role)
{
    return Theme::instance().color(role);
}

QFont monospaceFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QApplication::font().pointSizeF());
    font.setStyleHint(QFont::Monospace);
    return font;
}

QFont smallFont()
{
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() - 1.0);
    return font;
}

int tableRowHeight()
{
    return QFontMetrics(QApplication::font()).height() + 8;
}

int paintBadge(
    QPainter& painter, const QRect& rect, const QString& text, ColorRole background, ColorRole foreground)
{
    const QFont font = smallFont();
    const QFontMetrics metrics(font);
    constexpr int padding = 6;
    const QString shown = metrics.elidedText(text, Qt::ElideRight, rect.width() - 2 * padding);
    if (shown.isEmpty())
        return 0;
    const int width = metrics.horizontalAdvance(shown) + 2 * padding;
    const int height = metrics.height() + 1;
    const QRect box(rect.left(), rect.top() + (rect.height() - height) / 2, width, height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(themeColor(background));
    painter.drawRoundedRect(box, height / 2.0, height / 2.0);
    painter.setPen(themeColor(foreground));
    painter.setFont(font);
    painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, shown);
    painter.restore();
    return width;
}

} // namespace jackfield::ui
