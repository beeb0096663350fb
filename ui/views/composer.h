#pragma once

#include "jackfield/composed_message.h"
#include "jackfield/lanes.h"
#include "jackfield/shared_bytes.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace jackfield::ui {

class ConnectionStore;
class EnginePort;
class Repeats;
class SendTarget;

/// Composes a message, a control frame or raw bytes and sends them to the target that its button names, once
/// or again and again. What was sent stays; Alt+Up and Alt+Down recall what was sent before.
class Composer : public QWidget {
    Q_OBJECT
public:
    /// Payloads over this many bytes are put in and sent after a question only.
    static constexpr std::uint64_t askBeyond = std::uint64_t{16} << 20U;

    Composer(EnginePort& port, ConnectionStore& store, SendTarget& target, QWidget* parent = nullptr);
    ~Composer() override;

    /// What is composed, macros as they stand; nullopt while it cannot be sent.
    [[nodiscard]] std::optional<ComposedMessage> message() const;
    /// What was sent, oldest first: to be remembered, and to begin with.
    [[nodiscard]] std::vector<ComposedMessage> history() const;
    void setHistory(std::vector<ComposedMessage> sent);
    [[nodiscard]] Repeats& repeats() const;

public Q_SLOTS:
    /// Takes over a payload, to be edited and sent: text where it is valid UTF-8 of a text message, hex for
    /// binary ones; pings, pongs and close frames come back as what they were, raw bytes as raw bytes.
    /// Focuses the field.
    void loadPayload(jackfield::TrafficType type, const jackfield::SharedBytes& payload);
    /// Fills the composer from a template: its macros are expanded on each sending, until something else is
    /// put in.
    void loadTemplate(const jackfield::ComposedMessage& message);
    /// Sends a template as it is, macros expanded, and leaves what is composed alone.
    void sendTemplate(const jackfield::ComposedMessage& message);
    /// Reads a file and puts it in.
    void loadFile(const QString& path);
    /// Asks for a file to put in.
    void chooseFile();
    /// Opens or closes the row that repeats.
    void setRepeatVisible(bool visible);
    /// Sends what is composed, as the button does; nothing happens while the button is disabled.
    void send();
    void focusEditor();

Q_SIGNALS:
    /// What is composed is to become a template.
    void saveTemplateRequested(const jackfield::ComposedMessage& message);
    /// The templates are wanted.
    void templatesRequested();
    /// Something was sent that `history` holds now.
    void historyChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace jackfield::ui
