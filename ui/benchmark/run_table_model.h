#pragma once

#include <QAbstractTableModel>

namespace jackfield::ui {

class RunStore;

enum class RunColumn : int { Date, Mode, Throughput, Median, Tail, Outcome, Target, Count_ };

/// The runs of a RunStore as a table, newest first.
class RunTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        FailedRole = Qt::UserRole + 1, ///< bool
    };

    /// `store` must outlive it.
    explicit RunTableModel(const RunStore& store, QObject* parent = nullptr);

    [[nodiscard]] QString idAt(int row) const; ///< empty for a row that is not there

    // QAbstractItemModel: DisplayRole, ToolTipRole, FailedRole
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    const RunStore& m_store;
};

/// "2026-11-23 10:20": when a run began, by this machine's clock.
[[nodiscard]] QString formatRunDate(const QDateTime& startedAt);

} // namespace jackfield::ui
