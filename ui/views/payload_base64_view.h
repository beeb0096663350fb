#pragma once

#include "ui/views/payload_view.h"

namespace jackfield::ui {

/// A payload in base64 (RFC 4648 section 4), in lines that fit the view. Positions count characters; what is
/// copied has no line ends.
class PayloadBase64View : public PayloadView {
    Q_OBJECT
public:
    explicit PayloadBase64View(QWidget* parent = nullptr);

    void setPayload(const jackfield::SharedBytes& payload);
    /// The bytes that the selected characters have a part in.
    [[nodiscard]] QByteArray selectedBytes() const override;
    [[nodiscard]] qint64 rowCount() const override;
    [[nodiscard]] QString rowText(qint64 row) const;
    void copySelection() override;

protected:
    [[nodiscard]] qint64 endPosition() const override;
    [[nodiscard]] qint64 rowOf(qint64 position) const override;
    [[nodiscard]] qint64 rowStart(qint64 row) const override { return row * m_perRow; }
    [[nodiscard]] qint64 positionAt(qint64 row, int x) const override;
    [[nodiscard]] int xOf(qint64 position) const override;
    [[nodiscard]] qint64 nextPosition(qint64 position, int step) const override;
    void paintRow(QPainter& painter, qint64 row, const QRect& rect) override;
    void relayout() override;

private:
    /// The characters [from, to), of which only the groups that they lie in are encoded.
    [[nodiscard]] QString characters(qint64 from, qint64 to) const;

    jackfield::SharedBytes m_payload;
    qreal m_cell = 8;
    int m_perRow = 76; // characters; a multiple of four
};

} // namespace jackfield::ui
