#include "ui/views/path_facts.h"

#include <QFileInfo>
#include <QPromise>

#include <system_error>

#include <memory>
#include <thread>

namespace jackfield::ui {

QFuture<PathFacts> lookAtPath(const QString& path)
{
    auto promise = std::make_shared<QPromise<PathFacts>>();
    promise->start();
    QFuture<PathFacts> future = promise->future();
    const auto look = [promise, path] {
        const QFileInfo file(path);
        PathFacts facts;
        if (file.isDir())
            facts.kind = PathFacts::Kind::Folder;
        else if (file.exists())
            facts.kind = PathFacts::Kind::File;
        facts.hasFolder = QFileInfo(file.absolutePath()).isDir();
        promise->addResult(facts);
        promise->finish();
    };
    try {
        std::thread(look).detach();
    } catch (const std::system_error&) {
        look();
    }
    return future;
}

} // namespace jackfield::ui
