#include "ui/text/format.h"

#include "ui/text/display_text.h"

#include "jackfield/close_code.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>
#include <utility>

namespace jackfield::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Format)
};

constexpr std::int64_t millisecond = 1'000'000;
constexpr std::int64_t second = 1'000 * millisecond;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

QString decimalPoint()
{
    return QCoreApplication::translate("Format", ".", "the decimal point, as in 1.5");
}

QString tenths(std::int64_t nanoseconds)
{
    const std::int64_t whole = nanoseconds / (100 * millisecond);
    return QString::number(whole / 10) + decimalPoint() + QString::number(whole % 10);
}

QDateTime localTime(std::int64_t unixNanoseconds)
{
    std::int64_t milliseconds = unixNanoseconds / millisecond;
    if (unixNanoseconds % millisecond < 0)
        --milliseconds;
    return QDateTime::fromMSecsSinceEpoch(milliseconds);
}

bool startsWithIgnoringCase(std::string_view text, std::string_view lowerPrefix)
{
    return text.size() >= lowerPrefix.size()
        && std::equal(lowerPrefix.begin(), lowerPrefix.end(), text.begin(), [](char wanted, char have) {
               return wanted == (have >= 'A' && have <= 'Z' ? static_cast<char>(have - 'A' + 'a') : have);
           });
}

struct Browser {
    std::string_view word; // of the header
    const char* name = nullptr; // null: not a known one
};

Browser browserOf(std::string_view userAgent)
{
    // Order matters: most browsers name the ones they want to be taken for, too.
    static constexpr std::array<std::pair<std::string_view, const char*>, 16> known{{
        {"Electron/", "Electron"},
        {"Edg/", "Edge"},
        {"EdgA/", "Edge"},
        {"EdgiOS/", "Edge"},
        {"OPR/", "Opera"},
        {"SamsungBrowser/", "Samsung Internet"},
        {"Vivaldi/", "Vivaldi"},
        {"Firefox/", "Firefox"},
        {"FxiOS/", "Firefox"},
        {"Chrome/", "Chrome"},
        {"CriOS/", "Chrome"},
        {"Chromium/", "Chromium"},
        {"jsdom/", "jsdom"},
        {"QtWebEngine/", "QtWebEngine"},
        {"Safari/", "Safari"},
        {"AppleWebKit/", "WebKit"},
    }};
    userAgent = userAgent.substr(0, 1'024);
    for (const auto& [word, name] : known) {
        if (const auto at = userAgent.find(word); at != std::string_view::npos)
            return {userAgent.substr(at, word.size()), name};
    }
    static constexpr std::array<std::pair<std::string_view, const char*>, 14> programs{{
        {"node", "Node"},
        {"undici", "Node"},
        {"ws/", "Node"},
        {"deno", "Deno"},
        {"bun/", "Bun"},
        {"curl/", "curl"},
        {"python", "Python"},
        {"websockets/", "Python"},
        {"go-http-client", "Go"},
        {"okhttp", "OkHttp"},
        {"dart/", "Dart"},
        {"postman", "Postman"},
        {"websocat", "websocat"},
        {"java", "Java"},
    }};
    for (const auto& [word, name] : programs) {
        if (startsWithIgnoringCase(userAgent, word))
            return {userAgent.substr(0, word.size()), name};
    }
    return {userAgent.substr(0, userAgent.find_first_of("/ (\t;,"))};
}

} // namespace

QString formatDecimal(double value, int digits)
{
    return QString::number(value, 'f', digits).replace(u'.', decimalPoint());
}

QString formatMilliseconds(std::uint64_t microseconds)
{
    return Words::tr("%1 ms").arg(formatDecimal(static_cast<double>(microseconds) / 1'000));
}

QString formatCount(std::uint64_t value)
{
    QString text = QString::number(value);
    if (text.size() <= 3)
        return text;
    const QString separator = Words::tr(",", "between groups of three digits, as in 1,500");
    for (qsizetype at = text.size() - 3; at > 0; at -= 3)
        text.insert(at, separator);
    return text;
}

int pluralOf(std::uint64_t value)
{
    constexpr std::uint64_t million = 1'000'000; // rules look at the last two digits, some for whole millions
    return static_cast<int>(value < 2 * million ? value : million + value % million);
}

QString formatBytes(std::uint64_t bytes)
{
    if (bytes == 1)
        return Words::tr("1 byte");
    if (bytes < 1'024)
        return Words::tr("%1 bytes").arg(bytes);
    static constexpr std::array units{"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    auto value = static_cast<double>(bytes) / 1'024;
    std::size_t unit = 0;
    while (value >= 1'023.95 && unit + 1 < units.size()) {
        value /= 1'024;
        ++unit;
    }
    const QString number = QString::number(value, 'f', 1);
    const bool isWhole = number.endsWith(QLatin1String(".0"));
    return (isWhole ? number.chopped(2) : formatDecimal(value)) + u' ' + QLatin1String(units[unit]);
}

QString formatAge(std::int64_t nanoseconds)
{
    if (nanoseconds < 100 * millisecond)
        return Words::tr("now");
    if (nanoseconds < 10 * second)
        return Words::tr("%1 s").arg(tenths(nanoseconds));
    if (nanoseconds < minute)
        return Words::tr("%1 s").arg(nanoseconds / second);
    if (nanoseconds < hour)
        return Words::tr("%1 min").arg(nanoseconds / minute);
    if (nanoseconds < day)
        return Words::tr("%1 h %2 min")
            .arg(nanoseconds / hour)
            .arg(nanoseconds % hour / minute, 2, 10, QChar(u'0'));
    return Words::tr("%1 d").arg(nanoseconds / day);
}

QString formatDuration(std::int64_t nanoseconds)
{
    nanoseconds = std::max<std::int64_t>(nanoseconds, 0);
    if (nanoseconds < second)
        return Words::tr("%1 ms").arg(nanoseconds / millisecond);
    if (nanoseconds < 10 * second)
        return Words::tr("%1 s").arg(tenths(nanoseconds));
    if (nanoseconds < minute)
        return Words::tr("%1 s").arg(nanoseconds / second);
    if (nanoseconds < hour)
        return Words::tr("%1 min %2 s")
            .arg(nanoseconds / minute)
            .arg(nanoseconds % minute / second, 2, 10, QChar(u'0'));
    return Words::tr("%1 h %2 min")
        .arg(nanoseconds / hour)
        .arg(nanoseconds % hour / minute, 2, 10, QChar(u'0'));
}

QString formatPeriod(std::chrono::milliseconds period)
{
    const auto ms = static_cast<std::uint64_t>(std::max<std::int64_t>(period.count(), 0));
    const bool isWhole = ms != 0 && ms % 1'000 == 0;
    return isWhole ? Words::tr("%1 s").arg(formatCount(ms / 1'000)) : Words::tr("%1 ms").arg(formatCount(ms));
}

QString formatDelta(std::int64_t nanoseconds)
{
    const bool negative = nanoseconds < 0; // the wall clock may be set back
    const std::int64_t milliseconds = (negative ? -(nanoseconds / millisecond) : nanoseconds / millisecond);
    return (negative ? QStringLiteral("-") : QStringLiteral("+")) + QString::number(milliseconds / 1'000)
        + decimalPoint() + QStringLiteral("%1").arg(milliseconds % 1'000, 3, 10, QChar(u'0'));
}

QString formatTimeOfDay(std::int64_t unixNanoseconds)
{
    return localTime(unixNanoseconds).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString formatClock(WallTime time)
{
    return localTime(time.time_since_epoch().count()).toString(QStringLiteral("HH:mm:ss"));
}

QString formatDateTime(std::int64_t unixNanoseconds)
{
    return localTime(unixNanoseconds).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"));
}

QString formatRate(double perSecond)
{
    if (!(perSecond >= 0.05))
        return QStringLiteral("0/s");
    if (perSecond < 9.95)
        return formatDecimal(perSecond) + QLatin1String("/s");
    return formatCount(static_cast<std::uint64_t>(perSecond + 0.5)) + QLatin1String("/s");
}

QString hexDumpLine(std::uint64_t offset, std::span<const std::byte> bytes)
{
    constexpr auto digits = "0123456789abcdef";
    const auto count = std::min<std::size_t>(bytes.size(), hexDumpWidth);
    QString line = QStringLiteral("%1  ").arg(offset, 8, 16, QChar(u'0'));
    line.reserve(80);
    for (std::size_t i = 0; i < hexDumpWidth; ++i) {
        if (i == hexDumpWidth / 2)
            line.append(u' ');
        if (i < count) {
            const auto value = std::to_integer<unsigned>(bytes[i]);
            line.append(QLatin1Char(digits[value >> 4U]));
            line.append(QLatin1Char(digits[value & 0xfU]));
            line.append(u' ');
        } else {
            line.append(QLatin1String("   "));
        }
    }
    line.append(QLatin1String(" |"));
    for (std::size_t i = 0; i < count; ++i) {
        const auto value = std::to_integer<unsigned char>(bytes[i]);
        line.append(value >= 0x20 && value < 0x7f ? QChar(value) : QChar(u'.'));
    }
    line.append(u'|');
    return line;
}

QString hexPreview(std::span<const std::byte> bytes, int maxBytes)
{
    constexpr auto digits = "0123456789abcdef";
    const auto count = std::min(bytes.size(), static_cast<std::size_t>(std::max(maxBytes, 0)));
    QString text;
    text.reserve(static_cast<qsizetype>(count * 3 + 2));
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0)
            text.append(u' ');
        const auto value = std::to_integer<unsigned>(bytes[i]);
        text.append(QLatin1Char(digits[value >> 4U]));
        text.append(QLatin1Char(digits[value & 0xfU]));
    }
    if (count < bytes.size())
        text.append(QStringLiteral(" …"));
    return text;
}

QString blockKindName(BlockKind kind)
{
    switch (kind) {
    case BlockKind::address:
        return Words::tr("address");
    case BlockKind::origin:
        return Words::tr("origin");
    case BlockKind::host:
        return Words::tr("host");
    }
    return {};
}

QString kickStyleName(KickStyle style)
{
    switch (style) {
    case KickStyle::close_frame:
        return Words::tr("Close frame");
    case KickStyle::fin:
        return Words::tr("End the stream without a close frame (FIN)");
    case KickStyle::reset:
        return Words::tr("Reset the connection (RST)");
    case KickStyle::silent:
        return Words::tr("Go silent: read and answer nothing");
    case KickStyle::never_answer_close:
        return Words::tr("Never answer its close");
    case KickStyle::never_answer_ping:
        return Words::tr("Never answer its pings");
    }
    return {};
}

QString typeName(TrafficType type)
{
    switch (type) {
    case TrafficType::text:
        return Words::tr("Text Message");
    case TrafficType::binary:
        return Words::tr("Binary Message");
    case TrafficType::ping:
        return Words::tr("Ping");
    case TrafficType::pong:
        return Words::tr("Pong");
    case TrafficType::close:
        return Words::tr("Connection Close");
    case TrafficType::continuation:
        return Words::tr("Continuation Frame");
    case TrafficType::raw:
        return Words::tr("Raw Bytes");
    }
    return {};
}

QString directionName(Direction direction)
{
    return direction == Direction::from_browser ? Words::tr("from browser") : Words::tr("to browser");
}

QString makerName(Maker maker)
{
    switch (maker) {
    case Maker::peer:
        return {};
    case Maker::hand:
        return Words::tr("hand");
    case Maker::echo:
        return Words::tr("echo");
    case Maker::reverse:
        return Words::tr("reverse");
    case Maker::chat:
        return Words::tr("chat");
    case Maker::behaviour:
        return Words::tr("behaviour");
    case Maker::engine:
        return Words::tr("engine");
    }
    return {};
}

QString stateName(ConnectionState state)
{
    switch (state) { // the browser's own words, in every language
    case ConnectionState::connecting:
        return QStringLiteral("CONNECTING");
    case ConnectionState::open:
        return QStringLiteral("OPEN");
    case ConnectionState::closing:
        return QStringLiteral("CLOSING");
    case ConnectionState::closed:
        return QStringLiteral("CLOSED");
    }
    return {};
}

QString closedByName(ClosedBy by)
{
    switch (by) {
    case ClosedBy::peer:
        return Words::tr("the page");
    case ClosedBy::person:
        return Words::tr("you");
    case ClosedBy::engine:
        return Words::tr("Jackfield");
    case ClosedBy::behaviour:
        return Words::tr("the endpoint");
    case ClosedBy::shutdown:
        return Words::tr("server stop");
    }
    return {};
}

QString closeCauseText(CloseCause cause)
{
    switch (cause) {
    case CloseCause::closing_handshake:
        return {};
    case CloseCause::peer_vanished:
        return Words::tr("it went away without a closing handshake");
    case CloseCause::protocol_violation:
        return Words::tr("it broke the protocol");
    case CloseCause::message_too_big:
        return Words::tr("its message was too big");
    case CloseCause::invalid_utf8:
        return Words::tr("its text was no valid UTF-8");
    case CloseCause::invalid_deflate:
        return Words::tr("its compressed message could not be read");
    case CloseCause::flood:
        return Words::tr("it flooded the server");
    case CloseCause::slow_peer:
        return Words::tr("it read too slowly");
    case CloseCause::no_pong:
        return Words::tr("it answered no ping");
    case CloseCause::closing_timeout:
        return Words::tr("it did not answer the Close frame");
    case CloseCause::memory_pressure:
        return Words::tr("its unfinished message took too much memory");
    case CloseCause::tls_failure:
        return Words::tr("what it sent was not TLS as the standard has it");
    case CloseCause::cut:
        return Words::tr("cut on purpose");
    case CloseCause::internal_error:
        return Words::tr("an error inside of the server");
    }
    return {};
}

QString closeCodeName(std::uint16_t code)
{
    return QString::number(code) + u' ' + ourText(meaning_of_close_code(code));
}

QString browserName(std::string_view userAgent)
{
    const Browser browser = browserOf(userAgent);
    return browser.name != nullptr ? QString::fromLatin1(browser.name) : displayText(browser.word, 24);
}

std::string_view browserWord(std::string_view userAgent)
{
    return browserOf(userAgent).word;
}

QString shortOrigin(std::string_view origin)
{
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (startsWithIgnoringCase(origin, scheme)) {
            origin.remove_prefix(scheme.size());
            break;
        }
    }
    return displayText(origin, 80);
}

std::string_view pathOf(std::string_view target)
{
    return target.substr(0, target.find('?'));
}

} // namespace jackfield::ui
