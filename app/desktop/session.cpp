#include "app/desktop/session.h"

#include "app/desktop/project_session.h"

#include "ui/bridge/engine_bridge.h"
#include "ui/text/display_text.h"
#include "ui/text/phrases.h"
#include "ui/views/composer.h"
#include "ui/views/main_window.h"
#include "ui/views/project_questions.h"
#include "ui/views/server_bars.h"
#include "ui/views/window_models.h"

#include "jackfield/escape.h"
#include "jackfield/event_text.h"

#include <QApplication>

#include <sys/signalfd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <unistd.h>
#include <utility>
#include <variant>

namespace jackfield::app {

namespace {

void print_problem(const std::string& sentence)
{
    std::fprintf(stderr, "jackfield: %s\n", escape_for_terminal(sentence, 2'000).c_str());
}

std::vector<ui::RememberedPage> pages_for_window(const std::vector<RememberedPage>& pages)
{
    std::vector<ui::RememberedPage> made;
    for (const RememberedPage& page : pages)
        made.push_back({{page.origin, page.path, page.user_agent}, ui::displayText(page.name),
            ui::pageColourOf(page.colour)});
    return made;
}

std::vector<RememberedPage> pages_for_file(const std::vector<ui::RememberedPage>& pages)
{
    std::vector<RememberedPage> made;
    for (const ui::RememberedPage& page : pages)
        made.push_back({page.page.origin, page.page.path, page.page.userAgent, page.name.toStdString(),
            std::string(ui::keyOf(page.colour))});
    return made;
}

} // namespace

Session::Session(ui::EngineBridge& bridge, EngineThread& thread, ui::MainWindow& window,
    ProjectSession& projects, ConfigStore* store, std::string ready_file, int signal_descriptor, QObject* parent)
    : QObject(parent)
    , bridge_(bridge)
    , thread_(thread)
    , window_(window)
    , projects_(projects)
    , store_(store)
    , signal_descriptor_(signal_descriptor)
{
    connect(&bridge, &ui::EnginePort::statusChanged, this, &Session::on_status);
    connect(&bridge, &ui::EnginePort::eventsTaken, this, &Session::on_events);
    connect(&window, &ui::MainWindow::closed, this, &Session::leave);
    connect(&projects, &ProjectSession::notices, this, &Session::show_notices);
    connect(&projects, &ProjectSession::problem, this, print_problem);
    if (!ready_file.empty())
        ready_file_ = std::make_unique<ReadyFile>(std::move(ready_file), [this](const std::string& problem) {
            hand_over_.post([this, problem] { show_notices({problem}); });
        });
    patience_.setSingleShot(true);
    connect(&patience_, &QTimer::timeout, qApp, [] { QApplication::exit(0); });
    if (signal_descriptor >= 0) {
        signal_notifier_ = std::make_unique<QSocketNotifier>(signal_descriptor, QSocketNotifier::Read);
        connect(signal_notifier_.get(), &QSocketNotifier::activated, this, &Session::on_signal);
    }
    window.setCloseGuard([this] { return projects_.may_close() && may_close(); });
    if (store_ != nullptr)
        start_store();
}

Session::~Session()
{
    window_.setCloseGuard({});
    ready_file_.reset(); // it knows this object
    if (store_ == nullptr)
        return;
    store_->close(); // its callbacks name this object
    if (store_->has_unsaved())
        print_problem(save_problem_.empty() ? "The last changes of the settings were not saved"
                                            : save_problem_ + ". The changes since then are lost");
}

void Session::start_store()
{
    ui::TemplateModel& templates = window_.models().templates;
    ui::Composer& composer = window_.composer();
    templates.setContent(store_->loaded().templates);
    composer.setHistory(store_->loaded().sent);
    ui::ConnectionStore& connections = window_.models().connections;
    connections.setRememberedPages(pages_for_window(store_->loaded().pages));
    connect(&connections, &ui::ConnectionStore::rememberedPagesChanged, this,
        [this, &connections] { store_->remember_pages(pages_for_file(connections.rememberedPages())); });
    connect(&templates, &ui::TemplateModel::edited, this,
        [this, &templates] {
            if (!projects_.has_state())
                store_->remember_templates(templates.content());
        });
    connect(&composer, &ui::Composer::historyChanged, this,
        [this, &composer] { store_->remember_sent(composer.history()); });
    ConfigStore::Callbacks callbacks;
    // They come on the store's thread; what they carry goes to the window's.
    callbacks.on_problem = [this](const std::string& problem) {
        QMetaObject::invokeMethod(
            this,
            [this, problem] {
                print_problem(problem);
                save_problem_ = problem;
                window_.bars().showSaveProblem(ui::wordsOf(problem));
                if (std::exchange(closes_when_saved_, false))
                    ask_about_settings();
            },
            Qt::QueuedConnection);
    };
    callbacks.on_saved = [this] {
        QMetaObject::invokeMethod(
            this,
            [this] {
                save_problem_.clear();
                window_.bars().clearSaveProblem();
                if (std::exchange(closes_when_saved_, false))
                    window_.close();
            },
            Qt::QueuedConnection);
    };
    callbacks.on_notices = [this](const std::vector<std::string>& notices) {
        QMetaObject::invokeMethod(
            this, [this, notices] { show_notices(notices); }, Qt::QueuedConnection);
    };
    callbacks.on_list_changed
        = [this](ListKind list, const AccessList& content, const std::vector<std::string>& notices) {
              QMetaObject::invokeMethod(
                  this,
                  [this, list, content, notices] {
                      if (projects_.has_state()) { // its own lists are in force
                          projects_.take_folder_list(list, content);
                          list_notices_.insert(list_notices_.end(), notices.begin(), notices.end());
                          return;
                      }
                      bridge_.submit(command::ReplaceList{list, content, true});
                      show_notices(notices);
                  },
                  Qt::QueuedConnection);
          };
    connect(&window_.bars(), &ui::ServerBars::retrySaveRequested, this, [this] { store_->retry(); });
    store_->start(std::move(callbacks));
}

bool Session::may_close()
{
    if (gives_up_settings_ || save_problem_.empty() || store_ == nullptr || !store_->has_unsaved())
        return true;
    ask_about_settings();
    return false;
}

void Session::ask_about_settings()
{
    if (std::exchange(is_asking_, true))
        return;
    ui::askAboutUnsavedSettings(ui::wordsOf(save_problem_), &window_, [this](ui::SettingsAnswer answer) {
        is_asking_ = false;
        if (answer == ui::SettingsAnswer::Close) {
            gives_up_settings_ = true;
            window_.close();
        } else if (answer == ui::SettingsAnswer::Retry) {
            closes_when_saved_ = true;
            store_->retry();
        } else {
            projects_.stay_open();
        }
    });
}

void Session::show_notices(const std::vector<std::string>& notices)
{
    QStringList texts;
    for (const std::string& notice : notices) {
        print_problem(notice);
        texts << ui::displayText(ui::wordsOf(notice), 400);
    }
    window_.bars().showNotices(texts);
}

void Session::on_status(const ServerStatus& status)
{
    if (store_ != nullptr && !leaving_ && !projects_.has_state())
        store_->remember(bridge_.status());
    if (leaving_)
        return;
    if (!list_notices_.empty() && !projects_.has_state())
        show_notices(std::exchange(list_notices_, {}));
    const auto lines = address_lines(status);
    if (lines == printed_)
        return;
    for (const std::string& line : lines) {
        if (std::find(printed_.begin(), printed_.end(), line) == printed_.end())
            std::printf("%s\n", line.c_str());
    }
    std::fflush(stdout);
    printed_ = lines;
    if (ready_file_ && !lines.empty())
        ready_file_->write(lines);
}

void Session::on_events(const EventBatch& batch)
{
    for (const Event& event : batch.events) {
        if (const auto* failed = std::get_if<event::ListenFailed>(&event.what);
            failed != nullptr && !failed->optional)
            print_problem(failed->error.message());
        else if (const auto* finished = std::get_if<event::Finished>(&event.what)) {
            if (finished->sent + finished->dropped != 0)
                print_problem(describe(event)); // the window is gone
            QApplication::exit(0);
        }
    }
}

void Session::on_signal()
{
    signalfd_siginfo info;
    while (::read(signal_descriptor_, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
        if (leaving_) { // asked twice: at once
            thread_.abandon();
            QApplication::exit(0);
            continue;
        }
        // Whoever presses Ctrl+C is there to be asked about unsaved changes, and does not wait for the answer
        // when pressing it again; who ends a session is not there.
        const bool is_waiting = projects_.is_about_to_close() || is_asking_ || closes_when_saved_
            || window_.isAskingAboutEdits();
        if (info.ssi_signo != SIGINT || is_waiting) {
            gives_up_settings_ = true; // the end says so
            window_.giveUpEdits();
            if (const auto lost = projects_.give_up_changes())
                print_problem(*lost);
        }
        window_.close();
    }
}

void Session::leave()
{
    if (leaving_)
        return;
    leaving_ = true;
    patience_.start(bridge_.status()->limits.closing_timeout + std::chrono::seconds(1));
    bridge_.submit(command::Quit{window_.dropsQueued()});
}

} // namespace jackfield::app
