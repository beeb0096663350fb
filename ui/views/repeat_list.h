#pragma once

#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <vector>

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace jackfield::ui {

class ElidedLabel;
class Repeats;

/// What is being repeated, each with its target, how far it is, when it is sent next, and a button that stops
/// it. Folded away while nothing runs.
class RepeatList : public QWidget {
    Q_OBJECT
public:
    explicit RepeatList(Repeats& repeats, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    struct Row {
        std::uint64_t id = 0;
        QWidget* widget = nullptr;
        ElidedLabel* what = nullptr;
        QLabel* progress = nullptr;
    };
    void rebuild();
    void refresh();

    Repeats& m_repeats;
    QLabel* m_title = nullptr;
    QPushButton* m_stopAll = nullptr;
    QScrollArea* m_scroll = nullptr;
    QVBoxLayout* m_layout = nullptr;
    std::vector<Row> m_rows;
    QTimer m_clock;
};

} // namespace jackfield::ui
