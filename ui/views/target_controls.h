#pragma once

#include <QWidget>

#include <vector>

class QAction;
class QActionGroup;
class QCheckBox;
class QMenu;

namespace jackfield::ui {

class EnginePort;
class FilterField;
class MenuButton;
class SendTarget;

/// Chooses whom the composer sends to: a pin, a menu of the targets there are, and a filter where one is
/// asked for.
class TargetControls : public QWidget {
    Q_OBJECT
public:
    TargetControls(EnginePort& port, SendTarget& target, QWidget* parent = nullptr);

    [[nodiscard]] QCheckBox* pin() const { return m_pin; }
    [[nodiscard]] MenuButton* button() const { return m_button; }
    [[nodiscard]] FilterField* filterField() const { return m_filter; }

private:
    void build();
    void fillEndpoints();
    void refresh();

    EnginePort& m_port;
    SendTarget& m_target;
    QCheckBox* m_pin = nullptr;
    MenuButton* m_button = nullptr;
    FilterField* m_filter = nullptr;
    QActionGroup* m_group = nullptr;
    QMenu* m_endpoints = nullptr;
    QAction* m_toSelection = nullptr;
    QAction* m_toAll = nullptr;
    QAction* m_toOthers = nullptr;
    QAction* m_toFilter = nullptr;
    QAction* m_toPage = nullptr;
    std::vector<QAction*> m_toEndpoints;
};

} // namespace jackfield::ui
