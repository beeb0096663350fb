#pragma once

#include "ui/benchmark/benchmark_text.h"

#include <QAbstractTableModel>

#include <vector>

namespace jackfield::ui {

struct BenchmarkRun;

/// The figures of one run, or of two side by side with what the second differs by.
class FigureModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    void show(const BenchmarkReport& run);
    void compare(const BenchmarkReport& before, const BenchmarkReport& after);

    // QAbstractItemModel: DisplayRole, ToolTipRole
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override; ///< 2 or 4
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        QString cells[4];
    };
    std::vector<Row> m_rows;
    QString m_titles[2];
    bool m_compares = false;
};

} // namespace jackfield::ui
