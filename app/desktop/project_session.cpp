#include "app/desktop/project_session.h"

#include "app/desktop/native_path.h"
#include "app/shared/project_commands.h"
#include "ui/text/display_text.h"
#include "ui/text/phrases.h"
#include "ui/views/main_window.h"
#include "ui/views/project_actions.h"
#include "ui/views/project_bars.h"
#include "ui/views/project_questions.h"
#include "ui/views/recent_projects.h"
#include "ui/views/window_models.h"

#include "jackfield/escape.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace jackfield::app {

ProjectSession::ProjectSession(ui::EnginePort& port, ui::MainWindow& window, Options options, QObject* parent)
    : QObject(parent)
    , port_(port)
    , window_(window)
    , folder_(std::move(options.folder))
    , listens_as_told_(options.listens_as_told)
    , config_folder_(std::move(options.config_folder))
{
    store_ = std::make_unique<ProjectStore>(
        ProjectDisk({"echo", "reverse", "chat", "silent", "close"}, config_folder_, std::move(options.writer),
            std::move(options.reader)),
        callbacks());
    for (QTimer* timer : {&slow_reading_, &slow_saving_}) {
        timer->setSingleShot(true);
        timer->setInterval(options.patience);
    }
    connect(&slow_reading_, &QTimer::timeout, this,
        [this] { window_.projectBars().showStillReading(file_name_of(reading_)); });
    connect(&slow_saving_, &QTimer::timeout, this, [this] {
        if (saving_ && is_about_to_close_)
            window_.projectBars().showStillSaving(file_name_of(saving_->path));
    });
    connect_window();
}

ProjectSession::~ProjectSession()
{
    window_.setCloseGuard({});
    store_->close();
}

ProjectStore::Callbacks ProjectSession::callbacks()
{
    ProjectStore::Callbacks callbacks;
    callbacks.on_read = [this](const std::string& path, Result<ReadProject> read) {
        hand_over_.post([this, path, read = std::move(read)]() mutable { on_read(path, std::move(read)); });
    };
    callbacks.on_saved
        = [this](const std::string& path) { hand_over_.post([this, path] { on_saved(path); }); };
    callbacks.on_changed_meanwhile
        = [this](const std::string& path) { hand_over_.post([this, path] { on_changed_meanwhile(path); }); };
    callbacks.on_save_failed = [this](const std::string& path, const std::string& problem) {
        hand_over_.post([this, path, problem] { on_not_saved(path, problem); });
    };
    callbacks.on_changed = [this](ProjectChange change) {
        hand_over_.post([this, change = std::move(change)]() mutable { on_changed(std::move(change)); });
    };
    callbacks.on_looked = [this](const std::vector<std::string>& paths, const std::vector<bool>& found) {
        hand_over_.post([this, paths, found] {
            QStringList shown;
            for (const std::string& path : paths)
                shown << to_qt(path);
            window_.projectActions().recent().setFound(shown, found);
        });
    };
    return callbacks;
}

void ProjectSession::connect_window()
{
    ui::ProjectActions& actions = window_.projectActions();
    connect(&window_, &ui::MainWindow::listenersApplied, this, &ProjectSession::take_listeners);
    connect(&window_, &ui::MainWindow::listenerStopped, this, &ProjectSession::drop_listener);
    connect(&actions, &ui::ProjectActions::openRequested, this,
        [this](const QString& path) { open(from_qt(path)); });
    connect(&actions, &ui::ProjectActions::saveRequested, this, &ProjectSession::save);
    connect(&actions, &ui::ProjectActions::saveAsRequested, this,
        [this](const QString& path) { save_to(from_qt(path), false); });
    connect(&actions, &ui::ProjectActions::closeRequested, this, &ProjectSession::close_project);
    connect(&actions.recent(), &ui::RecentProjects::shown, this, [this](const QStringList& paths) {
        std::vector<std::string> wanted;
        for (const QString& path : paths)
            wanted.push_back(from_qt(path));
        store_->look_for(std::move(wanted));
    });
    ui::ProjectBars& bars = window_.projectBars();
    connect(&bars, &ui::ProjectBars::closeProjectRequested, this, &ProjectSession::close_project);
    connect(&bars, &ui::ProjectBars::saveRequested, this, &ProjectSession::save);
    connect(&bars, &ui::ProjectBars::retryRequested, this, [this] {
        if (failed_)
            save_to(failed_->path, failed_->overwrite);
        else
            save();
    });
    connect(&bars, &ui::ProjectBars::keepMineRequested, this, &ProjectSession::keep_mine);
    connect(&bars, &ui::ProjectBars::takeTheirsRequested, this, &ProjectSession::take_theirs);
    connect(&bars, &ui::ProjectBars::doNotWaitRequested, this, &ProjectSession::do_not_wait);
    connect(&bars, &ui::ProjectBars::closeAnywayRequested, this, &ProjectSession::close_anyway);
    connect(&port_, &ui::EnginePort::statusChanged, this, &ProjectSession::on_status);
    connect(&window_.models().templates, &ui::TemplateModel::edited, this, &ProjectSession::refresh_modified);
    window_.setCloseGuard([this] { return may_close(); });
}

// Opening ---------------------------------------------------------------------------------------------------

void ProjectSession::open_at_start(const std::string& path, bool is_trusted)
{
    is_start_ = true;
    trusted_path_ = is_trusted ? path : std::string();
    read(path);
}

void ProjectSession::open(const std::string& path)
{
    if (is_asking_ || saving_) {
        wanted_ = path;
        const QString name = ui::displayText(file_name_of(path), 60);
        window_.showOutcome(is_asking_ ? tr("%1 will be opened when the question is answered").arg(name)
                                       : tr("%1 will be opened when the project is saved").arg(name));
        return;
    }
    wanted_.clear();
    discarded_.reset();
    after_unsaved([this, path] { read(path); });
}

bool ProjectSession::has_unsaved() const
{
    return !path_.empty() && is_modified_ && !(discarded_ && same_content(current(), *discarded_));
}

void ProjectSession::after_unsaved(Next next)
{
    if (!has_unsaved()) {
        next();
        return;
    }
    if (is_asking_)
        return;
    is_asking_ = true;
    ui::askAboutUnsaved(
        file_name_of(path_), &window_, [this, next = std::move(next)](ui::UnsavedAnswer answer) {
            question_over();
            if (answer == ui::UnsavedAnswer::Discard) {
                discarded_ = current();
                next();
            } else if (answer == ui::UnsavedAnswer::Save) {
                next_ = next;
                save();
            } else {
                is_about_to_close_ = false;
            }
        });
}

void ProjectSession::read(const std::string& path)
{
    reading_ = path;
    held_.reset();
    slow_reading_.start();
    window_.projectBars().clearStillReading();
    store_->read(path);
}

// What it holds is looked at no more when it comes.
void ProjectSession::do_not_wait()
{
    if (reading_.empty())
        return;
    const std::string path = std::exchange(reading_, {});
    window_.projectBars().clearStillReading();
    not_opened(escape_for_terminal(path) + " was not waited for");
}

void ProjectSession::on_read(const std::string& path, Result<ReadProject> read)
{
    if (path != reading_)
        return; // another one was wanted since, or none any more
    slow_reading_.stop();
    window_.projectBars().clearStillReading();
    if ((is_start_ && !has_status_) || saving_ || is_asking_ || applying_) {
        held_ = Held{path, std::move(read)};
        return;
    }
    reading_.clear();
    if (!read) {
        not_opened(read.error().message());
        return;
    }
    // There may be changes since it was asked for.
    auto shared = std::make_shared<ReadProject>(std::move(*read));
    after_unsaved([this, shared] { consider(std::move(*shared)); });
}

// What had to wait for a save, an answer or the server.
void ProjectSession::go_on()
{
    if (save_again_ && !saving_ && !is_asking_) {
        const SaveAgain again = std::move(*std::exchange(save_again_, std::nullopt));
        const std::string& path = again.path.empty() ? path_ : again.path;
        if (!path.empty())
            save_to(path, again.overwrite);
    }
    if (held_) {
        Held held = std::move(*std::exchange(held_, std::nullopt));
        on_read(held.path, std::move(held.read));
    }
    if (!wanted_.empty() && !is_asking_ && !saving_ && !may_close_)
        open(std::string(wanted_));
    consider_theirs();
}

std::vector<Widening> ProjectSession::widenings_of(const Project& project) const
{
    InForce now;
    if (is_start_)
        now.access.origin_required = folder_.settings.origin_required;
    else
        now = in_force(*port_.status());
    auto found = widenings(project, now);
    if (listens_as_told_)
        std::erase_if(found, [](const Widening& each) { return each.what == Widening::What::listener; });
    return found;
}

void ProjectSession::ask_to_trust(const std::string& path, const std::vector<Widening>& lines,
    bool has_changed, const std::function<void(bool)>& answer)
{
    QStringList shown;
    for (const Widening& line : lines) {
        const QString text = ui::displayText(line.text, 1'000);
        switch (line.what) {
        case Widening::What::listener:
            shown << tr("Listens on %1, which other machines can reach").arg(text);
            break;
        case Widening::What::any_origin:
            shown << tr("Endpoint %1 for any web page").arg(text);
            break;
        case Widening::What::transport:
            shown << tr("Endpoint %1 by %2, which carries no Origin: any web page can use it in your name")
                         .arg(text, ui::ourText(name_of(line.which)));
            break;
        case Widening::What::host:
            shown << (line.wide_open ? tr("Host %1 (almost any name)") : tr("Host %1")).arg(text);
            break;
        case Widening::What::origin:
            shown << (line.wide_open ? tr("Origin %1 (almost any web page)") : tr("Origin %1")).arg(text);
            break;
        case Widening::What::origin_optional:
            shown << tr("Clients without an Origin, which are refused now");
            break;
        }
    }
    ui::LinesQuestion::Words words;
    words.title = tr("Open project");
    words.question = has_changed
        ? tr("%1 was changed by another program and lets in more than before:").arg(file_name_of(path))
        : tr("%1 lets in more than what is allowed now:").arg(file_name_of(path));
    words.consequence = has_changed
        ? tr("Without it, what is in force stays in force.")
        : tr("Nothing of the project is in force yet. Open it only if you trust who wrote it.");
    words.accept = has_changed ? tr("Take it over") : tr("Open it");
    words.name = QStringLiteral("trust_question");
    is_asking_ = true;
    ui::LinesQuestion::ask(words, shown, &window_, [this, answer](bool yes) {
        question_over();
        answer(yes);
    });
}

void ProjectSession::consider(ReadProject read)
{
    const auto lines = widenings_of(read.project);
    if (lines.empty() || (is_start_ && read.path == trusted_path_)) {
        apply(std::move(read));
        return;
    }
    auto shared = std::make_shared<ReadProject>(std::move(read));
    ask_to_trust(shared->path, lines, false, [this, shared](bool yes) {
        if (yes)
            after_unsaved([this, shared] { apply(std::move(*shared)); });
        else
            not_opened({});
    });
}

void ProjectSession::not_opened(const std::string& why)
{
    discarded_.reset();
    if (why.empty()) {
        window_.showOutcome(tr("The project was not opened"));
    } else {
        window_.projectBars().showNotOpened(ui::wordsOf(why));
        Q_EMIT problem(why);
    }
    if (!std::exchange(is_start_, false))
        return;
    port_.submit(command::Listen{folder_.settings.listeners});
}

void ProjectSession::apply(ReadProject read, bool by_others)
{
    const bool is_reload = read.path == path_;
    const std::vector<ListenSpec> listeners_before = listeners_in_force();
    if (path_.empty())
        folder_.templates = window_.models().templates.content();
    const bool with_listeners = !is_reload || read.project.settings.listeners != listeners_;
    if (!is_reload) {
        accepted_tokens_.clear();
        is_newer_accepted_ = false;
    }
    path_ = read.path;
    is_from_newer_ = read.is_from_newer;
    losses_ = std::move(read.losses);
    discarded_.reset();
    is_gone_ = false;
    saved_ = trusted(std::move(read.project));
    listeners_ = saved_.settings.listeners;
    theirs_.reset();
    store_->adopt(path_, std::move(read.text));
    failed_.reset();
    window_.models().templates.setContent(saved_.templates);
    saved_.templates = window_.models().templates.content();
    window_.projectBars().clearFile();
    window_.projectBars().clearNotSaved();
    apply_to_server(saved_, with_listeners, false, listeners_before);
    is_modified_ = false;
    show_project();
    if (by_others)
        window_.showOutcome(tr("%1 was changed by another program and taken over")
                                .arg(ui::displayText(file_name_of(path_), 60)));
    else
        window_.projectBars().showOpened(file_name_of(path_));
    if (!read.notices.empty())
        Q_EMIT notices(read.notices);
}

void ProjectSession::on_status(const ServerStatus& status)
{
    has_status_ = true;
    if (is_start_ && held_) {
        go_on();
        return;
    }
    if (applying_) {
        settle(status);
        return;
    }
    if (!path_.empty()) {
        refresh_modified();
        return;
    }
    if (!is_start_)
        folder_ = project_of(status, folder_.settings.listeners, std::move(folder_.templates));
}

void ProjectSession::take_folder_list(ListKind kind, const AccessList& list)
{
    (kind == ListKind::hosts ? folder_.hosts : folder_.origins) = lasting_lines(list);
}

// Closing ---------------------------------------------------------------------------------------------------

void ProjectSession::close_project()
{
    if (path_.empty() || is_asking_ || saving_)
        return;
    discarded_.reset();
    after_unsaved([this] { back_to_folder(); });
}

void ProjectSession::back_to_folder()
{
    const QString name = file_name_of(path_);
    const std::vector<ListenSpec> listeners_before = listeners_in_force();
    path_.clear();
    losses_.clear();
    is_from_newer_ = is_newer_accepted_ = false;
    accepted_tokens_.clear();
    discarded_.reset();
    is_modified_ = false;
    theirs_.reset();
    store_->adopt({}, nullptr);
    window_.models().templates.setContent(folder_.templates);
    window_.projectBars().clearAll();
    apply_to_server(folder_, true, true, listeners_before);
    show_project();
    window_.showOutcome(
        tr("%1 is closed; the settings of this computer are in force again").arg(ui::displayText(name, 60)));
}

bool ProjectSession::may_close()
{
    if (may_close_)
        return true;
    discarded_.reset();
    if (!saving_ && !has_unsaved())
        return true;
    Next close = [this] {
        may_close_ = true;
        window_.close();
    };
    is_about_to_close_ = true;
    if (saving_) {
        next_ = std::move(close);
        slow_saving_.start();
    } else
        after_unsaved(std::move(close));
    return false;
}

void ProjectSession::close_anyway()
{
    if (!saving_)
        return;
    may_close_ = true;
    Q_EMIT problem("The project was still being saved: " + escape_for_terminal(saving_->path) + " may be as it was");
    window_.close();
}

void ProjectSession::stay()
{
    window_.projectBars().clearStillSaving();
    next_ = nullptr;
    is_about_to_close_ = false;
}

std::optional<std::string> ProjectSession::give_up_changes()
{
    may_close_ = true;
    if (path_.empty() || !is_modified_)
        return std::nullopt;
    return "the changes of " + escape_for_terminal(path_) + " were not saved";
}

// Changes of other programs ---------------------------------------------------------------------------------

void ProjectSession::on_changed(ProjectChange change)
{
    if (path_.empty())
        return;
    ui::ProjectBars& bars = window_.projectBars();
    if (auto* read = std::get_if<ReadProject>(&change)) {
        if (read->path != path_)
            return;
        is_gone_ = false;
        theirs_ = std::move(*read);
        if (is_modified_)
            bars.showConflict(file_name_of(path_));
        else
            consider_theirs();
    } else if (const auto* unusable = std::get_if<ProjectUnusable>(&change)) {
        bars.showFileTrouble(
            tr("%1. What is in force stays in force.").arg(ui::wordsOf(unusable->problem)), false);
    } else if (std::holds_alternative<ProjectBack>(change)) {
        is_gone_ = false;
        theirs_.reset();
        bars.clearFile();
        refresh_modified();
    } else {
        is_gone_ = true;
        bars.showFileTrouble(tr("%1 was removed by another program. What is in force stays in force.")
                                 .arg(file_name_of(path_)),
            true);
        refresh_modified();
    }
}

void ProjectSession::consider_theirs()
{
    if (theirs_ && !is_modified_ && !is_asking_ && !saving_ && !applying_)
        take_change(std::move(*std::exchange(theirs_, std::nullopt)));
}

void ProjectSession::question_over()
{
    is_asking_ = false;
    // What its answer does comes first.
    go_on_later();
}

void ProjectSession::go_on_later()
{
    hand_over_.post([this] { go_on(); });
}

void ProjectSession::take_change(ReadProject read)
{
    const auto lines = widenings_of(read.project);
    if (lines.empty()) {
        apply(std::move(read), true);
        return;
    }
    // What is applied is what was asked about, whatever the file has become meanwhile.
    auto shared = std::make_shared<ReadProject>(std::move(read));
    ask_to_trust(shared->path, lines, true, [this, shared](bool yes) {
        if (yes && has_unsaved()) { // by now
            theirs_ = std::move(*shared);
            window_.projectBars().showConflict(file_name_of(path_));
        } else if (yes)
            apply(std::move(*shared), true);
        else
            keep_mine_over(*shared);
    });
}

void ProjectSession::keep_mine()
{
    window_.projectBars().clearFile();
    if (saving_) {
        theirs_.reset();
        save_again_ = SaveAgain{{}, true};
    } else if (theirs_)
        keep_mine_over(*std::exchange(theirs_, std::nullopt));
    else
        save_to(path_, true);
}

// The file's state has been seen: the next save replaces it.
void ProjectSession::keep_mine_over(const ReadProject& theirs)
{
    saved_ = trusted(theirs.project);
    is_from_newer_ = theirs.is_from_newer;
    losses_ = theirs.losses;
    discarded_.reset();
    store_->adopt(path_, theirs.text);
    refresh_modified();
}

void ProjectSession::take_theirs()
{
    if (is_asking_ || saving_)
        return;
    window_.projectBars().clearFile();
    discarded_ = current();
    if (theirs_)
        take_change(std::move(*std::exchange(theirs_, std::nullopt)));
    else
        read(path_);
}

// What is shown ---------------------------------------------------------------------------------------------

void ProjectSession::refresh_modified()
{
    if (path_.empty() || applying_)
        return;
    const bool is_modified = is_gone_ || !same_content(current(), saved_);
    if (is_modified == is_modified_)
        return;
    is_modified_ = is_modified;
    show_project();
    if (!is_modified && theirs_) { // there is nothing to choose any more
        window_.projectBars().clearFile();
        go_on_later();
    }
}

void ProjectSession::show_project()
{
    window_.setProject(to_qt(path_), is_modified_);
}

} // namespace jackfield::app
