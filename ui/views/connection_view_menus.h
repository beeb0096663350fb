#pragma once

#include "jackfield/connection.h"

#include <QString>

#include <functional>

class QMenu;
class QObject;

namespace jackfield::ui {

class ConnectionModel;
class ConnectionView;

/// *Filter like this*: one entry for each thing that `info` shares with others. `use` gets the text for the filter
/// field, which lets at least this connection through; it is called while `context` lives.
void fillLikeThisMenu(
    QMenu& menu, const ConnectionInfo& info, QObject* context, std::function<void(const QString&)> use);
/// *Copy*: of what is selected in `view` by then, one connection a line.
void fillConnectionCopyMenu(QMenu& menu, ConnectionView& view, const ConnectionModel& model);

} // namespace jackfield::ui
