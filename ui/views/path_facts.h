#pragma once

#include <QFuture>
#include <QString>

namespace jackfield::ui {

/// What stands where a file is to be written.
struct PathFacts {
    enum class Kind { Absent, File, Folder };
    Kind kind = Kind::Absent;
    bool hasFolder = false; ///< the folder that it would be in is there
};

/// Looks, in a thread that nobody waits for: a network folder that answers late, or never, holds up neither
/// the window nor the program's end (FF-16). `whenDone` takes the answer.
[[nodiscard]] QFuture<PathFacts> lookAtPath(const QString& path);

} // namespace jackfield::ui
