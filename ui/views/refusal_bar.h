#pragma once

#include "ui/views/notice_bar.h"

#include "jackfield/event.h"
#include "jackfield/lanes.h"

#include <QTimer>

#include <chrono>
#include <deque>

namespace jackfield::ui {

class AllowAction;
class EnginePort;
class RefusedModel;
struct RefusedAttempt;

/// The bar that makes a refusal visible which a list entry would mend. It shows one at a time, the others
/// folded into "and 2 more", takes no focus, and its buttons stay disabled for half a second after they have
/// come to mean something else: a page that makes a refusal just under the pointer gains nothing. After
/// *Allow* it says what to do, then which connection came of it, with an Undo.
class RefusalBar : public NoticeBar {
    Q_OBJECT
public:
    RefusalBar(EnginePort& port, RefusedModel& model, AllowAction& allow, QWidget* parent = nullptr);

    /// How long the buttons stay disabled; 500 ms unless set.
    void setArmingTime(std::chrono::milliseconds time) { m_arming.setInterval(time); }
    /// How long the follow-up stays while another refusal waits; 8 s unless set.
    void setFollowUpTime(std::chrono::milliseconds time) { m_followUpTime = time; }
    [[nodiscard]] bool isArmed() const { return m_armed; }

Q_SIGNALS:
    /// *Details*: the attempt with this key is wanted, or the newest for 0.
    void detailsRequested(quint64 key);

private:
    enum class Phase { Idle, Asking, Busy, Allowed, Failed };

    void enqueue(quint64 key);
    void showNext();
    void prune();
    void present(const RefusedAttempt& attempt);
    void setPhase(Phase phase);
    void updateButtons();
    void updateMore();
    void onEvents(const EventBatch& batch);
    void allowNow(bool always);
    void startFollowUp();
    [[nodiscard]] const RefusedAttempt* needing(quint64 key) const;

    EnginePort& m_port;
    RefusedModel& m_model;
    AllowAction& m_allow;
    std::deque<quint64> m_waiting; // keys; while one is asked about it is the first
    Phase m_phase = Phase::Idle;
    quint64 m_operation = 0;
    bool m_armed = false;
    bool m_null = false;
    bool m_connected = false;
    std::string m_origin, m_host; // of the page that was allowed
    QTimer m_arming;
    QTimer m_followUp;
    std::chrono::milliseconds m_followUpTime{8'000};

    QPushButton* m_more = nullptr;
    QPushButton* m_always = nullptr;
    QPushButton* m_untilClose = nullptr;
    QPushButton* m_details = nullptr;
    QPushButton* m_ignore = nullptr;
    QPushButton* m_undo = nullptr;
    QPushButton* m_dismiss = nullptr;
};

} // namespace jackfield::ui
