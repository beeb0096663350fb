#include "ui/views/phone_dialog.h"

#include "ui/bridge/engine_port.h"
#include "ui/text/display_text.h"
#include "ui/text/phrases.h"
#include "ui/views/controls.h"
#include "ui/views/server_address.h"
#include "ui/views/theme.h"

#include "jackfield/tls_credentials.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QNetworkInterface>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace jackfield::ui {

namespace {

QString bracketed(const SocketAddress& address)
{
    const QString text = ourText(address.address_text());
    return address.is_v6() ? u'[' + text + u']' : text;
}

} // namespace

PhoneDialog::PhoneDialog(EnginePort& port, AllowAction& allow, QWidget* parent)
    : QDialog(parent)
    , m_port(port)
    , m_allow(allow)
{
    nameControl(this, "phone_dialog", "Use from a phone");
    setWindowTitle(tr("Use from a phone"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(480);

    auto* choice = new QWidget(this);
    m_network = named(new QComboBox(choice), "phone_network", "Network");
    m_consequence = wrappedLabel({}, choice);
    m_problem = named(wrappedLabel({}, choice), "phone_problem", "Why it does not listen");
    m_problem->setProperty("danger", true);
    m_problem->hide();
    m_listen = named(new QPushButton(choice), "phone_listen", "Listen on this network");
    m_listen->setDefault(true);
    auto* cancel = named(new QPushButton(tr("Cancel"), choice), "phone_cancel", "Cancel use from a phone");
    auto* choiceButtons = new QHBoxLayout;
    choiceButtons->addStretch();
    choiceButtons->addWidget(cancel);
    choiceButtons->addWidget(m_listen);
    auto* choiceLayout = new QVBoxLayout(choice);
    choiceLayout->setContentsMargins(0, 0, 0, 0);
    choiceLayout->setSpacing(10);
    choiceLayout->addWidget(wrappedLabel(tr("A phone or another computer reaches Jackfield through a network "
                                            "of this machine. Choose the one that it is on."),
        choice));
    choiceLayout->addWidget(m_network);
    choiceLayout->addWidget(m_consequence);
    choiceLayout->addWidget(m_problem);
    choiceLayout->addStretch();
    choiceLayout->addLayout(choiceButtons);

    auto* result = new QWidget(this);
    m_url = named(new QLineEdit(result), "phone_url", "Address for the phone");
    m_url->setReadOnly(true);
    m_url->setFont(monospaceFont());
    auto* copy = named(new QPushButton(tr("Copy"), result), "phone_copy", "Copy address for the phone");
    m_secure = new QWidget(result);
    m_secureUrl = named(new QLineEdit(m_secure), "phone_secure_url", "Encrypted address for the phone");
    m_secureUrl->setReadOnly(true);
    m_secureUrl->setFont(monospaceFont());
    auto* copySecure = named(
        new QPushButton(tr("Copy"), m_secure), "phone_copy_secure", "Copy encrypted address for the phone");
    m_secureNote = named(wrappedLabel({}, m_secure), "phone_secure_note", "What wss needs on the phone");
    m_secureNote->setProperty("muted", true);
    auto* secureRow = new QHBoxLayout;
    secureRow->addWidget(m_secureUrl, 1);
    secureRow->addWidget(copySecure);
    auto* secureLayout = new QVBoxLayout(m_secure);
    secureLayout->setContentsMargins(0, 0, 0, 0);
    secureLayout->setSpacing(4);
    secureLayout->addLayout(secureRow);
    secureLayout->addWidget(m_secureNote);
    connect(copySecure, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_secureUrl->text()); });
    m_allowHost = named(new QCheckBox(result), "phone_allow_host", "Allow this host");
    m_allowOrigin = named(new QCheckBox(result), "phone_allow_origin", "Allow pages from this address");
    m_allowHost->setChecked(true);
    m_allowOrigin->setChecked(true);
    m_allowButton = named(new QPushButton(tr("Add to the lists"), result), "phone_allow", "Add to the lists");
    m_stopButton = named(
        new QPushButton(tr("Stop listening there"), result), "phone_stop", "Stop listening on this network");
    m_outcome = named(wrappedLabel({}, result), "phone_outcome", "Outcome");
    auto* close = named(new QPushButton(tr("Close"), result), "phone_close", "Close use from a phone");
    auto* urlRow = new QHBoxLayout;
    urlRow->addWidget(m_url, 1);
    urlRow->addWidget(copy);
    auto* resultButtons = new QHBoxLayout;
    resultButtons->addWidget(m_stopButton);
    resultButtons->addStretch();
    resultButtons->addWidget(close);
    auto* resultLayout = new QVBoxLayout(result);
    resultLayout->setContentsMargins(0, 0, 0, 0);
    resultLayout->setSpacing(10);
    resultLayout->addWidget(plainLabel(tr("Jackfield listens there. On the phone, connect to"), result));
    resultLayout->addLayout(urlRow);
    resultLayout->addWidget(m_secure);
    resultLayout->addWidget(wrappedLabel(tr("It will be refused until the lists know this address. A page "
                                            "that your development server serves to the phone "
                                            "has this address as its origin."),
        result));
    resultLayout->addWidget(m_allowHost);
    resultLayout->addWidget(m_allowOrigin);
    auto* allowRow = new QHBoxLayout;
    allowRow->addWidget(m_allowButton);
    allowRow->addWidget(m_outcome, 1);
    resultLayout->addLayout(allowRow);
    resultLayout->addStretch();
    resultLayout->addLayout(resultButtons);

    m_pages = new QStackedWidget(this);
    m_pages->addWidget(choice);
    m_pages->addWidget(result);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 14);
    layout->addWidget(m_pages);

    connect(m_network, &QComboBox::currentIndexChanged, this, &PhoneDialog::updateChoice);
    connect(m_listen, &QPushButton::clicked, this, &PhoneDialog::listen);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(
        copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_url->text()); });
    connect(m_allowButton, &QPushButton::clicked, this, &PhoneDialog::allowEntries);
    const auto mayAdd
        = [this] { m_allowButton->setEnabled(m_allowHost->isChecked() || m_allowOrigin->isChecked()); };
    connect(m_allowHost, &QCheckBox::toggled, this, mayAdd);
    connect(m_allowOrigin, &QCheckBox::toggled, this, mayAdd);
    connect(m_stopButton, &QPushButton::clicked, this, [this] {
        const ListenerStatus* listener = listenerAt(*m_port.status(), m_bound);
        const auto spec = listener ? std::optional(listener->spec) : std::nullopt;
        m_port.submitWithReply(
            command::RemoveListener{m_bound}, this, [this, spec](const event::CommandFinished& outcome) {
                if (outcome.error) {
                    m_outcome->setText(wordsOf(outcome.error->message()));
                    return;
                }
                if (spec)
                    Q_EMIT listenerStopped(*spec);
                accept();
            });
    });
    connect(&m_allow, &AllowAction::allowed, this, [this](quint64 operation) {
        if (operation == m_operation && m_operation != 0)
            m_outcome->setText(tr("Added. Reload the page on the phone."));
    });
    connect(&m_allow, &AllowAction::failed, this, [this](quint64 operation, const QString& why) {
        if (operation == m_operation && m_operation != 0) {
            m_outcome->setText(why);
            m_allowButton->setEnabled(true);
        }
    });
    setNetworks(networks());
}

std::vector<NetworkAddress> PhoneDialog::networks()
{
    std::vector<NetworkAddress> found;
    const auto interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface& one : interfaces) {
        const auto flags = one.flags();
        if (!flags.testFlag(QNetworkInterface::IsUp) || flags.testFlag(QNetworkInterface::IsLoopBack))
            continue;
        const auto entries = one.addressEntries();
        for (const QNetworkAddressEntry& entry : entries) {
            const QHostAddress ip = entry.ip();
            if (ip.isLoopback() || ip.isLinkLocal() || ip.isMulticast())
                continue;
            const auto parsed = SocketAddress::parse(ip.protocol() == QAbstractSocket::IPv6Protocol
                    ? ("[" + ip.toString() + "]").toStdString()
                    : ip.toString().toStdString(),
                0);
            if (parsed)
                found.push_back({one.name(), *parsed});
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const NetworkAddress& a, const NetworkAddress& b) {
        return !a.address.is_v6() && b.address.is_v6();
    });
    return found;
}

void PhoneDialog::setNetworks(const std::vector<NetworkAddress>& networks)
{
    m_networks = networks;
    m_network->clear();
    for (const NetworkAddress& network : m_networks) {
        m_network->addItem(
            tr("%1 on %2", "address on interface")
                .arg(ourText(network.address.address_text()), displayText(network.interfaceName, 40)));
    }
    updateChoice();
}

std::optional<SocketAddress> PhoneDialog::chosen() const
{
    const int index = m_network->currentIndex();
    if (index < 0 || static_cast<std::size_t>(index) >= m_networks.size())
        return std::nullopt;
    return m_networks[static_cast<std::size_t>(index)].address;
}

void PhoneDialog::updateChoice()
{
    const auto address = chosen();
    const std::uint16_t port = socketPort(*m_port.status());
    m_problem->hide();
    m_network->setEnabled(!m_networks.empty());
    m_listen->setEnabled(address.has_value() && port != 0);
    if (!address) {
        m_consequence->setText(tr(
            "This machine has no network that another one could reach it through. Connect it to the phone's "
            "wireless network and open this again."));
        m_listen->setText(tr("Listen"));
        return;
    }
    m_listen->setText(tr("Listen on %1:%2").arg(bracketed(*address)).arg(port));
    m_consequence->setText(tr("Everyone on that network can then reach port %1 of this machine. The host and "
                              "origin lists still decide who gets "
                              "a connection. It lasts until you stop it, a project is opened or closed, or Jackfield closes.")
                               .arg(port));
}

void PhoneDialog::listen()
{
    const auto address = chosen();
    if (!address)
        return;
    const SocketAddress wanted = address->with_port(socketPort(*m_port.status()));
    const auto status = m_port.status();
    for (const ListenerStatus& listener : status->listeners) {
        const bool isIt = listener.bound == wanted;
        const bool coversIt = listener.bound.is_any() && listener.bound.is_v6() == wanted.is_v6()
            && listener.bound.port() == wanted.port();
        if (listener.listening && (isIt || coversIt)) {
            showResult(wanted, isIt);
            return;
        }
    }
    m_listen->setEnabled(false);
    m_port.submitWithReply(command::AddListener{ListenSpec{wanted, false, false}}, this,
        [this, wanted](const event::CommandFinished& outcome) {
            m_listen->setEnabled(true);
            if (outcome.error) {
                m_problem->setText(wordsOf(outcome.error->message()));
                m_problem->show();
                return;
            }
            showResult(wanted, true);
        });
}

void PhoneDialog::showResult(const SocketAddress& bound, bool isOnItsOwn)
{
    m_bound = bound;
    m_stopButton->setVisible(isOnItsOwn);
    const QString host = bracketed(bound);
    m_url->setText(QStringLiteral("ws://%1:%2/").arg(host).arg(bound.port()));
    // The listener was added without a kind: it speaks wss:// beside ws:// while there is a certificate.
    const auto status = m_port.status();
    m_secure->setVisible(status->tls != nullptr);
    if (status->tls) {
        m_secureUrl->setText(QStringLiteral("wss://%1:%2/").arg(host).arg(bound.port()));
        const std::vector<std::string>& names = status->tls->chain().front().names;
        const bool isNamed = std::find(names.begin(), names.end(), bound.address_text()) != names.end();
        m_secureNote->setText(isNamed
                ? tr("The phone has to trust the certificate: export the authority in Certificate and trust, and "
                     "install it there.")
                : tr("The certificate is not for %1 yet: add it with Renew or change names, in Certificate and "
                     "trust, and install the authority on the phone.")
                      .arg(ourText(bound.address_text())));
    }
    m_allowHost->setText(tr("Answer to the name %1").arg(host));
    m_allowOrigin->setText(tr("Let pages from http(s)://%1 connect").arg(host));
    m_pages->setCurrentIndex(1);
    m_allowButton->setFocus();
}

void PhoneDialog::allowEntries()
{
    AllowEntries entries;
    const QString host = bracketed(m_bound);
    if (m_allowHost->isChecked())
        entries.host = host;
    if (m_allowOrigin->isChecked())
        entries.origin = host; // without a scheme: http and https both
    entries.reachesBeyondLoopback = true;
    m_allowButton->setEnabled(false);
    m_outcome->clear();
    m_operation = m_allow.allowEntries(entries, AllowFor::UntilJackfieldCloses);
}

} // namespace jackfield::ui
