#pragma once

#include "ui/bridge/engine_port.h"
#include "ui/models/connection_store.h"

#include "jackfield/lanes.h"
#include "jackfield/shared_bytes.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace jackfield::ui {

/// What is known of the connection of a message, for as long as one of its messages is kept; outlives the
/// connection's row.
struct MessageConnection {
    ConnectionId id;
    std::uint64_t number = 0; ///< 0 until the state lane has told
    QString name; ///< as it was called when its first message came
    std::shared_ptr<const ConnectionInfo> info; ///< null until the state lane has told
    std::uint64_t messages = 0; ///< kept ones
};

/// One thing that passed, or a divider between them.
struct MessageRecord {
    enum class Kind : std::uint8_t { message, divider };
    std::uint64_t sequence = 0; ///< the store's own: counts up by one from 1 for every record
    std::int64_t wallNs = 0;
    std::uint64_t size = 0; ///< payload bytes
    std::uint64_t wire = 0; ///< bytes on the wire
    std::uint64_t compressed = 0; ///< payload bytes as they travelled; 0: it was not compressed
    const MessageConnection* connection = nullptr; ///< null only for dividers that concern all
    std::vector<FrameFacts> frameFacts; ///< as in TrafficRecord: of the first 32 frames
    SharedBytes payload; ///< for a divider: its UTF-8 text
    std::uint32_t frames = 1;
    Kind kind = Kind::message;
    TrafficType type = TrafficType::text;
    Direction direction = Direction::from_browser;
    Maker maker = Maker::peer;
    bool payloadKept = true; ///< false: larger than the whole store, or the engine did not hand it over

    [[nodiscard]] bool isDivider() const { return kind == Kind::divider; }
    [[nodiscard]] bool isControl() const
    {
        return type == TrafficType::ping || type == TrafficType::pong || type == TrafficType::close;
    }
};

/// The last messages of all connections, in a budget of bytes (64 MiB of payload and overhead): the oldest
/// give way and are counted. Records are addressed by their sequence, which stays what it is when older ones
/// go.
class MessageStore : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t defaultBudget = std::size_t{64} << 20U;

    /// `connections` names the connections; it must outlive the store.
    explicit MessageStore(const ConnectionStore& connections, QObject* parent = nullptr);
    ~MessageStore() override;

    [[nodiscard]] std::uint64_t firstSequence() const { return m_first; } ///< of the oldest kept record
    [[nodiscard]] std::uint64_t endSequence() const
    {
        return m_first + m_records.size();
    } ///< one past the newest
    [[nodiscard]] bool isEmpty() const { return m_records.empty(); }
    /// Null for one that is gone or not there yet. The pointer lives until the next change.
    [[nodiscard]] const MessageRecord* find(std::uint64_t sequence) const;

    [[nodiscard]] std::uint64_t messageCount() const { return m_messages; } ///< kept, dividers not counted
    [[nodiscard]] std::size_t usedBytes() const { return m_used; }
    [[nodiscard]] std::size_t budget() const { return m_budget; }
    void setBudget(std::size_t bytes); ///< at least 64 KiB
    [[nodiscard]] std::uint64_t evictedCount() const
    {
        return m_evicted;
    } ///< messages that gave way, dividers not counted
    [[nodiscard]] std::uint64_t lostCount() const
    {
        return m_lost;
    } ///< messages that the lane lost on the way

    /// How many messages of one connection are kept.
    [[nodiscard]] std::uint64_t messagesOf(ConnectionId id) const;

    /// A divider among the messages of one connection: "came back as #12 after 1.2 s". The null id: for
    /// everybody.
    void addDivider(ConnectionId connection, const QString& text, std::int64_t wallNs);

public Q_SLOTS:
    void apply(const jackfield::ui::TrafficTaken& traffic);
    /// *Delete capture*: forgets all records; the sequence goes on.
    void clear();

Q_SIGNALS:
    /// Records from `firstNew` up to the end are new, those before firstSequence() are gone. Once a batch.
    void changed(quint64 firstNew);
    /// Connections that were unknown when their first message came have their number and name now.
    void connectionsNamed();

private:
    MessageConnection& connectionOf(ConnectionId id);
    void push(MessageRecord record);
    void makeRoom(std::size_t bytes);
    void dropOldest();
    void onConnectionsChanged(const ConnectionChanges& changes);
    bool describe(MessageConnection& connection) const;
    [[nodiscard]] static std::size_t cost(const MessageRecord& record);

    const ConnectionStore& m_connections;
    std::deque<MessageRecord> m_records;
    std::unordered_map<ConnectionId, std::unique_ptr<MessageConnection>> m_known;
    std::size_t m_unnamed = 0;
    std::uint64_t m_first = 1;
    std::uint64_t m_messages = 0;
    std::uint64_t m_evicted = 0;
    std::uint64_t m_lost = 0;
    std::size_t m_used = 0;
    std::size_t m_budget = defaultBudget;
};

} // namespace jackfield::ui
