#pragma once

#include "app/shared/project_store.h"
#include "app/shared/project_trust.h"
#include "app/shared/token_check.h"
#include "ui/bridge/engine_port.h"
#include "ui/bridge/hand_over.h"

#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace jackfield::ui {
class MainWindow;
} // namespace jackfield::ui

namespace jackfield::app {

/// The project that a window has open, as a document: opening applies it to the server, edits are unsaved
/// until they are saved, and what would lose them, or let in more than before, is asked about first. Without
/// one, what the server does belongs to the configuration folder. In the window's thread; all file work is
/// the store's.
class ProjectSession : public QObject {
    Q_OBJECT
public:
    struct Options {
        std::string config_folder; ///< may be empty
        /// What is in force without a project; its listeners are those of the start.
        Project folder;
        bool listens_as_told = false; ///< projects do not say where to listen
        /// After that a person hears that a file is still being read, or still being saved.
        std::chrono::milliseconds patience = std::chrono::seconds(2);
        ProjectDisk::Writer writer; ///< of a test
        ProjectDisk::Reader reader; ///< of a test
    };
    /// `port` and `window` must outlive it.
    ProjectSession(ui::EnginePort& port, ui::MainWindow& window, Options options, QObject* parent = nullptr);
    ~ProjectSession() override;

    /// Opens the project that the program was started with, while nothing listens yet. Where it cannot be
    /// opened or is not wanted the configuration folder's listeners are opened. `is_trusted`: its widening
    /// lines are accepted.
    void open_at_start(const std::string& path, bool is_trusted);
    /// Opens a project in place of what is open, asking about unsaved changes.
    void open(const std::string& path);
    /// Whether what the server does and the templates belong to a project, or are just being changed from one
    /// to the other: the configuration folder must not take them for its own then.
    [[nodiscard]] bool has_state() const { return !path_.empty() || applying_.has_value(); }
    [[nodiscard]] bool is_modified() const { return is_modified_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    /// Another program changed a list of the configuration folder: in force when the project is closed.
    void take_folder_list(ListKind kind, const AccessList& list);
    /// Whether the window may close now. If not, it has asked, and closes the window when the answer is in.
    [[nodiscard]] bool may_close();
    /// While `may_close` waits for an answer or for a save.
    [[nodiscard]] bool is_about_to_close() const { return is_about_to_close_; }
    /// The window stays after all: what `may_close` has been told counts no more.
    void stay_open() { may_close_ = false; }
    /// From now on nothing is asked; a sentence when changes are lost by that.
    [[nodiscard]] std::optional<std::string> give_up_changes();

Q_SIGNALS:
    /// Sentences for a person, to be shown.
    void notices(const std::vector<std::string>& sentences);
    /// What the window shows already, for standard error.
    void problem(const std::string& sentence);

private:
    /// What is to be done once unsaved changes are out of the way.
    using Next = std::function<void()>;
    /// Commands that are on their way.
    struct Applying {
        std::uint64_t round = 0;
        std::size_t unfinished = 0;
        std::uint64_t revision = 0; ///< of the access rules once all are done, at least
        bool is_closing = false; ///< back to the configuration folder
        std::vector<std::string> refused; ///< what the server did not take, a sentence each
    };
    struct Saving {
        std::string path;
        Project project;
        bool overwrite = false;
    };
    /// A save that was asked for while another one was under way.
    struct SaveAgain {
        std::string path; ///< empty: of the open project
        bool overwrite = false;
    };
    /// A file that was read and cannot be looked at yet.
    struct Held {
        std::string path;
        Result<ReadProject> read;
    };

    void connect_window();
    [[nodiscard]] ProjectStore::Callbacks callbacks();
    void on_read(const std::string& path, Result<ReadProject> read);
    void on_saved(const std::string& path);
    void on_not_saved(const std::string& path, const std::string& problem);
    void on_changed_meanwhile(const std::string& path);
    void on_changed(ProjectChange change);
    void on_status(const ServerStatus& status);

    // project_session_applying.cpp
    [[nodiscard]] const std::vector<ListenSpec>& listeners_in_force() const;
    void take_listeners(const std::vector<ListenSpec>& specs);
    void drop_listener(const ListenSpec& spec);
    void tell_of_lost_listeners(const std::vector<ListenSpec>& before, const std::vector<ListenSpec>& wanted);
    void apply_to_server(const Project& project, bool with_listeners, bool is_closing,
        const std::vector<ListenSpec>& listeners_before);
    void settle(const ServerStatus& status);

    /// Changes that nobody has agreed to lose.
    [[nodiscard]] bool has_unsaved() const;
    void after_unsaved(Next next);
    void go_on();
    void go_on_later();
    void read(const std::string& path);
    void consider(ReadProject read);
    void not_opened(const std::string& why);
    void do_not_wait();
    void close_anyway();
    void apply(ReadProject read, bool by_others = false);
    void close_project();
    void back_to_folder();
    void take_change(ReadProject read);
    void keep_mine();
    void keep_mine_over(const ReadProject& theirs);
    void take_theirs();
    void question_over();
    /// What was to be done after saving is not done.
    void stay();
    void consider_theirs();

    void save();
    void save_to(const std::string& path, bool overwrite);
    void ask_before_saving(Saving saving);
    void begin_saving(Saving saving);

    [[nodiscard]] Project current() const;
    void refresh_modified();
    void show_project();
    [[nodiscard]] std::vector<Widening> widenings_of(const Project& project) const;
    void ask_to_trust(const std::string& path, const std::vector<Widening>& lines, bool has_changed,
        const std::function<void(bool)>& answer);

    ui::EnginePort& port_;
    ui::MainWindow& window_;
    Project folder_;
    bool listens_as_told_;
    std::string config_folder_;

    std::string path_; // of the open project; empty: none
    std::vector<ListenSpec> listeners_; // of the open project
    Project saved_; // what counts as unmodified
    bool is_modified_ = false;
    bool is_from_newer_ = false;
    bool is_gone_ = false; // its file was removed
    std::vector<TokenFinding> accepted_tokens_;
    bool is_newer_accepted_ = false;
    std::vector<std::string> losses_; // by saving, that nobody has agreed to yet
    std::optional<Project> discarded_; // what may be lost by what is being done

    QTimer slow_reading_;
    QTimer slow_saving_; // while the window waits for it to close
    std::string wanted_; // to be opened when the question or the save is over; empty: none
    std::string reading_; // the path that is waited for
    bool is_start_ = false; // nothing listens yet
    bool has_status_ = false;
    std::optional<Held> held_; // also before the server's first status
    std::string trusted_path_; // at the start; empty: none
    std::optional<Applying> applying_;
    std::uint64_t round_ = 0;
    std::optional<Saving> saving_;
    std::optional<SaveAgain> save_again_;
    std::optional<Saving> failed_; // what Retry is for
    Next next_; // after the save that is under way
    std::optional<ReadProject> theirs_; // the file as another program has left it
    bool is_asking_ = false;
    bool may_close_ = false;
    bool is_about_to_close_ = false;
    ui::HandOver hand_over_; // from the store's thread
    std::unique_ptr<ProjectStore> store_; // the last member: its callbacks name the others
};

} // namespace jackfield::app
