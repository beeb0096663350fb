#pragma once

#include "app/shared/tls_service.h"
#include "ui/bridge/hand_over.h"

#include <QObject>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace jackfield::ui {
class EnginePort;
class MainWindow;
class TlsModel;
struct TlsOutcome;
struct TlsState;
} // namespace jackfield::ui

namespace jackfield::app {

/// TLS of the desktop program: the window's requests go to the service, and what the service says comes back
/// in the window's thread: credentials to the engine, the state to the model, notices to the bars.
class TlsSession : public QObject {
    Q_OBJECT
public:
    /// Starts the service, and closes it in the end. `remember_settings` is called on the service's thread
    /// (TlsService::Callbacks::on_settings) and may be empty. All must outlive it.
    TlsSession(ui::EnginePort& port, ui::MainWindow& window, TlsService& service,
        std::function<void(const TlsSettings&)> remember_settings, QObject* parent = nullptr);
    ~TlsSession() override;

Q_SIGNALS:
    /// A sentence for the window's notices and for standard error.
    void notices(const std::vector<std::string>& sentences);

private:
    void connect_model();
    [[nodiscard]] TlsService::Callbacks callbacks(std::function<void(const TlsSettings&)> remember_settings);
    void finish(ui::TlsOutcome outcome); // from the service's thread

    ui::EnginePort& port_;
    ui::TlsModel& model_;
    TlsService& service_;
    ui::HandOver hand_over_; // from the service's thread
};

/// The window's words for what the service says.
[[nodiscard]] ui::TlsState state_of(const TlsStatus& status);

} // namespace jackfield::app
