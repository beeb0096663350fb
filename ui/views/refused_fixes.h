#pragma once

#include "jackfield/command.h"
#include "jackfield/event.h"

#include <QObject>
#include <QString>

#include <array>
#include <optional>
#include <vector>

class QPushButton;
class QWidget;

namespace jackfield::ui {

class EnginePort;
class InlineNotice;
struct RefusedAttempt;

/// What lets a refused attempt in beside an entry of the lists, each as a button: taking its block away, letting in
/// clients without an Origin, serving the older protocols, making an endpoint for its path, permitting its SockJS transport, having the listeners
/// speak ws:// and wss://, the certificate. All but the last are one command, its outcome stands in the notice, with
/// Undo where there is one.
class RefusedFixes : public QObject {
    Q_OBJECT
public:
    /// The buttons are children of `parent`, for its layout. All three must outlive it.
    RefusedFixes(EnginePort& port, InlineNotice& notice, QWidget* parent);

    [[nodiscard]] const std::array<QPushButton*, 7>& buttons() const { return m_buttons; }
    /// Shows the buttons that help `attempt` by now.
    void setAttempt(const RefusedAttempt& attempt);
    /// Whether there is somewhere to go with certificateRequested; there is not unless set.
    void setCertificateOffered(bool offered) { m_certificateOffered = offered; }

Q_SIGNALS:
    /// An endpoint for this path is wanted: printable ASCII.
    void endpointRequested(const QString& path);
    /// The certificate, or the trust in it, is wanted; or one that is for `missingName` too, as the attempt asked
    /// for it: hostile text.
    void certificateRequested(const QString& missingName);
    /// These are in force by a person's wish, or again after an undo: for the open project.
    void listenersApplied(const std::vector<jackfield::ListenSpec>& specs);

private:
    void unblock();
    void allowWithoutOrigin();
    void serveOlder();
    void permitTransport();
    void speakBoth();
    /// Submits `what`; says `done` with an Undo that submits `back`.
    void submit(const Command& what, const Command& back, const QString& done, const char* undoName);

    EnginePort& m_port;
    InlineNotice& m_notice;
    QPushButton* m_unblock = nullptr;
    QPushButton* m_withoutOrigin = nullptr;
    QPushButton* m_older = nullptr;
    QPushButton* m_endpoint = nullptr;
    QPushButton* m_transport = nullptr;
    QPushButton* m_both = nullptr;
    QPushButton* m_certificate = nullptr;
    std::array<QPushButton*, 7> m_buttons{};
    event::Refused m_attempt; // that is shown
    std::optional<AccessBlock> m_block; // of the same
    QString m_path; // of the same
    bool m_certificateOffered = false;
};

} // namespace jackfield::ui
