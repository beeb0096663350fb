#pragma once

#include "ui/benchmark/progress_reader.h"

#include <QObject>
#include <QProcess>
#include <QString>
#include <QStringList>

namespace jackfield::ui {

/// Where jackfield-bench is: beside this program, else in PATH; empty when it is in neither.
[[nodiscard]] QString findBenchmarkProgram();

/// jackfield-bench as a process of its own. It ends with this object, and with the whole program.
class BenchmarkProcess : public QObject {
    Q_OBJECT
public:
    explicit BenchmarkProcess(QObject* parent = nullptr);
    ~BenchmarkProcess() override;

    /// One run at a time.
    void start(const QString& program, const QStringList& arguments);
    /// Asks it to end with a report of what it has seen; asked once more, it ends without.
    void stop();
    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }

Q_SIGNALS:
    void sampled(const jackfield::ui::BenchmarkSample& sample);
    void stepped(const jackfield::ui::BenchmarkStep& step);
    /// It has ended, or could not be started. `exitStatus` as its man page says, -1 for any other end;
    /// `words`: what it said of what went wrong, or what kept it from starting; may be empty.
    void finished(int exitStatus, const QString& words);

private:
    void tell(const std::vector<BenchmarkNews>& news);
    void onFinished(int exitStatus, QProcess::ExitStatus how);

    QProcess m_process;
    ProgressReader m_reader;
    QString m_words;
    bool m_stopping = false;
};

} // namespace jackfield::ui
