#pragma once

#include <QTimer>
#include <QWidget>

#include <chrono>

class QLabel;
class QPushButton;
class QScrollArea;

namespace jackfield {
struct ServerStatus;
}

namespace jackfield::ui {

class EnginePort;
class RefusedModel;

/// What the centre shows while nothing has ever connected: where it listens, and the ways from here. After
/// half a minute in which nothing asked for a WebSocket it says so, with the likely causes.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    /// Both must outlive it.
    EmptyState(EnginePort& port, const RefusedModel& refused, QWidget* parent = nullptr);

    /// How long nothing must ask before the causes show; 30 s unless set.
    void setSilenceTime(std::chrono::milliseconds time);
    /// What is said at present, in one text.
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void startRequested();
    void copySnippetRequested();
    void testPageRequested();
    void phoneRequested();
    void whyRequested();
    void refusedRequested();

private:
    void refresh();
    void showLikelyCauses(const ServerStatus& status);

    EnginePort& m_port;
    const RefusedModel& m_attempts;
    bool m_silent = false;
    bool m_wasListening = false;
    QTimer m_silence;
    QScrollArea* m_scroll = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_subtitle = nullptr;
    QPushButton* m_start = nullptr;
    QWidget* m_actions = nullptr;
    QPushButton* m_snippet = nullptr;
    QPushButton* m_refused = nullptr;
    QWidget* m_causes = nullptr;
};

} // namespace jackfield::ui
