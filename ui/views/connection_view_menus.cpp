#include "ui/views/connection_view_menus.h"

#include "ui/models/connection_model.h"
#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/views/connection_table.h"
#include "ui/views/connection_view.h"

#include "jackfield/filter.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>

#include <utility>

namespace jackfield::ui {

void fillLikeThisMenu(
    QMenu& menu, const ConnectionInfo& info, QObject* context, std::function<void(const QString&)> use)
{
    const auto add = [&](const char* key, std::string_view value) {
        if (value.empty() || !isCopyable(value)) // what a field of text cannot hold would be another filter
            return;
        const QString filter = QLatin1String(key) + ourText(quote_for_filter(value));
        QAction* entry = menu.addAction(mnemonicSafe(displayText(filter.toStdString(), 60)));
        entry->setObjectName(QLatin1String("like_") + QLatin1String(key).chopped(1));
        QObject::connect(entry, &QAction::triggered, context, [use, filter] { use(filter); });
    };
    if (info.has_origin)
        add("origin:", *info.origin);
    add("path:", pathOf(*info.target));
    add("host:", *info.host);
    add("agent:", browserWord(*info.user_agent));
    add("proto:", *info.subprotocol);
    if (info.tls) {
        add("sni:", info.tls->server_name);
        add("tls:", info.tls->version);
    }
}

void fillConnectionCopyMenu(QMenu& menu, ConnectionView& view, const ConnectionModel& model)
{
    menu.setEnabled(!view.selectedIds().empty());
    const auto add = [&](const QString& title, auto textOf) {
        QAction* entry = menu.addAction(title);
        QObject::connect(entry, &QAction::triggered, &view, [&view, &model, textOf] {
            QStringList lines;
            for (const ConnectionId id : view.selectedIds()) {
                if (const ConnectionRecord* record = model.store().record(id))
                    lines << textOf(*record);
            }
            QGuiApplication::clipboard()->setText(lines.join(u'\n'));
        });
    };
    const auto exact
        = [](const SharedText& text) { return isCopyable(*text) ? copyText(*text) : displayText(*text); };
    add(ConnectionView::tr("&Origin"), [exact](const ConnectionRecord& r) { return exact(r.info->origin); });
    add(ConnectionView::tr("&Path"), [exact](const ConnectionRecord& r) { return exact(r.info->target); });
    add(ConnectionView::tr("&Host"), [exact](const ConnectionRecord& r) { return exact(r.info->host); });
    add(ConnectionView::tr("P&eer address"),
        [](const ConnectionRecord& r) { return ourText(r.info->peer.text()); });
    add(ConnectionView::tr("&User agent"),
        [exact](const ConnectionRecord& r) { return exact(r.info->user_agent); });
    QAction* row = menu.addAction(ConnectionView::tr("&Row"));
    QObject::connect(row, &QAction::triggered, &view, [&view, &model] {
        const ConnectionTable& table = *view.table();
        const QHeaderView& header = *table.horizontalHeader();
        QStringList lines;
        for (const ConnectionId id : view.selectedIds()) {
            QStringList cells;
            for (int visual = 0; visual < header.count(); ++visual) {
                const int column = header.logicalIndex(visual);
                if (!table.isColumnHidden(column))
                    cells << model.indexOf(id, static_cast<ConnectionColumn>(column)).data().toString();
            }
            lines << cells.join(u'\t');
        }
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    });
}

} // namespace jackfield::ui
