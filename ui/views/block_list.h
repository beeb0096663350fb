#pragma once

#include "jackfield/lanes.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace jackfield::ui {

class BlockListModel;
class EnginePort;
class InlineNotice;

/// *Blocked for now*: who is refused whatever the lists say, the time left, and *Unblock* (Del), which can be
/// taken back.
class BlockList : public QWidget {
    Q_OBJECT
public:
    explicit BlockList(EnginePort& port, QWidget* parent = nullptr);

    void setStatus(const ServerStatus& status);
    void setNow(TimePoint now);
    [[nodiscard]] bool hasExpiring() const;

private:
    void unblock();
    void blockAgain(const std::vector<AccessBlock>& blocks);
    void refresh();

    EnginePort& m_port;
    BlockListModel* m_model = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_empty = nullptr;
    QPushButton* m_unblock = nullptr;
    InlineNotice* m_notice = nullptr;
};

} // namespace jackfield::ui
