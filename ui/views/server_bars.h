#pragma once

#include "jackfield/event.h"
#include "jackfield/lanes.h"

#include <QStringList>
#include <QWidget>

class QPushButton;

namespace jackfield::ui {

class EnginePort;
class NoticeBar;
struct TlsState;

/// The bars that are about the server and not about one page: the port is taken, a list or an endpoint lets everybody in, a
/// list could not be read, something could not be saved, the certificate cannot be served or has ended,
/// notices of the start. Each
/// is hidden unless it applies; none takes the focus or blocks anything.
class ServerBars : public QWidget {
    Q_OBJECT
public:
    explicit ServerBars(EnginePort& port, QWidget* parent = nullptr);

    /// Sentences to read once, until closed.
    void showNotices(const QStringList& notices);
    /// Something could not be saved; `why` is ours.
    void showSaveProblem(const QString& why);
    void clearSaveProblem();
    /// Says when wss:// is asked for and not served as it should be, until that is read or over.
    void setTls(const TlsState& state);

Q_SIGNALS:
    /// *Retry* on the bar of what could not be saved.
    void retrySaveRequested();
    /// The certificate is wanted.
    void certificateRequested();
    /// The lists are wanted.
    void accessRequested();
    /// The endpoint with this pattern is wanted.
    void endpointRequested(const QString& pattern);
    void outcome(const QString& sentence);

private:
    void refresh(const ServerStatus& status);
    void onEvents(const EventBatch& batch);
    void showAllNotices();
    void onListenFailed(const event::ListenFailed& failed);
    void submit(Command command);

    EnginePort& m_port;
    NoticeBar* m_portTaken = nullptr;
    NoticeBar* m_wideOpen = nullptr;
    QPushButton* m_editWide = nullptr;
    QPushButton* m_showOpen = nullptr;
    NoticeBar* m_listProblem = nullptr;
    NoticeBar* m_notSaved = nullptr;
    NoticeBar* m_tls = nullptr;
    QString m_tlsClosed; // what it said when it was closed
    NoticeBar* m_notices = nullptr;
    QPushButton* m_allNotices = nullptr;
    QPushButton* m_useNext = nullptr;
    std::uint16_t m_failedPort = 0;
    ErrorCode m_failure = ErrorCode::system;
    std::uint16_t m_nextPort = 0;
    QStringList m_noticeTexts;
};

} // namespace jackfield::ui
