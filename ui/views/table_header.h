#pragma once

#include <QHeaderView>

class QTableView;

namespace jackfield::ui {

/// The header of a table's columns. A title that does not fit its column gives way to the model's shorter one
/// (`shortTitleRole`), and ends in an ellipsis where that does not fit either; without it, a style sheet's header cuts
/// the beginning off those that stand right.
class TableHeader : public QHeaderView {
    Q_OBJECT
public:
    explicit TableHeader(QWidget* parent = nullptr);

protected:
    void initStyleOptionForIndex(QStyleOptionHeader* option, int section) const override;
};

/// Two columns share what the others leave: `first` is as wide as its title and texts, `second` takes the rest;
/// where that is too little, `first` gives way down to the half of it, and to `second`'s title. Follows what the table
/// shows.
void shareRoom(QTableView& table, int first, int second);

} // namespace jackfield::ui
