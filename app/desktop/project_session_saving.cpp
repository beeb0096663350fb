// Saving the project of a window, and what is asked about before.
#include "app/desktop/native_path.h"
#include "app/desktop/project_session.h"
#include "ui/text/display_text.h"
#include "ui/text/phrases.h"
#include "ui/views/main_window.h"
#include "ui/views/project_actions.h"
#include "ui/views/project_bars.h"
#include "ui/views/project_questions.h"
#include "ui/views/window_models.h"

#include <algorithm>
#include <utility>

namespace jackfield::app {

namespace {

constexpr std::size_t most_losses_shown = 100;

} // namespace

Project ProjectSession::current() const
{
    if (applying_)
        return saved_;
    return project_of(*port_.status(), path_.empty() ? folder_.settings.listeners : listeners_,
        window_.models().templates.content());
}

void ProjectSession::save()
{
    if (saving_)
        save_again_ = SaveAgain{};
    else if (path_.empty())
        window_.projectActions().askForSave();
    else
        save_to(path_, false);
}

void ProjectSession::save_to(const std::string& path, bool overwrite)
{
    if (is_asking_)
        return;
    if (saving_) {
        save_again_ = SaveAgain{path == path_ ? std::string() : path, overwrite};
        return;
    }
    if (theirs_ && path == path_) {
        window_.projectBars().showConflict(file_name_of(path_));
        stay();
        return;
    }
    ask_before_saving({path, current(), overwrite});
}

void ProjectSession::ask_before_saving(Saving saving)
{
    QStringList lines;
    std::vector<TokenFinding> tokens = token_like_values(saving.project);
    for (const TokenFinding& token : tokens) {
        const bool known
            = std::find(accepted_tokens_.begin(), accepted_tokens_.end(), token) != accepted_tokens_.end();
        if (!known)
            lines << tr("%1: %2, %3", "place, kind and beginning of what looks like a token")
                         .arg(ui::ourText(token.place), ui::ourText(token.kind), ui::ourText(token.shown));
    }
    const bool has_tokens = !lines.isEmpty();
    if (is_from_newer_ && !is_newer_accepted_)
        lines << tr(
            "The file was written by a newer Jackfield; members that this one does not know are kept, entries "
            "that it cannot read will be missing");
    for (std::size_t i = 0; i < std::min(losses_.size(), most_losses_shown); ++i)
        lines << ui::ourText(losses_[i]);
    if (losses_.size() > most_losses_shown)
        lines << tr("and %1 more").arg(losses_.size() - most_losses_shown);
    if (lines.isEmpty()) {
        begin_saving(std::move(saving));
        return;
    }
    ui::LinesQuestion::Words words;
    words.title = tr("Save project");
    words.question = has_tokens
        ? tr("Some of what %1 would hold looks like a token or a password:").arg(file_name_of(saving.path))
        : saving.path == path_ ? tr("Write over %1?").arg(file_name_of(saving.path))
                               : tr("Save as %1?").arg(file_name_of(saving.path));
    if (has_tokens)
        words.consequence = tr("Whoever gets the file, by version control for one, can read it.");
    if (!losses_.empty()) {
        if (has_tokens)
            words.consequence += QLatin1Char(' ');
        words.consequence += tr("What was left out or changed when the project was read will be missing or "
                                "changed in the file too.");
    }
    words.accept = tr("Save anyway");
    words.name = QStringLiteral("save_question");
    is_asking_ = true;
    auto shared = std::make_shared<Saving>(std::move(saving));
    ui::LinesQuestion::ask(words, lines, &window_, [this, shared, tokens = std::move(tokens)](bool yes) {
        question_over();
        if (!yes) {
            stay();
            return;
        }
        accepted_tokens_ = tokens;
        is_newer_accepted_ = true;
        losses_.clear();
        begin_saving(std::move(*shared));
    });
}

void ProjectSession::begin_saving(Saving saving)
{
    failed_.reset();
    saving_ = std::move(saving);
    store_->save(saving_->path, saving_->project, saving_->overwrite);
}

void ProjectSession::on_saved(const std::string& path)
{
    if (!saving_ || saving_->path != path)
        return;
    const Saving saving = std::move(*std::exchange(saving_, std::nullopt));
    const bool is_another = path != path_;
    if (path_.empty())
        folder_.templates = window_.models().templates.content();
    path_ = path;
    saved_ = saving.project;
    listeners_ = saved_.settings.listeners;
    is_gone_ = false;
    theirs_.reset();
    window_.projectBars().clearNotSaved();
    window_.projectBars().clearFile();
    window_.projectBars().clearStillSaving();
    if (is_another)
        window_.projectBars().showOpened(file_name_of(path));
    refresh_modified();
    show_project();
    window_.showOutcome(tr("%1 is saved").arg(ui::displayText(file_name_of(path), 60)));
    if (is_another && save_again_)
        save_again_->overwrite = false; // that was about another file
    if (held_ && held_->path == path) { // it was read before
        held_.reset();
        reading_.clear();
    }
    if (save_again_)
        go_on();
    else if (const Next next = std::exchange(next_, nullptr))
        after_unsaved(next); // there may be changes since
    go_on_later();
}

void ProjectSession::on_not_saved(const std::string& path, const std::string& problem)
{
    if (!saving_ || saving_->path != path)
        return;
    stay();
    window_.projectBars().showNotSaved(ui::wordsOf(problem));
    Q_EMIT this->problem("The project was not saved: " + problem);
    failed_ = std::exchange(saving_, std::nullopt);
    go_on_later();
}

void ProjectSession::on_changed_meanwhile(const std::string& path)
{
    if (!saving_ || saving_->path != path)
        return;
    const Saving saving = std::move(*std::exchange(saving_, std::nullopt));
    go_on_later();
    if (path == path_) {
        stay();
        if (save_again_ && save_again_->overwrite)
            return;
        save_again_.reset();
        window_.projectBars().showConflict(file_name_of(path_));
        return;
    }
    ui::LinesQuestion::Words words;
    words.title = tr("Save project as");
    words.question = tr("There is a file of that name already. Replace it?");
    words.accept = tr("Replace it");
    words.name = QStringLiteral("replace_question");
    is_asking_ = true;
    ui::LinesQuestion::ask(words, {to_qt(path)}, &window_, [this, saving](bool yes) {
        question_over();
        if (yes)
            begin_saving({saving.path, saving.project, true});
        else
            stay();
    });
}

} // namespace jackfield::app
