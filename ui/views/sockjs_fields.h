#pragma once

#include "jackfield/config.h"

#include <QString>
#include <QWidget>

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace jackfield::ui {

/// Who reaches an endpoint beside pages with WebSocket that are on the list: any page, and pages without WebSocket (SockJS), by which
/// transports, and the address to give to their client. Every edit is told at once.
class SockJsFields : public QWidget {
    Q_OBJECT
public:
    using Edit = std::function<void(EndpointConfig&)>;

    /// `change` is given what the person changes of the endpoint that is shown.
    SockJsFields(std::function<void(const Edit&)> change, QWidget* parent);

    /// Shows an endpoint. `server` is where pages find it, as in `http://localhost:4567/`. What is being typed is left alone while
    /// the endpoint is the same.
    void setEndpoint(const EndpointConfig& endpoint, const QString& server);
    /// `new SockJS("http://localhost:4567/echo")`
    [[nodiscard]] QString snippet() const;

private:
    void buildTransports();
    void buildMore();
    void switchOn(bool on);
    void edit(const std::function<void(SockJs&)>& what);
    void copy();

    std::function<void(const Edit&)> m_change;
    std::string m_pattern; // of the endpoint that is shown
    QString m_server;
    std::map<std::string, SockJs> m_last; // of those that were switched off, by pattern

    QCheckBox* m_anyOrigin = nullptr;
    QLabel* m_anyOriginWarning = nullptr;
    QCheckBox* m_on = nullptr;
    QLabel* m_whyNot = nullptr;
    QWidget* m_body = nullptr;
    std::array<QCheckBox*, sockjs_transport_count> m_transports{};
    QLabel* m_transportNote = nullptr;
    QLabel* m_snippet = nullptr;
    QPushButton* m_copy = nullptr;
    QToolButton* m_more = nullptr;
    QWidget* m_moreBody = nullptr;
    QSpinBox* m_heartbeat = nullptr;
    QSpinBox* m_disconnectDelay = nullptr;
    QSpinBox* m_responseLimit = nullptr;
    QCheckBox* m_cookies = nullptr;
    QLineEdit* m_clientUrl = nullptr;
};

} // namespace jackfield::ui
