#include "ui/models/export_job.h"

#include <QFile>

#include <system_error>

namespace jackfield::ui {

ExportJob::ExportJob(std::unique_ptr<CaptureSource> source, ExportOrder order, QObject* parent)
    : QObject(parent)
    , m_order(std::move(order))
    , m_source(std::move(source))
{ }

ExportJob::~ExportJob()
{
    cancel();
    if (m_thread.joinable())
        m_thread.join();
}

void ExportJob::start()
{
    const auto finish = [this](Result<ExportReport> outcome) {
        m_end.post([this, outcome = std::move(outcome)] {
            if (m_thread.joinable())
                m_thread.join();
            m_outcome = outcome;
            m_done = true;
            Q_EMIT finished();
        });
    };
    const std::string path = QFile::encodeName(m_order.path).toStdString();
    try {
        m_thread = std::thread([this, path, finish] {
            finish(export_recording(*m_source, path, m_order.format, m_order.options, m_progress));
        });
    } catch (const std::system_error& error) {
        finish(fail(ErrorCode::system, "cannot start a thread for the export", error.code().value()));
    }
}

std::unique_ptr<CaptureSource> ExportJob::takeSource()
{
    return m_done ? std::move(m_source) : nullptr;
}

} // namespace jackfield::ui
