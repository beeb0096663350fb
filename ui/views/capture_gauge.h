#pragma once

#include "ui/views/menu_button.h"

#include "jackfield/lanes.h"

#include <QString>

class QActionGroup;
class QMenu;

namespace jackfield::ui {

class EnginePort;
class MessageStore;

/// How full the capture is, as a bar with words, and a menu that chooses how much it keeps and how much of
/// the traffic it takes. The tool tip has all counts of what is not in it.
class CaptureGauge : public MenuButton {
    Q_OBJECT
public:
    CaptureGauge(EnginePort& port, MessageStore& store, QWidget* parent = nullptr);

    /// The share of the budget that is used, 0 to 1.
    [[nodiscard]] double fill() const;
    /// What the tool tip says.
    [[nodiscard]] QString details() const;
    /// The word of a level in settings files: "off", "counters", "headers", "full".
    [[nodiscard]] static QString wordOf(TrafficLevel level);
    /// `full` for a word it does not know.
    [[nodiscard]] static TrafficLevel levelOf(const QString& word);

    /// What the settings file holds of it: budget in MiB, and level.
    [[nodiscard]] QString state() const;
    void restoreState(const QString& state);

Q_SIGNALS:
    void deleteRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void buildMenu();
    void refresh();
    void chooseBudget(std::size_t bytes);
    [[nodiscard]] QString words() const;

    EnginePort& m_port;
    MessageStore& m_store;
    QActionGroup* m_budgets = nullptr;
    QActionGroup* m_levels = nullptr;
    QAction* m_pause = nullptr;
    QAction* m_delete = nullptr;
};

} // namespace jackfield::ui
