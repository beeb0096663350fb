#include "ui/benchmark/progress_reader.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace jackfield::ui {

namespace {

constexpr qsizetype longestLine = 64 * 1024;

quint64 countOf(const QJsonObject& object, const char* key)
{
    const double value = object.value(QLatin1String(key)).toDouble();
    return value > 0 && value < 9e15 ? static_cast<quint64>(value) : 0;
}

double amountOf(const QJsonObject& object, const char* key)
{
    return std::max(0.0, object.value(QLatin1String(key)).toDouble());
}

void readLine(const QByteArray& line, std::vector<BenchmarkNews>& news)
{
    if (line.trimmed().isEmpty())
        return;
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    if (object.contains(QLatin1String("at_seconds")))
        news.emplace_back(sampleOf(object));
    else if (object.contains(QLatin1String("doing")))
        news.emplace_back(BenchmarkStep{object.value(QLatin1String("doing")).toString(),
            object.value(QLatin1String("number")).toInt(), object.value(QLatin1String("of")).toInt()});
    else if (object.isEmpty()) // an object of a later version that says something else is no error
        news.emplace_back(BenchmarkWords{QString::fromUtf8(line.trimmed())});
}

} // namespace

BenchmarkSample sampleOf(const QJsonObject& object)
{
    BenchmarkSample sample;
    sample.atSeconds = amountOf(object, "at_seconds");
    sample.seconds = amountOf(object, "seconds");
    // The report says how many there were, the progress how many a second.
    sample.messagesPerSecond = object.contains(QLatin1String("messages_a_second"))
        ? amountOf(object, "messages_a_second")
        : amountOf(object, "messages") / std::max(sample.seconds, 1e-9);
    sample.errors = countOf(object, "errors");
    sample.connections = countOf(object, "connections");
    sample.p50 = amountOf(object, "p50_us");
    sample.p90 = amountOf(object, "p90_us");
    sample.p99 = amountOf(object, "p99_us");
    sample.p999 = amountOf(object, "p99_9_us");
    sample.max = amountOf(object, "max_us");
    sample.clientCpu = amountOf(object, "client_cpu");
    if (object.value(QLatin1String("server_cpu")).isDouble())
        sample.serverCpu = amountOf(object, "server_cpu");
    if (object.value(QLatin1String("server_memory")).isDouble())
        sample.serverMemory = countOf(object, "server_memory");
    return sample;
}

std::vector<BenchmarkNews> ProgressReader::take(const QByteArray& bytes)
{
    std::vector<BenchmarkNews> news;
    for (qsizetype from = 0; from < bytes.size();) {
        const qsizetype end = bytes.indexOf('\n', from);
        const qsizetype length = (end < 0 ? bytes.size() : end) - from;
        m_line.append(bytes.constData() + from, std::min(length, longestLine - m_line.size()));
        if (end < 0)
            break;
        readLine(m_line, news);
        m_line.clear();
        from = end + 1;
    }
    return news;
}

std::vector<BenchmarkNews> ProgressReader::finish()
{
    std::vector<BenchmarkNews> news;
    readLine(m_line, news);
    m_line.clear();
    return news;
}

} // namespace jackfield::ui
