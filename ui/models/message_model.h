#pragma once

#include "ui/models/message_criteria.h"
#include "ui/models/message_scan.h"
#include "ui/models/message_store.h"

#include "jackfield/filter.h"

#include <QAbstractTableModel>

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace jackfield::ui {

enum class MessageColumn : int { Time, Direction, Connection, Type, Length, Data, Delta, Count_ };
inline constexpr int messageColumnCount = static_cast<int>(MessageColumn::Count_);

/// The message table over a MessageStore: oldest first. What does not fit a slice of time is filtered by
/// another thread, oldest first, so that no turn of the event loop takes long; isFiltering() says whether
/// some is. Changing what is shown resets the model: a view remembers the selected message's sequence before
/// modelAboutToBeReset and selects rowOf(sequence) again on filteringFinished (which comes at once, inside
/// the call, for all but large captures).
///
/// Everything it shows is neutralised text; show it as plain text.
class MessageModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        SequenceRole = Qt::UserRole + 1, ///< quint64
        ConnectionIdRole, ///< quint64: ConnectionId::value()
        DirectionRole, ///< int: Direction
        TypeRole, ///< int: TrafficType
        MakerRole, ///< QString for the Direction column's badge: "hand", "echo"; empty for a peer's message
        IsDividerRole, ///< bool: show DividerTextRole across the row
        DividerTextRole, ///< QString
    };

    explicit MessageModel(MessageStore& store, QObject* parent = nullptr);
    ~MessageModel() override;

    // QAbstractItemModel
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    /// DisplayRole, ToolTipRole (already escaped), TextAlignmentRole, AccessibleTextRole and the roles above.
    /// The direction column's text holds the arrow: "▲ from browser", "▼ to browser".
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

    [[nodiscard]] MessageStore& store() const { return m_store; }
    /// nullopt outside of the table, and for one that gave way a moment ago.
    [[nodiscard]] std::optional<MessageRecord> recordAt(int row) const;
    [[nodiscard]] std::uint64_t sequenceAt(int row) const; ///< 0 outside of the table
    [[nodiscard]] int rowOf(std::uint64_t sequence) const; ///< -1 when it is no row
    [[nodiscard]] std::uint64_t messageCount() const; ///< rows that are no dividers
    [[nodiscard]] int rowsFrom(std::uint64_t sequence) const; ///< how many have this one or a later one

    /// The connections whose messages are shown; nullopt: all of them.
    void setConnections(std::optional<std::vector<ConnectionId>> ids);
    /// Adds one to those shown without starting over (the followed page came back). Nothing while all are
    /// shown.
    void addConnection(ConnectionId id);
    void setShowControlFrames(bool show); ///< off unless set; Connection Close is always shown
    [[nodiscard]] bool showsControlFrames() const { return m_criteria.controlFrames; }
    void setDirection(DirectionFilter direction);
    [[nodiscard]] DirectionFilter direction() const { return m_criteria.direction; }
    void setFilter(const Filter& filter);
    [[nodiscard]] const Filter& filter() const { return m_criteria.filter; }
    /// All of that together.
    [[nodiscard]] const MessageCriteria& criteria() const { return m_criteria; }
    /// What is shown is from here on, and before `shownLimit()`.
    [[nodiscard]] std::uint64_t shownFrom() const { return m_hiddenBefore; }
    [[nodiscard]] std::uint64_t shownLimit() const { return m_paused ? m_pausedAt : MessageScan::noLimit; }
    /// Behind the newest that may be shown at this moment.
    [[nodiscard]] std::uint64_t shownEnd() const;

    /// Hides all up to now, while it is paused up to the pause; nothing where nothing came since the last time. undoClear shows again what the
    /// last one hid (of that what is still kept), and once more what the one before hid.
    void clearUpToNow();
    void undoClear();
    [[nodiscard]] bool canUndoClear() const;
    /// *Pause view*: nothing is added while it is on (what gives way still goes).
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const { return m_paused; }
    /// Messages that came in since the view was paused, before filtering.
    [[nodiscard]] std::uint64_t waitingWhilePaused() const;
    [[nodiscard]] bool isFiltering() const { return m_scan.isScanning(); }
    /// Since a change of what is shown: filteringFinished is still to come. Else it is what has come in
    /// since.
    [[nodiscard]] bool isStartingOver() const { return m_refiltering; }
    /// How long filtering may take within a call; 8 ms unless set.
    void setSliceTime(std::chrono::milliseconds time) { m_scan.setSliceTime(time); }

Q_SIGNALS:
    void filteringStarted(); ///< when a filtering takes more than the call
    /// All that is to be shown is shown after a change of what is shown.
    void filteringFinished();
    void pausedChanged(bool paused);
    /// One more connection is shown, of which nothing has come yet.
    void criteriaExtended();

private:
    void startOver();
    void onStoreChanged();
    void onFound(const std::vector<quint64>& sequences);
    void dropEvicted();
    void namesChanged();
    [[nodiscard]] std::int64_t deltaOf(int row) const;

    MessageStore& m_store;
    std::deque<std::uint64_t> m_rows; // sequences, ascending
    MessageCriteria m_criteria;
    std::uint64_t m_hiddenBefore = 0;
    std::vector<std::uint64_t> m_hiddenBeforeUndo; // what m_hiddenBefore was, ascending
    std::uint64_t m_pausedAt = 0;
    bool m_paused = false;
    bool m_resetting = false;
    bool m_refiltering = false;
    MessageScan m_scan;
};

/// The header's words: "Direction".
[[nodiscard]] QString titleOf(MessageColumn column);
/// A stable word for settings files: "direction".
[[nodiscard]] QString keyOf(MessageColumn column);
/// What the Data column shows of a message: text, hex, or code and reason of a Connection Close. Neutralised
/// and cropped.
[[nodiscard]] QString dataPreview(const MessageRecord& record);

} // namespace jackfield::ui
