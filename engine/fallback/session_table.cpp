#include "fallback/session_table.h"

#include <utility>

namespace jackfield::fallback {

SessionTable::~SessionTable()
{
    close();
}

void SessionTable::close() noexcept
{
    if (std::exchange(is_closed_, true))
        return;
    for (auto& [key, session] : sessions_)
        session->close();
}

std::string SessionTable::key_of(std::string_view base, std::string_view session)
{
    return std::string(base).append("/").append(session);
}

std::shared_ptr<Session> SessionTable::find(const std::string& key) const
{
    const auto found = sessions_.find(key);
    return found == sessions_.end() ? nullptr : found->second;
}

std::shared_ptr<Session> SessionTable::create(
    std::string key, const SockJs& config, std::optional<std::string_view> origin)
{
    auto session = std::make_shared<Session>(
        *this, key, config, origin ? std::optional<std::string>(*origin) : std::nullopt);
    sessions_.insert_or_assign(std::move(key), session);
    return session;
}

void SessionTable::remove(const Session& session) noexcept
{
    const auto found = sessions_.find(session.key());
    if (found != sessions_.end() && found->second.get() == &session)
        sessions_.erase(found);
}

void SessionTable::on_timer(net::Timer& timer)
{
    // It may take itself out of the table.
    const auto session = static_cast<Session::SessionTimer&>(timer).session->shared_from_this();
    session->on_timer();
}

} // namespace jackfield::fallback
