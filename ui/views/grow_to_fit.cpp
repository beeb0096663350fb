#include "ui/views/grow_to_fit.h"

#include <QLayout>
#include <QWidget>

namespace jackfield::ui {

void growToFit(QWidget& window)
{
    QLayout* layout = window.layout();
    if (layout == nullptr)
        return;
    layout->activate(); // what was shown or hidden just now counts
    const int needed = layout->hasHeightForWidth() ? layout->totalHeightForWidth(window.width())
                                                   : layout->totalSizeHint().height();
    if (window.height() < needed)
        window.resize(window.width(), needed);
}

} // namespace jackfield::ui
