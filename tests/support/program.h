#pragma once

#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QString>
#include <QStringList>

#include <csignal>
#include <cstdint>

namespace jackfield::test {

/// One of our programs as a person runs it, from the build folder. Killed when it is destroyed while it runs.
class Program {
public:
    static constexpr int patience = 20'000; ///< milliseconds, which no passing test reaches

    Program(const QString& name, const QStringList& arguments,
        const QProcessEnvironment& environment = QProcessEnvironment::systemEnvironment())
    {
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(JACKFIELD_BINARY_DIR "/bin/") + name, arguments);
        if (!process.waitForStarted(patience))
            qFatal("%s cannot be started: %s", qPrintable(name), qPrintable(process.errorString()));
    }
    ~Program()
    {
        if (process.state() != QProcess::NotRunning) {
            process.kill();
            process.waitForFinished(patience);
        }
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    /// Waits until standard output holds a line that matches; gives back the match.
    QRegularExpressionMatch wait_for(const QString& pattern)
    {
        const QRegularExpression expression(pattern, QRegularExpression::MultilineOption);
        output += QString::fromUtf8(process.readAllStandardOutput()); // an event loop may have fetched it
        QRegularExpressionMatch match = expression.match(output);
        while (!match.hasMatch() && process.state() != QProcess::NotRunning
            && process.waitForReadyRead(patience)) {
            output += QString::fromUtf8(process.readAllStandardOutput());
            match = expression.match(output);
        }
        output += QString::fromUtf8(process.readAllStandardOutput());
        return expression.match(output);
    }

    /// Waits until it listens; the port.
    std::uint16_t port()
    {
        const auto match = wait_for("^Listening on ws://127\\.0\\.0\\.1:(\\d+)/$");
        return static_cast<std::uint16_t>(match.captured(1).toUInt());
    }

    bool ends()
    {
        const bool ended = process.state() == QProcess::NotRunning || process.waitForFinished(patience);
        output += QString::fromUtf8(process.readAllStandardOutput());
        problems += QString::fromUtf8(process.readAllStandardError());
        return ended;
    }

    void signal(int number) { ::kill(static_cast<pid_t>(process.processId()), number); }

    /// Whether its main thread has blocked the signal, as it does to read it from a descriptor.
    [[nodiscard]] bool blocks(int number) const
    {
        QFile status(QStringLiteral("/proc/%1/status").arg(process.processId()));
        if (!status.open(QIODevice::ReadOnly))
            return false;
        static const QRegularExpression blocked(
            QStringLiteral("^SigBlk:\\s*([0-9a-f]+)$"), QRegularExpression::MultilineOption);
        const QString mask = blocked.match(QString::fromUtf8(status.readAll())).captured(1);
        return ((mask.toULongLong(nullptr, 16) >> (number - 1)) & 1U) != 0;
    }

    QProcess process;
    QString output;
    QString problems;
};

} // namespace jackfield::test
