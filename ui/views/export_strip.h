#pragma once

#include "ui/models/export_job.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;

namespace jackfield::ui {

class ElidedLabel;
class InlineNotice;

/// How an export goes: folded away, a line with its progress and *Cancel*, then what came of it with *Open
/// folder* or *Retry*. One export at a time.
class ExportStrip : public QWidget {
    Q_OBJECT
public:
    explicit ExportStrip(QWidget* parent = nullptr);
    ~ExportStrip() override;

    [[nodiscard]] bool isRunning() const { return m_job != nullptr; }
    /// Starts one; nothing while another is running.
    void start(std::unique_ptr<CaptureSource> source, ExportOrder order);
    void cancel();

Q_SIGNALS:
    /// What came of it is on screen.
    void finished();

private:
    void refresh();
    void finish();
    void openFolder(const QString& path);

    QWidget* m_running = nullptr;
    ElidedLabel* m_label = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_cancel = nullptr;
    InlineNotice* m_notice = nullptr;
    QTimer m_tick;
    std::unique_ptr<ExportJob> m_job;
};

} // namespace jackfield::ui
