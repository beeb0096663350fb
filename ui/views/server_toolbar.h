#pragma once

#include "jackfield/command.h"
#include "jackfield/lanes.h"

#include <QWidget>

#include <functional>
#include <utility>
#include <vector>

class QAction;
class QHBoxLayout;
class QLineEdit;
class QToolButton;

namespace jackfield::ui {

class EnginePort;
class FilterField;
class MenuButton;
class RatePlot;
class TlsLock;

/// The line at the top: start or stop, the address with its copies, the test page, what endpoints answer, the
/// rates, and the filter of the connection table.
class ServerToolbar : public QWidget {
    Q_OBJECT
public:
    explicit ServerToolbar(EnginePort& port, QWidget* parent = nullptr);

    [[nodiscard]] FilterField* filterField() const { return m_filter; }
    [[nodiscard]] RatePlot* ratePlot() const { return m_plot; }
    /// The lock, which leads to the certificate once there is something to see.
    [[nodiscard]] TlsLock* tlsLock() const { return m_lock; }

    /// Is asked before connections are closed, and calls `stop` when they may be.
    using StopGuard = std::function<void(std::function<void(bool dropQueued)> stop)>;
    void setStopGuard(StopGuard guard) { m_stopGuard = std::move(guard); }

public Q_SLOTS:
    void startOrStop();
    void copyUrl();
    void copySnippet();
    void copyTestPageUrl();
    /// The same over TLS; nothing happens while no listener speaks it.
    void copySecureUrl();
    void copySecureSnippet();
    void copySecureTestPageUrl();
    /// Opens our own test page, and only that, in the system's browser: the plain one where there is one.
    void openTestPage();
    void openSecureTestPage();

Q_SIGNALS:
    /// The endpoints are to be edited.
    void endpointsRequested();
    /// What listens is to be edited.
    void listenersRequested();
    /// The certificate is wanted.
    void certificateRequested();
    /// A sentence for the status bar.
    void outcome(const QString& sentence);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void run(Command command);
    void refresh(const ServerStatus& status);
    void fit();
    void copy(const QString& text);
    void open(const QString& url);

    EnginePort& m_port;
    StopGuard m_stopGuard;
    QToolButton* m_startStop = nullptr;
    QLineEdit* m_address = nullptr;
    MenuButton* m_copy = nullptr;
    TlsLock* m_lock = nullptr;
    std::vector<QAction*> m_secureCopies; // there while wss:// is
    QToolButton* m_testPage = nullptr;
    RatePlot* m_plot = nullptr;
    FilterField* m_filter = nullptr;
    QHBoxLayout* m_row = nullptr;
};

} // namespace jackfield::ui
