#include "ui/models/template_macros.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QTimeZone>

#include <array>
#include <cstdio>
#include <optional>
#include <utility>

namespace jackfield::ui {

namespace {

enum class Macro { counter, now, unixtime, random, uuid };

constexpr std::array<std::pair<std::string_view, Macro>, 5> macros{
    {{"{{counter}}", Macro::counter}, {"{{now}}", Macro::now}, {"{{unixtime}}", Macro::unixtime},
        {"{{random}}", Macro::random}, {"{{uuid}}", Macro::uuid}}};

const std::pair<std::string_view, Macro>* macroAt(std::string_view text)
{
    for (const auto& macro : macros) {
        if (text.substr(0, macro.first.size()) == macro.first)
            return &macro;
    }
    return nullptr;
}

bool takesMacros(ComposedMessage::Kind kind)
{
    return kind == ComposedMessage::Kind::text || kind == ComposedMessage::Kind::ping
        || kind == ComposedMessage::Kind::pong;
}

std::int64_t unixMilliseconds(WallTime time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

} // namespace

TemplateMacros::TemplateMacros()
    : TemplateMacros([] { return WallTime(std::chrono::milliseconds(QDateTime::currentMSecsSinceEpoch())); },
        [] { return QRandomGenerator::global()->generate(); })
{ }

TemplateMacros::TemplateMacros(std::function<WallTime()> now, std::function<std::uint32_t()> random)
    : m_now(std::move(now))
    , m_random(std::move(random))
{ }

bool TemplateMacros::hasMacros(std::string_view text)
{
    for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at + 1)) {
        if (macroAt(text.substr(at)))
            return true;
    }
    return false;
}

bool TemplateMacros::hasMacros(const ComposedMessage& message)
{
    return takesMacros(message.kind) && hasMacros(message.payload.text());
}

std::string TemplateMacros::expand(std::string_view text)
{
    const WallTime now = m_now();
    ++m_counter;
    std::string out;
    std::size_t from = 0;
    for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
        const auto* macro = macroAt(text.substr(at));
        if (!macro) {
            ++at;
            continue;
        }
        out += text.substr(from, at - from);
        switch (macro->second) {
        case Macro::counter:
            out += std::to_string(m_counter);
            break;
        case Macro::now:
            out += QDateTime::fromMSecsSinceEpoch(unixMilliseconds(now), Qt::UTC)
                       .toString(Qt::ISODateWithMs)
                       .toStdString();
            break;
        case Macro::unixtime:
            out += std::to_string(std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count());
            break;
        case Macro::random:
            out += std::to_string(m_random());
            break;
        case Macro::uuid: {
            std::array<char, 40> uuid{};
            const std::uint32_t a = m_random();
            const std::uint32_t b = m_random();
            const std::uint32_t c = m_random();
            const std::uint32_t d = m_random();
            // RFC 4122 section 4.4: version 4, variant 10.
            std::snprintf(uuid.data(), uuid.size(), "%08x-%04x-4%03x-%04x-%04x%08x", a, b >> 16U, b & 0xFFFU,
                0x8000U | (c & 0x3FFFU), c >> 16U, d);
            out += uuid.data();
            break;
        }
        }
        at += macro->first.size();
        from = at;
    }
    out += text.substr(from);
    return out;
}

ComposedMessage TemplateMacros::expand(const ComposedMessage& message)
{
    if (!hasMacros(message))
        return message;
    ComposedMessage made = message;
    made.payload = SharedBytes(std::string_view(expand(message.payload.text())));
    return made;
}

} // namespace jackfield::ui
