#pragma once

#include "ui/models/connection_store.h"

#include "jackfield/connection.h"

#include <QObject>

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace jackfield::ui {

struct TrafficTaken;

/// Notices that a page sends back what our echo sent it, and so keeps both ends busy for nothing: message
/// after message, at once and unchanged. Looks at what is captured in full; of a payload it compares the
/// length and both ends, 256 bytes each.
class EchoWatch : public QObject {
    Q_OBJECT
public:
    /// So many times in a row, each within `promptly`, are no accident.
    static constexpr std::uint32_t roundsToNotice = 100;
    static constexpr std::int64_t promptly = 250'000'000; ///< nanoseconds

    /// `connections` must outlive it.
    explicit EchoWatch(const ConnectionStore& connections, QObject* parent = nullptr);

    /// Says nothing of this page again, while the program runs.
    void ignore(const PageIdentity& page);

public Q_SLOTS:
    void apply(const jackfield::ui::TrafficTaken& traffic);

Q_SIGNALS:
    /// Once for each connection.
    void noticed(jackfield::ConnectionId connection);

private:
    struct Exchange {
        std::uint64_t likeness = 0; // of our last echo
        std::int64_t sentAt = 0;
        std::uint32_t rounds = 0;
        bool isOver = false; // told of, or not to be
    };
    void forget(const ConnectionChanges& changes);
    void count(ConnectionId connection, Exchange& exchange);

    const ConnectionStore& m_connections;
    std::unordered_map<ConnectionId, Exchange> m_exchanges;
    std::vector<PageIdentity> m_ignored;
};

} // namespace jackfield::ui
