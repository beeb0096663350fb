#include "ui/benchmark/benchmark_offer.h"

#include "ui/benchmark/benchmark_window.h"
#include "ui/views/main_window.h"

namespace jackfield::ui {

void offerBenchmark(MainWindow& window, EnginePort& port, const QString& settingsFile, const QString& runsFolder,
    const QString& configFolder)
{
    QObject::connect(&window, &MainWindow::benchmarkRequested, &window, [=, &window, &port] {
        auto* benchmark = window.findChild<BenchmarkWindow*>(QString(), Qt::FindDirectChildrenOnly);
        if (benchmark == nullptr || !benchmark->isVisible()) { // one that was closed is deleted later
            benchmark = new BenchmarkWindow(port, {settingsFile, runsFolder, {}, configFolder}, &window);
            benchmark->setWindowIcon(window.windowIcon());
        }
        benchmark->show();
        benchmark->raise();
        benchmark->activateWindow();
    });
    window.offerBenchmark();
}

} // namespace jackfield::ui
