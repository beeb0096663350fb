#include "ui/views/look.h"

#include "ui/views/theme.h"

#include <QFont>
#include <QIcon>
#include <QPainter>
#include <QPixmap>

namespace jackfield::ui {
namespace {

/// `mark` on a disc, sharp at the sizes and scales that a message box takes.
QIcon discWith(QChar mark, ColorRole disc, ColorRole ink)
{
    QIcon icon;
    for (const int side : {32, 48, 64, 96, 128}) {
        QPixmap picture(side, side);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(themeColor(disc));
        const int margin = side / 16;
        painter.drawEllipse(picture.rect().adjusted(margin, margin, -margin, -margin));
        QFont font = painter.font();
        font.setPixelSize(side * 5 / 8);
        font.setBold(true);
        painter.setFont(font);
        painter.setPen(themeColor(ink));
        painter.drawText(picture.rect(), Qt::AlignCenter, QString(mark));
        icon.addPixmap(picture);
    }
    return icon;
}

} // namespace

Look::Look()
    : QProxyStyle(QStringLiteral("Fusion"))
{ }

int Look::styleHint(
    StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* answer) const
{
    return hint == SH_DialogButtonBox_ButtonsHaveIcons ? 0
                                                       : QProxyStyle::styleHint(hint, option, widget, answer);
}

QIcon Look::standardIcon(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const
{
    switch (which) {
    case SP_MessageBoxQuestion:
        return discWith(u'?', ColorRole::Accent, ColorRole::AccentText);
    case SP_MessageBoxInformation:
        return discWith(u'i', ColorRole::Accent, ColorRole::AccentText);
    case SP_MessageBoxWarning:
        return discWith(u'!', ColorRole::WarningAction, ColorRole::WarningActionText);
    case SP_MessageBoxCritical:
        return discWith(u'!', ColorRole::DangerText, ColorRole::DangerBackground);
    default:
        return QProxyStyle::standardIcon(which, option, widget);
    }
}

} // namespace jackfield::ui
