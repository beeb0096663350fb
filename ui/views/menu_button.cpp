#include "ui/views/menu_button.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QMenu>

namespace jackfield::ui {

namespace {

class AccessibleMenuButton : public QAccessibleWidget {
public:
    explicit AccessibleMenuButton(MenuButton& button)
        : QAccessibleWidget(&button, QAccessible::ButtonMenu)
        , m_button(button)
    { }

    int childCount() const override { return m_button.menu() != nullptr ? 1 : 0; }
    QAccessibleInterface* child(int index) const override
    {
        return index == 0 && m_button.menu() != nullptr
            ? QAccessible::queryAccessibleInterface(m_button.menu())
            : nullptr;
    }
    int indexOfChild(const QAccessibleInterface* child) const override
    {
        return child != nullptr && m_button.menu() != nullptr && child->object() == m_button.menu() ? 0 : -1;
    }

    QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Description && m_button.accessibleDescription().isEmpty())
            return m_button.text();
        return QAccessibleWidget::text(kind);
    }

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.hasPopup = true;
        return state;
    }

    QStringList actionNames() const override
    {
        QStringList names{showMenuAction()};
        names += QAccessibleWidget::actionNames();
        return names;
    }

    void doAction(const QString& name) override
    {
        if (name != showMenuAction()) {
            QAccessibleWidget::doAction(name);
            return;
        }
        // An open menu has a loop of its own: whoever asked must have the answer before.
        if (m_button.isEnabled())
            QMetaObject::invokeMethod(&m_button, &QToolButton::showMenu, Qt::QueuedConnection);
    }

private:
    MenuButton& m_button;
};

QAccessibleInterface* accessibleMenuButton(const QString& className, QObject* object)
{
    auto* button
        = className == QLatin1String("jackfield::ui::MenuButton") ? qobject_cast<MenuButton*>(object) : nullptr;
    return button != nullptr ? new AccessibleMenuButton(*button) : nullptr; // Qt owns it
}

} // namespace

MenuButton::MenuButton(const QString& text, QWidget* parent)
    : QToolButton(parent)
{
    [[maybe_unused]] static const bool installed = [] {
        QAccessible::installFactory(accessibleMenuButton);
        return true;
    }();
    setText(text);
    setProperty("framed", true);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFocusPolicy(Qt::StrongFocus);
    setPopupMode(InstantPopup);
}

} // namespace jackfield::ui
