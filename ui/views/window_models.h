#pragma once

#include "ui/models/command_history.h"
#include "ui/models/connection_model.h"
#include "ui/models/connection_store.h"
#include "ui/models/echo_watch.h"
#include "ui/models/event_log_model.h"
#include "ui/models/follow.h"
#include "ui/models/message_model.h"
#include "ui/models/message_store.h"
#include "ui/models/refused_model.h"
#include "ui/models/send_target.h"
#include "ui/models/template_model.h"
#include "ui/models/tls_model.h"

#include <QObject>

namespace jackfield::ui {

class EnginePort;

/// The models of one window, fed from the lanes of its engine port. Made before the views and destroyed after
/// them.
class WindowModels : public QObject {
    Q_OBJECT
public:
    /// `port` must outlive it.
    explicit WindowModels(EnginePort& port, QObject* parent = nullptr);

    ConnectionStore connections;
    ConnectionModel connectionTable;
    Follow follow;
    SendTarget target;
    MessageStore messages;
    MessageModel messageTable;
    EchoWatch echoes;
    RefusedModel refused;
    EventLogModel events;
    CommandHistory history;
    TemplateModel templates;
    TlsModel tls; ///< fed by the program

    /// What did not reach the window because it was slower than the engine: messages and events.
    [[nodiscard]] std::uint64_t missed() const { return messages.lostCount() + events.lostCount(); }

private:
    void reconsider();

    EnginePort& m_port;
};

} // namespace jackfield::ui
