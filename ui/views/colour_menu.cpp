#include "ui/views/colour_menu.h"

#include "ui/models/connection_store.h"
#include "ui/views/connection_delegate.h"

#include <QMenu>
#include <QPainter>
#include <QPixmap>

namespace jackfield::ui {

namespace {

// A menu puts it flush with its edge.
QPixmap swatchOf(PageColour colour)
{
    QPixmap swatch(18, 16);
    swatch.fill(Qt::transparent);
    QPainter painter(&swatch);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(shadeOf(colour));
    painter.drawEllipse(6, 2, 12, 12);
    return swatch;
}

} // namespace

void fillColourMenu(QMenu& menu, ConnectionStore& store, const std::vector<ConnectionId>& ids)
{
    menu.setEnabled(!ids.empty());
    const auto slot = ids.empty() ? std::nullopt : store.find(ids.front());
    const PageColour now = slot ? store.colour(*slot) : PageColour::none;
    for (const PageColour colour : pageColours) {
        QAction* entry = menu.addAction(nameOf(colour));
        entry->setObjectName(QStringLiteral("colour_%1").arg(static_cast<int>(colour)));
        if (colour != PageColour::none)
            entry->setIcon(swatchOf(colour));
        entry->setCheckable(true);
        entry->setChecked(colour == now);
        QObject::connect(entry, &QAction::triggered, &store, [&store, ids, colour] {
            store.setColour(ids, colour);
        });
    }
}

} // namespace jackfield::ui
