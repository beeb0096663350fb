#include "jackfield/log.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>

namespace jackfield {
namespace {

LogLevel level_of_refusal(RefusalReason reason)
{
    return reason == RefusalReason::plain_http || reason == RefusalReason::speculative ? LogLevel::debug
                                                                                       : LogLevel::warning;
}

LogLevel level_of_close(const CloseInfo& close)
{
    switch (close.cause) {
    case CloseCause::closing_handshake:
    case CloseCause::peer_vanished: // as every page that is left without a word
    case CloseCause::cut:
        return LogLevel::info;
    default:
        return LogLevel::warning;
    }
}

struct Level {
    LogLevel operator()(const event::ListenFailed& e) const
    {
        return e.optional ? LogLevel::warning : LogLevel::error;
    }
    LogLevel operator()(const event::Refused& e) const { return level_of_refusal(e.reason); }
    LogLevel operator()(const event::Closed& e) const { return level_of_close(e.close); }
    LogLevel operator()(const event::CommandFinished& e) const
    {
        return e.error ? LogLevel::warning : LogLevel::debug;
    }
    LogLevel operator()(const event::PongReceived&) const { return LogLevel::debug; }
    LogLevel operator()(const event::ListProblem&) const { return LogLevel::warning; }
    LogLevel operator()(const event::WideOpen&) const { return LogLevel::warning; }
    LogLevel operator()(const event::SlowPeer&) const { return LogLevel::warning; }
    LogLevel operator()(const event::MessagesSkipped&) const { return LogLevel::warning; }
    LogLevel operator()(const event::Flood&) const { return LogLevel::warning; }
    LogLevel operator()(const event::LimitReached&) const { return LogLevel::warning; }
    LogLevel operator()(const event::ClockJump&) const { return LogLevel::warning; }
    LogLevel operator()(const event::EngineStalled&) const { return LogLevel::warning; }
    LogLevel operator()(const event::DescriptorsExhausted&) const { return LogLevel::error; }
    LogLevel operator()(const event::ConnectionFault&) const { return LogLevel::error; }
    LogLevel operator()(const event::Listening&) const { return LogLevel::info; }
    LogLevel operator()(const event::Stopped&) const { return LogLevel::info; }
    LogLevel operator()(const event::Opened&) const { return LogLevel::info; }
    LogLevel operator()(const event::ListChanged&) const { return LogLevel::info; }
    LogLevel operator()(const event::DescriptorsRecovered&) const { return LogLevel::info; }
    LogLevel operator()(const event::Notice&) const { return LogLevel::info; }
    LogLevel operator()(const event::StopFinished& e) const
    {
        return e.dropped != 0 ? LogLevel::warning : LogLevel::info;
    }
    LogLevel operator()(const event::Finished&) const { return LogLevel::info; }
};

std::string time_of_day()
{
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    const auto whole = std::chrono::floor<std::chrono::seconds>(since);
    const std::time_t time = whole.count();
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d:%02d.%03d", parts.tm_hour, parts.tm_min, parts.tm_sec,
        static_cast<int>(std::chrono::floor<milliseconds>(since - whole).count()));
    return text.data();
}

} // namespace

std::string_view name_of(LogLevel level)
{
    switch (level) {
    case LogLevel::debug:
        return "debug";
    case LogLevel::info:
        return "info";
    case LogLevel::warning:
        return "warning";
    case LogLevel::error:
        return "error";
    }
    return "";
}

LogLevel level_of(const Event& event)
{
    return std::visit(Level(), event.what);
}

Logger log_to_stderr(LogLevel least)
{
    return [least](LogLevel level, std::string_view line) {
        if (level < least)
            return;
        std::string text = time_of_day();
        text += ' ';
        text += name_of(level);
        text += ' ';
        text += line;
        text += '\n';
        std::fwrite(text.data(), 1, text.size(), stderr);
    };
}

} // namespace jackfield
