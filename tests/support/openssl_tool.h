#pragma once

#include <QByteArray>
#include <QFile>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <cstring>
#include <string>

namespace jackfield::test {

/// Runs `openssl`: the independent reader and maker of certificates. What it printed; ends the test program
/// when it fails, unless `code` takes how it ended.
inline QString openssl(const QStringList& arguments, const QString& folder = {}, int* code = nullptr)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral("openssl"), arguments);
    if (!process.waitForFinished(60'000))
        qFatal("openssl: %s", qPrintable(process.errorString()));
    const QByteArray output = process.readAllStandardOutput() + process.readAllStandardError();
    if (code != nullptr)
        *code = process.exitCode();
    else if (process.exitCode() != 0)
        qFatal("openssl %s: %s", qPrintable(arguments.join(' ')), output.constData());
    return QString::fromUtf8(output);
}

inline std::string file_text(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll().toStdString();
}

inline void put_file(const QString& path, const std::string& content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)
        || file.write(content.data(), static_cast<qint64>(content.size()))
            != static_cast<qint64>(content.size()))
        qFatal("cannot write %s", qPrintable(path));
    file.close();
}

} // namespace jackfield::test
