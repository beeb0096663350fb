#pragma once

#include "fallback/session.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace jackfield::fallback {

/// The sessions of one shard, those that ended a moment ago included. A session is named by its endpoint and the identifier that
/// the page made up. One thread.
class SessionTable {
public:
    explicit SessionTable(SessionHost& host)
        : host_(&host)
    { }
    SessionTable(const SessionTable&) = delete;
    SessionTable& operator=(const SessionTable&) = delete;
    ~SessionTable();

    [[nodiscard]] static std::string key_of(std::string_view base, std::string_view session);
    [[nodiscard]] std::shared_ptr<Session> find(const std::string& key) const;
    /// Makes one that is not there yet; it has no stream.
    std::shared_ptr<Session> create(std::string key, const SockJs& config, std::optional<std::string_view> origin);
    /// Takes it out: the next request of that name opens a new one.
    void remove(const Session& session) noexcept;
    void on_timer(net::Timer& timer);
    [[nodiscard]] std::size_t size() const { return sessions_.size(); }
    [[nodiscard]] SessionHost& host() const { return *host_; }
    /// The server is going away: from now on sessions ask nothing of it.
    void close() noexcept;
    [[nodiscard]] bool is_closed() const { return is_closed_; }

private:
    SessionHost* host_;
    bool is_closed_ = false;
    std::unordered_map<std::string, std::shared_ptr<Session>> sessions_;
};

} // namespace jackfield::fallback
