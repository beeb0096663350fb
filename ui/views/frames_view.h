#pragma once

#include <QWidget>

class QLabel;
class QTableView;

namespace jackfield::ui {

class FrameModel;
struct MessageRecord;

/// The frames behind one message: a line that sums them up, and a table of their headers. Ctrl+C copies the
/// selected rows, a line each.
class FramesView : public QWidget {
    Q_OBJECT
public:
    explicit FramesView(QWidget* parent = nullptr);

    void setMessage(const MessageRecord& record);
    void clear();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitColumns();
    void copyRows();

    FrameModel* m_model = nullptr;
    QLabel* m_summary = nullptr;
    QTableView* m_table = nullptr;
};

} // namespace jackfield::ui
