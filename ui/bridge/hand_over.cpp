#include "ui/bridge/hand_over.h"

#include <QPointer>

#include <utility>

namespace jackfield::ui {

void HandOver::post(std::function<void()> work)
{
    bool isFirst = false;
    {
        const std::lock_guard lock(m_mutex);
        isFirst = m_waiting.empty();
        m_waiting.push_back(std::move(work));
    }
    if (isFirst)
        QMetaObject::invokeMethod(this, "run", Qt::QueuedConnection);
}

void HandOver::run()
{
    std::vector<std::function<void()>> waiting;
    {
        const std::lock_guard lock(m_mutex);
        waiting.swap(m_waiting);
    }
    const QPointer<HandOver> self(this);
    for (const auto& work : waiting) {
        work();
        if (!self)
            return;
    }
}

} // namespace jackfield::ui
