#include "ui/views/path_facts.h"

#include "ui/bridge/when_done.h"

#include <QFileInfo>

namespace jackfield::ui {

QFuture<PathFacts> lookAtPath(const QString& path)
{
    return unwaited([path] {
        const QFileInfo file(path);
        PathFacts facts;
        if (file.isDir())
            facts.kind = PathFacts::Kind::Folder;
        else if (file.exists())
            facts.kind = PathFacts::Kind::File;
        facts.hasFolder = QFileInfo(file.absolutePath()).isDir();
        return facts;
    });
}

} // namespace jackfield::ui
