#pragma once

#include <QDialog>
#include <QString>

#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace jackfield {
struct ServerStatus;
}

namespace jackfield::ui {

class EnginePort;
class RefusedModel;

/// *The page says it failed? See why*: what has reached this server, and the usual causes when nothing has.
/// Stays beside the window while the person tries again.
class WhyNotDialog : public QDialog {
    Q_OBJECT
public:
    /// Both must outlive it.
    WhyNotDialog(EnginePort& port, const RefusedModel& refused, QWidget* parent = nullptr);

    /// One likely cause: what it is and what to do about it.
    struct Cause {
        QString title;
        QString text;
    };
    /// The causes why nothing reaches a server of this status, the likeliest first.
    [[nodiscard]] static std::vector<Cause> causes(const ServerStatus& status);

Q_SIGNALS:
    /// The refused attempts are wanted.
    void showRefused();

private:
    void refresh();
    void listCauses();

    EnginePort& m_port;
    const RefusedModel& m_attempts;
    QLabel* m_verdict = nullptr;
    QPushButton* m_refused = nullptr;
    QWidget* m_list = nullptr;
    QString m_listed; // what the list says
};

} // namespace jackfield::ui
