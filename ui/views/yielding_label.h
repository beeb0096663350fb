#pragma once

#include <QLabel>

namespace jackfield::ui {

/// A line of plain text that gives way with an ellipsis where there is no room for it, and is found whole as
/// its `text`.
class YieldingLabel : public QLabel {
    Q_OBJECT
public:
    explicit YieldingLabel(QWidget* parent = nullptr);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace jackfield::ui
