#pragma once

#include "jackfield/lanes.h"

#include <QWidget>

class QAction;
class QLineEdit;
class QToolButton;

namespace jackfield::ui {

class EnginePort;
class FilterField;
class MenuButton;
class RatePlot;

/// The line at the top: start or stop, the address with its copies, the test page, what endpoints answer, the
/// rates, and the filter of the connection table.
class ServerToolbar : public QWidget {
    Q_OBJECT
public:
    explicit ServerToolbar(EnginePort& port, QWidget* parent = nullptr);

    [[nodiscard]] FilterField* filterField() const { return m_filter; }
    [[nodiscard]] RatePlot* ratePlot() const { return m_plot; }

public Q_SLOTS:
    void startOrStop();
    void copyUrl();
    void copySnippet();
    void copyTestPageUrl();
    /// Opens our own test page, and only that, in the system's browser.
    void openTestPage();

Q_SIGNALS:
    /// The endpoints are to be edited.
    void endpointsRequested();
    /// A sentence for the status bar.
    void outcome(const QString& sentence);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh(const ServerStatus& status);
    void copy(const QString& text);

    EnginePort& m_port;
    QToolButton* m_startStop = nullptr;
    QLineEdit* m_address = nullptr;
    MenuButton* m_copy = nullptr;
    QToolButton* m_testPage = nullptr;
    RatePlot* m_plot = nullptr;
    FilterField* m_filter = nullptr;
};

} // namespace jackfield::ui
