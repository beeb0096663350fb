#pragma once

#include "jackfield/lanes.h"
#include "jackfield/shared_bytes.h"

#include <QWidget>

#include <memory>

namespace jackfield::ui {

class ConnectionStore;
class EnginePort;
class SendTarget;

/// Composes one message, ping or close frame and sends it to the target that its button names. The text stays
/// after sending; Alt+Up and Alt+Down recall what was sent before.
class Composer : public QWidget {
    Q_OBJECT
public:
    Composer(EnginePort& port, ConnectionStore& store, SendTarget& target, QWidget* parent = nullptr);
    ~Composer() override;

public Q_SLOTS:
    /// Takes over a payload, to be edited and sent: text where it is valid UTF-8 of a text message, hex for
    /// binary ones; pings, pongs (as pings) and close frames come back as what they were. Focuses the field.
    void loadPayload(jackfield::TrafficType type, const jackfield::SharedBytes& payload);
    /// Sends what is composed, as the button does; nothing happens while the button is disabled.
    void send();
    void focusEditor();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace jackfield::ui
