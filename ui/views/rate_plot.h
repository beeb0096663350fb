#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <array>
#include <cstddef>
#include <cstdint>

namespace jackfield::ui {

/// Messages a second from and to browsers: the last minute as a small line and the present figures as text.
class RatePlot : public QWidget {
    Q_OBJECT
public:
    explicit RatePlot(QWidget* parent = nullptr);

    /// The totals since the start, as often as they are known.
    void setTotals(std::uint64_t messagesIn, std::uint64_t messagesOut);
    /// Takes a sample: what came and went since the last one, over `elapsedMs`. Called by its own timer once
    /// a second.
    void sample(qint64 elapsedMs);

    [[nodiscard]] double fromPerSecond() const { return m_from; }
    [[nodiscard]] double toPerSecond() const { return m_to; }
    /// "128/s from · 96/s to"
    [[nodiscard]] QString text() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    static constexpr std::size_t sampleCount = 60;
    static constexpr int plotWidth = 46;

    std::array<double, sampleCount> m_samples{}; // a ring; m_next is the oldest
    std::size_t m_next = 0;
    std::uint64_t m_totalIn = 0, m_totalOut = 0;
    std::uint64_t m_sampledIn = 0, m_sampledOut = 0;
    bool m_known = false;
    double m_from = 0, m_to = 0;
    QTimer m_timer;
    QElapsedTimer m_clock;
};

} // namespace jackfield::ui
