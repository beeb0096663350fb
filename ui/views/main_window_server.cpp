// The window's ways to what the server listens on and proves itself with.
#include "ui/bridge/engine_port.h"
#include "ui/views/certificate_dialog.h"
#include "ui/views/listeners_dialog.h"
#include "ui/views/main_window.h"
#include "ui/views/refused_view.h"
#include "ui/views/server_address.h"
#include "ui/views/server_bars.h"
#include "ui/views/server_toolbar.h"
#include "ui/views/status_line.h"
#include "ui/views/tls_lock.h"
#include "ui/views/window_models.h"

#include <QMenu>
#include <QMenuBar>

#include <optional>
#include <utility>

namespace jackfield::ui {

void MainWindow::makeServerMenu()
{
    QMenu& menu = *menuBar()->addMenu(tr("&Server"));
    menu.setObjectName(QStringLiteral("menu_server"));
    const auto add = [&](const QString& text, const char* name, auto* receiver, auto slot) {
        QAction* action = menu.addAction(text);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, receiver, slot);
        return action;
    };
    add(tr("&Listeners..."), "server_listeners", this, &MainWindow::showListeners);
    m_certificateAction
        = add(tr("&Certificate and trust..."), "server_certificate", this, &MainWindow::showCertificate);
    m_certificateAction->setVisible(false);
    m_benchmarkAction = add(tr("&Benchmark..."), "server_benchmark", this, &MainWindow::benchmarkRequested);
    m_benchmarkAction->setVisible(false);
    menu.addSeparator();
    QAction* copy
        = add(tr("Copy &wss:// address"), "server_copy_secure_url", m_toolbar, &ServerToolbar::copySecureUrl);
    QAction* open = add(tr("Open test page with &https://"), "server_secure_test_page", m_toolbar,
        &ServerToolbar::openSecureTestPage);
    connect(&menu, &QMenu::aboutToShow, this, [this, copy, open] {
        const ServerStatus& status = *m_port.status();
        const bool isSecure = !secureSocketUrl(status).isEmpty();
        copy->setEnabled(isSecure);
        open->setEnabled(isSecure && status.listening);
    });

    connect(m_toolbar, &ServerToolbar::listenersRequested, this, &MainWindow::showListeners);
    connect(m_toolbar, &ServerToolbar::certificateRequested, this, &MainWindow::showCertificate);
    connect(m_refused, &RefusedView::certificateRequested, this, [this](const QString& missingName) {
        showCertificate();
        if (m_certificate)
            missingName.isEmpty() ? m_certificate->showTrust() : m_certificate->showNames(missingName);
    });
    connect(m_bars, &ServerBars::certificateRequested, this, &MainWindow::showCertificate);
    connect(m_refused, &RefusedView::listenersApplied, this, &MainWindow::listenersApplied);
    connect(m_status, &StatusLine::listenerStopped, this, &MainWindow::listenerStopped);
    connect(&m_models->tls, &TlsModel::changed, this, [this] {
        const TlsState& state = m_models->tls.state();
        m_bars->setTls(state);
        m_refused->setOwnCertificate(state.serving == TlsSource::own && !state.chain.empty()
                ? std::optional(state.chain.front())
                : std::nullopt);
    });
}

void MainWindow::offerCertificate()
{
    m_certificateOffered = true;
    m_certificateAction->setVisible(true);
    m_toolbar->tlsLock()->setLeadsToCertificate(true);
    m_refused->setCertificateOffered(true);
}

void MainWindow::offerBenchmark()
{
    m_benchmarkAction->setVisible(true);
}

void MainWindow::showListeners()
{
    if (!m_listeners) {
        m_listeners = new ListenersDialog(m_port, this);
        m_listeners->setProject(m_projectName);
        connect(m_listeners, &ListenersDialog::applied, this, &MainWindow::listenersApplied);
        connect(m_listeners, &ListenersDialog::stayed, this, [this] { m_closesAfterListeners = false; });
        connect(
            m_listeners, &QDialog::finished, this,
            [this] {
                if (std::exchange(m_closesAfterListeners, false))
                    close();
            },
            Qt::QueuedConnection); // once it is hidden
    }
    m_listeners->show();
    m_listeners->raise();
    m_listeners->activateWindow();
}

/// The window closes when the dialog has.
bool MainWindow::asksAboutEdits()
{
    if (m_givesUpEdits || !m_listeners || !m_listeners->isVisible() || !m_listeners->hasEdits())
        return false;
    showListeners();
    m_closesAfterListeners = true;
    m_listeners->close();
    return true;
}

void MainWindow::showCertificate()
{
    if (!m_certificateOffered)
        return;
    if (!m_certificate)
        m_certificate = new CertificateDialog(m_models->tls, this);
    m_certificate->show();
    m_certificate->raise();
    m_certificate->activateWindow();
}

} // namespace jackfield::ui
