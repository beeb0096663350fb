#include "ui/views/tls_lock.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/theme.h"

#include "jackfield/tls_credentials.h"

#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <chrono>

namespace jackfield::ui {

namespace {

/// A padlock in the colour of the text beside it: no font is sure to have one.
QPixmap lockPicture(const QColor& colour, qreal ratio)
{
    constexpr int side = 14;
    QPixmap picture(QSize(side, side) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.6));
    painter.drawArc(QRectF(4, 1.5, 6, 8), 0, 180 * 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(2.5, 6, 9, 6.5), 1.2, 1.2);
    return picture;
}

} // namespace

int daysUntil(WallTime end, WallTime now)
{
    return static_cast<int>(std::chrono::floor<std::chrono::days>(end - now).count());
}

TlsLock::TlsLock(QWidget* parent)
    : QToolButton(parent)
{
    nameControl(this, "tls_lock", "Encryption");
    setProperty("framed", true);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIconSize(QSize(14, 14));
    setFocusPolicy(Qt::StrongFocus);
    setEnabled(false);
    hide();
    m_hour.setInterval(std::chrono::hours(1));
    const auto again = [this] { refresh(WallTime(std::chrono::system_clock::now())); };
    connect(&m_hour, &QTimer::timeout, this, again);
    connect(&Theme::instance(), &Theme::changed, this, again);
}

void TlsLock::setLeadsToCertificate(bool leads)
{
    setEnabled(leads);
}

void TlsLock::setBrief(bool brief)
{
    setToolButtonStyle(brief ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
}

void TlsLock::setStatus(const ServerStatus& status, WallTime now)
{
    m_credentials = status.tls;
    m_listening = status.listening;
    m_wanted = std::ranges::any_of(
        status.listeners, [](const ListenerStatus& listener) { return listener.speaks != ListenerKind::ws; });
    refresh(now);
}

void TlsLock::refresh(WallTime now)
{
    setVisible(m_wanted && m_listening);
    if (!m_wanted || !m_listening) {
        m_hour.stop();
        return;
    }
    QString text = tr("wss");
    QString tip;
    bool isWarning = true;
    if (!m_credentials) {
        text = tr("no certificate");
        tip = tr("A listener is to speak wss://, and there is no certificate to speak it with.");
    } else {
        m_hour.start();
        const CertificateFacts& facts = m_credentials->chain().front();
        const int days = daysUntil(facts.not_after, now);
        const QString end = formatDateTime(facts.not_after.time_since_epoch().count()).left(10);
        if (facts.not_before > now) {
            text = tr("wss: not valid yet");
            tip = tr("The certificate is not valid yet, and browsers refuse it. Or the clock of this machine "
                     "is wrong.");
        } else if (days < 0) {
            text = tr("wss: certificate ended");
            tip = tr("The certificate ended on %1, and browsers refuse it.").arg(end);
        } else if (days <= daysOfWarning) {
            text = tr("wss: ends in %1 days", nullptr, days).arg(days);
            tip = tr("The certificate ends on %1. Browsers refuse it from then on.").arg(end);
        } else {
            isWarning = false;
            tip = tr("wss:// is served: TLS 1.2 and 1.3, with a certificate that is valid until %1.")
                      .arg(end);
        }
    }
    if (text != this->text()) {
        setText(text);
        Q_EMIT wordsChanged();
    }
    setToolTip(tooltipText(tip));
    setAccessibleDescription(tip);
    setStyleProperty(this, "caution", isWarning);
    const ColorRole ink = isWarning ? ColorRole::WarningActionText : ColorRole::StateOpen;
    QIcon icon;
    for (const QIcon::Mode mode : {QIcon::Normal, QIcon::Disabled})
        icon.addPixmap(lockPicture(themeColor(ink), devicePixelRatioF()), mode);
    setIcon(icon);
}

} // namespace jackfield::ui
