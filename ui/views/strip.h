#pragma once

#include <QWidget>

namespace jackfield::ui {

/// A strip in the window's colour with hairlines at its edges, for what stands above or below a table.
class Strip : public QWidget {
    Q_OBJECT
public:
    explicit Strip(Qt::Edges hairlines, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Qt::Edges m_hairlines;
};

} // namespace jackfield::ui
