#pragma once

#include <Qt>

namespace jackfield::ui {

/// Of QAbstractItemModel::headerData: a title for a column that is too narrow for the whole one. A QString; none where
/// a model has no shorter one.
inline constexpr int shortTitleRole = Qt::UserRole + 100;

} // namespace jackfield::ui
