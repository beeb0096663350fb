#pragma once

#include "ui/bridge/engine_port.h"
#include "ui/models/connection_store.h"

#include "jackfield/capture_store.h"
#include "jackfield/lanes.h"
#include "jackfield/shared_bytes.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace jackfield::ui {

/// What is known of the connection of a message, for as long as one of its messages is kept; outlives the
/// connection's row.
struct MessageConnection {
    ConnectionId id;
    std::uint64_t number = 0; ///< 0 until the state lane has told
    QString name; ///< neutralised: as it is called, or was when the table last had it
    std::shared_ptr<const ConnectionInfo> info; ///< null until the state lane has told
};

/// The payload of a kept message, for a divider its UTF-8 text. A view that keeps its bytes alive, and many
/// others with them: for more than a moment take them as SharedBytes, which are shared where the store has
/// them by reference, else copied.
class MessagePayload {
public:
    MessagePayload() = default;
    explicit MessagePayload(CaptureStore::Found found)
        : m_found(std::move(found))
    { }
    [[nodiscard]] std::span<const std::byte> view() const { return m_found.record.message.payload; }
    [[nodiscard]] std::string_view text() const { return as_text(view()); }
    [[nodiscard]] const std::byte* data() const { return view().data(); }
    [[nodiscard]] std::size_t size() const { return view().size(); }
    [[nodiscard]] bool empty() const { return view().empty(); }
    operator SharedBytes() const { return m_found.record.shared_payload(); }

private:
    CaptureStore::Found m_found;
};

/// One thing that passed, or a divider between them.
struct MessageRecord {
    enum class Kind : std::uint8_t { message, divider };
    std::uint64_t sequence = 0; ///< the store's own: counts up by one from 1 for every record
    std::int64_t wallNs = 0;
    std::uint64_t size = 0; ///< payload bytes
    std::uint64_t wire = 0; ///< bytes on the wire
    std::uint64_t compressed = 0; ///< payload bytes as they travelled; 0: it was not compressed
    /// Null only for dividers that concern all. Lives until the store changes.
    const MessageConnection* connection = nullptr;
    MessagePayload payload;
    std::span<const FrameFacts> frameFacts; ///< of its first 32 frames; lives as long as `payload`
    std::uint32_t frames = 1;
    Kind kind = Kind::message;
    TrafficType type = TrafficType::text;
    Direction direction = Direction::from_browser;
    Maker maker = Maker::peer;
    bool payloadKept
        = true; ///< false: larger than what is kept of one message, or headers alone were captured
    bool headersOnly = false; ///< the latter

    [[nodiscard]] bool isDivider() const { return kind == Kind::divider; }
    [[nodiscard]] bool isControl() const
    {
        return type == TrafficType::ping || type == TrafficType::pong || type == TrafficType::close;
    }
};

/// The last messages of all connections, in a budget of bytes (256 MiB of memory, all overhead included): the
/// oldest give way and are counted. Records are addressed by their sequence, which stays what it is when
/// older ones go. The window's face of a CaptureStore.
class MessageStore : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t defaultBudget = CaptureLimits{}.budget;

    /// `connections` names the connections; it must outlive the store.
    explicit MessageStore(const ConnectionStore& connections, QObject* parent = nullptr);
    ~MessageStore() override;

    [[nodiscard]] std::uint64_t firstSequence() const { return m_capture.first_sequence(); } ///< the oldest
    [[nodiscard]] std::uint64_t endSequence() const
    {
        return m_capture.end_sequence();
    } ///< behind the newest
    [[nodiscard]] bool isEmpty() const { return m_capture.is_empty(); }
    /// nullopt for one that is gone or not there yet.
    [[nodiscard]] std::optional<MessageRecord> find(std::uint64_t sequence) const;
    /// All that is kept now, for reading in any thread.
    [[nodiscard]] CaptureSnapshot snapshot() { return m_capture.snapshot(); }

    [[nodiscard]] std::size_t usedBytes() const { return m_capture.used(); }
    [[nodiscard]] std::size_t budget() const { return m_capture.limits().budget; }
    void setBudget(std::size_t bytes); ///< at least 64 KiB
    /// A larger payload is not kept, its record is.
    [[nodiscard]] std::size_t payloadLimit() const { return m_capture.limits().payload; }

    // Exact counts of messages and control frames; dividers are not counted.
    [[nodiscard]] std::uint64_t messageCount() const { return m_capture.kept(); }
    [[nodiscard]] std::uint64_t evictedCount() const { return m_capture.gave_way(); }
    /// That the lane lost on the way, or that there was no memory for.
    [[nodiscard]] std::uint64_t lostCount() const { return m_lost + m_capture.unkept(); }
    /// That passed while nothing was captured (the levels off and counters, paused).
    [[nodiscard]] std::uint64_t passedOverCount() const { return m_passedOver; }
    /// That came with a payload too large to be kept.
    [[nodiscard]] std::uint64_t tooLargeCount() const { return m_capture.too_large(); }
    /// Whose payload was not captured (the level headers).
    [[nodiscard]] std::uint64_t headersOnlyCount() const { return m_capture.headers_only(); }

    /// How many records of one connection are kept.
    [[nodiscard]] std::uint64_t messagesOf(ConnectionId id) const { return m_capture.records_of(id); }

    /// What a recording says of its connections, before its messages come: their names and ends are those of
    /// then, whatever the table of connections calls them.
    void setRecorded(std::vector<CapturedConnection> connections);
    /// In the order of the recording; empty for live messages.
    [[nodiscard]] const std::vector<CapturedConnection>& recorded() const { return m_recorded; }

    /// The dividers among the records that are kept, ascending.
    [[nodiscard]] const std::deque<std::uint64_t>& dividers() const { return m_dividers; }

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
    /// Connections are called something else now: only their names differ.
    void connectionsRenamed();
    void budgetChanged();
    /// One of the counts of what was not kept moved without a record coming in.
    void countsChanged();

private:
    void note(ConnectionId id);
    void forget();
    void divide(const QString& text, std::int64_t wallNs, ConnectionId connection = {});
    void onConnectionsChanged(const ConnectionChanges& changes);
    bool describe(MessageConnection& connection);
    bool rename(MessageConnection& connection);

    const ConnectionStore& m_connections;
    CaptureStore m_capture;
    std::unordered_map<ConnectionId, std::unique_ptr<MessageConnection>> m_known;
    std::vector<CapturedConnection> m_recorded;
    std::unordered_map<ConnectionId, std::size_t> m_recordedById; // in m_recorded
    ConnectionId m_lastNoted; // known for sure
    std::deque<std::uint64_t> m_dividers;
    std::size_t m_unnamed = 0;
    std::uint64_t m_lost = 0;
    std::uint64_t m_passedOver = 0;
    std::uint64_t m_passedOverUntold = 0; // since the last record
    std::int64_t m_lastWallNs = 0;
};

} // namespace jackfield::ui
