#include "ui/benchmark/line_plot.h"

#include "ui/text/format.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <utility>

namespace jackfield::ui {

namespace {

constexpr int margin = 10;
constexpr int gap = 6;

QPen penOf(const PlotLine& line)
{
    QPen pen(themeColor(line.color), 1.6);
    pen.setJoinStyle(Qt::RoundJoin);
    if (line.isDashed)
        pen.setDashPattern({4, 3});
    return pen;
}

} // namespace

LinePlot::LinePlot(const QString& title, Scale scale, std::function<QString(double)> unit, QWidget* parent)
    : QWidget(parent)
    , m_title(title)
    , m_scale(scale)
    , m_unit(std::move(unit))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void LinePlot::setLines(std::vector<PlotLine> lines)
{
    m_lines = std::move(lines);
    describe();
    update();
}

void LinePlot::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

void LinePlot::describe()
{
    QStringList said;
    for (const PlotLine& line : m_lines) {
        if (!line.points.empty() && !line.name.isEmpty())
            said += tr("%1: %2", "name of a line in a plot, its last value").arg(line.name, m_unit(line.points.back().y()));
    }
    setAccessibleDescription(said.join(QStringLiteral(", ")));
}

QSize LinePlot::sizeHint() const
{
    return {520, 200};
}

QSize LinePlot::minimumSizeHint() const
{
    return {240, 110};
}

double LinePlot::longestTime() const
{
    double longest = 0;
    for (const PlotLine& line : m_lines) {
        if (!line.points.empty())
            longest = std::max(longest, line.points.back().x());
    }
    return longest;
}

PlotAxis LinePlot::valueAxis(int height) const
{
    double least = 0;
    double most = 0;
    for (const PlotLine& line : m_lines) {
        for (const QPointF& point : line.points) {
            if (point.y() <= 0)
                continue;
            least = least > 0 ? std::min(least, point.y()) : point.y();
            most = std::max(most, point.y());
        }
    }
    return m_scale == Scale::Logarithmic ? logarithmicAxis(least, most) : linearAxis(most, std::max(1, height / 40));
}

void LinePlot::paintHead(QPainter& painter, const QRect& head) const
{
    const QFontMetrics metrics(font());
    painter.setPen(themeColor(ColorRole::Text));
    const QString title = metrics.elidedText(m_title, Qt::ElideRight, head.width());
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, title);
    // The legend goes from the right, as far as it does not meet the title.
    const int free = head.left() + metrics.horizontalAdvance(title) + 2 * gap;
    int right = head.right();
    for (auto line = m_lines.rbegin(); line != m_lines.rend(); ++line) {
        if (line->name.isEmpty() || line->points.empty())
            continue;
        const int width = metrics.horizontalAdvance(line->name);
        if (right - width - 26 < free)
            return;
        painter.setPen(themeColor(ColorRole::MutedText));
        painter.drawText(QRect(right - width, head.top(), width, head.height()), Qt::AlignVCenter | Qt::TextSingleLine, line->name);
        painter.setPen(penOf(*line));
        painter.drawLine(QPointF(right - width - 22, head.center().y() + 0.5), QPointF(right - width - 5, head.center().y() + 0.5));
        right -= width + 34;
    }
}

void LinePlot::paintLine(QPainter& painter, const PlotLine& line, const QRectF& area, const PlotAxis& times,
    const PlotAxis& values) const
{
    // No more points than there are pixels; of several in one, the highest is what a person looks for.
    const std::size_t most = std::max<std::size_t>(2, static_cast<std::size_t>(area.width()));
    const std::size_t step = (line.points.size() + most - 1) / most;
    QPolygonF drawn;
    painter.setPen(penOf(line));
    const auto flush = [&] {
        if (drawn.size() == 1)
            painter.drawEllipse(drawn.front(), 1.5, 1.5);
        else if (!drawn.isEmpty())
            painter.drawPolyline(drawn);
        drawn.clear();
    };
    for (std::size_t i = 0; i < line.points.size(); i += step) {
        const auto first = line.points.begin() + static_cast<std::ptrdiff_t>(i);
        const auto last = line.points.begin() + static_cast<std::ptrdiff_t>(std::min(i + step, line.points.size()));
        const QPointF point = *std::max_element(first, last, [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); });
        if (m_scale == Scale::Logarithmic && point.y() <= 0) {
            flush();
            continue;
        }
        drawn << QPointF(area.left() + area.width() * times.placeOf(point.x()),
            area.bottom() - area.height() * values.placeOf(point.y()));
    }
    flush();
}

void LinePlot::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorRole::Surface));
    const QFontMetrics small(smallFont());
    const QRect head(margin, gap, width() - 2 * margin, fontMetrics().height());
    paintHead(painter, head);
    const bool isEmpty = std::ranges::all_of(m_lines, [](const PlotLine& line) { return line.points.empty(); });
    const int top = head.bottom() + gap + small.height() / 2;
    const int bottom = height() - gap - small.height() - gap;
    const PlotAxis values = valueAxis(bottom - top);
    int labels = 0;
    if (!isEmpty) {
        for (const double tick : values.ticks)
            labels = std::max(labels, small.horizontalAdvance(m_unit(tick)));
    }
    const QRectF area(margin + labels + gap + 0.5, top + 0.5, width() - 2 * margin - labels - gap - 1, bottom - top);
    if (area.height() < 20 || area.width() < 40)
        return;
    painter.setPen(themeColor(ColorRole::Border));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    if (isEmpty) {
        painter.setPen(themeColor(ColorRole::MutedText));
        painter.drawText(area, Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    const PlotAxis times = timeAxis(longestTime(), std::max(2, static_cast<int>(area.width() / 90)));
    painter.setFont(smallFont());
    double lowestLabel = height();
    for (const double tick : values.ticks) {
        const double y = area.bottom() - area.height() * values.placeOf(tick);
        painter.setPen(themeColor(ColorRole::Border));
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        if (lowestLabel - y < small.height())
            continue;
        lowestLabel = y;
        painter.setPen(themeColor(ColorRole::MutedText));
        painter.drawText(QRectF(margin, y - small.height() / 2.0, labels, small.height()),
            Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, m_unit(tick));
    }
    for (const double tick : times.ticks) {
        const double x = area.left() + area.width() * times.placeOf(tick);
        painter.setPen(themeColor(ColorRole::MutedText));
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 3));
        const QString text = tr("%1 s", "seconds").arg(formatDecimal(tick, tick == static_cast<int>(tick) ? 0 : 1));
        const double half = small.horizontalAdvance(text) / 2.0;
        const double left = std::clamp(x - half, area.left() - half, area.right() - 2 * half + 1);
        painter.drawText(QRectF(left, area.bottom() + 4, 2 * half + 1, small.height()), Qt::AlignCenter | Qt::TextSingleLine, text);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(area.adjusted(-2, -2, 2, 2));
    for (const PlotLine& line : m_lines)
        paintLine(painter, line, area, times, values);
}

} // namespace jackfield::ui
