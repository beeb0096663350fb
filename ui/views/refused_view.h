#pragma once

#include "jackfield/certificate.h"
#include "jackfield/config.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace jackfield::ui {

class AllowAction;
class EnginePort;
class RefusedModel;

/// Every accepted socket that did not become a WebSocket: what it asked, why it was refused, what we
/// answered, and the fix as a button.
class RefusedView : public QWidget {
    Q_OBJECT
public:
    RefusedView(EnginePort& port, RefusedModel& model, AllowAction& allow, QWidget* parent = nullptr);
    ~RefusedView() override;

    /// Whether there is somewhere to go with certificateRequested; there is not unless set.
    void setCertificateOffered(bool offered);
    /// The person's own certificate, while that is what is served; else nothing.
    void setOwnCertificate(const std::optional<CertificateFacts>& certificate);

public Q_SLOTS:
    /// Selects the newest attempt that needs the person, for "See why".
    void showNewest();
    /// Selects that attempt, for "Details"; one that is gone shows the newest.
    void showAttempt(quint64 key);

Q_SIGNALS:
    /// The page of the endpoints is wanted, with a new one for this path: printable ASCII.
    void endpointRequested(const QString& path);
    /// As of RefusedFixes.
    void certificateRequested(const QString& missingName = {});
    /// As of RefusedFixes.
    void listenersApplied(const std::vector<jackfield::ListenSpec>& specs);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace jackfield::ui
