#include "ui/views/rate_plot.h"

#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>

namespace jackfield::ui {

RatePlot::RatePlot(QWidget* parent)
    : QWidget(parent)
{
    nameControl(this, "rate_plot", "Message rate");
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    setToolTip(tr("Messages a second from and to browsers, over the last minute"));
    connect(&m_timer, &QTimer::timeout, this, [this] { sample(m_clock.restart()); });
    m_clock.start();
    m_timer.start(1000);
}

void RatePlot::setTotals(std::uint64_t messagesIn, std::uint64_t messagesOut)
{
    m_totalIn = messagesIn;
    m_totalOut = messagesOut;
    if (!m_known) {
        m_known = true;
        m_sampledIn = messagesIn;
        m_sampledOut = messagesOut;
    }
}

void RatePlot::sample(qint64 elapsedMs)
{
    if (elapsedMs <= 0)
        return;
    const double seconds = static_cast<double>(elapsedMs) / 1000.0;
    const double before = m_from + m_to;
    const QString shown = text();
    m_from = static_cast<double>(m_totalIn - m_sampledIn) / seconds;
    m_to = static_cast<double>(m_totalOut - m_sampledOut) / seconds;
    m_sampledIn = m_totalIn;
    m_sampledOut = m_totalOut;
    const double total = m_from + m_to;
    m_samples[m_next] = total;
    m_next = (m_next + 1) % sampleCount;
    if (text() != shown) {
        setAccessibleDescription(text());
        updateGeometry();
    }
    const bool flat = total == 0 && before == 0 && *std::max_element(m_samples.begin(), m_samples.end()) == 0;
    if (!flat)
        update();
}

QString RatePlot::text() const
{
    return tr("%1 from · %2 to").arg(formatRate(m_from), formatRate(m_to));
}

QSize RatePlot::sizeHint() const
{
    // Room for three digits on both sides, so that the toolbar does not twitch with every figure.
    const QFontMetrics metrics(font());
    const int usual = metrics.horizontalAdvance(tr("%1 from · %2 to").arg(formatRate(888), formatRate(888)));
    return {plotWidth + 8 + std::max(usual, metrics.horizontalAdvance(text())), metrics.height() + 6};
}

QSize RatePlot::minimumSizeHint() const
{
    // Where room is dear, the line stays and the figures go.
    return {plotWidth, sizeHint().height()};
}

void RatePlot::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double top = 4.5;
    const double bottom = height() - 5.5;
    const double highest = std::max(1.0, *std::max_element(m_samples.begin(), m_samples.end()));
    QPolygonF line;
    for (std::size_t i = 0; i < sampleCount; ++i) {
        const double value = m_samples[(m_next + i) % sampleCount];
        const double x = static_cast<double>(i) * (plotWidth - 1) / (sampleCount - 1);
        line << QPointF(x + 0.5, bottom - (bottom - top) * value / highest);
    }
    painter.setPen(QPen(themeColor(ColorRole::Plot), 1.2));
    painter.drawPolyline(line);
    const QRect figures = rect().adjusted(plotWidth + 8, 0, 0, 0);
    if (fontMetrics().horizontalAdvance(text()) > figures.width())
        return;
    painter.setPen(themeColor(ColorRole::MutedText));
    painter.drawText(figures, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text());
}

} // namespace jackfield::ui
