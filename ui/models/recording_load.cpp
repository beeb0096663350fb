#include "ui/models/recording_load.h"

#include <QFile>

#include <system_error>

#include <algorithm>
#include <new>
#include <unordered_map>

namespace jackfield::ui {

namespace {

class Gatherer : public RecordingReceiver {
public:
    Gatherer(LoadedRecording& loaded, std::size_t budget)
        : m_loaded(loaded)
        , m_budget(budget)
    { }

    void connection(const CapturedConnection& told) override
    {
        const auto [found, isNew] = m_index.try_emplace(told.info->id, m_loaded.connections.size());
        if (isNew)
            m_loaded.connections.push_back(told);
        else
            m_loaded.connections[found->second] = told;
    }

    bool message(const CapturedMessage& told) override
    {
        LoadedRecording::Message kept{told, SharedBytes(told.payload), {}};
        kept.facts.assign(told.frame_facts.begin(), told.frame_facts.end());
        kept.message.payload = {};
        kept.message.frame_facts = {};
        m_used += sizeof kept + told.payload.size() + told.frame_facts.size_bytes();
        m_loaded.messages.push_back(std::move(kept));
        return m_used < m_budget;
    }

private:
    LoadedRecording& m_loaded;
    const std::size_t m_budget;
    std::size_t m_used = 0;
    std::unordered_map<ConnectionId, std::size_t> m_index;
};

Result<LoadedRecording> load(const std::string& path, std::size_t budget, RecordingProgress& progress)
{
    try {
        LoadedRecording loaded;
        Gatherer gatherer(loaded, budget);
        auto report = read_recording(path, gatherer, {}, progress);
        if (!report)
            return tl::unexpected<Error>(std::move(report.error()));
        loaded.report = std::move(*report);
        // A HAR has one connection after the other.
        std::stable_sort(loaded.messages.begin(), loaded.messages.end(),
            [](const auto& a, const auto& b) { return a.message.wall_ns < b.message.wall_ns; });
        return loaded;
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::no_memory, "there is not enough memory to open this recording");
    }
}

} // namespace

RecordingLoad::RecordingLoad(QString path, std::size_t budget, QObject* parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_budget(budget)
{ }

RecordingLoad::~RecordingLoad()
{
    cancel();
    if (m_thread.joinable())
        m_thread.join();
}

void RecordingLoad::start()
{
    const auto finish = [this](Result<LoadedRecording> outcome) {
        m_done.post([this, shared = std::make_shared<Result<LoadedRecording>>(std::move(outcome))] {
            if (m_thread.joinable())
                m_thread.join();
            m_outcome = std::move(*shared);
            Q_EMIT finished();
        });
    };
    const std::string path = QFile::encodeName(m_path).toStdString();
    try {
        m_thread = std::thread([this, path, finish] { finish(load(path, m_budget, m_progress)); });
    } catch (const std::system_error& error) {
        finish(fail(ErrorCode::system, "cannot start a thread to read the recording", error.code().value()));
    }
}

} // namespace jackfield::ui
