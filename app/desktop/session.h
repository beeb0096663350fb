#pragma once

#include "app/desktop/ready_file.h"
#include "app/shared/start_up.h"
#include "ui/bridge/hand_over.h"

#include "jackfield/engine_thread.h"
#include "jackfield/lanes.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <memory>
#include <string>
#include <vector>

namespace jackfield::ui {
class EngineBridge;
class MainWindow;
} // namespace jackfield::ui

namespace jackfield::app {

class ProjectSession;

/// One run of the desktop program, from the first address line to the last closed socket: prints where it
/// listens, saves what changes, takes over lists that other programs change, and leaves politely: every
/// client gets its 1001, within the closing time-out.
class Session : public QObject {
    Q_OBJECT
public:
    /// `signal_descriptor`: a signalfd for SIGINT, SIGTERM and SIGHUP, which every thread has blocked; -1 for none.
    /// All others must outlive it.
    Session(ui::EngineBridge& bridge, EngineThread& thread, ui::MainWindow& window, ProjectSession& projects,
        ConfigStore* store, std::string ready_file, int signal_descriptor, QObject* parent = nullptr);
    ~Session() override;

    /// Sentences of the start, for the window and for standard error.
    void show_notices(const std::vector<std::string>& notices);

private:
    void on_status(const ServerStatus& status);
    void on_events(const EventBatch& batch);
    void on_signal();
    void leave();
    void start_store();
    /// Whether the settings do not hold up the closing; asks where they could not be saved.
    [[nodiscard]] bool may_close();
    void ask_about_settings();

    ui::EngineBridge& bridge_;
    EngineThread& thread_;
    ui::MainWindow& window_;
    ProjectSession& projects_;
    ConfigStore* store_;
    std::unique_ptr<ReadyFile> ready_file_; // null: none is asked for
    ui::HandOver hand_over_; // from its thread
    int signal_descriptor_;
    std::unique_ptr<QSocketNotifier> signal_notifier_;
    std::vector<std::string> printed_; // the address lines in force
    QTimer patience_; // how long the leaving may take
    bool leaving_ = false;
    std::vector<std::string> list_notices_; // about lists that are in force when the project is closed
    std::string save_problem_; // why the settings could not be saved; empty: they could
    bool is_asking_ = false; // about that
    bool closes_when_saved_ = false;
    bool gives_up_settings_ = false;
};

} // namespace jackfield::app
