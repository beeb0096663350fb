#pragma once

#include <QFile>
#include <QFileInfo>
#include <QString>

#include <string>

namespace jackfield::app {

/// Paths are bytes to the file system and text to Qt.
[[nodiscard]] inline QString to_qt(const std::string& path)
{
    return QFile::decodeName(QByteArray::fromStdString(path));
}

[[nodiscard]] inline std::string from_qt(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

/// The last part of a path; as the person named it, so not yet fit for the screen.
[[nodiscard]] inline QString file_name_of(const std::string& path)
{
    return QFileInfo(to_qt(path)).fileName();
}

} // namespace jackfield::app
