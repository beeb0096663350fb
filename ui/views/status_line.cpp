#include "ui/views/status_line.h"

#include "ui/bridge/engine_port.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"
#include "ui/views/capture_gauge.h"
#include "ui/views/controls.h"
#include "ui/views/elided_label.h"
#include "ui/views/menu_button.h"
#include "ui/views/server_address.h"
#include "ui/views/theme.h"
#include "ui/views/window_models.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>

namespace jackfield::ui {

namespace {

void setTextOf(QLabel* label, const QString& text)
{
    if (label->text() != text)
        label->setText(text);
}

} // namespace

StatusLine::StatusLine(EnginePort& port, WindowModels& models, QWidget* parent)
    : QWidget(parent)
    , m_port(port)
    , m_models(models)
{
    nameControl(this, "status_line", "Status");
    m_counts = named(mutedLabel({}, this), "status_counts", "Connections open and closed");
    m_refused = named(new QPushButton(this), "status_refused", "Refused attempts");
    m_refused->setProperty("inline", true);
    m_gauge = new CaptureGauge(port, models.messages, this);
    m_dropped = named(mutedLabel({}, this), "status_dropped", "Messages that gave way");
    m_outcome = named(new ElidedLabel(this), "status_outcome", "Outcome");
    m_network = named(new MenuButton(QString(), this), "status_network", "Reachable from the network");
    m_network->setProperty("caution", true);
    m_network->setProperty("small", true);
    m_network->setMenu(new QMenu(m_network));
    m_missed = named(mutedLabel({}, this), "status_missed", "Missed");

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 2, 10, 2);
    layout->setSpacing(4);
    layout->addWidget(m_counts);
    layout->addWidget(m_refused);
    layout->addSpacing(14);
    layout->addWidget(m_gauge);
    layout->addWidget(m_dropped);
    layout->addSpacing(14);
    layout->addWidget(m_outcome, 1);
    layout->addWidget(m_network);
    layout->addSpacing(8);
    layout->addWidget(m_missed);

    m_outcomeTimer.setSingleShot(true);
    m_outcomeTimer.setInterval(8'000);
    connect(&m_outcomeTimer, &QTimer::timeout, this, [this] { m_outcome->setContent({}); });
    connect(m_refused, &QPushButton::clicked, this, &StatusLine::refusedRequested);
    connect(&port, &EnginePort::frameTaken, this, &StatusLine::refresh);
    connect(&port, &EnginePort::statusChanged, this, &StatusLine::refreshNetwork);
    connect(&models.connectionTable, &ConnectionModel::countsChanged, this, &StatusLine::refresh);
    connect(&models.messages, &MessageStore::changed, this, &StatusLine::refresh);
    refresh();
    refreshNetwork();
}

void StatusLine::showOutcome(const QString& sentence)
{
    m_outcome->setContent(displayText(sentence));
    m_outcomeTimer.start();
}

QString StatusLine::countsText() const
{
    return tr("%1 open · %2 closed ·")
        .arg(formatCount(m_models.connections.openCount()),
            formatCount(m_models.connections.closedCount() + m_models.connections.forgottenClosed()));
}

QString StatusLine::missedText() const
{
    const std::uint64_t missed = m_models.missed();
    return missed == 0 ? tr("Nothing missed") : tr("%1 missed").arg(formatCount(missed));
}

void StatusLine::refresh()
{
    setTextOf(m_counts, countsText());
    m_refused->setText(tr("%1 refused").arg(formatCount(m_port.totals().refused)));
    const std::uint64_t dropped = m_models.messages.evictedCount();
    setTextOf(
        m_dropped, tr("%1 older messages dropped", nullptr, pluralOf(dropped)).arg(formatCount(dropped)));
    m_dropped->setVisible(dropped > 0);
    setTextOf(m_missed, missedText());
    if (m_models.missed() > 0 && m_missed->toolTip().isEmpty()) {
        m_missed->setToolTip(tr("Messages or events that came faster than the window could take them. The "
                                "connections themselves lost nothing."));
        setStyleProperty(m_missed, "danger", true);
    }
}

void StatusLine::refreshNetwork()
{
    const auto addresses = addressesBeyondLoopback(*m_port.status());
    m_network->setVisible(!addresses.empty());
    m_network->menu()->clear();
    if (addresses.empty())
        return;
    m_network->setText(addresses.size() == 1
            ? tr("Network: %1").arg(ourText(addresses.front().text()))
            : tr("Network: %1 addresses").arg(formatCount(addresses.size())));
    m_network->setToolTip(tr("Other machines can reach these addresses"));
    for (const SocketAddress& address : addresses) {
        QAction* stop = m_network->menu()->addAction(tr("Stop listening on %1").arg(ourText(address.text())));
        connect(stop, &QAction::triggered, this, [this, address] {
            const ListenerStatus* listener = listenerAt(*m_port.status(), address);
            const auto spec = listener ? std::optional(listener->spec) : std::nullopt;
            m_port.submitWithReply(
                command::RemoveListener{address}, this, [this, spec](const event::CommandFinished& finished) {
                    showOutcome(
                        finished.error ? wordsOf(finished.error->message()) : tr("Stopped listening there"));
                    if (!finished.error && spec)
                        Q_EMIT listenerStopped(*spec);
                });
        });
    }
}

void StatusLine::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ColorRole::Window));
    painter.fillRect(QRect(0, 0, width(), 1), themeColor(ColorRole::Border));
}

} // namespace jackfield::ui
