#include "ui/views/export_strip.h"

#include "ui/text/display_text.h"
#include "ui/text/format.h"
#include "ui/text/phrases.h"
#include "ui/views/controls.h"
#include "ui/views/elided_label.h"
#include "ui/views/inline_notice.h"
#include "ui/views/strip.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace jackfield::ui {

namespace {

constexpr std::chrono::milliseconds refreshTime{100};
constexpr std::chrono::seconds cancelledTime{6};
constexpr int barSteps = 1'000;

QString fileName(const QString& path)
{
    return displayText(QFileInfo(path).fileName());
}

} // namespace

ExportStrip::ExportStrip(QWidget* parent)
    : QWidget(parent)
{
    nameControl(this, "export_strip", "Export");
    m_running = new Strip(Qt::BottomEdge, this);
    m_label = named(new ElidedLabel(m_running), "export_progress_text", "Export progress");
    m_bar = named(new QProgressBar(m_running), "export_progress", "Export progress bar");
    m_bar->setRange(0, barSteps);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(140);
    m_bar->setFixedHeight(8);
    m_cancel = named(new QPushButton(tr("Cancel"), m_running), "export_stop", "Cancel export");
    auto* row = new QHBoxLayout(m_running);
    row->setContentsMargins(10, 4, 10, 4);
    row->setSpacing(10);
    row->addWidget(m_label, 1);
    row->addWidget(m_bar);
    row->addWidget(m_cancel);
    m_notice = new InlineNotice(QStringLiteral("export"), this);
    m_notice->setObjectName(QStringLiteral("export_notice"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_running);
    column->addWidget(m_notice);
    m_running->hide();
    connect(m_cancel, &QPushButton::clicked, this, &ExportStrip::cancel);
    connect(&m_tick, &QTimer::timeout, this, &ExportStrip::refresh);
}

ExportStrip::~ExportStrip() = default;

void ExportStrip::start(std::unique_ptr<CaptureSource> source, ExportOrder order)
{
    if (m_job)
        return;
    m_notice->dismiss();
    m_job = std::make_unique<ExportJob>(std::move(source), std::move(order));
    connect(m_job.get(), &ExportJob::finished, this, &ExportStrip::finish);
    m_cancel->setEnabled(true);
    m_running->show();
    refresh();
    m_tick.start(refreshTime);
    m_job->start();
}

void ExportStrip::cancel()
{
    if (!m_job)
        return;
    m_job->cancel();
    m_cancel->setEnabled(false);
    m_label->setContent(tr("Cancelling the export\u2026"));
}

void ExportStrip::refresh()
{
    const RecordingProgress& progress = m_job->progress();
    if (progress.cancelled)
        return;
    const std::uint64_t total = progress.total;
    const std::uint64_t done = std::min<std::uint64_t>(progress.done, total);
    m_bar->setValue(total == 0 ? 0 : static_cast<int>(done * barSteps / total));
    const QString name = fileName(m_job->order().path);
    m_label->setContent(done == total && total > 0
            ? tr("Exporting to %1: waiting for the disk, %2").arg(name, formatBytes(progress.bytes))
            : tr("Exporting to %1: %2 of %3 messages, %4", nullptr, pluralOf(total))
                  .arg(name, formatCount(done), formatCount(total), formatBytes(progress.bytes)));
}

void ExportStrip::finish()
{
    m_tick.stop();
    m_running->hide();
    // The notice's buttons live longer than the job.
    const std::shared_ptr<ExportJob> job = std::move(m_job);
    const ExportOrder order = job->order();
    const QString name = fileName(order.path);
    const auto& outcome = job->outcome();
    if (!outcome) {
        m_notice->showNotice(InlineNotice::Kind::Danger,
            tr("Not exported: %1.").arg(wordsOf(outcome.error().message())),
            {{tr("Retry"), QStringLiteral("Retry export"), [this, job, order] {
                  if (auto source = job->takeSource())
                      start(std::move(source), order);
              }}});
        Q_EMIT finished();
        return;
    }
    if (outcome->cancelled) {
        m_notice->showNotice(InlineNotice::Kind::Information,
            tr("The export to %1 was cancelled; nothing was written.").arg(name), {}, cancelledTime);
        Q_EMIT finished();
        return;
    }
    QString text
        = tr("Exported %1 of %2 to %3 (%4).")
              .arg(
                  tr("%1 messages", nullptr, pluralOf(outcome->messages)).arg(formatCount(outcome->messages)),
                  tr("%1 connections", "messages of %1 connections", pluralOf(outcome->connections))
                      .arg(formatCount(outcome->connections)),
                  name, formatBytes(outcome->bytes));
    if (outcome->left_out > 0)
        text += u' '
            + tr("%1 control and raw frames are left out: HAR has no place for them.", nullptr,
                pluralOf(outcome->left_out))
                  .arg(formatCount(outcome->left_out));
    if (outcome->without_payload > 0)
        text += u' ' + tr("Of %1 the content had not been kept.").arg(formatCount(outcome->without_payload));
    if (outcome->gone > 0)
        text += u' '
            + tr("%1 gave way to newer ones meanwhile.", nullptr, pluralOf(outcome->gone))
                  .arg(formatCount(outcome->gone));
    m_notice->showNotice(InlineNotice::Kind::Information, text,
        {{tr("Open folder"), QStringLiteral("Open folder of export"),
            [this, path = order.path] { openFolder(path); }}});
    Q_EMIT finished();
}

void ExportStrip::openFolder(const QString& path)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
        m_notice->showNotice(InlineNotice::Kind::Warning,
            tr("No program opens folders here. The file is %1.").arg(displayText(path, 4'096)));
}

} // namespace jackfield::ui
