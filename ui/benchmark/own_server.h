#pragma once

#include "ui/benchmark/benchmark_plan.h"

#include "jackfield/lanes.h"

#include <QString>
#include <QStringList>

namespace jackfield::ui {

/// A URL for each place where this server listens, at the endpoint that fits `mode`: one that sends messages back,
/// or for a fan-out a chat. Without one that fits, the path is "/".
[[nodiscard]] QStringList ownTargets(const ServerStatus& status, BenchmarkMode mode);
/// Whether `url` leads to a listener of this server, whatever its path.
[[nodiscard]] bool isOwnTarget(const ServerStatus& status, const QString& url);

} // namespace jackfield::ui
