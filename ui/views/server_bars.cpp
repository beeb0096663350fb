#include "ui/views/server_bars.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/tls_state.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"
#include "ui/views/controls.h"
#include "ui/views/notice_bar.h"
#include "ui/views/server_address.h"

#include <QDialog>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <variant>

namespace jackfield::ui {

namespace {

constexpr qsizetype noticesInBar = 4;

/// The entries of a list that let everybody in.
QStringList wideOpenEntries(const AccessList& list)
{
    QStringList entries;
    for (const AccessLine& line : list.lines) {
        if (line.state == AccessLine::State::active && line.pattern.is_wide_open())
            entries << displayText(line.text, 60);
    }
    return entries;
}

/// The endpoints that any page may connect to.
QStringList openEndpoints(const ServerStatus& status)
{
    QStringList paths;
    for (const EndpointConfig& endpoint : status.endpoints) {
        if (endpoint.any_origin)
            paths << displayText(endpoint.pattern, 60);
    }
    return paths;
}

/// "Port 4567 is used by node (pid 812)."
QString portTakenText(const event::ListenFailed& failed)
{
    const QString port = QString::number(failed.address.port());
    const QString where = failed.address.is_loopback()
        ? port
        : ServerBars::tr("%1 on %2", "port on address").arg(port, ourText(failed.address.address_text()));
    if (!failed.owner_name.empty() && failed.owner_pid != 0)
        return ServerBars::tr("Port %1 is used by %2 (pid %3).")
            .arg(where, displayText(failed.owner_name, 60), QString::number(failed.owner_pid));
    if (failed.owner_pid != 0)
        return ServerBars::tr("Port %1 is used by the program with pid %2.")
            .arg(where, QString::number(failed.owner_pid));
    return ServerBars::tr("Port %1 is used by another program.").arg(where);
}

} // namespace

ServerBars::ServerBars(EnginePort& port, QWidget* parent)
    : QWidget(parent)
    , m_port(port)
{
    nameControl(this, "server_bars", "Notices");
    m_portTaken = new NoticeBar(NoticeBar::Severity::Warning, "bar_port_taken", "Port in use", this);
    auto* again = m_portTaken->addButton(tr("Try again"), "port_try_again", "Try again to listen");
    m_useNext = m_portTaken->addButton({}, "port_use_next", "Use another port this time");
    m_wideOpen = new NoticeBar(NoticeBar::Severity::Danger, "bar_wide_open", "Everybody may connect", this);
    m_editWide = m_wideOpen->addButton(tr("Edit the lists"), "wide_open_edit", "Edit the wide open lists");
    m_showOpen = m_wideOpen->addButton(tr("Show the endpoint"), "wide_open_endpoint", "Show the wide open endpoint");
    m_listProblem = new NoticeBar(NoticeBar::Severity::Danger, "bar_list_problem", "List not usable", this);
    auto* editBroken
        = m_listProblem->addButton(tr("Edit the lists"), "list_problem_edit", "Edit the unusable list");
    m_notSaved = new NoticeBar(NoticeBar::Severity::Danger, "bar_not_saved", "Not saved", this);
    auto* retry = m_notSaved->addButton(tr("Retry"), "not_saved_retry", "Retry to save");
    m_tls = new NoticeBar(NoticeBar::Severity::Warning, "bar_tls", "Certificate", this);
    auto* certificate
        = m_tls->addButton(tr("Certificate and trust..."), "tls_certificate", "Open certificate and trust");
    auto* closeTls = m_tls->addButton(tr("Close"), "tls_close", "Close the notice about the certificate");
    m_notices = new NoticeBar(NoticeBar::Severity::Notice, "bar_notices", "Notices of the start", this);
    m_allNotices = m_notices->addButton(tr("Show all"), "notices_all", "Show all notices");
    auto* read = m_notices->addButton(tr("Close"), "notices_close", "Close the notices");

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (NoticeBar* bar : {m_wideOpen, m_listProblem, m_portTaken, m_notSaved, m_tls, m_notices})
        layout->addWidget(bar);

    connect(again, &QPushButton::clicked, this, [this] { submit(command::Listen{}); });
    connect(m_useNext, &QPushButton::clicked, this,
        [this] { submit(command::Listen{listenersOnPort(*m_port.status(), m_failedPort, m_nextPort)}); });
    connect(m_editWide, &QPushButton::clicked, this, &ServerBars::accessRequested);
    connect(m_showOpen, &QPushButton::clicked, this, [this] {
        const auto& endpoints = m_port.status()->endpoints;
        const auto open = std::ranges::find(endpoints, true, &EndpointConfig::any_origin);
        Q_EMIT endpointRequested(open == endpoints.end() ? QString() : QString::fromStdString(open->pattern));
    });
    connect(editBroken, &QPushButton::clicked, this, &ServerBars::accessRequested);
    connect(retry, &QPushButton::clicked, this, &ServerBars::retrySaveRequested);
    connect(certificate, &QPushButton::clicked, this, &ServerBars::certificateRequested);
    connect(closeTls, &QPushButton::clicked, this, [this] {
        m_tlsClosed = m_tls->text();
        m_tls->hide();
    });
    connect(m_allNotices, &QPushButton::clicked, this, &ServerBars::showAllNotices);
    connect(read, &QPushButton::clicked, this, [this] {
        m_noticeTexts.clear();
        m_notices->hide();
    });
    connect(&port, &EnginePort::statusChanged, this, &ServerBars::refresh);
    connect(&port, &EnginePort::eventsTaken, this, &ServerBars::onEvents);
    refresh(*port.status());
}

void ServerBars::submit(Command command)
{
    m_port.submitWithReply(std::move(command), this, [this](const event::CommandFinished& finished) {
        if (finished.error)
            Q_EMIT outcome(wordsOf(finished.error->message()));
    });
}

void ServerBars::refresh(const ServerStatus& status)
{
    if (status.listening)
        m_portTaken->hide();

    const QStringList hosts = wideOpenEntries(status.access.hosts);
    const QStringList origins = wideOpenEntries(status.access.origins);
    if (!origins.isEmpty()) {
        m_wideOpen->setText(tr("Almost any web page may connect:"),
            tr("the origin list holds %1.").arg(displayText(origins.join(QStringLiteral(", ")))));
    } else if (!hosts.isEmpty()) {
        m_wideOpen->setText(tr("Jackfield answers to almost any name:"),
            tr("the host list holds %1, so DNS rebinding is not stopped.")
                .arg(displayText(hosts.join(QStringLiteral(", ")))));
    }
    const QStringList open = openEndpoints(status);
    const bool isAboutLists = !origins.isEmpty() || !hosts.isEmpty();
    if (!isAboutLists && !open.isEmpty())
        m_wideOpen->setText(tr("Any web page may connect:"),
            tr("whatever the list of origins says, it may open %1.").arg(displayText(open.join(QStringLiteral(", ")))));
    m_editWide->setVisible(isAboutLists);
    m_showOpen->setVisible(!isAboutLists);
    m_wideOpen->setVisible(isAboutLists || !open.isEmpty());

    const bool hostsBroken = status.access.hosts.fell_back;
    const bool originsBroken = status.access.origins.fell_back;
    if (hostsBroken || originsBroken) {
        const AccessList& broken = hostsBroken ? status.access.hosts : status.access.origins;
        m_listProblem->setText(
            hostsBroken ? tr("The host list could not be used:") : tr("The origin list could not be used:"),
            displayText(wordsOf(broken.problem), 400) + u'.');
    }
    m_listProblem->setVisible(hostsBroken || originsBroken);
}

void ServerBars::onEvents(const EventBatch& batch)
{
    for (const Event& event : batch.events) {
        if (const auto* failed = std::get_if<event::ListenFailed>(&event.what)) {
            if (!failed->optional)
                onListenFailed(*failed);
        } else if (std::holds_alternative<event::Stopped>(event.what)) {
            m_portTaken->hide();
        }
    }
}

void ServerBars::onListenFailed(const event::ListenFailed& failed)
{
    const bool taken = failed.error.code == ErrorCode::address_in_use;
    // Both addresses of the usual pair fail alike; the first that names the owner says it best.
    const std::uint16_t port = failed.address.port();
    if (m_portTaken->isVisibleTo(this) && failed.owner_pid == 0 && port == m_failedPort
        && failed.error.code == m_failure)
        return;
    m_failedPort = port;
    m_failure = failed.error.code;
    if (taken) {
        QString sentence = portTakenText(failed);
        if (failed.address.is_v6() && failed.address.is_loopback())
            sentence += u' ' + tr("Browsers that open localhost may reach it instead.");
        m_portTaken->setText({}, sentence);
    } else {
        m_portTaken->setText(
            tr("Not listening on %1:").arg(ourText(failed.address.text())), wordsOf(failed.error.message()));
    }
    m_nextPort = failed.next_free_port;
    m_useNext->setVisible(taken && m_nextPort != 0);
    m_useNext->setText(tr("Use %1 this time").arg(m_nextPort));
    m_portTaken->show();
}

void ServerBars::setTls(const TlsState& state)
{
    QString sentence;
    if (state.passphraseNeeded)
        sentence = tr("wss:// is not served: the key of your certificate is encrypted, and its passphrase is "
                      "needed.");
    else if (!state.problem.empty())
        sentence = tr("The certificate for wss://: %1.").arg(displayText(state.problem, 400));
    else if (state.serving != TlsSource::off && state.age.state == TlsAge::State::ended)
        sentence = tr("The certificate for wss:// has ended: browsers refuse it.");
    else if (state.serving != TlsSource::off && state.age.state == TlsAge::State::endsSoon)
        sentence = tr("The certificate for wss:// ends in %1 days.", nullptr, state.age.daysLeft)
                       .arg(state.age.daysLeft);
    else if (state.serving != TlsSource::off && state.age.state == TlsAge::State::notBegun)
        sentence = tr("The certificate for wss:// is not valid yet: browsers refuse it.");
    if (sentence.isEmpty()) {
        m_tlsClosed.clear();
        m_tls->hide();
        return;
    }
    m_tls->setText({}, displayText(sentence, 600));
    m_tls->setVisible(m_tls->text() != m_tlsClosed);
}

void ServerBars::showNotices(const QStringList& notices)
{
    m_noticeTexts += notices;
    if (m_noticeTexts.isEmpty())
        return;
    QStringList shown;
    for (const QString& notice : m_noticeTexts.mid(0, noticesInBar))
        shown << displayText(notice);
    const qsizetype others = m_noticeTexts.size() - noticesInBar;
    if (others > 0)
        shown << tr("and %1 more", "notices").arg(others);
    m_allNotices->setVisible(others > 0);
    m_notices->setText({}, shown.join(u'\n'));
    m_notices->show();
}

void ServerBars::showAllNotices()
{
    auto* dialog = new QDialog(this);
    nameControl(dialog, "notices_dialog", "Notices");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Notices"));
    auto* text = named(new QPlainTextEdit(dialog), "notices_text", "All notices");
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    QStringList lines;
    for (const QString& notice : m_noticeTexts)
        lines << displayText(notice, 2'000);
    text->setPlainText(lines.join(QStringLiteral("\n\n")));
    auto* close = named(new QPushButton(tr("Close"), dialog), "notices_dialog_close", "Close all notices");
    connect(close, &QPushButton::clicked, dialog, &QDialog::accept);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(text);
    layout->addLayout(buttons);
    dialog->resize(640, 360);
    dialog->open();
}

void ServerBars::showSaveProblem(const QString& why)
{
    m_notSaved->setText(
        tr("Not saved:"), tr("%1 The changes are in force and kept in memory.").arg(displayText(why)));
    m_notSaved->show();
}

void ServerBars::clearSaveProblem()
{
    m_notSaved->hide();
}

} // namespace jackfield::ui
