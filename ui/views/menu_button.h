#pragma once

#include <QToolButton>

namespace jackfield::ui {

/// A framed button that opens its menu at once. Assistive software and scripts find the menu's entries below
/// the button, and what the button says as its description, without the menu being open: a menu that only
/// appears on screen is a window of its own there, which nobody can find.
class MenuButton : public QToolButton {
    Q_OBJECT
public:
    explicit MenuButton(const QString& text, QWidget* parent = nullptr);
};

} // namespace jackfield::ui
