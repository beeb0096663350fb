#include "ui/benchmark/line_plot.h"
#include "ui/benchmark/plot_axis.h"

#include <QImage>
#include <QTest>

#include <limits>

using namespace jackfield::ui;

namespace {

/// How many pixels of the plot have nearly this colour.
int pixelsOf(LinePlot& plot, ColorRole role, qreal scale = 1)
{
    QImage image(plot.size() * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    plot.render(&image);
    const QColor wanted = themeColor(role);
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            count += qAbs(pixel.red() - wanted.red()) + qAbs(pixel.green() - wanted.green()) + qAbs(pixel.blue() - wanted.blue()) < 30;
        }
    }
    return count;
}

PlotLine rising(std::size_t points)
{
    PlotLine line{QStringLiteral("p50"), ColorRole::ToBrowser, false, {}};
    for (std::size_t i = 1; i <= points; ++i)
        line.points.emplace_back(static_cast<double>(i), static_cast<double>(i));
    return line;
}

} // namespace

class LinePlotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_linear_axis_ends_at_a_round_number_data()
    {
        QTest::addColumn<double>("most");
        QTest::addColumn<double>("end");
        QTest::newRow("nothing") << 0.0 << 1.0;
        QTest::newRow("no number") << std::numeric_limits<double>::quiet_NaN() << 1.0;
        QTest::newRow("endless") << std::numeric_limits<double>::infinity() << 1.0;
        QTest::newRow("small") << 0.34 << 0.4;
        QTest::newRow("round") << 1000.0 << 1000.0;
        QTest::newRow("large") << 2'345'678.0 << 2'500'000.0;
    }
    void a_linear_axis_ends_at_a_round_number()
    {
        QFETCH(double, most);
        const PlotAxis axis = linearAxis(most, 5);
        QTEST(axis.to, "end");
        QVERIFY(axis.ticks.size() >= 2 && axis.ticks.size() <= 6);
        QCOMPARE(axis.ticks.back(), axis.to);
        QCOMPARE(axis.placeOf(0), 0.0);
        QCOMPARE(axis.placeOf(axis.to), 1.0);
    }

    void a_logarithmic_axis_has_whole_decades()
    {
        const PlotAxis axis = logarithmicAxis(35, 2'100);
        QCOMPARE(axis.from, 10.0);
        QCOMPARE(axis.to, 10'000.0);
        QCOMPARE(axis.ticks.size(), std::size_t{4});
        QCOMPARE(axis.placeOf(1'000), 2.0 / 3);
        QCOMPARE(axis.placeOf(0), 0.0); // never below its edge
        QCOMPARE(axis.placeOf(1e9), 1.0);
    }

    void one_value_has_an_axis_too()
    {
        QCOMPARE(logarithmicAxis(100, 100).from, 100.0);
        QCOMPARE(logarithmicAxis(100, 100).to, 1'000.0);
        QVERIFY(logarithmicAxis(0, 0).to > logarithmicAxis(0, 0).from);
    }

    void draws_its_lines_in_both_themes()
    {
        for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
            Theme::instance().choose(theme);
            LinePlot plot(QStringLiteral("Latency"), LinePlot::Scale::Logarithmic, [](double value) { return QString::number(value); });
            plot.resize(400, 200);
            QCOMPARE(pixelsOf(plot, ColorRole::ToBrowser), 0);
            plot.setLines({rising(50)});
            QVERIFY(pixelsOf(plot, ColorRole::ToBrowser) > 50);
            QVERIFY(pixelsOf(plot, ColorRole::ToBrowser, 2) > 2 * pixelsOf(plot, ColorRole::ToBrowser));
            QCOMPARE(plot.accessibleDescription(), QStringLiteral("p50: 50"));
        }
    }

    /// A single high value among very many stays in sight.
    void what_is_dense_keeps_its_peaks()
    {
        LinePlot plot(QStringLiteral("Latency"), LinePlot::Scale::Linear, [](double value) { return QString::number(value); });
        plot.resize(400, 200);
        PlotLine line{{}, ColorRole::ToBrowser, false, {}};
        for (int i = 0; i < 100'000; ++i)
            line.points.emplace_back(i, i == 54'321 ? 1'000.0 : 0.0);
        plot.setLines({line});
        const int withPeak = pixelsOf(plot, ColorRole::ToBrowser);
        line.points[54'321].setY(0);
        line.points.emplace_back(100'000, 1'000); // the same axis
        plot.setLines({line});
        QVERIFY(withPeak > 0);
        QVERIFY(withPeak > pixelsOf(plot, ColorRole::ToBrowser) + 30);
    }

    void a_plot_of_any_size_is_drawn()
    {
        LinePlot plot(QStringLiteral("Latency"), LinePlot::Scale::Logarithmic, [](double value) { return QString::number(value); });
        plot.setLines({rising(1), rising(0)});
        for (const QSize size : {QSize(1, 1), QSize(30, 500), QSize(500, 30), QSize(1'000, 700)}) {
            plot.resize(size);
            QVERIFY(pixelsOf(plot, ColorRole::ToBrowser) >= 0);
        }
    }
};

QTEST_MAIN(LinePlotTest)
#include "line_plot_test.moc"
