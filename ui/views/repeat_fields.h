#pragma once

#include "ui/models/repeats.h"

#include <QWidget>

class QPushButton;
class QSpinBox;

namespace jackfield::ui {

/// One row that says how often to repeat, and starts it.
class RepeatFields : public QWidget {
    Q_OBJECT
public:
    explicit RepeatFields(QWidget* parent = nullptr);

    [[nodiscard]] RepeatPlan plan() const;
    void setStartEnabled(bool enabled);

Q_SIGNALS:
    void startRequested();
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QSpinBox* m_interval = nullptr;
    QSpinBox* m_jitter = nullptr;
    QSpinBox* m_times = nullptr;
    QPushButton* m_start = nullptr;
};

} // namespace jackfield::ui
