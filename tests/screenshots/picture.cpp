#include "picture.h"

#include "ui/views/theme.h"

#include <QHash>
#include <QPainter>
#include <QSet>
#include <QWidget>

#include <algorithm>
#include <climits>
#include <vector>

namespace jackfield::test {

namespace {

constexpr int titleHeight = 30;
constexpr int most = 256;

void paintDialog(QPainter& painter, const QSize& room, QWidget& dialog)
{
    const QSize size = dialog.size();
    const QRect frame((room.width() - size.width()) / 2,
        std::max(4, (room.height() - size.height() - titleHeight) / 2), size.width(),
        size.height() + titleHeight);
    painter.fillRect(QRect(QPoint(0, 0), room), QColor(0, 0, 0, 90));
    painter.fillRect(frame, ui::themeColor(ui::ColorRole::Window));
    QFont bold = dialog.font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(dialog.palette().color(QPalette::WindowText));
    painter.drawText(
        frame.adjusted(12, 0, -12, titleHeight - frame.height()), Qt::AlignCenter, dialog.windowTitle());
    painter.drawPixmap(frame.topLeft() + QPoint(0, titleHeight), dialog.grab());
    painter.setPen(ui::themeColor(ui::ColorRole::Border));
    painter.drawRect(frame.adjusted(-1, -1, 0, 0));
}

int distance(QRgb a, QRgb b)
{
    const int red = qRed(a) - qRed(b);
    const int green = qGreen(a) - qGreen(b);
    const int blue = qBlue(a) - qBlue(b);
    return red * red + green * green + blue * blue;
}

} // namespace

QImage pictureOf(QWidget& window, Over how, QWidget* over)
{
    QPixmap picture = window.grab();
    if (over != nullptr) {
        QPainter painter(&picture);
        if (how == Over::dialog) {
            paintDialog(painter, window.size(), *over);
        } else {
            const QPoint at = window.mapFromGlobal(over->mapToGlobal(QPoint(0, 0)));
            painter.drawPixmap(at, over->grab());
            painter.setPen(ui::themeColor(ui::ColorRole::Border));
            painter.drawRect(QRect(at, over->size()).adjusted(0, 0, -1, -1));
        }
    }
    return picture.toImage().convertToFormat(QImage::Format_RGB32);
}

QImage withPalette(const QImage& image)
{
    QHash<QRgb, int> counts;
    for (int y = 0; y < image.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x)
            ++counts[line[x]];
    }
    std::vector<std::pair<int, QRgb>> order;
    for (auto one = counts.cbegin(); one != counts.cend(); ++one)
        order.emplace_back(one.value(), one.key());
    std::sort(order.begin(), order.end(), std::greater<>());

    // Those of whole areas as they are, then the most frequent ones that are not all but the same as another.
    QList<QRgb> palette;
    for (std::size_t i = 0; i < order.size() && i < 48; ++i)
        palette.append(order[i].second);
    for (int nearest = 3 * 36 * 36; nearest >= 0 && palette.size() < most;
         nearest = nearest == 0 ? -1 : nearest / 3) {
        for (const auto& [count, colour] : order) {
            if (palette.size() == most)
                break;
            const bool isNew = std::none_of(palette.begin(), palette.end(),
                [&, rgb = colour](QRgb have) { return distance(have, rgb) <= nearest; });
            if (isNew)
                palette.append(colour);
        }
    }
    QHash<QRgb, uchar> closest;
    for (auto one = counts.cbegin(); one != counts.cend(); ++one) {
        int best = INT_MAX;
        for (qsizetype i = 0; i < palette.size(); ++i) {
            if (const int far = distance(palette[i], one.key()); far < best) {
                best = far;
                closest[one.key()] = static_cast<uchar>(i);
            }
        }
    }
    QImage indexed(image.size(), QImage::Format_Indexed8);
    indexed.setColorTable(palette);
    for (int y = 0; y < image.height(); ++y) {
        const auto* from = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        uchar* to = indexed.scanLine(y);
        for (int x = 0; x < image.width(); ++x)
            to[x] = closest.value(from[x]);
    }
    return indexed;
}

int countColours(const QImage& image, int atMost)
{
    QSet<QRgb> seen;
    for (int y = 0; y < image.height() && seen.size() < atMost; ++y) {
        for (int x = 0; x < image.width(); ++x)
            seen.insert(image.pixel(x, y));
    }
    return static_cast<int>(std::min<qsizetype>(seen.size(), atMost));
}

} // namespace jackfield::test
