#include "ui/views/why_not_dialog.h"

#include "ui/bridge/engine_port.h"
#include "ui/models/refused_model.h"
#include "ui/text/format.h"
#include "ui/views/controls.h"
#include "ui/views/server_address.h"
#include "ui/views/theme.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace jackfield::ui {

namespace {

WhyNotDialog::Cause otherAddress(const ServerStatus& status)
{
    const QString title = WhyNotDialog::tr("The page uses another address");
    const QString secure = secureSocketUrl(status);
    if (secure.isEmpty())
        return {title,
            WhyNotDialog::tr("It must say %1: the same port, and ws:// instead of wss://, http:// or https://.")
                .arg(socketUrl(status))};
    if (!speaksPlain(status))
        return {title,
            WhyNotDialog::tr("It must say %1: the same port, and wss:// instead of ws://, http:// or https://.")
                .arg(secure)};
    return {title,
        WhyNotDialog::tr("It must say %1 or %2: the same port, and no http:// or https://.")
            .arg(socketUrl(status), secure)};
}

WhyNotDialog::Cause loadedOverHttps(const ServerStatus& status)
{
    const QString secure = secureSocketUrl(status);
    return {WhyNotDialog::tr("The page was loaded over https"),
        secure.isEmpty()
            ? WhyNotDialog::tr("Such a page may open ws:// to localhost only; to any other address the browser "
                               "calls it mixed content and refuses.")
            : WhyNotDialog::tr("Such a page may open ws:// to localhost only; to any other address the browser "
                               "calls it mixed content and refuses. Use wss:// there: %1.")
                  .arg(secure)};
}

} // namespace

std::vector<WhyNotDialog::Cause> WhyNotDialog::causes(const ServerStatus& status)
{
    std::vector<Cause> all{otherAddress(status)};
    if (const QString page = secureTestPageUrl(status); !page.isEmpty())
        all.push_back({tr("The browser does not trust the certificate"),
            tr("Over wss:// it refuses without a question. Open %1 in that browser: where it warns, the "
               "certificate is not trusted there yet.")
                .arg(page)});
    const std::vector<Cause> others{
        {tr("The browser asks first, or refuses"),
            tr("A page from the internet needs a permission to reach this machine (in Chrome: Local Network "
               "Access). Without it the browser "
               "stops before one byte is sent. Look for a question beside the address bar, or in the site "
               "settings.")},
        loadedOverHttps(status),
        {tr("“localhost” is another machine"),
            tr("Inside a container, a virtual machine, a remote desktop or on a phone, localhost is that "
               "machine and not this one. For a phone, "
               "choose Use from a phone.")},
        {tr("The page's Content-Security-Policy"),
            tr("connect-src must name this address, or the browser refuses by itself. Its console says so.")},
        {tr("Something stands between"),
            tr("A proxy, a VPN, a firewall or an extension that blocks content can swallow the connection. "
               "Try a private window without "
               "extensions.")},
    };
    all.insert(all.end(), others.begin(), others.end());
    return all;
}

WhyNotDialog::WhyNotDialog(EnginePort& port, const RefusedModel& refused, QWidget* parent)
    : QDialog(parent)
    , m_port(port)
    , m_attempts(refused)
{
    nameControl(this, "why_not_dialog", "Why the page failed");
    setWindowTitle(tr("The page says it failed"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(560, 560);

    m_verdict = named(wrappedLabel({}, this), "why_not_verdict", "What reached this server");
    QFont bold = m_verdict->font();
    bold.setBold(true);
    m_verdict->setFont(bold);
    m_refused = named(
        new QPushButton(tr("Show refused attempts"), this), "why_not_refused", "Show refused attempts");
    m_refused->setAutoDefault(false);

    auto* list = new QWidget(this);
    auto* listLayout = new QVBoxLayout(list);
    listLayout->setContentsMargins(0, 0, 8, 0);
    m_list = new QWidget(list);
    listLayout->addWidget(m_list);
    listLayout->addStretch();
    auto* scroll = named(new QScrollArea(this), "why_not_causes", "Likely causes");
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(list);

    auto* close = named(new QPushButton(tr("Close"), this), "why_not_close", "Close why the page failed");
    close->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_refused);
    buttons->addStretch();
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 14);
    layout->setSpacing(12);
    layout->addWidget(m_verdict);
    layout->addWidget(scroll, 1);
    layout->addLayout(buttons);

    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_refused, &QPushButton::clicked, this, [this] {
        Q_EMIT showRefused();
        accept();
    });
    connect(&port, &EnginePort::frameTaken, this, &WhyNotDialog::refresh);
    connect(&port, &EnginePort::statusChanged, this, &WhyNotDialog::refresh);
    connect(&refused, &QAbstractItemModel::modelReset, this, &WhyNotDialog::refresh); // cleared
    refresh();
}

void WhyNotDialog::listCauses()
{
    const std::vector<Cause> all = causes(*m_port.status());
    QString whole;
    for (const Cause& cause : all)
        whole += cause.title + cause.text;
    if (whole == m_listed)
        return;
    m_listed = whole;
    qDeleteAll(m_list->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    delete m_list->layout();
    auto* layout = new QVBoxLayout(m_list);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    for (const Cause& cause : all) {
        auto* title = wrappedLabel(cause.title, m_list);
        title->setFont(m_verdict->font());
        layout->addWidget(title);
        auto* text = wrappedLabel(cause.text, m_list);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        layout->addWidget(text);
        layout->addSpacing(9);
    }
}

void WhyNotDialog::refresh()
{
    listCauses();
    const EngineTotals& totals = m_port.totals();
    const bool isListed = m_attempts.listed() > 0;
    m_refused->setVisible(isListed);
    QString verdict;
    if (!m_port.status()->listening)
        verdict = tr("Jackfield is stopped: nothing can reach it. Press Start first.");
    else if (m_attempts.asked() > 0 && isListed)
        verdict = tr("Something did reach this server and was turned away (%1 so far). The refused attempts "
                     "say why and how to let it in.")
                      .arg(formatCount(m_attempts.asked()));
    else if (m_attempts.asked() > 0)
        verdict = tr("Something did reach this server and was turned away (%1 so far). The list of refused "
                     "attempts was cleared.")
                      .arg(formatCount(m_attempts.asked()));
    else if (m_attempts.lost() > 0)
        verdict
            = tr("More has reached this server than could be listed, so the page's attempt may be missing "
                 "among the refused ones. The usual causes:");
    else if (totals.opened > 0)
        verdict = tr("Connections do reach this server (%1 so far), so the page in question does not get "
                     "this far. The usual causes:")
                      .arg(formatCount(totals.opened));
    else if (totals.refused > 0 || m_attempts.total() > 0)
        verdict = tr("Something has reached this server, but no complete request for a WebSocket. The usual "
                     "causes:");
    else
        verdict = tr("Nothing has reached this server. The usual causes:");
    if (verdict != m_verdict->text())
        m_verdict->setText(verdict);
}

} // namespace jackfield::ui
