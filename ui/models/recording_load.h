#pragma once

#include "ui/bridge/hand_over.h"

#include "jackfield/recording.h"
#include "jackfield/shared_bytes.h"

#include <QObject>
#include <QString>

#include <memory>
#include <thread>
#include <vector>

namespace jackfield::ui {

/// A recording as it was read: all of it, or the part that fits.
struct LoadedRecording {
    struct Message {
        CapturedMessage message; ///< without its views
        SharedBytes payload;
        std::vector<FrameFacts> facts;
    };
    std::vector<Message> messages; ///< in the order of time
    std::vector<CapturedConnection> connections;
    RecordingReport report;
};

/// Reads one recording on a thread of its own. Destroying it cancels it. All calls belong to the thread that
/// made it.
class RecordingLoad : public QObject {
    Q_OBJECT
public:
    /// Reads no further when messages take more than this many bytes of memory.
    static constexpr std::size_t defaultBudget = std::size_t{192} << 20U;

    explicit RecordingLoad(QString path, std::size_t budget = defaultBudget, QObject* parent = nullptr);
    ~RecordingLoad() override;

    void start(); ///< once
    void cancel() { m_progress.cancelled = true; }
    [[nodiscard]] const RecordingProgress& progress() const { return m_progress; } ///< in bytes of the file
    /// Set from `finished` on. Whoever has taken a message may empty it, so that nothing is there twice.
    [[nodiscard]] Result<LoadedRecording>& outcome() { return m_outcome; }

Q_SIGNALS:
    void finished();

private:
    const QString m_path;
    const std::size_t m_budget;
    RecordingProgress m_progress;
    Result<LoadedRecording> m_outcome;
    HandOver m_done;
    std::thread m_thread;
};

} // namespace jackfield::ui
