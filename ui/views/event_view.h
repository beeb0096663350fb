#pragma once

#include <QWidget>

#include <memory>

namespace jackfield::ui {

class EventLogModel;

/// The bounded log of what happened, one sentence a row, with a filter.
class EventView : public QWidget {
    Q_OBJECT
public:
    explicit EventView(EventLogModel& model, QWidget* parent = nullptr);
    ~EventView() override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace jackfield::ui
