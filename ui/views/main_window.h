#pragma once

#include "ui/views/tab_focus.h"
#include "ui/views/window_settings.h"

#include "jackfield/config.h"
#include "jackfield/connection.h"

#include <QMainWindow>
#include <QPointer>
#include <QStringList>

#include <functional>
#include <memory>
#include <vector>

class QMenu;
class QMessageBox;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace jackfield {
class Filter;
}

namespace jackfield::ui {

class AccessPanel;
class AllowAction;
class CertificateDialog;
class CommandHistoryView;
class Composer;
class ConnectionView;
class EchoBar;
class EmptyState;
class EndpointPanel;
class EnginePort;
class EventView;
class ListenersDialog;
class MessageDetail;
class MessageExport;
class MessagesPanel;
class NoticeBar;
class PhoneDialog;
class ProjectActions;
class ProjectBars;
class RefusalBar;
class RefusedView;
class ServerBars;
class ServerToolbar;
class SidePanel;
class StatusLine;
class TemplatePanel;
class WhyNotDialog;
class WindowModels;

/// The one window: puts the models and views of an engine port together and remembers how it looked.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// `port` must outlive it. `settingsFile`: where geometry and columns are remembered; empty for nowhere.
    explicit MainWindow(EnginePort& port, const QString& settingsFile = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] ServerBars& bars() const { return *m_bars; }
    [[nodiscard]] WindowModels& models() const { return *m_models; }
    [[nodiscard]] Composer& composer() const { return *m_composer; }
    [[nodiscard]] ProjectActions& projectActions() const { return *m_projectActions; }
    [[nodiscard]] ProjectBars& projectBars() const { return *m_projectBars; }
    /// Names the open project in the title and on the Access page; an empty path: none is open. Asterisk: `isModified`.
    void setProject(const QString& path, bool isModified);
    /// `mayClose` is asked before the window closes; when it says no, the window stays as it is.
    void setCloseGuard(std::function<bool()> mayClose) { m_mayClose = std::move(mayClose); }
    /// Closing waits for the answer to a question about edits that were not applied.
    [[nodiscard]] bool isAskingAboutEdits() const;
    /// It was closed with the answer that messages which wait to be sent are dropped.
    [[nodiscard]] bool dropsQueued() const { return m_dropsQueued; }
    /// From now on closing loses such edits, and delivers what waits, unasked: there is nobody to answer.
    void giveUpEdits() { m_givesUpEdits = true; }
    /// One sentence in the status line.
    void showOutcome(const QString& sentence);
    /// There is a service behind `models().tls`: from now on the window leads to the certificate.
    void offerCertificate();
    /// Somebody answers `benchmarkRequested`: from now on the window leads there.
    void offerBenchmark();
    /// Gives the keyboard to the filter of the connection table.
    void focusFilter();

Q_SIGNALS:
    /// The person closed the window; it is hidden by then and remembers how it looked.
    void closed();
    /// A person wants to load a server; only after `offerBenchmark`.
    void benchmarkRequested();
    /// A person has the server listen there: for the open project.
    void listenersApplied(const std::vector<jackfield::ListenSpec>& specs);
    /// A person has the server listen there no more: for the open project.
    void listenerStopped(const jackfield::ListenSpec& spec);

public Q_SLOTS:
    void showAccess();
    void showRefused();
    void showEndpoints();
    void showEvents();
    void showHistory();
    void showTemplates();
    void usePhone();
    void showWhyNot();
    void showListeners();
    /// Nothing happens before `offerCertificate`.
    void showCertificate();
    void showShortcuts();
    void reapplyAccess();
    void showAbout();
    /// Asks for a HAR or JSON Lines file and opens it.
    void askForRecording();
    void openRecording(const QString& path);

protected:
    void closeEvent(QCloseEvent* event) override;
    bool event(QEvent* event) override;
    bool focusNextPrevChild(bool next) override { return focusNextControl(*this, next); }

private:
    void makeViews();
    void connectViews();
    // main_window_menus.cpp
    void makeMenus();
    void makeFileMenu();
    void makeServerMenu(); // main_window_server.cpp
    [[nodiscard]] bool asksAboutEdits(); // the same
    [[nodiscard]] bool asksAboutQueues();
    void connectEnding();
    void makeMessageMenu();
    void makeAccessMenu();
    void makeViewMenu();
    void makeLanguageMenu(QMenu& view);
    void makeHelpMenu();

    // main_window_state.cpp
    void restore();
    void remember();
    void updateCentre();
    void onSelection(const std::vector<ConnectionId>& ids);
    void onFilter(const Filter& filter);
    void showMessagesOfSelection();
    void nameMessages();
    [[nodiscard]] bool isHiddenAsClosed(ConnectionId id) const;
    void onFollowChanged();
    void onCameBack(ConnectionId before, ConnectionId now);
    void askWhichToFollow(const std::vector<ConnectionId>& candidates);
    void showSide(QWidget* page);
    void setSideVisible(bool visible);
    void connectTemplates();
    void editInComposer(quint64 sequence);
    void saveAsTemplate(quint64 sequence);
    void deleteCapture();

    EnginePort& m_port;
    WindowSettings m_settings;
    std::unique_ptr<WindowModels> m_models;
    AllowAction* m_allow = nullptr;

    ServerToolbar* m_toolbar = nullptr;
    ServerBars* m_bars = nullptr;
    ProjectBars* m_projectBars = nullptr;
    ProjectActions* m_projectActions = nullptr;
    std::function<bool()> m_mayClose;
    RefusalBar* m_refusalBar = nullptr;
    EchoBar* m_echoBar = nullptr;
    NoticeBar* m_followBar = nullptr;
    std::vector<QPushButton*> m_followButtons;
    QStackedWidget* m_centre = nullptr;
    EmptyState* m_empty = nullptr;
    ConnectionView* m_connections = nullptr;
    MessagesPanel* m_messages = nullptr;
    MessageExport* m_export = nullptr;
    Composer* m_composer = nullptr;
    SidePanel* m_side = nullptr;
    MessageDetail* m_detail = nullptr;
    QString m_projectPath;
    AccessPanel* m_access = nullptr;
    EndpointPanel* m_endpoints = nullptr;
    RefusedView* m_refused = nullptr;
    EventView* m_events = nullptr;
    CommandHistoryView* m_history = nullptr;
    TemplatePanel* m_templates = nullptr;
    StatusLine* m_status = nullptr;
    QSplitter* m_columns = nullptr;
    QSplitter* m_tables = nullptr;
    QAction* m_sideAction = nullptr;
    QPointer<PhoneDialog> m_phone;
    QPointer<WhyNotDialog> m_whyNot;
    QPointer<ListenersDialog> m_listeners;
    QPointer<CertificateDialog> m_certificate;
    QAction* m_certificateAction = nullptr;
    QAction* m_benchmarkAction = nullptr;
    QString m_projectName; // empty: none is open
    bool m_certificateOffered = false;
    bool m_closesAfterListeners = false; // their edits are asked about first
    bool m_givesUpEdits = false;
    QPointer<QMessageBox> m_closingQuestion;
    bool m_endsQueues = false; // whether what waits is dropped has been answered
    bool m_dropsQueued = false;

    std::vector<ConnectionId> m_selection;
    QString m_recordingFolder; // where the last recording was opened
    bool m_followShown = false; // the messages shown are those of the followed page
    bool m_isFollowing = false;
    bool m_sideSized = false; // its width is what a person chose, or has been given
    bool m_sideOffered = false; // it has opened by itself once
};

} // namespace jackfield::ui
