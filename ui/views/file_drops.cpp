#include "ui/views/file_drops.h"

#include "ui/views/payload_editor.h"

#include <QAbstractScrollArea>
#include <QDropEvent>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace jackfield::ui {

namespace {

class FilesPass : public QObject {
public:
    using QObject::QObject;

    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() != QEvent::DragEnter && event->type() != QEvent::DragMove
            && event->type() != QEvent::Drop)
            return false;
        if (!bringsFiles(*static_cast<QDropEvent*>(event)->mimeData()))
            return false;
        event->ignore();
        return true;
    }
};

} // namespace

bool bringsFiles(const QMimeData& dragged)
{
    if (!dragged.hasUrls() || dragged.hasFormat(PayloadEditor::exactMimeType()))
        return false;
    const auto urls = dragged.urls();
    return std::any_of(urls.begin(), urls.end(), [](const QUrl& url) { return url.isLocalFile(); });
}

void letFilesPass(QWidget& field)
{
    auto* filter = new FilesPass(&field);
    field.installEventFilter(filter);
    if (auto* area = qobject_cast<QAbstractScrollArea*>(&field))
        area->viewport()->installEventFilter(filter);
}

} // namespace jackfield::ui
