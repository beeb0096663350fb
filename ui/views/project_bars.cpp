#include "ui/views/project_bars.h"

#include "ui/text/display_text.h"
#include "ui/views/controls.h"
#include "ui/views/notice_bar.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace jackfield::ui {

ProjectBars::ProjectBars(QWidget* parent)
    : QWidget(parent)
{
    nameControl(this, "project_bars", "Project notices");
    const auto closes = [](NoticeBar* bar, QPushButton* button) {
        connect(button, &QPushButton::clicked, bar, &QWidget::hide);
    };
    m_opened = new NoticeBar(NoticeBar::Severity::Notice, "bar_project", "Open project", this);
    connect(m_opened->addButton(tr("Close project"), "project_close", "Close the project"),
        &QPushButton::clicked, this, &ProjectBars::closeProjectRequested);
    closes(m_opened, m_opened->addButton(tr("OK"), "project_noted", "Hide the notice of the project"));

    m_notOpened
        = new NoticeBar(NoticeBar::Severity::Danger, "bar_project_not_opened", "Project not opened", this);
    closes(m_notOpened,
        m_notOpened->addButton(
            tr("Close"), "project_not_opened_close", "Hide the notice of the project not opened"));

    m_notSaved
        = new NoticeBar(NoticeBar::Severity::Danger, "bar_project_not_saved", "Project not saved", this);
    connect(m_notSaved->addButton(tr("Retry"), "project_retry", "Retry to save the project"),
        &QPushButton::clicked, this, &ProjectBars::retryRequested);
    connect(m_notSaved->addButton(tr("Save as..."), "project_save_elsewhere", "Save the project elsewhere"),
        &QPushButton::clicked, this, &ProjectBars::saveAsRequested);
    closes(m_notSaved,
        m_notSaved->addButton(
            tr("Close"), "project_not_saved_close", "Hide the notice of the project not saved"));

    m_reading = new NoticeBar(
        NoticeBar::Severity::Notice, "bar_project_reading", "Project still being read", this);
    connect(m_reading->addButton(tr("Do not wait"), "project_do_not_wait", "Do not wait for the project"),
        &QPushButton::clicked, this, &ProjectBars::doNotWaitRequested);
    m_saving = new NoticeBar(
        NoticeBar::Severity::Warning, "bar_project_saving", "Project still being saved", this);
    connect(m_saving->addButton(tr("Close anyway"), "project_close_anyway", "Close before the project is saved"),
        &QPushButton::clicked, this, &ProjectBars::closeAnywayRequested);

    m_conflict = new NoticeBar(
        NoticeBar::Severity::Warning, "bar_project_conflict", "Project changed by another program", this);
    connect(m_conflict->addButton(tr("Keep mine"), "project_keep_mine", "Keep my changes of the project"),
        &QPushButton::clicked, this, &ProjectBars::keepMineRequested);
    connect(
        m_conflict->addButton(tr("Take the file's"), "project_take_theirs", "Take the project of the file"),
        &QPushButton::clicked, this, &ProjectBars::takeTheirsRequested);

    m_file = new NoticeBar(
        NoticeBar::Severity::Warning, "bar_project_file", "Trouble with the project file", this);
    auto* save = m_file->addButton(tr("Save"), "project_save_again", "Save the project again");
    m_saveFile = save;
    connect(save, &QPushButton::clicked, this, &ProjectBars::saveRequested);
    closes(
        m_file, m_file->addButton(tr("Close"), "project_file_close", "Hide the notice of the project file"));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (NoticeBar* bar : {m_notOpened, m_reading, m_saving, m_notSaved, m_conflict, m_file, m_opened})
        layout->addWidget(bar);
}

void ProjectBars::showOpened(const QString& name)
{
    m_notOpened->hide();
    m_opened->setText(displayText(name, 60),
        tr("is open: its access lists, endpoints, limits and templates are in force. Hosts.dat and "
           "Origins.dat are not used until it is closed."));
    m_opened->show();
}

void ProjectBars::showNotOpened(const QString& why)
{
    m_notOpened->setText(tr("Not opened:"), tr("%1.").arg(displayText(why, 600)));
    m_notOpened->show();
}

void ProjectBars::showNotSaved(const QString& why)
{
    m_notSaved->setText(tr("Project not saved:"),
        tr("%1. The file is as it was; the changes are in force and kept in memory.")
            .arg(displayText(why, 600)));
    m_notSaved->show();
}

void ProjectBars::clearNotSaved()
{
    m_notSaved->hide();
}

void ProjectBars::showStillReading(const QString& name)
{
    m_reading->setText(displayText(name, 60),
        tr("is still being read; its file system takes its time. What was in force stays in force until then."));
    m_reading->show();
}

void ProjectBars::clearStillReading()
{
    m_reading->hide();
}

void ProjectBars::showStillSaving(const QString& name)
{
    m_saving->setText(
        displayText(name, 60), tr("is still being saved; the window closes when that is done."));
    m_saving->show();
}

void ProjectBars::clearStillSaving()
{
    m_saving->hide();
}

void ProjectBars::showConflict(const QString& name)
{
    m_file->hide();
    m_conflict->setText(displayText(name, 60),
        tr("was changed by another program, and there are changes here that are not saved."));
    m_conflict->show();
}

void ProjectBars::showFileTrouble(const QString& sentence, bool canSave)
{
    m_conflict->hide();
    m_file->setText({}, displayText(sentence, 600));
    m_saveFile->setVisible(canSave);
    m_file->show();
}

void ProjectBars::clearFile()
{
    m_conflict->hide();
    m_file->hide();
}

void ProjectBars::clearAll()
{
    for (NoticeBar* bar : {m_opened, m_notSaved, m_conflict, m_file})
        bar->hide();
}

} // namespace jackfield::ui
