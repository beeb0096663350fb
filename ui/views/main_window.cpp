#include "ui/views/main_window.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/repeats.h"
#include "ui/models/resend.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/about_dialog.h"
#include "ui/views/access_panel.h"
#include "ui/views/allow_action.h"
#include "ui/views/certificate_dialog.h"
#include "ui/views/capture_gauge.h"
#include "ui/views/command_history_view.h"
#include "ui/views/composer.h"
#include "ui/views/connection_table.h"
#include "ui/views/connection_view.h"
#include "ui/views/controls.h"
#include "ui/views/echo_bar.h"
#include "ui/views/empty_state.h"
#include "ui/views/endpoint_panel.h"
#include "ui/views/event_view.h"
#include "ui/views/filter_field.h"
#include "ui/views/kick_popover.h"
#include "ui/views/listeners_dialog.h"
#include "ui/views/message_detail.h"
#include "ui/views/message_export.h"
#include "ui/views/messages_panel.h"
#include "ui/views/notice_bar.h"
#include "ui/views/phone_dialog.h"
#include "ui/views/project_bars.h"
#include "ui/views/recording_window.h"
#include "ui/views/refusal_bar.h"
#include "ui/views/refused_view.h"
#include "ui/views/server_bars.h"
#include "ui/views/server_toolbar.h"
#include "ui/views/shortcut_dialog.h"
#include "ui/views/shortcut_list.h"
#include "ui/views/side_panel.h"
#include "ui/views/spoken_name.h"
#include "ui/views/status_line.h"
#include "ui/views/template_panel.h"
#include "ui/views/theme.h"
#include "ui/views/why_not_dialog.h"
#include "ui/views/window_models.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QIcon>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

constexpr int sideWidth = 360; // its tabs stand side by side, the badge of one too

constexpr std::size_t maxFollowButtons = 3;

QIcon iconOfWindow()
{
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64, 128, 256})
        icon.addFile(QStringLiteral(":/icons/jackfield-%1.png").arg(size), QSize(size, size));
    return icon;
}

} // namespace

MainWindow::MainWindow(EnginePort& port, const QString& settingsFile, QWidget* parent)
    : QMainWindow(parent)
    , m_port(port)
    , m_settings(settingsFile)
    , m_models(std::make_unique<WindowModels>(port))
{
    setObjectName(QStringLiteral("main_window"));
    setWindowTitle(tr("Jackfield"));
    setWindowIcon(iconOfWindow());
    setMinimumSize(640, 420);
    m_allow = new AllowAction(port, this, this);
    makeViews();
    makeMenus();
    connectViews();
    restore();
    updateCentre();
    onSelection({});
    m_empty->setFocus(); // not the first button of the window: it stops the server
}

MainWindow::~MainWindow()
{
    // The views look at the models until the last moment.
    delete takeCentralWidget();
    delete m_phone;
    delete m_whyNot;
    delete m_listeners;
    delete m_certificate;
}

void MainWindow::makeViews()
{
    auto* content = new QWidget(this);
    m_toolbar = new ServerToolbar(m_port, content);
    m_bars = new ServerBars(m_port, content);
    m_projectBars = new ProjectBars(content);
    m_refusalBar = new RefusalBar(m_port, m_models->refused, *m_allow, content);
    m_followBar
        = new NoticeBar(NoticeBar::Severity::Warning, "bar_follow", "Which connection to follow", content);
    for (std::size_t i = 0; i < maxFollowButtons; ++i)
        m_followButtons.push_back(m_followBar->addButton({}, "follow_candidate", "Follow this one"));
    m_echoBar = new EchoBar(m_port, m_models->connections, m_models->echoes, content);
    auto* stopFollowing
        = m_followBar->addButton(tr("Stop following"), "follow_stop", "Stop following the page");
    connect(stopFollowing, &QPushButton::clicked, this, [this] { m_models->follow.stop(); });

    m_connections = new ConnectionView(m_port, m_models->connectionTable, m_models->follow, content);
    m_messages = new MessagesPanel(m_port, m_models->messageTable, content);
    m_export = new MessageExport(*m_messages, m_models->messageTable, m_models->connections, this);
    m_tables = new QSplitter(Qt::Vertical, content);
    m_tables->setObjectName(QStringLiteral("tables_splitter"));
    m_tables->setChildrenCollapsible(false);
    m_tables->setHandleWidth(1);
    m_tables->addWidget(m_connections);
    m_tables->addWidget(m_messages);
    m_tables->setStretchFactor(0, 2);
    m_tables->setStretchFactor(1, 5);
    m_connections->setMinimumHeight(110);
    m_messages->setMinimumHeight(120);
    m_empty = new EmptyState(m_port, m_models->refused, content);
    m_centre = new QStackedWidget(content);
    m_centre->addWidget(m_empty);
    m_centre->addWidget(m_tables);
    m_composer = new Composer(m_port, m_models->connections, m_models->target, content);

    auto* left = new QWidget(content);
    auto* leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    leftLayout->addWidget(m_centre, 1);
    leftLayout->addWidget(m_composer);

    m_side = new SidePanel(content);
    m_detail = new MessageDetail(m_models->messages, m_side);
    m_access = new AccessPanel(m_port, m_side);
    m_endpoints = new EndpointPanel(m_port, m_models->connections, m_side);
    m_refused = new RefusedView(m_port, m_models->refused, *m_allow, m_side);
    m_events = new EventView(m_models->events, m_side);
    m_history = new CommandHistoryView(m_models->history, m_side);
    m_templates = new TemplatePanel(m_models->templates, m_side);
    m_side->addPage(m_detail, tr("Message"), "Message");
    m_side->addPage(m_access, tr("Access"), "Access");
    m_side->addPage(m_refused, tr("Refused"), "Refused");
    m_side->addPage(m_endpoints, tr("Endpoints"), "Endpoints");
    m_side->addPage(m_events, tr("Events"), "Events");
    m_side->addPage(m_history, tr("Commands"), "Command history");
    m_side->addPage(m_templates, tr("Templates"), "Templates");
    m_side->setMinimumWidth(280);
    describeArea(m_connections, tr("Connection table"));
    describeArea(m_messages, tr("Message table"));
    describeArea(m_composer, tr("Composer"));
    describeArea(m_detail, tr("Message"));
    describeArea(m_access, tr("Access"));
    describeArea(m_refused, tr("Refused"));
    describeArea(m_events, tr("Events"));
    describeArea(m_history, tr("Command history"));
    describeArea(m_templates, tr("Templates"));
    describeArea(m_endpoints, tr("Endpoints"));

    m_columns = new QSplitter(Qt::Horizontal, content);
    m_columns->setObjectName(QStringLiteral("columns_splitter"));
    m_columns->setChildrenCollapsible(false);
    m_columns->setHandleWidth(1);
    m_columns->addWidget(left);
    m_columns->addWidget(m_side);
    m_columns->setStretchFactor(0, 1);
    m_columns->setStretchFactor(1, 0);
    m_columns->setSizes({1100 - sideWidth, sideWidth});

    m_status = new StatusLine(m_port, *m_models, content);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (QWidget* bar : std::initializer_list<QWidget*>{
             m_toolbar, m_bars, m_projectBars, m_refusalBar, m_echoBar, m_followBar})
        layout->addWidget(bar);
    layout->addWidget(m_columns, 1);
    layout->addWidget(m_status);
    setCentralWidget(content);
}

void MainWindow::connectViews()
{
    auto& models = *m_models;
    connect(m_toolbar, &ServerToolbar::outcome, this, &MainWindow::showOutcome);
    connectEnding();
    connect(m_toolbar, &ServerToolbar::endpointsRequested, this, &MainWindow::showEndpoints);
    connect(m_bars, &ServerBars::outcome, this, &MainWindow::showOutcome);
    connect(m_echoBar, &EchoBar::outcome, this, &MainWindow::showOutcome);
    connect(m_bars, &ServerBars::accessRequested, this, &MainWindow::showAccess);
    connect(m_bars, &ServerBars::endpointRequested, this, [this](const QString& pattern) {
        showEndpoints();
        m_endpoints->showEndpoint(pattern);
    });
    connect(m_toolbar->filterField(), &FilterField::filterChanged, this, &MainWindow::onFilter);
    connect(m_refusalBar, &RefusalBar::detailsRequested, this, [this](quint64 key) {
        showSide(m_refused);
        m_refused->showAttempt(key);
    });
    connect(m_refused, &RefusedView::endpointRequested, this, [this](const QString& path) {
        showSide(m_endpoints);
        m_endpoints->proposeEndpoint(path);
    });
    connect(m_status, &StatusLine::refusedRequested, this, &MainWindow::showRefused);
    connect(m_status->captureGauge(), &CaptureGauge::deleteRequested, this, &MainWindow::deleteCapture);

    connect(m_empty, &EmptyState::startRequested, m_toolbar, &ServerToolbar::startOrStop);
    connect(m_empty, &EmptyState::copySnippetRequested, m_toolbar, &ServerToolbar::copySnippet);
    connect(m_empty, &EmptyState::testPageRequested, m_toolbar, &ServerToolbar::openTestPage);
    connect(m_empty, &EmptyState::phoneRequested, this, &MainWindow::usePhone);
    connect(m_empty, &EmptyState::whyRequested, this, &MainWindow::showWhyNot);
    connect(m_empty, &EmptyState::refusedRequested, this, &MainWindow::showRefused);

    connect(m_connections, &ConnectionView::selectionChanged, this, &MainWindow::onSelection);
    connect(m_connections, &ConnectionView::sendRequested, m_composer, &Composer::focusEditor);
    connect(m_connections, &ConnectionView::outcome, this, &MainWindow::showOutcome);
    connect(m_connections, &ConnectionView::filterRequested, this,
        [this](const QString& filter) { m_toolbar->filterField()->setFilterText(filter); });

    connect(m_messages, &MessagesPanel::messageSelected, this, [this](quint64 sequence) {
        m_detail->showMessage(sequence);
        if (!m_side->isVisibleTo(this) && !m_sideOffered)
            setSideVisible(true);
        if (m_side->isVisibleTo(this))
            m_side->showPage(m_detail);
    });
    connect(m_messages, &MessagesPanel::selectionCleared, m_detail, &MessageDetail::clear);
    connect(m_detail, &MessageDetail::filterRequested, m_messages->filterField(), &FilterField::setFilterText);
    connect(m_messages, &MessagesPanel::editInComposer, this, &MainWindow::editInComposer);
    connect(m_messages, &MessagesPanel::saveAsTemplate, this, &MainWindow::saveAsTemplate);
    connectTemplates();

    connect(&models.connections, &ConnectionStore::changed, this, [this](const ConnectionChanges& changes) {
        updateCentre();
        if (changes.reset || !changes.restated.empty())
            nameMessages();
        // What passes the filter from now on is shown with the others; what has passed stays.
        if (m_selection.empty() && !m_models->connectionTable.filter().is_empty()) {
            for (const auto* slots : {&changes.opened, &changes.closed, &changes.restated}) {
                for (const ConnectionSlot slot : *slots) {
                    const ConnectionId id = m_models->connections.at(slot).info->id;
                    if (m_models->connectionTable.passesFilter(id))
                        m_models->messageTable.addConnection(id);
                }
            }
        }
    });
    connect(&models.refused, &RefusedModel::attentionChanged, this,
        [this] { m_side->setAttention(m_refused, m_models->refused.needsYouCount()); });
    connect(&models.follow, &Follow::changed, this, &MainWindow::onFollowChanged);
    connect(&models.follow, &Follow::cameBack, this, &MainWindow::onCameBack);
    connect(&models.follow, &Follow::ambiguous, this, &MainWindow::askWhichToFollow);

    for (const auto& key : {QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence(Qt::Key_Slash)}) {
        auto* shortcut = new QShortcut(key, this);
        shortcut->setWhatsThis(tr("&Filter connections"));
        connect(shortcut, &QShortcut::activated, this, &MainWindow::focusFilter);
    }
}

void MainWindow::connectTemplates()
{
    const auto keep = [this](const ComposedMessage& message) {
        showSide(m_templates);
        m_templates->keep(message);
    };
    connect(m_composer, &Composer::templatesRequested, this, &MainWindow::showTemplates);
    connect(m_composer, &Composer::saveTemplateRequested, this, keep);
    connect(m_templates, &TemplatePanel::fillRequested, m_composer, &Composer::loadTemplate);
    connect(m_templates, &TemplatePanel::sendRequested, m_composer, &Composer::sendTemplate);
    const auto composed = [this](auto act) {
        if (const auto message = m_composer->message())
            act(*message);
        else
            showOutcome(tr("What stands in the composer cannot be sent, so it cannot be kept"));
    };
    connect(m_templates, &TemplatePanel::saveRequested, this, [composed, keep] { composed(keep); });
    connect(m_templates, &TemplatePanel::updateRequested, this, [this, composed] {
        composed([this](const ComposedMessage& message) { m_templates->replaceCurrent(message); });
    });
    for (int number = 1; number <= 9; ++number) {
        auto* shortcut
            = new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number)), this);
        shortcut->setWhatsThis(tr("Use the template with this key"));
        connect(shortcut, &QShortcut::activated, this, [this, number] {
            if (!m_templates->activateHotkey(number))
                showOutcome(tr("No template has the key Ctrl+%1").arg(number));
        });
    }
}

void MainWindow::updateCentre()
{
    const bool everConnected = m_port.totals().opened > 0 || m_models->connections.openCount() > 0
        || m_models->connections.closedCount() > 0 || m_models->connections.forgottenClosed() > 0;
    QWidget* wanted
        = everConnected || m_centre->currentWidget() == m_tables ? static_cast<QWidget*>(m_tables) : m_empty;
    if (m_centre->currentWidget() == wanted)
        return;
    const bool hadFocus = m_centre->isAncestorOf(focusWidget());
    m_centre->setCurrentWidget(wanted);
    if (hadFocus && wanted == m_tables)
        m_connections->table()->setFocus();
}

void MainWindow::focusFilter()
{
    m_toolbar->filterField()->setFocus(Qt::ShortcutFocusReason);
    m_toolbar->filterField()->selectAll();
}

void MainWindow::onSelection(const std::vector<ConnectionId>& ids)
{
    m_selection = ids;
    m_models->target.setSelection(ids);
    showMessagesOfSelection();
}

void MainWindow::onFilter(const Filter& filter)
{
    m_models->connectionTable.setFilter(filter);
    if (m_selection.empty())
        showMessagesOfSelection();
}

/// True for a connection that closed and has no row, since closed ones are not shown.
bool MainWindow::isHiddenAsClosed(ConnectionId id) const
{
    const ConnectionRecord* record = m_models->connections.record(id);
    const ConnectionModel& table = m_models->connectionTable;
    return record != nullptr && !record->isOpen() && (!table.showClosed() || !table.passesFilter(id));
}

void MainWindow::showMessagesOfSelection()
{
    const Follow& follow = m_models->follow;
    const bool wasShown = m_followShown;
    m_followShown = follow.isFollowing()
        && (m_selection.empty() ? wasShown && isHiddenAsClosed(follow.current())
                                : m_selection.size() == 1 && m_selection.front() == follow.current());
    if (m_followShown) {
        m_messages->showConnections(follow.connections());
    } else if (!m_selection.empty() || m_models->connectionTable.filter().is_empty()) {
        m_messages->showConnections(m_selection); // none: all
    } else {
        auto ids = m_models->connectionTable.ids();
        if (ids.empty())
            ids.emplace_back(); // the id of nobody
        m_messages->showConnections(ids);
    }
    nameMessages();
}

void MainWindow::nameMessages()
{
    const ConnectionStore& connections = m_models->connections;
    if (m_followShown)
        m_messages->setHeading(tr("%1, followed").arg(connections.label(m_models->follow.current())));
    else if (m_selection.size() == 1)
        m_messages->setHeading(connections.label(m_selection.front()));
    else if (!m_selection.empty())
        m_messages->setHeading(
            tr("%1 connections", nullptr, pluralOf(m_selection.size())).arg(formatCount(m_selection.size())));
    else
        m_messages->setHeading(m_models->connectionTable.filter().is_empty() ? tr("all connections")
                                                                            : tr("all that pass the filter"));
}

void MainWindow::onFollowChanged()
{
    Follow& follow = m_models->follow;
    if (follow.candidates().empty())
        m_followBar->hide();
    const bool began = follow.isFollowing() && !m_isFollowing;
    m_isFollowing = follow.isFollowing();
    if (!follow.isFollowing()) {
        if (m_models->target.choice() == SendTarget::Choice::page)
            m_models->target.setChoice(SendTarget::Choice::selection);
        showMessagesOfSelection();
        return;
    }
    // What was chosen later, or is held, stays.
    if (began && !m_models->target.isPinned())
        m_models->target.setChoice(SendTarget::Choice::page);
    if (m_selection.size() == 1 && m_selection.front() == follow.current() && !m_followShown)
        showMessagesOfSelection();
}

void MainWindow::onCameBack(ConnectionId before, ConnectionId now)
{
    // A person who looks at something else is left there. The row may have left the table when it closed.
    const bool isLookedAt = m_selection.empty() ? m_followShown : m_selection.size() == 1 && m_selection.front() == before;
    if (!isLookedAt)
        return;
    m_connections->select(now);
    showMessagesOfSelection();
}

void MainWindow::askWhichToFollow(const std::vector<ConnectionId>& candidates)
{
    m_followBar->setText(m_models->follow.pageName(),
        tr("has %1 open connections. Which one do you mean?", nullptr, pluralOf(candidates.size()))
            .arg(formatCount(candidates.size())));
    for (std::size_t i = 0; i < m_followButtons.size(); ++i) {
        QPushButton* button = m_followButtons[i];
        disconnect(button, &QPushButton::clicked, this, nullptr);
        button->setVisible(i < candidates.size());
        if (i >= candidates.size())
            continue;
        const ConnectionId id = candidates[candidates.size() - 1 - i]; // the newest first
        const ConnectionRecord* record = m_models->connections.record(id);
        if (record == nullptr) {
            button->hide();
            continue;
        }
        button->setText(tr("Follow #%1").arg(formatCount(record->info->number)));
        button->setAccessibleName(spokenName("Follow #%1").arg(record->info->number));
        connect(button, &QPushButton::clicked, this, [this, id] {
            if (m_models->follow.follow(id))
                m_connections->select(id);
        });
    }
    m_followBar->show();
}

void MainWindow::setSideVisible(bool visible)
{
    m_sideOffered = m_sideOffered || visible;
    m_side->setVisible(visible);
    if (m_sideAction != nullptr)
        m_sideAction->setChecked(visible);
    if (visible && (!m_sideSized || m_columns->sizes().value(1) < m_side->minimumWidth())) {
        m_sideSized = true;
        const int total = m_columns->width();
        m_columns->setSizes({total - sideWidth, sideWidth});
    }
}

void MainWindow::showSide(QWidget* page)
{
    setSideVisible(true);
    m_side->showPage(page);
}

void MainWindow::showAccess()
{
    showSide(m_access);
}

void MainWindow::showRefused()
{
    showSide(m_refused);
    m_refused->showNewest();
}

void MainWindow::showEndpoints()
{
    showSide(m_endpoints);
    m_endpoints->showEndpoint({});
}

void MainWindow::showEvents()
{
    showSide(m_events);
}

void MainWindow::showHistory()
{
    showSide(m_history);
}

void MainWindow::showTemplates()
{
    showSide(m_templates);
    m_templates->focusTree();
}

void MainWindow::usePhone()
{
    if (!m_phone)
        m_phone = new PhoneDialog(m_port, *m_allow, this);
    m_phone->show();
    m_phone->raise();
    m_phone->activateWindow();
}

void MainWindow::showWhyNot()
{
    if (!m_whyNot) {
        m_whyNot = new WhyNotDialog(m_port, m_models->refused, this);
        connect(m_whyNot, &WhyNotDialog::showRefused, this, &MainWindow::showRefused);
    }
    m_whyNot->show();
    m_whyNot->raise();
    m_whyNot->activateWindow();
}

void MainWindow::showShortcuts()
{
    ShortcutDialog::showFor(*this);
}

void MainWindow::showAbout()
{
    auto* about = new AboutDialog(this);
    about->open();
}

void MainWindow::askForRecording()
{
    auto* dialog = new QFileDialog(
        this, tr("Open recording"), m_recordingFolder.isEmpty() ? m_export->folder() : m_recordingFolder);
    nameControl(dialog, "open_recording_dialog", "Open recording");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Recordings (*.har *.jsonl *.ndjson *.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openRecording);
    dialog->open();
}

void MainWindow::openRecording(const QString& path)
{
    m_recordingFolder = QFileInfo(path).absolutePath();
    auto* window = new RecordingWindow(path, this);
    window->setWindowIcon(windowIcon());
    window->show();
}

void MainWindow::editInComposer(quint64 sequence)
{
    const auto record = m_models->messages.find(sequence);
    if (!record || record->isDivider())
        return;
    if (!record->payloadKept) {
        showOutcome(tr("The content of that message was not kept"));
        return;
    }
    m_composer->loadPayload(record->type, record->payload);
}

void MainWindow::saveAsTemplate(quint64 sequence)
{
    const auto record = m_models->messages.find(sequence);
    if (!record || record->isDivider())
        return;
    if (!record->payloadKept) {
        showOutcome(tr("The content of that message was not kept"));
        return;
    }
    showSide(m_templates);
    m_templates->keep(composedFrom(record->type, record->payload));
}

void MainWindow::deleteCapture()
{
    auto* box = new QMessageBox(this);
    nameControl(box, "delete_capture_question", "Delete capture");
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setIcon(QMessageBox::Question);
    box->setWindowTitle(tr("Delete capture"));
    box->setText(
        tr("Delete all %1 messages that are kept?", nullptr, pluralOf(m_models->messages.messageCount()))
            .arg(formatCount(m_models->messages.messageCount())));
    box->setInformativeText(tr("This cannot be undone. Connections are not affected."));
    QPushButton* yes = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    QPushButton* no = box->addButton(QMessageBox::Cancel);
    nameControl(yes, "delete_capture_yes", "Confirm delete capture");
    nameControl(no, "delete_capture_no", "Cancel delete capture");
    box->setDefaultButton(no);
    connect(box, &QMessageBox::finished, this, [this, box, yes] {
        if (box->clickedButton() == yes)
            m_models->messages.clear();
    });
    box->open();
}

void MainWindow::showOutcome(const QString& sentence)
{
    m_status->showOutcome(sentence);
}

bool MainWindow::event(QEvent* event)
{
    if (event->type() == QEvent::ThemeChange)
        Theme::instance().systemChanged();
    return QMainWindow::event(event);
}

} // namespace jackfield::ui
