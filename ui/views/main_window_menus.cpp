// The menus of the window. Each entry works; what is not there yet has none.
#include "ui/bridge/engine_port.h"
#include "ui/text/display_text.h"
#include "ui/text/language.h"
#include "ui/views/access_panel.h"
#include "ui/views/command_history_view.h"
#include "ui/views/composer.h"
#include "ui/views/connection_table.h"
#include "ui/views/connection_view.h"
#include "ui/views/endpoint_panel.h"
#include "ui/views/event_view.h"
#include "ui/views/filter_field.h"
#include "ui/views/listeners_dialog.h"
#include "ui/views/main_window.h"
#include "ui/views/message_export.h"
#include "ui/views/messages_panel.h"
#include "ui/views/project_actions.h"
#include "ui/views/project_bars.h"
#include "ui/views/refused_view.h"
#include "ui/views/server_bars.h"
#include "ui/views/server_toolbar.h"
#include "ui/views/side_panel.h"
#include "ui/views/template_panel.h"
#include "ui/views/theme.h"
#include "ui/views/window_models.h"

#include <QActionGroup>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>

#include <utility>

namespace jackfield::ui {

namespace {

/// An action of a menu with its stable English name for programs.
template <class Receiver, class Slot>
QAction* add(QMenu& menu, const QString& text, const char* name, Receiver* receiver, Slot slot,
    const QKeySequence& key = {})
{
    QAction* action = menu.addAction(text);
    action->setObjectName(QLatin1String(name));
    if (!key.isEmpty())
        action->setShortcut(key);
    QObject::connect(action, &QAction::triggered, receiver, slot);
    return action;
}

/// The same for a key that belongs to a table, which has it itself: shown and not claimed.
template <class Receiver, class Slot>
QAction* addWithTablesKey(QMenu& menu, const QString& text, const char* name, Receiver* receiver, Slot slot,
    const QKeySequence& key)
{
    return add(menu, text + u'\t' + key.toString(QKeySequence::NativeText), name, receiver, slot);
}

} // namespace

void MainWindow::makeMenus()
{
    menuBar()->setObjectName(QStringLiteral("menu_bar"));
    makeFileMenu();
    makeServerMenu();
    QMenu* connection = menuBar()->addMenu(tr("&Connection"));
    connection->setObjectName(QStringLiteral("menu_connection"));
    m_connections->fillMenu(*connection);
    makeMessageMenu();
    makeAccessMenu();
    makeViewMenu();
    makeHelpMenu();
}

void MainWindow::makeFileMenu()
{
    QMenu& menu = *menuBar()->addMenu(tr("&File"));
    menu.setObjectName(QStringLiteral("menu_file"));
    QAction* startStop = add(menu, tr("&Start"), "file_start_stop", m_toolbar, &ServerToolbar::startOrStop,
        QKeySequence(Qt::CTRL | Qt::Key_L));
    const auto nameIt = [startStop](const ServerStatus& status) {
        startStop->setText(status.listening ? tr("&Stop") : tr("&Start"));
    };
    connect(&m_port, &EnginePort::statusChanged, startStop, nameIt);
    nameIt(*m_port.status());
    menu.addSeparator();
    m_projectActions = new ProjectActions(menu, m_settings, this);
    connect(m_projectBars, &ProjectBars::saveAsRequested, m_projectActions, &ProjectActions::askForSave);
    menu.addSeparator();
    add(menu, tr("&Copy address"), "file_copy_url", m_toolbar, &ServerToolbar::copyUrl,
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A));
    add(menu, tr("Copy &new WebSocket(\"...\")"), "file_copy_snippet", m_toolbar,
        &ServerToolbar::copySnippet);
    add(menu, tr("Open &test page"), "file_test_page", m_toolbar, &ServerToolbar::openTestPage,
        QKeySequence(Qt::CTRL | Qt::Key_T));
    add(menu, tr("Use from a &phone..."), "file_phone", this, &MainWindow::usePhone);
    menu.addSeparator();
    add(menu, tr("&Export messages..."), "file_export", m_export, &MessageExport::ask,
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    add(menu, tr("Open &recording..."), "file_open_recording", this, &MainWindow::askForRecording,
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
    menu.addSeparator();
    add(menu, tr("&Quit"), "file_quit", this, &QWidget::close, QKeySequence(Qt::CTRL | Qt::Key_Q));
}

void MainWindow::setProject(const QString& path, bool isModified)
{
    const QString name = displayText(QFileInfo(path).fileName(), 60);
    // "[*]" is where the mark goes; of a name it is doubled (QWidget::windowTitle).
    QString title = name;
    title = tr("%1[*] - Jackfield").arg(title.replace(QLatin1String("[*]"), QLatin1String("[*][*]")));
    setWindowTitle(path.isEmpty() ? tr("Jackfield") : displayText(title));
    setWindowModified(isModified && !path.isEmpty());
    m_projectName = name;
    if (m_listeners)
        m_listeners->setProject(name);
    // What could be undone was done in another document.
    if (std::exchange(m_projectPath, path) != path) {
        m_access->forgetDocument();
        m_endpoints->forgetDocument();
        m_templates->forgetDocument();
    }
    m_projectActions->setProject(path);
    m_access->setKeptIn(
        path.isEmpty() ? QString() : tr("Kept in the project %1 and written when it is saved.").arg(name));
}

void MainWindow::makeMessageMenu()
{
    QMenu& menu = *menuBar()->addMenu(tr("&Message"));
    menu.setObjectName(QStringLiteral("menu_message"));
    QAction* copy = addWithTablesKey(
        menu, tr("&Copy"), "message_copy", m_messages, &MessagesPanel::copyPayload, QKeySequence::Copy);
    QAction* copyRow = addWithTablesKey(menu, tr("Copy ro&w"), "message_copy_row", m_messages,
        &MessagesPanel::copyRows, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    QAction* edit = addWithTablesKey(
        menu, tr("&Edit in composer"), "message_edit", m_messages, &MessagesPanel::edit,
        QKeySequence(Qt::CTRL | Qt::Key_E));
    QAction* resend = addWithTablesKey(menu, tr("&Resend"), "message_resend", m_messages,
        &MessagesPanel::resend, QKeySequence(Qt::CTRL | Qt::Key_R));
    menu.setToolTipsVisible(true);
    for (QAction* action : {edit, resend})
        action->setToolTip(tooltipText(tr("Of several selected messages the current one, which was clicked last")));
    menu.addSeparator();
    add(menu, tr("C&ompose"), "message_compose", m_composer, &Composer::focusEditor,
        QKeySequence(Qt::CTRL | Qt::Key_N));
    add(menu, tr("&Templates"), "message_templates", this, &MainWindow::showTemplates,
        QKeySequence(Qt::ALT | Qt::Key_7));
    add(menu, tr("&Send a file..."), "message_file", m_composer, &Composer::chooseFile);
    add(menu, tr("Repe&at..."), "message_repeat", m_composer, [this] { m_composer->setRepeatVisible(true); });
    add(menu, tr("&Filter messages"), "message_filter_focus", m_messages, &MessagesPanel::focusFilter,
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K));
    add(menu, tr("F&ind in messages"), "message_find", m_messages, &MessagesPanel::find,
        QKeySequence(Qt::CTRL | Qt::Key_F));
    add(menu, tr("Find &next"), "message_find_next", m_messages, &MessagesPanel::findNext,
        QKeySequence(Qt::Key_F3));
    add(menu, tr("Find &previous"), "message_find_previous", m_messages, &MessagesPanel::findPrevious,
        QKeySequence(Qt::SHIFT | Qt::Key_F3));
    menu.addSeparator();
    QAction* clear = add(menu, tr("C&lear up to now"), "message_clear", this,
        [this] { m_models->messageTable.clearUpToNow(); });
    QAction* undoClear = add(
        menu, tr("&Undo clear"), "message_undo_clear", this, [this] { m_models->messageTable.undoClear(); });
    QAction* remove
        = add(menu, tr("&Delete capture..."), "message_delete_capture", this, &MainWindow::deleteCapture);
    connect(&menu, &QMenu::aboutToShow, this, [this, copy, copyRow, edit, resend, clear, undoClear, remove] {
        const bool selected = !m_messages->selectedSequences().empty();
        for (QAction* action : {copy, copyRow})
            action->setEnabled(selected);
        edit->setEnabled(m_messages->canEdit());
        resend->setEnabled(m_messages->canResend());
        clear->setEnabled(m_models->messageTable.rowCount() > 0);
        undoClear->setEnabled(m_models->messageTable.canUndoClear());
        remove->setEnabled(!m_models->messages.isEmpty());
    });
}

void MainWindow::makeAccessMenu()
{
    QMenu& menu = *menuBar()->addMenu(tr("&Access"));
    menu.setObjectName(QStringLiteral("menu_access"));
    add(
        menu, tr("&Hosts and origins"), "access_lists", this,
        [this] {
            showAccess();
            m_side->enterPage(m_access);
        },
        QKeySequence(Qt::ALT | Qt::Key_2));
    add(menu, tr("&Try it"), "access_try", this, [this] {
        showAccess();
        m_access->tryOut(QStringLiteral("localhost"), QString());
    });
    add(
        menu, tr("&Refused attempts"), "access_refused", this,
        [this] {
            showRefused();
            m_side->enterPage(m_refused);
        },
        QKeySequence(Qt::ALT | Qt::Key_3));
    menu.addSeparator();
    QAction* required = menu.addAction(tr("Refuse clients &without an origin"));
    required->setObjectName(QStringLiteral("access_origin_required"));
    required->setCheckable(true);
    connect(
        required, &QAction::triggered, this, [this](bool on) { m_port.submit(command::RequireOrigin{on}); });
    QAction* older = menu.addAction(tr("Serve browsers &older than RFC 6455"));
    older->setObjectName(QStringLiteral("access_older_protocols"));
    older->setCheckable(true);
    connect(
        older, &QAction::triggered, this, [this](bool on) { m_port.submit(command::SetOlderProtocols{on}); });
    QAction* reapply = add(menu, tr("&Close what the lists would refuse"), "access_reapply", this,
        &MainWindow::reapplyAccess);
    connect(&menu, &QMenu::aboutToShow, this, [this, required, older, reapply] {
        required->setChecked(m_port.status()->access.origin_required);
        older->setChecked(m_port.status()->older_protocols);
        reapply->setEnabled(m_models->connections.openCount() > 0);
    });
}

void MainWindow::makeViewMenu()
{
    QMenu& menu = *menuBar()->addMenu(tr("&View"));
    menu.setObjectName(QStringLiteral("menu_view"));
    add(menu, tr("&Filter connections"), "view_filter", this, &MainWindow::focusFilter);
    menu.actions().constLast()->setText(tr("&Filter connections") + u'\t'
        + QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText));
    QMenu* columns = menu.addMenu(tr("Connection &columns"));
    columns->setObjectName(QStringLiteral("menu_columns"));
    m_connections->fillColumnMenu(*columns);
    menu.addSeparator();
    m_sideAction = menu.addAction(tr("&Side panel"));
    m_sideAction->setObjectName(QStringLiteral("view_side"));
    m_sideAction->setCheckable(true);
    m_sideAction->setShortcut(QKeySequence(Qt::Key_F9));
    connect(m_sideAction, &QAction::triggered, this, &MainWindow::setSideVisible);
    add(
        menu, tr("&Message"), "view_message", this,
        [this] {
            setSideVisible(true);
            m_side->enterPage(m_side->widget(0));
        },
        QKeySequence(Qt::ALT | Qt::Key_1));
    add(
        menu, tr("E&ndpoints"), "view_endpoints", this,
        [this] {
            showEndpoints();
            m_side->enterPage(m_endpoints);
        },
        QKeySequence(Qt::ALT | Qt::Key_4));
    add(
        menu, tr("&Events"), "view_events", this,
        [this] {
            showEvents();
            m_side->enterPage(m_events);
        },
        QKeySequence(Qt::ALT | Qt::Key_5));
    add(
        menu, tr("C&ommand history"), "view_history", this,
        [this] {
            showHistory();
            m_side->enterPage(m_history);
        },
        QKeySequence(Qt::ALT | Qt::Key_6));
    menu.addSeparator();
    QMenu* themes = menu.addMenu(tr("&Theme"));
    themes->setObjectName(QStringLiteral("menu_theme"));
    auto* group = new QActionGroup(themes);
    const auto addTheme = [&](const QString& text, const char* name, ThemeChoice choice) {
        QAction* action = add(*themes, text, name, this, [choice] { Theme::instance().choose(choice); });
        action->setCheckable(true);
        group->addAction(action);
        connect(themes, &QMenu::aboutToShow, action,
            [action, choice] { action->setChecked(Theme::instance().choice() == choice); });
    };
    addTheme(tr("As the &system"), "theme_system", ThemeChoice::FollowSystem);
    addTheme(tr("&Light"), "theme_light", ThemeChoice::Light);
    addTheme(tr("&Dark"), "theme_dark", ThemeChoice::Dark);
    makeLanguageMenu(menu);
}

void MainWindow::makeLanguageMenu(QMenu& view)
{
    QMenu* menu = view.addMenu(tr("Lan&guage"));
    menu->setObjectName(QStringLiteral("menu_language"));
    auto* group = new QActionGroup(menu);
    const auto addLanguage = [&](const QString& text, const QString& code) {
        QAction* action = menu->addAction(text);
        action->setObjectName(
            QStringLiteral("language_") + (code.isEmpty() ? QStringLiteral("system") : code));
        action->setCheckable(true);
        action->setChecked(m_settings.text("language") == code);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, code] {
            if (m_settings.text("language") == code)
                return;
            m_settings.setText("language", code);
            m_bars->showNotices({tr("The language changes when Jackfield is started the next time.")});
        });
    };
    addLanguage(tr("As the &system"), {});
    for (const Language& language : languages())
        addLanguage(language.name, language.code);
}

void MainWindow::makeHelpMenu()
{
    QMenu& menu = *menuBar()->addMenu(tr("&Help"));
    menu.setObjectName(QStringLiteral("menu_help"));
    add(menu, tr("The page says it &failed? See why"), "help_why", this, &MainWindow::showWhyNot,
        QKeySequence(Qt::Key_F1));
    add(menu, tr("&Keyboard shortcuts"), "help_shortcuts", this, &MainWindow::showShortcuts,
        QKeySequence(Qt::CTRL | Qt::Key_Question));
    menu.addSeparator();
    add(menu, tr("&About Jackfield"), "help_about", this, &MainWindow::showAbout);
}

} // namespace jackfield::ui
