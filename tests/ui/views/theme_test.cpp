#include "tests/architecture/source_tree.h"
#include "ui/views/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QImage>
#include <QFontMetrics>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QStyle>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace jackfield::ui;

namespace {

double channel(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF())
        + 0.0722 * channel(color.blueF());
}

/// The contrast of WCAG 2.1, 1..21.
double contrast(const QColor& text, const QColor& ground)
{
    const double a = luminance(text);
    const double b = luminance(ground);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

double contrast(ColorRole text, ColorRole ground)
{
    return contrast(themeColor(text), themeColor(ground));
}

} // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_sign_of_ours_is_in_the_window_s_fonts()
    {
        // As a character, or as an escape within a text.
        static const QRegularExpression sign(QStringLiteral(R"re([^\x{0000}-\x{00FF}]|\\u([0-9A-Fa-f]{4}))re"));
        static const QRegularExpression comment(QStringLiteral("//[^\n]*"));
        const QFontMetrics text(QApplication::font());
        const QFontMetrics fixed(monospaceFont());
        int looked = 0;
        for (auto& file : source_tree::sources({QStringLiteral("ui"), QStringLiteral("app/desktop")})) {
            for (auto all = sign.globalMatch(file.text.remove(comment)); all.hasNext();) {
                const auto found = all.next();
                const QChar c = found.hasCaptured(1) ? QChar(char16_t(found.captured(1).toUShort(nullptr, 16)))
                                                     : found.captured().front();
                if (!c.isPrint() || c.isSurrogate())
                    continue;
                ++looked;
                QVERIFY2(text.inFont(c) || fixed.inFont(c),
                    qPrintable(QStringLiteral("%1: U+%2").arg(file.path).arg(c.unicode(), 4, 16)));
            }
        }
        QVERIFY(looked > 50);
    }

    void questions_are_marked_in_its_own_colours()
    {
        for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
            Theme::instance().choose(choice);
            const auto disc = [](QStyle::StandardPixmap which) {
                return QApplication::style()->standardIcon(which).pixmap(64, 64).toImage().pixelColor(12, 32);
            };
            QCOMPARE(disc(QStyle::SP_MessageBoxQuestion), themeColor(ColorRole::Accent));
            QCOMPARE(disc(QStyle::SP_MessageBoxWarning), themeColor(ColorRole::WarningAction));
            QCOMPARE(disc(QStyle::SP_MessageBoxCritical), themeColor(ColorRole::DangerText));
        }
        QDialogButtonBox box(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
        for (const QAbstractButton* button : box.buttons())
            QVERIFY2(button->icon().isNull(), qPrintable(button->text()));
    }

    void text_is_readable_in_both_themes_data()
    {
        QTest::addColumn<int>("text");
        QTest::addColumn<int>("ground");
        const auto row = [](const char* name, ColorRole text, ColorRole ground) {
            QTest::newRow(name) << static_cast<int>(text) << static_cast<int>(ground);
        };
        row("text on a table", ColorRole::Text, ColorRole::Surface);
        row("text on the window", ColorRole::Text, ColorRole::Window);
        row("text on a button", ColorRole::Text, ColorRole::Button);
        row("text on the row under the pointer", ColorRole::Text, ColorRole::Hover);
        row("secondary text on a table", ColorRole::MutedText, ColorRole::Surface);
        row("secondary text on the window", ColorRole::MutedText, ColorRole::Window);
        row("a selected row", ColorRole::SelectionText, ColorRole::Selection);
        row("a closed connection that is selected", ColorRole::MutedText, ColorRole::Selection);
        row("the button that sends", ColorRole::AccentText, ColorRole::Accent);
        row("from the browser", ColorRole::FromBrowser, ColorRole::Surface);
        row("from the browser, selected", ColorRole::FromBrowser, ColorRole::Selection);
        row("to the browser", ColorRole::ToBrowser, ColorRole::Surface);
        row("to the browser, selected", ColorRole::ToBrowser, ColorRole::Selection);
        row("a badge", ColorRole::BadgeText, ColorRole::Badge);
        row("a badge that needs somebody", ColorRole::AttentionBadgeText, ColorRole::AttentionBadge);
        row("a bar that asks", ColorRole::WarningText, ColorRole::WarningBackground);
        row("a bar of danger", ColorRole::DangerText, ColorRole::DangerBackground);
        row("a bar that informs", ColorRole::Text, ColorRole::NoticeBackground);
        row("an error in a panel", ColorRole::DangerText, ColorRole::Surface);
        row("an error on the window", ColorRole::DangerText, ColorRole::Window);
        row("send to all", ColorRole::WarningActionText, ColorRole::WarningAction);
        row("a key of JSON", ColorRole::JsonKey, ColorRole::Field);
        row("a string of JSON", ColorRole::JsonString, ColorRole::Field);
        row("a number of JSON", ColorRole::JsonNumber, ColorRole::Field);
        row("a search hit", ColorRole::Text, ColorRole::Match);
        row("quoted text of a peer", ColorRole::Text, ColorRole::PeerText);
    }

    void text_is_readable_in_both_themes()
    {
        QFETCH(int, text);
        QFETCH(int, ground);
        for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
            Theme::instance().choose(choice);
            const double found = contrast(static_cast<ColorRole>(text), static_cast<ColorRole>(ground));
            QVERIFY2(found >= 4.5,
                qPrintable(
                    QStringLiteral("%1: contrast %2").arg(Theme::nameOf(choice)).arg(found, 0, 'f', 2)));
        }
    }

    void check_boxes_and_radio_buttons_are_clear_in_both_themes_data()
    {
        QTest::addColumn<bool>("isRadio");
        QTest::addColumn<bool>("isChecked");
        for (const bool isRadio : {false, true}) {
            for (const bool isChecked : {false, true})
                QTest::addRow("%s %s", isRadio ? "radio" : "check", isChecked ? "on" : "off")
                    << isRadio << isChecked;
        }
    }
    // What tells a control apart stands out 3:1 from what is around it (WCAG 2.1, 1.4.11).
    void check_boxes_and_radio_buttons_are_clear_in_both_themes()
    {
        QFETCH(bool, isRadio);
        QFETCH(bool, isChecked);
        for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
            Theme::instance().choose(choice);
            const std::unique_ptr<QAbstractButton> button(
                isRadio ? static_cast<QAbstractButton*>(new QRadioButton) : new QCheckBox);
            button->setCheckable(true);
            button->setChecked(isChecked);
            button->resize(24, 24);
            const QImage image = button->grab().toImage();
            const auto ground = image.pixelColor(23, 23);
            int clear = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    clear += contrast(image.pixelColor(x, y), ground) >= 3 ? 1 : 0;
            }
            // The smooth ring of a radio button has the fewest; with something in it there are more.
            QVERIFY2(clear >= (isChecked ? 60 : 20),
                qPrintable(QStringLiteral("%1: %2 clear pixels").arg(Theme::nameOf(choice)).arg(clear)));
        }
    }

    void a_choice_changes_the_palette_and_is_announced()
    {
        Theme::instance().choose(ThemeChoice::Light);
        int announced = 0;
        const auto connection
            = connect(&Theme::instance(), &Theme::changed, &Theme::instance(), [&announced] { ++announced; });
        Theme::instance().choose(ThemeChoice::Dark);
        disconnect(connection);
        QCOMPARE(announced, 1);
        QVERIFY(Theme::instance().isDark());
        QCOMPARE(QApplication::palette().color(QPalette::Base), themeColor(ColorRole::Surface));
        QVERIFY(QApplication::palette().color(QPalette::Base).lightness() < 128);
    }

    void a_choice_has_a_name_and_back()
    {
        for (const ThemeChoice choice : {ThemeChoice::FollowSystem, ThemeChoice::Light, ThemeChoice::Dark})
            QCOMPARE(Theme::choiceNamed(Theme::nameOf(choice)), choice);
        QCOMPARE(Theme::choiceNamed(QStringLiteral("purple")), ThemeChoice::FollowSystem);
    }
};

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
