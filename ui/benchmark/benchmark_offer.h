#pragma once

#include <QString>

namespace jackfield::ui {

class EnginePort;
class MainWindow;

/// Has `window` lead to a benchmark window over `port`, one at a time, which is its child. Empty: see
/// BenchmarkWindow::Places.
void offerBenchmark(MainWindow& window, EnginePort& port, const QString& settingsFile, const QString& runsFolder,
    const QString& configFolder);

} // namespace jackfield::ui
