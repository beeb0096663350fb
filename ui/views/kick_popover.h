#pragma once

#include "jackfield/command.h"
#include "jackfield/connection.h"

#include <QFrame>

#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace jackfield::ui {

class ConnectionStore;
class EnginePort;

/// Kicks connections: a small pop-over with the style of kicking, a code, a reason with a byte counter, and
/// whether those who are kicked are refused for a while: by their address where one has no origin. Enter
/// kicks, Esc leaves. It acts on the ids it was opened with, whatever becomes of their rows; one that closes
/// meanwhile is named as gone. Remembers the last kick.
class KickPopover : public QFrame {
    Q_OBJECT
public:
    KickPopover(EnginePort& port, ConnectionStore& store, QWidget* parent = nullptr);

    /// Opens for the open ones among `ids`, with its top left corner near `globalPosition`. Nothing happens
    /// when none is open.
    void openFor(std::vector<ConnectionId> ids, const QPoint& globalPosition);
    /// The same with `style` chosen; one connection is kicked with it at once.
    void kickWith(KickStyle style, std::vector<ConnectionId> ids, const QPoint& globalPosition);
    /// Does the last kick again: to one at once; more than one opens the pop-over with its question.
    void repeatFor(std::vector<ConnectionId> ids, const QPoint& globalPosition);
    [[nodiscard]] const CloseFrame& lastFrame() const { return m_last.close; }
    /// The frame as it is typed; nullopt while it cannot be sent.
    [[nodiscard]] std::optional<CloseFrame> frame() const;
    /// Why a style does nothing to a session without a WebSocket (SockJS); empty where it does.
    [[nodiscard]] static QString sessionProblem(KickStyle style);

Q_SIGNALS:
    /// The pop-over is gone.
    void closed();
    /// What became of a kick, a sentence for the status bar.
    void finished(const QString& outcome);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    void refreshStyles(const std::vector<ConnectionId>& open);
    [[nodiscard]] QString hint(const std::vector<ConnectionId>& open) const;
    [[nodiscard]] QString sessionHint() const;
    [[nodiscard]] std::size_t withoutWebSocket(const std::vector<ConnectionId>& ids) const;
    void kick();
    void submit(std::vector<ConnectionId> ids, command::Kick kick);
    void fill(const command::Kick& kick);
    void present(const QPoint& globalPosition);
    [[nodiscard]] KickStyle style() const;
    [[nodiscard]] std::optional<KickBlock> block() const;
    void place(const QPoint& globalPosition);
    [[nodiscard]] std::vector<ConnectionId> openOnes() const;
    [[nodiscard]] std::size_t withoutOrigin(const std::vector<ConnectionId>& ids) const;
    [[nodiscard]] QString refusalNote(const std::vector<ConnectionId>& open) const;

    EnginePort& m_port;
    ConnectionStore& m_store;
    std::vector<ConnectionId> m_ids;
    command::Kick m_last; // without a target; its close is the last one that was typed
    BlockKind m_wantedBlock = BlockKind::origin; // what the person last chose to refuse
    bool m_asked = false; // the question about more than one has been shown

    QLabel* m_title = nullptr;
    QLabel* m_gone = nullptr;
    QComboBox* m_style = nullptr;
    QLabel* m_codeLabel = nullptr;
    QComboBox* m_code = nullptr;
    QLabel* m_reasonLabel = nullptr;
    QLineEdit* m_reason = nullptr;
    QLabel* m_counter = nullptr;
    QLabel* m_problem = nullptr;
    QLabel* m_hint = nullptr;
    QCheckBox* m_refuse = nullptr;
    QComboBox* m_refuseWhat = nullptr;
    QSpinBox* m_refuseFor = nullptr;
    QLabel* m_refuseNote = nullptr;
    QPushButton* m_kick = nullptr;
};

} // namespace jackfield::ui
