#include "ui/views/tab_focus.h"

#include <QWidget>

namespace jackfield::ui {

bool focusNextControl(QWidget& window, bool next)
{
    const auto following
        = [next](const QWidget* widget) { return next ? widget->nextInFocusChain() : widget->previousInFocusChain(); };
    QWidget* const from = window.focusWidget() != nullptr ? window.focusWidget() : &window;
    for (QWidget* widget = following(from); widget != nullptr && widget != from; widget = following(widget)) {
        if ((widget->focusPolicy() & Qt::TabFocus) == 0 || widget->focusProxy() != nullptr || !widget->isEnabled()
            || !widget->isVisibleTo(&window) || !window.isAncestorOf(widget))
            continue;
        widget->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
        return true;
    }
    return false;
}

} // namespace jackfield::ui
