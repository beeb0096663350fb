#pragma once

#include "ui/views/payload_view.h"

namespace jackfield::ui {

/// A payload as a hex dump: offset, bytes, ASCII. Positions are byte offsets; what is copied is hex.
class PayloadHexView : public PayloadView {
    Q_OBJECT
public:
    explicit PayloadHexView(QWidget* parent = nullptr);

    void setPayload(const jackfield::SharedBytes& payload);
    [[nodiscard]] QByteArray selectedBytes() const override;
    [[nodiscard]] qint64 rowCount() const override;
    /// The displayed text of one row: "00000010  89 50 4e 47  .PNG".
    [[nodiscard]] QString rowText(qint64 row) const;
    void copySelection() override;

protected:
    [[nodiscard]] qint64 endPosition() const override { return static_cast<qint64>(m_payload.size()); }
    [[nodiscard]] qint64 rowOf(qint64 position) const override;
    [[nodiscard]] qint64 rowStart(qint64 row) const override { return row * m_perRow; }
    [[nodiscard]] qint64 positionAt(qint64 row, int x) const override;
    [[nodiscard]] int xOf(qint64 position) const override;
    [[nodiscard]] qint64 nextPosition(qint64 position, int step) const override;
    void paintRow(QPainter& painter, qint64 row, const QRect& rect) override;
    void relayout() override;

private:
    [[nodiscard]] int offsetDigits() const { return m_payload.size() <= 0x10000 ? 4 : 8; }
    [[nodiscard]] int hexColumn(int index) const;
    [[nodiscard]] int textColumn() const { return hexColumn(m_perRow) + (m_perRow == 16 ? 1 : 0); }

    jackfield::SharedBytes m_payload;
    int m_perRow = 16;
    qreal m_cell = 8;
};

} // namespace jackfield::ui
