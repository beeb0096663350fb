// What the window asks and tells when connections end: stopping, applying the lists again, and closing.
#include "ui/bridge/engine_port.h"
#include "ui/models/repeats.h"
#include "ui/text/phrases.h"
#include "ui/views/closing_question.h"
#include "ui/views/composer.h"
#include "ui/views/main_window.h"
#include "ui/views/server_bars.h"
#include "ui/views/server_toolbar.h"
#include "ui/views/window_models.h"

#include <QCloseEvent>
#include <QMessageBox>

#include <utility>

namespace jackfield::ui {

void MainWindow::connectEnding()
{
    m_toolbar->setStopGuard([this](std::function<void(bool dropQueued)> stop) {
        const WhatIsOpen open = whatIsOpen(m_models->connections);
        if (open.connections > 1 || open.waiting > 0)
            m_closingQuestion = askToStop(open, m_port.status()->limits.closing_timeout, this, std::move(stop));
        else
            stop(false);
    });
    connect(&m_port, &EnginePort::eventsTaken, this, [this](const EventBatch& batch) {
        for (const Event& event : batch.events) {
            const auto* stopped = std::get_if<event::StopFinished>(&event.what);
            if (stopped == nullptr || stopped->sent + stopped->dropped == 0)
                continue;
            const QString outcome = queueOutcome(stopped->sent, stopped->dropped);
            if (stopped->dropped != 0)
                m_bars->showNotices({outcome});
            else
                showOutcome(outcome);
        }
    });
}

void MainWindow::reapplyAccess()
{
    const auto reapply = [this] {
        m_port.submitWithReply(
            command::ReapplyAccess{}, this, [this](const event::CommandFinished& finished) {
                showOutcome(finished.error ? wordsOf(finished.error->message())
                                           : outcomeText(finished, tr("closed")));
            });
    };
    const std::uint64_t refused = refusedByNow(m_models->connections, *m_port.status(), m_port.clockNow());
    if (refused > 1)
        m_closingQuestion = askToReapply(refused, this, reapply);
    else
        reapply();
}

bool MainWindow::isAskingAboutEdits() const
{
    return m_closesAfterListeners || (m_closingQuestion && m_closingQuestion->isVisible());
}

/// True while the answer is awaited.
bool MainWindow::asksAboutQueues()
{
    if (m_givesUpEdits || m_endsQueues)
        return false;
    const WhatIsOpen open = whatIsOpen(m_models->connections);
    if (open.waiting == 0)
        return false;
    if (!m_closingQuestion || !m_closingQuestion->isVisible()) // one that was answered is deleted later
        m_closingQuestion = askToQuit(
            open, m_port.status()->limits.closing_timeout, this, [this](bool dropQueued) {
                m_endsQueues = true;
                m_dropsQueued = dropQueued;
                close();
            });
    return true;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (asksAboutEdits() || asksAboutQueues()) {
        event->ignore();
        return;
    }
    if (m_mayClose && !m_mayClose()) {
        m_endsQueues = false; // the next time more may wait
        event->ignore();
        return;
    }
    remember();
    m_composer->repeats().stopAll(); // nothing is sent by a window that is not there
    event->accept();
    hide();
    Q_EMIT closed();
}

} // namespace jackfield::ui
