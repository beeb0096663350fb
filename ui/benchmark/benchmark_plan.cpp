#include "ui/benchmark/benchmark_plan.h"

#include <QHostAddress>
#include <QProcess>
#include <QUrl>

#include <algorithm>
#include <array>

namespace jackfield::ui {

QString nameOf(BenchmarkMode mode)
{
    switch (mode) {
    case BenchmarkMode::Echo:
        return QStringLiteral("echo");
    case BenchmarkMode::Rate:
        return QStringLiteral("rate");
    case BenchmarkMode::Connect:
        return QStringLiteral("connect");
    case BenchmarkMode::Idle:
        return QStringLiteral("idle");
    case BenchmarkMode::Fanout:
        return QStringLiteral("fanout");
    case BenchmarkMode::Ramp:
        return QStringLiteral("ramp");
    case BenchmarkMode::Soak:
        return QStringLiteral("soak");
    case BenchmarkMode::Check:
        return QStringLiteral("check");
    }
    return {};
}

std::optional<BenchmarkMode> benchmarkModeNamed(const QString& name)
{
    for (const BenchmarkMode mode : benchmarkModes) {
        if (nameOf(mode) == name)
            return mode;
    }
    return std::nullopt;
}

BenchmarkUses usesOf(BenchmarkMode mode)
{
    BenchmarkUses uses;
    uses.messages = mode == BenchmarkMode::Echo || mode == BenchmarkMode::Rate || mode == BenchmarkMode::Fanout
        || mode == BenchmarkMode::Ramp;
    uses.depth = mode == BenchmarkMode::Echo || mode == BenchmarkMode::Fanout;
    uses.rate = mode == BenchmarkMode::Rate || mode == BenchmarkMode::Ramp;
    uses.bound = mode == BenchmarkMode::Ramp;
    if (mode == BenchmarkMode::Check)
        uses.connections = uses.duration = uses.pid = false;
    return uses;
}

BenchmarkPlan usualPlan(BenchmarkMode mode)
{
    BenchmarkPlan plan;
    plan.mode = mode;
    switch (mode) {
    case BenchmarkMode::Connect:
        plan.connections = 16;
        break;
    case BenchmarkMode::Idle:
        plan.connections = 1'000;
        break;
    case BenchmarkMode::Fanout:
        plan.size = 64;
        break;
    case BenchmarkMode::Ramp:
        plan.duration = 300;
        break;
    case BenchmarkMode::Soak:
        plan.connections = 50;
        plan.duration = 600;
        break;
    case BenchmarkMode::Echo:
    case BenchmarkMode::Rate:
    case BenchmarkMode::Check:
        break;
    }
    return plan;
}

bool isLoopbackUrl(const QString& url)
{
    const QString host = QUrl(url).host().toLower();
    if (host == QLatin1String("localhost"))
        return true;
    const QHostAddress address(host);
    return !address.isNull() && address.isLoopback();
}

bool isBenchmarkUrl(const QString& url)
{
    const QUrl read(url, QUrl::StrictMode);
    return read.isValid() && !read.host().isEmpty() && read.userInfo().isEmpty() && !read.hasFragment()
        && (read.scheme() == QLatin1String("ws") || read.scheme() == QLatin1String("wss"));
}

QStringList benchmarkContents()
{
    return {QStringLiteral("ascii"), QStringLiteral("mixed"), QStringLiteral("json"), QStringLiteral("random")};
}

QStringList benchmarkDeflates()
{
    return {QStringLiteral("off"), QStringLiteral("on"), QStringLiteral("no-takeover")};
}

std::optional<QStringList> furtherOptions(const QString& text)
{
    // The reports are read here, leave for another machine is asked for, and the target has a field.
    static constexpr std::array own{"--json", "--html", "--progress", "--quiet", "--compare", "--allow-remote", "--help", "--version", "--list", "--"};
    const QStringList words = QProcess::splitCommand(text);
    if (!words.isEmpty() && !words.first().startsWith(u'-'))
        return std::nullopt;
    for (const QString& word : words) {
        const QString name = word.section(u'=', 0, 0);
        if (std::any_of(own.begin(), own.end(), [&name](const char* each) { return name == QLatin1String(each); }))
            return std::nullopt;
        if (word.startsWith(QLatin1String("-q")) || word.startsWith(QLatin1String("-h")))
            return std::nullopt;
    }
    return words;
}

QStringList argumentsOf(const BenchmarkPlan& plan, const QString& jsonFile, const QString& htmlFile)
{
    const BenchmarkUses uses = usesOf(plan.mode);
    QStringList arguments{nameOf(plan.mode), plan.url};
    const auto add = [&arguments](const char* option, const QString& value) {
        arguments << QLatin1String(option) << value;
    };
    if (uses.connections)
        add("--connections", QString::number(plan.connections));
    if (uses.messages) {
        add("--size", QString::number(plan.size));
        add("--content", plan.content);
        if (plan.content == QLatin1String("random"))
            arguments << QStringLiteral("--binary");
        if (plan.fragments > 1)
            add("--fragments", QString::number(plan.fragments));
    }
    if (uses.depth)
        add("--depth", QString::number(plan.depth));
    if (uses.duration)
        add("--duration", QString::number(plan.duration));
    if (uses.rate)
        add(plan.mode == BenchmarkMode::Ramp ? "--from" : "--rate", QString::number(plan.rate));
    if (uses.bound)
        add("--bound", QString::number(plan.bound * 1'000));
    if (plan.deflate != benchmarkDeflates().first())
        add("--deflate", plan.deflate);
    if (!plan.subprotocol.isEmpty())
        add("--subprotocol", plan.subprotocol);
    if (!plan.configFolder.isEmpty())
        add("--config-dir", plan.configFolder);
    if (uses.pid && plan.pid > 0)
        add("--pid", QString::number(plan.pid));
    if (plan.allowRemote)
        arguments << QStringLiteral("--allow-remote");
    arguments << furtherOptions(plan.more).value_or(QStringList());
    add("--progress", QStringLiteral("json"));
    add("--json", jsonFile);
    add("--html", htmlFile);
    return arguments;
}

} // namespace jackfield::ui
