#pragma once

#include "jackfield/config.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace jackfield::ui {

class ElidedLabel;
class CaptureGauge;
class EnginePort;
class MenuButton;
class WindowModels;

/// The line at the bottom: how many are open, closed and refused, how full the store of messages is, what was
/// just done, which other addresses listen, and whether anything was missed.
class StatusLine : public QWidget {
    Q_OBJECT
public:
    StatusLine(EnginePort& port, WindowModels& models, QWidget* parent = nullptr);

    /// The outcome of something, for some seconds.
    void showOutcome(const QString& sentence);
    /// "4 open · 1 closed"
    [[nodiscard]] QString countsText() const;
    [[nodiscard]] CaptureGauge* captureGauge() const { return m_gauge; }
    [[nodiscard]] QString missedText() const;

Q_SIGNALS:
    void refusedRequested();
    /// A person had the server listen there no more.
    void listenerStopped(const jackfield::ListenSpec& spec);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    void refreshNetwork();

    EnginePort& m_port;
    WindowModels& m_models;
    QLabel* m_counts = nullptr;
    QPushButton* m_refused = nullptr;
    CaptureGauge* m_gauge = nullptr;
    QLabel* m_dropped = nullptr;
    ElidedLabel* m_outcome = nullptr;
    MenuButton* m_network = nullptr;
    QLabel* m_missed = nullptr;
    QTimer m_outcomeTimer;
};

} // namespace jackfield::ui
