#pragma once

#include "jackfield/lanes.h"
#include "jackfield/time.h"

#include <QTimer>
#include <QToolButton>

namespace jackfield::ui {

/// The lock beside the address: hidden while nothing speaks wss://, else the word with a lock; amber with a
/// warning when its certificate ends within 30 days, is not valid yet or has ended, or when a listener wants
/// TLS and there is no certificate. A click leads to the certificate.
class TlsLock : public QToolButton {
    Q_OBJECT
public:
    explicit TlsLock(QWidget* parent = nullptr);

    /// Shows what `status` serves as seen at `now`; looks again every hour by itself.
    void setStatus(const ServerStatus& status, WallTime now);
    /// Whether a click leads anywhere; it does not unless set.
    void setLeadsToCertificate(bool leads);
    /// Shows the lock alone; the words are in its tool tip.
    void setBrief(bool brief);

Q_SIGNALS:
    /// Its words need another width.
    void wordsChanged();

private:
    void refresh(WallTime now);

    std::shared_ptr<const TlsCredentials> m_credentials;
    bool m_wanted = false; // some listener is of a kind that speaks TLS
    bool m_listening = false;
    QTimer m_hour;
};

/// Whole days from `now` until `end`, rounded down; less than 0 when it has passed.
[[nodiscard]] int daysUntil(WallTime end, WallTime now);

inline constexpr int daysOfWarning = 30;

} // namespace jackfield::ui
