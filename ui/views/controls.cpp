#include "ui/views/controls.h"

#include "ui/views/spoken_name.h"

#include <QStyle>
#include <QToolButton>
#include <QVariant>

namespace jackfield::ui {

void nameControl(QWidget* control, const char* objectName, const char* accessibleName)
{
    control->setObjectName(QLatin1String(objectName));
    control->setAccessibleName(spokenName(accessibleName));
}

QLabel* plainLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    return label;
}

QLabel* mutedLabel(const QString& text, QWidget* parent)
{
    auto* label = plainLabel(text, parent);
    label->setProperty("muted", true);
    return label;
}

QLabel* wrappedLabel(const QString& text, QWidget* parent)
{
    auto* label = plainLabel(text, parent);
    label->setWordWrap(true);
    return label;
}

QToolButton* framedToolButton(const QString& text, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setProperty("framed", true);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void setStyleProperty(QWidget* widget, const char* name, const QVariant& value)
{
    if (widget->property(name) == value)
        return;
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

} // namespace jackfield::ui
