#pragma once

#include <QHeaderView>

namespace jackfield::ui {

/// The header of a table's columns. A title that does not fit its column ends in an ellipsis; without it, a
/// style sheet's header cuts the beginning off those that stand right.
class TableHeader : public QHeaderView {
    Q_OBJECT
public:
    explicit TableHeader(QWidget* parent = nullptr);

protected:
    void initStyleOptionForIndex(QStyleOptionHeader* option, int section) const override;
};

} // namespace jackfield::ui
