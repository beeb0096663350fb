#pragma once

#include <QWidget>

namespace jackfield::ui {

class NoticeBar;

/// The bars that are about the project: which one is open and what that means, one that could not be opened,
/// one that could not be saved, and one that another program has changed. Each is hidden unless it applies;
/// none takes the focus or blocks anything. All texts are neutralised here.
class ProjectBars : public QWidget {
    Q_OBJECT
public:
    explicit ProjectBars(QWidget* parent = nullptr);

    /// A project was opened: its access is in force in place of the lists of the settings.
    void showOpened(const QString& name);
    void showNotOpened(const QString& why);
    void showNotSaved(const QString& why);
    void clearNotSaved();
    /// Another program has changed the file, and there are changes here that are not saved: which are to
    /// stay?
    void showConflict(const QString& name);
    /// The file is gone, or cannot be used as it is; what is in force stays.
    void showFileTrouble(const QString& sentence, bool canSave);
    void clearFile();
    /// No project is open any more.
    void clearAll();
    /// A file system takes its time.
    void showStillReading(const QString& name);
    void clearStillReading();
    void showStillSaving(const QString& name);
    void clearStillSaving();

Q_SIGNALS:
    void closeProjectRequested();
    void retryRequested();
    void saveAsRequested();
    void saveRequested();
    void keepMineRequested();
    void takeTheirsRequested();
    void doNotWaitRequested();
    void closeAnywayRequested();

private:
    NoticeBar* m_opened = nullptr;
    NoticeBar* m_notOpened = nullptr;
    NoticeBar* m_notSaved = nullptr;
    NoticeBar* m_conflict = nullptr;
    NoticeBar* m_file = nullptr;
    NoticeBar* m_reading = nullptr;
    NoticeBar* m_saving = nullptr;
    QWidget* m_saveFile = nullptr;
};

} // namespace jackfield::ui
