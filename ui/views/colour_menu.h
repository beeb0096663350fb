#pragma once

#include "jackfield/connection.h"

#include <vector>

class QMenu;

namespace jackfield::ui {

class ConnectionStore;

/// Fills `menu` with the colours for the pages behind `ids`, the present one of the first checked. Disables it
/// when there are none. `store` must outlive the menu's actions.
void fillColourMenu(QMenu& menu, ConnectionStore& store, const std::vector<ConnectionId>& ids);

} // namespace jackfield::ui
