#pragma once

#include "ui/benchmark/plot_axis.h"
#include "ui/views/theme.h"

#include <QPointF>
#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

namespace jackfield::ui {

/// One line of a plot.
struct PlotLine {
    QString name; ///< for the legend; empty: it has no entry
    ColorRole color = ColorRole::Accent;
    bool isDashed = false; ///< the run that is compared with
    std::vector<QPointF> points; ///< seconds and value, by time; a value of 0 in a logarithmic plot is a gap
};

/// Lines over the seconds of a run, with axes, their units and a legend, in the colours of the theme.
class LinePlot : public QWidget {
    Q_OBJECT
public:
    enum class Scale { Linear, Logarithmic };
    /// `unit`: makes the text of a value at the axis.
    LinePlot(const QString& title, Scale scale, std::function<QString(double)> unit, QWidget* parent = nullptr);

    void setLines(std::vector<PlotLine> lines);
    [[nodiscard]] const std::vector<PlotLine>& lines() const { return m_lines; }
    /// What stands in the middle while there is nothing to draw; our own text.
    void setEmptyText(const QString& text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] PlotAxis valueAxis(int height) const;
    [[nodiscard]] double longestTime() const;
    void paintHead(QPainter& painter, const QRect& head) const;
    void paintLine(QPainter& painter, const PlotLine& line, const QRectF& area, const PlotAxis& times,
        const PlotAxis& values) const;
    void describe();

    const QString m_title;
    const Scale m_scale;
    const std::function<QString(double)> m_unit;
    std::vector<PlotLine> m_lines;
    QString m_emptyText;
};

} // namespace jackfield::ui
