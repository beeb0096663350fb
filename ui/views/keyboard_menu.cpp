#include "ui/views/keyboard_menu.h"

#include <QAbstractItemView>
#include <QContextMenuEvent>

#include <algorithm>

namespace jackfield::ui {

KeyboardMenu::KeyboardMenu(QAbstractItemView& view)
    : QObject(&view)
    , m_view(view)
{
    view.installEventFilter(this);
}

bool KeyboardMenu::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ContextMenu
        || static_cast<QContextMenuEvent*>(event)->reason() != QContextMenuEvent::Keyboard)
        return QObject::eventFilter(watched, event);
    const QModelIndex current = m_view.currentIndex();
    if (current.isValid()) {
        m_view.scrollTo(current);
        QPoint place = m_view.visualRect(current).center();
        place.setX(std::clamp(place.x(), 0, std::max(0, m_view.viewport()->width() - 1)));
        Q_EMIT m_view.customContextMenuRequested(place);
    }
    return true;
}

} // namespace jackfield::ui
