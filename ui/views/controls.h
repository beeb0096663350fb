#pragma once

#include <QLabel>
#include <QString>

class QToolButton;
class QVariant;
class QWidget;

namespace jackfield::ui {

/// Gives a control the name it has for programs (`objectName`, the same in every language) and the one for
/// assistive software (`accessibleName`, as spokenName of spoken_name.h). Returns the control.
void nameControl(QWidget* control, const char* objectName, const char* accessibleName);

template <class Control>
Control* named(Control* control, const char* objectName, const char* accessibleName)
{
    nameControl(control, objectName, accessibleName);
    return control;
}

/// A label that shows its text as it stands: never rich text, never a link.
[[nodiscard]] QLabel* plainLabel(const QString& text, QWidget* parent);
/// The same, in the colour of secondary text.
[[nodiscard]] QLabel* mutedLabel(const QString& text, QWidget* parent);
/// The same, over as many lines as it needs.
[[nodiscard]] QLabel* wrappedLabel(const QString& text, QWidget* parent);

/// A button of a toolbar that looks like the buttons elsewhere.
[[nodiscard]] QToolButton* framedToolButton(const QString& text, QWidget* parent);

/// Changes a property that the style sheet looks at, and has the widget drawn anew where it changed.
void setStyleProperty(QWidget* widget, const char* name, const QVariant& value);

} // namespace jackfield::ui
