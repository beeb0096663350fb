#pragma once

#include "ui/views/menu_button.h"

#include "jackfield/config.h"

#include <QString>

#include <vector>

namespace jackfield {
struct ServerStatus;
}

namespace jackfield::ui {

class EnginePort;

/// *Answers: echo*: what the endpoints answer, one click to change. With several endpoints the menu has one
/// submenu for each.
class AnswersButton : public MenuButton {
    Q_OBJECT
public:
    explicit AnswersButton(EnginePort& port, QWidget* parent = nullptr);

Q_SIGNALS:
    /// The endpoints are to be edited.
    void endpointsRequested();
    /// A change was refused: why, for the status bar.
    void outcome(const QString& sentence);

private:
    void refresh(const ServerStatus& status);
    void fill(QMenu& menu, const EndpointConfig& endpoint);
    void submit(const EndpointConfig& endpoint);

    EnginePort& m_port;
    std::vector<EndpointConfig> m_endpoints;
};

} // namespace jackfield::ui
