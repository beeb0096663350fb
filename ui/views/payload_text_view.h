#pragma once

#include "ui/text/detail_text.h"
#include "ui/views/payload_view.h"

#include <vector>

namespace jackfield::ui {

/// A payload as neutralised text, broken at the width of the view. Positions count units of the displayed
/// text; what is copied are the payload's own characters.
class PayloadTextView : public PayloadView {
    Q_OBJECT
public:
    explicit PayloadTextView(QWidget* parent = nullptr);

    /// For what is shown next.
    void setCrLf(DetailText::CrLf crLf) { m_crLf = crLf; }
    void setPayload(const jackfield::SharedBytes& payload);
    [[nodiscard]] const DetailText& shown() const { return m_shown; }
    /// Of a payload that is shown up to a bound: all of it when all that is shown is selected.
    [[nodiscard]] QByteArray selectedBytes() const override;
    [[nodiscard]] qint64 rowCount() const override { return static_cast<qint64>(m_rows.size()); }
    /// The displayed text of one row.
    [[nodiscard]] QString rowText(qint64 row) const;
    void copySelection() override;

protected:
    [[nodiscard]] qint64 endPosition() const override { return m_shown.text().size(); }
    [[nodiscard]] qint64 rowOf(qint64 position) const override;
    [[nodiscard]] qint64 rowStart(qint64 row) const override;
    [[nodiscard]] qint64 positionAt(qint64 row, int x) const override;
    [[nodiscard]] int xOf(qint64 position) const override;
    [[nodiscard]] qint64 nextPosition(qint64 position, int step) const override;
    void paintRow(QPainter& painter, qint64 row, const QRect& rect) override;
    void relayout() override;

private:
    [[nodiscard]] bool wasInserted(qsizetype position) const;
    [[nodiscard]] bool endsLine(qsizetype position) const;

    jackfield::SharedBytes m_payload;
    DetailText m_shown;
    std::vector<qint32> m_rows; // where each row starts
    int m_columns = 0;
    DetailText::CrLf m_crLf = DetailText::CrLf::visible;
};

} // namespace jackfield::ui
