#pragma once

#include "jackfield/connection.h"

#include <QString>

#include <functional>

class QMenu;
class QObject;

namespace jackfield::ui {

class EnginePort;

/// Tells a person what was done to the lists, with what takes it back (empty where nothing does).
using AccessTold = std::function<void(const QString& sentence, std::function<void()> undo)>;

/// Adds to `menu` what the allow-lists can do about the origin and the host of one connection: takes away the
/// entry that lets them in, or adds one where none does: for 15 minutes for pages without an origin, and
/// asking first where that or an entry beyond this machine is added. It concerns new connections; what is
/// open stays open. Questions belong to the window of `owner`, where that is a widget. `told` is called with
/// each outcome as long as `owner` lives. GUI thread only.
void fillAccessMenu(
    QMenu& menu, EnginePort& port, const ConnectionInfo& info, QObject* owner, AccessTold told);

} // namespace jackfield::ui
