#pragma once

#include "ui/bridge/hand_over.h"

#include "jackfield/recording.h"

#include <QObject>
#include <QString>

#include <memory>
#include <thread>

namespace jackfield::ui {

/// What an export is to do.
struct ExportOrder {
    QString path;
    RecordingFormat format = RecordingFormat::har;
    RecordingOptions options;
};

/// One export on a thread of its own. Destroying it cancels it and waits until its file is gone: a moment.
/// All calls belong to the thread that made it.
class ExportJob : public QObject {
    Q_OBJECT
public:
    ExportJob(std::unique_ptr<CaptureSource> source, ExportOrder order, QObject* parent = nullptr);
    ~ExportJob() override;

    void start(); ///< once
    void cancel() { m_progress.cancelled = true; }
    [[nodiscard]] const ExportOrder& order() const { return m_order; }
    [[nodiscard]] const RecordingProgress& progress() const { return m_progress; }
    /// Valid from `finished` on.
    [[nodiscard]] const Result<ExportReport>& outcome() const { return m_outcome; }
    /// For another try with the same content; null before the job has finished.
    [[nodiscard]] std::unique_ptr<CaptureSource> takeSource();

Q_SIGNALS:
    void finished();

private:
    const ExportOrder m_order;
    std::unique_ptr<CaptureSource> m_source;
    RecordingProgress m_progress;
    Result<ExportReport> m_outcome;
    bool m_done = false;
    HandOver m_end;
    std::thread m_thread;
};

} // namespace jackfield::ui
