#pragma once

#include "ui/views/allow_action.h"

#include "jackfield/config.h"

#include <QDialog>

#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace jackfield::ui {

/// An address of this machine that other machines can reach.
struct NetworkAddress {
    QString interfaceName; ///< "wlan0"
    SocketAddress address; ///< port 0
};

/// *Use from a phone...*: adds a listener on one network interface after saying what that means, then shows
/// the URL for the phone and offers its host and origin for the lists. Does not block the window.
class PhoneDialog : public QDialog {
    Q_OBJECT
public:
    PhoneDialog(EnginePort& port, AllowAction& allow, QWidget* parent = nullptr);

    /// The addresses of the interfaces that are up, IPv4 first; no loopback, no link-local ones.
    [[nodiscard]] static std::vector<NetworkAddress> networks();
    /// Offers these instead of what the machine has.
    void setNetworks(const std::vector<NetworkAddress>& networks);

Q_SIGNALS:
    /// A person had the server listen there no more.
    void listenerStopped(const jackfield::ListenSpec& spec);

private:
    void updateChoice();
    void listen();
    /// `isOnItsOwn`: a listener on that address alone, which can be stopped here.
    void showResult(const SocketAddress& bound, bool isOnItsOwn);
    void allowEntries();
    [[nodiscard]] std::optional<SocketAddress> chosen() const;

    EnginePort& m_port;
    AllowAction& m_allow;
    quint64 m_operation = 0;
    SocketAddress m_bound;
    std::vector<NetworkAddress> m_networks;

    QStackedWidget* m_pages = nullptr;
    QComboBox* m_network = nullptr;
    QLabel* m_consequence = nullptr;
    QLabel* m_problem = nullptr;
    QPushButton* m_listen = nullptr;
    QLineEdit* m_url = nullptr;
    QWidget* m_secure = nullptr;
    QLineEdit* m_secureUrl = nullptr;
    QLabel* m_secureNote = nullptr;
    QCheckBox* m_allowHost = nullptr;
    QCheckBox* m_allowOrigin = nullptr;
    QPushButton* m_allowButton = nullptr;
    QPushButton* m_stopButton = nullptr;
    QLabel* m_outcome = nullptr;
};

} // namespace jackfield::ui
