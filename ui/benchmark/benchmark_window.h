#pragma once

#include "ui/benchmark/progress_reader.h"
#include "ui/views/tab_focus.h"
#include "ui/views/window_settings.h"

#include <QMainWindow>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

class QPushButton;
class QProgressBar;
class QSplitter;
class QTemporaryDir;

namespace jackfield::ui {

class BenchmarkForm;
class BenchmarkPlots;
class BenchmarkProcess;
class ElidedLabel;
class EnginePort;
class InlineNotice;
class RunsPanel;
class RunStore;

/// Loads this server or another one with jackfield-bench, shows how it goes, and keeps what came of it. Closing it
/// ends the run; it deletes itself then.
class BenchmarkWindow : public QMainWindow {
    Q_OBJECT
public:
    struct Places {
        QString settingsFile; ///< where the form is remembered; empty for nowhere
        QString runsFolder; ///< where the runs are; empty: they end with the window
        std::function<QString()> program; ///< finds jackfield-bench; null: beside this program, then in PATH
        QString configFolder = {}; ///< where this server's settings are; empty: in the user's own folder
    };

    /// `port` must outlive it.
    BenchmarkWindow(EnginePort& port, Places places, QWidget* parent = nullptr);
    ~BenchmarkWindow() override;

    [[nodiscard]] BenchmarkForm& form() const { return *m_form; }
    [[nodiscard]] RunStore& runs() const { return *m_store; }
    [[nodiscard]] BenchmarkProcess& process() const { return *m_process; }

Q_SIGNALS:
    /// A run has ended, and what came of it is on screen.
    void runEnded();

protected:
    void closeEvent(QCloseEvent* event) override;
    bool focusNextPrevChild(bool next) override { return focusNextControl(*this, next); }

private:
    void makeViews();
    void makeMenus();
    [[nodiscard]] QString findProgram();
    void start();
    void onSample(const BenchmarkSample& sample);
    void onStep(const BenchmarkStep& step);
    void onFinished(int exitStatus, const QString& words);
    void showSelected();

    const Places m_places;
    WindowSettings m_settings;
    std::unique_ptr<QTemporaryDir> m_temporary; // where the runs are when nothing is to be kept
    std::unique_ptr<RunStore> m_store;
    BenchmarkProcess* m_process = nullptr;
    QString m_running; // the run's id; empty: none runs
    int m_expectedSeconds = 0;
    std::vector<BenchmarkSample> m_samples;

    ElidedLabel* m_heading = nullptr;
    QProgressBar* m_bar = nullptr;
    InlineNotice* m_notice = nullptr;
    BenchmarkForm* m_form = nullptr;
    BenchmarkPlots* m_plots = nullptr;
    RunsPanel* m_runs = nullptr;
    QSplitter* m_columns = nullptr;
    QSplitter* m_rows = nullptr;
};

} // namespace jackfield::ui
