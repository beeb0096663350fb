#include "ui/benchmark/run_store.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace jackfield::ui {

namespace {

constexpr qint64 largestReport = qint64{32} << 20;

QString fileIn(const QString& folder, const QString& id, const char* suffix)
{
    return QDir(folder).filePath(id + QLatin1String(suffix));
}

} // namespace

RunStore::RunStore(const QString& folder, int most, QObject* parent)
    : QObject(parent)
    , m_folder(folder)
    , m_most(most)
{
    // The names begin with the time, so that their order is that of the runs.
    const QStringList files = QDir(folder).entryList({QStringLiteral("run-*.json")}, QDir::Files, QDir::Name | QDir::Reversed);
    for (const QString& file : files) {
        if (static_cast<int>(m_runs.size()) >= m_most)
            break;
        const QString id = QFileInfo(file).completeBaseName();
        if (auto report = read(id))
            m_runs.push_back({id, std::move(*report)});
    }
}

const BenchmarkRun* RunStore::find(const QString& id) const
{
    const auto found = std::ranges::find(m_runs, id, &BenchmarkRun::id);
    return found != m_runs.end() ? &*found : nullptr;
}

QString RunStore::newId()
{
    if (!QDir().mkpath(m_folder))
        return {};
    const QString time = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    for (int number = 0; number < 1'000; ++number) {
        const QString id = QStringLiteral("run-%1-%2").arg(time).arg(number, 3, 10, QLatin1Char('0'));
        if (!QFileInfo::exists(jsonFile(id)) && !QFileInfo::exists(htmlFile(id)))
            return id;
    }
    return {};
}

QString RunStore::jsonFile(const QString& id) const
{
    return fileIn(m_folder, id, ".json");
}

QString RunStore::htmlFile(const QString& id) const
{
    return fileIn(m_folder, id, ".html");
}

bool RunStore::add(const QString& id)
{
    auto report = read(id);
    if (!report)
        return false;
    std::erase_if(m_runs, [&](const BenchmarkRun& run) { return run.id == id; });
    m_runs.insert(m_runs.begin(), {id, std::move(*report)});
    while (static_cast<int>(m_runs.size()) > m_most) {
        removeFiles(m_runs.back().id);
        m_runs.pop_back();
    }
    Q_EMIT changed();
    return true;
}

bool RunStore::remove(const QString& id)
{
    if (!removeFiles(id))
        return false;
    std::erase_if(m_runs, [&](const BenchmarkRun& run) { return run.id == id; });
    Q_EMIT changed();
    return true;
}

std::optional<BenchmarkReport> RunStore::read(const QString& id) const
{
    QFile file(jsonFile(id));
    if (!QFileInfo(file).isFile() || file.size() > largestReport || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return readBenchmarkReport(file.readAll());
}

bool RunStore::removeFiles(const QString& id) const
{
    bool isGone = true;
    for (const QString& path : {jsonFile(id), htmlFile(id)})
        isGone = (QFile::remove(path) || !QFileInfo::exists(path)) && isGone;
    return isGone;
}

} // namespace jackfield::ui
