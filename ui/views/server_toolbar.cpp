#include "ui/views/server_toolbar.h"

#include "ui/bridge/engine_port.h"
#include "ui/text/display_text.h"
#include "ui/text/phrases.h"
#include "ui/views/answers_button.h"
#include "ui/views/controls.h"
#include "ui/views/filter_field.h"
#include "ui/views/menu_button.h"
#include "ui/views/rate_plot.h"
#include "ui/views/server_address.h"
#include "ui/views/theme.h"
#include "ui/views/tls_lock.h"

#include <QAction>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

namespace jackfield::ui {

ServerToolbar::ServerToolbar(EnginePort& port, QWidget* parent)
    : QWidget(parent)
    , m_port(port)
{
    nameControl(this, "server_toolbar", "Server");
    m_startStop = named(framedToolButton({}, this), "start_stop", "Start or stop");
    m_address = named(new QLineEdit(this), "address", "Address");
    m_address->setReadOnly(true);
    m_address->setFont(monospaceFont());
    m_copy = named(new MenuButton(tr("Copy ▾"), this), "copy_address", "Copy address");
    auto* copies = new QMenu(m_copy);
    copies->setObjectName(QStringLiteral("copy_menu"));
    const auto addCopy = [&](const QString& title, const char* name, auto slot) {
        QAction* action = copies->addAction(title);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, this, slot);
    };
    addCopy(tr("&Address"), "copy_url", &ServerToolbar::copyUrl);
    addCopy(tr("&new WebSocket(\"...\")"), "copy_snippet", &ServerToolbar::copySnippet);
    addCopy(tr("Address of the &test page"), "copy_test_page", &ServerToolbar::copyTestPageUrl);
    m_secureCopies.push_back(copies->addSeparator());
    const auto addSecureCopy = [&](const QString& title, const char* name, auto slot) {
        addCopy(title, name, slot);
        m_secureCopies.push_back(copies->actions().constLast());
    };
    addSecureCopy(tr("Address with &wss://"), "copy_secure_url", &ServerToolbar::copySecureUrl);
    addSecureCopy(
        tr("n&ew WebSocket(\"wss://...\")"), "copy_secure_snippet", &ServerToolbar::copySecureSnippet);
    addSecureCopy(tr("Address of the test page with &https://"), "copy_secure_test_page",
        &ServerToolbar::copySecureTestPageUrl);
    copies->addSeparator();
    QAction* listeners = copies->addAction(tr("&Listeners..."));
    listeners->setObjectName(QStringLiteral("edit_listeners"));
    connect(listeners, &QAction::triggered, this, &ServerToolbar::listenersRequested);
    m_copy->setMenu(copies);
    m_lock = new TlsLock(this);
    connect(m_lock, &TlsLock::clicked, this, &ServerToolbar::certificateRequested);
    connect(m_lock, &TlsLock::wordsChanged, this, &ServerToolbar::fit);
    m_testPage = named(framedToolButton(tr("Open test page"), this), "open_test_page", "Open test page");
    auto* answers = new AnswersButton(port, this);
    m_plot = new RatePlot(this);
    m_filter
        = named(new FilterField(FilterSubject::connections, this), "connection_filter", "Filter connections");
    nameControl(m_filter->errorLabel(), "connection_filter_error", "Connection filter error");
    m_filter->errorLabel()->setAlignment(Qt::AlignRight);
    m_filter->setPlaceholderText(tr("Filter connections"));
    m_filter->setToolTip(tr("For example: chat origin:localhost -is:closed  (Ctrl+K)"));
    m_filter->setMinimumWidth(120);

    auto* row = m_row = new QHBoxLayout;
    row->setContentsMargins(10, 6, 10, 7);
    row->setSpacing(8);
    for (QWidget* widget :
        std::initializer_list<QWidget*>{m_startStop, m_address, m_copy, m_lock, m_testPage, answers, m_plot})
        row->addWidget(widget);
    row->addWidget(m_filter, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(m_filter->errorLabel());

    connect(m_startStop, &QToolButton::clicked, this, &ServerToolbar::startOrStop);
    connect(m_testPage, &QToolButton::clicked, this, &ServerToolbar::openTestPage);
    connect(answers, &AnswersButton::outcome, this, &ServerToolbar::outcome);
    connect(answers, &AnswersButton::endpointsRequested, this, &ServerToolbar::endpointsRequested);
    connect(&port, &EnginePort::statusChanged, this, &ServerToolbar::refresh);
    connect(&port, &EnginePort::frameTaken, this, [this] {
        const EngineTotals& totals = m_port.totals();
        m_plot->setTotals(totals.messages_in, totals.messages_out);
    });
    refresh(*port.status());
}

void ServerToolbar::refresh(const ServerStatus& status)
{
    m_startStop->setText(status.listening ? tr("■ Stop") : tr("▶ Start"));
    m_startStop->setAccessibleDescription(status.listening ? tr("Listening") : tr("Stopped"));
    m_startStop->setToolTip(
        status.listening ? tr("Stop listening and close every connection with 1001") : tr("Start listening"));
    const QString url = socketPort(status) != 0 ? socketUrl(status) : tr("not listening");
    if (m_address->text() != url) {
        m_address->setText(ourText(url.toStdString()));
        const int width = QFontMetrics(m_address->font()).horizontalAdvance(url) + 24;
        m_address->setFixedWidth(std::min(width, 270));
        m_address->setCursorPosition(0);
    }
    const QString secure = secureSocketUrl(status);
    m_address->setToolTip(
        secure.isEmpty() || secure == url ? QString() : tooltipText(tr("Also %1").arg(ourText(secure.toStdString()))));
    m_address->setEnabled(status.listening);
    m_testPage->setEnabled(status.listening);
    for (QAction* action : m_secureCopies)
        action->setVisible(!secure.isEmpty() && speaksPlain(status));
    m_lock->setStatus(status, WallTime(std::chrono::system_clock::now()));
    fit();
}

/// An address that is cut reads as another one. Before that the lock gives its words away, and then the rates
/// go.
void ServerToolbar::fit()
{
    if (!m_row)
        return;
    const auto needed = [this] {
        int width = m_row->contentsMargins().left() + m_row->contentsMargins().right() - m_row->spacing();
        for (int i = 0; i < m_row->count(); ++i) {
            const QWidget* const widget = m_row->itemAt(i)->widget();
            if (widget == m_plot || widget->isHidden())
                continue;
            const int own = widget == m_filter ? m_filter->minimumWidth()
                                               : widget->sizeHint().width();
            width += m_row->spacing() + (widget == m_address ? m_address->minimumWidth() : own);
        }
        return width;
    };
    m_lock->setBrief(false);
    const bool isBrief = needed() + m_row->spacing() + m_plot->sizeHint().width() > width();
    m_lock->setBrief(isBrief);
    m_plot->setVisible(needed() + m_row->spacing() + m_plot->minimumSizeHint().width() <= width());
}

void ServerToolbar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

void ServerToolbar::startOrStop()
{
    if (!m_port.status()->listening)
        run(command::Listen{});
    else if (m_stopGuard)
        m_stopGuard([this](bool dropQueued) { run(command::StopListening{dropQueued}); });
    else
        run(command::StopListening{});
}

void ServerToolbar::run(Command command)
{
    m_port.submitWithReply(std::move(command), this, [this](const event::CommandFinished& finished) {
        if (finished.error)
            Q_EMIT outcome(wordsOf(finished.error->message()));
    });
}

void ServerToolbar::copy(const QString& text)
{
    if (!m_port.status()->listening) { // there is no address, and the one of before would be somebody else's
        Q_EMIT outcome(tr("Nothing is copied: the server is stopped and has no address"));
        return;
    }
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT outcome(tr("Copied %1").arg(text));
}

void ServerToolbar::copyUrl()
{
    copy(socketUrl(*m_port.status()));
}

void ServerToolbar::copySnippet()
{
    copy(socketSnippet(socketUrl(*m_port.status())));
}

void ServerToolbar::copyTestPageUrl()
{
    copy(testPageUrl(*m_port.status()));
}

void ServerToolbar::copySecureUrl()
{
    if (const QString url = secureSocketUrl(*m_port.status()); !url.isEmpty())
        copy(url);
}

void ServerToolbar::copySecureSnippet()
{
    if (const QString url = secureSocketUrl(*m_port.status()); !url.isEmpty())
        copy(socketSnippet(url));
}

void ServerToolbar::copySecureTestPageUrl()
{
    if (const QString url = secureTestPageUrl(*m_port.status()); !url.isEmpty())
        copy(url);
}

void ServerToolbar::openTestPage()
{
    open(testPageUrl(*m_port.status()));
}

void ServerToolbar::openSecureTestPage()
{
    if (const QString url = secureTestPageUrl(*m_port.status()); !url.isEmpty())
        open(url);
}

void ServerToolbar::open(const QString& url)
{
    if (!m_port.status()->listening)
        return;
    if (!QDesktopServices::openUrl(QUrl(url)))
        Q_EMIT outcome(tr("No browser could be opened. Open %1 yourself.").arg(url));
}

void ServerToolbar::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorRole::Window));
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColor(ColorRole::Border));
}

} // namespace jackfield::ui
