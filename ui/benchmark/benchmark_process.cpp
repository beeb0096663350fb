#include "ui/benchmark/benchmark_process.h"

#include <QCoreApplication>
#include <QStandardPaths>

#include <csignal>
#include <sys/prctl.h>

namespace jackfield::ui {

namespace {

constexpr qsizetype mostWords = 4'000;

} // namespace

QString findBenchmarkProgram()
{
    const QString name = QStringLiteral("jackfield-bench");
    const QString beside = QStandardPaths::findExecutable(name, {QCoreApplication::applicationDirPath()});
    return beside.isEmpty() ? QStandardPaths::findExecutable(name) : beside;
}

BenchmarkProcess::BenchmarkProcess(QObject* parent)
    : QObject(parent)
{
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setStandardOutputFile(QProcess::nullDevice()); // the table for a terminal
    m_process.setChildProcessModifier([] {
        // No load goes on when the window's program is gone, however it went.
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        // The window's program blocks the signals that it reads itself; this one is to get them.
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
    });
    connect(&m_process, &QProcess::readyReadStandardError, this,
        [this] { tell(m_reader.take(m_process.readAllStandardError())); });
    connect(&m_process, &QProcess::finished, this, &BenchmarkProcess::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            Q_EMIT finished(-1, m_process.errorString());
    });
}

BenchmarkProcess::~BenchmarkProcess()
{
    m_process.disconnect(this);
    m_process.kill();
    m_process.waitForFinished();
}

void BenchmarkProcess::start(const QString& program, const QStringList& arguments)
{
    m_reader = {};
    m_words.clear();
    m_stopping = false;
    m_process.start(program, arguments, QIODevice::ReadOnly);
}

void BenchmarkProcess::stop()
{
    if (m_process.state() == QProcess::Starting || m_stopping)
        m_process.kill();
    else if (m_process.state() == QProcess::Running)
        ::kill(static_cast<pid_t>(m_process.processId()), SIGINT);
    m_stopping = true;
}

void BenchmarkProcess::tell(const std::vector<BenchmarkNews>& news)
{
    for (const BenchmarkNews& one : news) {
        if (const auto* sample = std::get_if<BenchmarkSample>(&one)) {
            Q_EMIT sampled(*sample);
        } else if (const auto* step = std::get_if<BenchmarkStep>(&one)) {
            Q_EMIT stepped(*step);
        } else if (m_words.size() < mostWords) {
            QString words = std::get<BenchmarkWords>(one).text;
            if (const QString name = QStringLiteral("jackfield-bench: "); words.startsWith(name))
                words.remove(0, name.size());
            m_words += (m_words.isEmpty() ? QString() : QStringLiteral("\n")) + words.left(mostWords);
        }
    }
}

void BenchmarkProcess::onFinished(int exitStatus, QProcess::ExitStatus how)
{
    tell(m_reader.take(m_process.readAllStandardError()));
    tell(m_reader.finish());
    Q_EMIT finished(how == QProcess::NormalExit ? exitStatus : -1, m_words);
}

} // namespace jackfield::ui
