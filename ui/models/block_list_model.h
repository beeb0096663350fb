#pragma once

#include "jackfield/access_rules.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace jackfield::ui {

enum class BlockColumn : int { What, Whom, Left, Count_ };

/// Who is refused for now, and for how long still.
class BlockListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit BlockListModel(QObject* parent = nullptr);

    void setBlocks(const std::vector<AccessBlock>& blocks);
    void setNow(TimePoint now); ///< for the time left
    [[nodiscard]] std::optional<AccessBlock> blockAt(int row) const;
    [[nodiscard]] bool hasExpiring() const;

    // QAbstractItemModel: DisplayRole, ToolTipRole, TextAlignmentRole
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<AccessBlock> m_blocks;
    TimePoint m_now{};
};

} // namespace jackfield::ui
